using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>The sum over the nodes the caller may see.</summary>
public sealed record StockTotal(long OnHand, long Unavailable, long Allocated, long Reserved, long Earmarked, long Safety, long Available)
{
    internal static StockTotal Of(Buckets b) => new(b.OnHand, b.Unavailable, b.Allocated, b.Reserved, b.Earmarked, b.Safety, b.Available);
}

/// <param name="FeedAt">When this node's levels were last told to us by a feed, if they ever were.</param>
public sealed record StockAtNode(string Node, string Kind, long OnHand, long Unavailable, long Allocated, long Reserved, long Earmarked, long Safety,
    long Available, DateTimeOffset? FeedAt, DateTimeOffset? LastMovementAt)
{
    internal static StockAtNode Of(StockLevel l) => new(l.Node, l.NodeKind, l.Balance.OnHand, l.Balance.Unavailable, l.Balance.Allocated,
        l.Balance.Reserved, l.Balance.Earmarked, l.Balance.Safety, l.Balance.Available, l.FedAt, l.LastMovementAt);
}

/// <param name="At">The instant it is read as of; null for now.</param>
public sealed record StockView(string Object, string Sku, DateTimeOffset? At, StockTotal Total, IReadOnlyList<StockAtNode> Nodes);

/// <summary>Shows balances: those of one SKU, or a page of SKUs; as they are, or as they were at an instant.</summary>
public static class ReadStock
{
    private sealed record Wanted(string? Node, bool Low, DateTimeOffset? At, string After, int Limit);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/inventory", async (string? sku, string? node, bool? low, string? at, string? after, int? limit, Db db, TimeProvider clock, Actor actor) =>
                sku is null ? (await List(node, low, at, after, limit, db, clock, actor)).ToHttp() : (await Find(sku, at, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("inventory.read").WithTags("Inventory")
            .WithDescription("With sku: that SKU's stock, one object {sku, total, nodes}. Without: a page of them, filtered by node and low.")
            .Produces<Page<StockView>>().ProducesProblem(400).ProducesProblem(404);

    public static async Task<Result<StockView>> Find(string sku, string? at, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        var now = clock.GetUtcNow();
        var asOf = checks.Past(at, "#at", now);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<StockView>>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, [sku], []);
            if (names.Product(sku) is not { } product) return StockErrors.NoSuchSku(sku);
            return (await Levels(work, actor, [(product.Id, product.Sku)], asOf, now))[0];
        }, snapshot: true);
    }

    /// <summary>Low are those of which some node has nothing left to promise.</summary>
    public static async Task<Result<Page<StockView>>> List(
        string? node, bool? low, string? at, string? after, int? limit, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        var now = clock.GetUtcNow();
        var asOf = checks.Past(at, "#at", now);
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        if (!Cursor.TryDecode(after, out string from) || !Text.IsStorable(from)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<StockView>>>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, [], [node]);
            if (node is not null && names.Node(node) is null) return StockErrors.NoSuchNode(node);
            var scope = node is null ? actor : actor with { Nodes = new HashSet<long> { names.Node(node)!.Id } };
            var found = await Page(work, scope, low is true, from, most, now);
            var page = Page<(long Id, string Sku, string Key)>.Of(found, most, p => p.Key);
            return new Page<StockView>(await Levels(work, scope, [.. page.Data.Select(p => (p.Id, p.Sku))], asOf, now), page.Next, page.HasMore);
        }, snapshot: true);
    }

    private static Task<List<(long Id, string Sku, string Key)>> Page(Work work, Actor scope, bool low, string after, int limit, DateTimeOffset now) => work.Query(
        """
        select p.id, p.sku, p.sku_key from products p
         where p.merchant_id = @merchant and p.sku_key > @after and exists (select 1 from stock s
            where s.sku_id = p.id and s.merchant_id = @merchant and (@all or s.node_id = any(@nodes))
              and (not @low or s.on_hand - s.unavailable - s.allocated - s.reserved - s.earmarked - s.safety
                   + coalesce((select sum(i.quantity) from reservation_items i
                       where i.sku_id = s.sku_id and i.node_id = s.node_id and i.is_open and i.expires_at_ms <= @now), 0) <= 0))
         order by p.sku_key limit @limit
        """, row => (row.Long(), row.Text(), row.Text()), ("after", after), ("all", scope.Nodes is null), ("nodes", scope.NodeFilter ?? []), ("low", low),
        ("now", now.ToUnixTimeMilliseconds()), ("limit", limit + 1L));

    private static async Task<List<StockView>> Levels(Work work, Actor scope, IReadOnlyList<(long Id, string Sku)> skus, DateTimeOffset? at, DateTimeOffset now)
    {
        var batch = work.Batch();
        long[] ids = [.. skus.Select(s => s.Id)];
        List<StockLevel> levels;
        if (at is { } instant) StockLevels.QueueAt(batch, scope, ids, instant, out levels);
        else StockLevels.QueueNow(batch, scope, ids, now, out levels);
        await batch.Run();
        var bySku = levels.ToLookup(l => l.Sku);
        return [.. skus.Select(s => new StockView("inventory", s.Sku, at,
            StockTotal.Of(bySku[s.Id].Aggregate(default(Buckets), (sum, l) => sum + l.Balance)), [.. bySku[s.Id].Select(StockAtNode.Of)]))];
    }
}
