using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Inventory;

/// <summary>A SKU at a node.</summary>
/// <param name="FeedAt">When this node's levels were last told to us by a feed, if they ever were.</param>
public sealed record LevelView(string Sku, string Name, string Node, string NodeKind, long OnHand, long Unavailable, long Allocated, long Reserved, long Earmarked,
    long Safety, long Available, DateTimeOffset? FeedAt)
{
    [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
    public string Object => "stockLevel";
}

/// <summary>Lists and searches levels of stock, one a SKU and node.</summary>
public static class ListLevels
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/inventory/levels", async ([AsParameters] ListAsk ask, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Handle(ask, db, clock, actor)).ToHttp(http, ask))
            .Requires(Permission.InventoryRead).WithName("inventory.levels").WithTags("Inventory").WithSummary("List and search stock, a SKU at a node each")
            .WithDescription("query holds words and field:value, as docs/api/search.md says; GET /search/fields?list=stock names the fields. sort: sku.")
            .Produces<ListPage<LevelView>>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with pointers #limit, #after, #before, #sort, #expand, #query (and the column).</remarks>
    public static async Task<Result<ListPage<LevelView>>> Handle(ListAsk ask, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        SearchAnswer.Names(ask.Expand, "#expand", SearchAnswer.MostExpand, [], checks);
        if (checks.AnyFault) return checks.ToError();
        var order = ListOrder.Read(StockList.Spec.For(actor), ask, clock.GetUtcNow());
        if (order.Error is { } error) return error;
        return await db.Read<Result<ListPage<LevelView>>>(actor, async work =>
        {
            var (keys, next, previous, count) = await SearchList.Keys(work, StockList.Spec, order.Value, Scope(actor), ("nodes", actor.NodeFilter ?? []));
            return new ListPage<LevelView>(await Read(work, keys, clock.GetUtcNow()), next, next is not null, previous, count, null);
        }, snapshot: true);
    }

    internal static string Scope(Actor actor) => actor.Nodes is null ? "" : " and s.node_id = any(@nodes)";

    /// <summary>Levels by SKU key and node. Reservations past their time count as closed, as everywhere.</summary>
    internal static async Task<List<LevelView>> Read(Work work, IReadOnlyList<ListKey> keys, DateTimeOffset now) =>
        [.. (await work.Query(
            """
            select r.place, p.sku, p.name, n.code, n.kind, s.on_hand, s.unavailable, s.allocated,
                   s.reserved - coalesce((select sum(i.quantity) from reservation_items i
                       where i.sku_id = s.sku_id and i.node_id = s.node_id and i.is_open and i.expires_at_ms <= @now), 0),
                   s.earmarked, s.safety, coalesce(f.fed_at_ms, s.fed_at_ms)
              from @rows r join products p on p.merchant_id = @merchant and p.sku_key = r.sku_key
              join stock s on s.sku_id = p.id and s.node_id = r.node_id and s.merchant_id = @merchant join nodes n on n.id = s.node_id
              left join stock_feeds f on f.merchant_id = s.merchant_id and f.node_id = s.node_id
            """, Rows.Of(keys.Index().ToList()).Long("place", k => k.Index).Text("sku_key", k => (string)k.Item.Value).Long("node_id", k => (long)k.Item.Id),
            row => (Place: row.Long(), Level: View(row)), ("now", now.ToUnixTimeMilliseconds()))).OrderBy(l => l.Place).Select(l => l.Level)];

    private static LevelView View(Row row)
    {
        var (sku, name, node, kind) = (row.Text(), row.Text(), row.Text(), row.Text());
        var b = new Buckets(row.Long(), row.Long(), row.Long(), row.Sum(), row.Long(), row.Long());
        return new LevelView(sku, name, node, kind, b.OnHand, b.Unavailable, b.Allocated, b.Reserved, b.Earmarked, b.Safety, b.Available, row.InstantOrNull());
    }
}
