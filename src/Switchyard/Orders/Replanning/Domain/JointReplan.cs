using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>How orders are decided anew together.</summary>
/// <param name="ChurnMinor">What it costs to move an order, minor units, ≥ 0: it moves only where more than that is saved.</param>
/// <param name="MinSavingMinor">Moves that depend on each other are made when they save at least this together, minor units, ≥ 0.</param>
/// <param name="BudgetSteps">As in <see cref="BatchOptions"/>.</param>
public sealed record JointRules(long ChurnMinor, long MinSavingMinor, long BudgetSteps = 10_000_000);

/// <summary>One order that is to move.</summary>
public sealed record JointMove(IdleOrder Order, RoutedPlan Plan, IReadOnlyList<PlacedUnits> To, long BeforeMinor, long AfterMinor);

/// <summary>What is to be done.</summary>
/// <param name="Groups">Moves that are made all or none: one takes what another gives up, or pays for it. Groups do not depend on each other.</param>
/// <param name="Seen">Orders whose cost is known, and which took part.</param>
/// <param name="BeforeMinor">What these cost as they are.</param>
/// <param name="OneByOneMinor">What they would cost if each in turn were moved to what is best for it.</param>
/// <param name="IsProven">There is no cheaper plan for all of them, leaving strategies aside.</param>
public sealed record JointAnswer(IReadOnlyList<IReadOnlyList<JointMove>> Groups, int Seen, long BeforeMinor, long OneByOneMinor, bool IsProven)
{
    public long AfterMinor => BeforeMinor - Groups.Sum(g => g.Sum(m => m.BeforeMinor - m.AfterMinor));
}

/// <summary>
/// Decides together where orders are sent from that wait for their release. Pure. The batch engine plans all of them at once; then each
/// order's own decider, with what the others leave, has the last word, so no order is sent as its strategy would not send it.
/// </summary>
public static class JointReplan
{
    private const long Steps = 50_000;

    /// <summary>The batch engine proves so many orders together in some milliseconds; of many more it would not better what is there.</summary>
    private const int MostAtOnce = 40;

    /// <summary>An order with what it costs now, and what is planned for it.</summary>
    internal sealed class Part(IdleOrder order, SourcingPlan current)
    {
        public IdleOrder Order { get; } = order;
        public SourcingPlan Current { get; } = current;
        public IReadOnlyDictionary<(long Sku, long Node), long> Here { get; } = order.Stock;
        public long BeforeMinor => Current.CostMinor;

        /// <summary>Null: it stays where it is.</summary>
        public RoutedPlan? Plan { get; set; }

        /// <summary>What is planned for it is not allowed, though others count on it.</summary>
        public bool IsRefused { get; set; }

        public IReadOnlyDictionary<(long Sku, long Node), long> Stock => Plan is null ? Here : Order.StockOf(IdleOrder.PlacesOf(Plan.Plan));
    }

    /// <param name="free">Units nobody has claimed, by SKU and node; below 0 counts as 0.</param>
    /// <param name="room">Shipments a node still takes beyond those that lie there; a node that is not in it has no limit.</param>
    /// <returns>
    /// Only what costs less: each group saves more than its churn, and no unit or shipment is planned that there is not. No promise gets
    /// later. Budget and answer depend on no clock.
    /// </returns>
    public static JointAnswer Solve(IReadOnlyList<IdleOrder> orders, IReadOnlyDictionary<(long Sku, long Node), long> free, IReadOnlyDictionary<long, long> room, JointRules rules)
    {
        var parts = orders.OrderBy(o => o.No).Select(Known).OfType<Part>().ToList();
        long before = parts.Sum(p => p.BeforeMinor);
        InTurn(parts, new JointRoom(free, room), rules);
        var alone = JointGroups.Of(parts, free, room, rules);
        bool isProven = Together(parts, free, room, rules);
        var together = JointGroups.Of(parts, free, room, rules);
        var best = JointGroups.Net(together, rules) >= JointGroups.Net(alone, rules) ? together : alone;
        return new JointAnswer(best, parts.Count, before, before - alone.Sum(JointGroups.Saving), isProven);
    }

    /// <summary>What the order costs where it is; null when nobody can say, or it could not be sent so any more: it is left alone.</summary>
    private static Part? Known(IdleOrder order)
    {
        var there = order.Stock;
        List<SourcingNode> nodes = [.. order.Nodes.Select(n => n with { Available = Of(there, n.NodeId) }).Where(n => n.Available.Count > 0)];
        var plan = OrderRouter.Solve(order.Router, order.Demands, nodes, Options(order)).Plan;
        if (!IsAll(plan) && order.Router is not null) plan = SourcingEngine.Solve(order.Demands, nodes, Options(order));
        return IsAll(plan) ? new Part(order, plan) : null;

        bool IsAll(SourcingPlan plan) => plan.Unfilled.Count == 0 && plan.Shipments.Count > 0;
    }

    /// <summary>Each in turn takes the best of what is free, as if it were alone.</summary>
    private static void InTurn(List<Part> parts, JointRoom room, JointRules rules)
    {
        foreach (var part in parts)
        {
            room.Give(part.Here);
            var plan = Decide(part.Order, room);
            if (part.Order.IsKept(plan.Plan) && plan.Plan.CostMinor + rules.ChurnMinor < part.BeforeMinor && IsElsewhere(part, plan.Plan)) part.Plan = plan;
            room.Take(part.Stock);
        }
    }

