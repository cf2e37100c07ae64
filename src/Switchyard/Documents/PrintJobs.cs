using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>A document that waits for a printer, or went to it.</summary>
/// <param name="Attempts">How often it was begun; more than one may have printed it twice.</param>
public sealed record PrintJobView(PrintJobId Id, string Printer, DocumentId Document, string Kind, string Format, long Copies,
    [Words("waiting", "sending", "printed", "failed", "cancelled")] string State, long Attempts, string? Error, string AskedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    [JsonPropertyOrder(-1)]
    public string Object => "printJob";
}

/// <summary>The print queue: what waits, taken by a print agent, finished, cancelled. Each job is printed at least once.</summary>
public static class PrintJobs
{
    /// <param name="Printers">Codes of the printers the agent serves.</param>
    public sealed record ClaimRequest(IReadOnlyList<string?>? Printers = null, int? Most = null);

    /// <param name="Content">The file in base64.</param>
    public sealed record Claimed(PrintJobId Id, string Printer, string Kind, string Format, long Copies, DocumentId Document, string Content, DateTimeOffset Until);
    public sealed record ClaimResponse(string Object, IReadOnlyList<Claimed> Jobs);

    /// <param name="Error">What went wrong; null when it was printed.</param>
    public sealed record FinishRequest(string? Error = null);

