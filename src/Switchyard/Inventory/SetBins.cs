using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Says what lies in which bin. From the first time a SKU is placed in a bin at a node, on hand there is the sum of its bins; what the
/// change of levels adds or takes goes to the ledger.
/// </summary>
public static class SetBins
{
    public const int MostItems = 5_000;

    /// <param name="IsBulk">Of the bin: large quantities are picked from it, for business orders first.</param>
    public sealed record Item(string? Node, string? Bin, string? Sku, string? Lot, long? Quantity, string? Zone, long? WalkOrder, bool? IsBulk = null);
    public sealed record Request(IReadOnlyList<Item?>? Items);
    public sealed record Placed(string Sku, string Node, long OnHand, long Available);
    public sealed record Response(string Object, IReadOnlyList<Placed> Items);

    private sealed record Level(Item Item, StockedProduct Product, StockNode Node, string Lot);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/inventory/bins", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("inventory.setBins").WithSummary("Say what lies in which bin").WithTags("Inventory").Produces<Response>().ProducesProblem(400);

    public static async Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Each(body.Items, MostItems, (item, at) =>
        {
            checks.Names(at, item.Sku, item.Node);
            checks.That(item.Bin is not null && Text.IsCode(item.Bin), at + "/bin", "field.malformed", "bin is 1 to 64 characters without blanks.");
            checks.Text(item.Lot, at + "/lot", 64);
            checks.Text(item.Zone, at + "/zone", 64);
            checks.Units(item.Quantity, at + "/quantity", 0);
            checks.Range(item.WalkOrder ?? 0, 0, 1_000_000_000, at + "/walkOrder");
            checks.That(item.Bin != PickedBins.Missing || item.Quantity == 0, at + "/bin", "inventory.no_such_bin", $"{PickedBins.Missing} is what was looked for in vain: it follows from picking and counting.");
            checks.That(item.Bin != PickedBins.Code, at + "/bin", "inventory.no_such_bin", $"{PickedBins.Code} is what is in hand: it follows from picking.");
        });
        if (checks.AnyFault) return checks.ToError();
        if (!actor.IsHouse)
        {
            var shared = await db.ReadAll(work => SharedNodes(work, body.Items!));
            foreach (var (i, item) in body.Items!.Index())
                checks.That(item is { Zone: null, WalkOrder: null, IsBulk: null } || !shared.Contains(Text.Key(item!.Node!)), $"/items/{i}", "access.house_only", "Other merchants' goods lie here too: only the house says how its bins are walked.");
            if (checks.AnyFault) return checks.ToError();
        }
        return await db.Write<Response>(actor, work => Set(work, body.Items!, clock.GetUtcNow(), actor));
    }

    private static async Task<Result<Response>> Set(Work work, IReadOnlyList<Item?> items, DateTimeOffset now, Actor actor)
    {
        var checks = new Checks();
        var names = await StockNames.Load(work, actor, items.Select(i => i!.Sku), items.Select(i => i!.Node));
        var levels = new List<Level>();
        var seen = new HashSet<(long, string, long, string)>();
        for (int i = 0; i < items.Count; i++)
        {
            var product = names.Goods(items[i]!.Sku, $"/items/{i}/sku", checks);
            var node = names.Node(items[i]!.Node, $"/items/{i}/node", checks);
            if (product is null || node is null) continue;
            levels.Add(new Level(items[i]!, product, node, items[i]!.Lot ?? ""));
            checks.That(seen.Add((node.Id, items[i]!.Bin!, product.Id, levels[^1].Lot)), $"/items/{i}", "inventory.bin_twice", "This bin, SKU and lot is named twice.");
        }
        if (checks.AnyFault) return checks.ToError();

        var rows = levels.Select(l => (l.Product.Id, l.Node.Id)).Distinct().ToList();
        var sheet = await StockSheet.Lock(work, rows.Select(r => r.Item1), now, rows);
        foreach (var (row, sum) in await WriteLevels(work, levels, rows, now))
        {
            long delta = sum - sheet.Find(row.Sku, row.Node)!.Balance.OnHand;
            if (delta != 0) sheet.Move(row.Sku, row.Node, new Buckets { OnHand = delta }, new Movement(MovementKind.Counted, actor.Id, Reason: "bin levels"));
        }
        await sheet.Write(work);
        var placed = levels.DistinctBy(l => (l.Product.Id, l.Node.Id)).Select(l => (l, sheet.Find(l.Product.Id, l.Node.Id)!.Balance))
            .Select(p => new Placed(p.l.Product.Sku, p.l.Node.Code, p.Balance.OnHand, p.Balance.Available)).ToList();
        string id = "bin_" + Guid.CreateVersion7(now).ToString("N");
        await EventLog.Append(work, actor, now, [.. placed.Chunk(AdjustStock.ItemsPerEvent).Select(part => new Happening("adjustment", id, "BinLevelsSet", new { items = part }))]);
        return new Response("binLevels", placed);
    }

    /// <summary>Nodes where another merchant's goods lie as well: their bins are the house's.</summary>
    private static async Task<HashSet<string>> SharedNodes(Work work, IReadOnlyList<Item?> items) => [.. await work.Query(
        "select /* house */ n.code from nodes n join node_merchants m on m.node_id = n.id where upper(n.code) = any(@codes) group by n.code having count(*) > 1", row => Text.Key(row.Text()),
        ("codes", items.Select(i => Text.Key(i!.Node!)).Distinct().ToArray()))];

    private static async Task<List<((long Sku, long Node) Row, long Units)>> WriteLevels(
        Work work, List<Level> levels, List<(long, long)> rows, DateTimeOffset now)
    {
        var bins = levels.GroupBy(l => (l.Node.Id, l.Item.Bin!))
            .Select(g => new BinRegister.Wanted(g.Key.Id, g.Key.Item2, g.Last().Item.Zone, g.Last().Item.WalkOrder, g.Last().Item.IsBulk)).ToList();
        var batch = work.Batch();
        BinRegister.Queue(batch, bins);
        batch.Execute(
            """
            insert into bin_stock (merchant_id, bin_id, sku_id, lot, quantity, updated_at_ms)
            select @merchant, x.id, r.sku_id, r.lot, r.quantity, @now from @rows r join bins x on x.node_id = r.node_id and x.code = r.code where true
            on conflict (bin_id, sku_id, lot) do update set quantity = excluded.quantity, updated_at_ms = excluded.updated_at_ms
             where bin_stock.quantity <> excluded.quantity
            """, Rows.Of(levels).Long("node_id", l => l.Node.Id).Text("code", l => l.Item.Bin).Long("sku_id", l => l.Product.Id)
                .Text("lot", l => l.Lot).Long("quantity", l => l.Item.Quantity!.Value), ("now", now.ToUnixTimeMilliseconds()));
        var sums = batch.Query(
            """
            select r.sku_id, r.node_id, sum(b.quantity) from @rows r join bins x on x.node_id = r.node_id
              join bin_stock b on b.bin_id = x.id and b.sku_id = r.sku_id and b.merchant_id = @merchant group by r.sku_id, r.node_id
            """, Rows.Of(rows).Long("sku_id", r => r.Item1).Long("node_id", r => r.Item2), row => ((row.Long(), row.Long()), row.Sum()));
        await batch.Run();
        return sums;
    }
}
