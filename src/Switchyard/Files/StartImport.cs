using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>Starts the import of a file that was sent in, or shows what would become of its first rows.</summary>
public static class StartImport
{
    /// <param name="Kind">products, stock, customers, orders … as <c>GET /imports/kinds</c> lists them.</param>
    /// <param name="File">The id of a file that was sent in.</param>
    /// <param name="Mapping">How its columns are to be read; null: by their names.</param>
    /// <param name="SavedMapping">The name of a kept mapping, instead of one.</param>
    /// <param name="DryRun">Check every row and keep nothing.</param>
    /// <param name="Upsert">False: rows of what exists already are refused. True when left out.</param>
    /// <param name="As">Of orders: history or open.</param>
    /// <param name="Channel">Of orders: the channel's code.</param>
    public sealed record Request(string? Kind, string? File, JsonElement? Mapping, string? SavedMapping, bool? DryRun, bool? Upsert, string? As, string? Channel);

    /// <param name="Columns">That it knows; there may be more by form, such as price_GBP.</param>
    public sealed record KindView(string Kind, IReadOnlyList<ColumnView> Columns, bool CanUndo);

    public sealed record ColumnView(string Name, bool IsRequired, IReadOnlyList<string> Aliases);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/imports/kinds", (IEnumerable<JobKind> kinds, Actor actor) => new Page<KindView>([.. Kinds(kinds, actor).Select(k =>
                new KindView(k.Kind, [.. k.Columns.Select(c => new ColumnView(c.Name, c.IsRequired, c.Aliases))], k.CanUndo))], null, false))
            .IsOpenToAnySignedIn().WithName("imports.kinds").WithSummary("What the caller may import, and its columns").WithTags("Files").Produces<Page<KindView>>();
        routes.MapPost("/imports", async (Request body, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds, CancellationToken stop) =>
                (await Handle(body, db, clock, actor, kinds, stop)).ToHttp(202, job => "/api/v1/imports/" + job.Id))
            .IsOpenToAnySignedIn().WithName("imports.start").WithSummary("Import a file that was sent in, as a job").WithTags("Files")
            .WithDescription("Answers 202 with the job: GET /jobs/{id} for its progress, GET /imports/{id} for counts and errors, GET /imports/{id}/errors.csv for the rows that failed, to be mended and sent again, POST /imports/{id}/undo.")
            .Produces<JobView>(202).ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/imports/preview", async (Request body, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds, CancellationToken stop) =>
                (await Preview(body, db, clock, actor, kinds, stop)).ToHttp())
            .IsOpenToAnySignedIn().WithName("imports.preview").WithSummary("What would become of a file: its columns, a guessed mapping, its first rows").WithTags("Files")
            .Produces<ImportPreview>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/imports/{id}/undo", async (string id, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds) =>
                (await ChangeJob.Undo(id, db, clock, actor, kinds.OfType<ImportJob>())).ToHttp(202))
            .IsOpenToAnySignedIn().WithName("imports.undo").WithSummary("Take an import back, as a job").WithTags("Files")
            .WithDescription("Row by row, the last first: what was changed since is left and said so; stock goes back by adjustments; what was made goes, or is put away when it is in use.")
            .Produces<JobView>(202).ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: request.invalid with pointers, uploads.not_found, mappings.not_found, access.house_only, those of the file's header.</remarks>
    public static async Task<Result<JobView>> Handle(Request body, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds, CancellationToken stop)
    {
        var wish = await Check(body, db, actor, kinds);
        if (wish.Error is { } faults) return faults;
        var (kind, wanted) = wish.Value;
        var arguments = await kind.Prepare(wanted, db, actor, stop);
        if (arguments.Error is { } refused) return refused;
        return await db.Write<JobView>(actor, async work => await StartJob.Handle(work, actor, clock.GetUtcNow(), new NewJob(kind, arguments.Value)));
    }

    public static async Task<Result<ImportPreview>> Preview(Request body, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds, CancellationToken stop)
    {
        var wish = await Check(body, db, actor with { Stamp = null }, kinds);
        return wish.Error is { } faults ? faults : await wish.Value.Kind.Preview(wish.Value.Wish, db, clock, actor with { Stamp = null }, stop);
    }

    /// <summary>The kinds the caller may import.</summary>
    internal static IEnumerable<ImportJob> Kinds(IEnumerable<JobKind> kinds, Actor actor) =>
        kinds.OfType<ImportJob>().Where(k => actor.May(k.Permission) && (!k.IsShared || actor.IsHouse)).OrderBy(k => k.Kind, StringComparer.Ordinal);

    private static async Task<Result<(ImportJob Kind, ImportWish Wish)>> Check(Request body, Db db, Actor actor, IEnumerable<JobKind> kinds)
    {
        var checks = new Checks();
        var mine = Kinds(kinds, actor).ToList();
        var kind = mine.Find(k => k.Kind == body.Kind);
        checks.That(kind is not null, "/kind", "field.unknown_value", $"kind must be one of {string.Join(", ", mine.Select(k => k.Kind))}.");
        checks.That(UploadId.TryParse(body.File, null, out _), "/file", "field.malformed", "An id of the form upl_… is expected: send the file to POST /uploads first.");
        checks.That(body.Mapping is null or { ValueKind: JsonValueKind.Null } || body.SavedMapping is null, "/savedMapping", "field.malformed", "Send a mapping, or the name of a kept one, not both.");
        checks.Text(body.SavedMapping, "/savedMapping", KeepMappings.MostName);
        checks.Text(body.Channel, "/channel", 64);
        checks.That(body.As is null or "history" or "open", "/as", "field.unknown_value", "as must be history or open.");
        if (checks.AnyFault) return checks.ToError();
        if (await Uploads.Find(db, actor, body.File) is not { } file) return UploadErrors.NotFound(body.File);
        var mapping = body.Mapping is { ValueKind: JsonValueKind.Null } ? null : body.Mapping;
        if (body.SavedMapping is { } name)
        {
            var kept = await KeepMappings.Find(db, actor, kind!.Kind, name);
            if (kept is null && kind.NamedMapping(name) is null) return MappingErrors.NotFound(kind.Kind, name);
            mapping = kept?.Mapping ?? kind.NamedMapping(name);
        }
        return (kind!, new ImportWish(file, mapping, body.SavedMapping, body.DryRun ?? false, body.Upsert ?? true, body.As, body.Channel));
    }
}
