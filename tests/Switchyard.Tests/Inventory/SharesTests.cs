using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Inventory;

/// <summary>Stock that is divided among channels, over the API.</summary>
public sealed class SharesTests
{
    private static async Task Channels(Shop shop, params string[] codes)
    {
        foreach (string code in codes) await shop.Put("/channels/" + code, new { name = code, onShort = "refuse" });
    }

    private static object Split(string overflow = "strict", string[]? skus = null, string[]? tags = null) => new
    {
        name = "80/10/10", overflow, skus, tags,
        parts = new object[] { new { name = "Web", channels = new[] { "web" }, percent = 80 }, new { name = "Amazon", channels = new[] { "amazon" }, percent = 10 }, new { name = "Trade", customerTags = new[] { "trade" }, percent = 10 } },
    };

    private static Dictionary<string, object?> Of(string channel, string sku, long units)
    {
        var order = Given.Order((sku, units));
        order["channel"] = channel;
        return order;
    }

    private static async Task<long> Sellable(Shop shop, string sku, string channel) => (await shop.Get($"/inventory/{sku}/channels")).Items("channels").Single(c => c.TextOf("channel") == channel).Of("sellable");

    private static async Task<long> Available(Shop shop, string sku, string? channel, long quantity = 1) => (await shop.Post("/availability",
        new { items = new[] { new { sku, quantity } }, destination = new { country = "GB", postcode = "M1 1AE" }, channel })).Items("items")[0].Of("available");

