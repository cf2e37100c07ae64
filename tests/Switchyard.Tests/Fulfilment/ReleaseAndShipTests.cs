using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Fulfilment;

/// <summary>The straight way of an order through a node, and its parts.</summary>
public sealed class ReleaseAndShipTests
{
    [Theory, BothDatabases, Capability("AX-01", "L11")]
    public async Task An_order_is_released_picked_packed_shipped_and_delivered_and_then_closed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (order, release) = await shop.Released(("A", 3));
        var made = await shop.Release(release);
        (made.Text("object"), made.Text("state"), made.Text("node"), made.GetProperty("lines")[0].Long("open")).ShouldBe(("fulfilment", "accepted", "MAIN", 3));
        (await shop.Order(order)).Text("status").ShouldBe("released");

        (await shop.Run(release, "start-picking", "pick")).Text("state").ShouldBe("picked");
        (await shop.Order(order)).Text("status").ShouldBe("picking");
        var packed = await shop.Do(release, "pack", new { packages = new[] { new { lines = new[] { new { line = 1, quantity = 3 } }, weightGrams = 900 } } });
        (packed.Text("state"), packed.GetProperty("packages")[0].Text("state")).ShouldBe(("packed", "labelled"));
        (await shop.Order(order)).Text("status").ShouldBe("packed");
        var balance = await shop.Balance("A");
        (balance.Long("onHand"), balance.Long("allocated"), balance.Long("available")).ShouldBe((5, 3, 2));

        var shipped = await shop.Do(release, "ship", new { carrier = "Royal Mail", service = "Tracked 24", tracking = "AB123456789GB" });
        (shipped.Text("state"), shipped.GetProperty("packages")[0].Text("tracking"), shipped.GetProperty("shipments")[0].Text("carrier")).ShouldBe(("handedOver", "AB123456789GB", "Royal Mail"));
        balance = await shop.Balance("A");
        (balance.Long("onHand"), balance.Long("allocated"), balance.Long("available")).ShouldBe((2, 0, 2));
        (await shop.Order(order)).Text("status").ShouldBe("shipped");

