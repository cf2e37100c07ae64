using Switchyard.Kernel;
using Switchyard.Purchasing;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>
/// What a 3PL or a supplier answers to the work given to it, on a release under lock: it takes it, wholly or in part, has sent it, or refuses it. What it
/// does not send looks for another place in the same transaction.
/// </summary>
internal static class PartnerAnswers
{
    /// <param name="Reference">What the partner calls it.</param>
    /// <param name="ExpectedAt">When it will be sent.</param>
    /// <param name="Lines">What is taken; all of it, when left out.</param>
    public sealed record Accepted(string? Reference, DateTimeOffset? ExpectedAt, IReadOnlyList<PartBody?>? Lines);

    /// <param name="Lines">What is in it; all that is open, when left out: then it is the only one.</param>
    public sealed record Parcel(string? Carrier, string? Service, string? Tracking, long? WeightGrams, IReadOnlyList<PartBody?>? Lines);

    /// <remarks>Errors: fulfilment.stop_asked, fulfilment.cannot_move, fulfilment.held, fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    public static async Task<Error?> Accept(ChangeRelease.Desk desk, Accepted said, MerchantSettings settings)
    {
        var (open, release) = (desk.Work, desk.Release);
        bool isNew = release.State == FulfilmentOrderState.Offered;
        if (!isNew && release.State is not (FulfilmentOrderState.Accepted or FulfilmentOrderState.Picking)) return FulfilmentErrors.CannotMove(release.State, FulfilmentOrderState.Accepted);
        if (isNew && desk.Held() is { } held) return held;
        var parts = ReleaseParts.Of(release, said.Lines, ReleaseUnits.Open, "/lines");
        if (parts.Error is { } error) return error;
        await ReleaseRows.Note(open.Work, release, said.Reference, said.ExpectedAt);
        await SupplierOrders.Note(open.Work, release.Id, said.Reference, said.ExpectedAt);
        if (isNew) GiveOut.Accept(open, release, $"{Who(release)} has confirmed it.");
        var lacking = release.Lines.Select(l => (Line: l, Units: l[ReleaseUnits.Open] - parts.Value.Where(p => p.Line == l).Sum(p => p.Units))).Where(l => l.Units > 0).ToList();
        if (lacking.Count > 0) await Refuse(desk, lacking, settings, "missing", $"{release.Node.Code} confirmed less of {release.Number}.");
        return null;
    }

    /// <summary>Parcels have left. One that was told before, by its tracking number, is passed over.</summary>
    /// <param name="at">When they left; now, when left out.</param>
    /// <param name="pointer">Where the lines of a parcel stand in the request, by its place.</param>
    /// <remarks>Errors: fulfilment.stop_asked, fulfilment.cannot_move, fulfilment.held, fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    public static async Task<Error?> Ship(ChangeRelease.Desk desk, IReadOnlyList<Parcel> parcels, DateTimeOffset? at, Func<int, string> pointer)
    {
        var (open, release) = (desk.Work, desk.Release);
        var fresh = parcels.Index().Where(p => !IsTold(release, p.Item)).ToList();
        if (fresh.Count == 0) return null;
        if (release.State is not (FulfilmentOrderState.Offered or FulfilmentOrderState.Accepted or FulfilmentOrderState.Picking))
            return FulfilmentErrors.CannotMove(release.State, FulfilmentOrderState.HandedOver);
        var boxes = new List<(Parcel Parcel, List<(ReleaseLine Line, long Units)> Parts)>();
        var taken = new Dictionary<int, long>();
        foreach (var (i, parcel) in fresh)
        {
            var parts = ReleaseParts.Of(release, parcel.Lines, ReleaseUnits.Open, pointer(i));
            if (parts.Error is { } error) return error;
            foreach (var (place, (line, units)) in parts.Value.Index())
            {
                long before = taken.GetValueOrDefault(line.LineNo), there = line[ReleaseUnits.Open];
                if (before + units > there) return FulfilmentErrors.NotThatMany($"{pointer(i)}/{place}/quantity", "open", there - before);
                taken[line.LineNo] = before + units;
            }
            boxes.Add((parcel, parts.Value));
        }
        if (desk.Held(taken.Keys) is { } held) return held;
        if (release.State == FulfilmentOrderState.Offered) GiveOut.Accept(open, release, $"{Who(release)} has sent it.");
        await open.LockStock(release.Lines.Select(l => l.SkuId));
        var left = at ?? open.Now;
        if (boxes is [var (only, _)] && only.WeightGrams is null && taken.Values.Sum() == release.Lines.Sum(l => l.InWork))
        {
            LeaveAsTold.Everything(open, release, only.Carrier, only.Service, only.Tracking, left);
            return null;
        }
        foreach (var van in boxes.GroupBy(b => (b.Parcel.Carrier, b.Parcel.Service)))
        {
            var shipment = open.Depart(release, van.Key.Carrier, van.Key.Service, isPickup: false, left);
            foreach (var (parcel, parts) in van)
                if (LeaveAsTold.Parts(open, release, parts, shipment, parcel.Carrier, parcel.Service, parcel.Tracking, left) is { } box) box.WeightGrams = parcel.WeightGrams;
            open.Tell(release, "FulfilmentShipped", null, new { shipment = release.LastShipment, lines = van.SelectMany(v => v.Parts).GroupBy(p => p.Line.LineNo).Select(l => new { line = l.Key, quantity = l.Sum(p => p.Units) }) });
        }
        release.Told(release.Lines.Any(l => l.InWork > 0) ? FulfilmentOrderState.Picking : FulfilmentOrderState.HandedOver);
        return null;
    }

    /// <param name="lines">What is refused; all that is open, when left out.</param>
    /// <remarks>Errors: fulfilment.stop_asked, fulfilment.cannot_move, fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    public static async Task<Error?> Reject(ChangeRelease.Desk desk, string reason, string? note, IReadOnlyList<PartBody?>? lines, MerchantSettings settings)
    {
        var release = desk.Release;
        if (release.Sum(ReleaseUnits.Rejected) > 0 && release.Sum(ReleaseUnits.Open) == 0 && lines is null) return null;       // told before
        if (release.State is not (FulfilmentOrderState.Offered or FulfilmentOrderState.Accepted or FulfilmentOrderState.Picking))
            return FulfilmentErrors.CannotMove(release.State, FulfilmentOrderState.Rejected);
        var parts = ReleaseParts.Of(release, lines, ReleaseUnits.Open, "/lines");
        if (parts.Error is { } error) return error;
        await Refuse(desk, parts.Value, settings, reason, $"{release.Node.Code} rejected {release.Number}: {reason}{(note is null ? "" : ", " + note)}.");
        return null;
    }

    /// <summary>Units are not sent from there: they look for another place, and where goods are missing the partner's stock of them is doubted until it is told anew.</summary>
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

    // A parcel is known by its tracking number; without one, what has all left is told again.
    private static bool IsTold(OpenRelease release, Parcel parcel) => parcel.Tracking is { } tracking
        ? release.Packages.Any(p => p.Tracking == tracking && p.Shipment is not null && (parcel.Lines is null || parcel.Lines.All(l => p.Contents.Any(c => c.Line == l!.Line && (l.Quantity ?? c.Units) == c.Units))))
        : release.State is FulfilmentOrderState.HandedOver or FulfilmentOrderState.Delivered;

    private static string Who(OpenRelease release) => release.Node.IsSupplier ? "The supplier" : "The partner";
}
