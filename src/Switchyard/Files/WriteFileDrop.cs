using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Files;

/// <summary>Sets up folders from which files are imported, and shows what was taken from them.</summary>
public static class WriteFileDrop
{
    private const int MostDrops = 100, MostFiles = 100;

    /// <param name="Kind">products, stock, orders … as <c>GET /imports/kinds</c> lists them.</param>
    /// <param name="Mapping">The name of a kept mapping; left out, columns are found by their names.</param>
    /// <param name="As">Of orders: history or open.</param>
    /// <param name="Channel">Of orders: the channel's code.</param>
    /// <param name="IsActive">False: nothing is taken from it.</param>
    public sealed record Request(string? Kind, string? Mapping = null, [property: Words("history", "open")] string? As = null, string? Channel = null, bool IsActive = true);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/file-drops", async (Db db, Actor actor) => Results.Json(new Page<FileDropView>(
                [.. (await db.Read(actor, work => work.Query($"select {FileDrop.Columns} from file_drops d where d.merchant_id = @merchant order by d.code limit @most", FileDrop.Read, ("most", (long)MostDrops))))
                    .Select(FileDropView.Of)], null, false), Json.Options))
            .Requires(Permission.SettingsRead).WithName("files.listDrops").WithTags("Files").WithSummary("The folders from which files are imported").Produces<Page<FileDropView>>();
        routes.MapGet("/file-drops/{code}", async (string code, Db db, Actor actor, HttpContext http) =>
            {
                if (!Text.IsStorable(code) || await db.Read(actor, work => FileDrop.Find(work, code)) is not { } found) return DropErrors.NotFound(code).ToHttp();
                ETag.Set(http, found.Version);
                return Results.Json(FileDropView.Of(found), Json.Options);
            })
            .Requires(Permission.SettingsRead).WithName("files.getDrop").WithTags("Files").WithSummary("Read a folder from which files are imported").Produces<FileDropView>().ProducesProblem(404);
        routes.MapGet("/file-drops/{code}/files", async (string code, Db db, Actor actor) => (await Files(code, db, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("files.listDropped").WithTags("Files").WithSummary("The last hundred files that were taken from a folder, the newest first")
            .Produces<Page<DroppedFileView>>().ProducesProblem(404);
        routes.MapPut("/file-drops/{code}", async (string code, Request body, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                if (expected.Error is { } error) return error.ToHttp();
                var saved = await Handle(code, body, expected.Value, db, clock, actor, kinds);
                if (saved.IsOk) ETag.Set(http, saved.Value.Version);
                return saved.ToHttp();
            })
            .Requires(Permission.SettingsWrite).WithName("files.writeDrop").WithTags("Files").WithSummary("Import the files that are put into a folder")
            .WithDescription("What it imports may do what the caller may: whoever changes it last lends it their rights.").Produces<FileDropView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(412).ProducesProblem(422);
        routes.MapDelete("/file-drops/{code}", async (string code, Db db, TimeProvider clock, Actor actor) => (await Delete(code, db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("files.deleteDrop").WithTags("Files").WithSummary("Import no more files from a folder; the folder stays where it is").Produces<Done>().ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid with pointers, mappings.not_found, drops.changed, drops.too_many.</remarks>
    private static async Task<Result<FileDropView>> Handle(string code, Request body, long? expected, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds)
    {
        var mine = StartImport.Kinds(kinds, actor).ToList();
        var kind = mine.Find(k => k.Kind == body.Kind);
        var checks = new Checks();
        checks.That(Text.IsCode(code), "#code", "field.not_code", "A code has 1 to 64 visible characters and no blanks.");
        checks.That(kind is not null, "/kind", "field.unknown_value", $"kind must be one of {string.Join(", ", mine.Select(k => k.Kind))}.");
        checks.Text(body.Mapping, "/mapping", KeepMappings.MostName);
        checks.Text(body.Channel, "/channel", 64);
        checks.That(body.As is null or "history" or "open", "/as", "field.not_one_of", "as is history or open.");
        checks.That(kind is null || kind.Kind != "orders" || body.As is not null, "/as", "field.required", "Say as: history or open.");
        if (checks.AnyFault) return checks.ToError();
        if (body.Mapping is { } name && await KeepMappings.Find(db, actor, kind!.Kind, name) is null && kind.NamedMapping(name) is null) return MappingErrors.NotFound(kind.Kind, name);
        var now = clock.GetUtcNow();
        return await db.Write<FileDropView>(actor, async work =>
        {
            var present = await FileDrop.Find(work, code, locked: true);
            if (expected is { } version && version != (present?.Version ?? 0)) return DropErrors.Changed(present?.Version ?? 0);
            if (present is null && await work.Scalar("select count(*) from file_drops where merchant_id = @merchant") >= MostDrops) return DropErrors.TooMany(MostDrops);
            await work.Execute(
                """
                insert into file_drops (id, merchant_id, code, kind, mapping, taken_as, channel, is_active, rights, who, updated_at_ms)
                values (@id, @merchant, @code, @kind, @mapping::text, @as::text, @channel::text, @active, @rights, @who, @now)
                on conflict (merchant_id, code) do update set kind = excluded.kind, mapping = excluded.mapping, taken_as = excluded.taken_as, channel = excluded.channel,
                       is_active = excluded.is_active, rights = excluded.rights, who = excluded.who, updated_at_ms = excluded.updated_at_ms, version = file_drops.version + 1
                """, ("id", Guid.CreateVersion7(now)), ("code", code), ("kind", body.Kind), ("mapping", body.Mapping?.Trim()), ("as", body.As), ("channel", body.Channel), ("active", body.IsActive),
                ("rights", JobRights.Of(actor)), ("who", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("fileDrop", code, present is null ? "FileDropCreated" : "FileDropChanged", new { code, kind = body.Kind, isActive = body.IsActive }));
            return FileDropView.Of((await FileDrop.Find(work, code))!);
        });
    }

    private static Task<Result<Page<DroppedFileView>>> Files(string code, Db db, Actor actor) => db.Read<Result<Page<DroppedFileView>>>(actor, async work =>
        !Text.IsStorable(code) || await FileDrop.Find(work, code) is not { } drop ? DropErrors.NotFound(code)
        : new Page<DroppedFileView>(await work.Query("select name, state, job_id, fault, at_ms from file_drop_files where merchant_id = @merchant and drop_id = @drop order by id desc limit @most",
            row => new DroppedFileView(row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.Instant()), ("drop", drop.Id), ("most", (long)MostFiles)), null, false), snapshot: true);

    private static async Task<Result<Done>> Delete(string code, Db db, TimeProvider clock, Actor actor) => !Text.IsStorable(code) ? DropErrors.NotFound(code)
        : await db.Write<Done>(actor, async work =>
        {
            if (await FileDrop.Find(work, code, locked: true) is not { } drop) return DropErrors.NotFound(code);
            await work.Execute("delete from file_drop_files where merchant_id = @merchant and drop_id = @drop", ("drop", drop.Id));
            await work.Execute("delete from file_drops where merchant_id = @merchant and id = @drop", ("drop", drop.Id));
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("fileDrop", code, "FileDropDeleted", new { code }));
            return new Done();
        });
}

internal static class DropErrors
{
    public static Error NotFound(string code) => Error.NotFound("drops.not_found", $"There is no folder {code}.");
    public static Error TooMany(int most) => Error.Unprocessable("drops.too_many", $"At most {most} folders are watched.");
    public static Error Changed(long version) => new(ErrorKind.Precondition, "drops.changed", "The folder was changed meanwhile; read it again.", [])
    { Extra = new Dictionary<string, object?> { ["currentVersion"] = version } };
}
