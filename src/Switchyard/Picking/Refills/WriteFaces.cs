using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Warehouse;

namespace Switchyard.Picking;

/// <summary>A pick face as it is shown.</summary>
/// <param name="Min">It is filled when fewer units than this lie there; 0: only when orders need more than there is.</param>
/// <param name="Max">It is filled up to this.</param>
/// <param name="Units">Units of the SKU that lie there and may be sold.</param>
/// <param name="Wanted">Units that orders need from it.</param>
public sealed record FaceView(string Object, string Sku, string Name, string Bin, string? Zone, long Min, long Max, long Units, long Wanted);

/// <summary>Says from which bin the single units of a SKU are picked at a node, and between how many units it is kept. One face a SKU and node; a SKU that is written again moves its face.</summary>
public static class WriteFaces
{
    public const int MostItems = 2_000;

    /// <param name="Bin">A pick bin of the node.</param>
    public sealed record Item(string? Sku, string? Bin, long? Min, long? Max);
    public sealed record Request(IReadOnlyList<Item?>? Items);
    public sealed record Response(string Object, string Node, int Written, int Unchanged);
    public sealed record RemoveRequest(IReadOnlyList<string?>? Skus);
    public sealed record RemoveResponse(string Object, string Node, int Removed);

    /// <summary>A face as it is to be.</summary>
    internal sealed record Wanted(long SkuId, string Bin, long Min, long Max);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/faces", async (string code, [FromQuery] string? query, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) => (await List(code, query, after, limit, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("picking.faces").WithTags("Picking").WithSummary("List the pick faces of a node")
            .Produces<Page<FaceView>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPut("/nodes/{code}/faces", async (string code, Request? body, Db db, TimeProvider clock, Actor actor) => (await Handle(code, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("picking.writeFaces").WithTags("Picking").WithSummary("Say which bins are pick faces, and how full they are kept")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/nodes/{code}/faces/remove", async (string code, RemoveRequest? body, Db db, TimeProvider clock, Actor actor) => (await Remove(code, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("picking.removeFaces").WithTags("Picking").WithSummary("Keep no pick face of these SKUs any more")
            .Produces<RemoveResponse>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <param name="query">The SKU or the bin begins so.</param>
    /// <remarks>Errors: nodes.no_such_node; request.invalid with pointers #limit, #after, #query.</remarks>
    public static async Task<Result<Page<FaceView>>> List(string code, string? query, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, from) = Paging.Read(checks, limit, after);
        checks.Text(query, "#query", 200);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<FaceView>>>(actor, async work => await PickableReleases.Node(work, actor, code) is not { } node ? PickingErrors.NoSuchNode
            : Page<FaceView>.Of([.. (await FaceRows.Find(work, node.Id, null, onlyNeeds: false, from, query?.Trim() ?? "", most + 1L)).Select(View)], most, f => Text.Key(f.Sku)));
    }

    private static FaceView View(FaceRow f) => new("face", f.Sku, f.Name, f.Bin, f.Zone.Length == 0 ? null : f.Zone, f.Min, f.Max, f.Units, f.AtFace + f.Waiting);

    /// <remarks>Errors: nodes.no_such_node; request.invalid with a pointer to each faulty item, such as inventory.unknown_sku, inventory.no_such_bin, picking.not_a_pick_bin, picking.over_capacity.</remarks>
    public static async Task<Result<Response>> Handle(string code, Request? body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(body?.Items?.Count ?? 0, 1, MostItems, "/items");
        foreach (var (i, item) in (body?.Items ?? []).Take(MostItems).Index()) Check(checks, item, $"/items/{i}");
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
            var checks = new Checks();
            var names = await StockNames.Load(work, actor, body!.Items!.Select(i => i!.Sku), []);
            var bins = (await WarehouseRoom.Bins(work, node.Id, [.. body.Items!.Select(i => i!.Bin!).Distinct()])).ToDictionary(b => b.Code);
            var seen = new HashSet<long>();
            var wanted = body.Items!.Select((item, i) => Read(item!, names, bins, seen, checks, $"/items/{i}")).ToList();
            if (checks.AnyFault) return checks.ToError();
            int written = (await Save(work, actor, now, node, wanted!)).Count;
            return new Response("faces", node.Code, written, wanted.Count - written);
        });
    }

    internal static void Check(Checks checks, Item? item, string at)
    {
        checks.Text(item?.Sku, at + "/sku", 200, required: true);
        checks.Text(item?.Bin, at + "/bin", 64, required: true);
        checks.That(item?.Min is not null, at + "/min", "field.required", "min is required.");
        checks.That(item?.Max is not null, at + "/max", "field.required", "max is required.");
        checks.Range(item?.Min ?? 0, 0, Checks.MaxQuantity, at + "/min");
        checks.Range(item?.Max ?? 1, 1, Checks.MaxQuantity, at + "/max");
        checks.That(item?.Min is null || item.Max is null || item.Min <= item.Max, at + "/max", "field.out_of_range", "max must be at least min.");
    }

