using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>What devices did while the world went on without them: listed for a person, who says that it is dealt with.</summary>
public static class SettleClash
{
    /// <param name="Kind">What the device said: pick, short, skip, damaged.</param>
    /// <param name="Code">Why it could not be done any more.</param>
    /// <param name="At">When it was done on the device.</param>
    public sealed record Clash(string Object, long Id, string Node, string Operative, PickTaskId Task, string Sku, FulfilmentId Fulfilment, string Number, OrderId Order,
        string Kind, string Code, string Detail, DateTimeOffset At, string? SettledBy, DateTimeOffset? SettledAt);

    private const string Select =
        """
        select c.id, n.code, c.operative, c.task_id, t.sku, t.fulfilment_id, f.number, f.order_id, c.kind, c.code, c.detail, c.at_ms, c.settled_by, c.settled_at_ms
          from pick_clashes c join nodes n on n.id = c.node_id join pick_tasks t on t.id = c.task_id join fulfilment_orders f on f.id = t.fulfilment_id where c.merchant_id = @merchant
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/pick-clashes", async (string code, Db db, Actor actor, [FromQuery] string? after, [FromQuery] int? limit) => (await List(code, after, limit, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("picking.clashes").WithTags("Picking").WithSummary("List what devices did that was not possible any more")
            .Produces<Page<Clash>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/pick-clashes/{id:long}/settle", async (long id, Db db, TimeProvider clock, Actor actor) => (await Handle(id, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("picking.settleClash").WithTags("Picking").WithSummary("Say that a clash is dealt with")
            .Produces<Clash>().ProducesProblem(404);
    }

    /// <remarks>Errors: nodes.no_such_node, request.invalid with pointers #limit, #after.</remarks>
    public static async Task<Result<Page<Clash>>> List(string code, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        long start = 0;
        if (!Cursor.TryNumber(after, ref start)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<Clash>>>(actor, async work => await PickableReleases.Node(work, actor, code) is { } node
            ? Page<Clash>.Of(await work.Query($"{Select} and c.node_id = @node and c.settled_at_ms is null and c.id > @after order by c.id limit @limit", Read,
                ("node", node.Id), ("after", start), ("limit", most + 1L)), most, c => Text.Invariant(c.Id))
            : PickingErrors.NoSuchNode);
    }

    /// <remarks>Errors: picking.clash_not_found.</remarks>
    public static Task<Result<Clash>> Handle(long id, Db db, TimeProvider clock, Actor actor) => db.Write<Clash>(actor, async work =>
    {
        int settled = await work.Execute(
            """
            update pick_clashes set settled_by = @me, settled_at_ms = @now where id = @id and merchant_id = @merchant and settled_at_ms is null and (@all or node_id = any(@nodes))
            """, ("me", actor.Id), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", id), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));
        return settled == 0 ? PickingErrors.ClashNotFound : (await work.Query($"{Select} and c.id = @id", Read, ("id", id)))[0];
    });

    private static Clash Read(Row row) => new("pickClash", row.Long(), row.Text(), row.Text(), new PickTaskId(row.Uuid()), row.Text(), new FulfilmentId(row.Uuid()), row.Text(),
        new OrderId(row.Uuid()), row.Text(), row.Text(), row.Text(), row.Instant(), row.TextOrNull(), row.InstantOrNull());
}
