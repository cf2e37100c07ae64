using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>Reading stock without locking it, for plans that are checked again under the lock.</summary>
public static class StockRead
{
    /// <summary>What could be promised of each SKU at each node a moment ago; expired reservations not yet closed count as taken.</summary>
    public static Task<List<(long Sku, long Node, long Available)>> Available(Work work, long[] skus) => work.Query(
        """
        select sku_id, node_id, on_hand - unavailable - allocated - reserved - earmarked - safety
          from stock where merchant_id = @merchant and sku_id = any(@skus)
        """,
        row => (row.Long(), row.Long(), row.Long()), ("skus", skus));
}
