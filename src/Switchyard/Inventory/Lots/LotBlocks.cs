using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>
/// What lies in bins of a lot that may not be sold is unavailable. Units move and lots change their state apart from each other; this brings both together, in the transaction
/// of whoever changed one of them, and from time to time for whatever did not say so.
/// </summary>
internal static class LotBlocks
{
    private sealed record Gap(long Sku, long Node, string Lot, long Units);

    // What should be blocked less what is. Quarantine makes units unavailable by itself.
    private const string Gaps =
        """
        select sku_id, node_id, lot, sum(units) from (
            select s.sku_id, x.node_id, s.lot, s.quantity as units from lot_facts f join bin_stock s on s.sku_id = f.sku_id and s.lot = f.lot join bins x on x.id = s.bin_id
              left join bin_places p on p.bin_id = x.id
             where f.merchant_id = @merchant and s.merchant_id = @merchant and f.state <> 'open' and coalesce(p.kind, '') <> 'quarantine'
            union all
            select b.sku_id, b.node_id, b.lot, -b.units from lot_blocks b where b.merchant_id = @merchant) g
        """;

    /// <returns>Units that became unavailable (above 0) or available, by SKU, node and lot.</returns>
    public static async Task<int> Settle(Work work, Actor actor, DateTimeOffset now, IReadOnlyCollection<long> skus)
    {
        if (skus.Count == 0) return 0;
        long[] wanted = [.. skus.Distinct().Order()];
        var sheet = await StockSheet.Lock(work, wanted, now);
        var gaps = await work.Query($"{Gaps} where sku_id = any(@skus) group by sku_id, node_id, lot having sum(units) <> 0 order by sku_id, node_id, lot",
            row => new Gap(row.Long(), row.Long(), row.Text(), row.Sum()), ("skus", wanted));
        if (gaps.Count == 0) return 0;
        foreach (var gap in gaps)
        {
            long units = gap.Units > 0 ? gap.Units : -Math.Min(-gap.Units, sheet.Find(gap.Sku, gap.Node)!.Balance.Unavailable);
            if (units != 0)
                sheet.Move(gap.Sku, gap.Node, new Buckets { Unavailable = units },
                    new Movement(units > 0 ? MovementKind.MadeUnavailable : MovementKind.MadeAvailable, actor.Id, Reference: gap.Lot, Reason: "lot"));
        }
        await sheet.Write(work);
        return await work.Execute(
            """
            insert into lot_blocks (sku_id, node_id, lot, merchant_id, units)
            select r.sku_id, r.node_id, r.lot, @merchant, r.units + coalesce(b.units, 0) from @rows r
              left join lot_blocks b on b.sku_id = r.sku_id and b.node_id = r.node_id and b.lot = r.lot where true
                on conflict (sku_id, node_id, lot) do update set units = excluded.units
            """, Rows.Of(gaps).Long("sku_id", g => g.Sku).Long("node_id", g => g.Node).Text("lot", g => g.Lot).Long("units", g => g.Units));
    }

    /// <summary>SKUs of which something is not as it should be, a few at a time.</summary>
    public static Task<List<long>> Differing(Work work, int most) => work.Query(
        $"select distinct sku_id from ({Gaps} group by sku_id, node_id, lot having sum(units) <> 0) d order by sku_id limit @most", row => row.Long(), ("most", (long)most));

    /// <summary>Lots of these SKUs that may not be sold.</summary>
    public static async Task<HashSet<(long Sku, string Lot)>> Of(Work work, long[] skus) => [.. await work.Query(
        "select sku_id, lot from lot_facts where merchant_id = @merchant and state <> 'open' and sku_id = any(@skus)", row => (row.Long(), row.Text()), ("skus", skus))];
}
