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
                return await Answer(number, new Desk(change, db, actor), desk => Confirm(desk, body, settings), body?.Lines is null ? null : "missing");
            })
            .IsAnswer("confirm", "A supplier confirms an order, wholly or in part");
        routes.MapPost("/purchase-orders/{number}/ship", (string number, ShipRequest? body, ChangeRelease change, Db db, Actor actor) =>
            {
                var checks = new Checks();
                checks.Text(body?.Carrier, "/carrier", 100);
                checks.Text(body?.Service, "/service", 100);
                checks.Text(body?.Tracking, "/tracking", 100);
                ReleaseParts.Check(checks, body?.Lines, "/lines");
                return checks.AnyFault ? Task.FromResult(checks.ToError().ToHttp()) : Answer(number, new Desk(change, db, actor), desk => Ship(desk, body ?? new ShipRequest(null, null, null, null)));
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
                return await Answer(number, new Desk(change, db, actor), desk => Reject(desk, body!, settings), body!.Reason);
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

    /// <remarks>Errors: fulfilment.stop_asked, fulfilment.cannot_move, fulfilment.held, fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    private static async Task<Error?> Confirm(ChangeRelease.Desk desk, ConfirmRequest? body, MerchantSettings settings)
    {
        var (open, release) = (desk.Work, desk.Release);
        bool isNew = release.State == FulfilmentOrderState.Offered;
        if (!isNew && release.State is not (FulfilmentOrderState.Accepted or FulfilmentOrderState.Picking)) return FulfilmentErrors.CannotMove(release.State, FulfilmentOrderState.Accepted);
        if (isNew && desk.Held() is { } held) return held;
        var parts = ReleaseParts.Of(release, body?.Lines, ReleaseUnits.Open, "/lines");
        if (parts.Error is { } error) return error;
        await SupplierOrders.Note(open.Work, release.Id, body?.Reference, body?.ExpectedAt);
        if (isNew) GiveOut.Accept(open, release, "The supplier has confirmed it.");
        var lacking = release.Lines.Select(l => (Line: l, Units: l[ReleaseUnits.Open] - parts.Value.Where(p => p.Line == l).Sum(p => p.Units))).Where(l => l.Units > 0).ToList();
        if (lacking.Count > 0) await Refuse(desk, lacking, settings, "missing", $"{release.Node.Code} confirmed less of {release.Number}.");
        return null;
    }

    /// <remarks>Errors: fulfilment.stop_asked, fulfilment.cannot_move, fulfilment.held, fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    private static async Task<Error?> Ship(ChangeRelease.Desk desk, ShipRequest body)
    {
        var (open, release) = (desk.Work, desk.Release);
        if (IsTold(release, body)) return null;
        if (release.State is not (FulfilmentOrderState.Offered or FulfilmentOrderState.Accepted or FulfilmentOrderState.Picking))
            return FulfilmentErrors.CannotMove(release.State, FulfilmentOrderState.HandedOver);
        var parts = ReleaseParts.Of(release, body.Lines, ReleaseUnits.Open, "/lines");
        if (parts.Error is { } error) return error;
        if (desk.Held(parts.Value.Select(p => p.Line.LineNo)) is { } held) return held;
        if (release.State == FulfilmentOrderState.Offered) GiveOut.Accept(open, release, "The supplier has sent it.");
        await open.LockStock(release.Lines.Select(l => l.SkuId));
        if (parts.Value.Sum(p => p.Units) == release.Lines.Sum(l => l.InWork))
        {
            LeaveAsTold.Everything(open, release, body.Carrier, body.Service, body.Tracking, open.Now);
            return null;
        }
        LeaveAsTold.Parts(open, release, parts.Value, open.Depart(release, body.Carrier, body.Service, isPickup: false, open.Now), body.Carrier, body.Service, body.Tracking, open.Now);
        release.Told(FulfilmentOrderState.Picking);
        open.Tell(release, "FulfilmentShipped", null, new { shipment = release.LastShipment, lines = parts.Value.Select(p => new { line = p.Line.LineNo, quantity = p.Units }) });
        return null;
    }

    // A parcel is known by its tracking number; without one, what has all left is told again.
    private static bool IsTold(OpenRelease release, ShipRequest body) => body.Tracking is { } tracking
        ? release.Packages.Any(p => p.Tracking == tracking && p.Shipment is not null && (body.Lines is null || body.Lines.All(l => p.Contents.Any(c => c.Line == l!.Line && (l.Quantity ?? c.Units) == c.Units))))
        : release.State is FulfilmentOrderState.HandedOver or FulfilmentOrderState.Delivered;

    /// <remarks>Errors: fulfilment.stop_asked, fulfilment.cannot_move, fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    private static async Task<Error?> Reject(ChangeRelease.Desk desk, RejectRequest body, MerchantSettings settings)
    {
        var release = desk.Release;
        if (release.Sum(ReleaseUnits.Rejected) > 0 && release.Sum(ReleaseUnits.Open) == 0 && body.Lines is null) return null;       // told before
        if (release.State is not (FulfilmentOrderState.Offered or FulfilmentOrderState.Accepted or FulfilmentOrderState.Picking))
            return FulfilmentErrors.CannotMove(release.State, FulfilmentOrderState.Rejected);
        var parts = ReleaseParts.Of(release, body.Lines, ReleaseUnits.Open, "/lines");
        if (parts.Error is { } error) return error;
        await Refuse(desk, parts.Value, settings, body.Reason!, $"{release.Node.Code} rejected {release.Number}: {body.Reason}{(body.Note is null ? "" : ", " + body.Note)}.");
        return null;
    }

    /// <summary>Units are not sent from there: they look for another place, and where goods are missing the supplier's stock of them is doubted until it is told anew.</summary>
    private static async Task Refuse(ChangeRelease.Desk desk, IReadOnlyList<(ReleaseLine Line, long Units)> parts, MerchantSettings settings, string why, string reason)
    {
        var (open, release) = (desk.Work, desk.Release);
        await open.LockStock(release.Lines.Select(l => l.SkuId));
        var anew = new RouteAnew(open, settings, reason);
        foreach (var (line, units) in parts)
        {
            if (RejectRelease.IsAboutGoods(why)) anew.SetAside(release, line, Math.Min(units, anew.OnShelf(line.SkuId, release.Node.Id)));
            anew.Lose(release, line, ReleaseUnits.Rejected, units);
        }
        if (release.Lines.All(l => l.InWork == 0))
        {
            release.Told(release.Sum(ReleaseUnits.Shipped) > 0 ? FulfilmentOrderState.HandedOver
                : release.State == FulfilmentOrderState.Offered ? FulfilmentOrderState.Rejected : FulfilmentOrderState.Cancelled);
            (release.Reason, release.AnswerByMs) = (why, null);
        }
        open.Tell(release, "FulfilmentRejected", reason, new { reason = why, lines = parts.Select(p => new { line = p.Line.LineNo, quantity = p.Units }) });
        await anew.Run(desk.Order, RejectRelease.Excluded(open, desk.Order));
    }
}
