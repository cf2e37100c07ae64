using System.Globalization;
using Switchyard.Channels;
using Switchyard.Inventory;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>The nodes that may serve one order and their services to its address; known before any lock is taken.</summary>
public sealed class OrderRoutes
{
    /// <summary>What a node without any lane offers: it sends everywhere at no known cost, so that a new shop can sell at once.</summary>
    private static readonly IReadOnlyList<LaneOffer> Unpriced = [new LaneOffer("standard", 0, 0, long.MaxValue, UnpricedDays)];

    internal const int UnpricedDays = 3;

    private readonly IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> _nodes;
    private readonly Dictionary<long, string> _codes;
    private readonly MerchantSettings _settings;
    private readonly string? _country;
    private string? _method;
    private readonly long _channel;
    private IReadOnlyDictionary<int, OrderRoutes>? _byLine;

    private OrderRoutes(IReadOnlyList<(NodeSettings, IReadOnlyList<LaneOffer>)> nodes, MerchantSettings settings, ChannelSettings? channel, string? country)
    {
        (_nodes, _settings, _country, _codes) = (nodes, settings, country?.ToUpperInvariant(), Codes(settings));
        (_channel, Buffer, SplitPenaltyMinor) = (channel?.Id ?? 0, channel?.Buffer ?? 0, channel?.SplitPenaltyMinor ?? 0);
    }

    /// <summary>Does anything limit what is sold beside stock and buffer?</summary>
    public bool HasSaleLimits => _settings.HasSaleLimits;

    /// <summary>What may be sold to this order of the stock under lock.</summary>
    /// <param name="customerTags">Of who buys; null while nobody knows.</param>
    internal SaleLimit Limit(StockSheet sheet, Guid order, IReadOnlyList<string>? customerTags)
    {
        if (_settings.Shares.Count == 0) return new SaleLimit(Buffer);
        var to = new SoldTo(_channel, customerTags ?? []);
        sheet.Knows(order, to);
        return sheet.Limit(_settings, to, Buffer);
    }

    /// <summary>Is there stock of a SKU that may be sold, wherever it can be sent to?</summary>
    internal bool IsSomewhere(StockSheet sheet, long sku) => sheet.Of(sku).Any(row => _settings.NodesById.TryGetValue(row.Node, out var node) && node.SellsOnline && sheet.Sellable(row, _settings) > 0);

    /// <summary>Packs what a decision about the order saw.</summary>
    private Func<DecisionInput, byte[]>? _pack;

    /// <summary>What a decision by these routes saw, as it is kept beside the plan.</summary>
    /// <returns>Empty where several decisions made one plan.</returns>
    public byte[]? Seen(DecisionInput? input) => input is null ? IsMixed ? [] : null : _pack?.Invoke(input);

    /// <summary>The nodes by certain settings, as decisions that were packed refer to them.</summary>
    public static IReadOnlyList<SeenInput.Known> Known(MerchantSettings settings, IReadOnlyList<string> excludedKinds, string? country, string? postcode, string? method) =>
        [.. Between(settings, excludedKinds, country, postcode, method).Select(n => new SeenInput.Known(n.Node, n.Lanes))];

    /// <param name="excludedKinds">Null: the nodes follow from something else than the settings, and are packed whole.</param>
    private static Func<DecisionInput, byte[]> Packing(MerchantSettings settings, long channel, IReadOnlyList<string>? excludedKinds, string? country, string? postcode, string? method) =>
        input => SeenInput.Pack(input, settings.WorldHash, SeenInput.MarkOf(channel, method, country, postcode), excludedKinds is null ? null : Known(settings, excludedKinds, country, postcode, method));

    /// <summary>Units of each SKU that the channel never sells.</summary>
    public long Buffer { get; }

    public long SplitPenaltyMinor { get; }

    /// <summary>Decides by the merchant's strategies; null while there are none.</summary>
    public OrderRouter? Router { get; init; }

    /// <summary>From when its goods could be worked on; null: no node counts as full.</summary>
    public DateTimeOffset? From { get; private set; }

    /// <summary>What the same transaction promises.</summary>
    public DayBook? Book { get; private set; }

    /// <summary>The customer fetches it: it comes from one node and nowhere else.</summary>
    public bool IsCollected { get; private init; }

    /// <summary>Do some lines go another way than the rest?</summary>
    public bool IsMixed => _byLine is not null;

