using Switchyard.Database;
using Switchyard.Files;

namespace Switchyard.Warehouse;

// door: WarehouseLayout, BinPlace, BinKind, AisleSide, BinLoad, PutawayGoods

/// <summary>The door of Warehouse: where the bins of a node are, and what is to be put where.</summary>
public static class WarehouseRoom
{
    public static IReadOnlyList<FileKind> Files { get; } = [new BinsFile()];

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteLayout.Map(routes);
        ReadLayout.Map(routes);
        ReadBin.Map(routes);
        WriteBins.Map(routes);
        PutawayRules.Map(routes);
        SuggestPutaway.Map(routes);
        TryPutaway.Map(routes);
    }

    /// <summary>The grid of aisles of a node; null where nobody has described it.</summary>
    public static Task<WarehouseLayout?> Layout(Work work, long node) => LayoutSql.Find(work, node);

    /// <summary>Bins of a node by their codes, or the first ten thousand in walk order.</summary>
    public static Task<List<BinPlace>> Bins(Work work, long node, string[]? codes = null) => LayoutSql.Bins(work, node, codes);
}
