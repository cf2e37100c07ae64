using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Tests.Webhooks;

namespace Switchyard.Tests.Fulfilment;

/// <summary>A 3PL and a supplier work for the merchant: told and asking, answering, shipping, telling their stock; each sees its own work and what the delivery needs.</summary>
public sealed class PartnerTests
{
    [Theory, BothDatabases, Capability("IG-07", "IG-06")]
    public async Task Orders_go_out_to_a_3PL_and_its_parcels_and_stock_come_back(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        using var partner = await SimulatedPartner.At(shop, "THREE");
        await partner.Listen();
        await shop.Product("A", 0, "THREE");
        await shop.Product("B", 5, "THREE");
        await Put(shop, "/products/A", "5012345678900");

        // Stock in: as of an instant, and never back in time.
        var noon = DateTimeOffset.UtcNow.AddMinutes(-30);
        object Levels(DateTimeOffset asOf, long units, bool isPreview = false) => new { node = "THREE", asOf = Text(asOf), isPreview, items = new object[] { new { sku = "a", onHand = units }, new { sku = "GHOST", onHand = 1 } } };
        var seen = await partner.Stock(Levels(noon, 20, isPreview: true));
        (seen.Long("changed"), seen.Long("unknown"), seen.GetProperty("items")[0].Long("onHand"), seen.GetProperty("items")[1].Text("outcome")).ShouldBe((1, 1, 20, "unknown"));
        (await shop.Balance("A")).Long("onHand").ShouldBe(0, "a preview writes nothing");
        for (int i = 0; i < 2; i++) (await partner.Stock(Levels(noon, 20))).Long("changed").ShouldBe(1 - i, "the same snapshot again changes nothing");
        var older = await partner.Refused(HttpMethod.Post, "/partner/stock", Levels(noon.AddMinutes(-1), 3), 409);
        (older.Text("code"), older.Text("lastAsOf")![..16]).ShouldBe(("inventory.snapshot_older", noon.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        (await partner.Refused(HttpMethod.Post, "/partner/stock", new { node = "MAIN", asOf = Text(noon), items = new[] { new { sku = "A", onHand = 1 } } }, 400)).Text("code").ShouldBe("request.invalid");
        var own = (await partner.Ask(HttpMethod.Get, "/partner")).GetProperty("nodes")[0];
        own.Text("code").ShouldBe("THREE");
        own.GetProperty("stock").Long("ageMinutes").ShouldBeInRange(30, 40);
        (await partner.Stock(new { node = "THREE", asOf = Text(DateTimeOffset.UtcNow), isComplete = true, items = new[] { new { sku = "A", onHand = 20 } } })).GetProperty("items")[1].Text("outcome").ShouldBe("missing");
        (await shop.Balance("B")).Long("onHand").ShouldBe(0, "what a complete snapshot does not name is not there");
        var before = DateTimeOffset.UtcNow;

        // Order out: pushed and pulled, with what the delivery needs and no more.
        var orders = new List<(string Order, string Release)>();
        for (int i = 0; i < 4; i++) orders.Add(await shop.Released(("A", 3)));
        var work = await partner.Work("list=new");
        work.Select(w => w.Text("id")).Order().ShouldBe(orders.Select(o => o.Release).Order());
        (await partner.Work("")).Count.ShouldBe(4);
        (await partner.Work("changedSince=" + Text(DateTimeOffset.UtcNow.AddMinutes(-5)))).Count.ShouldBe(4);
        await shop.Until(() => Task.FromResult(partner.Heard.Distinct().Count(h => h.Kind == "FulfilmentOffered") == 4));
        var first = await partner.Read(orders[0].Release);
        (first.Text("state"), first.GetProperty("shipTo").Text("line1")!.EndsWith("Mill Lane", StringComparison.Ordinal), first.GetProperty("lines")[0].Text("barcode")).ShouldBe(("new", true, "5012345678900"));
        foreach (var told in (JsonElement[])[first, .. partner.Messages.Select(m => m.Json)])
        {
            foreach (string secret in new[] { "Minor", "example.test", "email", "customer\"" }) told.GetRawText().ShouldNotContain(secret);
            Values(told).ShouldNotContain("1000", "the price; the digits of an id may spell it by chance");
        }
        byte[] slip = await (await partner.Send(HttpMethod.Get, first.GetProperty("documents")[0].Text("href")!["/api/v1".Length..], null)).Content.ReadAsByteArrayAsync();
        System.Text.Encoding.ASCII.GetString(slip, 0, 5).ShouldBe("%PDF-");

        // Two parcels of one piece of work, told twice: by an id of its own, by the number of a parcel, and under a request key.
        string id = orders[0].Release;
        var taken = await partner.Answer(id, "accept", new { id = "acc-1", reference = "W-1", expectedAt = "2026-05-04T12:00:00Z" });
        (taken.Text("state"), taken.Text("reference"), taken.GetProperty("expectedAt").GetDateTimeOffset().Day).ShouldBe(("accepted", "W-1", 4), "a 3PL's own number is kept as a supplier's is");
        // What is left out stays as it was; what is said anew counts.
        var later = await partner.Answer(id, "accept", new { id = "acc-2", expectedAt = "2026-05-05T12:00:00Z" });
        (later.Text("reference"), later.GetProperty("expectedAt").GetDateTimeOffset().Day, later.Long("version") > taken.Long("version")).ShouldBe(("W-1", 5, true));
        var known = await shop.Release(id);
        (known.Text("partnerReference"), known.GetProperty("partnerExpectedAt").GetDateTimeOffset().Day).ShouldBe(("W-1", 5), "the house sees it too");
        object Box(string tracking, long units) => new { carrier = "DPD", tracking, weightGrams = 500, lines = new[] { new { line = 1, quantity = units } } };
        for (int i = 0; i < 2; i++)
        {
            var sent = await partner.Answer(id, "ship", new { id = "ship-1", parcels = new[] { Box("T1", 1), Box("T2", 1) } });
            (sent.Text("state"), sent.GetProperty("parcels").GetArrayLength(), sent.GetProperty("lines")[0].Long("open"), sent.GetProperty("parcels")[0].Long("weightGrams")).ShouldBe(("accepted", 2, 1, 500));
        }
        (await partner.Refused(HttpMethod.Post, $"/partner/work/{id}/ship", new { id = "ship-1", parcels = new[] { Box("T9", 1) } }, 422)).Text("code").ShouldBe("fulfilment.answer_differs");
        await partner.Answer(id, "ship", new { parcels = new[] { Box("T2", 1) } });
        (await partner.Refused(HttpMethod.Post, $"/partner/work/{id}/ship", new { parcels = new[] { Box("T3", 1), Box("T4", 1) } }, 409)).Text("code").ShouldBe("fulfilment.not_that_many");
        for (int i = 0; i < 2; i++) (await partner.Answer(id, "ship", new { parcels = new[] { new { carrier = "other", tracking = "T5" } } }, "key-1")).Text("state").ShouldBe("shipped");
        var line = (await shop.Order(orders[0].Order)).GetProperty("lines")[0];
        (line.Long("shipped"), (await shop.Release(id)).GetProperty("packages").GetArrayLength()).ShouldBe((3, 3));

        // Refused whole: routed anew. Short: the rest is. Asked to stop: no and yes.
        await shop.Stock("A", 20, "MAIN");
        (await partner.Answer(orders[1].Release, "reject", new { id = "no-1", reason = "busy" })).GetProperty("shipTo").ValueKind.ShouldBe(JsonValueKind.Null, "an address that is not needed is not shown");
        (await shop.Releases(orders[1].Order))[1].Text("node").ShouldBe("MAIN");
        await partner.Answer(orders[2].Release, "accept");
        for (int i = 0; i < 2; i++) (await partner.Answer(orders[2].Release, "short", new { id = "short-1", lines = new[] { new { line = 1, quantity = 1 } } })).GetProperty("lines")[0].Long("open").ShouldBe(2);
        (await shop.Releases(orders[2].Order))[1].GetProperty("lines")[0].Long("quantity").ShouldBe(1);
        await partner.Answer(orders[3].Release, "accept");
        foreach (var (order, _) in orders[2..]) await shop.Post($"/orders/{order}/cancel", new { reason = "Secret of the house" });
        await shop.Until(() => Task.FromResult(partner.Heard.Distinct().Count(h => h.Kind == "FulfilmentStopAsked") == 2));
        (await partner.Work("list=trouble")).Count.ShouldBe(2);
        (await partner.Refused(HttpMethod.Post, $"/partner/work/{orders[2].Release}/ship", new { parcels = new[] { new { carrier = "DPD" } } }, 409)).Text("code").ShouldBe("fulfilment.stop_asked");
        for (int i = 0; i < 2; i++) (await partner.Answer(orders[2].Release, "stop-answer", new { id = "stop-1", accepted = true })).Text("state").ShouldBe("cancelled");
        (await partner.Answer(orders[3].Release, "stop-answer", new { accepted = false, carrier = "DPD", tracking = "T7" })).Text("state").ShouldBe("shipped");
        ((await shop.Order(orders[2].Order)).Text("state"), (await shop.Order(orders[3].Order)).GetProperty("lines")[0].Long("shipped")).ShouldBe(("cancelled", 3));
        string.Concat(partner.Messages.Select(m => m.Json.GetRawText())).ShouldNotContain("Secret of the house");
        (await partner.Ask(HttpMethod.Get, "/partner")).GetProperty("counts").Long("shippedToday").ShouldBe(2);

        // A snapshot from before a parcel left keeps that it left.
        await partner.Stock(new { node = "THREE", asOf = Text(before), items = new[] { new { sku = "A", onHand = 20 } } });
        (await shop.Get("/inventory?sku=A")).GetProperty("nodes").EnumerateArray().Single(n => n.Text("node") == "THREE").Long("onHand").ShouldBe(14);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("RT-14", "OF-10")]
    public async Task A_supplier_confirms_the_line_by_its_shipment_and_says_late_what_it_does_not_send(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        using var partner = await SimulatedPartner.At(shop, "POTTER");
        await shop.Product("A", 10, "POTTER");
        await shop.Product("B", 10, "POTTER");
        var (order, release) = await shop.Released(("A", 3), ("B", 1));
        await shop.Stock("B", 1, "MAIN");
        var work = (await partner.Work("list=new")).ShouldHaveSingleItem();
        work.Text("supplierOrder").ShouldBe("PO-" + work.Text("number"));
        (await partner.Answer(release, "reject", new { reason = "missing", lines = new[] { new { line = 2 } } })).Text("state").ShouldBe("new");
        (await shop.Releases(order))[1].Text("node").ShouldBe("MAIN", "one line is routed anew, the other stays");
        await partner.Answer(release, "ship", new { parcels = new[] { new { carrier = "DPD", tracking = "P1" } } });
        var po = await shop.Get($"/purchase-orders/{work.Text("supplierOrder")}");
        (po.Text("state"), po.GetProperty("lines")[0].Long("shipped"), po.GetProperty("lines")[1].Long("cancelled")).ShouldBe(("shipped", 3, 1));
        (await shop.Order(order)).GetProperty("lines")[0].Long("shipped").ShouldBe(3);
        (await partner.Answer(release, "accept", key: "late").ContinueWith(t => t.IsFaulted, TaskScheduler.Default)).ShouldBeTrue("what has left is not accepted");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("IG-07", "SE-01")]
    public async Task A_partner_sees_and_answers_the_work_of_its_own_nodes_and_nothing_else(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        using var three = await SimulatedPartner.At(shop, "THREE");
        using var potter = await SimulatedPartner.At(shop, "POTTER");
        using var nobody = new SimulatedPartner(shop, (await shop.Post("/keys", new { name = "no nodes", scopes = new[] { "partner:work" } })).Text("secret")!);
        using var inMain = await SimulatedPartner.At(shop, "MAIN");
        await shop.Product("A", 5, "THREE");
        await shop.Product("B", 5, "POTTER");
        await shop.Product("C", 5, "MAIN");
        var (_, ours) = await shop.Released(("C", 1));
        var (_, theirs) = await shop.Released(("B", 1));
        var (_, own) = await shop.Released(("A", 1));
        (await three.Work("")).ShouldHaveSingleItem().Text("id").ShouldBe(own);
        foreach (var other in new[] { nobody, inMain }) ((await other.Work("")).Count, (await other.Work("list=accepted")).Count).ShouldBe((0, 0));
        foreach (string id in new[] { ours, theirs, "ful_00000000000000000000000000000000" })
        {
            (await three.Refused(HttpMethod.Get, $"/partner/work/{id}", null, 404)).Text("code").ShouldBe("fulfilment.not_found");
            (await three.Refused(HttpMethod.Get, $"/partner/work/{id}/documents/packingSlip", null, 404)).Text("code").ShouldBe("documents.not_found");
            foreach (var (step, body) in new (string, object)[] { ("accept", new { }), ("reject", new { reason = "busy" }), ("ship", new { parcels = new[] { new { carrier = "DPD" } } }), ("stop-answer", new { accepted = true }) })
                (await three.Refused(HttpMethod.Post, $"/partner/work/{id}/{step}", body, 404)).Text("code").ShouldBe("fulfilment.not_found");
        }
        (await potter.Ask(HttpMethod.Get, "/partner/stock?node=THREE")).GetProperty("data").GetArrayLength().ShouldBe(0);
        // Another merchant at the same building: the same 3PL has a key of each.
        using var beta = shop.Client((await shop.Post("/merchants", new { code = "beta", name = "Beta", baseCurrency = "GBP" })).Text("key"));
        (await beta.GetAsync($"/api/v1/partner/work/{own}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        // Nothing else of the house: not by the doors of its own people.
        foreach (string path in new[] { "/orders", "/fulfilments", "/customers", "/products", "/inventory", "/purchase-orders", "/nodes", "/events", "/webhooks", "/partners", "/exceptions", "/keys" })
            (await three.Refused(HttpMethod.Get, path, null, 403)).Text("code").ShouldBe("access.forbidden");
        (await three.Refused(HttpMethod.Post, $"/fulfilments/{own}/facts", new { kind = "shipped" }, 403)).Text("code").ShouldBe("access.forbidden");
        (await three.Ask(HttpMethod.Get, "/colleagues")).GetProperty("data").GetArrayLength().ShouldBe(0, "names of the house's people are none of its business");
        // The house sees what its partners do, and whether they answer.
        var seen = (await shop.Get("/partners")).GetProperty("data").EnumerateArray().Single(p => p.Text("node") == "THREE");
        (seen.Long("keys"), seen.Long("new"), seen.Long("overdue"), seen.Text("kind")).ShouldBe((1, 1, 0, "3pl"));
        // Its papers while it is its work, those for customs only across a border; none with a name and an address once it has said no.
        async Task<int> Paper(string of) => (int)(await three.Get($"/api/v1/partner/work/{own}/documents/{of}")).StatusCode;
        (await Paper("packingSlip"), await Paper("returnSlip"), await Paper("cn23"), await Paper("commercialInvoice")).ShouldBe((200, 200, 404, 404));
        await three.Ask(HttpMethod.Post, $"/partner/work/{own}/reject", new { reason = "busy" });
        (await Paper("packingSlip"), await Paper("returnSlip"), await Paper("giftMessage")).ShouldBe((404, 404, 404));
    }

    [Theory, BothDatabases, Capability("IG-07", "AX-01")]
    public async Task Work_nobody_answers_is_a_trouble_for_a_person_and_two_snapshots_at_once_leave_the_later(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await Nodes(shop);
        using var partner = await SimulatedPartner.At(shop, "THREE");
        await shop.Product("A", 5, "THREE");
        var (_, release) = await shop.Released(("A", 2));
        shop.Clock!.Advance(TimeSpan.FromMinutes(61));
        await shop.Services.GetRequiredService<KeepWorkMoving>().Handle();
        (await shop.Troubles("no_answer")).ShouldHaveSingleItem().Text("node").ShouldBe("THREE");
        (await shop.Get("/partners")).GetProperty("data").EnumerateArray().Single(p => p.Text("node") == "THREE").Long("overdue").ShouldBe(1);
        (await partner.Work("list=trouble")).ShouldHaveSingleItem().GetProperty("isLate").GetBoolean().ShouldBeTrue();
        (await partner.Answer(release, "accept")).Text("state").ShouldBe("accepted");

        var now = shop.Clock.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(1, 8).Select(async i =>
        {
            using var answer = await partner.Send(HttpMethod.Post, "/partner/stock", new { node = "THREE", asOf = Text(now.AddMinutes(-i)), items = new[] { new { sku = "A", onHand = 100 + i } } });
            ((int)answer.StatusCode).ShouldBeOneOf(200, 409);
        }));
        (await shop.Balance("A")).Long("onHand").ShouldBe(101, "the latest one says what is there, in whatever order they came");
        await shop.BooksAreRight();
    }

    private static IEnumerable<string> Values(JsonElement of) => of.ValueKind switch
    {
        JsonValueKind.Object => of.EnumerateObject().SelectMany(p => Values(p.Value)),
        JsonValueKind.Array => of.EnumerateArray().SelectMany(Values),
        _ => [of.ToString()],
    };

    [Theory, BothDatabases, Capability("IG-07")]
    public async Task Of_first_webhooks_made_at_once_there_is_one_and_each_set_of_nodes_has_its_own(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        using var three = await SimulatedPartner.At(shop, "THREE");
        using var both = await SimulatedPartner.At(shop, "POTTER", "THREE");
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => three.Ask(HttpMethod.Put, "/partner/webhook", new { url = $"https://three.example.test/{i}" })));
        made.Select(m => m.Text("id")).Distinct().ShouldHaveSingleItem();
        made.Count(m => m.GetProperty("secrets")[0].Text("secret") is not null).ShouldBe(1, "whoever made it is told its secret");
        (await Count()).ShouldBe(1);
        (await both.Ask(HttpMethod.Put, "/partner/webhook", new { url = "https://both.example.test/" })).Text("id").ShouldNotBe(made[0].Text("id"));
        (await Count()).ShouldBe(2);
        // Deleted and made anew, it is another one.
        await three.Ask(HttpMethod.Delete, "/partner/webhook");
        (await three.Ask(HttpMethod.Put, "/partner/webhook", new { url = "https://three.example.test/again" })).Text("id").ShouldNotBe(made[0].Text("id"));
        (await Count()).ShouldBe(2);

        Task<long> Count() => shop.Db.ReadAll(work => work.Scalar("select count(*) from webhook_endpoints where is_partner and state <> 'deleted'"));
    }

    private static async Task<Shop> Open(DatabaseKind kind)
    {
        var shop = await WebhookShop.Open(kind);
        await Nodes(shop);
        return shop;
    }

    private static async Task Nodes(Shop shop)
    {
        foreach (var (code, of) in new[] { ("THREE", "3pl"), ("POTTER", "supplier") })
        {
            await shop.Node(code, of);
            await shop.Put($"/nodes/{code}/work-settings", new { acceptsByDefault = false, acceptMinutes = 60 });
        }
    }

    private static Task Put(Shop shop, string path, string barcode) => shop.Put(path, new { sku = "A", name = "Product A", kind = "goods", weightGrams = 100, barcodes = new[] { new { barcode } } });

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
}
