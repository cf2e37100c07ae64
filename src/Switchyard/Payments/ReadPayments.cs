using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Payments;

/// <summary>Shows all transactions of an order with its balances and ledger; an order has at most <see cref="PaymentBook.Most"/>.</summary>
public static class ReadPayments
{
    public sealed record Entry(PaymentId Payment, string Kind, long AuthorisedDelta, long CapturedDelta, long RefundedDelta, long DisputedDelta, long Authorised, long Captured,
        long Refunded, long Disputed, string Actor, DateTimeOffset At);

    /// <param name="DueMinor">What is still to be paid; below zero when more was paid than ordered.</param>
    public sealed record Response(string Object, OrderId Order, string State, string Currency, long TotalMinor, long AuthorisedMinor, long CapturedMinor, long RefundedMinor,
        long DisputedMinor, long DueMinor, bool IsOnAccount, IReadOnlyList<PaymentView> Data, IReadOnlyList<Entry> Ledger);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/orders/{id}/payments", async (string id, Db db, Actor actor) => (await Handle(id, db, actor)).ToHttp())
            .Requires(Permission.PaymentsRead).WithName("payments.list").WithTags("Payments").WithSummary("Read an order's payments and ledger")
            .Produces<Response>().ProducesProblem(404);

    public static async Task<Result<Response>> Handle(string id, Db db, Actor actor)
    {
        if (!OrderId.TryParse(id, null, out var order)) return OrderErrors.NotFound(id);
        return await db.Read(actor, work => Of(work, actor, order), snapshot: true);
    }

    /// <summary>The same in a transaction of the caller's.</summary>
    internal static async Task<Result<Response>> Of(Work work, Actor actor, OrderId order)
    {
        var orders = await FindOrder.Read(work, actor, [order], withPlan: false);
        if (orders is not [var head]) return OrderErrors.NotFound(order.ToString());
        return await Of(work, head);
    }

    /// <summary>Of an order that was read already, as its reader may see it.</summary>
    internal static async Task<Response> Of(Work work, OrderView head)
    {
        var order = head.Id;
        var batch = work.Batch();
        var payments = batch.Query($"select {PaymentsSql.Columns} from payments p where p.order_id = @order and p.merchant_id = @merchant order by p.payment_no",
            PaymentsSql.Read, ("order", order.Value));
        var ledger = batch.Query(
            """
            select payment_id, kind, authorised_delta, captured_delta, refunded_delta, disputed_delta, authorised, captured, refunded, disputed, actor, at_ms
              from money_ledger where order_id = @order and merchant_id = @merchant order by id limit 1000
            """,
            row => new Entry(new PaymentId(row.Uuid()), row.Text(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Text(), row.Instant()),
            ("order", order.Value));
        await batch.Run();
        var last = ledger.LastOrDefault();
        var book = new PaymentBook(payments, new OrderPaid(last?.Authorised ?? 0, last?.Captured ?? 0, last?.Refunded ?? 0, last?.Disputed ?? 0, false), head.TotalMinor);
        bool isOnAccount = payments.Exists(p => p.IsTerms && p.State == PaymentState.Succeeded && book.LeftOf(p) > 0);
        return new Response("orderPayments", order, head.PaymentStatus, head.Currency, head.TotalMinor, book.Paid.Authorised, book.Paid.Captured, book.Paid.Refunded,
            book.Paid.Disputed, head.DueMinor, isOnAccount, [.. payments.Select(p => PaymentView.Of(p, order, head.Currency, book))], ledger);
    }
}
