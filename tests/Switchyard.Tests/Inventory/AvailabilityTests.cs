using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Inventory;

public sealed class AvailabilityTests
{
    private static object Ask(string sku, long quantity, string? channel = null) =>
        new { items = new[] { new { sku, quantity } }, destination = new { country = "GB", postcode = "M1 1AE" }, channel };

    private static async Task<JsonElement> Item(Shop shop, string sku, long quantity, string? channel = null) =>
        (await shop.Post("/availability", Ask(sku, quantity, channel))).Items("items").Single();

    [Theory, BothDatabases, Capability("AX-10", "IN-03")]
    public async Task Inbound_is_promised_for_the_day_it_comes_and_not_before(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("A");
        await shop.SetTo("A", 10);
        var due = shop.Clock!.GetUtcNow().AddDays(3);
        object Inbound(long quantity, bool isPromised = true) => new { reference = "PO-1", sku = "A", node = "MAIN", quantity, dueAt = due.ToString("o"), isPromised };
        await shop.Put("/inventory/inbound", Inbound(10));
        var item = await Item(shop, "A", 20);
        (item.Of("available"), item.GetProperty("earliest").GetDateTimeOffset()).ShouldBe((10, due));
        (await Item(shop, "A", 10)).GetProperty("earliest").GetDateTimeOffset().ShouldBe(shop.Clock.GetUtcNow());
        (await Item(shop, "A", 21)).GetProperty("earliest").ValueKind.ShouldBe(JsonValueKind.Null);
        var stock = await shop.Get("/inventory?sku=A");
        (stock.Of("atp"), stock.Items("inbound").Single().Of("quantity")).ShouldBe((10, 10));
        await shop.Put("/inventory/inbound", Inbound(10, isPromised: false));
        (await Item(shop, "A", 20)).GetProperty("earliest").ValueKind.ShouldBe(JsonValueKind.Null);
        await shop.Put("/inventory/inbound", Inbound(4));
        (await Item(shop, "A", 14)).GetProperty("earliest").GetDateTimeOffset().ShouldBe(due);
        shop.Clock.Advance(TimeSpan.FromDays(4));
        (await Item(shop, "A", 14)).GetProperty("earliest").ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (string number in new[] { "-1", "1.5", "2147483648", "9223372036854775808", "\"١\"", "null" })
            (await Shop.Read(await shop.Send(HttpMethod.Put, "/inventory/inbound", $$"""{"reference":"R","sku":"A","node":"MAIN","dueAt":"2026-03-01T00:00:00Z","quantity":{{number}}}"""), 400))
                .Pointers().ShouldBe(["/quantity"]);
        await shop.Refused(HttpMethod.Put, "/inventory/inbound", new { reference = "R", sku = "A", node = "NO", quantity = 1, dueAt = "2026-03-01T00:00:00Z" }, 400, "request.invalid");
    }

