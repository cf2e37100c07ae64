using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Demo;

/// <summary>Fills an empty installation with the demo shop, as a job. It is refused as soon as there is anything that somebody may have entered.</summary>
public static class LoadDemo
{
    public const string Shop = "fenwick-and-vale";

    public static readonly Error NotEmpty = Error.Conflict("demo.not_empty", "There are products, orders, customers or places here already. The demo shop is only loaded into an empty installation.");

    /// <param name="Shop">Which shop; there is one.</param>
    public sealed record Request([Words(LoadDemo.Shop)] string? Shop);

    /// <param name="CanLoad">Nothing is here yet, and nobody loads it now.</param>
    /// <param name="Job">The job that loads it now.</param>
    public sealed record Response(string Object, bool CanLoad, JobView? Job);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/demo-shop", async (Db db, Actor actor, LoadDemoJob kind) => Results.Json(await Read(db, actor, kind), Json.Options))
            .Requires(Permission.AccessManage).OnlyForTheHouse().WithName("demo.get").WithSummary("May the demo shop be loaded?").WithTags("Demo").Produces<Response>();
        routes.MapPost("/demo-shop", async (Request body, Db db, TimeProvider clock, Actor actor, LoadDemoJob kind) =>
                (await Handle(body, db, clock, actor, kind)).ToHttp(202, job => "/api/v1/jobs/" + job.Id))
            .Requires(Permission.AccessManage).OnlyForTheHouse().WithName("demo.load").WithSummary("Load the demo shop into an empty installation, as a job").WithTags("Demo")
            .WithDescription("Products, places, stock, channels and orders of a made-up shop, without users. Refused once there is anything of your own: to be rid of it, begin with a new database.")
            .Produces<JobView>(202).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
    }

    public static Task<Response> Read(Db db, Actor actor, LoadDemoJob kind) => db.Read(actor, async work =>
    {
        string? running = (await Jobs(work, kind)).Find(j => !j.IsOver).Id;
        return new Response("demoShop", running is null && await IsEmpty(work), running is null ? null : await JobViews.Find(work, running));
    }, snapshot: true);

    /// <remarks>Errors: demo.not_empty, request.invalid with /shop.</remarks>
    public static async Task<Result<JobView>> Handle(Request body, Db db, TimeProvider clock, Actor actor, LoadDemoJob kind)
    {
        var checks = new Checks();
        checks.That(body.Shop == Shop, "/shop", "field.unknown_value", $"shop must be {Shop}.");
        if (checks.AnyFault) return checks.ToError();
        // Two who press the button at once have one key, and so one job.
        int before = await db.Read(actor, async work => (await Jobs(work, kind)).Count(j => j.IsOver));
        return await db.Write<JobView>(actor with { Stamp = RequestStamp.Of("demo-shop-" + Text.Invariant(before)) }, async work =>
        {
            if (!await IsEmpty(work)) return NotEmpty;
            var now = clock.GetUtcNow();
            return await StartJob.Handle(work, actor, now, new NewJob(kind, new LoadDemoJob.Arguments(Shop, now, kind.PastOrders)));
        });
    }

    /// <summary>Nothing is here but what a new database begins with: one place and no goods, orders, customers or drafts.</summary>
    private static async Task<bool> IsEmpty(Work work) => await work.Scalar(
        """
        select (select count(*) from (select 1 from products where merchant_id = @merchant limit 1) p)
             + (select count(*) from (select 1 from orders where merchant_id = @merchant limit 1) o)
             + (select count(*) from (select 1 from customers where merchant_id = @merchant limit 1) c)
             + (select count(*) from (select 1 from drafts where merchant_id = @merchant limit 1) d)
             + (select count(*) from (select 1 from node_merchants where merchant_id = @merchant limit 2) n where (select count(*) from node_merchants where merchant_id = @merchant) > 1)
        """) == 0;

    private static Task<List<(string Id, bool IsOver)>> Jobs(Work work, LoadDemoJob kind) => work.Query(
        "select id, ended_at_ms from jobs where merchant_id = @merchant and kind = @kind order by no desc limit 100", row => (row.Text(), row.LongOrNull() is not null), ("kind", kind.Code));
}
