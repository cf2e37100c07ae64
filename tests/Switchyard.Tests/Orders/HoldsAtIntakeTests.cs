using System.Net;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Orders;

/// <summary>Every kind of hold: placed, held with a sentence, mended, confirmed.</summary>
public sealed class HoldsAtIntakeTests
{
    [Theory, BothDatabases, Capability("OV-01")]
    public async Task An_unknown_sku_is_held_and_reserves_nothing_until_the_product_is_made(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var order = await shop.Post("/orders", Given.Order(("A", 1), ("Later", 2)));
        (order.Text("state"), order.GetProperty("isHeld").GetBoolean()).ShouldBe(("confirmed", true));         // the other line goes on
        Hold(order).ShouldBe(("unknown_sku", "There is no product Later.", 2));
        order.GetProperty("lines")[1].Long("unallocated").ShouldBe(2);

        await shop.Product("LATER", 0, priceMinor: 1000);
        await shop.Until(async () => !(await Read(shop, order)).GetProperty("lines")[1].Text("sku")!.Equals("", StringComparison.Ordinal)
            && Holds(await Read(shop, order), "unknown_sku") == 0);
        await shop.Stock("LATER", 9);
        await shop.Until(async () => (await Read(shop, order)).GetProperty("lines")[1].Long("allocated") == 2);
        (await Read(shop, order)).GetProperty("isHeld").GetBoolean().ShouldBeFalse();
        (await shop.Balance("LATER")).Long("available").ShouldBe(7);
        (await Kinds(shop, order)).ShouldContain("OrderLineIdentified");
    }

    [Theory, BothDatabases, Capability("OV-01")]
    public async Task A_price_off_the_list_reserves_nothing_and_is_released_by_a_person_or_the_price(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5, priceMinor: 1200);
        var one = await shop.Post("/orders", Given.Order(("A", 1)));
        var two = await shop.Post("/orders", Given.Order(("A", 1)));
        Hold(one).ShouldBe(("price_off_list", "The price of A is not the list price.", 1));
        (await shop.Balance("A")).Long("allocated").ShouldBe(0);

        var free = await shop.Post($"/orders/{one.Text("id")}/release-hold", new { kind = "price_off_list", reason = "Agreed" });
        (free.GetProperty("lines")[0].Long("allocated"), free.GetProperty("isHeld").GetBoolean()).ShouldBe((1, false));

