using System.Text.Json.Serialization;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Where a draft comes from: goods to be sent for those that came back (exchange), or an order repeated (reorder).</summary>
public sealed record DraftOrigin(OrderId Order, string Kind);

/// <summary>A draft as it is read, with what it would cost today. Amounts are minor units of <c>currency</c>.</summary>
/// <param name="State">draft, quoted, expired, accepted, placed or abandoned.</param>
/// <param name="DiscountMinor">Off the whole order, as it was said.</param>
/// <param name="DiscountsMinor">That and the discounts of the lines.</param>
/// <param name="Order">The order that was made of it.</param>
public sealed record DraftView(DraftId Id, string Number, string Type, string State, string Channel, string Currency, bool PricesIncludeTax,
    PlaceOrder.Customer? Customer, PlaceOrder.Address? ShippingAddress, PlaceOrder.Address? BillingAddress, string? Method, IReadOnlyList<DraftLine> Lines,
    IReadOnlyList<PlaceOrder.Charge> Charges, long? DiscountMinor, long GoodsMinor, long DiscountsMinor, long ChargesMinor, long TaxMinor, long TotalMinor,
    string? SourceReference, IReadOnlyDictionary<string, string>? Metadata, string? Note, IReadOnlyList<string> Tags, DateTimeOffset? ValidUntil,
    DraftReservation? Reservation, DraftOrigin? Origin, OrderId? Order, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    [JsonPropertyOrder(-1)]
    public string Object => "draft";

    /// <summary>The node at which the customer collects it; absent when it is sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CollectAt { get; init; }

    /// <summary>What delivery costs by the list of delivery charges, and from which worth it is free; absent where nothing is said of the method.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DraftDelivery? Delivery { get; init; }
}

/// <summary>Stock that is kept for a draft for a while.</summary>
/// <param name="State">active, expired, released or converted.</param>
public sealed record DraftReservation(ReservationId Id, ReservationState State, DateTimeOffset ExpiresAt);

/// <summary>A draft in a list, with what it came to when it was saved.</summary>
public sealed record DraftSummary(DraftId Id, string Number, string Type, string State, string Channel, string Currency, string? CustomerName, string? CustomerEmail,
    CustomerId? CustomerId, int Lines, long TotalMinor, IReadOnlyList<string> Tags, DateTimeOffset? ValidUntil, OrderId? Order, string CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt, long Version)
{
    [JsonPropertyOrder(-1)]
    public string Object => "draft";
}
