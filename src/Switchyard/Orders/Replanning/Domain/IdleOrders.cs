using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What of an order is decided anew together with others, from its row and the network. Pure.</summary>
internal static class IdleOrders
{
    /// <summary>
    /// Null when the order is not one of those: something of it waits for goods, is worked on or has left, or it has ended. Who waits for goods
    /// is served by the queue, and who is worked on is left in peace.
    /// </summary>
    public static IdleOrder? Of(OpenOrder order, MerchantSettings settings, long no)
    {
        // What was just refused somewhere is not taken back there for its price.
        if (order.State is not (OrderState.Placed or OrderState.Confirmed) || order.IsHistory || order.RefusedBy.Count > 0) return null;
        var held = order.Lines.Where(l => l.HoldsStock).ToList();
        var lines = held.Where(l => l.SkuId is not null && l[LineBucket.Allocated] > 0).ToList();
        if (lines.Count == 0 || held.Exists(l => l.Waiting > 0 || l.InWork > 0 || l.HasLeft)) return null;
        var routes = OrderRoutes.To(order, settings);
        var nodes = routes.With([]);
        var services = lines.SelectMany(l => l.Claims.Keys.Select(n => (Node: n, Part: order.Dates?.Parts.FirstOrDefault(p => p.Node == n && p.Lines.Contains(l.LineNo)))))
            .Where(p => p.Part?.Service is not null).DistinctBy(p => p.Node).ToDictionary(p => p.Node, p => p.Part!.Service!);
        var inTime = InTime(order, routes, nodes, lines);
        return new IdleOrder(no, [.. lines.Select(l => new Demand(l.LineNo, l.SkuId!.Value, l[LineBucket.Allocated], l.WeightGrams, 0))],
            [.. lines.SelectMany(l => l.Claims.Select(c => new PlacedUnits(l.LineNo, c.Key, c.Value.Units)))],
            [.. nodes.Select(n => Offered(n, lines.Exists(l => l.ClaimAt(n.NodeId).Units > 0))).Where(n => n.Lanes.Count > 0)], routes.SplitPenaltyMinor)
        { Router = routes.Router, Services = services, InTime = inTime };

        // Where it is it is counted among what fills the day.
        SourcingNode Offered(SourcingNode node, bool isThere) => node with { Lanes = Lanes(node, inTime, services, isThere), IsFull = node.IsFull && !isThere };
    }

    private static HashSet<(long Node, string Service)>? InTime(OpenOrder order, OrderRoutes routes, IReadOnlyList<SourcingNode> nodes, List<OpenLine> lines)
    {
        if (order.ShipByMs is not { } shipBy || order.DeliverByMs is not { } deliverBy) return null;
        long from = Math.Max(order.Now.ToUnixTimeMilliseconds(), Math.Max(order.GraceUntilMs ?? 0, Math.Max(order.ReleaseAtMs ?? 0, lines.Max(l => l.ReleaseAtMs ?? 0))));
        var own = (order.Dates?.Parts ?? []).ToLookup(p => p.Node, p => p.ShipByMs);
        return [.. nodes.SelectMany(n => n.Lanes.Select(l => l.Service).Distinct().Select(s => (Node: n.NodeId, Service: s)))
            .Where(p => routes.Part(p.Node, p.Service, [], from, [.. own[p.Node]]) is { } dates && dates.ShipByMs <= shipBy && dates.DeliverByMs <= deliverBy)];
    }

    // Where it is it may stay by its own service, though that would be too late for whoever comes now.
    private static List<LaneOffer> Lanes(SourcingNode node, HashSet<(long, string)>? inTime, Dictionary<long, string> services, bool isThere) =>
        [.. node.Lanes.Where(l => inTime is null || inTime.Contains((node.NodeId, l.Service))
            || isThere && (!services.TryGetValue(node.NodeId, out string? own) || own == l.Service))];
}
