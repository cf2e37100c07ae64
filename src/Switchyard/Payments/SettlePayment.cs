using Switchyard.Access;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Payments;

/// <summary>
/// Says what became of a pending transaction, and, by reconciliation with evidence, of one whose outcome is unknown. A payer's dispute is
/// opened here too; it is settled as lost (succeeded) or won (failed).
/// </summary>
public static class SettlePayment
{
    /// <param name="State">succeeded, failed or unknown.</param>
    public sealed record Request([Words("succeeded", "failed", "unknown")] string? State, string? Reference);

    /// <param name="Reference">Where it was seen: the line of a statement, the provider's own id.</param>
    public sealed record ReconcileRequest(string? State, string? Reference);
    public sealed record DisputeRequest(long? AmountMinor, string? Reference, string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/payments/{id}/settle", async (string id, Request body, Actor actor, ChangePayments change) => (await Handle(id, body.State, body.Reference, false, actor, change)).ToHttp())
            .Requires(Permission.PaymentsWrite).WithName("payments.settle").WithTags("Payments").WithSummary("Settle a pending payment")
            .Produces<PaymentView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        routes.MapPost("/payments/{id}/reconcile", async (string id, ReconcileRequest body, Actor actor, ChangePayments change) => (await Handle(id, body.State, body.Reference, true, actor, change)).ToHttp())
            .Requires(Permission.PaymentsWrite).WithName("payments.reconcile").WithTags("Payments").WithSummary("Reconcile a payment whose outcome is unknown")
            .Produces<PaymentView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        routes.MapPost("/payments/{id}/dispute", async (string id, DisputeRequest body, Actor actor, ChangePayments change) => (await Dispute(id, body, actor, change)).ToHttp(201))
            .Requires(Permission.PaymentsWrite).WithName("payments.dispute").WithTags("Payments").WithSummary("Record that a payer's bank asks money back")
            .Produces<PaymentView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    /// <remarks>Errors: request.invalid, payments.not_found, payments.cannot_settle.</remarks>
    public static async Task<Result<PaymentView>> Handle(string id, string? state, string? reference, bool isReconciled, Actor actor, ChangePayments change)
    {
        var checks = new Checks();
        checks.That(state is "succeeded" or "failed" || state == "unknown" && !isReconciled, "/state", "field.not_one_of", "state is succeeded, failed or (when settled) unknown.");
        checks.Words(reference, "/reference", 200, required: isReconciled);
        if (checks.AnyFault) return checks.ToError();
        var wanted = Enum.Parse<PaymentState>(state!, ignoreCase: true);
        return await change.OfPayment(actor, id, isReconciled ? "PaymentReconciled" : "PaymentSettled", (book, payment, _, now) =>
            (payment.State == PaymentState.Unknown) == isReconciled ? book.Settle(payment, wanted, reference, now) : PaymentErrors.Cannot("settle", payment));
    }

    /// <remarks>Errors: request.invalid, payments.not_found, payments.cannot_dispute, payments.more_than_left.</remarks>
    public static async Task<Result<PaymentView>> Dispute(string id, DisputeRequest body, Actor actor, ChangePayments change)
    {
        var checks = new Checks();
        if (body.AmountMinor is { } asked) checks.Range(asked, 1, Money.MaxMinor, "/amountMinor");
        checks.Words(body.Reference, "/reference", 200);
        checks.Words(body.Reason, "/reason", 500);
        if (checks.AnyFault) return checks.ToError();
        return await change.OfPayment(actor, id, "PaymentDisputed", (book, taken, newId, now) =>
        {
            long amount = body.AmountMinor ?? Math.Max(book.RefundableOf(taken), 0);
            if (amount == 0) return taken.TookMoney ? PaymentErrors.MoreThanLeft("dispute", 0) : PaymentErrors.Cannot("dispute", taken);
            return book.Dispute(taken, new PaymentWish(newId, PaymentType.Dispute, "", amount, PaymentState.Pending, body.Reference, body.Reason, actor.Id, now));
        });
    }
}
