using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

namespace Switchyard.Inventory;

/// <summary>What a draft holds, as far as others may know.</summary>
public sealed record HeldForDraft(ReservationId Id, ReservationState State, DateTimeOffset ExpiresAt, IReadOnlyList<Taken> Items);

/// <summary>Keeps stock for a draft, in the transaction that changes the draft. The draft's row is locked before: drafts, then stock.</summary>
public static class DraftStock
{
    /// <summary>So long stock is kept at most.</summary>
    public const long MostSeconds = ReserveStock.MostTtlSeconds;

    /// <summary>What the draft is to hold: the units of its lines at nodes that may serve it.</summary>
    /// <param name="Owner">Shown to whoever asks who holds the stock.</param>
    /// <param name="Nodes">May this node serve it?</param>
    /// <param name="HeldBack">Units of each SKU that the channel never sells.</param>
    public sealed record Wish(string Owner, long Channel, IReadOnlyList<WantedStock> Units, Func<long, bool> Nodes, MerchantSettings Network, long HeldBack, DateTimeOffset Until);

    /// <summary>Takes the place of what was held before: all units or none. A null wish lets all go.</summary>
    /// <returns>The new reservation, or null.</returns>
    /// <remarks>Errors: inventory.not_enough with the item of each fault in its pointer, as <c>/lines/i/quantity</c>.</remarks>
    public static async Task<Result<ReservationId?>> Replace(Work work, Actor actor, ReservationId? old, Wish? wish, DateTimeOffset now)
    {
        var before = old is { } known ? await ReservationsSql.Find(work, actor with { Nodes = null }, known) : null;
        if (before is null && wish is null) return (ReservationId?)null;
        var sheet = await StockSheet.Lock(work, (wish?.Units.Select(u => u.Sku) ?? []).Concat(before?.Items.Select(i => i.Sku) ?? []), now);
        if (before is { Channel: { } code }) sheet.Knows(before.Id, new SoldTo(wish?.Network.Channels.GetValueOrDefault(Text.Key(code))?.Id ?? 0, []));
        if (before is not null) await LetGo(work, actor, before.Id, sheet, now);
        ReservationId? made = null;
        if (wish is not null)
        {
            var available = wish.Units.Select(u => u.Sku).Distinct().SelectMany(sheet.Of).Where(r => r.Merchant == work.Merchant && wish.Nodes(r.Node))
                .ToDictionary(r => (r.Sku, r.Node), r => sheet.Sellable(r, wish.Network));
            var (taken, lacking) = ReservationPlan.Make(wish.Units, available, sheet.Limit(wish.Network, new SoldTo(wish.Channel, []), wish.HeldBack));
            if (lacking.Count > 0)
                return StockErrors.Short([.. lacking.Select(l => new FieldError($"/lines/{l.Item}/quantity", StockErrors.NotEnough, $"{l.Lacking} units too few to reserve."))]);
            made = await ReserveStock.Keep(work, actor, sheet, taken, wish.Owner, wish.Channel, wish.Until, now);
        }
        await sheet.Write(work);
        return made;
    }

    public static async Task<HeldForDraft?> Read(Work work, Actor actor, ReservationId id, DateTimeOffset now) =>
        await ReservationsSql.Find(work, actor with { Nodes = null }, id) is not { } found ? null
            : new HeldForDraft(id, ReservationStates.At(found.State, found.ExpiresAt, now), found.ExpiresAt, [.. found.Items.Where(i => i.IsOpen).Select(i => new Taken(i.Sku, i.Node, i.Quantity))]);

    // Read again under the lock: it may have run out, or been let go by somebody else.
    private static async Task LetGo(Work work, Actor actor, ReservationId id, StockSheet sheet, DateTimeOffset now)
    {
        var locked = (await ReservationsSql.Find(work, actor with { Nodes = null }, id))!;
        if (ReservationStates.At(locked.State, locked.ExpiresAt, now) != ReservationState.Active) return;
        foreach (var item in locked.Items.Where(i => i.IsOpen))
            sheet.Move(item.Sku, item.Node, new Buckets { Reserved = -item.Quantity }, new Movement(MovementKind.ReservationReleased, actor.Id, Reference: id.ToString()));
        await ChangeReservation.Close(work, id, ReservationState.Released);
        await EventLog.Append(work, actor, now, new Happening("reservation", id.ToString(), "ReservationReleased", new { }));
    }
}
