namespace Switchyard.Sourcing;

/// <summary>Takes one order through the scenarios of a strategy, in their order.</summary>
internal sealed class ScenarioWalk
{
    private readonly OrderRouter _router;
    private readonly IReadOnlyList<Demand> _demands;
    private readonly IReadOnlyList<SourcingNode> _nodes;
    private readonly SourcingOptions _options;
    private readonly ScenarioCosts _costs;

    private readonly List<TriedScenario> _tried = [];
    private readonly Dictionary<long, RoutedCandidate> _candidates = [];
    private readonly Dictionary<int, UnsentLine> _after = [];
    private readonly HashSet<int> _taken = [];

    /// <summary>Units of each line, by position in the demands, that nobody sends yet.</summary>
    private long[] _left;

    /// <summary>What is sent: node to its service and the units of each line.</summary>
    private SortedDictionary<long, Parcel> _parcels = [];
    private bool _isProven = true;

    private sealed record Parcel(string Service, SortedDictionary<int, long> Units);

    /// <summary>A scenario's plan that gave way, kept in case nothing better comes.</summary>
    private sealed record Fallback(long[] Left, SortedDictionary<long, Parcel> Parcels, bool IsProven);

    public ScenarioWalk(OrderRouter router, IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, SourcingOptions options)
    {
        (_router, _demands, _nodes, _options) = (router, demands, nodes, options);
        _costs = new ScenarioCosts(router, demands);
        _left = [.. demands.Select(d => Math.Max(0, d.Quantity))];
    }

    public RoutedPlan Go(RoutingStrategy strategy)
    {
        Fallback? best = null;
        foreach (var scenario in strategy.Scenarios)
        {
            if (_left.All(l => l == 0)) break;
            if (!RoutingFields.Holds(scenario.When, _router.Order, _router.Traits)) continue;
            var lines = Enumerable.Range(0, _demands.Count).Where(i => _left[i] > 0 && !_after.ContainsKey(_demands[i].Line) && Takes(scenario, _demands[i])).ToList();
            if (lines.Count == 0) continue;
            _taken.UnionWith(lines);
            var before = (Left: (long[])_left.Clone(), Parcels: Copy(_parcels), IsProven: _isProven);
            string? limit = Run(scenario, lines);
            bool isAll = lines.TrueForAll(i => _left[i] == 0);
            string? after = isAll || scenario.Otherwise == RoutingWords.Split ? null : scenario.Otherwise;
            if (after == RoutingWords.Next)
            {
                if (best is null || Units(_left) < Units(best.Left)) best = new Fallback(_left, _parcels, _isProven);
                (_left, _parcels, _isProven) = before;
            }
            else if (after is not null)
                foreach (int i in lines.Where(i => _left[i] > 0)) _after[_demands[i].Line] = new UnsentLine(after, scenario.Name, scenario.Rule.Reason);
            _tried.Add(new TriedScenario(scenario.Name, scenario.Objective, after == RoutingWords.Next ? "gaveWay" : isAll ? "sent"
                : Units(before.Left) == Units(_left) ? "nothing" : "partly", isAll ? null : limit, after));
        }
        House();
        // No rule means that goods lie idle: when all that came after a scenario that gave way sends less, its plan stands.
        if (best is not null && Units(best.Left) < Units(_left))
        {
            (_left, _parcels, _isProven) = (best.Left, best.Parcels, best.IsProven);
            foreach (int i in Enumerable.Range(0, _left.Length).Where(i => _left[i] == 0)) _after.Remove(_demands[i].Line);
        }
        return Report(strategy);
    }

    private bool Takes(ReadyScenario scenario, Demand demand)
    {
        if (scenario.Lines is null) return true;
        var line = _router.Order.Lines.FirstOrDefault(l => l.Line == demand.Line)
            ?? new RoutedLine(demand.Line, demand.SkuId, _router.Order.Lines.FirstOrDefault(l => l.SkuId == demand.SkuId)?.Sku ?? "", demand.Quantity, demand.WeightGrams);
        return RoutingFields.Holds(scenario.Lines, line, _router.Traits);
    }

    /// <summary>Lines that no scenario took go the cheapest way from anywhere.</summary>
    private void House()
    {
        var lines = Enumerable.Range(0, _demands.Count).Where(i => _left[i] > 0 && !_taken.Contains(i)).ToList();
        if (lines.Count == 0) return;
        Run(HouseScenario, lines);
        _tried.Add(new TriedScenario(OrderRouter.HouseRule, RoutingWords.Cheapest, lines.TrueForAll(i => _left[i] == 0) ? "sent" : "partly"));
    }

    private static readonly ReadyScenario HouseScenario = new(-1, new RoutingScenario(OrderRouter.HouseRule), null, null, null);

