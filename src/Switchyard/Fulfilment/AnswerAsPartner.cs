using System.Security.Cryptography;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>
/// A partner answers work of its own nodes: takes it, refuses it, reports what is short, has sent it in one parcel or many, or answers that it has stopped.
/// Under an id of its own a thing said again does nothing more, also a month later; under the same id something else is refused.
/// </summary>
public static class AnswerAsPartner
{
    /// <param name="Id">The partner's own id of this answer.</param>
    /// <param name="Reference">The partner's own number of the work.</param>
    /// <param name="ExpectedAt">When it will be sent.</param>
    /// <param name="Lines">What is taken; all of it, when left out. The rest is looked for elsewhere.</param>
    public sealed record AcceptRequest(string? Id, string? Reference, DateTimeOffset? ExpectedAt, IReadOnlyList<PartBody?>? Lines);

    /// <param name="Lines">What is refused; all that is open, when left out. It is looked for elsewhere at once.</param>
    public sealed record RejectRequest(string? Id, [Words("missing", "damaged", "busy", "closed", "other")] string? Reason, string? Note, IReadOnlyList<PartBody?>? Lines);

    /// <param name="Lines">What is not there, or is broken. It is looked for elsewhere, and the stock of it is doubted until it is told anew.</param>
    public sealed record ShortRequest(string? Id, [Words("missing", "damaged")] string? Reason, IReadOnlyList<PartBody?>? Lines);

    /// <param name="ShippedAt">When it left; now, when left out.</param>
    /// <param name="Parcels">What has left, each with its carrier and number. What stays open can be sent later.</param>
    public sealed record ShipRequest(string? Id, string? ShippedAt, IReadOnlyList<ParcelBody?>? Parcels);

    /// <param name="Carrier">The carrier's name, or its code at ours; <c>other</c> when it has none.</param>
    /// <param name="Lines">What is in it; may be left out when it is the only parcel and holds all that is open.</param>
    public sealed record ParcelBody(string? Carrier, string? Service, string? Tracking, long? WeightGrams, IReadOnlyList<PartBody?>? Lines);

    /// <param name="Accepted">False: too late, it has left.</param>
    public sealed record StopRequest(string? Id, bool? Accepted, string? Carrier, string? Tracking);

    public const int MostParcels = 100;
    private const long MostGrams = 10_000_000;
    private static readonly string[] ShortReasons = ["missing", "damaged"];

    /// <summary>What answering has in common.</summary>
    private sealed record Told(string Work, string Kind, string? Id, object Content, Actor Actor, string? Reason = null);

    /// <summary>The services an answer needs.</summary>
    public sealed class Desk(Db db, ChangeRelease change, Replan replan, TimeProvider clock)
    {
        internal Db Db => db;
        internal ChangeRelease Change => change;
        internal Replan Replan => replan;
        internal TimeProvider Clock => clock;
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/partner/work/{id}/accept", (string id, AcceptRequest? body, Desk desk, Actor actor) => Accept(id, body ?? new AcceptRequest(null, null, null, null), desk, actor))
            .IsAnswer("accept", "A partner takes work, wholly or in part");
        routes.MapPost("/partner/work/{id}/reject", (string id, RejectRequest? body, Desk desk, Actor actor) => Reject(id, body, desk, actor))
            .IsAnswer("reject", "A partner refuses work, or units of it");
        routes.MapPost("/partner/work/{id}/short", (string id, ShortRequest? body, Desk desk, Actor actor) => Short(id, body, desk, actor))
            .IsAnswer("reportShort", "A partner reports units that are missing or damaged");
        routes.MapPost("/partner/work/{id}/ship", (string id, ShipRequest? body, Desk desk, Actor actor) => Ship(id, body, desk, actor))
            .IsAnswer("ship", "A partner has sent work, or parcels of it");
        routes.MapPost("/partner/work/{id}/stop-answer", (string id, StopRequest? body, Desk desk, Actor actor) => Stop(id, body, desk, actor))
            .IsAnswer("answerStop", "A partner answers that work has stopped, or has left");
    }

