using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Erp;

/// <summary>Shows what the ERP is told and what it told us, and has a thing done again or not at all.</summary>
public static class ListErpTasks
{
    /// <param name="Key">Ours, the same for the same thing for ever.</param>
    /// <param name="ExternalId">By which the ERP knows it.</param>
    /// <param name="Said">Why it was not posted.</param>
    /// <param name="RecordType">The kind of record the ERP has of it, and its id there.</param>
    public sealed record TaskView(string Object, string Key, [property: Words("order", "change", "shipment", "sale", "refund", "purchase", "receipt", "stock")] string Kind,
        string Label, string ExternalId, [property: Words("waiting", "done", "parked", "dropped")] string State, int Tries, string? Said, string? RecordType, string? RecordId,
        long? AmountMinor, string? Currency, DateTimeOffset? DueAt, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt);

    /// <param name="Id">The ERP's own.</param>
    public sealed record ThingView(string Object, [property: Words("items", "purchases", "receipts")] string Flow, string Id, string Label,
        [property: Words("waiting", "done", "parked", "dropped")] string State, int Tries, string? Said, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

    private const string TaskColumns =
        "t.task_key, t.kind, t.label, t.state, t.tries, t.said, t.record_type, t.record_id, t.amount_minor, t.currency, t.due_at_ms, t.created_at_ms, t.done_at_ms";
    private const string ThingColumns = "t.flow, t.thing_id, t.label, t.state, t.tries, t.said, t.created_at_ms, t.changed_at_ms";
    private const string SelectTask = $"select {TaskColumns} from erp_tasks t", SelectThing = $"select {ThingColumns} from erp_things t";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/erp/tasks", async (string? state, int? limit, string? after, Db db, Actor actor) => (await Tasks(state, limit, after, db, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("erp.tasks").WithTags("ERP").WithSummary("List what the ERP is told, newest first")
            .WithDescription("state: waiting, done, parked or dropped.")
            .Produces<Page<TaskView>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/erp/tasks/{key}/retry", async (string key, Db db, TimeProvider clock, Actor actor) => (await Change(key, "waiting", db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("erp.retryTask").WithTags("ERP").WithSummary("Have something posted to the ERP again").Produces<TaskView>()
            .ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/erp/tasks/{key}/drop", async (string key, Db db, TimeProvider clock, Actor actor) => (await Change(key, "dropped", db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("erp.dropTask").WithTags("ERP").WithSummary("Do not post something to the ERP: somebody has, or nobody need")
            .Produces<TaskView>().ProducesProblem(404).ProducesProblem(409);
        routes.MapGet("/erp/things", async (string? state, int? limit, string? after, Db db, Actor actor) => (await Things(state, limit, after, db, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("erp.things").WithTags("ERP").WithSummary("List what was read from the ERP, newest first")
            .WithDescription("state: waiting, done, parked or dropped.")
            .Produces<Page<ThingView>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/erp/things/{flow}/{id}/retry", async (string flow, string id, Db db, TimeProvider clock, Actor actor) =>
                (await Change(flow, id, "waiting", db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("erp.retryThing").WithTags("ERP").WithSummary("Do again what the ERP told").Produces<ThingView>()
            .ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/erp/things/{flow}/{id}/drop", async (string flow, string id, Db db, TimeProvider clock, Actor actor) =>
                (await Change(flow, id, "dropped", db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("erp.dropThing").WithTags("ERP").WithSummary("Do not do what the ERP told").Produces<ThingView>()
            .ProducesProblem(404).ProducesProblem(409);
    }

    private static (int Most, long Before, string Behind) Place(Checks checks, string? state, int? limit, string? after)
    {
        var (most, from) = Paging.Read(checks, limit, after);
        checks.That(state is null or "waiting" or "done" or "parked" or "dropped", "#state", "field.unknown_value", "state must be waiting, done, parked or dropped.");
        // Behind which instant and key the page begins.
        string[] place = from.Split('|', 2);
        long before = long.MaxValue;
        checks.That(from.Length == 0 || place.Length == 2 && long.TryParse(place[0], System.Globalization.CultureInfo.InvariantCulture, out before), "#after", "field.malformed",
            "after is not a cursor of this list.");
        return (most, before, place.Length == 2 ? place[1] : "");
    }

    /// <remarks>Errors: request.invalid with pointers #state, #limit, #after; erp.no_account.</remarks>
    private static async Task<Result<Page<TaskView>>> Tasks(string? state, int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, before, behind) = Place(checks, state, limit, after);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<TaskView>>>(actor, async work =>
        {
            if (await ErpAccount.Find(work) is not { } account) return ErpErrors.NoAccount;
            var found = await work.Query(
                $"{SelectTask} where t.merchant_id = @merchant and t.account_id = @account and (t.created_at_ms < @before "
                + $"or t.created_at_ms = @before and t.task_key > @behind){(state is null ? "" : " and t.state = @state")} order by t.created_at_ms desc, t.task_key limit @limit",
                ReadTask, ("account", account.Id), ("before", before), ("behind", behind), ("state", state ?? ""), ("limit", most + 1L));
            return Page<TaskView>.Of(found, most, t => $"{Text.Invariant(t.CreatedAt.ToUnixTimeMilliseconds())}|{t.Key}");
        });
    }

    /// <remarks>Errors: request.invalid with pointers #state, #limit, #after; erp.no_account.</remarks>
    private static async Task<Result<Page<ThingView>>> Things(string? state, int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, before, behind) = Place(checks, state, limit, after);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<ThingView>>>(actor, async work =>
        {
            if (await ErpAccount.Find(work) is not { } account) return ErpErrors.NoAccount;
            var found = await work.Query(
                $"{SelectThing} where t.merchant_id = @merchant and t.account_id = @account and (t.changed_at_ms < @before "
                + $"or t.changed_at_ms = @before and t.flow || '|' || t.thing_id > @behind){(state is null ? "" : " and t.state = @state")} "
                + "order by t.changed_at_ms desc, t.flow || '|' || t.thing_id limit @limit", ReadThing, ("account", account.Id), ("before", before), ("behind", behind),
                ("state", state ?? ""), ("limit", most + 1L));
            return Page<ThingView>.Of(found, most, t => $"{Text.Invariant(t.ChangedAt.ToUnixTimeMilliseconds())}|{t.Flow}|{t.Id}");
        });
    }

    /// <remarks>Errors: erp.no_account, erp.no_such_task, erp.is_done, request.in_progress.</remarks>
    private static Task<Result<TaskView>> Change(string key, string to, Db db, TimeProvider clock, Actor actor) => db.Write<TaskView>(actor, async work =>
    {
        var now = clock.GetUtcNow();
        if (await ErpAccount.Find(work) is not { } account) return ErpErrors.NoAccount;
        if (!Text.IsStorable(key)) return ErpErrors.NoSuchTask;
        (string, object?)[] which = [("account", account.Id), ("key", key)];
        var known = await work.Query("select state, lease_until_ms, kind from erp_tasks where merchant_id = @merchant and account_id = @account and task_key = @key for update",
            row => (State: row.Text(), LeaseMs: row.Long(), Kind: row.Text()), which);
        if (known.Count == 0) return ErpErrors.NoSuchTask;
        if (known[0].State == "done") return ErpErrors.IsDone;
        // Whoever posts it right now settles it.
        if (to == "dropped" && known[0].State == "waiting" && known[0].LeaseMs > now.ToUnixTimeMilliseconds()) return ErpErrors.BeingDone;
        if (known[0].State != to || to == "waiting")
        {
            // An old difference is worth nothing: levels are compared anew.
            bool isAnew = known[0] is { Kind: "stock", State: not "waiting" } && to == "waiting";
            if (isAnew)
                await work.Execute("update erp_marks set ask_at_ms = 0 where merchant_id = @merchant and account_id = @account and flow = 'stock'", ("account", account.Id));
            await work.Execute("update erp_tasks set state = @to, tries = 0, due_at_ms = @now where merchant_id = @merchant and account_id = @account and task_key = @key",
                [.. which, ("to", isAnew ? "dropped" : to), ("now", now.ToUnixTimeMilliseconds())]);
            await EventLog.Append(work, actor, now, new Happening("erpTask", key, to == "dropped" ? "ErpTaskDropped" : "ErpTaskRetried", new { key }));
            var batch = work.Batch();
            ExceptionsRoom.Mend(batch, [(PostToErp.Trouble, key)], actor, to == "dropped" ? "The ERP is not told." : "It is posted again.", now);
            await batch.Run();
        }
        return (await work.Query($"{SelectTask} where t.merchant_id = @merchant and t.account_id = @account and t.task_key = @key", ReadTask, which)).Single();
    });

    /// <remarks>Errors: erp.no_account, erp.no_such_thing, erp.is_done, request.in_progress.</remarks>
    private static Task<Result<ThingView>> Change(string flow, string id, string to, Db db, TimeProvider clock, Actor actor) => db.Write<ThingView>(actor, async work =>
    {
        var now = clock.GetUtcNow();
        if (await ErpAccount.Find(work) is not { } account) return ErpErrors.NoAccount;
        if (!Text.IsStorable(flow) || !Text.IsStorable(id)) return ErpErrors.NoSuchThing;
        (string, object?)[] which = [("account", account.Id), ("flow", flow), ("id", id)];
        var known = await work.Query("select state, lease_until_ms, note from erp_things where merchant_id = @merchant and account_id = @account and flow = @flow "
            + "and thing_id = @id for update", row => (State: row.Text(), LeaseMs: row.Long(), Note: row.TextOrNull()), which);
        if (known.Count == 0) return ErpErrors.NoSuchThing;
        // An item or an order may be looked at again; goods are not booked in twice. Without a delivery none were.
        if (known[0].State == "done" && (flow == "receipts" && known[0].Note is not null || to == "dropped")) return ErpErrors.IsDone;
        if (known[0].State == "waiting" && known[0].LeaseMs > now.ToUnixTimeMilliseconds()) return ErpErrors.BeingDone;
        // Who has it done again has seen that it was changed.
        await work.Execute("update erp_things set state = @to, tries = 0, seen = case when @again then 1 else seen end, due_at_ms = @now "
            + "where merchant_id = @merchant and account_id = @account and flow = @flow "
            + "and thing_id = @id", [.. which, ("to", to), ("again", to == "waiting"), ("now", now.ToUnixTimeMilliseconds())]);
        await EventLog.Append(work, actor, now, new Happening("erpThing", $"{flow}/{id}", to == "dropped" ? "ErpThingDropped" : "ErpThingRetried", new { flow, id }));
        var batch = work.Batch();
        ExceptionsRoom.Mend(batch, [(TakeErpThings.Trouble, $"{flow} {id}")], actor, to == "dropped" ? "It is not done." : "It is done again.", now);
        await batch.Run();
        return (await work.Query($"{SelectThing} where t.merchant_id = @merchant and t.account_id = @account and t.flow = @flow and t.thing_id = @id", ReadThing, which)).Single();
    });

    private static TaskView ReadTask(Row row)
    {
        string key = row.Text();
        var view = new TaskView("erpTask", key, row.Text(), row.Text(), ErpExternalId.Of(key), row.Text(), row.Int(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(),
            row.LongOrNull(), row.TextOrNull(), row.Instant(), row.Instant(), row.InstantOrNull());
        return view.State == "waiting" ? view : view with { DueAt = null };
    }

    private static ThingView ReadThing(Row row) => new("erpThing", row.Text(), row.Text(), row.Text(), row.Text(), row.Int(), row.TextOrNull(), row.Instant(), row.Instant());
}
