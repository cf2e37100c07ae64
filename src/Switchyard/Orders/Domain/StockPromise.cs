using System.Text.Json;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What is promised to an order and why; lines carry their new buckets once it is applied.</summary>
public sealed record Promise(IReadOnlyList<NewAllocation> Allocations, IReadOnlyList<NewHold> Holds, SourcingPlan Plan);

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
    /// <param name="elsewhere">Is there stock of this SKU at a node that cannot deliver here?</param>
    /// <param name="later">What may be sold that is not there.</param>
    /// <param name="isAsking">Where a SKU may not wait: is the order refused, or held?</param>
    /// <param name="prepared">A plan made earlier outside the locks, used when it still fits.</param>
    /// <remarks>Errors: orders.short, orders.no_route; only where short orders are refused.</remarks>
    public static Result<Promise> Decide(IReadOnlyList<NewLine> lines, IReadOnlyList<SourcingNode> nodes, OnShort onShort, long buffer,
        long splitPenaltyMinor, Func<long, bool> elsewhere, LaterSupply later, bool isAsking, SourcingPlan? prepared = null)
    {
        var stockLines = lines.Where(l => l.HoldsStock).ToList();
        foreach (var line in stockLines)                                     // it may be decided twice
        {
            line.Allocated = line.Backordered = line.Preordered = line.Unallocated = 0;
            (line.ExpectedAt, line.ReleaseAt) = (null, line.Policy.IsPreorder(later.Now) ? line.Policy.ReleaseAt : null);
        }
        bool isRefused = onShort == OnShort.Refuse || onShort == OnShort.Backorder && isAsking;
        var wanted = Claim(stockLines, nodes, onShort, buffer, elsewhere, later);
        if (wanted.Short.Count > 0 && isRefused)
            return wanted.AnyElsewhere ? OrderErrors.NoRoute(wanted.Short) : OrderErrors.Short(wanted.Short);

        var demands = Demands(stockLines, wanted.Claims);
        var plan = prepared is not null && wanted.IsFull(stockLines) && Fits(prepared, stockLines, nodes) ? prepared
            : SourcingEngine.Solve(demands, nodes, new SourcingOptions(splitPenaltyMinor, BudgetSteps: StepsInside));
        if (plan.Unfilled.Count > 0 && onShort == OnShort.Refuse)
            return OrderErrors.NoRoute([.. plan.Unfilled.Select(u => Fault(stockLines.First(l => l.LineNo == u.Line), "orders.no_route", "cannot be sent to this address"))]);
        return Apply(stockLines, plan, wanted.MayWait, onShort, later);
    }

    /// <summary>May units of this line wait that are not there?</summary>
    public static bool MayWait(NewLine line, OnShort onShort, DateTimeOffset now) => line.Policy.IsPreorder(now)
        || line.Policy.Backorder == "yes" || line.Policy.Backorder is null && onShort == OnShort.Backorder;

    /// <summary>A plan of a large order, made before the locks are taken.</summary>
    public static SourcingPlan Prepare(IReadOnlyList<NewLine> lines, IReadOnlyList<SourcingNode> nodes, long splitPenaltyMinor)
    {
        var stockLines = lines.Where(l => l is { HoldsStock: true, SkuId: not null, IsBarred: false }).ToList();
        return SourcingEngine.Solve(Demands(stockLines, [.. stockLines.Select(l => l.Quantity)]), nodes,
            new SourcingOptions(splitPenaltyMinor, BudgetSteps: StepsOutside));
    }

    /// <summary>The plan as it is stored: compact, by code. <paramref name="code"/> names a node; <paramref name="reason"/> tells why it was made anew.</summary>
    public static string ToJson(SourcingPlan plan, Func<long, string> code, string? reason = null)
    {
        string json = JsonSerializer.Serialize(new
        {
            rule = "cheapest-1",
            costMinor = plan.CostMinor,
            boundMinor = plan.BoundMinor,
            isProven = plan.IsProven,
            shipments = plan.Shipments.Select(s => new { node = code(s.NodeId), service = s.Service, costMinor = s.CostMinor, parts = s.Parts.Select(p => new[] { p.Line, p.Quantity }) }),
            candidates = plan.Candidates.Where(c => c.Code != CandidateCodes.NoStock).Take(50).Select(c => new { node = code(c.NodeId), reason = c.Code, costMinor = c.CostMinor }),
        }, Http.Json.Options);
        return reason is null ? json : $"{{\"reason\":{JsonSerializer.Serialize(reason, Http.Json.Options)},{json.AsSpan(1)}";
    }

    private static Wanted Claim(List<NewLine> lines, IReadOnlyList<SourcingNode> nodes, OnShort onShort, long buffer, Func<long, bool> elsewhere,
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
                left[sku] = Math.Max(0, sum - buffer);
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

    private static Promise Apply(List<NewLine> lines, SourcingPlan plan, bool[] mayWait, OnShort onShort, LaterSupply later)
    {
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
            if (line.SkuId is { } sku && mayWait[i] && MayWait(line, onShort, later.Now))
            {
                long before = taken.GetValueOrDefault(sku), waits = Math.Min(open, Math.Max(0, later.Room(line) - before));
                if (line.Policy.IsPreorder(later.Now)) line.Preordered = waits;
                else line.Backordered = waits;
                if (waits > 0) line.ExpectedAt = later.Expected(line, before, waits);
                taken[sku] = before + waits;
                open -= waits;
            }
            line.Unallocated = open;
            if (open > 0 && line.SkuId is not null) holds.Add(new NewHold("stock", $"{open} of {line.Quantity} {line.Sku} cannot be promised.", line.LineNo));
        }
        return new Promise(allocations, holds, plan);
    }

    private static bool Fits(SourcingPlan plan, List<NewLine> lines, IReadOnlyList<SourcingNode> nodes)
    {
        if (plan.Unfilled.Count > 0) return false;
        var skus = lines.Where(l => l.SkuId is not null).ToDictionary(l => l.LineNo, l => l.SkuId!.Value);
        var available = nodes.ToDictionary(n => n.NodeId, n => n.Available);
        return plan.Shipments.SelectMany(s => s.Parts.Select(p => (Key: (s.NodeId, Sku: skus[p.Line]), p.Quantity))).GroupBy(p => p.Key)
            .All(g => available.TryGetValue(g.Key.NodeId, out var at) && at.GetValueOrDefault(g.Key.Sku) >= g.Sum(p => p.Quantity));
    }

    private static FieldError Fault(NewLine line, string code, string what) => new(line.Pointer, code, $"{line.Sku}: {what}.");
}
