using System.Collections.Concurrent;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Exceptions;

namespace Switchyard.Erp;

/// <summary>
/// Posts to ERPs: outside of any transaction, each thing of an order after the one before it. What may have been posted unheard is posted again, and its adapter finds it there.
/// What an ERP refuses is parked, and a person is asked.
/// </summary>
internal sealed class PostToErp(Db db, ErpDesk desk, ErpPatience patience, TimeProvider clock, ILogger<PostToErp> log) : BackgroundService
{
    public const string Trouble = "erp_task_parked";
    private const int MostAtOnce = 64, MostTogether = 4;
    private readonly ConcurrentDictionary<(Guid, string), byte> _running = new();

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(patience.Poll, clock, () => Turn(stoppingToken), log, "ERPs were not told what happened", stoppingToken);

    /// <summary>Posts all that is due, until nothing is.</summary>
    internal async Task Turn(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var due = await db.ReadAll(work => ErpTaskRows.Due(work, Now, MostAtOnce));
            if (due.Count == 0) return;
            // An ERP that is slow keeps no other one waiting for its turn.
            await Task.WhenAll(due.GroupBy(d => d.Account).Select(async own =>
            {
                foreach (var some in own.Chunk(MostTogether)) await Task.WhenAll(some.Select(d => Tell(d.Account, d.Key, d.Merchant, stop)));
            }));
        }
    }

    private async Task Tell(Guid id, string key, long merchant, CancellationToken stop)
    {
        if (!_running.TryAdd((id, key), 0)) return;
        var house = ErpDesk.House(merchant);
        try
        {
            var claimed = await db.Write<List<DueErpTask>>(house, async work => await ErpTaskRows.Claim(work, id, key, Now, Now + (long)patience.Lease.TotalMilliseconds));
            if (claimed is not { IsOk: true, Value: [var due] } || await db.Read(house, work => ErpAccount.Find(work)) is not { State: "live" } account) return;
            await Run(house, account, due, stop);
        }
#pragma warning disable CA1031 // one of them keeps no other from being posted; its lease runs out and it is posted again
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested) { log.LogError(e, "An ERP could not be told {Task}", key); }
#pragma warning restore CA1031
        finally { _running.TryRemove((id, key), out _); }
    }

    private async Task Run(Actor house, ErpAccount account, DueErpTask task, CancellationToken stop)
    {
        var document = await db.Read(house, work => ReadErpDocument.Read(work, task), snapshot: true);
        if (document is null)
        {
            await desk.Write(house, async work => await ErpTaskRows.Settle(work, task, "done", "There is nothing in it that the ERP counts.", null, 0, false, Now));
            return;
        }
        var said = await desk.Of(account).Post(desk.Call(account, stop), document);
        if (said.Fault is { } fault) await Failed(house, task, fault);
        else await Done(house, task, said.Value, document);
    }

    private Task Done(Actor house, DueErpTask task, ErpRecord record, ErpDocument document) => desk.Write(house, async work =>
    {
        if (await ErpTaskRows.Settle(work, task, "done", null, (record, document), 0, false, Now) == 0) return 0;
        await work.Execute("update erp_accounts set heard_at_ms = @now, failures = 0, said = null where merchant_id = @merchant and id = @id", ("now", Now), ("id", task.Account));
        var batch = work.Batch();
        ExceptionsRoom.Mend(batch, [(Trouble, task.Key), (AskErp.Refused, "erp")], house, "The ERP was told.", clock.GetUtcNow());
        await batch.Run();
        return 1;
    });

    private Task Failed(Actor house, DueErpTask task, AdapterFault fault) => desk.Write(house, async work =>
    {
        // What waits its turn, or was not sent at all, is no try in vain: an outage parks nothing. Nor do keys that somebody has to give anew.
        bool counts = fault.Kind is not (FaultKind.Throttled or FaultKind.NotSent or FaultKind.Unauthorized);
        bool isOver = !fault.PassesBy || counts && task.Tries + 1 >= patience.MostTries;
        var wait = counts ? patience.Waits[Math.Min(task.Tries, patience.Waits.Count - 1)] : fault.Kind == FaultKind.Unauthorized ? patience.Waits[^1] : patience.Poll;
        if (fault.RetryAfter is { } asked && asked > wait) wait = asked;
        string words = fault.Words.Length > 500 ? fault.Words[..500] : fault.Words;
        if (await ErpTaskRows.Settle(work, task, isOver ? "parked" : "waiting", words, null, Now + (long)wait.TotalMilliseconds, counts, Now) == 0) return 0;
        await work.Execute("update erp_accounts set failures = failures + 1, failed_at_ms = @now, said = @said where merchant_id = @merchant and id = @id and @counts",
            ("now", Now), ("said", words), ("id", task.Account), ("counts", fault.Kind != FaultKind.Refused));
        var batch = work.Batch();
        if (isOver) ExceptionsRoom.Raise(batch, [new Trouble(Trouble, task.Key, $"The ERP does not take {task.Label}: {words}")], clock.GetUtcNow());
        if (fault.Kind == FaultKind.Unauthorized)
            ExceptionsRoom.Raise(batch, [new Trouble(AskErp.Refused, "erp", $"The ERP does not take our credentials: {words}")], clock.GetUtcNow());
        await batch.Run();
        return 0;
    });
}
