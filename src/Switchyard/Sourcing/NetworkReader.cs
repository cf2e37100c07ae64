using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Inventory;

namespace Switchyard.Sourcing;

/// <summary>
/// Channels, nodes, lanes, zones and rates of a merchant from memory. The writer of orders compares
/// <see cref="MerchantSettings.Version"/> with catalog_versions in its own transaction and calls <see cref="Refresh"/> when they differ.
/// </summary>
public sealed class NetworkReader(Db db, CatalogReader catalog, TimeProvider clock, AskRankers? rankers = null)
{
    private readonly ConcurrentDictionary<long, MerchantSettings> _settings = new();

    /// <summary>Settings by which orders were decided, to be kept.</summary>
    internal RoutingWorlds Worlds { get; } = new();

    /// <summary>Asks the rankers of strategies, over HTTP; null where nobody is asked.</summary>
    public AskRankers? Rankers => rankers;

    public async ValueTask<MerchantSettings> Settings(long merchant) =>
        _settings.TryGetValue(merchant, out var settings) ? settings : await Refresh(merchant);

    /// <summary>Merchants whose settings are in memory.</summary>
    internal IReadOnlyList<MerchantSettings> Known => [.. _settings.Values];

    /// <summary>Has the catalogue changed since these settings were read?</summary>
    public async Task<bool> HasMoved(MerchantSettings settings) => settings.Version != await db.Read(Actor.House("system:network", settings.Merchant),
        work => work.Scalar("select version from catalog_versions where merchant_id = @merchant"));

    /// <summary>Reads everything anew; products read at an older version are forgotten with it.</summary>
    public async Task<MerchantSettings> Refresh(long merchant)
    {
        var fresh = await db.Read(Actor.House("system:network", merchant), Load, snapshot: true);
        if (fresh.Routing.UsesFigures)
            fresh.Figures = _settings.TryGetValue(merchant, out var known) && known.Routing.UsesFigures ? known.Figures : await RoutingFigureReader.Read(db, merchant, clock.GetUtcNow());
        if (fresh.Capacities.Count > 0)
        {
            bool isKnown = _settings.TryGetValue(merchant, out var before) && fresh.Capacities.Keys.All(before.Capacities.ContainsKey);
            if (isKnown) fresh.Days = before!.Days;
            else await NodeDaysReader.Read(db, fresh, clock.GetUtcNow());
        }
        catalog.Forget(merchant, fresh.Version);
        return _settings.AddOrUpdate(merchant, static (_, f) => f, static (_, old, f) => old.Version > f.Version ? old : f, fresh);
    }

    private async Task<MerchantSettings> Load(Work work)
    {
        var batch = work.Batch();
        var version = CatalogVersion.Read(batch);
        var currency = batch.Query("select base_currency from merchants where id = @merchant", row => row.Text());
        var channels = ChannelsRoom.Channels(batch);
        var rates = ChannelsRoom.Rates(batch);
        var delivery = ChannelsRoom.Delivery(batch);
        var nodes = batch.Query(
            """
            select n.id, n.code, n.name, n.kind, n.country, n.postcode, n.time_zone, n.cut_offs, n.pick_fixed_minor, n.handling_minor,
                n.lead_days, n.is_active, n.opening_hours, n.closed_days, n.latitude_micro, n.longitude_micro, n.node_groups, n.attributes,
                n.collect, n.same_day, n.feed_steps, n.feed_since_ms, n.sells_online
              from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant order by n.id
            """, Node);
        var lanes = batch.Query(
            """
            select l.node_id, l.zone_id, l.service, l.method, l.currency, l.base_minor, l.per_kg_minor, l.max_weight_grams, l.transit_days
              from lanes l join node_merchants m on m.node_id = l.node_id where m.merchant_id = @merchant order by l.node_id, l.zone_id, l.service
            """, row => new LaneSettings(row.Long(), row.Long(), row.Text(), row.Text(), row.Text(), row.Long(), row.Long(), row.Long(), row.Int()));
        var areas = batch.Query("select country, postcode_prefix, zone_id from zone_areas", row => (row.Text(), row.Text(), row.Long()));
        var cards = batch.Query(
            """
            select u.node_id, c.code, c.card from node_rate_cards u join node_merchants m on m.node_id = u.node_id join rate_cards c on c.code = u.card
             where m.merchant_id = @merchant order by u.node_id, c.code
            """, row => (Node: row.Long(), Code: row.Text(), Card: row.Text()));
        var routing = RoutingSql.QueueSettings(batch);
        var capacities = ReadLoads.QueueCapacities(batch);
        var records = CountPromises.Queue(batch);
        var carriers = batch.Query("select code, calendar from carrier_calendars order by code", row => CarrierCalendarBody.Parse(row.Text(), row.Text()));
        var shares = InventoryRoom.Shares(batch);
        await batch.Run();
        var ready = cards.DistinctBy(c => c.Code).ToDictionary(c => c.Code, c => new RateCardIndex(RateCardSql.Parse(c.Card)) { Code = c.Code });
        return new MerchantSettings(work.Merchant, version.Single(), currency.Single(), channels, nodes, lanes, areas, rates,
            cards.Select(c => (c.Node, ready[c.Code])), clock.GetUtcNow())
        {
            Routing = await routing(work),
            Deciding = Worlds.Keep,
            Shares = shares(channels),
            Delivery = delivery.FirstOrDefault() ?? [],
            Records = new PromiseRecords(records),
            Capacities = capacities.ToDictionary(c => c.Node, c => c.Parcels),
            Carriers = carriers.Count == 0 ? CarrierCalendars.None
                : new CarrierCalendars(carriers, cards.SelectMany(c => ready[c.Code].Card.Rates.Select(r => (c.Node, r.Service, ready[c.Code].Card.Carrier)).Distinct())),
        };
    }

