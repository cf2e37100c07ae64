using Switchyard.Access;
using Switchyard.Kernel;
using Switchyard.Packing;

namespace Switchyard.Fulfilment;

/// <summary>Gives packages to a carrier, all or some, or goods to the customer who collects them.</summary>
public static class HandOver
{
    /// <param name="Package">Its number.</param>
    public sealed record PackageBody(int? Package, string? Tracking, long? WeightGrams);

    /// <param name="Packages">Which leave; all that are labelled, when left out.</param>
    public sealed record Request(string? Carrier, string? Service, string? Tracking, IReadOnlyList<PackageBody?>? Packages);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/fulfilments/{id}/ship", (string id, Request? body, ChangeRelease change, Actor actor, HttpContext http) =>
                change.Http(id, actor, http, desk => Ship(desk, body ?? Nothing), Check(body)))
            .IsChange(Permission.FulfilmentWork, "ship", "Hand packages over to a carrier");
        routes.MapPost("/fulfilments/{id}/ready", (string id, ChangeRelease change, Actor actor, HttpContext http) => change.Http(id, actor, http, Ready))
            .IsChange(Permission.FulfilmentWork, "ready", "Ready for pickup");
        routes.MapPost("/fulfilments/{id}/collected", (string id, ChangeRelease change, Actor actor, HttpContext http) => change.Http(id, actor, http, Collected))
            .IsChange(Permission.FulfilmentWork, "collected", "The customer has collected it");
    }

    private static readonly Request Nothing = new(null, null, null, null);

    private static Checks Check(Request? body)
    {
        var checks = new Checks();
        checks.Text(body?.Carrier, "/carrier", 100);
        checks.Text(body?.Service, "/service", 100);
        checks.Text(body?.Tracking, "/tracking", 100);
        if (body?.Packages is not { } packages) return checks;
        checks.Range(packages.Count, 1, 200, "/packages");
        for (int i = 0; i < Math.Min(packages.Count, 200); i++)
        {
            checks.That(packages[i]?.Package is not null, $"/packages/{i}/package", "field.required", "package is required: its number.");
            checks.Text(packages[i]?.Tracking, $"/packages/{i}/tracking", 100);
            checks.Range(packages[i]?.WeightGrams ?? 0, 0, 100_000_000, $"/packages/{i}/weightGrams");
        }
        return checks;
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.held, fulfilment.no_such_package, fulfilment.label_going, fulfilment.proof_missing, fulfilment.lot_blocked: a recalled lot does not leave.</remarks>
    internal static async Task<Error?> Ship(ChangeRelease.Desk desk, Request body)
    {
        var (open, release) = (desk.Work, desk.Release);
        bool isPart = release.State is FulfilmentOrderState.Picking or FulfilmentOrderState.Picked && release.Packages.Any(p => p.State == PackageState.Labelled);
        // From ready for pickup the customer takes it; from a stop nothing leaves by command.
        if (!isPart && release.State != FulfilmentOrderState.Packed) return FulfilmentErrors.CannotMove(release.State, FulfilmentOrderState.HandedOver);
        var labelled = release.Packages.Where(p => p.State == PackageState.Labelled).ToDictionary(p => p.No);
        var wanted = body.Packages ?? [.. labelled.Keys.Select(no => new PackageBody(no, null, null))];
        for (int i = 0; i < wanted.Count; i++)
            if (!labelled.ContainsKey(wanted[i]!.Package!.Value) || wanted.Take(i).Any(w => w!.Package == wanted[i]!.Package)) return FulfilmentErrors.NoSuchPackage($"/packages/{i}/package");
        // Under a label that the carrier may have taken back already nothing leaves.
        if (wanted.FirstOrDefault(w => labelled[w!.Package!.Value].IsUnlabelling && (w.Tracking ?? body.Tracking) is null) is { Package: { } going }) return FulfilmentErrors.LabelGoing(going);
        if (desk.Held(wanted.SelectMany(w => labelled[w!.Package!.Value].Contents.Select(c => c.Line)).Distinct()) is { } held) return held;
        var leaving = wanted.SelectMany(w => labelled[w!.Package!.Value].Contents.Select(c => c.Line)).ToHashSet();
        if (await Unproved(desk, release.Lines.Where(l => leaving.Contains(l.LineNo))) is { } unproved) return unproved;

        if (open.Sheet is null) await open.LockStock(release.Lines.Select(l => l.SkuId));
        var lots = await ReleaseLots.Load(open, release);
        if (await lots.Recalled(open.Work, leaving) is { } recalled) return FulfilmentErrors.LotBlocked(recalled);
        var shipment = open.Depart(release, body.Carrier, body.Service, isPickup: false, open.Now);
        foreach (var one in wanted)
        {
            var package = labelled[one!.Package!.Value];
            (package.Carrier, package.Service) = (body.Carrier ?? package.Carrier, body.Service ?? package.Service);
            string? tracking = one.Tracking ?? body.Tracking ?? package.Tracking;
            (package.IsUnlabelling, package.IsUntracked) = (false, package.IsUntracked && tracking == package.Tracking);
            (package.Tracking, package.WeightGrams) = (tracking, one.WeightGrams ?? package.WeightGrams);
            Leave(open, release, package, shipment);
            lots.Leave(open, package);
        }
        await lots.Save(open, release);
        release.Follow();
        open.Tell(release, "FulfilmentShipped", null, new { shipment = release.LastShipment, packages = wanted.Select(w => w!.Package), carrier = body.Carrier, service = body.Service });
        return null;
    }

    // Age and hazard are confirmed by a person before goods of such products leave.
    private static async Task<Error?> Unproved(ChangeRelease.Desk desk, IEnumerable<ReleaseLine> lines) =>
        await HandoverSteps.Missing(desk.Work.Work, desk.Release.Id, [.. lines.Select(l => (l.LineNo, l.Sku))]) is [var first, ..] ? FulfilmentErrors.ProofMissing(first.Line, first.Step) : null;

    /// <summary>A package leaves the building: its units are shipped.</summary>
    internal static void Leave(OpenWork open, OpenRelease release, OpenPackage package, Guid shipment)
    {
        package.MoveTo(PackageState.Manifested, open.NowMs);
        package.Shipment = shipment;
        foreach (var (line, units) in package.Contents) open.Ship(release, release.Line(line)!, ReleaseUnits.Packed, units, open.Now);
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.held.</remarks>
    private static Error? Ready(ChangeRelease.Desk desk)
    {
        if ((desk.Cannot(FulfilmentOrderState.ReadyForPickup) ?? desk.Held(desk.Release.Lines.Select(l => l.LineNo))) is { } error) return error;
        foreach (var package in desk.Release.Packages.Where(p => p.State == PackageState.Labelled)) PackRelease.Open(desk.Work, desk.Release, package);
        desk.Release.MoveTo(FulfilmentOrderState.ReadyForPickup);
        desk.Work.Tell(desk.Release, "FulfilmentReadyForPickup");
        return null;
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.held, fulfilment.proof_missing, fulfilment.lot_blocked.</remarks>
    private static async Task<Error?> Collected(ChangeRelease.Desk desk)
    {
        var (open, release) = (desk.Work, desk.Release);
        if (release.State != FulfilmentOrderState.ReadyForPickup) return FulfilmentErrors.CannotMove(release.State, FulfilmentOrderState.HandedOver);
        if (desk.Held(release.Lines.Select(l => l.LineNo)) is { } held) return held;
        if (await Unproved(desk, release.Lines.Where(l => l[ReleaseUnits.Picked] > 0)) is { } unproved) return unproved;
        await open.LockStock(release.Lines.Select(l => l.SkuId));
        var lots = await ReleaseLots.Load(open, release);
        if (await lots.Recalled(open.Work, release.Lines.Where(l => l[ReleaseUnits.Picked] > 0).Select(l => l.LineNo).ToHashSet()) is { } recalled) return FulfilmentErrors.LotBlocked(recalled);
        var package = new OpenPackage
        {
            Id = PackageId.New(open.Now), No = release.Packages.Select(p => p.No).DefaultIfEmpty(0).Max() + 1, CreatedAtMs = open.NowMs,
            Contents = [.. release.Lines.Where(l => l[ReleaseUnits.Picked] > 0).Select(l => (l.LineNo, l[ReleaseUnits.Picked]))],
        }.Loaded(PackageState.Labelled, open.NowMs);
        release.Add(package);
        foreach (var (line, units) in package.Contents) open.Step(release, release.Line(line)!, ReleaseUnits.Picked, ReleaseUnits.Packed, units);
        Leave(open, release, package, open.Depart(release, null, null, isPickup: true, open.Now));
        lots.Leave(open, package);
        await lots.Save(open, release);
        release.MoveTo(FulfilmentOrderState.HandedOver);
        open.Tell(release, "FulfilmentCollected");
        Arrive.Settle(open, release, [package], PackageState.Delivered, open.Now);
        return null;
    }
}
