using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Log;

/// <summary>Entries that a consumer could not handle: seen, tried again, or given up with a reason.</summary>
public static class ParkedEvents
{
    /// <param name="State"><c>retrying</c>: tried again by itself at NextTryAt; <c>parked</c>: given up, a person decides; <c>waiting</c>: behind an earlier entry.</param>
    public sealed record Response(long Position, string AggregateKind, string AggregateId, string Kind, [Words("retrying", "parked", "waiting")] string State, string Error, int Attempts,
        DateTimeOffset? NextTryAt, DateTimeOffset ParkedAt);

    public sealed record DiscardRequest(string? Reason);
    public sealed record Answer(string Consumer, long Position);

    public static readonly Error NotFound = Error.NotFound("consumers.parked_not_found", "Nothing is parked at this position.");
    public static readonly Error NotFirst = Error.Conflict("consumers.waits_behind", "An earlier entry of the same thing is parked. Replay or discard that one first.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/consumers/{name}/parked", async (string name, string? after, string? limit, Db db, Actor actor) =>
                (await List(name, after, limit, db, actor)).ToHttp())
            .Requires(Permission.EventsRead).WithName("consumers.parked").WithSummary("List entries a follower could not take").WithTags("Log")
            .Produces<Page<Response>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        routes.MapPost("/consumers/{name}/parked/{position:long}/replay", async (string name, long position, Db db, TimeProvider clock, Actor actor) =>
                (await Replay(name, position, db, clock, actor)).ToHttp(202))
            .Requires(Permission.SettingsWrite).WithName("consumers.replay").WithSummary("Try a parked entry again").WithTags("Log")
            .Produces<Answer>(202).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/consumers/{name}/parked/{position:long}/discard", async (string name, long position, DiscardRequest body, Db db, TimeProvider clock, Actor actor) =>
                (await Discard(name, position, body, db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("consumers.discard").WithSummary("Pass over a parked entry").WithTags("Log")
            .Produces<Answer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    public static async Task<Result<Page<Response>>> List(string name, string? after, string? limit, Db db, Actor actor)
    {
        var query = FeedQuery.Parse(after, limit, null);
        if (query.Error is { } error) return error;
        if (!Text.IsStorable(name)) return new Page<Response>([], null, false);
        var rows = await db.Read(actor, work => work.Query(
            """
            select p.position, p.aggregate_kind, p.aggregate_id, e.kind, p.error, p.attempts, p.next_try_at_ms, p.parked_at_ms
              from parked_events p join events e on e.position = p.position and e.merchant_id = @merchant
             where p.consumer = @name and p.merchant_id = @merchant and p.position > @after
             order by p.position limit @limit
            """, Read, ("name", name), ("after", query.Value.After ?? 0), ("limit", query.Value.Limit + 1)));
        bool more = rows.Count > query.Value.Limit;
        if (more) rows.RemoveAt(rows.Count - 1);
        return new Page<Response>(rows, more ? Text.Invariant(rows[^1].Position) : null, more);
    }

    /// <summary>Lets the consumer try the entry again at once, with all its tries anew; what waits behind it follows when it succeeds.</summary>
    public static Task<Result<Answer>> Replay(string name, long position, Db db, TimeProvider clock, Actor actor) =>
        Change(name, position, db, clock, actor, new { name, position }, "ParkedEventReplayed", null,
            "update parked_events set attempts = 0, next_try_at_ms = null where consumer = @name and position = @position and merchant_id = @merchant");

    /// <summary>Gives the entry up for this consumer. It stays on the log, and what waited behind it goes on.</summary>
    public static async Task<Result<Answer>> Discard(string name, long position, DiscardRequest body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Reason, "/reason", 500, required: true);
        if (checks.AnyFault) return checks.ToError();
        return await Change(name, position, db, clock, actor, new { name, position }, "ParkedEventDiscarded", body.Reason,
            "delete from parked_events where consumer = @name and position = @position and merchant_id = @merchant");
    }

    private static async Task<Result<Answer>> Change(string name, long position, Db db, TimeProvider clock, Actor actor, object payload, string kind,
        string? reason, string sql)
    {
        if (!Text.IsStorable(name)) return NotFound;
        return await db.Write<Answer>(actor, async work =>
        {
            var found = await work.Query(
                """
                select (select count(*) from parked_events q where q.consumer = p.consumer and q.aggregate_id = p.aggregate_id
                           and q.aggregate_kind = p.aggregate_kind and q.merchant_id = p.merchant_id and q.position < p.position)
                  from parked_events p where p.consumer = @name and p.position = @position and p.merchant_id = @merchant
                """, row => row.Long(), ("name", name), ("position", position));
            if (found.Count == 0) return NotFound;
            if (found[0] > 0) return NotFirst;
            await work.Execute(sql, ("name", name), ("position", position));
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("consumer", name, kind, payload, reason));
            return new Answer(name, position);
        });
    }

    private static Response Read(Row row)
    {
        var (position, aggregateKind, aggregateId, kind, error) = (row.Long(), row.Text(), row.Text(), row.Text(), row.Text());
        int attempts = row.Int();
        var (nextTry, parked) = (row.InstantOrNull(), row.Instant());
        return new Response(position, aggregateKind, aggregateId, kind, attempts == 0 ? "waiting" : nextTry is null ? "parked" : "retrying", error, attempts, nextTry, parked);
    }
}
