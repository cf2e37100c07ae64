using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>Lists counts, oldest first, by cursor.</summary>
public static class ReadCounts
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/counts", async ([FromQuery] string? state, [FromQuery] string? node, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) =>
                (await Handle(state, node, after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("counts.list").WithTags("Inventory").WithSummary("List counts that are wanted or done")
            .Produces<Page<CountView>>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: request.invalid with pointers #state, #limit, #after; inventory.unknown_node.</remarks>
    public static async Task<Result<Page<CountView>>> Handle(string? state, string? node, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.Text(node, "#node", 64);
        checks.That(state is null or "open" or "done", "#state", "field.unknown_value", "state must be open or done.");
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
                   and (@all or c.node_id = any(@nodes)) order by c.id limit @limit
                """, CountTasks.Read, ("state", state ?? "open"), ("after", start), ("node", names.Node(node)?.Id ?? 0L), ("all", actor.Nodes is null),
                ("nodes", actor.NodeFilter ?? []), ("limit", most + 1L));
            return Page<CountView>.Of(found, most, c => Text.Invariant(c.Id));
        });
    }
}
