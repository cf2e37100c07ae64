using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Search;

namespace Switchyard.Reporting;

/// <summary>
/// Today at a glance. Each figure of orders is counted by the query of the list it opens, by the same code, so that figure and
/// list never disagree.
/// </summary>
public static class ReadDashboard
{
    private const int MostDays = 92, MostStockCounted = 10_000;

    /// <param name="Query">Of <c>GET /orders</c>: it finds exactly what was counted.</param>
    public sealed record Tile(string Key, long Count, bool IsExact, string Query);

    /// <param name="Low">SKUs at a node with nothing left to promise: what <c>GET /inventory/levels?query=available:&lt;=0</c> finds.</param>
    /// <param name="Reorder">Open suggestions to buy; <c>GET /purchasing/reorder-suggestions</c>.</param>
    /// <param name="Deficit">Those of which more is promised than is there: <c>available:&lt;0</c>.</param>
    public sealed record Stock(long Low, long Reorder, long Deficit);

    /// <summary>Of the orders that have to leave today, how many have not, by the node that has their goods.</summary>
    public sealed record NodeToShip(string Node, string Name, string? CutOff, string TimeZone, long Orders);

    /// <param name="TotalBaseMinor">In the merchant's own currency, each order at the rate of the time it was placed; null where none of them had a rate.</param>
    /// <param name="WithoutRate">Orders that are not in totalBaseMinor.</param>
    public sealed record ChannelShare(string Channel, string Name, string Currency, long Orders, long Units, long TotalMinor, string BaseCurrency, long? TotalBaseMinor, long WithoutRate, string Query);

    /// <summary>A whole day, UTC; today is not among them.</summary>
    public sealed record Day(string Date, string Currency, long Orders, long Units, long TotalMinor);

    public sealed record Response(DateTimeOffset At, DateTimeOffset TodayFrom, DateTimeOffset TodayTo, IReadOnlyList<Tile> Tiles, Stock Stock, IReadOnlyList<NodeToShip> ToShip,
        IReadOnlyList<ChannelShare> Channels, IReadOnlyList<Day> Trend)
    {
        public string Object => "dashboard";
    }

