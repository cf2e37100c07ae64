using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>
/// Says when the stock feed of a node is late by the node's rule, and that it has come. What may be sold there does not wait for this: it
/// follows from the clock. Safe to run on many processes.
/// </summary>
public sealed class WatchFeeds(Db db, TimeProvider clock, ILogger<WatchFeeds> log) : BackgroundService
{
    private const string Kind = "feed_late";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private readonly Dictionary<(long Merchant, string Node), bool> _known = [];
    private readonly SemaphoreSlim _turn = new(1);

    private sealed record Fed(long Merchant, long Node, string Code, FeedRule Rule);

    public async Task Handle()
    {
        await _turn.WaitAsync();
        try
        {
            var now = clock.GetUtcNow();
            var (nodes, fed) = await db.ReadAll(async work => (await work.Query(
                """
                select m.merchant_id, n.id, n.code, n.feed_steps, n.feed_since_ms from nodes n join node_merchants m on m.node_id = n.id
                 where n.feed_steps <> '[]' and n.is_active order by m.merchant_id, n.id -- house
                """, row => new Fed(row.Long(), row.Long(), row.Text(), new FeedRule(JsonSerializer.Deserialize<List<FeedStep>>(row.Text(), Json.Options)!, row.LongOrNull() ?? 0))),
                (await StockFeeds.ReadAll(work)).ToDictionary(f => (f.Merchant, f.Node), f => f.FedAtMs)));
            var late = nodes.ToDictionary(n => (n.Merchant, n.Code), n => (Node: n, FedAtMs: fed.TryGetValue((n.Merchant, n.Node), out long at) ? at : (long?)null));
            foreach (var gone in _known.Keys.Where(k => !late.ContainsKey(k)).ToList())
            {
                if (_known[gone]) await Tell(gone.Merchant, gone.Node, null, now);
                _known.Remove(gone);
            }
            foreach (var (key, at) in late)
            {
                bool isLate = at.Node.Rule.LateAtMs(at.FedAtMs) <= now.ToUnixTimeMilliseconds();
                if (_known.TryGetValue(key, out bool before) && before == isLate) continue;
                await Tell(key.Merchant, key.Code, isLate ? at : null, now);
                _known[key] = isLate;
            }
        }
        finally { _turn.Release(); }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Stock feeds were not looked at", stoppingToken);

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    private async Task Tell(long merchant, string node, (Fed Node, long? FedAtMs)? late, DateTimeOffset now)
    {
        var actor = Actor.House("system:feeds", merchant);
        var done = await db.Write<Done>(actor, async work =>
        {
            var batch = work.Batch();
            if (late is not { } at) ExceptionsRoom.Mend(batch, [(Kind, node)], actor, "The stock feed has come.", now);
            else ExceptionsRoom.Raise(batch, [new Trouble(Kind, node, at.FedAtMs is { } ms
                ? $"{node} has sent no stock feed since {DateTimeOffset.FromUnixTimeMilliseconds(ms):yyyy-MM-dd HH:mm} UTC; its stock is believed less." : $"{node} has never sent a stock feed; its stock is believed less.",
                Node: at.Node.Node)], now);
            await batch.Run();
            return new Done();
        });
        if (done.Error is { } error) throw new InvalidOperationException(error.Detail);
    }
}
