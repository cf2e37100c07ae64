using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Access;

namespace Switchyard.Tests.Http;

/// <summary>The document is one an integrator can work from: everything is described and shown, and what is shown is true.</summary>
[Capability("IG-15")]
public sealed class ApiExamplesTests
{
    private const string Text = "(no example)";

    [Fact]
    public async Task Every_operation_has_a_summary_a_tag_examples_and_its_problems_and_the_examples_are_right()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        var document = await Operation.Document(shop);
        var check = new JsonSchemaCheck(document);
        var faults = new List<string>();
        int examples = 0;
        foreach (var (path, operation) in Operations(document))
        {
            string name = $"{operation.Name.ToUpperInvariant()} {path}";
            var what = operation.Value;
            foreach (string member in new[] { "summary", "operationId" })
                if (!what.TryGetProperty(member, out var said) || said.GetString() is not { Length: > 2 }) faults.Add($"{name}: no {member}");
            if (!what.TryGetProperty("tags", out var tags) || tags.GetArrayLength() != 1) faults.Add($"{name}: not one tag");
            foreach (var parameter in what.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().Select(p => Operation.Resolve(p, document)) : [])
                if (!parameter.TryGetProperty("description", out _)) faults.Add($"{name}: {parameter.Text("name")} is not described: Http/ApiParameters.cs");
            if (what.TryGetProperty("requestBody", out var body)) Look(body, name + " request");
            foreach (var response in what.GetProperty("responses").EnumerateObject())
            {
                var answer = Operation.Resolve(response.Value, document);
                if (answer.TryGetProperty("content", out _)) Look(answer, $"{name} {response.Name}");
                else if (response.Name != "204") faults.Add($"{name} {response.Name}: no body is described");
                if (response.Name[0] is '4' or '5' && !answer.GetProperty("content").TryGetProperty("application/problem+json", out _) && name != "GET /healthz/ready") faults.Add($"{name} {response.Name}: no problem");
            }
        }
        examples.ShouldBeGreaterThan(1_000);
        faults.ShouldBeEmpty(string.Join('\n', faults.Take(60)));

