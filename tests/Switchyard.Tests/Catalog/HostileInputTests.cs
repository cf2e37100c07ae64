using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Files;
using Xunit.Abstractions;

namespace Switchyard.Tests.Catalog;

public sealed class HostileInputTests(ITestOutputHelper output)
{
    /// <summary>A field: where it is sent, the body around it, its pointer, and which of 0 and 2^31 it takes.</summary>
    private static readonly (string Path, string Body, string Pointer, bool TakesZero, bool Takes31)[] Numbers =
    [
        ("/products/P", """{"name":"x","weightGrams":?}""", "/weightGrams", true, false),
        ("/products/P", """{"name":"x","lengthMm":?}""", "/lengthMm", false, false),
        ("/products/P", """{"name":"x","widthMm":?}""", "/widthMm", false, false),
        ("/products/P", """{"name":"x","heightMm":?}""", "/heightMm", false, false),
        ("/products/P", """{"name":"x","costCurrency":"GBP","costMinor":?}""", "/costMinor", true, true),
        ("/products/P", """{"name":"x","prices":[{"currency":"GBP","priceMinor":?}]}""", "/prices/0/priceMinor", true, true),
        ("/products/P", """{"name":"x","barcodes":[{"barcode":"X","packQuantity":?}]}""", "/barcodes/0/packQuantity", false, false),
        ("/products/B", """{"name":"x","kind":"bundle","components":[{"sku":"P","quantity":?}]}""", "/components/0/quantity", false, false),
        ("/nodes/N", """{"name":"x","kind":"store","pickFixedMinor":?}""", "/pickFixedMinor", true, true),
        ("/nodes/N", """{"name":"x","kind":"store","handlingMinor":?}""", "/handlingMinor", true, true),
        ("/nodes/N", """{"name":"x","kind":"store","leadDays":?}""", "/leadDays", true, false),
        ("/channels/c", """{"name":"x","splitPenaltyMinor":?}""", "/splitPenaltyMinor", true, true),
        ("/channels/c", """{"name":"x","buffer":?}""", "/buffer", true, false),
        ("/nodes/MAIN/lanes", """[{"zone":"z","service":"s","method":"m","currency":"GBP","baseMinor":?}]""", "/0/baseMinor", true, true),
        ("/nodes/MAIN/lanes", """[{"zone":"z","service":"s","method":"m","currency":"GBP","perKgMinor":?}]""", "/0/perKgMinor", true, true),
        ("/nodes/MAIN/lanes", """[{"zone":"z","service":"s","method":"m","currency":"GBP","maxWeightGrams":?}]""", "/0/maxWeightGrams", false, false),
        ("/nodes/MAIN/lanes", """[{"zone":"z","service":"s","method":"m","currency":"GBP","transitDays":?}]""", "/0/transitDays", true, false),
    ];

    private static readonly string[] NeverTaken = ["-1", "1.5", "9223372036854775808", "\"١\"", "\"1\"", "NaN", "1e400", "true", "{}", "-9223372036854775809"];

