using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Xunit.Abstractions;

namespace Switchyard.Tests.Torture;

/// <summary>Every numeric field of the API against numbers that are none, too large, too small or of another kind.</summary>
public sealed class HostileNumbersTests(ITestOutputHelper output)
{
    private const string Address = "\"shippingAddress\":{\"line1\":\"1 Mill Lane\",\"city\":\"Manchester\",\"country\":\"GB\"}";
    private const string Order = "{\"channel\":\"web\",\"currency\":\"GBP\"," + Address + ",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"unitPriceMinor\":500}]";

    private static readonly string[] Hostile =
    [
        "0", "-1", "-0", "1.5", "1.0", "0.1234567", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e400", "1e-400",
        "NaN", "Infinity", "\"1\"", "\"\\u0661\"", "\"1,5\"", "\"\"", "true", "null", "[]", "{}", "0x10", "01", "+1", "79228162514264337593543950336",
    ];

    /// <summary>A field: where it stands in a request that is good with <paramref name="Good"/>, and the hostile values that are good there too.</summary>
    /// <param name="Body">§ stands for the value.</param>
    private sealed record Field(string Method, string Path, string Body, string Pointer, string Good, string[] Legal);

    private static readonly Field[] Fields =
    [
        new("POST", "/orders", "{\"channel\":\"web\",\"currency\":\"GBP\",\"lines\":[{\"sku\":\"A\",\"quantity\":§,\"unitPriceMinor\":5}]}", "/lines/0/quantity", "1", []),
        new("POST", "/orders", "{\"channel\":\"web\",\"currency\":\"GBP\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"unitPriceMinor\":§}]}", "/lines/0/unitPriceMinor", "5", ["0", "-0", "2147483648", "null"]),
        new("POST", "/orders", "{\"channel\":\"web\",\"currency\":\"GBP\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"unitPriceMinor\":5,\"discountMinor\":§}]}", "/lines/0/discountMinor", "5", ["0", "-0", "null"]),
        new("POST", "/orders", "{\"channel\":\"web\",\"currency\":\"GBP\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"unitPriceMinor\":5,\"taxRate\":§}]}", "/lines/0/taxRate", "0.2", ["0", "-0", "1.0", "1e-400", "null"]),
        new("POST", "/orders", "{\"channel\":\"web\",\"currency\":\"GBP\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"unitPriceMinor\":5,\"taxMinor\":§}]}", "/lines/0/taxMinor", "1", ["0", "-0", "2147483648", "null"]),
        new("POST", "/orders", Order + ",\"charges\":[{\"code\":\"delivery\",\"amountMinor\":§}]}", "/charges/0/amountMinor", "5", ["0", "-0", "2147483648"]),
        new("POST", "/orders", Order + ",\"charges\":[{\"code\":\"delivery\",\"amountMinor\":5,\"taxRate\":§}]}", "/charges/0/taxRate", "0.2", ["0", "-0", "1.0", "1e-400", "null"]),
        new("POST", "/orders", Order + ",\"charges\":[{\"code\":\"delivery\",\"amountMinor\":5,\"taxMinor\":§}]}", "/charges/0/taxMinor", "1", ["0", "-0", "2147483648", "null"]),
        new("POST", "/orders", Order + ",\"discountMinor\":§}", "/discountMinor", "5", ["0", "-0", "null"]),
        new("POST", "/inventory/adjustments", "{\"items\":[{\"sku\":\"A\",\"node\":\"MAIN\",\"reason\":\"x\",\"delta\":§}]}", "/items/0/delta", "1", ["-1"]),
        new("POST", "/inventory/adjustments", "{\"items\":[{\"sku\":\"A\",\"node\":\"MAIN\",\"reason\":\"x\",\"setTo\":§}]}", "/items/0/setTo", "9", ["0", "-0"]),
        new("PUT", "/inventory/safety", "{\"items\":[{\"sku\":\"A\",\"node\":\"MAIN\",\"safety\":§}]}", "/items/0/safety", "1", ["0", "-0"]),
        new("POST", "/inventory/moves", "{\"items\":[{\"sku\":\"A\",\"node\":\"MAIN\",\"to\":\"unavailable\",\"reason\":\"x\",\"quantity\":§}]}", "/items/0/quantity", "1", []),
        new("POST", "/inventory/reservations", "{\"owner\":\"x\",\"ttlSeconds\":§,\"items\":[{\"sku\":\"A\",\"quantity\":1}]}", "/ttlSeconds", "86400", []),
        new("POST", "/inventory/reservations", "{\"owner\":\"x\",\"ttlSeconds\":86400,\"items\":[{\"sku\":\"A\",\"quantity\":§}]}", "/items/0/quantity", "1", []),
        new("PUT", "/products/B", "{\"name\":\"B\",\"weightGrams\":§}", "/weightGrams", "1", ["0", "-0"]),
        new("PUT", "/products/B", "{\"name\":\"B\",\"lengthMm\":§}", "/lengthMm", "1", ["null"]),
        new("PUT", "/products/B", "{\"name\":\"B\",\"widthMm\":§}", "/widthMm", "1", ["null"]),
        new("PUT", "/products/B", "{\"name\":\"B\",\"heightMm\":§}", "/heightMm", "1", ["null"]),
        new("PUT", "/products/B", "{\"name\":\"B\",\"costCurrency\":\"GBP\",\"costMinor\":§}", "/costMinor", "1", ["0", "-0", "2147483648"]),
        new("PUT", "/products/B", "{\"name\":\"B\",\"prices\":[{\"currency\":\"GBP\",\"priceMinor\":§}]}", "/prices/0/priceMinor", "1", ["0", "-0", "2147483648"]),
        new("PUT", "/products/B", "{\"name\":\"B\",\"barcodes\":[{\"barcode\":\"4006381333931\",\"packQuantity\":§}]}", "/barcodes/0/packQuantity", "1", []),
        new("PUT", "/products/KIT", "{\"name\":\"K\",\"kind\":\"bundle\",\"components\":[{\"sku\":\"A\",\"quantity\":§}]}", "/components/0/quantity", "1", []),
        new("PUT", "/channels/web", "{\"name\":\"W\",\"buffer\":§}", "/buffer", "0", ["0", "-0"]),
        new("PUT", "/channels/web", "{\"name\":\"W\",\"splitPenaltyMinor\":§}", "/splitPenaltyMinor", "1", ["0", "-0", "2147483648"]),
        new("PUT", "/exchange-rates/EUR", "{\"source\":\"x\",\"rate\":§}", "/rate", "0.8", ["1.5", "1.0", "0.1234567", "\"1\""]),
        new("PUT", "/nodes/MAIN", "{\"name\":\"M\",\"kind\":\"warehouse\",\"country\":\"GB\",\"pickFixedMinor\":§}", "/pickFixedMinor", "1", ["0", "-0", "2147483648"]),
        new("PUT", "/nodes/MAIN", "{\"name\":\"M\",\"kind\":\"warehouse\",\"country\":\"GB\",\"handlingMinor\":§}", "/handlingMinor", "1", ["0", "-0", "2147483648"]),
        new("PUT", "/nodes/MAIN", "{\"name\":\"M\",\"kind\":\"warehouse\",\"country\":\"GB\",\"leadDays\":§}", "/leadDays", "0", ["0", "-0"]),
        new("PUT", "/nodes/MAIN", "{\"name\":\"M\",\"kind\":\"warehouse\",\"country\":\"GB\",\"position\":{\"latitude\":§,\"longitude\":0}}", "/position/latitude", "1",
            ["0", "-0", "-1", "1.5", "1.0", "0.1234567", "1e-400"]),
    ];

