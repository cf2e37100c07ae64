using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>Shows the rate cards by which a node sends, and replaces them. Their services stand beside the node's own lanes.</summary>
public static class NodeCards
{
    private const int MostCards = 50;

    public sealed record Request(IReadOnlyList<string?>? Cards = null);
    public sealed record Response(string Node, IReadOnlyList<string> Cards);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/rate-cards", async (string code, Db db, Actor actor) => (await List(code, db, actor)).ToHttp())
            .Requires(Permission.NodesRead).WithName("nodeRateCards.list").WithSummary("List the rate cards by which a node sends").WithTags("Nodes").Produces<Response>().ProducesProblem(404);
        routes.MapPut("/nodes/{code}/rate-cards", async (string code, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(code, body, db, clock, actor)).ToHttp())
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("nodeRateCards.replace").WithSummary("Say by which rate cards a node sends").WithTags("Nodes").Produces<Response>()
            .ProducesProblem(400).ProducesProblem(404);
    }

    public static async Task<Result<Response>> Handle(string code, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Cards is { Count: <= MostCards }, "/cards", "field.out_of_range", $"Send 0 to {MostCards} codes of rate cards.");
        foreach (var (i, card) in (body.Cards ?? []).Take(MostCards).Index()) NodeChecks.Code(checks, card, $"/cards/{i}");
        if (checks.AnyFault) return checks.ToError();
        if (!Text.IsStorable(code)) return NodeErrors.NoSuchNode(code);
        string[] wanted = [.. body.Cards!.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return await db.WriteShared<Response>(actor, await CatalogVersion.Merchants(db), async work =>
        {
            if (await NodesSql.Find(work, actor, code, locked: true) is not { } node) return NodeErrors.NoSuchNode(code);
            var known = await work.Query("select code from rate_cards where code = any(@codes) for share", row => row.Text(), ("codes", wanted));
            foreach (var (i, card) in body.Cards!.Index()) checks.That(known.Contains(card!), $"/cards/{i}", "rate_cards.no_such_card", $"There is no rate card {card}.");
            if (checks.AnyFault) return checks.ToError();
            var before = await work.Query("select card from node_rate_cards where node_id = @node order by card", row => row.Text(), ("node", node.Id));
            if (before.Order(StringComparer.Ordinal).SequenceEqual(wanted)) return new Response(node.Body.Code!, wanted);
            await work.Execute("delete from node_rate_cards where node_id = @node", ("node", node.Id));
            await work.Execute("insert into node_rate_cards (node_id, card) select @node, code from @rows r", Rows.Of(wanted).Text("code", c => c), ("node", node.Id));
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("node", node.Body.Code!, "NodeRateCardsChanged", new { node.Body.Code, Cards = wanted }));
            await CatalogVersion.BumpForNodes(work, [node.Id]);
            return new Response(node.Body.Code!, wanted);
        });
    }

    private static async Task<Result<Response>> List(string code, Db db, Actor actor)
    {
        if (!Text.IsStorable(code)) return NodeErrors.NoSuchNode(code);
        return await db.Read<Result<Response>>(actor, async work => await NodesSql.Find(work, actor, code) is { } node
            ? new Response(node.Body.Code!, await work.Query("select card from node_rate_cards where node_id = @node order by card", row => row.Text(), ("node", node.Id)))
            : NodeErrors.NoSuchNode(code), snapshot: true);
    }

    /// <summary>Which nodes that the caller may see use which cards.</summary>
    internal static Task<List<(string Card, string Node)>> Of(Work work, Actor actor) => work.Query(
        """
        select u.card, n.code from node_rate_cards u join nodes n on n.id = u.node_id join node_merchants m on m.node_id = n.id
         where m.merchant_id = @merchant and (@nodes::bigint[] is null or n.id = any(@nodes)) order by u.card, n.code
        """, row => (row.Text(), row.Text()), ("nodes", actor.NodeFilter));
}
