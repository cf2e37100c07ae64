using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>An answer with its status, headers and body.</summary>
internal sealed record SimAnswer(HttpStatusCode Status, HttpResponseMessage Raw, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;
    public JsonArray List => Json.AsArray();

    public string? Header(string name) => Raw.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}

/// <summary>Calls a simulated WooCommerce shop as a client without TLS must: signed by one-legged OAuth 1.0a, written apart from the simulator's own check.</summary>
internal sealed class WooCaller(WooCommerceSim sim) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private int _nonce;

    public Task<SimAnswer> Get(string path) => Send(HttpMethod.Get, path, null);
    public Task<SimAnswer> Post(string path, string json) => Send(HttpMethod.Post, path, json);
    public Task<SimAnswer> Put(string path, string json) => Send(HttpMethod.Put, path, json);
    public Task<SimAnswer> Delete(string path) => Send(HttpMethod.Delete, path, null);

    public async Task<SimAnswer> Send(HttpMethod method, string path, string? json, string? nonce = null, DateTimeOffset? at = null, string secret = WooCommerceSim.Secret)
    {
        string[] parts = path.Split('?', 2);
        string address = $"{sim.Url}/wp-json/wc/v3/{parts[0]}";
        var given = (parts.Length > 1 ? parts[1].Split('&') : []).Select(p => p.Split('=', 2))
            .Select(p => (Key: Uri.UnescapeDataString(p[0]), Value: Uri.UnescapeDataString(p[1]))).ToList();
        given.Add(("oauth_consumer_key", WooCommerceSim.Key));
        given.Add(("oauth_nonce", nonce ?? Interlocked.Increment(ref _nonce).ToString(CultureInfo.InvariantCulture)));
        given.Add(("oauth_signature_method", "HMAC-SHA256"));
        given.Add(("oauth_timestamp", (at ?? sim.Clock.GetUtcNow()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        string sorted = string.Join('&', given.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}").Order(StringComparer.Ordinal));
        string text = $"{method.Method}&{Uri.EscapeDataString(address)}&{Uri.EscapeDataString(sorted)}";
        byte[] mac = System.Security.Cryptography.HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret + "&"), Encoding.ASCII.GetBytes(text));
        return await Plain(method, $"{address}?{sorted}&oauth_signature={Uri.EscapeDataString(Convert.ToBase64String(mac))}", json);
    }

    public async Task<SimAnswer> Plain(HttpMethod method, string url, string? json, string? authorisation = null)
    {
        using var request = new HttpRequestMessage(method, url);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (authorisation is not null) request.Headers.TryAddWithoutValidation("Authorization", authorisation);
        var answer = await _http.SendAsync(request);
        return new SimAnswer(answer.StatusCode, answer, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>Calls a simulated Shopify shop.</summary>
internal sealed class ShopifyCaller(ShopifySim sim) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };

    public string Token { get; set; } = sim.AccessToken;

    public async Task<SimAnswer> Ask(string query, object? variables = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{sim.Url}/admin/api/{ShopifySim.Version}/graphql.json");
        request.Headers.Add("X-Shopify-Access-Token", Token);
        string body = new JsonObject
        {
            ["query"] = query, ["variables"] = variables is null ? null
            : JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(variables))
        }.ToJsonString();
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Send(request);
    }

    /// <summary>The data of an answer that has no errors.</summary>
    public async Task<JsonNode> Data(string query, object? variables = null)
    {
        var answer = await Ask(query, variables);
        return answer.Json["errors"] is null ? answer.Json["data"]! : throw new InvalidOperationException(answer.Text);
    }

    public async Task<SimAnswer> Send(HttpRequestMessage request)
    {
        var answer = await _http.SendAsync(request);
        return new SimAnswer(answer.StatusCode, answer, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>Stands where webhooks go, without a port: keeps what comes and answers as it is told.</summary>
internal sealed class Mailbox : HttpMessageHandler
{
    private readonly List<(Dictionary<string, string> Headers, byte[] Body)> _mails = [];

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    public IReadOnlyList<(Dictionary<string, string> Headers, byte[] Body)> Mails
    {
        get { lock (_mails) return [.. _mails]; }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Concat(request.Content!.Headers).ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase);
        byte[] body = await request.Content.ReadAsByteArrayAsync(cancellationToken);
        lock (_mails) _mails.Add((headers, body));
        return new HttpResponseMessage(Answer);
    }
}
