using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Warehouse;

/// <summary>Statements on layouts and the places of bins. They belong to nodes, which merchants share.</summary>
internal static class LayoutSql
{
    /// <summary>The most bins of one picture. Where units are that were put nowhere (walk order below 0) is no bin of the layout.</summary>
    public const int MostBins = 10_000;

    public const string Columns =
        """
        select x.id, x.code, x.zone, x.walk_order, coalesce(p.kind, case when x.is_bulk then 'bulk' else 'pick' end), p.aisle, p.y_mm, coalesce(p.side, 'none'),
               coalesce(p.level, 0), coalesce(p.storage_class, ''), p.capacity_units, p.capacity_grams, p.capacity_cm3, coalesce(p.is_closed, false)
        """;

    public static BinPlace Read(Row row) => new(row.Long(), row.Text(), row.Text(), row.Long(), Enum.Parse<BinKind>(row.Text(), ignoreCase: true), row.IntOrNull(), row.LongOrNull(),
        Enum.Parse<AisleSide>(row.Text(), ignoreCase: true), row.Int(), row.Text(), row.LongOrNull(), row.LongOrNull(), row.LongOrNull(), row.Bool());

    public static Task<WarehouseLayout?> Find(Work work, long node) => work.Find(
        "select aisles, blocks, block_length_mm, aisle_spacing_mm, depot_aisle, walk_mm_s from warehouse_layouts where node_id = @node",
        row => new WarehouseLayout(row.Int(), row.Int(), row.Long(), row.Long(), row.Int(), row.Long()), ("node", node));

    public static Task<long> Version(Work work, long node) => work.Scalar("select version from warehouse_layouts where node_id = @node", ("node", node));

    public static Task<List<BinPlace>> Bins(Work work, long node, string[]? codes = null) => work.Query(
        $"""
        {Columns} from bins x left join bin_places p on p.bin_id = x.id where x.node_id = @node and x.walk_order >= 0 and (@all or x.code = any(@codes))
         order by x.walk_order, x.code limit {MostBins}
        """, Read, ("node", node), ("all", codes is null), ("codes", codes ?? []));

    /// <summary>Writes bins of nodes whole, and makes those that are not there.</summary>
    public static async Task Save(Work work, IReadOnlyList<(long Node, BinPlace Bin)> bins, DateTimeOffset now)
    {
        var ordered = bins.OrderBy(b => b.Node).ThenBy(b => b.Bin.Code, StringComparer.Ordinal).ToList();
        var batch = work.Batch();
        BinRegister.Queue(batch, [.. ordered.Select(b => new BinRegister.Wanted(b.Node, b.Bin.Code, b.Bin.Zone, b.Bin.WalkOrder, b.Bin.Kind == BinKind.Bulk))]);
        batch.Execute(
            """
            insert into bin_places (bin_id, kind, aisle, y_mm, side, level, storage_class, capacity_units, capacity_grams, capacity_cm3, is_closed, updated_at_ms)
            select x.id, r.kind, r.aisle, r.y_mm, r.side, r.level, r.storage_class, r.capacity_units, r.capacity_grams, r.capacity_cm3, r.is_closed, @now
              from @rows r join bins x on x.node_id = r.node_id and x.code = r.code where true
                on conflict (bin_id) do update set kind = excluded.kind, aisle = excluded.aisle, y_mm = excluded.y_mm, side = excluded.side, level = excluded.level,
                   storage_class = excluded.storage_class, capacity_units = excluded.capacity_units, capacity_grams = excluded.capacity_grams,
                   capacity_cm3 = excluded.capacity_cm3, is_closed = excluded.is_closed, version = bin_places.version + 1, updated_at_ms = excluded.updated_at_ms
            """,
            Rows.Of(ordered).Long("node_id", b => b.Node).Text("code", b => b.Bin.Code).Text("kind", b => Name(b.Bin.Kind)).IntOrNull("aisle", b => b.Bin.Aisle)
                .LongOrNull("y_mm", b => b.Bin.YMm).Text("side", b => Name(b.Bin.Side)).Int("level", b => b.Bin.Level).Text("storage_class", b => b.Bin.StorageClass)
                .LongOrNull("capacity_units", b => b.Bin.CapacityUnits).LongOrNull("capacity_grams", b => b.Bin.CapacityGrams).LongOrNull("capacity_cm3", b => b.Bin.CapacityCm3)
                .Bool("is_closed", b => b.Bin.IsClosed), ("now", now.ToUnixTimeMilliseconds()));
        await batch.Run();
    }

    public static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
