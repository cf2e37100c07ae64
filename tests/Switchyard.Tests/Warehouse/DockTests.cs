using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Warehouse;

/// <summary>From the dock to the bin: what a scan is, GS1 codes, labels that are missing, where goods go, and moves that happen once.</summary>
public sealed class DockTests
{
    private const string Unit = "4006381333931", Case = "14006381333938";

    [Theory, BothDatabases, Capability("AX-31", "AX-28", "RE-04")]
    public async Task Goods_are_expected_scanned_booked_and_put_away_by_rule(DatabaseKind kind)
    {
        await using var shop = await Stocked(kind);
        await shop.Put("/inventory/inbound", new { reference = "ASN-7", sku = "PEN", node = "MAIN", quantity = 30, dueAt = "2030-01-01T00:00:00Z" });
        var notice = await Scan(shop, "ASN-7");
        (notice.TextOf("kind"), notice.Items("expected").Single().Of("quantity")).ShouldBe(("notice", 30));
        var waits = await shop.Get("/nodes/MAIN/dock-work");
        var told = waits.Items("notices").Single();
        (waits.Of("openDeliveries"), told.TextOf("reference"), told.Of("lines"), told.Of("units"), waits.Of("putaway")).ShouldBe((0, "ASN-7", 1, 30, 0));
        var delivery = await shop.Post("/deliveries", new { node = "MAIN", reference = "ASN-7" });
        (await Scan(shop, "ASN-7")).GetProperty("delivery").Items("lines").Single().Of("expected").ShouldBe(30);
        string label = $"]C101{Case}1730013110L7";
        var goods = await Scan(shop, label);
        (goods.GetProperty("goods").Of("units"), goods.GetProperty("goods").TextOf("lot"), goods.GetProperty("goods").TextOf("expiry")).ShouldBe((12, "L7", "2030-01-31"));
        goods.Items("openDeliveries").Single().GetString().ShouldBe(delivery.TextOf("id"));
        goods.GetProperty("goods").GetProperty("about").Items("codes").Select(c => (c.TextOf("key"), c.Of("units"))).ShouldBe([("04006381333931", 1), (Case, 12)]);
        (await Scan(shop, "pen")).GetProperty("goods").TextOf("sku").ShouldBe("PEN", "our own labels name the SKU");
        (await Scan(shop, "NOBODY")).TextOf("kind").ShouldBe("unknown");
        await shop.Refused(HttpMethod.Get, "/nodes/MAIN/dock?scan=" + Uri.EscapeDataString("(01)14006381333939"), null, 400, "request.invalid");

        var booked = await shop.Post($"/deliveries/{delivery.TextOf("id")}/receipts", new
        {
            items = new object[] { new { barcode = label, quantity = 2, scanId = "s1" }, new { sku = "PEN", condition = "damaged" }, new { sku = "PEN", quantity = 5, needsLabel = true } },
        });
        booked.Items("receipts").Select(r => (r.Of("quantity"), r.TextOf("lot"), r.TextOf("bin"))).ShouldBe([(24, "L7", null), (1, null, "QA"), (5, null, null)]);
        await shop.Refused(HttpMethod.Post, $"/deliveries/{delivery.TextOf("id")}/receipts", new { items = new[] { new { barcode = label, lot = "L8" } } }, 400, "request.invalid");
        var wanted = (await shop.Get("/label-requests?node=MAIN")).Items("data").Single();
        (wanted.Of("quantity"), wanted.TextOf("delivery")).ShouldBe((5, delivery.TextOf("id")));
        waits = await shop.Get("/nodes/MAIN/dock-work");
        (waits.Of("openDeliveries"), waits.Items("notices").Count, waits.Of("putaway"), waits.Of("labels")).ShouldBe((1, 0, 2, 1));
        (await shop.Post($"/label-requests/{wanted.Of("id")}/done", new { })).TextOf("state").ShouldBe("done");
        (await shop.Get("/label-requests")).Items("data").ShouldBeEmpty();

        await shop.Put("/nodes/MAIN/putaway-rules", new { rules = new object[] { new { name = "pens", skuBegins = "pe", zones = new[] { "P" }, kinds = new[] { "pick", "reserve" } } } });
        var items = (await shop.Get("/nodes/MAIN/putaway")).Items("data");
        items.Select(i => (i.TextOf("lot"), i.Of("quantity"), i.TextOf("rule"))).ShouldBe([(null, 5, "pens"), ("L7", 24, "pens")]);
        items[0].Items("codes").Count.ShouldBe(2);
        (await shop.Get("/nodes/MAIN/putaway?sku=pen")).Items("data").Count.ShouldBe(2);
        (await shop.Get("/nodes/MAIN/putaway?sku=INK")).Items("data").ShouldBeEmpty();
        items.SelectMany(i => i.Items("places")).Select(p => (p.TextOf("bin"), p.Of("quantity"), p.TextOf("why"))).ShouldBe([("P-1", 5, "empty"), ("P-1", 5, "sameSku"), ("P-R", 19, "nearSku")]);

        var tried = await shop.Post("/nodes/MAIN/putaway/try", new { sku = "pen", quantity = 3, rules = new object[] { new { name = "none", flag = "hazard" }, new { name = "second", zones = new[] { "P" } } } });
        (tried.TextOf("rule"), tried.Of("ruleNo"), tried.Items("places").Sum(p => p.Of("quantity"))).ShouldBe(("second", 2, 3));
        (await shop.Post("/nodes/MAIN/putaway/try", new { sku = "PEN" })).TextOf("rule").ShouldBe("pens");
        await shop.Refused(HttpMethod.Post, "/nodes/MAIN/putaway/try", new { sku = "NONE" }, 400, "request.invalid");

        var moves = new { node = "MAIN", purpose = "putaway", items = new object[] { new { sku = "PEN", lot = "L7", to = "P-R", quantity = 19, moveId = "m1" }, new { barcode = Unit, lot = "", to = "P-1", quantity = 5, moveId = "m2" } } };
        (await shop.Post("/inventory/bin-moves", moves)).Items("items").ShouldAllBe(m => !m.GetProperty("isRepeat").GetBoolean());
        (await shop.Post("/inventory/bin-moves", moves)).Items("items").ShouldAllBe(m => m.GetProperty("isRepeat").GetBoolean());
        (await Places(shop)).ShouldBe(["P-1=5", "P-R/L7=19", "QA=1", "UNPLACED/L7=5"], ignoreOrder: true);
        (await shop.Total("PEN")).Of("available").ShouldBe(29);
        (await Faults(shop, "stock.bins")).ShouldBeEmpty();
    }

