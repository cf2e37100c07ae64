using System.Security.Cryptography;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// A till sold goods: a fact, whatever our books say. Stock goes down; where a promised unit was sold, the youngest and least urgent claim
/// that nobody works on yet loses it and is planned anew in the same transaction.
/// </summary>
public static class RecordTillSale
{
    public const int MostItems = 500;

    public sealed record Item(string? Sku, long? Quantity);

    /// <param name="At">When it was sold; now when not said.</param>
    /// <param name="Reference">The till's own number of the receipt: told again, nothing is sold twice.</param>
    public sealed record Request(string? Node, IReadOnlyList<Item?>? Items, string? At, string? Reference);

    /// <param name="IsCounted">False: the shelf was counted after the sale, so the count has seen it already.</param>
    public sealed record Sold(string Sku, long Quantity, bool IsCounted, long OnHand, long Available);

    /// <param name="Replanned">Orders that lost units to the sale.</param>
    public sealed record Response(string Object, string Reference, string Node, IReadOnlyList<Sold> Items, IReadOnlyList<OrderId> Replanned);

    private sealed record Unit(long Sku, string Text, long Quantity);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/inventory/sales", async (Request body, Db db, CatalogReader catalog, Replan replan, TimeProvider clock, Actor actor) =>
                (await Handle(body, db, catalog, replan, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("inventory.recordSale").WithTags("Inventory").WithSummary("Tell what a till has sold")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: inventory.sale_reference_taken.</remarks>
    public static async Task<Result<Response>> Handle(Request body, Db db, CatalogReader catalog, Replan replan, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        var at = Check(body, checks, now) ?? now;
        if (checks.AnyFault) return checks.ToError();
        var settings = await replan.Settings(actor);
        var node = settings.NodesByCode.GetValueOrDefault(Text.Key(body.Node!));
        if (node is null || !actor.MaySeeNode(node.Id)) checks.Fault("/node", "inventory.unknown_node", $"There is no node {body.Node}.");
        var units = Units(body, await catalog.FindSkus(actor.Merchant, [.. body.Items!.Select(i => Text.Key(i!.Sku!)).Distinct()]), checks);
        if (checks.AnyFault) return checks.ToError();
        byte[] hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body, Json.Options));

        return await db.Write<Response>(actor, async work =>
        {
            if (await Earlier(work, body.Reference!, hash) is { } earlier) return earlier;
            List<(long Sku, long Node)> rows = [.. units.Select(u => (u.Sku, node!.Id))];
            var orders = await Replan.LockWithRivals(work, actor with { Nodes = null }, [], rows, now);
            var sheet = await StockSheet.Lock(work, units.Select(u => u.Sku), now, rows);
            // Told twice at once: whoever waited for the lock of the stock sees it here.
            if (await Earlier(work, body.Reference!, hash) is { } meanwhile) return meanwhile;

            var sold = units.Select(u => Sell(u, node!.Id, sheet, at, body.Reference!, actor)).ToList();
            string reason = $"Sold at the till of {node!.Name}.";
            var losers = Replan.WorkOffDeficits(orders, sheet, rows, reason);
            Replan.Run(losers, sheet, settings, new ReplanWish(reason, Skus: units.Select(u => u.Sku).ToHashSet()));
            foreach (var order in losers)
                order.Raise("sold_while_allocated", $"Order {order.Number} lost goods that were sold at the till of {node.Name}.",
                    Saying.Of(Phrase.SoldAtTill, ("number", order.Number), ("node", node.Name)));
            await OpenOrder.SaveAll(work, losers, sheet);
            sold = [.. sold.Select((s, i) => s with { OnHand = sheet.Find(units[i].Sku, node.Id)!.Balance.OnHand, Available = sheet.Find(units[i].Sku, node.Id)!.Balance.Available })];
            var answer = new Response("sale", body.Reference!, node.Code, sold, [.. losers.Select(o => o.Id)]);
            await Keep(work, answer, node.Id, hash, at, now);
            await EventLog.Append(work, actor, now, new Happening("sale", body.Reference!, "TillSaleRecorded", new { node = node.Code, at, items = sold }));
            return answer;
        });
    }

