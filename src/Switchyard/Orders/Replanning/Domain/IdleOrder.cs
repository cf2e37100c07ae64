using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Units of a line that are promised from a node.</summary>
public readonly record struct PlacedUnits(int Line, long Node, long Units);

/// <summary>An order on which nobody works yet, with all its units claimed at nodes: it may be decided anew together with others.</summary>
/// <param name="No">Its own among the orders it is decided with; of equal plans the lower one has the choice.</param>
/// <param name="Demands">Its open units, which are those of <paramref name="Places"/>.</param>
/// <param name="Places">Where they are claimed now.</param>
/// <param name="Nodes">
/// Nodes that may serve it, each with the services by which what was promised is kept, and those where it is with the service it is planned
/// by. What they have available is not looked at.
/// </param>
public sealed record IdleOrder(long No, IReadOnlyList<Demand> Demands, IReadOnlyList<PlacedUnits> Places, IReadOnlyList<SourcingNode> Nodes, long SplitPenaltyMinor)
{
    /// <summary>Decides by the merchant's strategies; null while there are none.</summary>
    public OrderRouter? Router { get; init; }

    /// <summary>The service that units at a node are planned by; a node that is not in it: nobody knows.</summary>
    public IReadOnlyDictionary<long, string> Services { get; init; } = new Dictionary<long, string>();

    /// <summary>By which services of which nodes units that come there now keep the promise; null: nothing was promised.</summary>
    public IReadOnlySet<(long Node, string Service)>? InTime { get; init; }

    /// <summary>Units by SKU and node, as stock is counted.</summary>
    internal IReadOnlyDictionary<(long Sku, long Node), long> Stock => StockOf(Places);

    internal IReadOnlyDictionary<(long Sku, long Node), long> StockOf(IEnumerable<PlacedUnits> places) =>
        places.GroupBy(p => (Demands.First(d => d.Line == p.Line).SkuId, p.Node)).ToDictionary(g => g.Key, g => g.Sum(p => p.Units));

    internal static IReadOnlyList<PlacedUnits> PlacesOf(SourcingPlan plan) =>
        [.. plan.Shipments.SelectMany(s => s.Parts.Select(p => new PlacedUnits(p.Line, s.NodeId, p.Quantity)))];

    /// <summary>
    /// Pairs of line and node whose units get their dates anew under a plan: more units than are there now, or another service. The rest keep
    /// the dates they have.
    /// </summary>
    public IReadOnlyDictionary<(int Line, long Node), string> Redated(SourcingPlan plan)
    {
        var now = Places.GroupBy(p => (p.Line, p.Node)).ToDictionary(g => g.Key, g => g.Sum(p => p.Units));
        return plan.Shipments.SelectMany(s => s.Parts.Where(p => p.Quantity > now.GetValueOrDefault((p.Line, s.NodeId))
                || Services.TryGetValue(s.NodeId, out string? service) && service != s.Service).Select(p => ((p.Line, s.NodeId), s.Service)))
            .ToDictionary(p => p.Item1, p => p.Service);
    }

    /// <summary>Is all of it sent, and no later than was promised?</summary>
    public bool IsKept(SourcingPlan plan) => plan.Unfilled.Count == 0 && plan.Shipments.Sum(s => s.Parts.Sum(p => p.Quantity)) == Demands.Sum(d => d.Quantity)
        && (InTime is null || Redated(plan).All(p => InTime.Contains((p.Key.Node, p.Value))));
}
