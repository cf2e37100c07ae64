using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>
/// Says from which bins a release is best picked: business orders from bulk bins first, all others from the others first, so that the pick faces are not emptied
/// by pallets; within that along the walk, or as the product's removal strategy says (oldest first, first expired first, …). Lots that are out of sale, quarantine and closed bins are left out.
/// It only suggests: what is taken is what the picker says.
/// </summary>
public static class SuggestPlaces
{
    /// <param name="Take">Units of it to take; 0 for what stands by when a bin is found empty.</param>
    public sealed record Place(string Bin, string? Zone, bool IsBulk, string? Lot, long Quantity, long Take, string? ExpiresOn);

    /// <param name="Lacking">Units no bin is known to have; where a node keeps no bins, all of them.</param>
    public sealed record LinePlaces(int Line, string Sku, long Open, long Lacking, IReadOnlyList<Place> Places, RemovalStrategy Strategy);
    public sealed record Response(string Object, FulfilmentId Fulfilment, bool IsBusiness, IReadOnlyList<LinePlaces> Lines);

    private const int MostPlaces = 20;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/fulfilments/{id}/places", async (string id, Db db, Actor actor) => (await Handle(id, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("fulfilment.places").WithTags("Fulfilment").WithSummary("Say from which bins a release is best picked")
            .Produces<Response>().ProducesProblem(404);

    /// <remarks>Errors: fulfilment.not_found.</remarks>
    public static async Task<Result<Response>> Handle(string id, Db db, Actor actor)
    {
        if (!FulfilmentId.TryParse(id, null, out var release)) return FulfilmentErrors.NotFound;
        return await db.Read<Result<Response>>(actor, async work =>
        {
            if (await ChangeRelease.Find(work, actor, release) is null) return FulfilmentErrors.NotFound;
            var head = (await work.Query(
                "select f.node_id, o.type = 'wholesale' or coalesce(f.work_class, '') = 'business' from fulfilment_orders f join orders o on o.id = f.order_id where f.id = @id and f.merchant_id = @merchant",
                row => (Node: row.Long(), IsBusiness: row.Bool()), ("id", release.Value)))[0];
            var lines = await work.Query("select line_no, sku_id, sku, open from fulfilment_lines where fulfilment_id = @id and merchant_id = @merchant and open > 0 order by line_no",
                row => (No: row.Int(), SkuId: row.Long(), Sku: row.Text(), Open: row.Long()), ("id", release.Value));
            long[] skus = [.. lines.Select(l => l.SkuId).Distinct()];
            var shelves = (await work.Query(
                $"""
                select s.sku_id, b.code, b.zone, b.is_bulk, s.lot, s.quantity, b.walk_order, l.expires_on, coalesce(f.first_received_ms, 0)
                  from bins b join bin_stock s on s.bin_id = b.id left join bin_places p on p.bin_id = b.id
                  left join lots l on l.sku_id = s.sku_id and l.lot = s.lot left join lot_facts f on f.sku_id = s.sku_id and f.lot = s.lot
                 where s.merchant_id = @merchant and b.node_id = @node and s.sku_id = any(@skus) and s.quantity > 0
                   and coalesce(f.state, 'open') = 'open' and coalesce(p.kind, 'pick') <> 'quarantine' and b.code not in {PickedBins.NoPlaces} and not coalesce(p.is_closed, false)
                """, row => (Sku: row.Long(), Place: new RemovalPlace(row.Text(), row.Text(), row.Bool(), row.Text(), row.Long(), row.Long(), row.TextOrNull(), row.Long())),
                ("node", head.Node), ("skus", skus))).GroupBy(s => s.Sku).ToDictionary(g => g.Key, g => g.Select(s => s.Place).ToList());
            var strategies = (await work.Query("select sku_id, removal from product_tracking where merchant_id = @merchant and sku_id = any(@skus)",
                row => (Sku: row.Long(), Strategy: Enum.Parse<RemovalStrategy>(row.Text(), ignoreCase: true)), ("skus", skus))).ToDictionary(t => t.Sku, t => t.Strategy);
            return new Response("pickPlaces", release, head.IsBusiness, [.. lines.Select(line =>
            {
                var strategy = strategies.GetValueOrDefault(line.SkuId);
                var plan = Removal.Plan(strategy, line.Open, head.IsBusiness, shelves.GetValueOrDefault(line.SkuId, []));
                // What one line takes is not there for the next of the same SKU.
                shelves[line.SkuId] = [.. plan.Select(p => p.Place with { Units = p.Place.Units - p.Take })];
                return new LinePlaces(line.No, line.Sku, line.Open, line.Open - plan.Sum(p => p.Take), [.. plan.Take(MostPlaces).Select(p => new Place(p.Place.Bin, p.Place.Zone.Length == 0 ? null : p.Place.Zone,
                    p.Place.IsBulk, p.Place.Lot.Length == 0 ? null : p.Place.Lot, p.Place.Units, p.Take, p.Place.ExpiresOn))], strategy);
            })]);
        }, snapshot: true);
    }
}
