using Switchyard.Access;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Offers a release that waits, and takes the node's yes. Its no is <c>RejectRelease</c>.</summary>
public static class AnswerOffer
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/fulfilments/{id}/offer", (string id, ChangeRelease change, Actor actor, HttpContext http) => change.Http(id, actor, http, Offer))
            .IsChange(Permission.FulfilmentManage, "offer", "Offer a waiting release now");
        routes.MapPost("/fulfilments/{id}/accept", (string id, ChangeRelease change, Actor actor, HttpContext http) => change.Http(id, actor, http, Accept))
            .IsChange(Permission.FulfilmentWork, "accept", "Accept a release");
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.held.</remarks>
    private static Error? Offer(ChangeRelease.Desk desk)
    {
        if ((desk.Cannot(FulfilmentOrderState.Offered) ?? desk.Held()) is { } error) return error;
        desk.Release.FulfilAtMs = null;
        GiveOut.Offer(desk.Work, desk.Release);
        return null;
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.held.</remarks>
    private static Error? Accept(ChangeRelease.Desk desk)
    {
        // Coming back from picking is put-back, not a second yes.
        if (desk.Release.State != FulfilmentOrderState.Offered) return FulfilmentErrors.CannotMove(desk.Release.State, FulfilmentOrderState.Accepted);
        if (desk.Held() is { } error) return error;
        GiveOut.Accept(desk.Work, desk.Release);
        return null;
    }
}
