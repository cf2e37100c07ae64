using Shouldly;
using Switchyard.Sourcing;

namespace Switchyard.Tests.Sourcing;

/// <summary>Every plan of a small batch, one after the other, and the check that a plan is possible and costs what it says.</summary>
public static class BatchOracle
{
    private sealed record Plan(long Milli, long Sent, bool IsChanged, Dictionary<(long Node, long Sku), long> Units, HashSet<long> Nodes);

    /// <summary>Units sent and thousandths of a minor unit, churn included, of the best plan; under FillFirst most units come first.</summary>
    public static (long Sent, long Milli) Best(IReadOnlyList<BatchOrder> orders, IReadOnlyList<BatchNode> nodes, BatchOptions options)
    {
        var plans = orders.Select(o => Plans(o, nodes, options).OrderBy(p => p.Milli).ToList()).ToList();
        var stock = nodes.SelectMany(n => n.Node.Available.Select(a => ((n.Node.NodeId, a.Key), a.Value))).ToDictionary(a => a.Item1, a => a.Value);
        var units = nodes.ToDictionary(n => n.Node.NodeId, n => n.CapUnits ?? long.MaxValue);
        var shipments = nodes.ToDictionary(n => n.Node.NodeId, n => n.CapShipments ?? long.MaxValue);
        var best = (Sent: -1L, Milli: long.MaxValue);
        long[] least = [.. Enumerable.Range(0, orders.Count + 1).Select(o => plans.Skip(o).Sum(p => p[0].Milli))];
        long[] most = [.. Enumerable.Range(0, orders.Count + 1).Select(o => plans.Skip(o).Sum(p => p.Max(x => x.Sent)))];
        Choose(0, 0, 0);
        return best;

        void Choose(int o, long sent, long milli)
        {
            if (options.FillFirst ? sent + most[o] < best.Sent || (sent + most[o] == best.Sent && milli + least[o] >= best.Milli) : milli + least[o] >= best.Milli) return;
            if (o == orders.Count)
            {
                best = (sent, milli);
                return;
            }
            foreach (var plan in plans[o])
            {
                if (!plan.Nodes.All(n => shipments[n] > 0) || !plan.Units.All(u => stock[u.Key] >= u.Value)) continue;
                if (plan.Units.GroupBy(u => u.Key.Node).Any(g => g.Sum(u => u.Value) > units[g.Key])) continue;
                Take(plan, 1);
                Choose(o + 1, sent + plan.Sent, milli + plan.Milli);
                Take(plan, -1);
            }
        }

        void Take(Plan plan, int sign)
        {
            foreach (long node in plan.Nodes) shipments[node] -= sign;
            foreach (var ((node, sku), taken) in plan.Units)
            {
                stock[(node, sku)] -= sign * taken;
                units[node] -= sign * taken;
            }
        }
    }

    private static IEnumerable<Plan> Plans(BatchOrder order, IReadOnlyList<BatchNode> nodes, BatchOptions options)
    {
        var sent = new long[order.Demands.Count, nodes.Count];
        var made = new List<Plan>();
        Line(0, 0, order.Demands[0].Quantity);
        return made;

        void Line(int line, int n, long left)
        {
            var demand = order.Demands[line];
            if (n == nodes.Count)
            {
                if (!options.MayDivideLines && left > 0 && left < demand.Quantity) return;
                if (line + 1 < order.Demands.Count) Line(line + 1, 0, order.Demands[line + 1].Quantity);
                else if (Price() is { } plan) made.Add(plan);
                return;
            }
            for (long take = 0; take <= Math.Min(left, Math.Max(0, nodes[n].Node.Available.GetValueOrDefault(demand.SkuId))); take++)
            {
                if (!options.MayDivideLines && take != 0 && take != demand.Quantity) continue;
                sent[line, n] = take;
                Line(line, n + 1, left - take);
            }
            sent[line, n] = 0;
        }

        Plan? Price()
        {
            long milli = 0, all = 0;
            var units = new Dictionary<(long, long), long>();
            var used = new HashSet<long>();
            for (int n = 0; n < nodes.Count; n++)
            {
                var parts = Enumerable.Range(0, order.Demands.Count).Where(l => sent[l, n] > 0).ToList();
                if (parts.Count == 0) continue;
                var node = nodes[n].Node;
                long grams = parts.Sum(l => sent[l, n] * order.Demands[l].WeightGrams);
                var prices = order.Lanes.GetValueOrDefault(node.NodeId, []).Where(l => (order.PromiseDays is not { } days || node.ReadyDay + l.TransitDays <= days) && grams <= l.MaxWeightGrams)
                    .Select(l => (l.BaseMinor + node.PickFixedMinor) * 1000 + parts.Sum(p => sent[p, n] * SourcingOracle.Unit((node, l), order.Demands[p]))).ToList();
                if (prices.Count == 0) return null;
                milli += prices.Min();
                used.Add(node.NodeId);
                foreach (int l in parts)
                {
                    units[(node.NodeId, order.Demands[l].SkuId)] = units.GetValueOrDefault((node.NodeId, order.Demands[l].SkuId)) + sent[l, n];
                    all += sent[l, n];
                }
            }
            if (used.Count > Math.Max(0, order.MaxShipments)) return null;
            for (int l = 0; l < order.Demands.Count; l++)
                milli += (order.Demands[l].Quantity - Enumerable.Range(0, nodes.Count).Sum(n => sent[l, n])) * order.Demands[l].UnfilledPenaltyMinor * 1000;
            milli += Math.Max(0, used.Count - 1) * order.SplitPenaltyMinor * 1000;
            bool isChanged = order.Current is null || !IsCurrent();
            return new Plan(milli + (order.Current is not null && isChanged ? order.ChurnMinor * 1000 : 0), all, isChanged, units, used);
        }

        bool IsCurrent()
        {
            for (int l = 0; l < order.Demands.Count; l++)
                for (int n = 0; n < nodes.Count; n++)
                    if (sent[l, n] != order.Current!.Where(s => s.NodeId == nodes[n].Node.NodeId).SelectMany(s => s.Parts).Where(p => p.Line == order.Demands[l].Line).Sum(p => p.Quantity))
                        return false;
            return true;
        }
    }

