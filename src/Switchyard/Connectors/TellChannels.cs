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
    private const int MostAtOnce = 4;

    /// <summary>What cannot even be worked out is parked after so many tries.</summary>
    private const int MostBroken = 3;

    private WorkOff<string>? _connections;
    private CancellationToken _stop;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private WorkOff<string> Connections => LazyInitializer.EnsureInitialized(ref _connections, () => new WorkOff<string>(MostAtOnce, Due, Tell, log, "A channel was not told what became of its orders"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stop = stoppingToken;
        await Rounds.Every(patience.Poll, clock, Turn, log, "Channels were not told what became of their orders", stoppingToken);
        await Connections.Idle();
    }

    /// <summary>Has every connection told that is to be told something.</summary>
    private async Task Turn()
    {
        foreach (var (id, merchant) in await db.ReadAll(work => TaskRows.Connections(work, Now))) Connections.Start(id, merchant, _stop);
    }

    private Task<List<string>> Due(Guid id, long merchant, int most) => db.Read(HouseWork.Of(merchant), work => TaskRows.Due(work, id, Now, most));

    private async Task<bool> Tell(Guid id, long merchant, string key, CancellationToken stop)
    {
        var house = HouseWork.Of(merchant);
        try
        {
            var claimed = await db.Do(house, work => TaskRows.Claim(work, id, key, Now, Now + (long)patience.Lease.TotalMilliseconds));
            if (claimed is not [var due]) return false;
            if (await db.Read(house, work => Connection.Find(work, id)) is { State: "live" } connection) await Run(house, connection, due, stop);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { return false; }
        // It is no try in vain: the lease runs out by itself.
        catch (Exception e) when (HouseWork.IsNotNow(e))
        {
            log.LogWarning(e, "Channel of connection {Connection} could not be told {Task} now; it is tried again", new ConnectionId(id), key);
            return false;
        }
#pragma warning disable CA1031 // one of them keeps no other from being told
        catch (Exception e)
        {
            log.LogError(e, "Channel of connection {Connection} could not be told {Task}", new ConnectionId(id), key);
            return await Broke(house, id, key, e);
        }
#pragma warning restore CA1031
    }

    /// <summary>Something of ours is broken: it is tried a few times, and then a person is told. While the database itself is away nothing counts, and the lease runs out by itself.</summary>
    private async Task<bool> Broke(Actor house, Guid id, string key, Exception why)
    {
        try
        {
            await db.Do(house, async work =>
            {
                string words = $"This server could not work on it ({why.GetType().Name}). Its log says more.";
                var broken = await TaskRows.Break(work, id, key, words, MostBroken, Now + (long)patience.Waits[0].TotalMilliseconds);
                if (broken is not [("parked", var order)] || await Connection.Find(work, id) is not { } connection) return;
                var batch = work.Batch();
                ExceptionsRoom.Raise(batch, [new Trouble(Trouble, $"{connection.Id}/{key}", $"{connection.Channel} cannot be told of its order: {words}", order)], clock.GetUtcNow());
                await batch.Run();
            });
            return true;
        }
#pragma warning disable CA1031 // the database is away: it is tried when it is back
        catch (Exception e)
        {
            log.LogWarning(e, "That a channel could not be told was not noted");
            return false;
        }
#pragma warning restore CA1031
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
        if (said is not { } answer) await db.Do(house, async work => await Over(work, task, await TaskRows.Settle(work, task, "done", "There is nothing in it that the channel counts.", null, 0, false, Now)));
        else if (answer.Fault is { } fault) await Failed(house, connection, task, fault);
        else await Done(house, connection, task, answer.Value);
    }

    private Task Done(Actor house, Connection connection, DueTask task, Told told) => db.Do(house, async work =>
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

    private Task Failed(Actor house, Connection connection, DueTask task, AdapterFault fault) => db.Do(house, async work =>
    {
        // What waits its turn, or was not sent at all, is no try in vain: an outage parks nothing.
        bool counts = fault.Kind is not (FaultKind.Throttled or FaultKind.NotSent), isOver = !fault.PassesBy || counts && task.Tries + 1 >= patience.MostTries;
        var wait = counts ? patience.Waits[Math.Min(task.Tries, patience.Waits.Count - 1)] : patience.Poll;
        if (fault.RetryAfter is { } asked && asked > wait) wait = asked;
        string words = Text.Cut(fault.Words, 500) ?? "";
        if (await TaskRows.Settle(work, task, isOver ? "parked" : "waiting", words, null, Now + (long)wait.TotalMilliseconds, counts, Now) == 0 || !isOver) return 0;
        var batch = work.Batch();
        string what = task.Kind switch { "shipped" => "that a parcel left", "cancelled" => "that something was cancelled", _ => "that money goes back" };
        ExceptionsRoom.Raise(batch, [new Trouble(Trouble, Subject(task), $"{connection.Channel} cannot be told {what}: {words}", task.Order.Value)], clock.GetUtcNow());
        await batch.Run();
        return await Over(work, task, 1);
    });

    internal static string Subject(DueTask task) => $"{new ConnectionId(task.Connection)}/{task.Key}";
}
