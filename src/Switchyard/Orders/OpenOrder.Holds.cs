using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>An open hold of an order under lock.</summary>
/// <param name="Permission">What whoever releases it needs beyond orders:write; null for nothing.</param>
public sealed record OpenHold(int No, string Kind, string Reason, int? LineNo, Guid? FulfilmentId, string? Owner, string? Permission)
{
    /// <summary>The code of the rule that made it.</summary>
    public string? Rule { get; init; }

    /// <summary>The key of the SKU, or the method, that would mend it.</summary>
    public string? Subject { get; init; }

    /// <summary>The order of which this seems a repeat.</summary>
    public OrderId? Other { get; init; }

    /// <summary>The reason by its code, as stored.</summary>
    public string? Says { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>From then on it is overdue; null once that has been seen.</summary>
    public DateTimeOffset? EscalateAt { get; init; }

    public bool IsEscalated { get; init; }

    public bool IsOverdue(DateTimeOffset now) => EscalateAt <= now;
}

/// <summary>Of an order under lock: what stops it, and what it is no longer stopped by.</summary>
public sealed partial class OpenOrder
{
    /// <summary>Puts a hold on the order, a line, or one release.</summary>
    public OpenHold Hold(string kind, string reason, int? line = null, Guid? fulfilment = null, string? permission = null, string? rule = null,
        DateTimeOffset? expiresAt = null, DateTimeOffset? escalateAt = null, string? says = null) =>
        Hold(new NewHold(kind, reason, line, expiresAt) { Owner = _actor.Id, Permission = permission, Rule = rule, EscalateAt = escalateAt, Says = says }, fulfilment);

    /// <summary>Puts a hold on it with all that is known of the hold.</summary>
    public OpenHold Hold(NewHold says, Guid? fulfilment = null)
    {
        var hold = new OpenHold(++_lastHold, says.Kind, says.Reason, says.LineNo, fulfilment, says.Owner, says.Permission)
        {
            Rule = says.Rule, Subject = says.Subject, Other = says.Other, ExpiresAt = says.ExpiresAt, Says = says.Says,
        };
        _holds.Add(hold);
        _opened.Add((hold, says));
        Tell("OrderHeld", new { hold = hold.No, kind = hold.Kind, line = hold.LineNo, fulfilment, rule = says.Rule, otherOrder = says.Other }, says.Reason);
        return hold;
    }

    /// <summary>Says who deals with a hold; null for nobody.</summary>
    public void AssignHold(OpenHold hold, string? owner)
    {
        _holds[_holds.IndexOf(hold)] = hold with { Owner = owner };
        _marked.Add((hold.No, owner, false));
        Tell("OrderHoldAssigned", new { hold = hold.No, kind = hold.Kind, owner });
    }

    /// <summary>Nobody has dealt with a hold in time.</summary>
    public void EscalateHold(OpenHold hold)
    {
        _marked.Add((hold.No, hold.Owner, true));
        Tell("OrderHoldEscalated", new { hold = hold.No, kind = hold.Kind, owner = hold.Owner });
    }

    /// <summary>A product has been made for a line whose SKU nobody knew.</summary>
    public void Identify(OpenLine line, long sku, long weightGrams)
    {
        line.Identify(sku, weightGrams);
        Tell("OrderLineIdentified", new { line = line.LineNo, sku = line.Sku });
    }

    /// <summary>How urgent it is; higher goes first.</summary>
    public void Prioritise(int priority, string? reason)
    {
        Tell("OrderPriorityChanged", new { from = Priority, to = priority }, reason);
        Priority = priority;
    }

    /// <summary>Closes an open hold. The order is confirmed by <see cref="ConfirmIfFree"/> once nothing stops it.</summary>
    /// <param name="state">released, or expired.</param>
    public void CloseHold(OpenHold hold, string? reason, string state = "released")
    {
        Must.Hold(_holds.Remove(hold), "an open hold is closed");
        _closed.Add((hold.No, state, reason));
        if (hold.Kind == "payment") _isExpiryOver = true;
        if (hold.IsEscalated && !_holds.Exists(h => h.IsEscalated)) Mend("hold_overdue", "The hold is closed.");
        Tell("OrderHoldReleased", new { hold = hold.No, kind = hold.Kind }, reason);
    }

    public void CloseAllHolds(string reason, string state = "released")
    {
        foreach (var hold in _holds) _closed.Add((hold.No, state, reason));
        if (_holds.Exists(h => h.IsEscalated)) Mend("hold_overdue", reason);
        _holds.Clear();
    }

    /// <summary>A placed order with no open hold on the whole of it is confirmed: from now on it may be released.</summary>
    public void ConfirmIfFree()
    {
        if (State != OrderState.Placed || _holds.Any(h => h.LineNo is null && h.FulfilmentId is null)) return;
        MoveTo(OrderState.Confirmed);
        Tell("OrderConfirmed", new { });
    }

    /// <summary>Does a hold stop this line? A hold on the order or on a bundle's line stops its components too.</summary>
    public bool IsHeld(OpenLine line) => _holds.Any(h => h.FulfilmentId is null && (h.LineNo is null || h.LineNo == line.LineNo || h.LineNo == line.ParentLineNo));

    /// <summary>Is nothing reserved for this line, since what it is or costs is in doubt?</summary>
    public bool IsBarred(OpenLine line) => _holds.Any(h => HoldKinds.BarsStock(h.Kind) && h.LineNo is { } no && (no == line.LineNo || no == line.ParentLineNo));
}
