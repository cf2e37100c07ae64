using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A transfer as stored, with its lines.</summary>
internal sealed record StoredTransfer(TransferId Id, long FromId, string From, long ToId, string To, TransferState State, string? Reference, string? Note,
    DateTimeOffset? DueAt, DeliveryId? Delivery, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset? EndedAt)
{
    public IReadOnlyList<TransferLine> Lines { get; init; } = [];
}

/// <summary>Statements shared by the slices of transfers.</summary>
internal static class TransfersSql
{
    private const string Columns =
        """
        select t.id, t.from_node_id, f.code, t.to_node_id, d.code, t.state, t.reference, t.note, t.due_at_ms, t.delivery_id, t.created_by, t.created_at_ms, t.sent_at_ms,
               t.ended_at_ms from transfers t join nodes f on f.id = t.from_node_id join nodes d on d.id = t.to_node_id /* house: the merchant is said where it is used */
        """;

    /// <summary>What a difference of one line is called among the exceptions.</summary>
    public static string Subject(TransferId id, long sku) => id + "/" + Text.Invariant(sku);

    /// <summary>Whoever works for some nodes sees the transfers from and to these.</summary>
    private const string Seen = "(@all or t.from_node_id = any(@nodes) or t.to_node_id = any(@nodes))";

    public static async Task<StoredTransfer?> Find(Work work, Actor actor, string text, bool locked = false)
    {
        if (!TransferId.TryParse(text, null, out var id)) return null;
        var found = await work.Find($"{Columns} where t.merchant_id = @merchant and t.id = @id and {Seen} {(locked ? "for update of t" : "")}", Read,
            ("id", id.Value), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));
        return found is null ? null : found with { Lines = await Lines(work, id) };
    }

    /// <summary>Locks a transfer and sees that it may go where it shall, and that the caller works at the node that does this.</summary>
    /// <remarks>Errors: inventory.no_such_transfer, inventory.transfer_state.</remarks>
    public static async Task<Result<StoredTransfer>> LockFor(Work work, Actor actor, string text, TransferState to, Func<StoredTransfer, long> node)
    {
        if (await Find(work, actor, text, locked: true) is not { } transfer || !actor.MaySeeNode(node(transfer))) return TransferErrors.NotFound(text);
        return TransferStates.Allowed.Allows(transfer.State, to) ? transfer : TransferErrors.CannotMove(transfer.State, to);
    }

    /// <summary>Locks the row alone, for goods-in of its delivery.</summary>
    public static Task Lock(Work work, TransferId id) =>
        work.Query("select id from transfers where id = @id and merchant_id = @merchant for update", row => row.Uuid(), ("id", id.Value));

    public static Task<List<StoredTransfer>> List(Work work, Actor actor, TransferState? state, long node, Guid before, int limit) => work.Query(
        $"""
        {Columns} where t.merchant_id = @merchant and {Seen} and (@node = 0 or t.from_node_id = @node or t.to_node_id = @node)
           {(state is null ? "" : "and t.state = @state")} and t.id < @before order by t.id desc limit @limit
        """, Read, ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []), ("node", node), ("state", TransferStates.Name(state ?? default)),
        ("before", before), ("limit", limit + 1L));

    public static void QueueState(Batch batch, TransferId id, TransferState state, DateTimeOffset now) => batch.Execute(
        """
        update transfers set state = @state, sent_at_ms = case when @state = 'sent' then @now else sent_at_ms end,
               ended_at_ms = case when @state in ('closed', 'cancelled') then @now else ended_at_ms end where id = @id and merchant_id = @merchant
        """, ("state", TransferStates.Name(state)), ("now", now.ToUnixTimeMilliseconds()), ("id", id.Value));

    public static void QueueLines(Batch batch, StoredTransfer transfer, IReadOnlyList<TransferLine> lines) => batch.Execute(
        """
        insert into transfer_lines (transfer_id, sku_id, merchant_id, from_node_id, quantity, held, sent, good, damaged, lost, returned)
        select @id, sku_id, @merchant, @from, quantity, held, sent, good, damaged, lost, returned from @rows r where true
            on conflict (transfer_id, sku_id) do update set held = excluded.held, sent = excluded.sent, good = excluded.good, damaged = excluded.damaged,
               lost = excluded.lost, returned = excluded.returned
        """,
        Rows.Of(lines).Long("sku_id", l => l.SkuId).Long("quantity", l => l.Quantity).Long("held", l => l.Held).Long("sent", l => l.Sent).Long("good", l => l.Good)
            .Long("damaged", l => l.Damaged).Long("lost", l => l.Lost).Long("returned", l => l.Returned), ("id", transfer.Id.Value), ("from", transfer.FromId));

    /// <summary>What its delivery has booked in stands on the transfer too; a SKU that nobody sent gets a line.</summary>
    public static void QueueArrived(Batch batch, TransferId id, IReadOnlyList<DeliveryLine> lines)
    {
        batch.Execute(
            """
            insert into transfer_lines (transfer_id, sku_id, merchant_id, from_node_id, quantity, good, damaged)
            select t.id, r.sku_id, @merchant, t.from_node_id, 0, r.good, r.damaged from @rows r join transfers t on t.id = @id where t.merchant_id = @merchant
                on conflict (transfer_id, sku_id) do update set good = excluded.good, damaged = excluded.damaged
            """, Rows.Of(lines).Long("sku_id", l => l.SkuId).Long("good", l => l.Good).Long("damaged", l => l.Damaged), ("id", id.Value));
        batch.Execute("update transfers set state = 'part_received' where id = @id and merchant_id = @merchant and state in ('sent', 'acknowledged')", ("id", id.Value));
    }

    /// <summary>The delivery is closed: with nothing missing the transfer is too; else it waits for somebody to settle what is, and no one is promised that meanwhile.</summary>
    public static async Task EndArrival(Work work, Batch batch, TransferId id, StoredDelivery delivery, DateTimeOffset now)
    {
        bool isMissing = (await Lines(work, id)).Exists(l => l.InTransit > 0);
        QueueState(batch, id, isMissing ? TransferState.Received : TransferState.Closed, now);
        batch.Execute("update inbound set is_promised = false where merchant_id = @merchant and reference = @reference and node_id = @node",
            ("reference", id.ToString()), ("node", delivery.NodeId));
    }

    public static Task<List<TransferLine>> Lines(Work work, TransferId id) => work.Query(
        $"""
        select l.sku_id, p.sku, l.quantity, l.held, l.sent, l.good, l.damaged, l.lost, l.returned from transfer_lines l join products p on p.id = l.sku_id
         where l.merchant_id = @merchant and l.transfer_id = @id order by p.sku_key limit {DeliveriesSql.MostLines}
        """, row => new TransferLine(row.Long(), row.Text(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long()), ("id", id.Value));

    private static StoredTransfer Read(Row row) => new(new TransferId(row.Uuid()), row.Long(), row.Text(), row.Long(), row.Text(), TransferStates.Parse(row.Text()),
        row.TextOrNull(), row.TextOrNull(), row.InstantOrNull(), row.UuidOrNull() is { } delivery ? new DeliveryId(delivery) : null, row.Text(), row.Instant(),
        row.InstantOrNull(), row.InstantOrNull());
}
