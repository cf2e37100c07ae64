using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// A partner says what lies at one of its nodes, as of an instant. What moved since then is kept; a snapshot from before the last one is refused. SKUs we do
/// not have are told and harm nothing. The same snapshot again changes nothing.
/// </summary>
public static class TakeSnapshot
{
    public const int MostItems = 10_000;

    /// <param name="AsOf">When it was so, such as 2026-03-01T09:30:00Z.</param>
    /// <param name="IsComplete">What is not named is not there: it becomes 0. A snapshot in several parts, all with the same asOf, does not say it.</param>
    /// <param name="IsPreview">Only say what would become of it.</param>
    public sealed record Request(string? Node, string? AsOf, IReadOnlyList<Item?>? Items, bool IsComplete = false, bool IsPreview = false);

    /// <param name="OnHand">Units on the shelf, also those promised to somebody.</param>
    public sealed record Item(string? Sku, long? OnHand);

    /// <param name="Changed">Items with another level than we had.</param>
    public sealed record Response(string Object, string Node, DateTimeOffset AsOf, bool IsPreview, int Changed, int Unchanged, int Ignored, int Unknown, IReadOnlyList<Taken> Items);

    /// <param name="Outcome">changed; unchanged; ignored: counted later than that; unknown: no goods of ours; missing: not in a complete snapshot, so 0.</param>
    /// <param name="Before">What we had on hand.</param>
    /// <param name="OnHand">What we have now: what was told, and what moved since.</param>
    public sealed record Taken(string Sku, string? Name, [Words("changed", "unchanged", "ignored", "unknown", "missing")] string Outcome, long? Told, long? Before, long? OnHand);

    /// <param name="Promised">Units that orders are waiting for.</param>
    public sealed record LevelView(string Sku, string? Name, string? Barcode, string Node, long OnHand, long Promised);

