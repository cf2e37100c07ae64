using Switchyard.Channels;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>A node as the writer of orders needs it.</summary>
/// <param name="CutOffs">Last time of day for today's dispatch by service, in the node's time zone; <c>*</c> stands for every other service.</param>
public sealed record NodeSettings(long Id, string Code, string Name, string Kind, string? Country, string? Postcode, TimeZoneInfo TimeZone,
    IReadOnlyDictionary<string, TimeOnly> CutOffs, long PickFixedMinor, long HandlingMinor, int LeadDays, bool IsActive)
{
    /// <summary>When people work there.</summary>
    public NodeCalendar Calendar { get; init; } = NodeCalendar.Always(TimeZone);
}

/// <summary>A service from a node to a zone and its price.</summary>
public sealed record LaneSettings(long NodeId, long ZoneId, string Service, string Method, string Currency, long BaseMinor, long PerKgMinor,
    long MaxWeightGrams, int TransitDays);

/// <summary>All that placing an order reads beside products: true as of one catalog version.</summary>
public sealed class MerchantSettings
{
    private static readonly IReadOnlyList<LaneSettings> NoLanes = [];
    private readonly Dictionary<(long Node, long Zone), IReadOnlyList<LaneSettings>> _lanes;
    private readonly Dictionary<(string Country, string Prefix), long> _zones;
    private readonly Dictionary<string, ExchangeRate[]> _rates;
    private readonly HashSet<long> _nodesWithLanes;
    private readonly HashSet<string> _methods;
    private readonly int _longestPrefix;

    public MerchantSettings(long merchant, long version, string baseCurrency, IEnumerable<ChannelSettings> channels, IEnumerable<NodeSettings> nodes,
        IEnumerable<LaneSettings> lanes, IEnumerable<(string Country, string Prefix, long Zone)> areas, IEnumerable<ExchangeRate> rates)
    {
        (Merchant, Version, BaseCurrency) = (merchant, version, baseCurrency);
        Channels = channels.ToDictionary(c => Text.Key(c.Code), StringComparer.Ordinal);
        Nodes = [.. nodes];
        NodesByCode = Nodes.ToDictionary(n => Text.Key(n.Code), StringComparer.Ordinal);
        var all = lanes.ToList();
        (_nodesWithLanes, _methods) = ([.. all.Select(l => l.NodeId)], [.. all.Select(l => l.Method)]);
        _lanes = all.GroupBy(l => (l.NodeId, l.ZoneId)).ToDictionary(g => g.Key, g => (IReadOnlyList<LaneSettings>)[.. g]);
        _zones = areas.ToDictionary(a => (a.Country, a.Prefix), a => a.Zone);
        _longestPrefix = _zones.Count == 0 ? 0 : _zones.Keys.Max(k => k.Prefix.Length);
        _rates = rates.GroupBy(r => r.Currency).ToDictionary(g => g.Key, g => g.OrderByDescending(r => r.ValidFromMs).ToArray());
    }

    public long Merchant { get; }
    public long Version { get; }
    public string BaseCurrency { get; }

    /// <summary>By <c>Text.Key(code)</c>.</summary>
    public IReadOnlyDictionary<string, ChannelSettings> Channels { get; }

    /// <summary>All nodes that serve the merchant, active or not, in the order of their ids.</summary>
    public IReadOnlyList<NodeSettings> Nodes { get; }

    /// <summary>By <c>Text.Key(code)</c>.</summary>
    public IReadOnlyDictionary<string, NodeSettings> NodesByCode { get; }

    /// <summary>The zone of a place: that of the longest postcode prefix of its country; null when no area covers it.</summary>
    public long? ZoneOf(string? country, string? postcode)
    {
        if (country is null) return null;
        string code = Areas.Postcode(country, postcode ?? "");
        for (int length = Math.Min(code.Length, _longestPrefix); length >= 0; length--)
            if (!Areas.CutsDistrict(country, code, length) && _zones.TryGetValue((country, code[..length]), out long zone)) return zone;
        return null;
    }

    /// <summary>Does the node have any lane at all? One without sends everywhere, at no known cost.</summary>
    public bool HasLanes(long node) => _nodesWithLanes.Contains(node);

    /// <summary>Does any lane carry this delivery method?</summary>
    public bool KnowsMethod(string method) => _methods.Contains(method);

    /// <summary>The services of a node to a zone, in the order of their names.</summary>
    public IReadOnlyList<LaneSettings> Lanes(long node, long zone) => _lanes.GetValueOrDefault((node, zone), NoLanes);

    /// <summary>Base currency units for one of <paramref name="currency"/> at an instant, times 10^9; null when no rate is known.</summary>
    public long? RateE9(string currency, DateTimeOffset at)
    {
        if (currency == BaseCurrency) return 1_000_000_000;
        if (!_rates.TryGetValue(currency, out var rates)) return null;
        long now = at.ToUnixTimeMilliseconds();
        return Array.Find(rates, r => r.ValidFromMs <= now)?.RateE9;
    }
}
