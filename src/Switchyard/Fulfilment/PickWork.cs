using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>
/// The door for whoever plans and follows the walks of pickers: what they take off the shelf, or do not find, moves the release in the caller's
/// transaction. An error changes nothing. Locks orders, then stock.
/// </summary>
public static class PickWork
{
    /// <summary>Units of a line are picked from a bin; a release that was only accepted begins with it.</summary>
    /// <remarks>Errors: fulfilment.not_found, fulfilment.cannot_move, fulfilment.held, fulfilment.no_such_line, fulfilment.not_that_many, fulfilment.lot_blocked, fulfilment.serial_gone.</remarks>
    public static async Task<Error?> Pick(Work work, Actor actor, FulfilmentId id, PickedUnit what, DateTimeOffset now)
    {
        if (await Desk(work, actor, id, [], now) is not { } desk) return FulfilmentErrors.NotFound;
        if (Begin(desk) is { } refused) return refused;
        var parts = new[] { new PartBody(what.Line, what.Units) };
        if ((what.IsSomewhere ? await PickRelease.PickFrom(desk, parts, [what.Taken]) : PickRelease.Pick(desk, parts)) is { } error) return error;
        await desk.Work.Save();
        return null;
    }

    /// <summary>Fewer units were found than asked: they are picked, and the rest is planned anew (<see cref="ShortPick"/>).</summary>
    /// <remarks>Errors: those of <see cref="Pick"/>.</remarks>
    public static async Task<Error?> Short(Work work, Actor actor, FulfilmentId id, PickedShort what, MerchantSettings settings, DateTimeOffset now)
    {
        if (await Desk(work, actor, id, await ShortPick.Rivals(work, actor, id, what.Line), now) is not { } desk) return FulfilmentErrors.NotFound;
        if ((Begin(desk) ?? await ShortPick.Handle(desk, what, settings)) is { } error) return error;
        await desk.Work.Save();
        return null;
    }

    /// <summary>The same, and another product goes in place of what lacks, as far as the node has it (<see cref="SubstitutePick"/>).</summary>
    /// <param name="instead">The SKU of one of the product's substitutes.</param>
    /// <remarks>Errors: those of <see cref="Pick"/>, fulfilment.no_substitute, fulfilment.substitute_gone.</remarks>
    public static async Task<Result<PickedInstead>> Substitute(Work work, Actor actor, FulfilmentId id, PickedShort what, string instead, MerchantSettings settings, DateTimeOffset now)
    {
        if (await Desk(work, actor, id, await ShortPick.Rivals(work, actor, id, what.Line), now) is not { } desk) return FulfilmentErrors.NotFound;
        if (Begin(desk) is { } refused) return refused;
        var done = await SubstitutePick.Handle(desk, what, instead, settings);
        if (done.IsOk) await desk.Work.Save();
        return done;
    }

    private static Error? Begin(ChangeRelease.Desk desk) => desk.Release.State == FulfilmentOrderState.Accepted ? PickRelease.Start(desk) : null;

    private static async Task<ChangeRelease.Desk?> Desk(Work work, Actor actor, FulfilmentId id, IReadOnlyCollection<OrderId> rivals, DateTimeOffset now)
    {
        if (await ChangeRelease.Find(work, actor, id) is not { } order) return null;
        var open = await OpenWork.Lock(work, actor, [order, .. rivals], now);
        var release = open.Releases.First(r => r.Id == id);
        return new ChangeRelease.Desk(open, open.OrderOf(release), release);
    }
}

/// <summary>A line of which fewer units were found than asked for.</summary>
/// <param name="Asked">Units that were asked for; all open ones, when null.</param>
/// <param name="Missing">Units set aside to be counted; all that the books have in the bin or on the shelf, when null.</param>
/// <param name="Lot">Of what was found, where the bin was named.</param>
public sealed record PickedShort(int Line, long Found, long? Asked, long? Missing, string? Bin, string? Reason, string? Lot = null);

/// <summary>Units of a line that were picked.</summary>
/// <param name="Bin">From where; empty where nobody knows.</param>
public sealed record PickedUnit(int Line, long Units, string Bin = "", string Lot = "", string Serial = "")
{
    internal bool IsSomewhere => Bin.Length + Lot.Length + Serial.Length > 0;
    internal TakenBody Taken => new(Line, Bin, Lot, Serial, Units);
}
