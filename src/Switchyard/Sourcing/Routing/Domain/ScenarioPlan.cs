namespace Switchyard.Sourcing;

/// <summary>One scenario's plan: what is best by its objective, within its rules about splits.</summary>
internal static class ScenarioPlan
{
    /// <param name="nodes">As the scenario ranks them.</param>
    /// <returns>The plan, and what kept it from sending more: split or extraCost; null when nothing did.</returns>
    public static (SourcingPlan Plan, string? Limit) Solve(ReadyScenario scenario, IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes,
        SourcingOptions options)
    {
        var rules = scenario.Objective == RoutingWords.FewestParcels ? options with { SplitPenaltyMinor = ScenarioCosts.ParcelMinor } : options;
        var plan = Best(scenario, demands, nodes, rules);
        bool isLimited = rules.MaxShipments < 99 && plan.Unfilled.Count > 0;
        if (scenario.Split.MostExtraMinor is not { } extra || plan.Shipments.Count < 2) return (plan, isLimited ? "split" : null);
        if (Extra(demands, nodes, options, plan) <= extra) return (plan, isLimited ? "split" : null);
        var one = Best(scenario, demands, nodes, rules with { MaxShipments = 1 });
        return (one, one.Unfilled.Count > 0 ? "extraCost" : null);
    }

    private static SourcingPlan Best(ReadyScenario scenario, IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, SourcingOptions rules)
    {
        var plan = SourcingEngine.Solve(demands, nodes, rules);
        if (scenario.Objective != RoutingWords.Fastest) return plan;
        long most = Sent(plan);
        // The fewest days within which as much can be sent; of the plans within them the cheapest.
        foreach (int days in nodes.SelectMany(n => n.Lanes.Select(l => n.ReadyDay + l.TransitDays)).Distinct().Order())
            if (SourcingEngine.Solve(demands, nodes, rules with { PromiseDays = days }) is var quick && Sent(quick) == most) return quick;
        return plan;
    }

    /// <summary>What several parcels cost more than one would, if one node had everything; 0 when no node could carry it all.</summary>
    private static long Extra(IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, SourcingOptions rules, SourcingPlan plan)
    {
        var sent = plan.Shipments.SelectMany(s => s.Parts).GroupBy(p => p.Line).ToDictionary(g => g.Key, g => g.Sum(p => p.Quantity));
        var same = demands.Where(d => sent.ContainsKey(d.Line)).Select(d => d with { Quantity = sent[d.Line] }).ToList();
        var plenty = same.GroupBy(d => d.SkuId).ToDictionary(g => g.Key, g => g.Sum(d => d.Quantity));
        var one = SourcingEngine.Solve(same, [.. nodes.Select(n => n with { Available = plenty })], rules with { MaxShipments = 1 });
        long several = plan.Shipments.Sum(s => s.CostMinor) + (plan.Shipments.Count - 1) * Math.Max(0, rules.SplitPenaltyMinor);
        return one.Unfilled.Count > 0 ? 0 : several - one.CostMinor;
    }

    private static long Sent(SourcingPlan plan) => plan.Shipments.Sum(s => s.Parts.Sum(p => p.Quantity));
}
