using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Kernel;

namespace Switchyard.Adapters;

/// <summary>Reads what carriers send. Nothing throws: what is not there, or is another kind of thing, is null.</summary>
internal static class AdapterJson
{
    /// <summary>The thing at the end of a path of members.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string name in path) node = (node as JsonObject)?[name];
        return node;
    }

    public static string? Say(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) is JsonValue value
        ? value.TryGetValue(out string? text) ? text : value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? value.ToJsonString() : null : null;

    public static bool Is(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) is JsonValue value && value.TryGetValue(out bool isSo) && isSo;

    public static IEnumerable<JsonObject> Each(this JsonNode? node, params ReadOnlySpan<string> path) => (node.At(path) as JsonArray ?? []).OfType<JsonObject>();

    public static int? Whole(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.Say(path) is { } text && decimal.TryParse(text, CultureInfo.InvariantCulture, out decimal number) && number is >= 0 and < 100_000 ? (int)number : null;

    /// <summary>An amount in major units, as minor units of its currency, rounded half away from zero.</summary>
    public static long? Minor(this JsonNode? amount, string? currency) =>
        amount.Say() is { } text && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal major) && Currency.TryParse((currency ?? "").ToUpperInvariant(), out var money) && Math.Abs(major) < 1_000_000_000
            ? (long)Math.Round(major * money.MinorPerMajor, MidpointRounding.AwayFromZero) : null;

    /// <summary>An instant; without an offset it is taken as UTC.</summary>
    public static DateTimeOffset? When(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.Say(path) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>Bytes in base64, as they are or behind the comma of a data address.</summary>
    public static byte[]? Bytes(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        if (node.Say(path) is not { Length: > 0 } text) return null;
        if (text.StartsWith("data:", StringComparison.Ordinal)) text = text[(text.IndexOf(',', StringComparison.Ordinal) + 1)..];
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) && length > 0 ? bytes[..length] : null;
    }

    public static decimal Major(long minor, string currency) => minor / (decimal)Currency.Parse(currency).MinorPerMajor;

    /// <summary>What is not known is left out, at any depth.</summary>
    public static JsonObject Tidy(this JsonObject thing)
    {
        foreach (string name in thing.Where(m => m.Value is null).Select(m => m.Key).ToList()) thing.Remove(name);
        foreach (var (_, member) in thing)
            if (member is JsonObject inner) inner.Tidy();
            else if (member is JsonArray list) foreach (var item in list.OfType<JsonObject>()) item.Tidy();
        return thing;
    }
}
