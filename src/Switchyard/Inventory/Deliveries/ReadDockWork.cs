using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>Says how much waits at the dock of a node: deliveries that are open, what is announced and not here yet, what is in no bin, labels that are wanted.</summary>
public static class ReadDockWork
{
    private const long MostNotices = 50, MostCounted = 1_000;

    /// <summary>What is on its way under one reference, of which no delivery is open.</summary>
    /// <param name="DueAt">When the first of it is expected.</param>
    /// <param name="Lines">Products.</param>
    public sealed record Notice(string Reference, DateTimeOffset DueAt, long Lines, long Units);

    /// <param name="OpenDeliveries">All counts end at 1,000.</param>
    /// <param name="Notices">The first fifty, the next one due first.</param>
    /// <param name="Putaway">Products, by lot and place, that are in no bin or in a staging lane.</param>
    /// <param name="Labels">Open requests for labels.</param>
    public sealed record Response(string Object, string Node, long OpenDeliveries, IReadOnlyList<Notice> Notices, bool HasMoreNotices, long Putaway, long Labels);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/dock-work", async (string code, Db db, Actor actor) => (await Handle(code, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("deliveries.dockWork").WithTags("Inventory").WithSummary("Say what waits at the dock: open deliveries, notices, goods to put away, labels")
            .Produces<Response>().ProducesProblem(404);

    /// <remarks>Errors: inventory.unknown_node.</remarks>
    public static Task<Result<Response>> Handle(string code, Db db, Actor actor) => db.Read<Result<Response>>(actor, async work =>
    {
        if ((await StockNames.Load(work, actor, [], [code])).Node(code) is not { } node) return StockErrors.NoSuchNode(code);
        var batch = work.Batch();
        var open = batch.Query("select count(*) from (select 1 from deliveries where merchant_id = @merchant and state = 'open' and node_id = @node limit @most) d",
            row => row.Long(), ("node", node.Id), ("most", MostCounted));
        var notices = batch.Query(
            """
            select i.reference, min(i.due_at_ms) as due, count(*), sum(i.quantity) from inbound i
             where i.merchant_id = @merchant and i.node_id = @node and i.quantity > 0
               and not exists (select 1 from deliveries d where d.merchant_id = i.merchant_id and d.node_id = i.node_id and d.reference = i.reference and d.state = 'open')
             group by i.reference order by due, i.reference limit @most
            """, row => (Reference: row.Text(), Due: row.Instant(), Lines: row.Long(), Units: row.Sum()), ("node", node.Id), ("most", MostNotices + 1));
        // As the list of what is to be put away has it: also what never lay in a bin of this node. "cross join" keeps SQLite to this order.
        var putaway = batch.Query(
            $"""
            select count(*) from (
                select s.sku_id from bins x cross join bin_stock s left join bin_places b on b.bin_id = x.id
                 where x.node_id = @node and s.bin_id = x.id and s.merchant_id = @merchant and s.quantity > 0 and (x.code = 'UNPLACED' or b.kind = 'staging')
                union all
                select t.sku_id from stock t where t.node_id = @node and t.merchant_id = @merchant and t.on_hand > 0
                   and not exists (select 1 from bin_stock s join bins x on x.id = s.bin_id where s.sku_id = t.sku_id and x.node_id = @node)
                limit @most) w where exists (select 1 from bins x where x.node_id = @node and x.code not in {PickedBins.NoPlaces})
            """, row => row.Long(), ("node", node.Id), ("most", MostCounted));
        var labels = batch.Query("select count(*) from (select 1 from label_requests where merchant_id = @merchant and state = 'open' and node_id = @node limit @most) l",
            row => row.Long(), ("node", node.Id), ("most", MostCounted));
        await batch.Run();
        return new Response("dockWork", node.Code, open[0], [.. notices.Take((int)MostNotices).Select(n => new Notice(n.Reference, n.Due, n.Lines, n.Units))], notices.Count > MostNotices, putaway[0], labels[0]);
    }, snapshot: true);
}
