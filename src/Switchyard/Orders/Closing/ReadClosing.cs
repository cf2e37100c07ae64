using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Shows how far the closing of a node has come, and what remains there with its reason.</summary>
public static class ReadClosing
{
    /// <param name="Reason"><c>work_begun</c>: somebody picks or packs it there; <c>not_moved</c>: not looked at yet, or it failed; <c>no_other_stock</c>: it waits for goods.</param>
    public sealed record Left(OrderId Order, string Number, long Units, string Reason);

    /// <param name="State">running, done, or reopened.</param>
    /// <param name="UnitsMoved">Units that are promised from elsewhere now.</param>
    /// <param name="UnitsLeft">Units that found no other place and wait for goods.</param>
    /// <param name="Failures">Orders that could not be planned anew because of a fault; they are on the log of the server.</param>
    public sealed record View(string Object, string Node, string Reason, DateTimeOffset? Until, [Words("running", "done", "reopened")] string State, long OrdersSeen, long UnitsMoved, long UnitsLeft, long Failures,
        string StartedBy, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, IReadOnlyList<Left> Rest, string? Next, bool HasMore);

    internal static Error NotClosed(string code) => Error.NotFound("nodes.not_closed", $"Node {code} is not closed.");

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/closing", async (string code, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) => (await Handle(code, after, limit, db, actor)).ToHttp())
            .Requires(Permission.NodesRead).WithName("nodes.closing").WithTags("Nodes").WithSummary("Show how far the closing of a node has come")
            .Produces<View>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: nodes.not_closed; request.invalid with pointers #limit, #after.</remarks>
    public static async Task<Result<View>> Handle(string code, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        OrderId from = default;
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !OrderId.TryParse(text, null, out from)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<View>>(actor, async work => await Load(work, actor, code, from, most) is { } found ? found : NotClosed(code), snapshot: true);
    }

    /// <summary>The newest closing of a node, with a page of what remains; null when it was never closed or the caller may not see it.</summary>
    internal static async Task<View?> Load(Work work, Actor actor, string code, OrderId? after, int limit)
    {
        if (!Text.IsStorable(code)) return null;
        var found = (await work.Query(
            """
            select c.id, c.node_id, n.code, c.reason, c.until_ms, c.state, c.orders_seen, c.units_moved, c.units_left, c.failures, c.started_by, c.started_at_ms, c.updated_at_ms
              from node_closings c join nodes n on n.id = c.node_id
             where c.merchant_id = @merchant and upper(n.code) = @code and (@all or n.id = any(@nodes)) order by c.id desc limit 1
            """, row => (Id: row.Long(), Node: row.Long(), View: new View("closing", row.Text(), row.Text(), row.InstantOrNull(), row.Text(), row.Long(), row.Long(), row.Long(),
                row.Long(), row.Text(), row.Instant(), row.Instant(), [], null, false)), ("code", Text.Key(code)), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? [])))
            .FirstOrDefault();
        if (found.View is null || limit == 0) return found.View;
        var rest = await work.Query(
            """
            select o.id, o.number, r.units, r.reason from (
                select a.order_id, sum(a.quantity) as units, case when sum(a.in_work) > 0 then 'work_begun' else 'not_moved' end as reason
                  from allocations a where a.merchant_id = @merchant and a.node_id = @node group by a.order_id
                union all
                select x.order_id, x.units, 'no_other_stock' from node_closing_rest x where x.merchant_id = @merchant and x.closing_id = @closing
                   and exists (select 1 from order_lines l where l.order_id = x.order_id and l.unallocated + l.backordered + l.preordered > 0)
                   and not exists (select 1 from allocations a where a.order_id = x.order_id and a.node_id = @node)) r
              join orders o on o.id = r.order_id where o.merchant_id = @merchant and o.id > @after order by o.id limit @limit
            """, row => new Left(new OrderId(row.Uuid()), row.Text(), row.Sum(), row.Text()), ("node", found.Node), ("closing", found.Id), ("after", (after ?? default).Value), ("limit", limit + 1L));
        var page = Page<Left>.Of(rest, limit, l => l.Order.ToString());
        return found.View with { Rest = page.Data, Next = page.Next, HasMore = page.HasMore };
    }

    internal static bool TryRead(string text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
        CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant) && text.Length > 19;
}