    [Theory, BothDatabases, Capability("P26", "P16")]
    public async Task A_number_that_is_none_is_refused_with_its_field_named_and_nothing_is_done(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var api = new Api(shop.Http);
        await shop.Product("A", 1_000_000);
        var faults = new List<string>();
        int asked = 0, accepted = 0;
        foreach (var field in Fields)
        {
            await api.Must(HttpMethod.Post, "/inventory/adjustments", new { items = new[] { new { sku = "A", node = "MAIN", setTo = 1_000_000, reason = "again" } } });
            var good = await Send(api, field, field.Good);
            if (!good.IsOk) faults.Add($"{field.Path} {field.Pointer} = {field.Good}: {good.Status} {good.Text}");
            // Stock that fell below what is claimed is worked off in the background, and handed out again when it comes; that is no effect of what is refused.
            for (int i = 0; i < 600 && (await api.Get("/inventory?sku=A")).Json.GetProperty("total") is var t && (t.Long("available") < 0 || t.Long("earmarked") > 0); i++) await Task.Delay(100);
            string before = await State(api);
            foreach (string value in Hostile.Where(v => !field.Legal.Contains(v)))
            {
                asked++;
                var reply = await Send(api, field, value);
                // A null may be missed where another member was meant to stand beside or instead of it.
                bool isRefused = reply.Status == 400 && (reply.Pointers.Contains(field.Pointer) || (value == "null" || !IsJson(value)) && reply.Pointers.Count > 0);
                if (!isRefused) faults.Add($"{field.Path} {field.Pointer} = {value}: {reply.Status} {reply.Text}");
            }
            (await State(api)).ShouldBe(before, $"{field.Path} {field.Pointer}: refused requests change nothing");
            foreach (string value in field.Legal)
            {
                var reply = await Send(api, field, value);
                accepted++;
                // A missing price may be the list price, of which there is none.
                if (!reply.IsOk && reply.Code is not "request.invalid") faults.Add($"{field.Path} {field.Pointer} = {value}: {reply.Status} {reply.Text}");
                if (!reply.IsOk && value != "null") faults.Add($"{field.Path} {field.Pointer} = {value} is legal: {reply.Status} {reply.Text}");
            }
        }
        output.WriteLine($"{Fields.Length} fields, {asked} hostile values refused, {accepted} legal edges taken");
        faults.ShouldBeEmpty();
    }

