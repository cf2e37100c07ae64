using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>What placed orders still wait for: the claims on stock that no allocation carries.</summary>
public static class OrderClaims
{
    /// <summary>Units of one SKU that orders wait for.</summary>
    /// <param name="Units">All of them: whatever comes is theirs first.</param>
    /// <param name="Sold">Those that were promised for later: backordered and preordered.</param>
    public readonly record struct Owed(long Sku, long Units, long Sold);

    /// <summary>What is waited for of each SKU; a SKU nobody waits for is missing.</summary>
    /// <remarks>
    /// The condition is that of the index order_lines_waiting, word for word: a SKU's history is not read. The state is asked in a way that
    /// PostgreSQL cannot turn round: it would begin with all open orders, and that by the thousand.
    /// </remarks>
    public static List<Owed> Queue(Batch batch, long[] skus) => batch.Query(
        """
        select l.sku_id, sum(l.backordered + l.preordered + l.unallocated), sum(l.backordered + l.preordered) from order_lines l
         where l.sku_id = any(@skus) and l.backordered + l.preordered + l.unallocated > 0
           and (select o.state from orders o where o.id = l.order_id) in ('placed', 'confirmed')
         group by l.sku_id -- house: ids were found under their merchant
        """, row => new Owed(row.Long(), row.Sum(), row.Sum()), ("skus", skus));
}
