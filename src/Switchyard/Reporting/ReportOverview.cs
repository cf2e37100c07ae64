using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Reporting;

/// <summary>The shop at a glance: open orders, what stops them, stock.</summary>
public static class ReportOverview
{
    /// <summary>Counts are exact up to this; above it the answer says so with one more.</summary>
    public const int MostCounted = 10_000;

    /// <param name="OpenOrders">Placed or confirmed; 10,001 means more than 10,000.</param>
    /// <param name="OpenHolds">By kind of hold.</param>
    public sealed record Response(long OpenOrders, long HeldOrders, IReadOnlyDictionary<string, long> OpenHolds, long WaitingUnits,
        long Skus, long Nodes, long OnHand, long Allocated, long Available, IReadOnlyList<Latest> LatestOrders);

    public sealed record Latest(string Id, string Number, string Channel, string State, bool IsHeld, string Currency, long TotalMinor, DateTimeOffset PlacedAt);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/reports/overview", async (Db db, Actor actor) => Results.Json(await Handle(db, actor), Json.Options))
            .Requires(Permission.ReportsRead).WithName("reports.overview").WithSummary("Report how things stand").WithTags("Reporting").Produces<Response>();

    public static Task<Response> Handle(Db db, Actor actor) => db.Read(actor, Read, snapshot: true);

    private static async Task<Response> Read(Work work)
    {
        var batch = work.Batch();
        var open = batch.Query(
            """
            select count(*) from (select 1 from orders where merchant_id = @merchant and state in ('placed', 'confirmed')
             order by placed_at_ms desc limit @most) x
            """, row => row.Long(), ("most", MostCounted + 1L));
        var held = batch.Query("select count(distinct order_id) from holds where merchant_id = @merchant and state = 'open'", row => row.Long());
        var holds = batch.Query("select kind, count(*) from holds where merchant_id = @merchant and state = 'open' group by kind order by kind",
            row => KeyValuePair.Create(row.Text(), row.Long()));
        var waiting = batch.Query(
            """
            select coalesce(sum(backordered + preordered + unallocated), 0) from order_lines
             where merchant_id = @merchant and backordered + preordered + unallocated > 0
            """, row => row.Sum());
        var stock = batch.Query(
            """
            select count(distinct sku_id), count(distinct node_id), coalesce(sum(on_hand), 0), coalesce(sum(allocated), 0),
                   coalesce(sum(on_hand - unavailable - allocated - reserved - earmarked - safety), 0)
              from stock where merchant_id = @merchant
            """, row => (Skus: row.Long(), Nodes: row.Long(), OnHand: row.Sum(), Allocated: row.Sum(), Available: row.Sum()));
        var latest = batch.Query(
            """
            select o.id, o.number, c.name, o.state, exists (select 1 from holds h where h.order_id = o.id and h.state = 'open'),
                   o.currency, o.total_minor, o.placed_at_ms
              from orders o join channels c on c.id = o.channel_id
             where o.merchant_id = @merchant order by o.placed_at_ms desc, o.id desc limit 12
            """, row => new Latest(new Kernel.OrderId(row.Uuid()).ToString(), row.Text(), row.Text(), row.Text(), row.Bool(), row.Text(), row.Long(), row.Instant()));
        await batch.Run();
        var s = stock[0];
        return new Response(open[0], held[0], holds.ToDictionary(), waiting[0], s.Skus, s.Nodes, s.OnHand, s.Allocated, s.Available, latest);
    }
}
