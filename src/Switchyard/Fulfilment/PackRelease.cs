using Switchyard.Access;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Packs picked units into packages, and opens packages again.</summary>
public static class PackRelease
{
    private const int MostPackages = 200;
    private const long MostGrams = 100_000_000, MostMm = 1_000_000;

    /// <param name="Lines">What is in it; everything that is picked, when left out (for one package).</param>
    public sealed record PackageBody(IReadOnlyList<PartBody?>? Lines, long? WeightGrams, long? LengthMm, long? WidthMm, long? HeightMm, string? Carrier, string? Service,
        string? Tracking);

    /// <param name="Packages">One package with everything that is picked, when left out.</param>
    public sealed record Request(IReadOnlyList<PackageBody?>? Packages);

    /// <param name="Packages">Numbers of the packages to open; all that are labelled, when left out.</param>
    public sealed record UnpackRequest(IReadOnlyList<int>? Packages);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/fulfilments/{id}/pack", (string id, Request? body, ChangeRelease change, Actor actor, HttpContext http) =>
                change.Http(id, actor, http, desk => Pack(desk, body?.Packages ?? [Everything]), Check(body)))
            .IsChange(Permission.FulfilmentWork, "pack", "Pack what was picked");
        routes.MapPost("/fulfilments/{id}/unpack", (string id, UnpackRequest? body, ChangeRelease change, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                if (body?.Packages is { } list) checks.Range(list.Count, 1, MostPackages, "/packages");
                return change.Http(id, actor, http, desk => Unpack(desk, body?.Packages), checks);
            })
            .IsChange(Permission.FulfilmentWork, "unpack", "Open packages again");
    }

    internal static readonly PackageBody Everything = new(null, null, null, null, null, null, null, null);

    private static Checks Check(Request? body)
    {
        var checks = new Checks();
        if (body?.Packages is not { } packages) return checks;
        checks.Range(packages.Count, 1, MostPackages, "/packages");
        for (int i = 0; i < Math.Min(packages.Count, MostPackages); i++)
        {
            string at = $"/packages/{i}";
            if (packages[i] is not { } package) { checks.Fault(at, "field.required", "A package is required here."); continue; }
            checks.That(package.Lines is not null || packages.Count == 1, at + "/lines", "field.required", "With several packages each says what is in it.");
            ReleaseParts.Check(checks, package.Lines, at + "/lines");
            checks.Range(package.WeightGrams ?? 0, 0, MostGrams, at + "/weightGrams");
            checks.Range(package.LengthMm ?? 0, 0, MostMm, at + "/lengthMm");
            checks.Range(package.WidthMm ?? 0, 0, MostMm, at + "/widthMm");
            checks.Range(package.HeightMm ?? 0, 0, MostMm, at + "/heightMm");
            checks.Text(package.Carrier, at + "/carrier", 100);
            checks.Text(package.Service, at + "/service", 100);
            checks.Text(package.Tracking, at + "/tracking", 100);
        }
        return checks;
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.held, fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    internal static Error? Pack(ChangeRelease.Desk desk, IReadOnlyList<PackageBody?> packages)
    {
        var release = desk.Release;
        // While the rest is still being picked, what is there may be packed already.
        if (release.State != FulfilmentOrderState.Picking && desk.Cannot(FulfilmentOrderState.Packed) is { } refused) return refused;
        for (int i = 0; i < packages.Count; i++)
        {
            var body = packages[i]!;
            var parts = ReleaseParts.Of(release, body.Lines, ReleaseUnits.Picked, $"/packages/{i}/lines");
            if (parts.Error is { } error) return error;
            if (parts.Value.Count == 0) return FulfilmentErrors.NotThatMany($"/packages/{i}/lines", "picked", 0);
            if (desk.Held(parts.Value.Select(p => p.Line.LineNo)) is { } held) return held;
            foreach (var (line, units) in parts.Value) desk.Work.Step(release, line, ReleaseUnits.Picked, ReleaseUnits.Packed, units);
            var package = Make(desk, body, [.. parts.Value.Select(p => (p.Line.LineNo, p.Units))]);
            desk.Work.Tell(release, "FulfilmentPacked", null, new { package = package.No, lines = parts.Value.Select(p => new { line = p.Line.LineNo, quantity = p.Units }) });
        }
        release.Follow();
        return null;
    }

    private static OpenPackage Make(ChangeRelease.Desk desk, PackageBody body, IReadOnlyList<(int, long)> contents)
    {
        var package = new OpenPackage
        {
            Id = PackageId.New(desk.Now), No = desk.Release.Packages.Select(p => p.No).DefaultIfEmpty(0).Max() + 1, Contents = contents, WeightGrams = body.WeightGrams,
            LengthMm = body.LengthMm, WidthMm = body.WidthMm, HeightMm = body.HeightMm, Carrier = body.Carrier, Service = body.Service, Tracking = body.Tracking,
            CreatedAtMs = desk.Work.NowMs,
        }.Loaded(PackageState.Labelled, desk.Work.NowMs);
        desk.Release.Add(package);
        return package;
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.no_such_package. Holds never stop it.</remarks>
    private static Error? Unpack(ChangeRelease.Desk desk, IReadOnlyList<int>? numbers)
    {
        var release = desk.Release;
        if (release.State is not (FulfilmentOrderState.Picking or FulfilmentOrderState.Picked) && desk.Cannot(FulfilmentOrderState.Picked) is { } refused) return refused;
        var labelled = release.Packages.Where(p => p.State == PackageState.Labelled).ToList();
        if (labelled.Count == 0 || numbers?.Any(no => !labelled.Exists(p => p.No == no)) == true) return FulfilmentErrors.NoSuchPackage("/packages");
        foreach (var package in labelled.Where(p => numbers?.Contains(p.No) != false)) Open(desk.Work, release, package);
        release.Follow();
        return null;
    }

    /// <summary>Opens one package: its label is void, its units are picked again.</summary>
    internal static void Open(OpenWork work, OpenRelease release, OpenPackage package)
    {
        package.MoveTo(PackageState.Voided, work.NowMs);
        foreach (var (line, units) in package.Contents) work.Step(release, release.Line(line)!, ReleaseUnits.Packed, ReleaseUnits.Picked, units);
        work.Tell(release, "FulfilmentUnpacked", null, new { package = package.No });
    }
}
