using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Warehouse;

/// <summary>Lots, last days and serial numbers: how they come, in which order they go, and what becomes of them when they may not be sold.</summary>
public sealed class LotTests
{
    [Theory, BothDatabases, Capability("AX-26", "AX-27", "P9")]
    public async Task A_recalled_lot_is_out_of_sale_at_once_and_the_orders_that_hold_it_are_known(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("MILK");
        await shop.Put("/inventory/tracking", new { items = new[] { new { sku = "milk", tracks = "lot", needsExpiry = true, pickDays = 3 } } });
        (await shop.Get("/inventory/tracking")).Items("data").Single().TextOf("removal").ShouldBe("fefo");
        var today = DateOnly.FromDateTime(shop.Clock!.GetUtcNow().UtcDateTime);
        string Day(int days) => today.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var delivery = await shop.Post("/deliveries", new { node = "MAIN" });
        string path = $"/deliveries/{delivery.TextOf("id")}/receipts";
        object Items(params object[] items) => new { items };
        (await shop.Refused(HttpMethod.Post, path, Items(new { sku = "MILK" }, new { sku = "MILK", lot = "L0" }), 400, "request.invalid")).Pointers().ShouldBe(["/items/0/lot", "/items/0/expiry", "/items/1/expiry"]);
        await shop.Post(path, Items(new { sku = "MILK", lot = "LATE", expiry = Day(40), bin = "A-1", quantity = 10 }, new { sku = "MILK", lot = "SOON", expiry = Day(10), bin = "A-2", quantity = 4 },
            new { sku = "MILK", lot = "OLD", expiry = Day(2), bin = "A-3", quantity = 5 }));
        var total = await shop.Total("MILK");
        (total.Of("onHand"), total.Of("unavailable"), total.Of("available")).ShouldBe((19, 5, 14));         // two days are left, three are wanted

        string release = await Released(shop, 6);
        var places = (await shop.Get($"/fulfilments/{release}/places")).Items("lines").Single();
        places.Items("places").Select(p => (p.TextOf("lot"), p.Of("take"))).ShouldBe([("SOON", 4), ("LATE", 2)]);       // first expired, first out
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/pick", new { taken = new[] { new { line = 1, lot = "OLD", quantity = 1 } } }, 409, "fulfilment.lot_blocked");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/pick", new { taken = new[] { new { line = 1, lot = "SOON", quantity = 7 } } }, 409, "fulfilment.not_that_many");
        await shop.Post($"/fulfilments/{release}/pick", new { taken = new object[] { new { line = 1, bin = "A-2", lot = "SOON", quantity = 4 }, new { line = 1, bin = "A-1", lot = "LATE", quantity = 2 } } });
        await shop.Post($"/fulfilments/{release}/pack", new { });
        await shop.Post($"/fulfilments/{release}/ship", new { });
        (await shop.Get("/inventory/locate?sku=MILK")).Items("data").Select(p => $"{p.TextOf("bin")}={p.Of("quantity")}").ShouldBe(["A-1=8", "A-3=5"]);

