using System.Text.Json.Serialization;

namespace Switchyard.Simulators;

/// <summary>Whoever buys. <paramref name="IsRelay"/>: the address forwards and belongs to the marketplace.</summary>
public sealed record SimBuyer(long Id, string FirstName, string LastName, string Email, string Phone, bool IsRelay = false);

/// <summary>A postal address; region and country as ISO codes (region without the country before it, "" where a country uses none).</summary>
public sealed record SimAddress(
    string FirstName, string LastName, string Company, string Street, string Street2, string City, string Region, string Postcode, string Country, string Phone);

/// <summary>How the order goes, and what that costs (before tax or with it, as the order's prices are).</summary>
public sealed record SimMethod(string Code, string Title, long PriceMinor);

public sealed record SimDiscount(string Code, long AmountMinor);

public sealed record SimPayment(long Id, string Gateway, long AmountMinor, string Reference, DateTimeOffset At);

/// <summary>Words on an order's own timeline.</summary>
public sealed record SimRemark(long Id, string Text, bool IsForCustomer, DateTimeOffset At);

public sealed record SimShippedLine(long LineId, int Quantity);

/// <summary>What somebody said was sent: by us through the API, or by the shop itself.</summary>
public sealed class SimShipment
{
    public required long Id { get; init; }
    public required IReadOnlyList<SimShippedLine> Lines { get; init; }
    public required DateTimeOffset At { get; init; }
    public long LocationId { get; init; }
    public string Carrier { get; set; } = "";
    public string Tracking { get; set; } = "";
    public string TrackingUrl { get; set; } = "";
    public bool CustomerToldOf { get; init; }
    public bool IsCancelled { get; set; }
}

/// <summary>Units of a line that were given back, with their money; amounts are positive, tax within <paramref name="AmountMinor"/> only where prices include it.</summary>
public sealed record SimRefundedLine(long Id, long LineId, int Quantity, long AmountMinor, long TaxMinor, bool IsRestocked);

public sealed class SimRefund
{
    public required long Id { get; init; }
    public required long AmountMinor { get; init; }
    public required DateTimeOffset At { get; init; }
    public IReadOnlyList<SimRefundedLine> Lines { get; init; } = [];
    public long ShippingMinor { get; init; }
    public string Reason { get; init; } = "";

    /// <summary>Was the money sent back, or is it only written down?</summary>
    public bool IsPaidOut { get; init; }
}

public sealed class SimLine
{
    public required long Id { get; init; }
    public required SimListing Listing { get; init; }
    public required long UnitPriceMinor { get; init; }

    /// <summary>As ordered. What was taken off since is in <see cref="Cancelled"/>.</summary>
    public required int Quantity { get; set; }

    public int Cancelled { get; set; }
    public long DiscountMinor { get; set; }
    public long TaxMinor { get; set; }

    /// <summary>In percent.</summary>
    public decimal TaxRate { get; set; }

    /// <summary>Sent by the marketplace from its own stock.</summary>
    public bool IsFulfilledByMarketplace { get; init; }

    public string Personalisation { get; init; } = "";
    public string GiftMessage { get; init; } = "";

    /// <summary>Where its units were taken from.</summary>
    public long LocationId { get; init; }

    /// <summary>What is still wanted of it.</summary>
    public int Current => Quantity - Cancelled;

    public long GrossMinor => UnitPriceMinor * Current;

    /// <summary>After discount, before tax is added on top.</summary>
    public long NetMinor => GrossMinor - DiscountMinor;
}

/// <summary>An order as the vendor keeps it. Everything is read and changed under the gate of its <see cref="Shop"/>.</summary>
public sealed class SimOrder
{
    public required long Id { get; init; }

    /// <summary>The vendor's id as the outside sees it: the number, or "026-1234567-1234567" and the like.</summary>
    public required string Key { get; init; }

    /// <summary>What the buyer sees.</summary>
    public required string Number { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Counts the changes, from 1.</summary>
    public int Revision { get; set; } = 1;

    public required string Currency { get; init; }
    public bool PricesIncludeTax { get; init; }
    public bool IsTaxCollectedByMarketplace { get; init; }
    public required SimBuyer Buyer { get; set; }
    public required SimAddress ShipTo { get; set; }
    public required SimAddress BillTo { get; set; }
    public required SimMethod Method { get; set; }
    public long ShippingTaxMinor { get; set; }
    public decimal ShippingTaxRate { get; set; }
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<SimLine> Lines { get; } = [];
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<SimDiscount> Discounts { get; } = [];
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<SimPayment> Payments { get; } = [];
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<SimShipment> Shipments { get; } = [];
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<SimRefund> Refunds { get; } = [];
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<SimRemark> Remarks { get; } = [];
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<string> Tags { get; } = [];
    public string Note { get; set; } = "";
    public DateTimeOffset? ShipBy { get; init; }
    public DateTimeOffset? DeliverBy { get; init; }
    public DateTimeOffset? CancelledAt { get; set; }
    public string CancelReason { get; set; } = "";

    /// <summary>Whatever a vendor keeps beside it.</summary>
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public Dictionary<string, string> Extra { get; } = [];

    public bool IsPaid => Payments.Count > 0;
    public bool IsCancelled => CancelledAt is not null;
    public long GoodsMinor => Lines.Sum(l => l.GrossMinor);
    public long DiscountMinor => Lines.Sum(l => l.DiscountMinor);
    public long TaxMinor => Lines.Sum(l => l.TaxMinor) + ShippingTaxMinor;
    public long TotalMinor => Lines.Sum(l => l.NetMinor) + Method.PriceMinor + (PricesIncludeTax ? 0 : TaxMinor);
    public long RefundedMinor => Refunds.Sum(r => r.AmountMinor);

    /// <summary>Units of a line that left the house.</summary>
    public int Shipped(long lineId) => Shipments.Where(s => !s.IsCancelled).SelectMany(s => s.Lines).Where(l => l.LineId == lineId).Sum(l => l.Quantity);

    public int Refunded(long lineId) => Refunds.SelectMany(r => r.Lines).Where(l => l.LineId == lineId).Sum(l => l.Quantity);

    /// <summary>Units of a line that are still to be sent.</summary>
    public int Open(SimLine line) => IsCancelled ? 0 : line.Current - Shipped(line.Id);

    public bool IsShipped => Lines.Any(l => l.Current > 0) && Lines.All(l => l.Current - Shipped(l.Id) <= 0);
    public bool IsPartlyShipped => !IsShipped && Lines.Any(l => Shipped(l.Id) > 0);
}
