using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Tests.Orders;

/// <summary>Files of orders made for tests, and what is in the shop after an import.</summary>
internal static class ImportFixture
{
    public const string RetailHeader = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
    public static readonly Actor Cli = Actor.House("cli", 1);

    /// <summary>The real files, when the data folder lies beside the repository; else none.</summary>
    public static IReadOnlyList<string> RealFiles { get; } = FindRealFiles();

    public static JsonElement Expected { get; } =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(TestPostgres.Root, "docs", "import-expected.json"))).RootElement;

    /// <summary>Rows of the Online Retail shape: number, SKU, quantity, day of January 2011, price, customer.</summary>
    public static string Retail(params (string Number, string Sku, long Quantity, int Day, string Price, string Customer)[] rows) => RetailHeader + "\n" +
        string.Concat(rows.Select(r => $"{r.Number},{r.Sku},Thing {r.Sku.ToUpperInvariant()},{r.Quantity},2011-01-{r.Day:00} 10:00:00,{r.Price},{r.Customer},United Kingdom\n"));

    public static string Write(string content, bool isGzip = false)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("switchyard-import-").FullName, isGzip ? "orders.csv.gz" : "orders.csv");
        if (!isGzip) { File.WriteAllText(path, content, new UTF8Encoding(false)); return path; }
        using var zip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        zip.Write(Encoding.UTF8.GetBytes(content));
        return path;
    }

    public static Task<Result<ImportReport>> Import(this Shop shop, string path, bool isHistory = true, string mapping = "online-retail", bool isDryRun = false,
        Action<string, long, long?>? progress = null, CancellationToken stop = default) =>
        shop.Services.GetRequiredService<OrderImport>().Run(Cli, new OrderFile(path, Path.GetFileName(path)),
            new ImportOptions(ImportMappings.BuiltIn(mapping)!, isHistory, "web", isDryRun), progress ?? ((_, _, _) => { }), stop);

    /// <summary>Digests over everything that the expected numbers speak of, read back from the database.</summary>
    public static async Task<(long Orders, long Products, long Customers, string OrdersDigest, string ProductsDigest)> State(this Db db)
    {
        var orders = await db.ReadAll(work => work.Query(
            """
            select o.external_id, o.placed_at_ms, coalesce(o.customer_reference, ''), coalesce(o.ship_country, ''), o.goods_minor, o.charges_minor, count(*),
                   sum(case when l.kind = 'goods' then l.delivered else 0 end), sum(l.returned)
              from orders o join order_lines l on l.order_id = o.id where o.is_history
             group by o.id, o.external_id, o.placed_at_ms, o.customer_reference, o.ship_country, o.goods_minor, o.charges_minor
            """,
            row => $"{row.Text()}|{row.Long()}|{row.Text()}|{row.Text()}|{row.Long()}|{row.Long()}|{row.Sum()}|{row.Sum()}|{row.Sum()}"));
        var products = await db.ReadAll(work => work.Query("select sku_key, sku, name from products", row => $"{row.Text()}|{row.Text()}|{row.Text()}"));
        long customers = await db.ReadAll(work => work.Scalar("select count(distinct customer_reference) from orders where is_history"));
        return (orders.Count, products.Count, customers, Digest(orders), Digest(products));
    }

    public static async Task ShouldBe(this Db db, JsonElement after)
    {
        var state = await db.State();
        state.Orders.ShouldBe(after.Long("orders"));
        state.Products.ShouldBe(after.Long("products"));
        state.Customers.ShouldBe(after.Long("customers"));
        state.OrdersDigest.ShouldBe(after.Text("orders_digest"));
        state.ProductsDigest.ShouldBe(after.Text("products_digest"));
    }

    /// <summary>Compares the counts of a report with the script's, member by member.</summary>
    public static void ShouldBe(this ImportCounts counts, JsonElement expected)
    {
        var got = JsonSerializer.SerializeToElement(counts, Switchyard.Http.Json.Options);
        foreach (var (name, script) in new[] { ("rows", "rows"), ("orders", "orders"), ("ordersWithoutGoods", "orders_without_goods"), ("goodsLines", "goods_lines"),
            ("units", "units"), ("chargeLines", "charge_lines"), ("goodsMinor", "goods_minor"), ("chargesMinor", "charges_minor"), ("totalMinor", "total_minor"),
            ("productsCreated", "products_new"), ("errorRows", "error_rows") })
            got.Long(name).ShouldBe(expected.Long(script), $"{expected.Text("file")} {name}");
        foreach (var (name, script) in new[] { ("rows", "rows"), ("rowsMatched", "rows_matched"), ("rowsPartly", "rows_partly"), ("rowsUnmatched", "rows_unmatched"),
            ("units", "units"), ("unitsMatched", "units_matched") })
            got.GetProperty("returns").Long(name).ShouldBe(expected.GetProperty("returns").Long(script), $"{expected.Text("file")} returns {name}");
        foreach (string name in new[] { "charges", "errors", "warnings" })
            JsonElement.DeepEquals(got.GetProperty(name), expected.GetProperty(name)).ShouldBeTrue($"{expected.Text("file")} {name}: {got.GetProperty(name)}");
    }

    /// <summary>"adjustment 3, fee 26".</summary>
    public static string Said(this IEnumerable<KeyValuePair<string, long>> codes) => string.Join(", ", codes.Select(c => $"{c.Key} {c.Value}"));

    public static string Digest(IEnumerable<string> lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(lines.Order(StringComparer.Ordinal).Select(l => l + "\n")))));

    private static List<string> FindRealFiles()
    {
        string folder = Path.Combine(TestPostgres.Root, "..", "shared", "data", "orders", "online_retail_uci");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.csv.gz").Order(StringComparer.Ordinal)] : [];
    }
}
