using Switchyard.Catalog;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>What is to be picked in place of what was not there.</summary>
/// <param name="Line">The order's new line; the units are open on the same release.</param>
public sealed record PickedInstead(int Line, long SkuId, string Sku, long Units);

/// <summary>
/// A picker found fewer units than asked, and the customer takes another product instead: as many units as the node has of it become a line of their own on the same release. What even that
/// does not cover is planned anew, as of any short.
/// </summary>
internal static class SubstitutePick
{
    private const string Reason = "Fewer units were in the bin than asked for; another product goes instead.";

    /// <remarks>Errors: those of <see cref="ShortPick"/>, fulfilment.no_substitute, fulfilment.substitute_gone.</remarks>
    public static async Task<Result<PickedInstead>> Handle(ChangeRelease.Desk desk, PickedShort body, string sku, MerchantSettings settings)
    {
        var (open, release, order) = (desk.Work, desk.Release, desk.Order);
        if (desk.Cannot(FulfilmentOrderState.Short) is { } refused) return refused;
        if (release.Line(body.Line) is not { } line) return FulfilmentErrors.NoSuchLine("/line");
        if (desk.Held([line.LineNo]) is { } held) return held;
        long asked = Math.Min(body.Asked ?? long.MaxValue, line[ReleaseUnits.Open]), found = body.Found;
        if (found >= asked) return FulfilmentErrors.NotThatMany("/found", "asked for; found must be less", asked);
        var own = open.LineOf(release, line);
        if (!own.MaySubstitute || (await Substitute.Of(open.Work, line.SkuId, order.Currency)).Find(s => Text.Key(s.Sku) == Text.Key(sku)) is not { } by || await HoldForCustoms.WouldHold(open, release, by.SkuId))
            return FulfilmentErrors.NoSubstitute;

        var sheet = await open.LockStock([line.SkuId, by.SkuId]);
        long units = Math.Min(asked - found, Math.Max(0, sheet.Find(by.SkuId, release.Node.Id)?.Balance.Available ?? 0)), rest = asked - found - units;
        if (units == 0) return FulfilmentErrors.SubstituteGone(by.Sku);
        if (await ShortPick.Take(open, release, line, body) is { } wrong) return wrong;
        var anew = new RouteAnew(open, settings, Reason);
        long missing = await ShortPick.Missing(open, release, line, body, anew);
        open.GiveUp(release, line, ReleaseUnits.Short, units, Reason);
        var added = order.Substitute(own, units, new StandIn(by.SkuId, by.Sku, by.Name, by.WeightGrams, by.PriceMinor));
        order.Claim(added, LineBucket.Unallocated, release.Node.Id, units, sheet, Reason);
        open.Begin(release, added, units);
        if (rest > 0) anew.Lose(release, line, ReleaseUnits.Short, rest);
        anew.SetAside(release, line, missing);
        open.Tell(release, "FulfilmentShort", Reason, new { line = line.LineNo, found, quantity = asked - found });
        open.Tell(release, "FulfilmentSubstituted", Reason, new { line = line.LineNo, sku = line.Sku, quantity = units, insteadLine = added.LineNo, insteadSku = by.Sku });
        anew.Follow(release);
        await anew.Run(order);
        return new PickedInstead(added.LineNo, by.SkuId, by.Sku, units);
    }
}
