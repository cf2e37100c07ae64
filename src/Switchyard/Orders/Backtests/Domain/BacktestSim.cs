using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>A line of an order as the back-test plans it.</summary>
internal sealed record SimLine(int Line, long SkuId, string Sku, long Quantity, long WeightGrams);

/// <summary>An order of the period, with what was done.</summary>
/// <param name="Then">The settings it was decided by, changed as is wished.</param>
/// <param name="IsByParts">May it be promised in part?</param>
/// <param name="Before">What was done with it.</param>
internal sealed record SimOrder(DecidedOrder Order, DateTimeOffset PlacedAt, DateTimeOffset? PromisedBy, IReadOnlyList<SimLine> Lines, RoutedOrder Facts, MerchantSettings Then, bool IsTodays,
    bool IsByParts, BacktestPlan Before)
{
    /// <summary>Its lines go ways that somebody chose (collected, or each its own): it stays as it was.</summary>
    public bool IsFixed { get; init; }

    /// <summary>When it was cancelled: what it still waited for then it waits for no longer.</summary>
    public DateTimeOffset? GoneAt { get; init; }
}

/// <summary>
/// Replays orders on stock as it was: what was not done by orders of the period moves stock as recorded, what these take and give back is
/// theirs to decide anew. Pure; everything is told to it in the order in which it happened.
/// </summary>
/// <param name="strategy">Decides about all; null: the strategy of each order's settings, or none.</param>
internal sealed class BacktestSim(NetworkChange change, RoutingSettings routing, RoutingFigures figures, RoutingStrategy? strategy, MerchantSettings today)
{
    private const long Steps = 200_000;
    private const int MostTries = 8;

    private readonly Dictionary<(long Sku, long Node), long> _stock = [];
    private readonly Dictionary<OrderId, Taken> _orders = [];
    private readonly Dictionary<long, SortedDictionary<long, OrderId>> _waiting = [];
    private readonly Dictionary<(long Node, DateOnly Day), long> _sent = [];
    private readonly Dictionary<long, List<(long Node, int Percent)>> _mirrors = Mirrors(change, today);
    private readonly Dictionary<long, long> _limits = (change.Capacity ?? []).ToDictionary(c => today.NodesByCode[Text.Key(c!.Node)].Id, c => c!.ParcelsPerDay);
    private long _no;

    /// <summary>What an order has and what it still lacks, by SKU.</summary>
    private sealed class Taken(long no, SimOrder order)
    {
        public long No => no;
        public SimOrder Order => order;
        public Dictionary<long, long> Lacks { get; } = [];
        public List<(long Sku, long Node, long Units)> Has { get; } = [];
    }

    public BacktestTally Tally { get; } = new();

    /// <summary>Stock at the beginning.</summary>
    public void Start(long sku, long node, long available)
    {
        _stock[(sku, node)] = available;
        foreach (var (mirror, percent) in _mirrors.GetValueOrDefault(node, [])) _stock[(sku, mirror)] = Math.Max(0, available) * percent / 100;
    }

    /// <summary>Stock that moved for another reason than an order of the period. Those who wait get what comes.</summary>
    /// <param name="at">When it moved.</param>
    public void Move(long sku, long node, long delta, DateTimeOffset at)
    {
        _stock[(sku, node)] = At(sku, node) + delta;
        if (delta <= 0) return;
        foreach (var (mirror, percent) in _mirrors.GetValueOrDefault(node, [])) _stock[(sku, mirror)] = At(sku, mirror) + delta * percent / 100;
        if (!_waiting.TryGetValue(sku, out var queue)) return;
        foreach (var (no, _) in queue.Where(w => _orders[w.Value].Order.GoneAt <= at).ToList()) queue.Remove(no);
        foreach (var (_, id) in queue.ToList())
            if (Serve(id, sku, long.MaxValue) == 0 && At(sku, node) <= 0) break;
    }

