using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Decides about a count whose variance was too large twice: it is booked as it was counted, or counted once more. Whoever counted it does not
/// decide about it.
/// </summary>
public static class ApproveCount
{
    private static readonly Error NotCounted = Error.Conflict("inventory.count_not_waiting", "This count does not wait for approval.");
    private static readonly Error OwnCount = Error.Conflict("inventory.own_count", "Somebody else must approve what you have counted.");

    public sealed record Rejection(string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/counts/{id:long}/approve", async (long id, Db db, TimeProvider clock, Actor actor) => (await Handle(id, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryApprove).WithName("counts.approve").WithTags("Inventory").WithSummary("Book a large variance that was counted twice")
            .Produces<CountView>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/counts/{id:long}/recount", async (long id, Rejection? body, Db db, TimeProvider clock, Actor actor) => (await Again(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryApprove).WithName("counts.recount").WithTags("Inventory").WithSummary("Have a shelf counted once more")
            .Produces<CountView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: inventory.no_such_count, inventory.count_done, inventory.count_not_waiting, inventory.own_count, inventory.older_than_last_count.</remarks>
    public static Task<Result<CountView>> Handle(long id, Db db, TimeProvider clock, Actor actor) => db.Write<CountView>(actor, async work =>
    {
        var now = clock.GetUtcNow();
        var opened = await OpenCount.Lock(work, actor, id, now);
        if (opened.Error is { } refused) return refused;
        var count = opened.Value;
        if (Refused(count.Task, actor) is { } no) return no;
        return await count.Book(work, actor, count.Task.Proposed!.Value, count.Task.ProposedAsOfMs, actor.Id, now);
    });

    /// <remarks>Errors: inventory.no_such_count, inventory.count_done, inventory.count_not_waiting.</remarks>
    public static async Task<Result<CountView>> Again(long id, Rejection? body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body?.Reason, "/reason", StockItems.MostReason);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<CountView>(actor, async work =>
        {
            var now = clock.GetUtcNow();
            var opened = await OpenCount.Lock(work, actor, id, now);
            if (opened.Error is { } refused) return refused;
            if (opened.Value.Task.Stage != "approval") return NotCounted;
            await work.Execute("update count_tasks set stage = 'recount', assignee = null, proposed = null, proposed_by = null, proposed_as_of_ms = null where id = @id and merchant_id = @merchant", ("id", id));
            var view = await CountTasks.Find(work, id);
            await EventLog.Append(work, actor, now, new Happening("count", Text.Invariant(id), "CountSentBack", new { view.Sku, view.Node }, body?.Reason));
            return view;
        });
    }

    private static Error? Refused(OpenCount.Wanted task, Actor actor) => task.Stage != "approval" ? NotCounted : task.FirstBy == actor.Id || task.ProposedBy == actor.Id ? OwnCount : null;
}
