using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Changes stock by so many units (delta), or says what is on the shelf (setTo). All items or none.</summary>
public static class AdjustStock
{
    public const int MostItems = 10_000, ItemsPerEvent = 500;

    public enum AdjustedBucket { OnHand, Unavailable }
    public enum Outcome { Applied, Unchanged, Ignored }

    /// <param name="AsOf">When it happened or was counted; now when not said.</param>
    public sealed record Item(string? Sku, string? Node, long? Delta, long? SetTo, AdjustedBucket? Bucket, string? AsOf, string? Reason);
    /// <param name="IsFeed">These are the levels as the nodes' own systems have them: the age of their stock feeds begins anew. Items say setTo.</param>
    public sealed record Request(IReadOnlyList<Item?>? Items, string? Reference, bool IsFeed = false);

    /// <param name="Delta">Units by which the bucket changed.</param>
    /// <param name="IgnoredBecause">For an ignored item: what it contradicts.</param>
    public sealed record Adjusted(string Sku, string Node, Outcome Outcome, long Delta, long OnHand, long Unavailable, long Available, string? IgnoredBecause);
    public sealed record Response(string Object, string Id, string? Reference, IReadOnlyList<Adjusted> Items);

    private sealed record Line(Item Item, long Sku, long Node, string SkuText, string NodeText, DateTimeOffset? AsOf);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/inventory/adjustments", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("inventory.adjust").WithSummary("Adjust or set stock").WithTags("Inventory").Produces<Response>()
            .ProducesProblem(400).ProducesProblem(409).ProducesProblem(422);

    public static async Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        var asOf = Check(body, checks, now);
        if (checks.AnyFault) return checks.ToError();
        var items = body.Items!;

        return await db.Write<Response>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, items.Select(i => i!.Sku), items.Select(i => i!.Node));   // 1 load
            var lines = items.Select((item, i) => Name(item!, asOf[i], i, names, checks)).ToList();
            if (checks.AnyFault) return checks.ToError();
            var sheet = await StockSheet.Lock(work, lines.Select(l => l!.Sku), now, [.. lines.Select(l => (l!.Sku, l.Node))]);
            var moved = await StockMoves.Since(work, [.. lines.Where(l => l!.Item.SetTo is not null && l.AsOf is not null).Select(l => (l!.Sku, l.Node, l.AsOf!.Value))]);

            string id = "adj_" + Guid.CreateVersion7(now).ToString("N");
            var done = lines.Select((line, i) => Apply(line!, i, sheet, moved, body.Reference ?? id, actor, now, checks)).ToList();   // 2 decide
            if (checks.AnyFault) return StockErrors.Short(checks.ToError().Fields);

            if (body.IsFeed)
            {
                foreach (var line in lines) sheet.Find(line!.Sku, line.Node)!.FedAtMs = now.ToUnixTimeMilliseconds();
                await StockFeeds.Note(work, lines.Select(l => l!.Node), now);
            }
            await sheet.Write(work);                                                                                  // 3 write
            await EventLog.Append(work, actor, now, [.. done.Chunk(ItemsPerEvent)
                .Select(part => new Happening("adjustment", id, "InventoryAdjusted", new { body.Reference, items = part }))]);
            return new Response("adjustment", id, body.Reference, done);
        });
    }

    private static DateTimeOffset?[] Check(Request body, Checks checks, DateTimeOffset now)
    {
        checks.Text(body.Reference, "/reference", StockItems.MostReason);
        var asOf = new DateTimeOffset?[body.Items?.Count ?? 0];
        int i = 0;
        checks.Each(body.Items, MostItems, (item, at) =>
        {
            checks.Names(at, item.Sku, item.Node);
            checks.Text(item.Reason, at + "/reason", StockItems.MostReason, required: true);
            checks.That(!body.IsFeed || item is { SetTo: not null, Bucket: not AdjustedBucket.Unavailable }, at + "/setTo", "field.required", "A feed says what is on hand: setTo.");
            checks.That(item.Delta is null ^ item.SetTo is null, at, "inventory.delta_or_set_to", "Send either delta or setTo.");
            if (item.Delta is { } delta)
                checks.That(delta != 0 && delta is >= -Checks.MaxQuantity and <= Checks.MaxQuantity, at + "/delta", "field.out_of_range",
                    $"delta must be a whole number other than 0, at most {Checks.MaxQuantity:N0} either way.");
            if (item.SetTo is { } level) checks.Range(level, 0, Checks.MaxQuantity, at + "/setTo");
            asOf[i++] = checks.Past(item.AsOf, at + "/asOf", now);
        });
        return asOf;
    }

    private static Line? Name(Item item, DateTimeOffset? asOf, int i, StockNames names, Checks checks)
    {
        var product = names.Goods(item.Sku, $"/items/{i}/sku", checks);
        var node = names.Node(item.Node, $"/items/{i}/node", checks);
        return product is null || node is null ? null : new Line(item, product.Id, node.Id, product.Sku, node.Code, asOf);
    }

    private static Adjusted Apply(Line line, int i, StockSheet sheet, Dictionary<(long, long), List<Moved>> moved, string reference,
        Actor actor, DateTimeOffset now, Checks checks)
    {
        var row = sheet.Find(line.Sku, line.Node)!;
        var at = line.AsOf ?? now;
        long atMs = at.ToUnixTimeMilliseconds();
        bool isOnHand = line.Item.Bucket is not AdjustedBucket.Unavailable;
        if (line.AsOf is not null && isOnHand && PhysicalStatement.IsOutdated(atMs, row.CountedAtMs)) return Told(Outcome.Ignored, 0, StockErrors.OlderThanCount);

        if (!moved.TryGetValue((line.Sku, line.Node), out var since)) moved[(line.Sku, line.Node)] = since = [];
        long delta = line.Item.Delta ?? (isOnHand
            ? (line.AsOf is null ? line.Item.SetTo!.Value : PhysicalStatement.OnHandNow(line.Item.SetTo!.Value, atMs, since)) - row.Balance.OnHand
            : line.Item.SetTo!.Value - row.Balance.Unavailable);
        if (!isOnHand && row.Balance.Unavailable + delta < 0)
            checks.Fault($"/items/{i}", StockErrors.NotEnough, $"{line.SkuText} at {line.NodeText} has only {row.Balance.Unavailable} unavailable units.");
        else if (delta != 0)
        {
            sheet.Move(line.Sku, line.Node, isOnHand ? new Buckets { OnHand = delta } : new Buckets { Unavailable = delta },
                new Movement(Kind(line.Item, delta), actor.Id, Reference: reference, Reason: line.Item.Reason, At: at));
            sheet.SetAside();
            if (isOnHand) since.Add(new Moved(atMs, delta));
        }
        if (isOnHand && line.Item.SetTo is not null)
        {
            row.CountedAtMs = atMs;
            sheet.Touch(row);
        }
        return Told(delta == 0 ? Outcome.Unchanged : Outcome.Applied, delta, null);

        Adjusted Told(Outcome outcome, long by, string? because) => new(line.SkuText, line.NodeText, outcome, by,
            row.Balance.OnHand, row.Balance.Unavailable, row.Balance.Available, because);
    }

    private static MovementKind Kind(Item item, long delta) =>
        item.Bucket is AdjustedBucket.Unavailable ? delta > 0 ? MovementKind.MadeUnavailable : MovementKind.MadeAvailable
        : item.SetTo is not null ? MovementKind.Counted : MovementKind.Adjusted;
}
