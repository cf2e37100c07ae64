using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Cancels an order of which nothing has been handed over, and gives back what it had allocated.</summary>
public static class CancelOrder
{
    public sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/cancel", async (string id, Request? body, Actor actor, TimeProvider clock, FindOrder find) =>
                (await Handle(id, body, actor, clock, find)).ToHttp())
            .Requires(Permission.OrdersCancel).WithName("orders.cancel").WithSummary("Cancel an order")
            .Produces<OrderView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: orders.not_found, orders.cannot_cancel.</remarks>
    public static Task<Result<OrderView>> Handle(string id, Request? body, Actor actor, TimeProvider clock, FindOrder find)
    {
        var checks = new Checks();
        checks.Text(body?.Reason, "/reason", 500);
        if (checks.AnyFault) return Task.FromResult<Result<OrderView>>(checks.ToError());
        if (!OrderId.TryParse(id, null, out var orderId)) return Task.FromResult<Result<OrderView>>(OrderErrors.NotFound(id));
        return find.AfterChange(actor, orderId, work => Change(work, actor, orderId, body?.Reason, clock.GetUtcNow()));
    }

    internal static async Task<Result<Done>> Change(Work work, Actor actor, OrderId id, string? reason, DateTimeOffset now)
    {
        var order = await OpenOrder.Lock(work, actor, id);
        if (order is null) return OrderErrors.NotFound(id.ToString());
        if (!OrderStates.Allowed.Allows(order.State, OrderState.Cancelled)) return OrderErrors.CannotCancel(order.State);
        if (await HasLeft(work, id)) return OrderErrors.HandedOver();

        long units = await order.ReturnClaims(work, actor, reason, now);
        order.MoveTo(OrderState.Cancelled);
        await CloseHolds.All(work, id, actor, "The order was cancelled.", now);
        order.Tell(actor, "OrderCancelled", CancelledPayload(order, units), now, reason);
        await order.Save(work, isExpiryOver: true);
        return new Done();
    }

    internal static object CancelledPayload(OpenOrder order, long units) => new
    {
        channelId = order.Channel,
        currency = order.Currency,
        totalMinor = order.TotalMinor,
        units,
        placedAtMs = order.PlacedAtMs,
    };

    private static async Task<bool> HasLeft(Work work, OrderId id) => await work.Scalar(
        """
        select coalesce(sum(released + picked + packed + shipped + delivered + lost + sent_back), 0)
          from order_lines where order_id = @id and merchant_id = @merchant
        """, ("id", id.Value)) > 0;
}
