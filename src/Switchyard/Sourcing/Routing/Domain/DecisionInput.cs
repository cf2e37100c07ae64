namespace Switchyard.Sourcing;

/// <summary>All that one decision was made from: deciding again by it gives the same plan.</summary>
/// <param name="Nodes">With the stock as the decision saw it.</param>
/// <param name="Router">Null: the house rule decided, and no strategy looked on.</param>
public sealed record DecisionInput(IReadOnlyList<Demand> Demands, IReadOnlyList<SourcingNode> Nodes, SourcingOptions Options, OrderRouter? Router)
{
    public RoutedPlan Decide() => OrderRouter.Solve(Router, Demands, Nodes, Options);

    /// <summary>SKUs that are wanted, in the order of the lines.</summary>
    internal long[] Skus => [.. Demands.Select(d => d.SkuId).Distinct()];
}
