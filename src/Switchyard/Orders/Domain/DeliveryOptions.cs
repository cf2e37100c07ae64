using Switchyard.Inventory;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What is wanted of one SKU that stock is kept of, in the order of the request.</summary>
public sealed record WantedUnits(int Item, long SkuId, string Sku, long Quantity, long WeightGrams);

public sealed record OptionItem(string Sku, long Quantity);
public sealed record OptionShipment(string Node, string Service, DateOnly ShipBy, DateOnly DeliverBy, long CostMinor, IReadOnlyList<OptionItem> Items);

/// <summary>One way to send everything that was asked for.</summary>
/// <param name="CostMinor">What it costs the shop, minor units of its base currency.</param>
public sealed record DeliveryOption(string Method, DateOnly ShipBy, DateOnly DeliverBy, long CostMinor, string Currency, IReadOnlyList<OptionShipment> Shipments)
{
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

    /// <summary>The method of nodes that have no lanes yet.</summary>
    public const string Unpriced = "standard";

    /// <summary>The methods by which anything can go there.</summary>
    public static IReadOnlyList<string> Methods(MerchantSettings settings, string? country, string? postcode)
    {
        var methods = settings.ZoneOf(country, postcode) is not { } zone ? []
            : settings.Nodes.SelectMany(n => settings.Lanes(n.Id, zone)).Select(l => l.Method).Distinct().Order(StringComparer.Ordinal).Take(MostMethods).ToList();
        return methods.Count > 0 ? methods : [Unpriced];
    }

    /// <summary>The option of one method, or null when it cannot carry everything.</summary>
    /// <param name="available">Units of a SKU that a node may promise, ≥ 0.</param>
    /// <param name="from">From when they could be worked on: now, or the end of the channel's grace.</param>
    public static DeliveryOption? Of(string method, IReadOnlyList<WantedUnits> wanted, IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> nodes,
        Func<long, long, long> available, long splitPenaltyMinor, string currency, DateTimeOffset from)
    {
        var sources = nodes.Select(n => new SourcingNode(n.Node.Id, n.Node.PickFixedMinor, n.Node.HandlingMinor, n.Node.LeadDays, n.Lanes,
            wanted.Select(w => w.SkuId).Distinct().Select(sku => (sku, Units: available(sku, n.Node.Id))).Where(a => a.Units > 0).ToDictionary(a => a.sku, a => a.Units))).ToList();
        var demands = wanted.Select((w, i) => new Demand(i, w.SkuId, w.Quantity, w.WeightGrams, 0)).ToList();
        var plan = SourcingEngine.Solve(demands, sources, new SourcingOptions(splitPenaltyMinor, BudgetSteps: Steps));
        if (plan.Unfilled.Count > 0 || plan.Shipments.Count == 0) return null;
        var byId = nodes.ToDictionary(n => n.Node.Id);
        var dated = plan.Shipments.Select(s =>
        {
            var (node, lanes) = byId[s.NodeId];
            var dates = PromiseDates.Of(node, s.Service, lanes.First(l => l.Service == s.Service).TransitDays, from);
            return (Dates: dates, Shipment: new OptionShipment(node.Code, s.Service, dates?.ShipDay ?? default, dates?.DeliverDay ?? default, s.CostMinor,
                [.. s.Parts.GroupBy(p => wanted[p.Line].Sku).Select(g => new OptionItem(g.Key, g.Sum(p => p.Quantity)))]));
        }).ToList();
        if (dated.Exists(d => d.Dates is null)) return null;
        var shipments = dated.ConvertAll(d => d.Shipment);
        return new DeliveryOption(method, shipments.Max(s => s.ShipBy), shipments.Max(s => s.DeliverBy), shipments.Sum(s => s.CostMinor), currency, shipments)
        {
            ShipByAt = dated.Max(d => d.Dates!.Value.ShipBy),
            DeliverByAt = dated.Max(d => d.Dates!.Value.DeliverBy),
        };
    }
}
