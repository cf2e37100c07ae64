using System.Text;
using System.Text.Json.Nodes;

namespace Switchyard.Adapters;

/// <summary>One conversation with a vendor on behalf of an account: where it is, what it may cost in time, and what it is told to be kept waiting for.</summary>
public abstract class AdapterCall(AdapterAccess access, AdapterHttp http, DateTimeOffset now, CancellationToken stop)
{
    public AdapterAccess Access { get; } = access;
    public DateTimeOffset Now { get; } = now;
    public CancellationToken Stop { get; } = stop;

    /// <summary>Is this address at the account's own server? Keys go nowhere else.</summary>
    public bool IsOwn(string address) => Uri.TryCreate(address, UriKind.Absolute, out var there) && Uri.TryCreate(Access.BaseUrl, UriKind.Absolute, out var own)
        && there.GetLeftPart(UriPartial.Authority) == own.GetLeftPart(UriPartial.Authority);

    /// <summary>Sends and reads the whole answer. A status that says no by itself (401, 403, 429, 5xx) is a fault already.</summary>
    public Task<AdapterAnswer<AdapterReply>> Send(HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers) =>
        SendContent(method, path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), headers);

    public async Task<AdapterAnswer<AdapterReply>> SendContent(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("http", StringComparison.Ordinal) ? path : Access.BaseUrl.TrimEnd('/') + path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Pass(request);
    }

    /// <summary>The one place by which everything is sent.</summary>
    protected virtual Task<AdapterAnswer<AdapterReply>> Pass(HttpRequestMessage request) => http.Send(Access, request, Stop);

    /// <summary>The same, and the answer is JSON; a refusal becomes a fault in the vendor's own words.</summary>
    /// <param name="refusal">Reads the vendor's words out of a refusal.</param>
    public async Task<AdapterAnswer<JsonNode>> Ask(HttpMethod method, string path, JsonNode? body, Func<JsonNode, string?> refusal, params (string Name, string Value)[] headers)
    {
        var sent = await Send(method, path, body, headers);
        if (sent.Fault is { } fault) return fault;
        if (sent.Value.IsOk) return sent.Value.Json();
        var said = sent.Value.Json();
        return new AdapterFault(FaultKind.Refused, said.IsOk && Words(said.Value, refusal) is { Length: > 0 } words ? words : sent.Value.Beginning);
    }

    private static string? Words(JsonNode said, Func<JsonNode, string?> refusal)
    {
        try { return refusal(said); }
        catch (InvalidOperationException) { return null; }
    }
}
