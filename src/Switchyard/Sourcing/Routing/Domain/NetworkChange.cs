using Switchyard.Channels;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>How nodes and prices would be otherwise.</summary>
/// <param name="Closed">Codes of nodes that send nothing.</param>
/// <param name="Added">Nodes there are none of yet.</param>
/// <param name="Capacity">The most parcels a node sends in a day.</param>
/// <param name="RateCards">Cards in whose place other prices count.</param>
/// <param name="Lanes">Nodes whose own lanes cost more or less.</param>
public sealed record NetworkChange(IReadOnlyList<string?>? Closed = null, IReadOnlyList<AddedNode?>? Added = null, IReadOnlyList<NodeLimit?>? Capacity = null,
    IReadOnlyList<CardChange?>? RateCards = null, IReadOnlyList<LaneChange?>? Lanes = null);

/// <param name="Like">The node it is like: kind, costs, services and prices.</param>
/// <param name="StockPercent">Its stock at the beginning, and of what comes in later, as a share of what the other has or gets; in addition to it.</param>
/// <param name="Country">Where it is; like the other when left out.</param>
public sealed record AddedNode(string Code, string Like, int StockPercent = 100, string? Country = null, string? Postcode = null, Position? Position = null);

public sealed record NodeLimit(string Node, long ParcelsPerDay);

/// <param name="By">The card that counts instead.</param>
/// <param name="Percent">Its prices, in per cent of what they are.</param>
public sealed record CardChange(string Card, string? By = null, int? Percent = null);

/// <param name="Service">Only this service; absent: all of the node's lanes.</param>
public sealed record LaneChange(string Node, int Percent, string? Service = null);

/// <summary>Settings as they would be. Pure.</summary>
public static class NetworkChanges
{
    public const int MostNodes = 200, MostPercent = 10_000;

    /// <summary>The id of a node that is added: below 0, by its place in the list.</summary>
    public static long IdOf(int added) => -1 - added;

