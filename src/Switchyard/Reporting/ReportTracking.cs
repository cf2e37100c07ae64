using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Reporting;

/// <summary>How well customers can see for themselves where their orders are.</summary>
public static class ReportTracking
{
    /// <param name="ShippedOrders">Orders of which something left in these days.</param>
    /// <param name="WithPage">Of these, how many have a tracking page that works.</param>
    /// <param name="Told">Of these, how many were sent at least one message.</param>
    /// <param name="Opened">Of these, how many pages were opened.</param>
    /// <param name="Views">How often, in all. No cookie is set, so it is views, not people.</param>
    public sealed record Response(string Object, DateOnly From, DateOnly To, long ShippedOrders, long WithPage, long Told, long Opened, long Views);

    private const int MostDays = 400, UsualDays = 30;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/reports/tracking", async (DateOnly? from, DateOnly? to, Db db, TimeProvider clock, Actor actor) => (await Handle(from, to, db, clock, actor)).ToHttp())
            .Requires(Permission.ReportsRead).WithName("reports.tracking").WithTags("Reporting").WithSummary("Report how many shipped orders have a tracking page, and how often the pages are opened")
            .Produces<Response>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with pointer #from.</remarks>
    public static async Task<Result<Response>> Handle(DateOnly? from, DateOnly? to, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var last = to ?? DateOnly.FromDateTime(now.UtcDateTime);
        var first = from ?? last.AddDays(1 - UsualDays);
        var checks = new Checks();
        checks.That(first <= last && last.DayNumber - first.DayNumber < MostDays, "#from", "field.out_of_range", $"from is at most {MostDays} days before to, and not after it.");
        if (checks.AnyFault) return checks.ToError();
        (string, object?)[] days = [("from", Ms(first)), ("to", Ms(last.AddDays(1))), ("now", now.ToUnixTimeMilliseconds())];
        return await db.Read(actor, async work =>
        {
            var found = await work.Query(
                """
                select count(*), coalesce(sum(case when x.views is null then 0 else 1 end), 0), coalesce(sum(x.told), 0), coalesce(sum(case when x.views > 0 then 1 else 0 end), 0), coalesce(sum(x.views), 0)
                  from (select s.order_id, (select l.views from tracking_links l where l.order_id = s.order_id and l.merchant_id = @merchant and l.revoked_at_ms is null and l.expires_at_ms > @now) as views,
                               case when exists (select 1 from messages m where m.order_id = s.order_id and m.merchant_id = @merchant and m.state in ('sent', 'kept')) then 1 else 0 end as told
                          from (select distinct p.order_id from shipments p where p.merchant_id = @merchant and p.shipped_at_ms >= @from and p.shipped_at_ms < @to) s) x
                """, row => (Orders: row.Long(), Pages: row.Sum(), Told: row.Sum(), Opened: row.Sum(), Views: row.Sum()), days);
            var f = found[0];
            return (Result<Response>)new Response("trackingReport", first, last, f.Orders, f.Pages, f.Told, f.Opened, f.Views);
        }, snapshot: true);
    }

    private static long Ms(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
}
