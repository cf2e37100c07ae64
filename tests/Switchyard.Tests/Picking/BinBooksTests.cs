using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Picking;

/// <summary>Bins, lots and the ledger agree with what pickers take, do not find, put back and send, also when two do it at once.</summary>
public sealed class BinBooksTests
{
    [Theory, BothDatabases, Capability("PK-04", "AX-26", "P9")]
    public async Task A_pick_takes_from_the_bin_it_names_and_what_becomes_of_it_is_in_the_books(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Shelves(units: 20);
        var (http, _) = await shop.Picker("Ann");

        var (_, release) = await shop.Released(("A", 2));
        await shop.Wave(new { node = "MAIN" });
        await Pickers.PickAll(http);
        (await Bins(shop, "A")).ShouldBe("BIN-A=18 PICKED=2");
        (await shop.Balance("A")).Long("onHand").ShouldBe(20, "it is on hand until it leaves");
        var places = (await shop.Get($"/fulfilments/{(await shop.Released(("A", 18))).Release}/places")).GetProperty("lines")[0].GetProperty("places");
        places.EnumerateArray().Select(p => (p.Text("bin"), p.Long("take"))).ShouldBe([("BIN-A", 18)], "what is picked is nobody else's");
        await shop.Do(release, "put-back");
        (await Bins(shop, "A")).ShouldBe("BIN-A=20");
        await shop.Do(release, "start-picking");
        await shop.Do(release, "pick", new { taken = new[] { new { line = 1, bin = "bin-a", quantity = 2 } } });
        (await Bins(shop, "A")).ShouldBe("BIN-A=18 PICKED=2");
        await shop.Run(release, "pack", "ship");
        (await Bins(shop, "A")).ShouldBe("BIN-A=18");

        // Cancelled when it is picked: somebody puts it back where it was.
        var (order, taken) = await shop.Released(("B", 3));
        await shop.Wave(new { node = "MAIN", fulfilments = new[] { taken } });
        await Pickers.PickAll(http);
        (await Bins(shop, "B")).ShouldBe("BIN-B=17 PICKED=3");
        await shop.Post($"/orders/{order}/cancel", new { reason = "test" });
        await shop.Do(taken, "put-back", new { lines = new[] { new { line = 1, quantity = 1 } } });
        (await Bins(shop, "B")).ShouldBe("BIN-B=18 PICKED=2");
        await shop.Do(taken, "put-back");
        ((await shop.Order(order)).Text("state"), await Bins(shop, "B")).ShouldBe(("cancelled", "BIN-B=20"));

        // One was there: the others are missing until somebody counts.
        var (_, low) = await shop.Released(("C", 4));
        await shop.Wave(new { node = "MAIN", fulfilments = new[] { low } });
        var stop = await Pickers.Next(http);
        (await Pickers.Say(http, new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "short", bin = stop.Text("bin"), quantity = 1 })).Text("outcome").ShouldBe("ok");
        (await Bins(shop, "C")).ShouldBe("MISSING=19 PICKED=1");

        // It left, and we are told only afterwards.
        var (_, gone) = await shop.Released(("D", 3));
        await shop.Wave(new { node = "MAIN", fulfilments = new[] { gone } });
        await Pickers.PickAll(http);
        await shop.Post($"/fulfilments/{gone}/facts", new { kind = "shipped" });
        (await Bins(shop, "D")).ShouldBe("BIN-D=17");
        await shop.BooksAreRight();

