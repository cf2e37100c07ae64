using System.Net.Http.Json;
using System.Text.Json;
using Switchyard.Tests.Webhooks;

namespace Switchyard.Tests.Fulfilment;

/// <summary>The program of a 3PL or a supplier: it knows its key and our address, is told by a webhook, and reads and answers over HTTP.</summary>
internal sealed class SimulatedPartner(Shop shop, string key) : IDisposable
{
    private readonly HttpClient _http = shop.Client(key);
    private readonly Receiver _receiver = new();
    private string? _secret;

    /// <summary>A partner with a key for these nodes and no other right.</summary>
    public static async Task<SimulatedPartner> At(Shop shop, params string[] nodes) =>
        new(shop, (await shop.Post("/keys", new { name = "WMS of " + nodes[0], scopes = new[] { "partner:work" }, nodes })).Text("secret")!);

    public async Task Listen() => _secret = (await Ask(HttpMethod.Put, "/partner/webhook", new { url = _receiver.Url("/orders") })).GetProperty("secrets")[0].Text("secret");

    /// <summary>Kinds and numbers of what it was told, in the order it came; each message was signed.</summary>
    public IReadOnlyList<(string Kind, string Number)> Heard => [.. Messages.Select(g => (g.Kind, g.Json.GetProperty("data").GetProperty("payload").Text("number")!))];

    public IReadOnlyList<Got> Messages => [.. _receiver.All("/orders").Where(g => g.IsSignedBy(_secret!))];

    /// <summary>All work by pages of two, as one who has much would read it.</summary>
    public async Task<List<JsonElement>> Work(string query)
    {
        var all = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await Ask(HttpMethod.Get, $"/partner/work?limit=2&{query}{(after is null ? "" : "&after=" + after)}");
            all.AddRange(page.GetProperty("data").EnumerateArray());
            after = page.Text("next");
        } while (after is not null);
        return all;
    }

    public Task<HttpResponseMessage> Get(string path) => _http.GetAsync(path);
    public Task<JsonElement> Read(string work) => Ask(HttpMethod.Get, "/partner/work/" + work);
    public Task<JsonElement> Answer(string work, string step, object? body = null, string? key = null) => Ask(HttpMethod.Post, $"/partner/work/{work}/{step}", body ?? new { }, key);
    public Task<JsonElement> Stock(object body) => Ask(HttpMethod.Post, "/partner/stock", body);

    public async Task<JsonElement> Ask(HttpMethod method, string path, object? body = null, string? key = null) => await Shop.Read(await Send(method, path, body, key), null);

    /// <summary>The code of a refusal with this status.</summary>
    public async Task<JsonElement> Refused(HttpMethod method, string path, object? body, int status) => await Shop.Read(await Send(method, path, body), status);

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body, string? key = null)
    {
        var request = new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return _http.SendAsync(request);
    }

    public void Dispose()
    {
        _http.Dispose();
        _receiver.Dispose();
    }
}
