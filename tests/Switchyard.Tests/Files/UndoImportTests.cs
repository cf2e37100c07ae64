using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Jobs;

namespace Switchyard.Tests.Files;

/// <summary>An import is taken back row by row: what nobody has changed since goes back, the rest is left and said so.</summary>
[Trait("Kind", "Database")]
public sealed class UndoImportTests
{
    [Theory, BothDatabases]
    public async Task Products_go_back_to_what_they_were_unless_somebody_changed_them_since(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/products/A", new { name = "Apple", weightGrams = 5, tags = new[] { "fruit" }, prices = new[] { new { currency = "GBP", priceMinor = 100 } }, barcodes = new[] { new { barcode = "5012345678900" } } });
        await shop.Put("/products/B", new { name = "Bowl" });
        await shop.Put("/products/C", new { name = "Cup" });
        string before = Told(await shop.Get("/products/A"));
        var job = await shop.ImportAsJob("products", "sku,name,price_gbp,tags\nA,Anything,9.99,x | y\nB,Basin,1.00,\nC,Cup,,\nNEW,New one,2.00,\nNEW,New two,2.00,\n");
        (await shop.Outcome(job)).ShouldBe((5, 1, 3, 1, 0));
        await shop.Put("/products/B", new { name = "Changed by hand" });

        var undo = await shop.Ended(await shop.Post($"/imports/{job.Text("id")}/undo", new { }));

        undo.Text("state").ShouldBe("done", undo.GetRawText());
        JobsTests.Counts(undo).ShouldBe((4, 4, 3, 0, 1));
        Told(await shop.Get("/products/A")).ShouldBe(before);
        (await shop.Get("/products/B")).Text("name").ShouldBe("Changed by hand");
        (await shop.Get("/products/NEW")).GetProperty("isActive").GetBoolean().ShouldBeFalse("what was made is put away");
        var left = (await shop.Get($"/jobs/{undo.Text("id")}/rows?state=skipped")).GetProperty("data").EnumerateArray().Single();
        (left.Text("reference"), left.Text("code")).ShouldBe(("B", "import.changed_since"));
        await shop.Refused(HttpMethod.Post, $"/imports/{job.Text("id")}/undo", new { }, 409, "jobs.undone_already");

        static string Told(JsonElement product) => string.Join('\n', product.EnumerateObject().Where(m => m.Name is not ("version" or "updatedAt")).Select(m => m.ToString()));
    }

