using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Why a way to the customer is not among the options.</summary>
/// <param name="Method">Null where it is about a node only.</param>
/// <param name="Node">Null where it is about all of them.</param>
public sealed record NotOffered([property: Words("ship", "collect", "sameDay")] string Kind, string? Method, string? Node,
    [property: Words("no_service", "no_stock", "no_route", "out_of_radius", "unknown_place", "after_cut_off", "closed")] string Code, string Detail);

/// <summary>The stores at which a basket can be collected, the nearest first. Pure.</summary>
internal static class CollectOptions
{
    /// <summary>More are of no use to somebody who chooses.</summary>
    private const int MostStores = 20;

    /// <param name="available">Units of a SKU that a node may promise to who asks, by node and SKU.</param>
    /// <param name="from">From when they could be worked on: now, or the end of the channel's grace.</param>
    public static (List<DeliveryOption> Options, List<NotOffered> NotOffered) Of(MerchantSettings settings, IReadOnlyList<WantedUnits> wanted, IEnumerable<NodeSettings> stores,
        Func<long, long, long> available, string country, string? postcode, DateTimeOffset from)
    {
        var (options, left) = (new List<DeliveryOption>(), new List<NotOffered>());
        var units = wanted.GroupBy(w => w.SkuId).Select(g => (Id: g.Key, g.First().Sku, Quantity: g.Sum(w => w.Quantity))).ToList();
        foreach (var (node, km) in stores.Select(s => (s, settings.Km(s, country, postcode))).OrderBy(s => s.Item2 ?? long.MaxValue).ThenBy(s => s.s.Code, StringComparer.Ordinal).Take(MostStores))
        {
            var collect = node.Collect!;
            var missing = units.Find(u => available(node.Id, u.Id) < u.Quantity);
            if (collect.RadiusKm is not null && km is null) Not("unknown_place", "Nobody knows how far it is.");
            else if (km > collect.RadiusKm) Not("out_of_radius", $"It is {km} km away; customers within {collect.RadiusKm} km may collect there.");
            else if (missing.Sku is not null) Not("no_stock", $"It has not enough of {missing.Sku}.");
            else if (PromiseDates.Collected(node, collect.ReadyMinutes, from) is not { } ready) Not("closed", "It has no day to be found on which it is open.");
            else
                options.Add(new DeliveryOption(DeliveryWays.Collect, ready.ShipDay, ready.DeliverDay, 0, settings.BaseCurrency,
                    [new OptionShipment(node.Code, DeliveryWays.Collect, ready.ShipDay, ready.DeliverDay, 0, [.. units.Select(u => new OptionItem(u.Sku, u.Quantity))]) { DistanceKm = km, Confidence = Kept(node) }])
                {
                    Confidence = Kept(node),
                    Kind = "collect", CollectAt = node.Code, ReadyAt = ready.ShipBy, DistanceKm = km, ShipByAt = ready.ShipBy, DeliverByAt = ready.DeliverBy,
                });

            void Not(string code, string detail) => left.Add(new NotOffered("collect", DeliveryWays.Collect, node.Code, code, detail));
        }
        return (options, left);

        decimal Kept(NodeSettings node) => settings.Records.Of(node.Id, DeliveryWays.Collect, country).Percent / 100m;
    }
}

/// <summary>Delivery on the day: what of it is offered, and why the rest is not. Pure.</summary>
internal static class SameDayOptions
{
    /// <summary>Keeps an option that really arrives today; says of each node that delivers on the day why it does not.</summary>
    /// <param name="option">What the method would give, whenever it arrives.</param>
    public static (DeliveryOption? Option, List<NotOffered> NotOffered) Of(MerchantSettings settings, DeliveryOption? option, IEnumerable<NodeSettings> nodes, string country, string? postcode,
        DateTimeOffset from)
    {
        bool isToday = option is not null && option.Shipments.All(s => s.DeliverBy == settings.NodesByCode[Text.Key(s.Node)].Calendar.DayOf(from));
        if (isToday) return (option! with { Kind = "sameDay", DistanceKm = option.Shipments.Max(s => settings.Km(settings.NodesByCode[Text.Key(s.Node)], country, postcode)) }, []);
        var left = new List<NotOffered>();
        foreach (var node in nodes)
        {
            var (sameDay, km, today) = (node.SameDay!, settings.Km(node, country, postcode), node.Calendar.DayOf(from));
            var (code, detail) = km is null ? ("unknown_place", "Nobody knows how far it is.")
                : km > sameDay.RadiusKm ? ("out_of_radius", $"It is {km} km away; it delivers on the day within {sameDay.RadiusKm} km.")
                : !node.Calendar.Works(today) ? ("closed", "It does not work today.")
                : from >= node.Calendar.At(today, node.CutOffs[DeliveryWays.SameDay]) || from >= node.Calendar.EndOf(today) ? ("after_cut_off", $"Orders until {sameDay.CutOff} are delivered on the day.")
                : settings.IsFull(node.Id, today) ? ("closed", "It has as much to do today as it can.")
                : ("no_stock", "It has not all of it, or it weighs too much.");
            left.Add(new NotOffered("sameDay", DeliveryWays.SameDay, node.Code, code, detail));
        }
        return (null, left);
    }
}
