using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Jobs;

/// <summary>A job as the API shows it.</summary>
/// <param name="State">queued, running, cancelling, done, failed or cancelled. A job is done also when some of its rows failed.</param>
/// <param name="Who">Who started it, as on the log: user:…, key:…, cli.</param>
/// <param name="RetryOf">The job whose failed rows this one tries again.</param>
/// <param name="UndoOf">The job that this one takes back.</param>
public sealed record JobView(JobId Id, string Kind, [Words(typeof(JobState))] string State, JsonNode? Arguments, JobCounts Counts, string Who, DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt, DateTimeOffset UpdatedAt, DateTimeOffset? EndedAt, JobFault? Error, JobResult? Result, string? RetryOf, string? UndoOf)
{
    [JsonPropertyOrder(-1)]
    public string Object => "job";
}

/// <summary>Why a job as a whole could not go on.</summary>
public sealed record JobFault(string Code, string Detail);

/// <summary>The file a job made; <c>GET /jobs/{id}/result</c>.</summary>
public sealed record JobResult(string Name, string ContentType, long Bytes);

/// <summary>Reading jobs for people.</summary>
internal static class JobViews
{
    private const string Select =
        """
        select j.no, j.id, j.kind, j.state, j.arguments, j.total, j.done, j.ok, j.failed, j.skipped, j.who, j.created_at_ms, j.started_at_ms,
               j.updated_at_ms, j.ended_at_ms, j.error_code, j.error, j.result_name, j.result_type, j.result_bytes, r.id, u.id
          from jobs j left join jobs r on r.no = j.retry_of and r.merchant_id = @merchant left join jobs u on u.no = j.undo_of and u.merchant_id = @merchant
        """;

    public static async Task<JobView?> Find(Work work, string id) =>
        (await work.Query($"{Select} where j.merchant_id = @merchant and j.id = @id", Read, ("id", id))).Select(j => j.View).SingleOrDefault();

    public static Task<List<(long No, JobView View)>> List(Work work, long before, string[] kinds, string[] states, int most) => work.Query(
        $"""
        {Select} where j.merchant_id = @merchant and j.no < @before and j.kind = any(@kinds) and j.state = any(@states) order by j.no desc limit @most
        """, Read, ("before", before), ("kinds", kinds), ("states", states), ("most", (long)most));

    private static (long No, JobView View) Read(Row row)
    {
        var (no, id, kind, state, arguments) = (row.Long(), JobId.Parse(row.Text(), null), row.Text(), row.Text(), row.Text());
        var counts = new JobCounts(row.LongOrNull(), row.Long(), row.Long(), row.Long(), row.Long());
        var (who, created, started, updated, ended) = (row.Text(), row.Instant(), row.InstantOrNull(), row.Instant(), row.InstantOrNull());
        var (code, error, name, type, bytes) = (row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Long());
        return (no, new JobView(id, kind, state, JsonNode.Parse(arguments), counts, who, created, started, updated, ended,
            code is null ? null : new JobFault(code, error ?? ""), name is null || state != "done" ? null : new JobResult(name, type!, bytes), row.TextOrNull(), row.TextOrNull()));
    }
}
