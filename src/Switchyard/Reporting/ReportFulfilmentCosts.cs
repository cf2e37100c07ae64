using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Reporting;

/// <summary>
/// What orders cost to fulfil that left in some days: labour at the walk and at the packing table (times of the logs by the rates of the node), packaging of sealed parcels, and labels.
/// Amounts of another currency than that of the rates are not added up, only counted.
/// </summary>
public static class ReportFulfilmentCosts
{
    private const int MostDays = 92, MostReleases = 50_000;

    /// <summary>Parts of a cost in minor units; total is their sum.</summary>
    /// <param name="LabourMinor">Of picking and packing.</param>
    /// <param name="ShippingMinor">Of labels that were not taken back.</param>
    public sealed record Cost(long LabourMinor, long PackagingMinor, long ShippingMinor, long TotalMinor);

    /// <param name="LabourMinor">Minor units of one order, with two decimals; null when no order left.</param>
    public sealed record MeanCost(decimal? LabourMinor, decimal? PackagingMinor, decimal? ShippingMinor, decimal? TotalMinor);

    /// <param name="PickMinor">Labour of the walks.</param>
    /// <param name="PackMinor">Labour at the table, and packaging.</param>
    /// <param name="ShipMinor">Labels.</param>
    /// <param name="HasRates">False: nobody has said what an hour costs there, so that its labour counts as nothing.</param>
    public sealed record NodeCost(string Node, long Orders, long Releases, long Lines, long PickSeconds, long PackSeconds, long PickMinor, long PackMinor, long ShipMinor, long TotalMinor, decimal? MeanMinor, bool HasRates);

    public sealed record OrderCost(OrderId Order, string Number, long LabourMinor, long PackagingMinor, long ShippingMinor, long TotalMinor);

    /// <param name="OtherCurrencies">Parcels and labels whose cost is of another currency.</param>
    /// <param name="Costliest">Orders, the most expensive first.</param>
    public sealed record Response(string Object, DateOnly From, DateOnly To, string Currency, long Orders, Cost Sum, MeanCost Mean, IReadOnlyList<NodeCost> Nodes, long OtherCurrencies, IReadOnlyList<OrderCost> Costliest, bool HasMore);

    private sealed record Left(Guid Id, Guid Order, string Number, long Node, string NodeCode, long Lines);
    private sealed record Parts(long PickMs, long PackMs, long Pick, long Pack, long Packaging, long Shipping);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/reports/fulfilment-costs", async ([FromQuery] string? from, [FromQuery] string? to, [FromQuery] string? node, [FromQuery] int? limit, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(from, to, node, limit, db, clock, actor)).ToHttp())
            .Requires(Permission.ReportsRead).WithName("reports.fulfilmentCosts").WithTags("Reporting").WithSummary("Report what orders cost to fulfil: labour, packaging, shipping; and by node: pick, pack, ship")
            .Produces<Response>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with pointers #from, #to, #node, #limit; reports.too_many.</remarks>
    public static async Task<Result<Response>> Handle(string? from, string? to, string? node, int? limit, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var (first, last) = ReportDays.Read(from, to, today, MostDays, checks);
        checks.Text(node, "#node", 64);
        checks.Range(limit ?? 50, 1, Cursor.MostLimit, "#limit");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Response>>(actor, async work =>
        {
            var left = await Releases(work, actor, ReportDays.Begin(first), ReportDays.Begin(last.AddDays(1)), node);
            if (left.Count > MostReleases) return Error.Invalid("reports.too_many", $"More than {MostReleases:N0} releases left in these days: ask for fewer days or one node.");
            var rates = (await work.Query("select node_id, actor, per_hour_minor, currency from labour_rates where merchant_id = @merchant",
                row => (Node: row.Long(), Actor: row.Text(), Rate: row.Long(), Currency: row.Text()))).ToLookup(r => r.Node);
            string currency = left.SelectMany(l => rates[l.Node]).Select(r => r.Currency).FirstOrDefault()
                ?? (await work.Query("select base_currency from merchants where id = @merchant", row => row.Text()))[0];
            var (parts, others) = await Costs(work, left, rates, currency);
            return Answer(first, last, currency, left, parts, rates, others, limit ?? 50);
        }, snapshot: true);
    }

    private static Task<List<Left>> Releases(Work work, Actor actor, long from, long to, string? node) => work.Query(
        $"""
        select f.id, f.order_id, o.number, f.node_id, n.code, (select count(*) from fulfilment_lines l where l.fulfilment_id = f.id and l.shipped > 0) from fulfilment_orders f
          join orders o on o.id = f.order_id join nodes n on n.id = f.node_id
         where f.merchant_id = @merchant and f.handed_over_at_ms >= @from and f.handed_over_at_ms < @to and (@node = '' or upper(n.code) = @node){(actor.Nodes is null ? "" : " and f.node_id = any(@nodes)")}
         order by f.handed_over_at_ms, f.id limit @most
        """, row => new Left(row.Uuid(), row.Uuid(), row.Text(), row.Long(), row.Text(), row.Long()),
        ("from", from), ("to", to), ("node", Text.Key(node ?? "")), ("nodes", actor.NodeFilter ?? []), ("most", MostReleases + 1L));

