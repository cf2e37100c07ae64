using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Fulfilment;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Payments;

namespace Switchyard.Connectors;

/// <summary>
/// Does to an order what its channel changed, by the doors that people use. Each step says what is to be from now on, so that all of it may run twice. What cannot be done any more, since goods
/// have left, becomes a trouble that says what the channel wants and how it is here; the telling counts as taken.
/// </summary>
public sealed class FollowChannel(Db db, FindOrder find, EditOrder.OrderEditor editor, FollowMoney money, TimeProvider clock)
{
    /// <summary>Whose hold it is when a channel keeps an order back.</summary>
    private const string Owner = "channel", Manual = "manual";

    /// <summary>Refusals of an edit that no later try makes better.</summary>
    private static readonly HashSet<string> TooLate = ["orders.in_work", "orders.cannot_edit", "orders.cannot_cancel", "orders.replacement_fixed"];

    /// <param name="before">As it was taken in last.</param>
    internal async Task<Result<Done>> Do(Actor house, Connection connection, OrderId id, ChannelOrder before, ChannelOrder told)
    {
        var change = ChannelChange.Of(before, told);
        if (await find.Find(house, id) is not { } order) return new Done();
        if ((change.Payment is not null || change.State is not null) && (await money.Paid(house, id, told)).Error is { } unpaid) return unpaid;
        // Money that was given back is a fact, whatever becomes of the rest.
        if ((await money.Refunds(house, connection, id, told.ExternalId, change.Refunds)).Error is { } unbooked) return unbooked;
        var late = new List<LateWords>();
        if (told.State == ChannelOrderState.Cancelled)
        {
            if (change.IsCancelled && await Cancel(house, order, told, late) is { } refused) return refused;
        }
        else
        {
            if (await Edit(house, connection, order, change, told, late) is { } refused) return refused;
            if (change.State is not null) await Keep(house, id, isKept: told.State == ChannelOrderState.Pending);
        }
        if (change.IsCancelled || change.Lines.Any(l => l.Wanted < l.Before)) await db.Do(house, work => LookAgain.OfReduced(work, connection.Id.Value, id.Value, clock.GetUtcNow()));
        // Somebody has sent it by hand, or will not have it sent: a person looks before it goes twice.
        if (told.State == ChannelOrderState.Closed && before.State != ChannelOrderState.Closed && !connection.IsBefore(told) && await find.Find(house, id) is { State: not ("cancelled" or "expired") } left && FollowPlan.StillToGo(left) is > 0 and var units)
            late.Add(new LateWords($"Order {left.Number}: the channel says it is over, and here {units} units are still to be sent.", Saying.Of(Phrase.ChannelShippedThere, ("number", left.Number), ("units", units))));
        if (change.Note is { } note && await Note(house, order, note) is { } unwritten) return unwritten;
        if (connection.IsBefore(told) && await ShippedElsewhere(house, connection, order.Id, before, told) is { } unfollowed) return unfollowed;
        if (late.Count > 0) await Raise(house, order, late);
        return new Done();
    }

    private async Task<Error?> Cancel(Actor house, OrderView order, ChannelOrder told, List<LateWords> late)
    {
        if (order.State is "cancelled" or "expired") return null;
        string reason = "The channel cancelled it.";
        var cancelled = await CancelOrder.Handle(order.Id.ToString(), new CancelOrder.Request(reason, Remaining: true), house, clock, find, _ => { });
        if (cancelled.Error is { } error && error.Code != "orders.cannot_cancel") return error;
        var after = cancelled.IsOk ? cancelled.Value : order;
        // What was given back in full is a refund of what has left, which nobody need ask for.
        bool isRefunded = told.Refunds.Count > 0 && told.Refunds.Sum(r => r.AmountMinor) >= (told.TotalMinor ?? after.TotalMinor);
        if (FollowPlan.HasLeft(after) is > 0 and var units && !isRefunded)
            late.Add(new LateWords($"The channel cancelled order {order.Number}; {units} units of it have left.", Saying.Of(Phrase.ChannelCancelledLate, ("number", order.Number), ("units", units))));
        return null;
    }

