using System.Text.Json;
using Shouldly;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Simulators;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Connectors;

/// <summary>What channels show is what may be sold, whatever happens in between.</summary>
public sealed class StockPushedTests
{
    private static bool IsPush(Microsoft.AspNetCore.Http.HttpRequest call) => call.Method == "POST" && call.Path.Value!.EndsWith("/batch", StringComparison.Ordinal);

    [Theory, BothDatabases, Capability("IN-04", "CH-04", "CH-14")]
    public async Task After_a_day_of_sales_on_two_shops_with_every_kind_of_trouble_each_listing_shows_what_may_be_sold(DatabaseKind kind)
    {
        await using var desk = await StockShop.Open(kind);
        var shop = desk.Shop;
        await shop.Product("MUG", 400);
        await shop.Product("CUP", 300);
        await shop.Post("/products", new { sku = "SET", name = "Two mugs and a cup", kind = "bundle", components = new[] { new { sku = "MUG", quantity = 2 }, new { sku = "CUP", quantity = 1 } } });
        var (north, south) = (await desk.Connect("north", buffer: 5), await desk.Connect("south"));
        north.Shop.List("MUG", "A mug", 1_000, 3);
        north.Shop.List("MUG-6", "Six mugs", 5_500, 0);
        south.Shop.List("MUG", "Mug", 1_000, 0);
        south.Shop.List("CUP", "Cup", 800, 999);
        south.Shop.List("SET", "Set", 2_500, 1);
        // Six mugs are no SKU of ours: a person says what they are.
        await desk.Write("north", "MUG-6", new { sku = "MUG", unitsEach = 6, buffer = 2 });
        await desk.UntilShows(north, "MUG", 395);
        await desk.UntilShows(north, "MUG-6", (400 - 5 - 2) / 6);
        await desk.UntilShows(south, "SET", 200);

        var trouble = new[] { Mood.FailsAfter, Mood.Throttled, Mood.BreaksOffAfter, Mood.Broken, Mood.BreaksOff, Mood.FailsAfter };
        int sold = 0;
        for (int i = 0; i < 24; i++)
        {
            if (i % 4 == 1) (i % 8 == 1 ? north : south).Next(trouble[i / 4 % trouble.Length], i % 3 == 0 ? null : IsPush);
            if (north.Generator.Buy(i % 3 == 0 ? "MUG-6" : "MUG", 1 + i % 2) is not null) sold++;
            if (south.Generator.Buy(i % 5 == 0 ? "SET" : i % 2 == 0 ? "MUG" : "CUP", 1 + i % 3) is not null) sold++;
            if (i == 8) north.Always = Mood.Broken;         // an outage, in which it sells on
            if (i == 16) north.Always = Mood.Fine;
            if (i == 12) await shop.Stock("MUG", 30);
            if (i == 18) (south.Always, south.Slowness) = (Mood.Slow, TimeSpan.FromMilliseconds(150));
            await Task.Delay(20);
        }
        (south.Always, north.Always) = (Mood.Fine, Mood.Fine);

        await shop.Until(async () => (await desk.Orders("north")).Count + (await desk.Orders("south")).Count == sold);
        await desk.UntilShows(north, "MUG", async () => Math.Max(0, await desk.Atp("MUG") - 5));
        await desk.UntilShows(north, "MUG-6", async () => Math.Max(0, await desk.Atp("MUG") - 7) / 6);
        await desk.UntilShows(south, "MUG", () => desk.Atp("MUG"));
        await desk.UntilShows(south, "CUP", () => desk.Atp("CUP"));
        await desk.UntilShows(south, "SET", () => desk.Atp("SET"));
        var lag = await shop.Db.ReadAll(work => work.Query("select sum(n) from channel_lags", row => row.Sum()));
        lag[0].ShouldBeGreaterThan(0);
    }

