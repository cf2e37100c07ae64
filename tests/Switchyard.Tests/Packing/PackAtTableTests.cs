using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Packing;

/// <summary>The packing table over HTTP: what is suggested, scanned, weighed, confirmed and sealed.</summary>
public sealed class PackAtTableTests
{
    [Theory, BothDatabases, Capability("PK-05", "PK-04", "PK-07", "PK-08", "RE-08")]
    public async Task A_release_is_packed_into_the_suggested_box_scan_by_scan_and_the_books_stay_right(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Box(shop, "S", 200, 150, 100, 45);
        await Box(shop, "L", 400, 300, 200, 90, supply: 5);
        await Measured(shop, "MUG", 10, (100, 100, 100), 300);
        await Measured(shop, "TEA", 10, (100, 50, 100), 100);
        await shop.Put("/packing-settings", new { tolerancePercent = 5, toleranceGrams = 20, mustWeigh = true, hasReturnLabel = true, welcomeInsert = "Welcome card" });
        var (order, release) = await shop.Released(("MUG", 1), ("TEA", 2));

        // PK-05: three items, the smallest box; a fourth mug needs the larger one.
        var carton = await shop.Get($"/fulfilments/{release}/carton");
        var box = carton.GetProperty("boxes").EnumerateArray().Single();
        (box.Text("packaging"), box.Long("grossGrams"), box.GetProperty("items").GetArrayLength(), box.Long("dunnageMm3")).ShouldBe(("S", 550, 3, 1_000_000));
        carton.Text("engine").ShouldBe("pack-1");
        (await shop.Get($"/fulfilments/{(await shop.Released(("MUG", 4))).Release}/carton")).GetProperty("boxes").EnumerateArray().Select(b => b.Text("packaging")).ShouldBe(["L"]);
        (await shop.Get($"/fulfilments/{(await shop.Released(("MUG", 5), ("TEA", 1))).Release}/carton")).GetProperty("unpacked").GetArrayLength().ShouldBe(0);

        await Refused(shop, release, new { id = "a0", kind = "scan", code = "MUG" }, 409, "packing.too_many");      // nothing is picked yet
        await shop.Run(release, "start-picking", "pick");
        await Step(shop, release, new { id = "a1", kind = "parcel", packaging = "S", suggested = "S" });
        await Step(shop, release, new { id = "a2", kind = "scan", code = "mug" });
        await Step(shop, release, new { id = "a2", kind = "scan", code = "mug" });                                  // sent twice, done once
        await Refused(shop, release, new { id = "a3", kind = "scan", code = "MUG" }, 409, "packing.too_many");
        await Refused(shop, release, new { id = "a4", kind = "scan", code = "SOAP" }, 409, "packing.wrong_item");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/packing/seal", new { id = "s0" }, 409, "packing.units_missing");
        await Step(shop, release, new { id = "a5", kind = "scan", code = "TEA", quantity = 2 });
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/packing/seal", new { id = "s0" }, 409, "packing.not_weighed");
        await Refused(shop, release, new { id = "a6", kind = "weigh", parcel = 1, weightGrams = 600 }, 409, "packing.out_of_tolerance");
        (await shop.Get($"/fulfilments/{release}/packing")).GetProperty("parcels")[0].Long("refusedGrams").ShouldBe(600);
        await shop.Put("/packing-settings", new { tolerancePercent = 5, toleranceGrams = 20, hasReturnLabel = true, welcomeInsert = "Welcome card" });
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/packing/seal", new { id = "s0" }, 409, "packing.weight_open");      // not over a weight that is off, also where none must be weighed
        await shop.Put("/packing-settings", new { tolerancePercent = 5, toleranceGrams = 20, mustWeigh = true, hasReturnLabel = true, welcomeInsert = "Welcome card" });
        await Step(shop, release, new { id = "a7", kind = "weigh", parcel = 1, weightGrams = 577 });                // 550 and 5 %
        var before = await Step(shop, release, new { id = "a8", kind = "weigh", parcel = 1, weightGrams = 600, reason = "wrapped twice" });
        (before.Long("left"), before.GetProperty("parcels")[0].Long("expectedGrams"), before.GetProperty("parcels")[0].Long("weighedGrams")).ShouldBe((0, 550, 600));

        var sealedUp = await shop.Post($"/fulfilments/{release}/packing/seal", new { id = "s1" });
        (await shop.Post($"/fulfilments/{release}/packing/seal", new { id = "s1" })).GetProperty("documents").GetArrayLength().ShouldBe(3);
        (sealedUp.Text("state"), sealedUp.GetProperty("parcels").GetArrayLength()).ShouldBe(("packed", 0));
        sealedUp.GetProperty("documents").EnumerateArray().Select(d => d.Text("kind")).ShouldBe(["insert", "packingSlip", "returnLabel"]);
        var package = (await shop.Release(release)).GetProperty("packages").EnumerateArray().Single();
        (package.Long("weightGrams"), package.Long("lengthMm"), package.GetProperty("lines").GetArrayLength()).ShouldBe((600, 210, 2));
        (await shop.Order(order)).Text("status").ShouldBe("packed");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/packing/seal", new { id = "s2" }, 409, "packing.nothing_to_pack");
        (await shop.Db.ReadAll(work => work.Query("select packaging, suggested, cost_minor, expected_grams, weighed_grams from package_costs",
            row => (row.Text(), row.Text(), row.Long(), row.Long(), row.Long())))).ShouldBe([("S", "S", 45L, 550L, 600L)]);
        (await shop.Db.ReadAll(work => work.Query("select kind from pack_log order by id", row => row.Text()))).ShouldBe(
            ["packing.too_many", "parcel", "scan", "packing.too_many", "packing.wrong_item", "scan", "packing.out_of_tolerance", "weigh", "weigh", "sealed"]);
        await shop.BooksAreRight();
        await shop.OnlyGrows("pack_log");
    }

