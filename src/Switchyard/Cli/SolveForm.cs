using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchyard.Cli;

/// <summary>How <c>switchyard solve</c> reads instances of any problem and writes its answers: one, a JSON list, or lines of JSON.</summary>
public static class SolveForm
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 32,
    };

    /// <summary>Why an instance has no answer; <c>Field</c> is the JSON path of what is wrong.</summary>
    public sealed record Fault(string Code, string Detail, string? Field = null)
    {
        public static Fault NotReadable(string detail, string? field) => new("solve.not_readable", detail, field);
        public static Fault OutOfRange(string field) => new("solve.out_of_range", "The figure is out of range.", field);
    }

    /// <summary>One instance gives one answer; a list, or lines of JSON, a list of answers in the same order.</summary>
    /// <param name="one">Answers the JSON of one instance, whatever it holds.</param>
    public static string Run(string json, Func<string, object> one)
    {
        string text = json.Trim();
        if (text.StartsWith('[') || !IsOneDocument(text)) return Write(Several(text, one));
        return JsonSerializer.Serialize(one(text), Json);
    }

    /// <summary>The answers to a text that is a list, lines of JSON, or one instance.</summary>
    public static IReadOnlyList<object> Several(string json, Func<string, object> one)
    {
        string text = json.Trim();
        if (text.StartsWith('[')) return List(text, one);
        return IsOneDocument(text) ? [one(text)] : [.. text.Split('\n').Where(l => l.Trim().Length > 0).Select(one)];
    }

    public static string Write(IReadOnlyList<object> answers) => "[\n" + string.Join(",\n", answers.Select(a => JsonSerializer.Serialize(a, Json))) + "\n]";

    /// <summary>Reads one instance; what cannot be read is told with the field that is wrong.</summary>
    public static Fault? Read<T>(string json, out T? instance) where T : class
    {
        instance = null;
        try { instance = JsonSerializer.Deserialize<T>(json, Json); }
        catch (JsonException e) { return Fault.NotReadable(e.Message, e.Path); }
        return instance is null ? Fault.NotReadable("An instance is an object.", "$") : null;
    }

    /// <summary>The id of an instance that cannot be read whole, where it has one.</summary>
    public static JsonElement? IdOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("id", out var id) ? id.Clone() : null;
        }
        catch (JsonException) { return null; }
    }

    private static List<object> List(string json, Func<string, object> one)
    {
        try
        {
            using var all = JsonDocument.Parse(json);
            return [.. all.RootElement.EnumerateArray().Select(each => one(each.GetRawText()))];
        }
        catch (JsonException e) { return [new Unread(Fault.NotReadable(e.Message, e.Path))]; }
    }

    private static bool IsOneDocument(string text)
    {
        try { using var _ = JsonDocument.Parse(text); }
        catch (JsonException) { return !text.Contains('\n'); }
        return true;
    }

    private sealed record Unread(Fault Error);
}
