using Switchyard.Exceptions;
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

    /// <summary>A carrier has a package that was not to leave by our books: they follow, what was to stop has stopped with it, and somebody is told.</summary>
    /// <param name="refusal">Why it was not to leave.</param>
    public static async Task Package(OpenWork open, OpenRelease release, OpenPackage package, Error refusal)
    {
        bool wasToStop = release.State == FulfilmentOrderState.StopAsked;
        if (open.Sheet is null) await open.LockStock();
        HandOver.Leave(open, release, package, open.Depart(release, package.Carrier, package.Service, isPickup: false, open.Now));
        await ReleaseLots.Gone(open, release);
        open.Tell(release, "FulfilmentShipped", null, new { shipment = release.LastShipment, packages = new[] { package.No }, carrier = package.Carrier, service = package.Service });
        if (!wasToStop) release.Follow();
        else
        {
            // Nobody puts back what is under way.
            if (release.Node.IsOurs) foreach (var (line, units) in package.Contents) open.NotePutBack(release, release.Line(line)!, units);
            if (release.Lines.All(l => l.InWork == 0)) await StopWork.Complete(open, release);
        }
        open.Troubles.Add(wasToStop
            ? new Trouble("shipped_after_cancel", release.Id.ToString(), $"{release.Number} was to stop and left {release.Node.Code} all the same.", release.Order.Value, release.Id.Value, Node: release.Node.Id)
            { Says = Saying.Of(Phrase.ShippedAfterStop, ("release", release.Number), ("node", release.Node.Code)) }
            : new Trouble("shipped_while_held", release.Id.ToString(), $"Package {package.No} of {release.Number} left {release.Node.Code} although it was not to: {refusal.Detail}", release.Order.Value,
                release.Id.Value, Node: release.Node.Id));
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
