using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Jobs;

/// <summary>A job that a runner has claimed.</summary>
internal sealed record ClaimedJob(Job Job, long Merchant, long Fence, JobState State, string Who, string Grants, int Attempts);

/// <summary>The rights of whoever started a job, as they are kept with it.</summary>
internal sealed record JobRights(string Name, IReadOnlyList<string> Permissions, IReadOnlyList<long>? Nodes, bool IsHouse)
{
    public static string Of(Actor actor) => JsonSerializer.Serialize(
        new JobRights(actor.Name, [.. actor.Permissions.Order(StringComparer.Ordinal)], actor.Nodes is null ? null : [.. actor.Nodes], actor.IsHouse), Json.Options);

    public static Actor Restore(string json, string who, long merchant)
    {
        var kept = JsonSerializer.Deserialize<JobRights>(json, Json.Options)!;
        return new Actor(who, kept.Name, merchant, kept.Permissions.ToHashSet(), kept.Nodes?.ToHashSet()) { IsHouse = kept.IsHouse };
    }
}

/// <summary>The statements that runners and slices share.</summary>
internal static class JobsSql
{
    private const string Columns = "no, id, kind, arguments, position, memory, total, done, ok, failed, skipped, retry_of, undo_of";

    private static Job Read(Row row) => new(row.Long(), JobId.Parse(row.Text(), null), row.Text(), row.Text(), row.Long(), row.TextOrNull(),
        new JobCounts(row.LongOrNull(), row.Long(), row.Long(), row.Long(), row.Long()), row.LongOrNull(), row.LongOrNull());

    public static readonly QueueGauge Queued = new("switchyard_jobs_queued", "Jobs that wait to be begun",
        async (db, _) => await db.ReadAll(work => work.Scalar("select count(*) from jobs where ended_at_ms is null and state = 'queued' -- house")));

    public static readonly QueueGauge Working = new("switchyard_jobs_running", "Jobs that are begun and not ended",
        async (db, _) => await db.ReadAll(work => work.Scalar("select count(*) from jobs where ended_at_ms is null and state <> 'queued' -- house")));

    public static readonly QueueGauge Oldest = new("switchyard_jobs_oldest_wait_seconds", "For how long the oldest job that is not begun has waited", async (db, now) =>
        await db.ReadAll(work => work.Query("select min(created_at_ms) from jobs where ended_at_ms is null and state = 'queued' -- house", row => row.LongOrNull())) is [{ } since]
            ? Math.Max(0, (now.ToUnixTimeMilliseconds() - since) / 1_000.0) : 0);

    /// <summary>Is there anything to claim? A look that writes nothing.</summary>
    public static async Task<bool> IsAnyDue(Work work, long now) => await work.Scalar(
        "select count(*) from (select 1 from jobs where ended_at_ms is null and lease_until_ms <= @now limit 1) j -- house", ("now", now)) > 0;

    /// <summary>Takes the job that has waited longest for its turn; nobody else has it until the lease is over.</summary>
    public static Task<ClaimedJob?> Claim(Work work, long now, long leaseMs) => work.Find(
        $"""
        update jobs set fence = fence + 1, lease_until_ms = @until, state = case when state = 'queued' then 'running' else state end,
               started_at_ms = coalesce(started_at_ms, @now)
         where no = (select no from jobs where ended_at_ms is null and lease_until_ms <= @now order by lease_until_ms, no limit 1 for update skip locked)
        returning {Columns}, merchant_id, fence, state, who, rights, attempts -- house
        """,
        row => new ClaimedJob(Read(row), row.Long(), row.Long(), JobStates.Parse(row.Text()), row.Text(), row.Text(), row.Int()),
        ("now", now), ("until", now + leaseMs));

    /// <summary>Gives the job back; it may be claimed from <paramref name="dueMs"/> on.</summary>
    public static Task Release(Work work, long no, long fence, long dueMs, int attempts) => work.Execute(
        "update jobs set lease_until_ms = @due, attempts = @attempts where no = @no and fence = @fence and ended_at_ms is null -- house",
        ("no", no), ("fence", fence), ("due", dueMs), ("attempts", attempts));

