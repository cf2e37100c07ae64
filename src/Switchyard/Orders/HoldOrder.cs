using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Puts a named hold on an order, a line or a release: it keeps its stock and goes no further.</summary>
public static class HoldOrder
{
    /// <param name="Kind">manual when absent; or customer, fraud, address, documents.</param>
    /// <param name="Fulfilment">The id of the release it stops; the rest of the order goes on.</param>
    /// <param name="ExpiresAt">The hold opens by itself then.</param>
    /// <param name="EscalateAt">From then on it is shown as overdue.</param>
    /// <param name="Owner">Who deals with it: a user, a role or the name of a queue. Absent: whoever holds it.</param>
    public sealed record Request(string Reason, [Words("manual", "customer", "fraud", "address", "documents")] string? Kind = null, int? Line = null, Guid? Fulfilment = null, DateTimeOffset? ExpiresAt = null,
        DateTimeOffset? EscalateAt = null, string? Owner = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/hold", async (string id, Request body, Actor actor, TimeProvider clock, FindOrder find) =>
                (await Handle(id, body, actor, clock, find)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.hold").WithSummary("Hold an order, a line or a release").WithTags("Orders")
            .Produces<OrderView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: orders.not_found, orders.cannot_hold, orders.no_such_line.</remarks>
    public static Task<Result<OrderView>> Handle(string id, Request body, Actor actor, TimeProvider clock, FindOrder find)
    {
        if (Check(body, clock.GetUtcNow()) is { } faults) return Task.FromResult<Result<OrderView>>(faults);
        if (!OrderId.TryParse(id, null, out var orderId)) return Task.FromResult<Result<OrderView>>(OrderErrors.NotFound(id));
        return find.AfterChange(actor, orderId, work => Change(work, actor, orderId, body, clock.GetUtcNow()));
    }

    internal static Error? Check(Request body, DateTimeOffset? now = null)
    {
        var checks = new Checks();
        checks.Text(body.Reason, "/reason", 500, required: true);
        checks.Text(body.Owner, "/owner", 200);
        checks.That(body.Kind is null || HoldKinds.ByHand.Contains(body.Kind), "/kind", "field.unknown_value", $"kind must be one of {string.Join(", ", HoldKinds.ByHand)}.");
        checks.That(body.Line is null || body.Fulfilment is null, "/fulfilment", "field.conflict", "A hold stops the order, a line or a release: say one of them.");
        foreach (var (at, pointer) in new[] { (body.ExpiresAt, "/expiresAt"), (body.EscalateAt, "/escalateAt") })
            checks.That(at is null || at > now && at <= now?.AddYears(1), pointer, "field.out_of_range", $"{pointer[1..]} must lie within the next year.");
        return checks.AnyFault ? checks.ToError() : null;
    }

    internal static async Task<Result<Done>> Change(Work work, Actor actor, OrderId id, Request body, DateTimeOffset now)
    {
        var order = await OpenOrder.Lock(work, actor, id, now);
        if (order is null) return OrderErrors.NotFound(id.ToString());
        if (order.State is not (OrderState.Placed or OrderState.Confirmed)) return OrderErrors.CannotHold(order.State);
        if (body.Line is { } line && order.Line(line) is null) return OrderErrors.UnknownLine("/line");
        string kind = body.Kind ?? RuleKinds.Manual;
        order.Hold(new NewHold(kind, body.Reason, body.Line, body.ExpiresAt)
        {
            Owner = body.Owner ?? actor.Id,
            EscalateAt = body.EscalateAt,
            Permission = kind == HoldKinds.Fraud ? Permission.OrdersReviewRisk.Code : null,
        }, body.Fulfilment);
        await order.Save(work);
        return new Done();
    }
}
