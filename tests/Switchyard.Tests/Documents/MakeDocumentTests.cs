using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Documents;

/// <summary>Documents of a running shop, over HTTP.</summary>
public sealed class MakeDocumentTests
{
    [Theory, BothDatabases]
    [Capability("PK-07"), Capability("PK-10"), Capability("RE-08")]
    public async Task Documents_of_releases_are_made_kept_and_their_prints_noted(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/document-settings", new { name = "Fenwick & Vale", slipNote = "Thank you!\nSee you again.", address = new { line1 = "12 Cuckoo Wharf", city = "Birmingham", postcode = "B6 7SS", country = "GB" } });
        await shop.Product("MUG", 50);
        await shop.Product("POT", 50);
        await shop.Put("/inventory/bins", new { items = new[] { new { node = "MAIN", bin = "Z-09", sku = "MUG", quantity = 50, walkOrder = 90 }, new { node = "MAIN", bin = "A-01", sku = "POT", quantity = 50, walkOrder = 1 } } });
        await shop.Put("/products/MUG/customs", new { hsCode = "691110", originCountry = "PT" });
        var order = Given.Order(("MUG", 2));
        order["shippingAddress"] = new { name = "Jörg Žižka <script>", line1 = "Königstraße 7", city = "Köln", postcode = "50667", country = "DE" };
        order["metadata"] = new { giftMessage = "Alles Gute!" };
        string german = await Released(shop, order), other = (await shop.Released(("POT", 1))).Release;

        // A slip in the customer's language, with no amounts.
        var slip = await shop.Post("/documents", new { kind = "packingSlip", of = new[] { german } });
        slip.Text("language").ShouldBe("de");
        string text = await Text(shop, slip);
        foreach (string said in new[] { "Lieferschein", "Jörg Žižka <script>", "Königstraße 7", "Product MUG", "Fenwick & Vale", "See you again." }) text.ShouldContain(said);
        text.ShouldNotContain("10.00");

        // The batch is one file along the walk: the first goods of the second release lie nearer. The same again has the same bytes.
        var batch = await shop.Post("/documents", new { kind = "packingSlip", of = new[] { german, other }, language = "en-GB" });
        batch.Long("pages").ShouldBe(2);
        string both = await Text(shop, batch);
        both.IndexOf("Product POT", StringComparison.Ordinal).ShouldBeLessThan(both.IndexOf("Product MUG", StringComparison.Ordinal));
        string asGiven = await Text(shop, await shop.Post("/documents", new { kind = "packingSlip", of = new[] { german, other }, language = "en-GB", order = "given" }));
        asGiven.IndexOf("Product POT", StringComparison.Ordinal).ShouldBeGreaterThan(asGiven.IndexOf("Product MUG", StringComparison.Ordinal));
        (await shop.Post("/documents", new { kind = "packingSlip", of = new[] { german, other }, language = "en-GB" })).Text("sha256").ShouldBe(batch.Text("sha256"));

        // The paper pick list says what the screen says: bin, goods, units, release.
        string list = await Text(shop, await shop.Post("/documents", new { kind = "pickList", of = new[] { german, other } }));
        Regex.IsMatch(list, @"A-01\s+POT.*\s1\s[\s\S]*Z-09\s+MUG.*\s2\s").ShouldBeTrue(list);
        (await Text(shop, await shop.Post("/documents", new { kind = "giftMessage", of = new[] { german } }))).ShouldContain("Alles Gute!");
        (await Text(shop, await shop.Post("/documents", new { kind = "returnSlip", of = new[] { german } }))).ShouldContain("Retourenschein");
        (await Text(shop, await shop.Post("/documents", new { kind = "orderSummary", of = new[] { other } }))).ShouldContain("£10.00");
        string customs = await Text(shop, await shop.Post("/documents", new { kind = "cn23", of = new[] { german } }));
        foreach (string said in new[] { "691110", "Portugal", "£20.00", "0.2 kg" }) customs.ShouldContain(said);
        foreach (string goods in new[] { "productLabel" }) (await Text(shop, await shop.Post("/documents", new { kind = goods, of = new[] { "MUG" }, copies = 3 }))).Split('\f', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        (await Text(shop, await shop.Post("/documents", new { kind = "binLabel", of = new[] { "A-01" }, node = "MAIN" }))).ShouldContain("A-01");

        // A reprint says why, and by whom is kept.
        string id = slip.Text("id")!;
        (await shop.Refused(HttpMethod.Post, $"/documents/{id}/print", new { }, 400, "request.invalid")).GetProperty("errors")[0].Text("pointer").ShouldBe("/reason");
        await shop.Post($"/documents/{id}/print", new { reason = "The paper jammed" });
        var prints = (await shop.Get($"/documents/{id}")).GetProperty("prints");
        (prints[0].Text("reason"), prints[0].Text("by")!.StartsWith("key:", StringComparison.Ordinal)).ShouldBe(("The paper jammed", true));

        // What cannot be made says which.
        (await shop.Refused(HttpMethod.Post, "/documents", new { kind = "packingSlip", of = new[] { german, "ful_00000000000000000000000000000000" } }, 422, "documents.nothing_found")).GetProperty("errors")[0].Text("pointer").ShouldBe("/of/1");
        (await shop.Refused(HttpMethod.Post, "/documents", new { kind = "poster", of = new[] { "x" } }, 400, "request.invalid")).GetProperty("errors")[0].Text("pointer").ShouldBe("/kind");
        await shop.Refused(HttpMethod.Post, "/documents", new { kind = "palletLabel", of = new[] { "340123456789012346" } }, 400, "request.invalid");
        (await shop.Get("/documents?limit=2")).GetProperty("data").GetArrayLength().ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task Whoever_sees_no_amounts_gets_none_on_paper(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5);
        string release = (await shop.Released(("MUG", 1))).Release;
        string key = (await shop.Post("/keys", new { name = "packer", scopes = new[] { "fulfilment:read", "fulfilment:work" } })).Text("secret")!;
        using var packer = shop.Client(key);
        var refused = await packer.PostAsync("/api/v1/documents", System.Net.Http.Json.JsonContent.Create(new { kind = "orderSummary", of = new[] { release } }));
        (await Shop.Read(refused, 403)).Text("code").ShouldBe("access.prices_hidden");
        var shown = await shop.Post("/documents", new { kind = "orderSummary", of = new[] { release } });
        ((int)(await packer.GetAsync(shown.Text("file"))).StatusCode).ShouldBe(403);
        await shop.Put("/document-templates/packingSlip", new { text = "<document><page><p>{{order.number}}: {{money order.totalMinor}}.</p></page></document>" });
        var made = await Shop.Read(await packer.PostAsync("/api/v1/documents", System.Net.Http.Json.JsonContent.Create(new { kind = "packingSlip", of = new[] { release } })), 201);
        DocumentTools.Text(await packer.GetByteArrayAsync(made.Text("file"))).ShouldEndWith(": .\n\f");
    }

    [Theory, BothDatabases]
    public async Task A_merchant_writes_templates_of_its_own_and_goes_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5);
        string release = (await shop.Released(("MUG", 1))).Release;
        string path = "/document-templates/packingSlip";
        (await shop.Get(path)).Long("version").ShouldBe(0);
        var fault = await shop.Refused(HttpMethod.Put, path, new { text = "<document>\n<page>\n{{#each lines}}<p>{{sku}}</q>{{/each}}</page></document>" }, 422, "documents.template_faulty");
        (fault.Long("line"), fault.GetProperty("errors")[0].Text("pointer")).ShouldBe((3, "/text"));
        (await shop.Refused(HttpMethod.Put, path, new { text = "<document><page><p>{{t \"hullo\"}}</p></page></document>" }, 422, "documents.template_faulty")).Text("detail")!.ShouldContain("Line 1");
        var words = new Dictionary<string, object> { ["hullo"] = new Dictionary<string, string> { ["en"] = "Hello there", ["de"] = "Guten Tag" } };
        var text = "<document><page><p>{{t \"hullo\"}} {{order.number}}</p></page></document>";
        (await shop.Put(path, new { text, words, note = "Ours" })).Long("version").ShouldBe(1);
        var made = await shop.Post("/documents", new { kind = "packingSlip", of = new[] { release }, language = "de" });
        made.Long("templateVersion").ShouldBe(1);
        (await Text(shop, made)).ShouldStartWith("Guten Tag ");
        (await shop.Put(path, new { text = text.Replace("<p>", "<p bold=\"yes\">"), words })).Long("version").ShouldBe(2);
        (await shop.Post(path + "/restore", new { version = 1 })).Long("version").ShouldBe(1);
        await shop.Refused(HttpMethod.Post, path + "/restore", new { version = 9 }, 404, "documents.no_such_version");
        (await shop.Post(path + "/restore", new { version = 0 })).GetProperty("versions").GetArrayLength().ShouldBe(2);
        (await Text(shop, await shop.Post("/documents", new { kind = "packingSlip", of = new[] { release }, language = "en-GB" }))).ShouldContain("Packing slip");
        var preview = await shop.Send(HttpMethod.Post, path + "/preview", new { text, words, fulfilment = release });
        DocumentTools.Text(await preview.Content.ReadAsByteArrayAsync()).ShouldStartWith("Hello there ");
        var label = await shop.Send(HttpMethod.Post, "/document-templates/shippingLabel/preview", new { format = "png" });
        DocumentTools.Barcodes(await label.Content.ReadAsByteArrayAsync()).ShouldContain("CODE-128:JD0146000001234567890");
    }

    private static async Task<string> Released(Shop shop, Dictionary<string, object?> order)
    {
        string id = (await shop.Post("/orders", order)).Text("id")!;
        return (await shop.Post($"/orders/{id}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
    }

    private static async Task<string> Text(Shop shop, JsonElement document) => DocumentTools.Text(await shop.Http.GetByteArrayAsync(document.Text("file")), asLaidOut: true);
}
