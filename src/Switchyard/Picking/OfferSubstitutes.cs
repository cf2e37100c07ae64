using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>What a picker may take in place of what is not in the bin: the product's substitutes that the node has, the best first, each with the bin it is taken from.</summary>
public static class OfferSubstitutes
{
    /// <param name="Units">That nobody else is promised here, at most as many as the stop still lacks.</param>
    /// <param name="Bin">Null where no bin is known to have it.</param>
    public sealed record Offer(string Sku, string Name, string? Picture, long Units, string? Bin, string? Zone);

    /// <param name="Substitutes">Empty: the customer takes no other product, or the node has none.</param>
    public sealed record Response(string Object, PickTaskId Task, IReadOnlyList<Offer> Substitutes);

    private sealed record Asked(long Node, FulfilmentId Release, int Line, long Sku, long Left, string Currency, bool May);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/pick-tasks/{id}/substitutes", async (string id, Db db, TimeProvider clock, Actor actor) => (await Handle(id, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("picking.offerSubstitutes").WithTags("Picking").WithSummary("See what may go in place of a stop's product, and where it lies")
            .Produces<Response>().ProducesProblem(404);

    /// <remarks>Errors: picking.no_such_task.</remarks>
    public static Task<Result<Response>> Handle(string id, Db db, TimeProvider clock, Actor actor) => db.Read<Result<Response>>(actor, async work =>
    {
        if (!PickTaskId.TryParse(id, null, out var task)) return PickingErrors.NoTask;
        var found = await work.Query(
            """
            select t.node_id, t.fulfilment_id, t.line_no, t.sku_id, t.quantity - t.picked, o.currency, l.may_substitute and t.state = 'open' from pick_tasks t join fulfilment_orders f on f.id = t.fulfilment_id
              join orders o on o.id = f.order_id join order_lines l on l.order_id = o.id and l.line_no = t.line_no where t.id = @id and t.merchant_id = @merchant
            """, row => new Asked(row.Long(), new FulfilmentId(row.Uuid()), row.Int(), row.Long(), row.Long(), row.Text(), row.Bool()), ("id", task.Value));
        if (found is not [var stop] || !actor.MaySeeNode(stop.Node)) return PickingErrors.NoTask;
        if (!stop.May) return new Response("substitutes", task, []);
        var all = await Substitute.Of(work, stop.Sku, stop.Currency);
        var free = (await StockRead.Available(work, [.. all.Select(s => s.SkuId)])).Where(s => s.Node == stop.Node).ToDictionary(s => s.Sku, s => s.Available);
        var here = all.Where(s => free.GetValueOrDefault(s.SkuId) > 0).ToList();
        if (here.Count == 0) return new Response("substitutes", task, []);
        var pictures = await ProductPictures.Of(work, here.Select(s => s.SkuId));
        var release = new PickableRelease(stop.Release, "", 0, 0, false, [.. here.Select(s => new PickableLine(stop.Line, s.SkuId, s.Sku, Math.Min(stop.Left, free[s.SkuId])))]);
        var places = PickPlan.Places(release, await PickableReleases.House(work, stop.Node, [release], clock.GetUtcNow())).ToLookup(p => p.Line.SkuId);
        return new Response("substitutes", task, [.. here.Select(s =>
        {
            var place = places[s.SkuId].FirstOrDefault()?.Bin;
            return new Offer(s.Sku, s.Name, pictures.GetValueOrDefault(s.SkuId), Math.Min(stop.Left, free[s.SkuId]), place?.Code, place?.Zone is { Length: > 0 } zone ? zone : null);
        })]);
    }, snapshot: true);
}
