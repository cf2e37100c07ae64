using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>Statements about the queue for stock of one SKU.</summary>
internal static class WaitingSql
{
    /// <summary>The orders at the head of the queue, or behind <paramref name="after"/>: as many as so many units may serve, and no more than a page.</summary>
    public static Task<List<(int Priority, long PlacedAtMs, Guid Id)>> Heads(Work work, long sku, (int Priority, long PlacedAtMs, Guid Id)? after, long units, int limit) =>
        work.Query(
            """
            select priority, placed_at_ms, id from (
                select priority, placed_at_ms, id, sum(units) over (order by priority desc, placed_at_ms, id) - units as before from (
                    select o.priority, o.placed_at_ms, o.id, sum(l.backordered + l.preordered + l.unallocated) as units
                      from order_lines l join orders o on o.id = l.order_id
                     where l.merchant_id = @merchant and o.merchant_id = @merchant and l.sku_id = @sku and l.backordered + l.preordered + l.unallocated > 0
                       and o.state in ('placed', 'confirmed')
                       and (@first or o.priority < @priority or o.priority = @priority and (o.placed_at_ms > @placed or o.placed_at_ms = @placed and o.id > @id))
                     group by o.priority, o.placed_at_ms, o.id) w) q
             where before < @units order by priority desc, placed_at_ms, id limit @limit
            """, row => (row.Int(), row.Long(), row.Uuid()), ("sku", sku), ("first", after is null), ("priority", (long)(after?.Priority ?? 0)),
            ("placed", after?.PlacedAtMs ?? 0), ("id", after?.Id ?? Guid.Empty), ("units", units), ("limit", (long)limit));

    /// <summary>
    /// Locks what caps are counted under, behind the stock: a SKU nobody has ever stocked has no row of stock to lock. Nothing happens
    /// where no SKU has a cap.
    /// </summary>
    public static void QueueCaps(Batch batch, IEnumerable<(long Merchant, long Sku)> capped)
    {
        var sorted = capped.Distinct().OrderBy(c => c.Sku).ToList();
        if (sorted.Count == 0) return;
        Rows<(long Merchant, long Sku)> rows() => Rows.Of(sorted).Long("merchant_id", c => c.Merchant).Long("sku_id", c => c.Sku);
        batch.Execute("insert into waiting_skus (merchant_id, sku_id) select merchant_id, sku_id from @rows r where true order by sku_id on conflict do nothing", rows());
        batch.Query("select w.sku_id from @rows r join waiting_skus w on w.merchant_id = r.merchant_id and w.sku_id = r.sku_id order by w.sku_id for update of w", rows(), row => row.Long());
    }

    public static async Task<string> Sku(Work work, long sku) =>
        (await work.Query("select sku from products where merchant_id = @merchant and id = @sku", row => row.Text(), ("sku", sku))).FirstOrDefault() ?? "";
}