    [Theory, BothDatabases, Capability("L15", "IN-03")]
    public async Task Units_that_orders_wait_for_are_not_offered_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        await shop.SetTo("A", 2);
        await shop.Post("/orders", new
        {
            channel = "web", currency = "GBP", onShort = "backorder", shippingAddress = new { country = "GB", postcode = "M1 1AE", line1 = "1 High Street", name = "A", city = "Manchester" },
            lines = new[] { new { sku = "A", quantity = 5, unitPriceMinor = 100 } }
        });
        await shop.Put("/inventory/inbound", new { reference = "PO", sku = "A", node = "MAIN", quantity = 10, dueAt = "2099-01-01T00:00:00Z" });
        var stock = await shop.Get("/inventory?sku=A");
        (stock.Of("atp"), stock.Of("waiting")).ShouldBe((0, 3));
        (await Item(shop, "A", 7)).GetProperty("earliest").GetDateTimeOffset().Year.ShouldBe(2099);
        (await Item(shop, "A", 8)).GetProperty("earliest").ValueKind.ShouldBe(JsonValueKind.Null);
        await shop.SetTo("A", 6);
        (await shop.Get("/inventory?sku=A")).Of("atp").ShouldBe(1);
        (await shop.Get("/inventory")).Items("data").Single().Of("atp").ShouldBe(1);
    }

    [Theory, BothDatabases, Capability("IN-03", "IN-08")]
    public async Task A_bundle_is_offered_as_often_as_its_scarcest_part_allows_at_one_node(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("CUP", "TRAY");
        await shop.Nodes("NORTH");
        await shop.Post("/products", new { sku = "SET", name = "Set", kind = "bundle", components = new[] { new { sku = "CUP", quantity = 6 }, new { sku = "TRAY", quantity = 1 } } });
        await shop.SetTo("CUP", 13);
        await shop.SetTo("TRAY", 1);
        await shop.SetTo("CUP", 7, "NORTH");
        await shop.SetTo("TRAY", 5, "NORTH");
        (await Item(shop, "SET", 1)).Of("available").ShouldBe(2);
        (await shop.Get("/inventory?sku=SET")).Of("atp").ShouldBe(2);
        await shop.Add("CUP", -2, "NORTH");
        (await shop.Get("/inventory?sku=SET")).Of("atp").ShouldBe(1);
    }

    [Theory, BothDatabases, Capability("IN-08", "L15", "L16")]
    public async Task Options_have_dates_and_costs_and_respect_the_channel(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("A", "B");
        foreach (var (code, nodeKind) in new[] { ("BHM", "warehouse"), ("MAN", "store") })
            await shop.Post("/nodes", new { code, name = code, kind = nodeKind, country = "GB", timeZone = "Europe/London", cutOffs = new Dictionary<string, string> { ["*"] = code == "BHM" ? "16:00" : "08:00" } });
        await shop.Put("/zones/GB", new { name = "Britain", areas = new[] { new { country = "GB", postcodePrefix = "" } } });
        object Lane(string service, string method, long baseMinor, int days) => new { zone = "GB", service, method, currency = "GBP", baseMinor, perKgMinor = 0, maxWeightGrams = 30000, transitDays = days };
        await shop.Put("/nodes/BHM/lanes", new[] { Lane("dpd", "express", 650, 1), Lane("evri", "standard", 350, 3) });
        await shop.Put("/nodes/MAN/lanes", new[] { Lane("evri", "standard", 200, 2) });
        await shop.SetTo("A", 5, "BHM");
        await shop.SetTo("A", 5, "MAN");
        var options = (await shop.Post("/availability", Ask("A", 3))).Items("options");
        options.Select(o => (o.TextOf("method"), o.Of("costMinor"), o.TextOf("shipBy"), o.TextOf("deliverBy"), o.Items("shipments").Single().TextOf("node")))
            .ShouldBe([("standard", 200, "2026-03-03", "2026-03-05", "MAN"), ("express", 650, "2026-03-02", "2026-03-03", "BHM")]);
        (await Item(shop, "A", 1)).Of("available").ShouldBe(10);
        var tooMany = await shop.Post("/availability", Ask("A", 11));
        tooMany.Items("options").ShouldBeEmpty();
        tooMany.Items("notOffered").Single().TextOf("code").ShouldBe("no_stock");
        (await shop.Post("/availability", new { items = new[] { new { sku = "A", quantity = 1 } }, destination = new { country = "ZZ" } })).Items("notOffered").Single().TextOf("code").ShouldBe("no_stock", "MAIN, which has no lanes, sends anywhere, but holds nothing");
        await shop.Put("/channels/mkt", new { name = "Market", onShort = "hold", buffer = 2, excludedNodeKinds = new[] { "store" } });
        (await Item(shop, "A", 1, "mkt")).Of("available").ShouldBe(3);
        (await shop.Post("/availability", new { items = new[] { new { sku = "A", quantity = 1 } }, destination = new { country = "FR", postcode = "75001" } }))
            .Items("options").ShouldBeEmpty();
    }

    [Theory, BothDatabases, Capability("P26")]
    public async Task Bad_questions_are_refused_by_name(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        foreach (string number in new[] { "0", "-1", "1.5", "2147483648", "9223372036854775808", "\"١\"", "null" })
            (await Shop.Read(await shop.Send(HttpMethod.Post, "/availability", $$"""{"items":[{"sku":"A","quantity":{{number}}}],"destination":{"country":"GB"} }"""), 400))
                .Pointers().ShouldBe(["/items/0/quantity"]);
        (await shop.Refused(HttpMethod.Post, "/availability", Ask("NO", 1), 400, "request.invalid")).Pointers().ShouldBe(["/items/0/sku"]);
        (await shop.Refused(HttpMethod.Post, "/availability", Ask("A", 1, "NO"), 400, "request.invalid")).Pointers().ShouldBe(["/channel"]);
        foreach (string body in new[] { "{}", """{"items":[null],"destination":{"country":"GB"}}""", """{"items":[{"sku":"A","quantity":1}]}""", """{"items":[{"sku":"A","quantity":1}],"destination":{"country":"GB"},"methods":[]}""" })
            await shop.Refused(HttpMethod.Post, "/availability", body, 400, "request.invalid");
    }
}
