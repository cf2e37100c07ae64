using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Exceptions;

/// <summary>Lists what a person must look at, oldest first, by cursor.</summary>
public static class ListExceptions
{
    /// <param name="Next">What a person does next.</param>
    /// <param name="Seen">How often the same trouble was met while open.</param>
    public sealed record View(string Object, long Id, string Kind, string Title, string Next, string Detail, [Words("open", "resolved")] string State, OrderId? Order, string? OrderNumber,
        string? Sku, string? Node, string? Owner, long Seen, DateTimeOffset OpenedAt, DateTimeOffset SeenAt, DateTimeOffset? ResolvedAt, string? ResolvedBy, string? Resolution)
    {
        /// <summary>The detail by its code, to be said in other languages; null when somebody worded it.</summary>
        public IReadOnlyList<Saying>? Says { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/exceptions", async (Actor actor, Db db, [FromQuery] string? state, [FromQuery] string? kind, [FromQuery] string? order, [FromQuery] int? limit,
                [FromQuery] string? after) => (await Handle(actor, db, state, kind, order, limit, after)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("exceptions.list").WithTags("Exceptions").WithSummary("List what a person must look at")
            .Produces<Page<View>>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with pointers #state, #order, #limit, #after.</remarks>
    public static async Task<Result<Page<View>>> Handle(Actor actor, Db db, string? state, string? kind, string? order, int? limit, string? after)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.That(state is null or "open" or "resolved", "#state", "field.unknown_value", "state must be open or resolved.");
        checks.Text(kind, "#kind", 64);
        OrderId id = default;
        if (order is not null && !OrderId.TryParse(order, null, out id)) checks.Fault("#order", "field.malformed", "order must be an order's id.");
        long start = 0;
        if (!Cursor.TryNumber(after, ref start))
            checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        var found = await db.Read(actor, work => work.Query(
            $"""
            {Select} where e.merchant_id = @merchant and e.state = @state and e.id > @after{(kind is null ? "" : " and e.kind = @kind")}
               {(order is null ? "" : " and e.order_id = @order")}{(actor.Nodes is null ? "" : " and e.node_id = any(@nodes)")}
             order by e.id limit @limit
            """, Read, ("state", state ?? "open"), ("after", start), ("kind", kind), ("order", id.Value), ("nodes", actor.NodeFilter ?? []), ("limit", most + 1L)));
        return Page<View>.Of(found, most, e => Text.Invariant(e.Id));
    }

    internal const string Select =
        """
        select e.id, e.kind, e.detail, e.state, e.order_id, o.number, p.sku, n.code, e.owner, e.seen, e.opened_at_ms, e.seen_at_ms, e.resolved_at_ms,
               e.resolved_by, e.resolution, e.says
          from exceptions e left join orders o on o.id = e.order_id and o.merchant_id = e.merchant_id
          left join products p on p.id = e.sku_id left join nodes n on n.id = e.node_id /* house: the merchant is said where it is used */
        """;

    internal static View Read(Row row)
    {
        var (id, kind, detail, state, order) = (row.Long(), row.Text(), row.Text(), row.Text(), row.UuidOrNull());
        var (title, next) = TroubleKinds.All.GetValueOrDefault(kind, (kind, ""));
        return new View("exception", id, kind, title, next, detail, state, order is { } o ? new OrderId(o) : null, row.TextOrNull(), row.TextOrNull(), row.TextOrNull(),
            row.TextOrNull(), row.Long(), row.Instant(), row.Instant(), row.InstantOrNull(), row.TextOrNull(), row.TextOrNull())
        { Says = Saying.Read(row.TextOrNull()) };
    }
}
