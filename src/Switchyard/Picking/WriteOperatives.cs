using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Picking;

/// <summary>Who picks at a node: in which zones, with which skills, and whether on shift. A node without any lets everybody pick who may work there.</summary>
public static class WriteOperatives
{
    private const int Most = 1_000, MostWords = 50;

    /// <param name="Actor">Who it is, as the log says it: <c>user:usr_…</c>.</param>
    /// <param name="Zones">Where they pick; everywhere when empty.</param>
    public sealed record Operative(string Actor, string Name, IReadOnlyList<string> Zones, IReadOnlyList<string> Skills, bool IsOnShift);
    public sealed record Item(string? Actor, string? Name, IReadOnlyList<string?>? Zones = null, IReadOnlyList<string?>? Skills = null, bool? IsOnShift = null);
    public sealed record Request(IReadOnlyList<Item?>? Operatives);
    public sealed record Response(string Object, string Node, IReadOnlyList<Operative> Operatives);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/operatives", async (string code, Db db, Actor actor) => (await Find(code, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("picking.readOperatives").WithTags("Picking").WithSummary("Read who picks at a node")
            .Produces<Response>().ProducesProblem(404);
        routes.MapPut("/nodes/{code}/operatives", async (string code, Request? body, Db db, TimeProvider clock, Actor actor) => (await Handle(code, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("picking.writeOperatives").WithTags("Picking").WithSummary("Say who picks at a node")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static Task<Result<Response>> Find(string code, Db db, Actor actor) => db.Read<Result<Response>>(actor, async work =>
        await PickableReleases.Node(work, actor, code) is { } node ? await Load(work, node) : PickingErrors.NoSuchNode);

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static Task<Result<Response>> Handle(string code, Request? body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(body?.Operatives?.Count ?? -1, 0, Most, "/operatives");
        var seen = new HashSet<string>();
        foreach (var (i, item) in (body?.Operatives ?? []).Take(Most).Index())
        {
            checks.Text(item?.Actor, $"/operatives/{i}/actor", 100, required: true);
            checks.Text(item?.Name, $"/operatives/{i}/name", 200, required: true);
            checks.That(item?.Actor is null || seen.Add(item.Actor), $"/operatives/{i}/actor", "field.repeated", "This operative is named before.");
            Check(checks, item?.Zones, $"/operatives/{i}/zones");
            Check(checks, item?.Skills, $"/operatives/{i}/skills");
        }
        if (checks.AnyFault) return Task.FromResult<Result<Response>>(checks.ToError());
        return db.Write<Response>(actor, async work =>
        {
            if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
            var now = clock.GetUtcNow();
            await work.Execute("delete from operatives where merchant_id = @merchant and node_id = @node", ("node", node.Id));
            await work.Execute(
                """
                insert into operatives (merchant_id, node_id, actor, name, zones, skills, is_on_shift, updated_at_ms)
                select @merchant, @node, r.actor, r.name, r.zones, r.skills, r.on_shift, @now from @rows r where true order by r.actor
                    on conflict (merchant_id, node_id, actor) do update set name = excluded.name, zones = excluded.zones, skills = excluded.skills,
                       is_on_shift = excluded.is_on_shift, updated_at_ms = excluded.updated_at_ms
                """,
                Rows.Of(body!.Operatives!.ToList()).Text("actor", o => o!.Actor).Text("name", o => o!.Name).Text("zones", o => Json(o!.Zones)).Text("skills", o => Json(o!.Skills))
                    .Bool("on_shift", o => o!.IsOnShift ?? true), ("node", node.Id), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("node", node.Code, "NodeOperativesChanged", new { operatives = body.Operatives!.Count }));
            return await Load(work, node);
        });
    }

    internal static IReadOnlyList<string> Words(string json) => JsonSerializer.Deserialize<List<string>>(json)!;

    private static string Json(IReadOnlyList<string?>? words) => JsonSerializer.Serialize((words ?? []).OfType<string>().Distinct().Order(StringComparer.Ordinal));

    private static void Check(Checks checks, IReadOnlyList<string?>? words, string pointer)
    {
        checks.Range(words?.Count ?? 0, 0, MostWords, pointer);
        foreach (var (i, word) in (words ?? []).Take(MostWords).Index()) checks.Text(word, $"{pointer}/{i}", 64, required: true);
    }

    private static async Task<Response> Load(Work work, (long Id, string Code) node) => new("operatives", node.Code, await work.Query(
        "select actor, name, zones, skills, is_on_shift from operatives where merchant_id = @merchant and node_id = @node order by name, actor",
        row => new Operative(row.Text(), row.Text(), Words(row.Text()), Words(row.Text()), row.Bool()), ("node", node.Id)));
}
