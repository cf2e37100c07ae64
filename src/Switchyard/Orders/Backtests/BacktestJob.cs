using System.Collections.Concurrent;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// A back-test as a job. What it knows is in memory; another process that takes it over begins anew and is silent until it comes to where
/// the first one was, since the same past gives the same answer.
/// </summary>
public sealed class BacktestJob(NetworkReader network, PastDecisions past) : JobKind
{
    private const int OrdersAtOnce = 200, MostListed = 20_000, MostRuns = 8;
    private readonly ConcurrentDictionary<long, BacktestRun> _runs = new();

    public override string Code => "routing.backtest";
    public override Permission Permission => Permission.SettingsRead;

    public override Task<Dictionary<string, string>> Names(Work work, IReadOnlyList<string> references) => OrdersBulkJob.NumbersOf(work, references);

    public override async Task<bool> Next(JobTurn turn)
    {
        var run = await Find(turn);
        var (changed, isOver) = await run.Next(OrdersAtOnce);
        long before = turn.Job.Counts.Done;
        long listed = run.Tally.Listed;
        var rows = changed.Take((int)Math.Max(0, MostListed - listed)).Select((o, i) =>
            new JobRow(listed + i + 1, o.Id.ToString(), JobRowState.Ok, Detail: JsonSerializer.Serialize(o, Json.Options))).ToList();
        run.Tally.Listed += rows.Count;
        var done = await turn.Commit(_ => Task.FromResult<Result<JobStep>>(new JobStep(run.Decided, rows)
        {
            Total = run.Orders,
            OkUnlisted = run.Decided - before - rows.Count,
            Memory = isOver ? JsonSerializer.Serialize(run.Result, Json.Options) : null,
        }));
        if (done.Error is { } error) throw new JobRefusedException(error);
        if (isOver || turn.IsToEnd) _runs.TryRemove(turn.Job.No, out _);
        return isOver;
    }

    private async Task<BacktestRun> Find(JobTurn turn)
    {
        if (_runs.TryGetValue(turn.Job.No, out var known) && known.Decided == turn.Job.Position) return known;
        var wish = JsonSerializer.Deserialize<BacktestWish>(turn.Job.Arguments, Json.Options)!;
        var opened = await BacktestRun.Open(turn.Db, turn.Actor, network, past, wish);
        if (opened.Error is { } error) throw new JobRefusedException(error);
        var run = opened.Value;
        while (run.Decided < turn.Job.Position)
        {
            turn.Stop.ThrowIfCancellationRequested();
            var (changed, _) = await run.Next(OrdersAtOnce);
            run.Tally.Listed = Math.Min(MostListed, run.Tally.Listed + changed.Count);
        }
        if (_runs.Count >= MostRuns) _runs.Clear();
        return _runs[turn.Job.No] = run;
    }
}
