namespace Switchyard.Sourcing;

/// <summary>What strategies may ask of an order. What is not known stays out: conditions on it do not hold.</summary>
/// <param name="Channel">The channel's code.</param>
public sealed record RoutedOrder(string? Channel, string? Method, string? Country, string? Postcode)
{
    /// <summary>Minor units of the merchant's currency; null when no rate is known.</summary>
    public long? TotalMinor { get; init; }

    /// <summary>The same in whole units of the currency.</summary>
    public decimal? Total { get; init; }

    public int Priority { get; init; }
    public string Type { get; init; } = "sales";
    public string Payment { get; init; } = "none";
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Null: nobody knows who buys.</summary>
    public bool? IsCompany { get; init; }

    public IReadOnlyList<string> CustomerTags { get; init; } = [];
    public IReadOnlyList<RoutedLine> Lines { get; init; } = [];

    /// <summary>What rankers said of it, by <c>Text.Key</c> of their codes.</summary>
    public IReadOnlyDictionary<string, RankerAnswer> Ranks { get; init; } = RankerAnswer.None;
}

/// <summary>A line of goods as a strategy sees it.</summary>
/// <param name="Line">The caller's number of it, the same as in the demands.</param>
public sealed record RoutedLine(int Line, long? SkuId, string Sku, long Quantity, long WeightGrams);

/// <summary>What a product says of itself beyond what every product has: how it is handled, and the merchant's own attributes.</summary>
public sealed record SkuTraits(IReadOnlyList<string> Flags, IReadOnlyDictionary<string, string> Attributes)
{
    public static readonly SkuTraits None = new([], new Dictionary<string, string>());
}

/// <summary>Figures of the last weeks and of now, read every so often: strategies that rank by them do not ask the books for each order.</summary>
/// <param name="Shipped">Units that left a node in 28 days, by SKU and node.</param>
/// <param name="Waiting">Releases that wait at a node.</param>
/// <param name="CapacityLeft">Releases a node may still take today; nodes without a capacity are not in it.</param>
public sealed record RoutingFigures(IReadOnlyDictionary<(long Sku, long Node), long> Shipped, IReadOnlyDictionary<long, long> Waiting,
    IReadOnlyDictionary<long, long> CapacityLeft)
{
    /// <summary>Hours since the last stock feed of a node; nodes that never had one are not in it.</summary>
    public IReadOnlyDictionary<long, decimal> FeedAgeHours { get; init; } = new Dictionary<long, decimal>();

    /// <summary>Percent of a node's stock that is believed; those in full are not in it.</summary>
    public IReadOnlyDictionary<long, int> Trust { get; init; } = new Dictionary<long, int>();

    public static readonly RoutingFigures None = new(new Dictionary<(long, long), long>(), new Dictionary<long, long>(), new Dictionary<long, long>());
}