    /// <summary>Betters what planning in turn has found, lot by lot of orders that want the same goods, the others staying as they are planned.</summary>
    /// <returns>Is the plan proven to be the cheapest?</returns>
    private static bool Together(List<Part> parts, IReadOnlyDictionary<(long Sku, long Node), long> free, IReadOnlyDictionary<long, long> limits, JointRules rules)
    {
        var left = new JointRoom(free, limits);
        foreach (var part in parts) left.Give(part.Here);
        foreach (var part in parts) left.Take(part.Stock);
        var lots = Lots(parts).ToList();
        bool isProven = true;
        foreach (var lot in lots) isProven &= Better(lot, left, rules with { BudgetSteps = rules.BudgetSteps / lots.Count });
        foreach (var part in parts.Where(p => p.Plan is not null)) Judge(part, left);
        return lots.Count <= 1 && isProven;
    }

    // Twice, by another SKU of each order, so that those who meet in no lot of the first round may in the second.
    private static IEnumerable<List<Part>> Lots(List<Part> parts) => parts.Count == 0 ? [] : parts.Count <= MostAtOnce ? [parts]
        : parts.OrderBy(p => p.Order.Demands.Min(d => d.SkuId)).ThenBy(p => p.Order.No).Chunk(MostAtOnce)
            .Concat(parts.OrderBy(p => p.Order.Demands.Max(d => d.SkuId)).ThenByDescending(p => p.Order.No).Chunk(MostAtOnce)).Select(l => l.ToList());

    private static bool Better(List<Part> lot, JointRoom left, JointRules rules)
    {
        foreach (var part in lot) left.Give(part.Stock);
        var nodes = lot.SelectMany(p => p.Order.Nodes).DistinctBy(n => n.NodeId)
            .Select(n => new BatchNode(n with { Available = left.At(n.NodeId) }, CapShipments: left.Shipments(n.NodeId))).ToList();
        var plan = BatchEngine.Solve([.. lot.Select(p => Wish(p, rules))], nodes, new BatchOptions(BudgetSteps: rules.BudgetSteps));
        var plans = lot.OrderBy(p => p.Order.No).Zip(plan.Orders, (part, planned) => (Part: part, Plan: planned.Plan!)).ToList();
        long now = lot.Sum(p => p.Plan is { } routed ? routed.Plan.CostMinor + rules.ChurnMinor : p.BeforeMinor);
        long then = plans.Sum(p => IsElsewhere(p.Part, p.Plan) ? p.Plan.CostMinor + rules.ChurnMinor : p.Part.BeforeMinor);
        if (then < now && plans.TrueForAll(p => p.Plan.Unfilled.Count == 0))
            foreach (var (part, planned) in plans) part.Plan = IsElsewhere(part, planned) ? RoutedPlan.House(planned) : null;
        foreach (var part in lot) left.Take(part.Stock);
        return plan.IsProven;
    }

    /// <summary>What the order's own decider makes of what the others leave.</summary>
    private static void Judge(Part part, JointRoom left)
    {
        left.Give(part.Stock);
        var own = Decide(part.Order, left);
        if (part.Order.IsKept(own.Plan)) part.Plan = IsElsewhere(part, own.Plan) ? own : null;
        else if (left.Fits(part.Here)) part.Plan = null;
        else part.IsRefused = true;
        left.Take(part.Stock);
    }

    private static BatchOrder Wish(Part part, JointRules rules)
    {
        var order = part.Order;
        var eligible = order.Router?.Eligible(order.Nodes);
        var at = part.Current.Shipments.Select(s => s.NodeId).ToHashSet();
        return new BatchOrder(order.No, order.Demands, order.Nodes.Where(n => eligible?.Contains(n.NodeId) != false || at.Contains(n.NodeId)).ToDictionary(n => n.NodeId, n => n.Lanes),
            order.SplitPenaltyMinor, Current: part.Current.Shipments, ChurnMinor: rules.ChurnMinor);
    }

    private static RoutedPlan Decide(IdleOrder order, JointRoom room)
    {
        var skus = order.Demands.Select(d => d.SkuId).Distinct().ToList();
        var nodes = order.Nodes.Where(n => room.Shipments(n.NodeId) is not <= 0).Select(n => n with { Available = skus.Where(s => room.Units(s, n.NodeId) > 0).ToDictionary(s => s, s => room.Units(s, n.NodeId)) });
        return OrderRouter.Solve(order.Router, order.Demands, [.. nodes], Options(order));
    }

    private static bool IsElsewhere(Part part, SourcingPlan plan)
    {
        var stock = part.Order.StockOf(IdleOrder.PlacesOf(plan));
        return stock.Count != part.Here.Count || stock.Any(s => part.Here.GetValueOrDefault(s.Key) != s.Value);
    }

    private static SourcingOptions Options(IdleOrder order) => new(order.SplitPenaltyMinor, BudgetSteps: Steps);

    private static Dictionary<long, long> Of(IReadOnlyDictionary<(long Sku, long Node), long> stock, long node) =>
        stock.Where(s => s.Key.Node == node).ToDictionary(s => s.Key.Sku, s => s.Value);
}
