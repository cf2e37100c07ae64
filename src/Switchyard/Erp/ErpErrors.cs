using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Erp;

/// <summary>Every way this room can say no.</summary>
public static class ErpErrors
{
    public static readonly Error NoAccount = Error.NotFound("erp.no_account", "No ERP is connected.");
    public static readonly Error NoSuchTask = Error.NotFound("erp.no_such_task", "The ERP is told no such thing.");
    public static readonly Error NoSuchThing = Error.NotFound("erp.no_such_thing", "The ERP has told no such thing.");
    public static readonly Error NotTested = Error.Conflict("erp.not_tested", "Test the connection first: its credentials were not seen to be good in the last hour.");
    public static readonly Error NotLive = Error.Conflict("erp.not_live", "The ERP is not at work. Start it first.");
    public static readonly Error IsDone = Error.Conflict("erp.is_done", "It is done, and is not done twice.");
    public static readonly Error BeingDone = Error.Conflict("request.in_progress", "It is being done right now. Try again in a moment.");
    public static readonly Error AdapterStays = Error.Conflict("erp.adapter_stays", "The ERP was told things already; another one cannot take its place.",
        new FieldError("/adapter", "erp.adapter_stays", "Things were posted by this adapter."));

    public static Error CannotMove(ErpState from, ErpState to) => Error.Conflict("erp.cannot_move", $"An ERP that is {ErpStates.Name(from)} cannot become {ErpStates.Name(to)}.");

    public static Error Changed(long version) => new(ErrorKind.Precondition, "erp.changed", "Somebody changed it meanwhile. Read it again.", [])
    {
        Extra = new Dictionary<string, object?> { ["currentVersion"] = version },
    };

    /// <summary>What the ERP said no to.</summary>
    public static Error Erp(AdapterFault fault) => fault.Kind is FaultKind.Refused or FaultKind.Unauthorized or FaultKind.Unsupported
        ? Error.Conflict("erp.refused", $"The ERP refuses: {fault.Words}")
        : new Error(ErrorKind.Upstream, "erp.failed", $"The ERP cannot be used now: {fault.Words}", []);
}
