using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Enters what a wanted count found: what is there, in any condition, as of an instant. Units that were unavailable until the count are
/// settled: those found are available again, those missing are written off.
/// </summary>
public static class EnterCount
{
    private static readonly Error Outdated = Error.Conflict(StockErrors.OlderThanCount, "The shelf was counted after this. Count it again.");
    private static readonly Error BeforeWanted = Error.Conflict("inventory.count_too_old", "Units went missing after this was counted. Count it again.");

    /// <param name="Quantity">Units on the shelf, whatever their condition.</param>
    /// <param name="AsOf">When it was counted; now when not said. What moved since is kept.</param>
    public sealed record Request(long? Quantity, string? AsOf);

    private sealed record Wanted(long Sku, long Node, string State, long Pending, long WantedAtMs);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/counts/{id:long}/result", async (long id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("counts.enter").WithTags("Inventory").WithSummary("Enter what a count found")
            .Produces<CountView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: inventory.no_such_count, inventory.count_done, inventory.count_too_old, inventory.older_than_last_count.</remarks>
    public static async Task<Result<CountView>> Handle(long id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.Units(body.Quantity, "/quantity", 0);
        var asOf = checks.Past(body.AsOf, "/asOf", now);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<CountView>(actor, async work =>
        {
            if (await Find(work, actor, id, "") is not { } wanted) return CountTasks.NotFound;
            // Stock is locked before the count: whoever adds to a count holds its stock row.
            var sheet = await StockSheet.Lock(work, [wanted.Sku], now, [(wanted.Sku, wanted.Node)]);
            var task = (await Find(work, actor, id, "for update of c"))!;
            if (task.State != "open") return CountTasks.IsDone;
            long atMs = (asOf ?? now).ToUnixTimeMilliseconds();
            var row = sheet.Find(task.Sku, task.Node)!;
            if (asOf is not null && task.Pending > 0 && atMs < task.WantedAtMs) return BeforeWanted;
            if (asOf is not null && PhysicalStatement.IsOutdated(atMs, row.CountedAtMs)) return Outdated;

            long onHand = asOf is null ? body.Quantity!.Value : PhysicalStatement.OnHandNow(body.Quantity!.Value, atMs, await Since(work, task, asOf.Value));
            long variance = onHand - row.Balance.OnHand;
            Settle(sheet, row, task, variance, id, actor, asOf ?? now);
            row.CountedAtMs = atMs;
            sheet.Touch(row);

            var batch = work.Batch();
            var check = sheet.QueueWrite(batch);
            batch.Execute(
                """
                update count_tasks set state = 'done', counted = @counted, as_of_ms = @at, variance = @variance, done_by = @by, done_at_ms = @now
                 where id = @id and merchant_id = @merchant
                """, ("counted", body.Quantity!.Value), ("at", atMs), ("variance", variance), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("id", id));
            ExceptionsRoom.Mend(batch, [("count_wanted", CountTasks.Subject(task.Sku, task.Node))], actor, $"Counted {body.Quantity}.", now);
            var view = batch.Query($"{CountTasks.Select} where c.id = @id and c.merchant_id = @merchant", CountTasks.Read, ("id", id));
            await batch.Run();
            check();
            await EventLog.Append(work, actor, now, new Happening("count", Text.Invariant(id), "CountEntered",
                new { view[0].Sku, view[0].Node, counted = body.Quantity, variance, settled = task.Pending }));
            return view[0];
        });
    }

    // What was pending is on the shelf or it is not: either way the count has said so, and nothing stays unavailable for its sake.
    private static void Settle(StockSheet sheet, StockRow row, Wanted task, long variance, long id, Actor actor, DateTimeOffset at)
    {
        long pending = Math.Min(task.Pending, row.Balance.Unavailable);
        if (pending > 0)
            sheet.Move(task.Sku, task.Node, new Buckets { Unavailable = -pending }, new Movement(MovementKind.MadeAvailable, actor.Id, Reference: CountReference(id), Reason: "counted"));
        if (variance != 0)
            sheet.Move(task.Sku, task.Node, new Buckets { OnHand = variance }, new Movement(MovementKind.Counted, actor.Id, Reference: CountReference(id), At: at));
    }

    private static string CountReference(long id) => "count_" + Text.Invariant(id);

    private static async Task<IEnumerable<Moved>> Since(Work work, Wanted task, DateTimeOffset asOf) =>
        (await StockMoves.Since(work, [(task.Sku, task.Node, asOf)])).GetValueOrDefault((task.Sku, task.Node), []);

    private static Task<Wanted?> Find(Work work, Actor actor, long id, string locking) => work.Find(
        $"""
        select c.sku_id, c.node_id, c.state, c.pending, c.wanted_at_ms from count_tasks c
         where c.id = @id and c.merchant_id = @merchant and (@all or c.node_id = any(@nodes)) {locking}
        """, row => new Wanted(row.Long(), row.Long(), row.Text(), row.Long(), row.Long()), ("id", id), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));
}
