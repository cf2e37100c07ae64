using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// Closes a node in an emergency: nothing is promised from it any more at once, and <see cref="MoveOffNodes"/> plans its idle claims anew
/// elsewhere, for every merchant it serves. Said again, it looks once more. Reopening takes the node back.
/// </summary>
public static class CloseNode
{
    /// <param name="Until">When it opens again by itself; by hand when not said.</param>
    public sealed record Request(string? Reason, string? Until);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/nodes/{code}/close", async (string code, Request body, Db db, TimeProvider clock, Actor actor) => (await Close(code, body, db, clock, actor)).ToHttp())
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("nodes.close").WithTags("Nodes").WithSummary("Close a node in an emergency and plan its orders anew")
            .Produces<ReadClosing.View>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        routes.MapPost("/nodes/{code}/reopen", async (string code, Db db, TimeProvider clock, Actor actor) => (await Reopen(code, db, clock, actor)).ToHttp())
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("nodes.reopen").WithTags("Nodes").WithSummary("Take a closed node back")
            .Produces<ReadClosing.View>().ProducesProblem(403).ProducesProblem(404);
    }

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static async Task<Result<ReadClosing.View>> Close(string code, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.Text(body.Reason, "/reason", 500, required: true);
        DateTimeOffset until = default;
        if (body.Until is not null && !ReadClosing.TryRead(body.Until, out until)) checks.Fault("/until", "field.malformed", "An instant is written like 2026-03-01T09:30:00Z, with its offset.");
        else checks.That(body.Until is null || until > now, "/until", "field.in_the_past", "until must be to come.");
        if (checks.AnyFault) return checks.ToError();
        return await db.WriteShared<ReadClosing.View>(actor, await CatalogVersion.Merchants(db), async work =>
        {
            var node = await NodeSwitch.Set(work, actor, code, isActive: false, now);
            if (node.Error is { } refused) return refused;
            await work.Execute(
                """
                insert into node_closings (merchant_id, node_id, reason, until_ms, started_by, started_at_ms, updated_at_ms)
                select m.merchant_id, @node, @reason, @until::bigint, @by, @now, @now from node_merchants m where m.node_id = @node /* house: every merchant it serves */
                 order by m.merchant_id
                    on conflict (merchant_id, node_id) where state <> 'reopened'
                    do update set state = 'running', after_order = null, pass_moved = 0, reason = excluded.reason, until_ms = excluded.until_ms, updated_at_ms = excluded.updated_at_ms
                """, ("node", node.Value.Id), ("reason", body.Reason), ("until", body.Until is null ? null : until.ToUnixTimeMilliseconds()), ("by", actor.Id),
                ("now", now.ToUnixTimeMilliseconds()));
            await ForgetFailures(work, node.Value.Id);
            await EventLog.Append(work, actor, now, new Happening("node", node.Value.Code, "NodeClosed", new { code = node.Value.Code, until = body.Until }, body.Reason));
            return (await ReadClosing.Load(work, actor, node.Value.Code, null, 0))!;
        });
    }

    /// <remarks>Errors: nodes.no_such_node, nodes.not_closed.</remarks>
    public static async Task<Result<ReadClosing.View>> Reopen(string code, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        return await db.WriteShared<ReadClosing.View>(actor, await CatalogVersion.Merchants(db), async work =>
        {
            if (await ReadClosing.Load(work, actor, code, null, 0) is not { State: not "reopened" }) return ReadClosing.NotClosed(code);
            var node = await NodeSwitch.Set(work, actor, code, isActive: true, now);
            if (node.Error is { } refused) return refused;
            await ForgetFailures(work, node.Value.Id);
            await work.Execute("update node_closings set state = 'reopened', reopened_at_ms = @now, updated_at_ms = @now where node_id = @node and state <> 'reopened' /* house: every merchant it serves */",
                ("node", node.Value.Id), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("node", node.Value.Code, "NodeReopened", new { code = node.Value.Code }));
            return (await ReadClosing.Load(work, actor, node.Value.Code, null, 0))!;
        });
    }

    // Said anew, every order is tried at once.
    private static Task ForgetFailures(Work work, long node) => work.Execute(
        "delete from pass_failures where kind = 'closing' and pass_id in (select id from node_closings where node_id = @node and state <> 'reopened') /* house: every merchant it serves */", ("node", node));
}
