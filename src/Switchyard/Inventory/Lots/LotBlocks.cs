using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;

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
        int changed = await work.Execute(
            """
            insert into lot_blocks (sku_id, node_id, lot, merchant_id, units)
            select r.sku_id, r.node_id, r.lot, @merchant, r.units + coalesce(b.units, 0) from @rows r
              left join lot_blocks b on b.sku_id = r.sku_id and b.node_id = r.node_id and b.lot = r.lot where true
                on conflict (sku_id, node_id, lot) do update set units = excluded.units
            """, Rows.Of(gaps).Long("sku_id", g => g.Sku).Long("node_id", g => g.Node).Text("lot", g => g.Lot).Long("units", g => g.Units));
        await Tell(work, actor, now, [.. gaps.Select(g => g.Sku).Distinct()]);
        return changed;
    }

    /// <summary>SKUs of which something is not as it should be, a few at a time.</summary>
    public static Task<List<long>> Differing(Work work, int most) => work.Query(
        $"select distinct sku_id from ({Gaps} group by sku_id, node_id, lot having sum(units) <> 0) d order by sku_id limit @most", row => row.Long(), ("most", (long)most));

    /// <summary>Lots of these SKUs that may not be sold.</summary>
    public static async Task<HashSet<(long Sku, string Lot)>> Of(Work work, long[] skus) => [.. await work.Query(
        "select sku_id, lot from lot_facts where merchant_id = @merchant and state <> 'open' and sku_id = any(@skus)", row => (row.Long(), row.Text()), ("skus", skus))];

    /// <summary>Lots of these SKUs that may not be picked: out of sale, or past their day though nobody has looked yet.</summary>
    public static async Task<HashSet<(long Sku, string Lot)>> Unpickable(Work work, long[] skus, DateTimeOffset now)
    {
        var blocked = await Of(work, skus);
        foreach (var (sku, lot, expires, days) in await work.Query(
            """
            select l.sku_id, l.lot, l.expires_on, coalesce(t.pick_days, 0) from lots l left join product_tracking t on t.sku_id = l.sku_id
             where l.merchant_id = @merchant and l.sku_id = any(@skus) and l.expires_on is not null
            """, row => (row.Long(), row.Text(), row.Text(), row.Long()), ("skus", skus)))
            if (string.CompareOrdinal(expires, WatchLots.FirstDay(now, days)) < 0) blocked.Add((sku, lot));
        return blocked;
    }

    /// <summary>Of these SKUs the lots that were recalled: nothing of them leaves.</summary>
    public static async Task<HashSet<(long Sku, string Lot)>> Recalled(Work work, long[] skus) => [.. await work.Query(
        "select sku_id, lot from lot_facts where merchant_id = @merchant and state = 'recalled' and sku_id = any(@skus)", row => (row.Long(), row.Text()), ("skus", skus))];

    // A person takes off the shelf what may not be sold. It is told once, and mended when nothing of it is left.
    private static async Task Tell(Work work, Actor actor, DateTimeOffset now, long[] skus)
    {
        var lots = await work.Query(
            """
            select b.sku_id, p.sku, b.node_id, n.code, b.lot, b.units from lot_blocks b join products p on p.id = b.sku_id join nodes n on n.id = b.node_id
             where b.merchant_id = @merchant and b.sku_id = any(@skus) order by b.sku_id, b.node_id, b.lot
            """, row => (Sku: row.Long(), Name: row.Text(), Node: row.Long(), At: row.Text(), Lot: row.Text(), Units: row.Long()), ("skus", skus));
        var batch = work.Batch();
        ExceptionsRoom.Raise(batch, [.. lots.Where(l => l.Units > 0).Select(l =>
            new Trouble("lot_on_shelf", $"{l.Name}/{l.Lot}@{l.At}", $"{l.Units} of {l.Name}, lot {l.Lot}, lie at {l.At} and may not be sold.", Sku: l.Sku, Node: l.Node))], now);
        ExceptionsRoom.Mend(batch, [.. lots.Where(l => l.Units == 0).Select(l => ("lot_on_shelf", $"{l.Name}/{l.Lot}@{l.At}"))], actor, "Nothing of the lot is left.", now);
        await batch.Run();
    }
}
