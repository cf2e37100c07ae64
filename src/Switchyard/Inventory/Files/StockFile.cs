using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Levels as a file, from a warehouse, a 3PL or a supplier: each row is a physical statement. A level that is as told writes nothing; the
/// others are written ten thousand at a time.
/// </summary>
internal sealed class StockFile : FileKind
{
    private const int PageSkus = 2_000;

    public override string Name => "stock";
    public override Permission Reads => Permission.InventoryRead;
    public override Permission Writes => Permission.InventoryWrite;
    public override int RowsAtOnce => 10_000;
    public override IReadOnlyList<FileColumn> Columns { get; } =
        [new("sku", true, "item"), new("node", true, "location", "warehouse"), new("quantity", true, "on_hand", "level", "qty"), new("as_of", false, "counted_at")];

    private sealed record Level(FileRow Row, long Sku, long Node, string SkuText, string NodeText, long Quantity, DateTimeOffset? AsOf);
    /// <summary>How a level is taken back: by an adjustment of what the file changed, as long as nobody has counted or fed since.</summary>
    private sealed record Kept(long Sku, long Node, long Delta, long AtMs, long? CountedBeforeMs);
    private sealed record Fed(string Sku, string Node, long Delta, long OnHand);

    public override string Key(FileRow row) => $"{Text.Key(row.Word("sku") ?? "")}\n{Text.Key(row.Word("node") ?? "")}";

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        var names = await StockNames.Load(work, actor, rows.Select(r => r.Word("sku")), rows.Select(r => r.Word("node")));
        var levels = rows.Select(r => Read(r, names, now)).OfType<Level>().ToList();
        var changed = await Changed(work, levels);
        if (changed.Count > 0) await Write(work, actor, now, changed);
        await StockFeeds.Note(work, levels.Select(l => l.Node), now);
        return null;
    }

    public override bool CanUndo => true;
    public override bool HasStates => false;

    public override async Task<IReadOnlyList<Error?>> TakeBack(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<string> kept)
    {
        var levels = kept.Select(k => JsonSerializer.Deserialize<Kept>(k, Json.Options)!).ToList();
        var sheet = await StockSheet.LockRows(work, [.. levels.Select(l => (l.Sku, l.Node))], now);
        var left = new List<Error?>();
        var undone = new List<Fed>();
        var names = (await work.Query("select p.id, p.sku, n.id, n.code from @rows r join products p on p.id = r.sku_id and p.merchant_id = @merchant join nodes n on n.id = r.node_id",
            Rows.Of(levels).Long("sku_id", l => l.Sku).Long("node_id", l => l.Node), row => (Sku: row.Long(), SkuText: row.Text(), Node: row.Long(), NodeText: row.Text()))).ToDictionary(n => (n.Sku, n.Node));
        foreach (var level in levels)
        {
            var row = sheet.Find(level.Sku, level.Node)!;
            var after = row.Balance + new Buckets { OnHand = -level.Delta };
            if (row.CountedAtMs != level.AtMs) { left.Add(StockErrors.CountedSince); continue; }
            // Orders and checkouts keep what was promised to them.
            if (level.Delta > 0 && after.Available + after.Safety < 0) { left.Add(StockErrors.InUse); continue; }
            sheet.Move(level.Sku, level.Node, new Buckets { OnHand = -level.Delta }, new Movement(MovementKind.Adjusted, actor.Id, Reason: "import undone"));
            row.CountedAtMs = level.CountedBeforeMs;
            undone.Add(new Fed(names[(level.Sku, level.Node)].SkuText, names[(level.Sku, level.Node)].NodeText, -level.Delta, after.OnHand));
            left.Add(null);
        }
        await sheet.Write(work);
        string id = "fed_" + Guid.CreateVersion7(now).ToString("N");
        await EventLog.Append(work, actor, now, [.. undone.Chunk(AdjustStock.ItemsPerEvent).Select(part => new Happening("adjustment", id, "StockFed", new { items = part }, "import undone"))]);
        return left;
    }

    private static Level? Read(FileRow row, StockNames names, DateTimeOffset now)
    {
        row.Outcome = SaveOutcome.Unchanged;
        var checks = new Checks();
        var product = names.Goods(row.Word("sku"), "/sku", checks);
        var node = names.Node(row.Word("node"), "/node", checks);
        var asOf = checks.Past(row.Word("as_of"), "/as_of", now);
        if (row.Whole("quantity") is { } said) checks.Range(said, 0, Checks.MaxQuantity, "/quantity");
        else if (row.IsSound) checks.Fault("/quantity", "field.required", "quantity is required.");
        if (checks.AnyFault) row.Fault(checks.ToError(), pointer => pointer.TrimStart('/'));
        return row.IsSound ? new Level(row, product!.Id, node!.Id, product.Sku, node.Code, row.Whole("quantity")!.Value, asOf) : null;
    }

    // One look without a lock: what is as told already is left alone. A level counted at an earlier time is judged under the lock.
    private static async Task<List<Level>> Changed(Work work, List<Level> levels)
    {
        var differing = (await work.Query(
            """
            select r.place from @rows r left join stock s on s.sku_id = r.sku_id and s.node_id = r.node_id and s.merchant_id = @merchant
             where s.on_hand is null or s.on_hand <> r.quantity
            """, Rows.Of(levels.Index().ToList()).Long("place", l => l.Index).Long("sku_id", l => l.Item.Sku).Long("node_id", l => l.Item.Node).Long("quantity", l => l.Item.Quantity),
            row => (int)row.Long())).ToHashSet();
        return [.. levels.Where((level, i) => level.AsOf is not null || differing.Contains(i))];
    }

    private static async Task Write(Work work, Actor actor, DateTimeOffset now, List<Level> levels)
    {
        var sheet = await StockSheet.LockRows(work, [.. levels.Select(l => (l.Sku, l.Node))], now);
        var moved = await StockMoves.Since(work, [.. levels.Where(l => l.AsOf is not null).Select(l => (l.Sku, l.Node, l.AsOf!.Value))]);
        var fed = new List<Fed>();
        foreach (var level in levels)
        {
            var row = sheet.Find(level.Sku, level.Node)!;
            long atMs = (level.AsOf ?? now).ToUnixTimeMilliseconds();
            if (level.AsOf is not null && PhysicalStatement.IsOutdated(atMs, row.CountedAtMs))
            {
                level.Row.Fault("as_of", StockErrors.OlderThanCount, $"{level.SkuText} at {level.NodeText} was counted later than that.");
                continue;
            }
            long target = level.AsOf is null ? level.Quantity : PhysicalStatement.OnHandNow(level.Quantity, atMs, moved.GetValueOrDefault((level.Sku, level.Node), []));
            long delta = target - row.Balance.OnHand;
            if (delta == 0) continue;
            level.Row.Outcome = row.Version == 1 && row.Balance == default ? SaveOutcome.Created : SaveOutcome.Updated;
            sheet.Move(level.Sku, level.Node, new Buckets { OnHand = delta }, new Movement(MovementKind.Fed, actor.Id, Reason: "stock feed", At: level.AsOf));
            level.Row.Undo = JsonSerializer.Serialize(new Kept(level.Sku, level.Node, delta, atMs, row.CountedAtMs), Json.Options);
            (row.CountedAtMs, row.FedAtMs) = (atMs, now.ToUnixTimeMilliseconds());
            fed.Add(new Fed(level.SkuText, level.NodeText, delta, target));
        }
        await sheet.Write(work);
        string id = "fed_" + Guid.CreateVersion7(now).ToString("N");
        await EventLog.Append(work, actor, now, [.. fed.Chunk(AdjustStock.ItemsPerEvent).Select(part => new Happening("adjustment", id, "StockFed", new { items = part }))]);
    }

    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        yield return ["sku", "node", "quantity"];
        string after = "";
        while (true)
        {
            // Page by SKU, then the rows of those SKUs: cheap whatever the planner knows of the tables.
            var skus = await db.Read(actor, work => work.Query(
                "select id, sku, sku_key from products where merchant_id = @merchant and sku_key > @after order by sku_key limit @limit",
                row => (Id: row.Long(), Sku: row.Text(), Key: row.Text()), ("after", after), ("limit", (long)PageSkus)));
            if (skus.Count == 0) yield break;
            var levels = (await db.Read(actor, work => work.Query(
                """
                select s.sku_id, n.code, s.on_hand from stock s join nodes n on n.id = s.node_id
                 where s.merchant_id = @merchant and s.sku_id = any(@skus) and (@all or s.node_id = any(@nodes)) order by s.sku_id, n.code
                """, row => (Sku: row.Long(), Node: row.Text(), OnHand: row.Long()), ("skus", skus.Select(s => s.Id).ToArray()),
                ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? [])))).ToLookup(l => l.Sku);
            foreach (var sku in skus)
                foreach (var level in levels[sku.Id]) yield return [sku.Sku, level.Node, Text.Invariant(level.OnHand)];
            after = skus[^1].Key;
        }
    }
}
