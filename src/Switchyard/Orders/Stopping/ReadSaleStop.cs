using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Shows which SKUs are stopped from sale, and of each how far the pulling has come and which of its orders are held.</summary>
public static class ReadSaleStop
{
    /// <param name="Units">Units of the SKU that are claimed or waited for.</param>
    /// <param name="InWork">Those of them a node still works on: it was asked to stop, or is left to go on.</param>
    public sealed record Held(OrderId Order, string Number, long Units, long InWork);

    /// <param name="State">running: orders are being held; stopped; resuming: orders are being released; resumed.</param>
    /// <param name="ReleasesPulled">Releases nobody had begun; they were taken back.</param>
    /// <param name="ReleasesAsked">Releases in work whose node was asked to stop.</param>
    /// <param name="Node">Where it is stopped; null: everywhere. Orders that had units there have them from elsewhere now, or wait.</param>
    /// <param name="Failures">Orders that could not be changed because of a fault; they are on the log of the server.</param>
    public sealed record View(string Object, string Sku, string? Node, string Reason, [Words("pull", "leave")] string Releases, DateTimeOffset? Until,
        [Words("running", "stopped", "resuming", "resumed")] string State, long OrdersSeen, long OrdersHeld, long ReleasesPulled, long ReleasesAsked, long OrdersFreed,
        long Failures, string StartedBy, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ResumedAt, IReadOnlyList<Held> Orders, string? Next, bool HasMore);

    internal static readonly Error WholeHouseOnly = Error.Forbidden("orders.whole_house_only", "A SKU is stopped from sale at every node, by somebody who works for all of them.");
    internal static Error NoSuchSku(string sku) => Error.NotFound("inventory.unknown_sku", $"There is no product {sku} that has stock.");
    internal static Error NotStopped(string sku) => Error.NotFound("orders.sale_not_stopped", $"The sale of {sku} is not stopped.");

    /// <summary>A node by its code; null stands for everywhere.</summary>
    /// <remarks>Errors: nodes.no_such_node.</remarks>
    internal static async Task<Result<long?>> At(Work work, Actor actor, string? code)
    {
        if (code is null) return (long?)null;
        var found = !Text.IsStorable(code) ? [] : await work.Query(
            "select n.id from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and upper(n.code) = upper(@code)", row => row.Long(), ("code", code));
        return found is [var id] && actor.MaySeeNode(id) ? id : NodeErrors.NoSuchNode(code);
    }

    private const string Select =
        """
        select s.id, p.sku, n.code, s.reason, s.releases, s.until_ms, s.state, s.orders_seen, s.orders_held, s.releases_pulled, s.releases_asked, s.orders_freed, s.failures,
               s.started_by, s.started_at_ms, s.updated_at_ms, s.resumed_at_ms
          from sale_stops s join products p on p.id = s.sku_id left join nodes n on n.id = s.node_id /* house: the merchant is said where it is used */
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/{sku}/sale-stop", async (string sku, [FromQuery] string? node, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) => (await Handle(sku, node, after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("sales.readStop").WithTags("Inventory").WithSummary("Show how far the stop of a SKU has come, with the orders it holds")
            .Produces<View>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/sale-stops", async ([FromQuery] string? sku, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) => (await List(sku, after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("sales.listStops").WithTags("Inventory").WithSummary("List what is stopped from sale, and what was")
            .Produces<Page<View>>().ProducesProblem(400);
    }

    /// <remarks>Errors: inventory.unknown_sku, orders.sale_not_stopped; request.invalid with pointers #limit, #after.</remarks>
    public static async Task<Result<View>> Handle(string sku, string? node, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        OrderId from = default;
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !OrderId.TryParse(text, null, out from)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<View>>(actor, async work =>
        {
            if (await SaleSwitch.Find(work, sku) is not { } product) return NoSuchSku(sku);
            var at = await At(work, actor, node);
            if (at.Error is { } nowhere) return nowhere;
            return await Load(work, product.Id, at.Value, from, actor.Nodes is null ? most : 0) is { } found ? found : NotStopped(sku);
        }, snapshot: true);
    }

    /// <remarks>Errors: request.invalid with pointers #limit, #after.</remarks>
    public static async Task<Result<Page<View>>> List(string? sku, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        long from = 0;
        if (!Cursor.TryNumber(after, ref from)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        var found = await db.Read(actor, async work =>
        {
            long? only = sku is null ? null : !Text.IsStorable(sku) ? 0 : (await SaleSwitch.Find(work, sku))?.Id ?? 0;
            return await work.Query($"{Select} where s.merchant_id = @merchant and (@from = 0 or s.id < @from) and (@sku::bigint is null or s.sku_id = @sku) order by s.id desc limit @limit",
                Read, ("from", from), ("sku", only), ("limit", most + 1L));
        });
        var page = Page<(long Id, View View)>.Of(found, most, f => Text.Invariant(f.Id));
        return new Page<View>([.. page.Data.Select(f => f.View)], page.Next, page.HasMore);
    }

    /// <summary>The newest stop of a SKU, everywhere or at a node, with a page of the orders it holds; null when there never was one.</summary>
    internal static async Task<View?> Load(Work work, long sku, long? node, OrderId? after, int limit)
    {
        var found = await work.Query($"{Select} where s.merchant_id = @merchant and s.sku_id = @sku and coalesce(s.node_id, 0) = @node order by s.id desc limit 1", Read, ("sku", sku), ("node", node ?? 0));
        if (found.Count == 0 || limit == 0 || node is not null) return found.Count == 0 ? null : found[0].View;
        var held = await work.Query(
            """
            select o.id, o.number, u.units, u.in_work from (
                select h.order_id, sum(l.unallocated + l.backordered + l.preordered + l.allocated + l.released + l.picked + l.packed) as units, sum(l.released + l.picked + l.packed) as in_work
                  from (select distinct order_id from holds where merchant_id = @merchant and kind = 'sale_stopped' and state = 'open' and subject = @key) h
                  join order_lines l on l.order_id = h.order_id and l.sku_id = @sku where l.merchant_id = @merchant group by h.order_id) u
              join orders o on o.id = u.order_id where o.merchant_id = @merchant and o.id > @after order by o.id limit @limit
            """, row => new Held(new OrderId(row.Uuid()), row.Text(), row.Sum(), row.Sum()), ("sku", sku), ("key", Text.Key(found[0].View.Sku)), ("after", (after ?? default).Value), ("limit", limit + 1L));
        var page = Page<Held>.Of(held, limit, h => h.Order.ToString());
        return found[0].View with { Orders = page.Data, Next = page.Next, HasMore = page.HasMore };
    }

    private static (long Id, View View) Read(Row row) => (row.Long(), new View("saleStop", row.Text(), row.TextOrNull(), row.Text(), row.Text(), row.InstantOrNull(), row.Text(), row.Long(), row.Long(),
        row.Long(), row.Long(), row.Long(), row.Long(), row.Text(), row.Instant(), row.Instant(), row.InstantOrNull(), [], null, false));
}