    [Theory, BothDatabases, Capability("IN-04")]
    public async Task A_sale_that_has_not_come_in_is_never_written_over_and_a_change_by_hand_is_put_right(DatabaseKind kind)
    {
        await using var desk = await StockShop.Open(kind);
        var shop = desk.Shop;
        await shop.Product("MUG", 100);
        var sim = await desk.Connect("north");
        sim.Shop.List("MUG", "A mug", 1_000, 0);
        await desk.UntilShows(sim, "MUG", 100);

        // Sold there, unknown here; then goods come in.
        await desk.AskLater("north");
        var order = sim.Generator.Buy("MUG", 3)!;
        StockShop.Shows(sim, "MUG").ShouldBe(97);
        await shop.Stock("MUG", 10);
        await shop.Until(() => Task.FromResult(StockShop.Shows(sim, "MUG") == 107));
        await desk.AskLater("north", later: false);
        await desk.Taken(order);
        await desk.UntilShows(sim, "MUG", 107);

        // Sold between the look and the telling: it stays sold, though nobody here has heard of it.
        await desk.AskLater("north");
        sim.Next(Mood.Waits, IsPush);
        await shop.Stock("MUG", 5);
        await shop.Until(() => Task.FromResult(sim.Announced == 0));
        var between = sim.Generator.Buy("MUG", 4)!;
        sim.Go.SetResult();
        await shop.Until(() => Task.FromResult(StockShop.Shows(sim, "MUG") == 108));
        await desk.AskLater("north", later: false);
        await desk.Taken(between);
        await desk.UntilShows(sim, "MUG", 108);
        (await desk.Atp("MUG")).ShouldBe(108);

        // An order is served from somewhere else a moment after it came: it is no second sale, behind which one that nobody has heard of could hide.
        await shop.Node("OTHER");
        await shop.Stock("MUG", 10, "OTHER");
        await desk.UntilShows(sim, "MUG", 118);
        var moved = sim.Generator.Buy("MUG", 4)!;
        string order2 = await desk.Taken(moved);
        await desk.UntilShows(sim, "MUG", 114);
        await desk.AskLater("north");
        sim.Generator.Buy("MUG", 4);
        string release = (await shop.Post($"/orders/{order2}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        string from = (await shop.Release(release)).Text("node")!;
        await shop.Do(release, "move", new { node = from == "MAIN" ? "OTHER" : "MAIN" });
        await shop.Until(() => Task.FromResult(StockShop.Shows(sim, "MUG") == 110));
        await shop.Stock("MUG", 1);
        await shop.Until(() => Task.FromResult(StockShop.Shows(sim, "MUG") == 111));
        await shop.Stock("MUG", -7);
        await shop.Until(() => Task.FromResult(StockShop.Shows(sim, "MUG") == 104));
        await desk.AskLater("north", later: false);
        await desk.UntilShows(sim, "MUG", 104);
        await shop.Stock("MUG", 4);
        await desk.UntilShows(sim, "MUG", 108);

        // Somebody in the shop set it lower: no order comes of it, and after a while it is known that none will.
        sim.Shop.SetStock(sim.Shop.BySku("MUG")!, sim.Shop.Facts.Locations[0].Id, 50, "hand");
        await shop.Stock("MUG", 2);
        await desk.UntilShows(sim, "MUG", 110);
        // And higher, seen when all is compared.
        sim.Shop.SetStock(sim.Shop.BySku("MUG")!, sim.Shop.Facts.Locations[0].Id, 5_000, "hand");
        await shop.Post("/connections/north/listings/push", new { });
        await desk.UntilShows(sim, "MUG", 110);
        (await shop.Db.ReadAll(work => work.Scalar("select sum(n) from connection_counts where what = 'stockCorrected'"))).ShouldBeGreaterThan(0);
    }

    [Theory, BothDatabases, Capability("IN-04")]
    public async Task Rules_of_listing_channel_node_and_sale_are_told_and_nothing_while_the_connection_rests(DatabaseKind kind)
    {
        await using var desk = await StockShop.Open(kind);
        var shop = desk.Shop;
        await shop.Product("MUG", 100);
        var sim = await desk.Connect("north");
        sim.Shop.List("MUG", "A mug", 1_000, 0);
        sim.Shop.List("LATER", "Not with us yet", 1_000, 7);
        await desk.UntilShows(sim, "MUG", 100);
        await desk.Write("north", "MUG", new { sharePercent = 50, buffer = 20, most = 35 });
        await desk.UntilShows(sim, "MUG", 35);
        await desk.Write("north", "MUG", new { most = (long?)null });
        await desk.UntilShows(sim, "MUG", 40);
        await desk.Write("north", "MUG", new { isStopped = true });
        await desk.UntilShows(sim, "MUG", 0);
        await desk.Write("north", "MUG", new { isStopped = false, sharePercent = 100, buffer = 0 });
        await desk.UntilShows(sim, "MUG", 100);

        await shop.Put("/channels/north", new { name = "north", onShort = "hold", buffer = 10 });
        await desk.UntilShows(sim, "MUG", 90);
        await shop.Put("/inventory/safety", new { items = new[] { new { sku = "MUG", node = "MAIN", safety = 15 } } });
        await desk.UntilShows(sim, "MUG", 75);
        await shop.Post("/products/MUG/stop-sale", new { reason = "Handles break" });
        await desk.UntilShows(sim, "MUG", 0);
        await shop.Post("/products/MUG/resume-sale", new { });
        await desk.UntilShows(sim, "MUG", 75);

        // A reservation of a cart, and its end.
        string cart = (await shop.Post("/inventory/reservations", new { owner = "cart", ttlSeconds = 3600, items = new[] { new { sku = "MUG", quantity = 5 } } })).Text("id")!;
        await desk.UntilShows(sim, "MUG", 70);
        await desk.Pause("north");
        await shop.Post($"/inventory/reservations/{cart}/release", new { });
        await shop.Stock("MUG", 30);
        StockShop.Shows(sim, "MUG").ShouldBe(70);
        await desk.Pause("north", pauses: false);
        await desk.UntilShows(sim, "MUG", 105);

        // A product that comes to be is found by the listing that waited for it; one that goes is told nothing more.
        (await desk.Listing("north", "LATER")).Text("state").ShouldBe("unmatched");
        StockShop.Shows(sim, "LATER").ShouldBe(7);
        await shop.Product("later", 12);
        await desk.UntilShows(sim, "LATER", 2);
        sim.Shop.ChangeListing("LATER", l => l.IsDeleted = true);
        await shop.Post("/connections/north/listings/refresh", new { });
        await shop.Until(async () => (await desk.Listings("north", "&state=gone")).Count == 1);
        var calls = sim.Calls.Count(c => IsBatch(c));
        await shop.Stock("later", 5);
        await shop.Stock("MUG", 1);
        await desk.UntilShows(sim, "MUG", 106);
        sim.Calls.Where(IsBatch).Skip(calls).ShouldAllBe(c => !c.Body.Contains("\"stock_quantity\":7", StringComparison.Ordinal));
    }

    private static bool IsBatch(SimCall call) => call.Method == "POST" && call.Path.EndsWith("/batch", StringComparison.Ordinal);

    [Theory, BothDatabases, Capability("IN-04", "CH-01")]
    public async Task Listings_are_matched_by_sku_barcode_or_hand_and_bad_wishes_say_what_is_wrong(DatabaseKind kind)
    {
        await using var desk = await StockShop.Open(kind);
        var shop = desk.Shop;
        await shop.Post("/products", new { sku = "TEA-1", name = "Earl Grey tea", kind = "goods", barcodes = new[] { new { barcode = "4006381333931" } } });
        await shop.Post("/products", new { sku = "TEA-CASE", name = "Green tea", kind = "goods", barcodes = new[] { new { barcode = "036000291452", packQuantity = 6 } } });
        await shop.Post("/products", new { sku = "POT", name = "Tea pot of clay", kind = "goods" });
        var sim = await desk.Connect("north");
        sim.Shop.List(" tea-1 ", "Anything", 1_000, 0);
        sim.Shop.List("THEIRS", "Case of tea", 1_000, 0, barcode: "0036000291452");
        sim.Shop.List("P-1", "Clay tea pot", 1_000, 0);
        await desk.Listing("north", "P-1");
        await shop.Until(async () => (await desk.Listings("north", "&state=matched")).Count == 2);
        var all = await desk.Listings("north");
        all.Single(l => l.Text("title") == "Anything").Text("matched").ShouldBe("sku");
        var byCode = all.Single(l => l.Text("listedSku") == "THEIRS");
        (byCode.Text("matched"), byCode.Text("sku"), byCode.Long("unitsEach")).ShouldBe(("barcode", "TEA-CASE", 6L));
        string open = all.Single(l => l.Text("listedSku") == "P-1").Text("id")!;
        (await shop.Get($"/connections/north/listings/{open}")).GetProperty("suggestions")[0].Text("sku").ShouldBe("POT");
        (await desk.Listings("north", "&state=unmatched&q=clay")).Count.ShouldBe(1);

        var refused = await shop.Refused(HttpMethod.Post, "/connections/north/listings/match", new { matches = new[] { new { listing = open, sku = "POT" }, new { listing = "nothing", sku = "NOPE" } } }, 400, "request.invalid");
        refused.GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer")).ShouldBe(["/matches/1/listing", "/matches/1/sku"], ignoreOrder: true);
        (await shop.Post("/connections/north/listings/match", new { matches = new[] { new { listing = open, sku = "POT" } } })).Long("matched").ShouldBe(1);
        (await desk.Listing("north", "P-1")).Text("matched").ShouldBe("hand");
        await desk.Write("north", "P-1", new { isIgnored = true });
        (await desk.Listing("north", "P-1")).Text("state").ShouldBe("ignored");
        await desk.Write("north", "P-1", new { isIgnored = false });
        (await desk.Listing("north", "P-1")).Text("state").ShouldBe("unmatched");
        await shop.Refused(HttpMethod.Patch, $"/connections/north/listings/{open}", new { unitsEach = 0 }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Patch, $"/connections/north/listings/{open}", new { colour = "red" }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Patch, $"/connections/north/listings/{open}", new { sku = "NOPE" }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Patch, "/connections/north/listings/nothing", new { buffer = 1 }, 404, "connectors.no_such_listing");
        await shop.Refused(HttpMethod.Get, "/connections/none/listings", null, 404, "connectors.no_such_connection");
        // Another SKU at the channel is another product.
        sim.Shop.ChangeListing(" tea-1 ", l => l.Sku = "POT");
        await shop.Post("/connections/north/listings/refresh", new { });
        await shop.Until(async () => (await desk.Listings("north")).Any(l => l.Text("title") == "Anything" && l.Text("sku") == "POT" && l.Text("matched") == "sku"));
    }
}
