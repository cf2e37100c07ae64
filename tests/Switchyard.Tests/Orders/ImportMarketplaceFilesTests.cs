using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;
using Xunit.Abstractions;

namespace Switchyard.Tests.Orders;

/// <summary>Exports of marketplaces and of Magento come in as history, and what they came to is what it was there.</summary>
public sealed class ImportMarketplaceFilesTests(ITestOutputHelper output)
{
    private const string Amazon =
        "order-id\torder-item-id\tpurchase-date\tpayments-date\tbuyer-email\tbuyer-name\tsku\tproduct-name\tquantity-purchased\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\tship-service-level\trecipient-name\tship-address-1\tship-city\tship-postal-code\tship-country\titem-promotion-discount\n" +
        "111-1\t1\t2026-03-01T10:50:49-08:00\t2026-03-01T11:00:00-08:00\tx1@marketplace.example\tAda\tMUG\tMug\t3\tUSD\t10.00\t0.83\t4.99\t0.41\tStandard\tAda\t1 Mill Lane\tReno\t89501\tUS\t1.00\n" +
        "111-1\t2\t2026-03-01T10:50:49-08:00\t2026-03-01T11:00:00-08:00\tx1@marketplace.example\tAda\tCUP\t\"Tall\" cup\t1\tUSD\t7.50\t0.62\t0.00\t0.00\tStandard\tAda\t1 Mill Lane\tReno\t89501\tUS\t\n" +
        "111-2\t3\t2026-03-02T10:50:49+00:00\t\tx2@marketplace.example\tBob\tMUG\tMug\t2\tGBP\t24.00\t4.00\t0.00\t0.00\tStandard\tBob\t2 Mill Lane\tLeeds\tLS1 1AA\tGB\t\n" +
        "111-3\t4\t2026-03-02T10:50:49+00:00\t\tx3@marketplace.example\tCy\tMUG\tMug\tnone\tGBP\t24.00\t4.00\t0.00\t0.00\tStandard\tCy\t2 Mill Lane\tLeeds\tLS1 1AA\tGB\t\n";

    private const string Ebay =
        ",,,\n\"Sales Record Number\",Order Number,Buyer Username,Item Number,Item Title,Custom Label,Quantity,Sold For,Shipping And Handling,Seller Collected Tax,eBay Collected Tax,Total Price,eBay Collected Tax Included in Total,Payment Method,Sale Date,Paid On Date,Shipped On Date,Shipping Service,Ship To Country\n,,,\n" +
        "1,01-1,ann,,,,3,,£4.00,,,£34.00,No,PayPal,01-Mar-26,01-Mar-26,02-Mar-26,Royal Mail,GB\n" +
        "2,01-1,ann,1001,Mug,MUG,2,£10.00,,,,,,,01-Mar-26,,,,\n" +
        "3,01-1,ann,1002,\"Cup, tall\",,1,£10.00,,,,,,,01-Mar-26,,,,\n" +
        "4,01-2,bob,1001,Mug,MUG,1,\"£1,010.00\",£0.00,,,£1012.00,No,PayPal,02-Mar-26,,,,GB\n" +
        "\n2,,\"record(s) downloaded\"\nSeller ID : someone\n";

    private const string Magento =
        "ID,\"Purchase Point\",\"Purchase Date\",\"Bill-to Name\",\"Ship-to Name\",\"Grand Total (Base)\",\"Grand Total (Purchased)\",Status,\"Billing Address\",\"Shipping Address\",\"Shipping Information\",\"Customer Email\",\"Customer Group\",Subtotal,\"Shipping and Handling\",\"Customer Name\",\"Payment Method\",\"Total Refunded\"\n" +
        "000000001,Main,\"2026-03-01 10:00:00\",Ada,Ada,$36.39,$36.39,complete,,,\"Flat Rate\",ada@example.com,General,$29.00,$5.00,Ada,checkmo,$6.39\n" +
        "000000002,Main,\"Mar 2, 2026 3:04:05 PM\",Bob,Bob,1027.5000,1027.5000,canceled,,,,bob@example.com,General,\"1,030.0000\",0.0000,Bob,checkmo,0.0000\n";

