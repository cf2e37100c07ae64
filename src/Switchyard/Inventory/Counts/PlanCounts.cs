using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Chooses shelves of a node to be counted: what sells most (its first fifth makes up most of what goes out), what was not counted for longest, what lies
/// in a zone or a bin, or some by chance. What is being counted already is left out, so the same plan asked for twice goes on where the first ended.
/// </summary>
public static class PlanCounts
{
    private const int MostPlanned = 500, SoldDays = 90;

    /// <param name="By">sold, age, zone, bin or random.</param>
    /// <param name="Place">The zone or the bin.</param>
    /// <param name="Most">Shelves to be counted.</param>
    /// <param name="Assignee">Who counts them, by user name; whoever comes first when left out.</param>
    /// <param name="DryRun">Only says which.</param>
    public sealed record Request(string? Node, string? By, string? Place = null, int? Most = null, string? Assignee = null, bool DryRun = false);

    /// <param name="CountedAt">When the shelf was counted last; null: never.</param>
    public sealed record Planned(string Sku, string Name, DateTimeOffset? CountedAt);
    public sealed record Response(string Object, string Node, bool IsDryRun, IReadOnlyList<Planned> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/counts/plan", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("counts.plan").WithTags("Inventory").WithSummary("Choose shelves to be counted")
            .Produces<Response>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with pointers /node, /by, /place, /most.</remarks>
    public static async Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Node, "/node", 64, required: true);
        checks.That(body.By is "sold" or "age" or "zone" or "bin" or "random", "/by", "field.unknown_value", "by is sold, age, zone, bin or random.");
        checks.Text(body.Place, "/place", 64, required: body.By is "zone" or "bin");
        checks.Text(body.Assignee, "/assignee", 100);
        checks.Range(body.Most ?? 20, 1, MostPlanned, "/most");
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            var checks = new Checks();
            var node = (await StockNames.Load(work, actor, [], [body.Node])).Node(body.Node, "/node", checks);
            if (checks.AnyFault) return checks.ToError();
            var found = await Choose(work, node!.Id, body, now);
            if (!body.DryRun && found.Count > 0)
            {
                // The stock rows are locked as by everybody who asks for a count.
                await StockSheet.Lock(work, found.Select(f => f.Id), now, [.. found.Select(f => (f.Id, node.Id))]);
                await CountTasks.Plan(work, actor, node.Id, [.. found.Select(f => f.Id)], body.By!, body.Assignee, now);
                await EventLog.Append(work, actor, now, new Happening("node", node.Code, "CountsPlanned", new { by = body.By, body.Place, counts = found.Count, body.Assignee }));
            }
            return new Response("countPlan", node.Code, body.DryRun, [.. found.Select(f => f.View)]);
        });
    }

    private static Task<List<(long Id, Planned View)>> Choose(Work work, long node, Request body, DateTimeOffset now)
    {
        string where = body.By is "zone" or "bin"
            ? $"and exists (select 1 from bin_stock b join bins x on x.id = b.bin_id where b.sku_id = s.sku_id and x.node_id = s.node_id and b.quantity > 0 and {(body.By == "zone" ? "x.zone" : "x.code")} = @place)"
            : "";
        string order = body.By switch
        {
            "sold" => """
                coalesce((select sum(-l.on_hand_delta) from stock_ledger l where l.sku_id = s.sku_id and l.node_id = s.node_id and l.on_hand_delta < 0 and l.at_ms >= @since), 0) desc, coalesce(s.counted_at_ms, 0)
                """,
            // By chance, but one that can be told again: the same day's plan is the same plan.
            "random" => "(s.sku_id * 2654435761 + @day * 40503) % 1000003",
            _ => "coalesce(s.counted_at_ms, 0)",
        };
        return work.Query(
            $"""
            select s.sku_id, p.sku, p.name, s.counted_at_ms from stock s join products p on p.id = s.sku_id
             where s.merchant_id = @merchant and s.node_id = @node and (s.on_hand <> 0 or s.counted_at_ms is not null)
               and not exists (select 1 from count_tasks c where c.merchant_id = @merchant and c.sku_id = s.sku_id and c.node_id = s.node_id and c.state = 'open') {where}
             order by {order}, s.sku_id limit @most
            """, row => (row.Long(), new Planned(row.Text(), row.Text(), row.InstantOrNull())), ("node", node), ("place", body.Place ?? ""),
            ("since", now.AddDays(-SoldDays).ToUnixTimeMilliseconds()), ("day", now.ToUnixTimeMilliseconds() / 86_400_000), ("most", (long)(body.Most ?? 20)));
    }
}