    /// <summary>Decides about an order in its turn.</summary>
    /// <returns>The order, when it would go otherwise.</returns>
    public BacktestOrder? Decide(SimOrder order)
    {
        var taken = _orders[order.Order.Id] = new Taken(_no++, order);
        var skus = order.Lines.Select(l => l.SkuId).Distinct().ToList();
        foreach (long sku in skus) taken.Lacks[sku] = order.Lines.Where(l => l.SkuId == sku).Sum(l => l.Quantity);
        if (order.IsFixed) return Keep(taken);
        var nodes = Nodes(order, skus);
        var channel = order.Then.Channels.Values.First(c => c.Id == order.Order.Channel);
        var left = skus.ToDictionary(s => s, s => Math.Max(0, nodes.Sum(n => n.Available.GetValueOrDefault(s)) - channel.Buffer));
        var demands = new List<Demand>();
        foreach (var line in order.Lines)
        {
            long units = Math.Min(line.Quantity, left[line.SkuId]);
            if (units < line.Quantity && !order.IsByParts) units = 0;
            left[line.SkuId] -= units;
            if (units > 0) demands.Add(new Demand(line.Line, line.SkuId, units, line.WeightGrams, 0));
        }
        var routed = Solve(order, demands, nodes, channel.SplitPenaltyMinor);
        for (int tries = 1; tries < MostTries && !order.IsByParts && routed.Plan.Unfilled.Count > 0; tries++)
        {
            var cut = routed.Plan.Unfilled.Select(u => u.Line).ToHashSet();
            demands.RemoveAll(d => cut.Contains(d.Line));
            routed = Solve(order, demands, nodes, channel.SplitPenaltyMinor);
        }
        Take(taken, routed.Plan);
        foreach (var (sku, lacks) in taken.Lacks.Where(l => l.Value > 0)) Wait(taken, sku);
        var after = Told(order, routed.Plan, taken.Lacks.Values.Sum());
        long wanted = order.Lines.Sum(l => l.Quantity);
        return Tally.Add(order.PlacedAt, wanted, order.PromisedBy, order.Before, after, order.IsTodays)
            ? new BacktestOrder(order.Order.Id, order.Order.Number, order.PlacedAt, order.Before, after) : null;
    }

    private BacktestOrder? Keep(Taken taken)
    {
        var (order, skuOf) = (taken.Order, taken.Order.Lines.ToDictionary(l => l.Line, l => l.SkuId));
        foreach (var parcel in order.Before.Parcels)
            foreach (var part in parcel.Parts.Where(p => skuOf.ContainsKey(p.Line)))
            {
                if (!order.Then.NodesByCode.TryGetValue(Text.Key(parcel.Node), out var node)) continue;
                var (sku, units) = (skuOf[part.Line], part.Quantity);
                _stock[(sku, node.Id)] = At(sku, node.Id) - units;
                taken.Has.Add((sku, node.Id, units));
                taken.Lacks[sku] -= units;
            }
        Tally.Add(order.PlacedAt, order.Lines.Sum(l => l.Quantity), order.PromisedBy, order.Before, order.Before, order.IsTodays);
        return null;
    }

    /// <summary>As it happened, the order took units later than at placing, or gave them back: below 0.</summary>
    public void Took(OrderId id, long sku, long units)
    {
        if (!_orders.TryGetValue(id, out var taken)) return;
        if (units > 0)
        {
            Tally.FilledLater(units, 0);
            Serve(id, sku, units);
            return;
        }
        long back = -units;
        for (int i = taken.Has.Count - 1; i >= 0 && back > 0; i--)
        {
            if (taken.Has[i].Sku != sku) continue;
            long here = Math.Min(back, taken.Has[i].Units);
            taken.Has[i] = taken.Has[i] with { Units = taken.Has[i].Units - here };
            taken.Lacks[sku] = taken.Lacks.GetValueOrDefault(sku) + here;
            _stock[(sku, taken.Has[i].Node)] = At(sku, taken.Has[i].Node) + here;
            back -= here;
        }
        // Given back for good or for another place: what it still wants it takes when it takes something again.
        long gone = Math.Min(back, taken.Lacks.GetValueOrDefault(sku));
        taken.Lacks[sku] = taken.Lacks.GetValueOrDefault(sku) - gone;
        if (_waiting.TryGetValue(sku, out var queue)) queue.Remove(taken.No);
    }

