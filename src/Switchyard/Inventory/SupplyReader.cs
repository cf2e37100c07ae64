using Switchyard.Database;
using Switchyard.Orders;

namespace Switchyard.Inventory;

/// <summary>
/// Reads what <see cref="Atp"/> decides by, of many SKUs in one round trip: balances with lapsed reservations counted as closed, inbound
/// that may be promised, and what orders wait for.
/// </summary>
public static class SupplyReader
{
    private sealed record Level(long Sku, long Node, long Available, long Earmarked, long OnHand, long Claimed);

    /// <summary>Units on their way to a node.</summary>
    public sealed record Due(long Sku, long Node, long AtMs, long Units);

    /// <summary>What was found of some SKUs at one moment.</summary>
    /// <param name="levels">Of every SKU that was asked for.</param>
    /// <param name="lapsed">Units of reservations that are past their time and not closed yet.</param>
    public sealed class Supplies(IReadOnlyDictionary<long, KeptStock> levels, ILookup<long, Due> due, ILookup<long, (long Node, long Units)> lapsed,
        IReadOnlyDictionary<long, OrderClaims.Owed> owed)
    {
        /// <summary>The supply of a SKU at the nodes that may serve.</summary>
        /// <param name="limits">What limits its sale; null where nothing does.</param>
        public SkuSupply Of(long sku, IReadOnlySet<long> eligible, SaleView? limits = null)
        {
            if (limits is null && !due.Contains(sku) && !lapsed.Contains(sku) && !owed.ContainsKey(sku)) return levels[sku].Plain(eligible);
            var here = levels[sku].Levels.Select(l => new Level(sku, l.Node, l.Available + (l.Reserved == 0 ? 0 : lapsed[sku].Where(x => x.Node == l.Node).Sum(x => x.Units)),
                l.Earmarked, l.OnHand, l.Claimed)).ToList();
            return Supply(here, due[sku], owed.GetValueOrDefault(sku).Sold, eligible, limits);
        }
    }

    /// <summary>Queues the reading; the function gives the supply of a SKU at the nodes that may serve, once the batch has run.</summary>
    /// <param name="view">Asked once the batch has run: what limits sales, for whoever is asked for.</param>
    public static Func<long, IReadOnlySet<long>, SkuSupply> Queue(Batch batch, long[] skus, DateTimeOffset now, SaleView? view = null)
    {
        var levels = batch.Query(
            """
            select s.sku_id, s.node_id, case when s.is_stopped then 0 else s.on_hand - s.unavailable - s.allocated - s.reserved - s.earmarked - s.safety
                   + case when s.reserved = 0 then 0 else coalesce((select sum(i.quantity) from reservation_items i
                     where i.sku_id = s.sku_id and i.node_id = s.node_id and i.is_open and i.expires_at_ms <= @now), 0) end end,
                   s.earmarked, s.on_hand, s.allocated + s.reserved + s.earmarked
              from stock s where s.merchant_id = @merchant and s.sku_id = any(@skus) order by s.sku_id, s.node_id
            """, row => new Level(row.Long(), row.Long(), row.Sum(), row.Long(), row.Long(), row.Long()), ("skus", skus), ("now", now.ToUnixTimeMilliseconds()));
        var inbound = QueueInbound(batch, skus, now);
        var claims = OrderClaims.Queue(batch, skus);
        ILookup<long, Level>? levelOf = null;
        ILookup<long, Due>? dueOf = null;
        return (sku, eligible) =>
        {
            levelOf ??= levels.ToLookup(l => l.Sku);
            dueOf ??= inbound.ToLookup(d => d.Sku);
            return Supply(levelOf[sku], dueOf[sku], claims.Where(c => c.Sku == sku).Sum(c => c.Sold), eligible, view);
        };
    }

    private static SkuSupply Supply(IEnumerable<Level> levels, IEnumerable<Due> dues, long waiting, IReadOnlySet<long> eligible, SaleView? limits)
    {
        var due = dues.Where(d => eligible.Contains(d.Node)).ToLookup(d => d.Node, d => new Dated(d.AtMs, d.Units));
        var nodes = levels.Where(l => eligible.Contains(l.Node)).Select(l => new NodeSupply(l.Node, l.Available - (limits?.Doubted(l.Node, l.OnHand) ?? 0), [.. due[l.Node]], [])).ToList();
        nodes.AddRange(due.Where(d => nodes.TrueForAll(n => n.Node != d.Key)).Select(d => new NodeSupply(d.Key, 0, [.. d], [])));
        long setAside = levels.Sum(l => l.Earmarked);
        return new SkuSupply(nodes, Atp.Cover(due.SelectMany(d => d), waiting - setAside))
        {
            Waiting = waiting,
            To = limits?.To ?? SoldTo.Nobody,
            Share = levels.FirstOrDefault() is not { } any || limits is null ? null : limits.CountOf(any.Sku, [.. levels.Select(l => new SaleLimits.Level(l.Node, l.OnHand, l.Available, l.Claimed))], [.. dues]),
        };
    }

    /// <summary>What is on its way and may be promised. What is late already is not counted: nobody knows when it comes until its date is set anew.</summary>
    public static List<Due> QueueInbound(Batch batch, long[] skus, DateTimeOffset now) => skus.Length == 0 ? [] : batch.Query(
        """
        select sku_id, node_id, due_at_ms, sum(quantity) from inbound
         where sku_id = any(@skus) and is_promised and due_at_ms > @now and quantity > 0
           and not exists (select 1 from products p where p.id = inbound.sku_id and p.sale_stopped_ms is not null)
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
