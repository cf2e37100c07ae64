using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>Units put into a bin (above 0) or taken from it, with their lot and until when that may be sold.</summary>
internal sealed record BinnedUnits(long Sku, long Node, string Bin, string Lot, string? ExpiresOn, long Units);

/// <summary>
/// Bins follow the balance: where a SKU has bins at a node, their units sum to on hand (to 0 while on hand is negative). A movement that
/// names no bin puts units on <see cref="Unplaced"/> and takes first what is missing (<see cref="PickedBins.Missing"/>), then what is unplaced, then in walk order; of lots that are out of sale late, and what is picked (<see cref="PickedBins"/>) last.
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
                           sum(b.quantity) over (partition by b.sku_id, x.node_id order by case when x.code = '{PickedBins.Code}' then 3 when coalesce(f.state, 'open') <> 'open' then 2 when x.code = '{Unplaced}' then -1 when x.code = '{PickedBins.Missing}' then 0 else 1 end, x.walk_order, x.code, b.lot
                               rows unbounded preceding) - b.quantity as before
                      from ({Gap}) g join bins x on x.node_id = g.node_id join bin_stock b on b.bin_id = x.id and b.sku_id = g.sku_id
                      left join lot_facts f on f.sku_id = b.sku_id and f.lot = b.lot
                     where g.gap < 0 and b.quantity > 0) t
             where bin_stock.bin_id = t.bin_id and bin_stock.sku_id = t.sku_id and bin_stock.lot = t.lot and t.before < t.need -- house: locked
            """, rows(), ("now", now.ToUnixTimeMilliseconds()));
    }

    /// <summary>Queues units put into bins that were named, before the rest follows the balance. A bin that is not there is made.</summary>
    public static void QueueBinned(Batch batch, IReadOnlyList<BinnedUnits> binned, DateTimeOffset now)
    {
        var sums = binned.GroupBy(b => (b.Sku, b.Node, b.Bin, b.Lot)).Select(g => g.Last() with { Units = g.Sum(b => b.Units) })
            .OrderBy(b => b.Sku).ThenBy(b => b.Node).ThenBy(b => b.Bin, StringComparer.Ordinal).ThenBy(b => b.Lot, StringComparer.Ordinal).ToList();
        batch.Execute($"insert into bins (node_id, code, walk_order) select distinct node_id, bin, case when bin in ('{Unplaced}', '{PickedBins.Missing}') then -1 else 0 end from @rows r where true order by node_id, bin on conflict do nothing",
            Columns(sums.Where(b => b.Units > 0)));
        batch.Execute(
            """
            insert into bin_stock (merchant_id, bin_id, sku_id, lot, quantity, updated_at_ms)
            select @merchant, x.id, r.sku_id, r.lot, r.units, @now from @rows r join bins x on x.node_id = r.node_id and x.code = r.bin where true
                on conflict (bin_id, sku_id, lot) do update set quantity = bin_stock.quantity + excluded.quantity, updated_at_ms = excluded.updated_at_ms
            """, Columns(sums.Where(b => b.Units > 0)), ("now", now.ToUnixTimeMilliseconds()));
        batch.Execute(
            """
            update bin_stock set updated_at_ms = @now, quantity = case when bin_stock.quantity + r.units > 0 then bin_stock.quantity + r.units else 0 end
              from @rows r join bins x on x.node_id = r.node_id and x.code = r.bin
             where bin_stock.merchant_id = @merchant and bin_stock.bin_id = x.id and bin_stock.sku_id = r.sku_id and bin_stock.lot = r.lot
            """, Columns(sums.Where(b => b.Units < 0)), ("now", now.ToUnixTimeMilliseconds()));
        batch.Execute(
            """
            insert into lots (merchant_id, sku_id, lot, expires_on) select @merchant, sku_id, lot, expires_on from @rows r where true
             order by sku_id, lot on conflict (sku_id, lot) do update set expires_on = excluded.expires_on
            """, Columns(sums.Where(b => b.ExpiresOn is not null && b.Lot.Length > 0).DistinctBy(b => (b.Sku, b.Lot))));
        batch.Execute("insert into lot_facts (sku_id, lot, merchant_id, first_received_ms) select sku_id, lot, @merchant, @now from @rows r where true order by sku_id, lot on conflict do nothing",
            Columns(sums.Where(b => b.Units > 0 && b.Lot.Length > 0).DistinctBy(b => (b.Sku, b.Lot))), ("now", now.ToUnixTimeMilliseconds()));

        static Rows Columns(IEnumerable<BinnedUnits> units) => Rows.Of(units.ToList()).Long("sku_id", b => b.Sku).Long("node_id", b => b.Node).Text("bin", b => b.Bin)
            .Text("lot", b => b.Lot).Text("expires_on", b => b.ExpiresOn).Long("units", b => b.Units);
    }
}
