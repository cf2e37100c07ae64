using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// What is parked until something happens: lines that wait for goods (backorder, preorder), that no place can send (unfillable), and that a pickup place would
/// not hand out (pickupRejected). The most urgent first, then the oldest, as stock is given out; priority is changed by <c>/orders/{id}/priority</c>.
/// </summary>
public static class ListParked
{
    private static readonly string[] Queues = ["backorder", "preorder", "unfillable", "pickupRejected"];

    /// <param name="OldestAt">When the oldest of its orders was placed.</param>
    /// <param name="Overdue">Lines that were expected by now.</param>
    public sealed record QueueCount([Words("backorder", "preorder", "unfillable", "pickupRejected")] string Queue, long Orders, long Lines, long Units, DateTimeOffset? OldestAt, long Overdue);

    /// <param name="Queues">Each once, also when nothing is parked there.</param>
    public sealed record Response(string Object, IReadOnlyList<QueueCount> Queues);

    /// <param name="Units">That wait in this queue.</param>
    /// <param name="Reason">Of the hold that parks it, where one does.</param>
    /// <param name="InboundQuantity">On their way and promised to come, for everybody who waits for the SKU.</param>
    public sealed record Parked(OrderId OrderId, string OrderNumber, string Channel, string? Method, int Line, string Sku, string? Name, long Units, int Priority, DateTimeOffset PlacedAt,
        DateTimeOffset? ExpectedAt, DateTimeOffset? ReleaseAt, bool IsOverdue, bool IsHeld, string? Reason, long InboundQuantity, DateTimeOffset? NextInboundAt);

    private sealed record Key(int Priority, long PlacedAtMs, Guid Order, int Line);
    private sealed record Found(Key Key, long? SkuId, Parked View);

    private static string Units(string queue) => queue switch { "backorder" => "l.backordered", "preorder" => "l.preordered", _ => "l.unallocated" };

    /// <summary>SQL: is a waiting line in a queue?</summary>
    private static string In(string queue) => queue switch
    {
        "backorder" => "l.backordered > 0",
        "preorder" => "l.preordered > 0",
        "unfillable" => $"l.unallocated > 0 and {HeldFor(HoldKinds.Stock)}",
        _ => $"l.unallocated > 0 and {HeldFor(HoldKinds.PickupRejected)}",
    };

    private static string HeldFor(string kind) =>
        $"exists (select 1 from holds k where k.order_id = l.order_id and k.merchant_id = @merchant and k.state = 'open' and k.kind = '{kind}' and (k.line_no = l.line_no or k.line_no = l.parent_line_no))";

