using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Orders;

public sealed class PlaceOrderTests
{
    [Theory, BothDatabases, Capability("CH-07", "IN-05", "IN-07", "L9")]
    public async Task An_order_is_promised_stock_in_the_moment_it_is_placed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("CUP", 10);

        var order = await shop.Post("/orders", Given.Order(("cup", 3)));

        order.Text("object").ShouldBe("order");
        order.Text("state").ShouldBe("confirmed");
        order.GetProperty("lines")[0].Text("sku").ShouldBe("CUP");
        order.GetProperty("lines")[0].Long("allocated").ShouldBe(3);
        order.GetProperty("lines")[0].GetProperty("allocations")[0].Text("node").ShouldBe("MAIN");
        order.Long("totalMinor").ShouldBe(3000);
        var balance = await shop.Balance("CUP");
        (balance.Long("onHand"), balance.Long("allocated"), balance.Long("available")).ShouldBe((10, 3, 7));
        var entry = (await shop.Get("/inventory/ledger?sku=CUP")).GetProperty("data").EnumerateArray().Single(e => e.Long("allocatedDelta") == 3);
        entry.Text("orderId").ShouldBe(order.Text("id"));
        var read = await shop.Get($"/orders/{order.Text("id")}");
        JsonElement.DeepEquals(read, order).ShouldBeTrue($"placed {order}\nread {read}");
    }

    [Theory, BothDatabases, Capability("P3")]
    public async Task A_short_order_of_a_source_that_asks_is_refused_whole_and_holds_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        await shop.Product("B", 1);

        var problem = await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 5), ("B", 2)), 409, "orders.short");

        problem.GetProperty("errors")[0].Text("pointer").ShouldBe("/lines/1");
        (await shop.Balance("A")).Long("allocated").ShouldBe(0);
        (await shop.Get("/orders")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("P2", "L1", "L3")]
    public async Task Two_lines_of_one_sku_share_its_stock_and_the_last_unit_can_be_bought(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 3), ("a", 3)), 409, "orders.short");
        (await shop.Post("/orders", Given.Order(("A", 3), ("a", 2)))).GetProperty("lines").EnumerateArray().Sum(l => l.Long("allocated")).ShouldBe(5);
        (await shop.Balance("A")).Long("available").ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task Backorder_takes_what_there_is_and_waits_for_the_rest(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 2);
        var body = Given.Order(("A", 5));
        body["onShort"] = "backorder";
        var line = (await shop.Post("/orders", body)).GetProperty("lines")[0];
        (line.Long("allocated"), line.Long("backordered"), line.Long("unallocated")).ShouldBe((2, 3, 0));
    }

    [Theory, BothDatabases]
    public async Task A_source_that_tells_is_always_stored_and_its_short_line_waits_under_a_hold(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 2);
        await shop.Product("B", 9);
        var body = Given.Order(("A", 5), ("B", 1));
        body["onShort"] = "hold";
        var order = await shop.Post("/orders", body);
        order.Text("status").ShouldBe("onHold");
        (order.GetProperty("lines")[0].Long("unallocated"), order.GetProperty("lines")[1].Long("allocated")).ShouldBe((5, 1));
        order.GetProperty("holds")[0].Text("kind").ShouldBe("stock");
        (await shop.Balance("A")).Long("allocated").ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("OV-01")]
    public async Task What_is_doubtful_is_stored_with_a_hold_for_each_doubt(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5, priceMinor: 900);
        var body = Given.Order(("A", 1), ("NOBODY-KNOWS", 1));
        body["shippingAddress"] = new { name = "Ada", country = "GB" };
        var order = await shop.Post("/orders", body);
        order.GetProperty("holds").EnumerateArray().Select(h => h.Text("kind")).ShouldBe(["address", "unknown_sku", "price_off_list"]);
        order.Text("state").ShouldBe("placed");
        order.GetProperty("lines")[1].Long("unallocated").ShouldBe(1);
    }

    [Theory, BothDatabases, Capability("P4", "CH-07")]
    public async Task The_same_key_gives_the_same_answer_and_another_body_is_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var first = await shop.Send(HttpMethod.Post, "/orders", Given.Order(1, ("A", 1)), "key-1");
        var again = await shop.Send(HttpMethod.Post, "/orders", Given.Order(1, ("A", 1)), "key-1");
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 2)), 422, "request.idempotency_key_reused", "key-1");
        (await shop.Balance("A")).Long("allocated").ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Only_committed_answers_are_kept_under_a_key(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A");
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 1)), 409, "orders.short", "key-1");
        await shop.Stock("A", 1);
        (await shop.Post("/orders", Given.Order(1, ("A", 1)), "key-1")).Text("state").ShouldBe("confirmed");
    }

    [Theory, BothDatabases, Capability("P5", "CH-14", "L25")]
    public async Task The_same_channel_order_sent_again_is_the_same_order(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var body = Given.Order(("A", 1));
        body["externalId"] = "WEB-7";
        var first = await shop.Post("/orders", body, "key-1");
        var again = await shop.Send(HttpMethod.Post, "/orders", body, "key-2");
        (await Shop.Read(again, 200)).Text("id").ShouldBe(first.Text("id"));
        body["lines"] = new[] { new { sku = "A", quantity = 2, unitPriceMinor = 1000 } };
        var problem = await shop.Refused(HttpMethod.Post, "/orders", body, 409, "orders.external_id_taken");
        problem.Text("orderId").ShouldBe(first.Text("id"));
        (await shop.Balance("A")).Long("allocated").ShouldBe(1);
    }

    [Theory, BothDatabases, Capability("AX-33")]
    public async Task A_bundle_explodes_into_its_components_and_money_stays_on_the_bundle(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("CUP", 6);
        await shop.Product("PLATE", 6);
        await shop.Post("/products", new { sku = "SET", name = "Set", kind = "bundle", components = new[] { new { sku = "CUP", quantity = 2 }, new { sku = "PLATE", quantity = 1 } } });
        var order = await shop.Post("/orders", Given.Order(("SET", 2)));
        var lines = order.GetProperty("lines").EnumerateArray().ToList();
        lines.Select(l => (l.Text("kind"), l.Text("sku"), l.Long("quantity"), l.Long("allocated"), l.Long("totalMinor")))
            .ShouldBe([("bundle", "SET", 2, 0, 2000), ("component", "CUP", 4, 4, 0), ("component", "PLATE", 2, 2, 0)]);
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("SET", 2), ("CUP", 1)), 409, "orders.short");
    }

    [Theory, BothDatabases("GBP", 1999, 0.2), BothDatabases("JPY", 500, 0.1), BothDatabases("BHD", 12345, 0.05), Capability("P10", "CH-16")]
    public async Task Totals_add_up_to_the_minor_unit_in_every_currency(DatabaseKind kind, string currency, long price, double rate)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 50);
        await shop.Product("B", 50);
        if (currency != "GBP") await shop.Put($"/exchange-rates/{currency}", new { rate = 0.0052m, source = "test" });
        var body = Given.Order();
        body["currency"] = currency;
        body["discountMinor"] = 101;
        body["pricesIncludeTax"] = false;
        body["lines"] = new object[]
        {
            new { sku = "A", quantity = 3, unitPriceMinor = price, taxRate = rate },
            new { sku = "B", quantity = 7, unitPriceMinor = 333, discountMinor = 100, taxRate = rate },
        };
        body["charges"] = new[] { new { code = "delivery", name = "Delivery", amountMinor = 450, taxRate = rate } };
        var order = await shop.Post("/orders", body);
        var lines = order.GetProperty("lines").EnumerateArray().ToList();
        order.Long("discountMinor").ShouldBe(201);
        lines.Sum(l => l.Long("discountMinor")).ShouldBe(201);
        lines.Sum(l => l.Long("taxMinor")).ShouldBe(order.Long("taxMinor"));
        order.Long("totalMinor").ShouldBe(3 * price + 7 * 333 + 450 - 201 + order.Long("taxMinor"));
        order.GetProperty("rateToBase").GetDecimal().ShouldBe(currency == "GBP" ? 1m : 0.0052m);
    }

    [Theory, BothDatabases, Capability("CH-13", "CH-10")]
    public async Task A_chat_order_keeps_its_channel_and_its_own_reference(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/channels/chat", new { name = "Chat", onShort = "refuse" });
        await shop.Product("A", 5);
        var body = Given.Order(("A", 1));
        body["channel"] = "chat";
        body["sourceReference"] = "said by Tom on WhatsApp, 14:02";
        var order = await shop.Post("/orders", body);
        (order.Text("channel"), order.Text("sourceReference")).ShouldBe(("chat", "said by Tom on WhatsApp, 14:02"));
        (await shop.Get("/orders?query=channel:chat")).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await shop.Get("/orders?query=channel:web")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("AX-63", "L23")]
    public async Task An_unpaid_order_gives_its_stock_back_when_its_time_is_over(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 1);
        var body = Given.Order(("A", 1));
        body["payment"] = new { status = "pending", expiresAt = shop.Clock!.GetUtcNow().AddHours(2) };
        var order = await shop.Post("/orders", body);
        order.GetProperty("holds")[0].Text("kind").ShouldBe("payment");
        shop.Clock.Advance(TimeSpan.FromHours(2.1));
        await shop.Until(async () => (await shop.Get($"/orders/{order.Text("id")}")).Text("state") == "expired");
        (await shop.Balance("A")).Long("available").ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Orders_are_listed_newest_first_by_cursor(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 50);
        var placed = new List<string?>();
        for (int i = 0; i < 7; i++) placed.Add((await shop.Post("/orders", Given.Order(("A", 1)))).Text("id"));
        var seen = new List<string?>();
        for (string? next = ""; next is not null;)
        {
            var page = await shop.Get($"/orders?limit=3&after={next}");
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(o => o.Text("id")));
            next = page.Text("next");
        }
        seen.ShouldBe(placed.AsEnumerable().Reverse());
        await shop.Refused(HttpMethod.Get, "/orders?after=rubbish!", null, 400, "request.invalid");
        await shop.Refused(HttpMethod.Get, "/orders?query=colour:red", null, 400, "request.invalid");
    }
}
