using System.Text;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Files;

public sealed class ImportTests
{
    [Theory, BothDatabases]
    public async Task Of_100_rows_with_3_bad_ones_97_are_kept_and_3_are_named_by_line(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var csv = new StringBuilder("SKU;Product Name;Weight;price_GBP;Colour\r\n");
        foreach (int i in Enumerable.Range(1, 100))
            csv.Append(i switch { 7 => "SKU-7;\"Two\r\nlines\";heavy;1.00;x", 50 => ";No sku;1;1.00;x", 93 => "SKU-93;Too fine;1;1.005;x", _ => $"SKU-{i};Item {i};{i};{i}.50;x" }).Append("\r\n");

        var dry = await shop.Import("products", csv.ToString(), dryRun: true);
        dry.Counts().ShouldBe((100, 97, 0, 0, 3));
        (await shop.Get("/products")).GetProperty("data").GetArrayLength().ShouldBe(0);

        var done = await shop.Import("products", csv.ToString());
        done.Counts().ShouldBe((100, 97, 0, 0, 3));
        done.GetProperty("warnings")[0].GetString()!.ShouldContain("'Colour'");
        done.GetProperty("errors").EnumerateArray().Select(e => (e.GetProperty("line").GetInt64(), e.GetProperty("field").GetString(), e.GetProperty("code").GetString()))
            .ShouldBe([(8, "weight_grams", "field.not_whole"), (52, "sku", "field.required"), (95, "price_gbp", "field.too_many_decimals")]);
        (await shop.Get("/products/SKU-100")).GetProperty("prices")[0].GetProperty("priceMinor").GetInt64().ShouldBe(10050);

        long run = done.GetProperty("runId").GetInt64();
        (await shop.Get($"/imports/{run}")).GetRawText().ShouldBe(done.GetRawText());
        string errors = await shop.Http.GetStringAsync($"/api/v1/imports/{run}/errors.csv");
        errors.ShouldStartWith("line,field,code,reason,row\r\n8,weight_grams,field.not_whole,");
        errors.ShouldContain("SKU-7;\"\"Two\r\nlines\"\";heavy");

        long version = await Version(shop);
        (await shop.Import("products", csv.ToString())).Counts().ShouldBe((100, 0, 0, 97, 3));
        (await Version(shop)).ShouldBe(version, "unchanged rows write nothing");
        (await shop.Import("products", "sku,price_gbp\nsku-1,9.99\nSKU-2,2.50")).Counts().ShouldBe((2, 0, 1, 1, 0));
        (await shop.Get("/products/SKU-1")).GetProperty("name").GetString().ShouldBe("Item 1");
        await shop.Refused(HttpMethod.Get, "/imports/999999", null, 404, "import.no_such_run");
    }

    [Theory, BothDatabases]
    public async Task A_file_that_cannot_be_read_is_refused_with_one_reason(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        async Task<string?> Code(string csv) => (await Shop.Read(await shop.SendFile("products", Encoding.UTF8.GetBytes(csv)), 400)).GetProperty("code").GetString();
        (await Code("")).ShouldBe("import.empty");
        (await Code("name,price\nx,1")).ShouldBe("request.invalid");
        (await Code("sku,SKU\nx,1")).ShouldBe("import.column_twice");

        (await shop.Import("products", "\uFEFFsku\tname\nA\t\"says \"\"hi\"\"\"\n\n\t\nB\tb\textra\nC\nA\tagain\n")).Counts().ShouldBe((4, 1, 1, 0, 2));
        (await shop.Get("/products/A")).GetProperty("name").GetString().ShouldBe("again");

        var latin = await Shop.Read(await shop.SendFile("products", Encoding.Latin1.GetBytes("sku,name\nL1,plain\nL2,caf\u00e9\n")), 200);
        latin.Counts().ShouldBe((2, 1, 0, 0, 1));
        latin.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("import.not_utf8");

        var open = await shop.Import("products", "sku,name\nQ1,fine\nQ2,\"never closed\nQ3,x\n");
        open.Counts().ShouldBe((2, 1, 0, 0, 1));
        var huge = await shop.Import("products", "sku,name\nH1,fine\nH2,\"" + new string('x', 3_000_000));
        huge.GetProperty("state").GetString().ShouldBe("failed");
        huge.Counts().ShouldBe((2, 1, 0, 0, 1), huge.GetRawText());
        (await shop.Import("products", "sku,name\nZ\0,zero\n")).GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("field.not_text");
    }