    /// <summary>The routes of a line.</summary>
    public OrderRoutes For(int line) => _byLine?.GetValueOrDefault(line) ?? this;

    /// <summary>From when its goods could be worked on, and what the same transaction promises.</summary>
    public OrderRoutes At(DateTimeOffset from, DayBook? book = null)
    {
        (From, Book) = (from, book);
        foreach (var way in _byLine?.Values.Distinct() ?? []) (way.From, way.Book) = (from, book);
        return this;
    }

    /// <summary>The nodes that may serve some of it, whichever way, with their services.</summary>
    internal IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> Candidates => _byLine is null ? _nodes
        : [.. _byLine.Values.Distinct().Append(this).SelectMany(w => w._nodes).GroupBy(n => n.Node.Id).OrderBy(g => g.Key)
            .Select(g => (g.First().Node, (IReadOnlyList<LaneOffer>)[.. g.SelectMany(n => n.Lanes)]))];

    public string Code(long node) => _codes[node];
    public bool Serves(long node) => _nodes.Any(n => n.Node.Id == node);

    public static OrderRoutes To(AssembledOrder order, MerchantSettings settings)
    {
        var (address, router) = (order.Request.ShippingAddress, RoutingFacts.Of(order, settings));
        return Mixed(order.Way, order.Lines.Where(l => l is { HoldsStock: true, Own: not null }).Select(l => (l.LineNo, l.Own!.Value)),
            way => To(order.ChannelId, address?.Country, address?.Postcode, way.Method, settings, router, way.CollectNode));
    }

    /// <summary>The routes by which somebody asks: nodes that were found before.</summary>
    internal static OrderRoutes Asked(IReadOnlyList<(NodeSettings, IReadOnlyList<LaneOffer>)> nodes, MerchantSettings settings, ChannelSettings? channel, string country, OrderRouter? router) =>
        new(nodes, settings, channel, country) { Router = router, _method = router?.Order.Method };

    private static OrderRoutes Mixed(LineWay usual, IEnumerable<(int Line, LineWay Way)> own, Func<LineWay, OrderRoutes> to)
    {
        var routes = to(usual);
        var others = own.Where(o => o.Way != usual).ToList();
        if (others.Count == 0) return routes;
        var ways = others.Select(o => o.Way).Distinct().ToDictionary(w => w, to);
        routes._byLine = others.ToDictionary(o => o.Line, o => ways[o.Way]);
        return routes;
    }

    /// <summary>The nodes that may serve an order of a channel at a place by a method.</summary>
    /// <param name="collectNode">The customer fetches it there: strategies decide nothing, and kinds of nodes that do not send are no matter.</param>
    public static OrderRoutes To(long channelId, string? country, string? postcode, string? method, MerchantSettings settings, OrderRouter? router = null, long? collectNode = null,
        IReadOnlySet<long>? excluded = null)
    {
        var channel = settings.Channels.Values.First(c => c.Id == channelId);
        var nodes = collectNode is { } store ? AtStore(settings, store) : Between(settings, channel.ExcludedNodeKinds, country, postcode, method);
        return new OrderRoutes(excluded is null ? nodes : [.. nodes.Where(n => !excluded.Contains(n.Node.Id))], settings, channel, country)
        {
            Router = collectNode is not null ? null : router is null || router.Order.Method == method ? router : router.With(router.Order with { Method = method }),
            IsCollected = collectNode is not null,
            _method = method,
            _pack = Packing(settings, channelId, collectNode is null ? channel.ExcludedNodeKinds : null, country, postcode, method),
        };
    }

    /// <summary>Fetching at a store, as a way to send that costs nothing and takes no time.</summary>
    internal static IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> AtStore(MerchantSettings settings, long store) =>
        settings.NodesById.GetValueOrDefault(store) is { IsForSale: true } node ? [(node, Fetched)] : [];

    private static readonly IReadOnlyList<LaneOffer> Fetched = [new LaneOffer(DeliveryWays.Collect, 0, 0, long.MaxValue, 0)];

