using System.Text.Json;
using Switchyard.Kernel;

namespace Switchyard.Purchasing;

/// <summary>How far an order to a supplier is.</summary>
public enum PurchaseOrderState { Draft, Sent, Accepted, StopAsked, Shipped, Closed, Rejected, Cancelled }

/// <summary>What the order is for: goods a supplier sends to our customer itself, or goods for our own shelves.</summary>
public enum PurchaseOrderKind { Dropship, Stock }

/// <summary>Every move of an order to a supplier. What the supplier sends for us follows its release.</summary>
public static class PurchaseOrderStates
{
    public static readonly Transitions<PurchaseOrderState> Allowed = new()
    {
        [PurchaseOrderState.Draft] = [PurchaseOrderState.Sent, PurchaseOrderState.Accepted, PurchaseOrderState.StopAsked, PurchaseOrderState.Shipped, PurchaseOrderState.Rejected, PurchaseOrderState.Cancelled],
        [PurchaseOrderState.Sent] = [PurchaseOrderState.Accepted, PurchaseOrderState.StopAsked, PurchaseOrderState.Shipped, PurchaseOrderState.Rejected, PurchaseOrderState.Cancelled],
        [PurchaseOrderState.Accepted] = [PurchaseOrderState.StopAsked, PurchaseOrderState.Shipped, PurchaseOrderState.Rejected, PurchaseOrderState.Cancelled],
        [PurchaseOrderState.StopAsked] = [PurchaseOrderState.Shipped, PurchaseOrderState.Cancelled],
        [PurchaseOrderState.Shipped] = [PurchaseOrderState.Closed],
    };

    /// <summary>Nothing more is expected of it.</summary>
    public static bool HasEnded(PurchaseOrderState state) => state is PurchaseOrderState.Closed or PurchaseOrderState.Rejected or PurchaseOrderState.Cancelled;

    public static string Name(PurchaseOrderState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
    public static PurchaseOrderState Parse(string name) => Enum.Parse<PurchaseOrderState>(name, ignoreCase: true);

    /// <summary>Where an order for goods the supplier sends itself stands, as its release says: the moves to make, one after the other; none when it stands there already.</summary>
    /// <param name="state">Now; null when there is no order yet.</param>
    /// <param name="release">The state of its release.</param>
    /// <param name="hasShipped">Some of it has left.</param>
    /// <param name="isRefused">The supplier has refused some of it.</param>
    public static IReadOnlyList<PurchaseOrderState> Follow(PurchaseOrderState? state, string release, bool hasShipped, bool isRefused)
    {
        if (state is { } ended && HasEnded(ended)) return [];
        PurchaseOrderState? target = release switch
        {
            "offered" => state ?? PurchaseOrderState.Draft,
            "accepted" or "picking" or "picked" or "packed" or "readyForPickup" => state is null or PurchaseOrderState.Draft ? PurchaseOrderState.Draft
                : state == PurchaseOrderState.Sent ? PurchaseOrderState.Accepted : state,
            "stopAsked" => PurchaseOrderState.StopAsked,
            "handedOver" => PurchaseOrderState.Shipped,
            "delivered" or "lost" or "sentBack" => PurchaseOrderState.Closed,
            "rejected" or "short" or "cancelled" when state is not null && hasShipped => PurchaseOrderState.Closed,
            "rejected" => PurchaseOrderState.Rejected,
            "short" or "cancelled" => isRefused ? PurchaseOrderState.Rejected : PurchaseOrderState.Cancelled,
            _ => state,
        };
        if (target is not { } to || to == state || state is null && HasEnded(to)) return [];
        var moves = new List<PurchaseOrderState>();
        var at = state;
        if (at is null) { moves.Add(PurchaseOrderState.Draft); at = PurchaseOrderState.Draft; }
        if (to == PurchaseOrderState.Closed && at != PurchaseOrderState.Shipped) { moves.Add(PurchaseOrderState.Shipped); at = PurchaseOrderState.Shipped; }
        if (to != at && Allowed.Allows(at.Value, to)) moves.Add(to);
        return moves;
    }
}
