using System.Text.Json;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>A strategy as it is stored.</summary>
/// <param name="Draft">What is worked on; null once it was published and not touched since.</param>
public sealed record StoredStrategy(string Code, string Name, RoutingRules? Draft, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A published version.</summary>
public sealed record StoredVersion(string Strategy, long Number, RoutingStage Stage, RoutingRules Rules, DateTimeOffset PublishedAt, string PublishedBy,
    DateTimeOffset ChangedAt, string ChangedBy);

/// <summary>The statements about strategies that several slices share.</summary>
internal static class RoutingSql
{
    private const string VersionsSelect =
        """
        select v.strategy, v.number, s.state, v.rules, v.published_at_ms, v.published_by, s.changed_at_ms, s.changed_by
          from routing_versions v join routing_stages s on s.merchant_id = v.merchant_id and s.strategy = v.strategy and s.number = v.number
         where v.merchant_id = @merchant
        """;

    public static RoutingRules Rules(string json) => JsonSerializer.Deserialize<RoutingRules>(json, Json.Options)!;
    public static string ToJson(RoutingRules rules) => JsonSerializer.Serialize(rules, Json.Options);

    public static Task<List<StoredStrategy>> Page(Work work, string after, int limit) => work.Query(
        "select code, name, draft, version, created_at_ms, updated_at_ms from routing_strategies where merchant_id = @merchant and code > @after order by code limit @limit",
        Strategy, ("after", after), ("limit", (long)limit));

    public static Task<StoredStrategy?> Find(Work work, string code, bool isLocked = false) => work.Find(
        $"select code, name, draft, version, created_at_ms, updated_at_ms from routing_strategies where merchant_id = @merchant and code = @code{(isLocked ? " for update" : "")}",
        Strategy, ("code", code));

    /// <summary>The newest versions of these strategies, newest first.</summary>
    public static Task<List<StoredVersion>> Versions(Work work, string[] strategies, int most) => work.Query(
        VersionsSelect + " and v.strategy = any(@strategies) and (s.state in ('live', 'shadow') or v.number > (select max(n.number) from routing_versions n where n.merchant_id = @merchant and n.strategy = v.strategy) - @most) order by v.strategy, v.number desc",
        Version, ("strategies", strategies), ("most", (long)most));

    public static Task<StoredVersion?> Version(Work work, string strategy, long number) => work.Find(
        VersionsSelect + " and v.strategy = @strategy and v.number = @number", Version, ("strategy", strategy), ("number", number));

    /// <summary>Queues what of strategies decides about orders now; what products say of themselves is read after it, where a strategy asks.</summary>
    public static Func<Work, Task<RoutingSettings>> QueueSettings(Batch batch)
    {
        var versions = batch.Query(VersionsSelect + " and s.state in ('live', 'shadow')", Version);
        var places = batch.Query("select country, prefix, latitude_micro, longitude_micro from routing_places where merchant_id = @merchant",
            row => new KnownPlace(row.Text(), row.Text(), row.Long() / 1_000_000m, row.Long() / 1_000_000m));
        var rankers = batch.Query("select code, url, secret, time_limit_ms, is_on, version from routing_rankers where merchant_id = @merchant",
            row => new RankerSettings(row.Text(), row.Text(), row.Text(), row.Int(), row.Bool(), row.Long()));
        return async work =>
        {
            if (versions.Count == 0 && places.Count == 0 && rankers.Count == 0) return RoutingSettings.House;
            var live = Ready(versions.Find(v => v.Stage == RoutingStage.Live));
            var shadow = Ready(versions.Find(v => v.Stage == RoutingStage.Shadow));
            bool isAsked = live?.UsesTraits == true || shadow?.UsesTraits == true;
            var traits = isAsked ? await ProductTraits.Read(work) : [];
            return new RoutingSettings(live, shadow, traits.ToDictionary(t => t.Id, t => new SkuTraits(t.Flags, t.Attributes)), new PlaceIndex(places))
            { Rankers = rankers.ToDictionary(r => Text.Key(r.Code)) };
        };
    }

    // What was checked can be read; if the grammar ever took a word back, the house rule is better than no orders at all.
    private static RoutingStrategy? Ready(StoredVersion? version) =>
        version is null ? null : RoutingStrategy.Read(version.Strategy, version.Number, version.Rules) is { IsOk: true } ready ? ready.Value : null;

    private static StoredStrategy Strategy(Row row) => new(row.Text(), row.Text(), row.TextOrNull() is { } json ? Rules(json) : null, row.Long(), row.Instant(), row.Instant());

    private static StoredVersion Version(Row row) => new(row.Text(), row.Long(), RoutingStages.Parse(row.Text()), Rules(row.Text()), row.Instant(), row.Text(), row.Instant(), row.Text());
}
