using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>
/// Bins follow the balance: where a SKU has bins at a node, their units sum to on hand (to 0 while on hand is negative). A movement that
/// names no bin puts units on <see cref="Unplaced"/> and takes them there first, then in walk order.
/// </summary>
internal static class BinsSql
{
    public const string Unplaced = "UNPLACED";

    // How far each row's bins are from what they should hold, with the running sum of what stands before each of them.
    private const string Gap =
        """
        select /* house: locked */ r.sku_id, r.node_id, case when r.on_hand > 0 then r.on_hand else 0 end - sum(b.quantity) as gap
          from @rows r join bins x on x.node_id = r.node_id join bin_stock b on b.bin_id = x.id and b.sku_id = r.sku_id
         group by r.sku_id, r.node_id, r.on_hand /* house: locked rows */
        """;

    /// <summary>Queues what brings the bins of these locked rows to their balance. Does nothing where no bins are kept.</summary>
    public static void QueueFollow(Batch batch, IReadOnlyList<StockRow> changed, DateTimeOffset now)
    {
        Rows<StockRow> rows() => Rows.Of(changed).Long("sku_id", r => r.Sku).Long("node_id", r => r.Node)
            .Long("on_hand", r => r.Balance.OnHand);
        batch.Execute(
            $"""
            insert into bins (node_id, code, walk_order) select distinct g.node_id, '{Unplaced}', -1 from ({Gap}) g where g.gap > 0
             order by g.node_id on conflict do nothing -- house: locked
            """, rows());
        batch.Execute(
            $"""
            insert into bin_stock (merchant_id, bin_id, sku_id, lot, quantity, updated_at_ms)
            select s.merchant_id, u.id, g.sku_id, '', g.gap, @now from ({Gap}) g join bins u on u.node_id = g.node_id and u.code = '{Unplaced}'
              join stock s on s.sku_id = g.sku_id and s.node_id = g.node_id
             where g.gap > 0
            on conflict (bin_id, sku_id, lot) do update set quantity = bin_stock.quantity + excluded.quantity, updated_at_ms = excluded.updated_at_ms -- house: locked
            """, rows(), ("now", now.ToUnixTimeMilliseconds()));
        batch.Execute(
            $"""
            update bin_stock set updated_at_ms = @now, quantity = case when t.before + t.quantity <= t.need then 0 else t.before + t.quantity - t.need end
              from (select b.bin_id, b.sku_id, b.lot, b.quantity, -g.gap as need,
                           sum(b.quantity) over (partition by b.sku_id, x.node_id order by case when x.code = '{Unplaced}' then 0 else 1 end, x.walk_order, x.code, b.lot
                               rows unbounded preceding) - b.quantity as before
                      from ({Gap}) g join bins x on x.node_id = g.node_id join bin_stock b on b.bin_id = x.id and b.sku_id = g.sku_id
                     where g.gap < 0 and b.quantity > 0) t
             where bin_stock.bin_id = t.bin_id and bin_stock.sku_id = t.sku_id and bin_stock.lot = t.lot and t.before < t.need -- house: locked
            """, rows(), ("now", now.ToUnixTimeMilliseconds()));
    }
}
