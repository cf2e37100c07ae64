namespace Switchyard.Sourcing;

/// <summary>Why each node is in the plan or not.</summary>
internal static class SourcingCandidates
{
    public static SourcingCandidate[] Of(SourcingProblem problem, IReadOnlyList<Demand> demands, Decision decision)
    {
        var candidates = new SourcingCandidate[problem.Nodes.Length];
        int option = 0, opened = 0;
        for (int i = 0; i < candidates.Length; i++)
        {
            int first = option;
            bool isChosen = false;
            for (; option < problem.Options.Length && problem.Options[option].Node == i; option++)
            {
                if (opened >= decision.Open.Length || decision.Open[opened] != option) continue;
                isChosen = true;
                opened++;
            }
            string code = isChosen ? CandidateCodes.Chosen : option > first ? CandidateCodes.Dearer : WhyNot(problem, demands, problem.Nodes[i]);
            candidates[i] = new SourcingCandidate(problem.Nodes[i].NodeId, code, Alone(problem, first, option));
        }
        return candidates;
    }

    private static string WhyNot(SourcingProblem problem, IReadOnlyList<Demand> demands, SourcingNode node)
    {
        if (node.Lanes.Count == 0) return CandidateCodes.NoLane;
        bool isInTime = false, hasStock = false;
        for (int lane = 0; lane < node.Lanes.Count; lane++) isInTime |= LaneChoice.IsInTime(node, lane, problem.Rules);
        if (!isInTime) return CandidateCodes.TooLate;
        foreach (var demand in demands)
        {
            long wanted = problem.Rules.MayDivideLines ? 1 : demand.Quantity;
            hasStock |= demand.Quantity > 0 && node.Available.TryGetValue(demand.SkuId, out long units) && units >= wanted;
        }
        return hasStock ? CandidateCodes.TooHeavy : CandidateCodes.NoStock;
    }

    // The whole order in one shipment by the cheapest of these lanes.
    private static long? Alone(SourcingProblem problem, int first, int end)
    {
        long? least = null;
        for (int j = first; j < end; j++)
        {
            if (!SendsAll(problem, j)) continue;
            var node = problem.Nodes[problem.Options[j].Node];
            var lane = LimitedFill.Lane(problem, j);
            Int128 milli = ((Int128)Math.Max(0, lane.BaseMinor) + Math.Max(0, node.PickFixedMinor)) * 1000, grams = 0;
            foreach (var want in problem.Wants)
            {
                milli += want.Quantity * Grains.MilliOfUnit(node, lane, want.SkuId, want.WeightGrams);
                grams += (Int128)want.Quantity * want.WeightGrams;
            }
            if (grams > lane.MaxWeightGrams) continue;
            long cost = SourcingReport.Saturate(SourcingReport.Minor(milli));
            if (least is null || cost < least) least = cost;
        }
        return least;
    }

    private static bool SendsAll(SourcingProblem problem, int option)
    {
        int row = option * problem.Wants.Length;
        for (int d = 0; d < problem.Wants.Length; d++)
            if (problem.Room[row + d] < (problem.Rules.MayDivideLines ? problem.Wants[d].Quantity : 1)) return false;
        return problem.Rules.MayDivideLines || Enumerable.Range(0, problem.Wants.Length).All(d => LimitedFill.StockOf(problem, option, d) >= Wanted(problem, problem.Wants[d].SkuId));
    }

    private static Int128 Wanted(SourcingProblem problem, long sku)
    {
        Int128 wanted = 0;
        foreach (var want in problem.Wants) if (want.SkuId == sku) wanted += want.Quantity;
        return wanted;
    }
}
