using System.Text.Json;

namespace Switchyard.Tests.Access;

/// <summary>One operation of the API document.</summary>
/// <param name="BodyType">The first media type its body may have; null without a body.</param>
/// <param name="Permission">Its x-permission: a code, "anyone" or "signed-in"; null when it names none.</param>
public sealed record Operation(string Id, HttpMethod Method, string Path, string? Permission, bool IsOnlyForTheHouse, string? BodyType, IReadOnlyList<string> Query)
{
    public IEnumerable<string> Parameters => Path.Split('/').Where(part => part.StartsWith('{'));
    public bool HasBody => BodyType is not null;
    public bool IsRead => Method == HttpMethod.Get;
    public override string ToString() => $"{Method} {Path} ({Id})";

    /// <summary>A file or stream of amounts: it needs prices:read besides its permission.</summary>
    public bool TellsPrices { get; private init; }

    private static JsonElement? _document;

    /// <summary>Everything the running server says it can do.</summary>
    public static async Task<IReadOnlyList<Operation>> All(Shop shop)
    {
        var document = await Document(shop);
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => Read(path.Name, operation, document)))];
    }

    /// <summary>The document of the running server; every server serves the same and takes seconds to make it, so one is asked.</summary>
    public static async Task<JsonElement> Document(Shop shop) => _document ??= await Shop.Read(await shop.Http.GetAsync("/openapi/v1.json"), 200);

    private static Operation Read(string path, JsonProperty operation, JsonElement document)
    {
        var what = operation.Value;
        string[] query = what.TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateArray().Select(p => Resolve(p, document)).Where(p => p.Text("in") == "query").Select(p => p.Text("name")!)] : [];
        return new Operation(what.TryGetProperty("operationId", out var id) ? id.GetString()! : "", new HttpMethod(operation.Name.ToUpperInvariant()), path,
            what.TryGetProperty("x-permission", out var permission) ? permission.GetString() : null,
            what.TryGetProperty("x-only-the-house", out _), what.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").EnumerateObject().First().Name : null, query)
        { TellsPrices = what.TryGetProperty("x-tells-prices", out _) };
    }

    /// <summary>What a <c>$ref</c> of the document stands for.</summary>
    public static JsonElement Resolve(JsonElement part, JsonElement document) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("$ref", out var reference)
            ? reference.GetString()!.Split('/').Skip(1).Aggregate(document, (at, name) => at.GetProperty(name)) : part;
}
