using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>Reads what moved after a count.</summary>
internal static class StockMoves
{
    /// <summary>
    /// Movements of goods since the earliest count of each row. Entries recorded well before a count cannot have happened after it, so that
    /// only the newest stretch of the ledger is read; the slack of ten minutes covers clocks and waits between taking the time and writing.
    /// </summary>
    public static async Task<Dictionary<(long Sku, long Node), List<Moved>>> Since(Work work, IReadOnlyList<(long Sku, long Node, DateTimeOffset AsOf)> counts)
    {
        var earliest = counts.GroupBy(c => (c.Sku, c.Node)).Select(g => (g.Key.Sku, g.Key.Node, AsOf: g.Min(c => c.AsOf))).ToList();
        var moved = await work.Query(
            """
            select l.sku_id, l.node_id, l.at_ms, l.on_hand_delta from @rows r
              join stock_ledger l on l.sku_id = r.sku_id and l.node_id = r.node_id and l.on_hand_delta <> 0 and l.at_ms > r.as_of
               and l.id > coalesce((select max(x.id) from stock_ledger x
                     where x.sku_id = r.sku_id and x.node_id = r.node_id and x.recorded_at_ms < r.as_of - 600000), 0)
             where l.merchant_id = @merchant
            """, Rows.Of(earliest).Long("sku_id", c => c.Sku).Long("node_id", c => c.Node).Instant("as_of", c => c.AsOf),
            row => (Row: (row.Long(), row.Long()), Moved: new Moved(row.Long(), row.Long())));
        return moved.GroupBy(m => m.Row).ToDictionary(g => g.Key, g => g.Select(m => m.Moved).ToList());
    }
}
