using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>Shows what became of an import, and its bad rows as a file to mend and send again.</summary>
public static class ReadImports
{
    private const int RowsAtOnce = 1_000;

    private sealed record StoredRun(string Kind, string State, string Options, string Counts);
    private sealed record BadRow(long Line, string Field, string Code, string Reason, string Row);

    public static void Map(IEndpointRouteBuilder routes, IReadOnlyList<FileKind> kinds)
    {
        routes.MapGet("/imports/{id}", async (string id, Db db, Actor actor, IEnumerable<JobKind> jobs) => (await Find(id, kinds, db, actor, jobs)).ToHttp())
            .IsOpenToAnySignedIn().WithName("files.getImport").WithTags("Files").WithSummary("What became of an import")
            .WithDescription("id is that of the job, or the runId of a file that was sent with its request.").Produces<ImportResult>().ProducesProblem(404);
        routes.MapGet("/imports/{id}/errors.csv", async (string id, HttpContext http, Db db, Actor actor, IEnumerable<JobKind> jobs, CancellationToken stop) =>
            {
                var found = await Find(id, kinds, db, actor, jobs);
                if (found.Error is { } error) { await Problems.Write(http, error); return; }
                if (found.Value.RunId is { } run) await WriteErrors(run, http, db, actor);
                else await ErrorFile.Write((await OfJob(id, db, actor, jobs))!.Value, http, db, actor, stop);
            })
            .IsOpenToAnySignedIn().WithMetadata(new TellsPrices()).WithName("files.getImportErrors").WithTags("Files").WithSummary("The rows that failed, as a file to be mended and sent again")
            .Produces<string>(200, "text/csv").ProducesProblem(404);
    }

    public static async Task<Result<ImportResult>> Find(string id, IReadOnlyList<FileKind> kinds, Db db, Actor actor, IEnumerable<JobKind> jobs)
    {
        if (long.TryParse(id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long run)) return await Find(run, kinds, db, actor);
        if (await OfJob(id, db, actor, jobs) is not var (kind, job)) return Error.NotFound("import.no_such_run", "There is no such import.");
        var failed = await db.Read(actor, work => JobReader.Failed(work, job.No, 0, ImportFile.MostErrorsShown));
        return kind.Result(job, [.. failed.SelectMany(r => RowDetail.Read(r).Select(f => new ImportError(r.No, f.Field, f.Code, f.Reason))).Take(ImportFile.MostErrorsShown)]);
    }

    private static Task<(ImportJob Kind, ReadJob Job)?> OfJob(string id, Db db, Actor actor, IEnumerable<JobKind> jobs) => db.Read(actor, async work =>
    {
        var imports = jobs.OfType<ImportJob>().ToList();
        return await JobReader.Find(work, id, actor, imports) is { } job ? (imports.Single(k => k.Code == job.View.Kind), job) : ((ImportJob, ReadJob)?)null;
    });

    public static async Task<Result<ImportResult>> Find(long id, IReadOnlyList<FileKind> kinds, Db db, Actor actor)
    {
        var run = await db.Read(actor, work => work.Find(
            "select kind, state, options, counts from import_runs where merchant_id = @merchant and id = @id",
            row => new StoredRun(row.Text(), row.Text(), row.Text(), row.Text()), ("id", id)));
        if (run is null || kinds.FirstOrDefault(k => k.Name == run.Kind) is not { } kind || !actor.May(kind.Reads))
            return Error.NotFound("import.no_such_run", $"There is no import {id}.");
        bool isDryRun = run.Options.Contains("dryRun", StringComparison.Ordinal);
        return run.State == "running" ? new ImportResult(id, run.Kind, isDryRun, run.State, 0, 0, 0, 0, 0, [], [])
            : JsonSerializer.Deserialize<ImportResult>(run.Counts, Json.Options)!;
    }

    private static async Task WriteErrors(long id, HttpContext http, Db db, Actor actor)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"import-{Text.Invariant(id)}-errors.csv\"";
        await using var csv = CsvText.Writer(http.Response.Body);
        foreach (string name in new[] { "line", "field", "code", "reason", "row" }) csv.WriteField(name);
        await csv.EndRecordAsync();
        var last = new BadRow(0, "", "", "", "");
        List<BadRow> page;
        do
        {
            page = await db.Read(actor, work => work.Query(
                """
                select line, field, code, reason, row_text from import_errors
                 where merchant_id = @merchant and run_id = @id and (line, field, code) > (@line, @field, @code) order by line, field, code limit @limit
                """, row => new BadRow(row.Long(), row.Text(), row.Text(), row.Text(), row.Text()),
                ("id", id), ("line", last.Line), ("field", last.Field), ("code", last.Code), ("limit", (long)RowsAtOnce)));
            foreach (var bad in page)
            {
                foreach (string cell in new[] { Text.Invariant(bad.Line), bad.Field, bad.Code, bad.Reason, bad.Row }) csv.WriteField(CsvText.Guarded(cell));
                await csv.EndRecordAsync();
            }
            await csv.FlushAsync();
            if (page.Count > 0) last = page[^1];
        } while (page.Count == RowsAtOnce);
    }
}
