using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>An order's row under lock, for a slice that changes it; it keeps version, log and stock claims together.</summary>
internal sealed class OpenOrder
{
    private readonly List<NewEvent> _events = [];
    private long _seq;
    private byte[] _hash;

    private OpenOrder(Guid id, OrderState state, long version, long seq, byte[] hash, long channel, string currency, long total, long placedAtMs)
    {
        (Id, State, Version, _seq, _hash) = (new OrderId(id), state, version, seq, hash);
        (Channel, Currency, TotalMinor, PlacedAtMs) = (channel, currency, total, placedAtMs);
    }

    public OrderId Id { get; }
    public OrderState State { get; private set; }
    public long Version { get; }
    public long Channel { get; }
    public string Currency { get; }
    public long TotalMinor { get; }
    public long PlacedAtMs { get; }

    /// <summary>Locks the order; null when the merchant has no such one.</summary>
    public static Task<OpenOrder?> Lock(Work work, Actor actor, OrderId id) => work.Find(
        $"""
        select o.id, o.state, o.version, o.event_seq, o.event_hash, o.channel_id, o.currency, o.total_minor, o.placed_at_ms
          from orders o where o.id = @id and o.merchant_id = @merchant{(actor.Nodes is null ? "" : OfNodes)} for update
        """,
        row => new OpenOrder(row.Uuid(), OrderStates.Parse(row.Text()), row.Long(), row.Long(), row.Bytes(), row.Long(), row.Text(), row.Long(), row.Long()),
        ("id", id.Value), ("nodes", actor.NodeFilter ?? []));

    /// <summary>Whoever works for some nodes only sees the orders that have goods there.</summary>
    internal const string OfNodes =
        " and exists (select 1 from allocations a where a.order_id = o.id and a.merchant_id = @merchant and a.node_id = any(@nodes))";

    public void MoveTo(OrderState state)
    {
        Must.Hold(OrderStates.Allowed.Allows(State, state), $"an order may go from {State} to {state}");
        State = state;
    }

    public void Tell(Actor actor, string kind, object payload, DateTimeOffset now, string? reason = null)
    {
        var entry = EventLog.Next(actor.Merchant, actor.Id, new Happening("order", Id.ToString(), kind, payload, reason), _seq, _hash, now);
        (_seq, _hash) = (entry.Seq, entry.Hash);
        _events.Add(entry);
    }

    /// <summary>Writes state, head and events; the version grows by one.</summary>
    public async Task Save(Work work, bool isExpiryOver)
    {
        var batch = work.Batch();
        EventLog.Insert(batch, _events);
        var saved = batch.Execute(
            """
            update orders set state = @state, version = version + 1, event_seq = @seq, event_hash = @hash,
                   expires_at_ms = case when @over then null else expires_at_ms end
             where id = @id and merchant_id = @merchant and version = @version
            """,
            ("state", OrderStates.Name(State)), ("seq", _seq), ("hash", _hash), ("over", isExpiryOver), ("id", Id.Value), ("version", Version));
        await batch.Run();
        Must.Hold(saved.Rows == 1, "a locked order is saved");
    }

    /// <summary>Cancels every unit that has not been released and gives its stock back. Order first, then stock: the house's lock order.</summary>
    /// <returns>Units cancelled.</returns>
    public async Task<long> ReturnClaims(Work work, Actor actor, string? reason, DateTimeOffset now)
    {
        var claims = await work.Query(
            "select sku_id, node_id, quantity from allocations where order_id = @id and merchant_id = @merchant order by sku_id, node_id",
            row => (Sku: row.Long(), Node: row.Long(), Quantity: row.Long()), ("id", Id.Value));
        if (claims.Count > 0)
        {
            var sheet = await StockSheet.Lock(work, claims.Select(c => c.Sku), now);
            foreach (var claim in claims)
                sheet.Move(claim.Sku, claim.Node, new Buckets { Allocated = -claim.Quantity },
                    new Movement(MovementKind.Deallocated, actor.Id, Id.Value, Reason: reason));
            await sheet.Write(work);
        }
        var batch = work.Batch();
        batch.Execute("delete from allocations where order_id = @id and merchant_id = @merchant", ("id", Id.Value));
        var cancelled = batch.Query(
            """
            select coalesce(sum(unallocated + backordered + preordered + allocated), 0) from order_lines
             where order_id = @id and merchant_id = @merchant and kind in ('goods', 'component')
            """, row => row.Sum(), ("id", Id.Value));
        batch.Execute(
            """
            update order_lines set cancelled = cancelled + unallocated + backordered + preordered + allocated,
                   unallocated = 0, backordered = 0, preordered = 0, allocated = 0
             where order_id = @id and merchant_id = @merchant and kind in ('goods', 'component')
            """, ("id", Id.Value));
        await batch.Run();
        return cancelled[0];
    }
}
