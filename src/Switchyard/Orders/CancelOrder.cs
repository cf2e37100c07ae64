using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
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
        var order = await OpenOrder.Lock(work, actor, id, now);
        if (order is null) return OrderErrors.NotFound(id.ToString());
        var sheet = await OpenOrder.LockStock(work, [order], now);
        if (Whole(order, sheet, reason) is { } cannot) return cannot;
        await order.Save(work, sheet);
        return new Done();
    }

    /// <summary>Cancels all of an order under lock; the reason why not, when it cannot be.</summary>
    internal static Error? Whole(OpenOrder order, StockSheet sheet, string? reason)
    {
        if (!OrderStates.Allowed.Allows(order.State, OrderState.Cancelled)) return OrderErrors.CannotCancel(order.State);
        if (order.Lines.Exists(l => l.HasLeft)) return OrderErrors.HandedOver();
        if (order.Lines.Exists(l => l.InWork > 0)) return OrderErrors.InWork();
        long units = order.CancelIdle(sheet, reason);
        order.MoveTo(OrderState.Cancelled);
        order.CloseAllHolds("The order was cancelled.");
        order.Tell("OrderCancelled", CancelledPayload(order, units), reason);
        return null;
    }

    internal static object CancelledPayload(OpenOrder order, long units) => new
    {
        channelId = order.Channel,
        currency = order.Currency,
        totalMinor = order.TotalMinor,
        units,
        placedAtMs = order.PlacedAtMs,
    };
}
