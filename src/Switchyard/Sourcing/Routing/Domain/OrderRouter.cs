namespace Switchyard.Sourcing;

/// <summary>
/// The one decider: everything that plans an order asks it: placing, availability, previews, edits, the queue. Without a live strategy it is the
/// engine alone. Pure; the figures it ranks by were read before.
/// </summary>
public sealed class OrderRouter
{
    private readonly MerchantSettings _settings;
    private readonly RoutingSettings _routing;
    private Dictionary<long, long?>? _km;

    /// <param name="settings">Strategies, nodes and figures as they are known.</param>
    /// <param name="routing">Other strategies than those of the settings, to be tried.</param>
    public OrderRouter(MerchantSettings settings, RoutedOrder order, RoutingSettings? routing = null, RoutingFigures? figures = null) =>
        (_settings, Order, _routing, Figures) = (settings, order, routing ?? settings.Routing, figures ?? settings.Figures);

    public RoutedOrder Order { get; }

    internal RoutingSettings Routing => _routing;

    /// <summary>Distances that somebody asked for; those of a decision that was made before are given.</summary>
    internal IReadOnlyDictionary<long, long?> KnownKm
    {
        get => _km ?? [];
        init => _km = new Dictionary<long, long?>(value);
    }

    /// <summary>Does a strategy ask for this field, or for one that begins with it and a dot?</summary>
    internal bool Asks(string field) => _routing.Live?.Asks(field) == true || _routing.Shadow?.Asks(field) == true;

    /// <summary>Does any strategy look at orders? If not, nobody need find out what it would ask.</summary>
    public static bool IsNeeded(MerchantSettings settings) => settings.Routing.Live is not null || settings.Routing.Shadow is not null;

    /// <summary>Does a strategy ask who buys?</summary>
    public bool AsksWhoBuys => _routing.Live?.UsesCustomer == true || _routing.Shadow?.UsesCustomer == true;

    /// <summary>May the live strategy send nothing of what it could send a part of?</summary>
    public bool SendsWhole => _routing.Live?.Scenarios.Any(s => s.Split.IsWhole) == true;

    /// <summary>The same for the order as more is known about it.</summary>
    public OrderRouter With(RoutedOrder order) => new(_settings, order, _routing, Figures) { _km = _km };

    /// <summary>The plan of an order, by the live strategy or by the house rule.</summary>
    /// <remarks>A node that is full that day sends only what cannot all be sent without it.</remarks>
    public static RoutedPlan Solve(OrderRouter? router, IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, SourcingOptions options)
    {
        var input = new DecisionInput(demands, nodes, options, router);
        if (!HasFull(nodes)) return Decide(router, demands, nodes, options) with { Input = input };
        var others = Decide(router, demands, [.. nodes.Where(n => !n.IsFull)], options);
        return (others.Plan.Unfilled.Count == 0 ? others.Without([.. nodes.Where(n => n.IsFull).Select(n => n.NodeId)]) : Decide(router, demands, nodes, options)) with { Input = input };
    }

    private static bool HasFull(IReadOnlyList<SourcingNode> nodes)
    {
        for (int i = 0; i < nodes.Count; i++) if (nodes[i].IsFull) return true;
        return false;
    }

    private static RoutedPlan Decide(OrderRouter? router, IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, SourcingOptions options)
    {
        if (router is null) return RoutedPlan.House(SourcingEngine.Solve(demands, nodes, options));
        var routing = router._routing;
        var decided = routing.Live is { } live ? router.By(live, demands, nodes, options) : RoutedPlan.House(SourcingEngine.Solve(demands, nodes, options));
        if (routing.Shadow is not { } shadow) return decided;
        var seen = router.By(shadow, demands, nodes, options);
        var told = new ShadowDecision(shadow.Code, shadow.Version, seen.Routing!.Scenarios.FirstOrDefault(s => s.Outcome is "sent" or "partly")?.Name,
            seen.Plan.CostMinor, seen.Plan.Unfilled.Sum(u => u.Quantity), [.. seen.Plan.Shipments.Select(s => s.NodeId)]);
        return decided with { Routing = (decided.Routing ?? new RoutingDecision(HouseRule, 0, [], [])) with { Shadow = told } };
    }

    /// <summary>The name under which a decision without a strategy stands where one must be named.</summary>
    public const string HouseRule = "house";

    /// <summary>The plan as a certain strategy has it.</summary>
    public RoutedPlan By(RoutingStrategy strategy, IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, SourcingOptions options) =>
        new ScenarioWalk(this, demands, nodes, options).Go(strategy);

    /// <summary>Nodes that some scenario may send from, for whatever lines: where it is worth to look for stock.</summary>
    public IReadOnlySet<long> Eligible(IReadOnlyList<SourcingNode> nodes)
    {
        if (_routing.Live is not { } live) return nodes.Select(n => n.NodeId).ToHashSet();
        var matching = live.Scenarios.Where(s => RoutingFields.Holds(s.When, Order, Traits)).ToList();
        bool isHouse = !matching.Exists(s => s.Lines is null);
        return nodes.Where(n => isHouse || matching.Exists(s => (s.Nodes is null || MayServe(s, n)) && (s.Services is null || n.Lanes.Any(l => s.Services.Contains(l.Service)))))
            .Select(n => n.NodeId).ToHashSet();
    }

    internal SkuTraits Traits(long? sku) => sku is { } id ? _routing.Traits.GetValueOrDefault(id, SkuTraits.None) : SkuTraits.None;
    internal RoutingFigures Figures { get; }
    internal NodeSettings? Node(long id) => _settings.NodesById.GetValueOrDefault(id);

    /// <summary>Kilometres from a node to the customer; null when nobody knows one of the places.</summary>
    internal long? Km(long node)
    {
        _km ??= [];
        if (_km.TryGetValue(node, out long? known)) return known;
        var (at, places) = (Node(node), _routing.Places);
        var from = at?.Position is { } own ? (own.Latitude, own.Longitude) : places.Find(at?.Country, at?.Postcode);
        return _km[node] = from is { } a && places.Find(Order.Country, Order.Postcode) is { } b ? PlaceIndex.Km(a, b) : null;
    }

    /// <summary>May a node send by the scenario's query over nodes?</summary>
    /// <param name="demands">What is wanted of it.</param>
    internal bool Serves(ReadyScenario scenario, SourcingNode node, IReadOnlyList<Demand> demands) =>
        scenario.Nodes is null || Node(node.NodeId) is { } at && scenario.Nodes.Matches(field => field.Name switch
        {
            "distance" => Km(node.NodeId),
            "service" => node.Lanes.Select(l => l.Service),
            "stock" => demands.Count == 0 ? null : demands.Min(d => Math.Max(0, node.Available.GetValueOrDefault(d.SkuId))),
            "waiting" => Figures.Waiting.GetValueOrDefault(node.NodeId),
            "capacityLeft" => Figures.CapacityLeft.TryGetValue(node.NodeId, out long left) ? left : null,
            "feedAge" => Figures.FeedAgeHours.TryGetValue(node.NodeId, out decimal age) ? age : null,
            "trust" => Figures.Trust.GetValueOrDefault(node.NodeId, 100),
            _ => RoutingFields.Value(at, field),
        });

    // Stock is what is being looked for, so it cannot rule a node out here.
    private bool MayServe(ReadyScenario scenario, SourcingNode node) =>
        RoutingFields.Leaves(scenario.Nodes).Any(l => RoutingFields.FieldOf(l).Name == "stock") || Serves(scenario, node, []);
}
