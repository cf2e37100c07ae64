using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Asks by hand for shelves to be counted.</summary>
public static class WantCounts
{
    public const int MostItems = 500;

    public sealed record Item(string? Sku, string? Node);
    public sealed record Request(IReadOnlyList<Item?>? Items, string? Reason);
    public sealed record Response(IReadOnlyList<CountView> Counts);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/counts", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp(StatusCodes.Status201Created))
            .Requires(Permission.InventoryWrite).WithName("counts.want").WithTags("Inventory").WithSummary("Ask for shelves to be counted")
            .Produces<Response>(201).ProducesProblem(400);

    public static Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Reason, "/reason", StockItems.MostReason, required: true);
        checks.Each(body.Items, MostItems, (item, at) => checks.Names(at, item.Sku, item.Node));
        if (checks.AnyFault) return Task.FromResult<Result<Response>>(checks.ToError());
        var now = clock.GetUtcNow();
        return db.Write<Response>(actor, async work =>
        {
            var checks = new Checks();
            var names = await StockNames.Load(work, actor, body.Items!.Select(i => i!.Sku), body.Items!.Select(i => i!.Node));
            var places = body.Items!.Select((item, i) => (Product: names.Goods(item!.Sku, $"/items/{i}/sku", checks), Node: names.Node(item.Node, $"/items/{i}/node", checks))).ToList();
            if (checks.AnyFault) return checks.ToError();
            var batch = work.Batch();
            CountTasks.Want(batch, actor, [.. places.Select(p => new WantedCount(p.Product!.Id, p.Node!.Id, body.Reason!))], now);
            var counts = batch.Query($"{CountTasks.Select} join @rows r on r.sku_id = c.sku_id and r.node_id = c.node_id where c.merchant_id = @merchant and c.state = 'open' order by c.id",
                Rows.Of(places.Distinct().ToList()).Long("sku_id", p => p.Product!.Id).Long("node_id", p => p.Node!.Id), CountTasks.Read);
            await batch.Run();
            await EventLog.Append(work, actor, now, [.. counts.Select(c => new Happening("count", Text.Invariant(c.Id), "CountWanted", new { c.Sku, c.Node }, body.Reason))]);
            return new Response(counts);
        });
    }
}
