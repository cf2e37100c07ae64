using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Tests.Access;

/// <summary>Whoever has no right to see prices sees none, wherever they look.</summary>
[Capability("SE-01")]
public sealed class PricesTests
{
    private const string Password = "correct horse battery";

    [Theory, BothDatabases]
    public async Task Somebody_with_every_right_but_prices_is_shown_no_amount_by_any_operation(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50, priceMinor: 7654321);
        var placed = await shop.Post("/orders", Given.Order(("MUG", 2)));
        string order = placed.Text("id")!;
        await shop.Post($"/orders/{order}/payments", new { tender = "cash", amountMinor = 1999 });
        await shop.Post("/roles", new { id = "blind", name = "No prices", permissions = Permission.Codes.Where(c => c != "prices:read").Order().ToArray() });
        await SessionTests.Hire(shop, "pat", "blind");
        using var pat = await new Browser(shop).SignIn("pat", Password);

        var shown = new List<string>();
        int read = 0;
        foreach (var operation in (await Operation.All(shop)).Where(o => o.IsRead && o.Path.StartsWith("/api/", StringComparison.Ordinal) && o.Id != "events.stream"))
        {
            string path = operation.Path.Replace("/api/v1", "", StringComparison.Ordinal).Replace("{sku}", "MUG", StringComparison.Ordinal).Replace("{node}", "MAIN", StringComparison.Ordinal)
                .Replace("/orders/{id}", "/orders/" + order, StringComparison.Ordinal).Replace("/customers/{id}", "/customers/" + placed.GetProperty("customer").Text("id"), StringComparison.Ordinal)
                .Replace("{code}", operation.Path.Contains("nodes", StringComparison.Ordinal) ? "MAIN" : "web", StringComparison.Ordinal);
            using var answer = await pat.Send(HttpMethod.Get, path + (path.EndsWith("/orders/" + order, StringComparison.Ordinal) ? "?expand=plan,fulfilments" : ""));
            string text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode) read++;
            if (text.Contains("Minor\"", StringComparison.Ordinal) || text.Contains("7654321", StringComparison.Ordinal))
                shown.Add($"{operation} shows {text[..Math.Min(300, text.Length)]}");
        }
        read.ShouldBeGreaterThan(25);
        shown.ShouldBeEmpty(string.Join('\n', shown));

        // The same order, by somebody who may: the guard can fail.
        (await shop.Get("/orders/" + order)).GetRawText().ShouldContain("totalMinor");
        (await shop.Get("/products/MUG")).GetRawText().ShouldContain("7654321");
    }

    [Theory, BothDatabases]
    public async Task Files_streams_and_searches_by_amount_are_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5, priceMinor: 7654321);
        await shop.Post("/orders", Given.Order(("MUG", 1)));
        var key = await shop.Post("/keys", new { name = "Blind", scopes = new[] { "orders:read", "orders:write", "catalog:read", "events:read" } });
        using var blind = shop.Client(key.Text("secret"));
        foreach (string path in (string[])["/exports/products.csv", "/events/stream"])
            (await Shop.Read(await blind.GetAsync("/api/v1" + path), 403)).Text("code").ShouldBe("access.prices_hidden");
        (await blind.GetAsync("/api/v1/exports/barcodes.csv")).IsSuccessStatusCode.ShouldBeTrue("a file without amounts is no secret");
        (await Shop.Read(await blind.GetAsync("/api/v1/orders?query=total:%3E7"), 400)).GetProperty("errors")[0].Text("code").ShouldBe("query.unknown_field");
        (await Shop.Read(await blind.GetAsync("/api/v1/search/fields?list=orders"), 200)).GetRawText().ShouldNotContain("\"total\"");
        (await blind.GetAsync("/api/v1/orders?query=channel:web")).IsSuccessStatusCode.ShouldBeTrue();
        (await shop.Get("/orders?query=total:%3E7")).GetProperty("data").GetArrayLength().ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Amounts_cannot_be_guessed_by_exports_or_by_rules_that_are_tried(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5, priceMinor: 43217);
        string order = (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")!;
        string[] scopes = ["orders:read", "catalog:read", "settings:read"];
        using var blind = shop.Client((await shop.Post("/keys", new { name = "Blind", scopes })).Text("secret"));
        using var seeing = shop.Client((await shop.Post("/keys", new { name = "Seeing", scopes = scopes.Append("prices:read") })).Text("secret"));
        foreach (var (list, query) in new[] { ("orders", "total:432.17"), ("lines", "-TOTAL:<432"), ("products", "price:432.17"), ("drafts", "state:open (total:>1 or tag:x)") })
        {
            var refused = (await Shop.Read(await blind.PostAsJsonAsync("/api/v1/exports", new { list, query }), 400)).GetProperty("errors")[0];
            (refused.Text("pointer"), refused.Text("code")).ShouldBe(("/query", "query.unknown_field"), list);
            await Shop.Read(await seeing.PostAsJsonAsync("/api/v1/exports", new { list, query }), 202);
        }
        await Shop.Read(await blind.PostAsJsonAsync("/api/v1/exports", new { list = "orders", query = "channel:web" }), 202);

        object Tried(string when) => new { rules = new { scenarios = new[] { new { name = "Any", when = (string?)null }, new { name = "Dear", when = (string?)when } } }, orderId = order };
        foreach (string when in (string[])["total:>432", "channel:web -(country:FR or Total:432.17)"])
        {
            var refused = (await Shop.Read(await blind.PostAsJsonAsync("/api/v1/routing/try", Tried(when)), 400)).GetProperty("errors")[0];
            (refused.Text("pointer"), refused.Text("code")).ShouldBe(("/rules/scenarios/1/when", "query.unknown_field"), when);
            await Shop.Read(await seeing.PostAsJsonAsync("/api/v1/routing/try", Tried(when)), 200);
        }
        await Shop.Read(await blind.PostAsJsonAsync("/api/v1/routing/try", Tried("channel:web metadata.total:5")), 200);
    }

    [Fact]
    public void Amounts_are_taken_out_at_any_depth_and_nothing_else_is()
    {
        var answer = JsonNode.Parse("""{"id":1,"totalMinor":5,"lines":[{"sku":"A","unitPriceMinor":2,"deep":{"costMinor":null,"units":3}}],"totalMinorBefore":9,"minority":"kept"}""");
        HidePrices.TakeOut(answer);
        answer!.ToJsonString().ShouldBe("""{"id":1,"lines":[{"sku":"A","deep":{"units":3}}],"minority":"kept"}""");
    }
}
