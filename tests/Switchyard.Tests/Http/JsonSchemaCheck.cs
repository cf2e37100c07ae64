using System.Text.Json;
using System.Text.RegularExpressions;
using Switchyard.Tests.Access;

namespace Switchyard.Tests.Http;

/// <summary>As much of JSON Schema as the API's document uses: says where a value is not what its schema says.</summary>
internal sealed class JsonSchemaCheck(JsonElement document)
{
    private static readonly HashSet<string> Known =
        ["type", "properties", "required", "additionalProperties", "items", "enum", "oneOf", "format", "pattern", "description", "readOnly", "minimum", "maximum", "default", "$ref", "title"];

    /// <summary>Faults of the value, each with its place; none when it is right.</summary>
    public List<string> Faults(JsonElement value, JsonElement schema, string at = "")
    {
        var faults = new List<string>();
        Look(value, schema, at, faults);
        return faults;
    }

    private void Look(JsonElement value, JsonElement asked, string at, List<string> faults)
    {
        var schema = Operation.Resolve(asked, document);
        foreach (var word in schema.EnumerateObject().Where(w => !Known.Contains(w.Name) && !w.Name.StartsWith("x-", StringComparison.Ordinal)))
            faults.Add($"{at}: this check does not know '{word.Name}'");
        if (schema.TryGetProperty("oneOf", out var either))
        {
            int fits = either.EnumerateArray().Count(one => Faults(value, one).Count == 0);
            if (fits != 1) faults.Add($"{at}: fits {fits} of {either.GetArrayLength()}: " + string.Join("; ", either.EnumerateArray().SelectMany(one => Faults(value, one)).Take(3)));
            return;
        }
        if (schema.TryGetProperty("type", out var type) && !IsOf(value, type)) { faults.Add($"{at}: {Short(value)} is not {type}"); return; }
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => JsonElement.DeepEquals(w, value))) faults.Add($"{at}: {Short(value)} is none of {words}");
        if (value.ValueKind == JsonValueKind.String) Text(value.GetString()!, schema, at, faults);
        else if (value.ValueKind == JsonValueKind.Object) Members(value, schema, at, faults);
        else if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            foreach (var (entry, i) in value.EnumerateArray().Select((e, i) => (e, i))) Look(entry, items, $"{at}/{i}", faults);
    }

    private static void Text(string text, JsonElement schema, string at, List<string> faults)
    {
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!)) faults.Add($"{at}: {text} does not fit {pattern}");
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "date-time" && !DateTimeOffset.TryParse(text, out _)) faults.Add($"{at}: {text} is no instant");
        if (schema.TryGetProperty("format", out format) && format.GetString() == "date" && !DateOnly.TryParse(text, out _)) faults.Add($"{at}: {text} is no day");
    }

    private void Members(JsonElement value, JsonElement schema, string at, List<string> faults)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) faults.Add($"{at}: {name} is missing");
        schema.TryGetProperty("properties", out var properties);
        foreach (var member in value.EnumerateObject())
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out var known)) Look(member.Value, known, $"{at}/{member.Name}", faults);
            else if (schema.TryGetProperty("additionalProperties", out var others))
            {
                if (others.ValueKind == JsonValueKind.False) faults.Add($"{at}: there is no member {member.Name}");
                else if (others.ValueKind == JsonValueKind.Object) Look(member.Value, others, $"{at}/{member.Name}", faults);
            }
    }

    private static bool IsOf(JsonElement value, JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(one => IsOf(value, one)) : (type.GetString(), value.ValueKind) switch
        {
            ("null", JsonValueKind.Null) or ("string", JsonValueKind.String) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array)
                or ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
            _ => false,
        };

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : value.GetRawText();
}
