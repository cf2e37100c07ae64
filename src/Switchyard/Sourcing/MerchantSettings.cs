using System.Collections.Concurrent;
using Switchyard.Channels;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>A node as the writer of orders needs it.</summary>
/// <param name="CutOffs">Last time of day for today's dispatch by service, in the node's time zone; <c>*</c> stands for every other service.</param>
public sealed record NodeSettings(long Id, string Code, string Name, string Kind, string? Country, string? Postcode, TimeZoneInfo TimeZone,
    IReadOnlyDictionary<string, TimeOnly> CutOffs, long PickFixedMinor, long HandlingMinor, int LeadDays, bool IsActive)
{
    /// <summary>When people work there.</summary>
    public NodeCalendar Calendar { get; init; } = NodeCalendar.Always(TimeZone);

    /// <summary>Where it is, in degrees; null when nobody has said.</summary>
    public (decimal Latitude, decimal Longitude)? Position { get; init; }

    /// <summary>Names under which strategies know several nodes.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>What the house says of it in its own words.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Customers may collect there; null: they may not.</summary>
    public NodeCollect? Collect { get; init; }

    /// <summary>It delivers on the day; null: it does not.</summary>
    public NodeSameDay? SameDay { get; init; }

    /// <summary>How far its stock is believed when its feed is late; null when it always is.</summary>
    public FeedRule? Feed { get; init; }

    /// <summary>Does what lies there count for orders from channels?</summary>
    public bool SellsOnline { get; init; } = true;

    /// <summary>May anything be promised from it?</summary>
    public bool IsForSale => IsActive && SellsOnline;
}

/// <summary>A service from a node to a zone and its price.</summary>
public sealed record LaneSettings(long NodeId, long ZoneId, string Service, string Method, string Currency, long BaseMinor, long PerKgMinor,
    long MaxWeightGrams, int TransitDays);

/// <summary>Where something goes, as far as prices tell places apart.</summary>
/// <param name="Cards">The zones of the rate cards.</param>
public readonly record struct Place(long? Zone, CardZones Cards)
{
    /// <summary>Ids of the nodes that deliver there on the day, with commas between.</summary>
    public string Near { get; init; } = "";
}

/// <summary>All that placing an order reads beside products: true as of one catalog version.</summary>
public sealed class MerchantSettings
{
    private static readonly IReadOnlyList<LaneSettings> NoLanes = [];
    private readonly Dictionary<(long Node, long Zone), IReadOnlyList<LaneSettings>> _lanes;
    private readonly Dictionary<(string Country, string Prefix), long> _zones;
    private readonly Dictionary<string, ExchangeRate[]> _rates;
    private readonly RateCardIndex[] _cards;
    private readonly ILookup<long, RateCardIndex> _cardsOfNodes;
    private readonly HashSet<long> _nodesWithLanes;
    private readonly HashSet<string> _methods;
    private readonly int _longestPrefix;
    private readonly DateTimeOffset _asOf;
    private readonly ConcurrentDictionary<object, object> _worked = new();
    private readonly ConcurrentDictionary<CardZones, CardZones> _places = new();
    private RoutingFigures _figures = RoutingFigures.None;
    private bool? _hasFeedRules;

