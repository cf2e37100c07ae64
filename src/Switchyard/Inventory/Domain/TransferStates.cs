using Switchyard.Kernel;
using static Switchyard.Inventory.TransferState;

namespace Switchyard.Inventory;

/// <summary>The states of a transfer between nodes. Names are stored in lower case with underscores.</summary>
public enum TransferState { Draft, Approved, Sent, Acknowledged, PartReceived, Received, Closed, Cancelled }

public static class TransferStates
{
    /// <summary>Received with something still missing waits there until it is settled; with nothing missing it is closed at once.</summary>
    public static readonly Transitions<TransferState> Allowed = new()
    {
        [Draft] = [Approved, Cancelled],
        [Approved] = [Sent, Cancelled],
        [Sent] = [Acknowledged, PartReceived, Received],
        [Acknowledged] = [PartReceived, Received],
        [PartReceived] = [Received],
        [Received] = [Closed],
    };

    public static TransferState Parse(string name) => Enum.Parse<TransferState>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    public static string Name(TransferState state) => state == PartReceived ? "part_received" : state.ToString().ToLowerInvariant();
}

/// <summary>One SKU of a transfer.</summary>
/// <param name="Quantity">Units asked for.</param>
/// <param name="Held">Units reserved at the source until they are sent.</param>
/// <param name="Lost">Units given up on the way.</param>
/// <param name="Returned">Units that never left: found at the source afterwards.</param>
public sealed record TransferLine(long SkuId, string Sku, long Quantity, long Held, long Sent, long Good, long Damaged, long Lost, long Returned)
{
    /// <summary>Units on their way: what was sent is booked in, lost, back, or here.</summary>
    public long InTransit => Math.Max(0, Sent - Good - Damaged - Lost - Returned);

    /// <summary>Units that came beyond those sent.</summary>
    public long Surplus => Math.Max(0, Good + Damaged + Lost + Returned - Sent);
}

/// <summary>Every way a transfer can be refused.</summary>
public static class TransferErrors
{
    public static Error NotFound(string id) => Error.NotFound("inventory.no_such_transfer", $"There is no transfer {id}.");
    public static Error CannotMove(TransferState from, TransferState to) => Error.Conflict("inventory.transfer_state",
        $"A transfer that is {TransferStates.Name(from)} cannot become {TransferStates.Name(to)}.");
    public static readonly Error NothingMissing = Error.Conflict("inventory.transfer_nothing_missing", "Nothing of this transfer is missing, or its delivery is not closed yet.");
    public static readonly Error NothingSent = Error.Conflict("inventory.nothing_sent", "Send at least one unit, or cancel the transfer.");
}
