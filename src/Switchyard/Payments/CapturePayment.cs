using Switchyard.Access;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Payments;

/// <summary>Takes what an authorisation has reserved, all or in parts, or lets the rest of it go.</summary>
public static class CapturePayment
{
    /// <param name="AmountMinor">When left out, all that is left of the authorisation.</param>
    public sealed record Request(long? AmountMinor, string? Reference, bool? AllowOver);
    public sealed record VoidRequest(string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/payments/{id}/capture", async (string id, Request? body, Actor actor, ChangePayments change) => (await Capture(id, body, actor, change)).ToHttp(201))
            .Requires(Permission.PaymentsWrite).WithName("payments.capture").WithTags("Payments").WithSummary("Capture an authorisation")
            .Produces<PaymentView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        routes.MapPost("/payments/{id}/void", async (string id, VoidRequest? body, Actor actor, ChangePayments change) => (await Void(id, body, actor, change)).ToHttp(201))
            .Requires(Permission.PaymentsWrite).WithName("payments.void").WithTags("Payments").WithSummary("Void what is left of an authorisation")
            .Produces<PaymentView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    /// <remarks>Errors: request.invalid, payments.not_found, payments.cannot_capture, payments.more_than_left, payments.more_than_due.</remarks>
    public static async Task<Result<PaymentView>> Capture(string id, Request? body, Actor actor, ChangePayments change)
    {
        var checks = new Checks();
        if (body?.AmountMinor is { } asked) checks.Range(asked, 1, Money.MaxMinor, "/amountMinor");
        checks.Words(body?.Reference, "/reference", 200);
        if (checks.AnyFault) return checks.ToError();
        return await change.OfPayment(actor, id, "PaymentCaptured", (book, authorisation, newId, now) =>
        {
            long amount = body?.AmountMinor ?? Math.Max(book.LeftOf(authorisation), 0);
            if (amount == 0) return authorisation.Type == PaymentType.Authorise ? PaymentErrors.MoreThanLeft("capture", 0) : PaymentErrors.Cannot("capture", authorisation);
            return book.Capture(authorisation, new PaymentWish(newId, PaymentType.Capture, "", amount, PaymentState.Succeeded, body?.Reference, null, actor.Id, now, body?.AllowOver == true));
        });
    }

    /// <remarks>Errors: request.invalid, payments.not_found, payments.cannot_void, payments.more_than_left.</remarks>
    public static async Task<Result<PaymentView>> Void(string id, VoidRequest? body, Actor actor, ChangePayments change)
    {
        var checks = new Checks();
        checks.Words(body?.Reason, "/reason", 500);
        if (checks.AnyFault) return checks.ToError();
        return await change.OfPayment(actor, id, "PaymentVoided", (book, authorisation, newId, now) =>
            book.Void(authorisation, new PaymentWish(newId, PaymentType.Void, "", 0, PaymentState.Succeeded, null, body?.Reason, actor.Id, now)));
    }
}
