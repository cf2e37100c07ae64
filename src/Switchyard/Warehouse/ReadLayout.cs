using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Warehouse;

/// <summary>Shows the aisles of a node, all of it at once for a picture, or its bins page by page.</summary>
public static class ReadLayout
{
    /// <summary>A bin in the picture.</summary>
    /// <param name="Units">Units of the caller's merchant that lie in it.</param>
    /// <param name="CapacityUnits">How many fit; null where nobody has said so.</param>
    /// <param name="Wanted">Units of it that open pick tasks are to take.</param>
    public sealed record Spot(string Code, string? Zone, BinKind Kind, int? Aisle, long? YMm, AisleSide Side, int Level, long Units, long? CapacityUnits, long Wanted, bool IsClosed);

    /// <param name="Layout">Null: the aisles are not described yet.</param>
    /// <param name="HasMore">The node has more than ten thousand bins; the rest is not in the picture.</param>
    public sealed record Picture(string Object, string Node, WriteLayout.Response? Layout, IReadOnlyList<string> Zones, IReadOnlyList<Spot> Bins, bool HasMore);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/layout", async (string code, Db db, Actor actor, HttpContext http) =>
            {
                var read = await Handle(code, db, actor);
                if (read.IsOk && read.Value.Layout is { } layout) ETag.Set(http, layout.Version);
                return read.ToHttp();
            })
            .Requires(Permission.InventoryRead).WithName("warehouse.layout").WithTags("Warehouse").WithSummary("Show the aisles and bins of a node, for a picture")
            .Produces<Picture>().ProducesProblem(404);
        routes.MapGet("/nodes/{code}/bins", async (string code, [FromQuery] string? area, [FromQuery] string? kind, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) =>
                (await Bins(code, area, kind, after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("warehouse.bins").WithTags("Warehouse").WithSummary("List the bins of a node by their codes")
            .Produces<Page<BinView>>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static Task<Result<Picture>> Handle(string code, Db db, Actor actor) => db.Read<Result<Picture>>(actor, async work =>
    {
        if ((await StockNames.Load(work, actor, [], [code])).Node(code) is not { } node) return NodeErrors.NoSuchNode(code);
        var layout = await LayoutSql.Find(work, node.Id) is { } found ? WriteLayout.Response.Of(node.Code, found, await LayoutSql.Version(work, node.Id)) : null;
        var bins = await LayoutSql.Bins(work, node.Id);
        var units = (await work.Query(
            "select s.bin_id, sum(s.quantity) from bins x join bin_stock s on s.bin_id = x.id where x.node_id = @node and s.merchant_id = @merchant group by s.bin_id",
            row => (Bin: row.Long(), Units: row.Sum()), ("node", node.Id))).ToDictionary(s => s.Bin, s => s.Units);
        var wanted = (await work.Query(
            "select t.bin, sum(t.quantity - t.picked) from pick_tasks t where t.merchant_id = @merchant and t.node_id = @node and t.state = 'open' and t.bin <> '' group by t.bin",
            row => (Bin: row.Text(), Units: row.Sum()), ("node", node.Id))).ToDictionary(t => t.Bin, t => t.Units);
        return new Picture("layoutPicture", node.Code, layout, [.. bins.Select(b => b.Zone).Where(z => z.Length > 0).Distinct().Order(StringComparer.Ordinal)],
            [.. bins.Select(b => new Spot(b.Code, b.Zone.Length == 0 ? null : b.Zone, b.Kind, b.Aisle, b.YMm, b.Side, b.Level, units.GetValueOrDefault(b.Id), b.CapacityUnits, wanted.GetValueOrDefault(b.Code), b.IsClosed))], bins.Count == LayoutSql.MostBins);
    }, snapshot: true);

    /// <remarks>Errors: nodes.no_such_node; request.invalid with pointers #area, #kind, #limit, #after.</remarks>
    public static async Task<Result<Page<BinView>>> Bins(string code, string? area, string? kind, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, from) = Paging.Read(checks, limit, after);
        checks.Text(area, "#area", 64);
        checks.That(kind is null || Enum.TryParse<BinKind>(kind, ignoreCase: true, out var known) && LayoutSql.Name(known) == kind, "#kind", "field.unknown_value",
            "kind must be pick, bulk, reserve, staging, quarantine or tote.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<BinView>>>(actor, async work =>
        {
            if ((await StockNames.Load(work, actor, [], [code])).Node(code) is not { } node) return NodeErrors.NoSuchNode(code);
            var layout = await LayoutSql.Find(work, node.Id);
            var found = await work.Query(
                $"""
                {LayoutSql.Columns} from bins x left join bin_places p on p.bin_id = x.id
                 where x.node_id = @node and x.walk_order >= 0 and x.code > @after and (@anywhere or x.zone = @area)
                   and (@any or coalesce(p.kind, case when x.is_bulk then 'bulk' else 'pick' end) = @kind) order by x.code limit @limit
                """, LayoutSql.Read, ("node", node.Id), ("after", from), ("anywhere", area is null), ("area", area ?? ""), ("any", kind is null), ("kind", kind ?? ""), ("limit", most + 1L));
            return Page<BinView>.Of([.. found.Select(b => BinView.Of(b, layout))], most, b => b.Code);
        });
    }
}
