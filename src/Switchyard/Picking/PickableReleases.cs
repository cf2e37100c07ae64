using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>Which of what waits at a node goes into a wave.</summary>
/// <param name="ShipBefore">Only what must leave before this instant: the cut-off of a carrier.</param>
/// <param name="PriorityAtLeast">Only what is at least so urgent.</param>
/// <param name="Zone">Only what lies whole in this zone.</param>
/// <param name="SingleLine">Only releases of one line.</param>
/// <param name="SingleItem">Only releases of one unit.</param>
/// <param name="DeliveryMethod">Only those sent by this method.</param>
public sealed record WaveRule(DateTimeOffset? ShipBefore = null, int? PriorityAtLeast = null, string? Zone = null, bool? SingleLine = null, bool? SingleItem = null, string? DeliveryMethod = null);

/// <summary>Reads what can be picked at a node and where it lies.</summary>
internal static class PickableReleases
{
    /// <summary>The most releases of one wave.</summary>
    public const int Most = 500;

    /// <summary>Accepted releases that no hold stops and no live wave has, the most urgent first.</summary>
    public static async Task<List<PickableRelease>> Find(Work work, long node, WaveRule rule, IReadOnlyList<FulfilmentId>? named, int most)
    {
        string only = named is null ? "" : "join @rows r on r.id = f.id";
        string sql =
            $"""
            select f.id, f.number, f.priority, coalesce(f.ship_by_ms, f.placed_at_ms + 86400000), o.type = 'wholesale' or coalesce(f.work_class, '') = 'business'
              from fulfilment_orders f join orders o on o.id = f.order_id {only}
             where f.merchant_id = @merchant and f.node_id = @node and f.state in ('accepted', 'picking') and f.priority >= @priority
               and (@before = 0 or f.ship_by_ms <= @before) and (@method = '' or f.method = @method)
               and not exists (select 1 from holds h where h.order_id = f.order_id and h.state = 'open' and h.line_no is null and (h.fulfilment_id is null or h.fulfilment_id = f.id))
               and not exists (select 1 from wave_releases w where w.fulfilment_id = f.id and w.is_live)
               and (not @single or (select count(*) from fulfilment_lines l where l.fulfilment_id = f.id and l.open > 0) = 1)
               and (not @item or (select sum(l.open) from fulfilment_lines l where l.fulfilment_id = f.id) = 1)
             order by -f.priority, f.class_rank, f.placed_at_ms, f.id limit @most
            """;
        (string, object?)[] arguments =
        [
            ("node", node), ("priority", rule.PriorityAtLeast ?? int.MinValue), ("before", rule.ShipBefore?.ToUnixTimeMilliseconds() ?? 0L), ("method", rule.DeliveryMethod ?? ""),
            ("single", rule.SingleLine ?? false), ("item", rule.SingleItem ?? false), ("most", (long)most),
        ];
        var heads = named is null ? await work.Query(sql, Head, arguments) : await work.Query(sql, Rows.Of(named).Uuid("id", n => n.Value), Head, arguments);
        var lines = await work.Query(
            """
            select l.fulfilment_id, l.line_no, l.sku_id, l.sku, l.open from @rows r join fulfilment_lines l on l.fulfilment_id = r.id
             where l.merchant_id = @merchant and l.open > 0 order by l.fulfilment_id, l.line_no
            """, Rows.Of(heads).Uuid("id", h => h.Id.Value), row => (Release: row.Uuid(), Line: new PickableLine(row.Int(), row.Long(), row.Text(), row.Long())));
        var byRelease = lines.ToLookup(l => l.Release, l => l.Line);
        return [.. heads.Select(h => h with { Lines = [.. byRelease[h.Id.Value]] }).Where(h => h.Lines.Count > 0)];
    }

    private static PickableRelease Head(Row row) => new(new FulfilmentId(row.Uuid()), row.Text(), row.Int(), row.Long(), row.Bool(), []);

    /// <summary>
    /// Where the goods of these lines lie that may be picked, less what open tasks are to take; with how the node is walked in. Nobody is sent for what is put nowhere or missing: it is told as unplaced.
    /// </summary>
    public static async Task<PickHouse> House(Work work, long node, IReadOnlyList<PickableRelease> releases, DateTimeOffset now)
    {
        long[] skus = [.. releases.SelectMany(r => r.Lines).Select(l => l.SkuId).Distinct()];
        var bins = await work.Query(
            $"""
            select s.sku_id, b.code, b.zone, b.is_bulk, b.walk_order, s.lot, l.expires_on, coalesce(f.first_received_ms, 0), s.quantity - coalesce((select sum(t.quantity - t.picked) from pick_tasks t
                    where t.merchant_id = @merchant and t.node_id = @node and t.sku_id = s.sku_id and t.bin = b.code and t.lot = s.lot and t.state = 'open'), 0)
              from bins b join bin_stock s on s.bin_id = b.id left join lots l on l.sku_id = s.sku_id and l.lot = s.lot left join lot_facts f on f.sku_id = s.sku_id and f.lot = s.lot
             where b.code not in {PickedBins.NoPlaces} and s.merchant_id = @merchant and b.node_id = @node and s.sku_id = any(@skus) and s.quantity > 0
            """, row => new BinUnits(row.Long(), new PickBin(row.Text(), row.Text(), row.Bool(), row.Long()), row.Text(), 0) { ExpiresOn = row.TextOrNull(), ReceivedAtMs = row.Long(), Units = row.Sum() },
            ("node", node), ("skus", skus));
        var blocked = await LotBlocks.Unpickable(work, skus, now);
        var removal = (await work.Query("select sku_id, removal from product_tracking where merchant_id = @merchant and sku_id = any(@skus)",
            row => (Sku: row.Long(), Removal: Enum.Parse<RemovalStrategy>(row.Text(), ignoreCase: true)), ("skus", skus))).ToDictionary(t => t.Sku, t => t.Removal);
        return (await WalkedHouse.Of(work, node, [.. bins.Where(b => b.Units > 0 && !blocked.Contains((b.SkuId, b.Lot)))])) with { Removal = removal };
    }

    /// <summary>A node of the merchant that the actor may see.</summary>
    public static async Task<(long Id, string Code)?> Node(Work work, Actor actor, string? code)
    {
        if (code is null || !Text.IsStorable(code)) return null;
        var found = await work.Query("select n.id, n.code from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and upper(n.code) = @code",
            row => (row.Long(), row.Text()), ("code", Text.Key(code)));
        return found.Count == 1 && actor.MaySeeNode(found[0].Item1) ? found[0] : null;
    }
}
