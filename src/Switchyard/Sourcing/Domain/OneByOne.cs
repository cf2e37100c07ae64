namespace Switchyard.Sourcing;

/// <summary>Orders planned in turn, each from what the ones before it leave: for figures too large for the prices of a batch.</summary>
internal static class OneByOne
{
    public static BatchPlan Solve(BatchOrder[] orders, BatchNode[] nodes, BatchOptions options)
    {
        var left = nodes.ToDictionary(n => n.Node.NodeId, n => (Stock: new Dictionary<long, long>(n.Node.Available), n.CapUnits, n.CapShipments));
        foreach (var frozen in orders) if (frozen.IsFrozen) Take(frozen, frozen.Current ?? []);
        var plans = new List<BatchOrderPlan>();
        Int128 cost = 0, bound = 0;
        foreach (var order in orders)
        {
            if (order.IsFrozen)
            {
                plans.Add(new BatchOrderPlan(order.OrderId, null, false));
                continue;
            }
            var rules = new SourcingOptions(order.SplitPenaltyMinor, order.MaxShipments, options.MayDivideLines, order.PromiseDays, options.BudgetSteps, options.FillFirst);
            bound += SourcingEngine.Solve(order.Demands, [.. nodes.Select(n => n.Node with { Lanes = order.Lanes.GetValueOrDefault(n.Node.NodeId, []) })], rules).BoundMinor;
            Int128 wanted = 0;
            foreach (var demand in order.Demands) wanted += Math.Max(0, demand.Quantity);
            // A node that could not send the whole order is left alone, so that its limits hold.
            var now = nodes.Select(n => n.Node with
            {
                Available = left[n.Node.NodeId].Stock,
                Lanes = left[n.Node.NodeId] is { CapShipments: null or > 0 } room && (room.CapUnits ?? long.MaxValue) >= wanted ? order.Lanes.GetValueOrDefault(n.Node.NodeId, []) : [],
            });
            var plan = SourcingEngine.Solve(order.Demands, [.. now], rules);
            Take(order, plan.Shipments);
            cost += plan.CostMinor;
            plans.Add(new BatchOrderPlan(order.OrderId, plan with { IsProven = false }, true));
        }
        long total = SourcingReport.Saturate(cost);
        return new BatchPlan(plans, total, Math.Min(total, SourcingReport.Saturate(bound)), IsProven: false);

        void Take(BatchOrder order, IReadOnlyList<PlannedShipment> shipments)
        {
            foreach (var shipment in shipments)
            {
                if (!left.TryGetValue(shipment.NodeId, out var room)) continue;
                foreach (var part in shipment.Parts)
                    if (order.Demands.FirstOrDefault(d => d.Line == part.Line) is { } demand && room.Stock.TryGetValue(demand.SkuId, out long units))
                        room.Stock[demand.SkuId] = Math.Max(0, units) - part.Quantity;
                left[shipment.NodeId] = (room.Stock, room.CapUnits - shipment.Parts.Sum(p => p.Quantity), room.CapShipments - 1);
            }
        }
    }
}
