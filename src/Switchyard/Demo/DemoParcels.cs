using Switchyard.Fulfilment;
using Switchyard.Kernel;
using Switchyard.Shipping;

namespace Switchyard.Demo;

/// <summary>Parcels of the played days that go with labels: packed and labelled, given to the carrier with the list of the evening, and followed by its scans until they are there.</summary>
internal static class DemoParcels
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>Every third order inside Great Britain.</summary>
    public static bool IsOf(DemoOrder order) => order.No % 3 == 1 && order.Request.ShippingAddress?.Country == "GB";

    /// <summary>What happens to such an order from the packing table on, with its times.</summary>
    /// <param name="begin">What is still to do at the release before it can be packed.</param>
    public static IEnumerable<(DateTimeOffset At, Func<DemoStage, Task<Error?>> Deed)> Send(DemoOrder order, DateTimeOffset packed, Func<ChangeRelease.Desk, Error?> begin)
    {
        yield return (packed, stage => Pack(stage, order, begin));
        var evening = Evening(packed);
        yield return (evening, stage => Close(stage, evening));
        var morning = new DateTimeOffset(evening.UtcDateTime.Date.AddDays(order.Request.Method == "standard" ? 2 : 1), TimeSpan.Zero).AddMinutes(430 + order.No % 50);
        string town = order.Request.ShippingAddress?.City ?? "";
        foreach (var (at, kind, words, place) in new[]
        {
            (evening.AddMinutes(38), ScanKind.Accepted, "Collected from sender", "Birmingham"), (evening.AddHours(5), ScanKind.InTransit, "Sorted at hub", "Coventry hub"),
            (morning, ScanKind.OutForDelivery, "On the van", town), (morning.AddHours(3), order.No % 24 == 1 ? ScanKind.Attempted : ScanKind.Delivered, order.No % 24 == 1 ? "Nobody was in" : "Delivered", town),
        })
            yield return (at, stage => Scan(stage, order, new ParcelScan("", kind, ParcelPosition.Name(kind), words, at, place)));
    }

    private static async Task<Error?> Pack(DemoStage stage, DemoOrder order, Func<ChangeRelease.Desk, Error?> begin)
    {
        var change = new ChangeRelease(stage.Db, stage.Clock);
        foreach (var (i, release) in (await stage.ReleasesOf(order)).Index())
        {
            var packed = await change.Handle(release, stage.Once($"pack-{order.No}-{i}", "pete"), null, desk => Task.FromResult(begin(desk) ?? PackRelease.Pack(desk, [PackRelease.Everything])));
            if (packed.IsOk && packed.Value.Node == DemoWarehouse.Node) await Label(stage, packed.Value, $"{order.No}-{i}");
            else if (packed.IsOk)
                _ = await change.Handle(release, stage.Once($"send-{order.No}-{i}", "pete"), null, desk => HandOver.Ship(desk, new HandOver.Request("Evri", "Standard", null, null)));
        }
        return null;
    }

    /// <summary>Has a label made for each package of a release, on the clock of the days that are played.</summary>
    public static async Task Label(DemoStage stage, FulfilmentView release, string deed)
    {
        var desk = ActivatorUtilities.CreateInstance<CarrierDesk>(stage.Services, (TimeProvider)stage.Clock);
        using var run = ActivatorUtilities.CreateInstance<RunLabels>(stage.Services, desk, (TimeProvider)stage.Clock);
        foreach (var package in release.Packages)
        {
            var wanted = await BookLabel.Handle(package.Id.ToString(), new BookLabel.Request(Account: DemoWarehouse.Account), stage.Db, stage.Clock, stage.Once($"label-{deed}-{package.Package}", "pete"));
            if (wanted.IsOk) while (await run.Soon(stage.Actor, wanted.Value.Id) is { State: LabelState.Wanted, Fault: null }) { }
        }
    }

    /// <summary>The list of the evening; all parcels on it leave.</summary>
    private static async Task<Error?> Close(DemoStage stage, DateTimeOffset evening)
    {
        var actor = stage.Once($"manifest-{evening.ToUnixTimeSeconds()}", "pete");
        var made = await CloseManifest.Open(DemoWarehouse.Node, new CloseManifest.Request(DemoWarehouse.Account, AllLeave: true), stage.Db, stage.Clock, actor);
        if (made.Error is not null) return null;            // closed by another parcel of the day
        var desk = ActivatorUtilities.CreateInstance<CarrierDesk>(stage.Services, (TimeProvider)stage.Clock);
        using var keep = ActivatorUtilities.CreateInstance<KeepManifests>(stage.Services, desk, (TimeProvider)stage.Clock);
        await keep.Finish(actor, made.Value.Id, isFirst: true);
        return null;
    }

    private static async Task<Error?> Scan(DemoStage stage, DemoOrder order, ParcelScan scan)
    {
        var take = new TakeScans(stage.Db, stage.Clock);
        var labels = await stage.Db.Read(stage.Actor, async work =>
        {
            var found = new List<CarrierLabel?>();
            foreach (var release in await FulfilmentReader.Read(work, [.. (await stage.ReleasesOf(order)).Select(r => r.Value)]))
                foreach (var package in release.Packages) found.Add(await CarrierLabel.Live(work, package.Id));
            return found;
        });
        foreach (var label in labels.OfType<CarrierLabel>().Where(l => l.State == LabelState.Manifested)) await take.Keep(stage.Actor.Merchant, label.Id, [scan]);
        return null;
    }

    /// <summary>When the van comes: eight in the evening, each day.</summary>
    private static DateTimeOffset Evening(DateTimeOffset from)
    {
        var local = TimeZoneInfo.ConvertTime(from, London);
        var evening = (local.Hour >= 20 ? local.Date.AddDays(1) : local.Date).AddHours(20);
        return new DateTimeOffset(evening, London.GetUtcOffset(evening)).ToUniversalTime();
    }
}
