using Switchyard.Kernel;
using static Switchyard.Inventory.ReservationState;

namespace Switchyard.Inventory;

/// <summary>The states of a soft reservation. Names are stored in lower case.</summary>
public enum ReservationState { Active, Expired, Released, Converted }

public static class ReservationStates
{
    public static readonly Transitions<ReservationState> Allowed = new() { [Active] = [Expired, Released, Converted] };

    /// <summary>What a stored reservation is at an instant: the clock closes it, whether or not somebody has written that down.</summary>
    public static ReservationState At(ReservationState stored, DateTimeOffset expiresAt, DateTimeOffset now) =>
        stored == Active && expiresAt <= now ? Expired : stored;

    public static Error NotActive(ReservationId id, ReservationState state) => Error.Conflict("inventory.reservation_not_active",
        $"Reservation {id} is {state.ToString().ToLowerInvariant()}.");

    public static Error NotFound(string id) => Error.NotFound("inventory.no_such_reservation", $"There is no reservation {id}.");
}
