using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Edi;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Edi;

/// <summary>Partners order, are confirmed, told and billed, tell their stock and what they sent, all by X12; each thing once, however often it comes.</summary>
public sealed class EdiTests
{
    [Theory, BothDatabases, Capability("OF-09", "OF-10")]
    public async Task A_retailer_orders_and_is_told_what_became_of_it_each_thing_once(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Product("A", 50);
        await shop.Product("B", 2);
        string rest = X12Samples.Order("PO-1001", X12Samples.Line(1, 12, "4.25", "A"), X12Samples.Line(2, 3, "10", "B"));

        // The order, twice in the same interchange and once more in another one.
        var first = (await Take(shop, X12Samples.Purchase)).ShouldHaveSingleItem();
        (first.Text("state"), first.Text("partner"), Only(first).Text("state"), Only(first).Text("reference")).ShouldBe(("taken", "HARBOR", "done", "PO-1001"), first.GetRawText());
        string id = Only(first).Text("order")!;
        var again = (await Take(shop, X12Samples.Purchase)).ShouldHaveSingleItem();
        (again.Text("state"), again.Text("note"), again.GetProperty("messages").GetArrayLength()).ShouldBe(("repeated", "025", 0));
        Only((await Take(shop, X12Samples.Of("850", 9, rest)))[0]).Text("order").ShouldBe(id, "the same number is the same order");
        var other = Only((await Take(shop, X12Samples.Of("850", 10, rest.Replace("*12*EA", "*13*EA", StringComparison.Ordinal))))[0]);
        (other.Text("state"), other.Text("order"), other.GetProperty("faults")[0].Text("code")).ShouldBe(("failed", id, "edi.order_differs"));
        (await shop.Get("/orders?query=channel:harbor")).GetProperty("data").GetArrayLength().ShouldBe(1);
        var order = await shop.Order(id);
        (order.Text("externalId"), order.Text("channel"), order.Text("method"), order.Long("totalMinor")).ShouldBe(("PO-1001", "harbor", "standard", 12 * 425 + 3 * 1000));
        (order.GetProperty("shippingAddress").Text("company"), order.GetProperty("shippingAddress").Text("postcode")).ShouldBe(("Harbor Outfitters 12", "M1 1AE"));

        // What was promised and what waits.
        var confirmed = await Out(shop, "855");
        Plain(confirmed, "BAK")[0].ShouldStartWith("BAK*00*AC*PO-1001*20260302");
        Plain(confirmed, "ACK").Select(a => string.Join('*', a.Split('*')[..4])).ShouldBe(["ACK*IA*12*EA", "ACK*IA*2*EA", "ACK*IB*1*EA"]);
        Plain(confirmed, "PO1")[0].ShouldBe("PO1*1*12*EA*4.25**VP*A*BP*H-A");

        // The partner has looked at it.
        string control = confirmed.Text("control")!.TrimStart('0');
        await Take(shop, X12Samples.Of("997", 20, $"AK1*PR*{control}~AK2*855*0001~AK5*A~AK9*A*1*1*1~"));
        (await shop.Get($"/edi/interchanges/{confirmed.Text("id")}")).Text("state").ShouldBe("accepted");

        // What left, with its parcel, and what it costs.
        string release = (await shop.Post($"/orders/{id}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await shop.Run(release, "start-picking", "pick", "pack", "ship");
        var notice = await Out(shop, "856");
        Plain(notice, "HL").Select(h => h.Split('*')[3]).ShouldBe(["S", "O", "P", "I", "I"]);
        Plain(notice, "PRF")[0].ShouldBe("PRF*PO-1001***20260302");
        Plain(notice, "SN1").ShouldBe(["SN1*1*12*EA", "SN1*2*2*EA"]);
        var invoice = await Out(shop, "810");
        (Plain(invoice, "TDS")[0], Plain(invoice, "IT1")[0]).ShouldBe(($"TDS*{12 * 425 + 2 * 1000}", "IT1*1*12*EA*4.25**VP*A*BP*H-A"));
        Plain(invoice, "NTE").ShouldHaveSingleItem("it says that it is a draft");

        // All that goes out: numbers without a gap, right by our own check, until it was fetched.
        var outbox = await Outbox(shop);
        outbox.Select(o => long.Parse(o.Text("control")!, System.Globalization.CultureInfo.InvariantCulture)).Order().ShouldBe(Enumerable.Range(1, outbox.Count + 1).Select(n => (long)n).Where(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture) != control));
        foreach (var one in outbox.Where(o => o.Text("sets") != "TA1")) X12Samples.Judged(one.Text("content")!).Code.ShouldBe("A", one.Text("content"));
        outbox.Select(o => o.Text("sets")).Order().ShouldBe(["810", "856", "997", "997", "997", "TA1"]);
        object ids = new { ids = outbox.Select(o => o.Text("id")) };
        (await shop.Post("/edi/outbox/fetched", ids)).Long("fetched").ShouldBe(outbox.Count);
        (await shop.Post("/edi/outbox/fetched", ids)).Long("fetched").ShouldBe(0);
        (await Outbox(shop)).ShouldBeEmpty();
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("IG-07")]
    public async Task Tax_that_a_partner_collected_and_owes_is_not_on_what_it_is_invoiced(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Product("A", 50);
        var wish = Given.Order(("A", 2));
        (wish["channel"], wish["externalId"], wish["pricesIncludeTax"], wish["taxOwedBy"]) = ("harbor", "PO-2002", false, "channel");
        wish["lines"] = new[] { new { sku = "A", quantity = 2, unitPriceMinor = 1_000, taxRate = 0.2 } };
        var order = await shop.Post("/orders", wish);
        (order.Long("taxMinor"), order.Long("totalMinor")).ShouldBe((400, 2_400), "its buyer pays it all the same");
        string release = (await shop.Post($"/orders/{order.Text("id")}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await shop.Run(release, "start-picking", "pick", "pack", "ship");
        var invoice = await Out(shop, "810");
        Plain(invoice, "TDS").ShouldBe(["TDS*2000"]);
        Plain(invoice, "TXI").ShouldBeEmpty();
    }

    [Theory, BothDatabases, Capability("IG-07", "IG-06", "IN-11")]
    public async Task A_3PL_is_given_work_and_tells_its_stock_what_it_sent_and_what_was_missing(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        // One partner at a node is given its work: what two are asked to send goes out twice.
        object second(string id, bool active = true) => Partner(id, new { node = "THREE", takes = new[] { "945" }, sends = new[] { "940" }, isActive = active });
        (await shop.Refused(HttpMethod.Put, "/edi/partners/PIER", second("PIER"), 409, "edi.node_taken")).GetProperty("errors")[0].Text("pointer").ShouldBe("/node");
        await shop.Put("/edi/partners/PIER", second("PIER", active: false));
        await shop.Put("/edi/partners/DOCK", second("DOCK"));
        await shop.Node("FOUR", "3pl");
        var both = await Task.WhenAll(Enumerable.Range(1, 4).Select(i => shop.Send(HttpMethod.Put, $"/edi/partners/F{i}", Partner($"FOUR{i}", new { node = "FOUR", takes = new[] { "945" }, sends = new[] { "940" } }))));
        both.Count(b => b.IsSuccessStatusCode).ShouldBe(1);
        await shop.Product("A", 0);
        await shop.Put("/edi/partners/DOCK", Partner("DOCK", new { node = "THREE", takes = new[] { "846", "945" }, sends = new[] { "940" } }));
        var levels = (await Take(shop, X12Samples.From("DOCK", "846", 1, "BIA*00*SI*S-9*20250102*0900~DTM*097*20250102*0915~LIN*1*VP*A~QTY*17*40*EA~LIN*2*VP*GHOST~QTY*17*7*EA~CTT*2~")))[0];
        Only(levels).Text("state").ShouldBe("done", levels.GetRawText());
        (await shop.Balance("A")).Long("onHand").ShouldBe(40);
        var older = (await Take(shop, X12Samples.From("DOCK", "846", 2, "BIA*00*SI*S-8*20250101*0900~LIN*1*VP*A~QTY*17*3*EA~CTT*1~")))[0];
        (Only(older).Text("state"), Only(older).GetProperty("faults")[0].Text("code")).ShouldBe(("failed", "inventory.snapshot_older"));

        var (order, release) = await shop.Released(("A", 3));
        var given = await Out(shop, "940");
        string number = (await shop.Release(release)).Text("number")!;
        (Plain(given, "W05")[0].Split('*')[2], Plain(given, "W01")[0]).ShouldBe((number, "W01*3*EA**VP*A"));
        string advice = $"W06*F*{number}*20260303*W-77~W27*M*UPSN*Ground~LX*1~MAN*CP*1Z001~W12*CC*3*2*1*EA**VP*A~N9*LI*1~W03*2~";
        for (int i = 0; i < 2; i++)
        {
            var told = (await Take(shop, X12Samples.From("DOCK", "945", 3 + i, advice)))[0];
            (Only(told).Text("state"), Only(told).Text("order")).ShouldBe(("done", order), told.GetRawText());
        }
        var work = await shop.Release(release);
        (work.GetProperty("lines")[0].Long("shipped"), work.GetProperty("lines")[0].Long("rejected"), work.GetProperty("packages")[0].Text("tracking")).ShouldBe((2, 1, "1Z001"));
        var wrong = Only((await Take(shop, X12Samples.From("DOCK", "945", 7, advice.Replace(number, "999-F9", StringComparison.Ordinal))))[0]);
        (wrong.Text("state"), wrong.GetProperty("faults")[0].Text("code")).ShouldBe(("failed", "edi.unknown_release"));
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("OF-09")]
    public async Task What_fails_is_shown_with_its_place_and_done_again_once_the_cause_is_mended(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        var unknown = Only((await Take(shop, X12Samples.Of("850", 1, X12Samples.Order("PO-1", X12Samples.Line(1, 1, "2.50", "NEW")))))[0]);
        (unknown.Text("state"), unknown.GetProperty("faults")[0].Text("place"), unknown.GetProperty("faults")[0].Text("code")).ShouldBe(("failed", "PO1 1", "edi.unknown_goods"));
        (await shop.Get("/edi/interchanges?trouble=true")).GetProperty("data").GetArrayLength().ShouldBe(1);
        await shop.Product("NEW", 5);
        var mended = await shop.Post($"/edi/messages/{unknown.Text("id")}/replay", new { });
        Only(mended).Text("state").ShouldBe("done", mended.GetRawText());
        await shop.Refused(HttpMethod.Post, $"/edi/messages/{unknown.Text("id")}/replay", new { }, 409, "edi.nothing_to_replay");
        (await shop.Get("/edi/interchanges?trouble=true")).GetProperty("data").GetArrayLength().ShouldBe(0);

        // Envelopes and syntax: refused, acknowledged, and nothing done.
        (await Take(shop, X12Samples.From("STRANGER", "850", 2, X12Samples.Order("PO-2", X12Samples.Line(1, 1, "1", "NEW")))))[0].Text("note").ShouldBe("006");
        (await Take(shop, X12Samples.Of("850", 3, X12Samples.Order("PO-3", X12Samples.Line(1, 1, "1", "NEW"))).Replace("*0*P*>", "*0*T*>", StringComparison.Ordinal)))[0].Text("note").ShouldBe("020");
        var broken = (await Take(shop, X12Samples.Of("850", 4, X12Samples.Order("PO-4", X12Samples.Line(1, 1, "1", "NEW", "INVALID")))))[0];
        (broken.Text("state"), Only(broken).Text("state"), Only(broken).GetProperty("faults")[0].Text("code")).ShouldBe(("taken", "refused", "AK403-5"));
        (await Take(shop, X12Samples.Of("850", 5, X12Samples.Order("PO-5", X12Samples.Line(1, 1, "1", "NEW"))).Replace("BEG*00", "BEG*01", StringComparison.Ordinal)))
            .Select(i => Only(i).GetProperty("faults")[0].Text("code")).ShouldBe(["edi.purpose_not_taken"]);
        await shop.Refused(HttpMethod.Post, "/edi/interchanges", new { content = "not EDI" }, 400, "request.invalid");
        (await shop.Get("/orders?query=channel:harbor")).GetProperty("data").GetArrayLength().ShouldBe(1);
        var told = await Outbox(shop);
        told.Where(o => o.Text("sets") == "TA1").Select(o => Plain(o, "TA1")[0].Split('*')[5]).ShouldBe(["020"], "a stranger has no address");
        Plain(told.Last(o => o.Text("sets") == "997" && Plain(o, "AK3").Count > 0), "AK4")[0].ShouldBe("AK4*3*355*5*INVALID");
    }

    [Theory, BothDatabases, Capability("OF-09")]
    public async Task Of_many_at_once_each_control_number_counts_once_and_ours_have_no_gap(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Product("A", 100);
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Take(shop, X12Samples.Of("850", 1 + i % 6, X12Samples.Order($"PO-{i % 6}", X12Samples.Line(1, 1, "12.60", "A", "CA"))))));
        (await shop.Get("/orders?query=channel:harbor")).GetProperty("data").GetArrayLength().ShouldBe(6);
        var line = (await shop.Order((await shop.Get("/orders?query=channel:harbor")).GetProperty("data")[0].Text("id")!)).GetProperty("lines")[0];
        (line.Long("quantity"), line.Long("unitPriceMinor")).ShouldBe((12, 105), "a case is twelve");
        var states = await shop.Db.ReadAll(work => work.Query("select state from edi_interchanges where direction = 'in'", row => row.Text()));
        (states.Count(s => s == "taken"), states.Count(s => s == "repeated")).ShouldBe((6, 18));
        await shop.Until(async () => (await Outbox(shop)).Count(o => o.Text("sets") == "855") == 6);
        var numbers = (await Outbox(shop)).Select(o => long.Parse(o.Text("control")!, System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        numbers.ShouldBe(Enumerable.Range(1, numbers.Count).Select(n => (long)n));
        numbers.Count.ShouldBe(6 + 18 + 6, "997 of those taken, TA1 of those repeated, 855 of the orders");
    }

    [Theory, BothDatabases, Capability("IG-07")]
    public async Task A_folder_takes_and_gives_and_a_file_that_is_dropped_twice_or_half_does_no_harm(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Product("A", 7);
        string root = Directory.CreateTempSubdirectory("switchyard-edi-").FullName, own = Path.Combine(root, "1", "edi", "HARBOR");
        var folder = shop.Services.GetRequiredService<EdiFolder>();
        await folder.Handle(root);
        string order = X12Samples.Of("850", 1, X12Samples.Order("PO-1", X12Samples.Line(1, 2, "1", "A")).Replace("Quay", "Qu\u00e9", StringComparison.Ordinal));
        Drop("order.edi", order);
        Drop("stranger.edi", X12Samples.From("DOCK", "850", 1, X12Samples.Order("PO-9", X12Samples.Line(1, 2, "1", "A"))));
        Drop("notes.txt", "no EDI");
        Drop("half.tmp", "ISA");
        File.CreateSymbolicLink(Path.Combine(own, "in", "link.edi"), "/etc/hostname");
        (await folder.Handle(root)).ShouldBe(0, "a file is taken when it was the same twice");
        Directory.GetFiles(Path.Combine(own, "in")).Length.ShouldBe(5);
        await shop.Post("/edi/partners/HARBOR/stock", new { });
        await shop.Until(async () => await folder.Handle(root) >= 0 && Directory.GetFiles(Path.Combine(own, "out")).Length >= 3);
        Drop("again.edi", order);
        await shop.Until(async () => await folder.Handle(root) >= 0 && Directory.GetFiles(Path.Combine(own, "done")).Length == 2);
        (await shop.Get("/orders?query=channel:harbor")).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await shop.Order((await shop.Get("/orders?query=channel:harbor")).GetProperty("data")[0].Text("id")!)).GetProperty("shippingAddress").Text("line1").ShouldBe("12 Qu\u00e9 Street");
        await shop.Until(async () => await folder.Handle(root) >= 0 && Directory.GetFiles(Path.Combine(own, "failed")).Length == 6);
        Directory.GetFiles(Path.Combine(own, "failed")).Select(f => Path.GetFileName(f)[18..]).Order().ShouldBe(["link.edi", "link.edi.txt", "notes.txt", "notes.txt.txt", "stranger.edi", "stranger.edi.txt"]);
        (await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(own, "failed"), "*stranger.edi.txt").Single())).ShouldContain("TA105 006");
        Directory.GetFiles(Path.Combine(own, "in")).ShouldHaveSingleItem().ShouldEndWith("half.tmp");
        var sent = Directory.GetFiles(Path.Combine(own, "out"), "*.edi").Where(f => !f.EndsWith("-TA1.edi", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        sent.Select(t => X12Samples.OnlySet(t).Code).Order().ShouldBe(["846", "855", "997"]);
        var told = X12Samples.OnlySet(sent.First(t => X12Samples.OnlySet(t).Code == "846"));
        told.Segments.First(s => s.Tag == "LIN").Elements[^1].ShouldBe("A");
        long.Parse(told.Segments.First(s => s.Tag == "QTY")[2], System.Globalization.CultureInfo.InvariantCulture).ShouldBeOneOf(5, 7);
        Directory.Delete(root, recursive: true);

        void Drop(string name, string text)
        {
            // Latin-1, as older systems write it.
            File.WriteAllBytes(Path.Combine(own, "in", name), System.Text.Encoding.Latin1.GetBytes(text));
            File.SetLastWriteTimeUtc(Path.Combine(own, "in", name), DateTime.UtcNow.AddMinutes(-1));
        }
    }

    [Theory, BothDatabases, Capability("OF-09")]
    public async Task What_a_partner_does_not_acknowledge_is_told_once_and_a_partner_at_rest_is_told_later(DatabaseKind kind)
    {
        await using var shop = await Open(kind, fakeClock: true);
        await shop.Product("A", 7);
        await Take(shop, X12Samples.Purchase.Replace("VP*B", "VP*A", StringComparison.Ordinal));
        var confirmed = await Out(shop, "855");
        string control = confirmed.Text("control")!;
        confirmed.GetProperty("isOverdue").GetBoolean().ShouldBeFalse();
        await Take(shop, X12Samples.Isa("000000030") + $"TA1*{control}*260302*0930*A*000~IEA*0*000000030~");
        (await Of(confirmed)).Text("state").ShouldBe("fetched", "it came; of what is in it nothing was said yet");
        shop.Clock!.Advance(TimeSpan.FromHours(25));
        await shop.Until(async () => (await Of(confirmed)).GetProperty("isOverdue").GetBoolean());
        (await Troubles()).ShouldBe(["edi_unacknowledged HARBOR 1"]);
        (await shop.Get("/edi/interchanges?trouble=true")).GetProperty("data").EnumerateArray().Select(i => i.Text("control")).ShouldBe([control]);
        await Take(shop, X12Samples.Of("997", 31, $"AK1*PR*{control.TrimStart('0')}~AK2*855*0001~AK3*PO1*4**8~AK4*2*330*7*12~AK5*R*5~AK9*R*1*1*0~"));
        var refused = await Of(confirmed);
        (refused.Text("state"), Only(refused).Text("state"), refused.GetProperty("isOverdue").GetBoolean()).ShouldBe(("rejected", "rejected", false));
        (await Troubles()).ShouldBe(["edi_failed HARBOR 1"]);
        var again = await shop.Post($"/edi/interchanges/{confirmed.Text("id")}/resend", new { });
        (again.Text("state"), Only(again).Text("state"), again.Text("control")).ShouldBe(("waiting", "sent", control));

        // A partner that rests keeps what waits for it.
        await shop.Put("/edi/partners/HARBOR", Partner("HARBOR", new { channel = "harbor", takes = new[] { "850" }, sends = new[] { "846", "855" } }));
        await shop.Db.WriteAll(work => work.Execute("update edi_partners set is_active = false where code = 'HARBOR'"));
        await shop.Db.WriteAll(work => work.Execute("insert into edi_messages (id, merchant_id, partner_id, direction, set_code, about, state, due_at_ms, created_at_ms) select @id, 1, id, 'out', '846', 'stock:9', 'waiting', 0, 0 from edi_partners where code = 'HARBOR'",
            ("id", Guid.NewGuid())));
        await shop.Services.GetRequiredService<SendEdi>().Handle();
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from edi_messages where state = 'waiting' and about = 'stock:9'"))).ShouldBe(1);
        await shop.Db.WriteAll(work => work.Execute("update edi_partners set is_active = true where code = 'HARBOR'"));
        await Out(shop, "846");

        async Task<JsonElement> Of(JsonElement interchange) => await shop.Get($"/edi/interchanges/{interchange.Text("id")}");
        async Task<IEnumerable<string>> Troubles() => (await shop.Get("/exceptions?state=open")).GetProperty("data").EnumerateArray()
            .Where(e => e.Text("kind")!.StartsWith("edi_", StringComparison.Ordinal)).Select(e => $"{e.Text("kind")} {e.Text("detail")!.Split(':')[0]} {e.Long("seen")}");
    }

    private static async Task<Shop> Open(DatabaseKind kind, bool fakeClock = false)
    {
        var shop = await Shop.Open(kind, fakeClock);
        await shop.Put("/channels/harbor", new { name = "Harbor Outfitters", onShort = "backorder" });
        await shop.Node("THREE", "3pl");
        await shop.Put("/edi/partners/HARBOR", Partner("HARBOR", new { channel = "harbor", takes = new[] { "850" }, sends = new[] { "810", "846", "855", "856" } }));
        await shop.Put("/edi/partners/DOCK", Partner("DOCK", new { node = "THREE", takes = new[] { "846", "945" }, sends = new[] { "940" } }));
        return shop;
    }

    private static Dictionary<string, object?> Partner(string id, object more)
    {
        var body = new Dictionary<string, object?>
        {
            ["name"] = id + " Inc.", ["ourQualifier"] = "ZZ", ["ourId"] = "SWITCHYARD", ["theirQualifier"] = "ZZ", ["theirId"] = id, ["orderType"] = "sales", ["currency"] = "GBP", ["country"] = "GB",
            ["methods"] = new Dictionary<string, string> { ["UPSN"] = "standard" }, ["units"] = new Dictionary<string, int> { ["EA"] = 1, ["CA"] = 12 }, ["byFolder"] = true,
        };
        foreach (var member in JsonSerializer.SerializeToElement(more).EnumerateObject()) body[member.Name] = member.Value;
        return body;
    }

    private static async Task<List<JsonElement>> Take(Shop shop, string content) => [.. (await shop.Post("/edi/interchanges", new { content })).GetProperty("interchanges").EnumerateArray()];
    private static JsonElement Only(JsonElement interchange) => interchange.GetProperty("messages").EnumerateArray().ShouldHaveSingleItem();
    private static async Task<List<JsonElement>> Outbox(Shop shop) => [.. (await shop.Get("/edi/outbox?limit=250")).GetProperty("data").EnumerateArray()];

    /// <summary>Waits for the interchange of this set.</summary>
    private static async Task<JsonElement> Out(Shop shop, string set)
    {
        JsonElement? found = null;
        await shop.Until(async () => (found = (await Outbox(shop)).Select(o => (JsonElement?)o).FirstOrDefault(o => o!.Value.Text("sets") == set)) is not null);
        return found!.Value;
    }

    private static List<string> Plain(JsonElement interchange, string tag) => [.. interchange.Text("content")!.Split('~').Where(s => s.StartsWith(tag + "*", StringComparison.Ordinal))];
}
