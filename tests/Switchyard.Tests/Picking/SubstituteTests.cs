using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Documents;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Picking;

/// <summary>Another product at the shelf: where the customer takes one, of what stands in for the ordered one, at no higher price and never twice.</summary>
public sealed class SubstituteTests
{
    [Theory, BothDatabases, Capability("PK-04", "PK-02")]
    public async Task A_picker_takes_another_product_for_what_is_short_and_the_customer_pays_no_more(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Mugs(shop, red: 5, blue: 2, green: 4);
        await shop.Put("/products/RED/substitutes", new { skus = new[] { "blue", "GREEN" } });
        (await shop.Get("/products/RED/substitutes")).GetProperty("substitutes").EnumerateArray().Select(s => s.Text("sku")).ShouldBe(["BLUE", "GREEN"]);
        foreach (var (skus, code) in new[] { ("RED", "catalog.substitute_itself"), ("NOBODY", "catalog.no_such_product") })
            (await shop.Refused(HttpMethod.Put, "/products/RED/substitutes", new { skus = new[] { skus } }, 400, "request.invalid")).GetProperty("errors")[0].Text("code").ShouldBe(code);
        var (order, release) = await Ordered(shop, new { sku = "RED", quantity = 3, unitPriceMinor = 1000, discountMinor = 300, taxRate = 0.2 });
        var (_, strict) = await Ordered(shop, new { sku = "RED", quantity = 1, unitPriceMinor = 1000, allowSubstitutes = false });
        var (_, engraved) = await Ordered(shop, new { sku = "RED", quantity = 1, unitPriceMinor = 1000, metadata = new { personalisation = "Ada" } });
        (await shop.Get("/orders/" + order)).GetProperty("lines")[0].GetProperty("allowSubstitutes").GetBoolean().ShouldBeTrue();
        await shop.Wave(new { node = "MAIN", method = "cluster", totes = 3 });
        var (http, _) = await shop.Picker("Pat");
        var stops = (await Tour(http)).ToDictionary(s => s.Text("fulfilment")!);
        (stops[release].GetProperty("maySubstitute").GetBoolean(), stops[strict].GetProperty("maySubstitute").GetBoolean(), stops[engraved].GetProperty("maySubstitute").GetBoolean()).ShouldBe((true, false, false));

        // Who takes nothing else gets nothing else, and what stands in for nothing stands in for nothing.
        var stop = stops[release];
        (await Pickers.Say(http, Instead(stops[strict], 0, "BLUE"))).Text("code").ShouldBe("fulfilment.no_substitute");
        (await Pickers.Say(http, Instead(stops[engraved], 0, "BLUE"))).Text("outcome").ShouldBe("refused");
        (await Pickers.Say(http, Instead(stop, 0, "BROWN"))).Text("code").ShouldBe("fulfilment.no_substitute");
        (await shop.Get($"/pick-tasks/{stops[strict].Text("id")}/substitutes")).GetProperty("substitutes").GetArrayLength().ShouldBe(0);
        (await shop.Get($"/pick-tasks/{stop.Text("id")}/substitutes")).GetProperty("substitutes").EnumerateArray().Select(s => (s.Text("sku"), s.Long("units"), s.Text("bin")))
            .ShouldBe([("BLUE", 2L, "BIN-BLUE"), ("GREEN", 3L, "BIN-GREEN")]);

        // One was there; two of another go instead, dearer by the list, for the same money.
        var said = Instead(stop, 1, "BLUE");
        (await Pickers.Say(http, said)).Text("outcome").ShouldBe("ok");
        (await Pickers.Say(http, said)).GetProperty("isRepeat").GetBoolean().ShouldBeTrue();
        var after = await shop.Get("/orders/" + order);
        var (ordered, instead) = (after.GetProperty("lines")[0], after.GetProperty("lines")[1]);
        after.Long("totalMinor").ShouldBe(2700);
        (ordered.Long("picked"), ordered.Long("cancelled"), ordered.Long("totalMinor")).ShouldBe((1, 2, 900));
        (instead.Text("sku"), instead.Long("released"), instead.Long("unitPriceMinor"), instead.Long("discountMinor"), instead.Long("totalMinor"), instead.Long("substituteFor")).ShouldBe(("BLUE", 2, 1200, 600, 1800, 1));
        (ordered.Long("taxMinor") + instead.Long("taxMinor")).ShouldBe(450);
        (await shop.Timeline(order)).ShouldContain("FulfilmentSubstituted");

        // The next stop is the other product, into the same tote; the books of both bins are right.
        var next = (await Tour(http)).First(s => s.Text("state") == "open");
        (next.Text("sku"), next.Text("bin"), next.Long("quantity"), next.Long("toteNo"), next.Text("insteadOf"), next.GetProperty("maySubstitute").GetBoolean()).ShouldBe(("BLUE", "BIN-BLUE", 2, stop.Long("toteNo"), "RED", false));
        // What stands in is not replaced once more, whoever says so.
        var twice = await shop.Refused(HttpMethod.Post, $"/orders/{order}/edit", new { lines = new[] { new { line = 2, allowSubstitutes = true } } }, 400, "request.invalid");
        twice.GetProperty("errors")[0].Text("code").ShouldBe("orders.never_substituted");
        foreach (bool takes in new[] { false, true }) await shop.Post($"/orders/{order}/edit", new { allowSubstitutes = takes });
        next = (await Tour(http)).First(s => s.Text("state") == "open");
        (next.GetProperty("maySubstitute").GetBoolean(), (await shop.Get($"/pick-tasks/{next.Text("id")}/substitutes")).GetProperty("substitutes").GetArrayLength()).ShouldBe((false, 0));
        (await Pickers.Say(http, Right(next))).Text("outcome").ShouldBe("ok");
        (await shop.Release(release)).Text("state").ShouldBe("picked");
        (await shop.Balance("BLUE")).Long("available").ShouldBe(0);
        var red = await shop.Balance("RED");
        (red.Long("onHand"), red.Long("unavailable")).ShouldBe((5, 4), "what the bin did not have is set aside");

        // The packing table wants the barcode of what is sent, and the slip and the customer's page say in whose place it comes.
        var table = await shop.Get($"/fulfilments/{release}/packing");
        table.GetProperty("lines").EnumerateArray().Where(l => l.Long("picked") > 0).Select(l => (l.Text("sku"), l.TryGetProperty("insteadOf", out var of) ? of.GetString() : null)).ShouldBe([("RED", null), ("BLUE", "Product RED")]);
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/packing/steps", new { id = "0", kind = "scan", code = "GREEN" }, 409, "packing.wrong_item");
        foreach (var (id, code) in new[] { ("1", "RED"), ("2", "BLUE"), ("3", "BLUE") }) await shop.Post($"/fulfilments/{release}/packing/steps", new { id, kind = "scan", code });
        await shop.Post($"/fulfilments/{release}/packing/seal", new { id = "s" });
        var slip = await shop.Post("/documents", new { kind = "packingSlip", of = new[] { release } });
        DocumentTools.Text(await shop.Http.GetByteArrayAsync(slip.Text("file"))).ShouldContain("Instead of Product RED");
        await shop.Do(release, "ship", new { tracking = "T1" });
        (await shop.Balance("BLUE")).Long("onHand").ShouldBe(0);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("PK-04")]
    public async Task A_cheaper_one_costs_less_and_what_even_that_does_not_cover_is_planned_anew(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Mugs(shop, red: 5, blue: 0, green: 1);
        await shop.Put("/products/RED/substitutes", new { skus = new[] { "BLUE", "GREEN" } });
        var (order, release) = await Ordered(shop, new { sku = "RED", quantity = 2, unitPriceMinor = 1000 }, isPaid: true);
        await shop.Node("SPARE");
        await shop.Stock("RED", 5, "SPARE");
        await shop.Wave(new { node = "MAIN", method = "single" });
        var (http, _) = await shop.Picker("Pat");
        var stop = (await Tour(http)).Single();
        (await Pickers.Say(http, Instead(stop, 0, "BLUE"))).Text("code").ShouldBe("fulfilment.substitute_gone");
        (await Pickers.Say(http, Instead(stop, 0, "GREEN"))).Text("outcome").ShouldBe("ok");
        var after = await shop.Get("/orders/" + order);
        (after.Long("totalMinor"), after.Long("dueMinor")).ShouldBe((1800, -200), "what was paid too much is owed");
        (await shop.Troubles("over_paid")).ShouldHaveSingleItem();
        var rest = (await shop.Releases(order)).Single(r => r.Text("id") != release);
        (rest.Text("node"), rest.GetProperty("lines")[0].Text("sku"), rest.GetProperty("lines")[0].Long("open")).ShouldBe(("SPARE", "RED", 1));
        (await Pickers.Say(http, Right((await Tour(http)).Single(s => s.Text("state") == "open")))).Text("outcome").ShouldBe("ok");
        (await shop.Run(release, "pack", "ship")).Text("state").ShouldBe("handedOver");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("PK-01", "PK-04")]
    public async Task The_last_unit_of_what_stands_in_goes_to_one_of_two_pickers(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Mugs(shop, red: 6, blue: 1, green: 0);
        foreach (string sku in new[] { "RED", "BROWN" })
        {
            await shop.Put($"/products/{sku}/substitutes", new { skus = new[] { "BLUE" } });
            await Ordered(shop, new { sku, quantity = 1, unitPriceMinor = 1000 });
        }
        await shop.Wave(new { node = "MAIN", method = "single" });
        var people = new[] { (await shop.Picker("Pat")).Http, (await shop.Picker("Sam")).Http };
        var stops = new List<JsonElement>();
        foreach (var http in people) stops.Add((await Tour(http)).Single());
        var answers = await Task.WhenAll(people.Zip(stops, (http, stop) => Pickers.Say(http, Instead(stop, 0, "BLUE"))));
        answers.Select(a => (a.Text("outcome"), a.Text("code"))).Order().ShouldBe([("ok", null), ("refused", "fulfilment.substitute_gone")]);
        int lost = Array.FindIndex(answers, a => a.Text("outcome") == "refused");
        (await Pickers.Say(people[lost], new { id = Guid.CreateVersion7(), task = stops[lost].Text("id"), kind = "short", quantity = 0 })).Text("outcome").ShouldBe("ok");
        (await Pickers.Say(people[1 - lost], Right((await Tour(people[1 - lost])).Single(s => s.Text("state") == "open")))).Text("outcome").ShouldBe("ok");
        (await shop.Balance("BLUE")).Long("allocated").ShouldBe(1);
        await shop.BooksAreRight();
    }

