using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Tests.Connectors;

/// <summary>Speaks plainly with a simulated vendor, as any program would.</summary>
internal sealed class SimClient(string url) : IDisposable
{
    private static readonly SocketsHttpHandler Handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient _http = new(Handler, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Sent with every call.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public Task<(HttpStatusCode Status, JsonNode Body, HttpResponseMessage Answer)> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<(HttpStatusCode Status, JsonNode Body, HttpResponseMessage Answer)> Post(string path, object? body) => Send(HttpMethod.Post, path, body);

    public async Task<(HttpStatusCode Status, JsonNode Body, HttpResponseMessage Answer)> Send(HttpMethod method, string path, object? body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("http", StringComparison.Ordinal) ? path : url + path);
        if (body is not null)
        {
            byte[] bytes = body as byte[] ?? Encoding.UTF8.GetBytes(body as string ?? JsonSerializer.Serialize(body));
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }
        foreach (var (name, value) in Headers) if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        var answer = await _http.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        JsonNode? json = null;
        try { json = text.Length == 0 ? null : JsonNode.Parse(text); }
        catch (JsonException) { json = JsonValue.Create(text); }
        return (answer.StatusCode, json ?? new JsonObject(), answer);
    }

    /// <summary>A form, as token endpoints take it.</summary>
    public Task<(HttpStatusCode Status, JsonNode Body, HttpResponseMessage Answer)> Form(string path, params (string Name, string Value)[] fields) =>
        Send(HttpMethod.Post, path, string.Join('&', fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}")), "application/x-www-form-urlencoded");

    public async Task<byte[]> Bytes(string address) => await _http.GetByteArrayAsync(new Uri(address));

    public void Dispose() => _http.Dispose();
}
