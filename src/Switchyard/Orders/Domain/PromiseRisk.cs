namespace Switchyard.Orders;

/// <summary>What the watcher thinks of an order.</summary>
/// <param name="Reason">Why it is at risk; empty when it is not.</param>
/// <param name="LookAtMs">When it has to be looked at next; null when there is nothing to look for.</param>
public readonly record struct RiskVerdict(bool IsAtRisk, string Reason, long? LookAtMs);

/// <summary>Can an order still leave by the day that was told? Pure.</summary>
public static class PromiseRisk
{
    /// <summary>
    /// At risk is an order that should have left, of which nobody knows when all of it comes, that is planned later than was told, or
    /// whose ship-by is nearer than what is left to do: the channel's lead while units wait for a node, half of it while a node works
    /// on them, none for packed ones.
    /// </summary>
    /// <param name="leadMs">≥ 0.</param>
    public static RiskVerdict Judge(OpenOrder order, long nowMs, long leadMs)
    {
        var lines = order.Lines.Where(l => l.HoldsStock && l.Waiting + l[LineBucket.Allocated] + l.InWork > 0).ToList();
        if (lines.Count == 0 || order.ShipByMs is not { } shipBy || order.State is not (OrderState.Placed or OrderState.Confirmed)) return default;
        if (nowMs >= shipBy) return new RiskVerdict(true, "It should have left.", null);
        if (lines.Exists(l => l[LineBucket.Unallocated] > 0 || l.Waiting > 0 && l.ExpectedAtMs is null))
            return new RiskVerdict(true, "Nobody knows yet when all of it can leave.", null);
        var planned = lines.Select(l => order.Dates?.OfLine(l.LineNo)).OfType<(long ShipByMs, long DeliverByMs)>().ToList();
        if (planned.Exists(p => p.ShipByMs > shipBy || p.DeliverByMs > order.DeliverByMs)) return new RiskVerdict(true, "It is planned later than was told.", null);
        bool isWaiting = lines.Exists(l => l.Waiting + l[LineBucket.Allocated] > 0), isWorked = lines.Exists(l => l[LineBucket.Released] + l[LineBucket.Picked] > 0);
        long lookAt = shipBy - (isWaiting ? leadMs : isWorked ? leadMs / 2 : 0);
        if (nowMs < lookAt) return new RiskVerdict(false, "", lookAt);
        return new RiskVerdict(true, lines.Exists(l => l.Waiting > 0) ? "It must leave soon and waits for goods."
            : order.Holds.Any(h => h.FulfilmentId is null) ? "It must leave soon and is held."
            : isWaiting ? "It must leave soon and no node works on it yet." : "It must leave soon and is not packed.", null);
    }
}
