namespace Switchyard.Sourcing;

/// <summary>
/// What would have flipped a decision, whichever rules made it. Of the house rule <see cref="SourcingFlips"/> tells it; a strategy is asked
/// again with one figure changed, more and less by halves, so that the amount that is told flips it and one less does not. Pure.
/// </summary>
public static class RoutingFlips
{
    private const int MostDoublings = 30, MostDays = 60;

    /// <param name="routed">What the input was decided as; nothing is said of a plan that is not proven.</param>
    /// <param name="most">Candidates looked at: the cheapest that could send the whole order first.</param>
    public static IReadOnlyList<SourcingFlip> Of(DecisionInput input, RoutedPlan routed, int most = 8)
    {
        // Where all could be sent without the nodes that were full that day, these were not asked.
        if (routed.Plan.Candidates.Any(c => c.Code == CandidateCodes.Full)) input = input with { Nodes = [.. input.Nodes.Where(n => !n.IsFull)] };
        var plan = routed.Plan with { Candidates = [.. routed.Plan.Candidates.Where(c => c.Code != CandidateCodes.Full)] };
        if (input.Router?.Routing.Live is not { } live) return SourcingFlips.Of(input.Demands, input.Nodes, input.Options, plan, most);
        var flips = new List<SourcingFlip>();
        if (!plan.IsProven) return flips;
        var nodeOf = input.Nodes.DistinctBy(n => n.NodeId).ToDictionary(n => n.NodeId);
        foreach (var shipment in plan.Shipments) Add(Dearer(nodeOf[shipment.NodeId]));
        var others = plan.Candidates.Where(c => c.Code is not (CandidateCodes.Chosen or CandidateCodes.NoLane)).OrderBy(c => c.CostMinor ?? long.MaxValue).ThenBy(c => c.NodeId);
        foreach (var candidate in others.Take(Math.Max(0, most)))
        {
            var node = nodeOf[candidate.NodeId];
            Add(Least(new SourcingFlip(node.NodeId, FlipChanges.Cheaper, 0, null, []), SourcingFlips.MostOff(node)));
            foreach (var sku in input.Demands.Where(d => d.Quantity > 0).GroupBy(d => d.SkuId))
                Add(Least(new SourcingFlip(node.NodeId, FlipChanges.MoreStock, 0, sku.Key, []),
                    Math.Min(1L << 40, sku.Sum(d => Math.Min(1L << 32, d.Quantity))) - Math.Max(0, node.Available.GetValueOrDefault(sku.Key))));
            Add(Least(new SourcingFlip(node.NodeId, FlipChanges.Earlier, 0, null, []), node.Lanes.Count == 0 ? 0 : Math.Min(MostDays, node.Lanes.Min(l => (long)node.ReadyDay + l.TransitDays))));
        }
        return flips;

        void Add(SourcingFlip? flip)
        {
            if (flip is not null) flips.Add(flip);
        }

        // The nodes of the plan when the change is made and it flips; else null.
        IReadOnlyList<long>? Try(SourcingFlip change)
        {
            var then = input.Router.By(live, input.Demands, SourcingFlips.Changed(input.Nodes, change), input.Options).Plan;
            return then.IsProven && SourcingFlips.IsFlipped(change, then) ? [.. then.Shipments.Select(s => s.NodeId)] : null;
        }

        SourcingFlip? Dearer(SourcingNode node)
        {
            var flip = new SourcingFlip(node.NodeId, FlipChanges.Dearer, 0, null, []);
            for (int doubling = 4; doubling <= MostDoublings; doubling += 2)
                if (Try(flip with { Amount = 1L << doubling }) is not null) return Least(flip, 1L << doubling);
            return null;
        }

        // At 0 the decision stands as it was; at the most it must flip.
        SourcingFlip? Least(SourcingFlip flip, long most)
        {
            if (most <= 0 || Try(flip with { Amount = most }) is not { } nodes) return null;
            for (long low = 0, high = most; ;)
            {
                if (high - low <= 1) return flip with { Amount = high, Nodes = nodes };
                long middle = low + (high - low) / 2;
                if (Try(flip with { Amount = middle }) is { } there) (high, nodes) = (middle, there);
                else low = middle;
            }
        }
    }
}
