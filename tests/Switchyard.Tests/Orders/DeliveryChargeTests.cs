using System.Text.Json;
using Shouldly;
using Switchyard.Channels;
using Switchyard.Database;
using Switchyard.Tests.Access;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Shipping;

namespace Switchyard.Tests.Orders;

/// <summary>What customers pay for delivery, and from which worth it is free; what it costs us stays what it is.</summary>
public sealed class DeliveryChargeTests
{
    [Theory, BothDatabases, Capability("SH-11", "KP-03")]
    public async Task An_order_over_the_threshold_is_sent_free_and_its_label_still_counts_in_what_it_cost(DatabaseKind kind)
    {
        await using var shop = await ShippingShop.Open(kind, fakeClock: true);
        await shop.Product("JUG", 20, priceMinor: 2_500, weightGrams: 700);
        await shop.Table("wharf", "Wharf", "W48", 495, 1, 2);
        await shop.Refused(HttpMethod.Put, "/delivery-charges", new { charges = new object[] { new { method = "standard", currency = "POUND", chargeMinor = -1 } } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Put, "/delivery-charges", new { charges = new[] { new { method = "standard", currency = "GBP", chargeMinor = 1, channel = "moon" } } }, 400, "request.invalid");
        var charges = await shop.Put("/delivery-charges", new { charges = new object[] { new { method = "standard", currency = "GBP", chargeMinor = 395, freeFromMinor = 5_000, taxRate = 0.2 } } });
        charges.Long("version").ShouldBe(1);

        // Below the threshold, at it, and below it by a discount.
        string draft = (await shop.Post("/drafts", Draft(1))).Text("id")!;
        Money(await shop.Get("/drafts/" + draft)).ShouldBe((395, 2_895, 395, 5_000));
        Money(await shop.Put("/drafts/" + draft, Draft(2, discount: 1))).ShouldBe((395, 5_394, 395, 5_000));
        Money(await shop.Put("/drafts/" + draft, Draft(2))).ShouldBe((0, 5_000, 0, 5_000));
        var ways = (await shop.Post("/availability", new { items = new[] { new { sku = "JUG", quantity = 1 } }, destination = new { country = "GB", postcode = "M1 1AE" }, channel = "web" })).GetProperty("options")[0].GetProperty("charge");
        (ways.Long("amountMinor"), ways.Text("currency"), ways.Long("freeFromMinor")).ShouldBe((395, "GBP", 5_000));

        var order = await shop.Post($"/drafts/{draft}/place", new { payment = new { status = "paid" } });
        (order.Long("totalMinor"), Charge(order)).ShouldBe((5_000, 0));
        await Ship(shop, order.Text("id")!);
        var cost = (await shop.Get("/reports/fulfilment-costs?from=2026-03-02&to=2026-03-02")).GetProperty("costliest").EnumerateArray().ShouldHaveSingleItem();
        (cost.Text("order"), cost.Long("shippingMinor")).ShouldBe((order.Text("id"), 495));

        // What a channel says of delivery is what its customer paid.
        var told = Given.Order(("JUG", 3));
        told["charges"] = new[] { new { code = "delivery", amountMinor = 299 } };
        Charge(await shop.Post("/orders", told)).ShouldBe(299);
        told = Given.Order(("JUG", 1));
        (await shop.Post("/orders", told)).GetProperty("lines").GetArrayLength().ShouldBe(1, "nothing is added to an order of a channel");
    }

    [Theory, BothDatabases, Capability("SH-11")]
    public async Task What_a_draft_says_itself_stays_less_needs_the_right_and_a_quote_keeps_what_it_told(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("JUG", 20, priceMinor: 2_500);
        object Charges(long minor) => new { charges = new object[] { new { method = "standard", currency = "GBP", chargeMinor = minor, country = "gb" }, new { method = "standard", currency = "GBP", chargeMinor = 999 } } };
        await shop.Put("/delivery-charges", Charges(395));
        Money(await shop.Post("/drafts", Draft(1, charge: 100))).ShouldBe((100, 2_600, 395, null));
        Money(await shop.Post("/drafts", Draft(1, country: "FR"))).ShouldBe((999, 3_499, 999, null));
        (await shop.Post("/drafts", Draft(1, method: "collect"))).TryGetProperty("delivery", out _).ShouldBeFalse("what is collected is not sent");

        await shop.Post("/roles", new { id = "phones", name = "Phones", permissions = new[] { "orders:read", "orders:write", "prices:read" } });
        await SessionTests.Hire(shop, "pat", "phones");
        using var pat = await new Browser(shop).SignIn("pat", "correct horse battery");
        ((int)(await pat.Send(HttpMethod.Post, "/drafts", Draft(1))).StatusCode).ShouldBe(201);
        ((int)(await pat.Send(HttpMethod.Post, "/drafts", Draft(1, charge: 0))).StatusCode).ShouldBe(403, "to send it free is to give something away");

        string quoted = (await shop.Post("/drafts", Draft(1))).Text("id")!;
        await shop.Post($"/drafts/{quoted}/quote", new { validUntil = "2026-03-20T12:00:00Z" });
        await shop.Put("/delivery-charges", Charges(595));
        (await shop.Get("/drafts/" + quoted)).Long("chargesMinor").ShouldBe(395);
        await shop.Post($"/drafts/{quoted}/accept", new { });
        Charge(await shop.Post($"/drafts/{quoted}/place", new { })).ShouldBe(395);

        using var stale = new HttpRequestMessage(HttpMethod.Put, "/api/v1/delivery-charges") { Content = System.Net.Http.Json.JsonContent.Create(Charges(1)) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var answer = await shop.Http.SendAsync(stale);
        ((int)answer.StatusCode).ShouldBe(412);
    }

    [Fact, Capability("SH-11")]
    public void The_line_that_says_most_holds()
    {
        DeliveryCharge all = new("standard", "GBP", 1), gb = new("standard", "GBP", 2, Country: "GB"), web = new("standard", "GBP", 3, Channel: "web"), both = new("standard", "GBP", 4, Country: "GB", Channel: "web");
        DeliveryCharge[] list = [all, gb, web, both, new("express", "GBP", 5), new("standard", "EUR", 6)];
        long? Of(string? method, string currency, string? country, string? channel) => DeliveryCharges.For(list, method, currency, country, channel)?.ChargeMinor;
        (Of(null, "GBP", null, null), Of("Standard", "GBP", "gb", "till"), Of("standard", "GBP", "FR", "WEB"), Of("standard", "GBP", "GB", "web")).ShouldBe((1, 2, 3, 4));
        (Of("express", "GBP", "GB", "web"), Of("standard", "EUR", "GB", "web"), Of("pigeon", "GBP", "GB", "web"), Of("standard", "USD", "GB", "web")).ShouldBe((5, 6, null, null));
        var line = new DeliveryCharge("standard", "GBP", 395, 5_000);
        (line.Of(4_999), line.Of(5_000), line.Of(-1), new DeliveryCharge("standard", "GBP", 395).Of(long.MaxValue)).ShouldBe((395, 0, 395, 395));
    }

    private static object Draft(int units, long? discount = null, long? charge = null, string country = "GB", string method = "standard") => new
    {
        channel = "web", currency = "GBP", method, discountMinor = discount, customer = new { name = "Ada Byron", email = $"ada{Given.NextBuyer()}@example.test" },
        shippingAddress = new { name = "Ada Byron", line1 = "12 Mill Lane", city = "Manchester", postcode = "M1 1AE", country },
        lines = new[] { new { sku = "JUG", quantity = units } }, charges = charge is null ? null : new[] { new { code = "delivery", amountMinor = charge } },
    };

    private static (long Charges, long Total, long Delivery, long? FreeFrom) Money(JsonElement draft) => (draft.Long("chargesMinor"), draft.Long("totalMinor"), draft.GetProperty("delivery").Long("chargeMinor"),
        draft.GetProperty("delivery").GetProperty("freeFromMinor") is { ValueKind: JsonValueKind.Number } from ? from.GetInt64() : null);

    private static long Charge(JsonElement order) => order.GetProperty("lines").EnumerateArray().Single(l => l.Text("kind") == "charge").Long("totalMinor");

    private static async Task Ship(Shop shop, string order)
    {
        string release = (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        var packed = await shop.Run(release, "start-picking", "pick", "pack");
        (await shop.Label(packed.GetProperty("packages")[0].Text("id")!)).Text("state").ShouldBe("booked");
        await shop.Do(release, "ship");
    }
}
