using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>Who has a claim on stock.</summary>
/// <param name="Kind">allocation (of an order), reservation, or transfer that is about to be sent.</param>
/// <param name="Owner">Whom a reservation is for, as its maker called it.</param>
/// <param name="ExpiresAt">When the claim ends by itself; null when it does not.</param>
public sealed record Holder([Words("allocation", "reservation", "transfer")] string Kind, string Sku, string Node, long Quantity, OrderId? OrderId, string? OrderNumber, int? Line,
    ReservationId? ReservationId, string? Owner, DateTimeOffset Since, DateTimeOffset? ExpiresAt, TransferId? TransferId = null);

/// <summary>Answers "who holds this stock?": every allocated and reserved unit of a SKU has a name here.</summary>
public static class ReadHolders
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/inventory/holders", async (string? sku, string? after, int? limit, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(sku, after, limit, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("inventory.readHolders").WithSummary("Say who holds the stock of a SKU").WithTags("Inventory").Produces<Page<Holder>>()
            .ProducesProblem(400).ProducesProblem(404);

    public static async Task<Result<Page<Holder>>> Handle(string? sku, string? after, int? limit, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(sku, "#sku", 200, required: true);
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        if (!Cursor.TryDecode(after, out string text) || !Place.TryParse(text, out var from)) { from = default; checks.Fault("#after", "field.malformed", "after is not a cursor of this list."); }
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<Holder>>>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, [sku], []);
            if (names.Product(sku) is not { } product) return StockErrors.NoSuchSku(sku!);
            var found = await Claims(work, actor, product, from, most, clock.GetUtcNow());
            var page = Page<(Place Place, Holder Holder)>.Of(found, most, h => h.Place.ToString());
            return new Page<Holder>([.. page.Data.Select(h => h.Holder)], page.Next, page.HasMore);
        }, snapshot: true);
    }

    /// <summary>Where a claim stands in the list: allocations first, each kind by the age of what holds.</summary>
    private readonly record struct Place(int Kind, Guid Id, long Line, long Node)
    {
        public override string ToString() => $"{Kind}|{Id:N}|{Text.Invariant(Line)}|{Text.Invariant(Node)}";

        public static bool TryParse(string text, out Place place)
        {
            place = default;
            if (text.Length == 0) return true;
            if (text.Split('|') is not [var k, var i, var l, var n] || !int.TryParse(k, out int kind) || !Guid.TryParseExact(i, "N", out var id)
                || !long.TryParse(l, out long line) || !long.TryParse(n, out long node)) return false;
            place = new Place(kind, id, line, node);
            return true;
        }
    }

    // Allocations are the orders' side of the allocated bucket; they are shown here beside reservations and decide nothing.
    private static Task<List<(Place, Holder)>> Claims(Work work, Actor actor, StockedProduct product, Place from, int limit, DateTimeOffset now)
    {
        return work.Query(
            """
            select kind, id, line, node_id, code, quantity, label, since_ms, expires_at_ms from (
                select 0 as kind, a.order_id as id, a.line_no::bigint as line, a.node_id, a.quantity, o.number as label, o.placed_at_ms as since_ms, o.expires_at_ms
                  from allocations a join orders o on o.id = a.order_id
                 where a.merchant_id = @merchant and o.merchant_id = @merchant and a.sku_id = @sku
                union all
                select 1, i.reservation_id, 0, i.node_id, i.quantity, r.owner, r.created_at_ms, i.expires_at_ms
                  from reservation_items i join reservations r on r.id = i.reservation_id
                 where i.merchant_id = @merchant and r.merchant_id = @merchant and i.sku_id = @sku and i.is_open and i.expires_at_ms > @now
                union all
                select 2, t.id, 0, l.from_node_id, l.held, 'transfer to ' || d.code, t.created_at_ms, null
                  from transfer_lines l join transfers t on t.id = l.transfer_id join nodes d on d.id = t.to_node_id
                 where l.merchant_id = @merchant and l.sku_id = @sku and l.held > 0) c
              join (select id as n_id, code from nodes) n on n.n_id = c.node_id
             where (kind, id, line, node_id) > (@kind, @id, @line, @node) and (@all or node_id = any(@nodes))
             order by kind, id, line, node_id limit @limit
            """, Read, ("sku", product.Id), ("now", now.ToUnixTimeMilliseconds()), ("kind", from.Kind), ("id", from.Id), ("line", from.Line), ("node", from.Node),
            ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []), ("limit", limit + 1L));

        (Place, Holder) Read(Row row)
        {
            var place = new Place(row.Int(), row.Uuid(), row.Long(), row.Long());
            string node = row.Text();
            long quantity = row.Long();
            string label = row.Text();
            var (since, until) = (row.Instant(), row.InstantOrNull());
            return (place, place.Kind switch
            {
                0 => new Holder("allocation", product.Sku, node, quantity, new OrderId(place.Id), label, (int)place.Line, null, null, since, until),
                1 => new Holder("reservation", product.Sku, node, quantity, null, null, null, new ReservationId(place.Id), label, since, until),
                _ => new Holder("transfer", product.Sku, node, quantity, null, null, null, null, label, since, until, new TransferId(place.Id)),
            });
        }
    }
}
