using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Payments;

/// <summary>Gives money back of one payment, with a reason; a document of its own, whatever is or is not returned.</summary>
public static class RefundPayment
{
    /// <param name="AmountMinor">When left out, all that may still be refunded.</param>
    /// <param name="AllowReplaced">Refund also what was paid for goods that were sent again free of charge.</param>
    public sealed record Request(long? AmountMinor, string? Reason, string? Reference, bool AllowReplaced = false);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/payments/{id}/refund", async (string id, Request body, Actor actor, ChangePayments change) => (await Handle(id, body, actor, change)).ToHttp(201))
            .Requires(Permission.PaymentsRefund).WithName("payments.refund").WithTags("Payments").WithSummary("Refund a payment")
            .Produces<PaymentView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: request.invalid, payments.not_found, payments.cannot_refund, payments.more_than_left, payments.replaced_already.</remarks>
    /// <param name="mostOfOrder">So much of the order is given back at most, with all its refunds before; null: all that was taken.</param>
    public static async Task<Result<PaymentView>> Handle(string id, Request body, Actor actor, ChangePayments change, long? mostOfOrder = null)
    {
        var checks = new Checks();
        if (body.AmountMinor is { } asked) checks.Range(asked, 1, Money.MaxMinor, "/amountMinor");
        checks.Words(body.Reason, "/reason", 500, required: true);
        checks.Words(body.Reference, "/reference", 200);
        if (checks.AnyFault) return checks.ToError();
        return await change.OfPayment(actor, id, "PaymentRefunded", (book, taken, newId, now) =>
        {
            long amount = body.AmountMinor ?? Math.Max(book.RefundableOf(taken), 0);
            if (amount == 0) return taken.TookMoney ? PaymentErrors.MoreThanLeft("refund", 0) : PaymentErrors.Cannot("refund", taken);
            if (mostOfOrder is { } most && book.Paid.Refunded + amount > most) return PaymentErrors.MoreThanLeft("refund", Math.Max(0, most - book.Paid.Refunded));
            return book.Refund(taken, new PaymentWish(newId, PaymentType.Refund, "", amount, PaymentState.Succeeded, body.Reference, body.Reason, actor.Id, now));
        }, body.AllowReplaced ? null : OnlyOneRemedy);
    }

    /// <summary>Replaced or refunded, not both: looked at under the order's lock, which a replacement takes too.</summary>
    private static async Task<Error?> OnlyOneRemedy(Work work, OpenOrder order, PaymentBook book)
    {
        long again = await order.SentAgainMinor(work), kept = Math.Max(0, book.Paid.Captured - again);
        return again > 0 && book.Paid.Refunded > kept ? PaymentErrors.Replaced(again, Math.Max(0, kept - order.RefundedMinor)) : null;
    }
}
