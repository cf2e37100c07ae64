using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>Shows the nodes that serve the caller's merchant; whoever works for certain nodes sees only those.</summary>
public static class ReadNodes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes", async (int? limit, string? after, Db db, TimeProvider clock, Actor actor) => (await List(limit, after, db, clock, actor)).ToHttp())
            .Requires(Permission.NodesRead).WithName("nodes.list").WithSummary("List nodes").WithTags("Nodes").Produces<Page<NodeView>>().ProducesProblem(400);
        routes.MapGet("/nodes/{code}", async (string code, Db db, TimeProvider clock, Actor actor, HttpContext http) => (await Find(code, db, clock, actor)).ToHttp(http))
            .Requires(Permission.NodesRead).WithName("nodes.get").WithSummary("Read a node").WithTags("Nodes").Produces<NodeView>().ProducesProblem(404);
        routes.MapGet("/nodes/{code}/history", async (string code, int? limit, string? after, Db db, Actor actor) => (await History(code, limit, after, db, actor)).ToHttp())
            .Requires(Permission.NodesRead).WithName("nodes.history").WithSummary("Who changed a node, newest first").WithTags("Nodes")
            .WithDescription("What another merchant's people did with a shared node is not told.")
            .Produces<Page<ThingHistory.Entry>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/nodes/{code}/merchants", async (string code, Db db, Actor actor) => (await Merchants(code, db, actor)).ToHttp())
            .Requires(Permission.AccessManage).OnlyForTheHouse().WithName("nodes.merchants").WithSummary("List the merchants of the house, and which of them a node serves").WithTags("Nodes")
            .Produces<MerchantsResponse>().ProducesProblem(404);
    }

    public sealed record MerchantsResponse(string Node, IReadOnlyList<ServedMerchant> Data);
    public sealed record ServedMerchant(string Code, string Name, bool IsServed);

    /// <summary>A house has few merchants; so many are named.</summary>
    private const int MostMerchants = 500;

    public static async Task<Result<Page<NodeView>>> List(int? limit, string? after, Db db, TimeProvider clock, Actor actor)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        return await db.Read<Result<Page<NodeView>>>(actor, async work =>
        {
            var found = await NodesSql.Page(work, actor, from, most + 1);
            var fed = (await StockFeeds.Read(work)).ToDictionary(f => f.Node, f => f.FedAtMs);
            return Page<NodeView>.Of([.. found.Select(n => View(n, fed, clock.GetUtcNow()))], most, n => n.Code);
        }, snapshot: true);
    }

    public static Task<Result<NodeView>> Find(string code, Db db, TimeProvider clock, Actor actor) => db.Read<Result<NodeView>>(actor, async work =>
        Text.IsStorable(code) && await NodesSql.Find(work, actor, code) is { } found
            ? View(found, (await StockFeeds.Read(work)).ToDictionary(f => f.Node, f => f.FedAtMs), clock.GetUtcNow()) : NodeErrors.NoSuchNode(code), snapshot: true);

    private static NodeView View(StoredNode node, Dictionary<long, long> fed, DateTimeOffset now) =>
        NodeView.Of(node) with { Feed = NodeFeed.Of(node, fed.TryGetValue(node.Id, out long at) ? at : null, now) };

    private static async Task<Result<Page<ThingHistory.Entry>>> History(string code, int? limit, string? after, Db db, Actor actor) => !Text.IsStorable(code)
        ? NodeErrors.NoSuchNode(code)
        : await ThingHistory.Read(db, actor, "node", limit, after, NodeErrors.NoSuchNode(code), async work => (await NodesSql.Find(work, actor, code))?.Body.Code);

    private static async Task<Result<MerchantsResponse>> Merchants(string code, Db db, Actor actor)
    {
        if (!Text.IsStorable(code) || await db.Read(actor, work => NodesSql.Find(work, actor, code)) is not { } node) return NodeErrors.NoSuchNode(code);
        // Which merchants there are is the house's to know, and so is whom its nodes serve.
        return await db.ReadAll(async work => new MerchantsResponse(node.Body.Code!, await work.Query(
            """
            select m.code, m.name, exists (select 1 from node_merchants n where n.node_id = @node and n.merchant_id = m.id /* house */)
              from merchants m order by m.code limit @most
            """, row => new ServedMerchant(row.Text(), row.Text(), row.Bool()), ("node", node.Id), ("most", (long)MostMerchants))));
    }
}