    private static DateTimeOffset? Check(Request body, Checks checks, DateTimeOffset now)
    {
        checks.Text(body.Node, "/node", 64, required: true);
        checks.Text(body.Reference, "/reference", 200, required: true);
        checks.That(body.Items is { Count: > 0 and <= MostItems }, "/items", "field.out_of_range", $"Send 1 to {MostItems} items.");
        foreach (var (i, item) in (body.Items ?? []).Take(MostItems).Index())
        {
            if (item is null) { checks.Fault($"/items/{i}", "field.required", "An item may not be null."); continue; }
            checks.Text(item.Sku, $"/items/{i}/sku", 200, required: true);
            if (item.Quantity is { } quantity) checks.Quantity(quantity, $"/items/{i}/quantity");
            else checks.Fault($"/items/{i}/quantity", "field.required", "quantity is required.");
        }
        return checks.Past(body.At, "/at", now);
    }

    /// <summary>Goods, and of bundles their components; each SKU once.</summary>
    private static List<Unit> Units(Request body, IReadOnlyDictionary<string, CatalogItem> products, Checks checks)
    {
        var units = new List<Unit>();
        foreach (var (i, item) in body.Items!.Index())
        {
            if (!products.TryGetValue(Text.Key(item!.Sku!), out var product)) checks.Fault($"/items/{i}/sku", "inventory.unknown_sku", $"There is no product {item.Sku}.");
            else if (product.Kind == ItemKind.Goods) units.Add(new Unit(product.Id, product.Sku, item.Quantity!.Value));
            else
                foreach (var part in product.Components)
                {
                    checks.That(part.Quantity <= Checks.MaxQuantity / item.Quantity!.Value, $"/items/{i}/quantity", "field.out_of_range", "The bundle's components would be too many.");
                    units.Add(new Unit(part.SkuId, part.Sku, unchecked(part.Quantity * item.Quantity!.Value)));
                }
        }
        return [.. units.GroupBy(u => (u.Sku, u.Text)).Select(g => new Unit(g.Key.Sku, g.Key.Text, g.Sum(u => u.Quantity)))];
    }

    private static Sold Sell(Unit unit, long node, StockSheet sheet, DateTimeOffset at, string reference, Actor actor)
    {
        var row = sheet.Find(unit.Sku, node)!;
        bool isCounted = row.CountedAtMs is null || at.ToUnixTimeMilliseconds() >= row.CountedAtMs;
        if (isCounted) sheet.Move(unit.Sku, node, new Buckets { OnHand = -unit.Quantity }, new Movement(MovementKind.Sold, actor.Id, Reference: reference, Reason: "till", At: at));
        return new Sold(unit.Text, unit.Quantity, isCounted, 0, 0);
    }

    private static async Task<Result<Response>?> Earlier(Work work, string reference, byte[] hash)
    {
        var found = await work.Query("select content_hash, answer from till_sales where merchant_id = @merchant and reference = @reference",
            row => (Hash: row.Bytes(), Answer: row.Text()), ("reference", reference));
        return found is not [var sale] ? null : sale.Hash.AsSpan().SequenceEqual(hash) ? JsonSerializer.Deserialize<Response>(sale.Answer, Json.Options)!
            : Error.Conflict("inventory.sale_reference_taken", $"Another sale was told as {reference}.");
    }

    private static Task Keep(Work work, Response answer, long node, byte[] hash, DateTimeOffset at, DateTimeOffset now) => work.Execute(
        """
        insert into till_sales (merchant_id, reference, node_id, content_hash, answer, at_ms, recorded_at_ms)
        values (@merchant, @reference, @node, @hash, @answer, @at, @now)
        """, ("reference", answer.Reference), ("node", node), ("hash", hash), ("answer", JsonSerializer.Serialize(answer, Json.Options)),
        ("at", at.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()));
}
