using System.Text.Json;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>How far the work of a release is.</summary>
public enum FulfilmentOrderState
{
    Planned, Scheduled, Offered, Accepted, Picking, Picked, Packed, ReadyForPickup, HandedOver, Delivered, Lost, SentBack, Rejected, Short, StopAsked, Cancelled,
}

/// <summary>Every move a command may make. The diagram in the room's README is made from this table.</summary>
public static class FulfilmentOrderStates
{
    public static readonly Transitions<FulfilmentOrderState> Allowed = new()
    {
        [FulfilmentOrderState.Planned] = [FulfilmentOrderState.Scheduled, FulfilmentOrderState.Offered, FulfilmentOrderState.Cancelled],
        [FulfilmentOrderState.Scheduled] = [FulfilmentOrderState.Offered, FulfilmentOrderState.Cancelled],
        [FulfilmentOrderState.Offered] = [FulfilmentOrderState.Accepted, FulfilmentOrderState.Rejected, FulfilmentOrderState.Cancelled],
        [FulfilmentOrderState.Accepted] = [FulfilmentOrderState.Picking, FulfilmentOrderState.StopAsked, FulfilmentOrderState.Cancelled],
        [FulfilmentOrderState.Picking] =
            [FulfilmentOrderState.Picked, FulfilmentOrderState.Short, FulfilmentOrderState.Accepted, FulfilmentOrderState.StopAsked],
        [FulfilmentOrderState.Picked] =
            [FulfilmentOrderState.Packed, FulfilmentOrderState.ReadyForPickup, FulfilmentOrderState.Accepted, FulfilmentOrderState.StopAsked],
        [FulfilmentOrderState.Packed] = [FulfilmentOrderState.HandedOver, FulfilmentOrderState.Picked, FulfilmentOrderState.StopAsked],
        [FulfilmentOrderState.ReadyForPickup] = [FulfilmentOrderState.HandedOver, FulfilmentOrderState.Cancelled],
        [FulfilmentOrderState.StopAsked] = [FulfilmentOrderState.Cancelled, FulfilmentOrderState.HandedOver],
        [FulfilmentOrderState.HandedOver] = [FulfilmentOrderState.Delivered, FulfilmentOrderState.Lost, FulfilmentOrderState.SentBack],
    };

    /// <summary>Work that has not ended and whose goods are still in the building.</summary>
    public static bool IsLive(FulfilmentOrderState state) => state is FulfilmentOrderState.StopAsked or <= FulfilmentOrderState.ReadyForPickup;

    /// <summary>As it is stored and shown, for instance <c>readyForPickup</c>.</summary>
    public static string Name(FulfilmentOrderState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    public static FulfilmentOrderState Parse(string name) => Enum.Parse<FulfilmentOrderState>(name, ignoreCase: true);

    /// <summary>As a sentence says it, for instance "ready for pickup".</summary>
    public static string Words(FulfilmentOrderState state) =>
        string.Concat(state.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
