using System.Text.Json.Serialization;

namespace Switchyard.Simulators;

/// <summary>A place where a simulated shop keeps stock.</summary>
public sealed record SimLocation(long Id, string Name, string Country, string City = "");

/// <summary>One thing for sale: a simple product, or a variant of one. Listings of one product share its <see cref="ProductId"/>.</summary>
public sealed class SimListing
{
    public required long Id { get; init; }
    public required long ProductId { get; init; }
    public required string Title { get; set; }

    /// <summary>"Blue / M"; empty for a simple product.</summary>
    public string Variant { get; init; } = "";

    public string Sku { get; set; } = "";
    public string Barcode { get; set; } = "";
    public long PriceMinor { get; set; }
    public int Grams { get; init; } = 250;

    /// <summary>Sold and sent by the marketplace from its own stock.</summary>
    public bool IsFulfilledByMarketplace { get; init; }

    /// <summary>Does the shop count it at all?</summary>
    public bool IsCounted { get; set; } = true;

    public bool IsDeleted { get; set; }
    public required DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Units for sale by location; a location that is missing does not stock it.</summary>
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public Dictionary<long, int> Stock { get; } = [];

    /// <summary>Whatever a vendor keeps beside it.</summary>
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public Dictionary<string, string> Extra { get; } = [];

    public int Available => Stock.Values.Sum();
    public bool IsVariant => Variant.Length > 0;
}

/// <summary>A movement of a listing's stock. <paramref name="By"/>: sale, cancel, refund, api, hand.</summary>
public sealed record StockMove(long ListingId, long LocationId, int From, int To, string By, DateTimeOffset At);
