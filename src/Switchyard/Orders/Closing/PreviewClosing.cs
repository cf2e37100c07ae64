using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Tells what closing a node would do before it is done: what is planned anew, what stays, and what finds no other stock. Takes nothing.</summary>
public static class PreviewClosing
{
    /// <param name="Orders">Orders with units that would be planned anew.</param>
    /// <param name="Units">Those units.</param>
    /// <param name="UnitsShort">Of them, units of which nothing is free at any other node: at least so many would wait for goods.</param>
    /// <param name="BegunOrders">Orders on which somebody works there: they stay and are listed.</param>
    /// <param name="OtherMerchants">Other merchants the node serves, whose orders are planned anew too.</param>
    public sealed record Forecast(string Object, string Node, long Orders, long Units, long UnitsShort, long BegunOrders, long BegunUnits, long OtherMerchants);

    private sealed record NodeOf(long Id, string Code, long OtherMerchants);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/closing/preview", async (string code, Db db, Actor actor) => (await Handle(code, db, actor)).ToHttp())
            .Requires(Permission.NodesWrite).WithName("nodes.previewClosing").WithTags("Nodes").WithSummary("Tell what closing a node would do")
            .Produces<Forecast>().ProducesProblem(403).ProducesProblem(404);

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static async Task<Result<Forecast>> Handle(string code, Db db, Actor actor) => !Text.IsStorable(code) ? NodeErrors.NoSuchNode(code)
        : await db.Read<Result<Forecast>>(actor, async work =>
        {
            var node = await work.Find(
                """
                select n.id, n.code, (select count(*) from node_merchants x where x.node_id = n.id) - 1 from nodes n join node_merchants m on m.node_id = n.id
                 where m.merchant_id = @merchant and upper(n.code) = @code and (@all or n.id = any(@nodes))
                """, row => new NodeOf(row.Long(), row.Text(), row.Long()), ("code", Text.Key(code)), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));
            if (node is null) return NodeErrors.NoSuchNode(code);
            var begun = await StopWork.BegunAt(work, node.Id);
            var claims = await Claims(work, node.Id);
            var free = await Free(work, node.Id);
            var left = begun.ToDictionary(b => (b.Order, b.Sku), b => b.Units);
            var moved = claims.Select(c => (c.Order, c.Sku, Units: c.Units - left.GetValueOrDefault((c.Order, c.Sku)))).Where(c => c.Units > 0).ToList();
            return new Forecast("closingPreview", node.Code, moved.Select(m => m.Order).Distinct().Count(), moved.Sum(m => m.Units),
                moved.GroupBy(m => m.Sku).Sum(g => Math.Max(0, g.Sum(m => m.Units) - free.GetValueOrDefault(g.Key))),
                begun.Select(b => b.Order).Distinct().Count(), begun.Sum(b => b.Units), node.OtherMerchants);
        }, snapshot: true);

    private static Task<List<(OrderId Order, long Sku, long Units)>> Claims(Work work, long node) => work.Query(
        "select order_id, sku_id, sum(quantity) from allocations where merchant_id = @merchant and node_id = @node group by order_id, sku_id",
        row => (new OrderId(row.Uuid()), row.Long(), row.Sum()), ("node", node));

    /// <summary>Units of the SKUs promised there that may be promised from the other nodes that work.</summary>
    private static async Task<Dictionary<long, long>> Free(Work work, long node) => (await work.Query(
        """
        select s.sku_id, sum(s.on_hand - s.unavailable - s.allocated - s.reserved - s.earmarked - s.safety) from stock s join nodes n on n.id = s.node_id
         where s.merchant_id = @merchant and s.node_id <> @node and n.is_active and s.on_hand - s.unavailable - s.allocated - s.reserved - s.earmarked - s.safety > 0
           and s.sku_id in (select a.sku_id from allocations a where a.merchant_id = @merchant and a.node_id = @node)
         group by s.sku_id
        """, row => (Sku: row.Long(), Units: row.Sum()), ("node", node))).ToDictionary(f => f.Sku, f => f.Units);
}
