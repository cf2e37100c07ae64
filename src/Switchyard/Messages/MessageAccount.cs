using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Database;

namespace Switchyard.Messages;

/// <summary>An account as it is stored; the secret is encrypted.</summary>
/// <param name="SinceMs">News from before it was made, or switched on again, is not sent.</param>
/// <param name="RestUntilMs">After a failure nothing is tried before.</param>
internal sealed record MessageAccount(long Merchant, string Medium, string Messenger, JsonObject Settings, string? Secret, IReadOnlyList<string> SecretNames, long PerMinute, bool IsActive, long SinceMs,
    long MinuteMs, long MinuteSent, string? Fault, DateTimeOffset? FailingSince, long RestUntilMs, long Version, DateTimeOffset ChangedAt)
{
    public const string Mail = "mail";

    private const string Columns =
        """
        a.merchant_id, a.medium, a.messenger, a.settings, a.secret, a.secret_names, a.per_minute, a.is_active, a.since_ms, a.minute_ms, a.minute_sent, a.fault, a.failing_since_ms, a.rest_until_ms,
               a.version, a.changed_at_ms
        """;

    private const string Select = $"select {Columns} from message_accounts a";

    public static Task<MessageAccount?> Find(Work work, string medium, bool locked = false) =>
        work.Find($"{Select} where a.merchant_id = @merchant and a.medium = @medium{(locked ? " for update of a" : "")}", Read, ("medium", medium));

    public static Task<List<MessageAccount>> All(Work work) => work.Query($"{Select} where a.merchant_id = @merchant order by a.medium", Read);

    public MessengerAccess Access(MessageSecrets secrets) => new(Merchant, Settings, secrets.Open(Secret));

    private static MessageAccount Read(Row row) => new(row.Long(), row.Text(), row.Text(), JsonNode.Parse(row.Text())!.AsObject(), row.TextOrNull(), JsonSerializer.Deserialize<List<string>>(row.Text())!,
        row.Long(), row.Bool(), row.Long(), row.Long(), row.Long(), row.TextOrNull(), row.InstantOrNull(), row.Long(), row.Long(), row.Instant());
}

/// <summary>An account as callers see it. Secrets are named, never shown.</summary>
/// <param name="PerMinute">So many messages a minute at most, over all servers.</param>
/// <param name="Fault">Why nothing gets through; null when the last try did.</param>
public sealed record MessageAccountView(string Medium, string Messenger, JsonObject Settings, IReadOnlyList<string> SecretsSet, long PerMinute, bool IsActive, string? Fault, DateTimeOffset? FailingSince,
    long Version, DateTimeOffset ChangedAt)
{
    public string Object => "messageAccount";

    internal static MessageAccountView Of(MessageAccount a) => new(a.Medium, a.Messenger, a.Settings.DeepClone().AsObject(), a.SecretNames, a.PerMinute, a.IsActive, a.Fault, a.FailingSince, a.Version, a.ChangedAt);
}