        void Look(JsonElement holder, string place)
        {
            foreach (var content in holder.GetProperty("content").EnumerateObject())
            {
                if (!content.Value.TryGetProperty("examples", out var shown)) { faults.Add($"{place}: no example"); continue; }
                foreach (var example in shown.EnumerateObject())
                {
                    examples++;
                    var value = Operation.Resolve(example.Value, document).GetProperty("value");
                    if (content.Name.EndsWith("json", StringComparison.Ordinal)) faults.AddRange(check.Faults(value, content.Value.GetProperty("schema")).Select(f => $"{place} {example.Name}{f}"));
                    if (value.GetRawText().Contains(Text, StringComparison.Ordinal)) faults.Add($"{place}: a text has no example; give it one in docs/api/examples.json: {Where(value)}");
                }
            }
        }
    }

    [Fact]
    public async Task A_request_as_the_document_shows_it_is_understood_and_answered_as_it_says()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        var document = await Operation.Document(shop);
        var check = new JsonSchemaCheck(document);
        var faults = new List<string>();
        int accepted = 0, judged = 0;
        await shop.Post("/products", new { sku = "THR-WOO-OAT", name = "Wool throw, oat", prices = new[] { new { currency = "GBP", priceMinor = 5495 } } });
        string[] first = ["zones.write", "nodes.create", "catalog.createProduct", "channels.write", "inventory.adjust", "orders.place", "customers.create"];
        foreach (var (path, operation) in Operations(document).OrderBy(o => Array.IndexOf(first, o.Operation.Value.Text("operationId")) is >= 0 and var i ? i : first.Length)
                     .ThenBy(o => o.Operation.Name == "delete" ? 1 : 0).ThenBy(o => o.Operation.Name == "get" ? 0 : 1))
        {
            string id = operation.Value.Text("operationId")!, name = $"{operation.Name.ToUpperInvariant()} {path} ({id})";
            if (!path.StartsWith("/api/", StringComparison.Ordinal) || id is "events.stream" or "session.close" or "session.changePassword") continue;
            var method = new HttpMethod(operation.Name.ToUpperInvariant());
            var request = new HttpRequestMessage(method, Filled(path));
            if (operation.Value.TryGetProperty("requestBody", out var body))
            {
                var content = body.GetProperty("content").EnumerateObject().First();
                var example = Operation.Resolve(content.Value.GetProperty("examples").EnumerateObject().First().Value, document).GetProperty("value");
                request.Content = new StringContent(example.ValueKind == JsonValueKind.String ? example.GetString()! : example.GetRawText(), Encoding.UTF8, content.Name);
            }
            using var answer = await shop.Http.SendAsync(request);
            string text = await answer.Content.ReadAsStringAsync();
            string status = Kernel.Text.Invariant((int)answer.StatusCode);
            judged++;
            if (answer.IsSuccessStatusCode) accepted++;
            if ((int)answer.StatusCode is 500 or 415 or 405 || status == "400" && (text.Contains("request.malformed", StringComparison.Ordinal) || text.Contains("field.unknown\"", StringComparison.Ordinal)))
            {
                faults.Add($"{name}: {text}");
                continue;
            }
            if (!operation.Value.GetProperty("responses").TryGetProperty(status, out var said)) { faults.Add($"{name}: answers {status}, which it does not describe: {text}"); continue; }
            var described = Operation.Resolve(said, document);
            if (!described.TryGetProperty("content", out var contents)) continue;
            var shape = contents.EnumerateObject().First();
            if (!shape.Name.EndsWith("json", StringComparison.Ordinal)) continue;
            faults.AddRange(check.Faults(JsonDocument.Parse(text).RootElement, shape.Value.GetProperty("schema")).Select(f => $"{name} {status}{f}"));
        }
        faults.ShouldBeEmpty($"{accepted} of {judged} accepted\n" + string.Join('\n', faults.Take(60)));
        accepted.ShouldBeGreaterThan(90);
    }

    [Fact]
    public async Task The_older_rendering_says_the_same_in_3_0()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        var document = await Operation.Document(shop);
        var older = await Shop.Read(await shop.Http.GetAsync("/openapi/v1-3.0.json"), 200);
        older.Text("openapi")!.ShouldStartWith("3.0.");
        Operations(older).Select(o => $"{o.Operation.Name} {o.Path}").ShouldBe(Operations(document).Select(o => $"{o.Operation.Name} {o.Path}"));
        string text = older.GetRawText();
        text.ShouldNotContain("\"null\"");                    // 3.0 says nullable
        text.ShouldContain("\"nullable\": true");
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/orders", 405, "GET, POST")]
    [InlineData("PATCH", "/api/v1/products/MUG", 405, "GET, PUT")]
    [InlineData("GET", "/api/v1/orders/ord_00000000000000000000000000000000/cancel", 405, "POST")]
    [InlineData("DELETE", "/api/v1/no-such-thing", 404, null)]
    [InlineData("GET", "/api/v1/no-such-thing", 404, null)]
    public async Task A_method_that_an_address_does_not_take_is_named_and_a_wrong_address_is_not_found(string method, string path, int status, string? allow)
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        var answer = await shop.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        (await Shop.Read(answer, status)).Text("code").ShouldBe(status == 405 ? "request.no_such_method" : "request.no_such_path");
        (answer.Content.Headers.Allow.Count == 0 ? null : string.Join(", ", answer.Content.Headers.Allow)).ShouldBe(allow);
    }

    private static IEnumerable<(string Path, JsonProperty Operation)> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation)));

    private static string Filled(string path) => path.Replace("{sku}", "MUG-STO-MOS", StringComparison.Ordinal).Replace("{barcode}", "5060000000016", StringComparison.Ordinal)
        .Replace("/nodes/{code}", "/nodes/BHM", StringComparison.Ordinal).Replace("/zones/{code}", "/zones/GB-MAIN", StringComparison.Ordinal).Replace("/channels/{code}", "/channels/web", StringComparison.Ordinal)
        .Replace("{code}", "example", StringComparison.Ordinal).Replace("{currency}", "EUR", StringComparison.Ordinal).Replace("{name}", "webhooks", StringComparison.Ordinal)
        .Replace("{position}", "1", StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal).Replace("{note}", "1", StringComparison.Ordinal).Replace("{request}", "1", StringComparison.Ordinal)
        .Replace("{run}", "1", StringComparison.Ordinal).Replace("{event}", "evt_1", StringComparison.Ordinal).Replace("{entry}", "blk_1", StringComparison.Ordinal).Replace("{receipt}", Zeros("rcp_"), StringComparison.Ordinal)
        .Replace("{id}", IdAt(path), StringComparison.Ordinal);

    private static string IdAt(string path) => path.Split('/')[3] switch
    {
        "orders" => Zeros("ord_"),
        "customers" => Zeros("cus_"),
        "payments" => Zeros("pay_"),
        "fulfilments" => Zeros("ful_"),
        "packages" => Zeros("pkg_"),
        "jobs" => Zeros("job_"),
        "views" => Zeros("view_"),
        "webhooks" => Zeros("whk_"),
        "deliveries" => Zeros("dlv_"),
        "transfers" => Zeros("trf_"),
        "users" => Zeros("usr_"),
        "keys" => Zeros("key_"),
        "inventory" => Zeros("rsv_"),
        "roles" => "example",
        _ => "1",
    };

    private static string Zeros(string prefix) => prefix + new string('0', 32);

    private static string Where(JsonElement value) =>
        value.ValueKind != JsonValueKind.Object ? "" : string.Join(", ", value.EnumerateObject().Where(m => m.Value.GetRawText().Contains(Text, StringComparison.Ordinal)).Select(m => m.Name + " " + Where(m.Value)));
}
