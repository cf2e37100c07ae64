namespace Switchyard.Sourcing;

/// <summary>A plan inside the engine.</summary>
/// <param name="Open">Options opened, ascending, hence in the order of node ids.</param>
/// <param name="Sent">Units: position in <paramref name="Open"/> × wants + want.</param>
/// <param name="Value">Its cost in grains as the problem counts, first split penalty included.</param>
/// <param name="Bound">No plan costs less.</param>
/// <param name="IsGuess">A plan of another kind (one that keeps the weight limits) may be the right one though this one meets its bound.</param>
internal sealed record Decision(int[] Open, long[] Sent, long Value, long Bound, bool IsGuess = false)
{
    public static Decision Nothing(SourcingProblem problem)
    {
        long value = problem.Fill([]);
        return new Decision([], [], value, value);
    }

    /// <summary>These options opened and filled from the cheapest on; those that would send nothing are left out.</summary>
    public static Decision Of(SourcingProblem problem, int[] open, long bound)
    {
        var used = (int[])open.Clone();
        Array.Sort(used);
        var sent = new long[used.Length * problem.Units.Length];
        long value = problem.Fill(used, sent);
        return new Decision(used, sent, value, Math.Min(bound, value));
    }

    /// <summary>Units of goods that could be sent and are not.</summary>
    public Int128 UnitsLeft(SourcingProblem problem)
    {
        Int128 left = 0;
        int wants = problem.Units.Length;
        for (int d = 0; d < wants; d++)
        {
            long missing = problem.Units[d];
            for (int at = d; at < Sent.Length; at += wants) missing -= Sent[at];
            left += (Int128)missing * (problem.Rules.MayDivideLines ? 1 : problem.Wants[d].Quantity);
        }
        return left;
    }
}
