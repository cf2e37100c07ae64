namespace Switchyard.Sourcing;

/// <summary>Turns what a scenario ranks by into costs, so that the engine stays the one that decides, and tells real costs apart again.</summary>
internal sealed class ScenarioCosts(OrderRouter router, IReadOnlyList<Demand> demands)
{
    /// <summary>A day is worth so much to the objective balanced, when the scenario does not say.</summary>
    private const long BalancedDayMinor = 100;

    /// <summary>More than any order costs to send: one parcel less is always cheaper.</summary>
    internal const long ParcelMinor = 10_000_000_000;

    /// <summary>The nodes as the scenario sees them.</summary>
    public IReadOnlyList<SourcingNode> Rank(ReadyScenario scenario, IReadOnlyList<SourcingNode> nodes)
    {
        var weights = scenario.Weights;
        long day = weights.DayMinor > 0 || scenario.Objective != RoutingWords.Balanced ? weights.DayMinor : BalancedDayMinor;
        if (weights is { CostPercent: null or 100, HundredKmMinor: 0, StockMinor: 0, VelocityMinor: 0, WorkloadMinor: 0, NodeMinor: null, RankerMinor: 0 } && day == 0) return nodes;
        int percent = weights.CostPercent ?? 100;
        long[] skus = [.. demands.Select(d => d.SkuId).Distinct()];
        long farthest = weights.HundredKmMinor == 0 ? 0 : nodes.Select(n => router.Km(n.NodeId) ?? 0).DefaultIfEmpty().Max();
        var most = skus.ToDictionary(s => s, s => nodes.Select(n => n.Available.GetValueOrDefault(s)).DefaultIfEmpty().Max());
        var fastest = skus.ToDictionary(s => s, s => nodes.Select(n => router.Figures.Shipped.GetValueOrDefault((s, n.NodeId))).DefaultIfEmpty().Max());
        var ranker = scenario.RankerKey is { } key ? router.Order.Ranks.GetValueOrDefault(key) : null;
        return [.. nodes.Select(Ranked)];

        SourcingNode Ranked(SourcingNode node)
        {
            long km = weights.HundredKmMinor == 0 ? 0 : router.Km(node.NodeId) ?? farthest;
            long fixedMinor = Share(node.PickFixedMinor, percent, 100) + Share(weights.HundredKmMinor, km, 100)
                + weights.WorkloadMinor * Math.Min(10_000, router.Figures.Waiting.GetValueOrDefault(node.NodeId))
                + Share(weights.RankerMinor, ranker?.Lacks(node.NodeId) ?? 0, 100);
            long own = weights.NodeMinor is { } byNode && router.Node(node.NodeId) is { } at ? byNode.FirstOrDefault(n => n.Key.Equals(at.Code, StringComparison.OrdinalIgnoreCase)).Value : 0;
            var opportunity = new Dictionary<long, long>(skus.Length);
            foreach (long sku in skus)
            {
                long minor = node.Opportunity?.GetValueOrDefault(sku) ?? 0;
                if (most[sku] > 0) minor += weights.StockMinor - Share(weights.StockMinor, Math.Max(0, node.Available.GetValueOrDefault(sku)), most[sku]);
                if (fastest[sku] > 0) minor += Share(weights.VelocityMinor, router.Figures.Shipped.GetValueOrDefault((sku, node.NodeId)), fastest[sku]);
                if (minor != 0) opportunity[sku] = minor;
            }
            return node with
            {
                PickFixedMinor = fixedMinor,
                HandlingMinor = Share(node.HandlingMinor, percent, 100) + own,
                Lanes = [.. node.Lanes.Select(l => l with { BaseMinor = Share(l.BaseMinor, percent, 100) + day * ((long)node.ReadyDay + l.TransitDays), PerKgMinor = Share(l.PerKgMinor, percent, 100) })],
                Opportunity = opportunity,
            };
        }
    }

    /// <summary>What a parcel really costs, in thousandths of a minor unit.</summary>
    /// <param name="units">Positions in the demands and their units.</param>
    public (Int128 Milli, Int128 Carriage) Real(SourcingNode node, LaneOffer lane, IReadOnlyList<(int Demand, long Units)> units)
    {
        Int128 carriage = (Int128)Math.Max(0, lane.BaseMinor) * 1000, all = carriage + (Int128)Math.Max(0, node.PickFixedMinor) * 1000;
        foreach (var (at, count) in units)
        {
            Int128 weight = (Int128)Math.Max(0, lane.PerKgMinor) * Math.Max(0, demands[at].WeightGrams) * count;
            carriage += weight;
            all += count * Grains.MilliOfUnit(node, lane, demands[at].SkuId, Math.Max(0, demands[at].WeightGrams));
        }
        return (all, carriage);
    }

    /// <summary>What a parcel by a service really costs: of its lanes the cheapest that carries so much, or all that do not.</summary>
    public Int128 Real(SourcingNode node, string service, IReadOnlyList<(int Demand, long Units)> units)
    {
        decimal grams = units.Sum(u => (decimal)Math.Max(0, demands[u.Demand].WeightGrams) * u.Units);
        var lanes = node.Lanes.Where(l => l.Service == service).ToList();
        return lanes.Where(l => l.MaxWeightGrams >= grams).DefaultIfEmpty(lanes.MaxBy(l => l.MaxWeightGrams)!).Min(l => Real(node, l, units).Milli);
    }

    /// <summary>The parts of the cost of sending all of these from one node, by the lane that the scenario likes best.</summary>
    public (long Carriage, long Handling, long Rank)? Alone(SourcingNode node, SourcingNode ranked, IReadOnlyList<Demand> wanted)
    {
        (long, long, long)? best = null;
        Int128 least = Int128.MaxValue;
        List<(int, long)> units = [.. wanted.Select(w => (demands.Index().First(d => d.Item.Line == w.Line).Index, w.Quantity))];
        for (int i = 0; i < node.Lanes.Count; i++)
        {
            if (wanted.Sum(w => (decimal)w.WeightGrams * w.Quantity) > node.Lanes[i].MaxWeightGrams) continue;
            var (real, score) = (Real(node, node.Lanes[i], units), Real(ranked, ranked.Lanes[i], units));
            if (score.Milli >= least) continue;
            least = score.Milli;
            best = (Minor(real.Carriage), Minor(real.Milli - real.Carriage), Minor(score.Milli - real.Milli));
        }
        return best;
    }

    private static long Minor(Int128 milli) => SourcingReport.Saturate(SourcingReport.Minor(milli));

    /// <summary>A share of an amount, rounded half up.</summary>
    private static long Share(long amount, long part, long whole) => whole <= 0 ? 0 : SourcingReport.Saturate(((Int128)amount * part * 2 + whole) / ((Int128)whole * 2));
}
