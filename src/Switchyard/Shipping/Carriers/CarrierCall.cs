using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Shipping;

/// <summary>What a carrier sent back, whole.</summary>
public sealed record CarrierReply(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>The body as JSON; a fault when it is none.</summary>
    public CarrierAnswer<JsonNode> Json()
    {
        try
        {
            return JsonNode.Parse(Body, null, new JsonDocumentOptions { MaxDepth = 64 }) is { } json ? CarrierAnswer<JsonNode>.Of(json) : Malformed;
        }
        catch (JsonException) { return Malformed; }
    }

    /// <summary>What can be said of the body to a person: its beginning, in one line.</summary>
    public string Beginning => Body.Length == 0 ? $"status {Status}" : $"status {Status}: {Line(Encoding.UTF8.GetString(Body, 0, Math.Min(Body.Length, 300)))}";

    private static readonly CarrierFault Malformed = new(FaultKind.Malformed, "The answer is not what this carrier usually sends.");

    private static string Line(string text) => string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFD' or '\uFFFE' ? ' ' : c)).Trim();
}

/// <summary>One conversation with a carrier on behalf of an account: where it is, what it may cost in time, and what it is told to be kept waiting for.</summary>
public sealed class CarrierCall(CarrierAccess access, CarrierHttp http, Func<Consignment, Task<IReadOnlyList<CarrierRate>>> card, DateTimeOffset now, CancellationToken stop)
{
    public CarrierAccess Access { get; } = access;
    public DateTimeOffset Now { get; } = now;
    public CancellationToken Stop { get; } = stop;

    /// <summary>Is this address at the account's own server? Keys go nowhere else.</summary>
    public bool IsOwn(string address) => Uri.TryCreate(address, UriKind.Absolute, out var there) && Uri.TryCreate(Access.BaseUrl, UriKind.Absolute, out var own)
        && there.GetLeftPart(UriPartial.Authority) == own.GetLeftPart(UriPartial.Authority);

    /// <summary>Rates of the account's own rate card, for carriers that tell none.</summary>
    public Task<IReadOnlyList<CarrierRate>> Card(Consignment what) => card(what);

    /// <summary>Sends and reads the whole answer. A status that says no by itself (401, 403, 429, 5xx) is a fault already.</summary>
    public Task<CarrierAnswer<CarrierReply>> Send(HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers) =>
        SendContent(method, path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), headers);

    public async Task<CarrierAnswer<CarrierReply>> SendContent(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("http", StringComparison.Ordinal) ? path : Access.BaseUrl.TrimEnd('/') + path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await http.Send(Access, request, Stop);
    }

    /// <summary>The same, and the answer is JSON; a refusal becomes a fault in the carrier's own words.</summary>
    /// <param name="refusal">Reads the carrier's words out of a refusal.</param>
    public async Task<CarrierAnswer<JsonNode>> Ask(HttpMethod method, string path, JsonNode? body, Func<JsonNode, string?> refusal, params (string Name, string Value)[] headers)
    {
        var sent = await Send(method, path, body, headers);
        if (sent.Fault is { } fault) return fault;
        if (sent.Value.IsOk) return sent.Value.Json();
        var said = sent.Value.Json();
        return new CarrierFault(FaultKind.Refused, said.IsOk && Words(said.Value, refusal) is { Length: > 0 } words ? words : sent.Value.Beginning);
    }

    private static string? Words(JsonNode said, Func<JsonNode, string?> refusal)
    {
        try { return refusal(said); }
        catch (InvalidOperationException) { return null; }
    }
}
