using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Works out the dates of orders from where their units come from. Pure; the dates themselves are <see cref="PromiseDates"/>'.</summary>
public static class PromiseMaking
{
    /// <summary>The dates of an order that is placed now; null while nobody knows when all of it comes.</summary>
    /// <param name="lines">Its lines, decided by the plan.</param>
    public static OrderPromise? AtPlacing(IReadOnlyList<NewLine> lines, SourcingPlan plan, OrderRoutes routes, OrderTerms terms, DateTimeOffset now)
    {
        var parts = new List<PromisePart>(plan.Shipments.Count);
        long start = Latest(now.ToUnixTimeMilliseconds(), Ms(terms.GraceUntil), Ms(terms.ReleaseAt));
        var held = lines.Where(l => l.HoldsStock).ToDictionary(l => l.LineNo);
        foreach (var line in held.Values)
        {
            if (line.Unallocated > 0) return null;
            if (line.Backordered + line.Preordered == 0) continue;
            if (line.ExpectedAt is null) return null;
            long comes = Latest(Ms(line.ExpectedAt)!.Value, Ms(line.ReleaseAt), null);
            var waits = !routes.IsMixed && parts.Find(p => p.FromMs == comes) is { } alike ? alike with { Lines = [line.LineNo] } : routes.For(line.LineNo).Waiting(line.LineNo, comes, start);
            if (waits is null) return null;
            parts.Add(waits);
        }
        foreach (var shipment in plan.Shipments)
            foreach (long? release in shipment.Parts.Select(p => Ms(held[p.Line].ReleaseAt)).Distinct())
            {
                List<int> leaving = [.. shipment.Parts.Where(p => Ms(held[p.Line].ReleaseAt) == release).Select(p => p.Line)];
                if (routes.For(leaving[0]).Part(shipment.NodeId, shipment.Service, leaving, Latest(start, release, null)) is not { } leaves) return null;
                parts.Add(leaves);
            }
        return parts.Count == 0 ? null : OrderPromise.Of(parts);
    }

    /// <summary>
    /// The dates of an order that was changed. Units planned now get theirs from now on; those that stay where they were keep theirs,
    /// whatever the time; what has left keeps what it had. Null while nobody knows when all of it leaves.
    /// </summary>
    /// <param name="planned">The service of units that were given to a node in this change.</param>
    /// <param name="routes">Null: nothing was planned, units only went away.</param>
    /// <param name="isElsewhere">It goes to another place, or another way: waiting units are dated anew.</param>
    public static OrderPromise? Renewed(OpenOrder order, OrderRoutes? routes, IReadOnlyDictionary<(int Line, long Node), string?> planned, bool isElsewhere = false)
    {
        var before = (order.Dates?.Parts ?? []).SelectMany(p => p.Lines.Select(line => p with { Lines = [line] })).ToLookup(p => p.Lines[0]);
        long start = Latest(order.Now.ToUnixTimeMilliseconds(), order.GraceUntilMs, order.ReleaseAtMs);
        var parts = new List<PromisePart>();
        var own = (order.Dates?.Parts ?? []).ToLookup(p => p.Node, p => p.ShipByMs);
        foreach (var line in order.Lines)
        {
            if (!line.HoldsStock || line.Quantity == line[LineBucket.Cancelled]) continue;
            if (line[LineBucket.Unallocated] > 0) return null;
            var had = before[line.LineNo];
            if (line.HasLeft) parts.AddRange(had.Where(p => p.Node is not null));
            if (line.Waiting > 0)
            {
                if (line.ExpectedAtMs is not { } expected) return null;
                long comes = Latest(expected, line.ReleaseAtMs, null);
                if (!isElsewhere && had.FirstOrDefault(p => p.Node is null && p.FromMs == comes) is { } kept) parts.Add(kept);
                else if (routes?.For(line.LineNo).Waiting(line.LineNo, comes, start) is { } waits) parts.Add(waits);
                else return null;
            }
            foreach (long node in line.Claims.Keys)
            {
                bool isPlanned = planned.TryGetValue((line.LineNo, node), out string? service);
                var kept = had.FirstOrDefault(p => p.Node == node);
                if (kept is not null && (!isPlanned || line.ClaimAt(node).InWork > 0)) parts.Add(kept);
                if (kept is not null && !isPlanned) continue;
                if (routes?.For(line.LineNo).Part(node, service, [line.LineNo], Latest(start, line.ReleaseAtMs, null), [.. own[node]]) is not { } leaves) return null;
                parts.Add(leaves);
            }
        }
        return parts.Count == 0 ? null : OrderPromise.Of(parts);
    }

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();
    private static long Latest(long a, long? b, long? c) => Math.Max(a, Math.Max(b ?? a, c ?? a));
}
