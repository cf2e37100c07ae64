using System.Text.Json;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What is promised to an order and why; lines carry their new buckets once it is applied.</summary>
public sealed record Promise(IReadOnlyList<NewAllocation> Allocations, IReadOnlyList<NewHold> Holds, SourcingPlan Plan)
{
    /// <summary>By which strategy it was decided, and how; null by the house rule.</summary>
    public RoutingDecision? Routing { get; init; }

    /// <summary>What it was decided from.</summary>
    public DecisionInput? Input { get; init; }
}

/// <summary>Decides the promise of one order from the stock as it is now. Pure: the caller holds the locks and moves the stock.</summary>
public static class StockPromise
{
    /// <summary>Lines beyond which a plan is made outside the locks and only checked inside.</summary>
    public const int MostLinesPlannedInside = 12;
    private const long StepsInside = 200_000, StepsOutside = 5_000_000;

    /// <summary>Units each line may claim, whether what it lacks may wait, and the lines that fall short.</summary>
    private sealed record Wanted(long[] Claims, bool[] MayWait, List<FieldError> Short, bool AnyElsewhere)
    {
        public bool IsFull(List<NewLine> lines) => !lines.Where((l, i) => l.SkuId is not null && Claims[i] < l.Quantity).Any();
    }

    /// <param name="lines">All lines of the order; only those that hold stock are looked at. Their buckets are set.</param>
    /// <param name="nodes">Nodes that may serve the order, with lanes to its address and what is available now.</param>
    /// <param name="limit">What of it may be sold to this buyer.</param>
    /// <param name="elsewhere">Is there stock of this SKU at a node that cannot deliver here?</param>
    /// <param name="later">What may be sold that is not there.</param>
    /// <param name="isAsking">Where a SKU may not wait: is the order refused, or held?</param>
    /// <param name="prepared">A plan made earlier outside the locks, used when it still fits.</param>
    /// <param name="router">Decides by the merchant's strategies; null while there are none.</param>
    /// <remarks>Errors: orders.short, orders.no_route; only where short orders are refused.</remarks>
    public static Result<Promise> Decide(IReadOnlyList<NewLine> lines, IReadOnlyList<SourcingNode> nodes, OnShort onShort, SaleLimit limit,
        long splitPenaltyMinor, Func<long, bool> elsewhere, LaterSupply later, bool isAsking, RoutedPlan? prepared = null, OrderRouter? router = null)
    {
        var stockLines = lines.Where(l => l.HoldsStock).ToList();
        foreach (var line in stockLines)                                     // it may be decided twice
        {
            line.Allocated = line.Backordered = line.Preordered = line.Unallocated = 0;
            (line.ExpectedAt, line.ReleaseAt) = (null, line.Policy.IsPreorder(later.Now) ? line.Policy.ReleaseAt : null);
        }
        bool isRefused = onShort == OnShort.Refuse || onShort == OnShort.Backorder && isAsking;
        var wanted = Claim(stockLines, nodes, onShort, limit, elsewhere, later);
        if (wanted.Short.Count > 0 && isRefused)
            return wanted.AnyElsewhere ? OrderErrors.NoRoute(wanted.Short) : OrderErrors.Short(wanted.Short);

        var demands = Demands(stockLines, wanted.Claims);
        var options = new SourcingOptions(splitPenaltyMinor, BudgetSteps: StepsInside);
        var routed = prepared is not null && wanted.IsFull(stockLines) && Fits(prepared.Plan, stockLines, nodes) ? prepared
            : OrderRouter.Solve(router, demands, nodes, options);
        if (routed.Plan.Unfilled.Count > 0 && routed.Routing is { Strategy: not OrderRouter.HouseRule })
        {
            var settled = StrategyShortage.Settle(routed, stockLines, wanted.Claims, c => OrderRouter.Solve(router, Demands(stockLines, c), nodes, options), onShort, isRefused, later);
            if (settled.Error is { } refused) return refused;
            routed = settled.Value;
        }
        else if (routed.Plan.Unfilled.Count > 0 && onShort == OnShort.Refuse)
            return OrderErrors.NoRoute([.. routed.Plan.Unfilled.Select(u => Fault(stockLines.First(l => l.LineNo == u.Line), "orders.no_route", "cannot be sent to this address"))]);
        return Apply(stockLines, routed, wanted.MayWait, onShort, later);
    }

    /// <summary>May units of this line wait that are not there?</summary>
    public static bool MayWait(NewLine line, OnShort onShort, DateTimeOffset now) => line.Policy.IsPreorder(now)
        || line.Policy.Backorder == "yes" || line.Policy.Backorder is null && onShort == OnShort.Backorder;

    /// <summary>A plan of a large order, made before the locks are taken.</summary>
    public static RoutedPlan Prepare(IReadOnlyList<NewLine> lines, IReadOnlyList<SourcingNode> nodes, long splitPenaltyMinor, OrderRouter? router = null)
    {
        var stockLines = lines.Where(l => l is { HoldsStock: true, SkuId: not null, IsBarred: false }).ToList();
        return OrderRouter.Solve(router, Demands(stockLines, [.. stockLines.Select(l => l.Quantity)]), nodes,
            new SourcingOptions(splitPenaltyMinor, BudgetSteps: StepsOutside));
    }

