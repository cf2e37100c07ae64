using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Sets how many units of a SKU at a node are kept back from sale.</summary>
public static class SetSafety
{
    public const int MostItems = 10_000;

    public sealed record Item(string? Sku, string? Node, long? Safety);
    public sealed record Request(IReadOnlyList<Item?>? Items);
    public sealed record Kept(string Sku, string Node, long Safety, long Available);
    public sealed record Response(string Object, IReadOnlyList<Kept> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/inventory/safety", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("inventory.setSafety").WithSummary("Set safety stock").WithTags("Inventory").Produces<Response>().ProducesProblem(400);

    public static async Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Each(body.Items, MostItems, (item, at) =>
        {
            checks.Names(at, item.Sku, item.Node);
            checks.Units(item.Safety, at + "/safety", 0);
        });
        if (checks.AnyFault) return checks.ToError();
        var items = body.Items!;
        var now = clock.GetUtcNow();

        return await db.Write<Response>(actor, async work =>
        {
            var checks = new Checks();
            var names = await StockNames.Load(work, actor, items.Select(i => i!.Sku), items.Select(i => i!.Node));
            var places = items.Select((item, i) => (Product: names.Goods(item!.Sku, $"/items/{i}/sku", checks), Node: names.Node(item.Node, $"/items/{i}/node", checks))).ToList();
            if (checks.AnyFault) return checks.ToError();
            var rows = places.Select(p => (p.Product!.Id, p.Node!.Id)).ToList();
            var sheet = await StockSheet.Lock(work, rows.Select(r => r.Item1), now, rows);

            var kept = new List<Kept>();
            var changed = new List<Kept>();
            for (int i = 0; i < items.Count; i++)
            {
                var row = sheet.Find(rows[i].Item1, rows[i].Item2)!;
                long delta = items[i]!.Safety!.Value - row.Balance.Safety;
                if (delta != 0) sheet.Move(row.Sku, row.Node, new Buckets { Safety = delta }, new Movement(MovementKind.SafetySet, actor.Id));
                sheet.SetAside();
                kept.Add(new Kept(places[i].Product!.Sku, places[i].Node!.Code, row.Balance.Safety, row.Balance.Available));
                if (delta != 0) changed.Add(kept[^1]);
            }
            await sheet.Write(work);
            string id = "saf_" + Guid.CreateVersion7(now).ToString("N");
            await EventLog.Append(work, actor, now, [.. changed.Chunk(AdjustStock.ItemsPerEvent)
                .Select(part => new Happening("adjustment", id, "SafetyStockSet", new { items = part }))]);
            return new Response("safetyStock", kept);
        });
    }
}