    /// <summary>Sends what the scenario can of these lines.</summary>
    /// <returns>What kept it from more, when a rule about splits did.</returns>
    private string? Run(ReadyScenario scenario, List<int> lines)
    {
        var demands = lines.ConvertAll(i => _demands[i] with { Quantity = _left[i] });
        var offered = new List<SourcingNode>(_nodes.Count);
        foreach (var node in Remaining())
        {
            string? reason = !_router.Serves(scenario, node, demands) ? CandidateCodes.Excluded
                : scenario.Services is { } services && !node.Lanes.Any(l => services.Contains(l.Service)) ? CandidateCodes.NoService : null;
            if (reason is not null) Note(new RoutedCandidate(node.NodeId, reason, scenario.Name, null, null, null, KmOf(scenario, node.NodeId)));
            else offered.Add(scenario.Services is { } only ? node with { Lanes = [.. node.Lanes.Where(l => only.Contains(l.Service))] } : node);
        }
        int most = MostParcels(scenario), more = most - _parcels.Count;
        if (more <= 0) offered.RemoveAll(n => !_parcels.ContainsKey(n.NodeId));          // no further parcel, though those there are may be filled up
        var ranked = _costs.Rank(scenario, offered);
        var (plan, limit) = ScenarioPlan.Solve(scenario, demands, ranked, _options with { MaxShipments = more <= 0 ? most : more });
        foreach (var candidate in plan.Candidates)
        {
            var node = offered.Find(n => n.NodeId == candidate.NodeId)!;
            var parts = candidate.CostMinor is null ? null : _costs.Alone(node, ranked.First(n => n.NodeId == node.NodeId), demands);
            Note(new RoutedCandidate(node.NodeId, candidate.Code, scenario.Name, parts?.Carriage, parts?.Handling, parts?.Rank, KmOf(scenario, node.NodeId)));
        }
        if (scenario.Split.IsWhole && plan.Unfilled.Count > 0) return "whole";
        _isProven &= plan.IsProven;
        foreach (var shipment in plan.Shipments) Keep(shipment);
        return limit;
    }

    private int MostParcels(ReadyScenario scenario)
    {
        bool isCheap = scenario.Split.NeverBelowMinor is { } least && !(_router.Order.TotalMinor >= least);      // worth nobody knows is not split
        return Math.Min(_options.MaxShipments, isCheap ? 1 : scenario.Split.Most ?? int.MaxValue);
    }

    private void Keep(PlannedShipment shipment)
    {
        if (!_parcels.TryGetValue(shipment.NodeId, out var parcel)) _parcels[shipment.NodeId] = parcel = new Parcel(shipment.Service, []);
        foreach (var part in shipment.Parts)
        {
            parcel.Units[part.Line] = parcel.Units.GetValueOrDefault(part.Line) + part.Quantity;
            _left[Position(part.Line)] -= part.Quantity;
        }
    }

    private int Position(int line)
    {
        for (int i = 0; i < _demands.Count; i++) if (_demands[i].Line == line) return i;
        throw new InvalidOperationException("no such line");
    }

    /// <summary>The nodes without what is promised from them already.</summary>
    private IEnumerable<SourcingNode> Remaining() => _parcels.Count == 0 ? _nodes : _nodes.Select(node =>
    {
        if (!_parcels.TryGetValue(node.NodeId, out var parcel)) return node;
        var available = new Dictionary<long, long>(node.Available);
        foreach (var (line, units) in parcel.Units)
        {
            long sku = _demands[Position(line)].SkuId;
            available[sku] = available.GetValueOrDefault(sku) - units;
        }
        return node with { Available = available };
    });

    private void Note(RoutedCandidate candidate)
    {
        if (!_candidates.TryGetValue(candidate.NodeId, out var known) || known.Reason != CandidateCodes.Chosen) _candidates[candidate.NodeId] = candidate;
    }

    private long? KmOf(ReadyScenario scenario, long node) => scenario.Weights.HundredKmMinor > 0
        || RoutingFields.Leaves(scenario.Nodes).Any(l => RoutingFields.FieldOf(l).Name == "distance") ? _router.Km(node) : null;

    private RoutedPlan Report(RoutingStrategy strategy)
    {
        Int128 total = (Int128)Math.Max(0, _parcels.Count - 1) * Math.Max(0, _options.SplitPenaltyMinor) * 1000, before = 0;
        var shipments = new List<PlannedShipment>(_parcels.Count);
        foreach (var (nodeId, parcel) in _parcels)
        {
            var node = _nodes.First(n => n.NodeId == nodeId);
            Int128 milli = _costs.Real(node, parcel.Service, [.. parcel.Units.Select(u => (Position(u.Key), u.Value))]);
            long cost = SourcingReport.Saturate(SourcingReport.Minor(before + milli) - SourcingReport.Minor(before));
            before += milli;
            shipments.Add(new PlannedShipment(nodeId, parcel.Service, cost, [.. parcel.Units.Select(u => new LinePart(u.Key, u.Value))]));
        }
        long rounded = SourcingReport.Saturate(SourcingReport.Minor(total + before));
        List<LinePart> unfilled = [.. _demands.Select((d, i) => new LinePart(d.Line, _left[i])).Where(p => p.Quantity > 0)];
        // A node may be chosen by a scenario whose plan was given up in the end.
        List<RoutedCandidate> candidates = [.. _candidates.Values.OrderBy(c => c.NodeId)
            .Select(c => c with { Reason = _parcels.ContainsKey(c.NodeId) ? CandidateCodes.Chosen : c.Reason == CandidateCodes.Chosen ? CandidateCodes.Dearer : c.Reason })];
        var plan = new SourcingPlan(shipments, unfilled, rounded, _isProven ? rounded : 0, _isProven,
            [.. candidates.Select(c => new SourcingCandidate(c.NodeId, c.Reason, c.CarriageMinor + c.HandlingMinor))]);
        return new RoutedPlan(plan, new RoutingDecision(strategy.Code, strategy.Version, _tried, candidates)
        {
            Rankers = !strategy.UsesRankers ? [] : [.. strategy.Scenarios.Where(s => s.RankerKey is not null && _tried.Exists(t => t.Name == s.Name)).DistinctBy(s => s.RankerKey)
                .Select(s => (s.Weights.Ranker!, _router.Order.Ranks.GetValueOrDefault(s.RankerKey!) ?? new RankerAnswer(RankerWords.NotAsked)))],
        }, _after);
    }

    private static long Units(long[] left) => left.Sum();

    private static SortedDictionary<long, Parcel> Copy(SortedDictionary<long, Parcel> parcels) =>
        new(parcels.ToDictionary(p => p.Key, p => p.Value with { Units = new SortedDictionary<int, long>(p.Value.Units) }));
}
