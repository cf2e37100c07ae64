using Switchyard.Database;
using Switchyard.Orders;

namespace Switchyard.Inventory;

/// <summary>
/// Reads what <see cref="Atp"/> decides by, of many SKUs in one round trip: balances with lapsed reservations counted as closed, inbound
/// that may be promised, and what orders wait for.
/// </summary>
public static class SupplyReader
{
    private sealed record Level(long Sku, long Node, long Available);
    private sealed record Due(long Sku, long Node, long AtMs, long Units);

    /// <summary>Queues the reading; the function gives the supply of a SKU at the nodes that may serve, once the batch has run.</summary>
    /// <remarks>Inbound that is late already is not counted: nobody knows when it comes until its date is set anew.</remarks>
    public static Func<long, IReadOnlySet<long>, SkuSupply> Queue(Batch batch, long[] skus, DateTimeOffset now)
    {
        long nowMs = now.ToUnixTimeMilliseconds();
        var levels = batch.Query(
            """
            select s.sku_id, s.node_id, s.on_hand - s.unavailable - s.allocated - s.reserved - s.earmarked - s.safety
                   + case when s.reserved = 0 then 0 else coalesce((select sum(i.quantity) from reservation_items i
                     where i.sku_id = s.sku_id and i.node_id = s.node_id and i.is_open and i.expires_at_ms <= @now), 0) end
              from stock s where s.merchant_id = @merchant and s.sku_id = any(@skus) order by s.sku_id, s.node_id
            """, row => new Level(row.Long(), row.Long(), row.Sum()), ("skus", skus), ("now", nowMs));
        var inbound = batch.Query(
            """
            select sku_id, node_id, due_at_ms, sum(quantity) from inbound
             where merchant_id = @merchant and sku_id = any(@skus) and is_promised and due_at_ms > @now and quantity > 0
             group by sku_id, node_id, due_at_ms
            """, row => new Due(row.Long(), row.Long(), row.Long(), row.Sum()), ("skus", skus), ("now", nowMs));
        var claims = OrderClaims.Queue(batch, skus);
        ILookup<long, Level>? levelOf = null;
        ILookup<long, Due>? dueOf = null;
        return (sku, eligible) =>
        {
            levelOf ??= levels.ToLookup(l => l.Sku);
            dueOf ??= inbound.ToLookup(d => d.Sku);
            var due = dueOf[sku].Where(d => eligible.Contains(d.Node)).ToLookup(d => d.Node, d => new Dated(d.AtMs, d.Units));
            var nodes = levelOf[sku].Where(l => eligible.Contains(l.Node)).Select(l => new NodeSupply(l.Node, l.Available, [.. due[l.Node]], [])).ToList();
            nodes.AddRange(due.Where(d => nodes.TrueForAll(n => n.Node != d.Key)).Select(d => new NodeSupply(d.Key, 0, [.. d], [])));
            return new SkuSupply(nodes, [.. claims.Where(c => c.Sku == sku).Select(c => new Dated(nowMs, c.Units))]);
        };
    }

    /// <summary>The supply of some SKUs as the caller may see it.</summary>
    public static async Task<Func<long, IReadOnlySet<long>, SkuSupply>> Read(Work work, long[] skus, DateTimeOffset now)
    {
        var batch = work.Batch();
        var supply = Queue(batch, skus, now);
        await batch.Run();
        return supply;
    }
}
