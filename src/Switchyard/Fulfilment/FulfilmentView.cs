using System.Text.Json.Serialization;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>A release (fulfilment order): work given to one node for some units of one order.</summary>
/// <param name="State">planned, scheduled, offered, accepted, picking, picked, packed, readyForPickup, handedOver, delivered, lost, sentBack, rejected, short, stopAsked, cancelled.</param>
/// <param name="MustStop">Somebody wants the work stopped: put the goods back.</param>
/// <param name="IsHeld">A hold on the order or this release stops it.</param>
/// <param name="AnswerBy">The node accepts or rejects by then; later it is reminded and then passed over.</param>
/// <param name="Attempts">How many nodes were given these units, this one included.</param>
public sealed record FulfilmentView(FulfilmentId Id, string Number, OrderId Order, string OrderNumber, string Node, string? Method,
    [Words(typeof(FulfilmentOrderState))] string State, bool MustStop, bool IsHeld,
    int Priority, DateTimeOffset? ShipBy, DateTimeOffset? DeliverBy, DateTimeOffset? FulfilAt, DateTimeOffset? OfferedAt, DateTimeOffset? AnswerBy,
    DateTimeOffset? RemindedAt, int Attempts, FulfilmentId? From, string? Reason, string? StopReason, DateTimeOffset? StopAskedAt, DateTimeOffset? HandedOverAt,
    IReadOnlyList<FulfilmentLineView> Lines, IReadOnlyList<PackageView> Packages, IReadOnlyList<ShipmentView> Shipments, IReadOnlyList<PutBackView> PutBacks,
    IReadOnlyList<ReleaseHoldView> Holds, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    [JsonPropertyOrder(-1)]
    public string Object => "fulfilment";

    /// <summary>Its class of urgency: the queue of a node is sorted by priority, then class, then by how old the order is. Null: given out before there were classes.</summary>
    public string? WorkClass { get; init; }

    /// <summary>What a 3PL or a supplier calls it.</summary>
    public string? PartnerReference { get; init; }

    /// <summary>When a 3PL or a supplier will send it, as it has said.</summary>
    public DateTimeOffset? PartnerExpectedAt { get; init; }
}

/// <summary>Units of one order line; the counts sum to the quantity.</summary>
public sealed record FulfilmentLineView(int Line, string Sku, string? Name, long Quantity, long Open, long Picked, long Packed, long Shipped, long Short, long Rejected,
    long Cancelled);

/// <param name="Package">Its number within the release.</param>
public sealed record PackageView(PackageId Id, int Package, [Words(typeof(PackageState))] string State, ShipmentId? Shipment, long? WeightGrams, long? LengthMm, long? WidthMm, long? HeightMm,
    string? Carrier, string? Service, string? Tracking, DateTimeOffset StateAt, IReadOnlyList<PackageLineView> Lines);

public sealed record PackageLineView(int Line, long Quantity);

public sealed record ShipmentView(ShipmentId Id, int Shipment, string? Carrier, string? Service, bool IsPickup, DateTimeOffset ShippedAt);

/// <summary>Units to be put back on the shelf.</summary>
public sealed record PutBackView(int Line, string Sku, long Wanted, long Done, DateTimeOffset AskedAt);

/// <param name="Scope">order, line or release.</param>
public sealed record ReleaseHoldView(int Hold, string Kind, string Reason, [Words("order", "line", "release")] string Scope, int? Line, string? Owner, DateTimeOffset OpenedAt);
