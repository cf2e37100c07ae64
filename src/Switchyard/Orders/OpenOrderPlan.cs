using Switchyard.Exceptions;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Of an order under lock: where it is planned to be sent from, what is promised, and what a person must look at.</summary>
public sealed partial class OpenOrder
{
    private readonly List<Trouble> _troubles = [];
    private readonly List<(string Kind, string Subject, string Resolution)> _mended = [];
    private string? _plan, _promise;

    /// <summary>The instant of this change.</summary>
    internal DateTimeOffset Now => _now;

    public long? ShipByMs { get; private set; }
    public long? DeliverByMs { get; private set; }

    /// <summary>Versions of the promise made so far; 0 when nothing was ever promised.</summary>
    public int PromiseVersion { get; private set; }

    /// <summary>Since when it is seen that the promise cannot be kept.</summary>
    public long? AtRiskSinceMs { get; private set; }

    /// <summary>Preordered goods wait for their date although they are here. (An order's own date schedules its releases.)</summary>
    public bool IsTooEarly(OpenLine line) => line.ReleaseAtMs > _now.ToUnixTimeMilliseconds();

    /// <summary>The next version of the plan: why here. One a save; a later one replaces it.</summary>
    public void StorePlan(string plan) => _plan = plan;

    /// <summary>Tells the customer other dates: a new version with its reason. Dates as they are change nothing.</summary>
    public void Promise(long? shipByMs, long? deliverByMs, string reason)
    {
        if ((shipByMs, deliverByMs) == (ShipByMs, DeliverByMs)) return;
        if (_promise is null) PromiseVersion++;
        var before = (ShipByMs, DeliverByMs);
        (ShipByMs, DeliverByMs, _promise) = (shipByMs, deliverByMs, reason);
        Tell("OrderPromiseChanged", new { version = PromiseVersion, shipByMs, deliverByMs, shipByMsBefore = before.ShipByMs, deliverByMsBefore = before.DeliverByMs }, reason);
    }

    /// <summary>Notes that the promise cannot be kept, or can again.</summary>
    public void SetAtRisk(bool isAtRisk, string reason)
    {
        if (isAtRisk == AtRiskSinceMs is not null) return;
        AtRiskSinceMs = isAtRisk ? _now.ToUnixTimeMilliseconds() : null;
        Tell(isAtRisk ? "OrderAtRisk" : "OrderBackOnTime", new { shipByMs = ShipByMs }, reason);
        if (isAtRisk) Raise("promise_broken", reason);
        else Mend("promise_broken", reason);
    }

    /// <summary>Raises a trouble about this order when it is saved.</summary>
    public void Raise(string kind, string detail) => _troubles.Add(new Trouble(kind, Id.ToString(), detail, Id.Value));

    /// <summary>Ends a trouble about this order when it is saved.</summary>
    public void Mend(string kind, string resolution) => _mended.Add((kind, Id.ToString(), resolution));
}
