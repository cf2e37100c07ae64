using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>Gives what is allocated to the nodes to work on: one release a node.</summary>
public static class ReleaseOrder
{
    /// <param name="FulfilAt">Work begins then and not before; left out, at once.</param>
    public sealed record Request(DateTimeOffset? FulfilAt);
    public sealed record Response(string Object, OrderId Order, IReadOnlyList<FulfilmentView> Fulfilments);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/release", async (string id, Request? body, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("fulfilment.release").WithTags("Fulfilment").WithSummary("Release an order to its nodes")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: orders.not_found, fulfilment.not_confirmed, fulfilment.held, fulfilment.nothing_to_release.</remarks>
    public static Task<Result<Response>> Handle(string id, Request? body, Db db, TimeProvider clock, Actor actor)
    {
        if (!OrderId.TryParse(id, null, out var orderId)) return Task.FromResult<Result<Response>>(OrderErrors.NotFound(id));
        var now = clock.GetUtcNow();
        return db.Write<Response>(actor, async work =>
        {
            var order = await OpenOrder.Lock(work, actor, orderId, now);
            if (order is null) return OrderErrors.NotFound(id);
            if (order.State != OrderState.Confirmed) return FulfilmentErrors.NotConfirmed(OrderStates.Name(order.State));
            if (order.Holds.FirstOrDefault(h => h is { LineNo: null, FulfilmentId: null }) is { } hold) return FulfilmentErrors.Held(hold.Kind, hold.Reason);
            var parts = GiveOut.Free(order).Where(p => actor.MaySeeNode(p.Node)).ToList();
            if (parts.Count == 0) return FulfilmentErrors.NothingToRelease;
            var open = await OpenWork.On(work, actor, [order], now);
            var made = await GiveOut.Make(open, order, parts, Later(body?.FulfilAt, order.ReleaseAtMs));
            await open.Save();
            return new Response("release", order.Id, await FulfilmentReader.Read(work, [.. made.Select(r => r.Id.Value)]));
        });
    }

    /// <summary>Goods that may not leave before a date are not worked on before it, whatever is asked.</summary>
    internal static DateTimeOffset? Later(DateTimeOffset? wanted, long? notBeforeMs)
    {
        var notBefore = notBeforeMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : (DateTimeOffset?)null;
        return wanted is null || notBefore > wanted ? notBefore : wanted;
    }
}
