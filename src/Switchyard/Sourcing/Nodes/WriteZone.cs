using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>Shows zones, and makes one exactly as told. A zone is a set of areas; the longest postcode prefix of a country decides.</summary>
public static class WriteZone
{
    public sealed record Area(string? Country = null, string? PostcodePrefix = null);
    public sealed record Request(string? Name = null, IReadOnlyList<Area?>? Areas = null);
    public sealed record Response(string Object, string Code, string Name, IReadOnlyList<Area> Areas, long Version);

    public const int MostAreas = 20_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/zones", async (int? limit, string? after, Db db, Actor actor) => (await List(limit, after, db, actor)).ToHttp())
            .Requires(Permission.NodesRead).WithName("zones.list").WithSummary("List delivery zones").WithTags("Nodes").Produces<Page<Response>>().ProducesProblem(400);
        routes.MapGet("/zones/{code}", async (string code, Db db, Actor actor, HttpContext http) => ToHttp(await Find(code, db, actor), http))
            .Requires(Permission.NodesRead).WithName("zones.get").WithSummary("Read a delivery zone").WithTags("Nodes").Produces<Response>().ProducesProblem(404);
        routes.MapPut("/zones/{code}", async (string code, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : ToHttp(await Handle(code, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("zones.write").WithSummary("Write a delivery zone").WithTags("Nodes").Produces<Response>()
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(412);
    }

    public static async Task<Result<Page<Response>>> List(int? limit, string? after, Db db, Actor actor)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        var found = await db.Read(actor, async work =>
        {
            var zones = await work.Query("select code, name, version from zones where code > @after order by code limit @limit",
                row => new Response("zone", row.Text(), row.Text(), [], row.Long()), ("after", from), ("limit", most + 1L));
            var areas = (await Areas(work, [.. zones.Select(z => z.Code)])).ToLookup(a => a.Zone, a => a.Area);
            return zones.Select(z => z with { Areas = [.. areas[z.Code]] }).ToList();
        }, snapshot: true);
        return Page<Response>.Of(found, most, z => z.Code);
    }

    public static async Task<Result<Response>> Find(string code, Db db, Actor actor) =>
        Text.IsStorable(code) && await db.Read(actor, work => Load(work, code), snapshot: true) is { } found ? found : NodeErrors.NoSuchZone(code);

    public static async Task<Result<Response>> Handle(string code, Request body, long? expectedVersion, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        NodeChecks.Code(checks, code, "#code");
        checks.Text(body.Name, "/name", 200, required: true);
        var areas = Check(checks, body.Areas ?? []);
        if (checks.AnyFault) return checks.ToError();
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;

        var now = clock.GetUtcNow();
        return await db.WriteShared<Response>(actor, await CatalogVersion.Merchants(db), async work =>
        {
            var before = await Load(work, code, locked: true);
            if (expectedVersion is { } version && version != (before?.Version ?? 0)) return CatalogErrors.Changed($"Zone {code}", before?.Version ?? 0);
            if (await Taken(work, code, areas) is { } taken) return taken;
            var wanted = new Response("zone", code, body.Name!, areas, (before?.Version ?? 0) + 1);
            if (before is not null && before.Name == wanted.Name && before.Areas.SequenceEqual(areas)) return before;
            await work.Execute("insert into zones (code, name) values (@code, @name) on conflict (code) do update set name = @name, version = zones.version + 1", ("code", code), ("name", body.Name));
            long zone = await work.Scalar("select id from zones where code = @code", ("code", code));
            await work.Execute("delete from zone_areas where zone_id = @zone", ("zone", zone));
            int written = await work.Execute(
                "insert into zone_areas (country, postcode_prefix, zone_id) select country, prefix, @zone from @rows r where true on conflict do nothing",
                Rows.Of(areas).Text("country", a => a.Country).Text("prefix", a => a.PostcodePrefix), ("zone", zone));
            if (written < areas.Count) return NodeErrors.AreaTakenMeanwhile;
            await EventLog.Append(work, actor, now, new Happening("zone", code, before is null ? "ZoneCreated" : "ZoneChanged",
                new { Code = code, body.Name, AreaCount = areas.Count }));
            await CatalogVersion.BumpForAll(work);
            return wanted;
        });
    }

    private static List<Area> Check(Checks checks, IReadOnlyList<Area?> given)
    {
        checks.That(given.Count <= MostAreas, "/areas", "field.too_many", $"At most {MostAreas} areas; these are {given.Count}.");
        var areas = new Dictionary<(string, string), Area>();
        foreach (var (i, area) in given.Take(MostAreas).Index())
        {
            NodeChecks.Country(checks, area?.Country, $"/areas/{i}/country");
            checks.Text(area?.PostcodePrefix, $"/areas/{i}/postcodePrefix", 20);
            string country = area?.Country?.ToUpperInvariant() ?? "", prefix = Sourcing.Areas.Prefix(country, area?.PostcodePrefix ?? "");
            checks.That(areas.TryAdd((country, prefix), new Area(country, prefix)), $"/areas/{i}", "field.repeated", "The same area stands twice.");
        }
        return [.. areas.Values.OrderBy(a => a.Country, StringComparer.Ordinal).ThenBy(a => a.PostcodePrefix, StringComparer.Ordinal)];
    }

    private static async Task<Error?> Taken(Work work, string code, List<Area> areas)
    {
        var taken = await work.Query(
            """
            select a.country, a.postcode_prefix, z.code from @rows r join zone_areas a on a.country = r.country and a.postcode_prefix = r.prefix
              join zones z on z.id = a.zone_id where z.code <> @code limit 1
            """, Rows.Of(areas).Text("country", a => a.Country).Text("prefix", a => a.PostcodePrefix),
            row => (Country: row.Text(), Prefix: row.Text(), Zone: row.Text()), ("code", code));
        return taken is [var one] ? NodeErrors.AreaTaken("/areas", one.Country, one.Prefix, one.Zone) : null;
    }

    private static async Task<Response?> Load(Work work, string code, bool locked = false)
    {
        var zone = await work.Find("select code, name, version from zones where code = @code" + (locked ? " for update" : ""),
            row => new Response("zone", row.Text(), row.Text(), [], row.Long()), ("code", code));
        return zone is null ? null : zone with { Areas = [.. (await Areas(work, [code])).Select(a => a.Area)] };
    }

    private static IResult ToHttp(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }

    private static async Task<List<(string Zone, Area Area)>> Areas(Work work, string[] codes) =>
        [.. (await work.Query("select z.code, a.country, a.postcode_prefix from zone_areas a join zones z on z.id = a.zone_id where z.code = any(@codes)",
            row => (row.Text(), Area: new Area(row.Text(), row.Text())), ("codes", codes)))
            .OrderBy(a => a.Area.Country, StringComparer.Ordinal).ThenBy(a => a.Area.PostcodePrefix, StringComparer.Ordinal)];
}
