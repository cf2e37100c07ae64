using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Payments;

namespace Switchyard.Connectors;

/// <summary>Books what a channel took and gave back: facts of somebody else's, which never go to a gateway of ours. Each is booked once.</summary>
public sealed class FollowMoney(Db db, ChangePayments change)
{
    /// <summary>Never shown: there is nothing to book.</summary>
    private static readonly Error Nothing = Error.Conflict("payments.not_found", "There is nothing to book.");

    /// <summary>Brings the order's book to what the channel says was paid.</summary>
    internal async Task<Result<Done>> Paid(Actor house, OrderId order, ChannelOrder told) => Booked(await change.OfOrder(house, order, "PaymentRecorded", (book, open, newId, now) =>
    {
        var waiting = book.All.LastOrDefault(p => p.State == PaymentState.Pending && p.Type is not (PaymentType.Refund or PaymentType.Dispute));
        switch (ChannelRequest.StatusOf(told))
        {
            case "failed" when waiting is not null:
                return book.Settle(waiting, PaymentState.Failed, null, now);
            case "authorised" when book.Paid is { Authorised: 0, Captured: 0 }:
                if (waiting is not null) book.Settle(waiting, PaymentState.Failed, null, now);
                return book.Take(Wish(PaymentType.Authorise, book.TotalMinor));
            case "paid":
                long missing = (told.Payment.PaidMinor > 0 ? told.Payment.PaidMinor : told.TotalMinor ?? book.TotalMinor) - book.Paid.Captured;
                if (missing <= 0) return Nothing;
                if (waiting?.AmountMinor == missing) return book.Settle(waiting, PaymentState.Succeeded, ChannelRequest.Cut(told.Payment.Reference, 200), now);
                if (waiting is not null) book.Settle(waiting, PaymentState.Failed, null, now);
                var reserved = book.All.LastOrDefault(p => p is { Type: PaymentType.Authorise, State: PaymentState.Succeeded, IsTerms: false } && book.LeftOf(p) > 0);
                if (reserved is not null && book.LeftOf(reserved) >= missing) return book.Capture(reserved, Wish(PaymentType.Capture, missing));
                return book.Take(Wish(PaymentType.External, missing));
            case null when waiting is not null && open.State is OrderState.Placed or OrderState.Confirmed:
                // It may go unpaid: the channel, or whoever hands it over, takes the money.
                book.Settle(waiting, PaymentState.Failed, null, now);
                return book.Take(new PaymentWish(newId, PaymentType.Authorise, Tenders.Terms, book.TotalMinor, PaymentState.Succeeded, null, "The channel lets it go before it is paid.", house.Id, now));
            default: return Nothing;
        }

        PaymentWish Wish(PaymentType type, long amount) => new(newId, type, Tenders.External, amount, PaymentState.Succeeded, ChannelRequest.Cut(told.Payment.Reference, 200), null, house.Id, now, AllowOver: true);
    }));

    /// <summary>Books what was given back, each by its id. What we gave back ourselves, and told the channel of, comes back from there and is booked already.</summary>
    internal async Task<Result<Done>> Refunds(Actor house, Connection connection, OrderId order, string externalId, IReadOnlyList<ChannelRefund> refunds)
    {
        if (refunds.Count == 0) return new Done();
        var ours = await db.Read(house, work => work.Query(
            "select task_key, answer, state = 'waiting' and tries > 0, body from channel_tasks where merchant_id = @merchant and connection_id = @id and external_id = @external and kind = 'refunded'",
            row => (Key: row.Text(), Answer: row.TextOrNull(), IsOpen: row.Bool(), Body: row.Text()), ("id", connection.Id.Value), ("external", externalId)));
        foreach (var refund in refunds.Where(r => r.AmountMinor > 0 && !ours.Any(t => t.Answer == r.Id || r.Reason?.Contains(t.Key, StringComparison.Ordinal) == true)))
        {
            // It may be one of ours whose answer nobody heard: that is known once it was looked for.
            if (ours.Any(t => t.IsOpen && System.Text.Json.JsonSerializer.Deserialize<QueueTasks.Body>(t.Body, Http.Json.Options)!.AmountMinor == refund.AmountMinor))
                return Error.Busy("connectors.refund_open", "A refund of that amount is being told to the channel; whether this is the same is known soon.", 60);
            string reference = ChannelRequest.Cut(refund.Id, 200)!;
            var booked = Booked(await change.OfOrder(house, order, "PaymentRefunded", (book, _, newId, now) =>
            {
                if (book.All.Any(p => p.Type == PaymentType.Refund && p.Reference == reference) || book.All.Where(p => p.TookMoney).MaxBy(book.RefundableOf) is not { } taken) return Nothing;
                var at = refund.At == default || refund.At > now ? now : refund.At;
                return book.Refund(taken, new PaymentWish(newId, PaymentType.Refund, "", refund.AmountMinor, PaymentState.Succeeded, reference, ChannelRequest.Cut(refund.Reason, 500), house.Id, at), isFact: true);
            }));
            if (booked.Error is not null) return booked;
        }
        return new Done();
    }

    private static Result<Done> Booked(Result<PaymentView> done) => done.Error is { } error && !ReferenceEquals(error, Nothing) ? error : new Done();
}
