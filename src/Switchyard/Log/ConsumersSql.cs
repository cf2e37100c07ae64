using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>A consumer's turn: who holds the newest fence may write, and nobody else.</summary>
internal sealed record ConsumerLease(string Name, long Fence, long Position);

/// <summary>Another process took the consumer over; whatever was begun is rolled back.</summary>
internal sealed class LeaseLostException(string name) : Exception($"The lease of consumer {name} is lost.");

/// <summary>The statements on <c>consumers</c> and <c>parked_events</c>.</summary>
internal static class ConsumersSql
{
    public static Task Register(Work work, string name, long now) => work.Execute(
        "insert into consumers (name, position, updated_at_ms) values (@name, 0, @now) on conflict do nothing", ("name", name), ("now", now));

    /// <summary>Takes the consumer when nobody holds it. A lease from beyond the longest one is from a clock that was wrong.</summary>
    public static Task<ConsumerLease?> Claim(Work work, string name, long now, long leaseMs) => work.Find(
        """
        update consumers set fence = fence + 1, lease_until_ms = @until
         where name = @name and (lease_until_ms <= @now or lease_until_ms > @far) returning fence, position
        """, row => new ConsumerLease(name, row.Long(), row.Long()), ("name", name), ("now", now), ("until", now + leaseMs), ("far", now + 10 * leaseMs));

    /// <summary>Says that the holder still lives.</summary>
    public static async Task<int> Renew(Work work, ConsumerLease lease, long now, long leaseMs)
    {
        int renewed = await work.Execute("update consumers set lease_until_ms = @until where name = @name and fence = @fence",
            ("name", lease.Name), ("fence", lease.Fence), ("until", now + leaseMs));
        return renewed > 0 ? renewed : throw new LeaseLostException(lease.Name);
    }

    public static Task Release(Work work, ConsumerLease lease) => work.Execute(
        "update consumers set lease_until_ms = 0 where name = @name and fence = @fence", ("name", lease.Name), ("fence", lease.Fence));

    /// <summary>Locks the consumer's row to the end of the transaction, so that nobody takes it over meanwhile.</summary>
    public static async Task Hold(Work work, ConsumerLease lease)
    {
        var held = await work.Query("select fence from consumers where name = @name and fence = @fence for update", row => row.Long(),
            ("name", lease.Name), ("fence", lease.Fence));
        if (held.Count == 0) throw new LeaseLostException(lease.Name);
    }

    public static Task Move(Work work, ConsumerLease lease, long position, long now, long leaseMs) => work.Execute(
        "update consumers set position = @position, lease_until_ms = @until, updated_at_ms = @now where name = @name",
        ("name", lease.Name), ("position", position), ("now", now), ("until", now + leaseMs));

    /// <summary>Which of these aggregates have something parked, so that what follows must wait behind it.</summary>
    public static async Task<HashSet<AggregateKey>> Blocked(Work work, string name, IReadOnlyList<LoggedEvent> events) =>
    [
        .. await work.Query(
            """
            select distinct p.merchant_id, p.aggregate_kind, p.aggregate_id from @rows r
              join parked_events p on p.consumer = @name and p.aggregate_id = r.id and p.aggregate_kind = r.kind and p.merchant_id = r.merchant
            """,
            Rows.Of(events.Select(e => e.Aggregate).Distinct().ToList()).Long("merchant", a => a.Merchant).Text("kind", a => a.Kind).Text("id", a => a.Id),
            row => new AggregateKey(row.Long(), row.Text(), row.Text()), ("name", name)),
    ];

    /// <summary>Parks entries: the first of an aggregate with its fault, those behind it with none.</summary>
    public static Task Park(Work work, string name, IReadOnlyList<LoggedEvent> events, string error, int attempts, long? nextTry, long now) => work.Execute(
        """
        insert into parked_events (consumer, position, merchant_id, aggregate_kind, aggregate_id, error, attempts, next_try_at_ms, parked_at_ms)
        select @name, position, merchant_id, kind, id, @error, @attempts, @next::bigint, @now from @rows r
        """,
        Rows.Of(events).Long("position", e => e.Position).Long("merchant_id", e => e.Merchant).Text("kind", e => e.AggregateKind).Text("id", e => e.AggregateId),
        ("name", name), ("error", error), ("attempts", attempts), ("next", nextTry), ("now", now));

    /// <summary>Parked entries that may be tried now: each the first of its aggregate.</summary>
    public static Task<List<(long Position, int Attempts)>> Due(Work work, string name, long now, int limit) => work.Query(
        """
        select p.position, p.attempts from parked_events p /* house */
         where p.consumer = @name and (p.attempts = 0 or p.next_try_at_ms <= @now)
           and not exists (select 1 from parked_events q where q.consumer = p.consumer and q.aggregate_id = p.aggregate_id
                              and q.aggregate_kind = p.aggregate_kind and q.merchant_id = p.merchant_id and q.position < p.position)
         order by p.position limit @limit
        """, row => (row.Long(), row.Int()), ("name", name), ("now", now), ("limit", limit));

    /// <summary>A parked entry and those of its aggregate that wait behind it, in their order.</summary>
    public static Task<List<LoggedEvent>> Chain(Work work, string name, long position, int limit) => work.Query(
        $"""
        select {EventsSql.Columns} from events /* house */ where position in (
            select q.position from parked_events p
              join parked_events q on q.consumer = p.consumer and q.aggregate_id = p.aggregate_id and q.aggregate_kind = p.aggregate_kind
                                  and q.merchant_id = p.merchant_id and q.position >= p.position
             where p.consumer = @name and p.position = @position order by q.position limit @limit)
         order by position
        """, EventsSql.Read, ("name", name), ("position", position), ("limit", limit));

    public static Task<int> Unpark(Work work, string name, IReadOnlyList<LoggedEvent> entries) => work.Execute(
        "delete from parked_events /* house */ where consumer = @name and position = any(@positions)",
        ("name", name), ("positions", entries.Select(e => e.Position).ToArray()));

    public static Task Failed(Work work, string name, long position, string error, int attempts, long? nextTry) => work.Execute(
        """
        update parked_events /* house */ set error = @error, attempts = @attempts, next_try_at_ms = @next::bigint
         where consumer = @name and position = @position
        """, ("name", name), ("position", position), ("error", error), ("attempts", attempts), ("next", nextTry));
}
