using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Shows a back-test: how far it is, and in the end what would have been otherwise.</summary>
public static class ReadBacktest
{
    /// <param name="Id">The job's id.</param>
    /// <param name="Wish">What is tried.</param>
    /// <param name="Result">Null until it is done.</param>
    public sealed record View(string Object, JobId Id, [property: Words("queued", "running", "cancelling", "done", "failed", "cancelled")] string State, string? Name, BacktestWish Wish, string Currency,
        JobCounts Progress, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, JobFault? Error, BacktestResult? Result);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/routing/backtests/{id}", async (string id, Db db, Actor actor, BacktestJob kind) => (await Find(id, db, actor, kind)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("routing.backtestRead").WithSummary("Read a back-test").WithTags("Routing").Produces<View>()
            .ProducesProblem(403).ProducesProblem(404);
        routes.MapGet("/routing/backtests/{id}/orders", async (string id, int? limit, string? after, Db db, Actor actor, BacktestJob kind) => (await Orders(id, limit, after, db, actor, kind)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("routing.backtestOrders").WithSummary("The orders that would have gone otherwise, with both plans").WithTags("Routing")
            .Produces<Page<BacktestOrder>>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
    }

    /// <remarks>Errors: jobs.not_found, nodes.only_your_nodes.</remarks>
    public static Task<Result<View>> Find(string id, Db db, Actor actor, BacktestJob kind) => db.Read<Result<View>>(actor, async work =>
    {
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;        // it tells of every node
        if (await JobReader.Find(work, id, actor, [kind]) is not { } job) return JobErrors.NotFound(id);
        string currency = (await work.Query("select base_currency from merchants where id = @merchant", row => row.Text())).Single();
        var (view, wish) = (job.View, JsonSerializer.Deserialize<BacktestWish>(job.Arguments, Json.Options)!);
        return new View("backtest", view.Id, view.State, wish.Name, wish, currency, view.Counts, view.CreatedAt, view.EndedAt, view.Error,
            job.Memory is { } json ? JsonSerializer.Deserialize<BacktestResult>(json, Json.Options) : null);
    }, snapshot: true);

    /// <remarks>Errors: jobs.not_found, access.forbidden, nodes.only_your_nodes, request.invalid with #limit, #after.</remarks>
    public static async Task<Result<Page<BacktestOrder>>> Orders(string id, int? limit, string? after, Db db, Actor actor, BacktestJob kind)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        long from = 0;
        if (!Cursor.TryNumber(after, ref from)) checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        if (!actor.May(Permission.OrdersRead)) return AccessErrors.Forbidden;
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        return await db.Read<Result<Page<BacktestOrder>>>(actor, async work =>
        {
            if (await JobReader.Find(work, id, actor, [kind]) is not { } job) return JobErrors.NotFound(id);
            var page = Page<JobRow>.Of(await JobReader.Rows(work, job.No, from, most + 1), most, r => Text.Invariant(r.No));
            return new Page<BacktestOrder>([.. page.Data.Select(r => JsonSerializer.Deserialize<BacktestOrder>(r.Detail!, Json.Options)!)], page.Next, page.HasMore);
        }, snapshot: true);
    }
}
