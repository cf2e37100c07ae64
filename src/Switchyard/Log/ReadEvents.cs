using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Log;

/// <summary>Reads the log from a cursor on: the feed that others catch up from, or the timeline of one order or other thing.</summary>
public static class ReadEvents
{
    public static readonly Error BadAggregate = Error.Invalid("request.invalid", "'aggregate' must be an id of at most 200 characters.",
        new FieldError("#aggregate", "field.malformed", "An id of at most 200 characters."));

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/events", async (string? after, string? limit, string? kind, string? aggregate, string? aggregateKind,
                Db db, CommitHorizon horizon, IEnumerable<TimelineScope> scopes, Actor actor) =>
            {
                var query = FeedQuery.Parse(after, limit, kind);
                if (query.Error is { } error) return error.ToHttp();
                return (aggregate is null
                    ? await Feed(query.Value, db, horizon, actor)
                    : await Timeline(query.Value, aggregate, aggregateKind, db, scopes, actor)).ToHttp();
            })
            .Requires(Permission.EventsRead).WithName("events.list").WithSummary("Read the log from a cursor on").WithTags("Log")
            .Produces<Page<EventView>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);

    /// <summary>Entries in commit order. <c>next</c> is always given, so that a reader can come back with it; a page may be empty and have more behind it.</summary>
    internal static async Task<Result<Page<EventView>>> Feed(FeedQuery query, Db db, CommitHorizon horizon, Actor actor)
    {
        long reach = await horizon.Read(), after = query.After ?? 0, upTo = FeedQuery.UpTo(after, reach);
        if (upTo <= after) return new Page<EventView>([], Text.Invariant(after), false);
        var found = await db.Read(actor, work => EventsSql.OfMerchant(work, after, upTo, query.Limit + 1, query.Kinds));
        bool isFull = found.Count > query.Limit;
        if (isFull) found.RemoveAt(found.Count - 1);
        long next = isFull ? found[^1].Position : upTo;
        var seen = await db.Read(actor, work => SeenEvents.Of(work, actor, found));
        return new Page<EventView>([.. seen.Select(EventView.Of)], Text.Invariant(next), isFull || upTo < reach);
    }

    /// <summary>Everything that happened to one thing, in its own order. Its entries commit in that order, so no horizon is needed.</summary>
    internal static async Task<Result<Page<EventView>>> Timeline(FeedQuery query, string id, string? kind, Db db, IEnumerable<TimelineScope> scopes, Actor actor)
    {
        if (id.Length is 0 or > 200 || !Text.IsStorable(id) || kind is not null && !Text.IsCode(kind)) return BadAggregate;
        return await db.Read(actor, async work =>
        {
            if (kind is null)
            {
                var kinds = await work.Query("select distinct aggregate_kind from events where merchant_id = @merchant and aggregate_id = @id order by 1 limit 2",
                    row => row.Text(), ("id", id));
                if (kinds.Count > 1)
                    return Error.Invalid("events.aggregate_ambiguous", $"More than one kind of thing is called {id}. Name its kind.",
                        new FieldError("#aggregateKind", "field.required", $"One of {string.Join(", ", kinds)}."));
                kind = kinds.FirstOrDefault() ?? "";
            }
            var found = await work.Query(
                $"""
                select {EventsSql.Columns} from events
                 where aggregate_id = @id and aggregate_kind = @kind and merchant_id = @merchant and position > @after
                   and seq > coalesce((select b.seq from events b where b.position = @after and b.merchant_id = @merchant
                                          and b.aggregate_id = @id and b.aggregate_kind = @kind), 0)
                   {(query.Kinds.Length > 0 ? "and kind = any(@kinds)" : "")}
                 order by seq limit @limit
                """, EventsSql.Read, ("id", id), ("kind", kind), ("after", query.After ?? 0), ("limit", query.Limit + 1), ("kinds", query.Kinds));
            bool isFull = found.Count > query.Limit;
            if (isFull) found.RemoveAt(found.Count - 1);
            long next = found.Count > 0 ? found[^1].Position : query.After ?? 0;
            var seen = await SeenEvents.OfTimeline(work, actor, scopes, kind, id, found);
            return (Result<Page<EventView>>)new Page<EventView>([.. seen.Select(EventView.Of)], Text.Invariant(next), isFull);
        });
    }
}
