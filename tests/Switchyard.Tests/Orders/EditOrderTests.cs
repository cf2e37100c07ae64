using System.Net;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Orders;

public sealed class EditOrderTests
{
    [Theory, BothDatabases, Capability("OV-05")]
    public async Task A_new_address_routes_the_order_anew_and_moves_its_reservation(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.TwoHalves();
        await shop.Product("A", 5, "NORTH");
        await shop.Stock("A", 5, "SOUTH");
        string id = (await shop.Post("/orders", Given.Order(("A", 2)))).Text("id")!;
        (await shop.Order(id)).Line(1).GetProperty("allocations")[0].Text("node").ShouldBe("NORTH");

        var edited = await shop.Edit(id, new { shippingAddress = EditShop.Address("SW1A 1AA"), reason = "Moved house" });
        var order = edited.GetProperty("order");
        order.Line(1).GetProperty("allocations").EnumerateArray().Select(a => (a.Text("node"), a.Long("quantity"))).ShouldBe([("SOUTH", 2)]);
        order.GetProperty("shippingAddress").Text("postcode").ShouldBe("SW1A 1AA");
        order.Long("version").ShouldBe(2);
        var nodes = (await shop.Get("/inventory?sku=A")).GetProperty("nodes").EnumerateArray().ToDictionary(n => n.Text("node")!, n => n.Long("allocated"));
        (nodes["NORTH"], nodes["SOUTH"]).ShouldBe((0, 2));

        var told = (await shop.Get($"/events?aggregate={id}&kind=OrderEdited")).GetProperty("data").EnumerateArray().Last();
        (told.Text("kind"), told.Text("reason")).ShouldBe(("OrderEdited", "Moved house"));
        told.GetRawText().ShouldContain("shippingAddress");
        told.GetRawText().ShouldNotContain("SW1A", Case.Sensitive, "no personal data on the log");
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task An_address_nobody_can_deliver_to_is_refused_and_nothing_changes(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.TwoHalves();
        await shop.Product("A", 5, "NORTH");
        var before = await shop.Post("/orders", Given.Order(("A", 2)));
        string id = before.Text("id")!;
        // MAIN has no lanes and sends everywhere, but has none of it.
        var refused = await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", new { shippingAddress = EditShop.Address("SW1A 1AA") }, 409, "orders.no_route");
        refused.GetProperty("errors")[0].Text("pointer").ShouldBe("/shippingAddress");
        refused.GetProperty("errors")[0].Text("detail")!.ShouldContain("A");
        (await shop.Order(id)).GetRawText().ShouldBe(before.GetRawText());
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-05", "L12")]
    public async Task A_line_can_be_removed_whole_and_the_rest_goes_on(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        await shop.Product("B", 5);
        string id = (await shop.Post("/orders", Given.Order(("A", 2), ("B", 3)))).Text("id")!;
        var edited = await shop.Edit(id, new { lines = new[] { new { line = 2, remove = true } } });
        var (order, difference) = (edited.GetProperty("order"), edited.GetProperty("difference"));
        (order.Line(2).Long("cancelled"), order.Line(2).Long("quantity"), order.Line(2).Long("totalMinor")).ShouldBe((3, 3, 0));
        (order.Long("totalMinor"), order.Text("state")).ShouldBe((2000, "confirmed"));
        (difference.Long("totalMinorBefore"), difference.Long("changeMinor"), difference.Long("dueMinor")).ShouldBe((5000, -3000, 2000));
        (await shop.Balance("B")).Long("available").ShouldBe(5);
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = 0 } } }, 409, "orders.nothing_left");
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-05", "L12")]
    public async Task Lines_are_added_grown_and_priced_in_one_request_all_or_none(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 5, priceMinor: 1000);
        await shop.Product("B", 5, priceMinor: 700);
        string id = (await shop.Post("/orders", Given.Order(("A", 1)))).Text("id")!;
        object Wish(long units) => new
        {
            lines = new[] { new { line = 1, quantity = 3, unitPriceMinor = 900 } },
            add = new[] { new { sku = "b", quantity = units } },
            charges = new[] { new { code = "gift-wrap", amountMinor = 250 } },
            priority = 7,
        };
        var refused = await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", Wish(6), 409, "orders.short");
        refused.GetProperty("errors")[0].Text("pointer").ShouldBe("/add/0/quantity");
        ((await shop.Balance("A")).Long("allocated"), (await shop.Order(id)).Long("version")).ShouldBe((1, 1));

        var order = (await shop.Edit(id, Wish(2))).GetProperty("order");
        (order.Long("totalMinor"), order.Long("goodsMinor"), order.Long("chargesMinor"), order.Long("priority")).ShouldBe((4350, 4100, 250, 7));
        order.GetProperty("lines").EnumerateArray().Select(l => (l.Long("line"), l.Text("sku"), l.Long("quantity"), l.Long("allocated")))
            .ShouldBe([(1, "A", 3, 3), (2, "gift-wrap", 1, 0), (3, "B", 2, 2)]);
        ((await shop.Balance("A")).Long("allocated"), (await shop.Balance("B")).Long("allocated")).ShouldBe((3, 2));
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task What_is_short_waits_where_the_channel_allows_it_and_waiting_units_are_taken_off_first(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/channels/web", new { name = "Web", onShort = "backorder" });
        await shop.Product("A", 3);
        string id = (await shop.Post("/orders", Given.Order(("A", 2)))).Text("id")!;
        var grown = (await shop.Edit(id, new { lines = new[] { new { line = 1, quantity = 5 } } })).GetProperty("order").Line(1);
        (grown.Long("quantity"), grown.Long("allocated"), grown.Long("backordered")).ShouldBe((5, 3, 2));
        var less = (await shop.Edit(id, new { lines = new[] { new { line = 1, quantity = 2 } } })).GetProperty("order").Line(1);
        (less.Long("quantity"), less.Long("allocated"), less.Long("backordered"), less.Long("cancelled")).ShouldBe((5, 2, 0, 3));
        var again = (await shop.Edit(id, new { lines = new[] { new { line = 1, quantity = 3 } } })).GetProperty("order").Line(1);
        (again.Long("quantity"), again.Long("allocated"), again.Long("cancelled"), again.Long("totalMinor")).ShouldBe((6, 3, 3, 3000));
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task A_bundle_is_changed_as_a_whole_and_its_components_follow(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("CUP", 20);
        await shop.Product("TEA", 20);
        await shop.Post("/products", new { sku = "SET", name = "Set", kind = "bundle", components = new[] { new { sku = "CUP", quantity = 2 }, new { sku = "TEA", quantity = 1 } } });
        string id = (await shop.Post("/orders", Given.Order(("SET", 3)))).Text("id")!;
        var part = await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", new { lines = new[] { new { line = 2, quantity = 1 } } }, 400, "request.invalid");
        part.GetProperty("errors")[0].Text("code").ShouldBe("orders.part_of_bundle");

        var order = (await shop.Edit(id, new { lines = new[] { new { line = 1, quantity = 1 } } })).GetProperty("order");
        (order.Long("totalMinor"), order.Line(1).Long("cancelled"), order.Line(2).Long("cancelled"), order.Line(3).Long("cancelled")).ShouldBe((1000, 2, 4, 2));
        order = (await shop.Edit(id, new { lines = new[] { new { line = 1, quantity = 2 } }, add = new[] { new { sku = "SET", quantity = 1, unitPriceMinor = 900 } } })).GetProperty("order");
        (order.Long("totalMinor"), order.Line(2).Long("allocated"), order.Line(3).Long("allocated")).ShouldBe((2900, 4, 2));
        ((await shop.Balance("CUP")).Long("allocated"), (await shop.Balance("TEA")).Long("allocated")).ShouldBe((6, 3));
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("P13")]
    public async Task An_edit_of_an_order_that_was_changed_meanwhile_is_refused_with_the_present_version(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 5);
        string id = (await shop.Post("/orders", Given.Order(("A", 1)))).Text("id")!;
        var fresh = await shop.EditIf(id, "1", new { priority = 2 });
        (fresh.StatusCode, fresh.Headers.ETag!.Tag).ShouldBe((HttpStatusCode.OK, "\"2\""));
        var stale = await Shop.Read(await shop.EditIf(id, "1", new { priority = 3 }), 412);
        (stale.Text("code"), stale.Long("version")).ShouldBe(("orders.version_changed", 2));
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", new { version = 1, priority = 3 }, 412, "orders.version_changed");
        (await shop.Order(id)).Long("priority").ShouldBe(2);
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task A_preview_says_what_an_edit_would_do_and_leaves_no_trace(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 5);
        string id = (await shop.Post("/orders", Given.Order(("A", 1)))).Text("id")!;
        string before = (await shop.Order(id)).GetRawText();
        object wish = new { lines = new[] { new { line = 1, quantity = 4 } } };
        var preview = await shop.Post($"/orders/{id}/edit/preview", wish);
        preview.Text("object").ShouldBe("orderEditPreview");
        preview.GetProperty("difference").GetProperty("lines")[0].Long("allocated").ShouldBe(4);
        (await shop.Order(id)).GetRawText().ShouldBe(before);
        (await shop.Balance("A")).Long("allocated").ShouldBe(1);
        var edited = await shop.Edit(id, wish);
        edited.GetProperty("difference").GetRawText().ShouldBe(preview.GetProperty("difference").GetRawText());
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit/preview", new { lines = new[] { new { line = 1, quantity = 9 } } }, 409, "orders.short");
    }

    [Theory, BothDatabases, Capability("OV-05", "OV-01")]
    public async Task A_good_address_releases_the_hold_on_a_bad_one(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var body = Given.Order(("A", 1));
        body["shippingAddress"] = new { name = "Ada", country = "GB" };
        var held = await shop.Post("/orders", body);
        held.Text("state").ShouldBe("placed");
        var order = (await shop.Edit(held.Text("id")!, new { shippingAddress = EditShop.Address("M1 1AE") })).GetProperty("order");
        (order.Text("state"), order.GetProperty("isHeld").GetBoolean()).ShouldBe(("confirmed", false));
    }

    [Theory, BothDatabases, Capability("OV-05", "AX-04")]
    public async Task Whoever_may_not_change_prices_or_urgency_is_told_so(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5, priceMinor: 1000);
        string id = (await shop.Post("/orders", Given.Order(("A", 1)))).Text("id")!;
        using var channel = await shop.Key("orders:read", "orders:write");
        string[] codes = [.. await Task.WhenAll(new object[]
        {
            new { lines = new[] { new { line = 1, unitPriceMinor = 1 } } }, new { discountMinor = 10 }, new { charges = new[] { new { code = "x", amountMinor = 1 } } },
            new { add = new[] { new { sku = "A", quantity = 1, unitPriceMinor = 1 } } }, new { priority = 9 }, new { cancelAll = true },
        }.Select(async wish => (await channel.Send($"/orders/{id}/edit", wish)).Json.Text("code")!))];
        codes.ShouldBe(["orders.price_right", "orders.price_right", "orders.price_right", "orders.price_right", "orders.priority_right", "orders.cancel_right"]);
        (await channel.Send($"/orders/{id}/edit", new { add = new[] { new { sku = "A", quantity = 1, unitPriceMinor = 1000 } } })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task Within_the_grace_period_the_channel_may_change_an_order_and_afterwards_customer_service_only(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Put("/channels/web", new { name = "Web", graceMinutes = 30, urgentMethods = new[] { "express" } });
        await shop.Product("A", 9);
        var placed = await shop.Post("/orders", Given.Order(("A", 1)));
        string id = placed.Text("id")!;
        placed.GetProperty("graceUntil").GetDateTimeOffset().ShouldBe(shop.Clock!.GetUtcNow().AddMinutes(30));
        var urgent = Given.Order(("A", 1));
        urgent["method"] = "express";
        (await shop.Post("/orders", urgent)).GetProperty("graceUntil").ValueKind.ShouldBe(JsonValueKind.Null);

        using var channel = await shop.Key("orders:read", "orders:write");
        shop.Clock.Advance(TimeSpan.FromMinutes(10));
        (await channel.Send($"/orders/{id}/edit", new { shippingAddress = EditShop.Address("SW1A 1AA") })).Status.ShouldBe(HttpStatusCode.OK);
        shop.Clock.Advance(TimeSpan.FromMinutes(21));
        (await channel.Send($"/orders/{id}/edit", new { shippingAddress = EditShop.Address("M1 1AE") })).Json.Text("code").ShouldBe("orders.grace_over");
        await shop.Edit(id, new { shippingAddress = EditShop.Address("M1 1AE") });
    }

    [Theory, BothDatabases, Capability("L12", "P4")]
    public async Task Cancel_all_is_an_edit_too_and_a_repeat_with_its_key_gets_the_first_answer(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        string id = (await shop.Post("/orders", Given.Order(("A", 2)))).Text("id")!;
        var cancelled = await shop.Edit(id, new { cancelAll = true, reason = "No more" }, "k");
        (cancelled.GetProperty("order").Text("state"), cancelled.GetProperty("difference").Long("dueMinor")).ShouldBe(("cancelled", 0));
        (await shop.Edit(id, new { cancelAll = true, reason = "No more" }, "k")).GetRawText().ShouldBe(cancelled.GetRawText());
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", new { priority = 1 }, 409, "orders.cannot_edit");
    }

    [Theory, BothDatabases]
    public async Task A_malformed_edit_is_refused_with_every_fault_named(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        string id = (await shop.Post("/orders", Given.Order(("A", 2)))).Text("id")!;
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", new { }, 400, "request.invalid");
        var faults = await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", new
        {
            lines = new object?[] { new { line = 1, quantity = -1 }, new { line = 1, remove = true, quantity = 1 }, null, new { line = 2 } },
            add = new object?[] { new { sku = "", quantity = 0 } }, charges = new object?[] { new { code = "x" } }, priority = 5_000, cancelAll = true,
        }, 400, "request.invalid");
        faults.GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer")).ShouldBe(["/priority", "/lines/0/quantity", "/lines/1/line", "/lines/1/remove", "/lines/2",
            "/lines/3", "/add/0/sku", "/add/0/quantity", "/charges/0/amountMinor", "/cancelAll"], ignoreOrder: true);
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", new { lines = new[] { new { line = 9, quantity = 1 } } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, "/orders/ord_00000000000070008000000000000000/edit", new { priority = 1 }, 404, "orders.not_found");
    }
}
