using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>Work figures of a node's operatives from the scan log: lines an hour, idle time, mis-picks.</summary>
public static class ReadFigures
{
    private const int MostDays = 31;
    private const long MostScans = 500_000;

    /// <param name="WalkMetres">As planned, of the tours they scanned on in these days and finished; null when no plan knew the way.</param>
    /// <param name="Name">As the node's operatives are called; null for somebody who is none of them.</param>
    public sealed record Line(string Operative, string? Name, long Lines, long Units, long Shorts, long MisPicks, long WorkSeconds, long IdleSeconds, double? LinesPerHour, double? MisPickRate, long? WalkMetres);
    public sealed record Response(string Object, string Node, DateOnly From, DateOnly To, IReadOnlyList<Line> Operatives);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/pick-figures", async (string code, Db db, TimeProvider clock, Actor actor, [FromQuery] string? from, [FromQuery] string? to) =>
                (await Handle(code, from, to, db, clock, actor)).ToHttp())
            .Requires(Permission.ReportsRead).WithName("picking.figures").WithTags("Picking").WithSummary("Read how much each operative picked, how fast and how rightly")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/nodes/{code}/pick-figures/own", async (string code, Db db, TimeProvider clock, Actor actor) => (await Handle(code, null, null, db, clock, actor, actor.Id)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("picking.ownFigures").WithTags("Picking").WithSummary("Read how much you picked today, how fast and how rightly")
            .Produces<Response>().ProducesProblem(404);
    }

    /// <param name="only">Only this operative; all when null.</param>
    /// <remarks>Errors: nodes.no_such_node, request.invalid with pointers #from, #to.</remarks>
    public static async Task<Result<Response>> Handle(string code, string? from, string? to, Db db, TimeProvider clock, Actor actor, string? only = null)
    {
        var checks = new Checks();
        var last = Day(to, "#to", checks);
        var first = Day(from, "#from", checks);
        if (last is { } l && first is { } f) checks.That(f <= l && l.DayNumber - f.DayNumber < MostDays, "#from", "field.out_of_range", $"At most {MostDays} days, the first before the last.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Response>>(actor, async work =>
        {
            if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
            var zone = TimeZoneInfo.FindSystemTimeZoneById((await work.Query("select time_zone from nodes where id = @node", row => row.TextOrNull(), ("node", node.Id)))[0] ?? "UTC");
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
            var (start, end) = (first ?? last ?? today, last ?? (first is { } given && given.DayNumber + MostDays <= today.DayNumber ? given.AddDays(MostDays - 1) : today));
            var scans = await work.Query(
                """
                select operative, kind, units, ends_line, at_ms from pick_scans where merchant_id = @merchant and node_id = @node and at_ms >= @from and at_ms < @to and (@only = '' or operative = @only) order by at_ms limit @most
                """, row => new LoggedScan(row.Text(), row.Text(), row.Long(), row.Bool(), row.Long()),
                ("node", node.Id), ("from", Midnight(start, zone)), ("to", Midnight(end.AddDays(1), zone)), ("most", MostScans), ("only", only ?? ""));
            var walks = (await work.Query(
                """
                select u.operative, sum(u.walk_mm) from pick_tours u
                 where u.merchant_id = @merchant and u.state = 'done' and u.walk_mm is not null and (@only = '' or u.operative = @only)
                   and u.id in (select s.tour_id from pick_scans s where s.merchant_id = @merchant and s.node_id = @node and s.at_ms >= @from and s.at_ms < @to) group by u.operative
                """, row => (Operative: row.Text(), Mm: row.Sum()), ("node", node.Id), ("from", Midnight(start, zone)), ("to", Midnight(end.AddDays(1), zone)), ("only", only ?? "")))
                .ToDictionary(w => w.Operative, w => w.Mm);
            var names = (await work.Query("select actor, name from operatives where merchant_id = @merchant and node_id = @node", row => (Actor: row.Text(), Name: row.Text()), ("node", node.Id)))
                .ToDictionary(o => o.Actor, o => o.Name);
            return new Response("pickFigures", node.Code, start, end, [.. PickFigures.Of(scans).Select(x => new Line(x.Operative, names.GetValueOrDefault(x.Operative), x.Lines, x.Units, x.Shorts, x.MisPicks,
                x.WorkSeconds, x.IdleSeconds, x.LinesPerHour, x.MisPickRate, walks.TryGetValue(x.Operative, out long mm) ? (mm + 500) / 1000 : null))]);
        }, snapshot: true);
    }

    private static DateOnly? Day(string? text, string pointer, Checks checks)
    {
        if (text is null) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day)) return day;
        checks.Fault(pointer, "field.malformed", "A day is expected as yyyy-MM-dd.");
        return null;
    }

    private static long Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(30);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUnixTimeMilliseconds();
    }
}
