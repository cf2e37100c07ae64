using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What deciding about an order needs beside its lines and nodes; see <see cref="StockPromise.Decide"/>.</summary>
/// <param name="Later">What may be sold that is not there, of goods that go by these routes.</param>
/// <param name="Limit">What of it may be sold to this buyer.</param>
/// <param name="Router">Decides by the merchant's strategies, for goods that go by these routes.</param>
internal sealed record PromiseAsk(OnShort OnShort, Func<long, bool> Elsewhere, Func<OrderRoutes, LaterSupply> Later, bool IsAsking, Func<OrderRoutes, OrderRouter?> Router, Func<OrderRoutes, SaleLimit> Limit)
{
    /// <summary>A plan made earlier outside the locks.</summary>
    public RoutedPlan? Prepared { get; init; }

    /// <summary>What the limits were told of is about to be taken.</summary>
    public Action? Forget { get; init; }
}

/// <summary>
/// Decides the promise of an order of which some lines go another way than the rest: what is collected at a store, and what is sent. Each way is decided by
/// itself on what the ways before it left; all or none of them are promised. Pure.
/// </summary>
internal static class MixedPromise
{
    /// <param name="nodes">The nodes of these routes with what they have.</param>
    /// <remarks>Errors: as of <see cref="StockPromise.Decide"/>.</remarks>
    public static Result<Promise> Decide(IReadOnlyList<NewLine> lines, OrderRoutes routes, Func<OrderRoutes, IReadOnlyList<SourcingNode>> nodes, PromiseAsk ask)
    {
        if (!routes.IsMixed) return Of(lines, routes, nodes(routes), ask, null);
        var taken = new Dictionary<(long Node, long Sku), long>();
        var waiting = new Dictionary<long, long>();
        var promises = new List<Promise>();
        // What can come from one place only goes first.
        foreach (var way in lines.Where(l => l.HoldsStock).GroupBy(l => routes.For(l.LineNo)).OrderBy(g => g.Key.IsCollected ? 0 : 1).ThenBy(g => g.Min(l => l.LineNo)))
        {
            List<NewLine> own = [.. way];
            var left = nodes(way.Key).Select(n => n with { Available = n.Available.ToDictionary(a => a.Key, a => a.Value - taken.GetValueOrDefault((n.NodeId, a.Key))) }).ToList();
            var promise = Of(own, way.Key, left, ask, waiting);
            if (promise.Error is { } error) { ask.Forget?.Invoke(); return error; }
            foreach (var sold in promise.Value.Allocations.GroupBy(a => a.Sku)) ask.Limit(way.Key).Plan(sold.Key, sold.Sum(a => a.Quantity));
            foreach (var a in promise.Value.Allocations) taken[(a.Node, a.Sku)] = taken.GetValueOrDefault((a.Node, a.Sku)) + a.Quantity;
            foreach (var line in own.Where(l => l.SkuId is not null)) waiting[line.SkuId!.Value] = waiting.GetValueOrDefault(line.SkuId.Value) + line.Backordered + line.Preordered;
            promises.Add(promise.Value);
        }
        ask.Forget?.Invoke();
        return Merge(promises);
    }

    private static Result<Promise> Of(IReadOnlyList<NewLine> lines, OrderRoutes routes, IReadOnlyList<SourcingNode> nodes, PromiseAsk ask, Dictionary<long, long>? waiting)
    {
        var later = ask.Later(routes);
        return StockPromise.Decide(lines, nodes, ask.OnShort, ask.Limit(routes), routes.SplitPenaltyMinor, ask.Elsewhere, waiting is null ? later : later.Behind(waiting), ask.IsAsking,
            waiting is null ? ask.Prepared : null, ask.Router(routes));
    }

    private static Promise Merge(List<Promise> promises) => new(
        [.. promises.SelectMany(p => p.Allocations)], [.. promises.SelectMany(p => p.Holds)],
        new SourcingPlan(
            [.. promises.SelectMany(p => p.Plan.Shipments).OrderBy(s => s.NodeId)], [.. promises.SelectMany(p => p.Plan.Unfilled).OrderBy(u => u.Line)],
            promises.Sum(p => p.Plan.CostMinor), promises.Sum(p => p.Plan.BoundMinor), promises.TrueForAll(p => p.Plan.IsProven),
            [.. promises.SelectMany(p => p.Plan.Candidates).GroupBy(c => c.NodeId).Select(g => g.FirstOrDefault(c => c.Code == CandidateCodes.Chosen) is { Code: not null } chosen ? chosen : g.First()).OrderBy(c => c.NodeId)]))
    { Routing = promises.Select(p => p.Routing).FirstOrDefault(r => r is not null) };
}
