using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>One movement, with the balance of each bucket after it.</summary>
public sealed record LedgerEntry(string Id, string Sku, string Node, MovementKind Kind, OrderId? OrderId,
    long OnHandDelta, long AllocatedDelta, long ReservedDelta, long UnavailableDelta, long EarmarkedDelta, long SafetyDelta,
    StockTotal Balance, string? Reason, string? Reference, string Actor, DateTimeOffset At, DateTimeOffset RecordedAt);

/// <summary>Shows the movements of a SKU, newest first.</summary>
public static class ReadLedger
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/inventory/ledger", async (string? sku, string? node, string? after, int? limit, Db db, Actor actor) =>
                (await Handle(sku, node, after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("inventory.readLedger").WithSummary("Read every movement of a SKU").WithTags("Inventory").Produces<Page<LedgerEntry>>()
            .ProducesProblem(400).ProducesProblem(404);

    public static async Task<Result<Page<LedgerEntry>>> Handle(string? sku, string? node, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        checks.Text(sku, "#sku", 200, required: true);
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        long before = long.MaxValue;
        if (!Cursor.TryNumber(after, ref before))
            checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<LedgerEntry>>>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, [sku], [node]);
            if (names.Product(sku) is not { } product) return StockErrors.NoSuchSku(sku!);
            if (node is not null && names.Node(node) is null) return StockErrors.NoSuchNode(node);
            var found = await Entries(work, actor, product, names.Node(node), before, most);
            var page = Page<(long Id, LedgerEntry Entry)>.Of(found, most, e => Text.Invariant(e.Id));
            return new Page<LedgerEntry>([.. page.Data.Select(e => e.Entry)], page.Next, page.HasMore);
        }, snapshot: true);
    }

    private static Task<List<(long Id, LedgerEntry Entry)>> Entries(Work work, Actor actor, StockedProduct product, StockNode? node, long before, int limit)
    {
        return work.Query(
            """
            select l.id, n.code, l.kind, l.order_id, l.on_hand_delta, l.allocated_delta, l.reserved_delta, l.unavailable_delta, l.earmarked_delta,
                   l.safety_delta, l.on_hand, l.unavailable, l.allocated, l.reserved, l.earmarked, l.safety, l.reason, l.reference, l.actor, l.at_ms,
                   l.recorded_at_ms
              from stock_ledger l join nodes n on n.id = l.node_id
             where l.merchant_id = @merchant and l.sku_id = @sku and l.id < @before and (@node = 0 or l.node_id = @node)
               and (@all or l.node_id = any(@nodes))
             order by l.id desc limit @limit
            """, Read, ("sku", product.Id), ("before", before), ("node", node?.Id ?? 0L), ("all", actor.Nodes is null),
            ("nodes", actor.NodeFilter ?? []), ("limit", limit + 1L));

        (long, LedgerEntry) Read(Row row)
        {
            long id = row.Long();
            return (id, new LedgerEntry("mov_" + Text.Invariant(id), product.Sku, row.Text(), row.Enum<MovementKind>(),
                row.UuidOrNull() is { } order ? new OrderId(order) : null,
                row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(),
                StockTotal.Of(new Buckets(row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long())),
                row.TextOrNull(), row.TextOrNull(), row.Text(), row.Instant(), row.Instant()));
        }
    }
}
