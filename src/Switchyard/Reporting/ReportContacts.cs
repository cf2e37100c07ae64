using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Reporting;

/// <summary>How often customers ask where their orders are, beside the orders that shipped, and whether all of these can be followed by their customers.</summary>
public static class ReportContacts
{
    private const int MostDays = 400, MostMissing = 100;

    /// <summary>A week from Monday to Sunday, by UTC, as far as it lies within the days asked for.</summary>
    /// <param name="ShippedOrders">Orders of which something left in it.</param>
    /// <param name="WhereIsIt">Contacts that asked where the order is.</param>
    /// <param name="Per100">Of these for each 100 orders that shipped, with two decimals; null when none did.</param>
    public sealed record Week(DateOnly From, DateOnly To, long ShippedOrders, long Contacts, long WhereIsIt, decimal? Per100);
    public sealed record KindCount(string Kind, long Contacts);
    public sealed record WithoutLink(OrderId Order, string Number, DateTimeOffset ShippedAt);

    /// <param name="Per100">Contacts that asked where the order is, for each 100 orders that shipped; null when none did.</param>
    /// <param name="WithLink">Of the orders that shipped, those with a tracking page that nobody took back.</param>
    /// <param name="LinkShare">A fraction with four decimals: 1 is what it should be; null when nothing shipped.</param>
    /// <param name="Missing">Those without one, the newest first; at most 100.</param>
    public sealed record Response(string Object, DateOnly From, DateOnly To, long ShippedOrders, long Contacts, long WhereIsIt, decimal? Per100, IReadOnlyList<KindCount> Kinds, IReadOnlyList<Week> Weeks,
        long WithLink, decimal? LinkShare, IReadOnlyList<WithoutLink> Missing, bool HasMore);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/reports/contacts", async ([FromQuery] string? from, [FromQuery] string? to, Db db, TimeProvider clock, Actor actor) => (await Handle(from, to, db, clock, actor)).ToHttp())
            .Requires(Permission.ReportsRead).WithName("reports.contacts").WithTags("Reporting").WithSummary("Report how often customers ask where their orders are, and which shipped orders they cannot follow")
            .Produces<Response>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with pointers #from, #to.</remarks>
    public static async Task<Result<Response>> Handle(string? from, string? to, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        var (first, last) = ReportDays.Read(from, to, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), MostDays, checks);
        if (checks.AnyFault) return checks.ToError();
        var weeks = Weeks(first, last).ToList();
        (string, object?)[] days = [("from", ReportDays.Begin(first)), ("to", ReportDays.Begin(last.AddDays(1))), ("nodes", actor.NodeFilter ?? []), ("most", MostMissing + 1L)];
        return await db.Read<Result<Response>>(actor, async work =>
        {
            // Whoever sees some nodes only sees the orders of which something left there.
            string own = actor.Nodes is null ? "" : " and p.node_id = any(@nodes)";
            string asked = actor.Nodes is null ? "" : " and exists (select 1 from shipments p where p.order_id = c.order_id and p.merchant_id = @merchant and p.node_id = any(@nodes))";
            string shipped = $"select p.order_id, max(p.shipped_at_ms) as at_ms from shipments p where p.merchant_id = @merchant and p.shipped_at_ms >= @from and p.shipped_at_ms < @to{own} group by p.order_id";
            const string Linked = "exists (select 1 from tracking_links l where l.order_id = s.order_id and l.merchant_id = @merchant and l.revoked_at_ms is null)";
            Rows<(DateOnly From, DateOnly To)> byWeek() => Rows.Of(weeks).Long("no", w => w.From.DayNumber).Long("begins", w => ReportDays.Begin(w.From)).Long("ends", w => ReportDays.Begin(w.To.AddDays(1)));
            var batch = work.Batch();
            var left = batch.Query($"select count(*), coalesce(sum(case when {Linked} then 1 else 0 end), 0) from ({shipped}) s", row => (Orders: row.Long(), Linked: row.Sum()), days);
            var missing = batch.Query($"select s.order_id, o.number, s.at_ms from ({shipped}) s join orders o on o.id = s.order_id where not {Linked} order by s.at_ms desc, s.order_id limit @most",
                row => new WithoutLink(new OrderId(row.Uuid()), row.Text(), row.Instant()), days);
            var kinds = batch.Query($"select c.kind, count(*) from order_contacts c where c.merchant_id = @merchant and c.at_ms >= @from and c.at_ms < @to{asked} group by c.kind order by count(*) desc, c.kind",
                row => new KindCount(row.Text(), row.Long()), days);
            await batch.Run();
            var orders = (await work.Query($"select r.no, count(distinct p.order_id) from @rows r join shipments p on p.merchant_id = @merchant and p.shipped_at_ms >= r.begins and p.shipped_at_ms < r.ends{own} group by r.no",
                byWeek(), row => (No: row.Long(), Count: row.Long()), ("nodes", actor.NodeFilter ?? []))).ToDictionary(w => w.No, w => w.Count);
            var contacts = (await work.Query(
                $"select r.no, count(*), sum(case when c.kind = 'whereIsIt' then 1 else 0 end) from @rows r join order_contacts c on c.merchant_id = @merchant and c.at_ms >= r.begins and c.at_ms < r.ends{asked} group by r.no",
                byWeek(), row => (No: row.Long(), All: row.Long(), Where: row.Sum()), ("nodes", actor.NodeFilter ?? []))).ToDictionary(w => w.No);
            var (count, linked) = left[0];
            long where = kinds.Find(k => k.Kind == "whereIsIt")?.Contacts ?? 0;
            return new Response("contactsReport", first, last, count, kinds.Sum(k => k.Contacts), where, Per100(where, count), kinds, [.. weeks.Select(w =>
            {
                var (shippedThen, of) = (orders.GetValueOrDefault(w.From.DayNumber), contacts.GetValueOrDefault(w.From.DayNumber));
                return new Week(w.From, w.To, shippedThen, of.All, of.Where, Per100(of.Where, shippedThen));
            })], linked, count == 0 ? null : Math.Round((decimal)linked / count, 4, MidpointRounding.ToZero), [.. missing.Take(MostMissing)], missing.Count > MostMissing);
        }, snapshot: true);
    }

    private static decimal? Per100(long contacts, long orders) => orders == 0 ? null : Math.Round(100m * contacts / orders, 2, MidpointRounding.AwayFromZero);

    private static IEnumerable<(DateOnly From, DateOnly To)> Weeks(DateOnly first, DateOnly last)
    {
        for (var day = first; day <= last;)
        {
            var sunday = day.AddDays(((int)DayOfWeek.Sunday - (int)day.DayOfWeek + 7) % 7);
            var end = sunday < last ? sunday : last;
            yield return (day, end);
            day = end.AddDays(1);
        }
    }
}