    /// <summary>Locks the job to the end of the transaction.</summary>
    public static async Task<JobState> Hold(Work work, Job job, long fence)
    {
        var held = await work.Query("select state from jobs where merchant_id = @merchant and no = @no and fence = @fence and ended_at_ms is null for update",
            row => JobStates.Parse(row.Text()), ("no", job.No), ("fence", fence));
        return held is [var state] ? state : throw new JobTakenOverException(job.Id);
    }

    /// <summary>Writes down what a chunk did.</summary>
    public static async Task<Job> Keep(Work work, Job job, JobStep step, long now, long lease)
    {
        long Count(JobRowState state) => step.Rows.Count(r => r.State == state);
        long ok = Count(JobRowState.Ok) + step.OkUnlisted, failed = Count(JobRowState.Failed), skipped = Count(JobRowState.Skipped) + step.SkippedUnlisted;
        var batch = work.Batch();
        QueueRows(batch, job.No, step.Rows);
        batch.Execute(
            """
            update jobs set position = @position, memory = coalesce(@memory::text, memory), total = coalesce(@total::bigint, total), done = done + @done,
                   ok = ok + @ok, failed = failed + @failed, skipped = skipped + @skipped, updated_at_ms = @now, lease_until_ms = @lease, attempts = 0
             where merchant_id = @merchant and no = @no
            """,
            ("position", step.Position), ("memory", step.Memory), ("total", step.Total), ("done", ok + failed + skipped), ("ok", ok), ("failed", failed),
            ("skipped", skipped), ("now", now), ("lease", lease), ("no", job.No));
        await batch.Run();
        var c = job.Counts;
        return job with
        {
            Position = step.Position,
            Memory = step.Memory ?? job.Memory,
            Counts = new JobCounts(step.Total ?? c.Total, c.Done + ok + failed + skipped, c.Ok + ok, c.Failed + failed, c.Skipped + skipped),
        };
    }

    public static void QueueRows(Batch batch, long job, IReadOnlyList<JobRow> rows) => batch.Execute(
        """
        insert into job_rows (job_no, row_no, merchant_id, reference, state, code, message, detail, undo)
        select @job, row_no, @merchant, reference, state, code, message, detail, undo from @rows r where true
        on conflict (job_no, row_no) do update set state = excluded.state, code = excluded.code, message = excluded.message, undo = excluded.undo
        """,
        Rows.Of(rows).Long("row_no", r => r.No).Text("reference", r => r.Reference).Text("state", r => r.State.ToString().ToLowerInvariant())
            .Text("code", r => r.Code).Text("message", r => r.Message).Text("detail", r => r.Detail).Text("undo", r => r.Undo), ("job", job));

    public static Task<List<JobRow>> Waiting(Work work, long job, long after, int most) => work.Query(
        """
        select row_no, reference, state, code, message, detail, undo from job_rows
         where merchant_id = @merchant and job_no = @job and state = 'waiting' and row_no > @after order by row_no limit @most
        """, ReadRow, ("job", job), ("after", after), ("most", (long)most));

    public static Task<List<JobRow>> ToUndo(Work work, Job job, int most) => work.Query(
        """
        select row_no, reference, 'waiting', null, null, detail, undo from job_rows
         where merchant_id = @merchant and job_no = @of and undo is not null order by row_no desc limit @most offset @done
        """, ReadRow, ("of", job.UndoOf), ("most", (long)most), ("done", job.Position));

    public static JobRow ReadRow(Row row) => new(row.Long(), row.Text(), Enum.Parse<JobRowState>(row.Text(), ignoreCase: true),
        row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull());

    /// <summary>Ends a job; false when it has been taken over or has ended.</summary>
    public static async Task<bool> End(Work work, Job job, long fence, JobState state, Error? why, long now) => await work.Execute(
        """
        update jobs set state = @state, error_code = @code::text, error = @error::text, updated_at_ms = @now, ended_at_ms = @now, lease_until_ms = 0
         where merchant_id = @merchant and no = @no and fence = @fence and ended_at_ms is null
        """,
        ("state", JobStates.Name(state)), ("code", why?.Code), ("error", why?.Detail), ("now", now), ("no", job.No), ("fence", fence)) == 1;
}
