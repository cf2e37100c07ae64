using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Picking;

/// <summary>Gives a task that fills a face to somebody else, or to whoever comes first; or calls off one that was only a wish.</summary>
public static class GiveRefill
{
    /// <param name="Operative">One of the node's operatives, as the log names them; null: anybody's.</param>
    public sealed record Request(string? Operative);

    public sealed record Response(string Object, RefillId Id, [property: Words("open", "taken", "done", "short", "gone", "cancelled")] string State, string? Operative);

    private sealed record Found(RefillId Id, long Node, string State, string Operative, string Reason);

    internal static readonly Error NoSuchOperative = Error.Invalid([new FieldError("/operative", "picking.no_such_operative", "Nobody of that name picks at this node.")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/refills/{id}/give", async (string id, Request? body, Db db, TimeProvider clock, Actor actor) => (await Give(id, body?.Operative, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("picking.giveRefill").WithTags("Picking").WithSummary("Give a task that fills a pick face to another operative")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/refills/{id}/cancel", async (string id, Db db, TimeProvider clock, Actor actor) => (await Cancel(id, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("picking.cancelRefill").WithTags("Picking").WithSummary("Call off a task that fills a pick face beyond its need")
            .Produces<Response>().ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: picking.no_such_refill, picking.refill_ended, request.invalid with pointer /operative.</remarks>
    public static async Task<Result<Response>> Give(string id, string? operative, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(operative, "/operative", 100);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            if (await Find(work, actor, id) is not { } task) return PickingErrors.NoSuchRefill;
            if (task.State is not ("open" or "taken")) return PickingErrors.RefillEnded;
            string wanted = operative ?? "";
            if (wanted.Length > 0 && !await PlanRefills.IsOperative(work, task.Node, wanted)) return NoSuchOperative;
            if (task.Operative == wanted) return new Response("refill", task.Id, task.State, operative);
            await work.Execute("update refill_tasks set state = 'open', operative = @who, taken_at_ms = null where id = @id and merchant_id = @merchant", ("who", wanted), ("id", task.Id.Value));
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("refill", task.Id.ToString(), "RefillGiven", new { from = ReadRefills.Said(task.Operative), to = operative }));
            return new Response("refill", task.Id, "open", operative);
        });
    }

    /// <summary>A task that the face needs comes back by itself; only what was asked for beyond that is called off.</summary>
    /// <remarks>Errors: picking.no_such_refill, picking.refill_ended, picking.refill_needed.</remarks>
    public static Task<Result<Response>> Cancel(string id, Db db, TimeProvider clock, Actor actor) => db.Write<Response>(actor, async work =>
    {
        if (await Find(work, actor, id) is not { } task) return PickingErrors.NoSuchRefill;
        if (task.State == "cancelled") return new Response("refill", task.Id, task.State, null);
        if (task.State is not ("open" or "taken")) return PickingErrors.RefillEnded;
        if (task.Reason != "topUp") return PickingErrors.RefillNeeded;
        var now = clock.GetUtcNow();
        await work.Execute("update refill_tasks set state = 'cancelled', ended_at_ms = @now where id = @id and merchant_id = @merchant", ("now", now.ToUnixTimeMilliseconds()), ("id", task.Id.Value));
        await EventLog.Append(work, actor, now, new Happening("refill", task.Id.ToString(), "RefillCancelled", new { }));
        return new Response("refill", task.Id, "cancelled", null);
    });

    // The task is locked: whoever takes it at the same moment is seen, or sees this.
    private static async Task<Found?> Find(Work work, Actor actor, string id)
    {
        if (!RefillId.TryParse(id, null, out var refill)) return null;
        var found = await work.Find("select id, node_id, state, operative, reason from refill_tasks where id = @id and merchant_id = @merchant for update",
            row => new Found(new RefillId(row.Uuid()), row.Long(), row.Text(), row.Text(), row.Text()), ("id", refill.Value));
        return found is not null && actor.MaySeeNode(found.Node) ? found : null;
    }
}