    /// <summary>The plan as it is stored: compact, by code. <paramref name="code"/> names a node; <paramref name="reason"/> tells why it was made anew.</summary>
    public static string ToJson(SourcingPlan plan, Func<long, string> code, string? reason = null, RoutingDecision? routing = null)
    {
        string json = routing is null ? PlanText.House(plan, code) : PlanText.Of(plan, routing, code).ToJsonString(Http.Json.Options);
        return reason is null ? json : $"{{\"reason\":{JsonSerializer.Serialize(reason, Http.Json.Options)},{json.AsSpan(1)}";
    }

    private static Wanted Claim(List<NewLine> lines, IReadOnlyList<SourcingNode> nodes, OnShort onShort, SaleLimit limit, Func<long, bool> elsewhere,
        LaterSupply later)
    {
        var left = new Dictionary<long, long>();
        var unreachable = new HashSet<long>();
        foreach (var line in lines)
            if (line.SkuId is { } sku && !left.ContainsKey(sku))
            {
                long sum = 0;
                foreach (var node in nodes) sum += Math.Max(0, node.Available.GetValueOrDefault(sku));
                if (sum == 0) unreachable.Add(sku);
                left[sku] = limit.Of(sku, sum);
            }
        var claims = new long[lines.Count];
        var mayWait = new bool[lines.Count];
        var room = new Dictionary<long, long>();
        var shortLines = new List<FieldError>();
        bool anyElsewhere = false;
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i].SkuId is not { } sku || lines[i].IsBarred) continue;      // an unknown SKU or doubted price claims nothing; its hold says why
            long available = left[sku], lacking = lines[i].Quantity - available;
            long more = lacking > 0 && MayWait(lines[i], onShort, later.Now) ? room.TryGetValue(sku, out long known) ? known : later.Room(lines[i]) : 0;
            if (lacking > more)
            {
                shortLines.Add(Fault(lines[i], "orders.short", $"{available + more} of {lines[i].Quantity} can be promised"));
                anyElsewhere |= unreachable.Contains(sku) && elsewhere(sku);
            }
            mayWait[i] = lacking <= more || onShort == OnShort.Backorder;
            claims[i] = lacking <= 0 ? lines[i].Quantity : mayWait[i] ? available : 0;
            left[sku] -= claims[i];
            if (lacking > 0 && mayWait[i]) room[sku] = more - Math.Min(more, lacking);
        }
        return new Wanted(claims, mayWait, shortLines, anyElsewhere);
    }

    private static List<Demand> Demands(List<NewLine> lines, long[] claims)
    {
        var demands = new List<Demand>(lines.Count);
        for (int i = 0; i < lines.Count; i++)
            if (claims[i] > 0) demands.Add(new Demand(lines[i].LineNo, lines[i].SkuId!.Value, claims[i], lines[i].WeightGrams, 0));
        return demands;
    }

    private static Promise Apply(List<NewLine> lines, RoutedPlan routed, bool[] mayWait, OnShort onShort, LaterSupply later)
    {
        var plan = routed.Plan;
        var byLine = lines.ToDictionary(l => l.LineNo);
        var allocations = new List<NewAllocation>();
        foreach (var shipment in plan.Shipments)
            foreach (var part in shipment.Parts)
            {
                var line = byLine[part.Line];
                line.Allocated += part.Quantity;
                allocations.Add(new NewAllocation(part.Line, shipment.NodeId, line.SkuId!.Value, part.Quantity));
            }
        var holds = new List<NewHold>();
        var taken = new Dictionary<long, long>();
        foreach (var (i, line) in lines.Index())
        {
            long open = line.Quantity - line.Allocated;
            Must.Hold(open >= 0, "no line is promised more than was ordered");
            if (open == 0) continue;
            if (line.IsBarred) { line.Unallocated = open; continue; }
            var after = routed.After.GetValueOrDefault(line.LineNo);
            if (line.SkuId is { } sku && (after is null ? mayWait[i] && MayWait(line, onShort, later.Now) : after.Action == RoutingWords.Backorder))
            {
                long before = taken.GetValueOrDefault(sku), waits = Math.Min(open, Math.Max(0, later.Room(line) - before));
                if (line.Policy.IsPreorder(later.Now)) line.Preordered = waits;
                else line.Backordered = waits;
                if (waits > 0) line.ExpectedAt = later.Expected(line, before, waits);
                taken[sku] = before + waits;
                open -= waits;
            }
            line.Unallocated = open;
            if (open > 0 && line.SkuId is not null) holds.Add(StrategyShortage.Hold(line, open, after));
        }
        return new Promise(allocations, holds, plan) { Routing = routed.Routing, Input = routed.Input };
    }

    /// <summary>So many units of a line that nobody can promise, by its code.</summary>
    internal static string ShortOf(long units, long of, string sku) => Saying.Of(Phrase.StockShort, ("units", units), ("of", of), ("sku", sku));

    private static bool Fits(SourcingPlan plan, List<NewLine> lines, IReadOnlyList<SourcingNode> nodes)
    {
        if (plan.Unfilled.Count > 0) return false;
        var skus = lines.Where(l => l.SkuId is not null).ToDictionary(l => l.LineNo, l => l.SkuId!.Value);
        var available = nodes.ToDictionary(n => n.NodeId, n => n.Available);
        return plan.Shipments.SelectMany(s => s.Parts.Select(p => (Key: (s.NodeId, Sku: skus[p.Line]), p.Quantity))).GroupBy(p => p.Key)
            .All(g => available.TryGetValue(g.Key.NodeId, out var at) && at.GetValueOrDefault(g.Key.Sku) >= g.Sum(p => p.Quantity));
    }

    internal static FieldError Fault(NewLine line, string code, string what) => new(line.Pointer, code, $"{line.Sku}: {what}.");
}
