using System.Text.Json.Serialization;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What is wanted of one SKU that stock is kept of, in the order of the request.</summary>
public sealed record WantedUnits(int Item, long SkuId, string Sku, long Quantity, long WeightGrams);

public sealed record OptionItem(string Sku, long Quantity);
public sealed record OptionShipment(string Node, string Service, DateOnly ShipBy, DateOnly DeliverBy, long CostMinor, IReadOnlyList<OptionItem> Items)
{
    /// <summary>Kilometres as the crow flies; absent where nobody knows them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? DistanceKm { get; init; }

    /// <summary>How likely it is that its dates are kept, 0 to 1, by what this node's parcels of the method did.</summary>
    public decimal Confidence { get; init; }
}

/// <summary>What a customer pays for delivery, minor units of the currency.</summary>
/// <param name="FreeFromMinor">From which worth of goods it is free; null: never.</param>
public sealed record DeliveryPrice(long AmountMinor, string Currency, long? FreeFromMinor);

/// <summary>One way to send everything that was asked for.</summary>
/// <param name="CostMinor">What it costs the shop, minor units of its base currency.</param>
public sealed record DeliveryOption(string Method, DateOnly ShipBy, DateOnly DeliverBy, long CostMinor, string Currency, IReadOnlyList<OptionShipment> Shipments)
{
    /// <summary>How likely it is that all of its dates are kept, 0 to 1.</summary>
    public decimal Confidence { get; init; }

    /// <summary>What the customer pays for it; absent where nothing is said of the method.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DeliveryPrice? Charge { get; init; }

    /// <summary>ship; collect: at <see cref="CollectAt"/>; sameDay: it arrives today.</summary>
    [Words("ship", "collect", "sameDay")]
    public string Kind { get; init; } = "ship";

    /// <summary>The node at which it is collected: what the order says as <c>collectAt</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CollectAt { get; init; }

    /// <summary>When it can be collected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>Kilometres as the crow flies to the store, or from whoever delivers on the day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? DistanceKm { get; init; }

    /// <summary>The instants that an order placed now would be told.</summary>
    public required DateTimeOffset ShipByAt { get; init; }

    /// <inheritdoc cref="ShipByAt"/>
    public required DateTimeOffset DeliverByAt { get; init; }
}

/// <summary>The ways to send a basket to a place now, by the very engine that plans orders. Pure.</summary>
public static class DeliveryOptions
{
    private const long Steps = 20_000;
    private const int MostMethods = 20;
    private static readonly IReadOnlyDictionary<long, long> Nothing = new Dictionary<long, long>();

    /// <summary>The method of nodes that have no lanes yet.</summary>
    public const string Unpriced = "standard";

    /// <summary>The methods by which anything can go there.</summary>
    public static IReadOnlyList<string> Methods(MerchantSettings settings, string? country, string? postcode)
    {
        var place = settings.PlaceOf(country, postcode);
        var methods = settings.Nodes.SelectMany(n => settings.LanesTo(n.Id, place)).Select(l => l.Method).Concat(place.Near.Length > 0 ? [DeliveryWays.SameDay] : []).Distinct().Order(StringComparer.Ordinal).Take(MostMethods).ToList();
        return methods.Exists(m => m != DeliveryWays.SameDay) || settings.Nodes.Any(n => settings.HasLanes(n.Id)) && methods.Count > 0 ? methods : [Unpriced, .. methods];
    }

    /// <summary>The option of one method, or null when it cannot carry everything.</summary>
    /// <param name="available">Units that a node may promise, by node and SKU; what is missing has none.</param>
    /// <param name="router">Decides by the merchant's strategies; null while there are none.</param>
    /// <param name="from">From when they could be worked on: now, or the end of the channel's grace.</param>
    public static DeliveryOption? Of(string method, IReadOnlyList<WantedUnits> wanted, IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> nodes,
        IReadOnlyDictionary<long, IReadOnlyDictionary<long, long>> available, long splitPenaltyMinor, MerchantSettings settings, string country, DateTimeOffset from,
        OrderRouter? router = null)
    {
        var sources = nodes.Select(n => new SourcingNode(n.Node.Id, n.Node.PickFixedMinor, n.Node.HandlingMinor, n.Node.LeadDays, n.Lanes,
            available.GetValueOrDefault(n.Node.Id, Nothing))
        { IsFull = OrderRoutes.IsFull(settings, n.Node, n.Lanes, from) }).ToList();
        var demands = wanted.Select((w, i) => new Demand(i, w.SkuId, w.Quantity, w.WeightGrams, 0)).ToList();
        var plan = OrderRouter.Solve(router, demands, sources, new SourcingOptions(splitPenaltyMinor, BudgetSteps: Steps)).Plan;
        if (plan.Unfilled.Count > 0 || plan.Shipments.Count == 0) return null;
        var byId = nodes.ToDictionary(n => n.Node.Id);
        var dated = plan.Shipments.Select(s =>
        {
            var (node, lanes) = byId[s.NodeId];
            var dates = PromiseDates.Of(node, s.Service, lanes.First(l => l.Service == s.Service).TransitDays, from, OrderRoutes.Terms(settings, node, s.Service, country));
            return (Dates: dates, Shipment: new OptionShipment(node.Code, s.Service, dates?.ShipDay ?? default, dates?.DeliverDay ?? default, s.CostMinor,
                Items(s.Parts, wanted))
            { Confidence = settings.Records.Of(node.Id, method, country).Percent / 100m });
        }).ToList();
        if (dated.Exists(d => d.Dates is null)) return null;
        var shipments = dated.ConvertAll(d => d.Shipment);
        return new DeliveryOption(method, shipments.Max(s => s.ShipBy), shipments.Max(s => s.DeliverBy), shipments.Sum(s => s.CostMinor), settings.BaseCurrency, shipments)
        {
            Confidence = PromiseRecords.All(shipments.Select(s => (int)(s.Confidence * 100))),
            ShipByAt = dated.Max(d => d.Dates!.Value.ShipBy),
            DeliverByAt = dated.Max(d => d.Dates!.Value.DeliverBy),
        };
    }

    private static List<OptionItem> Items(IReadOnlyList<LinePart> parts, IReadOnlyList<WantedUnits> wanted)
    {
        var items = new List<OptionItem>(parts.Count);
        var places = new Dictionary<string, int>(parts.Count, StringComparer.Ordinal);
        foreach (var part in parts)
        {
            string sku = wanted[part.Line].Sku;
            if (places.TryAdd(sku, items.Count)) items.Add(new OptionItem(sku, part.Quantity));
            else items[places[sku]] = items[places[sku]] with { Quantity = items[places[sku]].Quantity + part.Quantity };
        }
        return items;
    }
}
