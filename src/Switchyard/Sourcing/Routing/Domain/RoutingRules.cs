using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>How a merchant wants orders sent: scenarios, tried in their order. What none of them takes is sent by the house rule, cheapest from anywhere.</summary>
public sealed record RoutingRules(IReadOnlyList<RoutingScenario?>? Scenarios = null);

/// <summary>Which orders it is about, from where they may be sent, what is best, and what happens to what it cannot send.</summary>
/// <param name="Name">Decisions and the answer of a check name it; no two of a strategy have the same.</param>
/// <param name="When">A query over the order; absent: every order.</param>
/// <param name="Lines">A query over lines: only these are sent by the scenario, the others go on to the next. Absent: all.</param>
/// <param name="Nodes">A query over nodes: only these may send. Absent: all that reach the place.</param>
/// <param name="Services">Only these services. Absent: all.</param>
/// <param name="Objective">What is best; absent: cheapest.</param>
/// <param name="Otherwise">
/// What becomes of what it cannot send. next: the next scenario tries the order from the beginning. split, also when absent: what can be sent is,
/// the rest goes to the next scenario. backorder: the rest waits. hold: the rest is held for customer care. cancel: the rest is cancelled.
/// </param>
/// <param name="Reason">What customer care is told of units that are held.</param>
public sealed record RoutingScenario(
    string Name, string? When = null, string? Lines = null, string? Nodes = null, IReadOnlyList<string?>? Services = null,
    [property: Words("cheapest", "fastest", "balanced", "fewestParcels")] string? Objective = null, RoutingWeights? Weights = null, RoutingSplit? Split = null,
    [property: Words("next", "split", "backorder", "hold", "cancel")] string? Otherwise = null, string? Reason = null);

/// <summary>What counts beside or instead of money, as money: minor units of the merchant's currency added to what a choice costs.</summary>
/// <param name="CostPercent">How much of the real cost counts, 0 to 1,000; absent: all of it.</param>
/// <param name="DayMinor">For each day until a parcel arrives.</param>
/// <param name="HundredKmMinor">For each parcel and 100 km it travels. A place nobody knows the position of counts as the farthest.</param>
/// <param name="StockMinor">For each unit from a node without stock beside it, nothing from the node that has most: prefers most stock.</param>
/// <param name="VelocityMinor">For each unit from the node that sells the SKU fastest, nothing where it does not sell: keeps fast sellers there.</param>
/// <param name="WorkloadMinor">For each parcel and release that waits at the node.</param>
/// <param name="NodeMinor">For each unit from a node, by its code; below 0 where goods should go.</param>
/// <param name="Ranker">The code of a ranker, which scores each node.</param>
/// <param name="RankerMinor">For each parcel from a node that the ranker gives 0 points, nothing where it gives 100, and shares of it between.</param>
public sealed record RoutingWeights(
    int? CostPercent = null, long DayMinor = 0, long HundredKmMinor = 0, long StockMinor = 0, long VelocityMinor = 0, long WorkloadMinor = 0,
    IReadOnlyDictionary<string, long>? NodeMinor = null, string? Ranker = null, long RankerMinor = 0);

/// <summary>Whether an order may go in several parcels.</summary>
/// <param name="Most">The most parcels; 1: never.</param>
/// <param name="NeverBelowMinor">Orders of less worth, in the merchant's currency, go in one.</param>
/// <param name="MostExtraMinor">What several may cost more than one parcel would if one node had everything.</param>
/// <param name="IsWhole">All or nothing: the scenario sends nothing unless it can send everything.</param>
public sealed record RoutingSplit(int? Most = null, long? NeverBelowMinor = null, long? MostExtraMinor = null, bool IsWhole = false);

public static class RoutingWords
{
    public const string Cheapest = "cheapest", Fastest = "fastest", Balanced = "balanced", FewestParcels = "fewestParcels";
    public const string Next = "next", Split = "split", Backorder = "backorder", Hold = "hold", Cancel = "cancel";
    public static readonly IReadOnlyList<string> Objectives = [Cheapest, Fastest, Balanced, FewestParcels], Actions = [Next, Split, Backorder, Hold, Cancel];
}

/// <summary>The form of rules as somebody wrote them; what they mean is the linter's business.</summary>
public static class RoutingForm
{
    /// <summary>The code of a condition that only whoever sees prices may write or try.</summary>
    public const string Amounts = "rules.needs_prices";

    public const int MostScenarios = 50, MostServices = 50, MostNodes = 500;

