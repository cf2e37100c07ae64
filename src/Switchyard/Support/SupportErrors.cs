using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Support;

/// <summary>Every way this room can say no.</summary>
public static class SupportErrors
{
    public static readonly Error NoSuchDesk = Error.NotFound("support.no_such_desk", "There is no such support desk.");
    public static readonly Error NoSuchTicket = Error.NotFound("support.no_such_ticket", "No trouble has such a ticket at this desk.");
    public static readonly Error NotParked = Error.Conflict("support.not_parked", "The ticket is not parked; there is nothing to try again.");
    public static readonly Error HasTickets = Error.Conflict("support.has_tickets", "Troubles have tickets at this desk. It can be paused, and stays.");
    public static readonly Error BadSignature = Error.Unauthorized("support.bad_signature", "The call does not show, as it should, that it comes from the desk.");
    public static readonly Error NoSuchAgent =
        Error.Forbidden("support.no_such_agent", "Nobody here has the agent's mail address, or several have. Ask an administrator to give your user this address.");
    public static readonly Error Unoffered =
        Error.Conflict("support.not_offered", "This cannot be done from the desk. Do it in Switchyard, or ask an administrator to offer it here.");
    public static readonly Error DoneBefore = Error.Conflict("support.done_before", "This wish was done before. Look at the order; another wish needs a key of its own.");
    public static readonly Error NotPaid = Error.Conflict("support.not_paid", "Nothing of this order can be given back.");
    public static readonly Error NamePayment = Error.Conflict("support.name_payment", "The order was paid in several ways. Name the payment of which money goes back.",
        new FieldError("/payment", "support.name_payment", "Name one payment of the order."));
    public static readonly Error NoRate = Error.Conflict("support.no_rate",
        "The order's currency has no rate to the house's, so that the desk's limit cannot be judged. Refund it in Switchyard.");

    public static Error TooMany(int seconds) => Error.Busy("support.too_many_calls", "Too many calls from here were not genuine.", seconds);

    public static readonly Error TooOften = Error.Busy("support.too_many_calls", "The desk calls too often. Repeat the call shortly.", 10);

    public static Error Changed(long version) => new(ErrorKind.Precondition, "support.changed", "Somebody changed it meanwhile. Read it again.", [])
    {
        Extra = new Dictionary<string, object?> { ["currentVersion"] = version },
    };

    /// <summary>What a desk said no to.</summary>
    public static Error Desk(AdapterFault fault) => fault.Kind switch
    {
        FaultKind.Refused or FaultKind.Unauthorized => Error.Conflict("support.desk_refused", $"The desk refuses: {fault.Words}"),
        FaultKind.Unsupported => Error.Conflict("support.not_supported", fault.Words),
        _ => new Error(ErrorKind.Upstream, "support.desk_failed", $"The desk cannot be used now: {fault.Words}", []),
    };
}
