using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>What is kept of the single units of a product.</summary>
public enum Tracks { None, Lot, Serial }

/// <summary>How a product's units are told apart, and in which order they are picked.</summary>
/// <param name="NeedsExpiry">Goods-in asks for the last day of a lot.</param>
/// <param name="PickDays">Days a lot must have left when it is picked; with fewer it is out of sale.</param>
public sealed record TrackingView(string Sku, Tracks Tracks, bool NeedsExpiry, int PickDays, RemovalStrategy Removal);

/// <summary>Says of products whether lots or serial numbers are kept, and by which strategy they are picked.</summary>
public static class SetTracking
{
    public const int MostItems = 5_000, MostDays = 3_650;

    /// <param name="Removal">The first expired first where expiry is needed, else along the walk, when not said.</param>
    public sealed record Item(string? Sku, Tracks Tracks = Tracks.None, bool NeedsExpiry = false, int PickDays = 0, RemovalStrategy? Removal = null);
    public sealed record Request(IReadOnlyList<Item?>? Items);
    public sealed record Response(string Object, int Set);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/inventory/tracking", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("tracking.set").WithTags("Inventory").WithSummary("Say whose lots or serial numbers are kept, and how they are picked")
            .Produces<Response>().ProducesProblem(400);
        routes.MapGet("/inventory/tracking", async ([FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) => (await List(after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("tracking.list").WithTags("Inventory").WithSummary("List products whose units are told apart")
            .Produces<Page<TrackingView>>().ProducesProblem(400);
    }

    /// <remarks>Errors: request.invalid with a pointer to each faulty item.</remarks>
    public static async Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Each(body.Items, MostItems, (item, at) =>
        {
            checks.Text(item.Sku, at + "/sku", 200, required: true);
            checks.Range(item.PickDays, 0, MostDays, at + "/pickDays");
            checks.That(Enum.IsDefined(item.Tracks), at + "/tracks", "field.unknown_value", "tracks must be none, lot or serial.");
            checks.That(item.Removal is null || Enum.IsDefined(item.Removal.Value), at + "/removal", "field.unknown_value", "removal must be closest, fifo, lifo, fefo or leastPackages.");
            checks.That(!item.NeedsExpiry || item.Tracks != Tracks.None, at + "/tracks", "field.required", "An expiry is that of a lot: lots must be kept.");
        });
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            var checks = new Checks();
            var names = await StockNames.Load(work, actor, body.Items!.Select(i => i!.Sku), []);
            var wanted = body.Items!.Select((item, i) => (Item: item!, Product: names.Goods(item!.Sku, $"/items/{i}/sku", checks))).ToList();
            if (checks.AnyFault) return checks.ToError();
            int set = await work.Execute(
                """
                insert into product_tracking (sku_id, merchant_id, tracks, needs_expiry, pick_days, removal, updated_at_ms)
                select sku_id, @merchant, tracks, needs_expiry, pick_days, removal, @now from @rows r where true
                    on conflict (sku_id) do update set tracks = excluded.tracks, needs_expiry = excluded.needs_expiry, pick_days = excluded.pick_days, removal = excluded.removal, updated_at_ms = excluded.updated_at_ms
                """,
                Rows.Of(wanted.GroupBy(w => w.Product!.Id).Select(g => g.Last()).OrderBy(w => w.Product!.Id).ToList()).Long("sku_id", w => w.Product!.Id).Text("tracks", w => Name(w.Item.Tracks))
                    .Bool("needs_expiry", w => w.Item.NeedsExpiry).Int("pick_days", w => w.Item.PickDays)
                    .Text("removal", w => Name(w.Item.Removal ?? (w.Item.NeedsExpiry ? RemovalStrategy.Fefo : RemovalStrategy.Closest))), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("tracking", "all", "TrackingSet", new { set }));
            return new Response("tracking", set);
        });
    }

    /// <remarks>Errors: request.invalid with pointers #limit, #after.</remarks>
    public static async Task<Result<Page<TrackingView>>> List(string? after, int? limit, Db db, Actor actor)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        return await db.Read<Result<Page<TrackingView>>>(actor, async work => Page<TrackingView>.Of(await work.Query(
            """
            select p.sku, t.tracks, t.needs_expiry, t.pick_days, t.removal from products p cross join product_tracking t
             where t.sku_id = p.id and t.merchant_id = @merchant and p.merchant_id = @merchant and p.sku_key > @after order by p.sku_key limit @limit
            """, row => new TrackingView(row.Text(), Parse<Tracks>(row.Text()), row.Bool(), row.Int(), Parse<RemovalStrategy>(row.Text())), ("after", from), ("limit", most + 1L)), most, t => Text.Key(t.Sku)));
    }

    /// <summary>Of these products what is kept; those that say nothing are missing.</summary>
    internal static async Task<Dictionary<long, (Tracks Tracks, bool NeedsExpiry)>> Of(Work work, long[] skus) => (await work.Query(
        "select sku_id, tracks, needs_expiry from product_tracking where merchant_id = @merchant and sku_id = any(@skus)",
        row => (Sku: row.Long(), What: (Parse<Tracks>(row.Text()), row.Bool())), ("skus", skus))).ToDictionary(t => t.Sku, t => t.What);

    private static string Name<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
    private static T Parse<T>(string name) where T : struct, Enum => Enum.Parse<T>(name, ignoreCase: true);
}
