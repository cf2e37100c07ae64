using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>What there is of a SKU at a node and what is on its way there.</summary>
public sealed record StockPosition(long Sku, long Node, long Available, long OnOrder);

/// <summary>Reads positions for those who buy; places without a stock row have nothing.</summary>
public static class StockPositions
{
    public static List<StockPosition> Queue(Batch batch, IReadOnlyList<(long Sku, long Node)> places, DateTimeOffset now) => batch.Query(
        """
        select r.sku_id, r.node_id,
               coalesce(s.on_hand - s.unavailable - s.allocated - s.reserved - s.earmarked - s.safety
                 + case when s.reserved = 0 then 0 else coalesce((select sum(i.quantity) from reservation_items i
                     where i.sku_id = s.sku_id and i.node_id = s.node_id and i.is_open and i.expires_at_ms <= @now), 0) end, 0),
               coalesce((select sum(b.quantity) from inbound b where b.merchant_id = @merchant and b.sku_id = r.sku_id and b.node_id = r.node_id), 0)
          from @rows r left join stock s on s.sku_id = r.sku_id and s.node_id = r.node_id and s.merchant_id = @merchant
        """,
        Rows.Of(places).Long("sku_id", p => p.Sku).Long("node_id", p => p.Node), row => new StockPosition(row.Long(), row.Long(), row.Sum(), row.Sum()),
        ("now", now.ToUnixTimeMilliseconds()));
}
