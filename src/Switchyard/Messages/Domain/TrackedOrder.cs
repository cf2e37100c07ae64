using Switchyard.Kernel;

namespace Switchyard.Messages;

public sealed record TrackedItem(string Name, long Quantity);

/// <param name="Lines">The address, line by line.</param>
public sealed record TrackedPlace(string Name, IReadOnlyList<string> Lines);

/// <param name="Word">The key of what is said: <c>scan-…</c>.</param>
public sealed record TrackedNote(string Word, string? Place, DateTimeOffset At);

/// <summary>A parcel, or goods put ready to be collected.</summary>
/// <param name="Release">The id of the release it is of.</param>
/// <param name="No">Its number within the release; 0: goods at a counter, which are in no parcel.</param>
/// <param name="Shipment">The number of the shipment it left with.</param>
/// <param name="State">As staff sees it: the package's state; readyForPickup or collected for goods at a counter.</param>
public sealed record TrackedParcel(string Release, int No, int? Shipment, string State, string? Carrier, string? Tracking, string? Url, DateTimeOffset? Eta, TrackedPlace? CollectAt,
    IReadOnlyList<TrackedItem> Items, IReadOnlyList<TrackedNote> Notes)
{
    public bool IsEnded => State is "delivered" or "collected" or "lost" or "returnedToSender";
    public bool HasArrived => State is "delivered" or "collected";

    /// <summary>Is this what a message is about? By the release and the number of the package or, with an s, of the shipment.</summary>
    public bool IsAbout(string about) => about == $"{Release}:{Text.Invariant(No)}" || about == Release || Shipment is { } shipment && about == $"{Release}:s{Text.Invariant(shipment)}";
}

/// <summary>An order as the one who waits for it may see it, and where messages about it go.</summary>
/// <param name="Status">The headline, the same as staff sees.</param>
/// <param name="Zone">Whose clock times are told by.</param>
/// <param name="Waiting">What is in no parcel yet.</param>
/// <param name="IsLate">The customer was told of a delay, or the told date is over.</param>
/// <param name="IsSplit">It is a part taken out of another order: that one was confirmed.</param>
public sealed record TrackedOrder(OrderId Id, string Number, string Channel, string Status, DateTimeOffset PlacedAt, DateTimeOffset? DeliverBy, bool IsLate, bool IsCollect, bool IsSplit, string? Email, string? Name,
    string Language, string ZoneName, TimeZoneInfo Zone, IReadOnlyList<TrackedParcel> Parcels, IReadOnlyList<TrackedItem> Waiting)
{
    public bool HasEnded => Status is "cancelled" or "expired" or "closed" or "delivered";
    public bool IsOff => Status is "cancelled" or "expired" or "draft";

    /// <summary>How far it is, of four steps: ordered, prepared, sent or ready, arrived. 0 when it was called off.</summary>
    public int Step => Status switch
    {
        "cancelled" or "expired" or "draft" => 0,
        "delivered" or "closed" => 4,
        "shipped" or "partlyShipped" or "readyForPickup" => 3,
        "packed" or "picking" or "released" => 2,
        _ => Parcels.Any(p => p.No > 0) ? 3 : 1,
    };
}