    [Theory, BothDatabases, Capability("P26")]
    public async Task Every_number_out_of_range_is_refused_at_its_pointer(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/products/P", new { name = "x" });
        await shop.Put("/zones/z", new { name = "z" });
        foreach (var (path, body, pointer, takesZero, takes31) in Numbers)
        {
            string[] refused = [.. NeverTaken, .. takesZero ? [] : new[] { "0" }, .. takes31 ? [] : new[] { "2147483648" }];
            foreach (string value in refused)
            {
                var answer = await shop.Send(HttpMethod.Put, path, body.Replace("?", value, StringComparison.Ordinal));
                var problem = await Shop.Read(answer, 400);
                problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer, $"{path} {body} with {value}");
            }
            foreach (string value in new[] { takesZero ? "0" : "1", takes31 ? "2147483648" : "1" })
                (await shop.Send(HttpMethod.Put, path, body.Replace("?", value, StringComparison.Ordinal))).IsSuccessStatusCode.ShouldBeTrue($"{body} with {value}");
        }
        foreach (string value in new[] { "91", "-90.1", "1e400", "NaN", "\"1\"" })
            (await Shop.Read(await shop.Send(HttpMethod.Put, "/nodes/N", $$$"""{"name":"x","kind":"store","position":{"latitude":{{{value}}},"longitude":0}}"""), 400))
                .GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/position/latitude");
    }

    [Theory, BothDatabases, Capability("P24")]
    public async Task Every_text_is_stored_and_given_back_unchanged(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (var (i, text) in Naughty().Index())
        {
            string name = string.IsNullOrWhiteSpace(text) ? "blank" : text;
            string? description = text.Length == 0 ? null : text;
            if (!Kernel.Text.IsStorable(text))
            {
                await shop.Refused(HttpMethod.Put, $"/products/T{i}", new { name, description }, 400, "request.invalid");
                continue;
            }
            var made = await shop.Put($"/products/T{i}", new { name, description, metadata = new Dictionary<string, string> { ["text"] = text } });
            made.GetProperty("name").GetString().ShouldBe(name);
            var read = await shop.Get($"/products/T{i}");
            read.GetProperty("name").GetString().ShouldBe(name);
            read.GetProperty("description").GetString().ShouldBe(description);
            read.GetProperty("metadata").GetProperty("text").GetString().ShouldBe(text);
        }
        // Through a file and back they are the same still.
        string csv = await shop.Export("products");
        var again = await shop.Import("products", csv);
        again.GetProperty("unchanged").GetInt64().ShouldBe(again.GetProperty("rows").GetInt64(), again.GetRawText());
    }

    [Theory, BothDatabases]
    public async Task What_is_not_text_or_too_long_is_refused_and_nothing_fails(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        async Task Refused(string body, string pointer) =>
            (await Shop.Read(await shop.Send(HttpMethod.Post, "/products", body), 400)).GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer, body);
        await Refused("""{"sku":"a\u0000","name":"x"}""", "/sku");
        await Refused("""{"sku":"a\nb","name":"x"}""", "/sku");
        await Refused("""{"sku":"a","name":"x\u0000"}""", "/name");
        await Refused("""{"sku":"a","name":"\ud800"}""", "/name");
        await Refused("""{"sku":"a","name":"x","metadata":{"k":"\u0000"}}""", "/metadata/k");
        await Refused("""{"sku":"a","name":"x","metadata":{"k":1}}""", "/metadata/k");
        await Refused("""{"sku":"a","name":"x","metadata":{"k":null}}""", "/metadata/k");
        await Refused("""{"sku":"a","name":"x","metadata":{"\u0000":"v"}}""", "/metadata");
        await Refused("""{"sku":"a","name":"x","metadata":[]}""", "/metadata");
        await Refused("""{"sku":"a","name":"x","prices":[null]}""", "/prices/0");
        await Refused("""{"sku":"a","name":"x","barcodes":[null]}""", "/barcodes/0/barcode");
        await Refused("""{"sku":"a","name":"x","handlingFlags":[null]}""", "/handlingFlags/0");
        await Refused("""{"sku":"a","name":"x","kind":"bundle","components":[null]}""", "/components/0/sku");
        await Refused("""{"sku":"a","name":"x","kind":"bundle","components":[{"sku":"\u0000"}]}""", "/components/0/sku");
        await Refused("""{"sku":"a","name":"x","kind":1}""", "/kind");
        await Refused("""{"sku":"a","name":"x","taxClass":"\u0000"}""", "/taxClass");
        await Refused($$"""{"sku":"{{new string('s', 101)}}","name":"x"}""", "/sku");
        await Refused($$"""{"sku":"a","name":"{{new string('n', 301)}}"}""", "/name");
        foreach (string body in new[] { "", "null", "[]", "{", "\"x\"", "{\"sku\":\"a\",\"sku\":\"b\",\"name\":\"x\"}", new string('[', 100) })
            ((int)(await shop.Send(HttpMethod.Post, "/products", body)).StatusCode).ShouldBe(400, body);
        foreach (string path in new[] { "/products/%00", "/products/by-barcode/%00", "/products?query=%00", "/products?after=%00", "/products?limit=x", "/nodes/%00", "/zones/%00",
            "/channels/%00", "/nodes/%00/lanes", "/exchange-rates?after=eHg", "/nodes?after=AAAA", "/imports/99999999999999999999" })
            ((int)(await shop.Http.GetAsync("/api/v1" + path)).StatusCode).ShouldBeInRange(400, 404, path);
        foreach (string path in new[] { "/products/%00", "/nodes/%00", "/zones/%00", "/channels/%00" })
            ((int)(await shop.Send(HttpMethod.Put, path, new { name = "x", kind = "store" })).StatusCode).ShouldBe(400, path);
        ((int)(await shop.Send(HttpMethod.Put, "/nodes/%00/lanes", "[]")).StatusCode).ShouldBeInRange(400, 404);
        ((int)(await shop.Send(HttpMethod.Put, "/nodes/MAIN/lanes", "[null]")).StatusCode).ShouldBe(400);
        (await shop.Get("/products")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    private IEnumerable<string> Naughty()
    {
        string[] own = ["", " ", "'; drop table products; --", "<script>alert(1)</script>", "\u202Eabc", "Ω≈ç√", "田中さん", "👩‍👩‍👧", "İ", "ß", "{{x}}", "%s%n", "\\", "null", "NaN", "\r\n", "\u2028", "\uFEFFbom", "a\tb"];
        string file = Path.Combine(TestPostgres.Root, "..", "shared", "data", "messy", "blns.json");
        if (File.Exists(file)) return [.. own, .. JsonSerializer.Deserialize<string[]>(File.ReadAllText(file, Encoding.UTF8))!];
        output.WriteLine("The big list of naughty strings (shared/data/messy/blns.json) is not here: only the short list was tried.");
        return own;
    }
}
