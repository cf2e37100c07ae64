using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Moves units between available and unavailable (damaged, in quality control, to be counted). On hand stays as it is.</summary>
public static class MoveStock
{
    public const int MostItems = 1_000;

    public enum Status { Available, Unavailable }

    /// <param name="To">The status the units have afterwards.</param>
    public sealed record Item(string? Sku, string? Node, long? Quantity, Status? To, string? Reason);
    public sealed record Request(IReadOnlyList<Item?>? Items, string? Reference);
    public sealed record Moved(string Sku, string Node, long OnHand, long Unavailable, long Available);
    public sealed record Response(string Object, string Id, IReadOnlyList<Moved> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/inventory/moves", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("inventory.move").WithSummary("Make units unavailable or available").WithTags("Inventory").Produces<Response>()
            .ProducesProblem(400).ProducesProblem(409);

    public static async Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Reference, "/reference", StockItems.MostReason);
        checks.Each(body.Items, MostItems, (item, at) =>
        {
            checks.Names(at, item.Sku, item.Node);
            checks.Units(item.Quantity, at + "/quantity", 1);
            checks.That(item.To is not null, at + "/to", "field.required", "to is required: available or unavailable.");
            checks.Text(item.Reason, at + "/reason", StockItems.MostReason, required: true);
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

            string id = "mvt_" + Guid.CreateVersion7(now).ToString("N");
            for (int i = 0; i < items.Count; i++)
            {
                var balance = sheet.Find(rows[i].Item1, rows[i].Item2)!.Balance;
                bool isBack = items[i]!.To == Status.Available;
                long there = isBack ? balance.Unavailable : balance.OnHand - balance.Unavailable, units = items[i]!.Quantity!.Value;
                if (units > there)
                {
                    checks.Fault($"/items/{i}/quantity", StockErrors.NotEnough, $"{places[i].Product!.Sku} at {places[i].Node!.Code} has only {Math.Max(0, there)} units to move.");
                    continue;
                }
                sheet.Move(rows[i].Item1, rows[i].Item2, new Buckets { Unavailable = isBack ? -units : units }, new Movement(
                    isBack ? MovementKind.MadeAvailable : MovementKind.MadeUnavailable, actor.Id, Reference: body.Reference ?? id, Reason: items[i]!.Reason));
            }
            if (checks.AnyFault) return StockErrors.Short(checks.ToError().Fields);

            await sheet.Write(work);
            var moved = rows.Select((r, i) => (sheet.Find(r.Item1, r.Item2)!.Balance, places[i]))
                .Select(m => new Moved(m.Item2.Product!.Sku, m.Item2.Node!.Code, m.Balance.OnHand, m.Balance.Unavailable, m.Balance.Available)).ToList();
            await EventLog.Append(work, actor, now, [.. moved.Chunk(AdjustStock.ItemsPerEvent)
                .Select(part => new Happening("adjustment", id, "StockStatusMoved", new { body.Reference, items = part }))]);
            return new Response("stockMove", id, moved);
        });
    }
}