    /// <summary>Gives an order units of what it lacks.</summary>
    private long Serve(OrderId id, long sku, long most)
    {
        if (!_orders.TryGetValue(id, out var taken) || taken.Lacks.GetValueOrDefault(sku) is not (> 0 and var lacks)) return 0;
        var (order, line) = (taken.Order, taken.Order.Lines.First(l => l.SkuId == sku));
        var nodes = Nodes(order, [sku]);
        var channel = order.Then.Channels.Values.First(c => c.Id == order.Order.Channel);
        // Whoever waits leaves the channel's buffer where it is, as at placing; what an order took as it happened was given to it.
        long free = nodes.Sum(n => n.Available.GetValueOrDefault(sku)) - (most == long.MaxValue ? channel.Buffer : 0);
        long units = Math.Min(Math.Min(lacks, most), free);
        if (units <= 0 || most == long.MaxValue && units < lacks && !order.IsByParts) return 0;
        var routed = Solve(order, [new Demand(line.Line, sku, units, line.WeightGrams, 0)], nodes, channel.SplitPenaltyMinor);
        long sent = Take(taken, routed.Plan);
        Tally.FilledLater(0, sent);
        if (taken.Lacks[sku] == 0 && _waiting.TryGetValue(sku, out var queue)) queue.Remove(taken.No);
        return sent;
    }

    private RoutedPlan Solve(SimOrder order, IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, long splitPenaltyMinor)
    {
        var by = strategy is null ? order.Then.Routing with { Shadow = null } : routing with { Live = strategy, Shadow = null };
        var router = by.Live is null ? null : new OrderRouter(order.Then, order.Facts, by with { Traits = routing.Traits, Places = routing.Places }, Figures(order));
        return OrderRouter.Solve(router, demands, nodes, new SourcingOptions(splitPenaltyMinor, BudgetSteps: Steps));
    }

    // What waits at a node is what it was given that day.
    private RoutingFigures Figures(SimOrder order)
    {
        if (strategy?.UsesFigures != true && order.Then.Routing.Live?.UsesFigures != true) return figures;
        var waiting = order.Then.Nodes.ToDictionary(n => n.Id, n => _sent.GetValueOrDefault((n.Id, DayOf(order))));
        return figures with { Waiting = waiting, CapacityLeft = _limits.ToDictionary(l => l.Key, l => Math.Max(0, l.Value - waiting.GetValueOrDefault(l.Key))) };
    }

    private List<SourcingNode> Nodes(SimOrder order, IReadOnlyList<long> skus)
    {
        var to = order.Order;
        var channel = order.Then.Channels.Values.First(c => c.Id == to.Channel);
        var nodes = new List<SourcingNode>();
        foreach (var (node, lanes) in OrderRoutes.Between(order.Then, channel.ExcludedNodeKinds, to.Country, to.Postcode, to.Method))
        {
            if (_limits.TryGetValue(node.Id, out long most) && _sent.GetValueOrDefault((node.Id, DayOf(order))) >= most) continue;
            nodes.Add(new SourcingNode(node.Id, node.PickFixedMinor, node.HandlingMinor, node.LeadDays, lanes, skus.Where(s => At(s, node.Id) > 0).ToDictionary(s => s, s => At(s, node.Id))));
        }
        return nodes;
    }

