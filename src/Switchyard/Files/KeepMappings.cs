using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>A mapping kept under a name for the files of one kind.</summary>
public sealed record MappingView(string Kind, string Name, JsonElement Mapping, long Version, string Who, DateTimeOffset UpdatedAt)
{
    [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
    public string Object => "importMapping";
}

/// <summary>Keeps mappings of files, per merchant and kind, for all who may import that kind.</summary>
public static class KeepMappings
{
    public const int MostName = 80, MostMappings = 200;

    public sealed record Request(JsonElement? Mapping);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/import-mappings", async (string? kind, Db db, Actor actor, IEnumerable<JobKind> kinds) => (await List(kind, db, actor, kinds)).ToHttp())
            .IsOpenToAnySignedIn().WithName("mappings.list").WithSummary("The kept mappings of files the caller may import").WithTags("Files").Produces<Page<MappingView>>().ProducesProblem(400);
        routes.MapGet("/import-mappings/{kind}/{name}", async (string kind, string name, Db db, Actor actor, IEnumerable<JobKind> kinds, HttpContext http) =>
                Answer(await Read(kind, name, db, actor, kinds), http))
            .IsOpenToAnySignedIn().WithName("mappings.read").WithSummary("Read a kept mapping").WithTags("Files").Produces<MappingView>().ProducesProblem(404);
        routes.MapPut("/import-mappings/{kind}/{name}", async (string kind, string name, Request body, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : Answer(await Write(kind, name, body, expected.Value, db, clock, actor, kinds), http);
            })
            .IsOpenToAnySignedIn().WithName("mappings.write").WithSummary("Keep a mapping under a name").WithTags("Files")
            .Produces<MappingView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(412).ProducesProblem(422);
        routes.MapDelete("/import-mappings/{kind}/{name}", async (string kind, string name, Db db, Actor actor, IEnumerable<JobKind> kinds) => (await Delete(kind, name, db, actor, kinds)).ToHttp())
            .IsOpenToAnySignedIn().WithName("mappings.delete").WithSummary("Drop a kept mapping").WithTags("Files").Produces<Done>().ProducesProblem(404);
    }

    internal static Task<MappingView?> Find(Db db, Actor actor, string kind, string name) => db.Read(actor, work => Find(work, kind, name));

    private static Task<MappingView?> Find(Work work, string kind, string name, bool locked = false) => !Text.IsStorable(name) ? Task.FromResult<MappingView?>(null)
        : work.Find($"select {Columns} from import_mappings where merchant_id = @merchant and kind = @kind and name_key = @key{(locked ? " for update" : "")}", Row, ("kind", kind), ("key", Text.Key(name)));

    private const string Columns = "kind, name, document, version, who, updated_at_ms";

    private static MappingView Row(Row row) => new(row.Text(), row.Text(), JsonDocument.Parse(row.Text()).RootElement, row.Long(), row.Text(), row.Instant());

    private static async Task<Result<Page<MappingView>>> List(string? kind, Db db, Actor actor, IEnumerable<JobKind> kinds)
    {
        string[] seen = [.. StartImport.Kinds(kinds, actor).Select(k => k.Kind).Where(k => kind is null || k == kind)];
        return await db.Read<Result<Page<MappingView>>>(actor, async work => new Page<MappingView>(
            await work.Query($"select {Columns} from import_mappings where merchant_id = @merchant and kind = any(@kinds) order by kind, name_key limit {MostMappings * 20}", Row, ("kinds", seen)), null, false));
    }

    private static async Task<Result<MappingView>> Read(string kind, string name, Db db, Actor actor, IEnumerable<JobKind> kinds) =>
        StartImport.Kinds(kinds, actor).Any(k => k.Kind == kind) && await Find(db, actor, kind, name) is { } found ? found : MappingErrors.NotFound(kind, name);

    /// <remarks>Errors: request.invalid with pointers into the mapping, mappings.not_found for a kind one may not import, mappings.changed, mappings.too_many.</remarks>
    public static async Task<Result<MappingView>> Write(string kind, string name, Request body, long? expected, Db db, TimeProvider clock, Actor actor, IEnumerable<JobKind> kinds)
    {
        if (StartImport.Kinds(kinds, actor).FirstOrDefault(k => k.Kind == kind) is not { } known) return MappingErrors.NotFound(kind, name);
        var checks = new Checks();
        checks.Text(name, "#name", MostName, required: true);
        checks.That(body.Mapping is { ValueKind: JsonValueKind.Object }, "/mapping", "field.required", "mapping is a JSON object.");
        if (checks.AnyFault) return checks.ToError();
        if (known.CheckMapping(body.Mapping!.Value, "/mapping").Error is { } malformed) return malformed;
        string document = body.Mapping!.Value.GetRawText();
        if (document.Length > FileMapping.MostBytes) return Error.Invalid([new FieldError("/mapping", "field.too_long", $"A mapping has at most {FileMapping.MostBytes} characters.")]);
        return await db.Write<MappingView>(actor, async work =>
        {
            var stored = await Find(work, kind, name, locked: true);
            if (expected is { } version && (stored?.Version ?? 0) != version) return MappingErrors.Changed(stored?.Version ?? 0);
            if (stored is null && await work.Scalar("select count(*) from import_mappings where merchant_id = @merchant and kind = @kind", ("kind", kind)) >= MostMappings)
                return MappingErrors.TooMany(MostMappings);
            await work.Execute(
                """
                insert into import_mappings (merchant_id, kind, name_key, name, document, who, updated_at_ms) values (@merchant, @kind, @key, @name, @document, @who, @now)
                on conflict (merchant_id, kind, name_key) do update set name = excluded.name, document = excluded.document, who = excluded.who,
                       updated_at_ms = excluded.updated_at_ms, version = import_mappings.version + 1
                """, ("kind", kind), ("key", Text.Key(name)), ("name", name.Trim()), ("document", document), ("who", actor.Id), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
            return (await Find(work, kind, name))!;
        });
    }

    private static async Task<Result<Done>> Delete(string kind, string name, Db db, Actor actor, IEnumerable<JobKind> kinds)
    {
        if (!Text.IsStorable(name) || StartImport.Kinds(kinds, actor).All(k => k.Kind != kind)) return MappingErrors.NotFound(kind, name);
        return await db.Write<Done>(actor, async work => await work.Execute("delete from import_mappings where merchant_id = @merchant and kind = @kind and name_key = @key",
            ("kind", kind), ("key", Text.Key(name))) == 0 ? MappingErrors.NotFound(kind, name) : new Done());
    }

    private static IResult Answer(Result<MappingView> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }
}

public static class MappingErrors
{
    public static Error NotFound(string kind, string name) => Error.NotFound("mappings.not_found", $"There is no mapping {name} for {kind}.");
    public static Error TooMany(int most) => Error.Unprocessable("mappings.too_many", $"At most {most} mappings are kept for a kind.");
    public static Error Changed(long version) => new(ErrorKind.Precondition, "mappings.changed", "The mapping was changed meanwhile; read it again.", [])
    { Extra = new Dictionary<string, object?> { ["version"] = version } };
}
