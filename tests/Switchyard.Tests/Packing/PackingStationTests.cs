using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Documents;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Packing;

/// <summary>What a packing station asks of the server beside scanning and weighing: the right table, single units, and what is printed.</summary>
public sealed class PackingStationTests
{
    [Theory, BothDatabases, Capability("PK-06", "PK-07", "PK-08", "RE-08")]
    public async Task A_sealed_parcel_has_its_papers_printed_at_the_station_each_on_its_printer_and_its_own_number(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10);
        await shop.Product("TEA", 10);
        await shop.Put("/document-settings", new { name = "Fenwick & Vale", gs1Prefix = "5012345" });
        await shop.Put("/packing-settings", new { tolerancePercent = 5, toleranceGrams = 20, hasInvoice = true, hasReturnLabel = true });
        await shop.Put("/printers/SLIPS", new { node = "MAIN", name = "Slips", kind = "slip", format = "pdf", link = "agent" });
        await shop.Put("/print-stations/PACK-1", new { node = "MAIN", name = "Bench 1", slip = "SLIPS" });
        var body = Given.Order(("MUG", 2), ("TEA", 1));
        body["metadata"] = new { giftMessage = "Happy birthday" };
        string order = (await shop.Post("/orders", body)).Text("id")!;
        var given = (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0];
        string release = given.Text("id")!;
        await shop.Run(release, "start-picking", "pick");

