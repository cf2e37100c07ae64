using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Sourcing;

/// <summary>One published version of a strategy, ready to decide by.</summary>
public sealed class RoutingStrategy
{
    private readonly HashSet<string> _asked;

    private RoutingStrategy(string code, long version, IReadOnlyList<ReadyScenario> scenarios)
    {
        (Code, Version, Scenarios) = (code, version, scenarios);
        var asked = scenarios.SelectMany(s => RoutingFields.Leaves(s.When).Concat(RoutingFields.Leaves(s.Lines)).Concat(RoutingFields.Leaves(s.Nodes)))
            .Select(leaf => RoutingFields.FieldOf(leaf).Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (scenarios.Any(s => s.Split.NeverBelowMinor is not null)) asked.Add("total");
        _asked = asked;
        UsesTraits = asked.Any(f => f.EndsWith("flag", StringComparison.OrdinalIgnoreCase) || f.Contains("product.", StringComparison.OrdinalIgnoreCase));
        UsesCustomer = asked.Contains("customerType") || asked.Contains("customerTag");
        UsesFigures = asked.Contains("waiting") || asked.Contains("capacityLeft") || asked.Contains("feedAge") || asked.Contains("trust") || scenarios.Any(s => s.Weights is { VelocityMinor: > 0 } or { WorkloadMinor: > 0 });
        UsesRankers = scenarios.Any(s => s.RankerKey is not null);
        UsesDistance = asked.Contains("distance") || scenarios.Any(s => s.Weights.HundredKmMinor > 0);
    }

    public string Code { get; }
    /// <summary>The number of the published version; 0 for rules that are only tried.</summary>
    public long Version { get; }

    /// <summary>Does it ask for a field, or for one of its own below it, such as metadata.gift below metadata?</summary>
    internal bool Asks(string field) => _asked.Any(f => f.Equals(field, StringComparison.OrdinalIgnoreCase) || f.StartsWith(field + ".", StringComparison.OrdinalIgnoreCase));

    /// <summary>Does it ask for what products say of themselves?</summary>
    internal bool UsesTraits { get; }
    internal bool UsesCustomer { get; }
    public bool UsesFigures { get; }
    internal bool UsesDistance { get; }

    /// <summary>Does a scenario rank by what somebody else answers?</summary>
    internal bool UsesRankers { get; }

    /// <summary>The rankers of scenarios that may be about the order. Who buys is not known yet when they are asked: then all of them may.</summary>
    internal IEnumerable<string> RankersFor(OrderRouter router) => !UsesRankers ? []
        : Scenarios.Where(s => s.RankerKey is not null && (UsesCustomer || RoutingFields.Holds(s.When, router.Order, router.Traits))).Select(s => s.RankerKey!);

    internal IReadOnlyList<ReadyScenario> Scenarios { get; }

    /// <summary>Reads the queries of the rules.</summary>
    /// <remarks>Errors: those of queries, each pointing at its scenario with the column in the sentence.</remarks>
    public static Result<RoutingStrategy> Read(string code, long version, RoutingRules rules, string at = "")
    {
        var faults = new List<FieldError>();
        var ready = new List<ReadyScenario>();
        foreach (var (i, scenario) in rules.Scenarios!.Index())
            ready.Add(new ReadyScenario(i, scenario!, Query(i, "when", scenario!.When, RoutingFields.OfOrders), Query(i, "lines", scenario.Lines, RoutingFields.OfLines),
                Query(i, "nodes", scenario.Nodes, RoutingFields.OfNodes)));
        return faults.Count > 0 ? Error.Invalid(faults) : new RoutingStrategy(code, version, ready);

        BoundQuery? Query(int i, string member, string? text, IReadOnlyList<Field> fields)
        {
            var read = RoutingFields.Read(text, fields);
            if (read.Error is not { } error) return read.Value;
            faults.AddRange(error.Fields.Select(f => f with { Pointer = $"{at}/scenarios/{i}/{member}" }));
            return null;
        }
    }
}

/// <summary>A scenario with its queries read and everything that was left out filled in.</summary>
internal sealed record ReadyScenario(int Index, RoutingScenario Rule, BoundQuery? When, BoundQuery? Lines, BoundQuery? Nodes)
{
    public string Name => Rule.Name ?? "";
    public string Objective => Rule.Objective ?? RoutingWords.Cheapest;
    public string Otherwise => Rule.Otherwise ?? RoutingWords.Split;
    public RoutingSplit Split => Rule.Split ?? new RoutingSplit();
    public RoutingWeights Weights => Rule.Weights ?? NoWeights;
    public IReadOnlySet<string>? Services { get; } = Rule.Services is null ? null : Rule.Services.OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The ranker whose scores count, by <c>Text.Key</c> of its code.</summary>
    public string? RankerKey => Weights is { Ranker: { } code, RankerMinor: > 0 } ? Text.Key(code) : null;

    /// <summary>What it cannot send goes on to the next scenario.</summary>
    public bool IsPassing => Otherwise is RoutingWords.Next or RoutingWords.Split;

    private static readonly RoutingWeights NoWeights = new();
}

/// <summary>The strategies of a merchant that count: the one that decides, and the one that only watches.</summary>
/// <param name="Live">Null: the house rule decides.</param>
/// <param name="Shadow">Decides beside the live one without effect; what it would have done is recorded.</param>
/// <param name="Traits">What products say of themselves, by SKU id; those that say nothing are left out, and all of them while no strategy asks.</param>
/// <param name="Places">Positions of places by country and beginning of the postcode, as the merchant has told them.</param>
public sealed record RoutingSettings(RoutingStrategy? Live, RoutingStrategy? Shadow, IReadOnlyDictionary<long, SkuTraits> Traits, PlaceIndex Places)
{
    public static readonly RoutingSettings House = new(null, null, new Dictionary<long, SkuTraits>(), new PlaceIndex([]));

    public bool UsesFigures => Live?.UsesFigures == true || Shadow?.UsesFigures == true;

    /// <summary>The merchant's rankers, by <c>Text.Key</c> of their codes.</summary>
    public IReadOnlyDictionary<string, RankerSettings> Rankers { get; init; } = new Dictionary<string, RankerSettings>();

    /// <summary>Does a strategy that looks at orders name a ranker? While none does, placing asks nobody.</summary>
    public bool UsesRankers => Live?.UsesRankers == true || Shadow?.UsesRankers == true;
}
