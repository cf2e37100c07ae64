using Switchyard.Channels;
using Switchyard.Sourcing;

namespace Switchyard.Tests.Sourcing;

/// <summary>A small network, rules and stock for tests of routing, without a database.</summary>
internal sealed class RoutingLab
{
    private readonly List<NodeSettings> _nodes = [];
    private readonly List<LaneSettings> _lanes = [];
    private readonly List<SourcingNode> _sources = [];
    private readonly Dictionary<long, SkuTraits> _traits = [];
    private readonly List<KnownPlace> _places = [];
    private readonly Dictionary<(long, long), long> _shipped = [];
    private readonly Dictionary<long, long> _waiting = [];

    public RoutedOrder Order { get; set; } = new("web", "standard", "GB", "M1 1AE") { TotalMinor = 5_000, Total = 50 };
    public long SplitPenaltyMinor { get; set; }

    /// <param name="stock">SKU and units.</param>
    public RoutingLab Node(long id, string code, long baseMinor, int days = 2, string kind = "warehouse", string service = "std", string[]? groups = null,
        Dictionary<string, string>? attributes = null, (decimal, decimal)? position = null, long handling = 0, params (long Sku, long Units)[] stock)
    {
        _nodes.Add(new NodeSettings(id, code, code, kind, "GB", null, TimeZoneInfo.Utc, new Dictionary<string, TimeOnly>(), 0, handling, 0, true)
        { Groups = groups ?? [], Attributes = attributes ?? [], Position = position });
        _lanes.Add(new LaneSettings(id, 1, service, "standard", "GBP", baseMinor, 0, long.MaxValue, days));
        _sources.Add(new SourcingNode(id, 0, handling, 0, [new LaneOffer(service, baseMinor, 0, long.MaxValue, days)], stock.ToDictionary(s => s.Sku, s => s.Units)));
        return this;
    }

    public RoutingLab Trait(long sku, string[]? flags = null, Dictionary<string, string>? attributes = null)
    {
        _traits[sku] = new SkuTraits(flags ?? [], attributes ?? []);
        return this;
    }

    public RoutingLab Place(string prefix, decimal latitude, decimal longitude) { _places.Add(new KnownPlace("GB", prefix, latitude, longitude)); return this; }
    public RoutingLab Sold(long sku, long node, long units) { _shipped[(sku, node)] = units; return this; }
    public RoutingLab Waits(long node, long releases) { _waiting[node] = releases; return this; }

    public MerchantSettings Network(RoutingRules? live = null, RoutingRules? shadow = null)
    {
        var routing = new RoutingSettings(live is null ? null : Read("main", 3, live), shadow is null ? null : Read("other", 1, shadow), _traits, new PlaceIndex(_places));
        return new MerchantSettings(1, 1, "GBP", [new ChannelSettings(1, "web", "Web", "refuse", SplitPenaltyMinor, 0, [], 1)], _nodes, _lanes, [("GB", "", 1L)], [], [], DateTimeOffset.UnixEpoch)
        { Routing = routing, Figures = new RoutingFigures(_shipped, _waiting, new Dictionary<long, long>()) };
    }

    public static RoutingStrategy Read(string code, long version, RoutingRules rules) => RoutingStrategy.Read(code, version, rules).Value;

    public static RoutingRules Rules(params RoutingScenario[] scenarios) => new(scenarios);

    /// <summary>Decides an order of these lines: SKU and units, the line's number is its place from 1.</summary>
    public RoutedPlan Decide(RoutingRules? live, params (long Sku, long Units)[] lines) => Decide(live, null, lines);

    public RoutedPlan Decide(RoutingRules? live, RoutingRules? shadow, params (long Sku, long Units)[] lines)
    {
        var order = Order with { Lines = [.. lines.Select((l, i) => new RoutedLine(i + 1, l.Sku, "S" + l.Sku, l.Units, 100))] };
        return OrderRouter.Solve(new OrderRouter(Network(live, shadow), order), [.. lines.Select((l, i) => new Demand(i + 1, l.Sku, l.Units, 100, 0))], _sources,
            new SourcingOptions(SplitPenaltyMinor));
    }

    /// <summary>What is sent: node:line×units.</summary>
    public static string Sent(RoutedPlan plan) => string.Join(' ', plan.Plan.Shipments.SelectMany(s => s.Parts.Select(p => $"{s.NodeId}:{p.Line}x{p.Quantity}")));
}
