using System.Diagnostics;
using System.Globalization;

namespace Switchyard.Sourcing;

/// <summary>How many typical orders the engine plans in a second on one core.</summary>
public static class SourcingBench
{
    /// <param name="MeanMicroseconds">Of one order, warm.</param>
    /// <param name="BytesPerOrder">Allocated.</param>
    public sealed record Figures(int Orders, int Lines, int Nodes, double PerSecond, double MeanMicroseconds, double MaxMicroseconds, long BytesPerOrder, int Proven)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Lines} lines, {Nodes} nodes: {PerSecond:N0} orders/s, {MeanMicroseconds:N1} us mean, {MaxMicroseconds:N0} us max, {BytesPerOrder:N0} bytes, {Proven} of {Orders} proven");
    }

    /// <summary>Plans random orders made from a fixed seed, after one warming run over all of them.</summary>
    public static Figures Run(int orders, int lines, int nodes)
    {
        var problems = new List<(Demand[] Demands, SourcingNode[] Nodes)>(orders);
        ulong state = 20260101;
        for (int i = 0; i < orders; i++) problems.Add(Make(ref state, lines, nodes));
        var options = new SourcingOptions(SplitPenaltyMinor: 100, PromiseDays: 4);
        for (int warm = 0; warm < 3; warm++) foreach (var (demands, at) in problems) SourcingEngine.Solve(demands, at, options);
        long bytes = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        int proven = 0;
        TimeSpan longest = TimeSpan.Zero;
        foreach (var (demands, at) in problems)
        {
            long one = Stopwatch.GetTimestamp();
            if (SourcingEngine.Solve(demands, at, options).IsProven) proven++;
            var spent = Stopwatch.GetElapsedTime(one);
            if (spent > longest) longest = spent;
        }
        var all = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new Figures(orders, lines, nodes, orders / all.TotalSeconds, all.TotalMicroseconds / orders, longest.TotalMicroseconds, bytes / orders, proven);
    }

    private static (Demand[], SourcingNode[]) Make(ref ulong state, int lines, int nodes)
    {
        var demands = new Demand[lines];
        for (int i = 0; i < lines; i++) demands[i] = new Demand(i, 100 + i, 1 + Next(ref state, 3), 100 + Next(ref state, 40) * 50, 5_000);
        var made = new SourcingNode[nodes];
        for (int n = 0; n < nodes; n++)
        {
            var stock = new Dictionary<long, long>();
            for (int i = 0; i < lines; i++) if (Next(ref state, 100) < 60) stock[100 + i] = 1 + Next(ref state, 6);
            long price = 350 + Next(ref state, 400);
            var lanes = new List<LaneOffer> { new("standard", price, 90 + Next(ref state, 60), 30_000, 2 + Next(ref state, 3)) };
            if (Next(ref state, 2) == 0) lanes.Add(new LaneOffer("express", price * 2, 180 + Next(ref state, 80), 30_000, 1));
            if (Next(ref state, 3) == 0) lanes.Add(new LaneOffer("economy", price * 3 / 4, 150 + Next(ref state, 60), 15_000, 4));
            made[n] = new SourcingNode(n + 1, 50 + Next(ref state, 150), 20 + Next(ref state, 50), Next(ref state, 2), lanes, stock);
        }
        return (demands, made);
    }

    // SplitMix64: the same orders on every machine.
    private static int Next(ref ulong state, int below)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)below);
        }
    }
}
