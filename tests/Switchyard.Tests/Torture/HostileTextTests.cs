using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Xunit.Abstractions;

namespace Switchyard.Tests.Torture;

/// <summary>Texts that break programs, in every text field: refused with the field named, or stored and returned unchanged.</summary>
public sealed class HostileTextTests(ITestOutputHelper output)
{
    /// <summary>The big list of naughty strings; SWITCHYARD_NAUGHTY_STRINGS names another copy of it.</summary>
    private static readonly string List = Environment.GetEnvironmentVariable("SWITCHYARD_NAUGHTY_STRINGS")
        ?? Path.Combine(TestPostgres.Root, "..", "shared", "data", "messy", "blns.json");

    private static readonly string[] OrderFields =
    [
        "/externalId", "/method", "/sourceReference", "/customer/name", "/customer/email", "/customer/phone", "/customer/reference",
        "/shippingAddress/name", "/shippingAddress/company", "/shippingAddress/line1", "/shippingAddress/line2", "/shippingAddress/city",
        "/shippingAddress/region", "/shippingAddress/postcode", "/shippingAddress/country", "/shippingAddress/phone",
        "/billingAddress/name", "/billingAddress/line1", "/lines/0/name", "/lines/1/sku", "/metadata/note",
    ];

    [Theory, BothDatabases, Capability("P24", "P16")]
    public async Task A_naughty_text_in_an_order_is_refused_by_name_or_kept_as_it_is(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var api = new Api(shop.Http);
        await shop.Product("A", 1_000_000);
        var faults = new List<string>();
        int kept = 0, refused = 0;
        foreach (string text in Texts(output))
        {
            var reply = await api.Post("/orders", Order(text, []));
            string[] named = reply.Status == 400 ? [.. reply.Pointers] : [];
            if (named.Length > 0) reply = await api.Post("/orders", Order(text, named));
            if (!reply.IsOk) { faults.Add($"{Show(text)}: {reply.Status} {reply.Text}"); continue; }
            var read = (await api.Get("/orders/" + reply.Id)).Json;
            refused += named.Length;
            foreach (string field in OrderFields.Where(f => !named.Contains(f) && !(f == "/lines/1/sku" && named.Contains("/lines/1"))))
                if (At(read, field) != text || At(reply.Json, field) != text) faults.Add($"{field} of {Show(text)} came back as {Show(At(read, field))}"); else kept++;
        }
        output.WriteLine($"{kept} texts kept unchanged, {refused} refused by name");
        faults.Take(20).ShouldBeEmpty();
    }

    [Theory, BothDatabases, Capability("P24", "P16")]
    public async Task A_naughty_text_in_the_catalogue_or_a_reason_is_refused_by_name_or_kept_as_it_is(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var api = new Api(shop.Http);
        await shop.Product("A", 10);
        var faults = new List<string>();
        int kept = 0, refused = 0;
        foreach (string text in Texts(output))
        {
            var product = await api.Send(HttpMethod.Put, "/products/P", new { name = text, description = text, metadata = new Dictionary<string, string> { ["note"] = text } });
            if (product.IsOk) Keeps("/products", text, [product.Json.Text("name"), product.Json.Text("description"), product.Json.GetProperty("metadata").Text("note")]);
            else Refuses("/products", text, product);
            var bySku = await api.Post("/products", new { sku = text, name = "x" });
            if (bySku.IsOk) Keeps("/products sku", text.Trim(), [bySku.Json.Text("sku"), await ReadSku(api, bySku)]);
            else Refuses("/products sku", text, bySku, "catalog.sku_taken");
            var reason = await api.Post("/inventory/adjustments", new { reference = text, items = new[] { new { sku = "A", node = "MAIN", delta = 1, reason = text } } });
            if (reason.IsOk) Keeps("reason", text, [(await api.Get("/inventory/ledger?sku=A&limit=1")).Json.GetProperty("data")[0].Text("reason")]);
            else Refuses("reason", text, reason);
            var channel = await api.Send(HttpMethod.Put, "/channels/odd", new { name = text });
            if (channel.IsOk) Keeps("channel", text, [channel.Json.Text("name")]);
            else Refuses("channel", text, channel);
        }
        output.WriteLine($"{kept} texts kept unchanged, {refused} refused by name");
        faults.Take(20).ShouldBeEmpty();

        void Keeps(string what, string text, string?[] shown)
        {
            foreach (string? one in shown) if (one == text) kept++; else faults.Add($"{what} {Show(text)} came back as {Show(one)}");
        }
        void Refuses(string what, string text, Reply reply, string? code = null)
        {
            if (reply.Status == 400 && reply.Pointers.Count > 0 || reply.Code == code) refused++; else faults.Add($"{what} {Show(text)}: {reply.Status} {reply.Text}");
        }
    }

