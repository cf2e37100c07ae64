using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Orders;

public sealed class ChangeOrderTests
{
    [Theory, BothDatabases, Capability("IN-07")]
    public async Task A_cancelled_order_gives_its_stock_back_and_cannot_be_cancelled_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var order = await shop.Post("/orders", Given.Order(("A", 4)));
        var cancelled = await shop.Post($"/orders/{order.Text("id")}/cancel", new { reason = "Changed my mind" });
        cancelled.Text("status").ShouldBe("cancelled");
        cancelled.GetProperty("lines")[0].Long("cancelled").ShouldBe(4);
        (await shop.Balance("A")).Long("available").ShouldBe(5);
        await shop.Refused(HttpMethod.Post, $"/orders/{order.Text("id")}/cancel", new { }, 409, "orders.cannot_cancel");
    }

    [Theory, BothDatabases, Capability("P4")]
    public async Task A_repeated_cancel_with_the_same_key_gets_the_first_answer(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var order = await shop.Post("/orders", Given.Order(("A", 4)));
        await shop.Post($"/orders/{order.Text("id")}/cancel", new { reason = "x" }, "k");
        var again = await shop.Send(HttpMethod.Post, $"/orders/{order.Text("id")}/cancel", new { reason = "x" }, "k");
        again.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        (await Shop.Read(again, 200)).Text("status").ShouldBe("cancelled");
    }

    [Theory, BothDatabases, Capability("OV-04")]
    public async Task A_held_order_is_confirmed_when_its_last_hold_is_released(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 5);
        var body = Given.Order(("A", 1));
        body["payment"] = new { status = "failed" };
        string id = (await shop.Post("/orders", body)).Text("id")!;
        await shop.Post($"/orders/{id}/hold", new { reason = "Call the customer" });
        (await shop.Post($"/orders/{id}/release-hold", new { kind = "payment" })).Text("state").ShouldBe("placed");
        var free = await shop.Post($"/orders/{id}/release-hold", new { hold = 2, reason = "Called" });
        (free.Text("state"), free.GetProperty("isHeld").GetBoolean(), free.Long("version")).ShouldBe(("confirmed", false, 4));
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/release-hold", new { hold = 2 }, 404, "orders.hold_not_found");
    }

    [Theory, BothDatabases, Capability("SE-02")]
    public async Task Every_step_of_an_order_is_on_its_timeline(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 5);
        string id = (await shop.Post("/orders", Given.Order(("A", 1)))).Text("id")!;
        await shop.Post($"/orders/{id}/hold", new { reason = "Wait" });
        await shop.Post($"/orders/{id}/release-hold", new { kind = "manual" });
        await shop.Post($"/orders/{id}/cancel", new { reason = "No longer wanted" });
        var events = (await shop.Get($"/events?aggregate={id}")).GetProperty("data").EnumerateArray().ToList();
        events.Select(e => e.Text("kind")).ShouldBe(["OrderPlaced", "OrderHeld", "OrderHoldReleased", "OrderCancelled"]);
        events[3].Text("reason").ShouldBe("No longer wanted");
        events[3].Text("actor")!.ShouldStartWith("key:");
    }

    [Theory, BothDatabases, Capability("P21")]
    public async Task An_order_that_is_not_there_is_not_found_by_any_name(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (string id in new[] { "ord_00000000000070008000000000000000", "nonsense", "ord_xyz" })
        {
            await shop.Refused(HttpMethod.Get, $"/orders/{id}", null, 404, "orders.not_found");
            await shop.Refused(HttpMethod.Post, $"/orders/{id}/cancel", new { }, 404, "orders.not_found");
        }
    }

    [Theory, BothDatabases, Capability("P20", "SE-01")]
    public async Task Whoever_works_for_one_node_sees_and_changes_only_orders_with_goods_there(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/nodes", new { code = "STORE", name = "Store", kind = "store", country = "GB" });
        await shop.Product("HERE", 5, "STORE");
        await shop.Product("THERE", 5);
        string here = (await shop.Post("/orders", Given.Order(("HERE", 1)))).Text("id")!;
        string there = (await shop.Post("/orders", Given.Order(("THERE", 1)))).Text("id")!;
        var key = await shop.Post("/keys", new { name = "Till", scopes = new[] { "orders:read", "orders:write" }, nodes = new[] { "STORE" } });
        using var till = shop.Client(key.Text("secret"));

        (await till.GetAsync($"/api/v1/orders/{here}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await till.GetAsync($"/api/v1/orders/{there}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await till.PostAsync($"/api/v1/orders/{there}/hold", new StringContent("{\"reason\":\"x\"}", null, "application/json"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await Shop.Read(await till.GetAsync("/api/v1/orders"), 200)).GetProperty("data").EnumerateArray().Select(o => o.Text("id")).ShouldBe([here]);
    }
}
