using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What a strategy leaves of the stock for whoever asks, so that nothing is offered that placing would then refuse. Pure.</summary>
internal static class RoutedSupply
{
    private const long Steps = 20_000;
    private static readonly IReadOnlyDictionary<long, long> Nothing = new Dictionary<long, long>();

    /// <summary>The nodes that may serve by some method.</summary>
    public static HashSet<long> Serving(OrderRouter router, IReadOnlyList<(string Method, IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> Nodes)> routes) =>
        [.. routes.SelectMany(r => router.With(router.Order with { Method = r.Method }).Eligible([.. r.Nodes.Select(n => Node(n, Nothing))]))];

    /// <summary>Units of each SKU that could be sent by the best method if nothing else were wanted.</summary>
    /// <param name="here">Units the nodes have between them.</param>
    public static Dictionary<long, long> Capped(OrderRouter router, IReadOnlyList<(string Method, IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> Nodes)> routes,
        IReadOnlyList<WantedUnits> wanted, IReadOnlyDictionary<long, IReadOnlyDictionary<long, long>> available, Dictionary<long, long> here)
    {
        var capped = new Dictionary<long, long>(here.Count);
        foreach (var (i, want) in wanted.Index())
        {
            long units = here[want.SkuId], most = 0;
            if (units <= 0 || capped.ContainsKey(want.SkuId)) { capped.TryAdd(want.SkuId, units); continue; }
            long asked = wanted.Where(w => w.SkuId == want.SkuId).Sum(w => w.Quantity);
            foreach (var (method, nodes) in routes)
            {
                var by = router.With(router.Order with { Method = method });
                List<SourcingNode> from = [.. nodes.Select(n => Node(n, available.GetValueOrDefault(n.Node.Id, Nothing)))];
                most = Most(most, units, asked, router.SendsWhole,
                    n => OrderRouter.Solve(by, [new Demand(i, want.SkuId, n, want.WeightGrams, 0)], from, new SourcingOptions(0, BudgetSteps: Steps)).Sent);
            }
            capped[want.SkuId] = Math.Min(units, most);
        }
        return capped;
    }

    /// <summary>Who sends all or nothing answers nothing to more than he can: then what is asked for is tried, and less and more by halves.</summary>
    /// <param name="most">Units that some method sends for sure.</param>
    private static long Most(long most, long units, long asked, bool isWhole, Func<long, long> sent)
    {
        if (most >= units) return most;
        most = Math.Max(most, sent(units));
        if (!isWhole) return most;
        for (long tooMany = units, tried = asked; tooMany - most > 1; tried = most + (tooMany - most) / 2)
        {
            if (tried <= most || tried >= tooMany) continue;
            long can = sent(tried);
            if (can < tried) tooMany = tried;
            most = Math.Max(most, can);
        }
        return most;
    }

    private static SourcingNode Node((NodeSettings Node, IReadOnlyList<LaneOffer> Lanes) at, IReadOnlyDictionary<long, long> available) =>
        new(at.Node.Id, at.Node.PickFixedMinor, at.Node.HandlingMinor, at.Node.LeadDays, at.Lanes, available);
}