    [Fact, Capability("PK-02", "SE-03")]
    public async Task Somebody_in_a_store_picks_its_short_list_with_the_same_calls_and_sees_nothing_of_the_warehouse()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        await Mugs(shop, red: 5, blue: 2, green: 0);
        await shop.Put("/products/RED/substitutes", new { skus = new[] { "BLUE" } });
        await Ordered(shop, new { sku = "RED", quantity = 1, unitPriceMinor = 1000 });
        await shop.Wave(new { node = "MAIN", method = "single" });
        var (warehouse, _) = await shop.Picker("Pat");
        var foreign = (await Tour(warehouse)).Single();
        await shop.Node("LEEDS", "store");
        await shop.Stock("BROWN", 3, "LEEDS");
        await shop.Stock("BROWN", -5);
        string release = (await shop.Released(("BROWN", 2))).Release;
        (await shop.Release(release)).Text("node").ShouldBe("LEEDS");

        // Whoever is behind the counter takes the store's list.
        await shop.Wave(new { node = "LEEDS", method = "batch", totes = 5 });
        var key = await shop.Post("/keys", new { name = "Till", scopes = new[] { "fulfilment:read", "fulfilment:work", "nodes:read" }, nodes = new[] { "LEEDS" } });
        using var store = shop.Client(key.Text("secret"));
        ((int)(await store.PostAsync("/api/v1/nodes/LEEDS/shift", System.Net.Http.Json.JsonContent.Create(new { isOnShift = true }))).StatusCode).ShouldBe(200);
        var stop = (await Shop.Read(await store.PostAsync("/api/v1/nodes/LEEDS/next-tour", null), 200)).GetProperty("tour").GetProperty("stops").EnumerateArray().ShouldHaveSingleItem();
        (stop.Text("sku"), stop.Text("bin"), stop.Long("quantity")).ShouldBe(("BROWN", null, 2));
        (await Pickers.Say(store, Right(stop))).Text("outcome").ShouldBe("ok");
        (await shop.Release(release)).Text("state").ShouldBe("picked");
        (await Shop.Read(await store.GetAsync("/api/v1/packing-tables"), 200)).GetProperty("data").EnumerateArray().Select(w => w.Text("fulfilment")).ShouldBe([release]);
        (await Pickers.Say(store, Right(foreign))).Text("code").ShouldBe("picking.no_such_task");
        await Shop.Read(await store.GetAsync($"/api/v1/pick-tasks/{foreign.Text("id")}/substitutes"), 404);
        await Shop.Read(await store.PostAsync("/api/v1/nodes/MAIN/next-tour", null), 404);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("PK-04", "PK-02")]
    public async Task What_an_order_does_not_say_its_customer_says_and_then_its_channel_and_the_order_may_still_be_changed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Mugs(shop, red: 60, blue: 5, green: 5);
        await shop.Put("/products/RED/substitutes", new { skus = new[] { "BLUE" } });
        int units = 0;                           // another number each time: none is taken for a repeat of another
        string ada = (await shop.Post("/customers", new { name = "Ada", email = "ada@example.test", allowSubstitutes = false })).Text("id")!;
        async Task<JsonElement> Placed(string email, bool? says = null, bool? line = null, bool isEngraved = false)
        {
            var body = Given.Order();
            body["customer"] = new { name = "Somebody", email };
            body["lines"] = new[] { new { sku = "RED", quantity = ++units, unitPriceMinor = 1000, allowSubstitutes = line, metadata = isEngraved ? new Dictionary<string, string> { ["personalisation"] = "Ada" } : null } };
            if (says is not null) body["allowSubstitutes"] = says;
            return await shop.Post("/orders", body);
        }
        static bool Takes(JsonElement order) => order.GetProperty("lines")[0].TryGetProperty("allowSubstitutes", out var may) && may.GetBoolean();

        Takes(await Placed("ben@example.test")).ShouldBe(false, "a channel that has said nothing takes none");
        var web = await shop.Get("/channels/web");
        web.GetProperty("allowSubstitutes").GetBoolean().ShouldBeFalse();
        (await shop.Put("/channels/web", new { name = web.Text("name"), onShort = web.Text("onShort"), allowSubstitutes = true })).GetProperty("allowSubstitutes").GetBoolean().ShouldBeTrue();
        Takes(await Placed("ben@example.test")).ShouldBe(true, "as its channel has it");
        Takes(await Placed("ada@example.test")).ShouldBe(false, "the customer's word is before the channel's");
        Takes(await Placed("ada@example.test", says: true)).ShouldBe(true, "and the order's before both");
        Takes(await Placed("ben@example.test", says: true, line: false)).ShouldBe(false, "and the line's before all");
        var engraved = await Placed("ben@example.test", isEngraved: true);
        Takes(engraved).ShouldBe(false, "what was made for somebody is never something else");
        await shop.Put("/customers/" + ada, new { name = "Ada", email = "ada@example.test", allowSubstitutes = true });
        (await shop.Get("/customers/" + ada)).GetProperty("allowSubstitutes").GetBoolean().ShouldBeTrue();
        var order = await Placed("ada@example.test");
        Takes(order).ShouldBe(true);

        // On the way to the shelf the order is changed, and the shelf's screen goes by that.
        string id = order.Text("id")!, release = (await shop.Post($"/orders/{id}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await shop.Wave(new { node = "MAIN", method = "single" });
        var (http, _) = await shop.Picker("Pat");
        async Task<bool> Stop() => (await Tour(http)).Single(s => s.Text("fulfilment") == release).GetProperty("maySubstitute").GetBoolean();
        (await Stop()).ShouldBeTrue();
        var preview = await shop.Post($"/orders/{id}/edit/preview", new { allowSubstitutes = false });
        var line = preview.GetProperty("difference").GetProperty("lines").EnumerateArray().ShouldHaveSingleItem();
        (line.GetProperty("allowSubstitutesBefore").GetBoolean(), line.GetProperty("allowSubstitutes").GetBoolean()).ShouldBe((true, false));
        Takes((await shop.Post($"/orders/{id}/edit", new { allowSubstitutes = false })).GetProperty("order")).ShouldBe(false);
        (await Stop()).ShouldBeFalse();
        Takes((await shop.Post($"/orders/{id}/edit", new { lines = new[] { new { line = 1, allowSubstitutes = true } } })).GetProperty("order")).ShouldBe(true);
        (await Stop()).ShouldBeTrue();
        (await shop.Timeline(id)).Count(k => k == "OrderEdited").ShouldBe(2);
        var never = await shop.Refused(HttpMethod.Post, $"/orders/{engraved.Text("id")}/edit", new { lines = new[] { new { line = 1, allowSubstitutes = true } } }, 400, "request.invalid");
        never.GetProperty("errors")[0].Text("code").ShouldBe("orders.never_substituted");

        // A line that is added goes by the others: it takes another product only where all of them do.
        string mixed = (await Placed("ada@example.test")).Text("id")!;
        async Task<bool> Added(string sku)
        {
            var changed = (await shop.Post($"/orders/{mixed}/edit", new { add = new[] { new { sku, quantity = 1, unitPriceMinor = 1000 } } })).GetProperty("order");
            return changed.GetProperty("lines").EnumerateArray().Last().TryGetProperty("allowSubstitutes", out var may) && may.GetBoolean();
        }
        (await Added("GREEN")).ShouldBeTrue("the only line there is takes others");
        await shop.Post($"/orders/{mixed}/edit", new { lines = new[] { new { line = 2, allowSubstitutes = false } } });
        (await Added("BROWN")).ShouldBeFalse("one of two does not");
        await shop.BooksAreRight();
    }

    private static async Task Mugs(Shop shop, long red, long blue, long green)
    {
        var all = new[] { ("RED", red, 1000L), ("BLUE", blue, 1200L), ("GREEN", green, 800L), ("BROWN", 5L, 1000L) };
        foreach (var (sku, _, price) in all) await shop.Product(sku, priceMinor: price);
        await shop.Put("/nodes/MAIN/bins", new { items = all.Select((p, i) => new { code = "BIN-" + p.Item1, walkOrder = 10 * (i + 1) }) });
        await shop.Put("/inventory/bins", new { items = all.Where(p => p.Item2 > 0).Select(p => new { node = "MAIN", bin = "BIN-" + p.Item1, sku = p.Item1, quantity = p.Item2 }) });
    }

    private static async Task<(string Order, string Release)> Ordered(Shop shop, object line, bool isPaid = false)
    {
        var body = Given.Order();
        (body["lines"], body["allowSubstitutes"]) = (new[] { line }, true);
        if (isPaid) body["payment"] = new { status = "paid", method = "card", reference = "p-1" };
        string order = (await shop.Post("/orders", body)).Text("id")!;
        return (order, (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!);
    }

    private static async Task<List<JsonElement>> Tour(HttpClient http) =>
        [.. (await Shop.Read(await http.PostAsync("/api/v1/nodes/MAIN/next-tour", null), 200)).GetProperty("tour").GetProperty("stops").EnumerateArray()];

    private static object Instead(JsonElement stop, long found, string sku) => new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "substitute", quantity = found, instead = sku };

    private static object Right(JsonElement stop) => new
    {
        id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "pick", bin = stop.Text("bin"), item = stop.Text("sku"), quantity = stop.Long("quantity"),
        tote = stop.GetProperty("toteNo").ValueKind == JsonValueKind.Null ? null : $"T{stop.Long("toteNo")}",
    };
}