    [Theory, BothDatabases, Capability("P24", "P16")]
    public async Task A_naughty_text_in_an_address_never_breaks_the_server(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var api = new Api(shop.Http);
        string[] paths =
        [
            "/orders?query=§", "/orders?query=number:§", "/orders?query=externalId:§", "/orders?query=channel:§", "/orders?query=sku:§", "/orders?query=status:§",
            "/orders?after=§", "/orders?limit=§", "/orders/§", "/orders/ord_§", "/inventory?sku=§", "/inventory?node=§", "/inventory?at=§", "/inventory?after=§",
            "/inventory/ledger?sku=§", "/inventory/holders?sku=§", "/products/§", "/products?after=§", "/products?query=§", "/channels/§", "/nodes/§", "/zones/§",
            "/events?aggregate=§", "/events?after=§", "/events?kind=§", "/events/§", "/imports/§", "/keys/§", "/users/§", "/inventory/reservations/§", "/consumers/§",
        ];
        var faults = new List<string>();
        int asked = 0;
        string[] texts = [.. Texts(output).Where((t, i) => i % 8 == 0), .. Own, "\0", new string('x', 4_000)];
        foreach (string path in paths)
            foreach (string text in texts.Where(t => t.EnumerateRunes().All(r => r != Rune.ReplacementChar)))
            {
                asked++;
                var reply = await api.Get(path.Replace("§", Uri.EscapeDataString(text), StringComparison.Ordinal));
                if (reply.Status >= 500) faults.Add($"{path} with {Show(text)}: {reply.Status} {reply.Text}");
            }
        output.WriteLine($"{asked} addresses asked");
        faults.Take(20).ShouldBeEmpty();
    }

