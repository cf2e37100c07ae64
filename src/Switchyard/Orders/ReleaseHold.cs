using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Closes one open hold. When none is left the order is confirmed.</summary>
public static class ReleaseHold
{
    /// <param name="Hold">The hold's number; or say its kind, when the order has one open hold of that kind.</param>
    public sealed record Request(int? Hold, string? Kind, string? Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/release-hold", async (string id, Request body, Actor actor, TimeProvider clock, Replan replan, FindOrder find) =>
                (await Handle(id, body, actor, clock, replan, find)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.releaseHold").WithSummary("Release a hold")
            .Produces<OrderView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: orders.not_found, orders.hold_not_found, orders.cannot_hold, orders.hold_needs_right, orders.hold_cancels.</remarks>
    public static async Task<Result<OrderView>> Handle(string id, Request body, Actor actor, TimeProvider clock, Replan replan, FindOrder find)
    {
        if (Check(body) is { } faults) return faults;
        if (!OrderId.TryParse(id, null, out var orderId)) return OrderErrors.NotFound(id);
        var settings = await replan.Settings(actor);
        return await find.AfterChange(actor, orderId, work => Change(work, actor, orderId, body, clock.GetUtcNow(), settings));
    }

    internal static Error? Check(Request body)
    {
        var checks = new Checks();
        checks.Text(body.Reason, "/reason", 500);
        checks.Text(body.Kind, "/kind", 64);
        checks.That(body.Hold is not null || body.Kind is not null, "/hold", "field.required", "Say which hold: its number or its kind.");
        return checks.AnyFault ? checks.ToError() : null;
    }

    /// <param name="settings">By which what is freed is planned at once; null leaves that to <see cref="MendHolds"/>, a moment later.</param>
    internal static async Task<Result<Done>> Change(Work work, Actor actor, OrderId id, Request body, DateTimeOffset now, Sourcing.MerchantSettings? settings = null)
    {
        var order = await OpenOrder.Lock(work, actor, id, now);
        if (order is null) return OrderErrors.NotFound(id.ToString());
        if (order.State is not (OrderState.Placed or OrderState.Confirmed)) return OrderErrors.CannotHold(order.State);
        var hold = order.Holds.FirstOrDefault(h => body.Hold is { } no ? h.No == no : h.Kind == body.Kind);
        if (hold is null) return OrderErrors.NoSuchHold();
        if (hold.Permission is { } right && !actor.Permissions.Contains(right)) return OrderErrors.HoldNeedsRight(right);
        if (StrategyShortage.IsToCancel(order, hold)) return OrderErrors.HoldCancels();
        order.CloseHold(hold, body.Reason);
        order.ConfirmIfFree();
        await order.Save(work, settings is null ? null : await MendHolds.PlanFreed(work, order, settings, now));
        return new Done();
    }
}
