using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Lists orders, newest first, by cursor.</summary>
public static class ListOrders
{
    private sealed record Filter(string? Number, string? ExternalId, string? Channel, string? State, string? Sku, bool? IsHeld);
    private sealed record Key(Guid Id, long PlacedAtMs);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/orders", async (Actor actor, Db db, HttpContext http, [FromQuery] string? query, [FromQuery] int? limit, [FromQuery] string? after) =>
                (await Handle(actor, db, query, limit, after)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("orders.list").WithSummary("List orders")
            .WithDescription("query holds words field:value, all of which must match: number, externalId, channel, status, sku, held. A bare word is a number or external id.")
            .Produces<Page<OrderView>>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with pointers #limit, #after, #query.</remarks>
    public static async Task<Result<Page<OrderView>>> Handle(Actor actor, Db db, string? query, int? limit, string? after)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        var start = new Key(Guid.Empty, long.MaxValue);
        if (!Cursor.TryDecode(after, out string text) || (text.Length > 0 && !TryParse(text, out start)))
            checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        var filter = Parse(query, checks);
        if (checks.AnyFault) return checks.ToError();

        return await db.Read<Result<Page<OrderView>>>(actor, async work =>
        {
            var keys = await work.Query(Sql(filter, actor), row => new Key(row.Uuid(), row.Long()),
                ("placed", start.PlacedAtMs), ("id", start.Id), ("most", most + 1), ("number", filter.Number), ("external", filter.ExternalId),
                ("channel", filter.Channel), ("state", filter.State), ("sku", filter.Sku is { } sku ? Text.Key(sku) : null), ("nodes", actor.NodeFilter ?? []));
            var page = Page<Key>.Of(keys, most, k => $"{k.PlacedAtMs}:{k.Id:N}");
            var orders = await FindOrder.Read(work, actor, [.. page.Data.Select(k => new OrderId(k.Id))], withPlan: false);
            return new Page<OrderView>(orders, page.Next, page.HasMore);
        }, snapshot: true);
    }

    // Each condition stands in the text only when it is asked for, so that the index of each is used.
    private static string Sql(Filter filter, Actor actor)
    {
        string where = actor.Nodes is null ? "" : OpenOrder.OfNodes;
        if (filter.Number is not null && filter.ExternalId is not null) where += " and (o.number = @number or o.external_id = @external)";
        else if (filter.Number is not null) where += " and o.number = @number";
        else if (filter.ExternalId is not null) where += " and o.external_id = @external";
        if (filter.Channel is not null) where += " and o.channel_id = (select id from channels where merchant_id = @merchant and code = @channel)";
        if (filter.State is not null) where += " and o.state = @state";
        if (filter.Sku is not null)
            where += " and exists (select 1 from order_lines l where l.order_id = o.id and l.sku_id = (select id from products where merchant_id = @merchant and sku_key = @sku))";
        if (filter.IsHeld is { } held)
            where += $" and {(held ? "" : "not ")}exists (select 1 from holds h where h.order_id = o.id and h.state = 'open')";
        return $"""
            select o.id, o.placed_at_ms from orders o
             where o.merchant_id = @merchant and (o.placed_at_ms < @placed or o.placed_at_ms = @placed and o.id < @id){where}
             order by o.placed_at_ms desc, o.id desc limit @most
            """;
    }

    private static Filter Parse(string? query, Checks checks)
    {
        var filter = new Filter(null, null, null, null, null, null);
        if (query is null) return filter;
        if (!Text.IsStorable(query)) { checks.Fault("#query", "field.not_text", "query contains a character that is not text."); return filter; }
        if (query.Length > 500) { checks.Fault("#query", "field.too_long", "query may have at most 500 characters."); return filter; }
        foreach (string word in query.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = word.IndexOf(':', StringComparison.Ordinal);
            string value = word[(colon + 1)..].Trim('"');
            filter = (colon < 0 ? "" : word[..colon]) switch
            {
                "" => filter with { Number = value.TrimStart('#'), ExternalId = value },
                "number" => filter with { Number = value.TrimStart('#') },
                "externalId" => filter with { ExternalId = value },
                "channel" => filter with { Channel = value },
                "status" or "state" => State(filter, value, checks),
                "sku" => filter with { Sku = value },
                "held" => filter with { IsHeld = value is "true" or "yes" },
                var field => Unknown(filter, field, checks),
            };
        }
        return filter;
    }

    private static Filter State(Filter filter, string value, Checks checks)
    {
        if (value == "onHold") return filter with { IsHeld = true };
        checks.That(Enum.TryParse<OrderState>(value, ignoreCase: true, out _) && !char.IsDigit(value[0]), "#query", "field.unknown_value",
            "status must be draft, placed, confirmed, closed, cancelled, expired or onHold.");
        return filter with { State = value.ToLowerInvariant() };
    }

    private static Filter Unknown(Filter filter, string field, Checks checks)
    {
        checks.Fault("#query", "query.unknown_field", $"There is no field {field}; use number, externalId, channel, status, sku or held.");
        return filter;
    }

    private static bool TryParse(string text, out Key key)
    {
        key = new Key(Guid.Empty, 0);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out long placed)
            || !Guid.TryParseExact(text.AsSpan(colon + 1), "N", out var id)) return false;
        key = new Key(id, placed);
        return true;
    }
}
