using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Tests.Connectors;

/// <summary>
/// A vendor's published document (Swagger 2, OpenAPI 3 or JSON schema) and whether an answer is as it says: types, required members,
/// allowed values, and no member that it does not know. It is smaller than a whole validator: what it meets and does not know it reports.
/// </summary>
internal sealed class PublishedSchema
{
    private static readonly HashSet<string> Known =
    [
        "$ref", "$schema", "$id", "type", "properties", "required", "items", "enum", "format", "minimum", "maximum", "maxLength", "minLength", "pattern", "description", "title", "example", "examples", "default",
        "additionalProperties", "allOf", "definitions", "x-docgen-enum-table-extension", "maxItems", "minItems", "uniqueItems", "nullable", "xml", "readOnly",
    ];
    private readonly JsonNode _root;

    private PublishedSchema(JsonNode root) => _root = root;

    /// <summary>The document, or null where the published files are not at hand.</summary>
    public static PublishedSchema? Find(params string[] path) => PublishedFiles.Load(path) is { } root ? new PublishedSchema(root) : null;

    /// <summary>What is wrong with a body that should be a definition; nothing when it is as published.</summary>
    public List<string> Faults(string definition, JsonNode? body)
    {
        var faults = new List<string>();
        Check(Definition(definition), body, definition, faults);
        return faults;
    }

    /// <summary>As <see cref="Faults(string, JsonNode?)"/>, by a schema that stands somewhere in the document.</summary>
    public List<string> Faults(JsonNode schema, JsonNode? body)
    {
        var faults = new List<string>();
        Check(schema, body, "body", faults);
        return faults;
    }

    /// <summary>As <see cref="Faults(string, JsonNode?)"/>, by the document as a whole: a schema of one message.</summary>
    public List<string> Faults(JsonNode? body)
    {
        var faults = new List<string>();
        Check(_root, body, "message", faults);
        return faults;
    }

    private JsonNode Definition(string name) => (_root["definitions"] ?? _root["components"]!["schemas"]!)[name] ?? throw new ArgumentException($"The document has no {name}.", nameof(name));

    private void Check(JsonNode schema, JsonNode? value, string at, List<string> faults)
    {
        if (faults.Count > 20) return;
        if (schema["$ref"] is { } reference)
        {
            Check(Definition(reference.ToString().Split('/')[^1]), value, at, faults);
            return;
        }
        foreach (var (word, _) in schema.AsObject()) if (!Known.Contains(word)) faults.Add($"{at}: the schema says {word}, which is not looked at");
        foreach (var part in schema["allOf"]?.AsArray() ?? []) Check(part!, value, at, faults);
        string[] types = schema["type"] switch { JsonArray many => [.. many.Select(t => t!.ToString())], JsonValue one => [one.ToString()], _ => [] };
        if (value is null)
        {
            if (types.Length > 0 && !types.Contains("null")) faults.Add($"{at} is null");
            return;
        }
        string kind = value.GetValueKind() switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => decimal.Parse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture) % 1 == 0 ? "integer" : "number",
        };
        if (types.Length > 0 && !types.Contains(kind) && !(kind == "integer" && types.Contains("number")))
        {
            faults.Add($"{at} is {kind}, not {string.Join(" or ", types)}");
            return;
        }
        if (schema["enum"] is JsonArray allowed && !allowed.Any(a => a!.ToString() == value.ToString())) faults.Add($"{at} is {value}, which is not allowed");
        if (schema["format"]?.ToString() == "date-time" && !(DateTimeOffset.TryParse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out _) && value.ToString().Contains('T'))) faults.Add($"{at} is no instant");
        if (schema["minimum"] is { } least && decimal.Parse(value.ToString(), CultureInfo.InvariantCulture) < decimal.Parse(least.ToString(), CultureInfo.InvariantCulture)) faults.Add($"{at} is less than {least}");
        if (value is JsonArray list && schema["items"] is { } of) for (int i = 0; i < list.Count; i++) Check(of, list[i], $"{at}[{i}]", faults);
        if (value is not JsonObject members) return;
        foreach (var needed in schema["required"]?.AsArray() ?? []) if (!members.ContainsKey(needed!.ToString())) faults.Add($"{at} lacks {needed}");
        if (schema["properties"] is not JsonObject properties) return;
        foreach (var (name, member) in members)
        {
            if (properties[name] is { } known) Check(known, member, $"{at}.{name}", faults);
            else if (schema["additionalProperties"] is null or JsonValue) faults.Add($"{at}.{name} is not in the document");
        }
    }
}
