using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>
/// Goods that are not where they were promised from: units are set unavailable until the shelf is counted, every claim on them is planned
/// anew in the same transaction, and what was being worked on becomes work of the next node.
/// </summary>
internal sealed class RouteAnew(OpenWork open, MerchantSettings settings, string reason)
{
    private const int MostAtWork = 2_000, MostIdle = 200;
    private readonly Dictionary<(OrderId Order, int Line), long> _lost = [];
    private readonly Dictionary<OrderId, OpenRelease> _from = [];
    private readonly HashSet<(long Sku, long Node)> _rows = [];

    /// <summary>
    /// Orders with claims on these rows: all whose goods are being worked on, and the least urgent and youngest of the idle ones. Read
    /// without a lock, since orders are locked before stock; what comes later is worked off by the queue for stock.
    /// </summary>
    public static async Task<IReadOnlyCollection<OrderId>> Rivals(Work work, IReadOnlyList<(long Sku, long Node)> rows) => await work.Query(
        """
        select id from (
            select a.order_id as id, a.in_work, row_number() over (partition by a.sku_id, a.node_id, case when a.in_work > 0 then 1 else 0 end
                       order by o.priority, o.placed_at_ms desc, o.id desc) as place
              from @rows r join allocations a on a.sku_id = r.sku_id and a.node_id = r.node_id join orders o on o.id = a.order_id
             where a.merchant_id = @merchant and o.merchant_id = @merchant) c
         where place <= @idle or in_work > 0 and place <= @working group by id
        """, Rows.Of(rows.Distinct().ToList()).Long("sku_id", r => r.Sku).Long("node_id", r => r.Node), row => new OrderId(row.Uuid()),
        ("idle", (long)MostIdle), ("working", (long)MostAtWork));

    /// <summary>Units on the shelf of a node as the books have them: good ones that nobody has picked.</summary>
    public long OnShelf(long sku, long node) => open.Sheet!.Find(sku, node) is { } row
        ? Math.Max(0, row.Balance.OnHand - row.Balance.Unavailable
            - open.Releases.Where(r => r.IsLive && r.Node.Id == node).SelectMany(r => r.Lines).Where(l => l.SkuId == sku).Sum(l => l[ReleaseUnits.Picked] + l[ReleaseUnits.Packed]))
        : 0;

    /// <summary>Open units of a release are not sent from there.</summary>
    public void Lose(OpenRelease release, ReleaseLine line, ReleaseUnits to, long units)
    {
        open.GiveUp(release, line, to, units, reason);
        _rows.Add((line.SkuId, release.Node.Id));
        var key = (release.Order, line.LineNo);
        _lost[key] = _lost.GetValueOrDefault(key) + units;
        _from[release.Order] = release;
    }

    /// <summary>Units that cannot be found, or are damaged, are offered to nobody until the shelf is counted.</summary>
    public void SetAside(OpenRelease release, ReleaseLine line, long units)
    {
        _rows.Add((line.SkuId, release.Node.Id));
        if (units > 0)
            open.Sheet!.Move(line.SkuId, release.Node.Id, new Buckets { Unavailable = units },
                new Movement(MovementKind.MadeUnavailable, open.Actor.Id, release.Order.Value, release.Number, reason));
        open.Counts.Add(new WantedCount(line.SkuId, release.Node.Id, $"{line.Sku} at {release.Node.Code}: {reason}", units));
    }

