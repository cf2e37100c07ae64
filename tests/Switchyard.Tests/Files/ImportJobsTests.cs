using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Jobs;

namespace Switchyard.Tests.Files;

/// <summary>Files are imported as jobs: previewed, mapped, with the bad rows given back, and only as far as was wanted.</summary>
[Trait("Kind", "Database")]
public sealed class ImportJobsTests
{
    [Theory, BothDatabases, Capability("AX-61")]
    public async Task Of_100_rows_3_bad_ones_are_given_back_mended_and_sent_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var csv = new StringBuilder("Artikel;Bezeichnung;Gewicht;Preis\r\n");
        foreach (int i in Enumerable.Range(1, 100))
            csv.Append(i switch { 7 => "SKU-7;\"Two\r\nlines\";heavy;1,00", 50 => ";=no sku;1;1,00", 93 => "SKU-93;Too fine;1;1,005", _ => $"SKU-{i};Tässe {i};{i};1.00{i % 10},50" }).Append("\r\n");
        var mapping = new { columns = new Dictionary<string, string> { ["sku"] = "Artikel", ["name"] = "Bezeichnung", ["weight_grams"] = "gewicht", ["price_gbp"] = "Preis" }, decimalMark = "," };

        var dry = await shop.ImportAsJob("products", csv.ToString(), mapping, dryRun: true);
        (await shop.Outcome(dry)).ShouldBe((100, 97, 0, 0, 3));
        (await shop.Get("/products")).GetProperty("data").GetArrayLength().ShouldBe(0, "a dry run keeps nothing");

        var job = await shop.ImportAsJob("products", csv.ToString(), mapping);
        job.Text("state").ShouldBe("done", job.GetRawText());
        JobsTests.Counts(job).ShouldBe((100, 100, 97, 3, 0));
        (await shop.Outcome(job)).ShouldBe((100, 97, 0, 0, 3));
        (await shop.Get("/products/SKU-100")).GetProperty("prices")[0].Long("priceMinor").ShouldBe(100_050);
        var rows = (await shop.Get($"/jobs/{job.Text("id")}/rows?state=failed")).GetProperty("data").EnumerateArray().ToList();
        rows.Select(r => (r.Long("row"), r.Text("code"))).ShouldBe([(8, "field.not_whole"), (52, "field.required"), (95, "field.too_many_decimals")]);

