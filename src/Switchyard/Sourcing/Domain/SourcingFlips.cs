namespace Switchyard.Sourcing;

/// <summary>The smallest change of one figure that would have made another choice.</summary>
/// <param name="NodeId">The node whose figure changes.</param>
/// <param name="Change">One of <see cref="FlipChanges"/>.</param>
/// <param name="Amount">Minor units, units or days; ≥ 1. One less changes nothing about this node.</param>
/// <param name="SkuId">Of which stock there is more; null for the other changes.</param>
/// <param name="Nodes">The nodes that would send then, ascending.</param>
public sealed record SourcingFlip(long NodeId, string Change, long Amount, long? SkuId, IReadOnlyList<long> Nodes);

/// <summary>What can change, part of the API: never renamed.</summary>
public static class FlipChanges
{
    /// <summary>A shipment from a node that is not in the plan costs less: it comes into the plan.</summary>
    public const string Cheaper = "cheaper";

    /// <summary>A shipment from a node of the plan costs more: the plan does without it.</summary>
    public const string Dearer = "dearer";

    /// <summary>A node that is not in the plan has more units of an SKU: it comes into the plan.</summary>
    public const string MoreStock = "more_stock";

    /// <summary>Goods from a node that is not in the plan arrive so many days earlier: it comes into the plan.</summary>
    public const string Earlier = "earlier";
}

/// <summary>
/// What would have flipped a decision, for the nodes of the plan and the candidates next to it. Each figure is found by planning the order
/// again with it and with one less, so that a flip that is told is one. Takes some fifty plans: for the asking, or when a decision is kept.
/// </summary>
public static class SourcingFlips
{
    private const int MostTries = 6;

    /// <param name="plan">What <see cref="SourcingEngine.Solve"/> answered to the same; nothing is said of one that is not proven.</param>
    /// <param name="most">Candidates looked at: those that could send the whole order at the least cost first.</param>
    public static IReadOnlyList<SourcingFlip> Of(
        IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, SourcingOptions options, SourcingPlan plan, int most = 6)
    {
        var flips = new List<SourcingFlip>();
        if (!plan.IsProven) return flips;
        var nodeOf = nodes.DistinctBy(n => n.NodeId).ToDictionary(n => n.NodeId);
        foreach (var shipment in plan.Shipments) Add(Dearer(nodeOf[shipment.NodeId]));
        var others = plan.Candidates.Where(c => c.Code is not (CandidateCodes.Chosen or CandidateCodes.NoLane)).OrderBy(c => c.CostMinor ?? long.MaxValue).ThenBy(c => c.NodeId);
        foreach (var candidate in others.Take(Math.Max(0, most)))
        {
            var node = nodeOf[candidate.NodeId];
            Add(Cheaper(node));
            foreach (long sku in demands.Where(d => d.Quantity > 0).Select(d => d.SkuId).Distinct()) Add(MoreStock(node, sku));
            Add(Earlier(node));
        }
        return flips;

        void Add(SourcingFlip? flip)
        {
            if (flip is not null) flips.Add(flip);
        }

        SourcingPlan? Try(SourcingFlip change)
        {
            var tried = SourcingEngine.Solve(demands, Changed(nodes, change), options);
            return tried.IsProven ? tried : null;
        }

        SourcingFlip? Dearer(SourcingNode node)
        {
            var without = SourcingEngine.Solve(demands, [.. nodes.Where(n => n.NodeId != node.NodeId)], options);
            if (!without.IsProven || (options.FillFirst && Sent(without) < Sent(plan))) return null;
            return Around(new SourcingFlip(node.NodeId, FlipChanges.Dearer, 0, null, []), without.CostMinor - plan.CostMinor, long.MaxValue);
        }

        SourcingFlip? Cheaper(SourcingNode node)
        {
            long mostOff = MostOff(node);
            var flip = new SourcingFlip(node.NodeId, FlipChanges.Cheaper, mostOff, null, []);
            if (mostOff <= 0 || Try(flip) is not { } with || !IsFlipped(flip, with)) return null;
            return Around(flip, with.CostMinor + mostOff - plan.CostMinor, mostOff);
        }

        // Costs are rounded, and equal plans are chosen by the shipments they take: the exact amount is near the difference.
        SourcingFlip? Around(SourcingFlip flip, long guess, long last)
        {
            long amount = Math.Clamp(guess, 1, last);
            bool? isBefore = null;
            for (int tries = 0; tries < MostTries && amount >= 0 && amount <= last; tries++)
            {
                var plan = amount == 0 ? null : Try(flip with { Amount = amount });
                if (amount > 0 && plan is null) return null;
                bool isFlipped = amount > 0 && IsFlipped(flip, plan!);
                if (isFlipped && (isBefore == false || amount == 1)) return flip with { Amount = amount, Nodes = NodesOf(plan!) };
                if (!isFlipped && isBefore == true) return Try(flip with { Amount = amount + 1 }) is { } next ? flip with { Amount = amount + 1, Nodes = NodesOf(next) } : null;
                isBefore = isFlipped;
                amount += isFlipped ? -1 : 1;
            }
            return null;
        }

        SourcingFlip? MoreStock(SourcingNode node, long sku)
        {
            Int128 wanted = 0;
            foreach (var demand in demands) if (demand.SkuId == sku && demand.Quantity > 0) wanted += demand.Quantity;
            long missing = (long)Int128.Clamp(wanted - Math.Max(0, node.Available.GetValueOrDefault(sku)), 0, 1L << 40);
            var flip = new SourcingFlip(node.NodeId, FlipChanges.MoreStock, missing, sku, []);
            if (missing == 0 || Try(flip) is not { } plan || !IsFlipped(flip, plan)) return null;
            for (long low = 0; ;)
            {
                if (flip.Amount - low <= 1) return flip with { Nodes = NodesOf(plan) };
                long middle = low + (flip.Amount - low) / 2;
                if (Try(flip with { Amount = middle }) is not { } tried) return null;
                if (IsFlipped(flip, tried)) (flip, plan) = (flip with { Amount = middle }, tried);
                else low = middle;
            }
        }

        SourcingFlip? Earlier(SourcingNode node)
        {
            if (options.PromiseDays is not { } days) return null;
            foreach (long late in node.Lanes.Select(l => (long)node.ReadyDay + l.TransitDays - days).Where(l => l is > 0 and <= 365).Distinct().Order())
            {
                var flip = new SourcingFlip(node.NodeId, FlipChanges.Earlier, late, null, []);
                if (Try(flip) is { } plan && IsFlipped(flip, plan)) return flip with { Nodes = NodesOf(plan) };
            }
            return null;
        }
    }

