using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Switchyard.Fulfilment;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>An order as the API shows it. Amounts are minor units of <c>currency</c>.</summary>
/// <param name="Status">The headline: the state, or onHold, backordered, … when that says more.</param>
/// <param name="State">What was decided: draft, placed, confirmed, closed, cancelled, expired.</param>
/// <param name="RateToBase">Units of the merchant's currency for one unit of this order's, when it was placed.</param>
public sealed record OrderView(OrderId Id, string Number, string? ExternalId, string Channel, string Type, [Words("draft", "placed", "confirmed", "released", "picking", "packed", "readyForPickup", "partlyShipped", "shipped", "delivered", "onHold", "backordered", "closed", "cancelled", "expired")] string Status,
    [Words(typeof(OrderState))] string State, bool IsHeld,
    string Currency, bool PricesIncludeTax, long GoodsMinor, long DiscountMinor, long ChargesMinor, long TaxMinor, long TotalMinor,
    string BaseCurrency, decimal? RateToBase, string? Method,
    [Words("none", "pending", "authorised", "partAuthorised", "paid", "partPaid", "overPaid", "failed", "voided", "unpaid", "terms", "refunded", "partRefunded", "disputed")] string PaymentStatus,
    DateTimeOffset? ExpiresAt,
    PlaceOrder.Customer? Customer, PlaceOrder.Address? ShippingAddress, PlaceOrder.Address? BillingAddress, string? SourceReference,
    IReadOnlyList<LineView> Lines, IReadOnlyList<HoldView> Holds, JsonNode? Metadata, DateTimeOffset PlacedAt, long Version)
{
    [JsonPropertyOrder(-1)]
    public string Object => "order";

    /// <summary>The node at which the customer collects it; absent when it is sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CollectAt { get; init; }

    /// <summary>channel: the marketplace that sold it owes its tax; absent where we do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Words("channel")]
    public string? TaxOwedBy { get; init; }

    /// <summary>The node at whose till it was sold; absent when it was sold elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SoldAt { get; init; }

    /// <summary>Higher goes first; 0 is ordinary.</summary>
    public int Priority { get; init; }

    /// <summary>Where in a building its goods are handled, for instance chilled.</summary>
    public string? Zone { get; init; }

    /// <summary>Until then it is not released, so that it may still be changed.</summary>
    public DateTimeOffset? GraceUntil { get; init; }

    /// <summary>Not released before.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    /// <summary>Leaves the building by then, as told to the customer.</summary>
    public DateTimeOffset? ShipBy { get; init; }

    /// <summary>Arrives by then, as told to the customer.</summary>
    public DateTimeOffset? DeliverBy { get; init; }

    /// <summary>Since when it is seen that the promised date cannot be kept.</summary>
    public DateTimeOffset? AtRiskSince { get; init; }

    /// <summary>Money taken and given back so far, minor units.</summary>
    public long CapturedMinor { get; init; }

    public long RefundedMinor { get; init; }

    /// <summary>Reserved and not taken yet.</summary>
    public long AuthorisedMinor { get; init; }

    /// <summary>Still to be paid; below zero when more was taken than ordered. Of an order that has ended: what is owed to the customer, below zero.</summary>
    public long DueMinor => (State is "cancelled" or "expired" ? 0 : TotalMinor) - CapturedMinor + RefundedMinor;

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The user who deals with it.</summary>
    public string? Assignee { get; init; }

    /// <summary>The newest entry of its timeline: <c>GET /orders/{id}/timeline?since=</c> tells what happened after it.</summary>
    public long Seq { get; init; } = 1;

    /// <summary>The draft it was made of.</summary>
    public PlacedDraft? Draft { get; init; }

    /// <summary>Orders that belong to it: what it came out of, and what came out of it.</summary>
    public IReadOnlyList<LinkView> Links { get; init; } = [];

    /// <summary>Its releases to nodes. Only on request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FulfilmentView>? Fulfilments { get; init; }

    /// <summary>Why here: the shipments, the candidates with their cost or reason of rejection. Only on request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonNode? Plan { get; init; }
}

/// <summary>A line with its quantity buckets, which sum to the quantity for goods and components.</summary>
/// <param name="ParentLine">The bundle's line, for a component.</param>
public sealed record LineView(int Line, [Words(typeof(LineKind))] string Kind, int? ParentLine, string Sku, string? Name, long Quantity, long UnitPriceMinor, long DiscountMinor,
    decimal TaxRate, long TaxMinor, long TotalMinor, long Unallocated, long Backordered, long Preordered, long Allocated, long Released, long Picked,
    long Packed, long Shipped, long Delivered, long Lost, long SentBack, long Cancelled, IReadOnlyList<AllocationView> Allocations, JsonNode? Metadata)
{
    /// <summary>Its own delivery method; absent where it is the order's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Method { get; init; }

    /// <summary>The node at which the customer collects it; absent where it goes the order's way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CollectAt { get; init; }

    /// <summary>When the units that wait are expected.</summary>
    public DateTimeOffset? ExpectedAt { get; init; }

    /// <summary>Nothing of the line leaves before, although it may be here: it was sold ahead.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    /// <summary>Leaves and arrives by then, as told. Only where it is not as for the whole order: its parts have dates of their own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ShipBy { get; init; }

    /// <inheritdoc cref="ShipBy"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DeliverBy { get; init; }

    /// <summary>The line with its own dates, none later than was told for the order.</summary>
    internal LineView With(OrderPromise? dates, DateTimeOffset? shipBy, DateTimeOffset? deliverBy)
    {
        if (dates?.OfLine(Line) is not { } own || shipBy is not { } ship || deliverBy is not { } deliver) return this;
        return this with
        {
            ShipBy = own.ShipByMs < ship.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(own.ShipByMs) : null,
            DeliverBy = own.DeliverByMs < deliver.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(own.DeliverByMs) : null,
        };
    }

    /// <summary>Does the customer take another product where this one is not there?</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AllowSubstitutes { get; init; }

    /// <summary>The line in whose place it is sent; absent where it was ordered so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SubstituteFor { get; init; }

    /// <summary>Of the cancelled units, those that were split off to another order.</summary>
    public long Moved { get; init; }

    /// <summary>Of the delivered units, those that came back.</summary>
    public long Returned { get; init; }
}

public sealed record AllocationView(string Node, long Quantity);

/// <summary>A named reason that stops the order or a line.</summary>
public sealed record HoldView(int Hold, string Kind, string Reason, int? Line, [Words("open", "released", "expired")] string State, string? Owner,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? ClosedAt, string? ClosedBy, string? CloseReason)
{
    /// <summary>The reason by its code, to be said in other languages; null when somebody worded it.</summary>
    public IReadOnlyList<Saying>? Says { get; init; }

    /// <summary>The release it stops; null when it stops the order or a line.</summary>
    public Guid? Fulfilment { get; init; }

    /// <summary>The rule that made it; null when a person or the stock did.</summary>
    public string? Rule { get; init; }

    /// <summary>What whoever releases it needs beyond orders:write.</summary>
    public string? Permission { get; init; }

    /// <summary>From then on it is overdue.</summary>
    public DateTimeOffset? EscalateAt { get; init; }

    /// <summary>When it was seen to be overdue.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>The order of which this one seems a repeat.</summary>
    public OrderId? OtherOrder { get; init; }

    /// <summary>The signals of a risk score.</summary>
    public JsonNode? Explanation { get; init; }
}
