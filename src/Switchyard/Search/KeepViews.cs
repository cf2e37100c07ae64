using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Search;

/// <summary>Views of a list that people keep: a query, columns and a sort under a name, private or for all who may see the list.</summary>
public static class KeepViews
{
    public const int MostViews = 200, MostColumns = 50, MostName = 80;

    public sealed record Request(string? List, string? Name, string? Query, IReadOnlyList<string?>? Columns, string? Sort, bool? IsShared, bool? IsDefault);

    /// <param name="IsMine">Made by the caller; only such a view can be changed.</param>
    /// <param name="Count">How many the view finds, when counts were asked for.</param>
    public sealed record View(ViewId Id, string List, string Name, string Query, IReadOnlyList<string> Columns, string? Sort, bool IsShared, bool IsDefault, string Owner,
        bool IsMine, long Version, ListCount? Count);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/views", async (string? list, bool? counts, Db db, TimeProvider clock, Actor actor, IEnumerable<ListSpec> lists) => (await List(list, counts ?? false, db, clock, actor, lists)).ToHttp())
            .IsOpenToAnySignedIn().WithName("views.list").WithSummary("One's own views and the shared ones").WithTags("Search")
            .WithDescription("With counts=true each says how many it finds, exact to 10,000.").Produces<Page<View>>().ProducesProblem(400);
        routes.MapPost("/views", async (Request body, Db db, TimeProvider clock, Actor actor, IEnumerable<ListSpec> lists) => (await Save(null, body, db, clock, actor, lists)).ToHttp(201))
            .IsOpenToAnySignedIn().WithName("views.create").WithSummary("Keep a view").WithTags("Search").Produces<View>(201).ProducesProblem(400).ProducesProblem(422);
        routes.MapPut("/views/{id}", async (string id, Request body, Db db, TimeProvider clock, Actor actor, IEnumerable<ListSpec> lists) => (await Save(id, body, db, clock, actor, lists)).ToHttp())
            .IsOpenToAnySignedIn().WithName("views.replace").WithSummary("Replace one's own view").WithTags("Search").Produces<View>().ProducesProblem(400).ProducesProblem(404);
        routes.MapDelete("/views/{id}", async (string id, Db db, Actor actor) => (await Delete(id, db, actor)).ToHttp())
            .IsOpenToAnySignedIn().WithName("views.delete").WithSummary("Drop one's own view").WithTags("Search").Produces<Done>().ProducesProblem(404);
    }

    public static async Task<Result<Page<View>>> List(string? list, bool withCounts, Db db, TimeProvider clock, Actor actor, IEnumerable<ListSpec> lists)
    {
        var seen = lists.Where(l => actor.May(l.Permission) && (list is null || l.Name == list)).ToDictionary(l => l.Name, l => l.For(actor));
        return await db.Read<Result<Page<View>>>(actor, async work =>
        {
            var views = await work.Query(
                """
                select id, list, name, query, columns, sort, is_shared, is_default, owner, version from views
                 where merchant_id = @merchant and list = any(@lists) and (is_shared or owner = @me) order by list, name, id limit @most
                """, row => Read(row, actor), ("lists", seen.Keys.ToArray()), ("me", actor.Id), ("most", (long)MostViews));
            if (!withCounts) return new Page<View>(views, null, false);
            for (int i = 0; i < views.Count; i++)
            {
                var spec = seen[views[i].List];
                // A list that shows less to some callers counts in its own way; a view whose query no longer reads has no count.
                if (actor.Nodes is null && QueryBinder.Read(views[i].Query, spec.Fields, clock.GetUtcNow()) is { IsOk: true } query)
                    views[i] = views[i] with { Count = await SearchList.Count(work, spec, query.Value) };
            }
            return new Page<View>(views, null, false);
        }, snapshot: true);
    }

    /// <remarks>Errors: request.invalid with pointers, views.not_found, views.too_many.</remarks>
    public static async Task<Result<View>> Save(string? id, Request body, Db db, TimeProvider clock, Actor actor, IEnumerable<ListSpec> lists)
    {
        if (Check(body, clock, actor, lists) is { } faults) return faults;
        var known = ViewId.New(clock.GetUtcNow());
        if (id is not null && !ViewId.TryParse(id, null, out known)) return NotFound(id);
        return await db.Write<View>(actor, async work =>
        {
            (string, object?)[] values =
            [
                ("id", known.Value), ("list", body.List), ("name", body.Name!.Trim()), ("query", body.Query?.Trim() ?? ""),
                ("columns", JsonSerializer.Serialize(body.Columns ?? [], Json.Options)), ("sort", body.Sort), ("shared", body.IsShared ?? false), ("default", body.IsDefault ?? false),
                ("me", actor.Id), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()),
            ];
            if (id is not null && await work.Execute(
                """
                update views set list = @list, name = @name, query = @query, columns = @columns, sort = @sort::text, is_shared = @shared, is_default = @default, version = version + 1
                 where merchant_id = @merchant and id = @id and owner = @me
                """, values[..^1]) == 0) return NotFound(id);
            if (id is null)
            {
                if (await work.Scalar("select count(*) from views where merchant_id = @merchant and owner = @me", ("me", actor.Id)) >= MostViews)
                    return Error.Unprocessable("views.too_many", $"One can keep at most {MostViews} views.");
                await work.Execute(
                    """
                    insert into views (id, merchant_id, list, name, query, columns, sort, is_shared, is_default, owner, created_at_ms)
                    values (@id, @merchant, @list, @name, @query, @columns, @sort, @shared, @default, @me, @now)
                    """, values);
            }
            // There is one default a list and person.
            if (body.IsDefault is true)
                await work.Execute("update views set is_default = false where merchant_id = @merchant and list = @list and owner = @me and id <> @id",
                    ("list", body.List), ("me", actor.Id), ("id", known.Value));
            return (await work.Query("select id, list, name, query, columns, sort, is_shared, is_default, owner, version from views where merchant_id = @merchant and id = @id",
                row => Read(row, actor), ("id", known.Value))).Single();
        });
    }

    public static async Task<Result<Done>> Delete(string id, Db db, Actor actor) => !ViewId.TryParse(id, null, out var known) ? NotFound(id)
        : await db.Write<Done>(actor, async work => await work.Execute("delete from views where merchant_id = @merchant and id = @id and owner = @me",
            ("id", known.Value), ("me", actor.Id)) == 0 ? NotFound(id) : new Done());

    private static Error? Check(Request body, TimeProvider clock, Actor actor, IEnumerable<ListSpec> lists)
    {
        var checks = new Checks();
        var spec = lists.FirstOrDefault(l => l.Name == body.List && actor.May(l.Permission))?.For(actor);
        checks.That(spec is not null, "/list", "field.unknown_value", $"There is no list {body.List} that you may see.");
        checks.Text(body.Name, "/name", MostName, required: true);
        checks.That((body.Columns?.Count ?? 0) <= MostColumns, "/columns", "field.too_many", $"At most {MostColumns} columns.");
        for (int i = 0; i < Math.Min(body.Columns?.Count ?? 0, MostColumns); i++) checks.Text(body.Columns![i], $"/columns/{i}", 64, required: true);
        checks.That(body.Sort is null || spec?.Sort(body.Sort.TrimStart('-')) is not null, "/sort", "field.unknown_value",
            $"sort must be one of {string.Join(", ", spec?.Sorts.Select(s => s.Name) ?? [])}; with - in front the greatest first.");
        if (spec is not null && QueryBinder.Read(body.Query, spec.Fields, clock.GetUtcNow()).Error is { } wrong) checks.Fault("/query", wrong.Fields[0].Code, wrong.Fields[0].Detail);
        return checks.AnyFault ? checks.ToError() : null;
    }

    private static View Read(Row row, Actor actor)
    {
        var (id, list, name, query) = (new ViewId(row.Uuid()), row.Text(), row.Text(), row.Text());
        var (columns, sort, shared, isDefault, owner, version) = (JsonSerializer.Deserialize<List<string>>(row.Text(), Json.Options)!, row.TextOrNull(), row.Bool(), row.Bool(), row.Text(), row.Long());
        return new View(id, list, name, query, columns, sort, shared, isDefault, owner, owner == actor.Id, version, null);
    }

    private static Error NotFound(string id) => Error.NotFound("views.not_found", $"There is no view {id} of yours.");
}
