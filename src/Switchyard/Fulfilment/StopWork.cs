using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>What is wanted of units once the work on them has stopped.</summary>
/// <param name="Kind">cancelOrder, cancelUnits, or recall: they stay claimed and whoever asked goes on.</param>
/// <param name="Units">By line, for cancelUnits.</param>
public sealed record StopWish(string Kind, IReadOnlyDictionary<int, long>? Units = null)
{
    public static readonly StopWish CancelOrder = new("cancelOrder"), Recall = new("recall");
    internal static StopWish Parse(string? json) => json is null ? Recall : JsonSerializer.Deserialize<StopWish>(json, Json.Options)!;
    internal string ToJson() => JsonSerializer.Serialize(this, Json.Options);
}

/// <summary>What became of one release that was to stop.</summary>
/// <param name="Result">done: its units are idle again; asked: the node puts goods back or answers; refused: they have left.</param>
public sealed record StoppedRelease(FulfilmentId Id, string Number, string Node, string Result);

/// <summary>What became of the work that was to stop.</summary>
public sealed record StopOutcome(IReadOnlyList<StoppedRelease> Releases)
{
    public bool IsDone => Releases.All(r => r.Result == "done");
    public bool IsAsked => Releases.Any(r => r.Result == "asked");
    public bool IsRefused => Releases.Any(r => r.Result == "refused");
}

/// <summary>
/// Stops work on an order under lock. Where nobody has begun, the work ends at once and its units stay claimed at the node, idle. Where
/// somebody has, the release becomes "stop asked": our people put the goods back, a 3PL answers, and then what was wanted is done.
/// </summary>
public static class StopWork
{
    /// <param name="unitsByLine">Units of each line that are to come back from work; null for all of it.</param>
    /// <param name="wish">What to do when a release that was asked has stopped; cancelling, when left out.</param>
    /// <remarks>Moves buckets and claims of the order in memory, which the caller saves; the releases are written at once. No stock is moved.</remarks>
    public static async Task<StopOutcome> Ask(Work work, OpenOrder order, IReadOnlyDictionary<int, long>? unitsByLine, string reason, DateTimeOffset now, StopWish? wish = null)
    {
        var open = await OpenWork.On(work, Actor.House("system:fulfilment", work.Merchant), [order], now);
        var outcome = Ask(open, order, unitsByLine, reason, wish ?? (unitsByLine is null ? StopWish.CancelOrder : new StopWish("cancelUnits", unitsByLine)));
        await open.SaveReleases();
        return outcome;
    }

    /// <summary>What <see cref="Ask(Work, OpenOrder, IReadOnlyDictionary{int, long}?, string, DateTimeOffset, StopWish?)"/> would answer a recall, for an order
    /// that is only looked at. Moves its buckets and claims in memory, to be thrown away; nothing is written.</summary>
    public static async Task<StopOutcome> Preview(Work work, OpenOrder order, IReadOnlyDictionary<int, long> unitsByLine, DateTimeOffset now) =>
        Ask(await OpenWork.On(work, Actor.House("system:fulfilment", work.Merchant), [order], now), order, unitsByLine, "", StopWish.Recall);

    /// <summary>Ends the releases of these orders at one node on which nobody has begun; their units stay claimed there, idle. The rest goes on.</summary>
    /// <remarks>Moves buckets and claims in memory, as <see cref="Ask(Work, OpenOrder, IReadOnlyDictionary{int, long}?, string, DateTimeOffset, StopWish?)"/> does.</remarks>
    public static async Task RecallAt(Work work, IReadOnlyList<OpenOrder> orders, long node, string reason, DateTimeOffset now)
    {
        var open = await OpenWork.On(work, Actor.House("system:fulfilment", work.Merchant), orders, now);
        foreach (var release in open.Releases.Where(r => r.IsLive && r.Node.Id == node && !HasBegun(r) && r.State is not (FulfilmentOrderState.ReadyForPickup or FulfilmentOrderState.StopAsked)).ToList())
            End(open, release, [.. release.Lines.Where(l => l.InWork > 0).Select(l => (l, l.InWork))], reason);
        await open.SaveReleases();
    }

    /// <summary>Takes one SKU back from the releases of these orders at one node: at once where nobody has begun, else the node is asked to stop.</summary>
    /// <remarks>Moves buckets and claims in memory, as <see cref="Ask(Work, OpenOrder, IReadOnlyDictionary{int, long}?, string, DateTimeOffset, StopWish?)"/> does.</remarks>
    public static async Task<IReadOnlyList<StoppedRelease>> StopAt(Work work, IReadOnlyList<OpenOrder> orders, long node, long sku, string reason, DateTimeOffset now)
    {
        var open = await OpenWork.On(work, Actor.House("system:fulfilment", work.Merchant), orders, now);
        var results = new List<StoppedRelease>();
        foreach (var release in open.Releases.Where(r => r.IsLive && r.Node.Id == node && r.State is not FulfilmentOrderState.StopAsked).ToList())
        {
            var order = open.OrderOf(release);
            var wanted = release.Lines.Where(l => l.InWork > 0 && order.Line(l.LineNo)?.SkuId == sku).Select(l => (l, l.InWork)).ToList();
            if (wanted.Count > 0) results.Add(Result(release, Stop(open, release, wanted, reason, StopWish.Recall) ? "done" : "asked"));
        }
        await open.SaveReleases();
        return results;
    }

