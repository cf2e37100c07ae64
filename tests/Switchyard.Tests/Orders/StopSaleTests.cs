using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Orders;

/// <summary>A SKU that is stopped from sale: nothing of it is promised anywhere, its orders are held and its releases come back, until it is sold again.</summary>
public sealed class StopSaleTests
{
    [Theory, BothDatabases, Capability("AX-23", "P1")]
    public async Task A_stopped_SKU_is_refused_everywhere_its_releases_come_back_and_resuming_frees_its_orders(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 10);
        await shop.Product("B", 10);
        string idle = await shop.Placed(("A", 1));
        var (given, release) = await shop.Released(("A", 1), ("B", 1));
        var (begun, working) = await shop.Released(("A", 1));
        await shop.Run(working, "start-picking", "pick");

        await shop.Refused(HttpMethod.Post, "/products/A/stop-sale", new { }, 400, "request.invalid");
        (await shop.Refused(HttpMethod.Post, "/products/A/stop-sale", new { reason = "x", until = "tomorrow" }, 400, "request.invalid")).GetProperty("errors").GetArrayLength().ShouldBe(1, "what is no instant is not also in the past");
        await shop.Refused(HttpMethod.Post, "/products/NOPE/stop-sale", new { reason = "x" }, 404, "inventory.unknown_sku");
        await shop.Refused(HttpMethod.Get, "/products/A/sale-stop", null, 404, "orders.sale_not_stopped");
        (await shop.Post("/products/A/stop-sale", new { reason = "Handles break" })).Text("state").ShouldBe("running");

