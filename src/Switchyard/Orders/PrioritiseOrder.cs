using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Says by hand how urgent an order is.</summary>
public static class PrioritiseOrder
{
    /// <param name="Priority">From -1000 to 1000; higher goes first, 0 is ordinary.</param>
    public sealed record Request(int Priority, string? Reason = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/priority", async (string id, Request body, Actor actor, TimeProvider clock, FindOrder find) =>
                (await Handle(id, body, actor, clock, find)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.prioritise").WithSummary("Say how urgent an order is").WithTags("Orders")
            .Produces<OrderView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: orders.not_found, orders.cannot_prioritise.</remarks>
    public static Task<Result<OrderView>> Handle(string id, Request body, Actor actor, TimeProvider clock, FindOrder find)
    {
        var checks = new Checks();
        checks.Range(body.Priority, IntakeRules.LeastPriority, IntakeRules.MostPriority, "/priority");
        checks.Text(body.Reason, "/reason", 500);
        if (checks.AnyFault) return Task.FromResult<Result<OrderView>>(checks.ToError());
        if (!OrderId.TryParse(id, null, out var orderId)) return Task.FromResult<Result<OrderView>>(OrderErrors.NotFound(id));
        return find.AfterChange(actor, orderId, async work =>
        {
            var changed = await Change(work, actor, orderId, body.Priority, body.Reason, clock.GetUtcNow());
            return changed.Error is { } error ? error : new Done();
        });
    }

    /// <param name="onlyIf">The priority it must have now to be changed; null for any.</param>
    /// <returns>The priority before; null when nothing was changed.</returns>
    internal static async Task<Result<int?>> Change(Work work, Actor actor, OrderId id, int priority, string? reason, DateTimeOffset now, int? onlyIf = null)
    {
        var order = await OpenOrder.Lock(work, actor, id, now);
        if (order is null) return OrderErrors.NotFound(id.ToString());
        if (order.State is not (OrderState.Draft or OrderState.Placed or OrderState.Confirmed))
            return Error.Conflict("orders.cannot_prioritise", $"An order that is {OrderStates.Name(order.State)} waits for nothing any more.");
        int before = order.Priority;
        if (before == priority || onlyIf is { } given && before != given) return (int?)null;
        order.Prioritise(priority, reason);
        await order.Save(work);
        await FulfilmentRoom.Prioritise(work, id, priority);
        return (int?)before;
    }
}