    public MerchantSettings(long merchant, long version, string baseCurrency, IEnumerable<ChannelSettings> channels, IEnumerable<NodeSettings> nodes,
        IEnumerable<LaneSettings> lanes, IEnumerable<(string Country, string Prefix, long Zone)> areas, IEnumerable<ExchangeRate> rates,
        IEnumerable<(long Node, RateCardIndex Card)> cards, DateTimeOffset asOf)
    {
        _cardsOfNodes = cards.ToLookup(c => c.Node, c => c.Card);
        _cards = [.. _cardsOfNodes.SelectMany(g => g).Distinct()];
        (Merchant, Version, BaseCurrency) = (merchant, version, baseCurrency);
        Channels = channels.ToDictionary(c => Text.Key(c.Code), StringComparer.Ordinal);
        Nodes = [.. nodes];
        NodesByCode = Nodes.ToDictionary(n => Text.Key(n.Code), StringComparer.Ordinal);
        _rates = rates.GroupBy(r => r.Currency).ToDictionary(g => g.Key, g => g.OrderByDescending(r => r.ValidFromMs).ToArray());
        (_asOf, var all) = (asOf, lanes.ToList());
        (_nodesWithLanes, _methods) = ([.. all.Select(l => l.NodeId), .. _cardsOfNodes.Select(g => g.Key)],
            [.. all.Select(l => l.Method), .. _cards.SelectMany(c => c.Card.Rates).Select(r => r.Method), .. Nodes.Any(n => n.SameDay is not null) ? [DeliveryWays.SameDay] : (string[])[]]);
        _lanes = all.Select(InBase).GroupBy(l => (l.NodeId, l.ZoneId)).ToDictionary(g => g.Key, g => (IReadOnlyList<LaneSettings>)[.. g]);
        _zones = areas.ToDictionary(a => (a.Country, a.Prefix), a => a.Zone);
        _longestPrefix = _zones.Count == 0 ? 0 : _zones.Keys.Max(k => k.Prefix.Length);
    }

    /// <summary>Told once when decisions are made by these settings, so that they are kept.</summary>
    internal Action<long, RoutingWorld>? Deciding { get; init; }

    /// <summary>What decides about orders in these settings, and its hash.</summary>
    internal RoutingWorld World => Once(nameof(World), () =>
    {
        var world = RoutingWorld.Of(this);
        Deciding?.Invoke(Merchant, world);
        return world;
    });

    /// <summary>The hash by which a decision finds its settings again.</summary>
    public byte[] WorldHash => World.Hash;

    internal IEnumerable<LaneSettings> AllLanes => _lanes.Values.SelectMany(l => l);
    internal IEnumerable<(string Country, string Prefix, long Zone)> AllAreas => _zones.Select(z => (z.Key.Country, z.Key.Prefix, z.Value));
    internal IEnumerable<(long Node, RateCardIndex Card)> AllCards => _cardsOfNodes.SelectMany(g => g.Select(c => (g.Key, c)));

    /// <summary>Base currency units for one of a card's, times 10^9, as its prices are reckoned.</summary>
    internal long? CardRateE9(string currency) => RateE9(currency, _asOf);

    public long Merchant { get; }
    public long Version { get; }
    public string BaseCurrency { get; }

    /// <summary>By <c>Text.Key(code)</c>.</summary>
    public IReadOnlyDictionary<string, ChannelSettings> Channels { get; }

    /// <summary>All nodes that serve the merchant, active or not, in the order of their ids.</summary>
    public IReadOnlyList<NodeSettings> Nodes { get; }

    /// <summary>By <c>Text.Key(code)</c>.</summary>
    public IReadOnlyDictionary<string, NodeSettings> NodesByCode { get; }

    public IReadOnlyDictionary<long, NodeSettings> NodesById => Once(nameof(NodesById), () => Nodes.ToDictionary(n => n.Id));

    /// <summary>How stock is divided among channels, in the order in which the rules are asked.</summary>
    public IReadOnlyList<ShareRule> Shares { get; init; } = [];

    /// <summary>What customers pay for delivery.</summary>
    public IReadOnlyList<DeliveryCharge> Delivery { get; init; } = [];

    public bool HasFeedRules => _hasFeedRules ??= Nodes.Any(n => n.Feed is not null);

    /// <summary>Does anything limit sales beside stock and buffers?</summary>
    public bool HasSaleLimits => Shares.Count > 0 || HasFeedRules;

    /// <summary>The strategies by which orders are sent.</summary>
    public RoutingSettings Routing { get; init; } = RoutingSettings.House;

    /// <summary>Parcels a day of nodes that keep to a number.</summary>
    public IReadOnlyDictionary<long, long> Capacities { get; init; } = new Dictionary<long, long>();

    /// <summary>How much of their days is promised. It ages and is followed, so it is not of any version.</summary>
    public NodeDays Days { get; set; } = new();

    /// <summary>How often promises were kept, as it was counted last; of no version either.</summary>
    public PromiseRecords Records { get; set; } = PromiseRecords.None;

