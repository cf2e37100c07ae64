namespace Switchyard.Sourcing;

/// <summary>Decides which nodes send which units of one order.</summary>
public static class SourcingEngine
{
    /// <summary>First form: lines in order from the nodes in order; the exact engine follows in the next commit.</summary>
    public static SourcingPlan Solve(IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, SourcingOptions options)
    {
        var left = demands.ToDictionary(d => d.Line, d => d.Quantity);
        var shipments = new List<PlannedShipment>();
        foreach (var node in nodes.Where(n => n.Lanes.Count > 0).OrderBy(n => n.NodeId).DistinctBy(n => n.NodeId))
        {
            var stock = node.Available.ToDictionary();
            var parts = new List<LinePart>();
            foreach (var demand in demands)
            {
                long units = Math.Min(left[demand.Line], stock.GetValueOrDefault(demand.SkuId));
                if (units <= 0) continue;
                stock[demand.SkuId] -= units;
                left[demand.Line] -= units;
                parts.Add(new LinePart(demand.Line, units));
            }
            if (parts.Count > 0) shipments.Add(new PlannedShipment(node.NodeId, node.Lanes[0].Service, node.Lanes[0].BaseMinor, parts));
        }
        return new SourcingPlan(shipments, [.. left.Where(l => l.Value > 0).Select(l => new LinePart(l.Key, l.Value))], 0, 0, false, []);
    }
}
