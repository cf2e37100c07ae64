using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Search;
using Switchyard.Sourcing;

namespace Switchyard.Inventory;

/// <summary>The sum over the nodes the caller may see.</summary>
public sealed record StockTotal(long OnHand, long Unavailable, long Allocated, long Reserved, long Earmarked, long Safety, long Available)
{
    internal static StockTotal Of(Buckets b) => new(b.OnHand, b.Unavailable, b.Allocated, b.Reserved, b.Earmarked, b.Safety, b.Available);
}

/// <param name="FeedAt">When this node's levels were last told to us by a feed, if they ever were.</param>
public sealed record StockAtNode(string Node, [Words("warehouse", "store", "3pl", "supplier")] string Kind, long OnHand, long Unavailable, long Allocated, long Reserved, long Earmarked, long Safety,
    long Available, DateTimeOffset? FeedAt, DateTimeOffset? LastMovementAt)
{
    /// <summary>Percent of what is on hand that is believed, by the age of the node's stock feed.</summary>
    public int TrustPercent { get; init; } = 100;

    /// <summary>Units that may be promised from there now: what is available, less what is not believed; none where the node sells nothing online.</summary>
    public long Sellable { get; init; }

    internal static StockAtNode Of(StockLevel l, NodeSettings? node, SaleView? limits) => new(l.Node, l.NodeKind, l.Balance.OnHand, l.Balance.Unavailable, l.Balance.Allocated,
        l.Balance.Reserved, l.Balance.Earmarked, l.Balance.Safety, l.Balance.Available, l.FedAt, l.LastMovementAt)
    {
        TrustPercent = limits?.TrustPercent(l.NodeId) ?? 100,
        Sellable = node is not { IsForSale: true } ? 0 : Math.Max(0, l.Balance.Available - (limits?.Doubted(l.NodeId, l.Balance.OnHand) ?? 0)),
    };
}

/// <param name="At">The instant it is read as of; null for now.</param>
/// <param name="Atp">
/// Units that may be promised now, over the active nodes the caller may see, by the one function: at least 0, and less than available where
/// orders wait for stock. Of a bundle, whole bundles. Null in a reading of the past.
/// </param>
/// <param name="Waiting">Units that placed orders wait for.</param>
public sealed record StockView(string Object, string Sku, DateTimeOffset? At, StockTotal Total, long? Atp, long Waiting,
    IReadOnlyList<InboundUnits> Inbound, IReadOnlyList<StockAtNode> Nodes);

/// <summary>Units on their way that may be promised for then.</summary>
public sealed record InboundUnits(DateTimeOffset DueAt, long Quantity);

