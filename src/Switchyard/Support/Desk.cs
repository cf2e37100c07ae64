using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Database;

namespace Switchyard.Support;

/// <summary>A support desk as it is stored; secrets are encrypted.</summary>
/// <param name="CallSecret">With which the desk shows, when it calls, that it is the desk.</param>
/// <param name="Macros">What agents may do from there.</param>
/// <param name="RefundMostMinor">So much of an order is given back from there at most, in the merchant's currency.</param>
internal sealed record Desk(DeskId Id, long Merchant, string Code, string Name, string Adapter, string BaseUrl, JsonObject Settings, string? Secret,
    IReadOnlyList<string> SecretNames, string? CallSecret, IReadOnlyList<string> Macros, long? RefundMostMinor, string State, long CallsPerMinute, DateTimeOffset? TestedAt,
    DateTimeOffset? HeardAt, DateTimeOffset? FailedAt, string? Said, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, long Version)
{
    private const string Columns =
        """
        d.id, d.merchant_id, d.code, d.name, d.adapter, d.base_url, d.settings, d.secret, d.secret_names, d.call_secret, d.macros, d.refund_most_minor, d.state, d.calls_per_minute,
               d.tested_at_ms, d.heard_at_ms, d.failed_at_ms, d.said, d.created_at_ms, d.changed_at_ms, d.version
        """;
    private const string Select = $"select {Columns} from support_desks d";

    public static Task<List<Desk>> All(Work work) => work.Query($"{Select} where d.merchant_id = @merchant order by d.code", Read);

    public static Task<Desk?> Find(Work work, string code, bool locked = false) =>
        work.Find($"{Select} where d.merchant_id = @merchant and d.code = @code{(locked ? " for update" : "")}", Read, ("code", code));

    public static Task<Desk?> Find(Work work, Guid id) => work.Find($"{Select} where d.merchant_id = @merchant and d.id = @id", Read, ("id", id));

    /// <summary>For a call from outside, before its merchant is known.</summary>
    public static Task<Desk?> FindAny(Work work, Guid id) => work.Find($"{Select} where d.id = @id /* house */", Read, ("id", id));

    private static Desk Read(Row row) => new(new DeskId(row.Uuid()), row.Long(), row.Text(), row.Text(), row.Text(), row.Text(),
        JsonNode.Parse(row.Text())!.AsObject(), row.TextOrNull(), JsonSerializer.Deserialize<List<string>>(row.Text())!, row.TextOrNull(),
        JsonSerializer.Deserialize<List<string>>(row.Text())!, row.LongOrNull(), row.Text(), row.Long(), row.InstantOrNull(), row.InstantOrNull(), row.InstantOrNull(),
        row.TextOrNull(), row.Instant(), row.Instant(), row.Long());
}
