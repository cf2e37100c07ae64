using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A shelf that somebody must count.</summary>
/// <param name="PendingUnits">Units that the caller has set unavailable in this transaction until the count; the result settles them.</param>
public sealed record WantedCount(long Sku, long Node, string Reason, long PendingUnits = 0);

/// <summary>A count as it is shown.</summary>
/// <param name="Pending">Units unavailable until it is counted.</param>
/// <param name="Seen">How often it was asked for while open.</param>
/// <param name="Variance">Units by which the books were wrong: found more (above 0) or fewer.</param>
public sealed record CountView(string Object, long Id, string Sku, string Node, [Words("open", "done")] string State, string Reason, long Pending, long Seen, string WantedBy,
    DateTimeOffset OpenedAt, long? Counted, DateTimeOffset? AsOf, long? Variance, string? DoneBy, DateTimeOffset? DoneAt);

/// <summary>Counts that are wanted: made by hand, and by whoever finds a shelf other than the books say (a short pick, a rejection).</summary>
public static class CountTasks
{
    internal static readonly Error NotFound = Error.NotFound("inventory.no_such_count", "There is no such count.");
    internal static readonly Error IsDone = Error.Conflict("inventory.count_done", "This count is done already.");

    /// <summary>Queues a wish for counts, in the transaction that holds the stock rows. One open count a SKU and node: a further wish adds to it.</summary>
    public static void Want(Batch batch, Actor actor, IReadOnlyList<WantedCount> counts, DateTimeOffset now)
    {
        var wanted = counts.GroupBy(c => (c.Sku, c.Node)).Select(g => g.Last() with { PendingUnits = g.Sum(c => c.PendingUnits) }).OrderBy(c => c.Sku).ThenBy(c => c.Node).ToList();
        batch.Execute(
            """
            insert into count_tasks (merchant_id, sku_id, node_id, reason, pending, wanted_by, opened_at_ms, wanted_at_ms)
            select @merchant, sku_id, node_id, reason, pending, @by, @now, @now from @rows r where true order by sku_id, node_id
                on conflict (merchant_id, sku_id, node_id) where state = 'open'
                do update set pending = count_tasks.pending + excluded.pending, seen = count_tasks.seen + 1, wanted_at_ms = excluded.wanted_at_ms, reason = excluded.reason
            """,
            Rows.Of(wanted).Long("sku_id", c => c.Sku).Long("node_id", c => c.Node).Text("reason", c => c.Reason).Long("pending", c => c.PendingUnits),
            ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        ExceptionsRoom.Raise(batch, [.. wanted.Select(c => new Trouble("count_wanted", Subject(c.Sku, c.Node), c.Reason, Sku: c.Sku, Node: c.Node))], now);
    }

    /// <summary>What a wanted count is called among the exceptions.</summary>
    internal static string Subject(long sku, long node) => Text.Invariant(sku) + "@" + Text.Invariant(node);

    internal const string Select =
        """
        select c.id, p.sku, n.code, c.state, c.reason, c.pending, c.seen, c.wanted_by, c.opened_at_ms, c.counted, c.as_of_ms, c.variance, c.done_by, c.done_at_ms
          from count_tasks c join products p on p.id = c.sku_id join nodes n on n.id = c.node_id /* house: the merchant is said where it is used */
        """;

    internal static CountView Read(Row row) => new("count", row.Long(), row.Text(), row.Text(), row.Text(), row.Text(), row.Long(), row.Long(), row.Text(), row.Instant(),
        row.LongOrNull(), row.InstantOrNull(), row.LongOrNull(), row.TextOrNull(), row.InstantOrNull());
}
