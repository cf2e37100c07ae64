using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Warehouse;

namespace Switchyard.Picking;

/// <summary>A pick face with what lies there and what is wanted from it.</summary>
/// <param name="Lying">Units of its SKU in the bin, also those of lots out of sale.</param>
/// <param name="AtFace">Units that open pick tasks are to take there.</param>
/// <param name="Waiting">Units of releases that are in no wave yet; business orders are picked from bulk.</param>
internal sealed record FaceRow(long SkuId, string Sku, string Name, long BinId, string Bin, string Zone, long WalkOrder, long Min, long Max, long Version, bool IsShort,
    long Units, long Lying, long AtFace, long Waiting, long OnTheWay, bool IsTopUp);

/// <summary>A task that fills a face and is not ended.</summary>
internal sealed record LiveRefill(RefillId Id, long SkuId, string From, string Lot, string To, long Quantity, string Reason, bool IsUrgent, long Cover, int PartNo, string State, string Operative);

/// <summary>A face, why it is to be filled, and from where.</summary>
/// <param name="Parts">What is to be brought beside what is on the way.</param>
internal sealed record FacePlan(FaceRow Face, FaceNeed Need, IReadOnlyList<(RemovalPlace Place, long Units)> Parts, IReadOnlyList<LiveRefill> Live);

/// <summary>Reads pick faces and works out what they need. Locks nothing.</summary>
internal static class FaceRows
{
    /// <summary>Faces of a node in the order of their SKUs.</summary>
    /// <param name="skus">Of these SKUs; of all, when null.</param>
    /// <param name="onlyNeeds">Only those that may have to be filled, or that live tasks fill.</param>
    public static Task<List<FaceRow>> Find(Work work, long node, IReadOnlyList<long>? skus, bool onlyNeeds, string after = "", string text = "", long most = long.MaxValue) => work.Query(
        $"""
        select g.sku_id, g.sku, g.name, g.bin_id, g.code, g.zone, g.walk_order, g.min_units, g.max_units, g.version, g.is_short, g.units, g.lying, g.at_face, g.waiting, g.on_the_way, g.top_ups from (
            select f.sku_id, p.sku_key, p.sku, p.name, f.bin_id, x.code, x.zone, x.walk_order, f.min_units, f.max_units, f.version, f.short_at_ms is not null as is_short,
                   coalesce((select sum(s.quantity) from bin_stock s left join lot_facts l on l.sku_id = s.sku_id and l.lot = s.lot
                              where s.bin_id = f.bin_id and s.sku_id = f.sku_id and s.merchant_id = @merchant and coalesce(l.state, 'open') = 'open'), 0) as units,
                   coalesce((select sum(s.quantity) from bin_stock s where s.bin_id = f.bin_id and s.sku_id = f.sku_id and s.merchant_id = @merchant), 0) as lying,
                   coalesce((select sum(t.quantity - t.picked) from pick_tasks t
                              where t.merchant_id = @merchant and t.node_id = f.node_id and t.sku_id = f.sku_id and t.bin in ('', x.code) and {WaveRows.IsLive}), 0) as at_face,
                   coalesce(w.units, 0) as waiting,
                   coalesce((select sum(r.quantity) from refill_tasks r where r.merchant_id = @merchant and r.node_id = f.node_id and r.sku_id = f.sku_id and r.state = 'taken'), 0) as on_the_way,
                   (select count(*) from refill_tasks r where r.merchant_id = @merchant and r.node_id = f.node_id and r.sku_id = f.sku_id and r.state in ('open', 'taken')) as live,
                   (select count(*) from refill_tasks r where r.merchant_id = @merchant and r.node_id = f.node_id and r.sku_id = f.sku_id and r.state in ('open', 'taken') and r.reason = 'topUp') as top_ups
              from pick_faces f join bins x on x.id = f.bin_id join products p on p.id = f.sku_id
              left join (select l.sku_id, sum(l.open) as units from fulfilment_orders o join orders d on d.id = o.order_id join fulfilment_lines l on l.fulfilment_id = o.id
                          where o.merchant_id = @merchant and o.node_id = @node and o.state in ('accepted', 'picking') and l.open > 0
                            and d.type <> 'wholesale' and coalesce(o.work_class, '') <> 'business'
                            and not exists (select 1 from holds h where h.order_id = o.order_id and h.state = 'open' and h.line_no is null and (h.fulfilment_id is null or h.fulfilment_id = o.id))
                            and not exists (select 1 from wave_releases v where v.fulfilment_id = o.id and v.is_live)
                          group by l.sku_id) w on w.sku_id = f.sku_id
             where f.merchant_id = @merchant and f.node_id = @node and (@all or f.sku_id = any(@skus)) and p.sku_key > @after and (@text = '' or p.sku_key like @text or upper(x.code) like @text)) g
         where @any or g.live > 0 or g.is_short or g.units < g.min_units or g.at_face + g.waiting > g.units
         order by g.sku_key limit @most
        """,
        row => new FaceRow(row.Long(), row.Text(), row.Text(), row.Long(), row.Text(), row.Text(), row.Long(), row.Long(), row.Long(), row.Long(), row.Bool(), row.Sum(), row.Sum(), row.Sum(), row.Sum(),
            row.Sum(), row.Sum() > 0),
        ("node", node), ("all", skus is null), ("skus", skus?.ToArray() ?? []), ("any", !onlyNeeds), ("after", after), ("text", text.Length == 0 ? "" : Text.Key(text).Replace("%", "", StringComparison.Ordinal) + "%"),
        ("most", most));

