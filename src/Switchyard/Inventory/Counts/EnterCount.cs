using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Enters what a wanted count found: what is on the shelf, in any condition, as of an instant; what is picked and packed is not counted. Units that were unavailable until the count are
/// settled: those found are available again, those missing are written off. Where the node has a limit, a larger variance is not booked: the
/// shelf is counted again, and what differs as much a second time waits for somebody else's approval.
/// </summary>
public static class EnterCount
{
    /// <param name="Quantity">Units on the shelf, whatever their condition; without what lies in totes and parcels.</param>
    /// <param name="AsOf">When it was counted; now when not said. What moved since is kept.</param>
    public sealed record Request(long? Quantity, string? AsOf);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/counts/{id:long}/result", async (long id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("counts.enter").WithTags("Inventory").WithSummary("Enter what a count found")
            .Produces<CountView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: inventory.no_such_count, inventory.count_done, inventory.count_waits, inventory.count_too_old, inventory.older_than_last_count.</remarks>
    public static async Task<Result<CountView>> Handle(long id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.Units(body.Quantity, "/quantity", 0);
        var asOf = checks.Past(body.AsOf, "/asOf", now);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<CountView>(actor, async work =>
        {
            var opened = await OpenCount.Lock(work, actor, id, now);
            if (opened.Error is { } refused) return refused;
            var (count, counted, asOfMs) = (opened.Value, body.Quantity!.Value, asOf?.ToUnixTimeMilliseconds());
            if (count.Task.Stage == "approval") return CountTasks.Waits;
            var settings = await WriteCountSettings.Load(work, count.Task.Node);
            var variance = await count.Variance(work, counted, asOfMs);
            if (variance.Error is { } stale) return stale;
            if (settings.LimitUnits is not { } limit || Math.Abs(variance.Value) <= limit) return await count.Book(work, actor, counted, asOfMs, null, now);
            return await Keep(work, actor, id, count.Task.Stage == "recount", counted, asOf ?? now, now);
        });
    }

    private static async Task<Result<CountView>> Keep(Work work, Actor actor, long id, bool isSecond, long counted, DateTimeOffset asOf, DateTimeOffset now)
    {
        string set = isSecond
            ? "stage = 'approval', assignee = null, proposed = @counted, proposed_by = @by, proposed_as_of_ms = @at"
            : "stage = 'recount', assignee = null, first_counted = @counted, first_by = @by";
        await work.Execute($"update count_tasks set {set} where id = @id and merchant_id = @merchant",
            ("counted", counted), ("by", actor.Id), ("at", asOf.ToUnixTimeMilliseconds()), ("id", id));
        var view = await CountTasks.Find(work, id);
        await EventLog.Append(work, actor, now, new Happening("count", Text.Invariant(id), isSecond ? "CountToApprove" : "CountToRepeat", new { view.Sku, view.Node, counted }));
        return view;
    }
}