    private const string NotGone = "status:(placed, confirmed, onHold, backordered, released, picking, packed, readyForPickup, partlyShipped)";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/dashboard", async (string? zone, int? days, Actor actor, Db db, TimeProvider clock) => (await Handle(zone, days, actor, db, clock)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("reports.dashboard").WithTags("Reporting").WithSummary("Today at a glance, each figure with the query of its list")
            .WithDescription("zone is the reader's IANA time zone, by which today begins; days the length of the trend, 30 unless said.")
            .Produces<Response>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with #zone, #days.</remarks>
    public static async Task<Result<Response>> Handle(string? zone, int? days, Actor actor, Db db, TimeProvider clock)
    {
        var checks = new Checks();
        checks.Range(days ?? 30, 1, MostDays, "#days");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? "UTC", out var of)) checks.Fault("#zone", "field.unknown_value", "zone must be a time zone such as Europe/London.");
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        var (from, to) = DayOf(now, of!);
        return await db.Read<Result<Response>>(actor, async work =>
        {
            var tiles = new List<Tile>();
            foreach (var (key, query) in Queries(from, to, now))
            {
                var bound = QueryBinder.Read(query, OrderFields.Catalogue, now);
                var count = await SearchList.Count(work, OrdersList.Spec, bound.Value, actor.Nodes is null ? "" : OrdersOfNodes, ("nodes", actor.NodeFilter ?? []));
                tiles.Add(new Tile(key, count.Count, count.IsExact, query));
            }
            var (reorder, toShip) = await ReordersAndNodes(work, actor, to);
            var stock = new Stock(await Levels(work, actor, "available:<=0", now), reorder, await Levels(work, actor, "available:<0", now));
            var (channels, trend) = actor.May(Permission.ReportsRead) && actor.Nodes is null ? await Sales(work, now, days ?? 30) : ([], []);
            return new Response(now, from, to, tiles, stock, toShip, channels, trend);
        }, snapshot: true);
    }

    /// <summary>Whoever works for some nodes sees the orders that have goods there.</summary>
    private const string OrdersOfNodes = " and exists (select 1 from allocations a where a.order_id = o.id and a.merchant_id = @merchant and a.node_id = any(@nodes))";

    private const string LevelsOfNodes = " and s.node_id = any(@nodes)";

    private static IEnumerable<(string Key, string Query)> Queries(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
    [
        ("ordersToday", $"placed:>={Instant(from)} placed:<{Instant(to)} history:no"),
        ("atRisk", "atRisk:yes"),
        ("late", $"shipBy:<{Instant(now)} {NotGone}"),
        ("toShipToday", $"shipBy:>={Instant(now)} shipBy:<{Instant(to)} {NotGone}"),
        ("held", "held:yes"),
        ("short", "status:backordered"),
        ("unpaid", "payment:(pending, failed) state:(placed, confirmed)"),
        ("unassigned", "held:yes assignee:none"),
    ];

    /// <summary>The day of the zone in which now lies: from its beginning to that of the next.</summary>
    internal static (DateTimeOffset From, DateTimeOffset To) DayOf(DateTimeOffset now, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return (zone.InstantOf(day.ToDateTime(TimeOnly.MinValue)), zone.InstantOf(day.AddDays(1).ToDateTime(TimeOnly.MinValue)));
    }

    /// <summary>Counted by the code of the list that the figure opens.</summary>
    private static async Task<long> Levels(Work work, Actor actor, string query, DateTimeOffset now) =>
        (await SearchList.Count(work, StockList.Spec, QueryBinder.Read(query, StockList.Spec.Fields, now).Value, actor.Nodes is null ? "" : LevelsOfNodes, ("nodes", actor.NodeFilter ?? []))).Count;

    private static async Task<(long, List<NodeToShip>)> ReordersAndNodes(Work work, Actor actor, DateTimeOffset to)
    {
        var batch = work.Batch();
        string ofNodes = actor.Nodes is null ? "" : LevelsOfNodes;
        (string, object?)[] arguments = [("nodes", actor.NodeFilter ?? []), ("to", to.ToUnixTimeMilliseconds()), ("most", (long)MostStockCounted)];
        var reorder = batch.Query($"select count(*) from (select 1 from reorder_suggestions s where s.merchant_id = @merchant and s.state = 'open'{ofNodes} limit @most) x", row => row.Long(), arguments);
        var toShip = batch.Query(
            $"""
            select n.code, n.name, n.cut_offs, n.time_zone, count(distinct o.id)
              from orders o join allocations s on s.order_id = o.id and s.merchant_id = @merchant join nodes n on n.id = s.node_id
             where o.merchant_id = @merchant and o.ship_by_ms is not null and o.ended_at_ms is null and o.ship_by_ms < @to and o.state in ('placed', 'confirmed'){ofNodes}
             group by n.code, n.name, n.cut_offs, n.time_zone order by n.code limit 200
            """, row => (Code: row.Text(), Name: row.Text(), CutOffs: row.Text(), Zone: row.Text(), Orders: row.Long()), arguments);
        await batch.Run();
        return (reorder[0], toShip.ConvertAll(n => new NodeToShip(n.Code, n.Name, CutOffOf(n.CutOffs), n.Zone, n.Orders)));
    }

    private static string? CutOffOf(string json) => System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string?>>(json, Json.Options)?.GetValueOrDefault("*");

    private static async Task<(List<ChannelShare>, List<Day>)> Sales(Work work, DateTimeOffset now, int days)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        (string, object?)[] arguments = [("first", Iso(today.AddDays(-days))), ("today", Iso(today))];
        var batch = work.Batch();
        var channels = batch.Query(
            """
            select c.code, c.name, s.currency, sum(s.orders), sum(s.units), sum(s.total_minor), sum(s.base_minor), sum(s.without_rate),
                   (select m.base_currency from merchants m where m.id = @merchant)
              from channel_sales s join channels c on c.id = s.channel_id and c.merchant_id = @merchant
             where s.merchant_id = @merchant and s.day >= @first and s.day < @today
             group by c.code, c.name, s.currency order by sum(s.orders) desc, c.code limit 200
            """, row => (Code: row.Text(), Name: row.Text(), Currency: row.Text(), Orders: row.Sum(), Units: row.Sum(), Total: row.Sum(), InBase: row.Sum(), WithoutRate: row.Sum(), Base: row.Text()), arguments);
        var trend = batch.Query(
            """
            select s.day, s.currency, sum(s.orders), sum(s.units), sum(s.total_minor) from channel_sales s
             where s.merchant_id = @merchant and s.day >= @first and s.day < @today group by s.day, s.currency order by s.day, s.currency limit 1000
            """, row => new Day(row.Text(), row.Text(), row.Sum(), row.Sum(), row.Sum()), arguments);
        await batch.Run();
        string period = $"placed:{Iso(today.AddDays(-days))}..{Iso(today.AddDays(-1))}";
        return (channels.ConvertAll(c => new ChannelShare(c.Code, c.Name, c.Currency, c.Orders, c.Units, c.Total, c.Base,
            ReportChannelSales.Known(c.InBase, c.Orders, c.WithoutRate), c.WithoutRate, $"channel:\"{c.Code}\" {period}")), trend);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
