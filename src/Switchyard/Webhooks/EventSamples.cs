using System.Text.Json;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>A realistic event of each kind, for trying receivers without anything happening: docs/api/event-samples.json.</summary>
public static class EventSamples
{
    private sealed record Sample(string AggregateKind, string AggregateId, JsonElement Payload);

    private static readonly Lazy<SortedDictionary<string, Sample>> Known = new(() =>
    {
        using var stream = typeof(EventSamples).Assembly.GetManifestResourceStream("event-samples.json")!;
        return new(JsonSerializer.Deserialize<Dictionary<string, Sample>>(stream, Json.Options)!, StringComparer.Ordinal);
    });

    public static IReadOnlyCollection<string> Kinds => Known.Value.Keys;

    /// <summary>An event of this kind as a webhook gets it: of no entry, so without a position; null when there is no sample.</summary>
    public static CloudEvent? Event(string kind, string source, DateTimeOffset now)
    {
        if (!Known.Value.TryGetValue(kind, out var sample)) return null;
        string id = "evt_test_" + Guid.CreateVersion7(now).ToString("N");
        var entry = new EventView("event", id, 0, kind, 1, sample.AggregateKind, sample.AggregateId, 1, "trigger", null, now, sample.Payload, "", "");
        return CloudEvent.Of(entry, source) with { Position = null };
    }

    /// <summary>The refusal of a kind that has no sample.</summary>
    public static Error Unknown(string? kind) => Error.Invalid("webhooks.no_sample", $"There is no sample of an event {kind}.",
        new FieldError("/kind", "field.unknown_value", "'switchyard trigger --list' names the kinds."));
}
