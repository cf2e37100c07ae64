using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Inventory;
using Xunit.Abstractions;
using static Switchyard.Tests.Orders.RoutingShop;

namespace Switchyard.Tests.Orders;

/// <summary>Rules, prices and nodes are tried on orders of the past; set BACKTEST_SEED to repeat a run.</summary>
public sealed class BacktestTests(ITestOutputHelper output)
{
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("BACKTEST_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;
    private static readonly string[] Skus = ["CUP", "BOWL", "FISH"], Nodes = ["DC", "NORTH", "S1"], Towns = ["M1 1AE", "LS1 4AP", "SW1A 1AA"];

    [Theory, BothDatabases, Capability("NX-02")]
    public async Task Replaying_with_the_live_rules_gives_every_decision_of_random_orders_exactly(DatabaseKind kind)
    {
        output.WriteLine($"seed {_seed}");
        var random = new Random(_seed);
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        await shop.Post("/products", new { sku = "FISH", name = "Fish", weightGrams = 700, handlingFlags = new[] { "chilled" }, metadata = new { season = "winter" } });
        await shop.Post("/products", new { sku = "BOWL", name = "Bowl", weightGrams = 400 });
        foreach (string sku in Skus) foreach (string node in Nodes) await shop.Stock(sku, random.Next(5, 40), node, first: sku == "CUP" && node == "DC");
        await shop.Put("/channels/tells", new { name = "Tells", onShort = "backorder", splitPenaltyMinor = 60 });
        var from = DateTimeOffset.UtcNow.AddMinutes(-5);
        var placed = new List<string>();
        for (int i = 0; i < 120; i++)
        {
            switch (random.Next(16))
            {
                case 0: await shop.Live("main", new { name = "Chilled", when = "flag:chilled", nodes = "group:cold attr.trust:>=60", otherwise = "next" }, new { name = "Rest", objective = "balanced", weights = new { stockMinor = random.Next(200), hundredKmMinor = 20, velocityMinor = 50, workloadMinor = 10 } }); break;
                case 1: await shop.Live("main", new { name = "Dear", when = "total:>20 country:GB", nodes = "kind:warehouse stock:>=1", split = new { most = 1 } }, new { name = "Cheap", objective = "fewestParcels" }); break;
                case 2: await shop.Put($"/nodes/DC", new { name = "DC", kind = "warehouse", country = "GB", postcode = "SW1A 1AA", groups = new[] { "south" }, handlingMinor = random.Next(40), attributes = new { trust = "95" } }); break;
                case 3: await shop.Put("/nodes/NORTH/lanes", new[] { new { zone = "gb", service = "tracked", method = "standard", currency = "GBP", baseMinor = random.Next(300, 700), transitDays = 2 } }); break;
                case 4: await shop.Put("/routing/places/GB", new { places = new[] { new { prefix = "M", latitude = 53.477, longitude = -2.233 }, new { prefix = "LS", latitude = 53.8, longitude = -1.55 }, new { prefix = "SW1", latitude = 51.5, longitude = -0.13 } } }); break;
                case 5: await shop.Draft("other", new { name = "Stores", nodes = "kind:store", otherwise = "split" }); await shop.Post("/routing/strategies/other/check", new { }); await shop.Post("/routing/strategies/other/shadow", new { }); break;
                case 6 or 7: await Given.Stock(shop, Skus[random.Next(3)], random.Next(1, 30), Nodes[random.Next(3)]); break;
                case 8 when placed.Count > 0: (await shop.Send(HttpMethod.Post, $"/orders/{placed[random.Next(placed.Count)]}/cancel", new { reason = "Changed their mind" }, null)).Dispose(); break;
                case 9 when placed.Count > 0: (await shop.Send(HttpMethod.Post, $"/orders/{placed[random.Next(placed.Count)]}/edit", new { lines = new[] { new { line = 1, quantity = random.Next(1, 5) } } }, null)).Dispose(); break;
                default: break;
            }
            var body = Given.Order([.. Skus.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(s => (s, (long)random.Next(1, 4)))]);
            body["channel"] = "tells";
            body["shippingAddress"] = new { name = "Ada", line1 = "1 High Street", city = "Town", postcode = Towns[random.Next(3)], country = "GB" };
            placed.Add((await shop.Post("/orders", body)).Text("id")!);
        }
        await shop.Drained();
        var to = DateTimeOffset.UtcNow.AddMinutes(5);
        var live = await shop.Backtest(new { from, to });
        var result = live.GetProperty("result");
        output.WriteLine(result.GetProperty("replay").ToString());
        result.Long("orders").ShouldBe(120);
        var replay = result.GetProperty("replay");
        replay.Long("different").ShouldBe(0, $"seed {_seed}: {await Different(shop, placed)}");
        replay.GetProperty("notKept").EnumerateObject().ShouldBeEmpty();
        replay.Long("same").ShouldBe(replay.Long("decisions"));
        replay.Long("decisions").ShouldBeGreaterThan(100);
    }

    private static async Task<string> Different(Shop shop, List<string> orders)
    {
        foreach (string id in orders)
            foreach (var decision in (await shop.Get($"/orders/{id}/routing")).GetProperty("data").EnumerateArray())
                if (decision.GetProperty("isReproduced") is { ValueKind: JsonValueKind.False }) return $"{id} {decision}";
        return "";
    }

    [Theory, BothDatabases, Capability("NX-02", "RT-08", "RT-06")]
    public async Task Other_rules_prices_and_nodes_are_tried_on_the_stock_as_it_was_and_every_order_that_changes_is_listed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        await shop.Stock("CUP", 6, "DC", first: true);
        await shop.Stock("CUP", 4, "NORTH", first: false);
        await shop.Put("/channels/tells", new { name = "Tells", onShort = "hold" });
        var from = DateTimeOffset.UtcNow.AddMinutes(-5);
        foreach (long units in new long[] { 2, 3, 2, 4 }) await shop.Post("/orders", Of(units));          // DC, DC, NORTH (2 of 4), nobody has 4
        await Given.Stock(shop, "CUP", 10, "DC");
        await shop.Drained();
        var to = DateTimeOffset.UtcNow.AddMinutes(5);

        var same = (await shop.Backtest(new { name = "As it was", from, to })).GetProperty("result");
        (same.Long("orders"), same.Long("units"), same.Long("changed")).ShouldBe((4, 11, 0), same.ToString());
        Sum(same, "before").ShouldBe((495 + 495 + 650, 3, 0, 4));
        Sum(same, "after").ShouldBe(Sum(same, "before"));
        (same.GetProperty("before").Long("filledLaterUnits"), same.GetProperty("after").Long("filledLaterUnits")).ShouldBe((4, 4));

        var quick = await shop.Backtest(new { from, to, rules = Rules(new { name = "Quick", objective = "fastest" }) });
        var result = quick.GetProperty("result");
        (result.Long("changed"), result.Long("sooner"), result.Long("later")).ShouldBe((1, 1, 0), result.ToString());
        Sum(result, "after").ShouldBe((650 + 495 + 650, 3, 0, 4), "two days there, as long as there is stock");
        var changed = (await shop.Get($"/routing/backtests/{quick.Text("id")}/orders?limit=1"));
        (changed.GetProperty("data")[0].GetProperty("before").GetProperty("parcels")[0].Text("node"), changed.GetProperty("data")[0].GetProperty("after").GetProperty("parcels")[0].Text("node"),
            changed.GetProperty("hasMore").GetBoolean()).ShouldBe(("DC", "NORTH", false));

        var closed = (await shop.Backtest(new { from, to, change = new { closed = new[] { "DC" } } })).GetProperty("result");
        Sum(closed, "after").ShouldBe((650 * 2, 2, 0, 3 + 4), "two parcels of two from the four that are there");
        closed.GetProperty("nodes").EnumerateArray().Single(n => n.Text("node") == "DC").Long("parcelsAfter").ShouldBe(0);
        var added = (await shop.Backtest(new { from, to, change = new { added = new[] { new { code = "NEW", like = "DC", stockPercent = 100 } }, lanes = new[] { new { node = "DC", percent = 50 } } } })).GetProperty("result");
        Sum(added, "after").ShouldBe((248 * 4, 4, 0, 0), "as much again at half the price, as the node it is like");
        var capped = (await shop.Backtest(new { from, to, change = new { capacity = new[] { new { node = "DC", parcelsPerDay = 1 } } } })).GetProperty("result");
        Sum(capped, "after").ShouldBe((495 + 650, 2, 0, 2 + 4), "the second goes from the north, the third finds one unit there");

        foreach (var (bad, pointer) in new (object, string)[] { (new { from }, "/to"), (new { from, to = from }, "/to"), (new { from, to, change = new { closed = new[] { "NOPE" } } }, "/change/closed/0"), (new { from, to, change = new { closed = new[] { "DC", "dc" } } }, "/change/closed/1"),
            (new { from, to, change = new { lanes = new[] { new { node = "DC", percent = 50, service = "none" } } } }, "/change/lanes/0/service"), (new { from, to, change = new { rateCards = new[] { new { card = "none" } } } }, "/change/rateCards/0") })
            (await shop.Refused(HttpMethod.Post, "/routing/backtests", bad, 400, "request.invalid")).GetProperty("errors")[0].Text("pointer").ShouldBe(pointer);
        await shop.Refused(HttpMethod.Post, "/routing/backtests", new { from, to, strategy = "none" }, 404, "routing.not_found");
        await shop.Refused(HttpMethod.Post, "/routing/backtests", new { from, to, change = new { rateCards = new[] { new { card = "none", percent = 50 } } } }, 404, "rate_cards.no_such_card");
        await shop.Refused(HttpMethod.Get, "/routing/backtests/job_nothing", null, 404, "jobs.not_found");
        var key = await shop.Post("/keys", new { name = "North", scopes = new[] { "settings:read", "settings:write", "orders:read" }, nodes = new[] { "NORTH" } });
        using var north = shop.Client(key.Text("secret"));
        foreach (string of in new[] { "", "/orders" })
            (await Shop.Read(await north.GetAsync($"/api/v1/routing/backtests/{quick.Text("id")}{of}"), 403)).Text("code").ShouldBe("nodes.only_your_nodes", "it tells of every node");
        using var divided = new StringContent("""{"name":"All","parts":[{"name":"Web","channels":["tells"],"percent":10}],"overflow":"strict"}""", null, "application/json");
        (await Shop.Read(await north.PutAsync("/api/v1/inventory/shares/all", divided), 403)).Text("code").ShouldBe("nodes.only_your_nodes", "the stock of all nodes is divided");

        Dictionary<string, object?> Of(long units)
        {
            var body = Given.Order(("CUP", units));
            body["channel"] = "tells";
            return body;
        }
    }

    private static (long, long, long, long) Sum(JsonElement result, string world)
    {
        var sum = result.GetProperty(world);
        return (sum.Long("costMinor"), sum.Long("parcels"), sum.Long("splits"), sum.Long("unfilledUnits"));
    }
}

internal static class Backtests
{
    /// <summary>Starts one and waits until it is over.</summary>
    public static async Task<JsonElement> Backtest(this Shop shop, object wish)
    {
        string id = (await shop.Post("/routing/backtests", wish)).Text("id")!;
        var until = DateTimeOffset.UtcNow.AddSeconds(240);
        while (true)
        {
            var read = await shop.Get("/routing/backtests/" + id);
            if (read.Text("state") is "done") return read;
            (read.Text("state") is "queued" or "running").ShouldBeTrue(read.ToString());
            DateTimeOffset.UtcNow.ShouldBeLessThan(until, read.ToString());
            await Task.Delay(50);
        }
    }
}
