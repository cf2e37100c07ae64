using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>What placed orders still wait for: the claims on stock that no allocation carries.</summary>
public static class OrderClaims
{
    /// <summary>Units backordered and preordered of each SKU. They are owed at once: whatever comes is theirs first.</summary>
    /// <remarks>The condition is that of the index order_lines_waiting, word for word: a SKU's history is not read.</remarks>
    public static List<(long Sku, long Units)> Queue(Batch batch, long[] skus) => batch.Query(
        """
        select sku_id, sum(backordered + preordered) from order_lines
         where merchant_id = @merchant and sku_id = any(@skus) and backordered + preordered + unallocated > 0 group by sku_id
        """, row => (row.Long(), row.Sum()), ("skus", skus));
}