/// <summary>Shows balances: those of one SKU, or a page of SKUs; as they are, or as they were at an instant.</summary>
public static class ReadStock
{
    private sealed record Rooms(Db Db, NetworkReader Network, CatalogReader Catalog, TimeProvider Clock);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/inventory", async (string? sku, string? node, bool? low, string? query, string? at, string? after, int? limit,
                Db db, NetworkReader network, CatalogReader catalog, TimeProvider clock, Actor actor) =>
            {
                var rooms = new Rooms(db, network, catalog, clock);
                return sku is null ? (await List(node, low, query, at, after, limit, rooms, actor)).ToHttp() : (await Find(sku, at, rooms, actor)).ToHttp();
            })
            .Requires(Permission.InventoryRead).WithName("inventory.read").WithSummary("Read stock by SKU and node").WithTags("Inventory")
            .WithDescription("With sku: that SKU's stock, one object {sku, total, atp, nodes}. Without: a page of the SKUs of which some level fits node, low and query; GET /search/fields?list=stock names the fields.")
            .Produces<Page<StockView>>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<Result<StockView>> Find(string sku, string? at, Rooms rooms, Actor actor)
    {
        var checks = new Checks();
        var now = rooms.Clock.GetUtcNow();
        var asOf = checks.Past(at, "#at", now);
        if (checks.AnyFault) return checks.ToError();
        if (!Text.IsStorable(sku)) return StockErrors.NoSuchSku(sku);
        var network = await FreshNetwork.Read(rooms.Db, rooms.Network, actor);
        var items = await rooms.Catalog.FindSkus(actor.Merchant, [Text.Key(sku)]);
        if (!items.TryGetValue(Text.Key(sku), out var item)) return StockErrors.NoSuchSku(sku);
        return await rooms.Db.Read<Result<StockView>>(actor, async work =>
            (await Levels(work, actor, network, [(item.Id, item.Sku)], item.Components, asOf, now))[0], snapshot: true);
    }

    /// <summary>Low are those of which some node has nothing left to promise.</summary>
    private static async Task<Result<Page<StockView>>> List(string? node, bool? low, string? query, string? at, string? after, int? limit, Rooms rooms, Actor actor)
    {
        var checks = new Checks();
        var now = rooms.Clock.GetUtcNow();
        var asOf = checks.Past(at, "#at", now);
        var (most, from) = Paging.Read(checks, limit, after);
        if (checks.AnyFault) return checks.ToError();
        var bound = QueryBinder.Read(query, StockList.Spec.For(actor).Fields, now);
        if (bound.Error is { } malformed) return malformed;
        var network = await FreshNetwork.Read(rooms.Db, rooms.Network, actor);
        return await rooms.Db.Read<Result<Page<StockView>>>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, [], [node]);
            if (node is not null && names.Node(node) is null) return StockErrors.NoSuchNode(node);
            var scope = node is null ? actor : actor with { Nodes = new HashSet<long> { names.Node(node)!.Id } };
            var found = await Page(work, scope, low is true, bound.Value, from, most, now);
            var page = Page<(long Id, string Sku, string Key)>.Of(found, most, p => p.Key);
            return new Page<StockView>(await Levels(work, scope, network, [.. page.Data.Select(p => (p.Id, p.Sku))], [], asOf, now), page.Next, page.HasMore);
        }, snapshot: true);
    }

    private static Task<List<(long Id, string Sku, string Key)>> Page(Work work, Actor scope, bool low, BoundQuery? query, string after, int limit, DateTimeOffset now)
    {
        var sql = new SqlText();
        string fits = query is null ? "" : " and " + SearchList.Where(StockList.Spec, query, sql);
        return work.Query(
            $"""
            select p.id, p.sku, p.sku_key from products p
             where p.merchant_id = @merchant and p.sku_key > @after and exists (select 1 from stock s join nodes n on n.id = s.node_id
                where s.sku_id = p.id and s.merchant_id = @merchant and (@all or s.node_id = any(@nodes))
                  and (not @low or s.on_hand - s.unavailable - s.allocated - s.reserved - s.earmarked - s.safety
                       + coalesce((select sum(i.quantity) from reservation_items i
                           where i.sku_id = s.sku_id and i.node_id = s.node_id and i.is_open and i.expires_at_ms <= @now), 0) <= 0){fits})
             order by p.sku_key limit @limit
            """, row => (row.Long(), row.Text(), row.Text()), [.. sql.Arguments, ("after", after), ("all", scope.Nodes is null), ("nodes", scope.NodeFilter ?? []), ("low", low),
            ("now", now.ToUnixTimeMilliseconds()), ("limit", limit + 1L)]);
    }

    /// <param name="parts">The components, when the one SKU asked for is a bundle.</param>
    private static async Task<List<StockView>> Levels(Work work, Actor scope, MerchantSettings network, IReadOnlyList<(long Id, string Sku)> skus,
        IReadOnlyList<CatalogComponent> parts, DateTimeOffset? at, DateTimeOffset now)
    {
        var batch = work.Batch();
        long[] ids = [.. skus.Select(s => s.Id)];
        List<StockLevel> levels;
        if (at is { } instant) StockLevels.QueueAt(batch, scope, ids, instant, out levels);
        else StockLevels.QueueNow(batch, scope, ids, now, out levels);
        long[] all = [.. ids, .. parts.Select(p => p.SkuId)];
        var limits = network.HasFeedRules && at is null ? SaleView.OfFeeds(batch, network, all, now) : null;
        var supplyOf = SupplyReader.Queue(batch, all, now, limits);
        await batch.Run();
        var bySku = levels.ToLookup(l => l.Sku);
        var serving = network.Nodes.Where(n => n.IsForSale && scope.MaySeeNode(n.Id)).Select(n => n.Id).ToHashSet();
        return [.. skus.Select(View)];

        StockView View((long Id, string Sku) sku)
        {
            var supply = supplyOf(sku.Id, serving);
            long nowMs = now.ToUnixTimeMilliseconds();
            long atp = parts.Count == 0 ? Atp.InNetwork(supply, 0, nowMs)
                : Atp.OfBundle([.. parts.Select(p => new BundlePart(supplyOf(p.SkuId, serving), p.Quantity))], 0, nowMs);
            var inbound = supply.Nodes.SelectMany(n => n.Inbound).GroupBy(i => i.AtMs).OrderBy(g => g.Key)
                .Select(g => new InboundUnits(DateTimeOffset.FromUnixTimeMilliseconds(g.Key), g.Sum(i => i.Units)));
            return new StockView("inventory", sku.Sku, at, StockTotal.Of(bySku[sku.Id].Aggregate(default(Buckets), (sum, l) => sum + l.Balance)),
                at is null ? atp : null, supply.Waiting, [.. inbound.Take(50)], [.. bySku[sku.Id].Select(l => StockAtNode.Of(l, network.NodesById.GetValueOrDefault(l.NodeId), limits))]);
        }
    }
}