    [Theory, BothDatabases]
    public async Task Bundles_barcodes_zones_nodes_and_lanes_are_imported_by_their_keys(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        (await shop.Import("products", "sku,name,kind,components\nSET,Set,bundle,2 x cup | 1 x A\\|B\nCUP,Cup,,\nA|B,Bar,goods,\nBAD,Bad,bundle,1 x NOT\nBAD2,Bad,bundle,two cups\n"))
            .Counts().ShouldBe((5, 3, 0, 0, 2));
        (await shop.Get("/products/SET")).GetProperty("components").GetRawText().ShouldBe("""[{"sku":"A|B","quantity":1},{"sku":"CUP","quantity":2}]""");

        (await shop.Import("bundles", "bundle,component,quantity,name\nSET,CUP,4,\nSET,A|B,1,\nNEW,CUP,1,Brand new\nNEW,SET,1,\nCUP,A|B,1,\nNEW,CUP,0,\n")).Counts().ShouldBe((6, 1, 1, 1, 3));
        (await shop.Get("/products/NEW")).GetProperty("name").GetString().ShouldBe("Brand new");

        var barcodes = await shop.Import("barcodes", "ean,sku,pack\n5012345678900,CUP,1\n5012345678901,CUP,1\n15012345678907,cup,6\nX,NOT,1\n");
        barcodes.Counts().ShouldBe((4, 2, 0, 0, 2));
        barcodes.GetProperty("errors")[0].GetProperty("reason").GetString()!.ShouldContain("should be 0");
        (await shop.Import("barcodes", "barcode,sku,pack_quantity\n5012345678900,SET,1\n05012345678900,CUP,1\n15012345678907,CUP,12\n")).Counts().ShouldBe((3, 0, 2, 0, 1));

        (await shop.Import("zones", "zone,name,country,postcode_prefix\nuk,Mainland,GB,\nhi,Highlands,GB,IV\nhi,Highlands,GB,kw15\nx,X,XX1,\n")).Counts().ShouldBe((4, 3, 0, 0, 1));
        (await shop.Import("zones", "zone,name,country,postcode_prefix\nuk,Mainland,GB,\nuk,Mainland,GB,IV\n")).Counts().ShouldBe((2, 0, 1, 1, 0));
        (await shop.Import("nodes", "code,name,kind,country,time_zone,opening_hours,cut_offs,services,latitude,longitude\n" +
            "LDS,Leeds,store,gb,Europe/London,monday 09:00-12:00 13:00-17:00; sunday 10:00-16:00,next_day=15:00; *=16:00,next_day std,53.796,-1.547\n" +
            "BAD,Bad,shed,gb,Europe/Leeds,monday noon,,,,\nmain,,,,,,,,,\n")).Counts().ShouldBe((3, 1, 0, 0, 2));
        (await shop.Get("/nodes/LDS")).GetProperty("openingHours").GetProperty("monday")[1].GetProperty("to").GetString().ShouldBe("17:00");
        (await shop.Import("nodes", "code,lead_days\nLDS,2\nmain,0\n")).Counts().ShouldBe((2, 0, 1, 1, 0));
        (await shop.Import("lanes", "node,zone,service,method,currency,base,per_kg,transit_days\nLDS,uk,std,standard,GBP,3.95,0.50,2\nlds,uk,fast,express,GBP,6.505,0,1\nNOT,uk,std,,GBP,1,,\nLDS,nix,std,,GBP,1,,\n"))
            .Counts().ShouldBe((4, 1, 0, 0, 3));
        (await shop.Get("/nodes/LDS/lanes")).GetProperty("lanes")[0].GetProperty("baseMinor").GetInt64().ShouldBe(395);
    }

