using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>What waits at a node to be picked and is in no wave: by when it must leave, how urgent it is, and in which zones it lies.</summary>
public static class ReadPickQueue
{
    /// <param name="ShipBy">When it must leave; null where nothing was promised.</param>
    /// <param name="Zones">Zones each of which has it whole.</param>
    /// <param name="IsPlaced">Bins are known to have all of it.</param>
    public sealed record Waiting(FulfilmentId Id, string Number, OrderId Order, int Priority, DateTimeOffset? ShipBy, string? Method, int Lines, long Units, IReadOnlyList<string> Zones, bool IsPlaced);

    /// <param name="Held">Releases that would wait too, if no hold stopped them.</param>
    /// <param name="HasMore">More wait than one wave may have; those shown are the most urgent.</param>
    public sealed record Response(string Object, string Node, IReadOnlyList<Waiting> Data, long Held, bool HasMore);

    private sealed record Head(FulfilmentId Id, OrderId Order, string? Method, DateTimeOffset? ShipBy);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/pick-queue", async (string code, Db db, TimeProvider clock, Actor actor) => (await Handle(code, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("picking.queue").WithTags("Picking").WithSummary("Show what waits to be picked at a node and is in no wave")
            .Produces<Response>().ProducesProblem(404);

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static Task<Result<Response>> Handle(string code, Db db, TimeProvider clock, Actor actor) => db.Read<Result<Response>>(actor, async work =>
    {
        if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
        var found = await PickableReleases.Find(work, node.Id, new WaveRule(), null, PickableReleases.Most + 1);
        bool hasMore = found.Count > PickableReleases.Most;
        List<PickableRelease> releases = [.. found.Take(PickableReleases.Most)];
        var heads = (await work.Query("select f.id, f.order_id, f.method, f.ship_by_ms from @rows r join fulfilment_orders f on f.id = r.id where f.merchant_id = @merchant",
            Rows.Of(releases).Uuid("id", r => r.Id.Value), row => new Head(new FulfilmentId(row.Uuid()), new OrderId(row.Uuid()), row.TextOrNull(), row.InstantOrNull()))).ToDictionary(h => h.Id);
        var bins = (await PickableReleases.House(work, node.Id, releases, clock.GetUtcNow())).Bins;
        var units = bins.GroupBy(b => b.SkuId).ToDictionary(g => g.Key, g => g.Sum(b => b.Units));
        var byZone = bins.Where(b => b.Bin.Zone.Length > 0).GroupBy(b => b.Bin.Zone).OrderBy(z => z.Key, StringComparer.Ordinal)
            .Select(z => (Zone: z.Key, Units: z.GroupBy(b => b.SkuId).ToDictionary(g => g.Key, g => g.Sum(b => b.Units)))).ToList();
        long held = await work.Scalar(
            """
            select count(*) from fulfilment_orders f where f.merchant_id = @merchant and f.node_id = @node and f.state in ('accepted', 'picking')
               and exists (select 1 from holds h where h.order_id = f.order_id and h.state = 'open' and h.line_no is null and (h.fulfilment_id is null or h.fulfilment_id = f.id))
            """, ("node", node.Id));
        return new Response("pickQueue", node.Code, [.. releases.Select(r => Show(r, heads[r.Id], units, byZone))], held, hasMore);
    }, snapshot: true);

    private static Waiting Show(PickableRelease r, Head head, Dictionary<long, long> units, IReadOnlyList<(string Zone, Dictionary<long, long> Units)> byZone)
    {
        var wanted = r.Lines.GroupBy(l => l.SkuId).Select(g => (Sku: g.Key, Units: g.Sum(l => l.Units))).ToList();
        bool Has(Dictionary<long, long> there) => wanted.All(w => there.GetValueOrDefault(w.Sku) >= w.Units);
        return new Waiting(r.Id, r.Number, head.Order, r.Priority, head.ShipBy, head.Method, r.Lines.Count, r.Units, [.. byZone.Where(z => Has(z.Units)).Select(z => z.Zone)], Has(units));
    }
}