    private static RouteHandlerBuilder IsAnswer(this RouteHandlerBuilder route, string name, string summary) => route
        .Requires(Permission.PartnerWork).WithName("partner." + name).WithTags("Partners").WithSummary(summary)
        .Produces<PartnerWorkView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> Accept(string id, AcceptRequest body, Desk desk, Actor actor)
    {
        var checks = Check(body.Id);
        checks.Text(body.Reference, "/reference", 100);
        ReleaseParts.Check(checks, body.Lines, "/lines");
        if (checks.AnyFault) return checks.ToError().ToHttp();
        var settings = await desk.Replan.Settings(actor);
        return await Answer(desk, new Told(id, "accept", body.Id, body, actor, body.Lines is null ? null : "missing"),
            on => PartnerAnswers.Accept(on, new PartnerAnswers.Accepted(body.Reference, body.ExpectedAt, body.Lines), settings));
    }

    private static async Task<IResult> Reject(string id, RejectRequest? body, Desk desk, Actor actor)
    {
        var checks = Check(body?.Id);
        checks.That(RejectRelease.Reasons.Contains(body?.Reason), "/reason", "field.unknown_value", $"reason must be one of {string.Join(", ", RejectRelease.Reasons)}.");
        checks.Text(body?.Note, "/note", 500);
        ReleaseParts.Check(checks, body?.Lines, "/lines");
        if (checks.AnyFault) return checks.ToError().ToHttp();
        var settings = await desk.Replan.Settings(actor);
        return await Answer(desk, new Told(id, "reject", body!.Id, body, actor, body.Reason), on => PartnerAnswers.Reject(on, body.Reason!, body.Note, body.Lines, settings));
    }

    private static async Task<IResult> Short(string id, ShortRequest? body, Desk desk, Actor actor)
    {
        var checks = Check(body?.Id);
        checks.That(ShortReasons.Contains(body?.Reason ?? "missing"), "/reason", "field.unknown_value", $"reason must be one of {string.Join(", ", ShortReasons)}.");
        checks.That(body?.Lines is not null, "/lines", "field.required", "lines is required: what is short.");
        ReleaseParts.Check(checks, body?.Lines, "/lines");
        if (checks.AnyFault) return checks.ToError().ToHttp();
        var settings = await desk.Replan.Settings(actor);
        string reason = body!.Reason ?? "missing";
        return await Answer(desk, new Told(id, "short", body.Id, body, actor, reason), on => PartnerAnswers.Reject(on, reason, null, body.Lines, settings));
    }

    private static Task<IResult> Ship(string id, ShipRequest? body, Desk desk, Actor actor)
    {
        var checks = Check(body?.Id);
        int count = body?.Parcels?.Count ?? 0;
        checks.That(count is > 0 and <= MostParcels, "/parcels", "field.out_of_range", $"Send 1 to {MostParcels} parcels.");
        foreach (var (i, parcel) in (body?.Parcels ?? []).Take(MostParcels).Index())
        {
            string at = $"/parcels/{i}";
            if (parcel is null) { checks.Fault(at, "field.required", "A parcel may not be null."); continue; }
            checks.Text(parcel.Carrier, at + "/carrier", 100, required: true);
            checks.Text(parcel.Service, at + "/service", 100);
            checks.Text(parcel.Tracking, at + "/tracking", 100);
            if (parcel.WeightGrams is { } grams) checks.Range(grams, 1, MostGrams, at + "/weightGrams");
            checks.That(parcel.Lines is not null || count == 1, at + "/lines", "field.required", "Of several parcels each says what is in it.");
            ReleaseParts.Check(checks, parcel.Lines, at + "/lines");
        }
        checks.That((body?.Parcels ?? []).Where(p => p?.Tracking is not null).DistinctBy(p => (p!.Carrier, p.Tracking)).Count() == (body?.Parcels ?? []).Count(p => p?.Tracking is not null),
            "/parcels", "field.repeated", "Each parcel has a number of its own.");
        var left = checks.Past(body?.ShippedAt, "/shippedAt", desk.Clock.GetUtcNow());
        if (checks.AnyFault) return Task.FromResult(checks.ToError().ToHttp());
        return Answer(desk, new Told(id, "ship", body!.Id, body, actor), on => PartnerAnswers.Ship(on,
            [.. body.Parcels!.Select(p => new PartnerAnswers.Parcel(p!.Carrier, p.Service, p.Tracking, p.WeightGrams, p.Lines))], left, i => $"/parcels/{i}/lines"));
    }

