using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Webhooks;

/// <summary>A webhook as it is stored.</summary>
/// <param name="HidesPrices">Its maker, or who changed it last, may see no amounts, so it is sent none.</param>
/// <param name="NodeIds">The nodes its maker was limited to; null for all. It is sent only entries of those nodes.</param>
internal sealed record Webhook(WebhookId Id, long Merchant, string Url, string Description, IReadOnlyList<string> Kinds, IReadOnlyList<string>? Channels,
    IReadOnlyList<long>? NodeIds, string State, string? Reason, long FromPosition, long Failures, long? FailingSinceMs, long RestUntilMs,
    string CreatedBy, DateTimeOffset CreatedAt, long Version, bool HidesPrices, bool SendsConsents)
{
    public const string Columns = "id, merchant_id, url, description, kinds, channels, node_ids, state, state_reason, from_position, failures, " +
        "failing_since_ms, rest_until_ms, created_by, created_at_ms, version, hides_prices, sends_consents";

    public static Webhook Read(Row row) => new(new WebhookId(row.Uuid()), row.Long(), row.Text(), row.Text(), List<string>(row.Text())!, List<string>(row.TextOrNull()),
        List<long>(row.TextOrNull()), row.Text(), row.TextOrNull(), row.Long(), row.Long(), row.LongOrNull(), row.Long(), row.Text(), row.Instant(), row.Long(), row.Bool(), row.Bool());

    /// <summary>Who is limited to nodes sees webhooks limited to some of the same.</summary>
    public bool IsSeenBy(Actor actor) => actor.Nodes is null || NodeIds is { } nodes && nodes.All(actor.Nodes.Contains);

    /// <summary>The webhook, unless it is absent, deleted or beyond what the caller sees: all three look alike.</summary>
    public static async Task<Webhook?> Find(Work work, Actor actor, string id, bool locked = false) =>
        WebhookId.TryParse(id, null, out var known) && await work.Find(
            $"select {Columns} from webhook_endpoints where merchant_id = @merchant and id = @id and state <> 'deleted' {(locked ? "for update" : "")}",
            Read, ("id", known.Value)) is { } found && found.IsSeenBy(actor) ? found : null;

    private static List<T>? List<T>(string? json) => json is null ? null : JsonSerializer.Deserialize<List<T>>(json);
}

/// <summary>A webhook as callers see it.</summary>
/// <param name="Kinds">Names of events, or the beginning of names and <c>*</c>.</param>
/// <param name="Channels">Only events of orders of these channels; null for all events.</param>
/// <param name="State"><c>active</c>; <c>paused</c> by a person; <c>disabled</c> after it failed for long, or said it is gone. What happens meanwhile waits.</param>
/// <param name="SendsPrices">False: amounts are taken out of what is sent, since whoever made or last changed it may not see them.</param>
/// <param name="SendsConsents">Each message of an order or a customer says what the buyer agrees to.</param>
/// <param name="FailingSince">Since when nothing has got through; null when the last try did.</param>
public sealed record WebhookView(string Object, WebhookId Id, string Url, string Description, IReadOnlyList<string> Kinds, IReadOnlyList<string>? Channels,
    [Words("active", "paused", "disabled", "deleted")] string State, string? Reason, DateTimeOffset? FailingSince, IReadOnlyList<SecretView> Secrets, string CreatedBy, DateTimeOffset CreatedAt, long Version, bool SendsPrices, bool SendsConsents)
{
    internal static WebhookView Of(Webhook w, IEnumerable<SecretView> secrets) => new("webhook", w.Id, w.Url, w.Description, w.Kinds, w.Channels, w.State, w.Reason,
        w.FailingSinceMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null, [.. secrets], w.CreatedBy, w.CreatedAt, w.Version, !w.HidesPrices, w.SendsConsents);

    internal static async Task<WebhookView> Of(Work work, Webhook webhook, DateTimeOffset now) => Of(webhook, await WebhookSecrets.Live(work, webhook.Id, now));
}
