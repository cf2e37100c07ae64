using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;
using Xunit.Abstractions;
using static System.Globalization.CultureInfo;

namespace Switchyard.Tests.Orders;

/// <summary>Collecting at stores, delivery on the day, and orders of which some lines go another way. The clock stands at Monday, 2 March 2026, 9:00.</summary>
public sealed class CollectTests(ITestOutputHelper output)
{
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("COLLECT_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;

    private static object Lane(string method, string service, int days, long cost) =>
        new { zone = "GB", service, method, currency = "GBP", baseMinor = cost, perKgMinor = 0, maxWeightGrams = 30_000, transitDays = days };

    /// <summary>A warehouse that sends in two days; SOHO and LEEDS, stores to collect at, the first of which delivers on the day within 10 km until 13:00.</summary>
    private static async Task<Shop> Open(DatabaseKind kind)
    {
        var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Put("/zones/GB", new { name = "Britain", areas = new[] { new { country = "GB", postcodePrefix = "" } } });
        await shop.Put("/routing/places/GB", new { places = new object[] { new { prefix = "W1", latitude = 51.51, longitude = -0.14 }, new { prefix = "LS", latitude = 53.80, longitude = -1.55 } } });
        var week = new[] { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday" }.ToDictionary(d => d, _ => new[] { new { from = "09:30", to = "18:00" } });
        await shop.Post("/nodes", new { code = "DC", name = "Warehouse", kind = "warehouse", country = "GB", timeZone = "Europe/London" });
        await shop.Post("/nodes", new
        {
            code = "SOHO", name = "Soho", kind = "store", country = "GB", timeZone = "Europe/London", position = new { latitude = 51.512, longitude = -0.131 }, openingHours = week,
            collect = new { readyMinutes = 60, radiusKm = 30 }, sameDay = new { radiusKm = 10, cutOff = "13:00", costMinor = 700 },
        });
        await shop.Post("/nodes", new { code = "LEEDS", name = "Leeds", kind = "store", country = "GB", postcode = "LS1 1AA", timeZone = "Europe/London", openingHours = week, collect = new { radiusKm = 30 } });
        foreach (var (node, service, days, cost) in new[] { ("DC", "van", 2, 300L), ("SOHO", "post", 1, 900), ("LEEDS", "post", 1, 950) })
            await Shop.Read(await shop.Send(HttpMethod.Put, $"/nodes/{node}/lanes", new[] { Lane("standard", service, days, cost) }), 200);
        await shop.Products("A", "B");
        await shop.SetTo("A", 5, "SOHO");
        await shop.SetTo("A", 50, "DC");
        await shop.SetTo("B", 50, "DC");
        return shop;
    }

    private static Task<JsonElement> Ask(Shop shop, string sku, long units, string postcode = "W1D 3QU", params string[] methods) => shop.Post("/availability", methods.Length == 0
        ? new { items = new[] { new { sku, quantity = units } }, destination = new { country = "GB", postcode }, channel = "web" }
        : new { items = new[] { new { sku, quantity = units } }, destination = new { country = "GB", postcode }, channel = "web", methods });

    private static Dictionary<string, object?> Order(string? method, string? collectAt, params object[] lines)
    {
        var order = Given.Order(("A", 1));
        order["shippingAddress"] = new { name = "Ada Byron", line1 = $"{Given.NextBuyer()} Mill Lane", city = "London", postcode = "W1D 3QU", country = "GB" };
        (order["method"], order["lines"]) = (method, lines.Length == 0 ? order["lines"] : lines);
        if (collectAt is not null) order["collectAt"] = collectAt;
        return order;
    }

    private static object Line(string sku, long quantity, string? method = null, string? collectAt = null) => new { sku, quantity, unitPriceMinor = 1000, method, collectAt };
    private static string From(JsonElement order, int line = 0) => string.Join(' ', order.Items("lines")[line].Items("allocations").Select(a => $"{a.Text("node")}:{a.Of("quantity")}"));
    private static string Not(JsonElement answer) => string.Join(", ", answer.Items("notOffered").Select(n => $"{n.Text("kind")} {n.Text("node")} {n.Text("code")}"));

    [Theory, BothDatabases, Capability("RT-12", "IN-08", "AX-68", "AX-24")]
    public async Task Options_to_collect_and_on_the_day_are_offered_and_orders_of_them_go_to_that_store(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        string Dates(string node, string postcode) => $"/nodes/{node}/dates?country=gb&postcode={postcode}&placedAt=2027-03-02T10:00:00Z";
        (await shop.Get(Dates("SOHO", "W1D"))).Items("services").Select(s => s.Text("code")).ShouldBe(["collect", "same-day", "post"], "its dates tell of every way to the customer, the earliest first");
        (await shop.Get(Dates("SOHO", "LS1"))).Items("services").Select(s => s.Text("code")).ShouldBe(["collect", "post"], "too far for the day");
        var near = await Ask(shop, "A", 2);
        near.Items("options").Select(o => $"{o.Text("kind")} {o.Text("method")} {o.Of("costMinor")} {o.Text("deliverByAt")}").ShouldBe(
            ["collect collect 0 2026-03-02T10:30:00+00:00", "ship standard 300 2026-03-04T23:59:59+00:00", "sameDay same-day 700 2026-03-02T23:59:59+00:00"]);
        var collect = near.Items("options")[0];
        (collect.Text("collectAt"), collect.GetProperty("distanceKm").GetInt64(), collect.Text("readyAt")).ShouldBe(("SOHO", 1, "2026-03-02T10:30:00+00:00"));
        Not(near).ShouldBe("collect LEEDS out_of_radius");
        Not(await Ask(shop, "A", 2, "LS1 4DY")).ShouldBe("sameDay SOHO out_of_radius, collect LEEDS no_stock, collect SOHO out_of_radius");
        Not(await Ask(shop, "A", 2, "ZE1 0AA")).ShouldBe("sameDay SOHO unknown_place, collect LEEDS unknown_place, collect SOHO unknown_place");
        Not(await Ask(shop, "A", 9)).ShouldBe("sameDay SOHO no_stock, collect SOHO no_stock, collect LEEDS out_of_radius");
        (await Ask(shop, "A", 2, "W1D 3QU", "collect")).Items("options").Select(o => o.Text("kind")).ShouldBe(["collect"]);
        Not(await Ask(shop, "A", 2, "W1D 3QU", "drone")).ShouldBe("ship  no_service");

        // What is collected is taken from that store and nowhere else.
        var mine = await shop.Post("/orders", Order(null, "SOHO", Line("A", 2)));
        (mine.Text("method"), mine.Text("collectAt"), From(mine), mine.Text("shipBy"), mine.Text("deliverBy")).ShouldBe(("collect", "SOHO", "SOHO:2", "2026-03-02T10:30:00+00:00", "2026-03-02T10:30:00+00:00"));
        (await shop.Get("/orders/" + mine.Text("id"))).GetRawText().ShouldBe(mine.GetRawText());
        await shop.Refused(HttpMethod.Post, "/orders", Order(null, "SOHO", Line("A", 4)), 409, "orders.short");
        foreach (var (wrong, pointer, code) in new[] { (Order(null, "NOWHERE"), "/collectAt", "orders.no_such_store"), (Order("standard", "SOHO"), "/method", "orders.not_collected"),
            (Order("standard", null, Line("A", 1, "collect")), "/lines/0/collectAt", "orders.no_such_store") })
            (await Shop.Read(await shop.Send(HttpMethod.Post, "/orders", wrong), 400)).Items("errors").Select(e => (e.Text("pointer"), e.Text("code"))).ShouldBe([(pointer, code)]);
        var today = await shop.Post("/orders", Order("same-day", null, Line("A", 1)));
        (From(today), today.Text("deliverBy")).ShouldBe(("SOHO:1", "2026-03-02T23:59:59+00:00"));

        // A store that says no gives the goods to nobody else: they wait, and are not sent.
        await shop.Put("/nodes/SOHO/work-settings", new { acceptsByDefault = false });
        string release = (await shop.Post($"/orders/{mine.Text("id")}/release", new { })).Items("fulfilments").Single().Text("id")!;
        (await shop.Release(release)).Text("method").ShouldBe("collect");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/move", new { node = "DC" }, 409, "fulfilment.collected_here");
        await shop.Post($"/fulfilments/{release}/reject", new { reason = "busy" });
        var waits = await shop.Get("/orders/" + mine.Text("id"));
        (From(waits), waits.Items("lines")[0].Of("unallocated"), waits.GetProperty("isHeld").GetBoolean()).ShouldBe(("", 2, true));
        // The customer lets it be sent after all.
        (await shop.Post($"/orders/{mine.Text("id")}/edit", new { method = "standard" })).GetProperty("order").TryGetProperty("collectAt", out _).ShouldBeFalse();

        shop.Clock!.Advance(TimeSpan.FromHours(4));                                           // 13:00
        Not(await Ask(shop, "A", 1)).ShouldBe("sameDay SOHO after_cut_off, collect LEEDS out_of_radius");
        (await shop.Post("/orders", Order("same-day", null, Line("A", 1)))).Text("deliverBy").ShouldBe("2026-03-03T23:59:59+00:00");
        shop.Clock!.Advance(TimeSpan.FromHours(5));                                           // the store is closed: ready an hour after it opens
        (await Ask(shop, "A", 1)).Items("options")[0].Text("readyAt").ShouldBe("2026-03-03T10:30:00+00:00");
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("RT-11", "AX-24")]
    public async Task A_mixed_basket_is_a_release_to_collect_and_a_release_to_send(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Post("/products", new { sku = "SET", name = "Set", kind = "bundle", components = new[] { new { sku = "A", quantity = 1 } } });
        var mixed = await shop.Post("/orders", Order("standard", null, Line("A", 1, null, "SOHO"), Line("A", 1), Line("B", 2), Line("SET", 1, "pickup", "SOHO")));
        (From(mixed, 0), From(mixed, 1), From(mixed, 2), From(mixed, 4)).ShouldBe(("SOHO:1", "DC:1", "DC:2", "SOHO:1"));
        mixed.Items("lines").Select(l => l.TryGetProperty("collectAt", out var at) ? $"{l.Text("method")} {at.GetString()}" : "").ShouldBe(["collect SOHO", "", "", "pickup SOHO", "pickup SOHO"]);
        (mixed.Items("lines")[0].Text("deliverBy"), mixed.Text("deliverBy")).ShouldBe(("2026-03-02T10:30:00+00:00", "2026-03-04T23:59:59+00:00"));
        string id = mixed.Text("id")!;
        (await shop.Get("/orders/" + id)).GetRawText().ShouldBe(mixed.GetRawText());

        // Lines change their way while nobody works on them.
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", new { lines = new[] { new { line = 3, collectAt = "SOHO" } } }, 409, "orders.no_route");
        await shop.Post($"/orders/{id}/edit", new { lines = new object[] { new { line = 2, collectAt = "SOHO" } } });
        await shop.Post($"/orders/{id}/edit", new { lines = new object[] { new { line = 4, method = "standard" } }, add = new[] { Line("A", 1, null, "SOHO") } });
        var now = await shop.Get("/orders/" + id);
        now.Items("lines").Select((_, i) => From(now, i)).ShouldBe(["SOHO:1", "SOHO:1", "DC:2", "", "DC:1", "SOHO:1"]);

        var releases = (await shop.Post($"/orders/{id}/release", new { })).Items("fulfilments");
        releases.Select(r => $"{r.Text("node")} {r.Text("method")} {string.Join(' ', r.Items("lines").Select(l => l.Of("line")))}").ShouldBe(["DC standard 3 5", "SOHO collect 1 2 6"], ignoreOrder: true);
        string pickup = releases.Single(r => r.Text("node") == "SOHO").Text("id")!;
        await shop.Run(pickup, "start-picking", "pick", "ready");
        (await shop.Get("/orders/" + id)).Text("status").ShouldBe("readyForPickup");
        await shop.Do(pickup, "collected");
        (await shop.Get("/orders/" + id)).Items("lines").Select(l => l.Of("delivered")).ShouldBe([1, 1, 0, 0, 0, 1]);
        await shop.ShouldBeSound();
    }

    /// <summary>Random baskets over random stock: whatever is offered is placed at once, and is told dates that are not later.</summary>
    [Theory, BothDatabases, Capability("IN-08", "IN-13", "AX-10", "RT-12")]
    public async Task What_is_offered_is_what_placing_then_promises(DatabaseKind kind)
    {
        output.WriteLine($"COLLECT_SEED={_seed}");
        var random = new Random(_seed);
        await using var shop = await Open(kind);
        await shop.Put("/nodes/DC/work-settings", new { dailyCapacity = 6 });
        await shop.Put("/channels/web", new { name = "Web", buffer = 1, onShort = "refuse" });
        foreach (string sku in (string[])["C", "D"]) await shop.Post("/products", new { sku, name = sku, kind = "goods", weightGrams = 100, backorder = "yes" });
        await shop.Post("/products", new { sku = "KIT", name = "Kit", kind = "bundle", components = new[] { new { sku = "A", quantity = 2 }, new { sku = "C", quantity = 1 } } });
        foreach (var (sku, days) in new[] { ("C", 8), ("C", 20), ("D", 12) })
            await shop.Put("/inventory/inbound", new { reference = $"PO-{sku}-{days}", sku, node = "DC", quantity = 6 + random.Next(8), dueAt = shop.Clock!.GetUtcNow().AddDays(days) });
        await shop.SetTo("C", 3, "DC");
        await shop.SetTo("C", 2, "SOHO");
        string[] skus = ["A", "B", "C", "D", "KIT"];
        int placed = 0, later = 0;
        for (int round = 0; round < 24; round++)
        {
            var basket = skus.OrderBy(_ => random.Next()).Take(1 + random.Next(2)).Select(s => (Sku: s, Units: 1L + random.Next(3))).ToList();
            var answer = await shop.Post("/availability", new
            {
                items = basket.Select(b => new { sku = b.Sku, quantity = b.Units }), destination = new { country = "GB", postcode = "W1D 3QU" }, channel = "web",
            });
            var offers = answer.Items("options").Select(o => (Kind: o.Text("kind")!, Method: o.Text("method")!, Ship: o.Text("shipByAt")!, Deliver: o.Text("deliverByAt")!))
                .Concat(answer.Items("later").Select(o => (Kind: "later", Method: o.Text("method")!, Ship: o.Text("shipBy")!, Deliver: o.Text("deliverBy")!))).ToList();
            if (offers.Count == 0) continue;
            var offer = offers[random.Next(offers.Count)];
            object[] lines = [.. basket.Select(b => Line(b.Sku, b.Units))];
            string what = $"seed {_seed}, round {round}, {offer}, {string.Join(' ', basket)}";
            var order = await Shop.Read(await shop.Send(HttpMethod.Post, "/orders", offer.Kind == "collect" ? Order(null, "SOHO", lines) : Order(offer.Method, null, lines)), null);
            order.GetProperty("isHeld").GetBoolean().ShouldBeFalse($"{what} {order.GetProperty("holds").GetRawText()} {order.GetProperty("lines").GetRawText()} {answer.GetRawText()}");
            order.Text("shipBy").ShouldNotBeNull($"{what} {order.GetRawText()} {answer.GetRawText()}");
            DateTimeOffset.Parse(order.Text("shipBy")!, InvariantCulture).ShouldBeLessThanOrEqualTo(DateTimeOffset.Parse(offer.Ship, InvariantCulture), what);
            DateTimeOffset.Parse(order.Text("deliverBy")!, InvariantCulture).ShouldBeLessThanOrEqualTo(DateTimeOffset.Parse(offer.Deliver, InvariantCulture), what);
            (placed, later) = (placed + 1, later + (offer.Kind == "later" ? 1 : 0));
        }
        placed.ShouldBeGreaterThan(10, $"seed {_seed}");
        output.WriteLine($"{placed} placed, {later} of them with parts that come later");
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("AX-10", "IN-03")]
    public async Task What_is_short_is_offered_by_dates_where_it_may_wait(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Put("/inventory/inbound", new { reference = "PO-1", sku = "A", node = "DC", quantity = 10, dueAt = "2026-03-10T09:00:00Z" });
        var asked = await Ask(shop, "A", 60);
        (asked.Items("options").Count(), asked.Items("later").Count()).ShouldBe((0, 0));                        // the shop sells no more than it has
        asked.Items("items")[0].Items("steps").Select(s => (s.Text("at")![..10], s.Of("quantity"))).ShouldBe([("2026-03-02", 55), ("2026-03-10", 5)]);
        await shop.Put("/channels/web", new { name = "Web", onShort = "backorder" });
        var later = (await Ask(shop, "A", 60)).Items("later").Single();
        later.Items("parts").Select(p => (p.Text("from")![..10], p.Of("quantity"))).ShouldBe([("2026-03-02", 55), ("2026-03-10", 5)]);
        var order = await shop.Post("/orders", Order("standard", null, Line("A", 60)));
        (order.Text("shipBy"), order.Text("deliverBy")).ShouldBe((later.Text("shipBy"), later.Text("deliverBy")));
    }
}
