using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Jobs;

/// <summary>Cancels a job, tries its failed rows again, or takes it back.</summary>
public static class ChangeJob
{
    /// <summary>The most failed rows that are tried again at once.</summary>
    public const int MostRetried = 100_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/jobs/{id}/cancel", async (string id, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds) =>
                (await Cancel(id, db, clock, actor, kinds)).ToHttp())
            .IsOpenToAnySignedIn().WithName("jobs.cancel").WithSummary("Cancel a job").WithTags("Jobs")
            .WithDescription("What is done stays done; it ends between two chunks.").Produces<JobView>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/jobs/{id}/retry", async (string id, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds) =>
                (await Retry(id, db, clock, actor, kinds)).ToHttp(202))
            .IsOpenToAnySignedIn().WithName("jobs.retry").WithSummary("Try the failed rows of a job again, as a new job").WithTags("Jobs")
            .Produces<JobView>(202).ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/jobs/{id}/undo", async (string id, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds) =>
                (await Undo(id, db, clock, actor, kinds)).ToHttp(202))
            .IsOpenToAnySignedIn().WithName("jobs.undo").WithSummary("Take a job back, as a new job").WithTags("Jobs")
            .WithDescription("Row by row; a row that was changed since is left as it is and said so.").Produces<JobView>(202).ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: jobs.not_found, jobs.over.</remarks>
    public static Task<Result<JobView>> Cancel(string id, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds) => db.Write<JobView>(actor, async work =>
    {
        var found = await Locked(work, id, actor, kinds);
        if (found.Error is { } error) return error;
        var state = JobStates.Parse(found.Value.View.State);
        if (JobStates.IsOver(state)) return JobErrors.Over(state);
        await work.Execute(
            """
            update jobs set state = case when state = 'queued' then 'cancelled' else 'cancelling' end, updated_at_ms = @now,
                   ended_at_ms = case when state = 'queued' then @now::bigint else null end
             where merchant_id = @merchant and no = @no
            """, ("no", found.Value.No), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return (await JobViews.Find(work, id))!;
    });

    /// <remarks>Errors: jobs.not_found, jobs.not_over, jobs.cannot_retry, jobs.nothing_failed.</remarks>
    public static Task<Result<JobView>> Retry(string id, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds) => db.Write<JobView>(actor, async work =>
    {
        var found = await Locked(work, id, actor, kinds);
        if (found.Error is { } error) return error;
        var (no, view, kind) = found.Value;
        if (!kind.CanRetry || view.UndoOf is not null) return JobErrors.CannotRetry(view.Kind);
        if (JobStates.Parse(view.State) is var state && !JobStates.IsOver(state)) return JobErrors.NotOver(state);
        var failed = await work.Query(
            """
            select row_no, reference, 'waiting', null, null, detail, null from job_rows
             where merchant_id = @merchant and job_no = @no and state <> 'ok' and state = 'failed' order by row_no limit @most
            """, JobsSql.ReadRow, ("no", no), ("most", (long)MostRetried));
        if (failed.Count == 0) return JobErrors.NothingFailed;
        return await StartJob.Handle(work, actor, clock.GetUtcNow(), new NewJob(kind, view.Arguments!.ToJsonString()) { Rows = failed, RetryOf = no });
    });

    /// <remarks>Errors: jobs.not_found, jobs.not_over, jobs.cannot_undo, jobs.undone_already.</remarks>
    public static Task<Result<JobView>> Undo(string id, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds) => db.Write<JobView>(actor, async work =>
    {
        var found = await Locked(work, id, actor, kinds);
        if (found.Error is { } error) return error;
        var (no, view, kind) = found.Value;
        if (!kind.CanUndo || view.UndoOf is not null) return JobErrors.CannotUndo(view.Kind);
        if (JobStates.Parse(view.State) is var state && !JobStates.IsOver(state)) return JobErrors.NotOver(state);
        if (await work.Scalar("select count(*) from jobs where merchant_id = @merchant and undo_of = @no and state <> 'failed' and state <> 'cancelled'", ("no", no)) > 0)
            return JobErrors.UndoneAlready;
        long rows = await work.Scalar("select count(*) from job_rows where merchant_id = @merchant and job_no = @no and undo is not null", ("no", no));
        if (rows == 0) return JobErrors.CannotUndo(view.Kind);
        var started = await StartJob.Handle(work, actor, clock.GetUtcNow(), new NewJob(kind, view.Arguments!.ToJsonString()) { UndoOf = no });
        await work.Execute("update jobs set total = @rows where merchant_id = @merchant and id = @id", ("rows", rows), ("id", started.Id.ToString()));
        return started with { Counts = started.Counts with { Total = rows } };
    });

    private static async Task<Result<(long No, JobView View, JobKind Kind)>> Locked(Work work, string id, Actor actor, IEnumerable<JobKind> kinds)
    {
        var locked = await work.Query("select no from jobs where merchant_id = @merchant and id = @id for update", row => row.Long(), ("id", id));
        var view = await ListJobs.Find(work, id, actor, kinds);
        return view.Error is { } error ? error : (locked.Single(), view.Value, kinds.First(k => k.Code == view.Value.Kind));
    }
}
