using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Log;

/// <summary>An entry as callers see it.</summary>
public sealed record EventView(string Object, string Id, long Position, string Kind, int SchemaVersion, string AggregateKind, string AggregateId,
    long Seq, string Actor, string? Reason, DateTimeOffset At, JsonElement Payload, string PreviousHash, string Hash)
{
    /// <summary>Whose it is and what he agrees to; only in messages of webhooks that ask for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventCustomer? Customer { get; init; }

    public static EventView Of(LoggedEvent e) => new("event", "evt_" + Text.Invariant(e.Position), e.Position, e.Kind, e.SchemaVersion,
        e.AggregateKind, e.AggregateId, e.Seq, e.Actor, e.Reason, DateTimeOffset.FromUnixTimeMilliseconds(e.AtMs), Json(e.Payload),
        Convert.ToHexStringLower(e.PreviousHash), Convert.ToHexStringLower(e.Hash));

    /// <summary>The same for somebody who may see no amounts. The hashes stay those of the whole entry.</summary>
    public EventView WithoutPrices()
    {
        var payload = JsonNode.Parse(Payload.GetRawText());
        HidePrices.TakeOut(payload);
        return this with { Payload = JsonSerializer.SerializeToElement(payload, Http.Json.Options) };
    }

    // What somebody put there by hand and is no JSON is shown as a text, not answered with a fault.
    private static JsonElement Json(string payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.Clone();
        }
        catch (JsonException) { return JsonSerializer.SerializeToElement(payload); }
    }
}

/// <summary>The customer of an entry as he is when a message of it is sent: who stands for him since merges, and what he agrees to.</summary>
/// <param name="Consents">By purpose and channel, such as marketing/email. What nobody ever asked is not there: that is no.</param>
public sealed record EventCustomer(CustomerId Id, IReadOnlyDictionary<string, bool> Consents);

/// <summary>Where a reader stands on the log, and what it wants of it; shared by the feed and the stream.</summary>
internal sealed record FeedQuery(long? After, int Limit, string[] Kinds)
{
    /// <summary>A filter that finds little must not walk the whole log in one request.</summary>
    public const int Window = 100_000;

    private const int MostKinds = 20;

    /// <remarks>Errors: request.invalid with #after, #limit or #kind.</remarks>
    public static Result<FeedQuery> Parse(string? after, string? limit, string? kind)
    {
        var checks = new Checks();
        long? position = Number(after, long.MaxValue, "#after", "events.bad_cursor", "'after' must be a cursor that this list gave.", checks);
        long? rows = Number(limit, Cursor.MostLimit, "#limit", "field.out_of_range", $"'limit' must be from 1 to {Cursor.MostLimit}.", checks);
        checks.That(rows is not 0, "#limit", "field.out_of_range", $"'limit' must be from 1 to {Cursor.MostLimit}.");
        string[] kinds = kind is null ? [] : kind.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        checks.That(kinds.Length <= MostKinds && kinds.All(Text.IsCode), "#kind", "field.malformed", $"'kind' takes up to {MostKinds} names of events, with commas between.");
        return checks.AnyFault ? checks.ToError() : new FeedQuery(position, (int)(rows ?? Cursor.DefaultLimit), kinds);
    }

    /// <summary>The end of the part of the log that one look covers.</summary>
    public static long UpTo(long after, long reach) => reach - after > Window ? after + Window : reach;

    private static long? Number(string? text, long most, string pointer, string code, string detail, Checks checks)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= most) return number;
        checks.Fault(pointer, code, detail);
        return null;
    }
}
