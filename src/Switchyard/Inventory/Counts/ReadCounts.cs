using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>Lists counts, oldest first, by cursor.</summary>
public static class ReadCounts
{
    /// <param name="Planned">Only those that a plan chose, or only those where somebody found a shelf other than the books say.</param>
    public sealed record Filter(string? State, string? Node, string? Stage, string? Assignee, bool? Planned);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/counts", async ([FromQuery] string? state, [FromQuery] string? node, [FromQuery] string? stage, [FromQuery] string? assignee, [FromQuery] bool? planned, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) =>
                (await Handle(new Filter(state, node, stage, assignee, planned), after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("counts.list").WithTags("Inventory").WithSummary("List counts that are wanted or done")
            .Produces<Page<CountView>>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: request.invalid with pointers #state, #limit, #after; inventory.unknown_node.</remarks>
    public static async Task<Result<Page<CountView>>> Handle(Filter filter, string? after, int? limit, Db db, Actor actor)
    {
        var (state, node, stage, assignee, planned) = filter;
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.Text(node, "#node", 64);
        checks.That(state is null or "open" or "done", "#state", "field.unknown_value", "state must be open or done.");
        checks.That(stage is null or "count" or "recount" or "approval", "#stage", "field.unknown_value", "stage must be count, recount or approval.");
        checks.Text(assignee, "#assignee", 100);
        long start = 0;
        if (!Cursor.TryNumber(after, ref start))
            checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<CountView>>>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, [], [node]);
            if (node is not null && names.Node(node) is null) return StockErrors.NoSuchNode(node);
            var found = await work.Query(
                $"""
                {CountTasks.Select} where c.merchant_id = @merchant and c.state = @state and c.id > @after and (@node = 0 or c.node_id = @node)
                   and (@stage = '' or c.stage = @stage) and (@assignee = '' or c.assignee = @assignee) and (not @filtered or (c.plan is not null) = @planned) and (@all or c.node_id = any(@nodes)) order by c.id limit @limit
                """, CountTasks.Read, ("state", state ?? "open"), ("after", start), ("node", names.Node(node)?.Id ?? 0L), ("all", actor.Nodes is null),
                ("nodes", actor.NodeFilter ?? []), ("limit", most + 1L),
                ("stage", stage ?? ""), ("assignee", assignee ?? ""), ("filtered", planned is not null), ("planned", planned ?? false));
            var page = Page<CountView>.Of(found, most, c => Text.Invariant(c.Id));
            return page with { Data = await WithBins(work, page.Data) };
        });
    }

    // Where the goods lie, so that whoever counts knows where to go; how many lie there the books keep to themselves.
    private static async Task<IReadOnlyList<CountView>> WithBins(Work work, IReadOnlyList<CountView> counts)
    {
        var bins = await work.Query(
            $"""
            select c.id, x.code from @rows r join count_tasks c on c.id = r.id join bin_stock b on b.sku_id = c.sku_id join bins x on x.id = b.bin_id and x.node_id = c.node_id
             where c.merchant_id = @merchant and b.merchant_id = @merchant and b.quantity > 0 and x.walk_order >= 0 and x.code <> '{PickedBins.Code}' group by c.id, x.code, x.walk_order order by c.id, x.walk_order, x.code
            """, Rows.Of(counts).Long("id", c => c.Id), row => (Count: row.Long(), Bin: row.Text()));
        var byCount = bins.ToLookup(b => b.Count, b => b.Bin);
        return [.. counts.Select(c => c with { Bins = [.. byCount[c.Id]] })];
    }
}
