using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>A picker found fewer units than asked: what is not there is offered to nobody, and everybody it was promised to is planned anew at once.</summary>
public static class ShortPick
{
    /// <param name="Found">Units that were there and are picked now.</param>
    /// <param name="Missing">Units that are missing on the shelf. Left out, the shelf is empty: all that the books say is still there.</param>
    /// <param name="Bin">The bin looked at; then only what the books say is in it is missing.</param>
    public sealed record Request(int? Line, long? Found, long? Missing, string? Bin, string? Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/fulfilments/{id}/short-pick", async (string id, Request? body, ChangeRelease change, Replan replan, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                checks.That(body?.Line is not null, "/line", "field.required", "line is required.");
                checks.That(body?.Found is not null, "/found", "field.required", "found is required: how many units were there.");
                checks.Range(body?.Found ?? 0, 0, Checks.MaxQuantity, "/found");
                checks.Range(body?.Missing ?? 0, 0, Checks.MaxQuantity, "/missing");
                checks.Text(body?.Bin, "/bin", 64);
                checks.Text(body?.Reason, "/reason", 500);
                if (checks.AnyFault) return checks.ToError().ToHttp();
                var settings = await replan.Settings(actor);
                return await change.Http(id, actor, http, async desk => await Handle(desk, new PickedShort(body!.Line!.Value, body.Found!.Value, null, body.Missing, body.Bin, body.Reason), settings), null,
                    work => Rivals(work, actor, id, body!.Line!.Value));
            })
            .IsChange(Permission.FulfilmentWork, "shortPick", "Note that fewer units were there than asked");

    private static async Task<IReadOnlyCollection<OrderId>> Rivals(Work work, Actor actor, string id, int line) =>
        FulfilmentId.TryParse(id, null, out var release) ? await Rivals(work, actor, release, line) : [];

    /// <summary>Other orders that may have to give way.</summary>
    internal static async Task<IReadOnlyCollection<OrderId>> Rivals(Work work, Actor actor, FulfilmentId release, int line)
    {
        if (await ChangeRelease.Find(work, actor, release) is null) return [];
        return await RouteAnew.Rivals(work, await work.Query("select sku_id, node_id from fulfilment_lines where fulfilment_id = @id and line_no = @line and merchant_id = @merchant",
            row => (row.Long(), row.Long()), ("id", release.Value), ("line", line)));
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.held, fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    internal static async Task<Error?> Handle(ChangeRelease.Desk desk, PickedShort body, Sourcing.MerchantSettings settings)
    {
        var (open, release) = (desk.Work, desk.Release);
        if (desk.Cannot(FulfilmentOrderState.Short) is { } refused) return refused;
        if (release.Line(body.Line) is not { } line) return FulfilmentErrors.NoSuchLine("/line");
        if (desk.Held([line.LineNo]) is { } held) return held;
        long asked = Math.Min(body.Asked ?? long.MaxValue, line[ReleaseUnits.Open]), found = body.Found;
        if (found >= asked) return FulfilmentErrors.NotThatMany("/found", "asked for; found must be less", asked);

        await open.LockStock([line.SkuId]);
        string reason = body.Reason ?? "Fewer units were on the shelf than asked for.";
        if (await Take(open, release, line, body) is { } wrong) return wrong;
        var anew = new RouteAnew(open, settings, reason);
        long missing = await Missing(open, release, line, body, anew);
        anew.Lose(release, line, ReleaseUnits.Short, asked - found);
        anew.SetAside(release, line, missing);
        open.Tell(release, "FulfilmentShort", reason, new { line = line.LineNo, found, quantity = asked - found });
        anew.Follow(release);
        await anew.Run(desk.Order);
        return null;
    }

    /// <summary>What was there is picked. The stock is locked.</summary>
    internal static async Task<Error?> Take(OpenWork open, OpenRelease release, ReleaseLine line, PickedShort body)
    {
        if (body.Found == 0) return null;
        open.Step(release, line, ReleaseUnits.Open, ReleaseUnits.Picked, body.Found);
        return body.Bin is { } from ? await ReleaseLots.Note(open, release, [(line, body.Found)], [new TakenBody(line.LineNo, from, body.Lot, null, body.Found)]) : null;
    }

    /// <summary>Units to be set aside until somebody counts: what the books still have in the bin, or on the shelf where no bin is named.</summary>
    internal static async Task<long> Missing(OpenWork open, OpenRelease release, ReleaseLine line, PickedShort body, RouteAnew anew)
    {
        long shelf = anew.OnShelf(line.SkuId, release.Node.Id);
        long inBin = body.Bin is null ? shelf : await Lose(open, release, line.SkuId, body, body.Found), missing = Math.Min(shelf, body.Missing ?? inBin);
        if (body.Bin is null) await LoseUnplaced(open, release, line.SkuId, missing);
        return missing;
    }

    /// <summary>What the books have in the bin beyond what was found there is missing until somebody counts; of one lot where one was named.</summary>
    /// <returns>Those units.</returns>
    private static async Task<long> Lose(OpenWork open, OpenRelease release, long sku, PickedShort body, long found)
    {
        var here = (await PickedBins.Shelf(open.Work, release.Node.Id, [sku])).Where(s => Text.Key(s.Key.Bin) == Text.Key(body.Bin!)).OrderBy(s => s.Key.Lot == (body.Lot ?? "") ? 0 : 1).ToList();
        long inBin = Math.Max(0, here.Sum(s => s.Value) - found), lost = Math.Min(inBin, body.Missing ?? inBin);
        foreach (var ((_, bin, lot), units) in here)
        {
            // What was found of it is taken by the note.
            long rest = units - Math.Min(units, found), some = Math.Min(rest, lost);
            (found, lost) = (found - (units - rest), lost - some);
            if (some > 0) PickedBins.Lose(open.Sheet!, new PickedUnits(sku, release.Node.Id, bin, lot, some));
        }
        return inBin;
    }

    // Where no bin was named, it was looked for among what is put nowhere.
    private static async Task LoseUnplaced(OpenWork open, OpenRelease release, long sku, long units)
    {
        foreach (var ((_, bin, lot), there) in (await PickedBins.Shelf(open.Work, release.Node.Id, [sku])).Where(s => s.Key.Bin == PickedBins.Unplaced).OrderBy(s => s.Key.Lot, StringComparer.Ordinal))
        {
            long some = Math.Min(there, units);
            units -= some;
            if (some > 0) PickedBins.Lose(open.Sheet!, new PickedUnits(sku, release.Node.Id, bin, lot, some));
        }
    }
}
