namespace Switchyard.Sourcing;

/// <summary>
/// Exact plan of divided lines when nodes send only so many units of the order: looks at sets of options, and lets the units of a set
/// flow. A set is only looked at when it would be better without the limits.
/// </summary>
internal static class CappedSearch
{
    private const int MostOptions = 16;

    public static bool Fits(SourcingProblem problem) => problem.Rules.MayDivideLines && problem.Options.Length <= MostOptions;

    /// <param name="bound">No plan costs less.</param>
    public static Decision Solve(SourcingProblem problem, long bound)
    {
        var best = Decision.Nothing(problem);
        Look(problem, 0, [], ref best);
        return best with { Bound = Math.Max(bound, best.Value) };
    }

    /// <summary>The units of these open options at the least cost; options that send nothing are left out.</summary>
    public static Decision Flow(SourcingProblem problem, int[] open)
    {
        int wants = problem.Units.Length;
        var network = new FlowNetwork();
        var nodes = new int[open.Length];
        for (int s = 0; s < open.Length; s++)
        {
            nodes[s] = network.AddVertex();
            network.AddArc(nodes[s], FlowNetwork.Sink, LimitedFill.Cap(problem, open[s]), 0);
        }
        var arcs = new int[open.Length * wants];
        for (int d = 0; d < wants; d++)
        {
            int want = network.AddVertex();
            network.AddArc(FlowNetwork.Source, want, problem.Units[d], 0);
            for (int s = 0; s < open.Length; s++)
            {
                int at = open[s] * wants + d;
                arcs[s * wants + d] = problem.Room[at] == 0 ? -1 : network.AddArc(want, nodes[s], problem.Room[at], problem.Unit[at] - problem.Penalty[d]);
            }
        }
        network.Run();
        var sent = new long[arcs.Length];
        for (int i = 0; i < arcs.Length; i++) sent[i] = arcs[i] < 0 ? 0 : network.FlowOn(arcs[i]);
        return Trimmed(problem, open, sent);
    }

    private static void Look(SourcingProblem problem, int from, List<int> open, ref Decision best)
    {
        if (open.Count > 0 && problem.Fill(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(open)) < best.Value)
        {
            var plan = Flow(problem, [.. open]);
            if (plan.Value < best.Value) best = plan;
        }
        if (from == problem.Options.Length || open.Count >= problem.MaxShipments || IsHopeless(problem, from, open, best.Value)) return;
        for (int j = from; j < problem.Options.Length; j++)
        {
            if (open.Count > 0 && problem.Options[open[^1]].Dense == problem.Options[j].Dense) continue;
            open.Add(j);
            Look(problem, j + 1, open, ref best);
            open.RemoveAt(open.Count - 1);
        }
    }

    // All that follow for nothing, and still no better.
    private static bool IsHopeless(SourcingProblem problem, int from, List<int> open, long value)
    {
        int[] all = [.. open, .. Enumerable.Range(from, problem.Options.Length - from)];
        long least = problem.Fill(all);
        for (int j = from; j < problem.Options.Length; j++) least -= problem.Fixed[j];
        return least >= value;
    }

    private static Decision Trimmed(SourcingProblem problem, int[] open, long[] sent)
    {
        int wants = problem.Units.Length;
        int[] used = [.. Enumerable.Range(0, open.Length).Where(s => sent.AsSpan(s * wants, wants).ContainsAnyExcept(0L))];
        var units = new long[used.Length * wants];
        long value = used.Length == 0 ? problem.Split : 0;
        for (int s = 0; s < used.Length; s++)
        {
            value += problem.Fixed[open[used[s]]];
            for (int d = 0; d < wants; d++)
            {
                units[s * wants + d] = sent[used[s] * wants + d];
                value += units[s * wants + d] * problem.Unit[open[used[s]] * wants + d];
            }
        }
        for (int d = 0; d < wants; d++)
        {
            long left = problem.Units[d];
            for (int at = d; at < units.Length; at += wants) left -= units[at];
            value += left * problem.Penalty[d];
        }
        return new Decision([.. used.Select(s => open[s])], units, value, 0);
    }
}
