using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Orders;

/// <summary>Does one thing to many orders, as a job: each order goes through the same slice as when it is done alone.</summary>
public static class BulkOrders
{
    /// <summary>The most orders that are named, and that a query may choose.</summary>
    public const int MostIds = 10_000, MostByQuery = 100_000;

    /// <param name="Action">tag, untag, priority, hold, releaseHold, cancel, assign or export.</param>
    /// <param name="Ids">The orders; or else a query.</param>
    /// <param name="Query">All orders it finds at this moment, as in the list.</param>
    /// <param name="Arguments">As the single action takes them: tags, reason, kind, assignee, priority, columns and format.</param>
    /// <param name="DryRun">Only say how many orders it would be.</param>
    public sealed record Request([Words("tag", "untag", "priority", "hold", "releaseHold", "cancel", "assign", "export")] string? Action, IReadOnlyList<string?>? Ids, string? Query, BulkArguments? Arguments, bool? DryRun);

    /// <param name="IsExact">False when there are more than 10,000.</param>
    public sealed record DryRun(string Action, long Count, bool IsExact)
    {
        public bool IsDryRun => true;
    }

    private sealed record Chosen(IReadOnlyList<OrderId>? Ids, BoundQuery? Query);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/bulk", async (Request body, Actor actor, Db db, TimeProvider clock, OrdersBulkJob kind, IEnumerable<JobKind> kinds) =>
                body.DryRun is true ? (await Count(body, actor, db, clock)).ToHttp() : (await Handle(body, actor, db, clock, kind, kinds)).ToHttp(202))
            .Requires(Permission.OrdersWrite).WithName("orders.bulk").WithSummary("Do one thing to many orders, as a job").WithTags("Orders")
            .WithDescription("Answers 202 with the job; follow GET /jobs/{id}, and /jobs/{id}/rows?state=failed for what was refused. With dryRun: 200 with the count.")
            .Produces<JobView>(202).Produces<DryRun>().ProducesProblem(400).ProducesProblem(403);

    /// <remarks>Errors: access.forbidden when the action needs a right of its own; orders.too_many, those of the query.</remarks>
    public static async Task<Result<JobView>> Handle(Request body, Actor actor, Db db, TimeProvider clock, OrdersBulkJob kind, IEnumerable<JobKind> kinds)
    {
        var chosen = Check(body, actor, clock);
        if (chosen.Error is { } faults) return faults;
        return await db.Write<JobView>(actor, async work =>
        {
            if (body.Action == "export")
                return await StartExport.Begin(work, actor, clock.GetUtcNow(), kinds.OfType<ExportJob>().Single(e => e.Source == OrderExports.Orders),
                    body.Query, chosen.Value.Ids?.Select(id => id.ToString()).ToList(), body.Arguments?.Columns, body.Arguments?.Format);
            var ids = chosen.Value.Ids ?? await Find(work, chosen.Value.Query, actor);
            if (ids.Count > MostByQuery) return OrderErrors.TooMany(MostByQuery);
            return await StartJob.Handle(work, actor, clock.GetUtcNow(), new NewJob(kind, new BulkJob(body.Action!, body.Arguments ?? BulkArguments.None, body.Query))
            {
                Rows = [.. ids.Select((id, i) => new JobRow(i + 1, id.ToString(), JobRowState.Waiting))],
            });
        });
    }

    /// <summary>Of ids it is how many of them there are.</summary>
    public static async Task<Result<DryRun>> Count(Request body, Actor actor, Db db, TimeProvider clock)
    {
        var chosen = Check(body, actor, clock);
        if (chosen.Error is { } faults) return faults;
        return await db.Read<Result<DryRun>>(actor, async work =>
        {
            if (chosen.Value.Ids is { } ids)
                return new DryRun(body.Action!, (await work.Query("select count(*) from @rows r join orders o on o.id = r.id and o.merchant_id = @merchant",
                    Rows.Of(ids).Uuid("id", id => id.Value), row => row.Long())).Sum(), true);
            var count = await SearchList.Count(work, OrdersList.Spec, chosen.Value.Query, ListOrders.Scope(actor), ("nodes", actor.NodeFilter ?? []));
            return new DryRun(body.Action!, count.Count, count.IsExact);
        });
    }

    private static async Task<IReadOnlyList<OrderId>> Find(Work work, BoundQuery? query, Actor actor) =>
        Sorted((await SearchList.All(work, OrdersList.Spec, query, MostByQuery, ListOrders.Scope(actor), ("nodes", actor.NodeFilter ?? []))).Select(k => new OrderId((Guid)k.Id)));

    private static Result<Chosen> Check(Request body, Actor actor, TimeProvider clock)
    {
        var checks = new Checks();
        checks.That(body.Action is not null && OrdersBulkJob.Actions.Contains(body.Action), "/action", "field.unknown_value",
            $"action must be one of {string.Join(", ", OrdersBulkJob.Actions)}.");
        checks.That(body.Ids is null != string.IsNullOrWhiteSpace(body.Query), "/ids", "field.required", "Say which orders: ids, or a query.");
        checks.That(body.Ids is null or { Count: > 0 and <= MostIds }, "/ids", "field.out_of_range", $"Send 1 to {MostIds:N0} ids of orders, or a query.");
        for (int i = 0; i < Math.Min(body.Ids?.Count ?? 0, MostIds); i++)
            checks.That(OrderId.TryParse(body.Ids![i], null, out _), $"/ids/{i}", "field.malformed", "An id of the form ord_… is expected.");
        if (checks.AnyFault) return checks.ToError();
        if (OrdersBulkJob.Check(body.Action!, body.Arguments ?? BulkArguments.None) is { } refused) return At("/arguments", refused);
        if (body.Action == "export" && !actor.May(Permission.OrdersRead)) return AccessErrors.Forbidden;
        if (body.Action == "cancel" && !actor.May(Permission.OrdersCancel)) return AccessErrors.Forbidden;
        if (body.Ids is { } ids) return new Chosen(Sorted(ids.Select(id => OrderId.Parse(id!, null)).Distinct()), null);
        var query = QueryBinder.ReadMember(body.Query, OrdersList.Spec.For(actor).Fields, clock.GetUtcNow());
        return query.Error is { } error ? error : new Chosen(null, query.Value);
    }

    private static Error At(string place, Error error) => error with { Fields = [.. error.Fields.Select(f => f with { Pointer = place + f.Pointer })] };

    // Sorted by id, as orders are locked everywhere.
    private static List<OrderId> Sorted(IEnumerable<OrderId> ids) => [.. ids.OrderBy(id => id.ToString(), StringComparer.Ordinal)];
}
