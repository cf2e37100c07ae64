namespace Switchyard.Sourcing;

/// <summary>What was decided for one order, with what a person may ask about it.</summary>
/// <param name="Plan">Costs are real costs: what only ranks is not in them.</param>
/// <param name="Routing">Null: the house rule decided, cheapest from anywhere.</param>
/// <param name="After">What becomes of lines of which units stay behind, where a scenario says so; elsewhere the channel's rule for what is short counts.</param>
public sealed record RoutedPlan(SourcingPlan Plan, RoutingDecision? Routing, IReadOnlyDictionary<int, UnsentLine> After)
{
    private static readonly IReadOnlyDictionary<int, UnsentLine> Nothing = new Dictionary<int, UnsentLine>();

    public static RoutedPlan House(SourcingPlan plan) => new(plan, null, Nothing);

    /// <summary>The same with nodes that were not asked because they are full.</summary>
    internal RoutedPlan Without(IReadOnlyList<long> full) => this with
    {
        Plan = Plan with { Candidates = [.. Plan.Candidates.Concat(full.Select(n => new SourcingCandidate(n, CandidateCodes.Full, null))).OrderBy(c => c.NodeId)] },
        Routing = Routing is null ? null : Routing with
        {
            Candidates = [.. Routing.Candidates.Concat(full.Select(n => new RoutedCandidate(n, CandidateCodes.Full, null, null, null, null, null))).OrderBy(c => c.NodeId)],
        },
    };

    /// <summary>What it was made from.</summary>
    public DecisionInput? Input { get; init; }

    /// <summary>Units that are sent.</summary>
    public long Sent => Plan.Shipments.Sum(s => s.Parts.Sum(p => p.Quantity));
}

/// <param name="Action">backorder, hold or cancel.</param>
public sealed record UnsentLine(string Action, string Scenario, string? Reason);

/// <summary>By which rules it was decided.</summary>
/// <param name="Version">0 for rules that are only tried.</param>
public sealed record RoutingDecision(string Strategy, long Version, IReadOnlyList<TriedScenario> Scenarios, IReadOnlyList<RoutedCandidate> Candidates)
{
    /// <summary>The rankers that scenarios named, and what became of asking them: without an answer it was decided as if none were named.</summary>
    public IReadOnlyList<(string Ranker, RankerAnswer Answer)> Rankers { get; init; } = [];

    /// <summary>What the shadow strategy would have done.</summary>
    public ShadowDecision? Shadow { get; init; }
}

/// <param name="Outcome">sent: all of what it took; partly; nothing; gaveWay: the next scenario tried anew.</param>
/// <param name="Limit">What kept it from sending more: split, extraCost, whole.</param>
public sealed record TriedScenario(string Name, string Objective, string Outcome, string? Limit = null, string? After = null);

/// <summary>Why a node sends or not, with the cost by parts of sending everything from it alone, where it could.</summary>
/// <param name="Reason">One of <see cref="CandidateCodes"/>.</param>
/// <param name="Scenario">The scenario that said so.</param>
/// <param name="CarriageMinor">What the carrier takes.</param>
/// <param name="HandlingMinor">Picking and handling at the node.</param>
/// <param name="RankMinor">What the scenario's weights add, or take off; no money.</param>
public readonly record struct RoutedCandidate(long NodeId, string Reason, string? Scenario, long? CarriageMinor, long? HandlingMinor, long? RankMinor, long? Km);

/// <summary>What another strategy would have done with the same order and the same stock.</summary>
public sealed record ShadowDecision(string Strategy, long Version, string? Scenario, long CostMinor, long UnsentUnits, IReadOnlyList<long> Nodes);