    /// <summary>Every limit is kept and each order costs what it says. Returns units sent and minor units with churn.</summary>
    public static (long Sent, long Minor) Check(IReadOnlyList<BatchOrder> orders, IReadOnlyList<BatchNode> nodes, BatchOptions options, BatchPlan plan, string what)
    {
        plan.Orders.Select(o => o.OrderId).ShouldBe(orders.Select(o => o.OrderId).Order(), what);
        var stock = new Dictionary<(long, long), long>();
        var units = new Dictionary<long, long>();
        var shipments = new Dictionary<long, long>();
        long churn = 0, sent = 0;
        foreach (var done in plan.Orders)
        {
            var order = orders.Single(o => o.OrderId == done.OrderId);
            var taken = done.Plan?.Shipments ?? order.Current!;
            foreach (var shipment in taken)
            {
                shipments[shipment.NodeId] = shipments.GetValueOrDefault(shipment.NodeId) + 1;
                foreach (var part in shipment.Parts)
                {
                    var key = (shipment.NodeId, order.Demands.Single(d => d.Line == part.Line).SkuId);
                    stock[key] = stock.GetValueOrDefault(key) + part.Quantity;
                    units[shipment.NodeId] = units.GetValueOrDefault(shipment.NodeId) + part.Quantity;
                }
            }
            order.IsFrozen.ShouldBe(done.Plan is null, what);
            if (done.Plan is null) continue;
            var seen = nodes.Select(n => n.Node with { Lanes = order.Lanes.GetValueOrDefault(n.Node.NodeId, []) }).ToList();
            // The orders' own bounds are not told apart, so the cost stands in for them.
            SourcingOracle.Check(order.Demands, seen, new SourcingOptions(order.SplitPenaltyMinor, order.MaxShipments, options.MayDivideLines, order.PromiseDays),
                done.Plan with { BoundMinor = done.Plan.CostMinor }, what);
            foreach (var shipment in done.Plan.Shipments)
                shipment.Parts.Sum(p => p.Quantity * order.Demands.Single(d => d.Line == p.Line).WeightGrams)
                    .ShouldBeLessThanOrEqualTo(order.Lanes[shipment.NodeId].First(l => l.Service == shipment.Service).MaxWeightGrams, what);
            sent += done.Plan.Shipments.Sum(s => s.Parts.Sum(p => p.Quantity));
            if (order.Current is not null && done.IsChanged) churn += order.ChurnMinor;
        }
        foreach (var ((node, sku), taken) in stock) taken.ShouldBeLessThanOrEqualTo(nodes.Single(n => n.Node.NodeId == node).Node.Available.GetValueOrDefault(sku), what);
        foreach (var node in nodes)
        {
            units.GetValueOrDefault(node.Node.NodeId).ShouldBeLessThanOrEqualTo(node.CapUnits ?? long.MaxValue, what);
            shipments.GetValueOrDefault(node.Node.NodeId).ShouldBeLessThanOrEqualTo(node.CapShipments ?? long.MaxValue, what);
        }
        plan.CostMinor.ShouldBe(plan.Orders.Sum(o => o.Plan?.CostMinor ?? 0), what);
        plan.BoundMinor.ShouldBeLessThanOrEqualTo(plan.CostMinor + churn, what);
        return (sent, plan.CostMinor + churn);
    }
}
