using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Payments;

namespace Switchyard.Till;

/// <summary>Gives money of an order back at the till, the way it was paid: never more by a tender than that tender took. What was paid elsewhere is given back there.</summary>
internal static class GiveMoneyBack
{
    /// <summary>The tax in what was given back, negative: all of it where all was given, else its share.</summary>
    public static long TaxOf(IReadOnlyList<ReceiptTender> given, long taxMinor, long paidMinor) =>
        paidMinor == 0 ? 0 : (long)((Int128)taxMinor * given.Sum(g => g.AmountMinor) / paidMinor);

    /// <summary>The tenders of a till, in the order in which money is given back by them.</summary>
    private static readonly string[] Order = ["card_terminal", "cheque", "cash"];

    /// <param name="wantedMinor">At most so much; null for all that is left.</param>
    /// <returns>What was given back by tender, each negative, and what of it the till cannot give back. The order is locked, and saved by the caller.</returns>
    public static async Task<(IReadOnlyList<ReceiptTender> Given, long OwedMinor)> Of(Work work, OpenOrder order, long? wantedMinor, string reference, string? reason, Actor actor, DateTimeOffset at, DateTimeOffset now)
    {
        var book = await PaymentsSql.Load(work, order);
        long left = Math.Min(wantedMinor ?? long.MaxValue, Math.Max(0, order.Paid.Captured - order.Paid.Refunded));
        var given = new List<ReceiptTender>();
        foreach (var taken in book.All.Where(p => p.TookMoney && Order.Contains(p.Tender)).OrderBy(p => Array.IndexOf(Order, p.Tender)).ThenBy(p => p.No).ToList())
        {
            long part = Math.Min(left, Math.Max(0, book.RefundableOf(taken)));
            if (part == 0) continue;
            var refund = book.Refund(taken, new PaymentWish(PaymentId.New(now), PaymentType.Refund, "", part, PaymentState.Succeeded, reference, reason, actor.Id, at));
            if (refund.Error is not null) break;                     // more transactions than an order may have: the rest is owed
            order.Tell("PaymentRefunded", new { payment = refund.Value.Id, type = "refund", tender = taken.Tender, state = "succeeded", amountMinor = part, currency = order.Currency }, reason);
            given.Add(new ReceiptTender(taken.Tender, -part, taken.Reference));
            left -= part;
        }
        order.Pay(book.Paid, book.State);
        if (left > 0)
            order.Raise("refund_owed", $"Order {order.Number}: goods came back at a till, and {left} minor units of {order.Currency} were paid elsewhere and are to be given back there.",
                Saying.Of(Phrase.RefundOwed, ("number", order.Number), ("amountMinor", left), ("currency", order.Currency)));
        var batch = work.Batch();
        PaymentsSql.Queue(batch, [new KeptBook(work.Merchant, order.Id.Value, order.Currency, book)]);
        await batch.Run();
        return (given, left);
    }
}
