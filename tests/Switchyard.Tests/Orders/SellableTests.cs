using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;
using Xunit.Abstractions;

namespace Switchyard.Tests.Orders;

/// <summary>The figure that is told is the one of the formula, and what may be sold ahead keeps to its cap. Set SELLABLE_SEED to repeat a run.</summary>
public sealed class SellableTests(ITestOutputHelper output)
{
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("SELLABLE_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;

    private static Task Backorders(Shop shop) => shop.Put("/channels/web", new { name = "Web", onShort = "backorder" });

    [Theory, BothDatabases, Capability("IN-03", "AX-11")]
    public async Task The_figure_told_is_the_formula_over_random_states(DatabaseKind kind)
    {
        output.WriteLine($"SELLABLE_SEED={_seed}");
        var dice = new Random(_seed);
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await Backorders(shop);
        await shop.Nodes("NORTH", "SHUT");
        await shop.Product("A", 20);
        await shop.Put("/nodes/SHUT", new { name = "Shut", kind = "store", country = "GB", sellsOnline = false });
        await shop.Stock("A", 50, "SHUT");
        var now = shop.Clock!.GetUtcNow();
        var inbound = new Dictionary<string, (string Node, long Day, long Units)>();
        for (int step = 0; step < 30; step++)
        {
            string node = dice.Next(2) == 0 ? "MAIN" : "NORTH";
            switch (dice.Next(7))
            {
                case 0: await shop.Send(HttpMethod.Post, "/inventory/adjustments", new { items = new[] { new { sku = "A", node, delta = dice.Next(1, 12) * (dice.Next(3) == 0 ? -1 : 1), reason = "test" } } }); break;
                case 1: await shop.SetTo("A", dice.Next(30), node); break;
                case 2: await shop.Put("/inventory/safety", new { items = new[] { new { sku = "A", node, safety = dice.Next(4) } } }); break;
                case 3: await shop.Post("/inventory/adjustments", new { items = new[] { new { sku = "A", node, setTo = dice.Next(3), bucket = "unavailable", reason = "damaged" } } }); break;
                case 4: await shop.Send(HttpMethod.Post, "/inventory/reservations", new { owner = "c", ttlSeconds = 86_400, items = new[] { new { sku = "A", quantity = dice.Next(1, 5) } } }); break;
                case 5: await shop.Placed(("A", dice.Next(1, 9))); break;
                case 6:
                    long day = dice.Next(1, 9), units = dice.Next(0, 12);
                    inbound["PO-" + node] = (node, day, units);
                    await shop.Put("/inventory/inbound", new { reference = "PO-" + node, sku = "A", node, quantity = units, dueAt = now.AddDays(day).ToString("o") });
                    break;
            }
            await shop.Drained();
            var told = await shop.Get("/inventory?sku=A");
            long expected = Formula(told, inbound.Values, now);
            told.Of("atp").ShouldBe(expected, $"step {step}: {told}");
            (await shop.Post("/availability", new { items = new[] { new { sku = "A", quantity = 1 } }, destination = new { country = "GB" } })).Items("items")[0].Of("available").ShouldBe(expected, $"step {step}");
        }
        await shop.BooksAreRight();

        // on hand - unavailable - allocated - reserved - earmarked - safety + inbound - claims on it, the least over now and later dates; nodes that are shut count for nothing.
        static long Formula(JsonElement told, IEnumerable<(string Node, long Day, long Units)> inbound, DateTimeOffset now)
        {
            var here = told.Items("nodes").Where(n => n.TextOf("node") != "SHUT").ToDictionary(n => n.TextOf("node")!,
                n => n.Of("onHand") - n.Of("unavailable") - n.Of("allocated") - n.Of("reserved") - n.Of("earmarked") - n.Of("safety"));
            long owed = told.Of("waiting") - told.Items("nodes").Sum(n => n.Of("earmarked"));
            var claims = new List<(long Day, long Units)>();
            foreach (var due in inbound.OrderBy(i => i.Day))
            {
                if (owed <= 0) break;
                claims.Add((due.Day, Math.Min(due.Units, owed)));
                owed -= due.Units;
            }
            long At(long day) => here.Keys.Union(inbound.Select(i => i.Node))
                .Sum(n => Math.Max(0, here.GetValueOrDefault(n) + inbound.Where(i => i.Node == n && i.Day <= day).Sum(i => i.Units))) - claims.Where(c => c.Day <= day).Sum(c => c.Units);
            return Math.Max(0, Enumerable.Range(0, 10).Min(d => At(d)));
        }
    }

    [Theory, BothDatabases, Capability("AX-11", "IN-13")]
    public async Task Orders_that_wait_for_a_place_and_nodes_left_out_lower_what_is_sold_and_a_suppliers_goods_are_promised_with_its_lead_time(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Put("/channels/mkt", new { name = "Market", onShort = "hold", excludedNodeKinds = new[] { "supplier" } });
        await shop.Put("/nodes/SUPP", new { name = "Supplier", kind = "supplier", country = "GB", leadDays = 5 });
        await shop.Product("A");
        await shop.Stock("A", 10, "SUPP");
        var asked = await shop.Post("/availability", new { items = new[] { new { sku = "A", quantity = 10 } }, destination = new { country = "GB" } });
        (asked.Items("items")[0].Of("available"), (await shop.Get("/inventory?sku=A")).Of("atp")).ShouldBe((10, 10));
        var order = await shop.Post("/orders", Given.Order(("A", 4)));
        RoutingShop.From(order).ShouldBe("1:SUPPx4");
        var promise = (await shop.Get($"/orders/{order.Text("id")}/promises")).Items("data")[0];
        promise.Items("parts").Single().Of("leadDays").ShouldBe(5);
        promise.GetProperty("shipBy").GetDateTimeOffset().ShouldBeGreaterThan(shop.Clock!.GetUtcNow().AddDays(5).AddHours(-1));

        // A channel that the supplier does not serve: the order waits for a place, and what comes is its first.
        var told = Given.Order(("A", 3));
        told["channel"] = "mkt";
        var waiting = await shop.Post("/orders", told);
        waiting.Items("lines")[0].Of("unallocated").ShouldBe(3);
        await shop.Stock("A", 5);
        var stock = await shop.Get("/inventory?sku=A");
        stock.Of("atp").ShouldBe(6 + 5 - 3, "5 have come, and an order waits for 3 of them");
    }

    [Theory, BothDatabases, Capability("AX-67", "P1")]
    public async Task A_cap_of_preorders_holds_for_orders_and_edits_gives_back_and_its_date_is_told_anew(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);            // two servers of one time: that of the machine
        await using var second = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;
        var release = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()).AddDays(20);
        Task Policy(DateTimeOffset? at, long? cap = 10) => shop.Put("/products/GAME", new { sku = "GAME", name = "Game", preorderReleaseAt = at, preorderCap = at is null ? null : cap });
        await Policy(release);
        var orders = new List<JsonElement>();
        for (int i = 0; i < 5; i++) orders.Add(await shop.Post("/orders", Given.Order(("GAME", 2))));
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("GAME", 1)), 409, "orders.short");
        (await shop.Refused(HttpMethod.Post, $"/orders/{orders[0].Text("id")}/edit", new { lines = new[] { new { line = 1, quantity = 3 } } }, 409, "orders.short")).Pointers().ShouldBe(["/lines/0/quantity"]);
        orders.ShouldAllBe(o => o.GetProperty("shipBy").GetDateTimeOffset() >= release);

        await shop.Post($"/orders/{orders[0].Text("id")}/edit", new { lines = new[] { new { line = 1, quantity = 1 } } });
        await shop.Post($"/orders/{orders[1].Text("id")}/cancel", new { reason = "changed my mind" });
        // 3 are free again, for orders and edits at both servers at once.
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? shop : second ?? shop).Send(HttpMethod.Post, i < 6 ? "/orders" : $"/orders/{orders[2 + i % 3].Text("id")}/edit",
            i < 6 ? Given.Order(("GAME", 1)) : new { add = new[] { new { sku = "GAME", quantity = 1, unitPriceMinor = 1000 } } })));
        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(3, string.Join(' ', answers.Select(a => (int)a.StatusCode)));
        (await shop.Get("/inventory?sku=GAME")).Of("waiting").ShouldBe(10);

        // It comes sooner, and whoever waits hears of it; without a date it is no preorder any more.
        string first = orders[4].Text("id")!;
        long before = (await shop.Get("/orders/" + first)).GetProperty("shipBy").GetDateTimeOffset().ToUnixTimeMilliseconds();
        await Policy(release.AddDays(-10));
        await shop.Until(async () => (await shop.Get("/orders/" + first)).GetProperty("shipBy").GetDateTimeOffset().ToUnixTimeMilliseconds() < before);
    }
}