    [Theory, BothDatabases, Capability("CH-18", "IG-16")]
    public async Task Each_keeps_its_orders_units_totals_taxes_and_payments(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var amazon = (await shop.Import(ImportFixture.Write(Amazon), mapping: "amazon-orders")).Value.Counts;
        (amazon.Orders, amazon.Units, amazon.TotalMinor).ShouldBe((2, 6, 1000 - 100 + 83 + 750 + 62 + 499 + 41 + 2400));
        amazon.Errors.Said().ShouldBe("quantity_unreadable 1");
        amazon.Payments["sale amazon"].Minor.ShouldBe(2335);
        var dollars = await Find(shop, "111-1");
        (dollars.Long("totalMinor"), dollars.Long("taxMinor"), dollars.GetProperty("pricesIncludeTax").GetBoolean(), dollars.GetProperty("lines")[0].Long("unitPriceMinor")).ShouldBe((2335, 186, false, 334));
        (await Find(shop, "111-2")).GetProperty("pricesIncludeTax").GetBoolean().ShouldBeTrue();

        var ebay = (await shop.Import(ImportFixture.Write(Ebay), mapping: "ebay-orders")).Value.Counts;
        (ebay.Orders, ebay.Units, ebay.TotalMinor).ShouldBe((2, 4, 3400 + 101_000));
        ebay.Warnings.Said().ShouldBe("total_differs 1");
        var shipped = await Find(shop, "01-1");
        (shipped.Text("state"), shipped.Text("currency"), shipped.GetProperty("lines")[1].Text("sku"), shipped.GetProperty("lines")[1].Long("shipped")).ShouldBe(("closed", "GBP", "1002", 1));

        var magento = (await shop.Import(ImportFixture.Write(Magento), mapping: "magento-orders")).Value.Counts;
        (magento.Orders, magento.TotalMinor, magento.ChargesMinor, magento.DiscountMinor).ShouldBe((2, 3639 + 102_750, 2900 + 500 + 103_000, 250));
        magento.Statuses.Said().ShouldBe("canceled 1, complete 1");
        (magento.Payments["sale checkmo"].Minor, magento.Payments["refund checkmo"].Minor).ShouldBe((3639, 639));
        (await shop.Import(ImportFixture.Write(Magento), mapping: "ebay-orders")).Error!.Code.ShouldBe("import.column_missing");
    }

    /// <summary>Orders, units and totals of real reports, counted from the files by other means.</summary>
    [Theory, BothDatabases, Capability("CH-18")]
    public async Task Real_reports_keep_their_totals(DatabaseKind kind)
    {
        string folder = Path.Combine(TestPostgres.Root, "..", "shared", "data", "channel-exports");
        if (!Directory.Exists(folder)) { output.WriteLine("Not run: the exports (../shared/data/channel-exports) are not at hand."); return; }
        await using var shop = await Shop.Open(kind);
        var amazon = (await shop.Import(Path.Combine(folder, "amazon_orders_flat_file.tsv"), mapping: "amazon-orders")).Value.Counts;
        (amazon.Rows, amazon.Orders, amazon.Units, amazon.TotalMinor).ShouldBe((6, 4, 10, 6 * (129 + 199)));
        var ebay = (await shop.Import(Path.Combine(folder, "ebay_orders_report.csv"), mapping: "ebay-orders")).Value.Counts;
        // Its row is short of fields in the middle, so that what stands behind them cannot be relied on; what it sold and for how much can.
        (ebay.Rows, ebay.Orders, ebay.Units, ebay.TotalMinor).ShouldBe((1, 1, 1, 999 + 399));
        var magento = (await shop.Import(Path.Combine(folder, "magento_sales_order_grid_header.csv"), mapping: "magento-orders")).Value.Counts;
        (magento.Rows, magento.Orders).ShouldBe((0, 0));
    }

    private static async Task<JsonElement> Find(Shop shop, string externalId) =>
        (await shop.Get($"/orders?query={Uri.EscapeDataString($"externalId:\"{externalId}\"")}")).GetProperty("data")[0];
}