    /// <summary>The routes of an order that was placed before, by its address, method and channel as they are now.</summary>
    public static OrderRoutes To(OpenOrder order, MerchantSettings settings, IReadOnlySet<long>? excluded = null)
    {
        var router = RoutingFacts.Of(order, settings);
        return Mixed(order.Way, order.Lines.Where(l => l is { HoldsStock: true, Own: not null }).Select(l => (l.LineNo, l.Own!.Value)),
                way => To(order.Channel, order.Country, order.Postcode, way.Method, settings, router, way.CollectNode, excluded))
            .At(DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(order.Now.ToUnixTimeMilliseconds(), Math.Max(order.GraceUntilMs ?? 0, order.ReleaseAtMs ?? 0))));
    }

    /// <summary>Units of a line that leave a node; null when it does not serve, or has no day to be found.</summary>
    /// <param name="service">Null: its slowest, since nobody has chosen yet.</param>
    /// <param name="fromMs">From when they can be worked on.</param>
    /// <param name="ownMs">When parcels of the order leave already: it is counted among what those days hold.</param>
    public PromisePart? Part(long node, string? service, IReadOnlyList<int> lines, long fromMs, IReadOnlyCollection<long>? ownMs = null)
    {
        foreach (var (at, lanes) in _nodes)
        {
            if (at.Id != node) continue;
            var lane = lanes.FirstOrDefault(l => l.Service == service) ?? lanes.MaxBy(l => l.TransitDays)!;
            return Dated(at, lane, fromMs, ownMs) is { } dates ? new PromisePart(node, lane.Service, lines, fromMs, at.LeadDays, lane.TransitDays,
                dates.CutOff?.ToString("HH:mm", CultureInfo.InvariantCulture), dates.ShipBy.ToUnixTimeMilliseconds(), dates.DeliverBy.ToUnixTimeMilliseconds())
            { Kept = _settings.Records.Of(node, _method, _country) } : null;
        }
        return null;
    }

    /// <summary>
    /// Units that come and nobody knows yet where to: the latest that any node would make of them; suppliers, which send by themselves, only
    /// where nobody else serves.
    /// </summary>
    /// <param name="startMs">Not before: placing, grace, the order's own release date.</param>
    public PromisePart? Waiting(int line, long comesMs, long startMs)
    {
        (long Ship, long Deliver) latest = (0, 0);
        bool onlySuppliers = _nodes.All(n => n.Node.Kind == "supplier");
        foreach (var (node, lanes) in _nodes)
            foreach (var lane in onlySuppliers || node.Kind != "supplier" ? lanes : [])
                if (Dated(node, lane, Math.Max(comesMs, startMs)) is { } dates)
                    latest = (Math.Max(latest.Ship, dates.ShipBy.ToUnixTimeMilliseconds()), Math.Max(latest.Deliver, dates.DeliverBy.ToUnixTimeMilliseconds()));
        return latest.Ship == 0 ? null : new PromisePart(null, null, [line], comesMs, 0, 0, null, latest.Ship, latest.Deliver);
    }

    private DatesOfParcel? Dated(NodeSettings node, LaneOffer lane, long fromMs, IReadOnlyCollection<long>? ownMs = null) => IsCollected
        ? PromiseDates.Collected(node, node.Collect?.ReadyMinutes ?? DeliveryWays.ReadyMinutes, DateTimeOffset.FromUnixTimeMilliseconds(fromMs))
        : PromiseDates.Of(node, lane.Service, lane.TransitDays, DateTimeOffset.FromUnixTimeMilliseconds(fromMs), Terms(_settings, node, lane.Service, _country, Book, ownMs));

    /// <summary>What the dates of a parcel depend on beside node and lane.</summary>
    internal static ParcelTerms Terms(MerchantSettings settings, NodeSettings node, string service, string? country, DayBook? book = null, IReadOnlyCollection<long>? ownMs = null) =>
        new(settings.Carriers.Of(node.Id, service), country, !settings.Capacities.ContainsKey(node.Id) ? null
            : day => settings.IsFull(node.Id, day, book?.Taken(settings.Days, node.Id, day) ?? 0) && ownMs?.Contains(node.Calendar.EndOf(day).ToUnixTimeMilliseconds()) != true);

    /// <summary>Has the node as much to do as it can on the day on which a parcel would leave, by whatever service?</summary>
    internal static bool IsFull(MerchantSettings settings, NodeSettings node, IReadOnlyList<LaneOffer> lanes, DateTimeOffset? from, DayBook? book = null) =>
        from is { } start && settings.Capacities.ContainsKey(node.Id) && lanes.All(lane =>
            PromiseDates.Of(node, lane.Service, lane.TransitDays, start, new ParcelTerms(settings.Carriers.Of(node.Id, lane.Service))) is { } dates
            && settings.IsFull(node.Id, dates.ShipDay, book?.Taken(settings.Days, node.Id, dates.ShipDay) ?? 0));

    /// <summary>Notes for which days these dates are promised, in the transaction's book.</summary>
    internal void Note(OrderPromise? dates)
    {
        if (Book is null || dates is null || _settings.Capacities.Count == 0) return;
        foreach (var (node, day) in dates.Parts.Where(p => p.Node is { } n && _settings.Capacities.ContainsKey(n))
            .Select(p => (p.Node!.Value, _settings.NodesById[p.Node!.Value].Calendar.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(p.ShipByMs)))).Distinct())
            Book.Take(_settings.Days, node, day);
    }

    /// <summary>Active nodes with at least one service to a place. A method no lane of the merchant knows does not restrict them.</summary>
    public static IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> Between(
        MerchantSettings settings, IReadOnlyList<string> excludedKinds, string? country, string? postcode, string? method)
    {
        var place = settings.PlaceOf(country, postcode);
        bool isMethodKnown = method is not null && settings.KnowsMethod(method);
        return settings.Once((nameof(OrderRoutes), place, isMethodKnown ? method : null, string.Join(',', excludedKinds)), Find);

        IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> Find()
        {
            var nodes = new List<(NodeSettings, IReadOnlyList<LaneOffer>)>();
            var near = place.Near.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture)).ToHashSet();
            foreach (var node in settings.Nodes)
            {
                if (!node.IsForSale || excludedKinds.Contains(node.Kind)) continue;
                if (method == DeliveryWays.SameDay && isMethodKnown && node.SameDay is { } sameDay)
                {
                    if (near.Contains(node.Id)) nodes.Add((node, [new LaneOffer(DeliveryWays.SameDay, sameDay.CostMinor, 0, sameDay.MaxWeightGrams, 0)]));
                    continue;
                }
                if (method == DeliveryWays.SameDay && isMethodKnown && !settings.HasLanes(node.Id)) continue;
                var lanes = !settings.HasLanes(node.Id) ? Unpriced
                    : (IReadOnlyList<LaneOffer>)[.. settings.LanesTo(node.Id, place).Where(l => !isMethodKnown || l.Method == method)
                        .Select(l => new LaneOffer(l.Service, l.BaseMinor, l.PerKgMinor, l.MaxWeightGrams, l.TransitDays))];
                if (lanes.Count > 0) nodes.Add((node, lanes));
            }
            return nodes;
        }
    }

    private static Dictionary<long, string> Codes(MerchantSettings settings) =>
        settings.Once(nameof(Codes), () => settings.Nodes.ToDictionary(n => n.Id, n => n.Code));

    /// <summary>The nodes with the stock as it stands on a locked sheet.</summary>
    internal IReadOnlyList<SourcingNode> With(StockSheet sheet, IReadOnlyList<long> skus)
    {
        var nodes = new List<SourcingNode>(_nodes.Count);
        foreach (var (node, lanes) in _nodes)
        {
            var available = new Dictionary<long, long>(skus.Count);
            foreach (long sku in skus)
                if (sheet.Find(sku, node.Id) is { } row && sheet.Sellable(row, _settings) is > 0 and var units) available[sku] = units;
            nodes.Add(ToNode(node, lanes, available));
        }
        return nodes;
    }

    /// <summary>The nodes with stock that was read without a lock.</summary>
    public IReadOnlyList<SourcingNode> With(IReadOnlyList<(long Sku, long Node, long Available)> stock)
    {
        var at = stock.ToLookup(s => s.Node);
        return [.. _nodes.Select(n => ToNode(n.Node, n.Lanes, at[n.Node.Id].Where(s => s.Available > 0).ToDictionary(s => s.Sku, s => s.Available)))];
    }

    private SourcingNode ToNode(NodeSettings node, IReadOnlyList<LaneOffer> lanes, IReadOnlyDictionary<long, long> available) =>
        new(node.Id, node.PickFixedMinor, node.HandlingMinor, node.LeadDays, lanes, available) { IsFull = !IsCollected && IsFull(_settings, node, lanes, From, Book) };
}