    private static Task<IResult> Stop(string id, StopRequest? body, Desk desk, Actor actor)
    {
        var checks = Check(body?.Id);
        checks.That(body?.Accepted is not null, "/accepted", "field.required", "accepted is required: true or false.");
        checks.Text(body?.Carrier, "/carrier", 100);
        checks.Text(body?.Tracking, "/tracking", 100);
        if (checks.AnyFault) return Task.FromResult(checks.ToError().ToHttp());
        return Answer(desk, new Told(id, "stop-answer", body!.Id, body, actor), on => StopRelease.Answer(on, new StopRelease.AnswerRequest(body.Accepted, null, body.Carrier, body.Tracking)));
    }

    private static Checks Check(string? id)
    {
        var checks = new Checks();
        checks.Text(id, "/id", 200);
        return checks;
    }

    private static async Task<IResult> Answer(Desk desk, Told told, Func<ChangeRelease.Desk, Task<Error?>> answer)
    {
        var actor = told.Actor;
        if (!FulfilmentId.TryParse(told.Work, null, out var release) || !await desk.Db.Read(actor, work => ReadPartnerWork.IsOwn(work, actor, release))) return FulfilmentErrors.NotFound.ToHttp();
        var done = await desk.Change.Handle(release, actor, null, async on =>
        {
            if (told.Id is null) return await answer(on);
            return await Once(on, told.Id, told.Kind, told.Content, answer);
        }, told.Reason is { } reason ? work => RejectRelease.Rivals(work, actor, told.Work, reason) : null);
        return done.Error is { } error ? error.ToHttp() : (await ReadPartnerWork.Find(told.Work, actor, desk.Db, desk.Clock)).ToHttp();
    }

    /// <summary>Answers under an id of the partner's own: said again it does nothing more.</summary>
    /// <remarks>Errors: fulfilment.answer_differs, and those of the answer.</remarks>
    internal static async Task<Error?> Once(ChangeRelease.Desk on, string id, string kind, object said, Func<ChangeRelease.Desk, Task<Error?>> answer)
    {
        string content = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Kind = kind, Content = said }, Json.Options)));
        return await Remember(on, id, content) is { } known ? known == content ? null : FulfilmentErrors.AnswerDiffers(id) : await answer(on);
    }

    /// <returns>What was said under this id before; null when it is new, and is kept now. The order is locked.</returns>
    private static async Task<string?> Remember(ChangeRelease.Desk on, string id, string content)
    {
        (string, object?)[] key = [("release", on.Release.Id.Value), ("id", id)];
        if (await on.Work.Work.Execute(
            """
            insert into partner_answers (merchant_id, fulfilment_id, answer_id, content, at_ms) values (@merchant, @release, @id, @content, @now)
                on conflict (merchant_id, fulfilment_id, answer_id) do nothing
            """, [.. key, ("content", content), ("now", on.Work.NowMs)]) == 1) return null;
        return (await on.Work.Work.Query("select content from partner_answers where merchant_id = @merchant and fulfilment_id = @release and answer_id = @id", row => row.Text(), key))[0];
    }
}