    /// <summary>The face that an item describes, or null with a fault.</summary>
    internal static Wanted? Read(Item item, StockNames names, IReadOnlyDictionary<string, BinPlace> bins, HashSet<long> seen, Checks checks, string at)
    {
        var product = names.Goods(item.Sku, at + "/sku", checks);
        if (!bins.TryGetValue(item.Bin!, out var bin)) checks.Fault(at + "/bin", "inventory.no_such_bin", $"There is no bin {item.Bin} here.");
        else
        {
            checks.That(bin.Kind == BinKind.Pick, at + "/bin", "picking.not_a_pick_bin", $"Bin {bin.Code} is no pick bin.");
            checks.That(bin.CapacityUnits is not { } most || item.Max <= most, at + "/max", "picking.over_capacity", $"Bin {bin.Code} takes {bin.CapacityUnits} units.");
        }
        if (product is null || bin is null) return null;
        checks.That(seen.Add(product.Id), at + "/sku", "field.repeated", $"{product.Sku} stands twice.");
        return new Wanted(product.Id, bin.Code, item.Min!.Value, item.Max!.Value);
    }

    /// <summary>Writes those that differ from what is stored; their SKUs.</summary>
    internal static async Task<IReadOnlyList<long>> Save(Work work, Actor actor, DateTimeOffset now, (long Id, string Code) node, IReadOnlyList<Wanted> wanted)
    {
        // The row is changed only where something differs, so that whoever writes the same again sees it unchanged.
        var written = await work.Query(
            """
            insert into pick_faces (node_id, sku_id, merchant_id, bin_id, min_units, max_units, updated_by, updated_at_ms)
            select @node, r.sku_id, @merchant, x.id, r.min_units, r.max_units, @by, @now from @rows r join bins x on x.node_id = @node and x.code = r.bin where true order by r.sku_id
                on conflict (node_id, sku_id) do update set bin_id = excluded.bin_id, min_units = excluded.min_units, max_units = excluded.max_units, version = pick_faces.version + 1,
                   updated_by = excluded.updated_by, updated_at_ms = excluded.updated_at_ms,
                   short_at_ms = case when pick_faces.bin_id = excluded.bin_id then pick_faces.short_at_ms else null end
                 where (pick_faces.bin_id, pick_faces.min_units, pick_faces.max_units) <> (excluded.bin_id, excluded.min_units, excluded.max_units)
            returning sku_id
            """,
            Rows.Of([.. wanted.OrderBy(w => w.SkuId)]).Long("sku_id", w => w.SkuId).Text("bin", w => w.Bin).Long("min_units", w => w.Min).Long("max_units", w => w.Max), row => row.Long(),
            ("node", node.Id), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        if (written.Count > 0) await EventLog.Append(work, actor, now, new Happening("node", node.Code, "FacesWritten", new { node.Code, faces = written.Count }));
        return written;
    }

    /// <summary>Open tasks of these faces are wanted no more; what somebody has taken goes on.</summary>
    /// <remarks>Errors: nodes.no_such_node; request.invalid with a pointer to each unknown SKU. A SKU without a face is left out.</remarks>
    public static async Task<Result<RemoveResponse>> Remove(string code, RemoveRequest? body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(body?.Skus?.Count ?? 0, 1, MostItems, "/skus");
        foreach (var (i, sku) in (body?.Skus ?? []).Take(MostItems).Index()) checks.Text(sku, $"/skus/{i}", 200, required: true);
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<RemoveResponse>(actor, async work =>
        {
            if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
            var checks = new Checks();
            var names = await StockNames.Load(work, actor, body!.Skus!, []);
            long[] skus = [.. body.Skus!.Select((sku, i) => names.Goods(sku, $"/skus/{i}", checks)?.Id).OfType<long>().Distinct().Order()];
            if (checks.AnyFault) return checks.ToError();
            await work.Query("select sku_id from pick_faces where merchant_id = @merchant and node_id = @node and sku_id = any(@skus) order by sku_id for update", row => row.Long(), ("node", node.Id), ("skus", skus));
            int removed = await work.Execute("delete from pick_faces where merchant_id = @merchant and node_id = @node and sku_id = any(@skus)", ("node", node.Id), ("skus", skus));
            await work.Execute("update refill_tasks set state = 'gone', ended_at_ms = @now where merchant_id = @merchant and node_id = @node and sku_id = any(@skus) and state = 'open'",
                ("node", node.Id), ("skus", skus), ("now", now.ToUnixTimeMilliseconds()));
            if (removed > 0) await EventLog.Append(work, actor, now, new Happening("node", node.Code, "FacesRemoved", new { node.Code, faces = removed }));
            return new RemoveResponse("faces", node.Code, removed);
        });
    }
}
