using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>How a merchant counts at a node: blind or not, and from which variance on a count is counted again and approved.</summary>
public static class WriteCountSettings
{
    /// <param name="LimitUnits">A variance of more units is counted again and then approved by somebody else; null: every variance is booked at once.</param>
    /// <param name="IsBlind">Whoever counts is not shown what the books say.</param>
    public sealed record Request(long? LimitUnits, bool IsBlind = true);
    public sealed record Response(string Object, string Node, long? LimitUnits, bool IsBlind, long Version);

    internal sealed record Stored(long? LimitUnits, bool IsBlind, long Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/count-settings", async (string code, Db db, Actor actor, HttpContext http) => Answer(await Read(code, db, actor), http))
            .Requires(Permission.InventoryRead).WithName("counts.settings").WithTags("Inventory").WithSummary("Show how a node counts").Produces<Response>().ProducesProblem(404);
        routes.MapPut("/nodes/{code}/count-settings", async (string code, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : Answer(await Write(code, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.InventoryApprove).WithName("counts.writeSettings").WithTags("Inventory").WithSummary("Say how a node counts")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(412);
    }

    private static IResult Answer(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static Task<Result<Response>> Read(string code, Db db, Actor actor) => db.Read<Result<Response>>(actor, async work =>
        (await StockNames.Load(work, actor, [], [code])).Node(code) is { } node ? View(node.Code, await Load(work, node.Id)) : StockErrors.NoSuchNode(code));

    /// <remarks>Errors: inventory.unknown_node, catalog.changed_meanwhile.</remarks>
    public static async Task<Result<Response>> Write(string code, Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(body.LimitUnits ?? 0, 0, Checks.MaxQuantity, "/limitUnits");
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            if ((await StockNames.Load(work, actor, [], [code])).Node(code) is not { } node) return StockErrors.NoSuchNode(code);
            await work.Query("select version from count_settings where merchant_id = @merchant and node_id = @node for update", row => row.Long(), ("node", node.Id));
            var stored = await Load(work, node.Id);
            if (expected is { } wanted && wanted != stored.Version) return CatalogErrors.Changed($"The counting of node {node.Code}", stored.Version);
            if (stored.Version > 0 && stored.LimitUnits == body.LimitUnits && stored.IsBlind == body.IsBlind) return View(node.Code, stored);
            await work.Execute(
                """
                insert into count_settings (merchant_id, node_id, limit_units, is_blind, updated_by, updated_at_ms) values (@merchant, @node, @limit::bigint, @blind, @by, @now)
                    on conflict (merchant_id, node_id) do update set limit_units = excluded.limit_units, is_blind = excluded.is_blind, version = count_settings.version + 1,
                       updated_by = excluded.updated_by, updated_at_ms = excluded.updated_at_ms
                """, ("node", node.Id), ("limit", body.LimitUnits), ("blind", body.IsBlind), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("node", node.Code, "CountSettingsWritten", new { body.LimitUnits, body.IsBlind }));
            return View(node.Code, stored with { LimitUnits = body.LimitUnits, IsBlind = body.IsBlind, Version = stored.Version + 1 });
        });
    }

    internal static async Task<Stored> Load(Work work, long node) => (await work.Query(
        "select limit_units, is_blind, version from count_settings where merchant_id = @merchant and node_id = @node", row => new Stored(row.LongOrNull(), row.Bool(), row.Long()), ("node", node)))
        .FirstOrDefault(new Stored(null, true, 0));

    private static Response View(string node, Stored s) => new("countSettings", node, s.LimitUnits, s.IsBlind, s.Version);
}
