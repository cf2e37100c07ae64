using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Warehouse;

namespace Switchyard.Picking;

/// <summary>Proposes pick faces by what left a node in the last days: what is picked most first, where it lies already or in the nearest empty pick bin. It writes nothing.</summary>
public static class SuggestFaces
{
    private const int MostDays = 365, Most = 500, UsualDays = 90, LeastDays = 2, UsualMostDays = 7;

    /// <param name="Picked">Units that left in these days.</param>
    /// <param name="Bin">Where it lies, or the nearest pick bin that is empty; null: no pick bin is left.</param>
    /// <param name="IsNewPlace">Nothing of it lies in that bin yet.</param>
    /// <param name="Now">The face as it is; null without one.</param>
    public sealed record Suggestion(string Sku, string Name, long Picked, string? Bin, string? Zone, bool IsNewPlace, long Min, long Max, Kept? Now);
    public sealed record Kept(string Bin, long Min, long Max);

    /// <param name="Suggestions">What is picked most first, at most 500; faces that are as proposed are left out.</param>
    /// <param name="Alike">Faces that are as they would be proposed.</param>
    public sealed record Response(string Object, string Node, int Days, IReadOnlyList<Suggestion> Suggestions, int Alike);

    private sealed record Goods(long SkuId, string Sku, string Name, Kept? Face);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/faces/suggested", async (string code, [FromQuery] int? days, [FromQuery] int? minDays, [FromQuery] int? maxDays, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(code, days ?? UsualDays, minDays ?? LeastDays, maxDays ?? UsualMostDays, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("picking.suggestFaces").WithTags("Picking").WithSummary("Propose pick faces by what was picked lately")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <param name="days">How many days are looked at, 1 to 365.</param>
    /// <param name="minDays">The minimum lasts for so many days.</param>
    /// <param name="maxDays">The maximum lasts for so many days.</param>
    /// <remarks>Errors: nodes.no_such_node; request.invalid with pointers #days, #minDays, #maxDays.</remarks>
    public static async Task<Result<Response>> Handle(string code, int days, int minDays, int maxDays, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(days, 1, MostDays, "#days");
        checks.Range(minDays, 1, MostDays, "#minDays");
        checks.Range(maxDays, minDays, MostDays, "#maxDays");
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Read<Result<Response>>(actor, async work =>
        {
            if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
            var sold = (await StockHistory.SoldAt(work, node.Id, now.AddDays(-days), now, Most)).ToList();
            var goods = (await work.Query(
                """
                select p.id, p.sku, p.name, x.code, coalesce(f.min_units, 0), coalesce(f.max_units, 0) from products p
                  left join pick_faces f on f.sku_id = p.id and f.node_id = @node and f.merchant_id = @merchant left join bins x on x.id = f.bin_id
                 where p.merchant_id = @merchant and p.id = any(@skus)
                """, row => Read(row), ("node", node.Id), ("skus", sold.Select(s => s.Sku).ToArray()))).ToDictionary(g => g.SkuId);
            var cases = (await ScannedCodes.Of(work, goods.Values.Select(g => g.Sku))).Where(c => c.Units > 1).ToLookup(c => c.Sku, c => c.Units);
            var bins = (await WarehouseRoom.Bins(work, node.Id)).Where(b => b is { Kind: BinKind.Pick, IsClosed: false }).ToDictionary(b => b.Code);
            var lying = (await work.Query(
                "select s.sku_id, b.code, sum(s.quantity) from bins b join bin_stock s on s.bin_id = b.id where b.node_id = @node and s.merchant_id = @merchant and s.quantity > 0 group by s.sku_id, b.code",
                row => (Sku: row.Long(), Bin: row.Text(), Units: row.Sum()), ("node", node.Id))).Where(l => bins.ContainsKey(l.Bin)).ToList();
            var used = (await work.Query("select distinct x.code from pick_faces f join bins x on x.id = f.bin_id where f.merchant_id = @merchant and f.node_id = @node", row => row.Text(), ("node", node.Id))).ToHashSet();
            used.UnionWith(lying.Select(l => l.Bin));
            var empty = new Queue<BinPlace>(bins.Values.Where(b => !used.Contains(b.Code)).OrderBy(b => b.WalkOrder).ThenBy(b => b.Level).ThenBy(b => b.Code, StringComparer.Ordinal));
            var homes = lying.ToLookup(l => l.Sku);

            var suggestions = new List<Suggestion>();
            int alike = 0;
            foreach (var (sku, picked) in sold.Where(s => goods.ContainsKey(s.Sku)))
            {
                var product = goods[sku];
                var home = product.Face is { } face && bins.TryGetValue(face.Bin, out var kept) ? kept
                    : homes[sku].OrderByDescending(h => h.Units).ThenBy(h => h.Bin, StringComparer.Ordinal).Select(h => bins[h.Bin]).FirstOrDefault();
                bool isNew = home is null;
                if (home is null && empty.TryDequeue(out var free)) home = free;
                var (min, max) = FaceSizes.Of(picked, days, minDays, maxDays, cases[product.Sku].DefaultIfEmpty(1).Min(), home?.CapacityUnits);
                if (product.Face is { } now && (now.Bin, now.Min, now.Max) == (home?.Code, min, max)) alike++;
                else suggestions.Add(new Suggestion(product.Sku, product.Name, picked, home?.Code, home is null ? null : ReadRefills.Said(home.Zone), isNew && home is not null, min, max, product.Face));
            }
            return new Response("suggestedFaces", node.Code, days, suggestions, alike);
        }, snapshot: true);
    }

    private static Goods Read(Row row)
    {
        var (id, sku, name, bin, min, max) = (row.Long(), row.Text(), row.Text(), row.TextOrNull(), row.Long(), row.Long());
        return new Goods(id, sku, name, bin is null ? null : new Kept(bin, min, max));
    }
}
