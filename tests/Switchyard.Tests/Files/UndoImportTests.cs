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
