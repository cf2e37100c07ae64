using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>The balance of one SKU at one node as it is read, with reservations past their time counted as closed.</summary>
internal sealed record StockLevel(long Sku, long NodeId, string Node, string NodeKind, Buckets Balance, DateTimeOffset? FedAt, DateTimeOffset? LastMovementAt);

/// <summary>The two ways to read balances: as they are, and as they were.</summary>
internal static class StockLevels
{
    /// <summary>
    /// As they are. A reservation lapses by the clock of whoever reads: no job has to run for its units to be free again.
    /// </summary>
    public static void QueueNow(Batch batch, Actor actor, long[] skus, DateTimeOffset now, out List<StockLevel> levels) => levels = batch.Query(
        """
        select s.sku_id, s.node_id, n.code, n.kind, s.on_hand, s.unavailable, s.allocated,
               s.reserved - coalesce((select sum(i.quantity) from reservation_items i
                   where i.sku_id = s.sku_id and i.node_id = s.node_id and i.is_open and i.expires_at_ms <= @now), 0),
               s.earmarked, s.safety, coalesce(f.fed_at_ms, s.fed_at_ms),
               (select l.at_ms from stock_ledger l where l.sku_id = s.sku_id and l.node_id = s.node_id order by l.id desc limit 1)
          from stock s join nodes n on n.id = s.node_id
          left join stock_feeds f on f.merchant_id = s.merchant_id and f.node_id = s.node_id
         where s.merchant_id = @merchant and s.sku_id = any(@skus) and (@all or s.node_id = any(@nodes))
         order by s.sku_id, n.code
        """, Read, ("skus", skus), ("now", now.ToUnixTimeMilliseconds()), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));

    /// <summary>As the books stood at an instant: after the last entry recorded at or before it.</summary>
    public static void QueueAt(Batch batch, Actor actor, long[] skus, DateTimeOffset at, out List<StockLevel> levels) => levels = batch.Query(
        """
        select s.sku_id, s.node_id, n.code, n.kind, l.on_hand, l.unavailable, l.allocated, l.reserved, l.earmarked, l.safety, null, l.at_ms
          from stock s join nodes n on n.id = s.node_id
          join stock_ledger l on l.id = (select max(x.id) from stock_ledger x
                where x.sku_id = s.sku_id and x.node_id = s.node_id and x.recorded_at_ms <= @at)
         where s.merchant_id = @merchant and s.sku_id = any(@skus) and (@all or s.node_id = any(@nodes))
         order by s.sku_id, n.code
        """, Read, ("skus", skus), ("at", at.ToUnixTimeMilliseconds()), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));

    private static StockLevel Read(Row row) => new(row.Long(), row.Long(), row.Text(), row.Text(),
        new Buckets(row.Long(), row.Long(), row.Long(), row.Sum(), row.Long(), row.Long()), row.InstantOrNull(), row.InstantOrNull());
}