    /// <summary>Has a node as much to send on a day as it can?</summary>
    /// <param name="more">Parcels that are not counted yet.</param>
    public bool IsFull(long node, DateOnly day, long more = 0) => Capacities.TryGetValue(node, out long most) && Days.Taken(node, day) + more >= most;

    /// <summary>On which days carriers collect and deliver.</summary>
    public CarrierCalendars Carriers { get; init; } = CarrierCalendars.None;

    /// <summary>What was read last of the figures that strategies rank by; they age, so they are not of any version.</summary>
    public RoutingFigures Figures { get => Volatile.Read(ref _figures); set => Volatile.Write(ref _figures, value); }

    /// <summary>Countries that some area covers, in the order of their codes.</summary>
    public IReadOnlyList<string> Countries => Once(nameof(Countries), () => _zones.Keys.Select(k => k.Country)
        .Concat(_cards.SelectMany(c => c.Card.Areas).Select(a => a.Country).OfType<string>()).Distinct().Order(StringComparer.Ordinal).ToList());

    /// <summary>Every method and service that some lane has.</summary>
    public IReadOnlySet<string> Methods => _methods;
    public IReadOnlySet<string> Services => Once(nameof(Services), () => _lanes.Values.SelectMany(l => l).Select(l => l.Service)
        .Concat(_cards.SelectMany(c => c.Card.Rates).Select(r => r.Service)).ToHashSet());

    /// <summary>The zone of a place: that of the longest postcode prefix of its country; null when no area covers it.</summary>
    public long? ZoneOf(string? country, string? postcode)
    {
        if (country is null) return null;
        foreach (string beginning in Areas.Beginnings(country, postcode, _longestPrefix))
            if (_zones.TryGetValue((country, beginning), out long zone)) return zone;
        return null;
    }

    /// <summary>Where a place is, as far as the merchant has told; null when nobody knows.</summary>
    public (decimal Latitude, decimal Longitude)? PositionOf(string? country, string? postcode) => Routing.Places.Find(country?.ToUpperInvariant(), postcode);

    /// <inheritdoc cref="PlaceIndex.Km"/>
    public static long KmBetween((decimal Latitude, decimal Longitude) from, (decimal Latitude, decimal Longitude) to) => PlaceIndex.Km(from, to);

    /// <summary>What follows from these settings and the key alone: worked out once. Keys are few: zones, known methods, kinds of nodes.</summary>
    public T Once<T>(object key, Func<T> work) where T : class => (T)_worked.GetOrAdd(key, static (_, w) => w(), work);

    /// <summary>Does the node have any lane at all? One without sends everywhere, at no known cost.</summary>
    public bool HasLanes(long node) => _nodesWithLanes.Contains(node);

    /// <summary>Does any lane carry this delivery method?</summary>
    public bool KnowsMethod(string method) => _methods.Contains(method);

    /// <summary>The services of a node to a zone, in the order of their names; amounts in the merchant's currency.</summary>
    public IReadOnlyList<LaneSettings> Lanes(long node, long zone) => _lanes.GetValueOrDefault((node, zone), NoLanes);

    /// <summary>The place as prices see it: all that <see cref="LanesTo"/> asks.</summary>
    public Place PlaceOf(string? country, string? postcode)
    {
        var zone = ZoneOf(country, postcode);
        if (_cards.Length == 0) return new Place(zone, CardZones.None) { Near = Near(country, postcode) };
        var cards = new CardZones([.. _cards.Select(c => c.ZonesAt(country, postcode))]);
        return new Place(zone, _places.GetOrAdd(cards, cards)) { Near = Near(country, postcode) };          // the same object again, so that places compare at a glance
    }

    private string Near(string? country, string? postcode)
    {
        var nodes = Once(nameof(Near), () => Nodes.Where(n => n is { IsForSale: true, SameDay: not null }).ToList());
        return nodes.Count == 0 ? "" : string.Join(',', nodes.Where(n => Km(n, country, postcode) <= n.SameDay!.RadiusKm).Select(n => Text.Invariant(n.Id)));
    }