    private async Task<Error?> Edit(Actor house, Connection connection, OrderView order, ChannelChange change, ChannelOrder told, List<LateWords> late)
    {
        string[] listed = [.. told.Lines.Select(l => l.ListingId).OfType<string>().Distinct()];
        var listings = await db.Read(house, work => ListingRows.Known(work, connection.Id, listed));
        var plan = FollowPlan.Of(order, change, told, listings, connection.Methods, connection.OnShort == "refuse" ? "hold" : null);
        late.AddRange(plan.Late);
        if (plan.Whole is not { } whole) return null;
        var edited = await editor.Edit(order.Id, whole, house);
        if (edited.IsOk) return null;
        if (edited.Error!.Code == "orders.nothing_left") return await Cancel(house, order, told, late);
        if (!TooLate.Contains(edited.Error.Code) && plan.Pieces.Count == 1) return edited.Error;
        // Part of it may still be made: each by itself.
        Error? last = null;
        foreach (var piece in plan.Pieces)
        {
            var done = await editor.Edit(order.Id, piece.Edit, house);
            if (done.Error is not { } error) continue;
            if (!TooLate.Contains(error.Code)) last = error;
            else if (piece.Late is { } words) late.Add(words);
        }
        return last;
    }

    /// <summary>An order that its channel keeps back, or lets go.</summary>
    private Task Keep(Actor house, OrderId id, bool isKept) => db.Do(house, async work =>
    {
        var order = await OpenOrder.Lock(work, house, id, clock.GetUtcNow());
        if (order is not { State: OrderState.Placed or OrderState.Confirmed }) return;
        var own = order.Holds.Where(h => h is { Kind: Manual, Owner: Owner }).ToList();
        if (isKept && own.Count == 0 && !order.Holds.Any(h => h.Kind == ChangePayments.Hold)) order.Hold(new NewHold(Manual, "The channel keeps it back.") { Owner = Owner });
        if (!isKept) foreach (var hold in own) order.CloseHold(hold, "The channel lets it go.");
        order.ConfirmIfFree();
        if (order.HasNews) await order.Save(work);
    });

    private async Task<Error?> Note(Actor house, OrderView order, string note)
    {
        string body = "The buyer wrote at the channel: " + ChannelRequest.Cut(note, 5_000);
        if (await db.Read(house, work => NoteOrder.OfOrder(work, order.Id)) is { } notes && notes.Any(n => n.Body == body)) return null;
        var noted = await NoteOrder.Add(order.Id.ToString(), new NoteOrder.Request(body, false, true, null), house, db, clock);
        return noted.Error is { Kind: ErrorKind.Busy or ErrorKind.Unavailable } error ? error : null;
    }

    /// <summary>Units that somebody else has sent since: they are gone from our shelves and from our work.</summary>
    internal async Task<Error?> ShippedElsewhere(Actor house, Connection connection, OrderId id, ChannelOrder? before, ChannelOrder told)
    {
        if (await find.Find(house, id) is not { } order) return null;
        var parts = new List<PartBody?>();
        var was = before?.Lines.ToDictionary(l => l.LineId, l => l.Shipped) ?? [];
        foreach (var line in order.Lines.Where(l => l.Kind is "goods"))
        {
            if (told.Lines.FirstOrDefault(l => l.LineId == FollowPlan.Said(line, ChannelRequest.LineKey)) is not { } theirs) continue;
            long open = FollowPlan.StillToGo(line), each = Math.Max(1, FollowPlan.Number(line, ChannelRequest.EachKey, 1));
            long left = told.State == ChannelOrderState.Closed ? open : Math.Min(open, (theirs.Shipped - was.GetValueOrDefault(theirs.LineId)) * each);
            if (left > 0) parts.Add(new PartBody(line.Line, left));
        }
        if (parts.Count == 0) return null;
        string what = told.State == ChannelOrderState.Closed ? "closed" : string.Join(',', told.Lines.Select(l => Text.Invariant(l.Shipped)));
        var fact = new RecordFact.Request(RecordFact.FactKind.Shipped, ChannelRequest.Cut($"{connection.Id}/{told.ExternalId}/{what}", 200), null, null, null, null, null, parts);
        var done = await RecordFact.Handle(order.Id, null, fact, db, clock, house);
        return done.Error;
    }

    private Task Raise(Actor house, OrderView order, List<LateWords> late) => db.Do(house, async work =>
    {
        var batch = work.Batch();
        string words = string.Join(' ', late.Select(l => l.Words));
        ExceptionsRoom.Raise(batch, [new Trouble("order_changed_late", order.Id.ToString(), words, order.Id.Value) { Says = Saying.Join(late.Select(l => l.Says)) }], clock.GetUtcNow());
        await batch.Run();
    });
}
