using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>A service from a node to a zone. The price of a parcel is base + per kilogram, in minor units.</summary>
public sealed record LaneBody(string? Zone = null, string? Service = null, string? Method = null, string? Currency = null, long BaseMinor = 0,
    long PerKgMinor = 0, long MaxWeightGrams = 30_000, int TransitDays = 0);

/// <summary>Shows the lanes of a node, and replaces them as a whole.</summary>
public static class WriteLanes
{
    /// <param name="Version">Of the services as a whole, for If-Match.</param>
    public sealed record Response(string Node, IReadOnlyList<LaneBody> Lanes, long Version);

    public const int MostLanes = 10_000, MostTransitDays = 365;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/lanes", async (string code, Db db, Actor actor, HttpContext http) => ToHttp(await List(code, db, actor), http))
            .Requires(Permission.NodesRead).WithName("lanes.list").WithSummary("List what a node's deliveries cost and take").WithTags("Nodes").Produces<Response>().ProducesProblem(404);
        routes.MapPut("/nodes/{code}/lanes", async (string code, IReadOnlyList<LaneBody?> body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : ToHttp(await Handle(code, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("lanes.replace").WithSummary("Write what a node's deliveries cost and take").WithTags("Nodes").Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(412);
    }

    public static async Task<Result<Response>> List(string code, Db db, Actor actor)
    {
        if (!Text.IsStorable(code)) return NodeErrors.NoSuchNode(code);
        return await db.Read<Result<Response>>(actor, async work => await NodesSql.Find(work, actor, code) is { } node
            ? new Response(code, await Load(work, node.Id), await VersionOf(work, node.Id)) : NodeErrors.NoSuchNode(code), snapshot: true);
    }

    public static async Task<Result<Response>> Handle(string code, IReadOnlyList<LaneBody?> body, long? expectedVersion, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Count <= MostLanes, "", "field.too_many", $"At most {MostLanes} lanes a node; these are {body.Count}.");
        var seen = new HashSet<(string?, string?)>();
        foreach (var (i, lane) in body.Take(MostLanes).Index())
        {
            Check(checks, lane, $"/{i}");
            checks.That(seen.Add((lane?.Zone, lane?.Service)), $"/{i}", "field.repeated", "The same service to the same zone stands twice.");
        }
        if (checks.AnyFault) return checks.ToError();
        if (!Text.IsStorable(code)) return NodeErrors.NoSuchNode(code);
        List<LaneBody> lanes = [.. body.OfType<LaneBody>().OrderBy(l => l.Zone, StringComparer.Ordinal).ThenBy(l => l.Service, StringComparer.Ordinal)];

        var now = clock.GetUtcNow();
        return await db.WriteShared<Response>(actor, await CatalogVersion.Merchants(db), async work =>
        {
            if (await NodesSql.Find(work, actor, code, locked: true) is not { } node) return NodeErrors.NoSuchNode(code);
            long version = await VersionOf(work, node.Id);
            if (expectedVersion is { } expected && expected != version) return CatalogErrors.Changed($"The services of node {code}", version);
            var zones = await Zones(work, lanes);
            foreach (var (i, lane) in body.Index())
                checks.That(zones.ContainsKey(lane!.Zone!), $"/{i}/zone", "zones.no_such_zone", $"There is no zone {lane.Zone}.");
            if (checks.AnyFault) return checks.ToError();
            if ((await Load(work, node.Id)).SequenceEqual(lanes)) return new Response(code, lanes, version);
            await work.Execute("delete from lanes where node_id = @node", ("node", node.Id));
            await Upsert(work, [.. lanes.Select(l => (node.Id, zones[l.Zone!], l))]);
            await Touch(work, [node.Id]);
            await EventLog.Append(work, actor, now, new Happening("node", node.Body.Code!, "LanesReplaced", new { node.Body.Code, LaneCount = lanes.Count }));
            await CatalogVersion.BumpForNodes(work, [node.Id]);
            return new Response(code, lanes, version + 1);
        });
    }

    private static Task<long> VersionOf(Work work, long node) => work.Scalar("select lanes_version from nodes where id = @node", ("node", node));

    /// <summary>The services of these nodes are others now: whoever has them open is told when they save.</summary>
    internal static Task Touch(Work work, long[] nodes) => work.Execute("update nodes set lanes_version = lanes_version + 1 where id = any(@nodes)", ("nodes", nodes));

    private static IResult ToHttp(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }

    internal static void Check(Checks checks, LaneBody? lane, string at)
    {
        NodeChecks.Code(checks, lane?.Zone, at + "/zone");
        NodeChecks.Code(checks, lane?.Service, at + "/service");
        NodeChecks.Code(checks, lane?.Method, at + "/method");
        ProductChecks.IsCurrency(checks, lane?.Currency, at + "/currency");
        if (lane is null) return;
        checks.Amount(lane.BaseMinor, at + "/baseMinor");
        checks.Amount(lane.PerKgMinor, at + "/perKgMinor");
        checks.Range(lane.MaxWeightGrams, 1, ProductChecks.MostGrams, at + "/maxWeightGrams");
        checks.Range(lane.TransitDays, 0, MostTransitDays, at + "/transitDays");
    }

    internal static async Task<Dictionary<string, long>> Zones(Work work, IReadOnlyList<LaneBody> lanes) =>
        (await work.Query("select code, id from zones where code = any(@codes)", row => (Code: row.Text(), Id: row.Long()),
            ("codes", lanes.Select(l => l.Zone!).Distinct().ToArray()))).ToDictionary(z => z.Code, z => z.Id);

    internal static Task Upsert(Work work, IReadOnlyList<(long Node, long Zone, LaneBody Lane)> lanes) => work.Execute(
        """
        insert into lanes (node_id, zone_id, service, method, currency, base_minor, per_kg_minor, max_weight_grams, transit_days)
        select node_id, zone_id, service, method, currency, base_minor, per_kg_minor, max_weight_grams, transit_days from @rows r where true
        on conflict (node_id, zone_id, service) do update set method = excluded.method, currency = excluded.currency, base_minor = excluded.base_minor,
            per_kg_minor = excluded.per_kg_minor, max_weight_grams = excluded.max_weight_grams, transit_days = excluded.transit_days
        """,
        Rows.Of(lanes).Long("node_id", l => l.Node).Long("zone_id", l => l.Zone).Text("service", l => l.Lane.Service).Text("method", l => l.Lane.Method)
            .Text("currency", l => l.Lane.Currency).Long("base_minor", l => l.Lane.BaseMinor).Long("per_kg_minor", l => l.Lane.PerKgMinor)
            .Long("max_weight_grams", l => l.Lane.MaxWeightGrams).Int("transit_days", l => l.Lane.TransitDays));

    /// <summary>The lanes of some nodes, in the order of zone and service.</summary>
    internal static async Task<List<(long Node, LaneBody Lane)>> Of(Work work, long[] nodes) => [.. (await work.Query(
        """
        select l.node_id, z.code, l.service, l.method, l.currency, l.base_minor, l.per_kg_minor, l.max_weight_grams, l.transit_days
          from lanes l join zones z on z.id = l.zone_id where l.node_id = any(@nodes)
        """, row => (Node: row.Long(), Lane: new LaneBody(row.Text(), row.Text(), row.Text(), row.Text(), row.Long(), row.Long(), row.Long(), row.Int())),
        ("nodes", nodes))).OrderBy(l => l.Lane.Zone, StringComparer.Ordinal).ThenBy(l => l.Lane.Service, StringComparer.Ordinal)];

    private static async Task<List<LaneBody>> Load(Work work, long node) => [.. (await Of(work, [node])).Select(l => l.Lane)];
}