    private long Take(Taken taken, SourcingPlan plan)
    {
        var skuOf = taken.Order.Lines.ToDictionary(l => l.Line, l => l.SkuId);
        long sent = 0;
        foreach (var shipment in plan.Shipments)
        {
            _sent[(shipment.NodeId, DayOf(taken.Order))] = _sent.GetValueOrDefault((shipment.NodeId, DayOf(taken.Order))) + 1;
            foreach (var part in shipment.Parts)
            {
                long sku = skuOf[part.Line];
                _stock[(sku, shipment.NodeId)] = At(sku, shipment.NodeId) - part.Quantity;
                taken.Has.Add((sku, shipment.NodeId, part.Quantity));
                taken.Lacks[sku] -= part.Quantity;
                sent += part.Quantity;
            }
        }
        return sent;
    }

    private void Wait(Taken taken, long sku)
    {
        if (!_waiting.TryGetValue(sku, out var queue)) _waiting[sku] = queue = [];
        queue[taken.No] = taken.Order.Order.Id;
    }

    private BacktestPlan Told(SimOrder order, SourcingPlan plan, long unfilled)
    {
        var skus = order.Lines.ToDictionary(l => l.Line, l => l.Sku);
        return PlanOf(order.Order, order.PlacedAt, order.Then, today, plan.CostMinor, unfilled, [.. plan.Shipments.Select(s => (order.Then.NodesById[s.NodeId].Code, s.Service,
            (IReadOnlyList<BacktestPart>)[.. s.Parts.Select(p => new BacktestPart(p.Line, skus[p.Line], p.Quantity))]))]);
    }

    /// <summary>A plan with its way and its dates, as both worlds are measured.</summary>
    public static BacktestPlan PlanOf(DecidedOrder order, DateTimeOffset placedAt, MerchantSettings then, MerchantSettings today, long costMinor, long unfilled,
        IReadOnlyList<(string Node, string Service, IReadOnlyList<BacktestPart> Parts)> parcels)
    {
        var to = today.PositionOf(order.Country, order.Postcode);
        var place = then.PlaceOf(order.Country, order.Postcode);
        long? km = null;
        DateTimeOffset? comes = null;
        bool isDated = true;
        foreach (var (code, service, _) in parcels)
        {
            if (!then.NodesByCode.TryGetValue(Text.Key(code), out var node)) { isDated = false; continue; }
            if (to is { } b && (node.Position ?? today.PositionOf(node.Country, node.Postcode)) is { } a) km = (km ?? 0) + MerchantSettings.KmBetween(a, b);
            var days = then.LanesTo(node.Id, place).Where(l => l.Service == service).Select(l => (int?)l.TransitDays).Max();
            if ((days ?? (then.HasLanes(node.Id) ? null : OrderRoutes.UnpricedDays)) is { } transit && PromiseDates.Of(node, service, transit, placedAt) is { } dates)
                comes = comes > dates.DeliverBy ? comes : dates.DeliverBy;
            else isDated = false;
        }
        return new BacktestPlan(costMinor, [.. parcels.Select(p => new BacktestParcel(p.Node, p.Service, p.Parts.Sum(x => x.Quantity), p.Parts))], unfilled, km, isDated ? comes : null);
    }

    private long At(long sku, long node) => _stock.GetValueOrDefault((sku, node));
    private static DateOnly DayOf(SimOrder order) => DateOnly.FromDateTime(order.PlacedAt.UtcDateTime);

    private static Dictionary<long, List<(long, int)>> Mirrors(NetworkChange change, MerchantSettings today) => (change.Added ?? []).Index()
        .Where(a => today.NodesByCode.ContainsKey(Text.Key(a.Item!.Like))).GroupBy(a => today.NodesByCode[Text.Key(a.Item!.Like)].Id)
        .ToDictionary(g => g.Key, g => g.Select(a => (NetworkChanges.IdOf(a.Index), a.Item!.StockPercent)).ToList());
}
