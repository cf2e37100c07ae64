using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Picking;

/// <summary>Rules by which waves of a node are made by themselves. Written as a whole; <see cref="RunWaveRules"/> runs them.</summary>
public static class WaveRules
{
    private const int MostRules = 50, MostMinutes = 12 * 60;

    /// <param name="Code">Its name on the log, unique at the node.</param>
    /// <param name="Times">Times of day by the node's clock, HH:mm.</param>
    /// <param name="MinutesBeforeCutOff">So many minutes before each cut-off of the node.</param>
    /// <param name="OnlyToday">Only what must leave on that day.</param>
    /// <param name="Least">With fewer releases no wave is made; they wait for the next time.</param>
    /// <param name="Releases">The wave goes to the pickers at once; otherwise somebody looks at it first.</param>
    public sealed record Item(string? Code, string? Name, IReadOnlyList<string?>? Times = null, int? MinutesBeforeCutOff = null, bool OnlyToday = false, int? PriorityAtLeast = null, string? Zone = null,
        bool SingleLine = false, bool SingleItem = false, string? DeliveryMethod = null, string? Method = null, int? Totes = null, int? Tours = null, int? Least = null, int? Most = null, string? Skill = null,
        bool Releases = false, bool IsActive = true);
    public sealed record Request(IReadOnlyList<Item?>? Rules);

    /// <param name="DueAt">Which time it was.</param>
    /// <param name="Outcome">made; nothing waited that it takes; or fewer waited than its least.</param>
    public sealed record LastRun(DateTimeOffset DueAt, [property: Words("made", "nothing", "few")] string Outcome, WaveId? Wave, long Count);

    /// <param name="Next">When it runs next; null while it is off or has no time.</param>
    public sealed record View(Item Rule, DateTimeOffset? Next, LastRun? Last);
    public sealed record Response(string Object, string Node, IReadOnlyList<View> Rules, long Version);

