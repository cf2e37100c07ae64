using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Payments;

/// <summary>Of an order that is split: the money that is not needed for what stays goes along, taken money first. Nothing is taken or given back.</summary>
public static class SplitPayments
{
    /// <summary>Moves what is spare from the order's book to that of the new one, which the caller writes with the new order.</summary>
    /// <param name="total">What the new order comes to, minor units.</param>
    /// <remarks>Errors: orders.payment_pending.</remarks>
    public static async Task<Result<PaymentBook>> Move(Work work, OpenOrder order, OrderId to, long total, string why, string whyThere, Actor actor, DateTimeOffset now)
    {
        var (book, other) = (await PaymentsSql.Load(work, order), new PaymentBook([], default, total));
        if (book.All.Any(p => p.Type != PaymentType.Dispute && p.State is PaymentState.Created or PaymentState.Pending or PaymentState.Unknown)) return OrderErrors.PaymentPending;
        book.MoveSpare(other, () => PaymentId.New(now), why, whyThere, actor.Id, now);
        if (!book.Changed.Any()) return other;
        order.Pay(book.Paid, book.State);
        order.Tell("PaymentMoved", new { order = to, capturedMinor = other.Paid.Captured, authorisedMinor = other.Paid.Authorised, currency = order.Currency }, why);
        var batch = work.Batch();
        PaymentsSql.Queue(batch, [new KeptBook(work.Merchant, order.Id.Value, order.Currency, book)]);
        await batch.Run();
        return other;
    }
}
