using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Jobs;

/// <summary>
/// Works on the jobs of the house, a few at a time, each for a short turn so that a long one holds up no short one. Every process runs
/// this; a job whose process died is taken over when its lease is over.
/// </summary>
public sealed class RunJobs(IEnumerable<JobKind> kinds, Db db, TimeProvider clock, IServiceProvider services, ILogger<RunJobs> log) : BackgroundService
{
    internal const long LeaseMs = 30_000;
    private const int AtOnce = 2, MostAttempts = 8;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3), Poll = TimeSpan.FromSeconds(1), Breath = TimeSpan.FromMilliseconds(50);
    private readonly Dictionary<string, JobKind> _kinds = kinds.ToDictionary(k => k.Code, StringComparer.Ordinal);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => Loop(stoppingToken), CancellationToken.None)));

    private async Task Loop(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var next = db.Pulse.Wait(Poll, stop);
                if (await Next(stop)) continue;
                await next;
                await Task.Delay(Breath, stop);              // commits come in crowds: one look serves many
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested) { return; }
#pragma warning disable CA1031 // the process edge: what is thrown past here would stop the server
            catch (Exception e)
            {
                log.LogWarning(e, "Jobs could not be looked for");
                await Task.Delay(Poll, CancellationToken.None);
            }
#pragma warning restore CA1031
        }
    }

    /// <summary>Claims a job and works on it for a turn; false when there was none.</summary>
    private async Task<bool> Next(CancellationToken stop)
    {
        if (!await db.ReadAll(work => JobsSql.IsAnyDue(work, Now))) return false;
        if (await db.WriteAll(work => JobsSql.Claim(work, Now, LeaseMs)) is not { } claimed) return false;
        var turn = new JobTurn(claimed.Job, claimed.Fence, JobRights.Restore(claimed.Grants, claimed.Who, claimed.Merchant), db, clock, services, stop);
        try
        {
            await Work(claimed, turn);
        }
        catch (JobTakenOverException) { }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { await Release(claimed, 0, claimed.Attempts); }
#pragma warning disable CA1031 // one job that cannot go on keeps no other from it
        catch (Exception e)
        {
            log.LogError(e, "Job {Job} of kind {Kind} stumbled", claimed.Job.Id, claimed.Job.Kind);
            await Stumble(claimed, turn, Error.Invalid("jobs.fault", "The server met a fault of its own; its log says more."));
        }
#pragma warning restore CA1031
        return true;
    }

    private async Task Work(ClaimedJob claimed, JobTurn turn)
    {
        if (claimed.State == JobState.Cancelling) { await End(claimed, turn, JobState.Cancelled, null); return; }
        if (!_kinds.TryGetValue(claimed.Job.Kind, out var kind)) { await End(claimed, turn, JobState.Failed, Error.Invalid("jobs.unknown_kind", "This version knows no such job.")); return; }
        var until = DateTimeOffset.MaxValue;
        for (bool isFirst = true; ; isFirst = false)
        {
            if (isFirst) until = TimeProvider.System.GetUtcNow() + Turn;
            bool isFinished;
            try { isFinished = await kind.Next(turn); }
            catch (JobRefusedException refused)
            {
                if (refused.Error.Kind is ErrorKind.Busy or ErrorKind.Unavailable || refused.Error.Code == "request.in_progress") await Stumble(claimed, turn, refused.Error);
                else await End(claimed, turn, JobState.Failed, refused.Error);
                return;
            }
            if (isFinished) { await End(claimed, turn, JobState.Done, null); return; }
            if (turn.IsToEnd) { await End(claimed, turn, JobState.Cancelled, null); return; }
            turn.Stop.ThrowIfCancellationRequested();
            if (TimeProvider.System.GetUtcNow() < until) continue;
            await Release(claimed, Now, 0);
            return;
        }
    }

    /// <summary>Tries again later, each time a little later; gives up after some attempts without any progress.</summary>
    private Task Stumble(ClaimedJob claimed, JobTurn turn, Error why)
    {
        int attempts = turn.Job.Position > claimed.Job.Position ? 1 : claimed.Attempts + 1;
        return attempts >= MostAttempts ? End(claimed, turn, JobState.Failed, why) : Release(claimed, Now + 250L * (1 << attempts), attempts);
    }

    private Task Release(ClaimedJob claimed, long due, int attempts) => db.WriteAll(async work =>
    {
        await JobsSql.Release(work, claimed.Job.No, claimed.Fence, due, attempts);
        return 0;
    });

    private async Task End(ClaimedJob claimed, JobTurn turn, JobState state, Error? why)
    {
        var ended = await db.Write<Done>(turn.Actor, async work =>
        {
            if (!await JobsSql.End(work, turn.Job, claimed.Fence, state, why, Now)) return new Done();
            var c = turn.Job.Counts;
            await EventLog.Append(work, turn.Actor, clock.GetUtcNow(), new Happening("job", turn.Job.Id.ToString(), "JobEnded",
                new { kind = turn.Job.Kind, state = JobStates.Name(state), c.Total, c.Ok, c.Failed, c.Skipped, error = why?.Code }));
            return new Done();
        });
        if (ended.Error is not null) await Release(claimed, Now + 1_000, claimed.Attempts);
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>The job as a whole cannot go on for this reason.</summary>
public sealed class JobRefusedException(Error error) : Exception(error.Detail)
{
    public Error Error => error;
}
