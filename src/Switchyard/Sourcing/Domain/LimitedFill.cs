namespace Switchyard.Sourcing;

/// <summary>
/// Plans that keep limits which tie wants together: the weight a lane carries, and stock that several whole lines compete for.
/// Not exact: adds the option that helps most, then leaves out what does not pay.
/// </summary>
internal static class LimitedFill
{
    /// <summary>Does a plan made without these limits break one?</summary>
    public static bool IsBroken(SourcingProblem problem, Decision plan)
    {
        int wants = problem.Units.Length;
        for (int s = 0; s < plan.Open.Length; s++)
        {
            var lane = Lane(problem, plan.Open[s]);
            Int128 grams = 0, goods = 0;
            for (int d = 0; d < wants; d++)
            {
                if (plan.Sent[s * wants + d] == 0) continue;
                goods += Goods(problem, d, plan.Sent[s * wants + d]);
                grams += Goods(problem, d, plan.Sent[s * wants + d]) * problem.Wants[d].WeightGrams;
                if (!problem.Rules.MayDivideLines && StockOf(problem, plan.Open[s], d) < TakenOf(problem, plan, s, d)) return true;
            }
            if (grams > lane.MaxWeightGrams || goods > Cap(problem, plan.Open[s])) return true;
        }
        return false;
    }

    public static Decision Solve(SourcingProblem problem, int[] free, long bound, bool areWeightsKept)
    {
        long work = 0;
        var best = Improve(problem, [], areWeightsKept, ref work);
        var other = Improve(problem, [.. free], areWeightsKept, ref work);
        if (other.Value < best.Value) best = other;
        return best with { Bound = Math.Min(bound, best.Value) };
    }

    private static Decision Improve(SourcingProblem problem, List<int> open, bool areWeightsKept, ref long work)
    {
        var best = Fill(problem, open, areWeightsKept);
        while (open.Count < problem.MaxShipments)
        {
            int added = -1;
            for (int j = 0; j < problem.Options.Length && work < problem.Rules.BudgetSteps; j++)
            {
                if (open.Exists(o => problem.Options[o].Dense == problem.Options[j].Dense)) continue;
                work += open.Count + 1;
                var trial = Fill(problem, [.. open, j], areWeightsKept);
                if (trial.Value < best.Value) (best, added) = (trial, j);
            }
            if (added < 0) break;
            open.Add(added);
        }
        for (int s = open.Count - 1; s >= 0; s--)
        {
            int[] without = [.. open.Where((_, i) => i != s)];
            var trial = Fill(problem, without, areWeightsKept);
            if (trial.Value > best.Value) continue;
            best = trial;
            open.RemoveAt(s);
        }
        return best;
    }

    // Wants in order, heaviest unit first, each from the cheapest option that still has stock and carries it.
    private static Decision Fill(SourcingProblem problem, IEnumerable<int> options, bool areWeightsKept)
    {
        int[] open = [.. options.Order()];
        int wants = problem.Units.Length;
        var plan = new Decision(open, new long[open.Length * wants], open.Length == 0 ? problem.Split : 0, 0);
        var grams = new Int128[open.Length];
        var goods = new Int128[open.Length];
        long total = plan.Value;
        foreach (int j in open) total += problem.Fixed[j];
        foreach (int d in Enumerable.Range(0, wants).OrderByDescending(d => Goods(problem, d, 1) * problem.Wants[d].WeightGrams))
        {
            long left = problem.Units[d];
            foreach (int s in Enumerable.Range(0, open.Length).OrderBy(s => problem.Unit[open[s] * wants + d]))
            {
                int at = open[s] * wants + d;
                if (left == 0 || problem.Room[at] == 0 || problem.Unit[at] > problem.Penalty[d]) continue;
                long units = Math.Min(left, problem.Room[at]);
                Int128 each = Goods(problem, d, 1) * problem.Wants[d].WeightGrams;
                if (areWeightsKept && each > 0)
                    units = (long)Int128.Min(units, Int128.Max(0, (Lane(problem, open[s]).MaxWeightGrams - grams[s]) / each));
                if (!problem.Rules.MayDivideLines && StockOf(problem, open[s], d) < TakenOf(problem, plan, s, d) + Goods(problem, d, 1)) units = 0;
                units = (long)Int128.Min(units, (Cap(problem, open[s]) - goods[s]) / Goods(problem, d, 1));
                goods[s] += Goods(problem, d, units);
                grams[s] += units * each;
                plan.Sent[s * wants + d] = units;
                total += units * problem.Unit[at];
                left -= units;
            }
            total += left * problem.Penalty[d];
        }
        return Trimmed(problem, plan with { Value = total });
    }

    // A shipment of nothing is none.
    private static Decision Trimmed(SourcingProblem problem, Decision plan)
    {
        int wants = problem.Units.Length;
        int[] used = [.. Enumerable.Range(0, plan.Open.Length).Where(s => plan.Sent.AsSpan(s * wants, wants).ContainsAnyExcept(0L))];
        if (used.Length == plan.Open.Length) return plan;
        long value = plan.Value;
        for (int s = 0; s < plan.Open.Length; s++) if (Array.IndexOf(used, s) < 0) value -= problem.Fixed[plan.Open[s]];
        if (used.Length == 0) value += problem.Split;
        return new Decision([.. used.Select(s => plan.Open[s])], [.. used.SelectMany(s => plan.Sent[(s * wants)..((s + 1) * wants)])], value, 0);
    }

    public static LaneOffer Lane(SourcingProblem problem, int option) =>
        problem.Nodes[problem.Options[option].Node].Lanes[problem.Options[option].Lane];

    /// <summary>The most goods of this order that the option's node sends.</summary>
    public static long Cap(SourcingProblem problem, int option) => problem.UnitCaps?[problem.Options[option].Node] ?? long.MaxValue;

    public static Int128 Goods(SourcingProblem problem, int want, long units) =>
        (Int128)units * (problem.Rules.MayDivideLines ? 1 : problem.Wants[want].Quantity);

    /// <summary>Goods of the want's SKU at the option's node.</summary>
    public static long StockOf(SourcingProblem problem, int option, int want)
    {
        int node = problem.Options[option].Node;
        if (problem.StockCaps is { } caps) return caps[node * problem.Wants.Length + want];
        return problem.Nodes[node].Available.TryGetValue(problem.Wants[want].SkuId, out long units) ? units : 0;
    }

    private static Int128 TakenOf(SourcingProblem problem, Decision plan, int shipment, int want)
    {
        Int128 taken = 0;
        int wants = problem.Units.Length;
        for (int d = 0; d < wants; d++)
            if (problem.Wants[d].SkuId == problem.Wants[want].SkuId) taken += Goods(problem, d, plan.Sent[shipment * wants + d]);
        return taken;
    }
}
