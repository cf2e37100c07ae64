using System.Collections.Concurrent;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Orders;

/// <summary>Rules from memory, as the network is (NetworkReader): a change of them bumps the catalog's version.</summary>
public sealed class PolicyReader(Db db)
{
    private readonly ConcurrentDictionary<long, OrderPolicy> _policies = new();

    /// <summary>The rules as of a catalog version that was read, or a later one: then the order is worked out anew anyway.</summary>
    public async ValueTask<OrderPolicy> At(long merchant, long version)
    {
        if (_policies.TryGetValue(merchant, out var policy) && policy.Version >= version) return policy;
        var fresh = await db.Read(Actor.House("system:policy", merchant), Load, snapshot: true);
        return _policies.AddOrUpdate(merchant, static (_, f) => f, static (_, old, f) => old.Version > f.Version ? old : f, fresh);
    }

    /// <summary>The rules as they are in this transaction.</summary>
    internal static async Task<OrderPolicy> Load(Work work)
    {
        var batch = work.Batch();
        var version = CatalogVersion.Read(batch);
        var holds = batch.Query("select rule, version from hold_rules where merchant_id = @merchant", row => Parse<HoldRule>(row.Text()) with { Version = row.Long() });
        var intake = batch.Query("select rule, version from intake_rules where merchant_id = @merchant", row => Parse<IntakeRule>(row.Text()) with { Version = row.Long() });
        var series = batch.Query("select series, version from number_series where merchant_id = @merchant", row => (Type: row.Text(), Version: row.Long()));
        await batch.Run();
        var own = holds.Select(r => r.Code).ToHashSet(StringComparer.Ordinal);
        return new OrderPolicy(version.Single(),
            [.. holds.Concat(DefaultRules.Holds.Where(r => !own.Contains(r.Code))).OrderBy(r => r.Position).ThenBy(r => r.Code, StringComparer.Ordinal)],
            [.. intake.OrderBy(r => r.Position).ThenBy(r => r.Code, StringComparer.Ordinal)])
        { Series = series.ToDictionary(s => s.Type, s => s.Version, StringComparer.Ordinal) };
    }

    private static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, Json.Options)!;
}
