using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Fulfilment;

/// <summary>Shows and sets how a node takes its work: whether it accepts by default, how long it may take to answer, how many releases a day, and when it is given them.</summary>
public static class WriteWorkSettings
{
    private const long MostMinutes = 60 * 24 * 14;

    /// <param name="AcceptMinutes">Minutes after which a node that did not answer is reminded; after as many again the work goes elsewhere.</param>
    /// <param name="DailyCapacity">Releases a day of the node; null for any number.</param>
    /// <param name="ReleaseTimes">
    /// Times of day (<c>HH:mm</c>, its own clock, on its working days) at which it is given what channels release by themselves; what must leave
    /// before the next one is given at once. Empty: at once; left out, as it was.
    /// </param>
    /// <param name="HoldsForCustoms">Hold what would cross a customs border from here while its product has no HS code or country of origin; as it was, when left out.</param>
    public sealed record Request(bool? AcceptsByDefault, long? AcceptMinutes, long? DailyCapacity, IReadOnlyList<string?>? ReleaseTimes = null, bool? HoldsForCustoms = null);
    public sealed record Response(string Object, string Node, bool AcceptsByDefault, long AcceptMinutes, long? DailyCapacity, IReadOnlyList<string> ReleaseTimes,
        bool HoldsForCustoms, long Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/work-settings", async (string code, Db db, Actor actor, HttpContext http) => ToHttp(await Find(code, db, actor), http))
            .Requires(Permission.NodesRead).WithName("fulfilment.readWorkSettings").WithTags("Fulfilment").WithSummary("Read how a node takes its work")
            .Produces<Response>().ProducesProblem(404);
        routes.MapPut("/nodes/{code}/work-settings", async (string code, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : ToHttp(await Handle(code, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.SettingsWrite).WithName("fulfilment.writeWorkSettings").WithTags("Fulfilment").WithSummary("Set how a node takes its work")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(412);
    }

    public static async Task<Result<Response>> Find(string code, Db db, Actor actor) => await db.Read<Result<Response>>(actor, async work =>
        await ReadQueue.NodeOf(work, actor, code) is { } node ? await Load(work, node) : FulfilmentErrors.NodeNotFound);

    /// <remarks>Errors: nodes.no_such_node, fulfilment.changed.</remarks>
    public static Task<Result<Response>> Handle(string code, Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(body.AcceptMinutes ?? 60, 1, MostMinutes, "/acceptMinutes");
        checks.Range(body.DailyCapacity ?? 0, 0, Checks.MaxQuantity, "/dailyCapacity");
        checks.That((body.ReleaseTimes?.Count ?? 0) <= NodeWaves.Most, "/releaseTimes", "field.too_many", $"At most {NodeWaves.Most} are taken here.");
        foreach (var (i, time) in (body.ReleaseTimes ?? []).Take(NodeWaves.Most).Index())
            checks.That(ReleaseWaves.TryTime(time, out _), $"/releaseTimes/{i}", "field.not_time", "A time of day is expected as HH:mm.");
        if (checks.AnyFault) return Task.FromResult<Result<Response>>(checks.ToError());
        return db.Write<Response>(actor, async work =>
        {
            if (await ReadQueue.NodeOf(work, actor, code) is not { } node) return FulfilmentErrors.NodeNotFound;
            var stored = await Load(work, node);
            if (expected is { } version && version != stored.Version) return FulfilmentErrors.Changed(stored.Version);
            await work.Execute(
                """
                insert into node_work_settings (merchant_id, node_id, accepts_by_default, accept_minutes, daily_capacity, release_times, holds_for_customs)
                values (@merchant, @node, @default, @minutes, @capacity::bigint, @times, @customs)
                    on conflict (merchant_id, node_id) do update set accepts_by_default = excluded.accepts_by_default, accept_minutes = excluded.accept_minutes,
                       daily_capacity = excluded.daily_capacity, release_times = excluded.release_times,
                       holds_for_customs = excluded.holds_for_customs, version = node_work_settings.version + 1
                """, ("node", node), ("default", body.AcceptsByDefault ?? stored.AcceptsByDefault), ("minutes", body.AcceptMinutes ?? stored.AcceptMinutes), ("capacity", body.DailyCapacity),
                ("times", NodeWaves.Write(body.ReleaseTimes ?? stored.ReleaseTimes)), ("customs", body.HoldsForCustoms ?? stored.HoldsForCustoms));
            var now = await Load(work, node);
            if (now.DailyCapacity != stored.DailyCapacity) await Catalog.CatalogVersion.Bump(work);        // dates keep to it
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("node", now.Node, "NodeWorkSettingsChanged",
                new { now.AcceptsByDefault, now.AcceptMinutes, now.DailyCapacity, now.ReleaseTimes, now.HoldsForCustoms }));
            return now;
        });
    }

    private static async Task<Response> Load(Work work, long node) => (await work.Query(
        """
        select n.code, coalesce(w.accepts_by_default, n.kind <> 'supplier'), coalesce(w.accept_minutes, case when n.kind = 'supplier' then 1440 else 60 end), w.daily_capacity, coalesce(w.release_times, '[]'),
               coalesce(w.holds_for_customs, false), coalesce(w.version, 0)
          from nodes n left join node_work_settings w on w.node_id = n.id and w.merchant_id = @merchant where n.id = @node
        """, row => new Response("workSettings", row.Text(), row.Bool(), row.Long(), row.LongOrNull(), NodeWaves.Parse(row.Text()), row.Bool(), row.Long()), ("node", node))).Single();

    private static IResult ToHttp(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }
}
