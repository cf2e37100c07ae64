using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Notes a carrier's scan of one package.</summary>
public static class TrackPackage
{
    /// <param name="State">inTransit, outForDelivery, availableAtPoint, exception, delivered, lost or returnedToSender.</param>
    public sealed record Request(PackageState? State, DateTimeOffset? At, string? Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/packages/{id}/track", async (string id, Request? body, Db db, ChangeRelease change, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                checks.That(body?.State is not null, "/state", "field.required", "state is required.");
                checks.Text(body?.Reason, "/reason", 500);
                if (checks.AnyFault) return checks.ToError().ToHttp();
                if (!PackageId.TryParse(id, null, out var package)) return FulfilmentErrors.PackageNotFound.ToHttp();
                var release = await db.Read(actor, work => work.Query("select fulfilment_id from packages where id = @id and merchant_id = @merchant",
                    row => new FulfilmentId(row.Uuid()), ("id", package.Value)));
                if (release.Count == 0) return FulfilmentErrors.PackageNotFound.ToHttp();
                var result = await change.Handle(release[0], actor, null, desk => Task.FromResult(Handle(desk, package, body!)));
                return (result.Error?.Code == FulfilmentErrors.NotFound.Code ? FulfilmentErrors.PackageNotFound : result).ToHttp();
            })
            .IsChange(Permission.FulfilmentWork, "track", "Note a scan of a package");

    /// <remarks>Errors: fulfilment.package_not_found, fulfilment.package_cannot_move.</remarks>
    private static Error? Handle(ChangeRelease.Desk desk, PackageId id, Request body)
    {
        var package = desk.Release.Packages.First(p => p.Id == id);
        var to = body.State!.Value;
        // Packing, opening and handing over are told by those who do it, not by scans.
        if (package.State == PackageState.Labelled || !PackageStates.Allowed.Allows(package.State, to)) return FulfilmentErrors.CannotMove(package.State, to);
        var at = body.At ?? desk.Now;
        if (to is PackageState.Delivered or PackageState.Lost or PackageState.ReturnedToSender)
        {
            Arrive.Settle(desk.Work, desk.Release, [package], to, at, body.Reason);
            return null;
        }
        package.MoveTo(to, at.ToUnixTimeMilliseconds());
        desk.Release.Touch();
        desk.Work.Tell(desk.Release, "PackageTracked", body.Reason, new { package = package.No, state = PackageStates.Name(to), at });
        return null;
    }
}