    /// <summary>
    /// What of the work at a node <see cref="RecallAt"/> would leave there: units by SKU and order, as they are without a lock.
    /// </summary>
    public static Task<List<(OrderId Order, long Sku, long Units)>> BegunAt(Work work, long node) => work.Query(
        """
        select f.order_id, l.sku_id, sum(l.open + l.picked + l.packed) from fulfilment_orders f
          join fulfilment_lines l on l.fulfilment_id = f.id and l.merchant_id = f.merchant_id join nodes n on n.id = f.node_id
         where f.merchant_id = @merchant and f.node_id = @node and l.open + l.picked + l.packed > 0
           and (f.state in ('picking', 'picked', 'packed', 'readyForPickup', 'stopAsked') or f.state = 'accepted' and n.kind not in ('warehouse', 'store'))
         group by f.order_id, l.sku_id
        """, row => (new OrderId(row.Uuid()), row.Long(), row.Sum()), ("node", node));

    private static StopOutcome Ask(OpenWork open, OpenOrder order, IReadOnlyDictionary<int, long>? unitsByLine, string reason, StopWish wish)
    {
        var left = unitsByLine?.ToDictionary(u => u.Key, u => u.Value);
        var results = new List<StoppedRelease>();
        // What has not begun is the cheapest to stop, so it is taken first.
        foreach (var release in open.Of(order).Where(r => r.IsLive).OrderBy(r => HasBegun(r)).ThenByDescending(r => r.No).ToList())
        {
            var wanted = release.Lines.Where(l => l.InWork > 0).Select(l => (Line: l, Units: left is null ? l.InWork : Math.Min(l.InWork, left.GetValueOrDefault(l.LineNo))))
                .Where(w => w.Units > 0).ToList();
            if (wanted.Count == 0) continue;
            if (left is not null) foreach (var (line, units) in wanted) left[line.LineNo] -= units;
            // Each release keeps its own share of the wish: those that stop one after the other must not each cancel the whole of it.
            var share = wish.Kind == "cancelUnits" ? wish with { Units = wanted.ToDictionary(w => w.Line.LineNo, w => w.Units) } : wish;
            results.Add(Result(release, Stop(open, release, wanted, reason, share) ? "done" : "asked"));
        }
        bool isShort = left?.Values.Any(l => l > 0) ?? false;
        foreach (var release in open.Of(order).Where(r => r.State == FulfilmentOrderState.HandedOver && (left is null || isShort)))
            results.Add(Result(release, "refused"));
        return new StopOutcome(results);
    }

    /// <summary>Stops one release for these units of it.</summary>
    /// <returns>True when the units are idle now; false when the node was asked.</returns>
    internal static bool Stop(OpenWork open, OpenRelease release, IReadOnlyList<(ReleaseLine Line, long Units)> wanted, string reason, StopWish wish)
    {
        if (release.State == FulfilmentOrderState.StopAsked)
        {
            release.StopWish = Both(StopWish.Parse(release.StopWish), wish).ToJson();
            release.Touch();
            return false;
        }
        if (!HasBegun(release) || release.State == FulfilmentOrderState.ReadyForPickup)
        {
            End(open, release, wanted, reason);
            return true;
        }
        if (release is { State: FulfilmentOrderState.Picking, Node.IsOurs: true } && wanted.All(w => w.Line[ReleaseUnits.Open] >= w.Units)
            && release.Lines.Sum(l => l.InWork) > wanted.Sum(w => w.Units))
        {
            // Nobody has taken these off the shelf yet, and there is other work on this release: they leave the pick list.
            foreach (var (line, units) in wanted) open.Recall(release, line, ReleaseUnits.Open, ReleaseUnits.Cancelled, units);
            release.Follow();
            open.Tell(release, "FulfilmentReduced", reason, new { lines = wanted.Select(w => new { line = w.Line.LineNo, quantity = w.Units }) });
            return true;
        }
        release.MoveTo(FulfilmentOrderState.StopAsked);
        (release.StopReason, release.StopWish, release.StopAskedAtMs) = (reason, wish.ToJson(), open.NowMs);
        open.Tell(release, "FulfilmentStopAsked", reason);
        if (!release.Node.IsOurs) return false;
        foreach (var line in release.Lines.ToList())
        {
            if (line[ReleaseUnits.Open] is > 0 and var untouched) open.Recall(release, line, ReleaseUnits.Open, ReleaseUnits.Cancelled, untouched);
            if (line[ReleaseUnits.Picked] + line[ReleaseUnits.Packed] is > 0 and var taken) open.AskPutBack(release, line, taken);
        }
        if (release.Lines.Any(l => l.InWork > 0)) return false;
        Ended(open, release);
        return true;
    }

