using Switchyard.Database;
using Switchyard.Orders;

namespace Switchyard.Inventory;

/// <summary>
/// Reads what <see cref="Atp"/> decides by, of many SKUs in one round trip: balances with lapsed reservations counted as closed, inbound
/// that may be promised, and what orders wait for.
/// </summary>
public static class SupplyReader
{
    private sealed record Level(long Sku, long Node, long Available, long Earmarked);

    /// <summary>Units on their way to a node.</summary>
    public sealed record Due(long Sku, long Node, long AtMs, long Units);

    /// <summary>Queues the reading; the function gives the supply of a SKU at the nodes that may serve, once the batch has run.</summary>
    public static Func<long, IReadOnlySet<long>, SkuSupply> Queue(Batch batch, long[] skus, DateTimeOffset now)
    {
        var levels = batch.Query(
            """
            select s.sku_id, s.node_id, s.on_hand - s.unavailable - s.allocated - s.reserved - s.earmarked - s.safety
                   + case when s.reserved = 0 then 0 else coalesce((select sum(i.quantity) from reservation_items i
                     where i.sku_id = s.sku_id and i.node_id = s.node_id and i.is_open and i.expires_at_ms <= @now), 0) end,
                   s.earmarked
              from stock s where s.merchant_id = @merchant and s.sku_id = any(@skus) order by s.sku_id, s.node_id
            """, row => new Level(row.Long(), row.Long(), row.Sum(), row.Long()), ("skus", skus), ("now", now.ToUnixTimeMilliseconds()));
        var inbound = QueueInbound(batch, skus, now);
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
            long waiting = claims.Where(c => c.Sku == sku).Sum(c => c.Sold), setAside = levelOf[sku].Sum(l => l.Earmarked);
            return new SkuSupply(nodes, Atp.Cover(due.SelectMany(d => d), waiting - setAside)) { Waiting = waiting };
        };
    }

    /// <summary>What is on its way and may be promised. What is late already is not counted: nobody knows when it comes until its date is set anew.</summary>
    public static List<Due> QueueInbound(Batch batch, long[] skus, DateTimeOffset now) => skus.Length == 0 ? [] : batch.Query(
        """
        select sku_id, node_id, due_at_ms, sum(quantity) from inbound
         where sku_id = any(@skus) and is_promised and due_at_ms > @now and quantity > 0
         group by sku_id, node_id, due_at_ms order by sku_id, due_at_ms, node_id -- house: ids were found under their merchant
        """, row => new Due(row.Long(), row.Long(), row.Long(), row.Sum()), ("skus", skus), ("now", now.ToUnixTimeMilliseconds()));

    /// <summary>The supply of some SKUs as the caller may see it.</summary>
    public static async Task<Func<long, IReadOnlySet<long>, SkuSupply>> Read(Work work, long[] skus, DateTimeOffset now)
    {
        var batch = work.Batch();
        var supply = Queue(batch, skus, now);
        await batch.Run();
        return supply;
    }
}