    /// <summary>A rule as it is stored. Times before <paramref name="SinceMs"/> are not run: the rule was another then.</summary>
    internal sealed record Stored(Item Rule, long SinceMs);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/wave-rules", async (string code, Db db, Replan replan, TimeProvider clock, Actor actor, HttpContext http) => Answer(await Read(code, db, replan, clock, actor), http))
            .Requires(Permission.FulfilmentRead).WithName("waves.rules").WithTags("Picking").WithSummary("Show which waves a node makes by itself")
            .Produces<Response>().ProducesProblem(404);
        routes.MapPut("/nodes/{code}/wave-rules", async (string code, Request body, Db db, Replan replan, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : Answer(await Write(code, body, expected.Value, db, replan, clock, actor), http);
            })
            .Requires(Permission.FulfilmentManage).WithName("waves.writeRules").WithTags("Picking").WithSummary("Say which waves a node makes by itself")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(412);
    }

    private static IResult Answer(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static async Task<Result<Response>> Read(string code, Db db, Replan replan, TimeProvider clock, Actor actor)
    {
        var settings = await replan.Settings(actor);
        return await db.Read<Result<Response>>(actor, async work => await PickableReleases.Node(work, actor, code) is { } node
            ? await Show(work, node, settings, clock.GetUtcNow()) : PickingErrors.NoSuchNode);
    }

    /// <remarks>Errors: nodes.no_such_node, catalog.changed_meanwhile, request.invalid with a pointer to each faulty rule.</remarks>
    public static async Task<Result<Response>> Write(string code, Request body, long? expected, Db db, Replan replan, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Rules is not null && body.Rules.Count <= MostRules, "/rules", "field.out_of_range", $"Send at most {MostRules} rules.");
        var seen = new HashSet<string>();
        foreach (var (i, rule) in (body.Rules ?? []).Take(MostRules).Index()) Check(checks, rule, $"/rules/{i}", seen);
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        var settings = await replan.Settings(actor);
        return await db.Write<Response>(actor, async work =>
        {
            if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
            await work.Query("select version from wave_rules where merchant_id = @merchant and node_id = @node for update", row => row.Long(), ("node", node.Id));
            var (stored, version) = await Load(work, node.Id);
            if (expected is { } wanted && wanted != version) return CatalogErrors.Changed($"The wave rules of node {node.Code}", version);
            var before = stored.ToDictionary(s => s.Rule.Code!);
            List<Stored> rules = [.. body.Rules!.OfType<Item>().Select(r => before.TryGetValue(r.Code!, out var same) && IsSame(same.Rule, r) ? same : new Stored(r, now.ToUnixTimeMilliseconds()))];
            await work.Execute(
                """
                insert into wave_rules (merchant_id, node_id, rules, updated_by, updated_at_ms) values (@merchant, @node, @rules, @by, @now)
                    on conflict (merchant_id, node_id) do update set rules = excluded.rules, version = wave_rules.version + 1, updated_by = excluded.updated_by, updated_at_ms = excluded.updated_at_ms
                """, ("node", node.Id), ("rules", JsonSerializer.Serialize(rules, Json.Options)), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("node", node.Code, "WaveRulesWritten", new { rules = rules.Count, active = rules.Count(r => r.Rule.IsActive) }));
            return await Show(work, node, settings, now);
        });
    }

    internal static async Task<(IReadOnlyList<Stored> Rules, long Version)> Load(Work work, long node) => (await work.Query(
        "select rules, version from wave_rules where merchant_id = @merchant and node_id = @node",
        row => ((IReadOnlyList<Stored>)JsonSerializer.Deserialize<List<Stored>>(row.Text(), Json.Options)!, row.Long()), ("node", node))).FirstOrDefault(([], 0));

    internal static ReleaseWaves? Times(Item rule, NodeSettings node) =>
        WaveTimes.Of(node.Calendar, node.CutOffs.Values, [.. (rule.Times ?? []).OfType<string>()], rule.MinutesBeforeCutOff);

    private static async Task<Response> Show(Work work, (long Id, string Code) node, MerchantSettings settings, DateTimeOffset now)
    {
        var (rules, version) = await Load(work, node.Id);
        var last = (await work.Query(
            """
            select rule_code, due_at_ms, outcome, wave_id, releases from wave_rule_runs r where r.merchant_id = @merchant and r.node_id = @node
               and r.due_at_ms = (select max(o.due_at_ms) from wave_rule_runs o where o.merchant_id = r.merchant_id and o.node_id = r.node_id and o.rule_code = r.rule_code)
            """, row => (Code: row.Text(), Run: new LastRun(row.Instant(), row.Text(), row.UuidOrNull() is { } wave ? new WaveId(wave) : null, row.Long())), ("node", node.Id)))
            .ToDictionary(r => r.Code, r => r.Run);
        var known = settings.NodesById.GetValueOrDefault(node.Id);
        return new Response("waveRules", node.Code,
            [.. rules.Select(r => new View(r.Rule, r.Rule.IsActive && known is not null ? Times(r.Rule, known)?.Next(now) : null, last.GetValueOrDefault(r.Rule.Code!)))], version);
    }

    private static bool IsSame(Item one, Item other) => JsonSerializer.Serialize(one, Json.Options) == JsonSerializer.Serialize(other, Json.Options);

    private static void Check(Checks checks, Item? rule, string at, HashSet<string> seen)
    {
        checks.That(rule?.Code is not null && Text.IsCode(rule.Code), at + "/code", "field.malformed", "A rule's code is 1 to 64 characters without blanks.");
        checks.Text(rule?.Name, at + "/name", 100, required: true);
        if (rule is null) return;
        checks.That(rule.Code is null || seen.Add(rule.Code), at + "/code", "field.repeated", "This code stands twice.");
        checks.That((rule.Times?.Count ?? 0) <= NodeWaves.Most, at + "/times", "field.too_many", $"At most {NodeWaves.Most} are taken here.");
        foreach (var (i, time) in (rule.Times ?? []).Take(NodeWaves.Most).Index())
            checks.That(ReleaseWaves.TryTime(time, out _), $"{at}/times/{i}", "field.not_time", "A time of day is expected as HH:mm.");
        checks.That(!rule.IsActive || rule.Times is { Count: > 0 } || rule.MinutesBeforeCutOff is not null, at + "/times", "field.required", "Say at which times, or how long before a cut-off.");
        checks.Range(rule.MinutesBeforeCutOff ?? 0, 0, MostMinutes, at + "/minutesBeforeCutOff");
        checks.Range(rule.Least ?? 1, 1, PickableReleases.Most, at + "/least");
        if (MakeWave.Checked(rule.ToWave("", null), at) is { Fields: { } faults }) foreach (var fault in faults) checks.Fault(fault.Pointer, fault.Code, fault.Detail);
    }

    /// <summary>What is asked of <see cref="MakeWave"/> when its time has come.</summary>
    internal static MakeWave.Request ToWave(this Item rule, string node, DateTimeOffset? shipBefore) => new(node.Length == 0 ? "-" : node, rule.Method, null,
        new WaveRule(shipBefore, rule.PriorityAtLeast, rule.Zone, rule.SingleLine, rule.SingleItem, rule.DeliveryMethod), rule.Most, rule.Totes, rule.Tours, null, rule.Skill);
}
