using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Warehouse;

/// <summary>Lists what is at a node but in no bin yet, or in a staging lane, and says where it is best put; nothing where no bins are kept, and nothing of what is missing. The move itself is told by <c>POST /inventory/bin-moves</c>.</summary>
public static class SuggestPutaway
{
    private const long MostContents = 200_000;

    /// <param name="Why">sameSku, nearSku, empty or free.</param>
    public sealed record Place(string Bin, string? Zone, long Quantity, [property: Words("sameSku", "nearSku", "empty", "free")] string Why);

    /// <param name="From">Where the units are now: UNPLACED or a staging bin.</param>
    /// <param name="Picture">Where its first picture is, if it has one.</param>
    /// <param name="Codes">Its barcodes, so that a device tells right from wrong without asking.</param>
    /// <param name="Rule">The rule that counted; null for the usual order.</param>
    /// <param name="Lacking">Units for which no bin has room.</param>
    public sealed record Item(string Sku, string Name, string? Picture, IReadOnlyList<GoodsCode> Codes, string? Lot, string From, long Quantity, string? Rule, IReadOnlyList<Place> Places, long Lacking);

    private sealed record Waiting(string Key, PutawayGoods Goods, string Name, string Bin, string Lot);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/putaway", async (string code, [FromQuery] string? sku, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) =>
                (await Handle(code, sku, after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("warehouse.putaway").WithTags("Warehouse").WithSummary("Say where what has come in is best put")
            .Produces<Page<Item>>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: nodes.no_such_node; request.invalid with pointers #sku, #limit, #after.</remarks>
    public static async Task<Result<Page<Item>>> Handle(string code, string? sku, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, text) = Paging.Read(checks, limit, after);
        string[] from = ["", "", ""];
        checks.Text(sku, "#sku", 200);
        checks.That(text.Length == 0 || TryPlace(text, out from), "#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<Item>>>(actor, async work =>
        {
            if ((await StockNames.Load(work, actor, [], [code])).Node(code) is not { } node) return NodeErrors.NoSuchNode(code);
            var waiting = await Find(work, node.Id, sku, from, most + 1L);
            var (rules, _) = await PutawayRules.Load(work, node.Id);
            var layout = await LayoutSql.Find(work, node.Id);
            var bins = waiting.Count == 0 ? [] : await Loads(work, node.Id);
            var pictures = await ProductPictures.Of(work, waiting.Select(w => w.Goods.SkuId));
            var codes = (await ScannedCodes.Of(work, waiting.Select(w => w.Goods.Sku))).ToLookup(c => c.Sku, c => new GoodsCode(c.Key, c.Units));
            var items = waiting.Select(w =>
            {
                var (rule, parts, left) = PutawayPlan.Suggest(w.Goods, rules, bins, layout?.AisleSpacingMm ?? 1);
                return (w.Key, Item: new Item(w.Goods.Sku, w.Name, pictures.GetValueOrDefault(w.Goods.SkuId), [.. codes[w.Goods.Sku]], w.Lot.Length == 0 ? null : w.Lot, w.Bin, w.Goods.Units, rule.Name.Length == 0 ? null : rule.Name,
                    [.. parts.Select(p => new Place(p.Bin, p.Zone.Length == 0 ? null : p.Zone, p.Units, p.Why))], left));
            }).ToList();
            var page = Page<(string Key, Item Item)>.Of(items, most, i => JsonSerializer.Serialize(new[] { i.Key, i.Item.From, i.Item.Lot ?? "" }));
            return new Page<Item>([.. page.Data.Select(i => i.Item)], page.Next, page.HasMore);
        }, snapshot: true);
    }

    // Also what never lay in a bin of this node: all of it is nowhere in particular. "cross join" keeps SQLite to this order: from the node's bins to what lies there.
    private static Task<List<Waiting>> Find(Work work, long node, string? sku, string[] from, long limit) => work.Query(
        $"""
        select sku_key, sku_id, sku, units, weight_grams, cm3, handling_flags, metadata, name, bin, lot from (
            select p.sku_key, p.id as sku_id, p.sku, s.quantity as units, p.weight_grams, coalesce(p.length_mm * p.width_mm * p.height_mm / 1000, 0) as cm3, p.handling_flags, p.metadata, p.name,
                   x.code as bin, s.lot
              from bins x cross join bin_stock s join products p on p.id = s.sku_id left join bin_places b on b.bin_id = x.id
             where x.node_id = @node and s.bin_id = x.id and s.merchant_id = @merchant and s.quantity > 0 and (x.code = 'UNPLACED' or b.kind = 'staging')
            union all
            select p.sku_key, p.id, p.sku, t.on_hand, p.weight_grams, coalesce(p.length_mm * p.width_mm * p.height_mm / 1000, 0), p.handling_flags, p.metadata, p.name, 'UNPLACED', ''
              from stock t join products p on p.id = t.sku_id
             where t.node_id = @node and t.merchant_id = @merchant and t.on_hand > 0
               and not exists (select 1 from bin_stock s join bins x on x.id = s.bin_id where s.sku_id = t.sku_id and x.node_id = @node)) w
         where exists (select 1 from bins x where x.node_id = @node and x.code not in {PickedBins.NoPlaces}) and (sku_key, bin, lot) > (@sku, @bin, @lot){(sku is null ? "" : " and sku_key = @only")} order by sku_key, bin, lot limit @limit
        """,
        row =>
        {
            var (key, id, sku, units, grams, cm3) = (row.Text(), row.Long(), row.Text(), row.Long(), row.Long(), row.Long());
            var goods = new PutawayGoods(id, sku, units, grams, cm3, JsonSerializer.Deserialize<List<string>>(row.Text(), Json.Options)!, Texts(row.Text()));
            return new Waiting(key, goods, row.Text(), row.Text(), row.Text());
        }, ("node", node), ("sku", from[0]), ("bin", from[1]), ("lot", from[2]), ("only", Text.Key(sku ?? "")), ("limit", limit));

    internal static async Task<List<BinLoad>> Loads(Work work, long node)
    {
        var loads = (await LayoutSql.Bins(work, node)).ToDictionary(b => b.Id, b => new BinLoad(b));
        var contents = await work.Query(
            """
            select s.bin_id, s.sku_id, s.quantity, p.weight_grams, coalesce(p.length_mm * p.width_mm * p.height_mm / 1000, 0)
              from bins x join bin_stock s on s.bin_id = x.id join products p on p.id = s.sku_id
             where x.node_id = @node and s.merchant_id = @merchant and s.quantity > 0 order by s.bin_id, s.sku_id limit @most
            """, row => (Bin: row.Long(), Sku: row.Long(), Units: row.Long(), Grams: row.Long(), Cm3: row.Long()), ("node", node), ("most", MostContents));
        foreach (var (bin, sku, units, grams, cm3) in contents)
            if (loads.TryGetValue(bin, out var load)) load.Add(sku, units, grams, cm3);
        return [.. loads.Values];
    }

    internal static Dictionary<string, string> Texts(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, Json.Options)!
        .ToDictionary(m => m.Key, m => m.Value.ValueKind == JsonValueKind.String ? m.Value.GetString()! : m.Value.ToString(), StringComparer.Ordinal);

    private static bool TryPlace(string text, out string[] place)
    {
        place = ["", "", ""];
        try
        {
            if (JsonSerializer.Deserialize<string?[]>(text) is not [{ } sku, { } bin, { } lot]) return false;
            place = [sku, bin, lot];
            return true;
        }
        catch (JsonException) { return false; }
    }
}
