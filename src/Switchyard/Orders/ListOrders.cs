using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Search;

namespace Switchyard.Orders;

/// <summary>Lists and searches orders, newest first unless sorted otherwise, by cursor.</summary>
public static class ListOrders
{
    private static readonly string[] Expandable = ["plan"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/orders", async ([AsParameters] ListAsk ask, Actor actor, Db db, TimeProvider clock, HttpContext http) =>
                (await Handle(actor, db, clock, ask)).ToHttp(http, ask))
            .Requires(Permission.OrdersRead).WithName("orders.list").WithSummary("List and search orders")
            .WithDescription("query holds words and field:value, as docs/api/search.md says; GET /search/fields?list=orders names the fields. sort: -placedAt or shipBy. expand: plan.")
            .Produces<ListPage<OrderView>>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with pointers #limit, #after, #before, #sort, #expand, #query (and the column).</remarks>
    public static async Task<Result<ListPage<OrderView>>> Handle(Actor actor, Db db, TimeProvider clock, ListAsk ask)
    {
        var checks = new Checks();
        var expand = SearchAnswer.Names(ask.Expand, "#expand", SearchAnswer.MostExpand, Expandable, checks);
        if (checks.AnyFault) return checks.ToError();
        var order = ListOrder.Read(OrdersList.Spec.For(actor), ask, clock.GetUtcNow());
        if (order.Error is { } error) return error;
        return await db.Read<Result<ListPage<OrderView>>>(actor, async work =>
        {
            var (keys, next, previous, count) = await SearchList.Keys(work, OrdersList.Spec, order.Value, Scope(actor), ("nodes", actor.NodeFilter ?? []));
            var orders = await FindOrder.Read(work, actor, [.. keys.Select(k => new OrderId((Guid)k.Id))], withPlan: expand.Contains("plan"));
            long? behind = order.Value.Query is null ? null : await ConsumerLag.Behind(work, IndexOrders.Name, clock.GetUtcNow());
            return new ListPage<OrderView>(orders, next, next is not null, previous, count, behind);
        }, snapshot: true);
    }

    /// <summary>Whoever works for some nodes only sees the orders that have goods there.</summary>
    internal static string Scope(Actor actor) => actor.Nodes is null ? "" : OpenOrder.OfNodes;
}
