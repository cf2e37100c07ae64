using System.Diagnostics;
using Switchyard.Sourcing;

namespace Switchyard.Bench;

/// <summary>Row 12: orders planned together, beside planning each in turn and beside taking what is nearest; and one order among 1,000 nodes.</summary>
internal static class SourcingRow
{
    private const int Cases = 8;

    public static void Run(Report report)
    {
        report.Row(12, "one order of 3 lines, 8 nodes", SourcingBench.Run(20_000, 3, 8) is var small ? $"{small.MeanMicroseconds:0.0} us" : "", "-", small.ToString());
        report.Row(12, "one order of 10 lines, 1,000 nodes", SourcingBench.Run(200, 10, 1_000) is var large ? $"{large.MeanMicroseconds / 1000:0.00} ms" : "", "<= 1 ms warm", large.ToString());
        foreach (bool mayDivide in new[] { false, true })
            foreach (var (orders, stock) in new[] { (10, 100), (15, 60), (25, 100), (25, 40) }) Batch(report, new SourcingCases.Shape(orders, 8, mayDivide, stock));
    }

    private static void Batch(Report report, SourcingCases.Shape shape)
    {
        double ours = 0, inTurn = 0, nearest = 0, longest = 0;
        int proven = 0;
        for (ulong seed = 1; seed <= Cases; seed++)
        {
            var (orders, nodes) = SourcingCases.Batch(seed * 7919 + (ulong)shape.Orders, shape);
            var options = new BatchOptions(shape.MayDivide, FillFirst: false);
            long start = Stopwatch.GetTimestamp();
            var plan = BatchEngine.Solve(orders, nodes, options);
            longest = Math.Max(longest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (plan.IsProven) proven++;
            double bound = Math.Max(1, plan.BoundMinor);
            ours += plan.CostMinor / bound / Cases;
            inTurn += InTurn(orders, nodes, o => o, options) / bound / Cases;
            nearest += InTurn(orders, nodes, o => Nearest(o, nodes), options) / bound / Cases;
        }
        report.Row(12, $"{shape.Orders} {(shape.MayDivide ? "divided" : "whole-line")} orders, 8 nodes, stock {shape.StockPercent} %", $"{ours:0.000} x", "<= 1.02 x the optimum, 2 s",
            $"costs over our lower bound; each in turn {inTurn:0.00}, nearest first {nearest:0.00}; {proven} of {Cases} proven, longest {longest:0} ms");
    }

    // Each order exactly, from what those before it left.
    private static long InTurn(BatchOrder[] orders, BatchNode[] nodes, Func<BatchOrder, BatchOrder> as_, BatchOptions options)
    {
        long cost = 0;
        var left = nodes.Select(n => n with { Node = n.Node with { Available = new Dictionary<long, long>(n.Node.Available) } }).ToArray();
        foreach (var order in orders)
        {
            var plan = BatchEngine.Solve([as_(order)], left, options).Orders[0].Plan!;
            for (int n = 0; n < left.Length; n++)
            {
                if (plan.Shipments.FirstOrDefault(s => s.NodeId == left[n].Node.NodeId) is not { } shipment) continue;
                var stock = (Dictionary<long, long>)left[n].Node.Available;
                foreach (var part in shipment.Parts) stock[order.Demands[part.Line].SkuId] -= part.Quantity;
                left[n] = left[n] with { CapUnits = left[n].CapUnits - shipment.Parts.Sum(p => p.Quantity), CapShipments = left[n].CapShipments - 1 };
            }
            cost += plan.CostMinor + Skipped(order, as_(order), plan, nodes);
        }
        return cost;
    }

    // The rule sees prices that only rise with distance; what its plan costs more in truth is added.
    private static BatchOrder Nearest(BatchOrder order, BatchNode[] nodes)
    {
        var byDistance = order.Lanes.OrderBy(l => l.Value[0].BaseMinor).Select((l, rank) => (l.Key, Rank: rank)).ToDictionary(l => l.Key, l => l.Rank);
        return order with
        {
            SplitPenaltyMinor = 0,
            Lanes = order.Lanes.ToDictionary(l => l.Key, l => (IReadOnlyList<LaneOffer>)[.. l.Value.Select(o => o with { BaseMinor = byDistance[l.Key], PerKgMinor = byDistance[l.Key] * 1000 })]),
        };
    }

    private static long Skipped(BatchOrder order, BatchOrder seen, SourcingPlan plan, BatchNode[] nodes)
    {
        if (ReferenceEquals(order, seen)) return 0;
        long truth = Math.Max(0, plan.Shipments.Count - 1) * order.SplitPenaltyMinor;
        foreach (var left in plan.Unfilled) truth += left.Quantity * order.Demands[left.Line].UnfilledPenaltyMinor;
        foreach (var shipment in plan.Shipments)
        {
            var node = nodes.Single(n => n.Node.NodeId == shipment.NodeId).Node;
            truth += order.Lanes[shipment.NodeId].Where(l => node.ReadyDay + l.TransitDays <= order.PromiseDays).Min(l => l.BaseMinor
                + shipment.Parts.Sum(p => p.Quantity * order.Demands[p.Line].WeightGrams) * l.PerKgMinor / 1000) + node.PickFixedMinor;
            truth += shipment.Parts.Sum(p => p.Quantity * (node.HandlingMinor + node.Opportunity!.GetValueOrDefault(order.Demands[p.Line].SkuId)));
        }
        return truth - plan.CostMinor;
    }
}
