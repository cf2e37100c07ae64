using System.Text.Json.Serialization;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Packing;

/// <summary>A release at the packing table.</summary>
/// <param name="Parcels">What is not sealed yet.</param>
/// <param name="Sealed">Parcels that were sealed at the table and not opened again.</param>
/// <param name="Documents">What is to lie in or on sealed parcels.</param>
/// <param name="Left">Picked units that are in no parcel yet.</param>
/// <param name="GiftMessage">What the customer wants said to whoever gets it.</param>
/// <param name="MustWeigh">No parcel is sealed before it is weighed.</param>
public sealed record PackingView(FulfilmentId Fulfilment, string Number, OrderId Order, string OrderNumber, string Node, string State, string? Method, bool MustStop, bool IsHeld, DateTimeOffset? ShipBy, long Left,
    bool MustWeigh, string? GiftMessage, IReadOnlyList<PackingLineView> Lines, IReadOnlyList<PackingParcelView> Parcels, IReadOnlyList<SealedParcel> Sealed, IReadOnlyList<PackingDocument> Documents)
{
    [JsonPropertyOrder(-1)]
    public string Object => "packing";
}

/// <param name="Text">What is written on it for this customer.</param>
/// <param name="Steps">What somebody must confirm before it leaves: age, hazard.</param>
/// <param name="Confirmed">Those that are.</param>
/// <param name="Tracks">What must be read of each unit: none, lot or serial.</param>
/// <param name="Open">Units that are not picked yet.</param>
public sealed record PackingLineView(int Line, string Sku, string? Name, string? Picture, long Open, long Picked, long InParcels, string? Text, bool IsFragile, bool ShipsAlone, int? MinAge, string? Hazard,
    [property: Words("none", "lot", "serial")] string Tracks, IReadOnlyList<string> Steps, IReadOnlyList<string> Confirmed)
{
    /// <summary>The product in whose place it is sent; absent where it was ordered so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InsteadOf { get; init; }
}

/// <param name="ExpectedGrams">Null when a weight in it is not known.</param>
/// <param name="ToleranceGrams">How far it may be off without a reason.</param>
/// <param name="RefusedGrams">A weight that is too far off and has no reason yet: until then it is not sealed.</param>
public sealed record PackingParcelView(int Parcel, string? Packaging, IReadOnlyList<TableLine> Lines, long? ExpectedGrams, long? ToleranceGrams, long? WeighedGrams, string? WeightReason, long? RefusedGrams);

/// <param name="Parcel">The package's number within the release.</param>
/// <param name="Sscc">Its serial shipping container code, when the merchant has a GS1 company prefix.</param>
public sealed record SealedParcel(PackageId Package, int Parcel, string State, string? Packaging, long? WeightGrams, string? Sscc, string? Carrier, string? Service, string? Tracking,
    IReadOnlyList<PackageLineView> Lines);

/// <param name="Kind">packingSlip, invoice, giftMessage, insert or returnLabel.</param>
/// <param name="Document">What was printed; null: nothing yet.</param>
public sealed record PackingDocument(PackageId Package, [property: Words("packingSlip", "invoice", "giftMessage", "insert", "returnLabel")] string Kind, string? Name, DocumentId? Document);
