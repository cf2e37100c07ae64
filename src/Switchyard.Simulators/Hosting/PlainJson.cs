using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Switchyard.Simulators;

/// <summary>JSON with names as they are written here, without what is null.</summary>
internal static class PlainJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Written out at once: what is told is the state while the shop's gate is held.</summary>
    public static IResult Answer(object? body, int status = 200, string type = "application/json") =>
        Results.Text(JsonSerializer.SerializeToUtf8Bytes(body, Options), type, status);

    public static byte[] Bytes(object body) => JsonSerializer.SerializeToUtf8Bytes(body, Options);

    /// <summary>A text at a place of a body; null when there is none, or something else is there.</summary>
    public static string? Text(this JsonNode? node, string name) => node is JsonObject o && o[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>A whole number at a place of a body, however it is written; null when there is none.</summary>
    public static int? Whole(this JsonNode? node, string name)
    {
        if (node is not JsonObject o || o[name] is not JsonValue value) return null;
        return value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out decimal amount) && decimal.Truncate(amount) == amount && Math.Abs(amount) < int.MaxValue ? (int)amount : null;
    }

    /// <summary>The members of a list; none when it is no list.</summary>
    public static IEnumerable<JsonNode> Each(this JsonNode? node) => node is JsonArray list ? list.OfType<JsonNode>() : [];
}
