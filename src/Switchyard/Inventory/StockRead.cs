using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>Reading stock without locking it, for plans that are checked again under the lock.</summary>
public static class StockRead
{
    /// <summary>What could be promised of each SKU at each node a moment ago; expired reservations not yet closed count as taken.</summary>
    public static Task<List<(long Sku, long Node, long Available)>> Available(Work work, long[] skus) => work.Query(
        """
        select sku_id, node_id, case when is_stopped then 0 else on_hand - unavailable - allocated - reserved - earmarked - safety end
          from stock where merchant_id = @merchant and sku_id = any(@skus)
        """,
        row => (row.Long(), row.Long(), row.Long()), ("skus", skus));

    /// <summary>Units that were sold off each node since an instant, at the till or by sending: how fast a SKU goes there.</summary>
    public static Task<List<(long Sku, long Node, long Units)>> Sold(Work work, DateTimeOffset since) => work.Query(
        """
        select sku_id, node_id, -sum(on_hand_delta) from stock_ledger
         where merchant_id = @merchant and kind = 'Sold' and on_hand_delta < 0 and recorded_at_ms >= @since group by sku_id, node_id
        """,
        row => (row.Long(), row.Long(), row.Sum()), ("since", since.ToUnixTimeMilliseconds()));
}