    private const string Waiting =
        """
        order_lines l join orders o on o.id = l.order_id
         where l.merchant_id = @merchant and o.merchant_id = @merchant and l.backordered + l.preordered + l.unallocated > 0 and o.state in ('placed', 'confirmed')
           and (@all or exists (select 1 from allocations a where a.order_id = o.id and a.merchant_id = @merchant and a.node_id = any(@nodes)))
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/parking-queues", async (Db db, TimeProvider clock, Actor actor) => Results.Json(await Count(db, clock, actor), Json.Options))
            .Requires(Permission.OrdersRead).WithName("parking.count").WithTags("Orders").WithSummary("Count what is parked, queue by queue").Produces<Response>();
        routes.MapGet("/parking-queues/{queue}", async (string queue, [FromQuery] string? sku, [FromQuery] string? after, [FromQuery] int? limit, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(queue, sku, after, limit, db, clock, actor)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("parking.list").WithTags("Orders").WithSummary("List what is parked in a queue, the most urgent first")
            .Produces<Page<Parked>>().ProducesProblem(400).ProducesProblem(404);
    }

    public static Task<Response> Count(Db db, TimeProvider clock, Actor actor) => db.Read(actor, async work =>
    {
        var batch = work.Batch();
        var counts = Queues.Select(queue => batch.Query(
            $"""
            select count(distinct o.id), count(*), coalesce(sum({Units(queue)}), 0), min(o.placed_at_ms), coalesce(sum(case when l.expected_at_ms < @now then 1 else 0 end), 0)
              from {Waiting} and {In(queue)}
            """, row => new QueueCount(queue, row.Long(), row.Long(), row.Sum(), row.InstantOrNull(), row.Sum()),
            ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()))).ToList();
        await batch.Run();
        return new Response("parkingQueues", [.. counts.Select(c => c[0])]);
    }, snapshot: true);

    /// <remarks>Errors: orders.no_such_queue; request.invalid with pointers #sku, #limit, #after.</remarks>
    public static async Task<Result<Page<Parked>>> Handle(string queue, string? sku, string? after, int? limit, Db db, TimeProvider clock, Actor actor)
    {
        if (!Queues.Contains(queue)) return Error.NotFound("orders.no_such_queue", $"The queues are {string.Join(", ", Queues)}.");
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.Text(sku, "#sku", 200);
        var from = new Key(int.MinValue, 0, Guid.Empty, 0);
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !TryParse(text, out from)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Read<Result<Page<Parked>>>(actor, async work =>
        {
            var found = await work.Query(
                $"""
                select -o.priority, o.placed_at_ms, o.id, l.line_no, l.sku_id, o.number, c.code, o.method, l.sku, l.name, {Units(queue)}, l.expected_at_ms, l.release_at_ms,
                       exists (select 1 from holds h where h.order_id = o.id and h.merchant_id = @merchant and h.state = 'open'),
                       (select min(h.reason) from holds h where h.order_id = o.id and h.merchant_id = @merchant and h.state = 'open' and h.kind in ('stock', 'pickup_rejected')
                           and (h.line_no = l.line_no or h.line_no = l.parent_line_no))
                  from channels c, {Waiting} and c.id = o.channel_id and c.merchant_id = @merchant and {In(queue)} and (@sku = '' or upper(l.sku) = @sku)
                   and (-o.priority, o.placed_at_ms, o.id, l.line_no) > (@priority, @placed, @order, @line)
                 order by -o.priority, o.placed_at_ms, o.id, l.line_no limit @limit
                """, row => Read(row, now), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []), ("sku", sku is null ? "" : Text.Key(sku)), ("priority", from.Priority),
                ("placed", from.PlacedAtMs), ("order", from.Order), ("line", from.Line), ("limit", most + 1L));
            var page = Page<Found>.Of(found, most, f => string.Create(CultureInfo.InvariantCulture, $"{f.Key.Priority}:{f.Key.PlacedAtMs}:{f.Key.Order:N}:{f.Key.Line}"));
            var batch = work.Batch();
            var inbound = SupplyReader.QueueInbound(batch, [.. page.Data.Select(f => f.SkuId).OfType<long>().Distinct()], now);
            await batch.Run();
            var due = inbound.ToLookup(i => i.Sku);
            return new Page<Parked>([.. page.Data.Select(f => f.SkuId is not { } id || !due.Contains(id) ? f.View
                : f.View with { InboundQuantity = due[id].Sum(d => d.Units), NextInboundAt = DateTimeOffset.FromUnixTimeMilliseconds(due[id].Min(d => d.AtMs)) })], page.Next, page.HasMore);
        }, snapshot: true);
    }

    private static Found Read(Row row, DateTimeOffset now)
    {
        var key = new Key(row.Int(), row.Long(), row.Uuid(), row.Int());
        var (skuId, number, channel, method, sku, name) = (row.LongOrNull(), row.Text(), row.Text(), row.TextOrNull(), row.Text(), row.TextOrNull());
        var (units, expected, release, isHeld) = (row.Long(), row.InstantOrNull(), row.InstantOrNull(), row.Bool());
        return new Found(key, skuId, new Parked(new OrderId(key.Order), number, channel, method, key.Line, sku, name, units, -key.Priority, DateTimeOffset.FromUnixTimeMilliseconds(key.PlacedAtMs),
            expected, release, expected < now, isHeld, row.TextOrNull(), 0, null));
    }

    private static bool TryParse(string text, out Key key)
    {
        key = new Key(0, 0, Guid.Empty, 0);
        if (text.Split(':') is not [var priority, var placed, var id, var line] || !int.TryParse(priority, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int p)
            || !long.TryParse(placed, NumberStyles.None, CultureInfo.InvariantCulture, out long at) || !Guid.TryParseExact(id, "N", out var order)
            || !int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int no)) return false;
        key = new Key(p, at, order, no);
        return true;
    }
}