    [Theory, BothDatabases, Capability("AX-09", "P1")]
    public async Task A_channel_never_sells_above_its_share_and_everything_says_so(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Channels(shop, "amazon", "ebay");
        await shop.Product("A", 100);
        await shop.Product("FREE", 5);
        var thought = await shop.Post("/inventory/shares/preview", new { rule = Split(), skus = new[] { "A" } });
        thought.Items("skus")[0].Items("parts").Select(p => (p.Of("cap"), p.Of("used"), p.Of("left"))).ShouldBe([(80, 0, 80), (10, 0, 10), (10, 0, 10), (0, 0, 0)]);
        thought.Items("skus")[0].Items("channels").Select(c => (c.TextOf("channel"), c.Of("sellable"))).ShouldBe([("amazon", 10), ("ebay", 0), ("web", 80)]);
        (await Sellable(shop, "A", "amazon")).ShouldBe(100, "a preview changes nothing");

        var rule = await shop.Put("/inventory/shares/main", Split(skus: ["a"]));
        (rule.Of("version"), rule.GetProperty("isActive").GetBoolean()).ShouldBe((1, true));
        (await Available(shop, "A", "amazon"), await Available(shop, "A", "web"), await Available(shop, "A", "ebay"), await Available(shop, "FREE", "ebay")).ShouldBe((10, 80, 0, 5));

        // Intake, and what is claimed counts.
        string first = (await shop.Post("/orders", Of("amazon", "A", 7))).Text("id")!;
        (await Available(shop, "A", "amazon"), await Sellable(shop, "A", "amazon"), await Sellable(shop, "A", "web")).ShouldBe((3, 3, 80));
        await shop.Refused(HttpMethod.Post, "/orders", Of("amazon", "A", 4), 409, "orders.short");
        await shop.Refused(HttpMethod.Post, "/orders", Of("ebay", "A", 1), 409, "orders.short");

        // Edits and carts stand under it too, and give back.
        await shop.Refused(HttpMethod.Post, $"/orders/{first}/edit", new { lines = new[] { new { line = 1, quantity = 11 } } }, 409, "orders.short");
        await shop.Refused(HttpMethod.Post, "/inventory/reservations", new { owner = "cart", channel = "amazon", ttlSeconds = 600, items = new[] { new { sku = "A", quantity = 4 } } }, 409, "inventory.not_enough");
        string cart = (await shop.Post("/inventory/reservations", new { owner = "cart", channel = "amazon", ttlSeconds = 600, items = new[] { new { sku = "A", quantity = 3 } } })).Text("id")!;
        (await Available(shop, "A", "amazon")).ShouldBe(0);
        var converts = Of("amazon", "A", 3);
        converts["reservation"] = cart;
        await shop.Post("/orders", converts);
        await shop.Post($"/orders/{first}/edit", new { lines = new[] { new { line = 1, quantity = 5 } } });
        (await Available(shop, "A", "amazon")).ShouldBe(2);

        // Goods that leave change nobody's share; new goods are divided as the old ones.
        string released = (await shop.Post($"/orders/{first}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await shop.Do(released, "facts", new { kind = "shipped" });
        (await Available(shop, "A", "amazon"), await Available(shop, "A", "web")).ShouldBe((2, 80));
        await shop.Stock("A", 10);
        (await Available(shop, "A", "amazon"), await Available(shop, "A", "web")).ShouldBe((3, 88));
        var figures = (await shop.Get("/inventory/A/channels")).Items("parts");
        figures.Select(p => (p.TextOf("name"), p.Of("cap"), p.Of("used"), p.Of("left"))).ShouldBe([("Web", 88, 0, 88), ("Amazon", 11, 8, 3), ("Trade", 11, 0, 11), (null, 0, 0, 0)]);

        // Begun anew it forgets what was sold; switched off it divides nothing.
        await shop.Put("/inventory/shares/main", Merge(Split(skus: ["A"]), new { restart = true }));
        (await Available(shop, "A", "amazon")).ShouldBe(10 - 3, "a tenth of the 105 that are there, less the 3 still held");
        await shop.Put("/inventory/shares/main", Merge(Split(skus: ["A"]), new { isActive = false }));
        (await Available(shop, "A", "ebay")).ShouldBe(102);
        (await shop.Get("/inventory/shares/main/history")).Items("data").Select(e => e.TextOf("kind")).ShouldBe(["ShareChanged", "ShareChanged", "ShareCreated"]);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-09")]
    public async Task The_rest_may_be_shared_groups_of_customers_have_theirs_and_whoever_waits_stands_under_it_too(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Channels(shop, "amazon");
        await shop.Put("/channels/slow", new { name = "Slow", onShort = "backorder" });
        await shop.Post("/products", new { sku = "A", name = "A", kind = "goods", tags = new[] { "sale" } });
        await shop.Put("/inventory/shares/sale", new
        {
            name = "Sale", tags = new[] { "sale" }, overflow = "shared",
            parts = new object[] { new { name = "Trade", customerTags = new[] { "trade" }, units = 4 }, new { name = "Amazon", channels = new[] { "amazon" }, percent = 20 }, new { name = "Slow", channels = new[] { "slow" }, percent = 10 } },
        });
        await shop.Stock("A", 20);
        // 4 for trade, 4 for amazon, 2 for slow, 10 for whoever is quicker.
        (await Available(shop, "A", "amazon"), await Available(shop, "A", "slow"), await Available(shop, "A", "web")).ShouldBe((14, 12, 10));
        await shop.Post("/orders", Of("web", "A", 9));
        await shop.Post("/orders", Of("amazon", "A", 5));
        (await Available(shop, "A", "amazon"), await Available(shop, "A", "slow"), await Available(shop, "A", "web")).ShouldBe((0, 2, 0));

        string trader = (await shop.Post("/customers", new { name = "Tess Trader", email = "tess@example.test", tags = new[] { "Trade" } })).Text("id")!;
        var order = Of("web", "A", 4);
        order["customer"] = new { id = trader };
        await shop.Post("/orders", order);
        var more = Of("web", "A", 1);
        more["customer"] = new { id = trader };
        await shop.Refused(HttpMethod.Post, "/orders", more, 409, "orders.short");

        // The queue: of 5 that are waited for 2 were given at once; 10 more bring one more for its share, and the rest what nobody is given.
        string waiting = (await shop.Post("/orders", Of("slow", "A", 5))).Text("id")!;
        (await shop.Get("/orders/" + waiting)).GetProperty("lines")[0].Of("allocated").ShouldBe(2);
        await shop.Put("/inventory/shares/sale", new
        {
            name = "Sale", tags = new[] { "sale" }, overflow = "strict",
            parts = new object[] { new { name = "Trade", customerTags = new[] { "trade" }, units = 4 }, new { name = "Amazon", channels = new[] { "amazon" }, percent = 20 }, new { name = "Slow", channels = new[] { "slow" }, percent = 10 } },
        });
        await shop.Stock("A", 20);
        await shop.Until(async () => (await shop.Get("/orders/" + waiting)).GetProperty("lines")[0].Of("allocated") == 4);
        await shop.Until(async () => (await shop.Balance("A")).Of("earmarked") == 0);
        (await shop.Get("/orders/" + waiting)).GetProperty("lines")[0].Of("backordered").ShouldBe(1);
        (await Available(shop, "A", "slow"), await Available(shop, "A", "amazon")).ShouldBe((0, 3));
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-09", "P1")]
    public async Task Two_servers_that_sell_at_once_keep_to_the_shares(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await using var second = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;
        await Channels(shop, "amazon", "ebay");
        await shop.Product("A", 60);
        await shop.Put("/inventory/shares/main", Split());
        string[] channels = ["amazon", "ebay", "web"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            var at = i % 2 == 0 ? shop : second ?? shop;
            string channel = channels[i % 3];
            return (channel, Status: (int)(await at.Send(HttpMethod.Post, "/orders", Of(channel, "A", i % 3 == 2 ? 2 : 1))).StatusCode);
        }));
        answers.ShouldAllBe(a => a.Status == 201 || a.Status == 409);
        answers.Count(a => a is ("amazon", 201)).ShouldBe(6);
        answers.Count(a => a is ("ebay", 201)).ShouldBe(0);
        answers.Count(a => a is ("web", 201)).ShouldBe(24);
        (await shop.Balance("A")).Of("allocated").ShouldBe(54);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("P26")]
    public async Task A_bad_rule_is_told_where(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (var (parts, pointer) in new (object[], string)[]
        {
            ([], "/parts"), ([new { name = "A", channels = new[] { "web" } }], "/parts/0"), ([new { name = "A", percent = 10 }], "/parts/0/channels"),
            ([new { name = "A", channels = new[] { "no" }, percent = 10 }], "/parts/0/channels/0"), ([new { name = "A", channels = new[] { "web" }, percent = 101 }], "/parts/0/percent"),
            ([new { name = "A", channels = new[] { "web" }, percent = 60 }, new { name = "B", customerTags = new[] { "t" }, percent = 60 }], "/parts"),
            ([new { name = "A", channels = new[] { "web" }, units = -1 }], "/parts/0/units"),
        })
        {
            (await shop.Refused(HttpMethod.Put, "/inventory/shares/x", new { name = "X", parts }, 400, "request.invalid")).Pointers().ShouldContain(pointer);
            (await shop.Refused(HttpMethod.Post, "/inventory/shares/preview", new { rule = new { name = "X", parts }, skus = new[] { "A" } }, 400, "request.invalid")).Pointers().ShouldContain("/rule" + pointer);
        }
        (await shop.Refused(HttpMethod.Put, "/inventory/shares/x", new { name = "X", skus = new[] { "NO" }, parts = new[] { new { name = "A", channels = new[] { "web" }, percent = 10 } } }, 400, "request.invalid")).Pointers().ShouldBe(["/skus/0"]);
        await shop.Refused(HttpMethod.Get, "/inventory/shares/x", null, 404, "inventory.no_such_share");
    }

    private static Dictionary<string, object?> Merge(object a, object b)
    {
        var merged = JsonSerializer.SerializeToElement(a).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value);
        foreach (var p in JsonSerializer.SerializeToElement(b).EnumerateObject()) merged[p.Name] = p.Value;
        return merged;
    }
}