        (await shop.Do(release, "deliver")).Text("state").ShouldBe("delivered");
        var done = await shop.Order(order);
        (done.Text("state"), done.GetProperty("lines")[0].Long("delivered"), done.GetProperty("fulfilments").GetArrayLength()).ShouldBe(("closed", 3, 1));
        (await shop.Timeline(order)).ShouldBe(["OrderPlaced", "FulfilmentReleased", "FulfilmentAccepted", "FulfilmentPickingStarted", "FulfilmentPicked", "FulfilmentPacked",
            "FulfilmentShipped", "FulfilmentDelivered", "OrderClosed"]);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-01", "L11")]
    public async Task An_order_of_two_nodes_becomes_two_releases_and_each_goes_its_own_way(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Node("STORE", "store");
        await shop.Product("A", 2);
        await shop.Product("B", 2, "STORE");
        string order = await shop.Placed(("A", 1), ("B", 2));
        var made = (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments").EnumerateArray().ToList();
        made.Select(f => f.Text("node")).ShouldBe(["MAIN", "STORE"]);
        made.Select(f => f.Text("number")!.Split('-')[1]).ShouldBe(["F1", "F2"]);
        await shop.Run(made[1].Text("id")!, "start-picking", "pick", "pack", "ship");
        (await shop.Order(order)).Text("status").ShouldBe("partlyShipped");
        await shop.Refused(HttpMethod.Post, $"/orders/{order}/release", new { }, 409, "fulfilment.nothing_to_release");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    public async Task A_release_is_picked_packed_and_shipped_in_parts(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        await shop.Product("B", 5);
        var (order, release) = await shop.Released(("A", 3), ("B", 2));
        await shop.Run(release, "start-picking");
        (await shop.Do(release, "pick", Part(1, 2))).Text("state").ShouldBe("picking");
        (await shop.Do(release, "pack", new { packages = new[] { new { lines = new[] { new { line = 1, quantity = 2 } } } } })).Text("state").ShouldBe("picking");
        (await shop.Do(release, "ship", new { tracking = "T1" })).Text("state").ShouldBe("picking");
        (await shop.Balance("A")).Long("onHand").ShouldBe(3);
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/pick", Part(1, 2), 409, "fulfilment.not_that_many");
        (await shop.Do(release, "pick")).Text("state").ShouldBe("picked");
        var two = new { packages = new[] { new { lines = new[] { new { line = 1, quantity = 1 }, new { line = 2, quantity = 1 } } }, new { lines = new[] { new { line = 2, quantity = 1 } } } } };
        (await shop.Do(release, "pack", two)).Text("state").ShouldBe("packed");
        (await shop.Do(release, "ship", new { packages = new[] { new { package = 3, tracking = "T3" } } })).Text("state").ShouldBe("packed");
        (await shop.Do(release, "unpack", new { packages = new[] { 2 } })).Text("state").ShouldBe("picked");
        (await shop.Run(release, "pack", "ship")).Text("state").ShouldBe("handedOver");
        var view = await shop.Release(release);
        view.GetProperty("packages").EnumerateArray().Select(p => p.Text("state")).ShouldBe(["manifested", "voided", "manifested", "manifested"]);
        view.GetProperty("shipments").GetArrayLength().ShouldBe(3);
        (await shop.Do(release, "deliver", new { packages = new[] { 1 } })).Text("state").ShouldBe("handedOver");
        (await shop.Do(release, "lost", new { packages = new[] { 3 } })).Text("state").ShouldBe("handedOver");
        (await shop.Do(release, "sent-back")).Text("state").ShouldBe("delivered");
        var lines = (await shop.Order(order)).GetProperty("lines");
        (lines[0].Long("delivered"), lines[0].Long("sentBack"), lines[1].Long("sentBack"), lines[1].Long("lost")).ShouldBe((2, 1, 1, 1));
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    public async Task Goods_wait_for_pickup_and_are_collected(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (order, release) = await shop.Released(("A", 1));
        await shop.Run(release, "start-picking", "pick", "ready");
        (await shop.Order(order)).Text("status").ShouldBe("readyForPickup");
        (await shop.Do(release, "collected")).Text("state").ShouldBe("delivered");
        (await shop.Order(order)).Text("state").ShouldBe("closed");
        (await shop.Balance("A")).Long("onHand").ShouldBe(4);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("P20")]
    public async Task An_order_shipped_from_a_node_is_still_seen_there_and_another_nodes_work_is_not(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Node("STORE", "store");
        await shop.Product("HERE", 5, "STORE");
        await shop.Product("THERE", 5);
        var (here, mine) = await shop.Released(("HERE", 1));
        var (_, other) = await shop.Released(("THERE", 1));
        var key = await shop.Post("/keys", new { name = "Till", scopes = new[] { "orders:read", "fulfilment:read", "fulfilment:work" }, nodes = new[] { "STORE" } });
        using var till = shop.Client(key.Text("secret"));
        foreach (string step in new[] { "start-picking", "pick", "pack", "ship" })
            await Shop.Read(await till.PostAsync($"/api/v1/fulfilments/{mine}/{step}", Json("{}")), 200);
        (await Shop.Read(await till.GetAsync($"/api/v1/orders/{here}?expand=fulfilments"), 200)).GetProperty("fulfilments").GetArrayLength().ShouldBe(1);
        (await till.GetAsync($"/api/v1/fulfilments/{other}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await till.PostAsync($"/api/v1/fulfilments/{other}/start-picking", Json("{}"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await Shop.Read(await till.GetAsync("/api/v1/fulfilments"), 200)).GetProperty("data").EnumerateArray().Select(f => f.Text("id")).ShouldBe([mine]);
    }

    [Theory, BothDatabases, Capability("P4")]
    public async Task A_step_is_repeated_by_its_key_and_refused_over_somebody_elses_change(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (_, release) = await shop.Released(("A", 2));
        await shop.Post($"/fulfilments/{release}/start-picking", new { }, "k");
        (await shop.Send(HttpMethod.Post, $"/fulfilments/{release}/start-picking", new { }, "k")).Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        var stale = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/fulfilments/{release}/pick") { Content = Json("{}") };
        stale.Headers.Add("If-Match", "\"1\"");
        var answer = await Shop.Read(await shop.Http.SendAsync(stale), 412);
        (answer.Text("code"), answer.Long("version")).ShouldBe(("fulfilment.changed", 2));
        var fresh = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/fulfilments/{release}/pick") { Content = Json("{}") };
        fresh.Headers.Add("If-Match", "\"2\"");
        (await shop.Http.SendAsync(fresh)).Headers.ETag!.Tag.ShouldBe("\"3\"");
    }

    [Theory, BothDatabases]
    public async Task What_is_held_or_not_confirmed_is_not_released(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        await shop.Product("B", 5);
        string order = await shop.Placed(("A", 1), ("B", 1));
        await shop.Post($"/orders/{order}/hold", new { reason = "Call first" });
        await shop.Refused(HttpMethod.Post, $"/orders/{order}/release", new { }, 409, "fulfilment.held");
        await shop.Post($"/orders/{order}/release-hold", new { kind = "manual" });
        await shop.Post($"/orders/{order}/hold", new { reason = "Engraving", line = 2 });
        var made = (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0];
        made.GetProperty("lines").EnumerateArray().Select(l => l.Text("sku")).ShouldBe(["A"]);
        await shop.Post($"/orders/{order}/hold", new { reason = "Wait" });
        (await shop.Refused(HttpMethod.Post, $"/fulfilments/{made.Text("id")}/start-picking", new { }, 409, "fulfilment.held")).Text("detail")!.ShouldContain("Wait");
        var unpaid = Given.Order(("A", 1));
        unpaid["payment"] = new { status = "pending" };
        await shop.Refused(HttpMethod.Post, $"/orders/{(await shop.Post("/orders", unpaid)).Text("id")}/release", new { }, 409, "fulfilment.not_confirmed");
        await shop.Refused(HttpMethod.Post, "/orders/ord_00000000000070008000000000000000/release", new { }, 404, "orders.not_found");
    }

    private static object Part(int line, long quantity) => new { lines = new[] { new { line, quantity } } };
    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
