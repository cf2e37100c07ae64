using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Sourcing;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Orders;

namespace Switchyard.Tests.Inventory;

/// <summary>Nodes whose stock feed is late are believed less, in everything that says what may be sold.</summary>
public sealed class FeedTrustTests
{
    [Fact, Capability("IN-11")]
    public void Trust_falls_in_steps_from_the_last_feed_and_what_is_believed_is_rounded_down()
    {
        const long hour = 3_600_000;
        var rule = new FeedRule([new FeedStep(24, 50), new FeedStep(48, 0)], SinceMs: 100 * hour);
        foreach (var (age, trust) in new[] { (0L, 100), (24 * hour - 1, 100), (24 * hour, 50), (48 * hour - 1, 50), (48 * hour, 0), (-hour, 100) })
            rule.TrustPercent(200 * hour, 200 * hour + age).ShouldBe(trust, $"{age} ms after the feed");
        (rule.TrustPercent(null, 124 * hour - 1), rule.TrustPercent(null, 124 * hour), rule.LateAtMs(null)).ShouldBe((100, 50, 124 * hour), "never fed: it counts from when the rule was made");
        (FeedRule.Doubted(9, 50), FeedRule.Doubted(9, 100), FeedRule.Doubted(9, 0), FeedRule.Doubted(-3, 0)).ShouldBe((5, 0, 9, 0));
    }

    private static async Task<long> Available(Shop shop) => (await shop.Post("/availability",
        new { items = new[] { new { sku = "A", quantity = 1 } }, destination = new { country = "GB", postcode = "M1 1AE" } })).Items("items")[0].Of("available");

