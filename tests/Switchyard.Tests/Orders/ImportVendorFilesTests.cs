using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;
using Xunit.Abstractions;

namespace Switchyard.Tests.Orders;

/// <summary>Exports of other systems come in as history with what had become of each order.</summary>
public sealed class ImportVendorFilesTests(ITestOutputHelper output)
{
    private static readonly string Olist = Folder(
        ("orders.csv", """
            order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date
            o1,c1,delivered,2017-07-09 21:57:05,2017-07-09 22:10:13,2017-07-11 14:58:04,2017-07-26 10:57:55,2017-08-01 00:00:00
            o2,c2,canceled,2017-08-09 10:00:00,,,,2017-09-01 00:00:00
            o3,c1,processing,2017-08-10 10:00:00,2017-08-10 11:00:00,,,2017-09-01 00:00:00
            o4,c2,canceled,2017-08-11 10:00:00,2017-08-10 11:00:00,2017-08-12 11:00:00,,2017-09-01 00:00:00
            o5,c2,unavailable,2017-08-12 10:00:00,,,,2017-09-01 00:00:00
            """),
        ("order_items.csv", "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\n" +
            "o1,1,p1,s,2017-07-12 00:00:00,21.99,11.85\no1,2,p1,s,2017-07-12 00:00:00,21.99,11.85\no1,3,p2,s,2017-07-12 00:00:00,5,0.10\n" +
            "o2,1,p1,s,2017-07-12 00:00:00,10.00,1.00\no3,1,p2,s,2017-07-12 00:00:00,10.00,0.00\no4,1,p2,s,2017-07-12 00:00:00,7.00,0.00\n"),
        ("order_payments.csv", "order_id,payment_sequential,payment_type,payment_installments,payment_value\no1,1,credit_card,8,70.00\no1,2,voucher,1,2.78\no3,1,boleto,1,9.00\n"),
        ("customers.csv", "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state\nc1,u1,35182,timoteo,MG\nc2,u2,20231,rio de janeiro,RJ\n"));

    private const string ShopifyColumns =
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem fulfillment status,Shipping Country,Shipping City,Cancelled at,Payment Method,Refunded Amount\n";

    private const string Shopify = ShopifyColumns +
        "#1,a@example.com,partially_refunded,2026-03-01 10:00:00 +0100,fulfilled,2026-03-02 10:00:00 +0100,EUR,27.00,4.00,6.51,37.51,3.00,Standard,2026-03-01 09:59:00 +0100,2,Mug,12.50,MUG,fulfilled,DE,Ulm,,Card,5.00\n" +
        "#1,,,,,,,,,,,,,2026-03-01 09:59:00 +0100,1,\"Spoon, small\",5.00,,fulfilled,,,,,\n" +
        "#2,,paid,2026-03-02 10:00:00 +0100,unfulfilled,,EUR,12.50,0.00,2.00,12.50,0.00,,2026-03-02 09:00:00 +0100,1,Mug,12.50,MUG,pending,DE,Ulm,,Card,0.00\n" +
        "#3,,voided,,unfulfilled,,EUR,12.50,0.00,0.00,12.50,0.00,,2026-03-03 09:00:00 +0100,1,Mug,12.50,MUG,pending,DE,Ulm,2026-03-03 12:00:00 +0100,Card,0.00\n";

