using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Orders;

/// <summary>What is parked until something happens: queues with counts, in the order in which they are served.</summary>
public sealed class ParkingTests
{
    [Theory, BothDatabases, Capability("AX-24", "AX-67")]
    public async Task What_waits_stands_in_its_queue_with_priority_date_and_supply(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        var now = shop.Clock!.GetUtcNow();
        await shop.Product("A");
        await shop.Post("/products", new { sku = "NEW", name = "New", kind = "goods", preorderReleaseAt = now.AddDays(30), preorderCap = 10 });
        await shop.Put("/inventory/inbound", new { reference = "PO-1", sku = "A", node = "MAIN", quantity = 4, dueAt = now.AddDays(5) });
        string first = await shop.Backordered("A", 2);
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        string second = await shop.Backordered("A", 3);
        string ahead = await shop.Placed(("NEW", 10));
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("NEW", 1)), 409, "orders.short");
        await shop.Put("/channels/tells", new { name = "Tells", onShort = "hold" });
        var body = Given.Order(("A", 7));
        body["channel"] = "tells";
        string stuck = (await shop.Post("/orders", body)).Text("id")!;

        var counts = (await shop.Get("/parking-queues")).GetProperty("queues").EnumerateArray().ToDictionary(q => q.Text("queue")!, q => (q.Long("orders"), q.Long("lines"), q.Long("units")));
        counts.ShouldBe(new Dictionary<string, (long, long, long)> { ["backorder"] = (2, 2, 5), ["preorder"] = (1, 1, 10), ["unfillable"] = (1, 1, 7), ["pickupRejected"] = (0, 0, 0) });
        var queue = await List(shop, "backorder");
        queue.Select(q => (q.Text("orderId"), q.Long("units"), q.Long("inboundQuantity"))).ShouldBe([(first, 2, 4), (second, 3, 4)]);
        queue[0].GetProperty("expectedAt").GetDateTimeOffset().ShouldBe(now.AddDays(5));
        await shop.Post($"/orders/{second}/priority", new { priority = 5, reason = "Asked twice" });
        (await List(shop, "backorder")).Select(q => (q.Text("orderId"), q.Long("priority"))).ShouldBe([(second, 5), (first, 0)]);
        var page = await shop.Get("/parking-queues/backorder?limit=1");
        (await List(shop, "backorder?limit=1&after=" + page.Text("next"))).ShouldHaveSingleItem().Text("orderId").ShouldBe(first);
        (await List(shop, "preorder?sku=new")).ShouldHaveSingleItem().Text("orderId").ShouldBe(ahead);
        var unfillable = (await List(shop, "unfillable")).ShouldHaveSingleItem();
        (unfillable.Text("orderId"), unfillable.Text("reason")!.Length > 0, unfillable.GetProperty("isHeld").GetBoolean()).ShouldBe((stuck, true, true));
        shop.Clock.Advance(TimeSpan.FromDays(6));
        (await shop.Get("/parking-queues")).GetProperty("queues")[0].Long("overdue").ShouldBeGreaterThan(0);
        await shop.Refused(HttpMethod.Get, "/parking-queues/nothing", null, 404, "orders.no_such_queue");
        await shop.Refused(HttpMethod.Get, "/parking-queues/backorder?after=x", null, 400, "request.invalid");
    }

    [Theory, BothDatabases, Capability("AX-24", "RT-11")]
    public async Task A_refused_pickup_is_parked_and_never_becomes_a_parcel_nor_another_shops(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Node("OTHER");
        foreach (string node in new[] { "MAIN", "OTHER" }) await shop.Put($"/nodes/{node}/work-settings", new { acceptsByDefault = false, acceptMinutes = 30 });
        await shop.Product("A", 3);
        string refused = await Pickup(), silent = await Pickup();
        await shop.Stock("A", 9, "OTHER");
        await shop.Do((await shop.Releases(refused))[0].Text("id")!, "reject", new { reason = "missing" });
        var keep = shop.Services.GetRequiredService<Switchyard.Fulfilment.KeepWorkMoving>();
        for (int i = 0; i < 2; i++)
        {
            shop.Clock!.Advance(TimeSpan.FromMinutes(31));
            await keep.Handle();
        }
        foreach (string id in new[] { refused, silent })
        {
            var order = await Works.Order(shop, id);
            order.GetProperty("fulfilments").EnumerateArray().ShouldHaveSingleItem("nobody else was given it");
            (order.Text("method"), order.GetProperty("lines")[0].Long("unallocated")).ShouldBe(("pickup", 1));
            order.GetProperty("holds").EnumerateArray().ShouldHaveSingleItem().Text("kind").ShouldBe("pickup_rejected");
        }
        await shop.Drained();
        (await List(shop, "pickupRejected")).Select(p => (p.Text("orderId"), p.Text("method"), p.Long("units"))).ShouldBe([(refused, "pickup", 1), (silent, "pickup", 1)], ignoreOrder: true);
        (await shop.Get("/counts")).GetProperty("data").GetArrayLength().ShouldBe(1, "the shelf where goods were missing is to be counted");
        await shop.Post($"/orders/{refused}/release-hold", new { kind = "pickup_rejected", reason = "She goes to the other shop" });
        (await List(shop, "pickupRejected")).ShouldHaveSingleItem().Text("orderId").ShouldBe(silent);
        var again = await Works.Order(shop, refused);
        (again.Text("method"), again.GetProperty("lines")[0].Long("allocated")).ShouldBe(("pickup", 1), "still a pickup, where somebody said so");
        await shop.BooksAreRight();

        async Task<string> Pickup()
        {
            var body = Given.Order(("A", 1));
            body["method"] = "pickup";
            string id = (await shop.Post("/orders", body)).Text("id")!;
            await shop.Post($"/orders/{id}/release", new { });
            return id;
        }
    }

    private static async Task<List<JsonElement>> List(Shop shop, string queue) => [.. (await shop.Get("/parking-queues/" + queue)).GetProperty("data").EnumerateArray()];
}
