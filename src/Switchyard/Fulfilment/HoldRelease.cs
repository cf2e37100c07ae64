using Switchyard.Access;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Puts named holds on one release and releases them: several may stand at once, each with who put it there.</summary>
public static class HoldRelease
{
    /// <param name="Kind">What kind of hold, for instance manual, customs, quality; manual when left out.</param>
    public sealed record Request(string? Reason, string? Kind);

    /// <param name="Hold">The hold's number.</param>
    public sealed record EndRequest(int? Hold, string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/fulfilments/{id}/hold", (string id, Request? body, ChangeRelease change, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                checks.Text(body?.Reason, "/reason", 500, required: true);
                checks.That(body?.Kind is null || Text.IsCode(body.Kind), "/kind", "field.not_code", "A kind has 1 to 64 visible characters and no blanks.");
                return change.Http(id, actor, http, desk => Hold(desk, body!), checks);
            })
            .IsChange(Permission.FulfilmentManage, "hold", "Hold a release");
        routes.MapPost("/fulfilments/{id}/release-hold", (string id, EndRequest? body, ChangeRelease change, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                checks.That(body?.Hold is not null, "/hold", "field.required", "hold is required: its number.");
                checks.Text(body?.Reason, "/reason", 500);
                return change.Http(id, actor, http, desk => End(desk, body!), checks);
            })
            .IsChange(Permission.FulfilmentManage, "releaseHold", "Release a hold of a release");
    }

    /// <remarks>Errors: fulfilment.cannot_hold.</remarks>
    private static Error? Hold(ChangeRelease.Desk desk, Request body)
    {
        if (!desk.Release.IsLive) return FulfilmentErrors.CannotHold(desk.Release.State);
        desk.Order.Hold(body.Kind ?? "manual", body.Reason!, fulfilment: desk.Release.Id.Value);
        desk.Work.Touch(desk.Order);
        desk.Release.Touch();
        return null;
    }

    /// <remarks>Errors: fulfilment.hold_not_found, access.forbidden.</remarks>
    private static async Task<Error?> End(ChangeRelease.Desk desk, EndRequest body)
    {
        var hold = desk.Order.Holds.FirstOrDefault(h => h.No == body.Hold && h.FulfilmentId == desk.Release.Id.Value);
        if (hold is null) return FulfilmentErrors.HoldNotFound;
        if (hold.Permission is { } needed && !desk.Work.Actor.Permissions.Contains(needed)) return Error.Forbidden("access.forbidden", $"Releasing this hold needs {needed}.");
        desk.Order.CloseHold(hold, body.Reason);
        desk.Work.Touch(desk.Order);
        desk.Release.Touch();
        await GiveOut.Advance(desk.Work, [desk.Release]);
        return null;
    }
}
