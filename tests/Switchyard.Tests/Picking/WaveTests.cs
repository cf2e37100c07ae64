using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Picking;

/// <summary>Waves at a node: planned, given to people, picked stop by stop with a handheld.</summary>
public sealed class WaveTests
{
    [Theory, BothDatabases, Capability("AX-25", "PK-02", "PK-03", "PK-04", "PK-10", "KP-04", "PK-09")]
    public async Task Twenty_orders_go_round_once_on_a_cart_with_a_tote_each(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Shelves();
        var releases = await shop.Work(20);

        var body = new { node = "MAIN", method = "cluster", totes = 20 };
        var preview = await shop.Post("/waves/preview", body);
        (preview.Long("releases"), preview.GetProperty("tours").GetArrayLength(), preview.Long("unplaced")).ShouldBe((20, 1, 0));
        // Four bins in four aisles, at 1, 3, 5 and 7 of 10 m: into the first two and back, up the third and down the fourth.
        preview.Long("walkMm").ShouldBe(2 * (1_000 + 3_000) + 2 * 10_000 + 2 * 3 * 3_000);
        preview.Long("seconds").ShouldBeGreaterThan(0);
        (await shop.Get("/nodes/MAIN/waves")).GetProperty("data").GetArrayLength().ShouldBe(0);

        var wave = await shop.Wave(body);
        string path = "/waves/" + wave.Text("id");
        (wave.Long("tours"), wave.Long("releases"), wave.Long("tasks"), wave.Text("state")).ShouldBe((1, 20, 40, "released"));
        await shop.Refused(HttpMethod.Post, "/waves", body, 409, "picking.nothing_to_pick");
        await shop.Refused(HttpMethod.Post, path + "/release", new { }, 409, "picking.cannot_move");

        var list = (await shop.Get(path + "/pick-list")).GetProperty("tours")[0].GetProperty("tasks");
        list.EnumerateArray().Select(t => t.Text("bin")).Distinct().Count().ShouldBe(4);
        list.EnumerateArray().Select(t => t.Text("bin")).Zip(list.EnumerateArray().Skip(1).Select(t => t.Text("bin"))).Count(p => p.First != p.Second).ShouldBe(3);  // no bin twice
        list.EnumerateArray().Select(t => (t.Text("fulfilment"), t.Long("toteNo"))).Distinct().Count().ShouldBe(20);

        var (http, name) = await shop.Picker("Ann");
        await shop.Put("/nodes/MAIN/operatives", new { operatives = new[] { new { actor = name, name = "Ann" } } });
        for (int i = 0; i < 40; i++)
        {
            var stop = await Pickers.Next(http);
            // The paper says what the screen says.
            stop.Text("id").ShouldBe(list[i].Text("id"));
            (stop.Long("stop"), stop.Long("stops"), stop.Text("number")).ShouldBe((i + 1, 40, list[i].Text("number")));
            if (i == 0)
            {
                string other = stop.Text("sku") == "A" ? "B" : "A";
                var wrong = await Pickers.Say(http, new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "pick", bin = stop.Text("bin"), item = Pickers.Barcode(other), tote = "T" });
                (wrong.Text("outcome"), wrong.Text("code")).ShouldBe(("refused", "picking.wrong_item"));
                (await Pickers.Next(http)).Text("id").ShouldBe(stop.Text("id"));
                foreach (var (change, code) in new (object, string)[]
                {
                    (new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "pick", bin = "BIN-X", item = Pickers.Barcode(stop.Text("sku")!), tote = "T" }, "picking.wrong_bin"),
                    (new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "pick", tote = "T" }, "picking.scan_item"),
                    (new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "pick", item = "12345670", tote = "T" }, "picking.unknown_item"),
                    (new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "pick", item = Pickers.Barcode(stop.Text("sku")!) }, "picking.scan_tote"),
                    (new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "pick", item = Pickers.Barcode(stop.Text("sku")!), tote = "T", quantity = 99 }, "picking.not_that_many"),
                }) (await Pickers.Say(http, change)).Text("code").ShouldBe(code);
            }
            shop.Clock!.Advance(TimeSpan.FromSeconds(i == 20 ? 600 : 30));
            var id = Guid.CreateVersion7();
            var answer = await Pickers.Say(http, Pickers.Right(stop, id));
            (answer.Text("outcome"), answer.Long("left")).ShouldBe(("ok", 0), answer.ToString());
            var again = await Pickers.Say(http, Pickers.Right(stop, id));
            (again.Text("outcome"), again.GetProperty("isRepeat").GetBoolean()).ShouldBe(("ok", true));
        }
        (await Pickers.Next(http)).ValueKind.ShouldBe(JsonValueKind.Null);
        (await shop.Get(path)).Text("state").ShouldBe("done");
        foreach (string release in releases) (await shop.Release(release)).Text("state").ShouldBe("picked");

        // 40 lines; 38 gaps of 30 s and two scans at one instant, of the long one 300 s are work. Two scans of six were of a wrong item.
        var figures = (await shop.Get("/nodes/MAIN/pick-figures")).GetProperty("operatives")[0];
        (figures.Text("name"), figures.Long("lines"), figures.Long("misPicks"), figures.Long("workSeconds"), figures.Long("idleSeconds")).ShouldBe(("Ann", 40, 2, 39 * 30 + 300, 300));
        figures.GetProperty("linesPerHour").GetDouble().ShouldBe(Math.Round(40 * 3600.0 / 1470, 2));
        figures.GetProperty("misPickRate").GetDouble().ShouldBe(0.05);
        // What the finished tours of the wave walk together, as it was planned.
        figures.Long("walkMetres").ShouldBe(((await shop.Get(path)).Long("walkMm") + 500) / 1000);
        await shop.BooksAreRight();
        await shop.OnlyGrows("pick_scans");
    }

    [Theory, BothDatabases, Capability("PK-01", "RT-10")]
    public async Task Each_picker_gets_a_walk_none_twice_and_what_is_urgent_goes_first(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Shelves();
        await shop.Work(9);
        var people = new List<(HttpClient Http, string Name)>();
        foreach (string name in new[] { "Ann", "Ben", "Cat" }) people.Add(await shop.Picker(name));
        await shop.Put("/nodes/MAIN/operatives", new { operatives = people.Select((p, i) => new { actor = p.Name, name = "P" + i, zones = i == 0 ? ["NORTH"] : Array.Empty<string>() }) });

        var wave = await shop.Wave(new { node = "MAIN", method = "batch", totes = 20, tours = 3 });
        var tours = (await shop.Get($"/waves/{wave.Text("id")}/pick-list")).GetProperty("tours").EnumerateArray().ToList();
        tours.Select(t => t.Text("operative")).Order().ShouldBe(people.Select(p => p.Name).Order());

        // An urgent order comes in: whoever is given it walks for it before the walk that was theirs already.
        await shop.Work(1);
        var urgent = await shop.Wave(new { node = "MAIN", priority = 9 });
        string? given = (await shop.Get($"/waves/{urgent.Text("id")}/pick-list")).GetProperty("tours")[0].Text("operative");
        var (swift, other) = (people.Single(p => p.Name == given), people.First(p => p.Name != given));
        (await Pickers.Next(swift.Http)).Text("wave").ShouldBe(urgent.Text("id"));

        var first = await Pickers.Next(other.Http);
        first.Text("tour").ShouldBe(tours.Single(t => t.Text("operative") == other.Name).Text("id"));
        (await Pickers.Next(other.Http)).Text("id").ShouldBe(first.Text("id"));
        (await Pickers.Say(swift.Http, Pickers.Right(first))).Text("code").ShouldBe("picking.not_yours");

        var picked = await Task.WhenAll(people.Select(p => Pickers.PickAll(p.Http)));
        picked.SelectMany(p => p).ShouldBeUnique();
        picked.Sum(p => p.Count).ShouldBe((int)(wave.Long("tasks") + urgent.Long("tasks")));
        (await shop.Get($"/waves/{wave.Text("id")}")).Text("state").ShouldBe("done");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("P11")]
    public async Task What_the_world_made_impossible_is_kept_for_a_person_and_the_rest_goes_on(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Shelves(units: 6);
        var (order, _) = await shop.Released(("A", 1));
        await shop.Released(("B", 3));
        await shop.Released(("C", 2));
        await shop.Released(("D", 2));
        var wave = await shop.Wave(new { node = "MAIN", method = "batch", totes = 4 });
        var (http, _) = await shop.Picker("Ann");
        var first = await Pickers.Next(http);
        var tasks = (await shop.Get($"/waves/{wave.Text("id")}/pick-list")).GetProperty("tours")[0].GetProperty("tasks").EnumerateArray().ToDictionary(t => t.Text("sku")!);
        first.Text("id").ShouldBe(tasks["A"].Text("id"));

        // The device had no network while the order was cancelled; its queue is sent afterwards, in order.
        await shop.Post($"/orders/{order}/cancel", new { reason = "test" });
        object[] queue =
        [
            Pickers.Right(tasks["A"]),
            new { id = Guid.CreateVersion7(), task = tasks["B"].Text("id"), kind = "short", quantity = 1 },
            new { id = Guid.CreateVersion7(), task = tasks["C"].Text("id"), kind = "damaged", quantity = 1 },
        ];
        var sent = (await shop.Read(http, queue)).EnumerateArray().ToList();
        sent.Select(a => a.Text("outcome")).ShouldBe(["clash", "ok", "ok"], string.Join('\n', sent));
        (await shop.Read(http, queue)).EnumerateArray().All(a => a.GetProperty("isRepeat").GetBoolean()).ShouldBeTrue();

        var clash = (await shop.Get("/nodes/MAIN/pick-clashes")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        clash.Text("sku").ShouldBe("A");
        (await shop.Post($"/pick-clashes/{clash.Long("id")}/settle", new { })).Text("settledBy").ShouldNotBeNull();
        await shop.Refused(HttpMethod.Post, $"/pick-clashes/{clash.Long("id")}/settle", new { }, 404, "picking.clash_not_found");
        (await shop.Get("/nodes/MAIN/pick-clashes")).GetProperty("data").GetArrayLength().ShouldBe(0);

        // One of three B was there: the books have none any more. Of the C one is damaged, the others are good.
        (await shop.Balance("B")).Long("available").ShouldBeLessThanOrEqualTo(0);
        (await shop.Balance("C")).Long("unavailable").ShouldBe(1);

        var last = await Pickers.Next(http);
        last.Text("sku").ShouldBe("D");
        (await Pickers.Say(http, new { id = Guid.CreateVersion7(), task = last.Text("id"), kind = "skip" })).Text("outcome").ShouldBe("ok");
        (await Pickers.Next(http)).Text("id").ShouldBe(last.Text("id"));
        // A wave that is taken back leaves what is not picked for another.
        await shop.Post($"/waves/{wave.Text("id")}/cancel", new { });
        (await Pickers.Say(http, Pickers.Right(last))).Text("code").ShouldBe("picking.task_ended");
        (await shop.Wave(new { node = "MAIN", method = "zone", only = new { zone = "SOUTH", singleLine = true, priorityAtLeast = 0 } })).Long("releases").ShouldBe(2);
        (await Pickers.PickAll(http)).Count.ShouldBe(2);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("PK-01", "PK-02", "PK-04", "KP-04")]
    public async Task A_device_takes_a_whole_walk_with_its_barcodes_and_who_ends_the_shift_gives_it_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Shelves();
        await shop.Work(3);
        await shop.Put("/products/A", new { name = "Product A", barcodes = new[] { new { barcode = Pickers.Barcode("A"), packQuantity = 1 }, new { barcode = "15012345678907", packQuantity = 6 } } });
        var (ann, annName) = await shop.Picker("Ann");
        (await shop.Say(ann, "/nodes/MAIN/shift", new { isOnShift = true })).Text("operative").ShouldBe(annName);
        await shop.Wave(new { node = "MAIN", method = "cluster", totes = 3 });

        var tour = (await shop.Say(ann, "/nodes/MAIN/next-tour", new { })).GetProperty("tour");
        var stops = tour.GetProperty("stops").EnumerateArray().ToList();
        (stops.Count, tour.Text("method"), tour.GetProperty("hasTotes").GetBoolean()).ShouldBe((6, "cluster", true));
        tour.GetProperty("codes").EnumerateArray().Where(c => c.Text("sku") == "A").Select(c => (c.Text("key"), c.Long("units"))).ShouldBe([("05012345678900", 1L), ("15012345678907", 6L)], ignoreOrder: true);
        (await Pickers.Next(ann)).Text("id").ShouldBe(stops[0].Text("id"), "the same walk");
        (await Pickers.Say(ann, Pickers.Right(stops[0]))).Text("outcome").ShouldBe("ok");
        // A scan the device refused by itself moves nothing and is counted.
        var counted = new { id = Guid.CreateVersion7(), task = stops[1].Text("id"), kind = "misPick", item = "4006381333931" };
        for (int i = 0; i < 2; i++) (await Pickers.Say(ann, counted)).Text("outcome").ShouldBe("ok");
        (await shop.Say(ann, "/nodes/MAIN/next-tour", new { })).GetProperty("tour").GetProperty("stops").EnumerateArray().Select(s => s.Text("state"))
            .ShouldBe(["done", "open", "open", "open", "open", "open"]);
        var figures = (await Shop.Read(await ann.GetAsync("/api/v1/nodes/MAIN/pick-figures/own"), 200)).GetProperty("operatives").EnumerateArray().ShouldHaveSingleItem();
        (figures.Text("operative"), figures.Long("lines"), figures.Long("misPicks")).ShouldBe((annName, 1, 1));

        // Somebody else takes over the cart, with the tote where it stands.
        (await shop.Say(ann, "/nodes/MAIN/shift", new { isOnShift = false })).Long("givenBack").ShouldBe(1);
        (await Pickers.Say(ann, Pickers.Right(stops[1]))).Text("code").ShouldBe("picking.not_yours");
        var (ben, _) = await shop.Picker("Ben");
        var taken = (await shop.Say(ben, "/nodes/MAIN/next-tour", new { })).GetProperty("tour").GetProperty("stops").EnumerateArray().ToList();
        taken.Select(s => s.Text("id")).ShouldBe(stops.Select(s => s.Text("id")));
        taken[0].Text("tote").ShouldBe($"{stops[0].Text("tour")}-{stops[0].Long("toteNo")}", StringCompareShould.IgnoreCase);
        (await Pickers.PickAll(ben)).Count.ShouldBe(5);
        (await shop.Say(ben, "/nodes/MAIN/next-tour", new { })).GetProperty("tour").ValueKind.ShouldBe(JsonValueKind.Null);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("PK-01", "P11")]
    public async Task Six_pickers_on_two_hosts_take_no_task_twice(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await using var second = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;
        await shop.Shelves();
        var releases = await shop.Work(12);
        var waves = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? shop : second ?? shop).Send(HttpMethod.Post, "/waves", new { node = "MAIN", method = i < 2 ? "cluster" : "single", totes = 3, most = 6 })));
        foreach (var made in waves.Where(w => w.IsSuccessStatusCode))
            await shop.Post($"/waves/{(await Shop.Read(made, 201)).Text("id")}/release", new { });
        // What lost the race is planned now.
        var left = await shop.Send(HttpMethod.Post, "/waves", new { node = "MAIN" });
        if (left.IsSuccessStatusCode) await shop.Post($"/waves/{(await Shop.Read(left, 201)).Text("id")}/release", new { });

        var people = new List<HttpClient>();
        for (int i = 0; i < 6; i++)
        {
            string secret = (await shop.Post("/keys", new { name = "P" + i, scopes = new[] { "fulfilment:read", "fulfilment:work" } })).Text("secret")!;
            people.Add((i % 2 == 0 ? shop : second ?? shop).Client(secret));
        }
        var picked = (await Task.WhenAll(people.Select(Pickers.PickAll))).SelectMany(p => p).ToList();
        picked.ShouldBeUnique();
        picked.Count.ShouldBe(24);
        foreach (string release in releases) (await shop.Release(release)).Text("state").ShouldBe("picked");
        (await shop.Get("/nodes/MAIN/waves?state=released")).GetProperty("data").GetArrayLength().ShouldBe(0);
        await shop.BooksAreRight();
    }
}

internal static class Queues
{
    /// <summary>What a device posts, and its answer.</summary>
    public static async Task<JsonElement> Say(this Shop _, HttpClient http, string path, object body) => await Shop.Read(
        await http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path) { Content = System.Net.Http.Json.JsonContent.Create(body) }), 200);

    /// <summary>The answers to commands that are sent together.</summary>
    public static async Task<JsonElement> Read(this Shop _, HttpClient http, object[] commands) => (await Shop.Read(
        await http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/pick-commands") { Content = System.Net.Http.Json.JsonContent.Create(new { commands }) }), 200)).GetProperty("answers");
}
