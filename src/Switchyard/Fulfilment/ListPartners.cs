using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>The house's view of its partners: for each node where a 3PL or a supplier works who may answer there, when they were last here, how old their stock is, and what waits for them.</summary>
public static class ListPartners
{
    /// <param name="LastSeenAt">When one of its people or keys was last here; null when never.</param>
    /// <param name="Stock">Its last stock snapshot; null when there was none.</param>
    /// <param name="Overdue">Work not answered by its time.</param>
    /// <param name="Late">Work that should have left by now.</param>
    public sealed record PartnerView(string Object, string Node, string Name, [Words("3pl", "supplier")] string Kind, int People, int Keys, DateTimeOffset? LastSeenAt, StockSnapshot? Stock,
        long New, long Accepted, long StopAsked, long Overdue, long Late);

    private sealed record Waiting(long New, long Accepted, long StopAsked, long Overdue, long Late);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/partners", async (int? limit, string? after, Actor actor, Db db, TimeProvider clock) => (await Handle(limit, after, actor, db, clock)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("partners.list").WithTags("Partners").WithSummary("The nodes where a 3PL or a supplier works, and what waits for them")
            .Produces<Page<PartnerView>>().ProducesProblem(400);

    public static async Task<Result<Page<PartnerView>>> Handle(int? limit, string? after, Actor actor, Db db, TimeProvider clock)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var now = clock.GetUtcNow();
        return await db.Read<Result<Page<PartnerView>>>(actor, async work =>
        {
            var nodes = (await PartnerScope.Nodes(work, actor)).Where(n => string.CompareOrdinal(n.Code, paging.Value.After) > 0).OrderBy(n => n.Code, StringComparer.Ordinal)
                .Take(paging.Value.Limit + 1).ToList();
            var people = await PartnerPeople.Of(work, now);
            var stock = (await StockFeeds.Snapshots(work, now)).ToDictionary(s => s.Node, s => s.View);
            var waiting = (await work.Query(
                """
                select f.node_id, sum(case when f.state = 'offered' then 1 else 0 end), sum(case when f.state in ('accepted', 'picking', 'picked', 'packed', 'readyForPickup') then 1 else 0 end),
                       sum(case when f.state = 'stopAsked' then 1 else 0 end),
                       sum(case when f.state = 'offered' and (f.answer_by_ms <= @now or f.reminded_at_ms is not null) then 1 else 0 end), sum(case when f.ship_by_ms < @now then 1 else 0 end)
                  from fulfilment_orders f where f.merchant_id = @merchant and f.node_id = any(@nodes)
                   and f.state in ('offered', 'accepted', 'picking', 'picked', 'packed', 'readyForPickup', 'stopAsked') group by f.node_id
                """, row => (Node: row.Long(), Waiting: new Waiting(row.Sum(), row.Sum(), row.Sum(), row.Sum(), row.Sum())), ("nodes", nodes.Select(n => n.Id).ToArray()),
                ("now", now.ToUnixTimeMilliseconds()))).ToDictionary(w => w.Node, w => w.Waiting);
            var views = nodes.Select(n =>
            {
                var (who, work) = (people.GetValueOrDefault(n.Id), waiting.GetValueOrDefault(n.Id) ?? new Waiting(0, 0, 0, 0, 0));
                return new PartnerView("partner", n.Code, n.Name, n.Kind, who?.People ?? 0, who?.Keys ?? 0, who?.SeenAtMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
                    stock.GetValueOrDefault(n.Id), work.New, work.Accepted, work.StopAsked, work.Overdue, work.Late);
            }).ToList();
            return Page<PartnerView>.Of(views, paging.Value.Limit, v => v.Node);
        }, snapshot: true);
    }
}
