using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>Messages of the last 7 days: not signed as they should be, too old, come again, taken.</summary>
public sealed record MessageCounts(long Forged, long Stale, long Repeated, long Taken);

/// <summary>How long stock changes took from their commit here until the channel was told, yesterday and today, milliseconds; null where none was told.</summary>
public sealed record StockLag(long? P50Ms, long? P99Ms, long N);

/// <summary>How a connection fares.</summary>
/// <param name="State">fine; slow: it answers, and something waits for long; failing: its last answer was none; idle: it is not at work; never: it was not asked yet.</param>
/// <param name="LastHeardAt">When it answered last.</param>
/// <param name="Failures">Times in a row that it did not.</param>
/// <param name="Said">What it, or the way to it, said then.</param>
/// <param name="Watermark">By the channel's clock, every change up to then is known.</param>
public sealed record ConnectionHealthView([property: Words("fine", "slow", "failing", "idle", "never")] string State, DateTimeOffset? LastAskedAt, DateTimeOffset? LastHeardAt, int Failures, DateTimeOffset? FailedAt,
    string? Said, DateTimeOffset? Watermark, long OrdersWaiting, long OrdersParked, [property: JsonPropertyName("ordersTaken24h")] long OrdersTakenOfDay, long TasksWaiting, long TasksParked,
    long Listings, long Unmatched, long StockWaiting, StockLag StockLag, MessageCounts Counts)
{
    /// <summary>Orders that came in each of the last 24 hours, the oldest hour first; the last is the hour up to now.</summary>
    public IReadOnlyList<long> OrdersByHour { get; init; } = [];
}

/// <summary>A connection as callers see it. Secrets are named, never shown.</summary>
/// <param name="Channel">The code of the channel whose orders come by it.</param>
/// <param name="Serving">Who serves the buyer, as it counts.</param>
/// <param name="OwnServing">The same as somebody set it for this connection; null: as the adapter has it.</param>
/// <param name="Methods">Our delivery method by the channel's name of it; <c>*</c> for all others.</param>
/// <param name="GoLiveAt">What was placed there before is work of the system before this one.</param>
/// <param name="Buffer">Units of each listing that the channel is never shown.</param>
/// <param name="MessageUrl">Where the channel sends its messages.</param>
/// <param name="TestedAt">When its credentials were last seen to be good.</param>
public sealed record ConnectionView(ConnectionId Id, string Channel, string ChannelName, string Adapter, string AdapterName, string BaseUrl, JsonObject Settings, IReadOnlyList<string> SecretNames,
    ChannelServing Serving, ChannelServing? OwnServing, IReadOnlyDictionary<string, string> Methods, [property: Words(typeof(ConnectionState))] string State, DateTimeOffset? GoLiveAt, long CallsPerMinute, long Buffer,
    string MessageUrl, DateTimeOffset? TestedAt, ConnectionHealthView Health, long Version, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    [JsonPropertyOrder(-1)]
    public string Object => "connection";

    internal static ConnectionView Of(Connection c, ConnectorDesk desk, ConnectionHealthView health, string address) => new(c.Id, c.Channel, c.ChannelName, c.Adapter, desk.Of(c).Manifest.Name, c.BaseUrl,
        c.Settings.DeepClone().AsObject(), c.SecretNames, desk.Serving(c), c.Serving, c.Methods, c.State, c.GoLiveAt, c.CallsPerMinute, c.Buffer, $"{address}/api/v1/channel-messages/{c.Id}",
        c.TestedAtMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null, health, c.Version, c.CreatedAt, c.ChangedAt);
}
