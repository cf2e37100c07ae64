using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Puts a named hold on an order: it keeps its stock and goes no further.</summary>
public static class HoldOrder
{
    /// <param name="Kind">manual when absent; or customer, fraud, address, documents.</param>
    public sealed record Request(string Reason, string? Kind, int? Line);

    private static readonly string[] Kinds = ["manual", "customer", "fraud", "address", "documents"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/hold", async (string id, Request body, Actor actor, TimeProvider clock, FindOrder find) =>
                (await Handle(id, body, actor, clock, find)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.hold").WithSummary("Hold an order")
            .Produces<OrderView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: orders.not_found, orders.cannot_hold.</remarks>
    public static Task<Result<OrderView>> Handle(string id, Request body, Actor actor, TimeProvider clock, FindOrder find)
    {
        if (Check(body) is { } faults) return Task.FromResult<Result<OrderView>>(faults);
        if (!OrderId.TryParse(id, null, out var orderId)) return Task.FromResult<Result<OrderView>>(OrderErrors.NotFound(id));
        return find.AfterChange(actor, orderId, work => Change(work, actor, orderId, body, clock.GetUtcNow()));
    }

    internal static Error? Check(Request body)
    {
        var checks = new Checks();
        checks.Text(body.Reason, "/reason", 500, required: true);
        checks.That(body.Kind is null || Kinds.Contains(body.Kind), "/kind", "field.unknown_value", $"kind must be one of {string.Join(", ", Kinds)}.");
        return checks.AnyFault ? checks.ToError() : null;
    }

    internal static async Task<Result<Done>> Change(Work work, Actor actor, OrderId id, Request body, DateTimeOffset now)
    {
        var order = await OpenOrder.Lock(work, actor, id, now);
        if (order is null) return OrderErrors.NotFound(id.ToString());
        if (order.State is not (OrderState.Placed or OrderState.Confirmed)) return OrderErrors.CannotHold(order.State);
        if (body.Line is { } line && order.Line(line) is null)
            return Error.Invalid([new FieldError("/line", "orders.no_such_line", "The order has no such line.")]);
        order.Hold(body.Kind ?? "manual", body.Reason, body.Line);
        await order.Save(work);
        return new Done();
    }
}
