using System.Numerics;

namespace Switchyard.Sourcing;

/// <summary>
/// Exact plan of whole lines when limits tie them together (lines of one SKU compete for its stock, a lane carries or a node sends only so much):
/// node after node, the cheapest way to send each subset of lines from the nodes seen so far. Work: options × 3^n.
/// </summary>
internal static class NodeProgramme
{
    public static bool Fits(SourcingProblem problem) =>
        !problem.Rules.MayDivideLines && problem.Units.Length <= SubsetProgramme.MostWants
        && problem.Options.Length * Math.Pow(3, problem.Units.Length) * Layers(problem) <= 1 << 23;

    /// <summary>The plan; without <paramref name="areWeightsKept"/> a shipment may weigh more than its lane carries.</summary>
    public static Decision Solve(SourcingProblem problem, bool areWeightsKept)
    {
        int subsets = 1 << problem.Units.Length, layers = Layers(problem);
        var cost = new long[layers + 1, subsets];                     // shipments used × lines sent
        var steps = new List<(int From, int Option, int Part)>();     // how each entry was reached
        var reached = new int[layers + 1, subsets];
        for (int k = 0; k <= layers; k++) for (int set = 0; set < subsets; set++) cost[k, set] = SourcingProblem.Infinite;
        cost[0, 0] = 0;
        reached[0, 0] = -1;
        var single = new long[subsets];
        var by = new int[subsets];
        for (int first = 0, next; first < problem.Options.Length; first = next)
        {
            next = first;
            Array.Fill(single, SourcingProblem.Infinite);
            while (next < problem.Options.Length && problem.Options[next].Dense == problem.Options[first].Dense)
                Price(problem, next++, areWeightsKept, single, by);
            for (int k = layers; k > 0; k--)
            {
                for (int set = subsets - 1; set > 0; set--)
                {
                    for (int part = set; part > 0; part = (part - 1) & set)
                    {
                        if (single[part] >= SourcingProblem.Infinite || cost[k - 1, set ^ part] >= SourcingProblem.Infinite) continue;
                        long value = single[part] + cost[k - 1, set ^ part];
                        if (value >= cost[k, set]) continue;
                        cost[k, set] = value;
                        steps.Add((reached[k - 1, set ^ part], by[part], part));
                        reached[k, set] = steps.Count - 1;
                    }
                }
            }
        }
        return Cheapest(problem, cost, reached, steps);
    }

    private static int Layers(SourcingProblem problem) => Math.Min(problem.MaxShipments, problem.Units.Length);

    private static void Price(SourcingProblem problem, int option, bool areWeightsKept, long[] single, int[] by)
    {
        int wants = problem.Units.Length;
        for (int part = 1; part < single.Length; part++)
        {
            long value = problem.Fixed[option];
            Int128 grams = 0, goods = 0;
            bool isPossible = true;
            for (int rest = part; rest != 0 && isPossible; rest &= rest - 1)
            {
                int d = BitOperations.TrailingZeroCount(rest);
                isPossible = problem.Room[option * wants + d] > 0 && StockLasts(problem, option, part, d);
                value += problem.Unit[option * wants + d];
                goods += LimitedFill.Goods(problem, d, 1);
                grams += LimitedFill.Goods(problem, d, 1) * problem.Wants[d].WeightGrams;
            }
            if (goods > LimitedFill.Cap(problem, option)) isPossible = false;
            if (areWeightsKept && grams > LimitedFill.Lane(problem, option).MaxWeightGrams) isPossible = false;
            if (isPossible && value < single[part]) (single[part], by[part]) = (value, option);
        }
    }

    private static bool StockLasts(SourcingProblem problem, int option, int part, int want)
    {
        long sku = problem.Wants[want].SkuId;
        Int128 taken = 0;
        for (int rest = part; rest != 0; rest &= rest - 1)
        {
            int d = BitOperations.TrailingZeroCount(rest);
            if (problem.Wants[d].SkuId == sku) taken += problem.Wants[d].Quantity;
        }
        return taken <= LimitedFill.StockOf(problem, option, want);
    }

    private static Decision Cheapest(SourcingProblem problem, long[,] cost, int[,] reached, List<(int From, int Option, int Part)> steps)
    {
        int wants = problem.Units.Length;
        var best = Decision.Nothing(problem);
        int at = -1;
        for (int k = 1; k < cost.GetLength(0); k++)
        {
            for (int set = 1; set < cost.GetLength(1); set++)
            {
                if (cost[k, set] >= SourcingProblem.Infinite) continue;
                long value = cost[k, set];
                for (int d = 0; d < wants; d++) if ((set >> d & 1) == 0) value += problem.Units[d] * problem.Penalty[d];
                if (value < best.Value) (best, at) = (best with { Value = value, Bound = value }, reached[k, set]);
            }
        }
        var parts = new List<(int From, int Option, int Part)>();
        for (; at >= 0; at = steps[at].From) parts.Add(steps[at]);
        parts.Reverse();                                              // nodes were added in order
        var sent = new long[parts.Count * wants];
        for (int s = 0; s < parts.Count; s++)
            for (int d = 0; d < wants; d++) sent[s * wants + d] = parts[s].Part >> d & 1;
        return best with { Open = [.. parts.Select(p => p.Option)], Sent = sent };
    }
}