    [Theory, BothDatabases, Capability("AU-06", "PK-08")]
    public async Task Age_and_hazard_are_confirmed_before_goods_leave_and_what_ships_alone_or_bears_a_text_is_kept_apart(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Box(shop, "S", 200, 150, 100, 45, supply: 1);
        await Measured(shop, "GIN", 5, (80, 80, 90), 900);
        await Measured(shop, "CELL", 5, (50, 50, 50), 200);
        await Measured(shop, "PEN", 5, (10, 10, 90), 20);
        await shop.Put("/products/GIN/packing", new { turning = "thisWayUp", isFragile = true, minAge = 18 });
        (await shop.Put("/products/CELL/packing", new { shipsAlone = true, hazard = "UN3481" })).Text("hazard").ShouldBe("UN3481");
        var body = Given.Order(("GIN", 1), ("CELL", 1), ("PEN", 1), ("PEN", 1));
        body["metadata"] = new { giftMessage = "For you" };
        body["lines"] = new object[]
        {
            new { sku = "GIN", quantity = 1, unitPriceMinor = 1000 }, new { sku = "CELL", quantity = 1, unitPriceMinor = 1000 },
            new { sku = "PEN", quantity = 1, unitPriceMinor = 1000, metadata = new { personalisation = "Ada" } }, new { sku = "PEN", quantity = 1, unitPriceMinor = 1000, metadata = new { personalisation = "Bob" } },
        };
        string order = (await shop.Post("/orders", body)).Text("id")!;
        string release = (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await shop.Run(release, "start-picking", "pick");

        var lines = (await shop.Get($"/fulfilments/{release}/packing")).GetProperty("lines").EnumerateArray().ToList();
        lines.Select(l => l.Text("text")).ShouldBe([null, null, "Ada", "Bob"]);
        (lines[0].Long("minAge"), lines[1].Text("hazard"), lines[1].GetProperty("steps")[0].GetString()).ShouldBe((18, "UN3481", "hazard"));
        await Step(shop, release, new { id = "1", kind = "scan", code = "GIN" });
        await Refused(shop, release, new { id = "2", kind = "scan", code = "PEN" }, 409, "packing.which_line");
        await Step(shop, release, new { id = "3", kind = "scan", code = "PEN", line = 4 });
        await Step(shop, release, new { id = "4", kind = "scan", code = "PEN" });                                   // only Ada's is left: that is clear
        await Refused(shop, release, new { id = "5", kind = "scan", code = "CELL" }, 409, "packing.ships_alone");
        await Step(shop, release, new { id = "6", kind = "parcel", packaging = "S" });
        await Step(shop, release, new { id = "7", kind = "scan", code = "CELL" });
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/packing/seal", new { id = "s" }, 409, "packing.step_missing");
        await shop.Run(release, "pack");                                                                           // past the table: it may be packed, but
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/ship", new { }, 409, "fulfilment.proof_missing");
        await shop.Run(release, "unpack");
        await Step(shop, release, new { id = "8", kind = "confirm", line = 1, step = "age", note = "Passport seen" });
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/packing/seal", new { id = "s" }, 409, "packing.step_missing");
        await Step(shop, release, new { id = "9", kind = "confirm", line = 2, step = "hazard", note = "Label on" });
        var done = await shop.Post($"/fulfilments/{release}/packing/seal", new { id = "s" });
        var documents = done.GetProperty("documents").EnumerateArray().GroupBy(d => d.Text("package")).Select(g => string.Join(",", g.Select(d => d.Text("kind")))).Order();
        documents.ShouldBe(["packingSlip", "packingSlip"]);
        (await shop.Get("/packaging")).GetProperty("items")[0].Long("supply").ShouldBe(0);
        (await shop.Do(release, "ship", new { tracking = "T1" })).Text("state").ShouldBe("handedOver");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("PK-08")]
    public async Task Two_packers_at_one_release_pack_each_unit_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 20);
        var (order, release) = await shop.Released(("MUG", 6));
        await shop.Run(release, "start-picking", "pick");
        var scans = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => shop.Send(HttpMethod.Post, $"/fulfilments/{release}/packing/steps", new { id = $"p{i}", kind = "scan", code = "MUG" })));
        scans.Count(s => s.IsSuccessStatusCode).ShouldBe(6);
        scans.Count(s => (int)s.StatusCode == 409).ShouldBe(4);
        var seals = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => shop.Send(HttpMethod.Post, $"/fulfilments/{release}/packing/seal", new { id = $"s{i}" })));
        seals.Count(s => s.IsSuccessStatusCode).ShouldBe(1);
        (await shop.Release(release)).GetProperty("packages").EnumerateArray().Single().GetProperty("lines")[0].Long("quantity").ShouldBe(6);
        (await shop.Order(order)).Text("status").ShouldBe("packed");
        await shop.BooksAreRight();
    }

    private static Task<JsonElement> Step(Shop shop, string release, object step) => shop.Post($"/fulfilments/{release}/packing/steps", step);
    private static Task Refused(Shop shop, string release, object step, int status, string code) => shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/packing/steps", step, status, code);

    private static Task<JsonElement> Box(Shop shop, string code, int l, int w, int h, long cost, long? supply = null) => shop.Put("/packaging/" + code, new
    {
        outer = new { lengthMm = l + 10, widthMm = w + 10, heightMm = h + 10 },
        inner = new { lengthMm = l, widthMm = w, heightMm = h },
        emptyGrams = 50,
        maxGrams = 20_000,
        costMinor = cost,
        costCurrency = "GBP",
        supply,
    });

    private static async Task Measured(Shop shop, string sku, long units, (int L, int W, int H) size, long grams)
    {
        await shop.Post("/products", new { sku, name = "Product " + sku, kind = "goods", weightGrams = grams, lengthMm = size.L, widthMm = size.W, heightMm = size.H });
        await shop.Stock(sku, units);
    }
}
