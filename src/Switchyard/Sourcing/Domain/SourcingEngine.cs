namespace Switchyard.Sourcing;

/// <summary>Decides which nodes send which units of one order, at the least cost.</summary>
public static class SourcingEngine
{
    /// <summary>
    /// Cost = per shipment: lane base + pick fixed; per unit: kilogram price × weight / 1000 + handling + opportunity;
    /// split penalty × (shipments - 1); penalty of each unit left behind.
    /// </summary>
    /// <returns>
    /// The cheapest plan, proven whenever the budget lasts and no lane's weight limit binds. Worked in 1/1000 minor units and rounded
    /// half up to minor units at the end. Ties: fewer shipments, then lower node ids; the order of <paramref name="nodes"/> is immaterial.
    /// </returns>
    /// <remarks>
    /// Whole lines, up to 12: <see cref="SubsetProgramme"/>. More, or divided: <see cref="OpenSetSearch"/>. Where lines that stay
    /// whole compete for stock or a weight limit binds: <see cref="NodeProgramme"/>, and <see cref="LimitedFill"/> where that is too large.
    /// Refuses nothing: odd input (no lines, no nodes, quantities below 1) gives the plan of what is left of it.
    /// </remarks>
    public static SourcingPlan Solve(IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, SourcingOptions options)
    {
        var problem = SourcingProblem.Build(demands, InOrder(nodes), options);
        return SourcingReport.Of(problem, demands, Decide(problem));
    }

    private static Decision Decide(SourcingProblem problem)
    {
        if (problem.MaxShipments <= 0 || problem.Wants.Length == 0)
        {
            problem.PriceUnfilled(fillFirst: false);
            return Decision.Nothing(problem);
        }
        long budget = problem.Rules.BudgetSteps;
        Decision? found = null;
        if (problem.Rules.FillFirst)
        {
            problem.ForbidUnfilled();
            found = Search(problem, budget);
        }
        if (found is null)
        {
            problem.PriceUnfilled(problem.Rules.FillFirst);
            found = Search(problem, budget) ?? Decision.Nothing(problem);
        }
        if (!LimitedFill.IsBroken(problem, found)) return found;
        problem.PriceUnfilled(problem.Rules.FillFirst);
        return Limited(problem, found);
    }

    /// <summary>The cheapest plan at the prices and penalties the problem has now, within its limits; where a limit makes it inexact its bound is lower.</summary>
    internal static Decision Least(SourcingProblem problem, long budget)
    {
        if (problem.MaxShipments <= 0 || problem.Wants.Length == 0) return Decision.Nothing(problem);
        var free = Search(problem, budget) ?? Decision.Nothing(problem);
        if (!LimitedFill.IsBroken(problem, free)) return free;
        if (NodeProgramme.Fits(problem)) return NodeProgramme.Solve(problem, areWeightsKept: true);
        if (CappedSearch.Fits(problem) && CappedSearch.Solve(problem, free.Bound) is var capped && !LimitedFill.IsBroken(problem, capped)) return capped;
        return LimitedFill.Solve(problem, free.Open, free.Bound, areWeightsKept: true);
    }

    /// <summary>Least cost when only stock limits what a node sends.</summary>
    private static Decision? Search(SourcingProblem problem, long budget)
    {
        int[]? start = null;
        if (SubsetProgramme.Work(problem.Options.Length, problem.Units.Length) <= 1 << 15)
        {
            start = SubsetProgramme.Solve(problem, Enumerate(problem.Options.Length));
            if (start is not null && !problem.Rules.MayDivideLines) return Decision.Of(problem, start, long.MaxValue);
        }
        var search = new OpenSetSearch(problem, start, budget);
        search.Run();
        return search.Best is { } best ? Decision.Of(problem, best, search.Bound) : null;
    }

    // The plan without limits is broken by some: its cost bounds that of the plan we look for.
    private static Decision Limited(SourcingProblem problem, Decision free)
    {
        var relaxed = Decision.Of(problem, free.Open, free.Bound);
        long bound = free.Bound == long.MaxValue ? relaxed.Value : Math.Min(relaxed.Value, free.Bound);
        bool isExact = NodeProgramme.Fits(problem);
        var kept = isExact ? NodeProgramme.Solve(problem, areWeightsKept: true)
            : LimitedFill.Solve(problem, free.Open, bound, areWeightsKept: true);
        if (!problem.Rules.FillFirst || kept.UnitsLeft(problem) <= relaxed.UnitsLeft(problem)) return kept;
        var heavy = isExact ? NodeProgramme.Solve(problem, areWeightsKept: false)
            : LimitedFill.Solve(problem, free.Open, bound, areWeightsKept: false) with { IsGuess = true };
        return heavy.UnitsLeft(problem) < kept.UnitsLeft(problem) ? heavy : kept;
    }

    private static int[] Enumerate(int count)
    {
        var all = new int[count];
        for (int j = 0; j < count; j++) all[j] = j;
        return all;
    }

    private static SourcingNode[] InOrder(IReadOnlyList<SourcingNode> nodes)
    {
        var sorted = new SourcingNode[nodes.Count];
        bool isInOrder = true;
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = nodes[i];
            isInOrder &= i == 0 || sorted[i - 1].NodeId < sorted[i].NodeId;
        }
        return isInOrder ? sorted : [.. sorted.DistinctBy(n => n.NodeId).OrderBy(n => n.NodeId)];
    }
}
