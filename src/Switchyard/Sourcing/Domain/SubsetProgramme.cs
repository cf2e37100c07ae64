using System.Numerics;

namespace Switchyard.Sourcing;

/// <summary>
/// Exact plan when every want is sent whole from one node: dynamic programme over subsets of wants. First the cheapest option of
/// every subset, then the cheapest partition into such subsets, always splitting off the part that holds the lowest want left.
/// </summary>
/// <remarks>
/// Source: Held and Karp, A dynamic programming approach to sequencing problems, SIAM J. 10 (1962), for recursion over subsets;
/// the partition form is that of set partitioning (Yeh 1986). Work: options × 2^n + 3^n / 2.
/// Two parts of one plan never share a node when costs are linear: joining them on the lane with the cheaper kilogram saves a shipment.
/// </remarks>
internal static class SubsetProgramme
{
    public const int MostWants = 12;

    // Two of them still fit a long; real costs stay below.
    private const long Impossible = SourcingProblem.Infinite / 2;

    /// <summary>Looks at an option and subset this costs at most.</summary>
    public static long Work(int options, int wants) => wants > MostWants ? long.MaxValue : (long)options << wants;

    /// <summary>Options to open, or null when no plan of whole wants within the limit of shipments exists.</summary>
    public static int[]? Solve(SourcingProblem problem, ReadOnlySpan<int> options)
    {
        int wants = problem.Units.Length, subsets = 1 << wants;
        var cost = new long[subsets];
        var by = new int[subsets];
        Array.Fill(cost, Impossible);
        CheapestOptions(problem, options, cost, by);
        int layers = Math.Min(problem.MaxShipments, wants);
        var parts = Partition(cost, subsets, layers);
        return Cheapest(problem, parts, subsets, by);
    }

    private static void CheapestOptions(SourcingProblem problem, ReadOnlySpan<int> options, long[] cost, int[] by)
    {
        int wants = problem.Units.Length;
        var sum = new long[cost.Length];
        foreach (int j in options)
        {
            int whole = 0;
            int row = j * wants;
            for (int d = 0; d < wants; d++) if (problem.Room[row + d] >= problem.Units[d]) whole |= 1 << d;
            sum[0] = problem.Fixed[j];
            for (int set = -whole & whole; set != 0; set = (set - whole) & whole)     // ascending: a set comes after its subsets
            {
                int d = BitOperations.TrailingZeroCount(set);
                long value = sum[set & (set - 1)] + problem.Units[d] * problem.Unit[row + d];
                sum[set] = value;
                if (value >= cost[set]) continue;
                cost[set] = value;
                by[set] = j;
            }
        }
    }

    /// <summary>Layer k: cheapest partition of each subset into at most k parts, and the part split off first.</summary>
    private static (long[] Cost, int[] Part)[] Partition(long[] single, int subsets, int layers)
    {
        int wants = BitOperations.Log2((uint)subsets);
        bool limited = layers < wants;
        var made = new (long[] Cost, int[] Part)[limited ? layers : 1];
        for (int k = 0; k < made.Length; k++)
        {
            var least = new long[subsets];
            var part = new int[subsets];
            long[] rest = !limited ? least : k == 0 ? NothingLeft(subsets) : made[k - 1].Cost;
            for (int set = 1; set < subsets; set++)
            {
                int lowest = set & -set, others = set ^ lowest;
                (least[set], part[set]) = (single[set], set);
                for (int sub = (others - 1) & others; others != 0; sub = (sub - 1) & others)
                {
                    long value = single[sub | lowest] + rest[others ^ sub];
                    if (value < least[set]) (least[set], part[set]) = (value, sub | lowest);
                    if (sub == 0) break;
                }
            }
            made[k] = (least, part);
        }
        return made;
    }

    private static long[] NothingLeft(int subsets)
    {
        var cost = new long[subsets];
        Array.Fill(cost, Impossible, 1, subsets - 1);
        return cost;
    }

    private static int[]? Cheapest(SourcingProblem problem, (long[] Cost, int[] Part)[] layers, int subsets, int[] by)
    {
        var last = layers[^1];
        int chosen = -1;
        long least = Impossible;
        for (int set = subsets - 1; set >= 0; set--)
        {
            long value = set == 0 ? problem.Split : last.Cost[set];
            for (int d = 0; d < problem.Units.Length && value < least; d++)
                if ((set >> d & 1) == 0 && problem.Units[d] > 0)
                    value = problem.Penalty[d] == SourcingProblem.Infinite ? least : value + problem.Units[d] * problem.Penalty[d];
            if (value < least) (least, chosen) = (value, set);
        }
        if (chosen < 0) return null;
        var open = new List<int>();
        for (int k = layers.Length - 1; chosen != 0;)
        {
            int part = layers[k].Part[chosen];
            open.Add(by[part]);
            chosen ^= part;
            if (k > 0) k--;
        }
        open.Sort();
        for (int s = 1; s < open.Count; s++)
            if (problem.Options[open[s]].Dense == problem.Options[open[s - 1]].Dense) return null;
        return open.ToArray();
    }
}