        // The check finds what nobody noted.
        await shop.Db.WriteAll(work => work.Execute("update fulfilment_lots set held = 1, shipped = 0, quantity = 1 where fulfilment_id = @id", ("id", Switchyard.Kernel.FulfilmentId.Parse(gone, null).Value)));
        (await FulfilmentBooks.Picked.Run(shop.Db)).Faults.ShouldBeEmpty("it has left");
        await shop.Db.WriteAll(work => work.Execute("update bin_stock set quantity = 5 where bin_id = (select id from bins where code = 'PICKED') and sku_id = (select id from products where sku = 'D')"));
        (await FulfilmentBooks.Picked.Run(shop.Db)).Faults.Single().ShouldContain("the books have 5 picked there, notes say 1");
    }

    [Theory, BothDatabases, Capability("PK-04", "AX-26", "P9")]
    public async Task Nobody_is_sent_to_what_is_unplaced_or_missing_and_only_a_count_makes_what_was_missing_goods_to_put_away(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Shelves(units: 20);
        await shop.Post("/inventory/adjustments", new { items = new[] { new { sku = "A", node = "MAIN", delta = 10, reason = "came" } } });
        (await Bins(shop, "A")).ShouldBe("BIN-A=20 UNPLACED=10");
        (await Putaway(shop, "MAIN")).ShouldBe(["A UNPLACED 10"]);
        var (http, _) = await shop.Picker("Ann");
        var (_, release) = await shop.Released(("A", 2));
        (await shop.Get($"/fulfilments/{release}/places")).GetProperty("lines")[0].GetProperty("places").EnumerateArray().Select(p => p.Text("bin")).ShouldBe(["BIN-A"]);
        (await shop.Post("/waves/preview", new { node = "MAIN" })).Long("unplaced").ShouldBe(0);
        await shop.Wave(new { node = "MAIN", fulfilments = new[] { release } });
        var stop = await Pickers.Next(http);
        stop.Text("bin").ShouldBe("BIN-A", "goods that stand in a bin are picked from there");
        (await Pickers.Say(http, new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "short", bin = "BIN-A", quantity = 0 })).Text("outcome").ShouldBe("ok");
        // One id is one command: sent again with something else in it, it is the device's fault and nothing is done.
        var once = Guid.CreateVersion7();
        foreach (var (bin, status) in new[] { ("BIN-A", 200), ("BIN-A", 200), ("BIN-B", 422) })
        {
            using var said = await http.PostAsync("/api/v1/pick-commands", System.Net.Http.Json.JsonContent.Create(new { commands = new[] { new { id = once, task = stop.Text("id"), kind = "misPick", bin } } }));
            ((int)said.StatusCode).ShouldBe(status);
            if (status == 422) JsonDocument.Parse(await said.Content.ReadAsStringAsync()).RootElement.GetProperty("errors")[0].Text("pointer").ShouldBe("/commands/0/id");
        }

        // The bin is empty: what is missing is no work for whoever puts away, what is unplaced is nowhere to walk to.
        (await Bins(shop, "A")).ShouldBe("MISSING=20 UNPLACED=10");
        (await Putaway(shop, "MAIN")).ShouldBe(["A UNPLACED 10"]);
        await shop.Refused(HttpMethod.Post, "/inventory/bin-moves", new { node = "MAIN", items = new[] { new { sku = "A", from = "UNPLACED", to = "MISSING", quantity = 1 } } }, 400, "request.invalid");
        (await shop.Balance("A")).Long("available").ShouldBe(8, "what is missing is not sold, and two are promised to the order anew");
        var (_, other) = await shop.Released(("A", 3));
        var looked = await shop.Post("/waves/preview", new { node = "MAIN", fulfilments = new[] { other } });
        (looked.Long("unplaced"), looked.GetProperty("tours")[0].GetProperty("bins").GetArrayLength()).ShouldBe((3, 0));

        // Thirteen are on the shelf: three of the missing are found, the others are written off.
        var count = (await shop.Get("/counts")).GetProperty("data").EnumerateArray().Single();
        await shop.Post($"/counts/{count.Long("id")}/result", new { quantity = 13 });
        (await Bins(shop, "A")).ShouldBe("UNPLACED=13");
        (await Putaway(shop, "MAIN")).ShouldBe(["A UNPLACED 13"]);
        await shop.BooksAreRight();

        // A back room without bins: there is nowhere to put anything away to.
        await shop.Node("ROOM", "store");
        await shop.Post("/inventory/adjustments", new { items = new[] { new { sku = "A", node = "ROOM", delta = 4, reason = "came" } } });
        (await Putaway(shop, "ROOM")).ShouldBeEmpty();
        (await shop.Get("/nodes/ROOM/dock-work")).Long("putaway").ShouldBe(0);
    }

    private static async Task<string[]> Putaway(Shop shop, string node) =>
        [.. (await shop.Get($"/nodes/{node}/putaway")).GetProperty("data").EnumerateArray().Select(i => $"{i.Text("sku")} {i.Text("from")} {i.Long("quantity")}")];

    [Theory, BothDatabases, Capability("PK-01", "P3")]
    public async Task Two_pickers_at_one_bin_take_no_more_from_it_than_it_holds(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Shelves(units: 5);
        await shop.Put("/inventory/bins", new { items = new[] { new { node = "MAIN", bin = "BIN-Z", sku = "A", quantity = 5 } } });
        var releases = new List<string>();
        for (int i = 0; i < 8; i++) releases.Add((await shop.Released(("A", 1))).Release);
        foreach (string release in releases) await shop.Do(release, "start-picking");

        // All say the same bin: eight hands held one each, whatever the books thought was there.
        var picks = await Task.WhenAll(releases.Select(r => shop.Send(HttpMethod.Post, $"/fulfilments/{r}/pick", new { taken = new[] { new { line = 1, bin = "BIN-A", quantity = 1 } } })));
        picks.ShouldAllBe(p => p.IsSuccessStatusCode);
        (await Bins(shop, "A")).ShouldBe("BIN-Z=5 PICKED=5");
        (await shop.Troubles("count_wanted")).ShouldHaveSingleItem();
        await shop.BooksAreRight();
        await Task.WhenAll(releases.Select(async r => await shop.Run(r, "pack", "ship")));
        (await shop.Balance("A")).Long("onHand").ShouldBe(2);
        (await Bins(shop, "A")).ShouldBe("BIN-Z=2");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-26", "AX-27", "P9")]
    public async Task The_first_to_expire_goes_first_and_a_lot_that_is_out_of_sale_never(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Milk(shop);
        var (http, _) = await shop.Picker("Ann");
        (await shop.Troubles("lot_on_shelf")).ShouldHaveSingleItem().Text("detail")!.ShouldContain("lot OLD");

        var (_, release) = await shop.Released(("A", 6));
        var wave = await shop.Wave(new { node = "MAIN" });
        var list = (await shop.Get($"/waves/{wave.Text("id")}/pick-list")).GetProperty("tours")[0].GetProperty("tasks").EnumerateArray().ToList();
        list.Select(t => (t.Text("lot"), t.Text("bin"), t.Long("quantity"))).OrderBy(t => t.Item1).ShouldBe([("LATE", "BIN-2", 2L), ("SOON", "BIN-3", 4L)]);
        var stop = list.Single(t => t.Text("lot") == "SOON");
        (await Pickers.Next(http)).ValueKind.ShouldBe(JsonValueKind.Object);
        object Say(JsonElement s, string lot, string bin) => new { id = Guid.CreateVersion7(), task = s.Text("id"), kind = "pick", bin, item = "A", lot, quantity = s.Long("quantity") };
        (await Pickers.Say(http, Say(stop, "LATE", "BIN-3"))).Text("code").ShouldBe("picking.wrong_lot");

        // Recalled after the walk was planned: the same stop sends the picker elsewhere.
        (await shop.Post("/inventory/lots/recall", new { sku = "A", lot = "SOON", reason = "Glass" })).GetProperty("orders").GetArrayLength().ShouldBe(0);
        (await Pickers.Say(http, Say(stop, "SOON", "BIN-3"))).Text("code").ShouldBe("picking.lot_blocked");
        (await shop.Get("/nodes/MAIN/pick-clashes")).GetProperty("data").GetArrayLength().ShouldBe(0, "nobody need look at it");
        await Pickers.PickAll(http);
        (await shop.Release(release)).Text("state").ShouldBe("picked");
        (await Bins(shop, "A")).ShouldBe("BIN-1/OLD=3 BIN-2/LATE=4 BIN-3/SOON=4 PICKED/LATE=6");

        // Recalled when it is picked: the order is named, and it does not leave until somebody has decided.
        var holders = (await shop.Post("/inventory/lots/recall", new { sku = "A", lot = "LATE", reason = "Glass" })).GetProperty("orders");
        holders.EnumerateArray().ShouldHaveSingleItem().Text("fulfilment").ShouldBe(release);
        await shop.Do(release, "pack");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/ship", new { }, 409, "fulfilment.lot_blocked");
        await shop.Post("/inventory/lots/release", new { sku = "A", lot = "LATE", reason = "It was another" });
        await shop.Do(release, "ship");
        (await Bins(shop, "A")).ShouldBe("BIN-1/OLD=3 BIN-2/LATE=4 BIN-3/SOON=4");
        await shop.BooksAreRight();

        // Taken to quarantine it lies on no shelf any more.
        await shop.Post("/inventory/bin-moves", new { node = "MAIN", items = new[] { new { sku = "A", lot = "SOON", from = "BIN-3", to = "QUA", quantity = 4 } } });
        (await shop.Troubles("lot_on_shelf")).ShouldHaveSingleItem().Text("detail")!.ShouldContain("lot OLD");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-27", "P3")]
    public async Task A_recall_finds_what_is_picked_at_that_moment_or_the_pick_is_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Milk(shop);
        for (int round = 0; round < 4; round++)
        {
            var (_, release) = await shop.Released(("A", 1));
            await shop.Do(release, "start-picking");
            var pick = shop.Send(HttpMethod.Post, $"/fulfilments/{release}/pick", new { taken = new[] { new { line = 1, bin = "BIN-2", lot = "LATE" } } });
            var recall = shop.Post("/inventory/lots/recall", new { sku = "A", lot = "LATE", reason = "Glass" });
            await Task.WhenAll(pick, recall);
            bool isPicked = (await pick).IsSuccessStatusCode;
            bool isKnown = (await recall).GetProperty("orders").EnumerateArray().Any(o => o.Text("fulfilment") == release);
            isKnown.ShouldBe(isPicked, "whatever came first");
            await shop.BooksAreRight();
            await shop.Post("/inventory/lots/release", new { sku = "A", lot = "LATE", reason = "again" });
        }
    }

    [Theory, BothDatabases, Capability("PK-01", "P3")]
    public async Task Whatever_people_do_at_once_bins_and_balance_agree(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Shelves(units: 40);
        var random = new Random(7);
        var open = new List<(string Order, string Release)>();
        for (int i = 0; i < 8; i++) open.Add(await shop.Released((Pickers.Skus[i % 2], 1 + i % 3)));
        for (int round = 0; round < 6; round++)
        {
            var deeds = Enumerable.Range(0, 6).Select(_ =>
            {
                var (order, release) = open[random.Next(open.Count)];
                string sku = Pickers.Skus[random.Next(2)];
                return (Kind: random.Next(8), order, release, sku);
            }).ToList();
            await Task.WhenAll(deeds.Select(d => d.Kind switch
            {
                0 or 1 => shop.Send(HttpMethod.Post, $"/fulfilments/{d.release}/start-picking", new { }),
                2 or 3 => shop.Send(HttpMethod.Post, $"/fulfilments/{d.release}/pick", new { lines = new[] { new { line = 1, quantity = 1 } }, taken = new[] { new { line = 1, bin = "BIN-" + d.sku, quantity = 1 } } }),
                4 => shop.Send(HttpMethod.Post, $"/fulfilments/{d.release}/put-back", new { }),
                5 => shop.Send(HttpMethod.Post, $"/orders/{d.order}/cancel", new { reason = "test" }),
                6 => shop.Send(HttpMethod.Post, "/inventory/bin-moves", new { node = "MAIN", items = new[] { new { d.sku, from = "BIN-" + d.sku, to = "BIN-D", quantity = 2 } } }),
                _ => shop.Send(HttpMethod.Post, $"/fulfilments/{d.release}/short-pick", new { line = 1, found = 0, missing = 1, bin = "BIN-" + d.sku }),
            }));
            await shop.BooksAreRight();
        }
    }

    /// <summary>A in lots: OLD is over, LATE keeps long and lies first on the walk, SOON is to go first.</summary>
    private static async Task Milk(Shop shop)
    {
        await shop.Shelves(units: 0);
        await shop.Put("/nodes/MAIN/bins", new { items = new object[] { new { code = "BIN-1", walkOrder = 1 }, new { code = "BIN-2", walkOrder = 2 }, new { code = "BIN-3", walkOrder = 3 }, new { code = "QUA", walkOrder = 9, kind = "quarantine" } } });
        await shop.Put("/inventory/tracking", new { items = new[] { new { sku = "A", tracks = "lot", needsExpiry = true } } });
        string delivery = (await shop.Post("/deliveries", new { node = "MAIN" })).Text("id")!;
        string Day(int days) => DateTime.UtcNow.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await shop.Post($"/deliveries/{delivery}/receipts", new
        {
            items = new object[]
            {
                new { sku = "A", lot = "OLD", expiry = Day(-3), bin = "BIN-1", quantity = 3 }, new { sku = "A", lot = "LATE", expiry = Day(90), bin = "BIN-2", quantity = 10 }, new { sku = "A", lot = "SOON", expiry = Day(9), bin = "BIN-3", quantity = 4 },
            },
        });
        await shop.Until(async () => (await shop.Get("/inventory/lots?state=expired")).GetProperty("data").GetArrayLength() == 1);
    }

    /// <summary>What lies where: <c>bin/lot=units</c>.</summary>
    private static async Task<string> Bins(Shop shop, string sku) => string.Join(' ', await shop.Db.ReadAll(work => work.Query(
        "select x.code, s.lot, s.quantity from bin_stock s join bins x on x.id = s.bin_id join products p on p.id = s.sku_id where p.sku = @sku and s.quantity > 0 order by x.code, s.lot",
        row => (Bin: row.Text(), Lot: row.Text(), Units: row.Long()) is var b && b.Lot.Length == 0 ? $"{b.Bin}={b.Units}" : $"{b.Bin}/{b.Lot}={b.Units}", ("sku", sku))));
}
