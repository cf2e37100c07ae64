using System.Globalization;
using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>Who did what, newest first: everything one caller did, or without a caller every change of users, roles and keys.</summary>
public static class ReadAudit
{
    /// <summary>What keys did is not indexed (they write most of the log): a page looks at no more entries than these and goes on in the next.</summary>
    private const int MostLookedAt = 20_000;

    public sealed record Entry(string Object, long Position, string Kind, string AggregateKind, string AggregateId, string Actor, string? Reason,
        DateTimeOffset At, JsonElement Payload);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/audit", async (string? actor, int? limit, string? after, Db db, Actor caller) =>
                (await Handle(actor, limit, after, db, caller)).ToHttp())
            .Requires(Permission.AuditRead).WithName("audit.list").WithSummary("List who did what").Produces<Page<Entry>>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);

    public static async Task<Result<Page<Entry>>> Handle(string? actor, int? limit, string? after, Db db, Actor caller)
    {
        var checks = new Checks();
        checks.Text(actor, "#actor", 100);
        var page = Paging.Check(limit, after);
        if (page.Error is { } error) return error;
        long before = long.MaxValue;
        if (page.Value.After.Length > 0)
            checks.That(long.TryParse(page.Value.After, NumberStyles.None, CultureInfo.InvariantCulture, out before) && before > 0,
                "#after", "field.malformed", "after must be the 'next' of an earlier page.");
        if (checks.AnyFault) return checks.ToError();
        int most = page.Value.Limit;
        return await db.Read(caller, work => actor is { Length: > 0 } who
            ? who.StartsWith("key:", StringComparison.Ordinal) ? OfKey(work, who, before, most)
                : Newest(work, "substr(actor, 1, 4) <> 'key:' and actor = @actor", before, most, ("actor", who))
            : Newest(work, "aggregate_kind in ('user', 'role', 'key')", before, most));
    }

    private static async Task<Page<Entry>> Newest(Work work, string which, long before, int limit, params (string, object?)[] arguments) =>
        Page<Entry>.Of(await Query(work, which, before, limit + 1, arguments), limit, entry => Text.Invariant(entry.Position));

    private static async Task<Page<Entry>> OfKey(Work work, string key, long before, int limit)
    {
        long newest = Math.Min(before, await work.Scalar("select coalesce(max(position), 0) from events where merchant_id = @merchant") + 1);
        long from = Math.Max(0, newest - MostLookedAt);
        var found = await Query(work, "position >= @from and actor = @actor", newest, limit + 1, [("from", from), ("actor", key)]);
        var page = Page<Entry>.Of(found, limit, entry => Text.Invariant(entry.Position));
        return page.HasMore || from <= 1 ? page : page with { Next = Cursor.Encode(Text.Invariant(from)), HasMore = true };
    }

    private static Task<List<Entry>> Query(Work work, string which, long before, int limit, (string, object?)[] arguments) => work.Query(
        $"""
        select position, kind, aggregate_kind, aggregate_id, actor, reason, at_ms, payload from events
         where merchant_id = @merchant and position < @before and {which} order by position desc limit @limit
        """,
        row => new Entry("auditEntry", row.Long(), row.Text(), row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.Instant(),
            JsonDocument.Parse(row.Text()).RootElement),
        [.. arguments, ("before", before), ("limit", limit)]);
}
