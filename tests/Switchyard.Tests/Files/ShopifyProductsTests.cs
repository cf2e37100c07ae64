using System.Net.Http.Headers;
using System.Text;
using CsvHelper;
using Shouldly;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Kernel;
using Switchyard.Tests.Fulfilment;
using Xunit.Abstractions;

namespace Switchyard.Tests.Files;

/// <summary>Shopify's export of products becomes files of ours, and no variant, unit or penny is lost on the way.</summary>
public sealed class ShopifyProductsTests(ITestOutputHelper output)
{
    private const string Small =
        "Handle,Title,Body (HTML),Option1 Name,Option1 Value,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Barcode,Image Src,Status\n" +
        "boot,Boot,\"<p>Warm,\ndry</p>\",Size,36,Black,B-1,800.4,shopify,2,112.00,'4006381333931,https://x/1.jpg,active\n" +
        "boot,,,,37,Black,B-1,,shopify,3,112.00,'4006381333948,https://x/2.jpg,\n" +
        "boot,,,,,,,,,,,,https://x/3.jpg,\n" +
        "bag,Bag,,Title,Default Title,,BAG,,shopify,-1,25.50,,,draft\n" +
        "gift,Gift,,Title,Default Title,,,,,,10.00,,,active\n";

    [Theory, BothDatabases, Capability("CH-18", "IG-16")]
    public async Task Variants_that_share_a_SKU_get_their_own_and_all_units_and_prices_are_there(DatabaseKind kind)
    {
        var (done, files) = await Convert(new MemoryStream(Encoding.UTF8.GetBytes(Small)), "USD");
        done.ShouldBe(new ShopifyProducts.Converted(5, 3, 4, 2, 5, 11_200 * 2 + 2_550 + 1_000, 3, 1));
        files["products"].ShouldBe("sku,name,weight_grams,is_active,price_USD\nB-1/36/Black,Boot – 36 / Black,800,true,112.00\nB-1/37/Black,Boot – 37 / Black,,true,112.00\nBAG,Bag,,false,25.50\ngift,Gift,,true,10.00\n");
        await using var shop = await Shop.Open(kind);
        await shop.Node("STORE", "store");
        foreach (string name in new[] { "products", "barcodes", "stock" }) (await Import(shop, name, files[name])).Failed.ShouldBe(0, name);
        (await Sums(shop)).ShouldBe((4, 5, 25_950));
        (await Import(shop, "products", files["products"])).ShouldBe((4, 0), "the same again changes nothing");
    }

    /// <summary>Counted from the file by other means.</summary>
    [Theory, BothDatabases, Capability("CH-18", "IG-16")]
    public async Task A_real_export_of_five_thousand_variants_keeps_its_totals(DatabaseKind kind)
    {
        string path = Path.Combine(TestPostgres.Root, "..", "shared", "data", "channel-exports", "shopify_products_export_ca_shoes.csv.gz");
        if (!File.Exists(path)) { output.WriteLine("Not run: the export (../shared/data/channel-exports) is not at hand."); return; }
        var (done, files) = await Convert(ShopifyProducts.Unpacked(File.OpenRead(path)), "CAD");
        (done.Rows, done.Products, done.Variants, done.Barcodes, done.Units, done.PriceMinor, done.Negative).ShouldBe((10_596, 1_165, 5_295, 5_295, 6_085, 68_123_975, 0));
        await using var shop = await Shop.Open(kind);
        await shop.Node("STORE", "store");
        (await Import(shop, "products", files["products"])).ShouldBe((5_295, 0));
        (await Import(shop, "stock", files["stock"])).Failed.ShouldBe(0);
        (await Sums(shop)).ShouldBe((5_295, 6_085, 68_123_975));
    }

    private static async Task<(ShopifyProducts.Converted, Dictionary<string, string>)> Convert(Stream from, string currency)
    {
        var files = new Dictionary<string, string>();
        var done = await ShopifyProducts.Convert(from, Currency.Parse(currency), "STORE", async (name, body) =>
        {
            using var to = new MemoryStream();
            await using (var csv = CsvText.Writer(to)) { await body(csv); await csv.FlushAsync(); }
            files[name] = Encoding.UTF8.GetString(to.ToArray()).Replace("\r\n", "\n", StringComparison.Ordinal);
        }, default);
        done.Error.ShouldBeNull();
        return (done.Value, files);
    }

    private static async Task<(long Rows, long Failed)> Import(Shop shop, string kind, string csv)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(csv));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var done = await Shop.Read(await shop.Http.PostAsync($"/api/v1/imports/{kind}", content), 200);
        return (done.Long("rows"), done.Long("failed"));
    }

    /// <summary>Products, units on hand, and the sum of their prices.</summary>
    private static async Task<(long, long, long)> Sums(Shop shop) => (
        await shop.Db.ReadAll(work => work.Scalar("select count(*) from products")),
        await shop.Db.ReadAll(work => work.Scalar("select cast(sum(on_hand) as bigint) from stock")),
        await shop.Db.ReadAll(work => work.Scalar("select cast(sum(price_minor) as bigint) from product_prices")));
}