    /// <summary>What these faces need and from where it is best brought.</summary>
    /// <param name="topUps">SKUs that are to be filled though they are not below their minimum.</param>
    public static async Task<IReadOnlyList<FacePlan>> Plan(Work work, long node, IReadOnlyList<FaceRow> faces, DateTimeOffset now, IReadOnlySet<long>? topUps = null)
    {
        if (faces.Count == 0) return [];
        long[] skus = [.. faces.Select(f => f.SkuId)];
        var live = (await Live(work, node, skus)).ToLookup(l => l.SkuId);
        var places = await Reserve(work, node, skus, now);
        var removal = (await work.Query("select sku_id, removal from product_tracking where merchant_id = @merchant and sku_id = any(@skus)",
            row => (Sku: row.Long(), Removal: Enum.Parse<RemovalStrategy>(row.Text(), ignoreCase: true)), ("skus", skus))).ToDictionary(t => t.Sku, t => t.Removal);
        var cases = (await ScannedCodes.Of(work, faces.Select(f => f.Sku))).Where(c => c.Units > 1).ToLookup(c => c.Sku, c => c.Units);
        var rooms = await Rooms(work, node, [.. faces.Select(f => (f.SkuId, f.Sku, f.Bin))]);
        return [.. faces.Select(f =>
        {
            long room = Math.Max(0, Math.Min(f.Max - f.Lying, rooms.GetValueOrDefault(f.SkuId, long.MaxValue)));
            var need = new FaceNeed(f.Min, f.Max, f.Units, f.AtFace + f.Waiting, f.OnTheWay, room, f.IsShort, f.IsTopUp || topUps?.Contains(f.SkuId) == true);
            return new FacePlan(f, need, RefillPlan.Parts(need, removal.GetValueOrDefault(f.SkuId), [.. cases[f.Sku].Distinct()], places[f.SkuId].Where(p => p.Bin != f.Bin)), [.. live[f.SkuId]]);
        })];
    }

    private static Task<List<LiveRefill>> Live(Work work, long node, long[] skus) => work.Query(
        """
        select id, sku_id, from_bin, lot, to_bin, quantity, reason, is_urgent, cover, part_no, state, operative from refill_tasks
         where merchant_id = @merchant and node_id = @node and sku_id = any(@skus) and state in ('open', 'taken') order by part_no, id
        """, row => new LiveRefill(new RefillId(row.Uuid()), row.Long(), row.Text(), row.Text(), row.Text(), row.Long(), row.Text(), row.Bool(), row.Long(), row.Int(), row.Text(), row.Text()), ("node", node), ("skus", skus));

