using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Picking;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Picking;

/// <summary>Pick faces: how full they are kept, who fills them from where, and that books and bins agree whatever is found.</summary>
public sealed class RefillTests
{
    [Theory, BothDatabases, Capability("AX-26", "AX-27", "PK-01", "P9")]
    public async Task A_face_below_its_minimum_is_filled_by_scans_from_the_lot_that_goes_first(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Reserve(shop);
        var refused = await shop.Refused(HttpMethod.Put, "/nodes/MAIN/faces", new { items = new object[] { new { sku = "A", bin = "R-1", min = 5, max = 20 }, new { sku = "NONE", bin = "BIN-A", min = 5, max = 4 } } }, 400, "request.invalid");
        refused.Items("errors").Select(e => $"{e.TextOf("pointer")} {e.TextOf("code")}").ShouldBe(["/items/1/max field.out_of_range"]);
        refused = await shop.Refused(HttpMethod.Put, "/nodes/MAIN/faces", new { items = new object[] { new { sku = "A", bin = "R-1", min = 5, max = 20 }, new { sku = "NONE", bin = "BIN-A", min = 5, max = 41 } } }, 400, "request.invalid");
        refused.Items("errors").Select(e => $"{e.TextOf("pointer")} {e.TextOf("code")}").ShouldBe(["/items/0/bin picking.not_a_pick_bin", "/items/1/sku inventory.unknown_sku", "/items/1/max picking.over_capacity"], ignoreOrder: true);
        (await shop.Put("/nodes/MAIN/faces", new { items = new[] { new { sku = "A", bin = "BIN-A", min = 10, max = 30 } } })).Long("written").ShouldBe(1);
        (await shop.Put("/nodes/MAIN/faces", new { items = new[] { new { sku = "A", bin = "BIN-A", min = 10, max = 30 } } })).Long("unchanged").ShouldBe(1);

        // OLD is over and GLASS is recalled; SOON goes before LATE, in cases of six; the bin takes 40.
        var need = (await shop.Get("/nodes/MAIN/refills")).Items("needs").Single();
        (need.Text("reason"), need.Long("units"), need.GetProperty("isUrgent").GetBoolean(), need.Long("lacking")).ShouldBe(("minimum", 4, false, 0));
        Sources(need).ShouldBe("R-2/SOON=8:planned R-1/LATE=18:planned");
        var (ann, annName) = await shop.Picker("Ann");
        var (ben, _) = await shop.Picker("Ben");
        await shop.Put("/nodes/MAIN/operatives", new { operatives = new[] { new { actor = annName, name = "Ann" } } });
        await shop.Refused(HttpMethod.Post, "/nodes/MAIN/refills", new { operative = "key:nobody" }, 400, "request.invalid");
        Sources((await shop.Post("/nodes/MAIN/refills", new { operative = annName })).Items("needs").Single()).ShouldBe("R-2/SOON=8:open R-1/LATE=18:open");
        (await Next(ben)).ValueKind.ShouldBe(JsonValueKind.Null, "it is Ann's");

        var task = await Next(ann);
        (task.Text("from"), task.Text("lot"), task.Long("quantity"), task.Long("there"), task.Text("to")).ShouldBe(("R-2", "SOON", 8, 8, "BIN-A"));
        (await Next(ann)).Text("id").ShouldBe(task.Text("id"), "it is the same as long as it lasts");
        string path = $"/refills/{task.Text("id")}/done", item = Pickers.Barcode("A");
        object Say(Guid id, string from = "R-2", string? item = "A", string to = "BIN-A", string? lot = null, long? found = null) => new { id, from, item, to, lot, found };
        foreach (var (wrong, code) in new (object, string)[] { (Say(Guid.NewGuid(), from: "R-1"), "picking.wrong_bin"), (Say(Guid.NewGuid(), item: Pickers.Barcode("B")), "picking.wrong_item"), (Say(Guid.NewGuid(), item: "4006381333948"), "picking.unknown_item"),
                     (Say(Guid.NewGuid(), item: null), "picking.scan_item"), (Say(Guid.NewGuid(), lot: "LATE"), "picking.wrong_lot"), (Say(Guid.NewGuid(), to: "BIN-B"), "picking.wrong_face"), (Say(Guid.NewGuid(), found: 8), "picking.not_that_many") })
            (await Told(ann, path, wrong)).Text("code").ShouldBe(code);
        (await Told(ben, path, Say(Guid.NewGuid()))).Text("code").ShouldBe("picking.refill_not_yours");
        var command = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Told(ann, path, Say(command, item: item)), Told(ann, path, Say(command, item: item)));
        answers.Select(a => (a.Text("state"), a.Long("brought"))).ShouldBe([("done", 8), ("done", 8)]);
        answers.Count(a => a.GetProperty("isRepeat").GetBoolean()).ShouldBe(1, "sent twice, done once");
        (await Told(ann, path, Say(Guid.NewGuid()))).Text("code").ShouldBe("picking.refill_ended");
        (await Bins(shop, "A")).ShouldBe("BIN-A/LATE=4 BIN-A/SOON=8 R-1/LATE=20 R-3/OLD=9 R-4/GLASS=7");

