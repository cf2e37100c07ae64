using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>An account as it is stored; the secret is encrypted.</summary>
internal sealed record CarrierAccount(CarrierAccountId Id, long Merchant, string Code, string Name, string Adapter, string BaseUrl, long? Node, string? NodeCode, bool IsActive, JsonObject Settings,
    IReadOnlyList<AccountService> Services, string? Secret, IReadOnlyList<string> SecretNames, string? WebhookSecret, long CallsPerMinute, long StallHours, long LostDays, long ClaimDays, long CoverMinor,
    long Version, DateTimeOffset ChangedAt)
{
    private const string Columns =
        """
        a.id, a.merchant_id, a.code, a.name, a.adapter, a.base_url, a.node_id, n.code, a.is_active, a.settings, a.services, a.secret, a.secret_names, a.webhook_secret, a.calls_per_minute,
               a.stall_hours, a.lost_days, a.claim_days, a.cover_minor, a.version, a.changed_at_ms
        """;

    private const string Select = $"select {Columns} from carrier_accounts a left join nodes n on n.id = a.node_id";

    public static Task<List<CarrierAccount>> All(Work work) => work.Query($"{Select} where a.merchant_id = @merchant order by a.code", Read);

    /// <summary>Those that the actor may see: for all nodes, or for one of theirs.</summary>
    public static Task<List<CarrierAccount>> Seen(Work work, Actor actor) => work.Query($"{Select} where a.merchant_id = @merchant and {NodeKept.MaySee("a.node_id")} order by a.code", Read, NodeKept.Of(actor));

    public static Task<CarrierAccount?> Find(Work work, string code, bool locked = false) =>
        work.Find($"{Select} where a.merchant_id = @merchant and a.code = @code{(locked ? " for update of a" : "")}", Read, ("code", code));

    public static Task<CarrierAccount?> Find(Work work, Guid id) => work.Find($"{Select} where a.merchant_id = @merchant and a.id = @id", Read, ("id", id));

    /// <summary>For a message from outside, before its merchant is known.</summary>
    public static Task<CarrierAccount?> FindAny(Work work, Guid id) => work.Find($"{Select} where a.id = @id /* house */", Read, ("id", id));

    private static CarrierAccount Read(Row row) => new(new CarrierAccountId(row.Uuid()), row.Long(), row.Text(), row.Text(), row.Text(), row.Text(), row.LongOrNull(), row.TextOrNull(), row.Bool(),
        JsonNode.Parse(row.Text())!.AsObject(), JsonSerializer.Deserialize<List<AccountService>>(row.Text(), Json.Options)!, row.TextOrNull(), JsonSerializer.Deserialize<List<string>>(row.Text())!,
        row.TextOrNull(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Instant());

    /// <summary>May parcels of this node go by it?</summary>
    public bool IsFor(long node) => IsActive && (Node is null || Node == node);
}

/// <summary>An account as callers see it. Secrets are named, never shown.</summary>
/// <param name="Node">Only parcels of this node go by it; null: of all.</param>
/// <param name="Settings">What the adapter asks (<c>GET /carriers</c>), less its secrets.</param>
/// <param name="TakesMessages">The carrier may send what happens to parcels to <c>/carrier-events/{id}</c>.</param>
/// <param name="StallHours">Without a movement for so long, somebody is told.</param>
/// <param name="LostDays">Without a movement for so long, it counts as lost.</param>
/// <param name="ClaimDays">Claims reach the carrier so many days after handover at the latest.</param>
/// <param name="CoverMinor">What the carrier pays for a lost parcel at most, minor units; 0: nothing.</param>
public sealed record CarrierAccountView(CarrierAccountId Id, string Code, string Name, string Adapter, string BaseUrl, string? Node, bool IsActive, JsonObject Settings,
    IReadOnlyList<AccountService> Services, IReadOnlyList<string> SecretsSet, bool TakesMessages, long CallsPerMinute, long StallHours, long LostDays, long ClaimDays, long CoverMinor,
    bool IsResting, long Version, DateTimeOffset ChangedAt)
{
    public string Object => "carrierAccount";

    internal static CarrierAccountView Of(CarrierAccount a, CarrierHttp http) => new(a.Id, a.Code, a.Name, a.Adapter, a.BaseUrl, a.NodeCode, a.IsActive, a.Settings.DeepClone().AsObject(), a.Services,
        a.SecretNames, a.WebhookSecret is not null, a.CallsPerMinute, a.StallHours, a.LostDays, a.ClaimDays, a.CoverMinor, http.IsResting(a.Id.Value), a.Version, a.ChangedAt);
}
