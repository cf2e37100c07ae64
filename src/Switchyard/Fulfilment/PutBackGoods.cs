using Switchyard.Access;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Puts picked goods back on the shelf: by hand while the work goes on, by scans when it was asked to stop.</summary>
public static class PutBackGoods
{
    /// <param name="Lines">What was put back; everything that was taken, when left out.</param>
    public sealed record Request(IReadOnlyList<PartBody?>? Lines);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/fulfilments/{id}/put-back", (string id, Request? body, ChangeRelease change, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                ReleaseParts.Check(checks, body?.Lines, "/lines");
                return change.Http(id, actor, http, desk => Handle(desk, body?.Lines), checks);
            })
            .IsChange(Permission.FulfilmentWork, "putBack", "Note that goods were put back on the shelf");

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.no_such_line, fulfilment.not_that_many. Holds never stop it.</remarks>
    private static async Task<Error?> Handle(ChangeRelease.Desk desk, IReadOnlyList<PartBody?>? lines)
    {
        var (open, release) = (desk.Work, desk.Release);
        if (release.State == FulfilmentOrderState.StopAsked) return await Stopping(open, release, lines);
        if (release.State is FulfilmentOrderState.Offered || desk.Cannot(FulfilmentOrderState.Accepted) is not null)
            return FulfilmentErrors.CannotMove(release.State, FulfilmentOrderState.Accepted);
        var parts = ReleaseParts.Of(release, lines, ReleaseUnits.Picked, "/lines");
        if (parts.Error is { } error) return error;
        await open.LockStock(parts.Value.Select(p => p.Line.SkuId));
        await ReleaseLots.PutBack(open, release, parts.Value);
        foreach (var (line, units) in parts.Value) open.PutBack(release, line, units);
        release.Follow();
        if (release.State == FulfilmentOrderState.Picking && release.Sum(ReleaseUnits.Picked) + release.Sum(ReleaseUnits.Packed) + release.Sum(ReleaseUnits.Shipped) == 0)
            release.MoveTo(FulfilmentOrderState.Accepted);
        open.Tell(release, "FulfilmentPutBack", null, new { lines = parts.Value.Select(p => new { line = p.Line.LineNo, quantity = p.Units }) });
        return null;
    }

    private static async Task<Error?> Stopping(OpenWork open, OpenRelease release, IReadOnlyList<PartBody?>? lines)
    {
        foreach (var package in release.Packages.Where(p => p.State == PackageState.Labelled)) PackRelease.Open(open, release, package);
        var parts = ReleaseParts.Of(release, lines, ReleaseUnits.Picked, "/lines");
        if (parts.Error is { } error) return error;
        await open.LockStock();
        await ReleaseLots.PutBack(open, release, parts.Value);
        foreach (var (line, units) in parts.Value) Back(open, release, line, units);
        open.Tell(release, "FulfilmentPutBack", null, new { lines = parts.Value.Select(p => new { line = p.Line.LineNo, quantity = p.Units }) });
        if (release.Lines.Any(l => l.InWork > 0)) return null;
        await StopWork.Complete(open, release);
        return null;
    }

    /// <summary>Everything of a release that stops is back, or was never taken: labels are void and the units idle. The stock is locked.</summary>
    internal static async Task All(OpenWork open, OpenRelease release)
    {
        foreach (var package in release.Packages.Where(p => p.State == PackageState.Labelled)) PackRelease.Open(open, release, package);
        await ReleaseLots.PutBack(open, release, release.Lines.Where(l => l[ReleaseUnits.Picked] > 0).Select(l => (l, l[ReleaseUnits.Picked])));
        foreach (var line in release.Lines)
        {
            if (line[ReleaseUnits.Open] is > 0 and var untouched) open.Recall(release, line, ReleaseUnits.Open, ReleaseUnits.Cancelled, untouched);
            if (line[ReleaseUnits.Picked] is > 0 and var taken) open.Recall(release, line, ReleaseUnits.Picked, ReleaseUnits.Cancelled, taken);
        }
    }

    private static void Back(OpenWork open, OpenRelease release, ReleaseLine line, long units)
    {
        open.Recall(release, line, ReleaseUnits.Picked, ReleaseUnits.Cancelled, units);
        open.NotePutBack(release, line, units);
    }
}