        // Twelve are there now: nothing is needed any more. Asked for by hand it is filled all the same, and that can be called off.
        (await shop.Get("/nodes/MAIN/refills")).Items("needs").ShouldBeEmpty();
        (await Next(ann)).ValueKind.ShouldBe(JsonValueKind.Null, "the need is gone, and the task with it");
        await shop.Refused(HttpMethod.Post, "/nodes/MAIN/refills", new { skus = new[] { "B" } }, 400, "request.invalid");
        var topUp = (await shop.Post("/nodes/MAIN/refills", new { skus = new[] { "A" } })).Items("needs").Single();
        (topUp.Text("reason"), Sources(topUp)).ShouldBe(("topUp", "R-1/LATE=18:open"));
        string id = topUp.GetProperty("sources")[0].Text("id")!;
        await shop.Post($"/refills/{id}/cancel", new { });
        (await shop.Get("/nodes/MAIN/refills")).Items("needs").ShouldBeEmpty();

        // Five were there: the bin is set to that, a count is asked for, and what the count settles is not sold until then.
        id = (await shop.Post("/nodes/MAIN/refills", new { skus = new[] { "A" } })).Items("needs").Single().GetProperty("sources")[0].Text("id")!;
        (await shop.Post($"/refills/{id}/give", new { operative = annName })).Text("operative").ShouldBe(annName);
        (await Next(ann)).Text("id").ShouldBe(id);
        var shortened = await Told(ann, $"/refills/{id}/done", Say(Guid.NewGuid(), from: "R-1", found: 5));
        (shortened.Text("state"), shortened.Long("brought"), shortened.Long("missing")).ShouldBe(("short", 5, 15));
        (await Bins(shop, "A")).ShouldBe("BIN-A/LATE=9 BIN-A/SOON=8 MISSING/LATE=15 R-3/OLD=9 R-4/GLASS=7");
        (await shop.Troubles("count_wanted")).ShouldHaveSingleItem();
        (await shop.Balance("A")).Long("available").ShouldBe(17);
        await shop.BooksAreRight();
        await shop.Db.WriteAll(work => work.Execute("update refill_tasks set moved = 4 where state = 'short'"));
        (await RefillBooks.Tasks.Run(shop.Db)).Faults.Single().ShouldContain("tasks say 4 units were brought, moves 5");
    }

    [Theory, BothDatabases, Capability("PK-01", "P3", "P9")]
    public async Task People_who_ask_at_once_are_given_each_task_once_and_nothing_is_brought_twice(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Shelves(units: 1);
        await shop.Put("/nodes/MAIN/bins", new { items = Enumerable.Range(0, 8).Select(i => new { code = $"R-{i}", kind = "reserve", walkOrder = 100 + i }) });
        await shop.Put("/inventory/bins", new { items = Enumerable.Range(0, 8).Select(i => new { node = "MAIN", bin = $"R-{i}", sku = Pickers.Skus[i % 4], quantity = 10 }) });
        await shop.Put("/nodes/MAIN/faces", new { items = Pickers.Skus.Select(sku => new { sku, bin = "BIN-" + sku, min = 5, max = 21 }) });
        var people = new List<HttpClient>();
        for (int i = 0; i < 5; i++) people.Add((await shop.Picker("P" + i)).Http);
        var done = await Task.WhenAll(people.Select(async http =>
        {
            var mine = new List<string>();
            while (await Next(http) is { ValueKind: JsonValueKind.Object } task)
            {
                mine.Add(task.Text("id")!);
                object say = new { id = Guid.CreateVersion7(), from = task.Text("from"), item = task.Text("sku"), to = task.Text("to") };
                var told = await Task.WhenAll(Told(http, $"/refills/{task.Text("id")}/done", say), Told(http, $"/refills/{task.Text("id")}/done", say));
                told.ShouldAllBe(t => t.Text("state") == "done" && t.Long("brought") == 10);
            }
            return mine;
        }));
        var all = done.SelectMany(d => d).ToList();
        all.Count.ShouldBe(all.Distinct().Count());
        // One bin of each reaches the minimum; the second goes with it where it was taken before the first was done.
        foreach (string sku in Pickers.Skus)
            (await shop.Db.ReadAll(work => work.Scalar("select sum(s.quantity) from bin_stock s join bins x on x.id = s.bin_id where x.code = @bin", ("bin", "BIN-" + sku)))).ShouldBeOneOf(11, 21);
        await shop.BooksAreRight();
        (await RefillBooks.Tasks.Run(shop.Db)).Faults.ShouldBeEmpty();
    }

    [Theory, BothDatabases, Capability("AX-26", "PK-01", "P9")]
    public async Task Two_who_fill_one_bin_at_once_bring_no_more_than_it_takes_and_tasks_are_taken_ahead(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Shelves(units: 1);
        await shop.Put("/nodes/MAIN/bins", new { items = new object[] { new { code = "SHARED", kind = "pick", walkOrder = 5, capacityUnits = 15 }, new { code = "R-1", kind = "reserve", walkOrder = 100 } } });
        await shop.Put("/inventory/bins", new { items = Pickers.Skus.Select(sku => new { node = "MAIN", bin = "R-1", sku, quantity = 10 }) });
        await shop.Put("/nodes/MAIN/faces", new { items = new[] { new { sku = "A", bin = "SHARED", min = 5, max = 10 }, new { sku = "B", bin = "SHARED", min = 5, max = 10 } } });
        var (ann, _) = await shop.Picker("Ann");
        var (ben, _) = await shop.Picker("Ben");
        var tasks = new[] { (Http: ann, Task: await Next(ann)), (Http: ben, Task: await Next(ben)) };
        static bool IsDone(JsonElement answer) => answer.TryGetProperty("state", out var state) && state.GetString() == "done";
        object Say(JsonElement task, long? quantity = null) => new { id = Guid.CreateVersion7(), from = "R-1", item = task.Text("sku"), to = "SHARED", quantity };
        var answers = await Task.WhenAll(tasks.Select(async t => (t.Http, t.Task, Answer: await Told(t.Http, $"/refills/{t.Task.Text("id")}/done", Say(t.Task)))));
        answers.Count(a => IsDone(a.Answer)).ShouldBe(1);
        var full = answers.Single(a => !IsDone(a.Answer));
        (full.Answer.Text("code"), full.Answer.Long("room")).ShouldBe(("picking.face_full", 5));
        (await Next(full.Http)).Long("quantity").ShouldBe(5, "looked at again, so much is asked as fits");
        (await Told(full.Http, $"/refills/{full.Task.Text("id")}/done", Say(full.Task, 5))).Long("brought").ShouldBe(5, "what fits is brought");
        (await shop.Db.ReadAll(work => work.Scalar("select sum(s.quantity) from bin_stock s join bins x on x.id = s.bin_id where x.code = 'SHARED'"))).ShouldBe(15);

        // For a device that may be out of reach, the next ones are taken with the first: nobody else is given them.
        await shop.Put("/nodes/MAIN/faces", new { items = new[] { new { sku = "C", bin = "BIN-C", min = 5, max = 11 }, new { sku = "D", bin = "BIN-D", min = 5, max = 11 } } });
        var given = await Told(ann, "/nodes/MAIN/next-refill?ahead=3", new { });
        var ahead = given.GetProperty("ahead").EnumerateArray().ToList();
        (given.GetProperty("task").Text("sku"), string.Join(' ', ahead.Select(a => a.Text("sku"))), given.Long("waiting")).ShouldBe(("C", "D", 0));
        (await Next(ben)).ValueKind.ShouldBe(JsonValueKind.Null);
        (await Told(ann, "/nodes/MAIN/next-refill?ahead=5", new { })).Text("code").ShouldBe("request.invalid");
        foreach (var task in ahead.Prepend(given.GetProperty("task")))
            (await Told(ann, $"/refills/{task.Text("id")}/done", new { id = Guid.CreateVersion7(), from = "R-1", item = task.Text("sku"), to = task.Text("to") })).Long("brought").ShouldBe(10);
        await shop.BooksAreRight();
        (await RefillBooks.Tasks.Run(shop.Db)).Faults.ShouldBeEmpty();
    }

    [Theory, BothDatabases, Capability("PK-01", "AX-25", "P9")]
    public async Task Orders_that_need_more_than_a_face_has_make_it_urgent_and_a_short_pick_there_goes_on_in_reserve(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Shelves(units: 3);
        await shop.Put("/nodes/MAIN/bins", new { items = new[] { new { code = "R-1", kind = "reserve", walkOrder = 100 } } });
        await shop.Put("/inventory/bins", new { items = new[] { new { node = "MAIN", bin = "R-1", sku = "A", quantity = 30 }, new { node = "MAIN", bin = "R-1", sku = "B", quantity = 30 } } });
        await shop.Put("/nodes/MAIN/faces", new { items = new[] { new { sku = "A", bin = "BIN-A", min = 0, max = 12 }, new { sku = "B", bin = "BIN-B", min = 5, max = 12 } } });
        (await shop.Get("/nodes/MAIN/refills")).Items("needs").Select(n => n.Text("sku")).ShouldBe(["B"]);
        var (_, release) = await shop.Released(("A", 5));
        var list = await shop.Get("/nodes/MAIN/refills");
        list.Items("needs").Select(n => (n.Text("sku"), n.Text("reason"), n.Long("wanted"))).ShouldBe([("A", "orders", 5L), ("B", "minimum", 0L)]);
        (list.Long("urgent"), list.Long("faces")).ShouldBe((1, 2));
        (await shop.Post("/waves/preview", new { node = "MAIN" })).Long("facesShort").ShouldBe(1);

        // Filled before the wave, it is picked whole from its face.
        var (ann, _) = await shop.Picker("Ann");
        var urgent = await Next(ann);
        (urgent.Text("sku"), urgent.GetProperty("isUrgent").GetBoolean(), urgent.Long("quantity")).ShouldBe(("A", true, 9));
        (await Told(ann, $"/refills/{urgent.Text("id")}/done", new { id = Guid.NewGuid(), from = "R-1", item = "A", to = "BIN-A" })).Text("state").ShouldBe("done");
        (await shop.Post("/waves/preview", new { node = "MAIN" })).Long("facesShort").ShouldBe(0);
        await shop.Wave(new { node = "MAIN" });
        var stop = await Pickers.Next(ann);
        (stop.Text("bin"), stop.Long("quantity")).ShouldBe(("BIN-A", 5));

        // Two were there: they are picked, the order stays here, and the rest is the next stop; the face is filled before anything else.
        var answer = await Pickers.Say(ann, new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "short", bin = "BIN-A", quantity = 2 });
        (answer.Text("outcome"), answer.Long("left")).ShouldBe(("ok", 3));
        var next = await Pickers.Next(ann);
        (next.Text("bin"), next.Long("quantity")).ShouldBe(("R-1", 3));
        (await Bins(shop, "A")).ShouldBe("MISSING=10 PICKED=2 R-1=21");
        var need = (await shop.Get("/nodes/MAIN/refills")).Items("needs").First();
        (need.Text("sku"), need.Text("reason"), Sources(need)).ShouldBe(("A", "short", "R-1/=12:open"));
        (await shop.Troubles("count_wanted")).ShouldHaveSingleItem();
        // A task is taken, and meanwhile a wave is to pick all that is left there.
        var refill = await Next(ann);
        (refill.Text("sku"), refill.Text("reason")).ShouldBe(("A", "short"));
        await shop.Db.WriteAll(work => work.Execute("update pick_tasks set quantity = picked + 15 where state = 'open' and bin = 'R-1'"));
        (await Told(ann, $"/refills/{refill.Text("id")}/done", new { id = Guid.NewGuid(), from = "R-1", item = "A", to = "BIN-A" })).Text("code").ShouldBe("picking.refill_claimed");
        await shop.Db.WriteAll(work => work.Execute("update pick_tasks set quantity = picked + 3 where state = 'open' and bin = 'R-1'"));
        (await Told(ann, $"/refills/{refill.Text("id")}/done", new { id = Guid.NewGuid(), from = "R-1", item = "A", to = "BIN-A" })).Long("brought").ShouldBe(12);
        await Pickers.PickAll(ann);
        (await shop.Release(release)).Text("state").ShouldBe("picked");
        await shop.Run(release, "pack", "ship");
        (await Bins(shop, "A")).ShouldBe("BIN-A=12 MISSING=10 R-1=6");
        await shop.BooksAreRight();

        // What was to be taken is gone from its bin before it was fetched: the task falls away, its picker is told, and the face is planned from where there is something.
        await shop.Put("/nodes/MAIN/bins", new { items = new[] { new { code = "R-2", kind = "reserve", walkOrder = 101 } } });
        await shop.Put("/inventory/bins", new { items = new[] { new { node = "MAIN", bin = "R-2", sku = "B", quantity = 8 } } });
        await shop.Post("/nodes/MAIN/refills", new { skus = new[] { "B" } });
        var taken = await Next(ann);
        await shop.Put("/inventory/bins", new { items = new[] { new { node = "MAIN", bin = taken.Text("from"), sku = "B", quantity = 0 } } });
        var told = await Told(ann, "/nodes/MAIN/next-refill", new { });
        told.Items("fellAway").Select(f => (f.Text("id"), f.Text("from"))).ShouldBe([(taken.Text("id"), taken.Text("from"))]);
        (told.GetProperty("task").Text("sku"), told.GetProperty("task").Text("from") == taken.Text("from")).ShouldBe(("B", false));

        // Where nothing lies elsewhere a short pick is what it always was; a face that goes takes its open tasks with it.
        await shop.Post("/nodes/MAIN/refills", new { skus = new[] { "B" } });
        (await shop.Post("/nodes/MAIN/faces/remove", new { skus = new[] { "B", "C" } })).Long("removed").ShouldBe(1);
        (await Next(ann)).ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory, BothDatabases, Capability("AX-28")]
    public async Task Faces_come_from_a_file_and_are_proposed_by_what_was_sold(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Shelves(units: 50);
        await shop.Put("/nodes/MAIN/bins", new { items = new[] { new { code = "FREE-1", walkOrder = 1, capacityUnits = 10 } } });
        (await Import(shop, "node,sku,bin,min,max\r\nMAIN,A,BIN-A,5,20\r\nMAIN,B,NOWHERE,5,20\r\nMAIN,C,BIN-C,9,x\r\n")).ShouldBe("1 created, 0 unchanged, 2 refused");
        (await shop.Get("/nodes/MAIN/faces?query=bin-a")).Items("data").Select(f => $"{f.Text("sku")} {f.Text("bin")} {f.Long("min")}-{f.Long("max")} {f.Long("units")}").ShouldBe(["A BIN-A 5-20 50"]);
        (await Import(shop, "node,sku,bin,min,max\r\nMAIN,A,BIN-A,5,20\r\n")).ShouldBe("0 created, 1 unchanged, 0 refused");

        string release = (await shop.Released(("A", 9), ("B", 3))).Release;
        await shop.Do(release, "start-picking");
        await shop.Run(release, "pick", "pack", "ship");
        var suggested = await shop.Get("/nodes/MAIN/faces/suggested?days=3&minDays=1&maxDays=4");
        suggested.Items("suggestions").Select(s => $"{s.Text("sku")} {s.Long("picked")} {s.Text("bin")} {s.Long("min")}-{s.Long("max")}").ShouldBe(["A 9 BIN-A 3-12", "B 3 BIN-B 1-4"]);
        await shop.Put("/nodes/MAIN/faces", new { items = new[] { new { sku = "B", bin = "BIN-B", min = 1, max = 4 } } });
        (await shop.Get("/nodes/MAIN/faces/suggested?days=3&minDays=1&maxDays=4")).Long("alike").ShouldBe(1);
        await shop.Refused(HttpMethod.Get, "/nodes/MAIN/faces/suggested?days=0", null, 400, "request.invalid");
    }

    /// <summary>A in lots: four at its face; OLD is over, GLASS recalled, SOON is to go before LATE. Cases of six are known.</summary>
    private static async Task Reserve(Shop shop)
    {
        await shop.Shelves(units: 0);
        await shop.Put("/nodes/MAIN/bins", new
        {
            items = new object[] { new { code = "BIN-A", walkOrder = 10, capacityUnits = 40 }, new { code = "R-1", kind = "reserve", walkOrder = 101 }, new { code = "R-2", kind = "reserve", walkOrder = 102 }, new { code = "R-3", kind = "reserve", walkOrder = 103 }, new { code = "R-4", kind = "bulk", walkOrder = 104 } },
        });
        await shop.Db.WriteAll(work => work.Execute("insert into product_barcodes (merchant_id, product_id, barcode, barcode_key, kind, pack_quantity) select merchant_id, id, '15012345678907', '15012345678907', 'gtin', 6 from products where sku = 'A'"));
        await shop.Put("/inventory/tracking", new { items = new[] { new { sku = "A", tracks = "lot", needsExpiry = true } } });
        string delivery = (await shop.Post("/deliveries", new { node = "MAIN" })).Text("id")!;
        string Day(int days) => DateTime.UtcNow.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await shop.Post($"/deliveries/{delivery}/receipts", new
        {
            items = new object[]
            {
                new { sku = "A", lot = "LATE", expiry = Day(90), bin = "BIN-A", quantity = 4 }, new { sku = "A", lot = "LATE", expiry = Day(90), bin = "R-1", quantity = 20 }, new { sku = "A", lot = "SOON", expiry = Day(9), bin = "R-2", quantity = 8 },
                new { sku = "A", lot = "OLD", expiry = Day(-3), bin = "R-3", quantity = 9 }, new { sku = "A", lot = "GLASS", expiry = Day(5), bin = "R-4", quantity = 7 },
            },
        });
        await shop.Post("/inventory/lots/recall", new { sku = "A", lot = "GLASS", reason = "Glass was found" });
        await shop.Until(async () => (await shop.Get("/inventory/lots?state=expired")).GetProperty("data").GetArrayLength() == 1);
    }

    private static async Task<JsonElement> Next(HttpClient http) => (await Told(http, "/nodes/MAIN/next-refill", new { })).GetProperty("task");

    private static async Task<string> Import(Shop shop, string csv)
    {
        var answer = await Shop.Read(await shop.Http.PostAsync("/api/v1/imports/faces", new StringContent(csv, Encoding.UTF8, "text/csv")), 200);
        return $"{answer.Long("created")} created, {answer.Long("unchanged")} unchanged, {answer.Long("failed")} refused";
    }

    /// <summary>The answer, also a refusal.</summary>
    private static async Task<JsonElement> Told(HttpClient http, string path, object body)
    {
        using var answer = await Shop.Patiently(() => http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path) { Content = System.Net.Http.Json.JsonContent.Create(body) }));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone();
    }

    private static string Sources(JsonElement need) => string.Join(' ', need.Items("sources").Select(s => $"{s.Text("from")}/{s.GetProperty("lot").GetString()}={s.Long("quantity")}:{s.Text("state")}"));

    private static async Task<string> Bins(Shop shop, string sku) => string.Join(' ', await shop.Db.ReadAll(work => work.Query(
        "select x.code, s.lot, s.quantity from bin_stock s join bins x on x.id = s.bin_id join products p on p.id = s.sku_id where p.sku = @sku and s.quantity > 0 order by x.code, s.lot",
        row => (Bin: row.Text(), Lot: row.Text(), Units: row.Long()) is var b && b.Lot.Length == 0 ? $"{b.Bin}={b.Units}" : $"{b.Bin}/{b.Lot}={b.Units}", ("sku", sku))));
}