    private static NodeSettings Node(Row row)
    {
        var node = new NodeSettings(row.Long(), row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(),
            TimeZoneInfo.FindSystemTimeZoneById(row.Text()), CutOffs(row.Text()), row.Long(), row.Long(), row.Int(), row.Bool());
        node = node with
        {
            Calendar = Calendar(node.TimeZone, row.Text(), row.Text()),
            Position = (row.LongOrNull(), row.LongOrNull()) is ({ } latitude, { } longitude) ? (latitude / 1_000_000m, longitude / 1_000_000m) : null,
            Groups = JsonSerializer.Deserialize<List<string>>(row.Text())!,
            Attributes = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text())!,
            Collect = row.TextOrNull() is { } collect ? JsonSerializer.Deserialize<NodeCollect>(collect, Http.Json.Options) : null,
            SameDay = row.TextOrNull() is { } sameDay ? JsonSerializer.Deserialize<NodeSameDay>(sameDay, Http.Json.Options) : null,
            Feed = Feed(row.Text(), row.LongOrNull()),
            SellsOnline = row.Bool(),
        };
        return node.SameDay is not { CutOff: { } until } ? node : node with
        {
            CutOffs = new Dictionary<string, TimeOnly>(node.CutOffs) { [DeliveryWays.SameDay] = TimeOnly.ParseExact(until, "HH:mm", CultureInfo.InvariantCulture) },
        };
    }

    private static FeedRule? Feed(string steps, long? sinceMs) =>
        steps == "[]" ? null : new FeedRule(JsonSerializer.Deserialize<List<FeedStep>>(steps, Http.Json.Options)!, sinceMs ?? 0);

    private static NodeCalendar Calendar(TimeZoneInfo zone, string openingHours, string closedDays)
    {
        var hours = JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<OpenTime?>?>>(openingHours, Http.Json.Options)!;
        var closing = hours.Where(d => d.Value is { Count: > 0 }).ToDictionary(d => Enum.Parse<DayOfWeek>(d.Key, ignoreCase: true), d => Last(d.Value!));
        var opening = hours.Where(d => d.Value is { Count: > 0 }).ToDictionary(d => Enum.Parse<DayOfWeek>(d.Key, ignoreCase: true),
            d => d.Value!.Min(t => TimeOnly.ParseExact(t!.From!, "HH:mm", CultureInfo.InvariantCulture)));
        return new NodeCalendar(zone, hours.Count == 0 ? null : closing, JsonSerializer.Deserialize<HashSet<DateOnly>>(closedDays)!) { Opening = hours.Count == 0 ? null : opening };
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