    [Theory, BothDatabases, Capability("P26")]
    public async Task A_currency_nobody_issues_is_refused_and_named(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var api = new Api(shop.Http);
        await shop.Product("A", 10);
        foreach (string? code in new[] { "XXX", "XTS", "XAU", "gbp", "Gbp", "GBPP", "GB", "", " ", "GBP ", "ＧＢＰ", "£", "GB\u200bP", null })
        {
            var body = Given.Order(("A", 1));
            body["currency"] = code;
            var reply = await api.Post("/orders", body);
            reply.Status.ShouldBe(400, $"{code}: {reply.Text}");
            reply.Pointers.ShouldContain("/currency", $"{code}: {reply.Text}");
            var product = await api.Post("/products", new { sku = "C", name = "C", prices = new[] { new { currency = code, priceMinor = 1 } } });
            (product.Status, product.Pointers.Contains("/prices/0/currency")).ShouldBe((400, true), $"{code}: {product.Text}");
        }
        (await shop.Get("/orders")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("P26")]
    public async Task Sums_that_pass_every_limit_are_refused_and_never_wrap(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var api = new Api(shop.Http);
        await shop.Product("A", 1_000_000_000);
        await api.Must(HttpMethod.Post, "/products", new { sku = "KIT", name = "KIT", kind = "bundle", components = new[] { new { sku = "A", quantity = 1_000_000_000 } } });
        const long most = 10_000_000_000_000;
        var dear = Enumerable.Range(0, 1_000).Select(_ => new { sku = "A", quantity = 1_000_000, unitPriceMinor = most }).ToArray();
        var tooDear = await api.Post("/orders", new { channel = "web", currency = "GBP", lines = dear });
        (tooDear.Status, tooDear.Code).ShouldBe((400, "orders.total_too_large"));
        var kits = await api.Post("/orders", new { channel = "web", currency = "GBP", lines = new[] { new { sku = "KIT", quantity = 1_000_000_000, unitPriceMinor = 1 } } });
        (kits.Status, kits.Pointers.Contains("/lines/0/quantity")).ShouldBe((400, true), kits.Text);
        var reserved = await api.Post("/inventory/reservations", new { owner = "x", ttlSeconds = 60, items = Enumerable.Range(0, 500).Select(_ => new { sku = "KIT", quantity = 1_000_000_000 }) });
        reserved.Status.ShouldBeOneOf(400, 409);
        var taxed = await api.Post("/orders", new { channel = "web", currency = "GBP", pricesIncludeTax = false, lines = Enumerable.Range(0, 1_000).Select(_ => new { sku = "A", quantity = 1, unitPriceMinor = 1, taxMinor = most }) });
        taxed.IsOk.ShouldBeTrue(taxed.Text);
        taxed.Json.Long("totalMinor").ShouldBe(1_000 + 1_000 * most);
        for (int i = 0; i < 3; i++) await api.Must(HttpMethod.Post, "/inventory/adjustments", Api.Adjustment("A", 1_000_000_000));
        (await shop.Balance("A")).Long("onHand").ShouldBe(4_000_000_000);
    }

    private static Task<Reply> Send(Api api, Field field, string value) => api.Send(new HttpMethod(field.Method), field.Path, field.Body.Replace("§", value, StringComparison.Ordinal));

    private static bool IsJson(string value)
    {
        try { JsonDocument.Parse(value); return true; }
        catch (JsonException) { return false; }
    }

    /// <summary>What could have been changed half: orders, balances, ledger, products and channels.</summary>
    private static async Task<string> State(Api api) => string.Join('\n', (await api.All("/orders")).Count, (await api.Get("/inventory?sku=A")).Json.GetProperty("total"),
        (await api.All("/inventory/ledger?sku=A")).Count, (await api.All("/products")).Last(), (await api.Get("/channels")).Text);
}
