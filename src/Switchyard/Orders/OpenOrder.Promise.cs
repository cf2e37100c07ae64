using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Of an order under lock: the dates that were told, those that are planned, and whether they can be kept.</summary>
public sealed partial class OpenOrder
{
    /// <summary>Why the first version was made.</summary>
    internal const string FirstPromise = "The order was placed.";

    private static readonly Dictionary<(int, long), string?> NothingPlanned = [];
    private readonly string? _datesJson;
    private readonly long _riskLeadMs;
    private string? _promise;
    private bool _isRenewed;

    /// <summary>Leaves by then, as told; null when nothing was.</summary>
    public long? ShipByMs { get; private set; }

    /// <summary>Arrives by then, as told.</summary>
    public long? DeliverByMs { get; private set; }

    /// <summary>Versions of the promise made so far; 0 when nothing was ever promised.</summary>
    public int PromiseVersion { get; private set; }

    /// <summary>Since when it is seen that the promise cannot be kept.</summary>
    public long? AtRiskSinceMs { get; private set; }

    /// <summary>A node has more to send by its ship-by than it can, and this would be left over.</summary>
    internal bool IsCrowded { get; private set; }

    /// <summary>Notes that its node has too much to do, or no longer.</summary>
    internal void SetCrowded(bool isCrowded)
    {
        IsCrowded = isCrowded && State is (OrderState.Placed or OrderState.Confirmed);
        if (IsCrowded && Risk is { IsAtRisk: true } risk) SetAtRisk(true, risk.Reason, risk.Says);
    }

    /// <summary>When the watcher looks at it next.</summary>
    internal long? RiskAtMs { get; private set; }

    /// <summary>The dates part by part, as they are planned.</summary>
    public OrderPromise? Dates { get; private set; }

    internal string? DatesJson => Dates?.ToJson(PlacedAtMs, (ShipByMs, DeliverByMs));

    /// <summary>Can the promise still be kept, as things stand now?</summary>
    internal RiskVerdict Risk => PromiseRisk.Judge(this, _now.ToUnixTimeMilliseconds(), _riskLeadMs);

    /// <summary>
    /// Takes over what was planned. What a fact brought about is told the customer, worse or better. What was planned by choice never makes
    /// a promise worse: the better one stands, and the order is at risk. While nobody knows a date the one that was told stands too.
    /// </summary>
    /// <param name="dates">Null while nobody knows when all of it leaves.</param>
    public void Renew(OrderPromise? dates, string reason, bool isChoice = false)
    {
        _isRenewed = true;
        if (dates is null) return;
        Dates = dates;
        if (isChoice && PromiseVersion > 0 && (dates.ShipByMs > ShipByMs || dates.DeliverByMs > DeliverByMs)) return;
        Promise(dates.ShipByMs, dates.DeliverByMs, reason);
    }

    /// <summary>
    /// Takes over what was planned by choice and is no later than was told. The customer is told nothing, though it may be earlier now: what was
    /// told stands, and the days gained are left to whoever plans it anew.
    /// </summary>
    internal void RenewQuietly(OrderPromise? dates, string reason)
    {
        if (PromiseVersion == 0) { Renew(dates, reason, isChoice: true); return; }
        Must.Hold(dates is null || dates.ShipByMs <= ShipByMs && dates.DeliverByMs <= DeliverByMs, $"order {Number} is not moved to where it would be late");
        (_isRenewed, Dates) = (true, dates ?? Dates);
    }

    /// <summary>Tells the customer other dates: a new version with its reason, one a save. Dates as they are change nothing.</summary>
    private void Promise(long shipByMs, long deliverByMs, string reason)
    {
        if ((shipByMs, deliverByMs) == (ShipByMs, DeliverByMs)) return;
        if (_promise is null) PromiseVersion++;
        var before = (ShipByMs, DeliverByMs);
        (ShipByMs, DeliverByMs, _promise) = (shipByMs, deliverByMs, reason);
        Tell("OrderPromiseChanged", new { version = PromiseVersion, shipByMs, deliverByMs, shipByMsBefore = before.ShipByMs, deliverByMsBefore = before.DeliverByMs }, reason);
    }

    /// <summary>Notes that the promise cannot be kept, or can again.</summary>
    public void SetAtRisk(bool isAtRisk, string reason, Phrase? says)
    {
        if (isAtRisk == AtRiskSinceMs is not null) return;
        AtRiskSinceMs = isAtRisk ? _now.ToUnixTimeMilliseconds() : null;
        Tell(isAtRisk ? "OrderAtRisk" : "OrderBackOnTime", new { shipByMs = ShipByMs, says = says is { } phrase ? Saying.CodeOf(phrase) : null }, reason);
        if (isAtRisk && _troubles.Count == 0) Raise("promise_broken", reason, says is { } why ? Saying.Of(why) : null);        // one trouble more would say nothing new
        else if (!isAtRisk) Mend("promise_broken", reason);
    }

    /// <summary>Of what is no longer sent no date is kept, and the watcher is told when to look; before every save.</summary>
    internal void SettlePromise()
    {
        if (Dates is not null && !_isRenewed && State is OrderState.Placed or OrderState.Confirmed && Lines.Exists(l => l.IsChanged)
            && PromiseMaking.Renewed(this, null, NothingPlanned) is { } less) Renew(less, "Less of it is to be sent.", isChoice: true);
        var risk = Risk;
        if (AtRiskSinceMs is not null && !risk.IsAtRisk)
        {
            var (reason, says) = State is not (OrderState.Placed or OrderState.Confirmed) ? ("The order has ended.", Phrase.PromiseEnded)
                : risk.LookAtMs is null ? ("All of it has left.", Phrase.PromiseLeft) : ("The promise can be kept again.", Phrase.PromiseKept);
            SetAtRisk(false, reason, says);
        }
        else if (_isRenewed && risk.IsAtRisk) SetAtRisk(true, risk.Reason, risk.Says);
        // Each change of the column costs an entry in every index, so it is left where the watcher will look early enough.
        if (AtRiskSinceMs is not null || !risk.IsAtRisk && risk.LookAtMs is null) RiskAtMs = null;
        else if (risk.IsAtRisk) RiskAtMs = Math.Min(RiskAtMs ?? long.MaxValue, _now.ToUnixTimeMilliseconds());
        else if (RiskAtMs is null || RiskAtMs > risk.LookAtMs) RiskAtMs = risk.LookAtMs;
    }

    private void ReadDates() => Dates = OrderPromise.Parse(_datesJson, PlacedAtMs, (ShipByMs, DeliverByMs), Lines.Where(l => l.HoldsStock).Select(l => l.LineNo));
}
