using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Says who deals with an open hold.</summary>
public static class AssignHold
{
    /// <param name="Owner">A user, a role or the name of a queue; null for nobody.</param>
    public sealed record Request(int Hold, string? Owner);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/assign-hold", async (string id, Request body, Actor actor, TimeProvider clock, FindOrder find) =>
                (await Handle(id, body, actor, clock, find)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.assignHold").WithSummary("Say who deals with a hold").WithTags("Orders")
            .Produces<OrderView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: orders.not_found, orders.hold_not_found.</remarks>
    public static Task<Result<OrderView>> Handle(string id, Request body, Actor actor, TimeProvider clock, FindOrder find)
    {
        var checks = new Checks();
        checks.Text(body.Owner, "/owner", 200);
        if (checks.AnyFault) return Task.FromResult<Result<OrderView>>(checks.ToError());
        if (!OrderId.TryParse(id, null, out var orderId)) return Task.FromResult<Result<OrderView>>(OrderErrors.NotFound(id));
        return find.AfterChange(actor, orderId, async work =>
        {
            var order = await OpenOrder.Lock(work, actor, orderId, clock.GetUtcNow());
            if (order is null) return OrderErrors.NotFound(id);
            if (order.Holds.FirstOrDefault(h => h.No == body.Hold) is not { } hold) return OrderErrors.NoSuchHold();
            if (hold.Owner == body.Owner) return new Done();
            order.AssignHold(hold, body.Owner);
            await order.Save(work);
            return new Done();
        });
    }
}
