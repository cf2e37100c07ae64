using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A movement, as far as it changes what may be promised.</summary>
/// <param name="Allocated">Units that an order took, or gave back: below 0.</param>
/// <param name="Other">What the movement beside that made available, or took.</param>
public sealed record StockEntry(long Id, long Sku, long Node, MovementKind Kind, OrderId? Order, long Allocated, long Other, long AtMs);

/// <summary>Reads stock as it was and how it moved, for whoever replays the past. Reads the ledger; locks nothing.</summary>
public static class StockHistory
{
    /// <summary>The last movement before an instant; 0 when there is none.</summary>
    public static Task<long> LastBefore(Work work, DateTimeOffset at) => work.Scalar(
        "select coalesce(max(id), 0) from stock_ledger where merchant_id = @merchant and recorded_at_ms < @at", ("at", at.ToUnixTimeMilliseconds()));

    /// <summary>What could be promised of these SKUs at each node after a movement.</summary>
    public static Task<List<(long Sku, long Node, long Available)>> AvailableAfter(Work work, long[] skus, long entry) => work.Query(
        """
        select l.sku_id, l.node_id, l.on_hand - l.unavailable - l.allocated - l.reserved - l.earmarked - l.safety
          from (select sku_id, node_id, max(id) as id from stock_ledger where merchant_id = @merchant and sku_id = any(@skus) and id <= @entry group by sku_id, node_id) m
          join stock_ledger l on l.id = m.id where l.merchant_id = @merchant
        """, row => (row.Long(), row.Long(), row.Long()), ("skus", skus), ("entry", entry));

    /// <summary>The movements after one, in order, up to an instant.</summary>
    public static Task<List<StockEntry>> After(Work work, long entry, DateTimeOffset before, int most) => work.Query(
        """
        select id, sku_id, node_id, kind, order_id, allocated_delta, on_hand_delta - unavailable_delta - reserved_delta - earmarked_delta - safety_delta, recorded_at_ms
          from stock_ledger where merchant_id = @merchant and id > @entry and recorded_at_ms < @before order by id limit @most
        """,
        row => new StockEntry(row.Long(), row.Long(), row.Long(), row.Enum<MovementKind>(), row.UuidOrNull() is { } order ? new OrderId(order) : null, row.Long(), row.Long(), row.Long()),
        ("entry", entry), ("before", before.ToUnixTimeMilliseconds()), ("most", (long)most));

    /// <summary>Units that were sold off each node between two instants.</summary>
    public static Task<List<(long Sku, long Node, long Units)>> Sold(Work work, DateTimeOffset from, DateTimeOffset to) => work.Query(
        """
        select sku_id, node_id, -sum(on_hand_delta) from stock_ledger
         where merchant_id = @merchant and kind = 'Sold' and on_hand_delta < 0 and recorded_at_ms >= @from and recorded_at_ms < @to group by sku_id, node_id
        """, row => (row.Long(), row.Long(), row.Sum()), ("from", from.ToUnixTimeMilliseconds()), ("to", to.ToUnixTimeMilliseconds()));

    /// <summary>Units of each SKU that were sold off a node between two instants, the most first.</summary>
    public static Task<List<(long Sku, long Units)>> SoldAt(Work work, long node, DateTimeOffset from, DateTimeOffset to, int most) => work.Query(
        """
        select sku_id, -sum(on_hand_delta) from stock_ledger
         where merchant_id = @merchant and node_id = @node and kind = 'Sold' and on_hand_delta < 0 and at_ms >= @from and at_ms <= @to group by sku_id order by 2 desc, sku_id limit @most
        """, row => (row.Long(), row.Sum()), ("node", node), ("from", from.ToUnixTimeMilliseconds()), ("to", to.ToUnixTimeMilliseconds()), ("most", (long)most));
}
