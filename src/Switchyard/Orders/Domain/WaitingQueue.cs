using Switchyard.Inventory;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Units of one line that wait for stock.</summary>
/// <param name="IsWhole">All of them or none: a short line of a channel that does not sell by parts.</param>
public sealed record WaitingLine(int LineNo, long Sku, long Units, long WeightGrams, bool IsWhole);

/// <summary>An order whose lines wait, and the nodes that may serve it; what these have available is not looked at.</summary>
/// <param name="Buffer">Units of each SKU that the order's channel never sells, ≥ 0.</param>
public sealed record WaitingOrder(Guid Id, int Priority, long PlacedAtMs, IReadOnlyList<WaitingLine> Lines, IReadOnlyList<SourcingNode> Nodes, long Buffer,
    long SplitPenaltyMinor)
{
    /// <summary>Decides by the merchant's strategies; null while there are none.</summary>
    public OrderRouter? Router { get; init; }

    /// <summary>What its channel may be sold beside its buffer; told what is planned for it.</summary>
    public SaleLimit Limit { get; init; } = new(Buffer);
}

/// <summary>What one order is given.</summary>
public sealed record QueueShare(WaitingOrder Order, SourcingPlan Plan, RoutingDecision? Routing = null)
{
    /// <summary>What it was decided from.</summary>
    public DecisionInput? Input { get; init; }
}

/// <summary>Hands stock to those who wait for it: the more urgent first, of equals whoever ordered first. Pure.</summary>
public static class WaitingQueue
{
    private const long Steps = 200_000;

    /// <summary>The place in the queue: priority from high to low, then placing time, then id.</summary>
    public static int Compare(WaitingOrder a, WaitingOrder b) => Compare((a.Priority, a.PlacedAtMs, a.Id), (b.Priority, b.PlacedAtMs, b.Id));

    /// <inheritdoc cref="Compare(WaitingOrder, WaitingOrder)"/>
    public static int Compare((int Priority, long PlacedAtMs, Guid Id) a, (int Priority, long PlacedAtMs, Guid Id) b) =>
        b.Priority.CompareTo(a.Priority) is not 0 and var urgent ? urgent
        : a.PlacedAtMs.CompareTo(b.PlacedAtMs) is not 0 and var earlier ? earlier : a.Id.CompareTo(b.Id);

    /// <summary>
    /// Each order in turn gets the cheapest plan for as many of its units as the stock that is left allows; what it gets is gone for those
    /// behind it. An order that cannot be sent from where the stock is lets the next one pass.
    /// </summary>
    /// <param name="stock">Units by SKU and node that may be handed out; lowered by what is. Below 0 counts as 0.</param>
    /// <returns>Those that get something, in the order of the queue.</returns>
    public static IReadOnlyList<QueueShare> Serve(IEnumerable<WaitingOrder> orders, IDictionary<(long Sku, long Node), long> stock)
    {
        var shares = new List<QueueShare>();
        foreach (var order in orders.Order(Comparer<WaitingOrder>.Create(Compare)))
        {
            var routed = Plan(order, stock, order.Lines);
            // A line that is sent whole or not at all gave way to a weight limit: the others are planned without it.
            var cut = routed.Plan.Unfilled.Select(u => u.Line).ToHashSet();
            if (order.Lines.Any(l => l.IsWhole && cut.Contains(l.LineNo)))
                routed = Plan(order, stock, [.. order.Lines.Where(l => !l.IsWhole || !cut.Contains(l.LineNo))]);
            var plan = routed.Plan;
            if (plan.Shipments.Count == 0) continue;
            var skuOf = order.Lines.ToDictionary(l => l.LineNo, l => l.Sku);
            foreach (var part in plan.Shipments.SelectMany(s => s.Parts)) order.Limit.Plan(skuOf[part.Line], part.Quantity);
            foreach (var shipment in plan.Shipments)
                foreach (var part in shipment.Parts) stock[(skuOf[part.Line], shipment.NodeId)] -= part.Quantity;
            shares.Add(new QueueShare(order, plan, routed.Routing) { Input = routed.Input });
        }
        return shares;
    }

    private static RoutedPlan Plan(WaitingOrder order, IDictionary<(long Sku, long Node), long> stock, IReadOnlyList<WaitingLine> lines)
    {
        var skus = lines.Select(l => l.Sku).Distinct().ToList();
        var nodes = order.Nodes.Select(n => n with { Available = skus.Where(s => At(s, n.NodeId) > 0).ToDictionary(s => s, s => At(s, n.NodeId)) }).ToList();
        var left = skus.ToDictionary(s => s, s => order.Limit.Of(s, nodes.Sum(n => n.Available.GetValueOrDefault(s))));
        var demands = new List<Demand>(lines.Count);
        foreach (var line in lines)
        {
            long units = line.IsWhole && left[line.Sku] < line.Units ? 0 : Math.Min(left[line.Sku], line.Units);
            left[line.Sku] -= units;
            if (units > 0) demands.Add(new Demand(line.LineNo, line.Sku, units, line.WeightGrams, 0));
        }
        return OrderRouter.Solve(order.Router, demands, nodes, new SourcingOptions(order.SplitPenaltyMinor, BudgetSteps: Steps));

        long At(long sku, long node) => stock.TryGetValue((sku, node), out long units) ? units : 0;
    }
}
