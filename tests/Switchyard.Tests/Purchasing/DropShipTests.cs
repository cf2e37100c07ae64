using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Purchasing;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Purchasing;

/// <summary>Goods a supplier sends to the customer itself: the release makes a linked order to the supplier, and the supplier's answers move the customer's order.</summary>
public sealed class DropShipTests
{
    [Theory, BothDatabases, Capability("RT-14", "OF-10", "IN-13")]
    public async Task A_release_at_a_supplier_makes_a_linked_order_and_its_shipment_ships_the_line(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Product("A", 10, "POTTER");
        await shop.Put("/products/A", new { sku = "A", name = "Product A", kind = "goods", weightGrams = 100, costMinor = 250, costCurrency = "GBP" });
        await shop.Product("B", 5);
        string order = await shop.Placed(("A", 3), ("B", 1));
        await shop.Post($"/orders/{order}/release", new { });
        var made = (await shop.Get($"/purchase-orders?order={order}")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        string number = made.Text("number")!;
        await Sends(shop, number);
        var po = await shop.Get($"/purchase-orders/{number}");
        var release = (await shop.Releases(order)).Single(r => r.Text("node") == "POTTER");
        (po.Text("state"), po.Text("kind"), po.Text("supplier"), po.Text("order"), po.Text("fulfilment")).ShouldBe(("sent", "dropship", "POTTER", order, release.Text("id")));
        (number, release.Text("state")).ShouldBe(("PO-" + release.Text("number"), "offered"));
        var line = po.GetProperty("lines").EnumerateArray().ShouldHaveSingleItem();
        (line.Text("sku"), line.Long("quantity"), line.Long("open"), line.Long("costMinor")).ShouldBe(("A", 3, 3, 250));
        po.GetProperty("shipTo").Text("city").ShouldBe("Manchester");
        (await (await shop.Http.GetAsync($"/api/v1/purchase-orders/{number}/file")).Content.ReadAsStringAsync()).ShouldContain($"{number},1,A,Product A,3,standard,Ada Byron");

        for (int i = 0; i < 2; i++)
            (await shop.Post($"/purchase-orders/{number}/confirm", new { reference = "P-77" })).Text("state").ShouldBe("accepted", "saying it twice changes nothing");
        await Shipped(shop, number, "T1", 1, "accepted");
        await Shipped(shop, number, "T1", 1, "accepted");
        (await shop.Order(order)).GetProperty("lines")[0].Long("shipped").ShouldBe(1, "a parcel told twice is one parcel");
        (await shop.Post($"/purchase-orders/{number}/ship", new { carrier = "DPD", tracking = "T2" })).Text("state").ShouldBe("shipped");
        (await shop.Post($"/purchase-orders/{number}/ship", new { carrier = "DPD", tracking = "T2" })).Text("state").ShouldBe("shipped");
        var lines = (await shop.Order(order)).GetProperty("lines");
        (lines[0].Long("shipped"), lines[1].Long("shipped")).ShouldBe((3, 0));
        await shop.Do(release.Text("id")!, "deliver");
        (await shop.Get($"/purchase-orders/{number}")).Text("state").ShouldBe("closed");
        (await Kinds(shop, number)).ShouldBe(["SupplierOrderCreated", "SupplierOrderSent", "SupplierOrderAccepted", "SupplierOrderShipped", "SupplierOrderClosed"]);
        await shop.Refused(HttpMethod.Get, "/purchase-orders/PO-NONE", null, 404, "purchasing.order_not_found");
        await shop.Refused(HttpMethod.Post, "/purchase-orders/PO-NONE/ship", new { }, 404, "purchasing.order_not_found");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("RT-14", "AX-23")]
    public async Task What_a_supplier_refuses_or_confirms_only_in_part_is_sent_from_elsewhere_and_its_stock_is_doubted(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Product("A", 4, "POTTER");
        await shop.Product("B", 4, "POTTER");
        var (order, release) = await shop.Released(("A", 4));
        var (other, refused) = await shop.Released(("B", 2));
        await shop.Stock("A", 3);
        await shop.Stock("B", 3);
        string number = await Number(shop, order), second = await Number(shop, other);
        await shop.Refused(HttpMethod.Post, $"/purchase-orders/{number}/confirm", new { lines = new[] { new { line = 1, quantity = 9 } } }, 409, "fulfilment.not_that_many");
        var po = await shop.Post($"/purchase-orders/{number}/confirm", new { lines = new[] { new { line = 1, quantity = 1 } } });
        (po.GetProperty("lines")[0].Long("open"), po.GetProperty("lines")[0].Long("cancelled")).ShouldBe((1, 3));
        var releases = await shop.Releases(order);
        (releases[0].Text("state"), releases[1].Text("node"), releases[1].GetProperty("lines")[0].Long("quantity")).ShouldBe(("accepted", "MAIN", 3));
        var at = (await shop.Get("/inventory?sku=A")).GetProperty("nodes").EnumerateArray().Single(n => n.Text("node") == "POTTER");
        (at.Long("unavailable"), at.Long("allocated")).ShouldBe((3, 1));
        (await shop.Troubles("count_wanted")).ShouldHaveSingleItem().Text("node").ShouldBe("POTTER");

        await shop.Refused(HttpMethod.Post, $"/purchase-orders/{second}/reject", new { reason = "bored" }, 400, "request.invalid");
        for (int i = 0; i < 2; i++) (await shop.Post($"/purchase-orders/{second}/reject", new { reason = "busy" })).Text("state").ShouldBe("rejected");
        ((await shop.Release(refused)).Text("state"), (await shop.Releases(other))[1].Text("node")).ShouldBe(("rejected", "MAIN"));
        await shop.Db.WriteAll(work => work.Execute("update purchase_order_lines set cancelled = 2 where cancelled = 3 /* house */"));
        var check = shop.Services.GetServices<BooksCheck>().Single(c => c.Name == "fulfilment.suppliers");
        (await check.Run(shop.Db)).Faults.ShouldHaveSingleItem().ShouldContain("in work are 1 units, ordered 2");
        (await shop.Post($"/purchase-orders/{number}/reject", new { reason = "closed", note = "Kiln broke" })).Text("state").ShouldBe("rejected", "also after it was confirmed");
        (await shop.Release(release)).Text("state").ShouldBe("cancelled");
        await shop.Put("/channels/web", new { name = "Web", release = "automatic" });
        await shop.Services.GetRequiredService<Switchyard.Fulfilment.KeepWorkMoving>().Handle();
        var left = (await shop.Order(order)).GetProperty("lines")[0];
        (left.Long("unallocated") + left.Long("allocated")).ShouldBe(1, "kept for the order, whether the queue has been by since or not");
        (await shop.Releases(order)).Count.ShouldBe(2, "and whoever refused it is not asked again");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("RT-14")]
    public async Task Cancelling_the_order_takes_it_back_or_asks_the_supplier_to_stop(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Product("A", 10, "POTTER");
        var (early, _) = await shop.Released(("A", 1));
        var (late, _) = await shop.Released(("A", 1));
        var (tooLate, _) = await shop.Released(("A", 1));
        string[] numbers = [await Number(shop, early), await Number(shop, late), await Number(shop, tooLate)];
        foreach (string number in numbers[1..])
        {
            await Sends(shop, number);
            await shop.Post($"/purchase-orders/{number}/confirm", new { });
        }
        foreach (string order in new[] { early, late, tooLate }) await shop.Post($"/orders/{order}/cancel", new { reason = "Changed my mind" });
        (await States(shop, numbers)).ShouldBe(["cancelled", "stopAsked", "stopAsked"]);
        await shop.Refused(HttpMethod.Post, $"/purchase-orders/{numbers[1]}/ship", new { }, 409, "fulfilment.stop_asked");
        await shop.Post($"/purchase-orders/{numbers[1]}/stop-answer", new { accepted = true });
        await shop.Post($"/purchase-orders/{numbers[2]}/stop-answer", new { accepted = false, carrier = "DPD", tracking = "T9" });
        (await States(shop, numbers)).ShouldBe(["cancelled", "cancelled", "shipped"]);
        ((await shop.Order(late)).Text("state"), (await shop.Order(tooLate)).GetProperty("lines")[0].Long("shipped")).ShouldBe(("cancelled", 1));
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("RT-14", "AX-01")]
    public async Task A_supplier_that_does_not_answer_is_passed_over_and_one_that_accepts_by_default_need_not(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Node("POTTER", "supplier");
        await shop.Product("A", 2, "POTTER");
        var (order, release) = await shop.Released(("A", 2));
        await shop.Stock("A", 2);
        var keep = shop.Services.GetRequiredService<Switchyard.Fulfilment.KeepWorkMoving>();
        for (int day = 0; day < 2; day++)
        {
            shop.Clock!.Advance(TimeSpan.FromHours(25));
            await keep.Handle();
        }
        ((await shop.Release(release)).Text("state"), (await shop.Releases(order))[1].Text("node")).ShouldBe(("cancelled", "MAIN"));
        (await States(shop, await Number(shop, order))).ShouldBe(["cancelled"]);

        await shop.Put("/nodes/POTTER/work-settings", new { acceptsByDefault = true });
        await shop.Product("B", 2, "POTTER");
        var (by, _) = await shop.Released(("B", 1));
        var send = shop.Services.GetRequiredService<SendSupplierOrders>();
        await send.Handle();                                    // the server's own round may have been quicker
        (await send.Handle()).ShouldBe(0, "it is sent once");
        await shop.Until(async () => await States(shop, await Number(shop, by)) is ["accepted"]);
        await shop.BooksAreRight();
    }

    private static async Task<Shop> Open(DatabaseKind kind)
    {
        var shop = await Shop.Open(kind);
        await shop.Node("POTTER", "supplier");
        return shop;
    }

    private static async Task Shipped(Shop shop, string number, string tracking, long units, string state) =>
        (await shop.Post($"/purchase-orders/{number}/ship", new { carrier = "DPD", tracking, lines = new[] { new { line = 1, quantity = units } } })).Text("state").ShouldBe(state);

    private static Task Sends(Shop shop, string number) => shop.Until(async () => (await shop.Get($"/purchase-orders/{number}")).Text("state") != "draft");

    private static async Task<string> Number(Shop shop, string order) =>
        (await shop.Get($"/purchase-orders?order={order}")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem().Text("number")!;

    private static async Task<string[]> States(Shop shop, params string[] numbers)
    {
        var states = new List<string>();
        foreach (string number in numbers) states.Add((await shop.Get($"/purchase-orders/{number}")).Text("state")!);
        return [.. states];
    }

    private static async Task<string[]> Kinds(Shop shop, string number) =>
        [.. (await shop.Get($"/events?aggregate={number}&limit=250")).GetProperty("data").EnumerateArray().Select(e => e.Text("kind")!)];
}
