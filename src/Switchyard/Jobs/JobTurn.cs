using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Jobs;

/// <summary>What a chunk did.</summary>
/// <param name="Position">How far the job is now.</param>
/// <param name="Rows">Rows to be kept. Those that are not waiting are counted.</param>
public sealed record JobStep(long Position, IReadOnlyList<JobRow> Rows)
{
    /// <summary>Rows in all, once it is known.</summary>
    public long? Total { get; init; }

    /// <summary>Rows that went well and need no row of their own.</summary>
    public long OkUnlisted { get; init; }
    public long SkippedUnlisted { get; init; }

    /// <summary>Replaces the job's memory when given.</summary>
    public string? Memory { get; init; }
}

/// <summary>The lease of a job is lost: another process works on it. What was begun is rolled back.</summary>
internal sealed class JobTakenOverException(JobId id) : Exception($"Job {id} was taken over by another process.");

/// <summary>A job in the hands of a runner, for as long as its fence is the newest.</summary>
public sealed class JobTurn
{
    private readonly long _fence;

    internal JobTurn(Job job, long fence, Actor actor, Db db, TimeProvider clock, IServiceProvider services, CancellationToken stop) =>
        (Job, _fence, Actor, Db, Clock, Services, Stop) = (job, fence, actor, db, clock, services, stop);

    public Job Job { get; private set; }

    /// <summary>Whoever started the job, with the rights they had then: every row is checked against them.</summary>
    public Actor Actor { get; }
    public Db Db { get; }
    public TimeProvider Clock { get; }
    public IServiceProvider Services { get; }
    public CancellationToken Stop { get; }

    /// <summary>Somebody wants it to end; known after each commit.</summary>
    public bool IsToEnd { get; private set; }

    /// <summary>The next rows that wait, in order.</summary>
    public Task<List<JobRow>> Waiting(int most) => Db.Read(Actor, work => JobsSql.Waiting(work, Job.No, Job.Position, most));

    /// <summary>Of a job that takes another back: the next of its rows, the last first, under new numbers from 1 on.</summary>
    public async Task<List<JobRow>> ToUndo(int most)
    {
        var rows = await Db.Read(Actor, work => JobsSql.ToUndo(work, Job, most));
        return [.. rows.Select((row, i) => row with { No = Job.Position + i + 1 })];
    }

    /// <summary>
    /// One transaction: the effect of some rows, what became of them, and how far the job is. An error rolls all of it back. A killed
    /// process leaves either both or neither, so a row is never done twice.
    /// </summary>
    /// <param name="alsoFor">Further merchants whose rows are changed: what serves several, such as nodes.</param>
    public async Task<Result<Done>> Commit(Func<Work, Task<Result<JobStep>>> body, IReadOnlyList<long>? alsoFor = null)
    {
        Job? after = null;
        bool isToEnd = false;
        var done = await Db.WriteShared<Done>(Actor, alsoFor ?? [], async work =>
        {
            long now = Clock.GetUtcNow().ToUnixTimeMilliseconds();
            isToEnd = await JobsSql.Hold(work, Job, _fence) == JobState.Cancelling;
            var step = await body(work);
            if (step.Error is { } error) return error;
            after = await JobsSql.Keep(work, Job, step.Value, now, now + RunJobs.LeaseMs);
            return new Done();
        });
        if (done.IsOk) (Job, IsToEnd) = (after!, isToEnd);
        return done;
    }

    /// <summary>
    /// A row's own transaction; when it is refused, the refusal is noted in another. A refusal that time may heal (busy, unavailable) is
    /// not the row's: the job tries it again later.
    /// </summary>
    public async Task<Result<Done>> CommitRow(JobRow row, Func<Work, Task<Result<JobRow>>> body)
    {
        var done = await Commit(async work => (await body(work)).Then<JobStep>(after => new JobStep(row.No, [after])));
        if (done.Error is not { } error || error.Kind is ErrorKind.Busy or ErrorKind.Unavailable || error.Code == "request.in_progress") return done;
        return await Commit(_ => Task.FromResult<Result<JobStep>>(new JobStep(row.No, [row.Failed(error)])));
    }
}
