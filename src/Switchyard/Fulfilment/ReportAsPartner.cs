using Switchyard.Access;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>
/// What a partner reports of work by another way than the API (an EDI message, a file): parcels that left, then units that are missing. The same doors as for
/// <see cref="AnswerAsPartner"/>, under ids of the report: said again it does nothing more.
/// </summary>
public sealed class ReportAsPartner(ChangeRelease change, Replan replan)
{
    /// <param name="Lines">Order lines and units in it.</param>
    public sealed record Parcel(string? Carrier, string? Service, string? Tracking, IReadOnlyList<PartBody> Lines);

    /// <param name="id">Of the report; it is kept with the work.</param>
    /// <param name="missing">Units that will not be sent from there; they are looked for elsewhere.</param>
    /// <remarks>Errors: fulfilment.not_found, fulfilment.answer_differs, fulfilment.stop_asked, fulfilment.cannot_move, fulfilment.held, fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    public async Task<Error?> Handle(Actor actor, FulfilmentId release, string id, IReadOnlyList<Parcel> parcels, DateTimeOffset? left, IReadOnlyList<PartBody> missing)
    {
        if (parcels.Count > 0)
        {
            var shipped = await change.Handle(release, actor, null, on => AnswerAsPartner.Once(on, id + ":ship", "ship", parcels, _ => PartnerAnswers.Ship(on,
                [.. parcels.Select(p => new PartnerAnswers.Parcel(p.Carrier, p.Service, p.Tracking, null, p.Lines))], left, i => $"/parcels/{i}/lines")));
            if (shipped.Error is not null) return shipped.Error;
        }
        if (missing.Count == 0) return null;
        var settings = await replan.Settings(actor);
        return (await change.Handle(release, actor, null, on => AnswerAsPartner.Once(on, id + ":short", "short", missing, _ => PartnerAnswers.Reject(on, "missing", null, missing, settings)),
            work => RejectRelease.Rivals(work, actor, release.ToString(), "missing"))).Error;
    }
}
