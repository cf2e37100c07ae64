using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Notifications;

namespace Switchyard.Orders;

/// <summary>Gives an order to somebody who deals with it, and tells them.</summary>
public static class AssignOrder
{
    /// <param name="Assignee">The name of a user; null for nobody.</param>
    public sealed record Request(string? Assignee);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/assign", async (string id, Request body, Actor actor, TimeProvider clock, FindOrder find) => (await Handle(id, body, actor, clock, find)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.assign").WithSummary("Say who deals with an order").WithTags("Orders")
            .Produces<OrderView>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: orders.not_found, orders.unknown_assignee.</remarks>
    public static Task<Result<OrderView>> Handle(string id, Request body, Actor actor, TimeProvider clock, FindOrder find)
    {
        if (Check(body.Assignee) is { } faults) return Task.FromResult<Result<OrderView>>(faults);
        if (!OrderId.TryParse(id, null, out var orderId)) return Task.FromResult<Result<OrderView>>(OrderErrors.NotFound(id));
        return find.AfterChange(actor, orderId, async work =>
        {
            var changed = await Change(work, actor, orderId, body.Assignee, clock.GetUtcNow());
            return changed.Error is { } error ? error : new Done();
        });
    }

    internal static Error? Check(string? assignee)
    {
        var checks = new Checks();
        checks.Text(assignee, "/assignee", 256);
        return checks.AnyFault ? checks.ToError() : null;
    }

    /// <returns>False when the order was theirs already, and nothing is written.</returns>
    internal static async Task<Result<bool>> Change(Work work, Actor actor, OrderId id, string? assignee, DateTimeOffset now)
    {
        string? name = string.IsNullOrWhiteSpace(assignee) ? null : assignee.Trim().TrimStart('@');
        var user = name is null ? null : await UserNames.Find(work, name);
        if (name is not null && user is null) return OrderErrors.UnknownAssignee(name);
        var order = await OpenOrder.Lock(work, actor, id, now);
        if (order is null) return OrderErrors.NotFound(id.ToString());
        string? key = user is null ? null : Text.Key(user.Name);
        long rows = await work.Execute(
            "update orders set assignee = @name::text, assignee_key = @key::text where id = @id and merchant_id = @merchant and coalesce(assignee_key, '') <> coalesce(@key::text, '')",
            ("name", user?.Name), ("key", key), ("id", id.Value));
        if (rows == 0) return false;
        order.Tell("OrderAssigned", new { assignee = user is null ? null : "user:" + user.Id });
        await order.Save(work);
        if (user is not null) await NotificationsRoom.Tell(work, [new Notice(user.Id, "assigned", id.Value)], actor.Id, now);
        return true;
    }
}
