using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Purchasing;

/// <summary>Says when SKUs are to be bought again for a node. Level and target 0 take a level away.</summary>
public static class SetReorderLevels
{
    private const int MostItems = 10_000;

    /// <param name="ReorderAt">Buy when available + on order - waiting is this or less.</param>
    /// <param name="OrderUpTo">What it is to be afterwards; 0 takes the level away.</param>
    /// <param name="PackSize">Only whole packs are bought; 1 when not said.</param>
    public sealed record Item(string? Sku, string? Node, long? ReorderAt, long? OrderUpTo, long? PackSize);
    public sealed record Request(IReadOnlyList<Item?>? Items);
    public sealed record Response(string Object, int Set, int Removed);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/purchasing/reorder-levels", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp())
            .Requires(Permission.PurchasingWrite).WithName("purchasing.setReorderLevels").WithTags("Purchasing").WithSummary("Set when SKUs are bought again")
            .Produces<Response>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with a pointer to each faulty item.</remarks>
    public static async Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Each(body.Items, MostItems, (item, at) =>
        {
            checks.Names(at, item.Sku, item.Node);
            checks.Units(item.ReorderAt, at + "/reorderAt", 0);
            checks.Units(item.OrderUpTo, at + "/orderUpTo", 0);
            checks.Units(item.PackSize ?? 1, at + "/packSize", 1);
            checks.That(item.OrderUpTo is 0 or null || item.OrderUpTo > item.ReorderAt, at + "/orderUpTo", "field.out_of_range", "orderUpTo must be above reorderAt, or 0 to take the level away.");
        });
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            var checks = new Checks();
            var names = await StockNames.Load(work, actor, body.Items!.Select(i => i!.Sku), body.Items!.Select(i => i!.Node));
            var places = body.Items!.Select((item, i) => (Item: item!, Product: names.Goods(item!.Sku, $"/items/{i}/sku", checks), Node: names.Node(item.Node, $"/items/{i}/node", checks))).ToList();
            if (checks.AnyFault) return checks.ToError();
            var last = places.GroupBy(p => (p.Product!.Id, p.Node!.Id)).Select(g => g.Last()).OrderBy(p => p.Product!.Id).ThenBy(p => p.Node!.Id).ToList();
            var batch = work.Batch();
            var set = batch.Execute(
                """
                insert into reorder_levels (merchant_id, sku_id, node_id, reorder_at, order_up_to, pack_size)
                select @merchant, sku_id, node_id, reorder_at, order_up_to, pack_size from @rows r where true
                    on conflict (merchant_id, sku_id, node_id) do update set reorder_at = excluded.reorder_at, order_up_to = excluded.order_up_to, pack_size = excluded.pack_size
                """,
                Rows.Of(last.FindAll(p => p.Item.OrderUpTo > 0)).Long("sku_id", p => p.Product!.Id).Long("node_id", p => p.Node!.Id)
                    .Long("reorder_at", p => p.Item.ReorderAt!.Value).Long("order_up_to", p => p.Item.OrderUpTo!.Value).Long("pack_size", p => p.Item.PackSize ?? 1));
            var removed = batch.Execute(
                "delete from reorder_levels where merchant_id = @merchant and exists (select 1 from @rows r where r.sku_id = reorder_levels.sku_id and r.node_id = reorder_levels.node_id)",
                Rows.Of(last.FindAll(p => p.Item.OrderUpTo == 0)).Long("sku_id", p => p.Product!.Id).Long("node_id", p => p.Node!.Id));
            await batch.Run();
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("reorderLevels", "all", "ReorderLevelsSet", new { set = set.Rows, removed = removed.Rows }));
            return new Response("reorderLevels", set.Rows, removed.Rows);
        });
    }
}