    private sealed record Line(string SkuText, string? Name, long? Sku, long Units, bool IsNamed);
    private sealed record Level(long OnHand, long? CountedAtMs);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/partner/stock", async (Request body, Actor actor, Db db, TimeProvider clock) => (await Handle(body, actor, db, clock)).ToHttp())
            .Requires(Permission.PartnerWork).WithName("partner.tellStock").WithTags("Partners").WithSummary("A partner tells what lies at one of its nodes")
            .WithDescription($"At most {MostItems:N0} items at once. More are sent in parts with the same asOf.").Produces<Response>().ProducesProblem(400).ProducesProblem(409);
        routes.MapGet("/partner/stock", async ([FromQuery] string? node, [FromQuery] int? limit, [FromQuery] string? after, Actor actor, Db db) => (await List(node, limit, after, actor, db)).ToHttp())
            .Requires(Permission.PartnerWork).WithName("partner.stock").WithTags("Partners").WithSummary("What our books have at a partner's node").Produces<Page<LevelView>>().ProducesProblem(400);
    }

    /// <remarks>Errors: request.invalid with pointers, inventory.snapshot_older.</remarks>
    public static async Task<Result<Response>> Handle(Request body, Actor actor, Db db, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.Text(body.Node, "/node", 64, required: true);
        checks.That(body.AsOf is not null, "/asOf", "field.required", "asOf is required: when it was so.");
        var asOf = checks.Past(body.AsOf, "/asOf", now);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        checks.Each(body.Items, MostItems, (item, at) =>
        {
            checks.Text(item.Sku, at + "/sku", 200, required: true);
            checks.Units(item.OnHand, at + "/onHand", 0);
            checks.That(item.Sku is null || !Text.IsStorable(item.Sku) || seen.Add(Text.Key(item.Sku)), at + "/sku", "field.repeated", "This SKU is named before.");
        });
        if (checks.AnyFault) return checks.ToError();
        return body.IsPreview ? await db.Read(actor, work => Preview(work, body, asOf!.Value, actor), snapshot: true) : await db.Write(actor, work => Take(work, body, asOf!.Value, actor, now));
    }

    private static async Task<Result<Response>> Preview(Work work, Request body, DateTimeOffset asOf, Actor actor)
    {
        if (await PartnerScope.Find(work, actor, body.Node) is not { } node) return NoSuchNode;
        if (await StockFeeds.AsOf(work, node.Id) is { } last && last > asOf) return StockErrors.SnapshotOlder(last);
        var lines = await Lines(work, body, node);
        if (lines.Error is { } error) return error;
        var known = lines.Value.Where(l => l.Sku is not null).Select(l => (l.Sku!.Value, node.Id)).ToList();
        var levels = (await work.Query("select s.sku_id, s.on_hand, s.counted_at_ms from stock s where s.merchant_id = @merchant and s.node_id = @node and s.sku_id = any(@skus)",
            row => (Sku: row.Long(), Level: new Level(row.Long(), row.LongOrNull())), ("node", node.Id), ("skus", known.Select(k => k.Item1).ToArray()))).ToDictionary(l => l.Sku, l => l.Level);
        var moved = await StockMoves.Since(work, [.. known.Select(k => (k.Item1, k.Id, asOf))]);
        return Told(node, asOf, body, [.. lines.Value.Select(l => Decide(l, asOf, sku => levels.GetValueOrDefault(sku) ?? new Level(0, null), sku => moved.GetValueOrDefault((sku, node.Id))))]);
    }

    private static async Task<Result<Response>> Take(Work work, Request body, DateTimeOffset asOf, Actor actor, DateTimeOffset now)
    {
        if (await PartnerScope.Find(work, actor, body.Node) is not { } node) return NoSuchNode;
        var lines = await Lines(work, body, node);
        if (lines.Error is { } error) return error;
        var rows = lines.Value.Where(l => l.Sku is not null).Select(l => (Sku: l.Sku!.Value, Node: node.Id)).ToList();
        var sheet = await StockSheet.LockRows(work, rows, now);
        var moved = await StockMoves.Since(work, [.. rows.Select(r => (r.Sku, r.Node, asOf))]);
        var taken = lines.Value.Select(l => Decide(l, asOf, sku => sheet.Find(sku, node.Id) is { } row ? new Level(row.Balance.OnHand, row.CountedAtMs) : new Level(0, null),
            sku => moved.GetValueOrDefault((sku, node.Id)))).ToList();
        foreach (var (line, told) in lines.Value.Zip(taken).Where(t => t.Second.Outcome is "changed" or "missing" && t.Second.Before != t.Second.OnHand))
        {
            sheet.Move(line.Sku!.Value, node.Id, new Buckets { OnHand = told.OnHand!.Value - told.Before!.Value }, new Movement(MovementKind.Fed, actor.Id, Reason: "stock snapshot", At: asOf));
            var row = sheet.Find(line.Sku.Value, node.Id)!;
            (row.CountedAtMs, row.FedAtMs) = (asOf.ToUnixTimeMilliseconds(), asOf.ToUnixTimeMilliseconds());
        }
        var answer = Told(node, asOf, body, taken);
        if (await StockFeeds.Note(work, node.Id, asOf, actor.Id, (taken.Count, answer.Changed, answer.Unknown), now) is { } later) return StockErrors.SnapshotOlder(later);
        await sheet.Write(work);
        string id = "fed_" + Guid.CreateVersion7(now).ToString("N");
        await EventLog.Append(work, actor, now, [.. taken.Where(t => t.Before != t.OnHand).Select(t => new { sku = t.Sku, node = node.Code, delta = t.OnHand - t.Before, onHand = t.OnHand })
            .Chunk(AdjustStock.ItemsPerEvent).Select(part => new Happening("adjustment", id, "StockFed", new { asOf, items = part }))]);
        return answer;
    }

    /// <summary>What was named, and for a complete snapshot what lies there by our books and was not.</summary>
    private static async Task<Result<List<Line>>> Lines(Work work, Request body, PartnerNode node)
    {
        string[] keys = [.. body.Items!.Select(i => Text.Key(i!.Sku!))];
        var goods = (await work.Query("select id, sku, name, sku_key from products where merchant_id = @merchant and kind = 'goods' and sku_key = any(@keys)",
            row => (Id: row.Long(), Sku: row.Text(), Name: row.TextOrNull(), Key: row.Text()), ("keys", keys))).ToDictionary(g => g.Key);
        var lines = body.Items!.Select((item, i) => goods.TryGetValue(keys[i], out var found) ? new Line(found.Sku, found.Name, found.Id, item!.OnHand!.Value, true)
            : new Line(item!.Sku!, null, null, item.OnHand!.Value, true)).ToList();
        if (!body.IsComplete) return lines;
        var rest = await work.Query(
            """
            select p.id, p.sku, p.name from stock s join products p on p.id = s.sku_id
             where s.merchant_id = @merchant and s.node_id = @node and s.on_hand <> 0 and not (p.sku_key = any(@keys)) order by p.sku_key limit @most
            """, row =>
            {
                long id = row.Long();
                return new Line(row.Text(), row.TextOrNull(), id, 0, false);
            }, ("node", node.Id), ("keys", keys), ("most", MostItems + 1L));
        if (rest.Count > MostItems) return Error.Invalid([new FieldError("/isComplete", "field.out_of_range", $"More than {MostItems:N0} other SKUs lie there: send the levels in parts.")]);
        lines.AddRange(rest);
        return lines;
    }

    private static Taken Decide(Line line, DateTimeOffset asOf, Func<long, Level> at, Func<long, List<Moved>?> moved)
    {
        if (line.Sku is not { } sku) return new Taken(line.SkuText, null, "unknown", line.Units, null, null);
        var (level, atMs) = (at(sku), asOf.ToUnixTimeMilliseconds());
        if (PhysicalStatement.IsOutdated(atMs, level.CountedAtMs)) return new Taken(line.SkuText, line.Name, "ignored", line.Units, level.OnHand, level.OnHand);
        long now = PhysicalStatement.OnHandNow(line.Units, atMs, moved(sku) ?? []);
        return new Taken(line.SkuText, line.Name, now == level.OnHand ? "unchanged" : line.IsNamed ? "changed" : "missing", line.Units, level.OnHand, now);
    }

    private static Response Told(PartnerNode node, DateTimeOffset asOf, Request body, List<Taken> taken) => new("stockSnapshot", node.Code, asOf, body.IsPreview,
        taken.Count(t => t.Outcome is "changed" or "missing"), taken.Count(t => t.Outcome == "unchanged"), taken.Count(t => t.Outcome == "ignored"), taken.Count(t => t.Outcome == "unknown"), taken);

    private static async Task<Result<Page<LevelView>>> List(string? node, int? limit, string? after, Actor actor, Db db)
    {
        var checks = new Checks();
        checks.Text(node, "#node", 64, required: true);
        var paging = Paging.Read(checks, limit, after);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<LevelView>>>(actor, async work =>
        {
            if (await PartnerScope.Find(work, actor, node) is not { } own) return new Page<LevelView>([], null, false);
            var found = await work.Query(
                """
                select p.sku_key, p.sku, p.name, (select min(b.barcode) from product_barcodes b where b.merchant_id = p.merchant_id and b.product_id = p.id), s.on_hand, s.allocated
                  from stock s join products p on p.id = s.sku_id where s.merchant_id = @merchant and s.node_id = @node and p.sku_key > @after order by p.sku_key limit @limit
                """, row => (Key: row.Text(), View: new LevelView(row.Text(), row.TextOrNull(), row.TextOrNull(), own.Code, row.Long(), row.Long())),
                ("node", own.Id), ("after", paging.After), ("limit", paging.Limit + 1L));
            var page = Page<(string Key, LevelView View)>.Of(found, paging.Limit, f => f.Key);
            return new Page<LevelView>([.. page.Data.Select(f => f.View)], page.Next, page.HasMore);
        });
    }

    private static readonly Error NoSuchNode = Error.Invalid([new FieldError("/node", StockErrors.UnknownNode, "There is no such node of yours.")]);
}
