using System.Globalization;
using Switchyard.Inventory;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>The nodes that may serve one order and their services to its address; known before any lock is taken.</summary>
public sealed class OrderRoutes
{
    /// <summary>What a node without any lane offers: it sends everywhere at no known cost, so that a new shop can sell at once.</summary>
    private static readonly IReadOnlyList<LaneOffer> Unpriced = [new LaneOffer("standard", 0, 0, long.MaxValue, 3)];

    private readonly IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> _nodes;
    private readonly Dictionary<long, string> _codes;

    private OrderRoutes(IReadOnlyList<(NodeSettings, IReadOnlyList<LaneOffer>)> nodes, Dictionary<long, string> codes, long buffer, long splitPenaltyMinor)
    {
        (_nodes, _codes, Buffer, SplitPenaltyMinor) = (nodes, codes, buffer, splitPenaltyMinor);
    }

    /// <summary>Units of each SKU that the channel never sells.</summary>
    public long Buffer { get; }

    public long SplitPenaltyMinor { get; }

    public string Code(long node) => _codes[node];
    public bool Serves(long node) => _nodes.Any(n => n.Node.Id == node);
    public bool IsOurs(long node) => _codes.ContainsKey(node);

    public static OrderRoutes To(AssembledOrder order, MerchantSettings settings)
    {
        var address = order.Request.ShippingAddress;
        return To(order.ChannelId, address?.Country, address?.Postcode, order.Request.Method, settings);
    }

    /// <summary>The nodes that may serve an order of a channel at a place by a method.</summary>
    public static OrderRoutes To(long channelId, string? country, string? postcode, string? method, MerchantSettings settings)
    {
        var channel = settings.Channels.Values.First(c => c.Id == channelId);
        var nodes = Between(settings, channel.ExcludedNodeKinds, country, postcode, method);
        return new OrderRoutes(nodes, settings.Nodes.ToDictionary(n => n.Id, n => n.Code), channel.Buffer, channel.SplitPenaltyMinor);
    }

    /// <summary>The routes of an order that was placed before, by its address, method and channel as they are now.</summary>
    public static OrderRoutes To(OpenOrder order, MerchantSettings settings, IReadOnlySet<long>? excluded = null)
    {
        var channel = settings.Channels.Values.First(c => c.Id == order.Channel);
        var nodes = Between(settings, channel.ExcludedNodeKinds, order.Country, order.Postcode, order.Method);
        return new OrderRoutes(excluded is null ? nodes : [.. nodes.Where(n => !excluded.Contains(n.Node.Id))], settings.Nodes.ToDictionary(n => n.Id, n => n.Code),
            channel.Buffer, channel.SplitPenaltyMinor);
    }

    /// <summary>Units of a line that leave a node; null when it does not serve, or has no day to be found.</summary>
    /// <param name="service">Null: its slowest, since nobody has chosen yet.</param>
    /// <param name="fromMs">From when they can be worked on.</param>
    public PromisePart? Part(long node, string? service, IReadOnlyList<int> lines, long fromMs)
    {
        foreach (var (at, lanes) in _nodes)
        {
            if (at.Id != node) continue;
            var lane = lanes.FirstOrDefault(l => l.Service == service) ?? lanes.MaxBy(l => l.TransitDays)!;
            return Dated(at, lane, fromMs) is { } dates ? new PromisePart(node, lane.Service, lines, fromMs, at.LeadDays, lane.TransitDays,
                dates.CutOff?.ToString("HH:mm", CultureInfo.InvariantCulture), dates.ShipBy.ToUnixTimeMilliseconds(), dates.DeliverBy.ToUnixTimeMilliseconds()) : null;
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

    private static DatesOfParcel? Dated(NodeSettings node, LaneOffer lane, long fromMs) =>
        PromiseDates.Of(node, lane.Service, lane.TransitDays, DateTimeOffset.FromUnixTimeMilliseconds(fromMs));

    /// <summary>Active nodes with at least one service to a place. A method no lane of the merchant knows does not restrict them.</summary>
    public static IReadOnlyList<(NodeSettings Node, IReadOnlyList<LaneOffer> Lanes)> Between(
        MerchantSettings settings, IReadOnlyList<string> excludedKinds, string? country, string? postcode, string? method)
    {
        long? zone = settings.ZoneOf(country, postcode);
        bool isMethodKnown = method is not null && settings.KnowsMethod(method);
        var nodes = new List<(NodeSettings, IReadOnlyList<LaneOffer>)>();
        foreach (var node in settings.Nodes)
        {
            if (!node.IsActive || excludedKinds.Contains(node.Kind)) continue;
            var lanes = !settings.HasLanes(node.Id) ? Unpriced : zone is not { } to ? []
                : (IReadOnlyList<LaneOffer>)[.. settings.Lanes(node.Id, to).Where(l => !isMethodKnown || l.Method == method)
                    .Select(l => new LaneOffer(l.Service, l.BaseMinor, l.PerKgMinor, l.MaxWeightGrams, l.TransitDays))];
            if (lanes.Count > 0) nodes.Add((node, lanes));
        }
        return nodes;
    }

    /// <summary>The nodes with the stock as it stands on a locked sheet.</summary>
    internal IReadOnlyList<SourcingNode> With(StockSheet sheet, IReadOnlyList<long> skus)
    {
        var nodes = new List<SourcingNode>(_nodes.Count);
        foreach (var (node, lanes) in _nodes)
        {
            var available = new Dictionary<long, long>(skus.Count);
            foreach (long sku in skus)
                if (sheet.Find(sku, node.Id) is { } row && row.Balance.Available > 0) available[sku] = row.Balance.Available;
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

    private static SourcingNode ToNode(NodeSettings node, IReadOnlyList<LaneOffer> lanes, IReadOnlyDictionary<long, long> available) =>
        new(node.Id, node.PickFixedMinor, node.HandlingMinor, node.LeadDays, lanes, available);
}