    [Theory, BothDatabases, Capability("IN-11", "IN-03", "AX-11")]
    public async Task A_partner_whose_feed_is_late_sells_less_until_it_comes(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Post("/nodes", new { code = "PL", name = "Partner", kind = "3pl", country = "GB", feedSteps = new[] { new { afterHours = 24, trustPercent = 50 }, new { afterHours = 48, trustPercent = 0 } } });
        await shop.Product("A");
        using (var body = new StringContent("sku,node,quantity\nA,PL,11\n", Encoding.UTF8, "text/csv")) await Shop.Read(await shop.Http.PostAsync("/api/v1/imports/stock", body), 200);
        var watch = shop.Services.GetRequiredService<WatchFeeds>();
        async Task<(long, long, long, long)> Told()
        {
            var stock = await shop.Get("/inventory?sku=A");
            var at = stock.Items("nodes").Single(n => n.TextOf("node") == "PL");
            return (await Available(shop), stock.Of("atp"), at.Of("sellable"), at.Of("trustPercent"));
        }
        (await Told()).ShouldBe((11, 11, 11, 100));
        (await shop.Get("/nodes/PL")).GetProperty("feed").Of("trustPercent").ShouldBe(100);
        await watch.Handle();
        (await shop.Troubles("feed_late")).ShouldBeEmpty();

        shop.Clock!.Advance(TimeSpan.FromHours(24));
        (await Told()).ShouldBe((5, 5, 5, 50));
        var feed = (await shop.Get("/nodes/PL")).GetProperty("feed");
        (feed.GetProperty("ageHours").GetDecimal(), feed.Of("trustPercent")).ShouldBe((24m, 50));
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 6)), 409, "orders.short");
        await shop.Refused(HttpMethod.Post, "/inventory/reservations", new { owner = "c", ttlSeconds = 60, items = new[] { new { sku = "A", quantity = 6 } } }, 409, "inventory.not_enough");
        string order = await shop.Placed(("A", 3));
        (await Told()).ShouldBe((2, 2, 2, 50), "what is promised counts in full against what is believed");
        await watch.Handle();
        (await shop.Troubles("feed_late")).Single().Text("detail")!.ShouldContain("PL");

        shop.Clock.Advance(TimeSpan.FromHours(24));
        (await Told()).ShouldBe((0, 0, 0, 0));
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 1)), 409, "orders.short");
        (await shop.Get("/orders/" + order)).Items("lines")[0].Of("allocated").ShouldBe(3, "what was promised stays promised");

        // A feed over the API is as good as a file.
        await shop.Post("/inventory/adjustments", new { isFeed = true, items = new[] { new { sku = "A", node = "PL", setTo = 10, reason = "feed" } } });
        (await Told()).ShouldBe((7, 7, 7, 100));
        await watch.Handle();
        (await shop.Troubles("feed_late")).ShouldBeEmpty();
        (await shop.Refused(HttpMethod.Post, "/inventory/adjustments", new { isFeed = true, items = new[] { new { sku = "A", node = "PL", delta = 1, reason = "feed" } } }, 400, "request.invalid")).Pointers().ShouldBe(["/items/0/setTo"]);

        // Switched off for channels it sells nothing, and keeps what it has promised.
        await shop.Put("/nodes/PL", new { name = "Partner", kind = "3pl", country = "GB", sellsOnline = false });
        (await Told()).ShouldBe((0, 0, 0, 100));
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 1)), 409, "orders.short");
        (await shop.Post($"/orders/{order}/release", new { })).Items("fulfilments").Single().TextOf("node").ShouldBe("PL");
        (await shop.Put("/nodes/PL", new { name = "Partner", kind = "3pl", country = "GB", sellsOnline = true })).GetProperty("feedSteps").GetArrayLength().ShouldBe(2, "who does not speak of the rule keeps it");
        (await Available(shop)).ShouldBe(7);
        (await shop.Refused(HttpMethod.Put, "/nodes/PL", new { name = "P", kind = "3pl", feedSteps = new[] { new { afterHours = 24, trustPercent = 50 }, new { afterHours = 24, trustPercent = 60 } } }, 400, "request.invalid")).Pointers().ShouldBe(["/feedSteps/1"]);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("IN-11", "AX-21")]
    public async Task Strategies_ask_how_old_a_feed_is_and_whoever_waits_is_served_once_it_has_come(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Network();
        await shop.Product("A");
        foreach (string node in new[] { "DC", "NORTH" }) await shop.Post("/inventory/adjustments", new { isFeed = true, items = new[] { new { sku = "A", node, setTo = 10, reason = "feed" } } });
        await shop.Put("/nodes/DC", new { name = "DC", kind = "warehouse", country = "GB", feedSteps = new[] { new { afterHours = 12, trustPercent = 40 } } });
        await shop.Live("main", new { name = "Fresh", nodes = "feedAge:<24 trust:>=50" });
        async Task<string> From() => RoutingShop.From(await shop.Post("/orders", Given.Order(("A", 1))));
        (await From()).ShouldBe("1:DCx1");
        shop.Clock!.Advance(TimeSpan.FromHours(13));
        await shop.Services.GetRequiredService<KeepRoutingFigures>().Handle();
        (await From()).ShouldBe("1:NORTHx1");
        await shop.Post("/routing/strategies/main/retire", new { });

        await shop.Put("/channels/web", new { name = "Web", onShort = "backorder" });
        await shop.Put("/nodes/NORTH", new { name = "NORTH", kind = "warehouse", country = "GB", sellsOnline = false });
        string waiting = await shop.Placed(("A", 6));
        (await shop.Get("/orders/" + waiting)).Items("lines")[0].Of("allocated").ShouldBe(3, "4 of 10 are believed, and 1 of them is promised");
        await shop.Post("/inventory/adjustments", new { isFeed = true, items = new[] { new { sku = "A", node = "DC", setTo = 10, reason = "feed" } } });
        shop.Services.GetRequiredService<Switchyard.Orders.Waiting>().Wake();
        await shop.Until(async () => { await shop.Drained(); return (await shop.Get("/orders/" + waiting)).Items("lines")[0].Of("allocated") == 6; });
    }
}