    public const int MostAttempts = 8, MostClaimed = 20;
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/print-jobs", async (Db db, Actor actor, [FromQuery] string? state, [FromQuery] string? printer, [FromQuery] int? limit, [FromQuery] string? after) => (await List(db, actor, state, printer, limit, after)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("printJobs.list").WithTags("Documents").WithSummary("List print jobs, newest first").Produces<Page<PrintJobView>>().ProducesProblem(400);
        routes.MapPost("/print-jobs/claim", async (ClaimRequest body, Db db, TimeProvider clock, Actor actor) => (await Claim(body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("printJobs.claim").WithTags("Documents").WithSummary("Take the next jobs of one's printers, for two minutes: what a print agent asks")
            .Produces<ClaimResponse>().ProducesProblem(400);
        routes.MapPost("/print-jobs/{id}/finish", async (string id, FinishRequest body, Db db, TimeProvider clock, Actor actor) => (await Finish(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("printJobs.finish").WithTags("Documents").WithSummary("Say that a job was printed, or what went wrong")
            .Produces<PrintJobView>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/print-jobs/{id}/retry", async (string id, Db db, TimeProvider clock, Actor actor) => (await Retry(id, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("printJobs.retry").WithTags("Documents").WithSummary("Try a job again at once").Produces<PrintJobView>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/print-jobs/{id}/cancel", async (string id, Db db, TimeProvider clock, Actor actor) => (await Cancel(id, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("printJobs.cancel").WithTags("Documents").WithSummary("Take a job out of the queue").Produces<PrintJobView>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<Result<Page<PrintJobView>>> List(Db db, Actor actor, string? state, string? printer, int? limit, string? after)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.That(state is null or "waiting" or "sending" or "printed" or "failed" or "cancelled", "#state", "field.unknown_value", "state must be waiting, sending, printed, failed or cancelled.");
        checks.Text(printer, "#printer", 64);
        var start = Guid.AllBitsSet;
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !Guid.TryParseExact(text, "N", out start))
            checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<PrintJobView>>>(actor, async work => Page<PrintJobView>.Of(
            await Load(work, actor, $"j.id < @after{(state is null ? "" : " and j.state = @state")}{(printer is null ? "" : " and j.printer_key = @printer")} order by j.id desc limit @limit",
                ("after", start), ("state", state), ("printer", Text.Key(printer ?? "")), ("limit", most + 1L)),
            most, j => j.Id.Value.ToString("N", CultureInfo.InvariantCulture)), snapshot: true);
    }

    /// <summary>The oldest open jobs of printers that agents serve, each of them for a lease; papers that show prices only for whoever may see them.</summary>
    public static async Task<Result<ClaimResponse>> Claim(ClaimRequest body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Printers is { Count: > 0 and <= 50 }, "/printers", "field.out_of_range", "printers names 1 to 50 printers.");
        foreach (var (i, code) in (body.Printers ?? []).Take(50).Index()) checks.Text(code, $"/printers/{i}", 64, required: true);
        checks.Range(body.Most ?? 5, 1, MostClaimed, "/most");
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<ClaimResponse>(actor with { Stamp = null }, async work =>
        {
            var found = await work.Query(
                $"""
                select j.id, p.code, d.kind, d.format, j.copies, d.id, f.content from print_jobs j join printers p on p.merchant_id = j.merchant_id and p.code_key = j.printer_key
                  join documents d on d.id = j.document_id join document_files f on f.merchant_id = d.merchant_id and f.hash = d.hash
                 where j.merchant_id = @merchant and j.printer_key = any(@printers) and p.link = 'agent' and p.is_active = true{OfNodes(actor)}{(actor.May(Permission.PricesRead) ? "" : " and d.shows_prices = false")}
                   and j.state in ('waiting', 'sending') and j.next_try_ms <= @now order by j.created_at_ms, j.id limit @most for update of j
                """, row => new Claimed(new PrintJobId(row.Uuid()), row.Text(), row.Text(), row.Text(), row.Long(), new DocumentId(row.Uuid()), Convert.ToBase64String(row.Bytes()), now + Lease),
                ("printers", body.Printers!.Select(p => Text.Key(p!)).ToArray()), ("nodes", actor.NodeFilter ?? []), ("now", now.ToUnixTimeMilliseconds()), ("most", (long)(body.Most ?? 5)));
            if (found.Count > 0)
                await work.Execute(
                    "update print_jobs set state = 'sending', attempts = attempts + 1, next_try_ms = @until, updated_at_ms = @now from @rows r where print_jobs.id = r.id and print_jobs.merchant_id = @merchant",
                    Rows.Of(found).Uuid("id", j => j.Id.Value), ("until", (now + Lease).ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()));
            await Seen(work, body.Printers!, now);
            return new ClaimResponse("printJobs", found);
        });
    }

    // An agent asks every few seconds; that it is there is noted twice a minute.
    private static Task Seen(Work work, IReadOnlyList<string?> printers, DateTimeOffset now) => work.Execute(
        """
        update printers set seen_at_ms = @now where merchant_id = @merchant and code_key = any(@printers) and link = 'agent' and (seen_at_ms is null or seen_at_ms < @before)
        """, ("printers", printers.Select(p => Text.Key(p!)).ToArray()), ("now", now.ToUnixTimeMilliseconds()), ("before", now.AddSeconds(-30).ToUnixTimeMilliseconds()));

    /// <summary>A job that failed, was taken out or waits for its next try is begun anew, at once.</summary>
    /// <remarks>Errors: documents.no_such_job, documents.job_is_over.</remarks>
    private static Task<Result<PrintJobView>> Retry(string id, Db db, TimeProvider clock, Actor actor) => Change(id, db, actor, async (work, job) =>
    {
        if (job.State == "printed") return DocumentsErrors.JobIsOver;
        // Whoever is sending it now goes on with it.
        if (job.State != "sending")
            await work.Execute("update print_jobs set state = 'waiting', attempts = 0, next_try_ms = 0, updated_at_ms = @now where merchant_id = @merchant and id = @id and state in ('waiting', 'failed', 'cancelled')",
                ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", job.Id.Value));
        return null;
    });

    /// <remarks>Errors: documents.no_such_job.</remarks>
    private static async Task<Result<PrintJobView>> Finish(string id, FinishRequest body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Error, "/error", 500);
        if (checks.AnyFault) return checks.ToError();
        return await Change(id, db, actor, async (work, job) =>
        {
            // Whoever comes late with news of a job that is over is told how it stands.
            if (job.State is "waiting" or "sending") await Settle(work, job.Id, job.Attempts, body.Error, clock.GetUtcNow());
            return null;
        });
    }

    /// <remarks>Errors: documents.no_such_job, documents.job_is_over.</remarks>
    private static Task<Result<PrintJobView>> Cancel(string id, Db db, TimeProvider clock, Actor actor) => Change(id, db, actor, async (work, job) =>
    {
        if (job.State is not ("waiting" or "sending")) return DocumentsErrors.JobIsOver;
        await work.Execute("update print_jobs set state = 'cancelled', updated_at_ms = @now where merchant_id = @merchant and id = @id", ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", job.Id.Value));
        return null;
    });

    /// <summary>A job is still that of whoever began this try, and is from now on for another lease.</summary>
    internal static async Task<bool> Renew(Work work, PrintJobId id, long attempts, DateTimeOffset now) => await work.Execute(
        "update print_jobs set next_try_ms = @until, updated_at_ms = @now where merchant_id = @merchant and id = @id and state = 'sending' and attempts = @attempts",
        ("until", (now + Lease).ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()), ("id", id.Value), ("attempts", attempts)) > 0;

    /// <summary>Jobs that were taken and not begun wait again, until then.</summary>
    internal static Task GiveBack(Work work, IReadOnlyList<(PrintJobId Id, long Attempts)> jobs, DateTimeOffset until) => work.Execute(
        "update print_jobs set state = 'waiting', attempts = r.attempts - 1, next_try_ms = @until from @rows r where print_jobs.id = r.id and print_jobs.merchant_id = @merchant and print_jobs.state = 'sending' and print_jobs.attempts = r.attempts",
        Rows.Of(jobs).Uuid("id", j => j.Id.Value).Long("attempts", j => j.Attempts), ("until", until.ToUnixTimeMilliseconds()));

    /// <summary>What became of a try of a job, unless another was begun since: printed; or waiting again, longer each time; or given up.</summary>
    internal static Task Settle(Work work, PrintJobId id, long attempts, string? error, DateTimeOffset now)
    {
        string state = error is null ? "printed" : attempts >= MostAttempts ? "failed" : "waiting";
        var next = now.AddSeconds(error is null ? 0 : Math.Pow(2, Math.Min(attempts, 8)));
        return work.Execute("update print_jobs set state = @state, error = @error::text, next_try_ms = @next, updated_at_ms = @now where merchant_id = @merchant and id = @id and state in ('waiting', 'sending') and attempts = @attempts",
            ("state", state), ("error", error), ("next", next.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()), ("id", id.Value), ("attempts", attempts));
    }

    private static async Task<Result<PrintJobView>> Change(string id, Db db, Actor actor, Func<Work, PrintJobView, Task<Error?>> change)
    {
        if (!PrintJobId.TryParse(id, null, out var known)) return DocumentsErrors.NoSuchJob;
        return await db.Write<PrintJobView>(actor, async work =>
        {
            await work.Query("select id from print_jobs where merchant_id = @merchant and id = @id for update", row => row.Uuid(), ("id", known.Value));
            if ((await Load(work, actor, "j.id = @id", ("id", known.Value))).FirstOrDefault() is not { } job) return DocumentsErrors.NoSuchJob;
            if (await change(work, job) is { } error) return error;
            return (await Load(work, actor, "j.id = @id", ("id", known.Value)))[0];
        });
    }

    private static async Task<List<PrintJobView>> Load(Work work, Actor actor, string where, params (string, object?)[] arguments) => await work.Query(
        $"""
        select j.id, p.code, j.document_id, d.kind, d.format, j.copies, j.state, j.attempts, j.error, j.asked_by, j.created_at_ms, j.updated_at_ms from print_jobs j
          join printers p on p.merchant_id = j.merchant_id and p.code_key = j.printer_key join documents d on d.id = j.document_id
         where j.merchant_id = @merchant{OfNodes(actor)} and {where}
        """, row => new PrintJobView(new PrintJobId(row.Uuid()), row.Text(), new DocumentId(row.Uuid()), row.Text(), row.Text(), row.Long(), row.Text(), row.Long(), row.TextOrNull(), row.Text(), row.Instant(), row.Instant()),
        [.. arguments, ("nodes", actor.NodeFilter ?? [])]);

    private static string OfNodes(Actor actor) => actor.Nodes is null ? "" : " and p.node_id = any(@nodes)";
}
