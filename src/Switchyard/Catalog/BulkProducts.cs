using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Catalog;

/// <summary>Does one thing to many products, as a job.</summary>
public static class BulkProducts
{
    /// <summary>The most products that are named, and that a query may choose.</summary>
    public const int MostSkus = 10_000, MostByQuery = 100_000;

    /// <param name="Action">tag, untag, activate or archive.</param>
    /// <param name="Skus">The products; or else a query.</param>
    /// <param name="Query">All products it finds at this moment, as in the list.</param>
    /// <param name="Arguments">For tag and untag the tags.</param>
    /// <param name="DryRun">Only say how many products it would be.</param>
    public sealed record Request(string? Action, IReadOnlyList<string?>? Skus, string? Query, BulkProductArguments? Arguments, bool? DryRun);

    /// <param name="IsExact">False when there are more than 10,000.</param>
    public sealed record DryRun(string Action, long Count, bool IsExact)
    {
        public bool IsDryRun => true;
    }

    private sealed record Chosen(IReadOnlyList<string>? Keys, BoundQuery? Query);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/products/bulk", async (Request body, Actor actor, Db db, TimeProvider clock, ProductsBulkJob kind) =>
                body.DryRun is true ? (await Count(body, actor, db, clock)).ToHttp() : (await Handle(body, actor, db, clock, kind)).ToHttp(202))
            .Requires(Permission.CatalogWrite).WithName("catalog.bulk").WithSummary("Do one thing to many products, as a job").WithTags("Catalog")
            .WithDescription("Answers 202 with the job, which can be undone; with dryRun 200 with the count. action: tag, untag, activate or archive.")
            .Produces<JobView>(202).Produces<DryRun>().ProducesProblem(400);

    /// <remarks>Errors: catalog.too_many, those of the query.</remarks>
    public static async Task<Result<JobView>> Handle(Request body, Actor actor, Db db, TimeProvider clock, ProductsBulkJob kind)
    {
        var chosen = Check(body, actor, clock);
        if (chosen.Error is { } faults) return faults;
        return await db.Write<JobView>(actor, async work =>
        {
            var skus = chosen.Value.Keys ?? await Find(work, chosen.Value.Query);
            if (skus.Count > MostByQuery) return CatalogErrors.TooMany(MostByQuery);
            return await StartJob.Handle(work, actor, clock.GetUtcNow(), new NewJob(kind, new ProductsJob(body.Action!, ProductsBulkJob.Tags(body.Arguments), body.Query))
            {
                Rows = [.. skus.Select((sku, i) => new JobRow(i + 1, sku, JobRowState.Waiting))],
            });
        });
    }

    /// <summary>Of SKUs it is how many of them there are.</summary>
    public static async Task<Result<DryRun>> Count(Request body, Actor actor, Db db, TimeProvider clock)
    {
        var chosen = Check(body, actor, clock);
        if (chosen.Error is { } faults) return faults;
        return await db.Read<Result<DryRun>>(actor, async work =>
        {
            if (chosen.Value.Keys is { } keys)
                return new DryRun(body.Action!, await work.Scalar("select count(*) from products where merchant_id = @merchant and sku_key = any(@keys)", ("keys", keys.ToArray())), true);
            var count = await SearchList.Count(work, ProductsList.Spec, chosen.Value.Query);
            return new DryRun(body.Action!, count.Count, count.IsExact);
        });
    }

    private static async Task<IReadOnlyList<string>> Find(Work work, BoundQuery? query) =>
        [.. (await SearchList.All(work, ProductsList.Spec, query, MostByQuery)).Select(k => (string)k.Value).Order(StringComparer.Ordinal)];

    private static Result<Chosen> Check(Request body, Actor actor, TimeProvider clock)
    {
        var checks = new Checks();
        checks.That(body.Action is not null && ProductsBulkJob.Actions.Contains(body.Action), "/action", "field.unknown_value",
            $"action must be one of {string.Join(", ", ProductsBulkJob.Actions)}.");
        checks.That(body.Skus is null != string.IsNullOrWhiteSpace(body.Query), "/skus", "field.required", "Say which products: skus, or a query.");
        checks.That(body.Skus is null or { Count: > 0 and <= MostSkus }, "/skus", "field.out_of_range", $"Send 1 to {MostSkus:N0} SKUs, or a query.");
        for (int i = 0; i < Math.Min(body.Skus?.Count ?? 0, MostSkus); i++) checks.Text(body.Skus![i], $"/skus/{i}", ProductChecks.MostSku, required: true);
        var tags = ProductChecks.Tags(checks, body.Arguments?.Tags ?? [], "/arguments/tags");
        if (body.Action is "tag" or "untag") checks.That(tags.Count > 0, "/arguments/tags", "field.required", "Say which tags.");
        if (checks.AnyFault) return checks.ToError();
        if (body.Skus is { } skus) return new Chosen([.. skus.Select(s => Text.Key(s!)).Distinct().Order(StringComparer.Ordinal)], null);
        var query = QueryBinder.ReadMember(body.Query, ProductsList.Spec.For(actor).Fields, clock.GetUtcNow());
        return query.Error is { } error ? error : new Chosen(null, query.Value);
    }
}
