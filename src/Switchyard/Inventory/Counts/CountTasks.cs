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
/// <param name="Stage">count; recount: it differed by more than the node's limit; approval: it did so twice.</param>
/// <param name="Assignee">Who counts it, by user name; null: whoever comes first.</param>
/// <param name="Plan">By which plan it came; null: somebody found the shelf other than the books say.</param>
/// <param name="Expected">What the books have on the shelf; null while whoever counts must not know.</param>
/// <param name="First">What was counted first, once it waits for approval.</param>
/// <param name="Proposed">What was counted again and waits for approval.</param>
/// <param name="Bins">Where it lies.</param>
public sealed record CountView(string Object, long Id, string Sku, string Node, [Words("open", "done")] string State, string Reason, long Pending, long Seen, string WantedBy,
    DateTimeOffset OpenedAt, long? Counted, DateTimeOffset? AsOf, long? Variance, string? DoneBy, DateTimeOffset? DoneAt, string Name, [Words("count", "recount", "approval")] string Stage,
    string? Assignee, [Words("sold", "age", "zone", "bin", "random")] string? Plan, long? Expected, long? First, string? FirstBy, long? Proposed, string? ProposedBy, string? ApprovedBy, IReadOnlyList<string> Bins);

/// <summary>Counts that are wanted: made by hand, and by whoever finds a shelf other than the books say (a short pick, a rejection).</summary>
public static class CountTasks
{
    internal static readonly Error NotFound = Error.NotFound("inventory.no_such_count", "There is no such count.");
    internal static readonly Error IsDone = Error.Conflict("inventory.count_done", "This count is done already.");
    internal static readonly Error Waits = Error.Conflict("inventory.count_waits", "This count waits for approval.");

    /// <summary>Queues a wish for counts, in the transaction that holds the stock rows. One open count a SKU and node: a further wish adds to it.</summary>
    public static void Want(Batch batch, Actor actor, IReadOnlyList<WantedCount> counts, DateTimeOffset now)
    {
        var wanted = counts.GroupBy(c => (c.Sku, c.Node)).Select(g => g.Last() with { PendingUnits = g.Sum(c => c.PendingUnits) }).OrderBy(c => c.Sku).ThenBy(c => c.Node).ToList();
        batch.Execute(
            """
            insert into count_tasks (merchant_id, sku_id, node_id, reason, pending, wanted_by, opened_at_ms, wanted_at_ms)
            select @merchant, sku_id, node_id, reason, pending, @by, @now, @now from @rows r where true order by sku_id, node_id
                on conflict (merchant_id, sku_id, node_id) where state = 'open'
                do update set plan = null, pending = count_tasks.pending + excluded.pending, seen = count_tasks.seen + 1, wanted_at_ms = excluded.wanted_at_ms, reason = excluded.reason
            """,
            Rows.Of(wanted).Long("sku_id", c => c.Sku).Long("node_id", c => c.Node).Text("reason", c => c.Reason).Long("pending", c => c.PendingUnits),
            ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        ExceptionsRoom.Raise(batch, [.. wanted.Select(c => new Trouble("count_wanted", Subject(c.Sku, c.Node), c.Reason, Sku: c.Sku, Node: c.Node))], now);
    }

    /// <summary>Writes counts that a plan chose, under the locks of their stock. Nobody is alarmed for their sake.</summary>
    internal static Task Plan(Work work, Actor actor, long node, IReadOnlyList<long> skus, string by, string? assignee, DateTimeOffset now) => work.Execute(
        """
        insert into count_tasks (merchant_id, sku_id, node_id, reason, plan, assignee, wanted_by, opened_at_ms, wanted_at_ms)
        select @merchant, r.sku_id, @node, 'planned', @plan, nullif(@assignee, ''), @by, @now, @now from @rows r where true order by r.sku_id
            on conflict (merchant_id, sku_id, node_id) where state = 'open' do nothing
        """, Rows.Of(skus).Long("sku_id", s => s), ("node", node), ("plan", by), ("assignee", assignee ?? ""), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));

    internal static async Task<CountView> Find(Work work, long id) => (await work.Query($"{Select} where c.id = @id and c.merchant_id = @merchant", Read, ("id", id)))[0];

    /// <summary>What a wanted count is called among the exceptions.</summary>
    internal static string Subject(long sku, long node) => Text.Invariant(sku) + "@" + Text.Invariant(node);

    internal static readonly string Select =
        $"""
        select c.id, p.sku, n.code, c.state, c.reason, c.pending, c.seen, c.wanted_by, c.opened_at_ms, c.counted, c.as_of_ms, c.variance, c.done_by, c.done_at_ms, p.name, c.stage, c.assignee, c.plan,
               case when c.state = 'open' and (c.stage = 'approval' or not coalesce(u.is_blind, true)) then v.on_hand - {InHand.Now("c.sku_id", "c.node_id", "c.merchant_id")} end, case when c.state = 'done' or c.stage = 'approval' then c.first_counted end,
               c.first_by, c.proposed, c.proposed_by, c.approved_by
          from count_tasks c join products p on p.id = c.sku_id join nodes n on n.id = c.node_id left join stock v on v.sku_id = c.sku_id and v.node_id = c.node_id
          left join count_settings u on u.merchant_id = c.merchant_id and u.node_id = c.node_id /* house: the merchant is said where it is used */
        """;

    internal static CountView Read(Row row) => new("count", row.Long(), row.Text(), row.Text(), row.Text(), row.Text(), row.Long(), row.Long(), row.Text(), row.Instant(),
        row.LongOrNull(), row.InstantOrNull(), row.LongOrNull(), row.TextOrNull(), row.InstantOrNull(), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.LongOrNull(),
        row.LongOrNull(), row.TextOrNull(), row.LongOrNull(), row.TextOrNull(), row.TextOrNull(), []);
}
