using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>An order as the API shows it. Amounts are minor units of <c>currency</c>.</summary>
/// <param name="Status">The headline: the state, or onHold, backordered, … when that says more.</param>
/// <param name="State">What was decided: draft, placed, confirmed, closed, cancelled, expired.</param>
/// <param name="RateToBase">Units of the merchant's currency for one unit of this order's, when it was placed.</param>
public sealed record OrderView(OrderId Id, string Number, string? ExternalId, string Channel, string Type, string Status, string State, bool IsHeld,
    string Currency, bool PricesIncludeTax, long GoodsMinor, long DiscountMinor, long ChargesMinor, long TaxMinor, long TotalMinor,
    string BaseCurrency, decimal? RateToBase, string? Method, string PaymentStatus, DateTimeOffset? ExpiresAt,
    PlaceOrder.Customer? Customer, PlaceOrder.Address? ShippingAddress, PlaceOrder.Address? BillingAddress, string? SourceReference,
    IReadOnlyList<LineView> Lines, IReadOnlyList<HoldView> Holds, JsonNode? Metadata, DateTimeOffset PlacedAt, long Version)
{
    [JsonPropertyOrder(-1)]
    public string Object => "order";

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Why here: the shipments, the candidates with their cost or reason of rejection. Only on request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonNode? Plan { get; init; }
}

/// <summary>A line with its quantity buckets, which sum to the quantity for goods and components.</summary>
/// <param name="ParentLine">The bundle's line, for a component.</param>
public sealed record LineView(int Line, string Kind, int? ParentLine, string Sku, string? Name, long Quantity, long UnitPriceMinor, long DiscountMinor,
    decimal TaxRate, long TaxMinor, long TotalMinor, long Unallocated, long Backordered, long Preordered, long Allocated, long Released, long Picked,
    long Packed, long Shipped, long Delivered, long Lost, long SentBack, long Cancelled, IReadOnlyList<AllocationView> Allocations, JsonNode? Metadata);

public sealed record AllocationView(string Node, long Quantity);

/// <summary>A named reason that stops the order or a line.</summary>
public sealed record HoldView(int Hold, string Kind, string Reason, int? Line, string State, string? Owner, DateTimeOffset OpenedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? ClosedAt, string? ClosedBy, string? CloseReason);
