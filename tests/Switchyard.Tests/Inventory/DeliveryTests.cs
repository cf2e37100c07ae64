using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Inventory;

namespace Switchyard.Tests.Inventory;

/// <summary>Goods-in over HTTP: blind and against an expected delivery, by SKU and by scan, with differences, repeats and corrections.</summary>
public sealed class DeliveryTests
{
    private const string Unit = "4006381333931", Case = "14006381333938";

    [Theory, BothDatabases, Capability("RP-04", "P9")]
    public async Task Eight_of_ten_booked_in_leave_two_to_come_and_closing_tells_the_difference(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("MUG");
        await Inbound(shop, "MUG", 10, "PO-7");
        var delivery = await shop.Post("/deliveries", new { node = "MAIN", reference = "PO-7", supplier = "Potter" });
        delivery.Items("lines").Single().Of("expected").ShouldBe(10);

        var booked = await Receive(shop, delivery, new { sku = "mug", quantity = 7 }, new { sku = "MUG", quantity = 1, condition = "damaged" });

        var line = booked.GetProperty("delivery").Items("lines").Single();
        (line.Of("good"), line.Of("damaged"), line.Of("open"), line.Of("over")).ShouldBe((7, 1, 2, 0));
        var total = await shop.Total("MUG");
        (total.Of("onHand"), total.Of("unavailable"), total.Of("available")).ShouldBe((8, 1, 7));
        (await Coming(shop, "PO-7")).ShouldBe(2);                                   // what is here is not on its way
        var entry = (await shop.Get("/inventory/ledger?sku=MUG")).Items("data")[0];
        (entry.TextOf("kind"), entry.TextOf("reference")).ShouldBe(("received", "PO-7"));

        var closed = await shop.Post($"/deliveries/{delivery.TextOf("id")}/close", new { });
        closed.TextOf("state").ShouldBe("closed");
        (await Coming(shop, "PO-7")).ShouldBe(0);
        (await shop.Get("/exceptions?kind=receipt_differs")).Items("data").Single().TextOf("detail")!.ShouldContain("2 short, 1 damaged");
        await shop.Refused(HttpMethod.Post, $"/deliveries/{delivery.TextOf("id")}/receipts", new { items = new[] { new { sku = "MUG" } } }, 409, "inventory.delivery_not_open");
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("RP-04")]
    public async Task What_comes_with_another_delivery_stays_inbound_and_is_no_difference(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("MUG");
        await Inbound(shop, "MUG", 10, "PO-8");
        var first = await shop.Post("/deliveries", new { node = "MAIN", reference = "PO-8" });
        await Receive(shop, first, new { sku = "MUG", quantity = 6 });
        await shop.Post($"/deliveries/{first.TextOf("id")}/close", new { restIsComing = true });
        (await shop.Get("/exceptions?kind=receipt_differs")).Items("data").ShouldBeEmpty();
        (await Coming(shop, "PO-8")).ShouldBe(4);

        var second = await shop.Post("/deliveries", new { node = "MAIN", reference = "PO-8" });
        second.Items("lines").Single().Of("expected").ShouldBe(4);
        await Receive(shop, second, new { sku = "MUG", quantity = 5 });
        await shop.Post($"/deliveries/{second.TextOf("id")}/close", new { });
        (await Coming(shop, "PO-8")).ShouldBe(0);
        (await shop.Get("/exceptions?kind=receipt_differs")).Items("data").Single().TextOf("detail")!.ShouldContain("1 over");
        (await shop.Total("MUG")).Of("onHand").ShouldBe(11);
    }

    [Theory, BothDatabases, Capability("AX-31")]
    public async Task A_scan_counts_the_units_of_its_case_and_a_scan_sent_again_counts_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Scannable(shop);
        var delivery = await shop.Post("/deliveries", new { node = "MAIN" });
        delivery.GetProperty("isBlind").GetBoolean().ShouldBeTrue();

        var first = await Receive(shop, delivery, new { barcode = Case, scanId = "s1" }, new { barcode = Unit, quantity = 2, scanId = "s2" });
        var again = await Receive(shop, delivery, new { barcode = Case, scanId = "s1" }, new { barcode = Case, scanId = "s3" });

