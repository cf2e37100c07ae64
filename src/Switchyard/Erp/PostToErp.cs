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
    private const int MostTogether = 4;
    private static readonly TimeSpan KeysHold = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<Guid, Task> _running = new();

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Rounds.Every(patience.Poll, clock, () => Turn(stoppingToken), log, "ERPs were not told what happened", stoppingToken);
        foreach (var serving in _running.Values) await Task.WhenAny(serving);
    }

    /// <summary>Begins to post what is due. An ERP that is slow, or has much to be told, keeps no other one waiting for its turn.</summary>
    private async Task Turn(CancellationToken stop)
    {
        foreach (var (account, merchant) in await db.ReadAll(work => ErpTaskRows.Accounts(work, Now)))
        {
            if (_running.ContainsKey(account)) continue;
            var serving = Serve(account, merchant, stop);
            _running[account] = serving;
            _ = Forget(account, serving);
        }
    }

    private async Task Forget(Guid account, Task serving)
    {
        await Task.WhenAny(serving);
        _running.TryRemove(account, out _);
    }

    /// <summary>Posts all that is due of one account, until nothing is.</summary>
    private async Task Serve(Guid account, long merchant, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested && await db.ReadAll(work => ErpTaskRows.Due(work, account, Now, MostTogether)) is { Count: > 0 } due)
                await Task.WhenAll(due.Select(key => Tell(account, key, merchant, stop)));
        }
#pragma warning disable CA1031 // the next turn begins again
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested) { log.LogError(e, "An ERP could not be told what happened"); }
#pragma warning restore CA1031
    }

    private async Task Tell(Guid id, string key, long merchant, CancellationToken stop)
    {
        var house = ErpDesk.House(merchant);
        DueErpTask? task = null;
        try
        {
            var claimed = await db.Write<List<DueErpTask>>(house, async work => await ErpTaskRows.Claim(work, id, key, Now, Now + (long)patience.Lease.TotalMilliseconds));
            if (claimed is not { IsOk: true, Value: [var due] } || await db.Read(house, work => ErpAccount.Find(work)) is not { State: "live" } account) return;
            task = due;
            await Run(house, account, due, stop);
        }
#pragma warning disable CA1031 // one of them keeps no other from being posted
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            log.LogError(e, "An ERP could not be told {Task}", key);
            // It counts as a try: what can never be worked out is parked in the end, and a person sees it.
            if (task is not null) await Failed(house, task, new AdapterFault(FaultKind.Malformed, "It could not be worked out here; the server's log says why."), null);
        }
#pragma warning restore CA1031
    }

    private async Task Run(Actor house, ErpAccount account, DueErpTask task, CancellationToken stop)
    {
        // What is switched off is not told any more, though it was owed.
        if (account.Owner(ErpFlows.OfTask(task.Kind)) != ErpFlows.Ours)
        {
            await desk.Write(house, async work => await ErpTaskRows.Settle(work, task, "dropped", "It is not told any more.", null, 0, false, Now));
            return;
        }
        var document = await db.Read(house, work => ReadErpDocument.Read(work, task), snapshot: true);
        if (document is null)
        {
            await desk.Write(house, async work => await ErpTaskRows.Settle(work, task, "done", "There is nothing in it that the ERP counts.", null, 0, false, Now));
            return;
        }
        var said = await desk.Of(account).Post(desk.Call(account, stop), document);
        if (said.Fault is { } fault) await Failed(house, task, fault, account.HeardAtMs);
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

    private Task Failed(Actor house, DueErpTask task, AdapterFault fault, long? heardMs) => desk.Write(house, async work =>
    {
        // What waits its turn, or was not sent at all, is no try in vain: an outage parks nothing. Nor do keys that somebody has to give anew.
        // But where the ERP takes our keys for other things, it is this thing that our role may not do.
        bool keysAreGood = heardMs is { } heard && Now - heard < KeysHold.TotalMilliseconds;
        bool counts = fault.Kind is not (FaultKind.Throttled or FaultKind.NotSent) && (fault.Kind != FaultKind.Unauthorized || keysAreGood);
        bool isOver = !fault.PassesBy || counts && task.Tries + 1 >= patience.MostTries;
        var wait = fault.Kind == FaultKind.Unauthorized ? patience.Waits[^1] : counts ? patience.Waits[Math.Min(task.Tries, patience.Waits.Count - 1)] : patience.Poll;
        if (fault.RetryAfter is { } asked && asked > wait) wait = asked;
        string words = fault.Words.Length > 500 ? fault.Words[..500] : fault.Words;
        if (await ErpTaskRows.Settle(work, task, isOver ? "parked" : "waiting", words, null, Now + (long)wait.TotalMilliseconds, counts, Now) == 0) return 0;
        await work.Execute("update erp_accounts set failures = failures + 1, failed_at_ms = @now, said = @said where merchant_id = @merchant and id = @id and @counts",
            ("now", Now), ("said", words), ("id", task.Account), ("counts", fault.Kind is not (FaultKind.Refused or FaultKind.Throttled)));
        var batch = work.Batch();
        if (isOver) ExceptionsRoom.Raise(batch, [new Trouble(Trouble, task.Key, $"The ERP does not take {task.Label}: {words}")], clock.GetUtcNow());
        if (fault.Kind == FaultKind.Unauthorized)
            ExceptionsRoom.Raise(batch, [new Trouble(AskErp.Refused, "erp", $"The ERP does not take our credentials: {words}")], clock.GetUtcNow());
        await batch.Run();
        return 0;
    });
}
