using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

public sealed record ReservedItem(string Sku, string Node, long Quantity);

/// <summary>A soft reservation as it is shown. Once it is no longer active its items are those it held.</summary>
public sealed record ReservationView(string Object, ReservationId Id, string Owner, string? Channel, ReservationState State, long TtlSeconds,
    DateTimeOffset ExpiresAt, DateTimeOffset CreatedAt, IReadOnlyList<ReservedItem> Items);

/// <summary>An item as stored.</summary>
internal sealed record StoredItem(long Sku, long Node, long Quantity, bool IsOpen, string SkuText, string NodeText);

internal sealed record StoredReservation(ReservationId Id, string Owner, string? Channel, ReservationState State, long TtlSeconds,
    DateTimeOffset ExpiresAt, DateTimeOffset CreatedAt, IReadOnlyList<StoredItem> Items)
{
    public ReservationView View(DateTimeOffset now) => new("reservation", Id, Owner, Channel, ReservationStates.At(State, ExpiresAt, now), TtlSeconds,
        ExpiresAt, CreatedAt, [.. Items.Select(i => new ReservedItem(i.SkuText, i.NodeText, i.Quantity))]);
}

/// <summary>Statements shared by the slices of reservations.</summary>
internal static class ReservationsSql
{
    /// <summary>The reservation, or nothing when there is none or it holds stock at nodes the caller may not see.</summary>
    public static async Task<StoredReservation?> Find(Work work, Actor actor, ReservationId id)
    {
        var batch = work.Batch();
        var head = batch.Query(
            """
            select r.owner, c.code, r.state, r.ttl_seconds, r.expires_at_ms, r.created_at_ms
              from reservations r left join channels c on c.id = r.channel_id and c.merchant_id = @merchant
             where r.merchant_id = @merchant and r.id = @id
            """,
            row => new StoredReservation(id, row.Text(), row.TextOrNull(), Enum.Parse<ReservationState>(row.Text(), ignoreCase: true), row.Long(), row.Instant(), row.Instant(), []),
            ("id", id.Value));
        var items = batch.Query(
            """
            select i.sku_id, i.node_id, i.quantity, i.is_open, p.sku, n.code from reservation_items i
              join products p on p.id = i.sku_id join nodes n on n.id = i.node_id
             where i.merchant_id = @merchant and p.merchant_id = @merchant and i.reservation_id = @id order by p.sku_key, n.code
            """, row => new StoredItem(row.Long(), row.Long(), row.Long(), row.Bool(), row.Text(), row.Text()), ("id", id.Value));
        await batch.Run();
        return head is [var found] && items.All(i => actor.MaySeeNode(i.Node)) ? found with { Items = items } : null;
    }

    /// <summary>
    /// Locks the stock a reservation is on, and then reads it: whoever changes a reservation holds that lock. Its SKUs never change,
    /// so they may be read before.
    /// </summary>
    /// <remarks>Errors: inventory.no_such_reservation, inventory.reservation_not_active.</remarks>
    public static async Task<Result<(StoredReservation Reservation, StockSheet Sheet)>> LockActive(Work work, Actor actor, ReservationId id, DateTimeOffset now,
        Func<StoredReservation, IReadOnlyList<(long Sku, long Node)>>? alsoCreate = null)
    {
        if (await Find(work, actor, id) is not { } before) return ReservationStates.NotFound(id.ToString());
        var sheet = await StockSheet.Lock(work, before.Items.Select(i => i.Sku), now, alsoCreate?.Invoke(before));
        var locked = (await Find(work, actor, id))!;
        var state = ReservationStates.At(locked.State, locked.ExpiresAt, now);
        return state == ReservationState.Active ? (locked, sheet) : ReservationStates.NotActive(id, state);
    }
}
