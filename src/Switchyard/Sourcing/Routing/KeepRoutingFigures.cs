using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Inventory;

namespace Switchyard.Sourcing;

/// <summary>Reads what strategies rank by and the catalogue does not know: how fast SKUs sell at nodes, and how much work lies there.</summary>
internal static class RoutingFigureReader
{
    public const int Days = 28;

    public static Task<RoutingFigures> Read(Db db, long merchant, DateTimeOffset now) => db.Read(Actor.House("system:routing", merchant), work => Read(work, now), snapshot: true);

    public static async Task<RoutingFigures> Read(Work work, DateTimeOffset now)
    {
        var sold = await StockRead.Sold(work, now.AddDays(-Days));
        var loads = await ReadLoads.OfAll(work, now);
        long nowMs = now.ToUnixTimeMilliseconds();
        var fed = (await StockFeeds.Read(work)).ToDictionary(f => f.Node, f => f.FedAtMs);
        var rules = await work.Query(
            "select n.id, n.feed_steps, n.feed_since_ms from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and n.feed_steps <> '[]'",
            row => (Node: row.Long(), Rule: new FeedRule(JsonSerializer.Deserialize<List<FeedStep>>(row.Text(), Json.Options)!, row.LongOrNull() ?? 0)));
        var trust = rules.ToDictionary(r => r.Node, r => r.Rule.TrustPercent(fed.TryGetValue(r.Node, out long at) ? at : null, nowMs));
        return new RoutingFigures(sold.ToDictionary(s => (s.Sku, s.Node), s => s.Units), loads.ToDictionary(l => l.Node, l => l.Waiting),
            loads.Where(l => l.Left is not null).ToDictionary(l => l.Node, l => Math.Max(0, l.Left!.Value)))
        { FeedAgeHours = fed.ToDictionary(f => f.Key, f => Math.Max(0, nowMs - f.Value) / 3_600_000m), Trust = trust };
    }
}

/// <summary>Reads how much of their days nodes with a capacity have promised.</summary>
internal static class NodeDaysReader
{
    /// <summary>What is overdue is work of today, as is what has left today.</summary>
    public static async Task Read(Db db, MerchantSettings settings, DateTimeOffset now)
    {
        int begun = settings.Days.Begin();
        var nodes = settings.Nodes.Where(n => settings.Capacities.ContainsKey(n.Id)).ToDictionary(n => n.Id);
        var read = await db.Read(Actor.House("system:routing", settings.Merchant), work => ReadLoads.OfDays(work, [.. nodes.Values.Select(n => (n.Id, n.TimeZone.Id))], now), snapshot: true);
        settings.Days.Replace(read.Where(r => nodes.ContainsKey(r.Node)).Select(r =>
        {
            var (calendar, today) = (nodes[r.Node].Calendar, nodes[r.Node].Calendar.DayOf(now));
            var day = r.ShipByMs is { } ms ? calendar.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(ms)) : today;
            return (r.Node, day < today ? today : day, r.Parcels);
        }), begun);
    }
}

/// <summary>Keeps the figures young, outside of every lock, and only where a live or shadow strategy asks for them, or nodes have a capacity.</summary>
public sealed class KeepRoutingFigures(Db db, NetworkReader network, TimeProvider clock, ILogger<KeepRoutingFigures> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public async Task Handle()
    {
        foreach (var settings in network.Known.Where(s => s.Routing.UsesFigures))
            settings.Figures = await RoutingFigureReader.Read(db, settings.Merchant, clock.GetUtcNow());
        foreach (var settings in network.Known)
            settings.Records = await db.Read(Actor.House("system:routing", settings.Merchant), async work =>
            {
                var batch = work.Batch();
                var records = CountPromises.Queue(batch);
                await batch.Run();
                return new PromiseRecords(records);
            });
        foreach (var settings in network.Known.Where(s => s.Capacities.Count > 0)) await NodeDaysReader.Read(db, settings, clock.GetUtcNow());
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Figures for routing were not read", stoppingToken);
}
