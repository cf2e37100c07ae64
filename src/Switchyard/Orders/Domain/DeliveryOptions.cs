using Switchyard.Inventory;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What is wanted of one SKU that stock is kept of, in the order of the request.</summary>
public sealed record WantedUnits(int Item, long SkuId, string Sku, long Quantity, long WeightGrams);

public sealed record OptionItem(string Sku, long Quantity);
public sealed record OptionShipment(string Node, string Service, DateOnly ShipBy, DateOnly DeliverBy, long CostMinor, IReadOnlyList<OptionItem> Items);

/// <summary>One way to send everything that was asked for.</summary>
/// <param name="CostMinor">What it costs the shop, minor units of its base currency.</param>
public sealed record DeliveryOption(string Method, DateOnly ShipBy, DateOnly DeliverBy, long CostMinor, string Currency, IReadOnlyList<OptionShipment> Shipments);

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
    public static DeliveryOption? Of(string method, IReadOnlyList<WantedUnits> wanted, IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> nodes,
        Func<long, long, long> available, long splitPenaltyMinor, string currency, DateTimeOffset now)
    {
        var sources = nodes.Select(n => new SourcingNode(n.Node.Id, n.Node.PickFixedMinor, n.Node.HandlingMinor, n.Node.LeadDays, n.Lanes,
            wanted.Select(w => w.SkuId).Distinct().Select(sku => (sku, Units: available(sku, n.Node.Id))).Where(a => a.Units > 0).ToDictionary(a => a.sku, a => a.Units))).ToList();
        var demands = wanted.Select((w, i) => new Demand(i, w.SkuId, w.Quantity, w.WeightGrams, 0)).ToList();
        var plan = SourcingEngine.Solve(demands, sources, new SourcingOptions(splitPenaltyMinor, BudgetSteps: Steps));
        if (plan.Unfilled.Count > 0 || plan.Shipments.Count == 0) return null;
        var byId = nodes.ToDictionary(n => n.Node.Id);
        var shipments = plan.Shipments.Select(s =>
        {
            var (node, lanes) = byId[s.NodeId];
            var ship = ShipBy(node, s.Service, now);
            return new OptionShipment(node.Code, s.Service, ship, ship.AddDays(lanes.First(l => l.Service == s.Service).TransitDays), s.CostMinor,
                [.. s.Parts.GroupBy(p => wanted[p.Line].Sku).Select(g => new OptionItem(g.Key, g.Sum(p => p.Quantity)))]);
        }).ToList();
        return new DeliveryOption(method, shipments.Max(s => s.ShipBy), shipments.Max(s => s.DeliverBy), shipments.Sum(s => s.CostMinor), currency, shipments);
    }

    /// <summary>
    /// The day it leaves, in the node's own time zone: today until the service's cut-off (or that of <c>*</c>; none means all day), then
    /// tomorrow; and the node's lead days on top.
    /// </summary>
    public static DateOnly ShipBy(NodeSettings node, string service, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, node.TimeZone);
        bool isLate = (node.CutOffs.TryGetValue(service, out var cutOff) || node.CutOffs.TryGetValue("*", out cutOff)) && TimeOnly.FromTimeSpan(local.TimeOfDay) >= cutOff;
        return DateOnly.FromDateTime(local.DateTime).AddDays(node.LeadDays + (isLate ? 1 : 0));
    }
}
