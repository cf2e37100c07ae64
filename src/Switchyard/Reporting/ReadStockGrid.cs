using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Reporting;

/// <summary>Stock as a grid: a row for each SKU and node with every bucket, what is on its way, and whether it is low or more than enough.</summary>
public static class ReadStockGrid
{
    /// <param name="Available">May be below zero: more is promised than is there.</param>
    /// <param name="Inbound">Units on their way to this node.</param>
    /// <param name="Level">low, deficit, excess, or null when all is well.</param>
    public sealed record Cell(string Sku, string Name, string Node, string NodeName, string NodeKind, long OnHand, long Unavailable, long Allocated, long Reserved, long Earmarked,
        long Safety, long Available, long Inbound, DateTimeOffset? InboundAt, long? ReorderAt, long? OrderUpTo, string? Level);

    public static readonly IReadOnlyDictionary<string, string> Shown = new Dictionary<string, string>
    {
        ["low"] = "(g.available <= coalesce(g.reorder_at, 0))",
        ["deficit"] = "(g.available < 0)",
        ["excess"] = "coalesce(g.available > g.order_up_to, false)",
        ["inbound"] = "(g.inbound > 0)",
        ["unavailable"] = "(g.unavailable > 0)",
        ["claimed"] = "(g.allocated + g.reserved + g.earmarked > 0)",
    };

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/inventory/grid", async (string? query, string? node, string? show, int? limit, string? after, Actor actor, Db db, TimeProvider clock) =>
                (await Handle(query, node, show, limit, after, actor, db, clock)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("inventory.readGrid").WithTags("Inventory").WithSummary("Stock by SKU and node with all its buckets")
            .WithDescription("query: the beginning of a SKU, a part of a name, or a barcode. show: low, deficit, excess, inbound, unavailable or claimed. "
                + "Low is at or below the reorder level, or 0 without one; excess is above what is ordered up to. Sorted by SKU and node.")
            .Produces<Page<Cell>>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: request.invalid with #query, #show, #limit, #after. A node that is not there, or not the caller's, has no rows.</remarks>
    public static async Task<Result<Page<Cell>>> Handle(string? query, string? node, string? show, int? limit, string? after, Actor actor, Db db, TimeProvider clock)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.Text(query, "#query", 100);
        checks.Text(node, "#node", 100);
        checks.That(show is null || Shown.ContainsKey(show), "#show", "field.unknown_value", $"show must be one of {string.Join(", ", Shown.Keys)}.");
        var (sku, at) = ("", "");
        if (!Cursor.TryDecode(after, out string place) || !Text.IsStorable(place) || place.Length > 0 && place.Split('\n') is not [_, _])
            checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        else if (place.Length > 0) (sku, at) = (place.Split('\n')[0], place.Split('\n')[1]);
        if (checks.AnyFault) return checks.ToError();
        string? wanted = string.IsNullOrWhiteSpace(query) ? null : query.Trim();
        var found = await db.Read(actor, work => work.Query(Sql(actor, wanted, node, show), Read,
            ("sku", sku), ("at", at), ("limit", most + 1L), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("nodes", actor.NodeFilter ?? []), ("node", node ?? ""),
            ("key", wanted is null ? "" : Text.Key(wanted)), ("prefix", wanted is null ? "" : Pattern(Text.Key(wanted)) + "%"),
            ("name", wanted is null ? "" : "%" + Pattern(wanted.ToLowerInvariant()) + "%")), snapshot: true);
        return Page<(string Key, Cell Cell)>.Of(found, most, r => r.Key + "\n" + r.Cell.Node) is var page
            ? new Page<Cell>([.. page.Data.Select(r => r.Cell)], page.Next, page.HasMore) : null!;
    }

    // "cross join" keeps SQLite to this order: the page goes along the products, and does not sort all stock first.
    private static string Sql(Actor actor, string? query, string? node, string? show) =>
        $"""
        select g.sku_key, g.sku, g.name, g.code, g.node_name, g.kind, g.on_hand, g.unavailable, g.allocated, g.reserved, g.earmarked, g.safety, g.available, g.inbound, g.inbound_at,
               g.reorder_at, g.order_up_to
          from (select x.*, x.on_hand - x.unavailable - x.allocated - x.reserved - x.earmarked - x.safety as available from (
            select p.sku_key, p.sku, p.name, n.code, n.name as node_name, n.kind, s.on_hand, s.unavailable, s.allocated, s.earmarked, s.safety,
               s.reserved - coalesce((select sum(i.quantity) from reservation_items i
                   where i.sku_id = s.sku_id and i.node_id = s.node_id and i.merchant_id = @merchant and i.is_open and i.expires_at_ms <= @now), 0) as reserved,
               coalesce((select sum(b.quantity) from inbound b where b.merchant_id = @merchant and b.sku_id = s.sku_id and b.node_id = s.node_id), 0) as inbound,
               (select min(b.due_at_ms) from inbound b where b.merchant_id = @merchant and b.sku_id = s.sku_id and b.node_id = s.node_id and b.quantity > 0) as inbound_at,
               l.reorder_at, l.order_up_to
          from products p cross join stock s join nodes n on n.id = s.node_id
          left join reorder_levels l on l.merchant_id = @merchant and l.sku_id = s.sku_id and l.node_id = s.node_id
         where s.sku_id = p.id and s.merchant_id = @merchant and p.merchant_id = @merchant and p.sku_key >= @sku and (p.sku_key > @sku or n.code > @at)
           {(actor.Nodes is null ? "" : "and s.node_id = any(@nodes)")} {(node is null ? "" : "and n.code = @node")} {(query is null ? "" : Matching)}) x) g
         {(show is null ? "" : "where " + Shown[show])} order by g.sku_key, g.code limit @limit
        """;

    private const string Matching =
        """
        and (p.sku_key like @prefix escape '\' or lower(p.name) like @name escape '\'
             or p.id in (select b.product_id from product_barcodes b where b.merchant_id = @merchant and b.barcode_key = @key))
        """;

    private static (string Key, Cell Cell) Read(Row row)
    {
        var (key, sku, name, node, nodeName, kind) = (row.Text(), row.Text(), row.Text(), row.Text(), row.Text(), row.Text());
        var (onHand, unavailable, allocated, reserved, earmarked, safety, available) = (row.Long(), row.Long(), row.Long(), row.Sum(), row.Long(), row.Long(), row.Sum());
        var (inbound, due, reorderAt, upTo) = (row.Sum(), row.InstantOrNull(), row.LongOrNull(), row.LongOrNull());
        string? level = available < 0 ? "deficit" : available <= (reorderAt ?? 0) ? "low" : upTo is { } enough && available > enough ? "excess" : null;
        return (key, new Cell(sku, name, node, nodeName, kind, onHand, unavailable, allocated, reserved, earmarked, safety, available, inbound, due, reorderAt, upTo, level));
    }

    private static string Pattern(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
