using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Xunit.Abstractions;

namespace Switchyard.Tests.Access;

/// <summary>
/// Walks every operation of the API document with every role, without a right to, and with another merchant's ids. A new
/// endpoint is covered by being there; see <see cref="MatrixSamples"/> for what it may need.
/// </summary>
[Capability("SE-01", "P20", "P21")]
public sealed class PermissionMatrixTests(ITestOutputHelper output)
{
    private const string Password = "a long enough sentence";

    [Fact]
    public async Task Every_endpoint_says_what_right_it_needs_and_is_in_the_document()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        var documented = (await Operation.All(shop)).ToDictionary(o => $"{o.Method} {o.Path}");
        var faults = new List<string>();
        foreach (var endpoint in shop.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string? permission = ApiDocument.PermissionOf(endpoint.Metadata);
            if (permission is null) faults.Add($"{endpoint.DisplayName} names no permission, so it is denied to everyone.");
            string path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
                part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter ? $"{{{parameter.Name}}}"
                    : ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart)part).Content))));
            if (!path.StartsWith("/api/v1/", StringComparison.Ordinal)) continue;
            foreach (string method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            {
                if (!documented.TryGetValue($"{method} {path}", out var operation)) faults.Add($"{method} {path} is not in /openapi/v1.json.");
                else if (operation.Id.Length == 0) faults.Add($"{method} {path} has no operationId: .WithName(\"room.verb\").");
                else if (operation.Permission != permission) faults.Add($"{operation} says {operation.Permission} but needs {permission}.");
            }
        }
        faults.AddRange(documented.Values.Where(o => o.Permission is not ApiDocument.Anyone and not ApiDocument.SignedIn && !Permission.Codes.Contains(o.Permission ?? ""))
            .Select(o => $"{o} has no known permission."));
        faults.AddRange(documented.Values.GroupBy(o => o.Id).Where(same => same.Count() > 1).Select(same => $"Several operations are called {same.Key}."));
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_these_are_open_without_signing_in()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        (await Operation.All(shop)).Where(o => o.Permission == ApiDocument.Anyone).Select(o => o.Id).Order().ShouldBe(Known(await Operation.All(shop)));

        // Pages for people and their parts may come; what works on a merchant's things may not.
        static string[] Known(IReadOnlyList<Operation> all) =>
            [.. new[] { "health.live", "health.ready", "health.metrics", "house.page", "problems.get", "connectors.takeMessage", "connectors.answerChallenge", "connectors.authorised",
                "session.open", "shipping.takeMessage", "support.sidebar", "support.runMacro" }.Where(id => all.Any(o => o.Id == id)).Order()];
    }

    // Whoever is refused is so before any database is asked.
    [Fact]
    public async Task Every_role_may_do_exactly_what_its_permissions_say()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        var operations = await Operation.All(shop);
        var nothing = (await Ids(shop, "a")).Absent();
        var faults = new List<string>();
        int asked = 0;
        foreach (var role in BuiltInRoles.All)
        {
            await shop.Post("/users", new { userName = role.Id, password = Password, roles = new[] { role.Id } });
            using var person = await new Browser(shop).SignIn(role.Id, Password);
            foreach (var operation in operations.Where(o => o.Path.StartsWith("/api/", StringComparison.Ordinal)).OrderBy(o => o.Id == "session.close"))
            {
                bool isAllowed = operation.Permission is ApiDocument.Anyone or ApiDocument.SignedIn || role.Permissions.Contains(operation.Permission!);
                isAllowed &= !operation.TellsPrices || role.Permissions.Contains(Permission.PricesRead.Code);
                using var answer = await person.Ask(Request(operation, Path(operation, nothing), operation.HasBody ? "{}" : null));
                asked++;
                int status = (int)answer.StatusCode;
                // Whoever sends a message shows who they are by its signature.
                bool isRight = isAllowed
                    ? status is not (401 or 403) and < 500 || status == 401 && operation.Id is "connectors.takeMessage" or "support.sidebar" or "support.runMacro"
                    : status == 403 && await Code(answer) is "access.forbidden" or "access.house_only" or "access.prices_hidden";
                if (!isRight) faults.Add($"{role.Id} {(isAllowed ? "may" : "may not")} {operation}: {status} {await Text(answer)}");
            }
        }
        output.WriteLine($"{asked} requests, {operations.Count} operations, {BuiltInRoles.All.Count} roles");
        faults.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task Nobody_gets_in_without_a_live_key_or_session(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        var operations = await Operation.All(shop);
        var nothing = (await Ids(shop, "a")).Absent();
        var callers = new List<(string Who, Func<HttpRequestMessage, Task<HttpResponseMessage>> Ask)>();
        HttpClient Keyed(string? key) => shop.Client(key);
        void Add(string who, HttpClient http) => callers.Add((who, request => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)));

        Add("no token", Keyed(null));
        Add("an unknown key", Keyed("sy_live_this_is_no_key_of_anybody"));
        Add("a forged JWT", Keyed("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbmlzdHJhdG9yIn0."));
        var revoked = await shop.Post("/keys", new { name = "r", scopes = Permission.Codes });
        await Shop.Read(await shop.Client(revoked.Text("secret")).GetAsync("/api/v1/session"), 200);
        await Shop.Read(await shop.Send(HttpMethod.Delete, "/keys/" + revoked.Text("id"), null), 200);
        Add("a revoked key", Keyed(revoked.Text("secret")));
        var expired = await shop.Post("/keys", new { name = "e", scopes = Permission.Codes, expiresAt = shop.Clock!.GetUtcNow().AddHours(1) });
        await Shop.Read(await shop.Client(expired.Text("secret")).GetAsync("/api/v1/session"), 200);
        shop.Clock.Advance(TimeSpan.FromHours(1));
        Add("an expired key", Keyed(expired.Text("secret")));
        var user = await shop.Post("/users", new { userName = "gone", password = Password, roles = new[] { "administrator" } });
        using var gone = await new Browser(shop).SignIn("gone", Password);
        await Shop.Read(await shop.Send(HttpMethod.Post, $"/users/{user.Text("id")}/disable", null), 200);
        callers.Add(("a disabled user", gone.Ask));

        var faults = new List<string>();
        foreach (var operation in operations.Where(o => o.Permission != ApiDocument.Anyone))
            foreach (var (who, ask) in callers)
            {
                using var answer = await ask(Request(operation, Path(operation, nothing), operation.HasBody ? "{}" : null));
                if ((int)answer.StatusCode != 401) faults.Add($"{who}: {operation} answered {(int)answer.StatusCode} {await Text(answer)}");
            }
        faults.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task Another_merchants_ids_answer_like_absent_ones_and_nothing_of_theirs_is_read_or_changed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        var operations = await Operation.All(shop);
        var (theirs, theirHttp, mine, http) = await TwoMerchants(shop, operations);
        var before = await Snapshot(operations, theirs, theirHttp);
        var faults = new List<string>();

        foreach (var (operation, body) in (await Snapshot(operations, mine, http)).Where(read => theirs.Private.Any(id => read.Value.Contains(id, StringComparison.Ordinal))))
            faults.Add($"{operation} shows another merchant's {string.Join(", ", theirs.Private.Where(id => body.Contains(id, StringComparison.Ordinal)))}");
        int compared = 0;
        foreach (var operation in operations.Where(o => o.Permission is not ApiDocument.Anyone and not ApiDocument.SignedIn).OrderByDescending(o => o.IsRead)
            .ThenByDescending(o => o.Path.StartsWith("/api/v1/products", StringComparison.Ordinal)))       // an order of either SKU then finds it, and is short
        {
            if (MissingSample(operation) is { } missing) { faults.Add(missing); continue; }
            bool hasId = operation.Parameters.Any() && MatrixSamples.Paths.TryGetValue(Key(operation), out var id) && id(mine) is not null;
            MatrixSamples.Bodies.TryGetValue(operation.Id, out var body);
            var absent = theirs.Absent();
            var (theirAnswer, absentAnswer) = (await Try(theirs), await Try(absent));
            compared++;
            if (theirAnswer != absentAnswer) faults.Add($"{operation} tells another merchant's id from an absent one:\n  {theirAnswer}\n  {absentAnswer}");
            if (hasId && theirAnswer.StartsWith("400", StringComparison.Ordinal)) faults.Add($"{operation}: give a body in MatrixSamples that is accepted. {theirAnswer}");

            // With an id in the path the body is sound and one's own; without one it is the body and the query that name another's things.
            async Task<string> Try(Ids named)
            {
                string query = string.Concat(operation.Query.Where(MatrixSamples.Queries.ContainsKey).Select((q, i) => $"{(i == 0 ? '?' : '&')}{q}={Uri.EscapeDataString(MatrixSamples.Queries[q](named))}"));
                string? sent = body is null ? operation.HasBody ? "{}" : null : JsonSerializer.Serialize(body(hasId ? mine : named));
                using var answer = await http.SendAsync(Request(operation, Path(operation, named) + query, sent), HttpCompletionOption.ResponseHeadersRead);
                return $"{(int)answer.StatusCode} {Neutral(await Text(answer), named, MatrixSamples.Counted.GetValueOrDefault(operation.Id, []))}";
            }
        }
        var after = await Snapshot(operations, theirs, theirHttp);
        faults.AddRange(before.Where(read => after[read.Key] != read.Value).Select(read => $"{read.Key} changed: {Difference(read.Value, after[read.Key])}"));
        output.WriteLine($"{compared} operations compared, {before.Count} reads unchanged");
        faults.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task Members_that_a_body_does_not_have_are_refused_and_change_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        var operations = await Operation.All(shop);
        var (ids, http, others, otherHttp) = await TwoMerchants(shop, operations);
        var before = await Snapshot(operations, others, otherHttp);
        long other = await shop.Db.ReadAll(work => work.Scalar("select id from merchants where code = 'b'"));
        var faults = new List<string>();
        int refused = 0;
        foreach (var operation in operations.Where(o => o.HasBody && MatrixSamples.Bodies.ContainsKey(o.Id) && o.Id is not ("session.open" or "merchants.create")))
        {
            if (JsonSerializer.SerializeToNode(MatrixSamples.Bodies[operation.Id](ids)) is not JsonObject body) continue;
            var extra = new Dictionary<string, JsonNode?>
            {
                ["merchantId"] = other, ["merchant_id"] = other, ["merchant"] = "b", ["state"] = "hacked", ["status"] = "hacked", ["id"] = "hacked", ["number"] = "hacked",
                ["createdBy"] = "hacked", ["prefix"] = "hacked", ["secret"] = "hacked", ["isBuiltIn"] = true, ["isDisabled"] = true, ["total"] = 1, ["totalMinor"] = 1,
                ["version"] = 987654, ["permissions"] = new JsonArray([.. Permission.Codes.Select(c => (JsonNode)c)]), ["roles"] = new JsonArray("administrator"),
            };
            foreach (var (name, value) in extra) if (!body.ContainsKey(name)) body[name] = value;
            using var answer = await http.SendAsync(Request(operation, Path(operation, ids), body.ToJsonString()), HttpCompletionOption.ResponseHeadersRead);
            string text = await Text(answer);
            if ((int)answer.StatusCode == 400 && text.Contains("field.unknown", StringComparison.Ordinal)) refused++;
            if (answer.IsSuccessStatusCode || (int)answer.StatusCode >= 500)
                faults.Add($"{operation}: {(int)answer.StatusCode} {text}");
        }
        var after = await Snapshot(operations, others, otherHttp);
        faults.AddRange(before.Where(read => after[read.Key] != read.Value).Select(read => $"{read.Key} of the other merchant changed: {Difference(read.Value, after[read.Key])}"));
        output.WriteLine($"{refused} writes were refused for a member nobody reads");
        refused.ShouldBeGreaterThan(20);
        faults.ShouldBeEmpty();
    }

    private static async Task<(Ids Theirs, HttpClient TheirHttp, Ids Mine, HttpClient Http)> TwoMerchants(Shop shop, IReadOnlyList<Operation> operations)
    {
        var made = await shop.Post("/merchants", new { code = "b", name = "Brand B", baseCurrency = "GBP" });
        var http = shop.Client(made.Text("key"));
        await shop.Put("/zones/north", new { name = "North", areas = new[] { new { country = "GB" } } });
        Ids a = await Ids(shop, "a"), b = await Ids(shop, "b", "b");
        (a, b) = (await MatrixSamples.Seed(shop, shop.Http, a, operations), await MatrixSamples.Seed(shop, http, b, operations));
        // Reports follow the log; what is compared later must not be on its way.
        await Log.LogTesting.Until(async () => (await shop.Get("/consumers")).GetProperty("data") is { } consumers && consumers.GetArrayLength() > 0
            && consumers.EnumerateArray().All(c => c.Long("lagEvents") == 0), "the consumers of the log have caught up");
        return (a, shop.Http, b, http);
    }

    /// <summary>Names, and the node and lane a merchant ships from.</summary>
    internal static async Task<Ids> Ids(Shop shop, string merchant, params string[] merchants)
    {
        var ids = new Ids($"ONLY-OF-{merchant}", $"CODE-OF-{merchant}", $"DC-OF-{merchant}", "north", $"shop-of-{merchant}", $"role-of-{merchant}");
        await shop.Put("/zones/north", new { name = "North", areas = new[] { new { country = "GB" } } });
        await shop.Put("/nodes/" + ids.Node, new { name = "A warehouse", kind = "warehouse", country = "GB", merchants });
        await shop.Put("/nodes/" + ids.OtherNode, new { name = "Another", kind = "warehouse", country = "GB", merchants });
        await shop.Put($"/nodes/{ids.Node}/lanes", MatrixSamples.Bodies["lanes.replace"](ids));
        return ids;
    }

    /// <summary>Every read of the document for one merchant, as text.</summary>
    private static async Task<Dictionary<string, string>> Snapshot(IReadOnlyList<Operation> operations, Ids ids, HttpClient http)
    {
        var reads = new Dictionary<string, string>();
        foreach (var operation in operations.Where(o => o.IsRead && o.Path.StartsWith("/api/", StringComparison.Ordinal) && MissingSample(o) is null))
        {
            string query = operation.Query.Contains("sku") ? "?sku=" + ids.Sku : "";
            using var answer = await http.SendAsync(Request(operation, Path(operation, ids) + query, null), HttpCompletionOption.ResponseHeadersRead);
            reads[operation.ToString()] = Neutral(await Text(answer), null, MatrixSamples.Pace.GetValueOrDefault(operation.Id, []));
        }
        return reads;
    }

    private static HttpRequestMessage Request(Operation operation, string path, string? body)
    {
        var request = new HttpRequestMessage(operation.Method, path);
        if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, operation.BodyType ?? "application/json");
        return request;
    }

    internal static string Path(Operation operation, Ids ids)
    {
        string path = operation.Path;
        foreach (string parameter in operation.Parameters)
        {
            string key = Key(operation, parameter);
            string value = (MatrixSamples.Paths.TryGetValue(key, out var pick) ? pick(ids) : null) ?? MatrixSamples.Shared.GetValueOrDefault(key, "0");
            path = path.Replace(parameter, Uri.EscapeDataString(value), StringComparison.Ordinal);
        }
        return path;
    }

    private static string Key(Operation operation, string? parameter = null)
    {
        parameter ??= operation.Parameters.First();
        return operation.Path["/api/v1".Length..(operation.Path.IndexOf(parameter, StringComparison.Ordinal) + parameter.Length)];
    }

    private static string? MissingSample(Operation operation) => operation.Parameters.Select(p => Key(operation, p))
        .Where(key => !MatrixSamples.Paths.ContainsKey(key) && !MatrixSamples.Shared.ContainsKey(key))
        .Select(key => $"{operation}: MatrixSamples.Paths says nothing of {key}").FirstOrDefault();

    private static async Task<string?> Code(HttpResponseMessage answer) => JsonDocument.Parse(await Text(answer)).RootElement.Text("code");

    /// <summary>The body, unless it is a stream without end.</summary>
    private static async Task<string> Text(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();

    private static string Difference(string before, string after)
    {
        int same = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count(), from = Math.Max(0, same - 40);
        return $"…{before[from..Math.Min(before.Length, same + 200)]}\n  became …{after[from..Math.Min(after.Length, same + 200)]}";
    }

    /// <summary>Without what differs from request to request: its id, its address, new ids and secrets, and the names asked for.</summary>
    private static string Neutral(string text, Ids? named, params string[] pace)
    {
        if (pace.Contains("*")) return "";
        if (text.StartsWith('{') && JsonNode.Parse(text) is JsonObject json)
        {
            foreach (string member in new[] { "requestId", "traceId", "instance", "antiforgeryToken" }.Concat(pace)) json.Remove(member);
            if (named is not null) foreach (string member in new[] { "id", "secret", "prefix", "orderId", "key", "keyId", "number" }) json.Remove(member);
            text = json.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        }
        if (named is not null) text = text.Replace($" {named.Import}.", " {named}.", StringComparison.Ordinal);      // a bare number only where it is a name
        if (named is not null) text = System.Text.RegularExpressions.Regex.Replace(text, "whsec_[A-Za-z0-9+/=]+", "{secret}");
        // When a key was last used is noted a moment after its use.
        text = System.Text.RegularExpressions.Regex.Replace(text, "\"lastUsedAt\":\"[^\"]*\"", "\"lastUsedAt\":null");
        foreach (string name in named?.Private ?? []) text = text.Replace(name, "{named}", StringComparison.OrdinalIgnoreCase);
        return text;
    }
}
