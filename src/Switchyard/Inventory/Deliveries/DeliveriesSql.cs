using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A delivery as stored, without its lines.</summary>
internal sealed record StoredDelivery(DeliveryId Id, long NodeId, string Node, string? Reference, string? Supplier, TransferId? Transfer, bool IsBlind,
    DeliveryState State, string OpenedBy, DateTimeOffset OpenedAt, string? ClosedBy, DateTimeOffset? ClosedAt)
{
    /// <summary>What its movements are called in the ledger.</summary>
    public string LedgerReference => Transfer?.ToString() ?? Reference ?? Id.ToString();

    /// <summary>The reference under which its goods stand in inbound.</summary>
    public string? InboundReference => Transfer?.ToString() ?? Reference;
}

/// <summary>Statements shared by the slices of goods-in.</summary>
internal static class DeliveriesSql
{
    public const int MostLines = 5_000;

    private const string Columns =
        "select d.id, d.node_id, n.code, d.reference, d.supplier, d.transfer_id, d.is_blind, d.state, d.opened_by, d.opened_at_ms, d.closed_by, d.closed_at_ms";

    /// <summary>The delivery, or nothing when there is none or it is of a node the caller may not see.</summary>
    public static async Task<StoredDelivery?> Find(Work work, Actor actor, DeliveryId id, bool locked = false) => await work.Find(
        $"""
        {Columns} from deliveries d join nodes n on n.id = d.node_id where d.merchant_id = @merchant and d.id = @id and (@all or d.node_id = any(@nodes))
        {(locked ? "for update of d" : "")}
        """, Read, ("id", id.Value), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));

    /// <summary>Locks a delivery that goods may still be booked to.</summary>
    /// <remarks>Errors: inventory.no_such_delivery, inventory.delivery_not_open.</remarks>
    public static async Task<Result<StoredDelivery>> LockOpen(Work work, Actor actor, string text)
    {
        if (!DeliveryId.TryParse(text, null, out var id) || await Find(work, actor, id, locked: true) is not { } delivery) return DeliveryErrors.NotFound(text);
        return delivery.State == DeliveryState.Open ? delivery : DeliveryErrors.NotOpen(delivery.State);
    }

    public static StoredDelivery Read(Row row) => new(new DeliveryId(row.Uuid()), row.Long(), row.Text(), row.TextOrNull(), row.TextOrNull(),
        row.UuidOrNull() is { } transfer ? new TransferId(transfer) : null, row.Bool(), DeliveryStates.Parse(row.Text()), row.Text(), row.Instant(),
        row.TextOrNull(), row.InstantOrNull());

    public static Task<List<DeliveryLine>> Lines(Work work, DeliveryId id) => work.Query(
        $"""
        select l.sku_id, p.sku, l.expected, l.good, l.damaged, l.consumed from delivery_lines l join products p on p.id = l.sku_id
         where l.merchant_id = @merchant and l.delivery_id = @id order by p.sku_key limit {MostLines}
        """, row => new DeliveryLine(row.Long(), row.Text(), row.Long(), row.Long(), row.Long(), row.Long()), ("id", id.Value));

    /// <summary>Writes lines as they are now; new ones are added.</summary>
    public static void QueueLines(Batch batch, DeliveryId id, IReadOnlyList<DeliveryLine> lines) => batch.Execute(
        """
        insert into delivery_lines (delivery_id, sku_id, merchant_id, expected, good, damaged, consumed)
        select @id, sku_id, @merchant, expected, good, damaged, consumed from @rows r where true
            on conflict (delivery_id, sku_id) do update set good = excluded.good, damaged = excluded.damaged, consumed = excluded.consumed
        """,
        Rows.Of(lines).Long("sku_id", l => l.SkuId).Long("expected", l => l.Expected).Long("good", l => l.Good).Long("damaged", l => l.Damaged)
            .Long("consumed", l => l.Consumed), ("id", id.Value));

    /// <summary>Inbound of a reference at a node, locked: what is booked in is on its way no more.</summary>
    public static async Task<Dictionary<long, long>> LockInbound(Work work, StoredDelivery delivery, long[] skus) => delivery.InboundReference is null ? [] : (await work.Query(
        """
        select i.sku_id, i.quantity from inbound i
         where i.merchant_id = @merchant and i.reference = @reference and i.node_id = @node and i.sku_id = any(@skus) order by i.sku_id for update of i
        """, row => (Sku: row.Long(), Units: row.Long()), ("reference", delivery.InboundReference), ("node", delivery.NodeId), ("skus", skus))).ToDictionary(i => i.Sku, i => i.Units);

    public static void QueueInbound(Batch batch, StoredDelivery delivery, IReadOnlyList<(long Sku, long Units)> left) => batch.Execute(
        """
        update inbound set quantity = r.quantity from @rows r
         where inbound.merchant_id = @merchant and inbound.reference = @reference and inbound.node_id = @node and inbound.sku_id = r.sku_id
        """, Rows.Of(left).Long("sku_id", l => l.Sku).Long("quantity", l => l.Units), ("reference", delivery.InboundReference ?? ""), ("node", delivery.NodeId));

    /// <summary>Lists heads with their sums, newest first.</summary>
    public static Task<List<(StoredDelivery Head, long Expected, long Received)>> List(Work work, Actor actor, DeliveryState? state, long node, Guid before, int limit) => work.Query(
        $"""
        {Columns}, (select coalesce(sum(l.expected), 0) from delivery_lines l where l.delivery_id = d.id),
               (select coalesce(sum(l.good + l.damaged), 0) from delivery_lines l where l.delivery_id = d.id)
          from deliveries d join nodes n on n.id = d.node_id
         where d.merchant_id = @merchant{(state is null ? "" : " and d.state = @state")} and d.id < @before
           and (@node = 0 or d.node_id = @node) and (@all or d.node_id = any(@nodes)) order by d.id desc limit @limit
        """, row => (Read(row), row.Sum(), row.Sum()), ("state", DeliveryStates.Name(state ?? default)), ("before", before), ("node", node),
        ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []), ("limit", limit + 1L));
}
