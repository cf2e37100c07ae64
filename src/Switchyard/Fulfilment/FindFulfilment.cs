using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Shows one release, and lists releases, newest first, by cursor. Whoever works for certain nodes sees only theirs.</summary>
public static class FindFulfilment
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/fulfilments/{id}", async (string id, Actor actor, Db db, HttpContext http) =>
            {
                var found = await Find(id, actor, db);
                if (found.IsOk) ETag.Set(http, found.Value.Version);
                return found.ToHttp();
            })
            .Requires(Permission.FulfilmentRead).WithName("fulfilment.read").WithTags("Fulfilment").WithSummary("Read a release")
            .Produces<FulfilmentView>().ProducesProblem(404);
        routes.MapGet("/fulfilments", async (Actor actor, Db db, [FromQuery] string? state, [FromQuery] string? node, [FromQuery] string? order,
                [FromQuery] int? limit, [FromQuery] string? after) => (await List(actor, db, state, node, order, limit, after)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("fulfilment.list").WithTags("Fulfilment").WithSummary("List releases")
            .Produces<Page<FulfilmentView>>().ProducesProblem(400);
    }

    /// <remarks>Errors: fulfilment.not_found.</remarks>
    public static async Task<Result<FulfilmentView>> Find(string id, Actor actor, Db db)
    {
        if (!FulfilmentId.TryParse(id, null, out var release)) return FulfilmentErrors.NotFound;
        return await db.Read<Result<FulfilmentView>>(actor, async work =>
            await ChangeRelease.Find(work, actor, release) is null ? FulfilmentErrors.NotFound : (await FulfilmentReader.Read(work, [release.Value]))[0], snapshot: true);
    }

    /// <remarks>Errors: request.invalid with pointers #state, #order, #limit, #after.</remarks>
    public static async Task<Result<Page<FulfilmentView>>> List(Actor actor, Db db, string? state, string? node, string? order, int? limit, string? after)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.That(state is null || Enum.GetValues<FulfilmentOrderState>().Any(s => FulfilmentOrderStates.Name(s) == state), "#state", "field.unknown_value",
            "state must be one of " + string.Join(", ", Enum.GetValues<FulfilmentOrderState>().Select(FulfilmentOrderStates.Name)) + ".");
        checks.Text(node, "#node", 64);
        OrderId orderId = default;
        if (order is not null && !OrderId.TryParse(order, null, out orderId)) checks.Fault("#order", "field.malformed", "order must be an order's id.");
        var start = Guid.AllBitsSet;
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !Guid.TryParseExact(text, "N", out start))
            checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        // Each condition stands in the text only when it is asked for, so that the index of each is used.
        string where = (state is null ? "" : " and f.state = @state") + (order is null ? "" : " and f.order_id = @order")
            + (node is null ? "" : " and f.node_id = (select id from nodes where upper(code) = @node)") + (actor.Nodes is null ? "" : " and f.node_id = any(@nodes)");
        return await db.Read<Result<Page<FulfilmentView>>>(actor, async work =>
        {
            var ids = await work.Query($"select f.id from fulfilment_orders f where f.merchant_id = @merchant and f.id < @after{where} order by f.id desc limit @limit",
                row => row.Uuid(), ("after", start), ("state", state), ("order", orderId.Value), ("node", node is null ? null : Text.Key(node)),
                ("nodes", actor.NodeFilter ?? []), ("limit", most + 1L));
            var page = Page<Guid>.Of(ids, most, id => id.ToString("N", CultureInfo.InvariantCulture));
            return new Page<FulfilmentView>(await FulfilmentReader.Read(work, page.Data), page.Next, page.HasMore);
        }, snapshot: true);
    }
}