        await shop.Put("/products/A", new { name = "Product A", prices = new[] { new { currency = "GBP", priceMinor = 1000 } } });
        await shop.Until(async () => (await Read(shop, two)).GetProperty("lines")[0].Long("allocated") == 1);
        (await shop.Balance("A")).Long("allocated").ShouldBe(2);
    }

    [Theory, BothDatabases, Capability("OV-01")]
    public async Task A_tolerance_and_a_channel_can_be_set_for_prices(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5, priceMinor: 1040);
        await shop.Put("/hold-rules/price_off_list", new { kind = "price_off_list", position = 400, when = new { channels = new[] { "web" } }, settings = new { tolerancePercent = 5 } });
        (await shop.Post("/orders", Given.Order(("A", 1)))).GetProperty("isHeld").GetBoolean().ShouldBeFalse();
        await shop.Put("/hold-rules/price_off_list", new { kind = "price_off_list", position = 400, settings = new { tolerancePercent = 2 }, reason = "Ask the buyer. {reason}", scope = "order" });
        var held = await shop.Post("/orders", Given.Order(("A", 1)));
        Hold(held).ShouldBe(("price_off_list", "Ask the buyer. The price of A is not the list price.", 0));
        held.Text("state").ShouldBe("placed");

        // A marketplace tells the price of the list without its tax.
        await shop.Product("B", 5, priceMinor: 1295);
        (await Net(1079, 432)).ShouldBe(0);
        (await Net(1000, 400)).ShouldBe(1, "with its tax it is another price");

        async Task<int> Net(long price, long tax)
        {
            var wish = Given.Order(("B", 2));
            (wish["pricesIncludeTax"], wish["lines"]) = (false, new[] { new { sku = "B", quantity = 2, unitPriceMinor = price, taxMinor = tax } });
            return Holds(await shop.Post("/orders", wish), "price_off_list");
        }
    }

    [Theory, BothDatabases, Capability("OV-01")]
    public async Task A_bad_postcode_and_an_unknown_method_hold_the_order_with_a_reason_each(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        await shop.Put("/zones/uk", new { name = "UK", areas = new[] { new { country = "GB" } } });
        await shop.Put("/nodes/MAIN/lanes", new[] { new { zone = "uk", service = "parcel", method = "standard", currency = "GBP", baseMinor = 300, transitDays = 2 } });
        var body = Given.Order(("A", 1));
        body["method"] = "rocket";
        body["shippingAddress"] = new { name = "Ada Byron", line1 = "1 Mill Lane", city = "Manchester", postcode = "M1 1CA", country = "GB" };
        var order = await shop.Post("/orders", body);
        order.Text("state").ShouldBe("placed");
        order.GetProperty("holds").EnumerateArray().Select(h => (h.Text("kind"), h.Text("reason"))).ShouldBe(
            [("address", "M1 1CA is no postcode of GB."), ("method", "No carrier service is called rocket.")]);
        order.GetProperty("lines")[0].Long("allocated").ShouldBe(1);
    }

    [Theory, BothDatabases, Capability("OV-06")]
    public async Task The_same_basket_of_the_same_customer_within_minutes_is_perhaps_a_repeat(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 50);
        await shop.Product("B", 50);
        int buyer = Given.NextBuyer();
        var first = await shop.Post("/orders", Given.Order(buyer, ("A", 1), ("B", 2)));
        shop.Clock!.Advance(TimeSpan.FromMinutes(14));
        var again = await shop.Post("/orders", Given.Order(buyer, ("b", 2), ("A", 1)));
        Hold(again).ShouldBe(("duplicate", $"Perhaps ordered twice: order {first.Text("number")} has the same basket and the same email.", 0));
        again.GetProperty("holds")[0].Text("otherOrder").ShouldBe(first.Text("id"));
        again.Text("state").ShouldBe("placed");
        (await shop.Post("/orders", Given.Order(buyer, ("A", 2), ("B", 2)))).GetProperty("isHeld").GetBoolean().ShouldBeFalse();
        (await shop.Post("/orders", Given.Order(("A", 1), ("B", 2)))).GetProperty("isHeld").GetBoolean().ShouldBeFalse();

        await shop.Post($"/orders/{first.Text("id")}/cancel", new { reason = "Ordered twice" });       // the other one is kept
        await shop.Until(async () => (await Read(shop, again)).Text("state") == "confirmed");

        shop.Clock.Advance(TimeSpan.FromMinutes(16));
        (await shop.Post("/orders", Given.Order(buyer, ("A", 1), ("B", 2)))).GetProperty("isHeld").GetBoolean().ShouldBeFalse();
    }

    [Theory, BothDatabases, Capability("OV-06")]
    public async Task Of_many_repeats_sent_at_once_all_but_one_are_doubted_and_one_click_cancels(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 50);
        int buyer = Given.NextBuyer();
        var orders = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shop.Post("/orders", Given.Order(buyer, ("A", 1)))));
        orders.Count(o => !o.GetProperty("isHeld").GetBoolean()).ShouldBe(1);
        var held = orders.First(o => o.GetProperty("isHeld").GetBoolean());
        (await shop.Post($"/orders/{held.Text("id")}/cancel", new { reason = "Ordered twice" })).Text("state").ShouldBe("cancelled");
    }

    [Theory, BothDatabases, Capability("OV-02")]
    public async Task A_risky_order_is_held_with_its_signals_and_released_only_with_the_right(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 50);
        await shop.Put("/hold-rules/risk", new
        {
            kind = "risk", position = 800, permission = "orders:reviewRisk",
            settings = new { limit = 50, signals = new object[] { new { signal = "value_above", weight = 40, threshold = 1500 }, new { signal = "first_order", weight = 20 }, new { signal = "many_of_email", weight = 30, threshold = 2 } } },
        });
        int buyer = Given.NextBuyer();
        (await shop.Post("/orders", Given.Order(buyer, ("A", 1)))).GetProperty("isHeld").GetBoolean().ShouldBeFalse();        // 20
        (await shop.Post("/orders", Given.Order(buyer, ("A", 2)))).GetProperty("isHeld").GetBoolean().ShouldBeFalse();        // 40
        var third = await shop.Post("/orders", Given.Order(buyer, ("A", 3)));                                               // 40 + 30
        var hold = third.GetProperty("holds")[0];
        (hold.Text("kind"), third.Text("state"), hold.GetProperty("explanation").Long("score")).ShouldBe(("fraud", "placed", 70));
        hold.GetProperty("explanation").GetProperty("signals").EnumerateArray().Select(s => s.Text("signal")).ShouldBe(["value_above", "many_of_email"]);

        var key = await shop.Post("/keys", new { name = "Clerk", scopes = new[] { "orders:read", "orders:write" } });
        using var clerk = shop.Client(key.Text("secret"));
        var refused = await clerk.PostAsync($"/api/v1/orders/{third.Text("id")}/release-hold", System.Net.Http.Json.JsonContent.Create(new { kind = "fraud" }));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Shop.Read(refused, 403)).Text("code").ShouldBe("orders.hold_needs_right");
        (await shop.Post($"/orders/{third.Text("id")}/release-hold", new { kind = "fraud", reason = "Called him" })).Text("state").ShouldBe("confirmed");
    }

    [Theory, BothDatabases, Capability("OV-02")]
    public async Task Blocked_people_are_held_by_the_list_and_by_the_rule(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 50);
        await shop.Put("/hold-rules/blacklist", new { kind = "blacklist", position = 700, permission = "orders:reviewRisk", settings = new { emails = new[] { "@example.test" }, postcodes = new[] { "X1 1XX" } } });
        Hold(await shop.Post("/orders", Given.Order(("A", 1)))).ShouldBe(("blacklist", "The email address is blocked.", 0));
        await shop.Send(HttpMethod.Delete, "/hold-rules/blacklist", null);
        (await shop.Post("/orders", Given.Order(("A", 1)))).GetProperty("isHeld").GetBoolean().ShouldBeFalse();
    }

    [Theory, BothDatabases, Capability("OV-01")]
    public async Task Documents_and_manual_rules_hold_what_meets_their_conditions(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/products", new { sku = "KNIFE", name = "Knife", kind = "goods", handlingFlags = new[] { "age_check" } });
        await shop.Stock("KNIFE", 5);
        await shop.Product("A", 5);
        await shop.Put("/hold-rules/proof-of-age", new
        {
            kind = "documents", position = 50, when = new { skuFlags = new[] { "age_check" } }, scope = "line", owner = "compliance", reason = "Proof of age is wanted.", escalateAfterMinutes = 60,
        });
        var order = await shop.Post("/orders", Given.Order(("A", 1), ("KNIFE", 1)));
        Hold(order).ShouldBe(("documents", "Proof of age is wanted.", 2));
        var hold = order.GetProperty("holds")[0];
        (hold.Text("owner"), hold.Text("rule"), order.Text("state")).ShouldBe(("compliance", "proof-of-age", "confirmed"));
        hold.GetProperty("escalateAt").GetDateTimeOffset().ShouldBe(order.GetProperty("placedAt").GetDateTimeOffset().AddHours(1), TimeSpan.FromSeconds(5));
        (await Read(shop, order)).GetProperty("holds").GetRawText().ShouldBe(order.GetProperty("holds").GetRawText());       // the answer and a later read say the same
        (await shop.Post($"/orders/{order.Text("id")}/release-hold", new { kind = "documents" })).GetProperty("isHeld").GetBoolean().ShouldBeFalse();
    }

    [Theory, BothDatabases, Capability("OV-08")]
    public async Task Priority_zone_method_and_tags_are_set_in_the_transaction_of_intake(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/products", new { sku = "FISH", name = "Fish", kind = "goods", handlingFlags = new[] { "chilled" } });
        await shop.Stock("FISH", 5);
        await shop.Put("/intake-rules/next-day", new { position = 1, when = new { methods = new[] { "Special Delivery" } }, set = new { method = "next-day", priority = 10, tags = new[] { "Express" } } });
        await shop.Put("/intake-rules/chilled", new { position = 2, when = new { skuFlags = new[] { "chilled" } }, set = new { zone = "chilled" } });
        var body = Given.Order(("FISH", 1));
        (body["method"], body["externalId"]) = ("Special Delivery", "X-1");
        var order = await shop.Post("/orders", body);
        (order.Long("priority"), order.Text("zone"), order.Text("method")).ShouldBe((10, "chilled", "next-day"));
        order.GetProperty("tags").EnumerateArray().Select(t => t.GetString()).ShouldBe(["Express"]);
        var read = await Read(shop, order);
        (read.Long("priority"), read.Text("zone"), read.Text("method"), read.GetProperty("tags")[0].GetString()).ShouldBe((10, "chilled", "next-day", "Express"));
        (await Shop.Read(await shop.Send(HttpMethod.Post, "/orders", body), 200)).Text("id").ShouldBe(order.Text("id"));     // sent again it is known, though a rule changed it

        (await shop.Post($"/orders/{order.Text("id")}/priority", new { priority = -5, reason = "No hurry" })).Long("priority").ShouldBe(-5);
        (await Kinds(shop, order)).ShouldContain("OrderPriorityChanged");
        await shop.Refused(HttpMethod.Post, $"/orders/{order.Text("id")}/priority", new { priority = 1001 }, 400, "request.invalid");
    }

    internal static (string?, string?, int) Hold(JsonElement order)
    {
        var hold = order.GetProperty("holds").EnumerateArray().Single();
        return (hold.Text("kind"), hold.Text("reason"), hold.GetProperty("line").ValueKind == JsonValueKind.Null ? 0 : hold.GetProperty("line").GetInt32());
    }

    private static int Holds(JsonElement order, string kind) => order.GetProperty("holds").EnumerateArray().Count(h => h.Text("kind") == kind && h.Text("state") == "open");
    private static Task<JsonElement> Read(Shop shop, JsonElement order) => shop.Get($"/orders/{order.Text("id")}");
    private static async Task<IEnumerable<string?>> Kinds(Shop shop, JsonElement order) =>
        (await shop.Get($"/events?aggregate={order.Text("id")}")).GetProperty("data").EnumerateArray().Select(e => e.Text("kind"));
}
