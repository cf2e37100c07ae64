using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Goods that left although our books had them elsewhere: at a 3PL, or by a fact of the world. The stock is locked.</summary>
internal static class LeaveAsTold
{
    /// <summary>All units in work leave: labelled packages as they are, the rest in one package.</summary>
    public static void Everything(OpenWork open, OpenRelease release, string? carrier, string? service, string? tracking, DateTimeOffset at)
    {
        var shipment = open.Depart(release, carrier, service, isPickup: false, at);
        foreach (var package in release.Packages.Where(p => p.State == PackageState.Labelled).ToList())
        {
            (package.Carrier, package.Service, package.Tracking) = (carrier ?? package.Carrier, service ?? package.Service, tracking ?? package.Tracking);
            HandOver.Leave(open, release, package, shipment);
        }
        Parts(open, release, [.. release.Lines.Where(l => l.InWork > 0).Select(l => (l, l.InWork))], shipment, carrier, service, tracking, at);
        release.Told(FulfilmentOrderState.HandedOver);
        open.Tell(release, "FulfilmentShipped", null, new { shipment = release.LastShipment, carrier, service });
    }

    /// <summary>These units leave in a package of their own, taken from what is picked and then from what is open.</summary>
    /// <returns>The package; null when there was nothing.</returns>
    public static OpenPackage? Parts(OpenWork open, OpenRelease release, IReadOnlyList<(ReleaseLine Line, long Units)> parts, Guid shipment, string? carrier, string? service,
        string? tracking, DateTimeOffset at)
    {
        if (parts.Count == 0) return null;
        foreach (var (line, units) in parts)
        {
            long picked = Math.Min(units, line[ReleaseUnits.Picked]);
            if (picked > 0) open.Ship(release, line, ReleaseUnits.Picked, picked, at);
            if (units > picked) open.Ship(release, line, ReleaseUnits.Open, units - picked, at);
        }
        var package = new OpenPackage
        {
            Id = PackageId.New(open.Now), No = release.Packages.Select(p => p.No).DefaultIfEmpty(0).Max() + 1, Contents = [.. parts.Select(p => (p.Line.LineNo, p.Units))],
            Carrier = carrier, Service = service, Tracking = tracking, Shipment = shipment, CreatedAtMs = open.NowMs,
        }.Loaded(PackageState.Manifested, at.ToUnixTimeMilliseconds());
        release.Add(package);
        return package;
    }
}
