using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>What a node is to do now: the highest priority first, then by class of urgency, then the oldest order. What is scheduled for later is not in it.</summary>
public static class ReadQueue
{
    private sealed record Key(int Priority, int Rank, long PlacedAtMs, Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/queue", async (string code, Actor actor, Db db, [FromQuery] int? limit, [FromQuery] string? after) =>
                (await Handle(code, actor, db, limit, after)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("fulfilment.queue").WithTags("Fulfilment").WithSummary("Read what a node is to do now")
            .Produces<Page<FulfilmentView>>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: nodes.no_such_node, request.invalid with pointers #limit, #after.</remarks>
    public static async Task<Result<Page<FulfilmentView>>> Handle(string code, Actor actor, Db db, int? limit, string? after)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        var start = new Key(int.MinValue, 0, 0, Guid.Empty);
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !TryParse(text, out start))
            checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<FulfilmentView>>>(actor, async work =>
        {
            if (await NodeOf(work, actor, code) is not { } node) return FulfilmentErrors.NodeNotFound;
            var keys = await work.Query(
                """
                select -priority, class_rank, placed_at_ms, id from fulfilment_orders
                 where merchant_id = @merchant and node_id = @node and state in ('offered', 'accepted', 'picking', 'picked', 'packed', 'readyForPickup', 'stopAsked')
                   and (-priority, class_rank, placed_at_ms, id) > (@priority, @rank, @placed, @id)
                 order by -priority, class_rank, placed_at_ms, id limit @limit
                """, row => new Key(row.Int(), row.Int(), row.Long(), row.Uuid()), ("node", node), ("priority", start.Priority), ("rank", start.Rank), ("placed", start.PlacedAtMs),
                ("id", start.Id), ("limit", most + 1L));
            var page = Page<Key>.Of(keys, most, k => string.Create(CultureInfo.InvariantCulture, $"{k.Priority}:{k.Rank}:{k.PlacedAtMs}:{k.Id:N}"));
            return new Page<FulfilmentView>(await FulfilmentReader.Read(work, [.. page.Data.Select(k => k.Id)]), page.Next, page.HasMore);
        }, snapshot: true);
    }

    /// <summary>A node of the merchant that the actor may see.</summary>
    internal static async Task<long?> NodeOf(Work work, Actor actor, string code)
    {
        if (!Text.IsStorable(code)) return null;
        var found = await work.Query("select n.id from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and upper(n.code) = @code",
            row => row.Long(), ("code", Text.Key(code)));
        return found.Count == 1 && actor.MaySeeNode(found[0]) ? found[0] : null;
    }

    private static bool TryParse(string text, out Key key)
    {
        key = new Key(0, 0, 0, Guid.Empty);
        if (text.Split(':') is not [var priority, var rank, var placed, var id] || !int.TryParse(priority, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int p)
            || !int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out int r) || !long.TryParse(placed, NumberStyles.None, CultureInfo.InvariantCulture, out long at)
            || !Guid.TryParseExact(id, "N", out var guid)) return false;
        key = new Key(p, r, at, guid);
        return true;
    }
}