        var recall = await shop.Post("/inventory/lots/recall", new { sku = "MILK", lot = "LATE", reason = "Glass was found" });
        (recall.GetProperty("lot").TextOf("state"), recall.GetProperty("lot").Of("units")).ShouldBe(("recalled", 8));
        var holder = recall.Items("orders").Single();
        (holder.TextOf("fulfilment"), holder.Of("quantity"), holder.Of("shipped")).ShouldBe((release, 2, 2));
        (await shop.Get("/inventory/lots/orders?sku=MILK&lot=SOON")).Items("data").Single().Of("shipped").ShouldBe(4);
        holder.GetProperty("customer").TextOf("name").ShouldNotBeNullOrEmpty();
        var page = await shop.Get("/inventory/lots/show?sku=milk&lot=LATE");
        (page.GetProperty("held").Of("shippedOrders"), page.GetProperty("held").Of("shippedUnits"), page.GetProperty("held").Of("pickedOrders")).ShouldBe((1, 2, 0));
        page.Items("places").Select(p => $"{p.TextOf("node")} {p.TextOf("bin")} {p.Of("units")}").ShouldBe(["MAIN A-1 8"]);
        page.Items("traces").Select(m => $"{m.TextOf("kind")} {m.TextOf("to")} {m.Of("units")}").ShouldBe(["received A-1 10"]);
        (await shop.Http.GetStringAsync("/api/v1/inventory/lots/orders.csv?sku=MILK&lot=LATE")).Split('\n')[0].TrimEnd().ShouldBe("order,release,node,line,serial,units,shipped,picked_at,customer,email,phone");
        var seesNoCustomers = shop.Client((await shop.Post("/keys", new { name = "stock", scopes = new[] { "inventory:read" } })).TextOf("secret")!);
        (await Shop.Read(await seesNoCustomers.GetAsync("/api/v1/inventory/lots/orders?sku=MILK&lot=LATE"), 200)).Items("data").Single().GetProperty("customer").ValueKind.ShouldBe(JsonValueKind.Null);
        (await seesNoCustomers.GetStringAsync("/api/v1/inventory/lots/orders.csv?sku=MILK&lot=LATE")).ShouldNotContain("customer");
        await shop.Refused(HttpMethod.Get, "/inventory/lots/show?sku=MILK&lot=NONE", null, 404, "inventory.no_such_lot");
        (await shop.Get("/inventory/lots?within=15&query=mi")).Items("data").Select(l => l.TextOf("lot")).ShouldBe(["OLD", "SOON"]);
        (await shop.Get("/inventory/lots?node=MAIN&query=la")).Items("data").Select(l => $"{l.TextOf("lot")} {l.Items("nodes").Single().TextOf("node")} {l.Of("units")}").ShouldBe(["LATE MAIN 8"]);
        (await shop.Total("MILK")).Of("available").ShouldBe(0);
        await shop.Post("/inventory/lots/recall", new { sku = "MILK", lot = "LATE", reason = "again" });
        (await shop.Total("MILK")).Of("unavailable").ShouldBe(13);
        await shop.Post(path, Items(new { sku = "MILK", lot = "LATE", bin = "A-1" }));                                  // more of it comes
        (await shop.Total("MILK")).Of("available").ShouldBe(0);
        await shop.Post("/inventory/lots/release", new { sku = "MILK", lot = "LATE", reason = "It was another" });
        (await shop.Total("MILK")).Of("available").ShouldBe(9);

