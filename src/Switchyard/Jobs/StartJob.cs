using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Jobs;

/// <summary>What starts a job.</summary>
/// <param name="Arguments">Kept as JSON and shown to people: no secrets, no personal data.</param>
public sealed record NewJob(JobKind Kind, object Arguments)
{
    /// <summary>Things the job goes through, each a row that waits; null when the kind finds them by itself.</summary>
    public IReadOnlyList<JobRow>? Rows { get; init; }
    public long? RetryOf { get; init; }
    public long? UndoOf { get; init; }

    /// <summary>The input as a file, to be read by <see cref="JobFiles.Read"/>.</summary>
    public byte[]? Input { get; init; }
}

/// <summary>Starts a job in the transaction of the request, so that a repeated request starts no second one.</summary>
public static class StartJob
{
    private const int RowsAtOnce = 5_000;

    public static async Task<JobView> Handle(Work work, Actor actor, DateTimeOffset at, NewJob wanted)
    {
        long now = at.ToUnixTimeMilliseconds();
        var id = JobId.New(at);
        string arguments = wanted.Arguments as string ?? JsonSerializer.Serialize(wanted.Arguments, Json.Options);
        long no = (await work.Query(
            """
            insert into jobs (id, merchant_id, kind, state, arguments, rights, who, retry_of, undo_of, total, created_at_ms, updated_at_ms)
            values (@id, @merchant, @kind, 'queued', @arguments, @rights, @who, @retry::bigint, @undo::bigint, @total::bigint, @now, @now) returning no
            """, row => row.Long(),
            ("id", id.ToString()), ("kind", wanted.Kind.Code), ("arguments", arguments), ("rights", JobRights.Of(actor)), ("who", actor.Id),
            ("retry", wanted.RetryOf), ("undo", wanted.UndoOf), ("total", wanted.Rows is { } rows ? (long?)rows.Count : null), ("now", now))).Single();
        foreach (var part in wanted.Rows?.Chunk(RowsAtOnce) ?? [])
        {
            var batch = work.Batch();
            JobsSql.QueueRows(batch, no, part);
            await batch.Run();
        }
        if (wanted.Input is { } input) await JobFiles.Append(work, no, JobFiles.Input, 0, input);
        await EventLog.Append(work, actor, at, new Happening("job", id.ToString(), "JobStarted", new { kind = wanted.Kind.Code, total = wanted.Rows?.Count }));
        return (await JobViews.Find(work, id.ToString()))!;
    }
}
