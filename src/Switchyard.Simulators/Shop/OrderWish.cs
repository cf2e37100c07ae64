namespace Switchyard.Simulators;

/// <summary>What somebody puts in the basket.</summary>
public sealed record WishedLine(string Sku, int Quantity, string Personalisation = "", string GiftMessage = "");

/// <summary>An order as its buyer wants it, before the shop prices it. What is left out the shop or the generator fills in.</summary>
public sealed record OrderWish(IReadOnlyList<WishedLine> Lines, SimBuyer Buyer, SimAddress ShipTo)
{
    public SimAddress? BillTo { get; init; }
    public SimMethod? Method { get; init; }

    /// <summary>Code and percent of a discount on the goods.</summary>
    public (string Code, int Percent)? Discount { get; init; }

    public string Note { get; init; } = "";
    public IReadOnlyList<string> Tags { get; init; } = [];
    public bool IsPaid { get; init; } = true;
    public DateTimeOffset? PlacedAt { get; init; }
    public DateTimeOffset? ShipBy { get; init; }
    public DateTimeOffset? DeliverBy { get; init; }
}

public enum ShopEventKind { OrderPlaced, OrderPaid, OrderChanged, OrderCancelled, OrderShipped, OrderRefunded, ListingChanged, StockMoved }

/// <summary>Something happened in the shop; told with the gate held, in the order in which it happened.</summary>
public sealed record ShopEvent(ShopEventKind Kind, DateTimeOffset At)
{
    public SimOrder? Order { get; init; }
    public SimListing? Listing { get; init; }
    public SimShipment? Shipment { get; init; }
    public SimRefund? Refund { get; init; }
    public long? LocationId { get; init; }
}

/// <summary>How a shop sells.</summary>
public sealed record ShopFacts(string Name, string Currency, bool PricesIncludeTax)
{
    public string Country { get; init; } = "GB";
    public string TimeZone { get; init; } = "Europe/London";
    public bool IsTaxCollectedByMarketplace { get; init; }
    public IReadOnlyList<SimLocation> Locations { get; init; } = [new(71, "Main", "GB", "Leeds")];
    public IReadOnlyList<SimMethod> Methods { get; init; } = [new("flat_rate", "Standard delivery", 395), new("express", "Next day", 795)];

    /// <summary>The vendor's id of an order from its number.</summary>
    public Func<long, string> OrderKey { get; init; } = no => no.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The number that the buyer sees.</summary>
    public Func<long, string> OrderNumber { get; init; } = no => no.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>May it sell what it does not have?</summary>
    public bool Oversells { get; init; }

    /// <summary>Tax in percent on goods that go to a country (and region).</summary>
    public decimal TaxRate(string country, string region) => country switch
    {
        "GB" or "FR" or "AT" => 20m,
        "DE" => 19m,
        "NL" or "ES" or "BE" => 21m,
        "IT" => 22m,
        "IE" or "PL" => 23m,
        "SE" or "DK" => 25m,
        "US" => region switch { "CA" => 7.25m, "NY" => 4m, "TX" => 6.25m, "IL" => 6.25m, "WA" => 6.5m, _ => 0m },
        _ => 0m,
    };
}
