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
        routes.MapPost("/orders/{id}/release-hold", async (string id, Request body, Actor actor, TimeProvider clock, FindOrder find) =>
                (await Handle(id, body, actor, clock, find)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.releaseHold").WithSummary("Release a hold")
            .Produces<OrderView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: orders.not_found, orders.hold_not_found, orders.cannot_hold.</remarks>
    public static Task<Result<OrderView>> Handle(string id, Request body, Actor actor, TimeProvider clock, FindOrder find)
    {
        if (Check(body) is { } faults) return Task.FromResult<Result<OrderView>>(faults);
        if (!OrderId.TryParse(id, null, out var orderId)) return Task.FromResult<Result<OrderView>>(OrderErrors.NotFound(id));
        return find.AfterChange(actor, orderId, work => Change(work, actor, orderId, body, clock.GetUtcNow()));
    }

    internal static Error? Check(Request body)
    {
        var checks = new Checks();
        checks.Text(body.Reason, "/reason", 500);
        checks.Text(body.Kind, "/kind", 64);
        checks.That(body.Hold is not null || body.Kind is not null, "/hold", "field.required", "Say which hold: its number or its kind.");
        return checks.AnyFault ? checks.ToError() : null;
    }

    internal static async Task<Result<Done>> Change(Work work, Actor actor, OrderId id, Request body, DateTimeOffset now)
    {
        var order = await OpenOrder.Lock(work, actor, id);
        if (order is null) return OrderErrors.NotFound(id.ToString());
        if (order.State is not (OrderState.Placed or OrderState.Confirmed)) return OrderErrors.CannotHold(order.State);
        var open = await work.Query("select hold_no, kind from holds where order_id = @id and merchant_id = @merchant and state = 'open' order by hold_no",
            row => (No: row.Int(), Kind: row.Text()), ("id", id.Value));
        int found = open.FindIndex(h => body.Hold is { } no ? h.No == no : h.Kind == body.Kind);
        if (found < 0) return OrderErrors.NoSuchHold();
        await CloseHolds.One(work, id, open[found].No, actor, body.Reason, now);
        order.Tell(actor, "OrderHoldReleased", new { hold = open[found].No, kind = open[found].Kind }, now, body.Reason);
        if (open.Count == 1 && order.State == OrderState.Placed)
        {
            order.MoveTo(OrderState.Confirmed);
            order.Tell(actor, "OrderConfirmed", new { }, now);
        }
        await order.Save(work, isExpiryOver: open[found].Kind == "payment");
        return new Done();
    }
}

/// <summary>Closing holds, as part of another change of the order.</summary>
internal static class CloseHolds
{
    public static Task One(Work work, OrderId id, int hold, Actor actor, string? reason, DateTimeOffset now) => work.Execute(
        """
        update holds set state = 'released', closed_at_ms = @now, closed_by = @by, close_reason = @reason::text
         where order_id = @id and merchant_id = @merchant and hold_no = @hold and state = 'open'
        """,
        ("id", id.Value), ("hold", hold), ("by", actor.Id), ("reason", reason), ("now", now.ToUnixTimeMilliseconds()));

    public static Task All(Work work, OrderId id, Actor actor, string reason, DateTimeOffset now, string state = "released") => work.Execute(
        """
        update holds set state = @state, closed_at_ms = @now, closed_by = @by, close_reason = @reason
         where order_id = @id and merchant_id = @merchant and state = 'open'
        """,
        ("id", id.Value), ("state", state), ("by", actor.Id), ("reason", reason), ("now", now.ToUnixTimeMilliseconds()));
}
