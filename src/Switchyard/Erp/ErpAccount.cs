using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Database;

namespace Switchyard.Erp;

/// <summary>The merchant's account with its ERP as it is stored; secrets are encrypted.</summary>
/// <param name="Flows">Who owns each kind of thing, where it is said.</param>
/// <param name="Places">The ERP's location by the code of our node.</param>
/// <param name="LiveFromMs">Orders that were placed before are in the ERP already.</param>
internal sealed record ErpAccount(Guid Id, long Merchant, string Adapter, string BaseUrl, JsonObject Settings, string? Secret, IReadOnlyList<string> SecretNames,
    IReadOnlyDictionary<string, string> Flows, IReadOnlyDictionary<string, string> Places, string State, long CallsPerMinute, long? TestedAtMs, long? LiveFromMs, long? HeardAtMs,
    int Failures, long? FailedAtMs, string? Said, long Version)
{
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; init; }

    public string Owner(string kind) => ErpFlows.Owner(Flows, kind);

    private const string Columns =
        """
        k.id, k.merchant_id, k.adapter, k.base_url, k.settings, k.secret, k.secret_names, k.flows, k.places, k.state, k.calls_per_minute, k.tested_at_ms, k.live_from_ms,
        k.heard_at_ms, k.failures, k.failed_at_ms, k.said, k.version, k.created_at_ms, k.changed_at_ms
        """;
    private const string Select = $"select {Columns} from erp_accounts k";

    public static Task<ErpAccount?> Find(Work work, bool locked = false) => work.Find($"{Select} where k.merchant_id = @merchant{(locked ? " for update of k" : "")}", Read);

    private static ErpAccount Read(Row row) => new(row.Uuid(), row.Long(), row.Text(), row.Text(), JsonNode.Parse(row.Text())!.AsObject(), row.TextOrNull(),
        JsonSerializer.Deserialize<List<string>>(row.Text())!, Map(row.Text()), Map(row.Text()), row.Text(), row.Long(), row.LongOrNull(), row.LongOrNull(), row.LongOrNull(),
        row.Int(), row.LongOrNull(), row.TextOrNull(), row.Long())
    {
        CreatedAt = row.Instant(), ChangedAt = row.Instant(),
    };

    private static Dictionary<string, string> Map(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
}
