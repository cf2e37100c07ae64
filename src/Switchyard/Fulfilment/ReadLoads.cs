using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Shows how much of its day each node was given, and how much work lies there: the numbers the giving out of work goes by.</summary>
public static class ReadLoads
{
    /// <param name="DailyCapacity">Releases a day of the node; null for any number.</param>
    /// <param name="GivenToday">Releases given to it since its own day began.</param>
    /// <param name="Live">Releases it was given and has not handed over.</param>
    /// <param name="Waiting">Releases that are planned for it: scheduled for later, held, or beyond its day.</param>
    public sealed record NodeLoad(string Object, string Node, long? DailyCapacity, long GivenToday, long Live, long Waiting);

    private sealed record Known(long Id, string Code, string TimeZone, long? DailyCapacity);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/node-loads", async (Actor actor, Db db, TimeProvider clock, [FromQuery] int? limit, [FromQuery] string? after) => (await Handle(actor, db, clock, limit, after)).ToHttp())
            .Requires(Permission.NodesRead).WithName("fulfilment.loads").WithTags("Fulfilment").WithSummary("Read how much of its day each node was given")
            .Produces<Page<NodeLoad>>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with pointers #limit, #after.</remarks>
    public static async Task<Result<Page<NodeLoad>>> Handle(Actor actor, Db db, TimeProvider clock, int? limit, string? after)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        var now = clock.GetUtcNow();
        return await db.Read<Result<Page<NodeLoad>>>(actor, async work =>
        {
            var nodes = await work.Query(
                """
                select n.id, n.code, n.time_zone, w.daily_capacity from nodes n join node_merchants m on m.node_id = n.id and m.merchant_id = @merchant
                  left join node_work_settings w on w.node_id = n.id and w.merchant_id = @merchant
                 where (@nodes::bigint[] is null or n.id = any(@nodes)) and n.code > @after order by n.code limit @limit
                """, row => new Known(row.Long(), row.Text(), row.Text(), row.LongOrNull()), ("nodes", actor.NodeFilter), ("after", from), ("limit", most + 1L));
            var page = Page<Known>.Of(nodes, most, n => n.Code);
            var counts = page.Data.Count == 0 ? [] : (await Count(work, page.Data, now)).ToDictionary(c => c.Node);
            return new Page<NodeLoad>([.. page.Data.Select(n => new NodeLoad("nodeLoad", n.Code, n.DailyCapacity, counts[n.Id].Given, counts[n.Id].Live, counts[n.Id].Waiting))], page.Next, page.HasMore);
        }, snapshot: true);
    }

    private static Task<List<(long Node, long Given, long Live, long Waiting)>> Count(Work work, IReadOnlyList<Known> nodes, DateTimeOffset now) => work.Query(
        """
        select r.id,
               (select count(*) from fulfilment_orders f where f.merchant_id = @merchant and f.node_id = r.id and f.offered_at_ms >= r.start_ms),
               (select count(*) from fulfilment_orders f where f.merchant_id = @merchant and f.node_id = r.id
                   and f.state in ('offered', 'accepted', 'picking', 'picked', 'packed', 'readyForPickup', 'stopAsked')),
               (select count(*) from fulfilment_orders f where f.merchant_id = @merchant and f.node_id = r.id and f.state in ('planned', 'scheduled'))
          from @rows r
        """, Rows.Of(nodes).Long("id", n => n.Id).Long("start_ms", n => GiveOut.StartOfDay(n.TimeZone, now)), row => (row.Long(), row.Long(), row.Long(), row.Long()));

    /// <summary>Merchants of whom some node keeps to a number of releases a day.</summary>
    public static Task<List<long>> MerchantsWithCapacities(Db db) => db.ReadAll(work => work.Query(
        "select distinct merchant_id from node_work_settings where daily_capacity is not null order by merchant_id limit 10000 /* house */", row => row.Long()));

    /// <summary>Nodes of the merchant that keep to a number of releases a day.</summary>
    public static List<(long Node, long Parcels)> QueueCapacities(Batch batch) => batch.Query(
        "select node_id, daily_capacity from node_work_settings where merchant_id = @merchant and daily_capacity is not null", row => (row.Long(), row.Long()));

    /// <summary>
    /// Orders with goods claimed at these nodes by the instant they are to leave, and releases that have left today, without one. What has left has no claim, so
    /// this reads open orders and no history.
    /// </summary>
    public static async Task<IReadOnlyList<(long Node, long? ShipByMs, long Parcels)>> OfDays(Work work, IReadOnlyList<(long Node, string TimeZone)> nodes, DateTimeOffset now)
    {
        var batch = work.Batch();
        var open = batch.Query(
            """
            select a.node_id, o.ship_by_ms, count(*)
              from (select distinct node_id, order_id from allocations where merchant_id = @merchant and node_id = any(@nodes)) a join orders o on o.id = a.order_id
             where o.merchant_id = @merchant and o.ship_by_ms is not null group by a.node_id, o.ship_by_ms
            """, row => (row.Long(), (long?)row.Long(), row.Long()), ("nodes", nodes.Select(n => n.Node).ToArray()));
        var left = batch.Query(
            """
            select r.id, count(*) from @rows r join fulfilment_orders f on f.node_id = r.id and f.offered_at_ms >= r.start_ms
             where f.merchant_id = @merchant and f.state in ('handedOver', 'delivered', 'lost', 'sentBack') group by r.id
            """, Rows.Of(nodes).Long("id", n => n.Node).Long("start_ms", n => GiveOut.StartOfDay(n.TimeZone, now)), row => (row.Long(), (long?)null, row.Long()));
        await batch.Run();
        return [.. open, .. left];
    }

    /// <summary>What every node of the merchant has before it, and how much of today it has left; null where it has no capacity to keep to.</summary>
    public static async Task<IReadOnlyList<(long Node, long Waiting, long? Left)>> OfAll(Work work, DateTimeOffset now)
    {
        var nodes = await work.Query(
            """
            select n.id, n.code, n.time_zone, w.daily_capacity from nodes n join node_merchants m on m.node_id = n.id and m.merchant_id = @merchant
              left join node_work_settings w on w.node_id = n.id and w.merchant_id = @merchant order by n.id
            """, row => new Known(row.Long(), row.Text(), row.Text(), row.LongOrNull()));
        if (nodes.Count == 0) return [];
        var counts = (await Count(work, nodes, now)).ToDictionary(c => c.Node);
        return [.. nodes.Select(n => (n.Id, counts[n.Id].Live + counts[n.Id].Waiting, n.DailyCapacity - counts[n.Id].Given))];
    }
}