    [Theory, BothDatabases, Capability("P16")]
    public async Task A_body_that_is_not_what_is_expected_is_refused_and_nothing_is_done(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var api = new Api(shop.Http);
        await shop.Product("A", 10);
        const string good = "{\"channel\":\"web\",\"currency\":\"GBP\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"unitPriceMinor\":5}]";
        var bodies = new (string Name, byte[] Body, string Type)[]
        {
            ("nothing", [], "application/json"), ("blank", " "u8.ToArray(), "application/json"), ("null", "null"u8.ToArray(), "application/json"),
            ("an array", "[]"u8.ToArray(), "application/json"), ("a text", "\"order\""u8.ToArray(), "application/json"), ("a number", "1"u8.ToArray(), "application/json"),
            ("cut off", Encoding.UTF8.GetBytes(good), "application/json"), ("more after the end", Encoding.UTF8.GetBytes(good + "}}"), "application/json"),
            ("a member twice", Encoding.UTF8.GetBytes(good + ",\"currency\":\"EUR\"}"), "application/json"),
            ("a line's member twice", "{\"channel\":\"web\",\"currency\":\"GBP\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"quantity\":2,\"unitPriceMinor\":5}]}"u8.ToArray(), "application/json"),
            ("metadata twice", Encoding.UTF8.GetBytes(good + ",\"metadata\":{\"a\":\"1\",\"a\":\"2\"}}"), "application/json"),
            ("half a surrogate pair", Encoding.UTF8.GetBytes(good + ",\"externalId\":\"\\ud800\"}"), "application/json"),
            ("the other half", Encoding.UTF8.GetBytes(good + ",\"metadata\":{\"a\":\"x\\udc00y\"}}"), "application/json"),
            ("half a pair in a name", Encoding.UTF8.GetBytes(good + ",\"metadata\":{\"\\ud800\":\"x\"}}"), "application/json"),
            ("half a pair as unknown member", Encoding.UTF8.GetBytes(good + ",\"\\ud800\":\"x\",\"externalId\":\"\\udc00\"}"), "application/json"),
            ("U+0000", Encoding.UTF8.GetBytes(good + ",\"externalId\":\"a\\u0000b\"}"), "application/json"),
            ("U+0000 in a name", Encoding.UTF8.GetBytes(good + ",\"metadata\":{\"a\\u0000\":\"b\"}}"), "application/json"),
            ("not UTF-8", [.. Encoding.UTF8.GetBytes(good + ",\"externalId\":\""), 0xC3, 0x28, 0xFF, .. "\"}"u8], "application/json"),
            ("UTF-16", Encoding.Unicode.GetBytes(good + "}"), "application/json"),
            ("10,000 arrays deep", Encoding.UTF8.GetBytes(good + ",\"metadata\":" + new string('[', 10_000) + new string(']', 10_000) + "}"), "application/json"),
            ("10,000 objects deep", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"lines\":", 10_000)) + "1" + new string('}', 10_000)), "application/json"),
            ("a number of 100,000 digits", Encoding.UTF8.GetBytes(good + ",\"discountMinor\":" + new string('9', 100_000) + "}"), "application/json"),
            ("100,000 lines", Encoding.UTF8.GetBytes("{\"channel\":\"web\",\"currency\":\"GBP\",\"lines\":[" + string.Join(',', Enumerable.Repeat("{\"sku\":\"A\",\"quantity\":1}", 100_000)) + "]}"), "application/json"),
            ("100,000 null lines", Encoding.UTF8.GetBytes("{\"channel\":\"web\",\"currency\":\"GBP\",\"lines\":[" + string.Join(',', Enumerable.Repeat("null", 100_000)) + "]}"), "application/json"),
            ("XML", "<order/>"u8.ToArray(), "application/xml"), ("plain text", Encoding.UTF8.GetBytes(good + "}"), "text/plain"),
            ("a form", "channel=web&currency=GBP"u8.ToArray(), "application/x-www-form-urlencoded"), ("no type", Encoding.UTF8.GetBytes(good + "}"), ""),
        };
        var faults = new List<string>();
        foreach (string path in new[] { "/orders", "/inventory/adjustments", "/products", "/inventory/reservations" })
            foreach (var (name, body, type) in bodies)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path) { Content = new ByteArrayContent(body) };
                if (type.Length > 0) request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
                var reply = await api.Send(request);
                bool isProblem = reply.Text.Contains("\"code\"", StringComparison.Ordinal) && reply.Text.Contains("\"requestId\"", StringComparison.Ordinal);
                if (reply.Status is not (400 or 413 or 415) || !isProblem) faults.Add($"{path} with {name}: {reply.Status} {reply.Text}");
            }
        output.WriteLine($"{4 * bodies.Length} bodies refused");
        faults.ShouldBeEmpty();
        (await shop.Get("/orders")).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await shop.Balance("A")).Long("onHand").ShouldBe(10);
    }

    private static Dictionary<string, object?> Order(string text, string[] without)
    {
        string? For(string field) => without.Contains(field) || without.Contains("") ? field == "/lines/1/sku" ? "A" : null : text;
        return new()
        {
            ["channel"] = "web",
            ["currency"] = "GBP",
            ["onShort"] = "hold",
            ["externalId"] = For("/externalId"),
            ["method"] = For("/method"),
            ["sourceReference"] = For("/sourceReference"),
            ["customer"] = new { name = For("/customer/name"), email = For("/customer/email"), phone = For("/customer/phone"), reference = For("/customer/reference") },
            ["shippingAddress"] = new
            {
                name = For("/shippingAddress/name"),
                company = For("/shippingAddress/company"),
                line1 = For("/shippingAddress/line1"),
                line2 = For("/shippingAddress/line2"),
                city = For("/shippingAddress/city"),
                region = For("/shippingAddress/region"),
                postcode = For("/shippingAddress/postcode"),
                country = For("/shippingAddress/country"),
                phone = For("/shippingAddress/phone"),
            },
            ["billingAddress"] = new { name = For("/billingAddress/name"), line1 = For("/billingAddress/line1") },
            ["lines"] = new[] { new { sku = (string?)"A", name = For("/lines/0/name"), quantity = 1, unitPriceMinor = 5 }, new { sku = For("/lines/1/sku"), name = (string?)"x", quantity = 1, unitPriceMinor = 5 } },
            ["metadata"] = For("/metadata/note") is { } note ? new Dictionary<string, string> { ["note"] = note } : null,
        };
    }

    private static string? At(JsonElement json, string pointer)
    {
        foreach (string part in pointer[1..].Split('/'))
        {
            if (json.ValueKind == JsonValueKind.Array) json = json[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)];
            else if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(part, out json)) return null;
        }
        return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
    }

    /// <summary>A path cannot hold the SKUs "." and "..", nor tell %2F from a slash; every other product is found by its address.</summary>
    private static async Task<string?> ReadSku(Api api, Reply made) => made.Json.Text("sku") is { } sku && (sku is "." or ".." || sku.Contains("%2f", StringComparison.OrdinalIgnoreCase)) ? sku
        : (await api.Get("/products/" + Uri.EscapeDataString(made.Json.Text("sku")!))) is { IsOk: true } read ? read.Json.Text("sku") : null;

    private static string Show(string? text) => JsonSerializer.Serialize(text?[..Math.Min(text.Length, 60)]);

    /// <summary>The big list, where it is, and our own.</summary>
    internal static List<string> Texts(ITestOutputHelper output)
    {
        string[] big = File.Exists(List) ? JsonSerializer.Deserialize<string[]>(File.ReadAllText(List))! : [];
        output.WriteLine(big.Length > 0 ? $"{big.Length} texts of the big list and {Own.Length} of our own"
            : $"The big list of naughty strings is not at {List}: only our own {Own.Length} texts are tried. SWITCHYARD_NAUGHTY_STRINGS may name it.");
        return [.. big, .. Own];
    }

    private static readonly string[] Own =
    [
        "\uFFFE", "\uFFFF", "\uFEFFbom", "a\uFFFEb", "\uFDD0", "\U0010FFFF", "\U0001F469\u200D\U0001F469\u200D\U0001F467", "\u202Egnp.exe", "e\u0301", "\u00E9", "\u1E9E", "ß", "İ", "ı", "ﬃ",
        "\u2028", "\u2029", "\u0085", "\u001B[31mred", "\u0007", "a\r\nSet-Cookie: x=1", "\t", "\v", "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'; drop table orders; --",
        "%s%s%s%n", "${jndi:ldap://127.0.0.1/a}", "{{7*7}}", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "../../../../etc/passwd", "..\\..\\x", "CON", "null", "undefined",
        "NaN", "0x1F", "1e1000", "a%00b", "%2e%2e%2f", "\u0661\u0662\u0663", "Ⅷ", "\u0301\u0301\u0301", " leading", "trailing ", "  ", "\u00A0", "\u3000", "a,b;c\td\"e", "ord_0", "#123", "~1~0/",
    ];
}