    /// <summary>Works off what is claimed beyond the goods, plans all of it anew, and gives to nodes what was being worked on.</summary>
    /// <param name="own">The order whose units may not come from <paramref name="excluded"/>.</param>
    public async Task Run(OpenOrder own, IReadOnlySet<long>? excluded = null)
    {
        var sheet = open.Sheet!;
        var losers = Replan.WorkOffDeficits(open.Orders, sheet, _rows, reason).ToHashSet();
        foreach (var (sku, node) in _rows.Order()) TakeFromWork(sku, node);
        losers.UnionWith(open.Orders.Where(o => _lost.Keys.Any(k => k.Order == o.Id)));
        foreach (var order in losers) Park(order);
        var before = losers.SelectMany(o => o.Lines.SelectMany(l => l.Claims.Select(c => ((o.Id, l.LineNo, c.Key), c.Value.Idle)))).ToDictionary(x => x.Item1, x => x.Idle);
        var skus = _rows.Select(r => r.Sku).ToHashSet();
        if (excluded is null) Replan.Run([.. losers], sheet, settings, new ReplanWish(reason, null, skus));
        else
        {
            Replan.Run([own], sheet, settings, new ReplanWish(reason, excluded, skus));
            Replan.Run([.. losers.Where(o => o != own)], sheet, settings, new ReplanWish(reason, null, skus));
        }
        foreach (var order in losers)
        {
            open.Touch(order);
            await GiveAgain(order, before);
        }
    }

    /// <summary>What a pickup place was to hand out and does not is never made a parcel, nor given to a place the customer did not choose: somebody asks the customer.</summary>
    private void Park(OpenOrder order)
    {
        foreach (int no in _lost.Keys.Where(k => k.Order == order.Id).Select(k => order.Line(k.Line)!)
            .Where(l => HoldRules.IsCollected(order.WayOf(l).Method)).Select(l => l.ParentLineNo ?? l.LineNo).Distinct())
            if (!order.Holds.Any(h => h.Kind == HoldKinds.PickupRejected && h.LineNo == no))
                order.Hold(new NewHold(HoldKinds.PickupRejected, reason.Length > 500 ? reason[..500] : reason, no));
    }

    /// <summary>What is still short is taken from other releases at the node: open units first of the least urgent and youngest orders.</summary>
    private void TakeFromWork(long sku, long node)
    {
        var row = open.Sheet!.Find(sku, node);
        if (row is null) return;
        foreach (var order in open.Orders.OrderBy(o => o.Priority).ThenByDescending(o => o.PlacedAtMs).ThenByDescending(o => o.Id.Value))
            foreach (var release in open.Of(order).Where(r => r.IsLive && r.State != FulfilmentOrderState.StopAsked && r.Node.Id == node).ToList())
                foreach (var line in release.Lines.Where(l => l.SkuId == sku).ToList())
                {
                    long units = Math.Min(Replan.Deficit(row), line[ReleaseUnits.Open]);
                    if (units <= 0) continue;
                    Lose(release, line, ReleaseUnits.Short, units);
                    open.Tell(release, "FulfilmentShort", reason, new { line = line.LineNo, quantity = units });
                    Follow(release);
                }
    }

    /// <summary>A release that lost units goes on with the rest, or ends.</summary>
    public void Follow(OpenRelease release)
    {
        if (release.State is FulfilmentOrderState.Picking or FulfilmentOrderState.Picked or FulfilmentOrderState.Packed) { release.Follow(); return; }
        if (release.Lines.Any(l => l.InWork > 0)) return;
        release.MoveTo(FulfilmentOrderState.Cancelled);
        (release.Reason, release.AnswerByMs) = (reason, null);
        open.Tell(release, "FulfilmentCancelled", reason);
    }

    private async Task GiveAgain(OpenOrder order, Dictionary<(OrderId, int, long), long> before)
    {
        if (order.State != OrderState.Confirmed || order.Holds.Any(h => h is { LineNo: null, FulfilmentId: null })) return;
        var parts = new List<GiveOut.Part>();
        foreach (var line in order.Lines.Where(l => l.HoldsStock && !order.IsHeld(l)))
        {
            long left = _lost.GetValueOrDefault((order.Id, line.LineNo));
            foreach (var (node, claim) in line.Claims)
            {
                long units = Math.Min(left, claim.Idle - before.GetValueOrDefault((order.Id, line.LineNo, node)));
                if (units <= 0) continue;
                parts.Add(new GiveOut.Part(line, node, units));
                left -= units;
            }
        }
        if (parts.Count > 0) await GiveOut.Make(open, order, parts, from: _from[order.Id]);
    }
}
