using Switchyard.Access;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Payments;

/// <summary>
/// Records that an order was paid, is reserved, or goes on account: cash, transfer, cheque, a card terminal, a marketplace. A card's number is
/// refused in any field: we hold none.
/// </summary>
public static class TakePayment
{
    /// <param name="Type">sale (taken at once), authorise (reserved), external (taken by a marketplace or shop), refund (given back by one). When left out, as the tender says.</param>
    /// <param name="Tender">cash, bank_transfer, cheque, card_terminal, external, or terms (an invoice on account).</param>
    /// <param name="AmountMinor">When left out, what is due.</param>
    /// <param name="State">succeeded when left out; pending or failed.</param>
    /// <param name="Payment">Of a refund: which payment it gives back; the last that took money, when left out.</param>
    /// <param name="AllowOver">Take it although more than is due.</param>
    public sealed record Request(
        [Words("sale", "authorise", "external", "refund")] string? Type,
        [Words("cash", "bank_transfer", "cheque", "card_terminal", "external", "terms")] string? Tender, long? AmountMinor, string? Currency, string? Reference, string? Reason, string? State, PaymentId? Payment, bool? AllowOver);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/payments", async (string id, Request body, Actor actor, ChangePayments change) => (await Handle(id, body, actor, change)).ToHttp(201))
            .Requires(Permission.PaymentsWrite).WithName("payments.take").WithTags("Payments").WithSummary("Record a payment of an order")
            .Produces<PaymentView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: request.invalid, orders.not_found, payments.more_than_due, payments.order_ended, payments.not_found, payments.cannot_refund, payments.too_many.</remarks>
    public static async Task<Result<PaymentView>> Handle(string id, Request body, Actor actor, ChangePayments change)
    {
        var checks = Check(body);
        if (checks.AnyFault) return checks.ToError();
        if (!OrderId.TryParse(id, null, out var orderId)) return OrderErrors.NotFound(id);
        var type = body.Type is null ? Usual(body.Tender!) : Enum.Parse<PaymentType>(body.Type, ignoreCase: true);
        var state = Enum.Parse<PaymentState>(body.State ?? "succeeded", ignoreCase: true);
        return await change.OfOrder(actor, orderId, type == PaymentType.Refund ? "PaymentRefunded" : "PaymentRecorded", (book, order, newId, now) =>
        {
            if (body.Currency is { } currency && currency != order.Currency)
                return Error.Invalid([new FieldError("/currency", "payments.other_currency", $"The order is in {order.Currency}.")]);
            long amount = body.AmountMinor ?? (type == PaymentType.Refund ? Math.Max(0, book.Paid.Kept) : book.OpenTo(type));
            if (amount == 0 && body.AmountMinor is null) return PaymentErrors.MoreThanDue(0);
            var wish = new PaymentWish(newId, type, body.Tender!, amount, state, body.Reference, body.Reason, actor.Id, now, body.AllowOver == true);
            // A fact from outside is always kept; who asks us is told that the order takes nothing any more.
            if (type == PaymentType.Refund)
            {
                var taken = body.Payment is { } named ? book.Find(named) : book.All.LastOrDefault(p => p.TookMoney);
                return taken is null ? PaymentErrors.NotFound : book.Refund(taken, wish, isFact: true);
            }
            if (order.State is OrderState.Cancelled or OrderState.Draft && type != PaymentType.External) return PaymentErrors.OrderEnded(order.State.ToString().ToLowerInvariant());
            return book.Take(wish);
        });
    }

    private static Checks Check(Request body)
    {
        var checks = new Checks();
        checks.That(Tenders.All.Contains(body.Tender), "/tender", "field.not_one_of", $"tender is one of {string.Join(", ", Tenders.All)}.");
        checks.That(body.Type is null or "sale" or "authorise" or "external" or "refund", "/type", "field.not_one_of", "type is sale, authorise, external or refund.");
        checks.That(body.Type is not ("external" or "refund") || body.Tender == Tenders.External, "/tender", "payments.tender_differs", "What others took or gave back has the tender external.");
        checks.That(body.Tender != Tenders.Terms || body.Type is null or "authorise", "/type", "payments.tender_differs", "Terms are agreed (authorise); what is paid later has the tender it is paid by.");
        checks.That(body.Tender != Tenders.External || body.Type is null or "external" or "refund", "/type", "payments.tender_differs", "The tender external is for what others took or gave back.");
        checks.That(body.State is null or "succeeded" or "pending" or "failed", "/state", "field.not_one_of", "state is succeeded, pending or failed.");
        checks.That(body.Type != "refund" || body.State is null or "succeeded", "/state", "payments.fact", "A refund that others made has succeeded.");
        if (body.AmountMinor is { } amount) checks.Range(amount, 1, Money.MaxMinor, "/amountMinor");
        checks.That(body.Payment is null || body.Type == "refund", "/payment", "field.out_of_range", "Only a refund names a payment.");
        checks.Text(body.Currency, "/currency", 3);
        checks.Words(body.Reference, "/reference", 200);
        checks.Words(body.Reason, "/reason", 500);
        return checks;
    }

    private static PaymentType Usual(string tender) => tender switch { Tenders.External => PaymentType.External, Tenders.Terms => PaymentType.Authorise, _ => PaymentType.Sale };
}