    [Theory, BothDatabases, Capability("CH-18")]
    public async Task Olist_orders_keep_their_status_dates_and_payments(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var counts = (await shop.Import(Olist, mapping: "olist")).Value.Counts;
        (counts.Orders, counts.Units, counts.TotalMinor, counts.OrdersShipped, counts.OrdersDelivered).ShouldBe((4, 6, 7278 + 1100 + 1000 + 700, 2, 1));
        counts.Errors.Said().ShouldBe("order_without_items 1");
        counts.Warnings.Said().ShouldBe("payment_differs 3");
        counts.Payments["sale credit_card"].Minor.ShouldBe(7000);

        var delivered = await Find(shop, "o1");
        (delivered.Text("state"), delivered.Text("currency"), delivered.Long("totalMinor"), delivered.Text("paymentStatus")).ShouldBe(("closed", "BRL", 7278, "paid"));
        (delivered.GetProperty("lines")[0].Long("quantity"), delivered.GetProperty("lines")[0].Long("delivered")).ShouldBe((2, 2));
        delivered.GetProperty("placedAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2017, 7, 9, 21, 57, 5, TimeSpan.FromHours(-3)));
        delivered.GetProperty("deliverBy").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2017, 8, 1, 0, 0, 0, TimeSpan.FromHours(-3)));
        delivered.GetProperty("customer").Text("reference").ShouldBe("u1");
        (await Find(shop, "o2")).Text("state").ShouldBe("cancelled");
        (await Find(shop, "o4")).GetProperty("lines")[0].Long("sentBack").ShouldBe(1);
        var open = await Find(shop, "o3");
        (open.Text("state"), open.Text("status"), open.GetProperty("holds")[0].Text("kind")).ShouldBe(("placed", "onHold", "imported"));
        (await shop.Import(Olist, mapping: "olist")).Value.WasDone.ShouldBeTrue();
        (await shop.Db.ReadAll(work => work.Scalar("select (select count(*) from stock_ledger) + (select count(*) from allocations)"))).ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("CH-18")]
    public async Task A_Shopify_export_keeps_status_totals_taxes_and_payments_to_the_penny(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var counts = (await shop.Import(ImportFixture.Write(Shopify), mapping: "shopify-orders")).Value.Counts;
        (counts.Orders, counts.Units, counts.DiscountMinor, counts.TotalMinor).ShouldBe((3, 5, 300, 3751 + 1250 + 1250));
        counts.Statuses.Said().ShouldBe("paid/unfulfilled 1, partially_refunded/fulfilled 1, voided/unfulfilled/cancelled 1");
        counts.Payments["refund Card"].Minor.ShouldBe(500);

        var first = await Find(shop, "#1");
        (first.Text("state"), first.Long("totalMinor"), first.Long("taxMinor"), first.GetProperty("pricesIncludeTax").GetBoolean(), first.Text("paymentStatus"))
            .ShouldBe(("closed", 3751, 651, false, "partRefunded"));
        first.GetProperty("lines")[0].Long("shipped").ShouldBe(2);
        first.GetProperty("lines")[1].Text("sku").ShouldBe("Spoon, small");      // a variant without SKU is known by its name
        var second = await Find(shop, "#2");
        (second.Text("status"), second.Long("taxMinor"), second.GetProperty("pricesIncludeTax").GetBoolean()).ShouldBe(("onHold", 200, true));
        (await Find(shop, "#3")).Text("state").ShouldBe("cancelled");
    }

    [Theory, BothDatabases]
    public async Task Files_that_cannot_be_whole_are_refused_by_name(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        (await shop.Import(ImportFixture.Write("order_id,customer_id,order_status,order_purchase_timestamp\no1,c,delivered,2017-07-09 21:57:05\n"), mapping: "olist")).Error!.Code.ShouldBe("import.file_beside_needed");
        (await shop.Import(ImportFixture.Write("Name,Currency\n#1,EUR\n"), mapping: "shopify-orders")).Error!.Code.ShouldBe("import.column_missing");
        (await shop.Import(ImportFixture.Write(Shopify), isHistory: false, mapping: "shopify-orders")).Error!.Code.ShouldBe("import.history_only");
        var odd = (await shop.Import(ImportFixture.Write(Shopify.Replace(",12.50,MUG,pending", ",12.505,MUG,pending", StringComparison.Ordinal).Replace(",2,Mug,", ",0,Mug,", StringComparison.Ordinal)), mapping: "shopify-orders", isDryRun: true)).Value;
        odd.Counts.Errors.Said().ShouldBe("price_unreadable 2, quantity_unreadable 1");
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from orders"))).ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("CH-18")]
    public async Task The_real_exports_come_in_as_an_independent_script_counts_them(DatabaseKind kind)
    {
        string data = Path.Combine(TestPostgres.Root, "..", "shared", "data");
        var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(TestPostgres.Root, "docs", "import-vendor-expected.json"))).RootElement.GetProperty("files");
        await using var shop = await Shop.Open(kind);
        foreach (var (file, folder, mapping) in new[] { ("olist/orders.csv", "orders", "olist"), ("shopify_orders_export_ca_shoes.csv", "channel-exports", "shopify-orders"),
            ("shopify_orders_export_full_columns_masked.csv", "channel-exports", "shopify-orders") })
        {
            string path = Path.Combine(data, folder, file);
            if (!File.Exists(path)) { output.WriteLine($"{file} is not here: not tried."); continue; }
            var counts = JsonSerializer.SerializeToElement((await shop.Import(path, mapping: mapping)).Value.Counts, Switchyard.Http.Json.Options);
            foreach (var wanted in expected.GetProperty(file).EnumerateObject().Where(w => w.Name != "buckets"))
                Sorted(counts.GetProperty(wanted.Name)).ShouldBe(Sorted(wanted.Value), $"{file} {wanted.Name}");
            var buckets = expected.GetProperty(file).GetProperty("buckets").EnumerateObject().ToDictionary(b => b.Name, b => b.Value.GetInt64());
            string currency = mapping == "olist" ? "BRL" : file.Contains("ca_shoes", StringComparison.Ordinal) ? "CAD" : "BDT";
            (await shop.Db.ReadAll(work => work.Query(
                """
                select sum(delivered), sum(shipped), sum(sent_back), sum(l.cancelled), sum(unallocated) from order_lines l join orders o on o.id = l.order_id
                 where o.currency = @currency and l.kind = 'goods'
                """, row => (row.Sum(), row.Sum(), row.Sum(), row.Sum(), row.Sum()), ("currency", currency)))).Single()
                .ShouldBe((Of("delivered"), Of("shipped"), Of("sentBack"), Of("cancelled"), Of("unallocated")), file);
            long Of(string bucket) => buckets.GetValueOrDefault(bucket);
        }
    }

    private static async Task<JsonElement> Find(Shop shop, string externalId) =>
        (await shop.Get($"/orders?query={Uri.EscapeDataString($"externalId:\"{externalId}\"")}")).GetProperty("data")[0];

    private static string Sorted(JsonElement value) => value.ValueKind != JsonValueKind.Object ? value.ToString()
        : string.Join(", ", value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}: {Sorted(p.Value)}"));

    private static string Folder(params (string Name, string Content)[] files)
    {
        string folder = Directory.CreateTempSubdirectory("switchyard-olist-").FullName;
        foreach (var (name, content) in files) File.WriteAllText(Path.Combine(folder, name), content);
        return Path.Combine(folder, files[0].Name);
    }
}
