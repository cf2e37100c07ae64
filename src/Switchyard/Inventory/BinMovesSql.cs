using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>Statements of moves between bins, under the lock of their stock.</summary>
internal static class BinMovesSql
{
    public sealed record Bin(string Code, bool IsQuarantine, bool IsClosed);
    public sealed record Before(long Sku, string Lot, string From, string To, long Units);
    public sealed record Row(string? MoveId, long Sku, string Lot, string From, string To, long Units, long Unavailable);

    /// <summary>Bins of a node by their codes. Where nothing is put in particular is always one.</summary>
    public static async Task<Dictionary<string, Bin>> Bins(Work work, long node, string[] codes)
    {
        var found = (await work.Query(
            "select x.code, coalesce(p.kind, '') = 'quarantine', coalesce(p.is_closed, false) from bins x left join bin_places p on p.bin_id = x.id where x.node_id = @node and x.code = any(@codes)",
            row => new Bin(row.Text(), row.Bool(), row.Bool()), ("node", node), ("codes", codes))).ToDictionary(b => b.Code);
        found.TryAdd(BinsSql.Unplaced, new Bin(BinsSql.Unplaced, false, false));
        return found;
    }

    public static async Task<Dictionary<(long Sku, string Bin, string Lot), long>> Shelf(Work work, long node, long[] skus) => (await work.Query(
        "select s.sku_id, x.code, s.lot, s.quantity from bins x join bin_stock s on s.bin_id = x.id where x.node_id = @node and s.merchant_id = @merchant and s.sku_id = any(@skus)",
        row => (Key: (row.Long(), row.Text(), row.Text()), Units: row.Long()), ("node", node), ("skus", skus))).ToDictionary(s => s.Key, s => s.Units);

    public static async Task<Dictionary<string, Before>> Known(Work work, long node, string[] ids) => ids.Length == 0 ? [] : (await work.Query(
        "select move_id, sku_id, lot, from_bin, to_bin, quantity from bin_moves where merchant_id = @merchant and node_id = @node and move_id = any(@ids)",
        row => (Id: row.Text(), Before: new Before(row.Long(), row.Text(), row.Text(), row.Text(), row.Long())), ("node", node), ("ids", ids))).ToDictionary(m => m.Id, m => m.Before);

    public static Task<int> Insert(Work work, Actor actor, DateTimeOffset now, long node, MovePurpose purpose, IReadOnlyList<Row> moves) => work.Execute(
        """
        insert into bin_moves (merchant_id, node_id, move_id, sku_id, lot, from_bin, to_bin, quantity, unavailable_delta, purpose, actor, at_ms)
        select @merchant, @node, move_id, sku_id, lot, from_bin, to_bin, quantity, unavailable_delta, @purpose, @actor, @now from @rows r where true on conflict do nothing
        """,
        Rows.Of(moves).Text("move_id", m => m.MoveId).Long("sku_id", m => m.Sku).Text("lot", m => m.Lot).Text("from_bin", m => m.From).Text("to_bin", m => m.To)
            .Long("quantity", m => m.Units).Long("unavailable_delta", m => m.Unavailable),
        ("node", node), ("purpose", purpose.ToString().ToLowerInvariant()), ("actor", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
}
