using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>Shows the nodes that serve the caller's merchant; whoever works for certain nodes sees only those.</summary>
public static class ReadNodes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes", async (int? limit, string? after, Db db, Actor actor) => (await List(limit, after, db, actor)).ToHttp())
            .Requires(Permission.NodesRead).WithName("nodes.list").WithSummary("List nodes").WithTags("Nodes").Produces<Page<NodeView>>().ProducesProblem(400);
        routes.MapGet("/nodes/{code}", async (string code, Db db, Actor actor, HttpContext http) => (await Find(code, db, actor)).ToHttp(http))
            .Requires(Permission.NodesRead).WithName("nodes.get").WithSummary("Read a node").WithTags("Nodes").Produces<NodeView>().ProducesProblem(404);
    }

    public static async Task<Result<Page<NodeView>>> List(int? limit, string? after, Db db, Actor actor)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        var found = await db.Read(actor, work => NodesSql.Page(work, actor, from, most + 1));
        return Page<NodeView>.Of([.. found.Select(NodeView.Of)], most, n => n.Code);
    }

    public static async Task<Result<NodeView>> Find(string code, Db db, Actor actor) =>
        Text.IsStorable(code) && await db.Read(actor, work => NodesSql.Find(work, actor, code)) is { } found ? NodeView.Of(found) : NodeErrors.NoSuchNode(code);
}

/// <summary>Limit and cursor of the lists of this room.</summary>
internal static class Paging
{
    public static Result<(int Most, string From)> Check(int? limit, string? after)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        if (!Cursor.TryDecode(after, out string from) || !Text.IsStorable(from)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        return checks.AnyFault ? checks.ToError() : (most, from);
    }
}