        // By the order's number, the release's number and its id; what nobody has is found nowhere.
        string number = (await shop.Order(order)).Text("number")!;
        foreach (string scan in new[] { number, given.Text("number")!, release, order })
            (await shop.Get($"/packing-tables?scan={scan}")).GetProperty("data").EnumerateArray().Select(w => (w.Text("fulfilment"), w.Long("units"))).ShouldBe([(release, 3L)]);
        (await shop.Get("/packing-tables?scan=NOBODY")).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await shop.Get("/packing-tables?node=MAIN")).GetProperty("data")[0].Text("orderNumber").ShouldBe(number);

        await Step(shop, release, new { id = "1", kind = "scan", code = "MUG" });
        await Step(shop, release, new { id = "2", kind = "parcel" });
        await Step(shop, release, new { id = "3", kind = "scan", code = "MUG", parcel = 2 });
        var open = await Step(shop, release, new { id = "4", kind = "scan", code = "TEA", parcel = 2 });
        open.Text("giftMessage").ShouldBe("Happy birthday");
        var done = await shop.Post($"/fulfilments/{release}/packing/seal", new { id = "s" });
        var parcels = done.GetProperty("sealed").EnumerateArray().ToList();
        parcels.Select(p => p.Text("sscc")).ShouldBe(["050123450000000008", "050123450000000015"]);
        (await shop.Get("/packing-tables?node=MAIN")).GetProperty("data").GetArrayLength().ShouldBe(0);

        string first = parcels[0].Text("package")!, second = parcels[1].Text("package")!;
        var papers = (await shop.Post($"/packages/{first}/print", new { station = "PACK-1" })).GetProperty("papers").EnumerateArray().ToList();
        papers.Select(p => (p.Text("kind"), p.Text("error"))).ShouldBe([("giftMessage", null), ("invoice", "documents.no_printer_for_kind"), ("packingSlip", null), ("returnLabel", null)]);
        // Asked again without a reason nothing comes twice; what had failed is made.
        await shop.Put("/printers/DESK", new { node = "MAIN", name = "Desk", kind = "a4", format = "pdf", link = "agent" });
        await shop.Put("/print-stations/PACK-1", new { node = "MAIN", name = "Bench 1", slip = "SLIPS", a4 = "DESK" });
        var again = (await shop.Post($"/packages/{first}/print", new { station = "PACK-1" })).GetProperty("papers").EnumerateArray().ToList();
        again.Select(p => (p.Text("kind"), p.GetProperty("isAgain").GetBoolean())).ShouldBe([("giftMessage", true), ("invoice", false), ("packingSlip", true), ("returnLabel", true)]);
        (await Jobs(shop)).ShouldBe(["DESK orderSummary", "SLIPS giftMessage", "SLIPS packingSlip", "SLIPS returnSlip"]);
        await shop.Post($"/packages/{first}/print", new { station = "PACK-1", kinds = new[] { "packingSlip" }, reason = "Jam" });
        (await Jobs(shop)).Count(j => j == "SLIPS packingSlip").ShouldBe(2);

        // Each slip names what is in its own parcel.
        await shop.Post($"/packages/{second}/print", new { });
        var slips = (await shop.Get($"/documents?order={order}&limit=50")).GetProperty("data").EnumerateArray().Where(d => d.Text("kind") == "packingSlip").ToDictionary(d => d.GetProperty("of")[0].GetString()!, d => d.Text("file")!);
        string one = DocumentTools.Text(await shop.Http.GetByteArrayAsync(slips[first])), two = DocumentTools.Text(await shop.Http.GetByteArrayAsync(slips[second]));
        (one.Contains("TEA", StringComparison.Ordinal), two.Contains("TEA", StringComparison.Ordinal), one.Contains("Parcel 1 of 2", StringComparison.Ordinal), two.Contains("Parcel 2 of 2", StringComparison.Ordinal))
            .ShouldBe((false, true, true, true));
        // Its number stands on its slip and on a label of our own, in bars that a scanner reads.
        foreach (var (kindOf, parcel, sscc) in new[] { ("packingSlip", first, "050123450000000008"), ("shippingLabel", second, "050123450000000015") })
        {
            var paper = await shop.Post("/documents", new { kind = kindOf, of = new[] { parcel } });
            DocumentTools.Barcodes(DocumentTools.Picture(await shop.Http.GetByteArrayAsync(paper.Text("file")))).ShouldContain("CODE-128:00" + sscc);
        }
        (await shop.Get($"/documents?package={second}")).GetProperty("data").EnumerateArray().Select(d => d.Text("kind")).Order().ShouldBe(["packingSlip", "returnSlip", "shippingLabel"]);

        await shop.Refused(HttpMethod.Post, "/packages/pkg_00000000000000000000000000000000/print", new { }, 404, "packing.not_sealed");
        (await shop.Post("/printers/SLIPS/test", new { language = "de" })).Text("kind").ShouldBe("testPage");
        (await shop.Post("/print-jobs/claim", new { printers = new[] { "SLIPS" }, most = 20 })).GetProperty("jobs").GetArrayLength().ShouldBe(5);
        (await shop.Get("/printers")).GetProperty("printers").EnumerateArray().Single(p => p.Text("code") == "SLIPS").Text("seenAt").ShouldNotBeNull();
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("PK-08")]
    public async Task Serial_numbers_and_lots_are_asked_for_held_against_what_was_picked_and_kept_with_the_parcel(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("CAM", 5);
        await shop.Product("MILK", 5);
        await shop.Put("/inventory/tracking", new { items = new object[] { new { sku = "CAM", tracks = "serial" }, new { sku = "MILK", tracks = "lot" } } });
        var (_, release) = await shop.Released(("CAM", 2), ("MILK", 2));
        await shop.Run(release, "start-picking");
        int milk = (int)(await shop.Release(release)).GetProperty("lines").EnumerateArray().Single(l => l.Text("sku") == "MILK").Long("line");
        await shop.Do(release, "pick", new { taken = new[] { new { line = milk, lot = "L1", quantity = 1 }, new { line = milk, lot = "L2", quantity = 1 } } });

        (await shop.Get($"/fulfilments/{release}/packing")).GetProperty("lines").EnumerateArray().Select(l => l.Text("tracks")).Order().ShouldBe(["lot", "serial"]);
        await Refused(shop, release, new { id = "1", kind = "scan", code = "CAM" }, "packing.serial_wanted");
        await Step(shop, release, new { id = "2", kind = "scan", code = "CAM", serial = "A1" });
        await Refused(shop, release, new { id = "3", kind = "scan", code = "CAM", serial = "A1" }, "packing.serial_twice");
        await Step(shop, release, new { id = "4", kind = "scan", code = "CAM", serial = "A2" });
        await Refused(shop, release, new { id = "5", kind = "scan", code = "MILK" }, "packing.lot_wanted");
        await Refused(shop, release, new { id = "6", kind = "scan", code = "MILK", lot = "L3" }, "packing.wrong_lot");
        await Step(shop, release, new { id = "7", kind = "scan", code = "MILK", lot = "L1" });
        await Refused(shop, release, new { id = "8", kind = "scan", code = "MILK", lot = "L1" }, "packing.wrong_lot");
        await Step(shop, release, new { id = "9", kind = "scan", code = "MILK", lot = "L2" });
        await shop.Post($"/fulfilments/{release}/packing/seal", new { id = "s" });
        (await shop.Db.ReadAll(work => work.Query("select lot, serial, quantity from packed_units order by line_no, lot, serial", row => (row.Text(), row.Text(), row.Long()))))
            .Order().ShouldBe(new[] { ("", "A1", 1L), ("", "A2", 1L), ("L1", "", 1L), ("L2", "", 1L) }.Order());
        (await shop.Db.ReadAll(work => work.Query("select serial, sum(quantity) from fulfilment_lots where serial <> '' group by serial order by serial", row => (row.Text(), row.Sum())))).ShouldBe([("A1", 1L), ("A2", 1L)]);

        // Slips and customs papers name them.
        foreach (string paper in new[] { "packingSlip", "commercialInvoice", "cn23" })
        {
            string text = DocumentTools.Text(await shop.Http.GetByteArrayAsync((await shop.Post("/documents", new { kind = paper, of = new[] { release } })).Text("file")));
            text.ShouldContain("Serial no.: A1, A2", customMessage: paper);
            text.ShouldContain("Lot: L1, L2", customMessage: paper);
        }

        // Opened and packed again, they are the ones that were read; another is not.
        await shop.Run(release, "unpack");
        await Refused(shop, release, new { id = "10", kind = "scan", code = "CAM", serial = "B9" }, "packing.wrong_serial");
        foreach (var (id, serial) in new[] { ("11", "A2"), ("12", "A1") }) await Step(shop, release, new { id, kind = "scan", code = "CAM", serial });
        var taken = await Step(shop, release, new { id = "13", kind = "takeOut", line = 1, quantity = 1, parcel = 1 });
        taken.GetProperty("parcels")[0].GetProperty("lines").EnumerateArray().SelectMany(l => l.GetProperty("units").EnumerateArray()).Select(u => u.Text("serial")).ShouldBe(["A2"]);
        await Step(shop, release, new { id = "14", kind = "scan", code = "CAM", serial = "A1" });
        taken = await Step(shop, release, new { id = "13b", kind = "takeOut", line = 1, quantity = 1, parcel = 1, serial = "A2" });
        taken.GetProperty("parcels")[0].GetProperty("lines").EnumerateArray().SelectMany(l => l.GetProperty("units").EnumerateArray()).Select(u => u.Text("serial")).ShouldBe(["A1"], "the one in the hand, not the last");
        await Refused(shop, release, new { id = "13c", kind = "takeOut", line = 1, quantity = 1, parcel = 1, serial = "A2" }, "packing.not_in_parcel");
        await Step(shop, release, new { id = "13d", kind = "scan", code = "CAM", serial = "A2" });
        foreach (var (id, lot) in new[] { ("15", "L1"), ("16", "L2") }) await Step(shop, release, new { id, kind = "scan", code = "MILK", lot });
        await shop.Post($"/fulfilments/{release}/packing/seal", new { id = "s2" });
        (await shop.Do(release, "ship", new { tracking = "T1" })).Text("state").ShouldBe("handedOver");

        // A number that has gone with an order goes with no other: told when the parcel is sealed.
        var (_, other) = await shop.Released(("CAM", 1));
        await shop.Run(other, "start-picking", "pick");
        await Step(shop, other, new { id = "1", kind = "scan", code = "CAM", serial = "A1" });
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{other}/packing/seal", new { id = "s" }, 409, "fulfilment.serial_gone");
        await shop.BooksAreRight();
    }

    private static async Task<List<string>> Jobs(Shop shop) =>
        [.. (await shop.Get("/print-jobs?limit=50")).GetProperty("data").EnumerateArray().Select(j => $"{j.Text("printer")} {j.Text("kind")}").Order(StringComparer.Ordinal)];

    private static Task<JsonElement> Step(Shop shop, string release, object step) => shop.Post($"/fulfilments/{release}/packing/steps", step);
    private static Task Refused(Shop shop, string release, object step, string code) => shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/packing/steps", step, 409, code);
}
