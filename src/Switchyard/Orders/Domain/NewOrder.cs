using Switchyard.Catalog;
using Switchyard.Kernel;

namespace Switchyard.Orders;

public enum LineKind { Goods, Bundle, Component, Charge }

/// <summary>What to do when stock is short.</summary>
public enum OnShort { Refuse, Hold, Backorder }

/// <summary>A line of an order that is about to be placed; its buckets are decided by the promise.</summary>
/// <param name="Pointer">Where the request says it, for errors.</param>
/// <param name="SkuId">Null when the merchant has no such SKU, and for charges that are no product.</param>
public sealed record NewLine(int LineNo, LineKind Kind, int? ParentLineNo, long? SkuId, string Sku, string? Name, long Quantity, long WeightGrams,
    long UnitPriceMinor, long DiscountMinor, long TaxRatePpm, long TaxMinor, long TotalMinor, string? Metadata, string Pointer)
{
    public long Unallocated { get; set; }
    public long Backordered { get; set; }
    public long Preordered { get; set; }
    public long Allocated { get; set; }

    /// <summary>When the units that wait are expected.</summary>
    public DateTimeOffset? ExpectedAt { get; set; }

    /// <summary>Nothing of the line leaves before: the release date of what is sold ahead.</summary>
    public DateTimeOffset? ReleaseAt { get; set; }

    /// <summary>May it be sold although it is not there?</summary>
    public SkuPolicy Policy { get; init; } = SkuPolicy.None;

    /// <summary>Its own way to the customer; null: as the order's.</summary>
    public LineWay? Own { get; init; }

    /// <summary>Does the customer take another product where this one is not there?</summary>
    public bool MaySubstitute { get; set; }

    /// <summary>Nobody has said of it whether another may go instead: the customer's word counts, else the channel's.</summary>
    public bool AsksWhoSubstitutes { get; init; }

    /// <summary>The line in whose place it is sent; null: it was ordered so.</summary>
    public int? SubstituteFor { get; init; }

    public bool HoldsStock => Kind is LineKind.Goods or LineKind.Component;

    /// <summary>Nothing is reserved for it while its hold is open: what it is, or what it costs, is in doubt.</summary>
    public bool IsBarred { get; set; }
}

/// <summary>A reason why an order may not go forward yet.</summary>
public sealed record NewHold(string Kind, string Reason, int? LineNo = null, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>The code of the rule that made it.</summary>
    public string? Rule { get; init; }

    /// <summary>Who deals with it: a user, a role or the name of a queue.</summary>
    public string? Owner { get; init; }

    /// <summary>What whoever releases it needs beyond orders:write.</summary>
    public string? Permission { get; init; }

    /// <summary>From then on it is overdue.</summary>
    public DateTimeOffset? EscalateAt { get; init; }

    /// <summary>The key of the SKU, or the method, that would mend it.</summary>
    public string? Subject { get; init; }

    /// <summary>The order of which this seems a repeat.</summary>
    public OrderId? Other { get; init; }

    /// <summary>The reason by its code (<see cref="Kernel.Saying"/>, as stored); null when somebody worded it.</summary>
    public string? Says { get; init; }

    /// <summary>JSON: the signals of a score. No personal data.</summary>
    public string? Explanation { get; init; }
}

/// <summary>Units of a line promised from a node.</summary>
public readonly record struct NewAllocation(int LineNo, long Node, long Sku, long Quantity);

/// <summary>What intake decides about an order beyond its lines: how urgent it is, where its goods are, and when what may happen.</summary>
/// <param name="Type">sales, wholesale; each has a number series of its own.</param>
/// <param name="Priority">Higher goes first; 0 is ordinary.</param>
/// <param name="Zone">Where in a building its goods are handled, for instance chilled.</param>
/// <param name="GraceUntil">Until then it is not released, so that it may still be changed.</param>
/// <param name="ReleaseAt">Not released before.</param>
/// <param name="ShipBy">Leaves the building by then, as told to the customer.</param>
/// <param name="DeliverBy">Arrives by then, as told to the customer.</param>
public sealed record OrderTerms(string Type = "sales", int Priority = 0, string? Zone = null, DateTimeOffset? GraceUntil = null,
    DateTimeOffset? ReleaseAt = null, DateTimeOffset? ShipBy = null, DateTimeOffset? DeliverBy = null)
{
    /// <summary>So many minutes before its ship-by it must be with a node, or it is at risk.</summary>
    public long RiskMinutes { get; init; }
}
