using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Jobs;

/// <summary>Shows jobs, newest first: those of the kinds whose right the caller has.</summary>
public static class ListJobs
{
    /// <param name="Row">Its number in the job, from 1; a line of a file is its line.</param>
    public sealed record RowView(long Row, string Reference, [Words(typeof(JobRowState))] string State, string? Code, string? Message)
    {
        /// <summary>What people call it, such as an order's number; null when the reference is its name.</summary>
        public string? Name { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/jobs", async (string? kind, string? state, int? limit, string? after, Db db, Actor actor, IEnumerable<JobKind> kinds) =>
                (await List(kind, state, limit, after, db, actor, kinds)).ToHttp())
            .IsOpenToAnySignedIn().WithName("jobs.list").WithSummary("List jobs").WithTags("Jobs")
            .WithDescription("Newest first; kind and state filter. One sees the jobs of the kinds one may start.")
            .Produces<Page<JobView>>().ProducesProblem(400);
        routes.MapGet("/jobs/{id}", async (string id, Db db, Actor actor, IEnumerable<JobKind> kinds) => (await Find(id, db, actor, kinds)).ToHttp())
            .IsOpenToAnySignedIn().WithName("jobs.read").WithSummary("Read a job").WithTags("Jobs").Produces<JobView>().ProducesProblem(404);
        routes.MapGet("/jobs/{id}/rows", async (string id, string? state, int? limit, string? after, Db db, Actor actor, IEnumerable<JobKind> kinds) =>
                (await OfJob(id, state, limit, after, db, actor, kinds)).ToHttp())
            .IsOpenToAnySignedIn().WithName("jobs.rows").WithSummary("What became of each row of a job").WithTags("Jobs")
            .WithDescription("state: waiting, ok, failed or skipped. Some kinds keep only the rows about which there is something to say.")
            .Produces<Page<RowView>>().ProducesProblem(400).ProducesProblem(404);
    }

    public static async Task<Result<Page<JobView>>> List(string? kind, string? state, int? limit, string? after, Db db, Actor actor, IEnumerable<JobKind> kinds)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.That(state is null || IsName<JobState>(state), "#state", "field.unknown_value", "state must be queued, running, cancelling, done, failed or cancelled.");
        long before = Before(after, checks, long.MaxValue);
        if (checks.AnyFault) return checks.ToError();
        string[] seen = [.. kinds.Where(k => actor.May(k.Permission) && (kind is null || k.Code == kind)).Select(k => k.Code)];
        string[] states = state is null ? [.. Enum.GetValues<JobState>().Select(JobStates.Name)] : [state];
        var found = await db.Read(actor, work => JobViews.List(work, before, seen, states, most + 1));
        var page = Page<(long No, JobView View)>.Of(found, most, j => Text.Invariant(j.No));
        return new Page<JobView>([.. page.Data.Select(j => j.View)], page.Next, page.HasMore);
    }

    /// <summary>A job the caller may see; any other is as absent.</summary>
    public static async Task<Result<JobView>> Find(string id, Db db, Actor actor, IEnumerable<JobKind> kinds) => await db.Read(actor, work => Find(work, id, actor, kinds));

    internal static async Task<Result<JobView>> Find(Work work, string id, Actor actor, IEnumerable<JobKind> kinds)
    {
        if (!JobId.TryParse(id, null, out var parsed)) return JobErrors.NotFound(id);
        var job = await JobViews.Find(work, parsed.ToString());
        return job is not null && kinds.Any(k => k.Code == job.Kind && actor.May(k.Permission)) ? job : JobErrors.NotFound(id);
    }

    private static async Task<Result<Page<RowView>>> OfJob(string id, string? state, int? limit, string? after, Db db, Actor actor, IEnumerable<JobKind> kinds)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.That(state is null || IsName<JobRowState>(state), "#state", "field.unknown_value", "state must be waiting, ok, failed or skipped.");
        long from = Before(after, checks, -1);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<RowView>>>(actor, async work =>
        {
            var job = await Find(work, id, actor, kinds);
            if (job.Error is { } error) return error;
            // The index of rows leaves out what went well: its condition must stand in the text.
            string filter = state is null ? "" : state == "ok" ? " and w.state = 'ok'" : " and w.state <> 'ok' and w.state = @state";
            var rows = await work.Query(
                $"""
                select w.row_no, w.reference, w.state, w.code, w.message from job_rows w join jobs j on j.no = w.job_no and j.merchant_id = @merchant
                 where w.merchant_id = @merchant and j.id = @id and w.row_no > @after{filter} order by w.row_no limit @most
                """, row => new RowView(row.Long(), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull()),
                ("id", id), ("after", from), ("state", state), ("most", most + 1L));
            var page = Page<RowView>.Of(rows, most, r => Text.Invariant(r.Row));
            var names = await kinds.Single(k => k.Code == job.Value.Kind).Names(work, [.. page.Data.Select(r => r.Reference)]);
            return page with { Data = [.. page.Data.Select(r => r with { Name = names.GetValueOrDefault(r.Reference) })] };
        }, snapshot: true);
    }

    private static bool IsName<T>(string text) where T : struct, Enum => Enum.GetNames<T>().Any(n => n.Equals(text, StringComparison.OrdinalIgnoreCase) && text.All(char.IsLower));

    private static long Before(string? after, Checks checks, long start)
    {
        if (!Cursor.TryNumber(after, ref start))
            checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        return start;
    }
}
