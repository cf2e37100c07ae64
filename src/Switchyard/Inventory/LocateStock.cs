using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>Units of a SKU at one place. Where a node keeps no bins of it, the place is the node and bin is null.</summary>
public sealed record StockPlace(string Sku, string Node, string? Bin, string? Zone, string? Lot, long Quantity, DateTimeOffset? LastMovementAt);

/// <summary>Answers "where does it lie?" over every node the caller may see.</summary>
public static class LocateStock
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/inventory/locate", async (string? sku, string? after, int? limit, Db db, Actor actor) => (await Handle(sku, after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("inventory.locate").WithSummary("Say where a SKU lies, bin by bin").WithTags("Inventory").Produces<Page<StockPlace>>()
            .ProducesProblem(400).ProducesProblem(404);

    public static async Task<Result<Page<StockPlace>>> Handle(string? sku, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        checks.Text(sku, "#sku", 200, required: true);
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        string[] from = ["", "", ""];
        if (!Cursor.TryDecode(after, out string text) || (text.Length > 0 && !TryPlace(text, out from))) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<StockPlace>>>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, [sku], []);
            if (names.Product(sku) is not { } product) return StockErrors.NoSuchSku(sku!);
            var found = await work.Query(
                """
                select node, bin, zone, lot, quantity, moved_at_ms from (
                    select n.id as node_id, n.code as node, x.code as bin, x.zone, b.lot, b.quantity, b.updated_at_ms as moved_at_ms
                      from bin_stock b join bins x on x.id = b.bin_id join nodes n on n.id = x.node_id
                     where b.merchant_id = @merchant and b.sku_id = @sku and b.quantity > 0
                    union all
                    select s.node_id, n.code, '', '', '', s.on_hand,
                           (select l.at_ms from stock_ledger l where l.sku_id = s.sku_id and l.node_id = s.node_id order by l.id desc limit 1)
                      from stock s join nodes n on n.id = s.node_id
                     where s.merchant_id = @merchant and s.sku_id = @sku and s.on_hand <> 0
                       and not exists (select 1 from bin_stock b join bins x on x.id = b.bin_id where b.sku_id = s.sku_id and x.node_id = s.node_id)) p
                 where (node, bin, lot) > (@node, @bin, @lot) and (@all or node_id = any(@nodes))
                 order by node, bin, lot limit @limit
                """,
                row => new StockPlace(product.Sku, row.Text(), row.Text(), row.Text(), row.Text(), row.Long(), row.InstantOrNull()),
                ("sku", product.Id), ("node", from[0]), ("bin", from[1]), ("lot", from[2]), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []), ("limit", most + 1L));
            var page = Page<StockPlace>.Of(found, most, p => JsonSerializer.Serialize(new[] { p.Node, p.Bin, p.Lot }));
            return page with { Data = [.. page.Data.Select(p => p.Bin == "" ? p with { Bin = null, Zone = null, Lot = null } : p)] };
        }, snapshot: true);
    }

    private static bool TryPlace(string text, out string[] place)
    {
        place = ["", "", ""];
        try
        {
            if (JsonSerializer.Deserialize<string?[]>(text) is not [{ } node, { } bin, { } lot] || !Text.IsStorable(node + bin + lot)) return false;
            place = [node, bin, lot];
            return true;
        }
        catch (JsonException) { return false; }
    }
}
