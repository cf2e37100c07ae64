using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>Says what a code scanned at the dock is: an open delivery, a notice of what is coming (by its reference), or goods (by barcode or SKU) and which deliveries expect them.</summary>
public static class ScanAtDock
{
    private const int MostDeliveries = 20;

    /// <param name="DueAt">When it is expected.</param>
    public sealed record Expected(string Sku, long Quantity, DateTimeOffset DueAt);

    /// <param name="Units">Units that one such code stands for.</param>
    /// <param name="About">What goods-in asks of it, and its other barcodes.</param>
    public sealed record Goods(string Sku, long Units, string? Lot, string? Expiry, string? Serial, ReceivableGoods About);

    /// <param name="Kind">delivery: of this reference or id, open here; notice: on its way under this reference; goods; unknown.</param>
    /// <param name="Expected">Of a notice: what is to come.</param>
    /// <param name="OpenDeliveries">Of goods: deliveries open here that still expect some.</param>
    public sealed record Response(string Object, [property: Words("delivery", "notice", "goods", "unknown")] string Kind, DeliveryView? Delivery, string? Reference, IReadOnlyList<Expected> Expected, Goods? Goods,
        IReadOnlyList<DeliveryId> OpenDeliveries);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/dock", async (string code, [FromQuery] string? scan, Db db, TimeProvider clock, Actor actor) => (await Handle(code, scan, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("deliveries.scan").WithTags("Inventory").WithSummary("Say what a code scanned at the dock is, and what is expected of it")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: inventory.unknown_node; request.invalid with pointer #scan.</remarks>
    public static async Task<Result<Response>> Handle(string code, string? scan, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(scan, "#scan", Gs1.MostCharacters, required: true);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Response>>(actor, async work =>
        {
            if ((await StockNames.Load(work, actor, [], [code])).Node(code) is not { } node) return StockErrors.NoSuchNode(code);
            string text = scan!.Trim();
            var nothing = new Response("dockScan", "unknown", null, null, [], null, []);
            var delivery = await work.Query("select id from deliveries where merchant_id = @merchant and node_id = @node and state = 'open' and (reference = @text or id = @id) order by id limit 1",
                row => new DeliveryId(row.Uuid()), ("node", node.Id), ("text", text), ("id", DeliveryId.TryParse(text, null, out var id) ? id.Value : Guid.Empty));
            if (delivery.Count > 0) return nothing with { Kind = "delivery", Delivery = await DeliveryView.Load(work, actor, delivery[0]), Reference = text };
            var coming = await work.Query(
                $"""
                select p.sku, i.quantity, i.due_at_ms from inbound i join products p on p.id = i.sku_id
                 where i.merchant_id = @merchant and i.node_id = @node and i.reference = @text and i.quantity > 0 order by p.sku_key limit {DeliveriesSql.MostLines}
                """, row => new Expected(row.Text(), row.Long(), row.Instant()), ("node", node.Id), ("text", text));
            if (coming.Count > 0) return nothing with { Kind = "notice", Reference = text, Expected = coming };

            var faults = new Checks();
            var found = (await ScannedCodes.Load(work, [text], clock.GetUtcNow())).Find(text, "#scan", faults);
            // Our own labels name the SKU of what has no barcode. A code that is written wrongly is told as such; one that nobody knows is unknown.
            if ((await ReceivableGoods.Load(work, [found?.Sku ?? text])).Values.FirstOrDefault() is not { } about)
                return faults.ToError() is { Fields: [{ Code: not "catalog.no_such_barcode" }] } wrong ? wrong : nothing;
            found ??= new ScannedProduct(about.Sku, 1);
            var open = await work.Query(
                $"""
                select d.id from deliveries d join delivery_lines l on l.delivery_id = d.id join products p on p.id = l.sku_id
                 where d.merchant_id = @merchant and d.node_id = @node and d.state = 'open' and p.sku_key = @sku and l.expected > l.good + l.damaged order by d.id limit {MostDeliveries}
                """, row => new DeliveryId(row.Uuid()), ("node", node.Id), ("sku", Text.Key(found.Sku)));
            return nothing with { Kind = "goods", Goods = new Goods(found.Sku, found.Units, found.Lot, found.Expiry, found.Serial, about), OpenDeliveries = open };
        }, snapshot: true);
    }
}