    /// <summary>The nodes as they are after the change.</summary>
    public static IReadOnlyList<SourcingNode> Changed(IReadOnlyList<SourcingNode> nodes, SourcingFlip flip) =>
        [.. nodes.Select(n => n.NodeId == flip.NodeId ? Changed(n, flip) : n)];

    private static SourcingNode Changed(SourcingNode node, SourcingFlip flip)
    {
        switch (flip.Change)
        {
            case FlipChanges.Dearer:
                return node with { PickFixedMinor = Math.Max(0, node.PickFixedMinor) + flip.Amount };
            case FlipChanges.Cheaper:
                long off = Math.Min(flip.Amount, Math.Max(0, node.PickFixedMinor)), rest = flip.Amount - off;
                return node with
                {
                    PickFixedMinor = Math.Max(0, node.PickFixedMinor) - off,
                    Lanes = [.. node.Lanes.Select(l => l with { BaseMinor = Math.Max(0, Math.Max(0, l.BaseMinor) - rest) })],
                };
            case FlipChanges.MoreStock:
                var stock = new Dictionary<long, long>(node.Available);
                stock[flip.SkuId!.Value] = Math.Max(0, stock.GetValueOrDefault(flip.SkuId.Value)) + flip.Amount;
                return node with { Available = stock };
            default:
                return node with { ReadyDay = (int)(node.ReadyDay - flip.Amount) };
        }
    }

    /// <summary>Does the plan choose otherwise about the node than before the change?</summary>
    public static bool IsFlipped(SourcingFlip flip, SourcingPlan plan) =>
        plan.Shipments.Any(s => s.NodeId == flip.NodeId) == (flip.Change != FlipChanges.Dearer);

    // A shipment cannot cost less than nothing.
    internal static long MostOff(SourcingNode node)
    {
        long least = node.Lanes.Count == 0 ? 0 : node.Lanes.Min(l => Math.Max(0, l.BaseMinor));
        return Math.Min(1L << 40, Math.Min(1L << 40, least) + Math.Clamp(node.PickFixedMinor, 0, 1L << 40));
    }

    private static long[] NodesOf(SourcingPlan plan) => [.. plan.Shipments.Select(s => s.NodeId)];

    private static Int128 Sent(SourcingPlan plan)
    {
        Int128 sent = 0;
        foreach (var shipment in plan.Shipments) foreach (var part in shipment.Parts) sent += part.Quantity;
        return sent;
    }
}