    [Theory, BothDatabases, Capability("AX-08")]
    public async Task Levels_go_back_by_adjustments_and_never_below_what_orders_were_promised(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (string sku in new[] { "UP", "DOWN", "SOLD", "COUNTED", "NEEDED" }) await shop.Product(sku, 10);
        var job = await shop.ImportAsJob("stock", "sku,node,quantity\nUP,MAIN,25\nDOWN,MAIN,4\nSOLD,MAIN,30\nCOUNTED,MAIN,7\nNEEDED,MAIN,50\n");
        (await shop.Outcome(job)).ShouldBe((5, 0, 5, 0, 0));
        await shop.Post("/orders", Given.Order(("SOLD", 5)));
        await shop.Post("/orders", Given.Order(("NEEDED", 40)));
        await shop.Import("stock", "sku,node,quantity\nCOUNTED,MAIN,6\n");

        var undo = await shop.Ended(await shop.Post($"/imports/{job.Text("id")}/undo", new { }));

        undo.Text("state").ShouldBe("done", undo.GetRawText());
        (await Task.WhenAll(new[] { "UP", "DOWN", "SOLD", "COUNTED", "NEEDED" }.Select(async s => (await shop.Balance(s)).Long("onHand")))).ShouldBe([10, 10, 10, 6, 50]);
        (await shop.Get($"/jobs/{undo.Text("id")}/rows?state=skipped")).GetProperty("data").EnumerateArray().Select(r => (r.Text("reference"), r.Text("code")))
            .ShouldBe([("NEEDED MAIN", "import.in_use"), ("COUNTED MAIN", "import.changed_since")], ignoreOrder: true);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-61")]
    public async Task Open_orders_are_cancelled_and_give_their_stock_back_unless_they_have_moved_on(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10, priceMinor: 1000);
        await shop.Product("RARE", 1, priceMinor: 1000);
        string csv = "externalId,sku,quantity,unitPrice,customerName,line1,city,postcode,country\n" + string.Concat(
            new[] { "E-1,MUG,2", "E-1,RARE,1", "E-2,MUG,1", "E-3,MUG,1", "E-4,MUG,1", "E-5,MUG,1", "E-6,MUG,two" }.Select(l => l + ",10,Ada Byron,1 Mill Lane,Manchester,M1 1AE,GB\n"));
        var job = await Import(csv);
        JobsTests.Counts(job).ShouldBe((7, 7, 6, 1, 0), job.GetRawText());
        (await shop.Balance("MUG")).Long("allocated").ShouldBe(6);
        string[] ids = await Task.WhenAll(Enumerable.Range(1, 5).Select(async i => (await One($"E-{i}")).Text("id")!));
        await shop.Post($"/orders/{ids[1]}/release", new { });
        await shop.Post($"/orders/{ids[2]}/tags", new { add = new[] { "gift" } });
        await shop.Post($"/orders/{ids[3]}/cancel", new { reason = "by hand" });

        var undo = await shop.Ended(await shop.Post($"/imports/{job.Text("id")}/undo", new { }));
        JobsTests.Counts(undo).ShouldBe((5, 5, 2, 0, 3), undo.GetRawText());
        (await shop.Get($"/jobs/{undo.Text("id")}/rows?state=skipped")).GetProperty("data").EnumerateArray().Select(r => (r.Text("reference"), r.Text("code")))
            .ShouldBe([(ids[1], "import.changed_since"), (ids[2], "import.changed_since"), (ids[3], "import.changed_since")], ignoreOrder: true);
        (await Task.WhenAll(ids.Select(async id => (await shop.Order(id)).Text("state")))).ShouldBe(["cancelled", "confirmed", "confirmed", "cancelled", "cancelled"]);
        ((await shop.Balance("MUG")).Long("allocated"), (await shop.Balance("RARE")).Long("available")).ShouldBe((2, 1));
        (await shop.Get($"/orders/{ids[0]}/timeline")).GetProperty("data").EnumerateArray().Select(e => e.Text("kind")).ShouldContain("OrderImportTakenBack");
        await shop.Refused(HttpMethod.Post, $"/imports/{job.Text("id")}/undo", new { }, 409, "jobs.undone_already");

        var again = await Import(csv);
        JobsTests.Counts(again).ShouldBe((7, 7, 6, 1, 0), "what was taken back comes again; the others are known: " + again.GetRawText());
        (await One("E-1")).Text("id").ShouldNotBe(ids[0]);
        (await One("E-2")).Text("id").ShouldBe(ids[1]);
        var second = await shop.Ended(await shop.Post($"/imports/{again.Text("id")}/undo", new { }));
        JobsTests.Counts(second).ShouldBe((2, 2, 2, 0, 0), "only what this import stored");
        await shop.BooksAreRight();

        async Task<JsonElement> One(string number) => (await shop.Get($"/orders?query=externalId:{number}")).GetProperty("data")[0];
        async Task<JsonElement> Import(string text) =>
            await shop.Ended(await shop.Post("/imports", new { kind = "orders", file = await shop.Upload(text), savedMapping = "simple", @as = "open", channel = "web" }));
    }

    [Theory, BothDatabases, Capability("AX-61")]
    public async Task Past_orders_count_no_more_and_the_same_file_can_be_imported_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (string sku in new[] { "MUG", "CUP" }) await shop.Product(sku, 5);
        const string Csv = "externalId,sku,quantity,unitPrice,placedAt\nH-1,MUG,2,10,2026-01-05 10:00:00\nH-2,MUG,1,10,2026-01-06 10:00:00\nH-3,CUP,1,5,2026-01-07 10:00:00\n";
        var first = await Import();
        string id = (await shop.Get("/orders?query=externalId:H-1")).GetProperty("data")[0].Text("id")!, noted = (await shop.Get("/orders?query=externalId:H-2")).GetProperty("data")[0].Text("id")!;
        await shop.Post($"/orders/{noted}/tags", new { add = new[] { "kept" } });
        var same = await Import();
        (await shop.Refused(HttpMethod.Post, $"/imports/{same.Text("id")}/undo", new { }, 409, "jobs.cannot_undo")).Text("code").ShouldBe("jobs.cannot_undo", "it had changed nothing");

        var undo = await shop.Ended(await shop.Post($"/imports/{first.Text("id")}/undo", new { }));
        JobsTests.Counts(undo).ShouldBe((3, 3, 2, 0, 1), undo.GetRawText());
        var order = await shop.Order(id);
        (order.Text("state"), order.GetProperty("lines")[0].Long("cancelled"), order.GetProperty("lines")[0].Long("delivered"), order.Long("totalMinor")).ShouldBe(("cancelled", 2, 0, 2000));
        (await shop.Order(noted)).Text("state").ShouldBe("closed");
        await Import();
        (await shop.Get("/orders?query=state:closed&count=true")).GetProperty("count").Long("count").ShouldBe(3);
        await shop.BooksAreRight();