    /// <summary>Units in open reserve and bulk bins whose lots may be picked, less what pick tasks and whoever fills a face are to take.</summary>
    private static async Task<ILookup<long, RemovalPlace>> Reserve(Work work, long node, long[] skus, DateTimeOffset now)
    {
        var found = await work.Query(
            """
            select s.sku_id, b.code, b.zone, b.is_bulk, s.lot, s.quantity - coalesce((select sum(t.quantity - t.picked) from pick_tasks t
                    where t.merchant_id = @merchant and t.node_id = @node and t.sku_id = s.sku_id and t.bin = b.code and t.lot = s.lot and t.state = 'open'), 0)
                 - coalesce((select sum(r.quantity) from refill_tasks r where r.merchant_id = @merchant and r.node_id = @node and r.sku_id = s.sku_id and r.from_bin = b.code and r.lot = s.lot and r.state = 'taken'), 0),
                   b.walk_order, l.expires_on, coalesce(f.first_received_ms, 0)
              from bins b join bin_stock s on s.bin_id = b.id left join lots l on l.sku_id = s.sku_id and l.lot = s.lot left join lot_facts f on f.sku_id = s.sku_id and f.lot = s.lot
             where s.merchant_id = @merchant and b.node_id = @node and s.sku_id = any(@skus) and s.quantity > 0
            """, row => (Sku: row.Long(), Bin: row.Text(), Zone: row.Text(), IsBulk: row.Bool(), Lot: row.Text(), Units: row.Sum(), Walk: row.Long(), Expires: row.TextOrNull(), Received: row.Long()),
            ("node", node), ("skus", skus));
        var blocked = await LotBlocks.Unpickable(work, skus, now);
        var kinds = (await WarehouseRoom.Bins(work, node, [.. found.Select(f => f.Bin).Distinct()])).Where(b => b is { IsClosed: false, Kind: BinKind.Reserve or BinKind.Bulk }).Select(b => b.Code).ToHashSet();
        return found.Where(f => f.Units > 0 && kinds.Contains(f.Bin) && !blocked.Contains((f.Sku, f.Lot)))
            .ToLookup(f => f.Sku, f => new RemovalPlace(f.Bin, f.Zone, f.IsBulk, f.Lot, f.Units, f.Walk, f.Expires, f.Received));
    }

    // What the bin takes of each SKU beside everything that lies in it; a bin that does not say how much it takes, or is closed.
    internal static async Task<Dictionary<long, long>> Rooms(Work work, long node, IReadOnlyList<(long SkuId, string Sku, string Bin)> faces)
    {
        var bins = (await WarehouseRoom.Bins(work, node, [.. faces.Select(f => f.Bin).Distinct()])).ToDictionary(b => b.Id, b => new BinLoad(b));
        var byCode = bins.Values.ToDictionary(b => b.Bin.Code);
        foreach (var (bin, sku, units, grams, cm3) in await work.Query(
            """
            select s.bin_id, s.sku_id, sum(s.quantity), min(p.weight_grams), min(coalesce(p.length_mm * p.width_mm * p.height_mm / 1000, 0)) from bin_stock s join products p on p.id = s.sku_id
             where s.merchant_id = @merchant and s.bin_id = any(@bins) and s.quantity > 0 group by s.bin_id, s.sku_id
            """, row => (row.Long(), row.Long(), row.Sum(), row.Long(), row.Long()), ("bins", bins.Keys.ToArray())))
            bins[bin].Add(sku, units, grams, cm3);
        var sizes = (await work.Query("select id, weight_grams, coalesce(length_mm * width_mm * height_mm / 1000, 0) from products where merchant_id = @merchant and id = any(@skus)",
            row => (Id: row.Long(), Grams: row.Long(), Cm3: row.Long()), ("skus", faces.Select(f => f.SkuId).ToArray()))).ToDictionary(s => s.Id);
        return faces.Where(f => byCode.ContainsKey(f.Bin)).ToDictionary(f => f.SkuId, f =>
            byCode[f.Bin].Bin.IsClosed ? 0 : byCode[f.Bin].Room(new PutawayGoods(f.SkuId, f.Sku, 0, sizes[f.SkuId].Grams, sizes[f.SkuId].Cm3, [], new Dictionary<string, string>())));
    }
}
