namespace Switchyard.Sourcing;

/// <summary>Decides together which nodes send which units of several orders that share stock and capacity, at the least cost.</summary>
public static class BatchEngine
{
    /// <summary>
    /// The cost of each order as in <see cref="SourcingEngine.Solve"/>, and <see cref="BatchOrder.ChurnMinor"/> for each that gets another plan
    /// than its current one. Every answer keeps all limits; when all orders have a possible current plan it costs no more than these.
    /// </summary>
    /// <returns>
    /// The best plan found within the budget, with a bound. The same question has the same answer unless <see cref="BatchOptions.IsOver"/>
    /// ended it; the order of orders and nodes is immaterial.
    /// </returns>
    /// <remarks>
    /// Start: orders one by one. Then branch and price over all orders (<see cref="BatchSearch"/>), which gives the bound, and in turn
    /// the same search over small groups of orders that compete (large-neighbourhood search after Shaw, CP 1998), until the budget ends or
    /// the best plan is proven. Orders of figures too large for prices are planned one by one.
    /// </remarks>
    public static BatchPlan Solve(IReadOnlyList<BatchOrder> orders, IReadOnlyList<BatchNode> nodes, BatchOptions options)
    {
        BatchOrder[] sorted = [.. orders.DistinctBy(o => o.OrderId).OrderBy(o => o.OrderId)];
        BatchNode[] places = [.. nodes.DistinctBy(n => n.Node.NodeId).OrderBy(n => n.Node.NodeId)];
        if (BatchProblem.Build(sorted, places, options) is not { } problem) return OneByOne.Solve(sorted, places, options);
        var work = new BatchWork(options);
        var pool = new PlanPool(problem.Parts.Length);
        var (best, bound) = Search(problem, pool, work);
        return Report(problem, sorted, best, bound);
    }

    private static (PlanColumn[] Best, long Bound) Search(BatchProblem problem, PlanPool pool, BatchWork work)
    {
        var best = Start(problem, pool, work);
        if (problem.Parts.Length == 0) return (best, 0);
        int[] all = [.. Enumerable.Range(0, best.Length)];
        long bound = long.MinValue;
        if (problem.Parts.Length > MostTogether)
        {
            bound = Separately(problem, work);
            (best, _) = new GroupSearch(problem, pool, work).Run(best, bound, long.MaxValue);
            return (best, bound);
        }
        // The search over all orders is broken off for one over groups, and goes on longer each time it comes back.
        for (int nodes = 30; ; nodes = Math.Min(nodes * 8, 1 << 24))
        {
            var search = new BatchSearch(problem, pool, all, problem.Room, best, work);
            search.Run(nodes);
            (best, bound) = (search.Best, Math.Max(bound, search.Bound));
            if (bound > search.Value - problem.Step || work.IsOver) return (best, bound);
            (best, _) = new GroupSearch(problem, pool, work).Run(best, bound, 40 + nodes);
            if (bound > best.Sum(c => c.Total) - problem.Step || work.IsOver || search.IsThrough) return (best, bound);
        }
    }

    /// <summary>More orders than this are only ever planned in groups.</summary>
    private const int MostTogether = 400;

    // Each order at no prices.
    private static long Separately(BatchProblem problem, BatchWork work)
    {
        long bound = 0;
        for (int o = 0; o < problem.Parts.Length; o++)
        {
            long alone = BatchPricing.Solve(problem, o, problem.Room, null, null, 0, work).Bound + problem.Parts[o].Churn;
            bound += problem.Parts[o].Current is { } current ? Math.Min(alone, current.Total) : alone;
        }
        return bound;
    }

    // The current plans where all can stay; orders one by one, in several sequences, which may be better.
    private static PlanColumn[] Start(BatchProblem problem, PlanPool pool, BatchWork work)
    {
        int count = problem.Parts.Length;
        var best = Greedy(problem, [.. Enumerable.Range(0, count)], work);
        int[][] sequences =
        [
            [.. Enumerable.Range(0, count).OrderByDescending(o => problem.Parts[o].Problem.Penalty.Zip(problem.Parts[o].Problem.Units, (p, u) => (double)p * u).Sum()).ThenBy(o => o)],
            [.. Enumerable.Range(0, count).OrderBy(o => problem.Parts[o].Problem.Options.Length).ThenBy(o => o)],
        ];
        foreach (int[] sequence in sequences)
            if (Greedy(problem, sequence, work) is var other && other.Sum(c => c.Total) < best.Sum(c => c.Total)) best = other;
        if (Current(problem) is { } current && current.Sum(c => c.Total) <= best.Sum(c => c.Total)) best = current;
        for (int o = 0; o < count; o++) best[o] = pool.Keep(best[o]);
        return best;
    }

    private static PlanColumn[] Greedy(BatchProblem problem, int[] sequence, BatchWork work)
    {
        var plans = new PlanColumn[sequence.Length];
        var room = (long[])problem.Room.Clone();
        foreach (int o in sequence)
        {
            plans[o] = BatchPricing.Plan(problem, o, room, null, work);
            BatchProblem.Take(plans[o], room);
        }
        return plans;
    }

    private static PlanColumn[]? Current(BatchProblem problem)
    {
        var room = (long[])problem.Room.Clone();
        var plans = new PlanColumn[problem.Parts.Length];
        for (int o = 0; o < plans.Length; o++)
        {
            if (problem.Parts[o].Current is not { } current || !problem.Fits(current, room)) return null;
            plans[o] = current;
            BatchProblem.Take(current, room);
        }
        return plans;
    }

    private static BatchPlan Report(BatchProblem problem, BatchOrder[] orders, PlanColumn[] best, long bound)
    {
        long value = best.Sum(c => c.Total);
        bool isProven = bound > value - problem.Step;
        var plans = new List<BatchOrderPlan>(orders.Length);
        Int128 cost = 0;
        int at = 0;
        foreach (var order in orders)
        {
            if (order.IsFrozen)
            {
                plans.Add(new BatchOrderPlan(order.OrderId, null, false));
                continue;
            }
            var (part, column) = (problem.Parts[at], best[at]);
            at++;
            var plan = SourcingReport.Of(part.Problem, order.Demands, new Decision(column.Open, column.Sent, column.Cost, column.Cost));
            plans.Add(new BatchOrderPlan(order.OrderId, plan with { IsProven = isProven }, !column.IsCurrent));
            cost += plan.CostMinor;
        }
        long total = SourcingReport.Saturate(cost);
        // Grains of the gap, at least; the cost less this is a bound, whatever is counted in both.
        Int128 gap = isProven ? 0 : ((Int128)value - bound + 63_999) / (1000 * SourcingProblem.GrainsPerMilli);
        Int128 churn = 0;
        foreach (var column in best) churn += column.Total - column.Cost;
        return new BatchPlan(plans, total, SourcingReport.Saturate(cost + churn / (1000 * SourcingProblem.GrainsPerMilli) - gap), isProven);
    }
}
