using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Shows the queue for stock of a SKU: who waits, for how much, and when it is expected.</summary>
public static class ListWaiting
{
    /// <param name="Position">1 is served first.</param>
    /// <param name="Ahead">Units that go to others first.</param>
    public sealed record Waiter(long Position, OrderId OrderId, string OrderNumber, int Line, int Priority, DateTimeOffset PlacedAt, long Unallocated,
        long Backordered, long Preordered, long Ahead, DateTimeOffset? ExpectedAt, DateTimeOffset? ReleaseAt, bool IsHeld);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/inventory/{sku}/waiting", async (string sku, string? after, int? limit, Db db, CatalogReader catalog, Actor actor) =>
                (await Handle(sku, after, limit, db, catalog, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("inventory.listWaiting").WithTags("Inventory").WithSummary("Who waits for a SKU, in the order in which they are served")
            .Produces<Page<Waiter>>().ProducesProblem(400).ProducesProblem(404);

    public static async Task<Result<Page<Waiter>>> Handle(string sku, string? after, int? limit, Db db, CatalogReader catalog, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        long from = 0;
        if (!Cursor.TryNumber(after, ref from))
            checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        if (!Text.IsStorable(sku) || !(await catalog.FindSkus(actor.Merchant, [Text.Key(sku)])).TryGetValue(Text.Key(sku), out var product))
            return Error.NotFound("inventory.unknown_sku", $"There is no product {sku}.");
        // Whoever works for some nodes only sees the places in the queue, and whose they are only where he sees the order.
        var found = await db.Read(actor, work => work.Query(
            $"""
            select place, id, number, line_no, priority, placed_at_ms, unallocated, backordered, preordered, before, expected_at_ms, release_at_ms, held from (
                select row_number() over w as place, o.id, o.number, l.line_no, o.priority, o.placed_at_ms, l.unallocated, l.backordered, l.preordered,
                       sum(l.unallocated + l.backordered + l.preordered) over w - (l.unallocated + l.backordered + l.preordered) as before, l.expected_at_ms, l.release_at_ms,
                       exists (select 1 from holds h where h.order_id = o.id and h.merchant_id = @merchant and h.state = 'open') as held,
                       (@all or exists (select 1 from allocations a where a.order_id = o.id and a.merchant_id = @merchant and a.node_id = any(@nodes))) as seen
                  from order_lines l join orders o on o.id = l.order_id
                 where l.merchant_id = @merchant and o.merchant_id = @merchant and l.sku_id = @sku and l.backordered + l.preordered + l.unallocated > 0
                   and o.state in ('placed', 'confirmed')
                window w as (order by o.priority desc, o.placed_at_ms, o.id, l.line_no)) q
             where place > @from and seen order by place limit @limit
            """, row => new Waiter(row.Long(), new OrderId(row.Uuid()), row.Text(), row.Int(), row.Int(), row.Instant(), row.Long(), row.Long(), row.Long(), row.Sum(),
                row.InstantOrNull(), row.InstantOrNull(), row.Bool()),
            ("sku", product.Id), ("from", from), ("limit", most + 1L), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? [])));
        return Page<Waiter>.Of(found, most, w => Text.Invariant(w.Position));
    }
}