        async Task<JsonElement> Import() =>
            await shop.Ended(await shop.Post("/imports", new { kind = "orders", file = await shop.Upload(Csv), savedMapping = "simple", @as = "history", channel = "web" }));
    }

    [Theory, BothDatabases, Capability("AX-61")]
    public async Task Money_of_past_orders_that_are_taken_back_cancels_out_on_the_days_it_was_taken(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5);
        const string Csv = "Name,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem fulfillment status,Payment Method,Refunded Amount\n" +
            "#1,paid,2026-03-01 10:00:00 +0100,fulfilled,2026-03-02 10:00:00 +0100,GBP,25.00,0.00,0.00,25.00,0.00,2026-03-01 09:59:00 +0100,2,Mug,12.50,MUG,fulfilled,Card,0.00\n" +
            "#2,partially_refunded,2026-03-03 10:00:00 +0100,fulfilled,2026-03-04 10:00:00 +0100,GBP,12.50,0.00,0.00,12.50,0.00,2026-03-03 09:59:00 +0100,1,Mug,12.50,MUG,fulfilled,Card,5.00\n";
        var job = await shop.Ended(await shop.Post("/imports", new { kind = "orders", file = await shop.Upload(Csv), savedMapping = "shopify-orders", @as = "history", channel = "web" }));
        string[] ids = await Task.WhenAll(new[] { "#1", "#2" }.Select(async number => (await shop.Get("/orders?query=" + Uri.EscapeDataString($"externalId:\"{number}\""))).GetProperty("data")[0].Text("id")!));
        (await shop.Get($"/orders/{ids[0]}/payments")).Long("capturedMinor").ShouldBe(2500);

        var undo = await shop.Ended(await shop.Post($"/imports/{job.Text("id")}/undo", new { }));
        JobsTests.Counts(undo).ShouldBe((2, 2, 2, 0, 0), undo.GetRawText());
        foreach (string id in ids)
        {
            var money = await shop.Get($"/orders/{id}/payments");
            var entries = money.GetProperty("ledger").EnumerateArray().Select(e => (Kind: e.Text("kind"), Minor: e.Long("capturedDelta") - e.Long("refundedDelta"), At: e.GetProperty("at").GetDateTimeOffset())).ToList();
            (money.Long("capturedMinor") - money.Long("refundedMinor")).ShouldBe(0);
            entries.Sum(e => e.Minor).ShouldBe(0);
            entries.ShouldAllBe(e => e.At < new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), "nothing is dated on the day of the undo");
            if (id == ids[0]) entries.Select(e => (e.Kind, e.Minor)).ShouldBe([("taken", 2500), ("refunded", -2500)]);
            if (id == ids[0]) entries[1].At.ShouldBe(entries[0].At);
            money.GetProperty("data").EnumerateArray().Last().Text("reason").ShouldBe("Its import was taken back.");
        }
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    public async Task Barcodes_and_bundles_go_back_and_what_was_changed_since_stays(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (string sku in new[] { "CUP", "PLATE", "FORK" }) await shop.Put($"/products/{sku}", new { name = sku });
        await shop.Import("barcodes", "barcode,sku,pack_quantity\n5012345678900,CUP,1\n");
        await shop.Import("bundles", "bundle,component,quantity\nOLD,CUP,1\nOLD,PLATE,1\n");
        string before = await shop.Export("barcodes");
        var codes = await shop.ImportAsJob("barcodes", "barcode,sku,pack_quantity\n5012345678900,CUP,12\n4006381333931,PLATE,1\n9780201379624,FORK,6\n");
        (await shop.Outcome(codes)).ShouldBe((3, 2, 1, 0, 0), await shop.ErrorFile(codes));
        await shop.Import("barcodes", "barcode,sku,pack_quantity\n9780201379624,FORK,24\n");
        var sets = await shop.ImportAsJob("bundles", "bundle,component,quantity\nOLD,CUP,4\nOLD,FORK,2\nNEW,CUP,1\nNEW,PLATE,3\nHELD,CUP,1\nHELD,FORK,1\n");
        (await shop.Outcome(sets)).ShouldBe((6, 5, 1, 0, 0), await shop.ErrorFile(sets));
        await shop.Import("bundles", "bundle,component,quantity\nHELD,FORK,9\n");

        var undone = await shop.Ended(await shop.Post($"/imports/{codes.Text("id")}/undo", new { }));
        JobsTests.Counts(undone).ShouldBe((3, 3, 2, 0, 1), undone.GetRawText());
        (await shop.Export("barcodes")).ShouldBe(before.TrimEnd() + (before.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n") + "9780201379624,FORK,24" + before[before.TrimEnd().Length..]);
        (await shop.Get($"/jobs/{undone.Text("id")}/rows?state=skipped")).GetProperty("data").EnumerateArray().Single().Text("code").ShouldBe("import.changed_since");
        undone = await shop.Ended(await shop.Post($"/imports/{sets.Text("id")}/undo", new { }));
        JobsTests.Counts(undone).ShouldBe((6, 6, 5, 0, 1), undone.GetRawText());
        (await Parts("OLD")).ShouldBe("CUP 1, PLATE 1");
        (await Parts("HELD")).ShouldBe("FORK 9", "somebody has changed that since");
        (await shop.Get("/products/NEW")).GetProperty("isActive").GetBoolean().ShouldBeFalse("what was made is put away");
        await shop.BooksAreRight();

        async Task<string> Parts(string sku) => string.Join(", ", (await shop.Get("/products/" + sku)).GetProperty("components").EnumerateArray()
            .Select(c => $"{c.Text("sku")} {c.Long("quantity")}").Order(StringComparer.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task Customers_nodes_zones_and_lanes_go_back_too(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var known = await shop.Post("/customers", new { name = "Ada", email = "ada@example.test", tags = new[] { "vip" } });
        const string Csv = "email,name,phone,line1,city,postcode,country,tags\nada@example.test,Ada Byron,020 7946 0000,1 Mill Lane,Leeds,LS1 4AP,GB,vip | trade\n" +
            "new@example.test,New,,,,,,\nbad,Nobody,,,,,,\nbuyer@example.test,Buyer,,,,,,\n";
        var job = await shop.ImportAsJob("customers", Csv);
        (await shop.Outcome(job)).ShouldBe((4, 2, 1, 0, 1), await shop.ErrorFile(job));
        var ada = await shop.Get("/customers/" + known.Text("id"));
        (ada.Text("name"), ada.GetProperty("addresses")[0].Text("city")).ShouldBe(("Ada Byron", "Leeds"));
        (await shop.Outcome(await shop.ImportAsJob("customers", Csv))).ShouldBe((4, 0, 0, 3, 1), "the same file again changes nothing");
        await shop.Product("MUG", 5);
        var order = Given.Order(("MUG", 1));
        order["customer"] = new { name = "Buyer", email = "buyer@example.test" };
        await shop.Post("/orders", order);

        var undo = await shop.Ended(await shop.Post($"/imports/{job.Text("id")}/undo", new { }));
        JobsTests.Counts(undo).ShouldBe((3, 3, 2, 0, 1), undo.GetRawText());
        ada = await shop.Get("/customers/" + known.Text("id"));
        (ada.Text("name"), ada.GetProperty("addresses").GetArrayLength(), ada.GetProperty("tags").GetArrayLength()).ShouldBe(("Ada", 0, 1));
        (await shop.Get("/customers?query=email:new@example.test")).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await shop.Get("/customers?query=email:buyer@example.test")).GetProperty("data").GetArrayLength().ShouldBe(1, "there is an order of this one");

        var nodes = await shop.ImportAsJob("nodes", "code,name,kind\nMAIN,Renamed,warehouse\nNORTH,North,store\n");
        var zones = await shop.ImportAsJob("zones", "zone,country,postcode_prefix\nisles,GB,HS\n");
        var lanes = await shop.ImportAsJob("lanes", "node,zone,service,currency,base\nNORTH,isles,slow,GBP,4.50\n");
        foreach (var made in new[] { lanes, zones, nodes })
        {
            made.Text("state").ShouldBe("done", made.GetRawText());
            var back = await shop.Ended(await shop.Post($"/imports/{made.Text("id")}/undo", new { }));
            (back.Text("state"), back.GetProperty("counts").Long("ok")).ShouldBe(("done", made.GetProperty("counts").Long("ok")), back.GetRawText());
        }
        (await shop.Get("/nodes/MAIN")).Text("name").ShouldNotBe("Renamed");
        (await shop.Get("/nodes/NORTH")).GetProperty("isActive").GetBoolean().ShouldBeFalse();
        (await shop.Get("/nodes/NORTH/lanes")).GetRawText().ShouldNotContain("slow");
        (await shop.Export("zones")).ShouldNotContain(",HS");
    }
}