    [Theory, BothDatabases, Capability("AX-31", "RE-04")]
    public async Task A_device_knows_all_of_a_delivery_and_is_told_what_goes_to_waiting_orders_once(DatabaseKind kind)
    {
        await using var shop = await Stocked(kind);
        await shop.Put("/inventory/tracking", new { items = new[] { new { sku = "PEN", tracks = "lot", needsExpiry = true } } });
        var delivery = await shop.Post("/deliveries", new { node = "MAIN", lines = new[] { new { sku = "PEN", quantity = 10 } } });
        var sheet = await shop.Get($"/deliveries/{delivery.TextOf("id")}/goods");
        var pen = sheet.Items("goods").Single();
        (pen.TextOf("sku"), pen.TextOf("name"), pen.TextOf("tracks"), pen.GetProperty("needsExpiry").GetBoolean(), pen.Items("codes").Count).ShouldBe(("PEN", "Pen", "lot", true, 2));
        sheet.GetProperty("delivery").Items("lines").Single().Of("open").ShouldBe(10);
        await shop.Refused(HttpMethod.Get, "/deliveries/dlv_nobody/goods", null, 404, "inventory.no_such_delivery");

        await shop.Put("/channels/web", new { name = "Web", onShort = "backorder" });
        await shop.Post("/orders", Given.Order(("PEN", 4)));
        var body = new { items = new[] { new { sku = "PEN", quantity = 7, lot = "L1", expiry = "2099-01-31", scanId = "s1" } } };
        string path = $"/deliveries/{delivery.TextOf("id")}/receipts";
        (await shop.Post(path, body)).Items("forOrders").Select(o => (o.TextOf("sku"), o.Of("quantity"))).ShouldBe([("PEN", 4)]);
        (await shop.Post(path, body)).Items("forOrders").ShouldBeEmpty("it was booked before");
        (await shop.Get($"/deliveries/{delivery.TextOf("id")}")).Items("lines").Single().Of("received").ShouldBe(7);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("IN-06", "P1")]
    public async Task A_move_takes_only_what_is_there_and_quarantine_takes_from_sale_what_lies_in_it(DatabaseKind kind)
    {
        await using var shop = await Stocked(kind);
        await shop.SetTo("PEN", 10);                                            // no bins of it so far
        await Move(shop, new { sku = "PEN", to = "P-1", quantity = 6 });
        (await Places(shop)).ShouldBe(["P-1=6", "UNPLACED=4"], ignoreOrder: true);

        await Move(shop, new { sku = "PEN", from = "P-1", to = "QA", quantity = 2 });
        var total = await shop.Total("PEN");
        (total.Of("onHand"), total.Of("unavailable"), total.Of("available")).ShouldBe((10, 2, 8));
        await Move(shop, new { sku = "PEN", from = "QA", to = "P-1" });
        (await shop.Total("PEN")).Of("available").ShouldBe(9);

        await shop.Post("/orders", Given.Order(("PEN", 9)));
        await Refused(shop, 409, "inventory.not_enough", new { sku = "PEN", from = "P-1", to = "QA" });      // promised: the order is looked at first
        await Refused(shop, 409, "inventory.not_enough", new { sku = "PEN", from = "P-1", to = "P-R", quantity = 6 });
        await Refused(shop, 400, "request.invalid", new { sku = "PEN", from = "P-1", to = "NOWHERE" });
        await Refused(shop, 400, "request.invalid", new { sku = "PEN", from = "P-1", to = "SHUT" });
        await Refused(shop, 400, "request.invalid", new { sku = "PEN", from = "P-1", to = "P-1" });
        await Move(shop, new { sku = "PEN", from = "P-1", to = "P-R", moveId = "once" });
        await Refused(shop, 409, "inventory.scan_id_reused", new { sku = "PEN", from = "P-1", to = "P-R", quantity = 2, moveId = "once" });

        // 4 are left in P-1, and 8 people take one each at the same moment.
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => shop.Send(HttpMethod.Post, "/inventory/bin-moves", Body(new { sku = "PEN", from = "P-1", to = "P-R", moveId = "r" + i }))));
        all.Count(a => a.IsSuccessStatusCode).ShouldBe(4);
        (await Places(shop)).ShouldBe(["P-R=5", "QA=1", "UNPLACED=4"], ignoreOrder: true);
        (await Faults(shop, "stock.bins")).ShouldBeEmpty();
        await shop.LedgerShouldAddUp();
    }

    private static async Task<Shop> Stocked(DatabaseKind kind)
    {
        var shop = await Shop.Open(kind);
        await shop.Post("/products", new { sku = "PEN", name = "Pen", weightGrams = 10, barcodes = new object[] { new { barcode = Unit }, new { barcode = Case, packQuantity = 12 } } });
        await shop.Put("/nodes/MAIN/layout", new { aisles = 2, blocks = 1, blockLengthMm = 10_000, aisleSpacingMm = 3_000 });
        await shop.Put("/nodes/MAIN/bins", new
        {
            items = new object[]
            {
                new { code = "A-1", zone = "A", aisle = 0, block = 0, positionMm = 100 }, new { code = "P-1", zone = "P", aisle = 1, block = 0, positionMm = 100, capacityUnits = 10 },
                new { code = "P-R", zone = "P", kind = "reserve", aisle = 1, block = 0, positionMm = 200, level = 3 }, new { code = "QA", kind = "quarantine" }, new { code = "SHUT", isClosed = true },
            },
        });
        return shop;
    }

    private static object Body(params object[] items) => new { node = "MAIN", items };
    private static Task<JsonElement> Move(Shop shop, object item) => shop.Post("/inventory/bin-moves", Body(item));
    private static Task<JsonElement> Refused(Shop shop, int status, string code, object item) => shop.Refused(HttpMethod.Post, "/inventory/bin-moves", Body(item), status, code);
    private static Task<JsonElement> Scan(Shop shop, string code) => shop.Get("/nodes/MAIN/dock?scan=" + Uri.EscapeDataString(code));

    private static async Task<string[]> Places(Shop shop) =>
        [.. (await shop.Get("/inventory/locate?sku=PEN")).Items("data").Select(p => p.TextOf("bin") + (p.TextOf("lot") is { Length: > 0 } lot ? "/" + lot : "") + "=" + p.Of("quantity"))];

    private static async Task<IReadOnlyList<string>> Faults(Shop shop, string check) => (await shop.Services.GetServices<BooksCheck>().Single(c => c.Name == check).Run(shop.Db)).Faults;
}
