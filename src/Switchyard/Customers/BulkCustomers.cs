using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Customers;

/// <summary>Tags many customers, or takes tags off, as a job.</summary>
public static class BulkCustomers
{
    /// <summary>The most customers that are named, and that a query may choose.</summary>
    public const int MostIds = 10_000, MostByQuery = 100_000;

    /// <param name="Action">tag or untag.</param>
    /// <param name="Ids">The customers; or else a query.</param>
    /// <param name="Query">All customers it finds at this moment, as in the list.</param>
    /// <param name="DryRun">Only say how many customers it would be.</param>
    public sealed record Request(string? Action, IReadOnlyList<string?>? Ids, string? Query, Arguments? Arguments, bool? DryRun);

    public sealed record Arguments(IReadOnlyList<string?>? Tags);

    /// <param name="IsExact">False when there are more than 10,000.</param>
    public sealed record DryRun(string Action, long Count, bool IsExact)
    {
        public bool IsDryRun => true;
    }

    private sealed record Chosen(IReadOnlyList<CustomerId>? Ids, BoundQuery? Query);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/customers/bulk", async (Request body, Actor actor, Db db, TimeProvider clock, CustomersBulkJob kind) =>
                body.DryRun is true ? (await Count(body, actor, db, clock)).ToHttp() : (await Handle(body, actor, db, clock, kind)).ToHttp(202))
            .Requires(Permission.CustomersWrite).WithName("customers.bulk").WithSummary("Tag many customers, as a job").WithTags("Customers")
            .WithDescription("Answers 202 with the job, which can be undone; with dryRun 200 with the count. action: tag or untag.")
            .Produces<JobView>(202).Produces<DryRun>().ProducesProblem(400).ProducesProblem(422);

    /// <remarks>Errors: customers.too_many, those of the query.</remarks>
    public static async Task<Result<JobView>> Handle(Request body, Actor actor, Db db, TimeProvider clock, CustomersBulkJob kind)
    {
        var chosen = Check(body, actor, clock);
        if (chosen.Error is { } faults) return faults;
        return await db.Write<JobView>(actor, async work =>
        {
            var ids = chosen.Value.Ids ?? await Find(work, chosen.Value.Query);
            if (ids.Count > MostByQuery) return CustomerErrors.TooMany(MostByQuery);
            return await StartJob.Handle(work, actor, clock.GetUtcNow(), new NewJob(kind, new CustomersJob(body.Action!, CustomersBulkJob.Tags(body.Arguments?.Tags), body.Query))
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
                return new DryRun(body.Action!, (await work.Query("select count(*) from @rows r join customers c on c.id = r.id and c.merchant_id = @merchant",
                    Rows.Of(ids).Uuid("id", i => i.Value), row => row.Long())).Single(), true);
            var count = await SearchList.Count(work, CustomersList.Spec, chosen.Value.Query);
            return new DryRun(body.Action!, count.Count, count.IsExact);
        });
    }

    private static async Task<IReadOnlyList<CustomerId>> Find(Work work, BoundQuery? query) =>
        Sorted((await SearchList.All(work, CustomersList.Spec, query, MostByQuery)).Select(k => new CustomerId((Guid)k.Id)));

    private static Result<Chosen> Check(Request body, Actor actor, TimeProvider clock)
    {
        var checks = new Checks();
        checks.That(body.Action is not null && CustomersBulkJob.Actions.Contains(body.Action), "/action", "field.unknown_value",
            $"action must be one of {string.Join(", ", CustomersBulkJob.Actions)}.");
        checks.That(body.Ids is null != string.IsNullOrWhiteSpace(body.Query), "/ids", "field.required", "Say which customers: ids, or a query.");
        checks.That(body.Ids is null or { Count: > 0 and <= MostIds }, "/ids", "field.out_of_range", $"Send 1 to {MostIds:N0} ids of customers, or a query.");
        for (int i = 0; i < Math.Min(body.Ids?.Count ?? 0, MostIds); i++)
            checks.That(CustomerId.TryParse(body.Ids![i], null, out _), $"/ids/{i}", "field.malformed", "An id of the form cus_… is expected.");
        var tags = body.Arguments?.Tags ?? [];
        checks.That(tags.Count is > 0 and <= CustomerBody.MostTags, "/arguments/tags", "field.required", $"Say which tags, at most {CustomerBody.MostTags}.");
        foreach (var (i, tag) in tags.Take(CustomerBody.MostTags).Index()) checks.Words(tag, $"/arguments/tags/{i}", 64, required: true);
        if (checks.AnyFault) return checks.ToError();
        if (body.Ids is { } ids) return new Chosen(Sorted(ids.Select(id => CustomerId.Parse(id!, null)).Distinct()), null);
        var query = QueryBinder.ReadMember(body.Query, CustomersList.Spec.For(actor).Fields, clock.GetUtcNow());
        return query.Error is { } error ? error : new Chosen(null, query.Value);
    }

    // Sorted by id, as customers are locked everywhere.
    private static List<CustomerId> Sorted(IEnumerable<CustomerId> ids) => [.. ids.OrderBy(id => id.ToString(), StringComparer.Ordinal)];
}