        shop.Clock.Advance(TimeSpan.FromDays(38));                                                                      // two days are left of LATE
        await shop.Services.GetRequiredService<WatchLots>().Handle();
        await shop.Services.GetRequiredService<WatchLots>().Handle();
        (await shop.Get("/inventory/lots?state=expired")).Items("data").Select(l => (l.TextOf("lot"), l.Of("units"))).ShouldBe([("LATE", 9), ("OLD", 5), ("SOON", 0)]);
        (await shop.Total("MILK")).Of("available").ShouldBe(0);
        await shop.LedgerShouldAddUp();
        foreach (string check in new[] { "stock.bins", "stock.lots" }) (await DeliveryTests.Check(shop, check)).ShouldBeEmpty();
        await shop.Db.WriteAll(work => work.Execute("update lot_blocks set units = units + 1 where lot = 'OLD'"));
        (await DeliveryTests.Check(shop, "stock.lots")).Single().ShouldContain("lots out of sale hold 15, unavailable is 14");
    }

    [Theory, BothDatabases, Capability("AX-27")]
    public async Task A_recalled_lot_is_not_handed_over_at_the_counter(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("MILK");
        await shop.Put("/inventory/tracking", new { items = new[] { new { sku = "MILK", tracks = "lot" } } });
        var delivery = await shop.Post("/deliveries", new { node = "MAIN" });
        await shop.Post($"/deliveries/{delivery.TextOf("id")}/receipts", new { items = new[] { new { sku = "MILK", lot = "L1", bin = "A-1", quantity = 4 } } });
        string release = await Released(shop, 1);
        await shop.Post($"/fulfilments/{release}/pick", new { taken = new[] { new { line = 1, bin = "A-1", lot = "L1", quantity = 1 } } });
        await shop.Post($"/fulfilments/{release}/ready", new { });
        await shop.Post("/inventory/lots/recall", new { sku = "MILK", lot = "L1", reason = "Glass was found" });
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/collected", new { }, 409, "fulfilment.lot_blocked");
        (await shop.Total("MILK")).Of("onHand").ShouldBe(4);
        await shop.Post("/inventory/lots/release", new { sku = "MILK", lot = "L1", reason = "It was another" });
        await shop.Post($"/fulfilments/{release}/collected", new { });
        (await shop.Total("MILK")).Of("onHand").ShouldBe(3);
    }

    [Theory, BothDatabases, Capability("AX-27", "P1")]
    public async Task A_serial_number_is_here_once_and_goes_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/products", new { sku = "MILK", name = "Camera", barcodes = new object[] { new { barcode = "4006381333931" } } });
        await shop.Put("/inventory/tracking", new { items = new[] { new { sku = "MILK", tracks = "serial" } } });
        var delivery = await shop.Post("/deliveries", new { node = "MAIN" });
        string path = $"/deliveries/{delivery.TextOf("id")}/receipts";
        object Items(params object[] items) => new { items };
        await shop.Refused(HttpMethod.Post, path, Items(new { sku = "MILK" }), 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, path, Items(new { sku = "MILK", quantity = 2, serial = "S1" }), 400, "request.invalid");
        var booked = await shop.Post(path, Items(new { barcode = "]C1010400638133393121S1" }, new { sku = "MILK", serial = "S2" }, new { sku = "MILK", serial = "S3" }));
        await shop.Refused(HttpMethod.Post, path, Items(new { sku = "MILK", serial = "S1" }), 409, "inventory.serial_here");
        await shop.Refused(HttpMethod.Post, path, Items(new { sku = "MILK", serial = "S9" }, new { sku = "MILK", serial = "S9" }), 409, "inventory.serial_here");
        (await shop.Total("MILK")).Of("onHand").ShouldBe(3);                                                            // nothing half done
        await shop.Post($"{path}/{booked.Items("receipts")[2].TextOf("id")}/undo", new { reason = "typed wrongly" });
        await shop.Post(path, Items(new { sku = "MILK", serial = "S3" }));

        // Two pickers scan the same unit for two orders: it goes with one of them.
        string[] releases = [await Released(shop, 1), await Released(shop, 1)];
        var picks = await Task.WhenAll(releases.Select(r => shop.Send(HttpMethod.Post, $"/fulfilments/{r}/pick", new { taken = new[] { new { line = 1, serial = "S1" } } })));
        picks.Count(p => p.IsSuccessStatusCode).ShouldBe(1);
        (await Shop.Read(picks.Single(p => !p.IsSuccessStatusCode), 409)).TextOf("code").ShouldBe("fulfilment.serial_gone");
        string winner = releases[picks[0].IsSuccessStatusCode ? 0 : 1], loser = releases[picks[0].IsSuccessStatusCode ? 1 : 0];
        await shop.Post($"/fulfilments/{winner}/put-back", new { });
        await shop.Post($"/fulfilments/{loser}/pick", new { taken = new[] { new { line = 1, serial = "S1" } } });
        (await shop.Db.ReadAll(work => work.Query("select serial, state from serials order by serial", row => row.Text() + " " + row.Text()))).ShouldBe(["S1 gone", "S2 here", "S3 here"]);
        (await DeliveryTests.Check(shop, "stock.serials")).ShouldBeEmpty();
        await shop.Db.WriteAll(work => work.Execute("insert into serials (sku_id, serial, merchant_id, node_id, state, changed_by, changed_at_ms) select sku_id, 'X' || lot || quantity, merchant_id, (select id from nodes limit 1), 'here', 'x', 0 from (select sku_id, merchant_id, '' as lot, 1 as quantity from receipts limit 1) r union all select sku_id, 'Y', merchant_id, (select id from nodes limit 1), 'here', 'x', 0 from (select sku_id, merchant_id from receipts limit 1) s"));
        (await DeliveryTests.Check(shop, "stock.serials")).Single().ShouldContain("serial numbers of 4 units are here, on hand is 3");
    }

    private static async Task<string> Released(Shop shop, int units)
    {
        var order = await shop.Post("/orders", Given.Order(("MILK", units)));
        await shop.Post($"/orders/{order.TextOf("id")}/release", new { });
        string id = (await shop.Get($"/fulfilments?order={order.TextOf("id")}")).Items("data").Single().TextOf("id")!;
        await shop.Post($"/fulfilments/{id}/start-picking", new { });
        return id;
    }
}
