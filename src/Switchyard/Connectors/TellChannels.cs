using System.Collections.Concurrent;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Connectors;

/// <summary>
/// Tells channels what became of their orders: outside of any transaction, each thing of an order after the one before it. What may have been told unheard is told again, and its adapter finds it there.
/// What a channel refuses is parked, and a person is asked.
/// </summary>
internal sealed class TellChannels(Db db, ConnectorDesk desk, ConnectorPatience patience, TimeProvider clock, ILogger<TellChannels> log) : BackgroundService
{
    public const string Trouble = "channel_task_parked";
    private const int MostAtOnce = 64, MostTogether = 4;
    private readonly ConcurrentDictionary<(Guid, string), byte> _running = new();

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(patience.Poll, clock, () => Turn(stoppingToken), log, "Channels were not told what became of their orders", stoppingToken);

    /// <summary>Tells all that is due, until nothing is.</summary>
    internal async Task Turn(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var due = await db.ReadAll(work => TaskRows.Due(work, Now, MostAtOnce));
            if (due.Count == 0) return;
            // A channel that is slow keeps no other one waiting for its turn.
            await Task.WhenAll(due.GroupBy(d => d.Connection).Select(async own => { foreach (var some in own.Chunk(MostTogether)) await Task.WhenAll(some.Select(d => Tell(d.Connection, d.Key, d.Merchant, stop))); }));
        }
    }

    private async Task Tell(Guid id, string key, long merchant, CancellationToken stop)
    {
        if (!_running.TryAdd((id, key), 0)) return;
        var house = Actor.House("system:connectors", merchant);
        try
        {
            var claimed = await db.Write<List<DueTask>>(house, async work => await TaskRows.Claim(work, id, key, Now, Now + (long)patience.Lease.TotalMilliseconds));
            if (claimed is not { IsOk: true, Value: [var due] } || await db.Read(house, work => Connection.Find(work, id)) is not { State: "live" } connection) return;
            await Run(house, connection, due, stop);
        }
#pragma warning disable CA1031 // one of them keeps no other from being told; its lease runs out and it is told again
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested) { log.LogError(e, "A channel could not be told {Task}", key); }
#pragma warning restore CA1031
        finally { _running.TryRemove((id, key), out _); }
    }

    private async Task Run(Actor house, Connection connection, DueTask task, CancellationToken stop)
    {
        var channel = desk.Of(connection);
        AdapterAnswer<Told>? said = task.Kind switch
        {
            "shipped" when await db.Read(house, work => ReadNews.Shipped(work, task, desk.Serving(connection)), snapshot: true) is { } news => await channel.Shipped(desk.Call(connection, stop), news),
            "cancelled" when await db.Read(house, work => ReadNews.Cancelled(work, task, desk.Serving(connection)), snapshot: true) is { } news => await channel.Cancelled(desk.Call(connection, stop), news),
            "refunded" => await channel.Refunded(desk.Call(connection, stop), await db.Read(house, work => ReadNews.Refunded(work, task, desk.Serving(connection)))),
            _ => (AdapterAnswer<Told>?)null,
        };
        if (said is not { } answer) await Write(house, async work => await Over(work, task, await TaskRows.Settle(work, task, "done", "There is nothing in it that the channel counts.", null, 0, false, Now)));
        else if (answer.Fault is { } fault) await Failed(house, connection, task, fault);
        else await Done(house, connection, task, answer.Value);
    }

    private Task Done(Actor house, Connection connection, DueTask task, Told told) => Write(house, async work =>
    {
        var now = clock.GetUtcNow();
        // The order is locked before anything else: that is the order of locks.
        var order = await OpenOrder.Lock(work, house, task.Order, now);
        if (await TaskRows.Settle(work, task, "done", null, told.Key ?? "", 0, false, Now) == 0) return 0;
        if (order is not null)
        {
            order.Tell("OrderToldChannel", new { channel = connection.Channel, what = task.Kind, task = task.Key, reference = told.Key });
            await order.Save(work);
        }
        var batch = work.Batch();
        ExceptionsRoom.Mend(batch, [(Trouble, Subject(task))], house, "The channel was told.", now);
        await batch.Run();
        return await Over(work, task, 1);
    });

    // Units of a cancel are kept off the channel's stock until it was told: from now on it shows what may be sold.
    private async Task<int> Over(Work work, DueTask task, int settled)
    {
        if (settled > 0 && task.Kind == "cancelled") await LookAgain.OfCancel(work, task.Connection, task.Key, clock.GetUtcNow());
        return settled;
    }

    private Task Failed(Actor house, Connection connection, DueTask task, AdapterFault fault) => Write(house, async work =>
    {
        // What waits its turn, or was not sent at all, is no try in vain: an outage parks nothing.
        bool counts = fault.Kind is not (FaultKind.Throttled or FaultKind.NotSent), isOver = !fault.PassesBy || counts && task.Tries + 1 >= patience.MostTries;
        var wait = counts ? patience.Waits[Math.Min(task.Tries, patience.Waits.Count - 1)] : patience.Poll;
        if (fault.RetryAfter is { } asked && asked > wait) wait = asked;
        string words = fault.Words.Length > 500 ? fault.Words[..500] : fault.Words;
        if (await TaskRows.Settle(work, task, isOver ? "parked" : "waiting", words, null, Now + (long)wait.TotalMilliseconds, counts, Now) == 0 || !isOver) return 0;
        var batch = work.Batch();
        string what = task.Kind switch { "shipped" => "that a parcel left", "cancelled" => "that something was cancelled", _ => "that money goes back" };
        ExceptionsRoom.Raise(batch, [new Trouble(Trouble, Subject(task), $"{connection.Channel} cannot be told {what}: {words}", task.Order.Value)], clock.GetUtcNow());
        await batch.Run();
        return await Over(work, task, 1);
    });

    internal static string Subject(DueTask task) => $"{new ConnectionId(task.Connection)}/{task.Key}";

    private async Task Write(Actor house, Func<Work, Task<int>> body)
    {
        var done = await db.Write<int>(house, async work => await body(work));
        if (done.Error is { } error) throw new InvalidOperationException(error.Detail);
    }
}