    private static async Task<(Dictionary<Guid, Parts> Parts, long Others)> Costs(Work work, IReadOnlyList<Left> left, ILookup<long, (long Node, string Actor, long Rate, string Currency)> rates, string currency)
    {
        Rows<Left> ids() => Rows.Of(left).Uuid("id", l => l.Id);
        var walks = await work.Query(
            """
            select s.tour_id, t.fulfilment_id, s.operative, s.at_ms, u.taken_at_ms from pick_scans s join pick_tasks t on t.id = s.task_id join pick_tours u on u.id = s.tour_id
             where s.merchant_id = @merchant and s.tour_id in (select k.tour_id from @rows r join pick_tasks k on k.fulfilment_id = r.id where k.merchant_id = @merchant)
            """, ids(), row => new WorkMoment(row.Uuid(), row.Uuid(), row.Text(), row.Long(), row.LongOrNull()));
        var tables = await work.Query("select p.fulfilment_id, p.actor, p.at_ms from @rows r join pack_log p on p.fulfilment_id = r.id where p.merchant_id = @merchant", ids(),
            row => (Release: row.Uuid(), Actor: row.Text(), At: row.Long()));
        var boxes = await work.Query("select p.fulfilment_id, coalesce(p.cost_minor, 0), coalesce(p.cost_currency, '') from @rows r join package_costs p on p.fulfilment_id = r.id where p.merchant_id = @merchant", ids(),
            row => (Release: row.Uuid(), Cost: row.Long(), Currency: row.Text()));
        var labels = await work.Query(
            """
            select l.fulfilment_id, coalesce(l.cost_minor, 0), coalesce(l.currency, '') from @rows r join carrier_labels l on l.fulfilment_id = r.id
             where l.merchant_id = @merchant and l.state in ('booked', 'manifested')
            """, ids(), row => (Release: row.Uuid(), Cost: row.Long(), Currency: row.Text()));
        var pick = FulfilmentCosts.Times(walks).ToLookup(t => t.Key.Release, t => (t.Key.Actor, Ms: t.Value));
        var pack = FulfilmentCosts.Times(tables.Select(t => new WorkMoment(t.Release, t.Release, t.Actor, t.At))).ToLookup(t => t.Key.Release, t => (t.Key.Actor, Ms: t.Value));
        var (box, label) = (boxes.Where(b => b.Currency == currency).ToLookup(b => b.Release, b => b.Cost), labels.Where(l => l.Currency == currency).ToLookup(l => l.Release, l => l.Cost));
        long others = boxes.Concat(labels).Count(c => c.Cost > 0 && c.Currency != currency);
        return (left.ToDictionary(l => l.Id, l => new Parts(pick[l.Id].Sum(p => p.Ms), pack[l.Id].Sum(p => p.Ms), Labour(l, pick[l.Id]), Labour(l, pack[l.Id]), box[l.Id].Sum(), label[l.Id].Sum())), others);

        long Labour(Left release, IEnumerable<(string Actor, long Ms)> times) => times.Sum(t =>
            rates[release.Node].Where(r => r.Currency == currency && (r.Actor == t.Actor || r.Actor.Length == 0)).OrderByDescending(r => r.Actor.Length).Select(r => FulfilmentCosts.Labour(t.Ms, r.Rate)).FirstOrDefault());
    }

    private static Response Answer(DateOnly first, DateOnly last, string currency, IReadOnlyList<Left> left, Dictionary<Guid, Parts> parts,
        ILookup<long, (long Node, string Actor, long Rate, string Currency)> rates, long others, int limit)
    {
        var orders = left.GroupBy(l => (l.Order, l.Number)).Select(g =>
        {
            var (labour, packaging, shipping) = (g.Sum(l => parts[l.Id].Pick + parts[l.Id].Pack), g.Sum(l => parts[l.Id].Packaging), g.Sum(l => parts[l.Id].Shipping));
            return new OrderCost(new OrderId(g.Key.Order), g.Key.Number, labour, packaging, shipping, labour + packaging + shipping);
        }).OrderByDescending(o => o.TotalMinor).ThenBy(o => o.Number, StringComparer.Ordinal).ToList();
        var sum = new Cost(orders.Sum(o => o.LabourMinor), orders.Sum(o => o.PackagingMinor), orders.Sum(o => o.ShippingMinor), orders.Sum(o => o.TotalMinor));
        var nodes = left.GroupBy(l => (l.Node, l.NodeCode)).OrderBy(g => g.Key.NodeCode, StringComparer.Ordinal).Select(g =>
        {
            var own = g.Select(l => parts[l.Id]).ToList();
            var (pick, pack, ship, count) = (own.Sum(p => p.Pick), own.Sum(p => p.Pack + p.Packaging), own.Sum(p => p.Shipping), g.Select(l => l.Order).Distinct().LongCount());
            return new NodeCost(g.Key.NodeCode, count, own.Count, g.Sum(l => l.Lines), own.Sum(p => p.PickMs) / 1000, own.Sum(p => p.PackMs) / 1000, pick, pack, ship, pick + pack + ship,
                FulfilmentCosts.Mean(pick + pack + ship, count), rates[g.Key.Node].Any(r => r.Currency == currency));
        }).ToList();
        decimal? Mean(long minor) => FulfilmentCosts.Mean(minor, orders.Count);
        return new Response("fulfilmentCosts", first, last, currency, orders.Count, sum, new MeanCost(Mean(sum.LabourMinor), Mean(sum.PackagingMinor), Mean(sum.ShippingMinor), Mean(sum.TotalMinor)), nodes, others,
            [.. orders.Take(limit)], orders.Count > limit);
    }
}
