using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Says that another order came out of this one: a replacement, an exchange or a repeat that came by another way.</summary>
public static class LinkOrder
{
    /// <param name="Order">The later one.</param>
    /// <param name="Kind">replacement, exchange or reorder.</param>
    public sealed record Request(OrderId? Order, string? Kind, string? Reason = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/links", async (string id, Request body, Actor actor, TimeProvider clock, FindOrder find) => (await Handle(id, body, actor, clock, find)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.link").WithSummary("Link an order to the one it came out of").WithTags("Orders")
            .Produces<OrderView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);

    /// <remarks>Errors: orders.not_found.</remarks>
    public static async Task<Result<OrderView>> Handle(string id, Request body, Actor actor, TimeProvider clock, FindOrder find)
    {
        var checks = new Checks();
        checks.That(body.Order is not null, "/order", "field.required", "order is required.");
        checks.That(body.Order?.ToString() != id, "/order", "field.conflict", "An order is not linked to itself.");
        checks.That(body.Kind is LinkKinds.Replacement or LinkKinds.Exchange or LinkKinds.Reorder, "/kind", "field.unknown_value", "kind must be replacement, exchange or reorder.");
        checks.Words(body.Reason, "/reason", 500);
        if (checks.AnyFault) return checks.ToError();
        if (!OrderId.TryParse(id, null, out var from)) return OrderErrors.NotFound(id);
        return await find.AfterChange(actor, from, async work =>
        {
            var now = clock.GetUtcNow();
            var both = await OpenOrder.LockAll(work, actor, [from, body.Order!.Value], now);
            if (both.FirstOrDefault(o => o.Id == from) is not { } order) return OrderErrors.NotFound(id);
            if (both.FirstOrDefault(o => o.Id == body.Order) is not { } other)
                return Error.Invalid([new FieldError("/order", "orders.not_found", "There is no such order.")]);
            if (await work.Scalar("select count(*) from order_links where order_id = @order and other_id = @other and kind = @kind and merchant_id = @merchant",
                ("order", from.Value), ("other", other.Id.Value), ("kind", body.Kind)) > 0) return new Done();
            order.Tell("OrderLinked", new { kind = body.Kind, role = "result", order = other.Id, number = other.Number }, body.Reason);
            other.Tell("OrderLinked", new { kind = body.Kind, role = "origin", order = order.Id, number = order.Number }, body.Reason);
            var batch = work.Batch();
            LinksSql.Queue(batch, [new NewLink(from, other.Id, body.Kind!, body.Reason, actor.Id)], now);
            await batch.Run();
            await OpenOrder.SaveAll(work, both);
            return new Done();
        });
    }
}
