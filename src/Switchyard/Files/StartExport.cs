using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Files;

/// <summary>Starts an export of what a query finds, as a job with a result file.</summary>
public static class StartExport
{
    /// <summary>The most things that are named one by one.</summary>
    public const int MostIds = 10_000;
    private const int MostColumns = 200;

    /// <param name="List">orders, lines, products, stock, customers or events, as <c>GET /exports</c> lists them.</param>
    /// <param name="Query">As in that list; everything when left out.</param>
    /// <param name="Columns">In this order; all when left out.</param>
    /// <param name="Format">csv (the default) or ndjson.</param>
    public sealed record Request(string? List, string? Query, IReadOnlyList<string?>? Columns, string? Format);

    public sealed record SourceView(string List, IReadOnlyList<string> Columns, IReadOnlyList<string> Formats);

    private static readonly string[] Formats = ["csv", "ndjson"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/exports", (IEnumerable<JobKind> kinds, Actor actor) => new Page<SourceView>(
                [.. Mine(kinds, actor).Select(e => new SourceView(e.Source.Name, e.Source.Columns, Formats))], null, false))
            .IsOpenToAnySignedIn().WithName("exports.list").WithSummary("What the caller may export, and its columns").WithTags("Files").Produces<Page<SourceView>>();
        routes.MapPost("/exports", async (Request body, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds) =>
                (await Handle(body, db, clock, actor, kinds)).ToHttp(202, job => "/api/v1/jobs/" + job.Id))
            .IsOpenToAnySignedIn().WithName("exports.start").WithSummary("Export what a query finds, as a job").WithTags("Files")
            .WithDescription("Answers 202 with the job; when it is done GET /jobs/{id}/result has the file. Amounts are in major units; CSV is UTF-8 and no cell of it is run as a formula.")
            .Produces<JobView>(202).ProducesProblem(400);
    }

    /// <summary>Registers the job of a source.</summary>
    public static IServiceCollection AddExport(this IServiceCollection services, ExportSource source) => services.AddSingleton<JobKind>(new ExportJob(source));

    /// <remarks>Errors: request.invalid with pointers /list, /columns/n, /format, /query (and the column).</remarks>
    public static async Task<Result<JobView>> Handle(Request body, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds)
    {
        var mine = Mine(kinds, actor).ToList();
        if (mine.Find(e => e.Source.Name == body.List) is not { } job)
            return Error.Invalid([new FieldError("/list", "field.unknown_value", $"list must be one of {string.Join(", ", mine.Select(e => e.Source.Name))}.")]);
        if (Check(job.Source, body.Columns, body.Format, "") is { } faults) return faults;
        if (QueryBinder.ReadMember(body.Query, job.Source.FieldsFor(actor), clock.GetUtcNow()).Error is { } malformed) return malformed;
        return await db.Write<JobView>(actor, async work => await Begin(work, actor, clock.GetUtcNow(), job, body.Query, null, body.Columns, body.Format));
    }

    /// <summary>What is wrong with the columns and the format.</summary>
    public static Error? Check(ExportSource source, IReadOnlyList<string?>? columns, string? format, string at)
    {
        var checks = new Checks();
        checks.That(format is null || Formats.Contains(format), at + "/format", "field.unknown_value", "format must be csv or ndjson.");
        checks.That(columns is null or { Count: > 0 and <= MostColumns }, at + "/columns", "field.out_of_range", $"Name 1 to {MostColumns} columns, or none for all.");
        foreach (var (i, column) in (columns ?? []).Take(MostColumns).Index())
            checks.That(column is not null && source.Columns.Contains(column), $"{at}/columns/{i}", "field.unknown_value", $"There is no such column. There are: {string.Join(", ", source.Columns)}.");
        return checks.AnyFault ? checks.ToError() : null;
    }

    /// <summary>Begins the job in the transaction of a request.</summary>
    /// <param name="ids">The things one by one, instead of a query.</param>
    public static Task<JobView> Begin(Work work, Actor actor, DateTimeOffset now, ExportJob job, string? query, IReadOnlyList<string>? ids, IReadOnlyList<string?>? columns, string? format) =>
        StartJob.Handle(work, actor, now, new NewJob(job, new WantedExport(job.Source.Name, query, [.. (columns ?? job.Source.Columns).OfType<string>().Distinct()], format ?? "csv", ids?.Count))
        { Input = ids is null ? null : JsonSerializer.SerializeToUtf8Bytes(ids, Json.Options) });

    private static IEnumerable<ExportJob> Mine(IEnumerable<JobKind> kinds, Actor actor) =>
        kinds.OfType<ExportJob>().Where(e => actor.May(e.Permission)).OrderBy(e => e.Source.Name, StringComparer.Ordinal);
}
