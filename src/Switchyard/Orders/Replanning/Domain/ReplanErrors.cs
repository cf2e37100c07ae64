using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Every way in which deciding together can say no.</summary>
public static class ReplanErrors
{
    public static readonly Error NotFound = Error.NotFound("routing.replan_not_found", "There is no such run.");

    public static readonly Error Running = Error.Conflict("routing.replan_running", "Orders are being planned anew just now. Try again when that is done.");

    public static readonly Error Changed = new(ErrorKind.Precondition, "routing.replan_settings_changed", "Somebody else has changed this meanwhile. Read it again.", []);
}