    /// <summary>For whoever sees no prices: conditions on amounts are refused, since what is decided by them would tell them.</summary>
    public static void RefuseAmounts(Checks checks, RoutingRules rules, string at)
    {
        var amounts = RoutingFields.OfOrders.Where(f => f.Type == Search.FieldType.Money).Select(f => f.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, scenario) in (rules.Scenarios ?? []).Take(MostScenarios).Index())
        {
            checks.That(scenario?.Split?.NeverBelowMinor is null, $"{at}/scenarios/{i}/split/neverBelowMinor", Amounts, "neverBelowMinor needs the right prices:read: its outcome tells amounts.");
            if (Search.QueryParser.Parse(scenario?.When) is not { IsOk: true, Value: { } tree }) continue;
            if (RoutingFields.Terms(tree).FirstOrDefault(t => t.Field is { } field && amounts.Contains(field)) is not { } term) continue;
            // The code is that of lists, which know no such field to whoever sees no prices.
            checks.Fault($"{at}/scenarios/{i}/when", "query.unknown_field", $"A condition on {term.Field} (column {Text.Invariant(term.Column)}) needs the right prices:read: its outcome tells amounts.");
        }
    }

    public static void Check(Checks checks, RoutingRules? rules, string at)
    {
        int count = rules?.Scenarios?.Count ?? 0;
        checks.That(count is > 0 and <= MostScenarios, at + "/scenarios", "field.out_of_range", $"A strategy has from 1 to {MostScenarios} scenarios.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, scenario) in (rules?.Scenarios ?? []).Take(MostScenarios).Index())
        {
            string here = $"{at}/scenarios/{i}";
            if (scenario is null) { checks.Fault(here, "field.required", "A scenario must be an object."); continue; }
            checks.Text(scenario.Name, here + "/name", 100, required: true);
            checks.That(scenario.Name is null || names.Add(Text.Key(scenario.Name)), here + "/name", "routing.name_twice", "Another scenario has this name.");
            foreach (var (query, name) in new[] { (scenario.When, "when"), (scenario.Lines, "lines"), (scenario.Nodes, "nodes") })
                checks.Text(query, $"{here}/{name}", Search.QueryParser.MostCharacters);
            checks.Text(scenario.Reason, here + "/reason", 500);
            checks.That(scenario.Objective is null || RoutingWords.Objectives.Contains(scenario.Objective), here + "/objective", "field.unknown_value",
                $"objective must be one of {string.Join(", ", RoutingWords.Objectives)}.");
            checks.That(scenario.Otherwise is null || RoutingWords.Actions.Contains(scenario.Otherwise), here + "/otherwise", "field.unknown_value",
                $"otherwise must be one of {string.Join(", ", RoutingWords.Actions)}.");
            checks.That(scenario.Services is null or { Count: > 0 and <= MostServices }, here + "/services", "field.out_of_range",
                $"Name 1 to {MostServices} services, or leave them out to mean all.");
            foreach (var (s, service) in (scenario.Services ?? []).Take(MostServices).Index()) checks.Text(service, $"{here}/services/{s}", 64, required: true);
            Weights(checks, scenario.Weights, here + "/weights");
            Split(checks, scenario.Split, here + "/split");
        }
    }

    private static void Weights(Checks checks, RoutingWeights? weights, string at)
    {
        if (weights is null) return;
        const long most = 100_000_000;
        if (weights.CostPercent is { } percent) checks.Range(percent, 0, 1_000, at + "/costPercent");
        foreach (var (minor, name) in new[] { (weights.DayMinor, "dayMinor"), (weights.HundredKmMinor, "hundredKmMinor"), (weights.StockMinor, "stockMinor"),
            (weights.VelocityMinor, "velocityMinor"), (weights.WorkloadMinor, "workloadMinor"), (weights.RankerMinor, "rankerMinor") })
            checks.Range(minor, 0, most, $"{at}/{name}");
        checks.Text(weights.Ranker, at + "/ranker", 64, required: weights.RankerMinor > 0);
        checks.That((weights.NodeMinor?.Count ?? 0) <= MostNodes, at + "/nodeMinor", "field.too_many", $"At most {MostNodes} nodes.");
        foreach (var (node, minor) in (weights.NodeMinor ?? new Dictionary<string, long>()).Take(MostNodes))
        {
            checks.Text(node, at + "/nodeMinor", 64, required: true);
            checks.Range(minor, -most, most, $"{at}/nodeMinor/{node.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}");
        }
    }

    private static void Split(Checks checks, RoutingSplit? split, string at)
    {
        if (split?.Most is { } most) checks.Range(most, 1, 99, at + "/most");
        if (split?.NeverBelowMinor is { } below) checks.Amount(below, at + "/neverBelowMinor");
        if (split?.MostExtraMinor is { } extra) checks.Amount(extra, at + "/mostExtraMinor");
    }
}
