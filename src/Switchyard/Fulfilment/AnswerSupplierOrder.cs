using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Purchasing;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>
/// A supplier answers an order for goods it sends to our customers itself: confirms it, wholly or in part, ships, refuses, or answers that it has stopped.
/// The release behind the order moves with it, and what is not confirmed looks for another place at once. Said twice, each does nothing more.
/// </summary>
public static class AnswerSupplierOrder
{
    /// <param name="Reference">The supplier's own number of it.</param>
    /// <param name="ExpectedAt">When it will be sent.</param>
    /// <param name="Lines">What is confirmed; all of it, when left out. The rest is looked for elsewhere.</param>
    public sealed record ConfirmRequest(string? Reference, DateTimeOffset? ExpectedAt, IReadOnlyList<PartBody?>? Lines);

    /// <param name="Lines">What leaves in this parcel; all that is open, when left out.</param>
    public sealed record ShipRequest(string? Carrier, string? Service, string? Tracking, IReadOnlyList<PartBody?>? Lines);

    /// <param name="Lines">What is refused; all that is open, when left out.</param>
    public sealed record RejectRequest([Words("missing", "damaged", "busy", "closed", "other")] string? Reason, string? Note, IReadOnlyList<PartBody?>? Lines);

    private sealed record Desk(ChangeRelease Change, Db Db, Actor Actor);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/purchase-orders/{number}/confirm", async (string number, ConfirmRequest? body, ChangeRelease change, Replan replan, Db db, Actor actor) =>
            {
                var checks = new Checks();
                checks.Text(body?.Reference, "/reference", 100);
                ReleaseParts.Check(checks, body?.Lines, "/lines");
                if (checks.AnyFault) return checks.ToError().ToHttp();
                var settings = await replan.Settings(actor);
                return await Answer(number, new Desk(change, db, actor), desk => PartnerAnswers.Accept(desk, new PartnerAnswers.Accepted(body?.Reference, body?.ExpectedAt, body?.Lines), settings), body?.Lines is null ? null : "missing");
            })
            .IsAnswer("confirm", "A supplier confirms an order, wholly or in part");
        routes.MapPost("/purchase-orders/{number}/ship", (string number, ShipRequest? body, ChangeRelease change, Db db, Actor actor) =>
            {
                var checks = new Checks();
                checks.Text(body?.Carrier, "/carrier", 100);
                checks.Text(body?.Service, "/service", 100);
                checks.Text(body?.Tracking, "/tracking", 100);
                ReleaseParts.Check(checks, body?.Lines, "/lines");
                return checks.AnyFault ? Task.FromResult(checks.ToError().ToHttp()) : Answer(number, new Desk(change, db, actor), desk => PartnerAnswers.Ship(desk, [new PartnerAnswers.Parcel(body?.Carrier, body?.Service, body?.Tracking, null, body?.Lines)], null, _ => "/lines"));
            })
            .IsAnswer("ship", "A supplier has sent an order, or a parcel of it");
        routes.MapPost("/purchase-orders/{number}/reject", async (string number, RejectRequest? body, ChangeRelease change, Replan replan, Db db, Actor actor) =>
            {
                var checks = new Checks();
                checks.That(RejectRelease.Reasons.Contains(body?.Reason), "/reason", "field.unknown_value", $"reason must be one of {string.Join(", ", RejectRelease.Reasons)}.");
                checks.Text(body?.Note, "/note", 500);
                ReleaseParts.Check(checks, body?.Lines, "/lines");
                if (checks.AnyFault) return checks.ToError().ToHttp();
                var settings = await replan.Settings(actor);
                return await Answer(number, new Desk(change, db, actor), desk => PartnerAnswers.Reject(desk, body!.Reason!, body.Note, body.Lines, settings), body!.Reason);
            })
            .IsAnswer("reject", "A supplier refuses an order, or units of it");
        routes.MapPost("/purchase-orders/{number}/stop-answer", (string number, StopRelease.AnswerRequest? body, ChangeRelease change, Db db, Actor actor) =>
            {
                var checks = new Checks();
                checks.That(body?.Accepted is not null, "/accepted", "field.required", "accepted is required: true or false.");
                checks.Text(body?.Reason, "/reason", 500);
                checks.Text(body?.Carrier, "/carrier", 100);
                checks.Text(body?.Tracking, "/tracking", 100);
                return checks.AnyFault ? Task.FromResult(checks.ToError().ToHttp()) : Answer(number, new Desk(change, db, actor), desk => StopRelease.Answer(desk, body!));
            })
            .IsAnswer("answerStop", "A supplier answers that it has stopped, or that the goods have left");
    }

    private static RouteHandlerBuilder IsAnswer(this RouteHandlerBuilder route, string name, string summary) => route
        .Requires(Permission.FulfilmentWork).WithName("purchaseOrders." + name).WithTags("Purchasing").WithSummary(summary)
        .Produces<PurchaseOrderView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <param name="reason">Why goods may be missing there: then whoever else was promised them is locked too.</param>
    private static async Task<IResult> Answer(string number, Desk desk, Func<ChangeRelease.Desk, Task<Error?>> answer, string? reason = null)
    {
        if (await desk.Db.Read(desk.Actor, work => ReadPurchaseOrders.ReleaseOf(work, desk.Actor, number)) is not { } release) return ReadPurchaseOrders.NotFound(number).ToHttp();
        var done = await desk.Change.Handle(release, desk.Actor, null, answer,
            reason is null ? null : work => RejectRelease.Rivals(work, desk.Actor, release.ToString(), reason));
        return done.Error is { } error ? error.ToHttp() : (await ReadPurchaseOrders.Find(number, desk.Db, desk.Actor)).ToHttp();
    }
}
