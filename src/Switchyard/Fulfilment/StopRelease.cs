using Switchyard.Access;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Ends or stops one release by hand, and takes the 3PL's answer.</summary>
public static class StopRelease
{
    public sealed record Request(string? Reason);

    /// <param name="Accepted">False: too late, it has left.</param>
    public sealed record AnswerRequest(bool? Accepted, string? Reason, string? Carrier, string? Tracking);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/fulfilments/{id}/cancel", (string id, Request? body, ChangeRelease change, Actor actor, HttpContext http) =>
                change.Http(id, actor, http, desk => Cancel(desk, body?.Reason), Check(body?.Reason)))
            .IsChange(Permission.FulfilmentManage, "cancel", "Take a release back that has not begun, or was not collected");
        routes.MapPost("/fulfilments/{id}/stop", (string id, Request? body, ChangeRelease change, Actor actor, HttpContext http) =>
                change.Http(id, actor, http, desk => Stop(desk, body?.Reason), Check(body?.Reason)))
            .IsChange(Permission.FulfilmentManage, "stop", "Ask a node to stop work on a release");
        routes.MapPost("/fulfilments/{id}/stop-answer", (string id, AnswerRequest? body, ChangeRelease change, Actor actor, HttpContext http) =>
            {
                var checks = Check(body?.Reason);
                checks.That(body?.Accepted is not null, "/accepted", "field.required", "accepted is required: true or false.");
                checks.Text(body?.Carrier, "/carrier", 100);
                checks.Text(body?.Tracking, "/tracking", 100);
                return change.Http(id, actor, http, desk => Answer(desk, body!), checks);
            })
            .IsChange(Permission.FulfilmentWork, "answerStop", "Answer that a release has stopped, or has left");
    }

    private static Checks Check(string? reason)
    {
        var checks = new Checks();
        checks.Text(reason, "/reason", 500);
        return checks;
    }

    /// <remarks>Errors: fulfilment.cannot_move.</remarks>
    private static Error? Cancel(ChangeRelease.Desk desk, string? reason)
    {
        if (desk.Release.State == FulfilmentOrderState.StopAsked || desk.Release is { State: FulfilmentOrderState.Accepted, Node.IsOurs: false })
            return FulfilmentErrors.CannotMove(desk.Release.State, FulfilmentOrderState.Cancelled);
        if (desk.Cannot(FulfilmentOrderState.Cancelled) is { } refused) return refused;
        StopWork.End(desk.Work, desk.Release, [.. desk.Release.Lines.Where(l => l.InWork > 0).Select(l => (l, l.InWork))], reason);
        return null;
    }

    /// <remarks>Errors: fulfilment.cannot_move.</remarks>
    private static Error? Stop(ChangeRelease.Desk desk, string? reason)
    {
        if (desk.Cannot(FulfilmentOrderState.StopAsked) is { } refused) return refused;
        StopWork.Stop(desk.Work, desk.Release, [.. desk.Release.Lines.Where(l => l.InWork > 0).Select(l => (l, l.InWork))], reason ?? "Stopped by hand.", StopWish.Recall);
        return null;
    }

    /// <remarks>Errors: fulfilment.not_asked.</remarks>
    internal static async Task<Error?> Answer(ChangeRelease.Desk desk, AnswerRequest body)
    {
        var (open, release) = (desk.Work, desk.Release);
        if (release.State != FulfilmentOrderState.StopAsked) return FulfilmentErrors.NotAsked;
        await open.LockStock();
        if (body.Accepted!.Value)
        {
            await PutBackGoods.All(open, release);
            await StopWork.Complete(open, release);
            return null;
        }
        open.Tell(release, "FulfilmentStopRefused", body.Reason);
        LeaveAsTold.Everything(open, release, body.Carrier, null, body.Tracking, open.Now);
        await ReleaseLots.Gone(open, release);
        return null;
    }
}
