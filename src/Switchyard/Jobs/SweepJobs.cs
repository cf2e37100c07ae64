using Switchyard.Database;

namespace Switchyard.Jobs;

/// <summary>
/// How long jobs are kept: files and rows (with the values before, by which a job is undone) for some days after its end, the job
/// itself longer.
/// </summary>
public sealed record JobRetention(int FileDays, int JobDays)
{
    /// <summary>SWITCHYARD_JOB_FILE_DAYS (30) and SWITCHYARD_JOB_DAYS (180).</summary>
    public static JobRetention FromEnvironment() => new(Days("SWITCHYARD_JOB_FILE_DAYS", 30), Days("SWITCHYARD_JOB_DAYS", 180));

    private static int Days(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out int days) && days > 0 ? days : otherwise;
}

/// <summary>Drops what jobs no longer need. Safe to run twice and on many processes.</summary>
public sealed class SweepJobs(Db db, JobRetention retention, TimeProvider clock, ILogger<SweepJobs> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);
    private const int JobsAtOnce = 200;

    /// <summary>A look; true when there is more to sweep.</summary>
    public async Task<bool> Handle()
    {
        var now = clock.GetUtcNow();
        long files = now.AddDays(-retention.FileDays).ToUnixTimeMilliseconds(), whole = now.AddDays(-retention.JobDays).ToUnixTimeMilliseconds();
        return await db.WriteAll(async work =>
        {
            long[] ended = [.. await work.Query(
                """
                select j.no from jobs j /* house */ where j.ended_at_ms is not null and j.ended_at_ms < @before
                   and (exists (select 1 from job_files f where f.job_no = j.no) or exists (select 1 from job_rows r where r.job_no = j.no))
                 order by j.ended_at_ms limit @most
                """, row => row.Long(), ("before", files), ("most", (long)JobsAtOnce))];
            var batch = work.Batch();
            batch.Execute("delete from job_files where job_no = any(@ended) -- house", ("ended", ended));
            batch.Execute("delete from job_rows where job_no = any(@ended) -- house", ("ended", ended));
            batch.Execute("delete from jobs where ended_at_ms is not null and ended_at_ms < @before -- house", ("before", Math.Min(whole, files)));
            await batch.Run();
            return ended.Length == JobsAtOnce;
        });
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, async () => { while (await Handle()) { } }, log, "Old jobs were not swept", stoppingToken, atOnce: true);
}
