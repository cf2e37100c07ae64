using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Payments;

/// <summary>
/// The one way to change an order's money: the order is locked, its book is read, one decision is made, and what follows from it for the order
/// (its payment state, the payment hold, coming back from expiry, money owed) is written in the same transaction.
/// </summary>
public sealed class ChangePayments(Db db, Replan replan, TimeProvider clock)
{
    public const string Hold = "payment";

    /// <summary>What a slice decides: the transaction it made or settled, and how the log tells it.</summary>
    public delegate Result<Payment> Decision(PaymentBook book, OpenOrder order, PaymentId newId, DateTimeOffset now);

    /// <summary>A last look at what was decided, at more than the book knows; an error and nothing is written.</summary>
    public delegate Task<Error?> LastWord(Work work, OpenOrder order, PaymentBook book);

    /// <summary>A change of an order's money by the order's id.</summary>
    /// <remarks>Errors: orders.not_found and those of the decision.</remarks>
    public async Task<Result<PaymentView>> OfOrder(Actor actor, OrderId id, string told, Decision decide)
    {
        var settings = await replan.Settings(actor);
        var now = clock.GetUtcNow();
        return await db.Write<PaymentView>(actor, work => Change(work, actor, id, told, decide, settings, now));
    }

    /// <summary>A change by the id of one of the order's transactions.</summary>
    /// <remarks>Errors: payments.not_found and those of the decision.</remarks>
    public async Task<Result<PaymentView>> OfPayment(Actor actor, string text, string told, Func<PaymentBook, Payment, PaymentId, DateTimeOffset, Result<Payment>> decide,
        LastWord? judge = null)
    {
        if (!PaymentId.TryParse(text, null, out var id)) return PaymentErrors.NotFound;
        var settings = await replan.Settings(actor);
        var now = clock.GetUtcNow();
        return await db.Write<PaymentView>(actor, async work =>
        {
            // Read without a lock: a transaction never changes its order.
            var order = await work.Query("select order_id from payments where id = @id and merchant_id = @merchant", row => new OrderId(row.Uuid()), ("id", id.Value));
            if (order.Count == 0) return PaymentErrors.NotFound;
            var changed = await Change(work, actor, order[0], told,
                (book, _, newId, at) => book.Find(id) is { } payment ? decide(book, payment, newId, at) : PaymentErrors.NotFound, settings, now, judge);
            return changed.Error is { Code: "orders.not_found" } ? PaymentErrors.NotFound : changed;
        });
    }

    /// <summary>What is reserved of an order that has just ended is let go; the order raises money that is owed by itself. Called before it is saved.</summary>
    public static async Task Release(Work work, OpenOrder order, Actor actor, string reason, DateTimeOffset now)
    {
        if (order.Paid is { Authorised: 0, IsOnAccount: false }) return;
        var book = await PaymentsSql.Load(work, order);
        book.VoidAll(() => PaymentId.New(now), reason, actor.Id, now);
        Keep(order, book);
        var batch = work.Batch();
        PaymentsSql.Queue(batch, [new KeptBook(work.Merchant, order.Id.Value, order.Currency, book)]);
        await batch.Run();
    }

    /// <summary>What an import said was taken for an order that is taken back: entered against it on the same days, since the ledger forgets nothing.</summary>
    public static async Task TakeBack(Work work, OpenOrder order, Actor actor, string reason)
    {
        if (order.Paid is { Captured: 0, Authorised: 0, IsOnAccount: false }) return;
        var book = await PaymentsSql.Load(work, order);
        book.TakeBack(PaymentId.New, reason, actor.Id);
        Keep(order, book);
        var batch = work.Batch();
        PaymentsSql.Queue(batch, [new KeptBook(work.Merchant, order.Id.Value, order.Currency, book)]);
        await batch.Run();
    }

    private static async Task<Result<PaymentView>> Change(Work work, Actor actor, OrderId id, string told, Decision decide, Sourcing.MerchantSettings settings, DateTimeOffset now,
        LastWord? judge = null)
    {
        var order = await OpenOrder.Lock(work, actor, id, now);
        if (order is null) return OrderErrors.NotFound(id.ToString());
        var book = await PaymentsSql.Load(work, order);
        var decided = decide(book, order, PaymentId.New(now), now);
        if (decided.Error is { } refused) return refused;
        if (judge is not null && await judge(work, order, book) is { } no) return no;

        var back = order.State == OrderState.Expired && book.Paid.Suffices(order.TotalMinor, order.PaymentRule)
            ? await ReinstateOrder.Try(work, actor, id, settings, now) : null;
        if (back is not null) order = back.Order;
        Keep(order, book);
        order.Tell(told, new
        {
            payment = decided.Value.Id, type = PaymentStates.Name(decided.Value.Type), tender = decided.Value.Tender, state = PaymentStates.Name(decided.Value.State),
            amountMinor = decided.Value.AmountMinor, currency = order.Currency, capturedMinor = book.Paid.Captured, refundedMinor = book.Paid.Refunded,
        }, decided.Value.Reason);
        Follow(order, decided.Value);
        var batch = work.Batch();
        PaymentsSql.Queue(batch, [new KeptBook(work.Merchant, id.Value, order.Currency, book)]);
        await batch.Run();
        await order.Save(work, back?.Sheet);
        return PaymentView.Of(decided.Value, order, book);
    }

    /// <summary>What the money means for the order.</summary>
    private static void Follow(OpenOrder order, Payment payment)
    {
        bool isEnough = order.FollowMoney("It is paid.");
        if (!isEnough && order.State is OrderState.Placed or OrderState.Confirmed && !order.Holds.Any(h => h.Kind == Hold)
            && (payment.State == PaymentState.Failed && payment.Type is not (PaymentType.Refund or PaymentType.Dispute) || payment.Type == PaymentType.Void))
            order.Hold(Hold, payment.Type == PaymentType.Void ? "The authorisation was voided." : "Payment failed.",
                says: Saying.Of(payment.Type == PaymentType.Void ? Phrase.PaymentVoided : Phrase.PaymentFailed));
        if (payment.State == PaymentState.Unknown) order.Raise("payment_unknown", $"Order {order.Number}: what became of transaction {payment.No} is not known.",
            Saying.Of(Phrase.PaymentUnknown, ("number", order.Number), ("transaction", payment.No)));
        else order.Mend("payment_unknown", "It is known now.");
        if (payment.Type == PaymentType.Dispute && payment.State == PaymentState.Pending)
            order.Raise("payment_disputed", $"Order {order.Number}: the payer's bank asks money back.", Saying.Of(Phrase.PaymentDisputed, ("number", order.Number)));
        if (payment.Type == PaymentType.Dispute && payment.State is PaymentState.Succeeded or PaymentState.Failed) order.Mend("payment_disputed", "The dispute has ended.");
        order.CloseIfDone();
    }

    private static void Keep(OpenOrder order, PaymentBook book) => order.Pay(book.Paid, book.State);
}
