using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Does one thing to many orders, as a job: each order goes through the same slice as when it is done alone.</summary>
public static class BulkOrders
{
    public const int MostIds = 10_000;

    /// <param name="Action">tag, untag, hold, releaseHold or cancel.</param>
    /// <param name="Arguments">As the single action takes them: tags, reason, kind.</param>
    /// <param name="DryRun">Only say how many orders it would be.</param>
    public sealed record Request(string? Action, IReadOnlyList<string?>? Ids, BulkArguments? Arguments, bool? DryRun);

    public sealed record DryRun(string Action, long Count)
    {
        public bool IsDryRun => true;
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/bulk", async (Request body, Actor actor, Db db, TimeProvider clock, OrdersBulkJob kind) =>
                body.DryRun is true ? (await Count(body, actor, db)).ToHttp() : (await Handle(body, actor, db, clock, kind)).ToHttp(202))
            .Requires(Permission.OrdersWrite).WithName("orders.bulk").WithSummary("Do one thing to many orders, as a job").WithTags("Orders")
            .WithDescription("Answers 202 with the job; follow GET /jobs/{id}, and /jobs/{id}/rows?state=failed for what was refused. With dryRun: 200 with the count.")
            .Produces<JobView>(202).Produces<DryRun>().ProducesProblem(400).ProducesProblem(403);

    /// <remarks>Errors: access.forbidden when the action needs a right of its own.</remarks>
    public static async Task<Result<JobView>> Handle(Request body, Actor actor, Db db, TimeProvider clock, OrdersBulkJob kind)
    {
        if (Check(body, actor) is { } faults) return faults;
        var ids = Ids(body);
        return await db.Write<JobView>(actor, async work => await StartJob.Handle(work, actor, clock.GetUtcNow(),
            new NewJob(kind, new BulkJob(body.Action!, body.Arguments ?? new BulkArguments(null, null, null)))
            {
                Rows = [.. ids.Select((id, i) => new JobRow(i + 1, id.ToString(), JobRowState.Waiting))],
            }));
    }

    /// <summary>Of ids it is how many of them there are.</summary>
    public static async Task<Result<DryRun>> Count(Request body, Actor actor, Db db)
    {
        if (Check(body, actor) is { } faults) return faults;
        long count = await db.Read(actor, async work => (await work.Query("select count(*) from @rows r join orders o on o.id = r.id and o.merchant_id = @merchant",
            Rows.Of(Ids(body)).Uuid("id", id => id.Value), row => row.Long())).Sum());
        return new DryRun(body.Action!, count);
    }

    private static Error? Check(Request body, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Action is not null && OrdersBulkJob.Actions.Contains(body.Action), "/action", "field.unknown_value",
            $"action must be one of {string.Join(", ", OrdersBulkJob.Actions)}.");
        checks.That(body.Ids is { Count: > 0 and <= MostIds }, "/ids", "field.out_of_range", $"Send 1 to {MostIds:N0} ids of orders.");
        for (int i = 0; i < Math.Min(body.Ids?.Count ?? 0, MostIds); i++)
            checks.That(OrderId.TryParse(body.Ids![i], null, out _), $"/ids/{i}", "field.malformed", "An id of the form ord_… is expected.");
        if (checks.AnyFault) return checks.ToError();
        var arguments = body.Arguments ?? new BulkArguments(null, null, null);
        if (OrdersBulkJob.Check(body.Action!, arguments) is { } refused)
            return refused with { Fields = [.. refused.Fields.Select(f => f with { Pointer = "/arguments" + f.Pointer })] };
        return body.Action == "cancel" && !actor.May(Permission.OrdersCancel) ? AccessErrors.Forbidden : null;
    }

    // Sorted by id, as orders are locked everywhere.
    private static List<OrderId> Ids(Request body) => [.. body.Ids!.Select(id => OrderId.Parse(id!, null)).Distinct().OrderBy(id => id.ToString(), StringComparer.Ordinal)];
}
