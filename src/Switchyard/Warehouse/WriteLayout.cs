using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

namespace Switchyard.Warehouse;

/// <summary>Describes the aisles of a node, by which pick tours are planned and the warehouse is drawn.</summary>
public static class WriteLayout
{
    /// <param name="Aisles">How many aisles lie side by side; they are counted from 0.</param>
    /// <param name="Blocks">How many blocks the cross-aisles make of them; 1 when not said.</param>
    /// <param name="DepotAisle">At whose front end tours begin and end; 0 when not said.</param>
    /// <param name="WalkMmPerSecond">How fast people walk; 1,000 when not said.</param>
    public sealed record Request(int? Aisles, int? Blocks, long? BlockLengthMm, long? AisleSpacingMm, int? DepotAisle, long? WalkMmPerSecond);

    /// <param name="LengthMm">Of an aisle over all blocks.</param>
    public sealed record Response(string Object, string Node, int Aisles, int Blocks, long BlockLengthMm, long AisleSpacingMm, int DepotAisle, long WalkMmPerSecond, long LengthMm, long Version)
    {
        internal static Response Of(string node, WarehouseLayout l, long version) =>
            new("layout", node, l.Aisles, l.Blocks, l.BlockLengthMm, l.AisleSpacingMm, l.DepotAisle, l.WalkMmPerSecond, l.LengthMm, version);
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/nodes/{code}/layout", async (string code, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                if (expected.Error is { } error) return error.ToHttp();
                var written = await Handle(code, body, expected.Value, db, clock, actor);
                if (written.IsOk) ETag.Set(http, written.Value.Version);
                return written.ToHttp();
            })
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("warehouse.writeLayout").WithTags("Warehouse").WithSummary("Describe the aisles of a node")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);

    /// <remarks>Errors: nodes.no_such_node, warehouse.bins_outside, catalog.changed_meanwhile.</remarks>
    public static async Task<Result<Response>> Handle(string code, Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(body.Aisles ?? 0, 1, WarehouseLayout.MostAisles, "/aisles");
        checks.Range(body.Blocks ?? 1, 1, WarehouseLayout.MostBlocks, "/blocks");
        checks.Range(body.BlockLengthMm ?? 0, 1, WarehouseLayout.MostMillimetres, "/blockLengthMm");
        checks.Range(body.AisleSpacingMm ?? 0, 1, WarehouseLayout.MostMillimetres, "/aisleSpacingMm");
        checks.Range(body.DepotAisle ?? 0, 0, Math.Max(0, (body.Aisles ?? 1) - 1), "/depotAisle");
        checks.Range(body.WalkMmPerSecond ?? WarehouseLayout.UsualWalk, 1, 10_000, "/walkMmPerSecond");
        if (checks.AnyFault) return checks.ToError();
        var layout = new WarehouseLayout(body.Aisles!.Value, body.Blocks ?? 1, body.BlockLengthMm!.Value, body.AisleSpacingMm!.Value, body.DepotAisle ?? 0,
            body.WalkMmPerSecond ?? WarehouseLayout.UsualWalk);
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            if ((await StockNames.Load(work, actor, [], [code])).Node(code) is not { } node) return NodeErrors.NoSuchNode(code);
            await work.Query("select version from warehouse_layouts where node_id = @node for update", row => row.Long(), ("node", node.Id));
            long version = await LayoutSql.Version(work, node.Id);
            if (expected is { } wanted && wanted != version) return CatalogErrors.Changed($"The layout of node {node.Code}", version);
            if (await LayoutSql.Find(work, node.Id) == layout) return Response.Of(node.Code, layout, version);
            var outside = await work.Query(
                "select x.code from bins x join bin_places p on p.bin_id = x.id where x.node_id = @node and (p.aisle >= @aisles or p.y_mm > @length) order by x.code limit 1",
                row => row.Text(), ("node", node.Id), ("aisles", (long)layout.Aisles), ("length", layout.LengthMm));
            if (outside.Count > 0) return WarehouseErrors.BinsOutside(outside[0]);
            await work.Execute(
                """
                insert into warehouse_layouts (node_id, aisles, blocks, block_length_mm, aisle_spacing_mm, depot_aisle, walk_mm_s, updated_by, updated_at_ms)
                values (@node, @aisles, @blocks, @length, @spacing, @depot, @walk, @by, @now)
                    on conflict (node_id) do update set aisles = excluded.aisles, blocks = excluded.blocks, block_length_mm = excluded.block_length_mm,
                       aisle_spacing_mm = excluded.aisle_spacing_mm, depot_aisle = excluded.depot_aisle, walk_mm_s = excluded.walk_mm_s,
                       version = warehouse_layouts.version + 1, updated_by = excluded.updated_by, updated_at_ms = excluded.updated_at_ms
                """,
                ("node", node.Id), ("aisles", layout.Aisles), ("blocks", layout.Blocks), ("length", layout.BlockLengthMm), ("spacing", layout.AisleSpacingMm),
                ("depot", layout.DepotAisle), ("walk", layout.WalkMmPerSecond), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("node", node.Code, "LayoutWritten", layout));
            return Response.Of(node.Code, layout, version + 1);
        });
    }
}
