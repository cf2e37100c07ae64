using Switchyard.Access;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Begins picking and notes what was taken off the shelf, part by part.</summary>
public static class PickRelease
{
    /// <param name="Lines">What was taken; everything that is open, when left out.</param>
    /// <param name="Taken">From which bins, of which lots and serial numbers, as far as anybody knows.</param>
    public sealed record Request(IReadOnlyList<PartBody?>? Lines, IReadOnlyList<TakenBody?>? Taken = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/fulfilments/{id}/start-picking", (string id, ChangeRelease change, Actor actor, HttpContext http) => change.Http(id, actor, http, Start))
            .IsChange(Permission.FulfilmentWork, "startPicking", "Begin to pick");
        routes.MapPost("/fulfilments/{id}/pick", (string id, Request? body, ChangeRelease change, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                ReleaseParts.Check(checks, body?.Lines, "/lines");
                ReleaseLots.Check(checks, body?.Taken);
                return change.Http(id, actor, http, async desk => body?.Taken is { } taken ? await PickFrom(desk, body.Lines, taken) : Pick(desk, body?.Lines), checks);
            })
            .IsChange(Permission.FulfilmentWork, "pick", "Note what was picked");
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.held.</remarks>
    internal static Error? Start(ChangeRelease.Desk desk)
    {
        if ((desk.Cannot(FulfilmentOrderState.Picking) ?? desk.Held()) is { } error) return error;
        desk.Release.MoveTo(FulfilmentOrderState.Picking);
        desk.Work.Tell(desk.Release, "FulfilmentPickingStarted");
        return null;
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.held, fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    internal static Error? Pick(ChangeRelease.Desk desk, IReadOnlyList<PartBody?>? lines)
    {
        if (desk.Cannot(FulfilmentOrderState.Picked) is { } refused) return refused;
        var parts = ReleaseParts.Of(desk.Release, lines, ReleaseUnits.Open, "/lines");
        if (parts.Error is { } error) return error;
        if (desk.Held(parts.Value.Select(p => p.Line.LineNo)) is { } held) return held;
        foreach (var (line, units) in parts.Value) desk.Work.Step(desk.Release, line, ReleaseUnits.Open, ReleaseUnits.Picked, units);
        desk.Release.Follow();
        desk.Work.Tell(desk.Release, "FulfilmentPicked", null, new { lines = parts.Value.Select(p => new { line = p.Line.LineNo, quantity = p.Units }) });
        return null;
    }

    /// <summary>The same, with the bins, lots and serial numbers that the units were taken from.</summary>
    /// <remarks>Errors: those of picking, fulfilment.lot_blocked, fulfilment.serial_gone.</remarks>
    internal static async Task<Error?> PickFrom(ChangeRelease.Desk desk, IReadOnlyList<PartBody?>? lines, IReadOnlyList<TakenBody?> taken)
    {
        var parts = ReleaseParts.Of(desk.Release, lines, ReleaseUnits.Open, "/lines");
        if (Pick(desk, lines) is { } refused) return refused;
        await desk.Work.LockStock(parts.Value.Select(p => p.Line.SkuId));
        return await ReleaseLots.Note(desk.Work, desk.Release, parts.Value, taken);
    }
}
