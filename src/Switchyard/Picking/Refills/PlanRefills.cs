using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Picking;

/// <summary>Makes the tasks that fill faces, for all that need it or for some that somebody names, and gives them to an operative. What is made already stays and is not made twice.</summary>
public static class PlanRefills
{
    public const int MostSkus = 500;

    /// <param name="Skus">Only these faces, also those that are not below their minimum; all that need it, when left out.</param>
    /// <param name="Operative">Who is to do it, as the log names them: one of the node's operatives; whoever comes first, when left out.</param>
    public sealed record Request(IReadOnlyList<string?>? Skus = null, string? Operative = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/nodes/{code}/refills", async (string code, Request? body, Db db, TimeProvider clock, Actor actor) => (await Handle(code, body ?? new Request(), db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("picking.planRefills").WithTags("Picking").WithSummary("Make tasks that fill pick faces, and give them to somebody")
            .Produces<ReadRefills.Response>().ProducesProblem(400).ProducesProblem(404);

    /// <returns>The faces named, or all, as the list of refills shows them.</returns>
    /// <remarks>Errors: nodes.no_such_node; request.invalid with pointers /operative, /skus/0 …, such as picking.no_face.</remarks>
    public static async Task<Result<ReadRefills.Response>> Handle(string code, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(body.Skus?.Count ?? 1, 1, MostSkus, "/skus");
        foreach (var (i, sku) in (body.Skus ?? []).Take(MostSkus).Index()) checks.Text(sku, $"/skus/{i}", 200, required: true);
        checks.Text(body.Operative, "/operative", 100);
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<ReadRefills.Response>(actor, async work =>
        {
            if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
            if (body.Operative is { Length: > 0 } who && !await IsOperative(work, node.Id, who)) return GiveRefill.NoSuchOperative;
            var checks = new Checks();
            var skus = body.Skus is null ? null : await Named(work, actor, node.Id, body.Skus, checks);
            if (checks.AnyFault) return checks.ToError();
            var plans = await SettleRefills.Run(work, actor, node.Id, skus, now, skus?.ToHashSet());
            long[] settled = [.. plans.Where(p => p.Need.Reason is not null).Select(p => p.Face.SkuId)];
            if (body.Operative is { Length: > 0 } given)
                await work.Execute("update refill_tasks set operative = @who where merchant_id = @merchant and node_id = @node and sku_id = any(@skus) and state = 'open'", ("who", given), ("node", node.Id), ("skus", settled));
            var after = await FaceRows.Plan(work, node.Id, await FaceRows.Find(work, node.Id, settled, onlyNeeds: false), now);
            await EventLog.Append(work, actor, now, new Happening("node", node.Code, "RefillsPlanned", new { node.Code, faces = settled.Length, operative = body.Operative }));
            return await ReadRefills.Answer(work, node, after);
        });
    }

    private static async Task<IReadOnlyList<long>> Named(Work work, Actor actor, long node, IReadOnlyList<string?> skus, Checks checks)
    {
        var names = await StockNames.Load(work, actor, skus, []);
        var found = skus.Select((sku, i) => names.Goods(sku, $"/skus/{i}", checks)?.Id ?? 0).ToList();
        var faces = (await work.Query("select sku_id from pick_faces where merchant_id = @merchant and node_id = @node and sku_id = any(@skus)", row => row.Long(), ("node", node), ("skus", found.ToArray()))).ToHashSet();
        foreach (var (i, sku) in found.Index().Where(f => f.Item > 0)) checks.That(faces.Contains(sku), $"/skus/{i}", "picking.no_face", $"{skus[i]} has no pick face at this node.");
        return [.. found.Distinct()];
    }

    internal static async Task<bool> IsOperative(Work work, long node, string who) =>
        await work.Scalar("select count(*) from operatives where merchant_id = @merchant and node_id = @node and actor = @who", ("node", node), ("who", who)) > 0;
}