        first.Items("receipts").Select(r => r.Of("quantity")).ShouldBe([12, 2]);
        again.Items("receipts")[0].TextOf("id").ShouldBe(first.Items("receipts")[0].TextOf("id"));
        (await shop.Total("PEN")).Of("onHand").ShouldBe(26);
        (await shop.Get($"/deliveries/{delivery.TextOf("id")}/receipts?limit=2")).GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        await shop.Refused(HttpMethod.Post, Path(delivery, "receipts"), Items(new { barcode = Unit, scanId = "s1" }), 409, "inventory.scan_id_reused");
        await shop.Post(Path(delivery, "close"), new { });
        (await shop.Get("/exceptions?kind=receipt_differs")).Items("data").ShouldBeEmpty();      // nobody expected anything else
    }

    [Theory, BothDatabases]
    public async Task A_wrong_receipt_is_undone_by_the_opposite_entry_unless_the_units_are_gone(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("MUG");
        await Inbound(shop, "MUG", 5, "PO-9");
        var delivery = await shop.Post("/deliveries", new { node = "MAIN", reference = "PO-9" });
        var receipts = (await Receive(shop, delivery, new { sku = "MUG", quantity = 4 }, new { sku = "MUG", quantity = 3 })).Items("receipts");
        (await Coming(shop, "PO-9")).ShouldBe(0);

        var undone = await shop.Post(Path(delivery, $"receipts/{receipts[1].TextOf("id")}/undo"), new { reason = "typed twice" });

        undone.Items("lines").Single().Of("good").ShouldBe(4);
        (await Coming(shop, "PO-9")).ShouldBe(1);
        (await shop.Total("MUG")).Of("available").ShouldBe(4);
        var entry = (await shop.Get("/inventory/ledger?sku=MUG")).Items("data")[0];
        (entry.Of("onHandDelta"), entry.TextOf("reason")).ShouldBe((-3, "typed twice"));
        await shop.Refused(HttpMethod.Post, Path(delivery, $"receipts/{receipts[1].TextOf("id")}/undo"), new { reason = "x" }, 409, "inventory.receipt_undone");

        await shop.Post("/orders", Given.Order(("MUG", 2)));
        await shop.Refused(HttpMethod.Post, Path(delivery, $"receipts/{receipts[0].TextOf("id")}/undo"), new { reason = "x" }, 409, "inventory.not_enough");
        (await shop.Total("MUG")).Of("onHand").ShouldBe(4);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("IN-06")]
    public async Task Bins_lots_and_expiries_are_kept_as_they_were_told(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("TEA");
        await shop.SetTo("TEA", 5);
        var delivery = await shop.Post("/deliveries", new { node = "MAIN" });
        await Receive(shop, delivery, new { sku = "TEA", quantity = 3, bin = "A-1", lot = "L7", expiry = "2027-01-31" }, new { sku = "TEA", quantity = 2, bin = "A-1", lot = "L8" });

        var places = (await shop.Get("/inventory/locate?sku=TEA")).Items("data").ToDictionary(p => (p.TextOf("bin"), p.TextOf("lot")), p => p.Of("quantity"));
        places.ShouldBe(new Dictionary<(string?, string?), long> { [("A-1", "L7")] = 3, [("A-1", "L8")] = 2, [("UNPLACED", "")] = 5 }, ignoreOrder: true);
        (await shop.Db.ReadAll(work => work.Query("select expires_on from lots where lot = 'L7'", row => row.Text()))).ShouldBe(["2027-01-31"]);
        (await Check(shop, "stock.bins")).ShouldBeEmpty();
    }

    [Theory, BothDatabases, Capability("P1", "P4")]
    public async Task Many_receivers_book_one_delivery_at_once_and_each_scan_counts_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Scannable(shop);
        await Inbound(shop, "PEN", 100, "PO-5");
        var delivery = await shop.Post("/deliveries", new { node = "MAIN", reference = "PO-5" });

        // Two handhelds with bad reception: both send all 24 scans, some of them three times.
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Receive(shop, delivery, new { barcode = Unit, scanId = $"s{i % 24}" }, new { sku = "PEN", quantity = 2, scanId = $"t{i % 24}" })));

        (await shop.Total("PEN")).Of("onHand").ShouldBe(72);
        (await Coming(shop, "PO-5")).ShouldBe(28);
        (await shop.Get("/deliveries/" + delivery.TextOf("id"))).Items("lines").Single().Of("good").ShouldBe(72);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("OF-06", "AX-53", "P2")]
    public async Task Orders_that_wait_take_what_is_received_and_nobody_comes_between(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("MUG");
        var order = Given.Order(("MUG", 3));
        order["onShort"] = "backorder";
        var placed = await shop.Post("/orders", order);
        var delivery = await shop.Post("/deliveries", new { node = "MAIN" });

        await Receive(shop, delivery, new { sku = "MUG", quantity = 4 });

        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("MUG", 2)), 409, "orders.short");
        await shop.Until(async () => (await shop.Get("/orders/" + placed.TextOf("id"))).Items("lines")[0].Of("allocated") == 3);
        await shop.Until(async () => (await shop.Total("MUG")).Of("available") == 1);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases]
    public async Task Faults_are_pointed_at_and_nothing_is_booked(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("MUG");
        await shop.Nodes("EAST");
        (await shop.Refused(HttpMethod.Post, "/deliveries", new { node = "NOWHERE", lines = new[] { new { sku = "NOBODY", quantity = 1 } } }, 400, "request.invalid"))
            .Pointers().ShouldBe(["/node", "/lines/0/sku"]);
        var delivery = await shop.Post("/deliveries", new { node = "MAIN", reference = "PO-1", lines = new[] { new { sku = "MUG", quantity = 1 } } });
        (await shop.Refused(HttpMethod.Post, "/deliveries", new { node = "MAIN", reference = "PO-1" }, 409, "inventory.delivery_is_open")).TextOf("delivery").ShouldBe(delivery.TextOf("id"));
        (await shop.Refused(HttpMethod.Post, Path(delivery, "receipts"), new
        {
            items = new object[]
        {
            new { sku = "MUG", quantity = 1 }, new { sku = "MUG", barcode = Unit }, new { barcode = "4006381333930" }, new { sku = "MUG", quantity = 0 }, new { sku = "MUG", expiry = "31.1.27" },
        }
        }, 400, "request.invalid")).Pointers().ShouldBe(["/items/1", "/items/3/quantity", "/items/4/expiry", "/items/4/lot"]);
        (await shop.Refused(HttpMethod.Post, Path(delivery, "receipts"), Items(new { barcode = "4006381333930" }), 400, "request.invalid")).Pointers().ShouldBe(["/items/0/barcode"]);
        (await shop.Total("MUG")).Of("onHand").ShouldBe(0);
        await shop.Refused(HttpMethod.Post, "/deliveries/dlv_00000000000000000000000000000000/receipts", Items(new { sku = "MUG" }), 404, "inventory.no_such_delivery");
        await shop.Post(Path(delivery, "cancel"), new { });
        (await shop.Get("/deliveries?state=cancelled")).Items("data").Single().Of("expected").ShouldBe(1);
        var key = await shop.Post("/keys", new { name = "east", scopes = new[] { "inventory:read" }, nodes = new[] { "EAST" } });
        using var east = shop.Client(key.TextOf("secret"));
        (await Shop.Read(await east.GetAsync("/api/v1/deliveries"), 200)).Items("data").ShouldBeEmpty();
    }

    [Fact]
    public void The_table_of_states_is_the_diagram_of_the_rooms_page() =>
        File.ReadAllText(System.IO.Path.Combine(TestPostgres.Root, "src", "Switchyard", "Inventory", "README.md")).ReplaceLineEndings("\n")
            .ShouldContain(DeliveryStates.Allowed.ToMermaid());

    private static string Path(JsonElement delivery, string rest) => $"/deliveries/{delivery.TextOf("id")}/{rest}";
    private static object Items(params object[] items) => new { items };
    private static Task<JsonElement> Receive(Shop shop, JsonElement delivery, params object[] items) => shop.Post(Path(delivery, "receipts"), Items(items));

    private static Task Inbound(Shop shop, string sku, long quantity, string reference) =>
        shop.Put("/inventory/inbound", new { reference, sku, node = "MAIN", quantity, dueAt = "2030-01-01T00:00:00Z" });

    internal static Task<long> Coming(Shop shop, string reference) =>
        shop.Db.ReadAll(work => work.Scalar("select coalesce(sum(quantity), 0) from inbound where reference = @reference", ("reference", reference)));

    internal static async Task<IReadOnlyList<string>> Check(Shop shop, string name) => (await StockBooks.All.Single(c => c.Name == name).Run(shop.Db)).Faults;

    private static Task Scannable(Shop shop) => shop.Post("/products", new
    {
        sku = "PEN", name = "Pen", barcodes = new object[] { new { barcode = Unit }, new { barcode = Case, packQuantity = 12 } },
    });
}
