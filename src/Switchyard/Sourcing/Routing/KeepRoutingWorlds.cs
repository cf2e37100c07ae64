using System.Collections.Concurrent;
using System.Threading.Channels;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>Settings by which this process has decided orders and that are to be kept.</summary>
internal sealed class RoutingWorlds
{
    internal sealed record Kept(long Merchant, byte[] Hash, byte[] Json);

    private readonly ConcurrentDictionary<(long Merchant, string Hash), bool> _seen = new();
    private readonly ConcurrentDictionary<(long Merchant, string Hash), Kept> _waiting = new();
    private readonly Channel<Kept> _queue = Channel.CreateUnbounded<Kept>();

    public ChannelReader<Kept> Queue => _queue.Reader;

    public void Keep(long merchant, RoutingWorld world)
    {
        var key = (merchant, Convert.ToHexString(world.Hash));
        if (!_seen.TryAdd(key, true)) return;
        _queue.Writer.TryWrite(_waiting[key] = new Kept(merchant, world.Hash, world.Json));
    }

    /// <summary>What is not written yet.</summary>
    public byte[]? Find(long merchant, byte[] hash) => _waiting.GetValueOrDefault((merchant, Convert.ToHexString(hash)))?.Json;

    public void Done(Kept world) => _waiting.TryRemove((world.Merchant, Convert.ToHexString(world.Hash)), out _);
    public void End() => _queue.Writer.TryComplete();
}

/// <summary>
/// Keeps the settings by which orders are decided, outside of every lock and at once after the first decision. The same settings are kept
/// once, however often and by however many processes they are read.
/// </summary>
public sealed class KeepRoutingWorlds(Db db, NetworkReader network, TimeProvider clock, ILogger<KeepRoutingWorlds> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var world in network.Worlds.Queue.ReadAllAsync(CancellationToken.None))
            while (!await Written(world) && !stoppingToken.IsCancellationRequested) await Task.WhenAny(Task.Delay(Pause, stoppingToken));
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        network.Worlds.End();
        return base.StopAsync(cancellationToken);
    }

    /// <summary>Keeps what waits, where nobody follows: a command that places orders is not a server.</summary>
    public async Task Flush()
    {
        while (network.Worlds.Queue.TryRead(out var world))
            if (!await Written(world)) return;
    }

    private async Task<bool> Written(RoutingWorlds.Kept world)
    {
        try
        {
            var written = await db.Write<Done>(Actor.House("system:routing", world.Merchant), async work =>
            {
                await work.Execute(
                    """
                    insert into routing_worlds (merchant_id, hash, world, first_at_ms) values (@merchant, @hash, @world, @now)
                        on conflict (merchant_id, hash) do nothing
                    """, ("hash", world.Hash), ("world", RoutingWorld.Pack(world.Json)), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
                return new Done();
            });
            if (written.IsOk) network.Worlds.Done(world);
            return written.IsOk;
        }
#pragma warning disable CA1031 // the process edge: it is tried again
        catch (Exception e) { log.LogWarning(e, "Settings by which orders were decided were not kept yet"); return false; }
#pragma warning restore CA1031
    }
}