        string errors = await shop.ErrorFile(job);
        errors.ShouldStartWith("error_line,error_field,error_code,error_reason,Artikel,Bezeichnung,Gewicht,Preis\r\n8,weight_grams,field.not_whole,");
        errors.ShouldContain("SKU-7,\"Two\r\nlines\",heavy,\"1,00\"");
        errors.ShouldContain("'=no sku", Case.Sensitive, "no spreadsheet runs what somebody wrote");
        string mended = errors.Replace(",heavy,", ",70,", StringComparison.Ordinal).Replace(",,'=no sku", ",SKU-50,fine", StringComparison.Ordinal).Replace("\"1,005\"", "\"1,01\"", StringComparison.Ordinal);
        var again = await shop.ImportAsJob("products", mended, mapping);
        (await shop.Outcome(again)).ShouldBe((3, 3, 0, 0, 0), await shop.ErrorFile(again));
        (await shop.Get("/products?count=true")).GetProperty("count").Long("count").ShouldBe(100);
        (await shop.Outcome(await shop.ImportAsJob("products", csv.ToString(), mapping))).ShouldBe((100, 0, 0, 97, 3), "the same file again changes nothing");
    }

    [Theory, BothDatabases]
    public async Task A_file_in_the_encoding_of_an_old_spreadsheet_is_read_as_it_was_meant(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        const string Text = "sku;name\nM1;Müller’s Café 5 €\nM2;plain\n";
        foreach (var (name, bytes) in new (string, byte[])[]
        {
            ("windows-1252", Encoding.GetEncoding(1252).GetBytes(Text)), ("utf-8", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)]), ("utf-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)]),
        })
        {
            string file = await shop.Http.Upload(bytes);
            (await shop.Get("/uploads/" + file)).Text("encoding").ShouldBe(name);
            var preview = await shop.Post("/imports/preview", new { kind = "products", file });
            preview.GetProperty("rows")[0].GetProperty("cells")[1].GetString().ShouldBe("Müller’s Café 5 €", name);
            (await shop.Ended(await shop.Post("/imports", new { kind = "products", file }))).Text("state").ShouldBe("done");
            (await shop.Get("/products/M1")).Text("name").ShouldBe("Müller’s Café 5 €", name);
        }
    }

    [Theory, BothDatabases]
    public async Task A_preview_guesses_the_mapping_and_says_what_would_become_of_the_first_rows(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("OLD");
        string file = await shop.Upload("Item Code;Title;price_GBP;Colour\nOLD;New name;1,50;red\nNEW;Brand new;2,50;blue\n;No sku;x;\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"S{i};N;1,00;\n")));
        var preview = await shop.Post("/imports/preview", new { kind = "products", file });
        preview.Text("delimiter").ShouldBe(";");
        preview.GetProperty("headers").EnumerateArray().Select(h => h.GetString()).ShouldBe(["Item Code", "Title", "price_GBP", "Colour"]);
        preview.GetProperty("mapping").GetProperty("columns").GetProperty("sku").GetString().ShouldBe("Item Code");
        preview.GetProperty("mapping").Text("decimalMark").ShouldBe(",");
        preview.GetProperty("columns").EnumerateArray().Single(c => c.Text("name") == "name").Text("header").ShouldBe("Title");
        preview.GetProperty("rows").GetArrayLength().ShouldBe(20);
        preview.GetProperty("rows").EnumerateArray().Take(3).Select(r => r.Text("outcome")).ShouldBe(["updated", "created", "refused"]);
        (await shop.Get("/products?count=true")).GetProperty("count").Long("count").ShouldBe(1, "nothing is kept");

        var job = await shop.Ended(await shop.Post("/imports", new { kind = "products", file, mapping = preview.GetProperty("mapping") }));
        (await shop.Outcome(job)).ShouldBe((43, 41, 1, 0, 1));
        var missing = await shop.Post("/imports/preview", new { kind = "products", file = await shop.Upload("name,price\nx,1\n") });
        missing.GetProperty("problems")[0].Text("code").ShouldBe("import.column_missing");
    }

    [Theory, BothDatabases]
    public async Task What_is_wrong_with_an_import_is_said_before_it_begins(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string file = await shop.Upload("name,price\nx,1\n"), good = await shop.Upload("sku\nA\n");
        (await Pointers(new { kind = "toys", file = "x", savedMapping = "m", mapping = new { } })).ShouldBe(["/kind", "/file", "/savedMapping"]);
        (await Pointers(new { kind = "products", file })).ShouldBe(["#sku"]);
        (await Pointers(new { kind = "products", file = good, mapping = new { columns = new { colour = "x" }, delimiter = "--" } })).ShouldBe(["/mapping/delimiter", "/mapping/columns/colour"], ignoreOrder: true);
        (await Pointers(new { kind = "stock", file = good, upsert = false })).ShouldBe(["/upsert"]);
        await shop.Refused(HttpMethod.Post, "/imports", new { kind = "products", file = "upl_" + new string('1', 32) }, 404, "uploads.not_found");
        await shop.Refused(HttpMethod.Post, "/imports", new { kind = "products", file = good, savedMapping = "none" }, 404, "mappings.not_found");
        using var reader = shop.Client((await shop.Post("/keys", new { name = "r", scopes = new[] { "catalog:read", "inventory:write" } })).Text("secret"));
        (await Shop.Read(await reader.GetAsync("/api/v1/imports/kinds"), 200)).GetProperty("data").EnumerateArray().Select(k => k.Text("kind")).ShouldBe(["inbound", "stock"]);

        await shop.Product("OLD");
        var onlyNew = await shop.ImportAsJob("products", "sku,name\nOLD,Other\nNEW,New\n", upsert: false);
        (await shop.Outcome(onlyNew)).ShouldBe((2, 1, 0, 0, 1));
        (await shop.ErrorFile(onlyNew)).ShouldContain("import.row_exists");
        (await shop.Get("/products/OLD")).Text("name").ShouldBe("Product OLD");

        async Task<string?[]> Pointers(object body) => [.. (await Shop.Read(await shop.Send(HttpMethod.Post, "/imports", body), 400)).GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer"))];
    }

    [Theory, BothDatabases]
    public async Task A_mapping_is_kept_under_a_name_with_its_version(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var mapping = new { columns = new { sku = "Code", name = "Label" }, delimiter = "|" };
        (await shop.Put("/import-mappings/products/Old%20shop", new { mapping })).Long("version").ShouldBe(1);
        (await shop.Outcome(await shop.ImportAsJob("products", "Code|Label|name\nA|Apple|wrong\n", savedMapping: "old SHOP"))).ShouldBe((1, 1, 0, 0, 0));
        (await shop.Get("/products/A")).Text("name").ShouldBe("Apple");
        (await shop.Put("/import-mappings/products/Old%20shop", new { mapping = new { columns = new { sku = "Code" } } })).Long("version").ShouldBe(2);
        using var stale = new HttpRequestMessage(HttpMethod.Put, "/api/v1/import-mappings/products/Old%20shop") { Content = System.Net.Http.Json.JsonContent.Create(new { mapping }) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        (await Shop.Read(await shop.Http.SendAsync(stale), 412)).Text("code").ShouldBe("mappings.changed");
        (await shop.Get("/import-mappings?kind=products")).GetProperty("data").EnumerateArray().Single().Text("name").ShouldBe("Old shop");
        (await Shop.Read(await shop.Send(HttpMethod.Put, "/import-mappings/products/bad", new { mapping = new { columns = new { colour = "x" } } }), 400))
            .GetProperty("errors")[0].Text("pointer").ShouldBe("/mapping/columns/colour");
        await Shop.Read(await shop.Send(HttpMethod.Delete, "/import-mappings/products/Old%20shop", null), 200);
        await shop.Refused(HttpMethod.Get, "/import-mappings/products/Old%20shop", null, 404, "mappings.not_found");
        using var other = shop.Client((await shop.Post("/merchants", new { code = "b", name = "B", baseCurrency = "GBP" })).Text("key"));
        (await Shop.Read(await other.GetAsync("/api/v1/import-mappings"), 200)).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task Orders_are_imported_as_a_job_and_the_lines_of_one_that_failed_come_back_together(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10);
        const string Csv = "externalId,sku,name,quantity,unitPrice,placedAt,customerName,email,line1,city,postcode,country\n" +
            "E-1,MUG,Mug,1,4.50,2026-11-01 10:00:00,Ada,ada@example.test,1 Mill Lane,Leeds,LS1 4AP,GB\n" +
            "E-2,MUG,Mug,two,4.50,2026-11-01 10:00:00,Bo,bo@example.test,2 Mill Lane,Leeds,LS1 4AP,GB\n" +
            "E-2,MUG,Mug,3,4.50,2026-11-01 10:00:00,Bo,bo@example.test,2 Mill Lane,Leeds,LS1 4AP,GB\n";
        string file = await shop.Upload(Csv);
        var preview = await shop.Post("/imports/preview", new { kind = "orders", file, savedMapping = "simple", @as = "history" });
        preview.GetProperty("rows").EnumerateArray().Select(r => r.Text("outcome")).ShouldBe(["created", "refused", "created"]);
        var job = await shop.Ended(await shop.Post("/imports", new { kind = "orders", file, savedMapping = "simple", @as = "history", channel = "web" }));
        job.Text("state").ShouldBe("done", job.GetRawText());
        var result = await shop.Get("/imports/" + job.Text("id"));
        result.Long("created").ShouldBe(1, result.GetRawText());
        result.Long("failed").ShouldBeInRange(1, 2, result.GetRawText());
        string errors = await shop.ErrorFile(job);
        errors.Split("\r\n").Count(l => l.Contains(",E-2,", StringComparison.Ordinal)).ShouldBe(2, errors);
        (await shop.Get("/orders?query=externalId:E-1")).GetProperty("data").GetArrayLength().ShouldBe(1);

        var mended = await shop.Ended(await shop.Post("/imports", new { kind = "orders", file = await shop.Upload(errors.Replace(",two,", ",2,", StringComparison.Ordinal)), savedMapping = "simple", @as = "history" }));
        (await shop.Get("/imports/" + mended.Text("id"))).Long("created").ShouldBe(1, mended.GetRawText());
        (await shop.Get("/orders?query=externalId:E-2")).GetProperty("data")[0].GetProperty("lines").GetArrayLength().ShouldBe(2);
        var again = await shop.Ended(await shop.Post("/imports", new { kind = "orders", file, savedMapping = "simple", @as = "history" }));
        (await shop.Get("/orders?count=true")).GetProperty("count").Long("count").ShouldBe(2, again.GetRawText());
        await shop.Refused(HttpMethod.Post, $"/imports/{again.Text("id")}/undo", new { }, 409, "jobs.cannot_undo");
    }
}
