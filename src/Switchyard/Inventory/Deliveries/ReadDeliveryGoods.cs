using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A barcode of a product.</summary>
/// <param name="Key">As scans are compared by: a GTIN with zeros before it to 14 digits, any other code as it is.</param>
/// <param name="Units">Units that one such code stands for: 12 on a case of 12.</param>
public sealed record GoodsCode(string Key, long Units);

/// <summary>What must be known of a product to book it in without asking anybody.</summary>
/// <param name="Picture">Where its first picture is, if it has one.</param>
/// <param name="Tracks">What goods-in asks for: lots, a serial number a unit, or neither.</param>
/// <param name="NeedsExpiry">The last day of a lot is asked for.</param>
public sealed record ReceivableGoods(string Sku, string Name, string? Picture, Tracks Tracks, bool NeedsExpiry, IReadOnlyList<GoodsCode> Codes)
{
    /// <summary>By SKU, as <c>Text.Key</c> writes it.</summary>
    internal static async Task<Dictionary<string, ReceivableGoods>> Load(Work work, IReadOnlyList<string> skus)
    {
        if (skus.Count == 0) return [];
        string[] keys = [.. skus.Select(Text.Key).Distinct()];
        var found = await work.Query("select sku_key, id, sku, name from products where merchant_id = @merchant and sku_key = any(@keys)",
            row => (Key: row.Text(), Id: row.Long(), Sku: row.Text(), Name: row.Text()), ("keys", keys));
        var tracking = await SetTracking.Of(work, [.. found.Select(f => f.Id)]);
        var pictures = await ProductPictures.Of(work, found.Select(f => f.Id));
        var codes = (await ScannedCodes.Of(work, found.Select(f => f.Sku))).ToLookup(c => c.Sku, c => new GoodsCode(c.Key, c.Units));
        return found.ToDictionary(f => f.Key, f =>
        {
            var (tracks, needsExpiry) = tracking.GetValueOrDefault(f.Id);
            return new ReceivableGoods(f.Sku, f.Name, pictures.GetValueOrDefault(f.Id), tracks, needsExpiry, [.. codes[f.Sku]]);
        }, StringComparer.Ordinal);
    }
}

/// <summary>A delivery with all that a device must know of its goods, so that it goes on booking them in where no network reaches.</summary>
public static class ReadDeliveryGoods
{
    public sealed record Response(string Object, DeliveryView Delivery, IReadOnlyList<ReceivableGoods> Goods);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/deliveries/{id}/goods", async (string id, Db db, Actor actor) => (await Handle(id, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("deliveries.goods").WithTags("Inventory").WithSummary("Show a delivery with the barcodes of its goods and what goods-in asks of them")
            .Produces<Response>().ProducesProblem(404);

    /// <remarks>Errors: inventory.no_such_delivery.</remarks>
    public static Task<Result<Response>> Handle(string text, Db db, Actor actor) => db.Read<Result<Response>>(actor, async work =>
    {
        if (!DeliveryId.TryParse(text, null, out var id) || await DeliveriesSql.Find(work, actor, id) is not { } found) return DeliveryErrors.NotFound(text);
        var delivery = DeliveryView.Of(found, await DeliveriesSql.Lines(work, id));
        var goods = await ReceivableGoods.Load(work, [.. delivery.Lines.Select(l => l.Sku)]);
        return new Response("deliveryGoods", delivery, [.. delivery.Lines.Select(l => goods[Text.Key(l.Sku)])]);
    }, snapshot: true);
}
