using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Documents;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Access;

/// <summary>Two merchants in one warehouse of the house: each sends with its own carrier, address, paper and boxes, and its people see what is theirs.</summary>
public sealed class ClientTests
{
    private const string Password = "a long enough sentence";

    private sealed record Sent(string Order, string Release, string Package, string Label, string Tracking, string Slip, string Paper, string Page);

    [Theory, BothDatabases, Capability("AX-52")]
    public async Task In_a_shared_warehouse_each_merchant_sends_as_itself_and_its_people_see_only_what_is_its_own(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        using var alpha = shop.Client((await shop.Post("/merchants", new { code = "alpha", name = "Alpha", baseCurrency = "GBP" })).Text("key"));
        using var beta = shop.Client((await shop.Post("/merchants", new { code = "beta", name = "Beta", baseCurrency = "GBP" })).Text("key"));
        await shop.Post("/nodes", new { code = "SHED", name = "Shed of all", kind = "warehouse", country = "GB", postcode = "B1 1AA", merchants = new[] { "alpha", "beta" } });
        await shop.Put("/rate-cards/vans", new
        {
            name = "Vans", carrier = "vans", currency = "GBP", areas = new[] { new { zone = "all" } },
            rates = new[] { new { zone = "all", service = "van", method = "standard", upToGrams = 30_000, priceMinor = 400, transitDays = 2 } },
        });
        await shop.Put("/nodes/SHED/rate-cards", new { cards = new[] { "vans" } });
        var (ofAlpha, ofBeta) = (await Send(alpha, "AL", "Alpha", 200, "A5"), await Send(beta, "BE", "Beta", 300, "A6"));

        foreach (var (sent, own, other) in new[] { (ofAlpha, "Alpha", "Beta"), (ofBeta, "Beta", "Alpha") })
        {
            sent.Tracking.ShouldStartWith(own[..2].ToUpperInvariant(), customMessage: "the merchant's own account");
            sent.Paper.ShouldContain($"Return to: {own}");
            sent.Paper.ShouldContain($"1 {own} Street");
            sent.Paper.ShouldNotContain(other);
            sent.Slip.ShouldStartWith($"Packed by hand for {own}");
            sent.Page.ShouldBe(own == "Alpha" ? "420x595" : "298x420", "the slip is on its own paper, A5 or A6");
        }
        (await Read(alpha, $"/fulfilments/{ofAlpha.Release}")).GetProperty("packages")[0].Long("lengthMm").ShouldBe(210, "its own box");
        (await Read(beta, $"/fulfilments/{ofBeta.Release}")).GetProperty("packages")[0].Long("lengthMm").ShouldBe(310);

        // The client signs in, with every right there is at its own merchant.
        await Post(alpha, "/users", new { userName = "clive", displayName = "Clive", password = Password, roles = new[] { "administrator" } });
        using var clive = await new Browser(shop).SignIn("clive", Password);
        async Task<JsonElement> sees(string path) => await Shop.Read(await clive.Send(HttpMethod.Get, path), 200);
        foreach (var (path, mine) in new[]
        {
            ("/orders", ofAlpha.Order), ("/fulfilments", ofAlpha.Release), ("/parcels", ofAlpha.Package), ("/labels", ofAlpha.Label),
        })
        {
            JsonElement list = default;
            await shop.Until(async () => (list = (await sees(path)).GetProperty("data")).GetArrayLength() > 0);
            list.EnumerateArray().Select(e => e.Text("id")).ShouldBe([mine], path);
        }
        (await sees("/inventory?sku=MUG-01")).GetProperty("total").Long("onHand").ShouldBe(10, "Beta's mugs of the same name are none of Alpha's");
        (await sees("/documents")).GetProperty("data").EnumerateArray().Select(d => d.Text("kind")).ShouldAllBe(k => k == "packingSlip");
        (await sees("/documents")).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await sees("/carrier-accounts")).GetRawText().ShouldNotContain("Beta");
        (await sees("/packaging")).GetProperty("items").EnumerateArray().Select(p => p.GetProperty("outer").Long("lengthMm")).ShouldBe([210]);
        (await sees("/document-settings")).GetRawText().ShouldNotContain("Beta");
        await shop.Until(async () => (await Read(beta, "/bills")).GetProperty("data").GetArrayLength() == 1 && (await sees("/bills")).GetProperty("data").GetArrayLength() == 1);
        (await sees("/bills")).GetProperty("data")[0].Text("merchant").ShouldBe("alpha");
        foreach (string path in new[] { "/orders/" + ofBeta.Order, "/fulfilments/" + ofBeta.Release, "/parcels/" + ofBeta.Package, "/labels/" + ofBeta.Label, $"/labels/{ofBeta.Label}/file", "/bills?merchant=beta" })
            (await clive.Status(path)).ShouldBe(404, path);
        (await sees("/session")).GetProperty("isHouse").GetBoolean().ShouldBeFalse();
        clive.Merchant = "beta";
        (await clive.Status("/orders")).ShouldBe(403, "another merchant is none of his");
        await shop.BooksAreRight();
    }

    /// <summary>One order of the merchant, from its shelf onto its carrier's van.</summary>
    private static async Task<Sent> Send(HttpClient merchant, string prefix, string name, long boxMm, string paper)
    {
        await Post(merchant, "/products", new { sku = "MUG-01", name = "Mug", kind = "goods", weightGrams = 300, prices = Array.Empty<object>() });
        await Put(merchant, "/inventory/bins", new { items = new[] { new { node = "SHED", bin = "A-" + prefix, sku = "MUG-01", quantity = 10 } } });
        await Put(merchant, "/packaging/BOX", new { outer = new { lengthMm = boxMm + 10, widthMm = 160, heightMm = 110 }, inner = new { lengthMm = boxMm, widthMm = 150, heightMm = 100 }, emptyGrams = 50, maxGrams = 5_000, costMinor = 10, costCurrency = "GBP" });
        await Put(merchant, "/document-settings", new { name, returnTo = new { name = name + " returns", line1 = $"1 {name} Street", city = "Leeds", postcode = "LS1 1AA", country = "GB" } });
        await Put(merchant, "/document-templates/packingSlip", new { text = $"<document><page size=\"{paper}\"><p>Packed by hand for {name}</p></page></document>" });
        await Put(merchant, "/carrier-accounts/vans", new { name = name + " vans", adapter = "table", settings = new { rateCard = "vans", carrierName = name, prefix }, services = new[] { new { service = "van", methods = new[] { "standard" } } } });

        string order = (await Post(merchant, "/orders", Given.Order(("MUG-01", 1)))).Text("id")!;
        string release = (await Post(merchant, $"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        foreach (string step in new[] { "start-picking", "pick" }) await Post(merchant, $"/fulfilments/{release}/{step}", new { });
        object[] steps = [new { id = "1", kind = "parcel", packaging = "BOX" }, new { id = "2", kind = "scan", code = "MUG-01" }];
        foreach (var step in steps) await Post(merchant, $"/fulfilments/{release}/packing/steps", step);
        await Post(merchant, $"/fulfilments/{release}/packing/seal", new { id = "3" });
        string package = (await Read(merchant, "/fulfilments/" + release)).GetProperty("packages")[0].Text("id")!;
        var label = await Post(merchant, $"/packages/{package}/label", new { });
        var slip = await Post(merchant, "/documents", new { kind = "packingSlip", of = new[] { release } });
        byte[] printed = await merchant.GetByteArrayAsync(slip.Text("file"));
        var page = Regex.Match(Encoding.Latin1.GetString(printed), @"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]").Groups;
        static double Points(Group side) => Math.Round(double.Parse(side.Value, CultureInfo.InvariantCulture));
        return new Sent(order, release, package, label.Text("id")!, label.Text("tracking")!, DocumentTools.Text(printed),
            Encoding.UTF8.GetString(await merchant.GetByteArrayAsync($"/api/v1/labels/{label.Text("id")}/file")), $"{Points(page[1])}x{Points(page[2])}");
    }

    private static async Task<JsonElement> Post(HttpClient http, string path, object body) => await Shop.Read(await http.PostAsJsonAsync("/api/v1" + path, body), null);
    private static async Task<JsonElement> Put(HttpClient http, string path, object body) => await Shop.Read(await http.PutAsJsonAsync("/api/v1" + path, body), null);
    private static async Task<JsonElement> Read(HttpClient http, string path) => await Shop.Read(await http.GetAsync("/api/v1" + path), null);
}
