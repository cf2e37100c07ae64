using Switchyard.Catalog;
using Switchyard.Inventory;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <param name="From">When they are there: now, or when those that come are expected.</param>
public sealed record LaterPart(string Sku, long Quantity, DateTimeOffset From);

/// <summary>A way to send all of it although some of it comes later: what placing it now would be told.</summary>
public sealed record LaterOption(string Method, DateTimeOffset ShipBy, DateTimeOffset DeliverBy, IReadOnlyList<LaterPart> Parts);

/// <summary>What is offered of a basket that is short: by the very decision of placing, so that placing says the same. Pure.</summary>
internal static class LaterOptions
{
    /// <summary>What placing would promise by these routes; null where it would refuse, or not know when all of it comes.</summary>
    /// <param name="supply">Of each SKU what nodes have, what is on its way, and who waits.</param>
    public static LaterOption? Of(string method, IReadOnlyList<(WantedUnits Units, SkuPolicy Policy)> wanted, OrderRoutes routes, IReadOnlyDictionary<long, SkuSupply> supply, OnShort onShort,
        bool isAsking, DateTimeOffset now, DateTimeOffset from)
    {
        List<NewLine> lines = [.. wanted.Select((w, i) => new NewLine(i + 1, LineKind.Goods, null, w.Units.SkuId, w.Units.Sku, null, w.Units.Quantity, w.Units.WeightGrams,
            0, 0, 0, 0, 0, null, "") { Policy = w.Policy })];
        if (!lines.Exists(l => StockPromise.MayWait(l, onShort, now))) return null;
        List<(long, long, long)> stock = [.. supply.SelectMany(s => s.Value.Nodes.Select(n => (s.Key, n.Node, Atp.AtNode(n, now.ToUnixTimeMilliseconds()))))];
        var promise = StockPromise.Decide(lines, routes.At(from).With(stock), onShort, new SaleLimit(routes.Buffer, sku => Atp.InNetwork(supply[sku], 0, now.ToUnixTimeMilliseconds())), routes.SplitPenaltyMinor, _ => false,
            new LaterSupply(now, sku => supply[sku].Waiting, sku => supply[sku].Nodes.Where(n => routes.Serves(n.Node)).SelectMany(n => n.Inbound)), isAsking, router: routes.Router);
        if (!promise.IsOk || lines.Exists(l => l.Unallocated > 0)) return null;
        var dates = PromiseMaking.AtPlacing(lines, promise.Value.Plan, routes, new OrderTerms(GraceUntil: from), now);
        return dates is null ? null : new LaterOption(method, At(dates.ShipByMs), At(dates.DeliverByMs),
            [.. lines.SelectMany(l => new[] { new LaterPart(l.Sku, l.Allocated, l.ReleaseAt ?? from), new LaterPart(l.Sku, l.Backordered + l.Preordered, l.ExpectedAt ?? from) })
                .Where(p => p.Quantity > 0).GroupBy(p => (p.Sku, p.From)).Select(g => new LaterPart(g.Key.Sku, g.Sum(p => p.Quantity), g.Key.From)).OrderBy(p => p.From).ThenBy(p => p.Sku, StringComparer.Ordinal)]);
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
