using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>A call with its body read, and its path without the simulator's own first segment.</summary>
public sealed class SimRequest
{
    private JsonNode? _json;
    private bool _isParsed;

    public required HttpContext Http { get; init; }
    public required byte[] Body { get; init; }
    public string Method => Http.Request.Method;
    public string Path => Http.Request.Path.Value ?? "/";

    /// <summary>"orders/12/refunds" as its parts.</summary>
    public string[] Segments => Path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The call as it was read, for whoever decides in which mood it is answered.</summary>
    public static SimRequest Of(HttpRequest call) => (SimRequest)call.HttpContext.Items[typeof(SimRequest)]!;

    /// <summary>What the call asked for, for the log.</summary>
    public string Asked { get; set; } = "";

    /// <summary>The address as the caller wrote it, without its query; signatures of OAuth 1 are over it.</summary>
    public string Address => $"{Http.Request.Scheme}://{Http.Request.Host}{Http.Request.PathBase}{Http.Request.Path}";

    /// <summary>A query parameter, or null; the first of several.</summary>
    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var value) ? value.FirstOrDefault() : null;

    public string? Header(string name) => Http.Request.Headers.TryGetValue(name, out var value) ? value.FirstOrDefault() : null;

    /// <summary>The body as JSON; null when there is none or it is not JSON (<see cref="IsMalformed"/>).</summary>
    public JsonNode? Json
    {
        get
        {
            if (_isParsed) return _json;
            _isParsed = true;
            if (Body.Length == 0) return null;
            try { _json = JsonNode.Parse(Body); }
            catch (JsonException) { IsMalformed = true; }
            return _json;
        }
    }

    /// <summary>There is a body and it is no JSON.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Fields of a form, for token endpoints that take one.</summary>
    public Dictionary<string, string> Form =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Text).ToDictionary(f => f.Key, f => f.Value.FirstOrDefault() ?? "", StringComparer.Ordinal);

    internal static async Task<SimRequest> Read(HttpContext http, int longest)
    {
        using var body = new MemoryStream();
        byte[] part = new byte[16 << 10];
        for (int read; (read = await http.Request.Body.ReadAsync(part, http.RequestAborted)) > 0;)
        {
            body.Write(part, 0, read);
            if (body.Length > longest) throw new BadHttpRequestException("The body is too long.", StatusCodes.Status413PayloadTooLarge);
        }
        return new SimRequest { Http = http, Body = body.ToArray() };
    }
}