    /// <summary>Kilometres as the crow flies from a node to a place; null when nobody knows where one of them is.</summary>
    public long? Km(NodeSettings node, string? country, string? postcode)
    {
        var from = node.Position is { } own ? (own.Latitude, own.Longitude) : Routing.Places.Find(node.Country, node.Postcode);
        return from is { } a && Routing.Places.Find(country?.ToUpperInvariant(), postcode) is { } b ? PlaceIndex.Km(a, b) : null;
    }

    /// <summary>The services of a node to a place: its lanes, then those of its rate cards, one for each weight up to which a price goes.</summary>
    public IReadOnlyList<LaneSettings> LanesTo(long node, Place place)
    {
        var own = place.Zone is { } zone ? Lanes(node, zone) : NoLanes;
        if (!_cardsOfNodes.Contains(node)) return own;
        return [.. own, .. _cardsOfNodes[node].SelectMany(card => OfCard(node, card, place.Cards.Of(Array.IndexOf(_cards, card))))];
    }

    private IEnumerable<LaneSettings> OfCard(long node, RateCardIndex card, IReadOnlyList<string> zones)
    {
        var rates = card.To(zones).ToList();
        var days = rates.GroupBy(r => r.Service).ToDictionary(g => g.Key, g => g.Max(r => r.TransitDays));        // one promise a service, whatever it weighs
        return rates.Select(r => InBase(new LaneSettings(node, 0, r.Service, r.Method, card.Card.Currency, r.PriceMinor, 0, r.UpToGrams, days[r.Service])));
    }

    // Costs are compared, so all are in one currency; one without a rate counts as it is.
    private LaneSettings InBase(LaneSettings lane) =>
        lane.Currency == BaseCurrency || RateE9(lane.Currency, _asOf) is not { } rate || !Kernel.Currency.TryParse(lane.Currency, out var from) || !Kernel.Currency.TryParse(BaseCurrency, out var to)
            ? lane : lane with { Currency = BaseCurrency, BaseMinor = Convert(lane.BaseMinor, rate, from, to), PerKgMinor = Convert(lane.PerKgMinor, rate, from, to) };

    private static long Convert(long minor, long rateE9, Currency from, Currency to)
    {
        Int128 divisor = (Int128)1_000_000_000 * from.MinorPerMajor;
        return (long)Int128.Min(((Int128)minor * rateE9 * to.MinorPerMajor + divisor / 2) / divisor, Money.MaxMinor);
    }

    /// <summary>Active nodes with a service to anywhere in a country by a method, and the services.</summary>
    public IReadOnlyList<(NodeSettings Node, IReadOnlyList<string> Services)> Reach(string country, string method)
    {
        var zones = _zones.Where(z => z.Key.Country == country).Select(z => z.Value).ToHashSet();
        return [.. Nodes.Where(n => n.IsForSale).Select(n => (n, (IReadOnlyList<string>)[.. HasLanes(n.Id) ? Services(n.Id) : ["standard"]])).Where(n => n.Item2.Count > 0)];

        IEnumerable<string> Services(long node) => zones.SelectMany(z => Lanes(node, z)).Where(l => l.Method == method).Select(l => l.Service)
            .Concat(_cardsOfNodes[node].SelectMany(c => Rates(c.Card)).Select(r => r.Service)).Distinct();

        // Somewhere in the country will do.
        IEnumerable<CardRate> Rates(RateCard card) =>
            card.Rates.Where(r => r.Method == method && card.Areas.Any(a => a.Zone == r.Zone && (a.Country is null || a.Country == country)));
    }

    /// <summary>Base currency units for one of <paramref name="currency"/> at an instant, times 10^9; null when no rate is known.</summary>
    public long? RateE9(string currency, DateTimeOffset at)
    {
        if (currency == BaseCurrency) return 1_000_000_000;
        if (!_rates.TryGetValue(currency, out var rates)) return null;
        long now = at.ToUnixTimeMilliseconds();
        return Array.Find(rates, r => r.ValidFromMs <= now)?.RateE9;
    }
}
