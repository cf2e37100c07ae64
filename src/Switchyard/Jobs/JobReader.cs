using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Jobs;

/// <summary>A job as the room that makes its kind reads it again.</summary>
/// <param name="Memory">What the kind kept.</param>
public sealed record ReadJob(long No, JobView View, string Arguments, string? Memory);

/// <summary>For rooms that show what became of their jobs in a form of their own.</summary>
public static class JobReader
{
    /// <summary>A job the caller may see, of one of these kinds; any other is as absent.</summary>
    public static async Task<ReadJob?> Find(Work work, string id, Actor actor, IReadOnlyList<JobKind> kinds)
    {
        var view = await ListJobs.Find(work, id, actor, kinds);
        if (view.Error is not null) return null;
        return await work.Find("select no, arguments, memory from jobs where merchant_id = @merchant and id = @id",
            row => new ReadJob(row.Long(), view.Value, row.Text(), row.TextOrNull()), ("id", view.Value.Id.ToString()));
    }

    /// <summary>The rows that are kept, in order, after one, with what their kind wrote beside them.</summary>
    public static Task<List<JobRow>> Rows(Work work, long job, long after, int most) => work.Query(
        """
        select row_no, reference, state, code, message, detail, null from job_rows
         where merchant_id = @merchant and job_no = @job and row_no > @after order by row_no limit @most
        """, JobsSql.ReadRow, ("job", job), ("after", after), ("most", (long)most));

    /// <summary>The rows that failed, in order, after one.</summary>
    public static Task<List<JobRow>> Failed(Work work, long job, long after, int most) => work.Query(
        """
        select row_no, reference, state, code, message, detail, null from job_rows
         where merchant_id = @merchant and job_no = @job and state <> 'ok' and state = 'failed' and row_no > @after order by row_no limit @most
        """, JobsSql.ReadRow, ("job", job), ("after", after), ("most", (long)most));
}