    public static void Check(Checks checks, NetworkChange change, MerchantSettings now, string at)
    {
        bool Known(string? code) => code is not null && now.NodesByCode.ContainsKey(Text.Key(code));
        void Node(string? code, string pointer) => checks.That(Known(code), pointer, "routing.unknown_node", $"There is no node {code}.");
        void Percent(int? percent, string pointer) => checks.That(percent is null or (>= 0 and <= MostPercent), pointer, "field.out_of_range", $"Per cent are from 0 to {MostPercent}.");
        foreach (var (list, name) in new[] { (change.Closed?.Count, "closed"), (change.Added?.Count, "added"), (change.Capacity?.Count, "capacity"), (change.RateCards?.Count, "rateCards"), (change.Lanes?.Count, "lanes") })
            checks.That((list ?? 0) <= MostNodes, $"{at}/{name}", "field.too_many", $"At most {MostNodes} entries.");
        if (checks.AnyFault) return;
        var (closed, codes) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (i, code) in (change.Closed ?? []).Index())
        {
            Node(code, $"{at}/closed/{i}");
            if (Known(code)) checks.That(closed.Add(Text.Key(code!)), $"{at}/closed/{i}", "field.repeated", $"{code} stands twice.");
        }
        foreach (var (i, added) in (change.Added ?? []).Index())
        {
            string here = $"{at}/added/{i}";
            if (added is null) { checks.Fault(here, "field.required", "A node must be an object."); continue; }
            checks.That(Text.IsCode(added.Code ?? ""), here + "/code", "field.not_code", "A code has 1 to 64 visible characters and no blanks.");
            checks.That(!Known(added.Code) && codes.Add(Text.Key(added.Code ?? "")), here + "/code", "field.repeated", "There is such a node already.");
            Node(added.Like, here + "/like");
            Percent(added.StockPercent, here + "/stockPercent");
            if (added.Country is not null) NodeChecks.Country(checks, added.Country, here + "/country");
            checks.Text(added.Postcode, here + "/postcode", 20);
            checks.That(added.Position is null or { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 }, here + "/position", "field.out_of_range", "Latitude is from -90 to 90, longitude from -180 to 180.");
        }
        foreach (var (i, limit) in (change.Capacity ?? []).Index())
        {
            Node(limit?.Node, $"{at}/capacity/{i}/node");
            checks.That(limit?.ParcelsPerDay is >= 0 and <= 10_000_000, $"{at}/capacity/{i}/parcelsPerDay", "field.out_of_range", "Parcels a day are from 0 to 10,000,000.");
        }
        foreach (var (i, card) in (change.RateCards ?? []).Index())
        {
            checks.Text(card?.Card, $"{at}/rateCards/{i}/card", 64, required: true);
            checks.Text(card?.By, $"{at}/rateCards/{i}/by", 64);
            checks.That(card is null || card.By is not null || card.Percent is not null, $"{at}/rateCards/{i}", "field.required", "Say the card that counts instead, or a percentage.");
            Percent(card?.Percent, $"{at}/rateCards/{i}/percent");
        }
        foreach (var (i, lane) in (change.Lanes ?? []).Index())
        {
            Node(lane?.Node, $"{at}/lanes/{i}/node");
            Percent(lane?.Percent, $"{at}/lanes/{i}/percent");
            checks.Text(lane?.Service, $"{at}/lanes/{i}/service", 64);
            if (lane?.Service is { } service && Known(lane.Node))
                checks.That(now.AllLanes.Any(l => l.Service == service && l.NodeId == now.NodesByCode[Text.Key(lane.Node)].Id), $"{at}/lanes/{i}/service", "routing.unknown_code",
                    $"No lane of {lane.Node} has the service {service}.");
        }
    }

    /// <param name="cards">The cards that count instead of others, by code.</param>
    public static MerchantSettings Apply(MerchantSettings s, NetworkChange change, IReadOnlyDictionary<string, RateCard> cards, RoutingSettings routing)
    {
        var closed = (change.Closed ?? []).OfType<string>().Select(Text.Key).ToHashSet();
        var nodes = s.Nodes.Select(n => closed.Contains(Text.Key(n.Code)) ? n with { IsActive = false } : n).ToList();
        var lanes = s.AllLanes.Select(l => Priced(l, s, change)).ToList();
        var other = s.AllCards.Select(c => c.Card).Distinct().ToDictionary(c => c, c => Priced(c, change, cards));
        var cardsOf = s.AllCards.Select(c => (c.Node, Card: other[c.Card])).ToList();
        foreach (var (i, added) in (change.Added ?? []).Index())
        {
            if (!s.NodesByCode.TryGetValue(Text.Key(added!.Like), out var like)) continue;
            long id = IdOf(i);
            var position = added.Position is { } told ? (told.Latitude, told.Longitude) : added.Postcode is null ? like.Position : null;
            nodes.Add(like with { Id = id, Code = added.Code, Name = added.Code, Country = added.Country?.ToUpperInvariant() ?? like.Country, Postcode = added.Postcode ?? like.Postcode, Position = position, IsActive = true });
            lanes.AddRange(lanes.Where(l => l.NodeId == like.Id).Select(l => l with { NodeId = id }).ToList());
            cardsOf.AddRange(cardsOf.Where(c => c.Node == like.Id).Select(c => (id, c.Card)).ToList());
        }
        var rates = other.Keys.Concat(other.Values).Select(c => c.Card.Currency).Distinct().Where(c => c != s.BaseCurrency && s.CardRateE9(c) is not null)
            .Select(c => new ExchangeRate(c, 0, s.CardRateE9(c)!.Value, "then"));
        return new MerchantSettings(s.Merchant, 0, s.BaseCurrency, s.Channels.Values, nodes.OrderBy(n => n.Id), lanes, s.AllAreas, rates, cardsOf, DateTimeOffset.UnixEpoch) { Routing = routing };
    }

    private static LaneSettings Priced(LaneSettings lane, MerchantSettings s, NetworkChange change)
    {
        foreach (var c in change.Lanes ?? [])
            if (s.NodesByCode.TryGetValue(Text.Key(c!.Node), out var node) && node.Id == lane.NodeId && (c.Service is null || c.Service == lane.Service))
                lane = lane with { BaseMinor = Share(lane.BaseMinor, c.Percent), PerKgMinor = Share(lane.PerKgMinor, c.Percent) };
        return lane;
    }

    private static RateCardIndex Priced(RateCardIndex card, NetworkChange change, IReadOnlyDictionary<string, RateCard> cards)
    {
        var prices = card.Card;
        foreach (var c in change.RateCards ?? [])
        {
            if (c!.Card != card.Code) continue;
            if (c.By is { } by && cards.TryGetValue(by, out var instead)) prices = instead;
            if (c.Percent is { } percent) prices = prices with { Rates = [.. prices.Rates.Select(r => r with { PriceMinor = Share(r.PriceMinor, percent) })] };
        }
        return ReferenceEquals(prices, card.Card) ? card : new RateCardIndex(prices) { Code = card.Code };
    }

    private static long Share(long minor, int percent) => (long)Int128.Min(((Int128)minor * percent + 50) / 100, Money.MaxMinor);
}
