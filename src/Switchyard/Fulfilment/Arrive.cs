using Switchyard.Access;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>How packages ended: delivered, lost, or sent back to us.</summary>
public static class Arrive
{
    /// <param name="Packages">Numbers; all that are under way, when left out.</param>
    /// <param name="At">When it happened; now, when left out.</param>
    public sealed record Request(IReadOnlyList<int>? Packages, DateTimeOffset? At, string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/deliver", "deliver", "Note that packages arrived", FulfilmentOrderState.Delivered, PackageState.Delivered);
        Map(routes, "/lost", "lose", "Note that packages are lost", FulfilmentOrderState.Lost, PackageState.Lost);
        Map(routes, "/sent-back", "sendBack", "Note that packages come back to us", FulfilmentOrderState.SentBack, PackageState.ReturnedToSender);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, string name, string summary, FulfilmentOrderState to, PackageState end) =>
        routes.MapPost("/fulfilments/{id}" + path, (string id, Request? body, ChangeRelease change, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                checks.Text(body?.Reason, "/reason", 500);
                if (body?.Packages is { } list) checks.Range(list.Count, 1, 200, "/packages");
                return change.Http(id, actor, http, desk => Handle(desk, body, to, end), checks);
            })
            .IsChange(Permission.FulfilmentWork, name, summary);

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.nothing_under_way.</remarks>
    internal static Error? Handle(ChangeRelease.Desk desk, Request? body, FulfilmentOrderState to, PackageState end)
    {
        var release = desk.Release;
        var meant = release.Packages.Where(p => PackageStates.IsUnderWay(p.State) && body?.Packages?.Contains(p.No) != false).ToList();
        // Of a release that goes out in parts, what has left may arrive before the rest leaves.
        bool isPart = release.State is FulfilmentOrderState.Picking or FulfilmentOrderState.Picked or FulfilmentOrderState.Packed && meant.Count > 0;
        if (!isPart && desk.Cannot(to) is { } refused) return refused;
        if (meant.Count == 0 || body?.Packages is { } numbers && numbers.Distinct().Count() != meant.Count) return FulfilmentErrors.NothingUnderWay;
        Settle(desk.Work, release, meant, end, body?.At ?? desk.Now, body?.Reason);
        return null;
    }

    /// <summary>Packages under way have ended so; the release ends with its last, and the order with its last unit.</summary>
    internal static void Settle(OpenWork open, OpenRelease release, IReadOnlyList<OpenPackage> packages, PackageState end, DateTimeOffset at, string? reason = null)
    {
        var order = open.OrderOf(release);
        var bucket = end switch { PackageState.Delivered => LineBucket.Delivered, PackageState.Lost => LineBucket.Lost, _ => LineBucket.SentBack };
        foreach (var package in packages)
        {
            package.MoveTo(end, at.ToUnixTimeMilliseconds());
            foreach (var (line, units) in package.Contents) order.Move(order.Line(line)!, LineBucket.Shipped, bucket, units);
        }
        release.Touch();
        string kind = end switch { PackageState.Delivered => "FulfilmentDelivered", PackageState.Lost => "FulfilmentLost", _ => "FulfilmentSentBack" };
        open.Tell(release, kind, reason, new { packages = packages.Select(p => p.No), at });
        if (release.State == FulfilmentOrderState.HandedOver && !release.Packages.Any(p => PackageStates.IsUnderWay(p.State))) release.MoveTo(EndOf(release));
        EndOrder.CloseIfDone(open, order);
    }

    /// <summary>A release is delivered when any of it arrived; else sent back, else lost.</summary>
    internal static FulfilmentOrderState EndOf(OpenRelease release) =>
        release.Packages.Any(p => p.State == PackageState.Delivered) ? FulfilmentOrderState.Delivered
        : release.Packages.Any(p => p.State == PackageState.ReturnedToSender) ? FulfilmentOrderState.SentBack : FulfilmentOrderState.Lost;
}
