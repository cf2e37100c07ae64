using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>An entry of the log as a CloudEvent in structured JSON.</summary>
/// <param name="Id">As the feed shows it, <c>evt_…</c>: the same at every repeat.</param>
/// <param name="Source">Whose log it is on: <c>/merchants/CODE</c>.</param>
/// <param name="Subject">The order or other thing that it tells of.</param>
/// <param name="Position">Where it stands on the log; ascends, with gaps. A text, since CloudEvents has no number of 64 bits.</param>
/// <param name="Sequence">Its number among the entries of its subject: 1, 2, 3 without gaps.</param>
/// <param name="Data">The entry as <c>GET /api/v1/events</c> shows it.</param>
/// <remarks>Source: CloudEvents 1.0.2, JSON format, and its extension "sequence".</remarks>
public sealed record CloudEvent(string Specversion, string Id, string Source, string Type, string Time, string Datacontenttype,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Subject,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Position,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sequence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Dataref,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Data)
{
    public const string ContentType = "application/cloudevents+json";

    public static string SourceOf(string merchant) => "/merchants/" + Uri.EscapeDataString(merchant);

    public static CloudEvent Of(EventView entry, string source) => new("1.0", entry.Id, source, TypeOf(entry.AggregateKind, entry.Kind), Written(entry.At),
        "application/json", entry.AggregateId, Text.Invariant(entry.Position), Text.Invariant(entry.Seq), null, entry);

    /// <summary>What a test send carries: of no entry, so without position and sequence.</summary>
    public static CloudEvent Test(string id, string source, string webhook, DateTimeOffset now) =>
        new("1.0", id, source, "switchyard.webhook.test", Written(now), "application/json", webhook, null, null, null, new { message = "This is a test." });

    /// <summary>The same without its data, for a carrier that cannot take it: <c>dataref</c> says where it is read.</summary>
    public CloudEvent ByReference(EventView entry) =>
        this with { Data = null, Dataref = $"/api/v1/events?limit=1&after={Text.Invariant(entry.Position - 1)}" };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Options);

    /// <summary><c>OrderHoldReleased</c> of an order becomes <c>switchyard.order.hold_released</c>.</summary>
    public static string TypeOf(string aggregateKind, string kind)
    {
        string what = kind.Length > aggregateKind.Length && kind.StartsWith(aggregateKind, StringComparison.OrdinalIgnoreCase) && char.IsUpper(kind[aggregateKind.Length])
            ? kind[aggregateKind.Length..] : kind;
        return $"switchyard.{Snake(aggregateKind)}.{Snake(what)}";
    }

    private static string Written(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