        var refused = await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 1), ("B", 1)), 409, "orders.sale_stopped");
        refused.GetProperty("errors")[0].Text("pointer").ShouldBe("/lines/0");
        await shop.Refused(HttpMethod.Post, "/inventory/reservations", new { owner = "cart", ttlSeconds = 60, items = new[] { new { sku = "A", quantity = 1 } } }, 409, "inventory.not_enough");
        var answer = await shop.Post("/availability", new { items = new[] { new { sku = "A", quantity = 1 } }, destination = new { country = "GB", postcode = "M1 1AE" } });
        (answer.GetProperty("options").GetArrayLength(), answer.GetProperty("items")[0].Long("available")).ShouldBe((0, 0));
        (await shop.Get("/inventory?sku=A")).Long("atp").ShouldBe(0);

        await Stopped(shop, "A");
        await shop.Post("/products/A/stop-sale", new { reason = "Handles break" });
        var told = await Stopped(shop, "A");
        (told.Long("ordersHeld"), told.Long("releasesPulled"), told.Long("releasesAsked"), told.Long("failures")).ShouldBe((3, 1, 1, 0), "doing it twice holds nothing twice");
        told.GetProperty("orders").EnumerateArray().Select(o => o.Text("order")).ShouldBe([idle, given, begun], ignoreOrder: true);
        var left = (await shop.Release(release)).GetProperty("lines").EnumerateArray().ToDictionary(l => l.Text("sku")!, l => l.Long("open"));
        (left["A"], left["B"]).ShouldBe((0, 1), "the rest of the release goes on");
        (await shop.Release(working)).Text("state").ShouldBe("stopAsked");
        (await shop.Order(idle)).GetProperty("holds").EnumerateArray().ShouldHaveSingleItem().Text("kind").ShouldBe("sale_stopped");
        await shop.Refused(HttpMethod.Post, $"/orders/{idle}/release", new { }, 409, "fulfilment.nothing_to_release");
        await shop.Do(working, "put-back", new { lines = new[] { new { line = 1, quantity = 1 } } });
        await shop.Stock("A", 5);
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 1)), 409, "orders.sale_stopped");

        await shop.Post("/products/A/resume-sale", new { });
        await Resumed(shop, "A");
        foreach (string order in new[] { idle, given, begun })
        {
            (await shop.Order(order)).GetProperty("holds").EnumerateArray().ShouldAllBe(h => h.Text("state") != "open");
            await shop.Post($"/orders/{order}/release", new { });
        }
        await shop.Placed(("A", 1));
        (await shop.Get("/sale-stops")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem().Text("state").ShouldBe("resumed");
        await shop.Refused(HttpMethod.Post, "/products/A/resume-sale", new { }, 404, "orders.sale_not_stopped");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-23")]
    public async Task A_channel_that_tells_gets_its_order_held_and_the_sale_may_begin_again_by_itself(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Put("/channels/web", new { name = "Web", onShort = "hold" });
        await shop.Product("A", 10);
        await shop.Post("/products", new { sku = "SET", name = "Set", kind = "bundle", components = new[] { new { sku = "A", quantity = 2 } } });
        var (_, leaves) = await shop.Released(("A", 1));
        await shop.Post("/products/A/stop-sale", new { reason = "Wrong label", releases = "leave", until = shop.Clock!.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null) });
        var pull = shop.Services.GetRequiredService<PullStopped>();
        await pull.Handle();
        (await shop.Release(leaves)).Text("state").ShouldBe("accepted", "what the node was given goes on");
        string plain = await shop.Placed(("A", 1)), bundle = await shop.Placed(("SET", 1));
        foreach (string id in new[] { plain, bundle })
        {
            var order = await shop.Order(id);
            order.GetProperty("holds").EnumerateArray().ShouldHaveSingleItem().Text("kind").ShouldBe("sale_stopped");
            order.GetProperty("lines").EnumerateArray().Sum(l => l.Long("allocated")).ShouldBe(0);
        }
        shop.Clock.Advance(TimeSpan.FromMinutes(61));
        await pull.Handle();
        await pull.Handle();
        foreach (string id in new[] { plain, bundle })
        {
            var order = await shop.Order(id);
            (order.Text("state"), order.GetProperty("lines").EnumerateArray().Sum(l => l.Long("unallocated"))).ShouldBe(("confirmed", 0));
        }
        (await shop.Get("/products/A/sale-stop")).Text("state").ShouldBe("resumed");
        await shop.BooksAreRight();
    }

    /// <summary>An order that comes while the sale is being stopped, to whichever server, is refused, or it is held: none is left to go out.</summary>
    [Theory, BothDatabases, Capability("P1", "P11")]
    public async Task Orders_placed_while_the_sale_is_stopped_are_refused_or_held(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await using var second = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;       // SQLite has one server
        await shop.Product("A", 500);
        await shop.Placed(("A", 1));
        var placing = Enumerable.Range(0, 40).Select(async i =>
        {
            await Task.Delay(i);
            using var reply = await (i % 2 == 0 ? shop : second ?? shop).Send(HttpMethod.Post, "/orders", Given.Order(("A", 1)));
            return JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement;
        }).ToList();
        await Task.Delay(15);
        await shop.Post("/products/A/stop-sale", new { reason = "Recall" });
        var replies = await Task.WhenAll(placing);
        await Stopped(shop, "A");
        foreach (var reply in replies.Where(r => r.TryGetProperty("code", out _))) reply.Text("code").ShouldBe("orders.sale_stopped");
        (await shop.Db.ReadAll(work => work.Scalar(
            """
            select count(*) from allocations a where not exists (select 1 from holds h where h.order_id = a.order_id and h.state = 'open' and h.kind = 'sale_stopped') /* house */
            """))).ShouldBe(0, "whoever got units before the stop is held");
        (await shop.Balance("A")).Long("allocated").ShouldBe(1 + replies.Count(r => r.TryGetProperty("id", out _)));
        await shop.Node("LATER");
        await shop.Stock("A", 5, "LATER");
        (await shop.Get("/inventory?sku=A")).Long("atp").ShouldBe(0, "also where there was none of it");
        await shop.BooksAreRight();
        await shop.Db.WriteAll(work => work.Execute("update stock set is_stopped = false where node_id = (select id from nodes where code = 'LATER') /* house */"));
        var check = shop.Services.GetServices<BooksCheck>().Single(c => c.Name == "stock.stopped");
        (await check.Run(shop.Db)).Faults.ShouldHaveSingleItem().ShouldContain("its sale is stopped, but not here");
    }

    [Theory, BothDatabases, Capability("AX-23", "P1")]
    public async Task A_SKU_stopped_at_one_node_goes_from_the_others_and_its_releases_there_come_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 10);
        await shop.Node("EAST");
        await shop.Stock("A", 5, "EAST");
        string idle = await shop.Placed(("A", 1));
        var (given, release) = await shop.Released(("A", 1));
        var (begun, working) = await shop.Released(("A", 1));
        await shop.Run(working, "start-picking", "pick");
        foreach (string order in new[] { idle, given, begun }) (await At(shop, order)).ShouldBe("1:MAINx1");
        await shop.Refused(HttpMethod.Post, "/products/A/stop-sale", new { reason = "x", node = "NOPE" }, 404, "nodes.no_such_node");

        (await shop.Post("/products/A/stop-sale", new { reason = "The roof leaks", node = "main" })).Text("node").ShouldBe("MAIN");
        await shop.Until(async () => (await shop.Get("/products/A/sale-stop?node=MAIN")).Text("state") == "stopped");
        foreach (string order in new[] { idle, given }) (await At(shop, order)).ShouldBe("1:EASTx1", "it goes from elsewhere");
        (await shop.Release(working)).Text("state").ShouldBe("stopAsked");
        await shop.Do(working, "put-back", new { lines = new[] { new { line = 1, quantity = 1 } } });
        await shop.Until(async () => await At(shop, begun) == "1:EASTx1");
        var told = await shop.Get("/products/A/sale-stop?node=MAIN");
        (told.Long("releasesPulled"), told.Long("releasesAsked"), told.Long("failures")).ShouldBe((1, 1, 0));
        foreach (string order in new[] { idle, given, begun }) (await shop.Order(order)).GetProperty("holds").EnumerateArray().ShouldAllBe(h => h.Text("state") != "open");
        (await shop.Get("/inventory?sku=A")).Long("atp").ShouldBe(2, "what is at the other node and free");
        (await At(shop, await shop.Placed(("A", 1)))).ShouldBe("1:EASTx1");
        await shop.Refused(HttpMethod.Get, "/products/A/sale-stop", null, 404, "orders.sale_not_stopped");
        await shop.Refused(HttpMethod.Post, "/products/A/resume-sale", new { }, 404, "orders.sale_not_stopped");
        (await shop.Get("/sale-stops")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem().Text("node").ShouldBe("MAIN");

        // Everywhere and then sold again: what was stopped at the node stays so.
        await shop.Post("/products/A/stop-sale", new { reason = "Recall", releases = "leave" });
        await Stopped(shop, "A");
        (await shop.Get("/inventory?sku=A")).Long("atp").ShouldBe(0);
        await shop.Post("/products/A/resume-sale", new { });
        await Resumed(shop, "A");
        (await shop.Get("/inventory?sku=A")).Long("atp").ShouldBe(1);
        await shop.BooksAreRight();

        await shop.Post("/products/A/resume-sale?node=MAIN", new { });
        await shop.Until(async () => (await shop.Get("/products/A/sale-stop?node=MAIN")).Text("state") == "resumed");
        (await shop.Get("/inventory?sku=A")).Long("atp").ShouldBe(11);
        (await At(shop, await shop.Placed(("A", 1)))).ShouldBe("1:MAINx1");
        await shop.BooksAreRight();
    }

    private static async Task<string> At(Shop shop, string order) => RoutingShop.From(await shop.Order(order));

    private static async Task<JsonElement> Stopped(Shop shop, string sku) => await Becomes(shop, sku, "stopped");
    private static async Task<JsonElement> Resumed(Shop shop, string sku) => await Becomes(shop, sku, "resumed");

    private static async Task<JsonElement> Becomes(Shop shop, string sku, string state)
    {
        JsonElement last = default;
        await shop.Until(async () => (last = await shop.Get($"/products/{sku}/sale-stop")).Text("state") == state);
        return last;
    }
}