    [Theory, BothDatabases, Capability("P24")]
    public async Task What_is_exported_and_imported_again_changes_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        object Product(string sku, string name, string? description = null) => new
        {
            sku, name, description, weightGrams = 5, costMinor = 12, costCurrency = "KWD", taxClass = "reduced", handlingFlags = new[] { "fragile", "cold" },
            prices = new[] { new { currency = "JPY", priceMinor = 5L }, new { currency = "GBP", priceMinor = 100L } },
            metadata = new Dictionary<string, string> { ["=a"] = "=1+1", ["b"] = "x\ny" },
        };
        string[] names = ["=1+1", "'=1+1", "+44", "-5", "-x", "@a", "\tt", "\rr", "a\r\nb", "\"q\"", " outer ", "'", "''", "a,b;c|d\\", "Zoë 日本 ١", "-1.5e3", "x\r"];
        foreach (var (i, name) in names.Index()) await shop.Post("/products", Product($"S{i}", name, name));
        foreach (string sku in new[] { "=cmd", "a|b", @"a\b", "2 x S1", "-7", "A/B" }) await shop.Post("/products", Product(sku, sku));
        await shop.Post("/products", new { sku = "=set", name = "Set", kind = "bundle", components = new[] { new { sku = "a|b", quantity = 2 }, new { sku = @"a\b", quantity = 1 }, new { sku = "2 x S1", quantity = 3 } } });
        await shop.Import("barcodes", "barcode,sku\n'=B1,S1\n5012345678900,S2\n");
        await shop.Import("zones", "zone,name,country,postcode_prefix\nuk,=Mainland,GB,\nuk,=Mainland,GB,M1\n");
        await shop.Import("nodes", "code,name,kind,latitude,longitude,opening_hours,cut_offs\nN1,'+name,store,-53.5,-1.547,monday 09:00-17:00,=std=15:00\n");
        await shop.Import("lanes", "node,zone,service,method,currency,base\nN1,uk,std,m,JPY,500\nN1,uk,=x,m,KWD,1.234\n");

        foreach (string file in new[] { "products", "barcodes", "bundles", "zones", "nodes", "lanes" })
        {
            string csv = await shop.Export(file);
            long rows = csv.Length == 0 ? 0 : (await shop.Import(file, csv)).GetProperty("rows").GetInt64();
            var again = await shop.Import(file, csv);
            again.Counts().ShouldBe((rows, 0, 0, rows, 0), file + "\n" + csv + again.GetRawText());
            rows.ShouldBeGreaterThan(0);
            (await shop.Export(file)).ShouldBe(csv);
        }
        foreach (var (i, name) in names.Index()) (await shop.Get($"/products/S{i}")).GetProperty("name").GetString().ShouldBe(name);

        // An empty shop filled from the files is the same shop.
        await using var other = await Shop.Open(kind);
        foreach (string file in new[] { "products", "barcodes", "bundles", "zones", "nodes", "lanes" })
        {
            string csv = await shop.Export(file);
            var filled = await other.Import(file, csv);
            filled.GetProperty("failed").GetInt64().ShouldBe(0, filled.GetRawText());
            (await other.Export(file)).ShouldBe(csv);
        }
    }

    [Theory, BothDatabases]
    public async Task A_file_of_many_batches_keeps_the_order_of_its_rows(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var csv = new StringBuilder("sku,name\n");
        foreach (int i in Enumerable.Range(0, 2_500)) csv.Append($"P{i},one\n");
        foreach (int i in Enumerable.Range(0, 10)) csv.Append($"p{i},two\n");
        (await shop.Import("products", csv.ToString(), dryRun: true)).Counts().ShouldBe((2510, 2500, 10, 0, 0));
        (await shop.Import("products", csv.ToString())).Counts().ShouldBe((2510, 2500, 10, 0, 0));
        (await shop.Get("/products/P3")).GetProperty("name").GetString().ShouldBe("two");
        (await shop.Export("products")).Split("\r\n").Length.ShouldBe(2502);
    }

    private static Task<long> Version(Shop shop) => shop.Db.ReadAll(work => work.Scalar("select version from catalog_versions where merchant_id = 1 /* house */"));
}
