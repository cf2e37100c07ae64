using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Database;

namespace Switchyard.Sourcing;

/// <summary>
/// Channels, nodes, lanes, zones and rates of a merchant from memory. The writer of orders compares
/// <see cref="MerchantSettings.Version"/> with catalog_versions in its own transaction and calls <see cref="Refresh"/> when they differ.
/// </summary>
public sealed class NetworkReader(Db db, CatalogReader catalog)
{
    private readonly ConcurrentDictionary<long, MerchantSettings> _settings = new();

    public async ValueTask<MerchantSettings> Settings(long merchant) =>
        _settings.TryGetValue(merchant, out var settings) ? settings : await Refresh(merchant);

    /// <summary>Has the catalogue changed since these settings were read?</summary>
    public async Task<bool> HasMoved(MerchantSettings settings) => settings.Version != await db.Read(Actor.House("system:network", settings.Merchant),
        work => work.Scalar("select version from catalog_versions where merchant_id = @merchant"));

    /// <summary>Reads everything anew; products read at an older version are forgotten with it.</summary>
    public async Task<MerchantSettings> Refresh(long merchant)
    {
        var fresh = await db.Read(Actor.House("system:network", merchant), Load, snapshot: true);
        catalog.Forget(merchant, fresh.Version);
        return _settings.AddOrUpdate(merchant, static (_, f) => f, static (_, old, f) => old.Version > f.Version ? old : f, fresh);
    }

    private static async Task<MerchantSettings> Load(Work work)
    {
        var batch = work.Batch();
        var version = CatalogVersion.Read(batch);
        var currency = batch.Query("select base_currency from merchants where id = @merchant", row => row.Text());
        var channels = ChannelsRoom.Channels(batch);
        var rates = ChannelsRoom.Rates(batch);
        var nodes = batch.Query(
            """
            select n.id, n.code, n.name, n.kind, n.country, n.postcode, n.time_zone, n.cut_offs, n.pick_fixed_minor, n.handling_minor,
                n.lead_days, n.is_active, n.opening_hours, n.closed_days
              from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant order by n.id
            """, Node);
        var lanes = batch.Query(
            """
            select l.node_id, l.zone_id, l.service, l.method, l.currency, l.base_minor, l.per_kg_minor, l.max_weight_grams, l.transit_days
              from lanes l join node_merchants m on m.node_id = l.node_id where m.merchant_id = @merchant order by l.node_id, l.zone_id, l.service
            """, row => new LaneSettings(row.Long(), row.Long(), row.Text(), row.Text(), row.Text(), row.Long(), row.Long(), row.Long(), row.Int()));
        var areas = batch.Query("select country, postcode_prefix, zone_id from zone_areas", row => (row.Text(), row.Text(), row.Long()));
        await batch.Run();
        return new MerchantSettings(work.Merchant, version.Single(), currency.Single(), channels, nodes, lanes, areas, rates);
    }

    private static NodeSettings Node(Row row)
    {
        var node = new NodeSettings(row.Long(), row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(),
            TimeZoneInfo.FindSystemTimeZoneById(row.Text()), CutOffs(row.Text()), row.Long(), row.Long(), row.Int(), row.Bool());
        return node with { Calendar = Calendar(node.TimeZone, row.Text(), row.Text()) };
    }

    private static NodeCalendar Calendar(TimeZoneInfo zone, string openingHours, string closedDays)
    {
        var hours = JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<OpenTime?>?>>(openingHours, Http.Json.Options)!;
        var closing = hours.Where(d => d.Value is { Count: > 0 }).ToDictionary(d => Enum.Parse<DayOfWeek>(d.Key, ignoreCase: true), d => Last(d.Value!));
        return new NodeCalendar(zone, hours.Count == 0 ? null : closing, JsonSerializer.Deserialize<HashSet<DateOnly>>(closedDays)!);
    }

    // Midnight at its end is the latest a day can close.
    private static TimeOnly Last(IReadOnlyList<OpenTime?> times)
    {
        var ends = times.Select(t => TimeOnly.ParseExact(t!.To!, "HH:mm", CultureInfo.InvariantCulture)).ToList();
        return ends.Contains(TimeOnly.MinValue) ? TimeOnly.MinValue : ends.Max();
    }

    private static Dictionary<string, TimeOnly> CutOffs(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!
        .ToDictionary(c => c.Key, c => TimeOnly.ParseExact(c.Value, "HH:mm", CultureInfo.InvariantCulture));
}
