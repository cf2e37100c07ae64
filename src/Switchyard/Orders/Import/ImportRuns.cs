using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>A file being imported, and how far it has come.</summary>
/// <param name="StepsDone">Orders first, then returns.</param>
/// <param name="Job">The number of the job that began it; null when none did.</param>
public sealed record ImportRun(long Id, bool IsDone, long StepsDone, ImportCounts Counts, long? Job);

/// <summary>The statements about runs and their row errors.</summary>
internal static class ImportRuns
{
    public const string Kind = "orders";
    public static readonly Error Elsewhere = Error.Conflict("import.running_elsewhere", "This file is being imported by another process at this moment.");

    /// <summary>Finds the run of this content with these options, or begins it.</summary>
    public static Task<Result<ImportRun>> Begin(Db db, Actor actor, string source, string hash, string options, long? job, DateTimeOffset now) => db.Write<ImportRun>(
        actor with { Stamp = null }, async work =>
        {
            await work.Execute(
                """
                insert into import_runs (merchant_id, kind, source, source_hash, options, state, counts, job_no, started_at_ms, updated_at_ms)
                values (@merchant, @kind, @source, @hash, @options, 'running', @counts, @job::bigint, @now, @now) on conflict do nothing
                """,
                ("kind", Kind), ("source", source), ("hash", hash), ("options", options), ("counts", new ImportCounts().ToJson()), ("job", job), ("now", now.ToUnixTimeMilliseconds()));
            return (await work.Query(
                "select id, state, position, counts, job_no from import_runs where merchant_id = @merchant and kind = @kind and source_hash = @hash and options = @options",
                row => new ImportRun(row.Long(), row.Text() == "done", row.Long(), ImportCounts.Parse(row.Text()), row.LongOrNull()),
                ("kind", Kind), ("hash", hash), ("options", options))).Single();
        });

    /// <summary>Locks the run and moves it on; false when another process has moved it meanwhile.</summary>
    public static async Task<bool> Advance(Work work, ImportRun run, long from, long to, DateTimeOffset now) => await work.Execute(
        """
        update import_runs set position = @to, updated_at_ms = @now
         where merchant_id = @merchant and id = @id and position = @from and state = 'running'
        """, ("id", run.Id), ("from", from), ("to", to), ("now", now.ToUnixTimeMilliseconds())) == 1;

    /// <summary>Queues the counts and the errors of a batch; they are final with its transaction.</summary>
    public static void QueueOutcome(Batch batch, ImportRun run, ImportCounts counts, IEnumerable<RowFault> faults)
    {
        batch.Execute("update import_runs set counts = @counts where merchant_id = @merchant and id = @id", ("id", run.Id), ("counts", counts.ToJson()));
        batch.Execute(
            """
            insert into import_errors (run_id, merchant_id, line, field, code, reason)
            select @id, @merchant, line, field, code, reason from @rows r where true on conflict do nothing
            """,
            Rows.Of(faults.ToList()).Long("line", f => f.Line).Text("field", f => f.Field).Text("code", f => f.Code).Text("reason", f => f.Reason), ("id", run.Id));
    }

    public static Task<Result<Done>> Finish(Db db, Actor actor, ImportRun run, DateTimeOffset now) => db.Write<Done>(actor with { Stamp = null }, async work =>
    {
        await work.Execute("update import_runs set state = 'done', updated_at_ms = @now where merchant_id = @merchant and id = @id",
            ("id", run.Id), ("now", now.ToUnixTimeMilliseconds()));
        return new Done();
    });

    /// <summary>The orders that a run stored, after a given one.</summary>
    public static Task<List<OrderId>> Orders(Work work, long run, OrderId? after, int limit) => work.Query(
        "select id from orders where merchant_id = @merchant and import_run = @run and id > @after order by id limit @limit",
        row => new OrderId(row.Uuid()), ("run", run), ("after", after?.Value ?? Guid.Empty), ("limit", (long)limit));

    /// <summary>Forgets that the file was imported, once its orders are taken back: mended, or with another mapping, or the same again, it is a new one.</summary>
    public static async Task Forget(Work work, long run)
    {
        await work.Execute("update import_runs set source_hash = source_hash || ' taken back ' || id where merchant_id = @merchant and id = @run and source_hash not like '% taken back %'", ("run", run));
        await work.Execute("delete from imported_returns where merchant_id = @merchant and run_id = @run", ("run", run));
    }

    /// <summary>Errors and warnings of a run by line, after a given one.</summary>
    public static Task<List<RowFault>> Faults(Work work, long run, RowFault? after, int limit) => work.Query(
        """
        select line, field, code, reason from import_errors
         where merchant_id = @merchant and run_id = @run and (line, field, code) > (@line, @field, @code) order by line, field, code limit @limit
        """,
        row => new RowFault(row.Long(), row.Text(), row.Text(), row.Text()),
        ("run", run), ("line", after?.Line ?? -1L), ("field", after?.Field ?? ""), ("code", after?.Code ?? ""), ("limit", (long)limit));

    /// <summary>What makes two imports of the same content the same run.</summary>
    public static string Options(OrderMapping mapping, bool isHistory, string channel)
    {
        byte[] hash = System.Security.Cryptography.SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(mapping.Document, Json.Options));
        return JsonSerializer.Serialize(new { @as = isHistory ? "history" : "open", channel = Text.Key(channel), mapping = Convert.ToHexStringLower(hash)[..16] }, Json.Options);
    }
}
