using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

namespace Switchyard.Warehouse;

/// <summary>A bin as it is written and shown.</summary>
/// <param name="Kind">What it is for; a pick face when not said.</param>
/// <param name="Aisle">From 0; with block and positionMm, or none of the three.</param>
/// <param name="Block">From 0 at the front.</param>
/// <param name="PositionMm">From the front end of its block.</param>
/// <param name="Level">0 is the floor.</param>
/// <param name="StorageClass">What may lie there, by a word of your own: chilled, hazard, …</param>
/// <param name="IsClosed">Nothing is put there or suggested from it for now.</param>
public sealed record BinView(string Code, string? Zone, long WalkOrder, BinKind Kind, int? Aisle, int? Block, long? PositionMm, AisleSide Side, int Level, string? StorageClass,
    long? CapacityUnits, long? CapacityGrams, long? CapacityCm3, bool IsClosed)
{
    internal static BinView Of(BinPlace b, WarehouseLayout? layout)
    {
        var at = b.YMm is { } y && layout is not null ? layout.Split(y) : ((int Block, long PositionMm)?)null;
        return new BinView(b.Code, b.Zone.Length == 0 ? null : b.Zone, b.WalkOrder, b.Kind, b.Aisle, at?.Block, at?.PositionMm, b.Side, b.Level,
            b.StorageClass.Length == 0 ? null : b.StorageClass, b.CapacityUnits, b.CapacityGrams, b.CapacityCm3, b.IsClosed);
    }
}

/// <summary>Writes bins of a node, each as a whole: where they are, what for, how much fits.</summary>
public static class WriteBins
{
    public const int MostItems = 2_000, MostLevel = 100;

    public sealed record Item(string? Code, string? Zone = null, long WalkOrder = 0, BinKind Kind = BinKind.Pick, int? Aisle = null, int? Block = null, long? PositionMm = null,
        AisleSide Side = AisleSide.None, int Level = 0, string? StorageClass = null, long? CapacityUnits = null, long? CapacityGrams = null, long? CapacityCm3 = null, bool IsClosed = false);
    public sealed record Request(IReadOnlyList<Item?>? Items);
    public sealed record Response(string Object, string Node, int Written, int Unchanged);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/nodes/{code}/bins", async (string code, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(code, body, db, clock, actor)).ToHttp())
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("warehouse.writeBins").WithTags("Warehouse").WithSummary("Write bins of a node")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: nodes.no_such_node; request.invalid with a pointer to each faulty item, such as warehouse.outside_layout.</remarks>
    public static async Task<Result<Response>> Handle(string code, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Each(body.Items, MostItems, (item, at) => Check(checks, item, at));
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            var checks = new Checks();
            if ((await StockNames.Load(work, actor, [], [code])).Node(code) is not { } node) return NodeErrors.NoSuchNode(code);
            var layout = await LayoutSql.Find(work, node.Id);
            var seen = new HashSet<string>();
            var wanted = body.Items!.Select((item, i) =>
            {
                checks.That(seen.Add(item!.Code!), $"/items/{i}/code", "field.repeated", $"Bin {item.Code} stands twice.");
                return Place(item, layout, checks, $"/items/{i}");
            }).ToList();
            if (checks.AnyFault) return checks.ToError();
            var changed = await Save(work, actor, now, node, wanted!);
            return new Response("bins", node.Code, changed.Count, wanted.Count - changed.Count);
        });
    }

    internal static void Check(Checks checks, Item item, string at)
    {
        checks.That(item.Code is not null && Text.IsCode(item.Code), at + "/code", "field.malformed", "A bin's code is 1 to 64 characters without blanks.");
        checks.Text(item.Zone, at + "/zone", 64);
        checks.Text(item.StorageClass, at + "/storageClass", 64);
        checks.Range(item.WalkOrder, 0, Checks.MaxQuantity, at + "/walkOrder");
        checks.Range(item.Level, 0, MostLevel, at + "/level");
        checks.That(Enum.IsDefined(item.Kind), at + "/kind", "field.unknown_value", "kind must be pick, bulk, reserve, staging, quarantine or tote.");
        checks.That(Enum.IsDefined(item.Side), at + "/side", "field.unknown_value", "side must be left, right or none.");
        foreach (var (name, most) in new[] { ("capacityUnits", item.CapacityUnits), ("capacityGrams", item.CapacityGrams), ("capacityCm3", item.CapacityCm3) })
            checks.Range(most ?? 1, 1, Checks.MaxQuantity, $"{at}/{name}");
        int told = (item.Aisle is null ? 0 : 1) + (item.Block is null ? 0 : 1) + (item.PositionMm is null ? 0 : 1);
        checks.That(told is 0 or 3, at + "/aisle", "field.required", "aisle, block and positionMm go together.");
    }

    /// <summary>The bin that an item describes, or a fault when it would lie outside the layout.</summary>
    internal static BinPlace Place(Item item, WarehouseLayout? layout, Checks checks, string at)
    {
        long? y = item.Block is { } block && item.PositionMm is { } position ? layout?.Y(block, position) : null;
        bool isPlaced = item.Aisle is null || y is not null && layout!.Holds(item.Aisle.Value, y.Value);
        checks.That(isPlaced, at + "/aisle", "warehouse.outside_layout", layout is null ? "Describe the aisles of the node first." : $"Bin {item.Code} would lie outside the layout of the node.");
        return new BinPlace(0, item.Code!, item.Zone ?? "", item.WalkOrder, item.Kind, item.Aisle, y, item.Side, item.Level, item.StorageClass ?? "", item.CapacityUnits, item.CapacityGrams,
            item.CapacityCm3, item.IsClosed);
    }

    /// <summary>Writes those that differ from what is stored.</summary>
    internal static async Task<IReadOnlyList<BinPlace>> Save(Work work, Actor actor, DateTimeOffset now, StockNode node, IReadOnlyList<BinPlace> wanted)
    {
        var stored = (await LayoutSql.Bins(work, node.Id, [.. wanted.Select(b => b.Code)])).ToDictionary(b => b.Code);
        var changed = wanted.Where(b => !stored.TryGetValue(b.Code, out var s) || s with { Id = 0 } != b).ToList();
        if (changed.Count == 0) return changed;
        await LayoutSql.Save(work, [.. changed.Select(b => (node.Id, b))], now);
        await EventLog.Append(work, actor, now, new Happening("node", node.Code, "BinsWritten", new { node.Code, bins = changed.Count }));
        return changed;
    }
}
