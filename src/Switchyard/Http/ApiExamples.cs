using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Switchyard.Http;

/// <summary>
/// The examples of the OpenAPI document, all of one shop: Fenwick &amp; Vale, homeware. They are made from docs/api/examples.json: a value
/// for each member by its name or by <c>Schema.name</c>, and whole bodies where the parts must fit together. A body made of members is
/// right whenever the schema is, so a new member needs one word there at most; ApiExamplesTests says which.
/// </summary>
public sealed class ApiExamples
{
    /// <summary>Stands where examples.json has no word for a text.</summary>
    public const string Missing = "(no example)";

    /// <summary>In examples.json: a value made from the schema, for a member that could be null.</summary>
    private const string Made = "$made";

    private static readonly Lazy<JsonObject> Words = new(() =>
    {
        using var stream = typeof(ApiExamples).Assembly.GetManifestResourceStream("examples.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    });

    private readonly OpenApiDocument _document;
    private readonly IDictionary<string, IOpenApiSchema> _schemas;
    private readonly Dictionary<string, IOpenApiExample> _examples = [];

    private ApiExamples(OpenApiDocument document) => (_document, _schemas) = (document, document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>());

    public static void AddTo(OpenApiDocument document)
    {
        var examples = new ApiExamples(document);
        foreach (var operation in ApiShapes.Operations(document)) examples.Add(operation);
        foreach (var (name, example) in document.Components!.Examples ?? new Dictionary<string, IOpenApiExample>()) examples._examples[name] = example;
        document.Components.Examples = examples._examples.OrderBy(e => e.Key, StringComparer.Ordinal).ToDictionary();
    }

    private void Add(OpenApiOperation operation)
    {
        string id = operation.OperationId ?? "";
        foreach (var (type, body) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            Give(body, Body("requests", id), type == "application/json" ? NameOf(body.Schema) ?? id : id, isSent: true);
        foreach (var (status, response) in operation.Responses ?? [])
            if (status[0] == '2')
                foreach (var (_, body) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
                    Give(body, Body("responses", id), NameOf(body.Schema) ?? id, isSent: false);
    }

    private void Give(OpenApiMediaType body, JsonNode? whole, string name, bool isSent)
    {
        if (whole is not null) name = (isSent ? "request." : "response.") + name;
        if (!_examples.ContainsKey(name))
            _examples[name] = new OpenApiExample { Value = whole?.DeepClone() ?? Of(body.Schema, NameOf(body.Schema) ?? "", isSent) };
        body.Examples = new Dictionary<string, IOpenApiExample> { ["example"] = new OpenApiExampleReference(name, _document) };
    }

    private JsonNode? Of(IOpenApiSchema? schema, string name, bool isSent)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
            return isSent && Body("requests", id) is { } whole ? whole.DeepClone() : Word(id) is { } word && IsFit(word, _schemas[id]) ? word.DeepClone() : Of(_schemas[id], id, isSent);
        if (schema?.Enum is { Count: > 0 } words) return words[0].DeepClone();
        if (schema?.OneOf is { Count: > 0 } either) return Of(either.First(e => e is OpenApiSchemaReference), name, isSent);
        var type = (schema?.Type ?? 0) & ~JsonSchemaType.Null;
        if (type == JsonSchemaType.Array) return new JsonArray(Of(schema!.Items, name, isSent));
        if (type == JsonSchemaType.Integer || type == JsonSchemaType.Number) return 0;
        if (type == JsonSchemaType.Boolean) return false;
        if (type == JsonSchemaType.String) return schema!.Format == "date-time" ? "2026-11-20T09:15:00Z" : Missing;
        var made = new JsonObject();
        foreach (var (member, part) in schema?.Properties ?? new Dictionary<string, IOpenApiSchema>())
            if (Member(name, member, part, schema!.Required?.Contains(member) ?? false, isSent) is (true, var value)) made[member] = value;
        return made;
    }

    private (bool IsThere, JsonNode? Value) Member(string schema, string name, IOpenApiSchema part, bool isNeeded, bool isSent)
    {
        var words = Words.Value["words"]!.AsObject();
        bool isOwn = words.TryGetPropertyValue($"{schema}.{name}", out var own);
        if (isSent && (part.ReadOnly || !isNeeded && !isOwn)) return (false, null);
        if (isOwn && own is null) return (true, null);
        if (isOwn && !IsMade(own)) return (true, own!.DeepClone());
        if (!isOwn && words[name] is { } common && IsFit(common, part)) return (true, common.DeepClone());
        bool isNullable = part.Type is { } type && type.HasFlag(JsonSchemaType.Null) || part.OneOf is { Count: > 0 };
        return (true, isNullable && !isOwn ? null : Of(part, schema + "." + name, isSent));
    }

    private static bool IsMade(JsonNode? own) => own is JsonValue value && value.TryGetValue(out string? text) && text == Made;

    private JsonNode? Word(string name) => Words.Value["words"]![name];

    private static JsonNode? Body(string where, string name) => Words.Value[where]?[name];

    private static string? NameOf(IOpenApiSchema? schema) => (schema as OpenApiSchemaReference)?.Reference.Id;

    /// <summary>Could the word be a value of this schema: of its type, one of its words, of its pattern?</summary>
    private bool IsFit(JsonNode word, IOpenApiSchema schema)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id }) return IsFit(word, _schemas[id]);
        if (schema.OneOf is { Count: > 0 } either) return either.OfType<OpenApiSchemaReference>().Any(e => IsFit(word, e));
        if (schema.Enum is { Count: > 0 } words) return words.Any(w => JsonNode.DeepEquals(w, word));
        if (schema.Pattern is { } pattern && !(word is JsonValue v && v.TryGetValue(out string? text) && System.Text.RegularExpressions.Regex.IsMatch(text, pattern))) return false;
        var type = (schema.Type ?? 0) & ~JsonSchemaType.Null;
        return type == 0 || word.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => type == JsonSchemaType.String,
            System.Text.Json.JsonValueKind.Number => type == JsonSchemaType.Number || type == JsonSchemaType.Integer && word.ToJsonString().All(c => char.IsDigit(c) || c == '-'),
            System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => type == JsonSchemaType.Boolean,
            System.Text.Json.JsonValueKind.Array => type == JsonSchemaType.Array && (schema.Items is not { } items || word.AsArray().All(w => w is not null && IsFit(w, items))),
            System.Text.Json.JsonValueKind.Object => type == JsonSchemaType.Object && (schema.Properties is not { Count: > 0 }),
            _ => false,
        };
    }
}