    /// <summary>Ends work that has not begun, or that waits at the pickup place: whole or for some units, which are idle again.</summary>
    internal static void End(OpenWork open, OpenRelease release, IReadOnlyList<(ReleaseLine Line, long Units)> wanted, string? reason)
    {
        bool isAtPickup = release.State == FulfilmentOrderState.ReadyForPickup;
        foreach (var (line, units) in isAtPickup ? [.. release.Lines.Where(l => l.InWork > 0).Select(l => (l, l.InWork))] : wanted)
        {
            open.Recall(release, line, isAtPickup ? ReleaseUnits.Picked : ReleaseUnits.Open, ReleaseUnits.Cancelled, units);
            if (isAtPickup) open.AskPutBack(release, line, units);
        }
        if (release.Lines.Any(l => l.InWork > 0))
        {
            open.Tell(release, "FulfilmentReduced", reason, new { lines = wanted.Select(w => new { line = w.Line.LineNo, quantity = w.Units }) });
            return;
        }
        release.MoveTo(FulfilmentOrderState.Cancelled);
        (release.Reason, release.AnswerByMs) = (reason, null);
        open.Tell(release, "FulfilmentCancelled", reason);
    }

    /// <summary>The goods are back, or the 3PL said yes: the release ends and what was wanted is done. The stock of the order's lines is locked.</summary>
    internal static async Task Complete(OpenWork open, OpenRelease release)
    {
        var (order, wish, reason) = (open.OrderOf(release), StopWish.Parse(release.StopWish), release.StopReason);
        Ended(open, release);
        if (wish.Kind == "cancelUnits")
        {
            CancelUnits(open, release, order, wish.Units!, reason);
            var rest = GiveOut.Free(order).Where(p => p.Node == release.Node.Id && release.Line(p.Line.LineNo) is not null).ToList();
            if (rest.Count > 0 && order.State == OrderState.Confirmed) await GiveOut.Make(open, order, rest, from: release);
        }
        else if (wish.Kind == "cancelOrder" && !open.Of(order).Any(r => r.IsLive))
        {
            CancelRest(open, order, reason);
        }
    }

    /// <summary>What has left already stays sold; everything else of the order is cancelled, and the order with it when nothing has left.</summary>
    private static void CancelRest(OpenWork open, OpenOrder order, string? reason)
    {
        long units = order.CancelIdle(open.Sheet!, reason);
        if (order.Lines.Exists(l => l.HasLeft) || !OrderStates.Allowed.Allows(order.State, OrderState.Cancelled))
        {
            EndOrder.CloseIfDone(open, order);
            return;
        }
        order.MoveTo(OrderState.Cancelled);
        order.CloseAllHolds("The order was cancelled.");
        open.Tell(order, "OrderCancelled", CancelOrder.CancelledPayload(order, units), reason);
    }

    private static void CancelUnits(OpenWork open, OpenRelease release, OpenOrder order, IReadOnlyDictionary<int, long> wanted, string? reason)
    {
        foreach (var (no, units) in wanted)
            if (order.Line(no) is { } line && Math.Min(units, line.ClaimAt(release.Node.Id).Idle) is > 0 and var idle)
                order.GiveUp(line, LineBucket.Allocated, LineBucket.Cancelled, release.Node.Id, idle, open.Sheet!, reason);
        open.Tell(order, "OrderUnitsCancelled", new { lines = wanted.Select(w => new { line = w.Key, quantity = w.Value }) }, reason);
        EndOrder.CloseIfDone(open, order);
    }

    private static void Ended(OpenWork open, OpenRelease release)
    {
        release.MoveTo(release.Sum(ReleaseUnits.Shipped) > 0 ? FulfilmentOrderState.HandedOver : FulfilmentOrderState.Cancelled);
        release.Reason = release.StopReason;
        open.Tell(release, "FulfilmentStopped", release.StopReason);
    }

    /// <summary>Has somebody begun? At a 3PL accepting is beginning: what happens there is not seen from here.</summary>
    internal static bool HasBegun(OpenRelease release) => release.State is FulfilmentOrderState.Picking or FulfilmentOrderState.Picked or FulfilmentOrderState.Packed
        or FulfilmentOrderState.ReadyForPickup or FulfilmentOrderState.StopAsked || release is { State: FulfilmentOrderState.Accepted, Node.IsOurs: false };

    // Asked twice: the wider wish wins, and units to cancel add up.
    private static StopWish Both(StopWish first, StopWish second)
    {
        if (first.Kind == "cancelOrder" || second.Kind == "cancelOrder") return StopWish.CancelOrder;
        if (first.Kind != "cancelUnits" || second.Kind != "cancelUnits") return first.Kind == "cancelUnits" ? first : second;
        var units = first.Units!.ToDictionary();
        foreach (var (line, more) in second.Units!) units[line] = units.GetValueOrDefault(line) + more;
        return new StopWish("cancelUnits", units);
    }

    private static StoppedRelease Result(OpenRelease release, string result) => new(release.Id, release.Number, release.Node.Code, result);
}
