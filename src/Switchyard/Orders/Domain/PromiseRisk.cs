using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What the watcher thinks of an order.</summary>
/// <param name="Reason">Why it is at risk; empty when it is not.</param>
/// <param name="Says">The reason by its code.</param>
/// <param name="LookAtMs">When it has to be looked at next; null when there is nothing to look for.</param>
public readonly record struct RiskVerdict(bool IsAtRisk, string Reason, long? LookAtMs, Phrase? Says = null)
{
    internal static RiskVerdict Of((string Words, Phrase Says) reason) => new(true, reason.Words, null, reason.Says);
}

/// <summary>Can an order still leave by the day that was told? Pure.</summary>
public static class PromiseRisk
{
    /// <summary>
    /// At risk is an order that should have left, of which nobody knows when all of it comes, that is planned later than was told, or
    /// whose node has more to send by then than it can, or whose ship-by is nearer than what is left to do: the channel's lead while units wait for a node, half of it while a node works
    /// on them, none for packed ones.
    /// </summary>
    /// <param name="leadMs">≥ 0.</param>
    public static RiskVerdict Judge(OpenOrder order, long nowMs, long leadMs)
    {
        var lines = order.Lines.Where(l => l.HoldsStock && l.Waiting + l[LineBucket.Allocated] + l.InWork > 0).ToList();
        if (lines.Count == 0 || order.ShipByMs is not { } shipBy || order.State is not (OrderState.Placed or OrderState.Confirmed)) return default;
        if (nowMs >= shipBy) return RiskVerdict.Of(("It should have left.", Phrase.PromiseOverdue));
        if (lines.Exists(l => l[LineBucket.Unallocated] > 0 || l.Waiting > 0 && l.ExpectedAtMs is null))
            return RiskVerdict.Of(("Nobody knows yet when all of it can leave.", Phrase.PromiseUndated));
        var planned = lines.Select(l => order.Dates?.OfLine(l.LineNo)).OfType<(long ShipByMs, long DeliverByMs)>().ToList();
        if (planned.Exists(p => p.ShipByMs > shipBy || p.DeliverByMs > order.DeliverByMs))
            return RiskVerdict.Of(("It is planned later than was told.", Phrase.PromisePlannedLate));
        bool isWaiting = lines.Exists(l => l.Waiting + l[LineBucket.Allocated] > 0), isWorked = lines.Exists(l => l[LineBucket.Released] + l[LineBucket.Picked] > 0);
        if (order.IsCrowded) return RiskVerdict.Of(("Its node has more to send by then than it can.", Phrase.PromiseCrowded));
        long lookAt = shipBy - (isWaiting ? leadMs : isWorked ? leadMs / 2 : 0);
        if (nowMs < lookAt) return new RiskVerdict(false, "", lookAt);
        return RiskVerdict.Of(lines.Exists(l => l.Waiting > 0) ? ("It must leave soon and waits for goods.", Phrase.PromiseWaits)
            : order.Holds.Any(h => h.FulfilmentId is null) ? ("It must leave soon and is held.", Phrase.PromiseHeld)
            : isWaiting ? ("It must leave soon and no node works on it yet.", Phrase.PromiseNotBegun) : ("It must leave soon and is not packed.", Phrase.PromiseNotPacked));
    }
}
