using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

namespace Switchyard.Warehouse;

/// <summary>Says where a merchant wants its goods put at a node. Written as a whole; the first rule that fits counts.</summary>
public static class PutawayRules
{
    public const int MostRules = 200;

    public sealed record Request(IReadOnlyList<PutawayRule?>? Rules);
    public sealed record Response(string Object, string Node, IReadOnlyList<PutawayRule> Rules, long Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/putaway-rules", async (string code, Db db, Actor actor, HttpContext http) => Answer(await Read(code, db, actor), http))
            .Requires(Permission.InventoryRead).WithName("warehouse.putawayRules").WithTags("Warehouse").WithSummary("Show where goods are to be put at a node")
            .Produces<Response>().ProducesProblem(404);
        routes.MapPut("/nodes/{code}/putaway-rules", async (string code, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : Answer(await Write(code, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.InventoryWrite).WithName("warehouse.writePutawayRules").WithTags("Warehouse").WithSummary("Say where goods are to be put at a node")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(412);
    }

    private static IResult Answer(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static Task<Result<Response>> Read(string code, Db db, Actor actor) => db.Read<Result<Response>>(actor, async work =>
    {
        if ((await StockNames.Load(work, actor, [], [code])).Node(code) is not { } node) return NodeErrors.NoSuchNode(code);
        var (rules, version) = await Load(work, node.Id);
        return new Response("putawayRules", node.Code, rules, version);
    });

    /// <remarks>Errors: nodes.no_such_node, catalog.changed_meanwhile.</remarks>
    public static async Task<Result<Response>> Write(string code, Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Rules is not null && body.Rules.Count <= MostRules, "/rules", "field.out_of_range", $"Send at most {MostRules} rules.");
        foreach (var (i, rule) in (body.Rules ?? []).Take(MostRules).Index()) Check(checks, rule, $"/rules/{i}");
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            if ((await StockNames.Load(work, actor, [], [code])).Node(code) is not { } node) return NodeErrors.NoSuchNode(code);
            await work.Query("select version from putaway_rules where merchant_id = @merchant and node_id = @node for update", row => row.Long(), ("node", node.Id));
            var (_, version) = await Load(work, node.Id);
            if (expected is { } wanted && wanted != version) return CatalogErrors.Changed($"The rules of node {node.Code}", version);
            IReadOnlyList<PutawayRule> rules = [.. body.Rules!.OfType<PutawayRule>()];
            await work.Execute(
                """
                insert into putaway_rules (merchant_id, node_id, rules, updated_by, updated_at_ms) values (@merchant, @node, @rules, @by, @now)
                    on conflict (merchant_id, node_id) do update set rules = excluded.rules, version = putaway_rules.version + 1, updated_by = excluded.updated_by, updated_at_ms = excluded.updated_at_ms
                """, ("node", node.Id), ("rules", JsonSerializer.Serialize(rules, Json.Options)), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("putawayRules", node.Code, "PutawayRulesWritten", new { node.Code, rules = rules.Count }));
            return new Response("putawayRules", node.Code, rules, version + 1);
        });
    }

    internal static async Task<(IReadOnlyList<PutawayRule> Rules, long Version)> Load(Work work, long node) => (await work.Query(
        "select rules, version from putaway_rules where merchant_id = @merchant and node_id = @node",
        row => ((IReadOnlyList<PutawayRule>)JsonSerializer.Deserialize<List<PutawayRule>>(row.Text(), Json.Options)!, row.Long()), ("node", node))).FirstOrDefault(([], 0));

    internal static void Check(Checks checks, PutawayRule? rule, string at)
    {
        checks.Text(rule?.Name, at + "/name", 100, required: true);
        if (rule is null) return;
        checks.Text(rule.SkuBegins, at + "/skuBegins", 200);
        checks.Text(rule.Flag, at + "/flag", 64);
        checks.Text(rule.Attribute, at + "/attribute", 100);
        checks.Text(rule.Value, at + "/value", 200);
        checks.Text(rule.StorageClass, at + "/storageClass", 64);
        checks.That(rule.Value is null || rule.Attribute is not null, at + "/attribute", "field.required", "A value is that of an attribute.");
        checks.That((rule.Zones?.Count ?? 0) <= 50, at + "/zones", "field.too_many", "A rule names at most 50 zones.");
        foreach (var (i, zone) in (rule.Zones ?? []).Take(50).Index()) checks.Text(zone, $"{at}/zones/{i}", 64, required: true);
        checks.That((rule.Kinds ?? []).All(k => Enum.IsDefined(k) && k is BinKind.Pick or BinKind.Bulk or BinKind.Reserve or BinKind.Quarantine), at + "/kinds", "field.unknown_value", "Goods are put away into bins of the kinds pick, bulk, reserve or quarantine.");
    }
}
