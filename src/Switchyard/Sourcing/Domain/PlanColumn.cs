namespace Switchyard.Sourcing;

/// <summary>A plan of one order as the master sees it.</summary>
/// <param name="Part">Position of the order.</param>
/// <param name="Open">Options opened, ascending.</param>
/// <param name="Sent">Units: position in <paramref name="Open"/> × wants + want.</param>
/// <param name="Cost">Grains.</param>
/// <param name="Total">With what it costs to change the order's plan.</param>
/// <param name="Rows">Rows it uses, ascending.</param>
/// <param name="Use">How much of each.</param>
internal sealed record PlanColumn(int Part, int[] Open, long[] Sent, long Cost, long Total, int[] Rows, long[] Use, bool IsCurrent)
{
    public bool IsSame(int[] open, long[] sent) => Open.AsSpan().SequenceEqual(open) && Sent.AsSpan().SequenceEqual(sent);

    /// <summary>The same units from the same nodes, by whatever service.</summary>
    public bool Sends(SourcingProblem problem, int[] open, long[] sent)
    {
        if (open.Length != Open.Length || !Sent.AsSpan().SequenceEqual(sent)) return false;
        for (int s = 0; s < open.Length; s++) if (problem.Options[open[s]].Node != problem.Options[Open[s]].Node) return false;
        return true;
    }
}
