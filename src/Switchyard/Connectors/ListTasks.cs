using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Connectors;

/// <summary>Shows what a channel is told of its orders, and has something told again or not at all.</summary>
public static class ListTasks
{
    /// <param name="Key">Ours, the same for the same news for ever.</param>
    /// <param name="Said">Why the channel was not told.</param>
    /// <param name="Answer">The channel's id of what it made of it.</param>
    public sealed record View(string Object, string Key, [property: Words("shipped", "cancelled", "refunded")] string Kind, OrderId OrderId, string OrderNumber, string ExternalId,
        [property: Words("waiting", "done", "parked", "dropped")] string State, int Tries, string? Said, string? Answer, DateTimeOffset? DueAt, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt);

    private const string Columns = "t.task_key, t.kind, t.order_id, o.number, t.external_id, t.state, t.tries, t.said, t.answer, t.due_at_ms, t.created_at_ms, t.done_at_ms";
    private const string Select = $"select {Columns} from channel_tasks t join orders o on o.id = t.order_id";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connections/{channel}/tasks", async (string channel, string? state, string? order, int? limit, string? after, Db db, Actor actor) => (await Handle(channel, state, order, limit, after, db, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("connectors.tasks").WithTags("Connectors").WithSummary("List what a channel is told of its orders, newest first")
            .WithDescription("state: waiting, done, parked or dropped.").Produces<Page<View>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/connections/{channel}/tasks/{key}/retry", async (string channel, string key, Db db, TimeProvider clock, Actor actor) => (await Change(channel, key, "waiting", db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("connectors.retryTask").WithTags("Connectors").WithSummary("Have the channel told again").Produces<View>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/connections/{channel}/tasks/{key}/drop", async (string channel, string key, Db db, TimeProvider clock, Actor actor) => (await Change(channel, key, "dropped", db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("connectors.dropTask").WithTags("Connectors").WithSummary("Do not tell the channel: somebody has, or nobody need").Produces<View>().ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: request.invalid with pointers #state, #order, #limit, #after; connectors.no_such_connection.</remarks>
    public static async Task<Result<Page<View>>> Handle(string channel, string? state, string? order, int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, from) = Paging.Read(checks, limit, after);
        checks.That(state is null or "waiting" or "done" or "parked" or "dropped", "#state", "field.unknown_value", "state must be waiting, done, parked or dropped.");
        OrderId id = default;
        if (order is not null && !OrderId.TryParse(order, null, out id)) checks.Fault("#order", "field.malformed", "order must be an order's id.");
        // Behind which instant and key the page begins.
        string[] place = from.Split('|', 2);
        long before = long.MaxValue;
        checks.That(from.Length == 0 || place.Length == 2 && long.TryParse(place[0], System.Globalization.CultureInfo.InvariantCulture, out before), "#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<View>>>(actor, async work =>
        {
            if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
            string which = (state is null ? "" : " and t.state = @state") + (order is null ? "" : " and t.order_id = @order");
            var found = await work.Query(
                $"{Select} where t.merchant_id = @merchant and t.connection_id = @connection and (t.created_at_ms < @before or t.created_at_ms = @before and t.task_key > @key){which} order by t.created_at_ms desc, t.task_key limit @limit",
                Read, ("connection", connection.Id.Value), ("before", before), ("key", place.Length == 2 ? place[1] : ""), ("state", state ?? ""), ("order", id.Value), ("limit", most + 1L));
            return Page<View>.Of(found, most, t => $"{Text.Invariant(t.CreatedAt.ToUnixTimeMilliseconds())}|{t.Key}");
        });
    }

    /// <remarks>Errors: connectors.no_such_connection, connectors.no_such_task, connectors.task_done, request.in_progress.</remarks>
    public static Task<Result<View>> Change(string channel, string key, string to, Db db, TimeProvider clock, Actor actor) => db.Write<View>(actor, async work =>
    {
        var now = clock.GetUtcNow();
        if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
        if (!Text.IsStorable(key)) return ListingErrors.NoSuchTask;
        (string, object?)[] which = [("connection", connection.Id.Value), ("key", key)];
        var known = await work.Query("select state, lease_until_ms from channel_tasks where merchant_id = @merchant and connection_id = @connection and task_key = @key for update", row => (State: row.Text(), LeaseMs: row.Long()), which);
        if (known.Count == 0) return ListingErrors.NoSuchTask;
        if (known[0].State == "done") return ListingErrors.TaskDone;
        // Whoever tells it right now settles it.
        if (to == "dropped" && known[0].State == "waiting" && known[0].LeaseMs > now.ToUnixTimeMilliseconds()) return ListingErrors.TaskAsked;
        if (known[0].State != to || to == "waiting")
        {
            await work.Execute("update channel_tasks set state = @to, tries = 0, due_at_ms = @now where merchant_id = @merchant and connection_id = @connection and task_key = @key", [.. which, ("to", to), ("now", now.ToUnixTimeMilliseconds())]);
            await LookAgain.OfCancel(work, connection.Id.Value, key, now);
            await EventLog.Append(work, actor, now, new Happening("channelTask", $"{channel}/{key}", to == "dropped" ? "ChannelTaskDropped" : "ChannelTaskRetried", new { channel, key }));
            var batch = work.Batch();
            ExceptionsRoom.Mend(batch, [(TellChannels.Trouble, $"{connection.Id}/{key}")], actor, to == "dropped" ? "The channel is not told." : "It is told again.", now);
            await batch.Run();
        }
        return (await work.Query($"{Select} where t.merchant_id = @merchant and t.connection_id = @connection and t.task_key = @key", Read, which)).Single();
    });

    private static View Read(Row row)
    {
        var view = new View("channelTask", row.Text(), row.Text(), new OrderId(row.Uuid()), row.Text(), row.Text(), row.Text(), row.Int(), row.TextOrNull(), row.TextOrNull() is { Length: > 0 } answer ? answer : null, row.Instant(), row.Instant(), row.InstantOrNull());
        return view.State == "waiting" ? view : view with { DueAt = null };
    }
}
