using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Connectors;

/// <summary>A connection as it is stored; secrets are encrypted.</summary>
/// <param name="Methods">Our delivery method by the channel's name of it; a name that is not there is taken as it is.</param>
/// <param name="GoLiveAt">What was placed there before is work of the system before this one.</param>
/// <param name="WatermarkMs">The channel's clock: every change up to then is known.</param>
/// <param name="Cursor">Where a round of questions that is going on stands.</param>
internal sealed record Connection(ConnectionId Id, long Merchant, long ChannelId, string Channel, string Adapter, string BaseUrl, JsonObject Settings, string? Secret, IReadOnlyList<string> SecretNames,
    string? MessageSecret, ChannelServing? Serving, IReadOnlyDictionary<string, string> Methods, string State, DateTimeOffset? GoLiveAt, long CallsPerMinute, long Buffer, long? WatermarkMs, string? Cursor,
    long AskAtMs, long? AskedAtMs, long? HeardAtMs, int Failures, long? FailedAtMs, string? Said, long Version)
{
    /// <summary>When its credentials were last seen to be good.</summary>
    public long? TestedAtMs { get; init; }

    public string ChannelName { get; init; } = "";

    /// <summary>What its channel does where stock is short; an order that the channel has sold already is never refused for it.</summary>
    public string OnShort { get; init; } = "hold";

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Was an order placed when another system still took them?</summary>
    public bool IsBefore(ChannelOrder order) => GoLiveAt is { } live && order.PlacedAt < live;

    /// <summary>Over or cancelled before we ever saw it, or all of it the marketplace's own to ship: there is nothing to do, and a later telling is looked at anew.</summary>
    public bool HasNothingToDo(ChannelOrder order) => order.State is ChannelOrderState.Cancelled || order.State is ChannelOrderState.Closed && (GoLiveAt is null || IsBefore(order))
        || !ChannelRequest.IsAnythingToSend(order, IsBefore(order));

    private const string Columns =
        """
        k.id, k.merchant_id, k.channel_id, c.code, k.adapter, k.base_url, k.settings, k.secret, k.secret_names, k.message_secret, k.serving, k.methods, k.state, k.go_live_at_ms, k.calls_per_minute,
        k.buffer, k.watermark_ms, k.cursor, k.ask_at_ms, k.asked_at_ms, k.heard_at_ms, k.failures, k.failed_at_ms, k.said, k.version,
        k.tested_at_ms, c.name, c.on_short, k.created_at_ms, k.changed_at_ms
        """;
    private const string Select = $"select {Columns} from connections k join channels c on c.id = k.channel_id";

    public static Task<List<Connection>> All(Work work) => work.Query($"{Select} where k.merchant_id = @merchant order by c.code", Read);

    public static Task<Connection?> Find(Work work, string channel, bool locked = false) =>
        work.Find($"{Select} where k.merchant_id = @merchant and c.code = @channel{(locked ? " for update of k" : "")}", Read, ("channel", channel));

    public static Task<Connection?> Find(Work work, Guid id, bool locked = false) => work.Find($"{Select} where k.merchant_id = @merchant and k.id = @id{(locked ? " for update of k" : "")}", Read, ("id", id));

    /// <summary>For a message from outside, before its merchant is known.</summary>
    public static Task<Connection?> FindAny(Work work, Guid id) => work.Find($"{Select} where k.id = @id /* house */", Read, ("id", id));

    private static Connection Read(Row row) => new(new ConnectionId(row.Uuid()), row.Long(), row.Long(), row.Text(), row.Text(), row.Text(), JsonNode.Parse(row.Text())!.AsObject(), row.TextOrNull(),
        JsonSerializer.Deserialize<List<string>>(row.Text())!, row.TextOrNull(), row.TextOrNull() is { } serving ? JsonSerializer.Deserialize<ChannelServing>(serving, Json.Options) : null,
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text())!, row.Text(), row.InstantOrNull(), row.Long(), row.Long(), row.LongOrNull(), row.TextOrNull(), row.Long(), row.LongOrNull(), row.LongOrNull(),
        row.Int(), row.LongOrNull(), row.TextOrNull(), row.Long())
    {
        TestedAtMs = row.LongOrNull(), ChannelName = row.Text(), OnShort = row.Text(), CreatedAt = row.Instant(), ChangedAt = row.Instant(),
    };
}
