using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Channels;

namespace Switchyard.Sourcing;

/// <summary>
/// All of a merchant's settings that decide from where orders go, as one document: what is equal has one hash, whenever and by whatever
/// process it was read. What the settings say beyond that (names, opening hours) is not in it.
/// </summary>
internal sealed record RoutingWorld(byte[] Hash, byte[] Json)
{
    private const int HashBytes = 8;
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    private sealed record Document(string Currency, IReadOnlyList<Channel> Channels, IReadOnlyList<Node> Nodes, IReadOnlyList<Lane> Lanes, IReadOnlyList<Area> Areas,
        IReadOnlyList<Card> Cards, IReadOnlyList<CardOf> CardsOf, IReadOnlyDictionary<string, long> Rates, Rule? Live, Rule? Shadow);
    private sealed record Channel(long Id, string Code, long Split, long Buffer, IReadOnlyList<string> Excluded);
    private sealed record Node(long Id, string Code, string Kind, string? Country, string? Postcode, long Pick, long Handling, int Lead, bool Active,
        IReadOnlyList<string>? Groups, SortedDictionary<string, string>? Attributes, decimal? Latitude, decimal? Longitude);
    private sealed record Lane(long Node, long Zone, string Service, string Method, string Currency, long Base, long PerKg, long Max, int Days);
    private sealed record Area(string Country, string Prefix, long Zone);
    private sealed record Card(int No, string Code, RateCard Prices);
    private sealed record CardOf(long Node, int No);
    private sealed record Rule(string Code, long Version);

    public static RoutingWorld Of(MerchantSettings s)
    {
        var cards = s.AllCards.Select(c => c.Card).Distinct().Index().ToDictionary(c => c.Item, c => c.Index);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new Document(s.BaseCurrency,
            [.. s.Channels.Values.OrderBy(c => c.Id).Select(c => new Channel(c.Id, c.Code, c.SplitPenaltyMinor, c.Buffer, c.ExcludedNodeKinds))],
            [.. s.Nodes.Select(Told)], [.. s.AllLanes.Select(l => new Lane(l.NodeId, l.ZoneId, l.Service, l.Method, l.Currency, l.BaseMinor, l.PerKgMinor, l.MaxWeightGrams, l.TransitDays))],
            [.. s.AllAreas.OrderBy(a => a.Zone).ThenBy(a => a.Country, StringComparer.Ordinal).ThenBy(a => a.Prefix, StringComparer.Ordinal).Select(a => new Area(a.Country, a.Prefix, a.Zone))],
            [.. cards.OrderBy(c => c.Value).Select(c => new Card(c.Value, c.Key.Code, c.Key.Card))], [.. s.AllCards.Select(c => new CardOf(c.Node, cards[c.Card]))],
            cards.Keys.Select(c => c.Card.Currency).Distinct().Where(c => c != s.BaseCurrency && s.CardRateE9(c) is not null).Order(StringComparer.Ordinal).ToDictionary(c => c, c => s.CardRateE9(c)!.Value),
            Told(s.Routing.Live), Told(s.Routing.Shadow)), Form);
        return new RoutingWorld(SHA256.HashData(json)[..HashBytes], json);
    }

    private static Node Told(NodeSettings n) => new(n.Id, n.Code, n.Kind, n.Country, n.Postcode, n.PickFixedMinor, n.HandlingMinor, n.LeadDays, n.IsForSale, n.Groups,
        n.Attributes.Count == 0 ? null : new SortedDictionary<string, string>(n.Attributes.ToDictionary(), StringComparer.Ordinal), n.Position?.Latitude, n.Position?.Longitude);

    private static Rule? Told(RoutingStrategy? strategy) => strategy is null ? null : new Rule(strategy.Code, strategy.Version);

    public static byte[] Pack(byte[] json)
    {
        using var packed = new MemoryStream();
        using (var to = new BrotliStream(packed, CompressionLevel.Optimal)) to.Write(json);
        return packed.ToArray();
    }

    /// <summary>The strategies that decided and looked on.</summary>
    public static ((string Code, long Version)? Live, (string Code, long Version)? Shadow) Strategies(byte[] json)
    {
        var world = JsonSerializer.Deserialize<Document>(json, Form)!;
        return (Named(world.Live), Named(world.Shadow));

        static (string, long)? Named(Rule? rule) => rule is null ? null : (rule.Code, rule.Version);
    }

    public static byte[] Unpack(byte[] packed)
    {
        using var from = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var json = new MemoryStream();
        from.CopyTo(json);
        return json.ToArray();
    }

    /// <summary>The settings as they were.</summary>
    /// <param name="now">Names, opening hours and cut-offs are taken from the settings of today, where a node still is.</param>
    public static MerchantSettings Read(byte[] json, MerchantSettings now, RoutingSettings routing)
    {
        var world = JsonSerializer.Deserialize<Document>(json, Form)!;
        var cards = world.Cards.ToDictionary(c => c.No, c => new RateCardIndex(c.Prices) { Code = c.Code });
        return new MerchantSettings(now.Merchant, 0, world.Currency,
            world.Channels.Select(c => new ChannelSettings(c.Id, c.Code, c.Code, "hold", c.Split, c.Buffer, c.Excluded ?? [], 0)), world.Nodes.Select(n => Then(n, now.NodesById.GetValueOrDefault(n.Id))),
            world.Lanes.Select(l => new LaneSettings(l.Node, l.Zone, l.Service, l.Method, l.Currency, l.Base, l.PerKg, l.Max, l.Days)),
            world.Areas.Select(a => (a.Country, a.Prefix, a.Zone)), world.Rates.Select(r => new ExchangeRate(r.Key, 0, r.Value, "then")),
            world.CardsOf.Select(c => (c.Node, cards[c.No])), DateTimeOffset.UnixEpoch)
        { Routing = routing };
    }

    private static NodeSettings Then(Node n, NodeSettings? today)
    {
        var known = today ?? new NodeSettings(n.Id, n.Code, n.Code, n.Kind, null, null, TimeZoneInfo.Utc, new Dictionary<string, TimeOnly>(), 0, 0, 0, true);
        return known with
        {
            Code = n.Code,
            Kind = n.Kind,
            Country = n.Country,
            Postcode = n.Postcode,
            PickFixedMinor = n.Pick,
            HandlingMinor = n.Handling,
            LeadDays = n.Lead,
            IsActive = n.Active,
            SellsOnline = true,
            Groups = n.Groups ?? [],
            Attributes = n.Attributes?.ToDictionary() ?? [],
            Position = n is { Latitude: { } latitude, Longitude: { } longitude } ? (latitude, longitude) : null,
        };
    }
}
