using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Sourcing;
using Switchyard.Tests.Inventory;
using Xunit.Abstractions;
using static Switchyard.Tests.Orders.RoutingShop;

namespace Switchyard.Tests.Orders;

/// <summary>Strategies that change while orders come in, and what is offered against what is then taken; set ROUTING_SEED to repeat a run.</summary>
public sealed class RoutingRaces(ITestOutputHelper output)
{
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("ROUTING_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;

    [Theory, BothDatabases, Capability("AX-21", "RT-09", "P1")]
    public async Task Each_order_names_one_version_and_is_what_that_version_decides(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        foreach (string node in new[] { "DC", "NORTH" }) await shop.Stock("CUP", 1_000, node, first: node == "DC");
        for (int version = 1; version <= 4; version++)
        {
            await shop.Draft("main", new { name = "V" + version, nodes = version % 2 == 1 ? "code:DC" : "code:NORTH" });
            (await shop.Post("/routing/strategies/main/check", new { })).Long("number").ShouldBe(version);
        }
        await shop.Post("/routing/strategies/main/promote", new { number = 1 });
        // A second server on the same database hears of a promotion as the first one does. SQLite has one process.
        await using var other = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;
        Shop[] shops = other is null ? [shop] : [shop, other];
        var orders = new System.Collections.Concurrent.ConcurrentBag<JsonElement>();
        var promoting = Task.Run(async () =>
        {
            for (int i = 0; i < 12; i++) await shops[i % shops.Length].Post("/routing/strategies/main/promote", new { number = i % 4 + 1 });
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(who => Task.Run(async () =>
        {
            for (int i = 0; i < 12 || !promoting.IsCompleted && i < 60; i++) orders.Add(await shops[who % shops.Length].Post("/orders", Given.Order(("CUP", 1))));
        })));
        await promoting;
        foreach (int number in (int[])[1, 2])                  // who was quicker in the race is chance; now both have decided something
        {
            await shop.Post("/routing/strategies/main/promote", new { number });
            orders.Add(await shops[^1].Post("/orders", Given.Order(("CUP", 1))));
        }
        foreach (var order in orders)
        {
            var plan = await shop.Plan(order);
            long version = plan.Long("version");
            (plan.Text("strategy"), plan.Text("rule")).ShouldBe(("main", $"main/{version}"));
            plan.GetProperty("scenarios")[0].Text("name").ShouldBe("V" + version);
            From(order).ShouldBe(version % 2 == 1 ? "1:DCx1" : "1:NORTHx1");
        }
        orders.Select(o => From(o)).Distinct().Count().ShouldBe(2, "both kinds of versions have decided");
        (await shop.Balance("CUP")).Long("allocated").ShouldBe(orders.Count);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("L3", "L15", "AX-12")]
    public async Task Nothing_is_offered_that_placing_then_refuses(DatabaseKind kind)
    {
        output.WriteLine($"seed {_seed}");
        var random = new Random(_seed);
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        foreach (string sku in new[] { "A", "B" })
        {
            await shop.Product(sku, priceMinor: 1000);
            foreach (string node in new[] { "DC", "NORTH", "S1" }) await Given.Stock(shop, sku, random.Next(1, 6), node);
        }
        object[][] strategies =
        [
            [new { name = "Cold", nodes = "group:cold" }],
            [new { name = "One", split = new { most = 1 }, otherwise = "hold" }],
            [new { name = "Small", when = "units:<3", nodes = "kind:store", otherwise = "cancel" }, new { name = "Rest", nodes = "kind:warehouse" }],
            [new { name = "Dear", split = new { neverBelowMinor = 4_000 } }],
            [new { name = "First", nodes = "code:DC", otherwise = "next" }, new { name = "Whole", split = new { isWhole = true } }],
            [new { name = "Quick", when = "method:next-day", objective = "fastest" }, new { name = "B", lines = "sku:B", nodes = "code:NORTH", otherwise = "backorder" }],
        ];
        foreach (var (no, strategy) in strategies.Index())
        {
            await shop.Live("main", strategy);
            for (int i = 0; i < 6; i++)
            {
                string what = $"seed {_seed} strategy {no} case {i}";
                var lines = new[] { ("A", (long)random.Next(1, 8)), ("B", (long)random.Next(1, 8)) }.Take(random.Next(1, 3)).ToArray();
                string method = random.Next(3) == 0 ? "next-day" : "standard";
                var offer = await shop.Post("/availability", new
                {
                    channel = "web", destination = new { country = "GB", postcode = "M1 1AE" }, methods = new[] { method },
                    items = lines.Select(l => new { sku = l.Item1, quantity = l.Item2 }),
                });
                var order = Given.Order(lines);
                order["method"] = method;
                var placed = await shop.Send(HttpMethod.Post, "/orders", order);
                string text = await placed.Content.ReadAsStringAsync();
                bool isOffered = offer.GetProperty("options").GetArrayLength() > 0;
                bool isSingle = lines.Length == 1 && offer.GetProperty("items")[0].Long("available") >= lines[0].Item2;
                if (isOffered || isSingle) ((int)placed.StatusCode).ShouldBe(201, $"{what}: {offer} {text}");
                if (!placed.IsSuccessStatusCode) continue;
                var made = JsonDocument.Parse(text).RootElement;
                if (isOffered)
                {
                    made.GetProperty("lines").EnumerateArray().ShouldAllBe(l => l.Long("allocated") == l.Long("quantity"), what);
                    var shipments = offer.GetProperty("options")[0].GetProperty("shipments").EnumerateArray().Select(s => s.Text("node")).Order();
                    (await shop.Plan(made)).GetProperty("shipments").EnumerateArray().Select(s => s.Text("node")).Order().ShouldBe(shipments, what);
                }
                await shop.Post($"/orders/{made.Text("id")}/cancel", new { reason = "again" });
            }
        }
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("RT-05", "AX-14")]
    public async Task What_sells_at_a_till_and_what_waits_at_a_node_is_read_beside_the_orders(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        foreach (string node in new[] { "DC", "NORTH" }) await shop.Stock("CUP", 100, node, first: node == "DC");
        await shop.Live("main", new { name = "Keep", weights = new { velocityMinor = 400 } });
        From(await shop.Post("/orders", Given.Order(("CUP", 1)))).ShouldBe("1:DCx1", "nothing sells anywhere yet");
        await shop.Post("/inventory/sales", new { node = "DC", reference = "R-1", items = new[] { new { sku = "CUP", quantity = 20 } } });
        await shop.Services.GetRequiredService<KeepRoutingFigures>().Handle();
        From(await shop.Post("/orders", Given.Order(("CUP", 1)))).ShouldBe("1:NORTHx1", "the fast seller stays where people come for it");

        await shop.Live("main", new { name = "Free", nodes = "waiting:<1" }, new { name = "Any" });
        var first = await shop.Post("/orders", Given.Order(("CUP", 1)));
        From(first).ShouldBe("1:DCx1");
        await shop.Post($"/orders/{first.Text("id")}/release", new { });
        await shop.Services.GetRequiredService<KeepRoutingFigures>().Handle();
        From(await shop.Post("/orders", Given.Order(("CUP", 1)))).ShouldBe("1:NORTHx1", "the other has a release before it");
    }
}
