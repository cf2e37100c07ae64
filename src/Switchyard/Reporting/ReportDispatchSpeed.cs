using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Reporting;

/// <summary>
/// How fast paid orders leave: from when a release's order was placed and paid to the carrier's first scan of one of its parcels, or to the handing over where nobody scans. Holds are taken out;
/// preorders and cancelled orders are counted apart and in no figure.
/// </summary>
public static class ReportDispatchSpeed
{
    private const int MostDays = 92, MostReleases = 50_000;

    /// <param name="Elapsed">Seconds from end to end, less what it was held.</param>
    /// <param name="Open">Seconds of that in which people work at the node.</param>
    public sealed record Span(long? Elapsed, long? Open);

    /// <param name="Node">Null: all together.</param>
    /// <param name="HeldSeconds">Median of what they were held, of those that were.</param>
    public sealed record Line(string? Node, long Releases, Span Median, Span P90, long Held, long? HeldSeconds);

    /// <param name="Preorders">Releases of orders that waited for goods that were not out: in no figure.</param>
    /// <param name="Cancelled">Orders placed in these days that were cancelled before anything left.</param>
    /// <param name="Unpaid">Releases that left before anybody had paid: in no figure.</param>
    public sealed record Response(string Object, DateOnly From, DateOnly To, Line All, IReadOnlyList<Line> Nodes, long Preorders, long Cancelled, long Unpaid);

    private sealed record Left(Guid Id, Guid Order, long Node, string Code, long PlacedMs, bool IsOnAccount, long? PaidMs, long HandedOverMs, long? ScannedMs, bool IsPreorder);
    private sealed record Measured(string Node, DispatchTime Time);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/reports/dispatch-speed", async ([FromQuery] string? from, [FromQuery] string? to, [FromQuery] string? node, Db db, NetworkReader network, TimeProvider clock, Actor actor) =>
                (await Handle(from, to, node, db, network, clock, actor)).ToHttp())
            .Requires(Permission.ReportsRead).WithName("reports.dispatchSpeed").WithTags("Reporting").WithSummary("Report how long paid orders take until a carrier has them, median and 90th percentile")
            .Produces<Response>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with pointers #from, #to, #node; reports.too_many.</remarks>
    public static async Task<Result<Response>> Handle(string? from, string? to, string? node, Db db, NetworkReader network, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        var (first, last) = ReportDays.Read(from, to, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), MostDays, checks);
        checks.Text(node, "#node", 64);
        if (checks.AnyFault) return checks.ToError();
        var settings = await network.Settings(actor.Merchant);
        return await db.Read<Result<Response>>(actor, async work =>
        {
            (long begin, long end) = (ReportDays.Begin(first), ReportDays.Begin(last.AddDays(1)));
            var left = await Releases(work, actor, begin, end, node);
            if (left.Count > MostReleases) return Error.Invalid("reports.too_many", $"More than {MostReleases:N0} releases left in these days: ask for fewer days or one node.");
            var holds = (await work.Query(
                "select h.order_id, h.opened_at_ms, h.closed_at_ms from @rows r join holds h on h.order_id = r.id where h.merchant_id = @merchant and h.line_no is null",
                Rows.Of(left.Select(l => l.Order).Distinct().ToList()).Uuid("id", o => o), row => (Order: row.Uuid(), From: row.Instant(), To: row.InstantOrNull() ?? DateTimeOffset.MaxValue)))
                .ToLookup(h => h.Order, h => (h.From, h.To));
            long cancelled = await work.Scalar(
                """
                select count(*) from orders o where o.merchant_id = @merchant and o.placed_at_ms >= @from and o.placed_at_ms < @to and o.state in ('cancelled', 'expired') and not o.is_history
                """, ("from", begin), ("to", end));
            var measured = left.Where(l => !l.IsPreorder && Payable(l) is not null).Select(l => new Measured(l.Code, DispatchSpeed.Of(new Dispatch(At(Payable(l)!.Value), At(l.ScannedMs ?? l.HandedOverMs), [.. holds[l.Order]]),
                settings.NodesById.TryGetValue(l.Node, out var known) ? known.Calendar : NodeCalendar.Always(TimeZoneInfo.Utc)))).ToList();
            return new Response("dispatchSpeed", first, last, Sum(null, measured), [.. measured.GroupBy(m => m.Node).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Sum(g.Key, [.. g]))],
                left.Count(l => l.IsPreorder), cancelled, left.Count(l => !l.IsPreorder && Payable(l) is null));
        }, snapshot: true);
    }

    private static Task<List<Left>> Releases(Work work, Actor actor, long from, long to, string? node) => work.Query(
        $"""
        select f.id, f.order_id, f.node_id, n.code, o.placed_at_ms, o.is_on_account,
               (select min(coalesce(p.settled_at_ms, p.created_at_ms)) from payments p where p.order_id = f.order_id and p.state = 'succeeded' and p.type in ('authorise', 'capture', 'sale', 'external')),
               f.handed_over_at_ms,
               (select min(s.at_ms) from carrier_labels l join parcel_scans s on s.label_id = l.id where l.fulfilment_id = f.id and s.kind not in ('unknown', 'announced', 'voided')),
               exists (select 1 from order_lines l where l.order_id = o.id and l.merchant_id = @merchant and l.release_at_ms > o.placed_at_ms)
          from fulfilment_orders f join orders o on o.id = f.order_id join nodes n on n.id = f.node_id
         where f.merchant_id = @merchant and f.handed_over_at_ms >= @from and f.handed_over_at_ms < @to and not o.is_history
           and (@node = '' or upper(n.code) = @node){(actor.Nodes is null ? "" : " and f.node_id = any(@nodes)")}
         order by f.handed_over_at_ms, f.id limit @most
        """, row => new Left(row.Uuid(), row.Uuid(), row.Long(), row.Text(), row.Long(), row.Bool(), row.LongOrNull(), row.Long(), row.LongOrNull(), row.Bool()),
        ("from", from), ("to", to), ("node", Text.Key(node ?? "")), ("nodes", actor.NodeFilter ?? []), ("most", MostReleases + 1L));

    /// <summary>When it could be worked on; null: it left before it was paid.</summary>
    private static long? Payable(Left left) => left.IsOnAccount ? left.PlacedMs : left.PaidMs is { } paid && Math.Max(paid, left.PlacedMs) is var at && at <= (left.ScannedMs ?? left.HandedOverMs) ? at : null;

    private static Line Sum(string? node, IReadOnlyList<Measured> measured)
    {
        var held = measured.Where(m => m.Time.Held > TimeSpan.Zero).Select(m => m.Time.Held).ToList();
        Span At(int percent) => new(Seconds(measured.Select(m => m.Time.Elapsed), percent), Seconds(measured.Select(m => m.Time.Open), percent));
        return new Line(node, measured.Count, At(50), At(90), held.Count, Seconds(held, 50));
    }

    private static long? Seconds(IEnumerable<TimeSpan> values, int percent) => DispatchSpeed.Percentile([.. values], percent) is { } value ? (long)value.TotalSeconds : null;

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
