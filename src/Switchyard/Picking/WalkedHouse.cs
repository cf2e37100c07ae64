using Switchyard.Database;
using Switchyard.Warehouse;

namespace Switchyard.Picking;

/// <summary>How a node is walked in, as far as somebody has described it: its aisles, and where in them its bins are.</summary>
internal static class WalkedHouse
{
    public static async Task<PickHouse> Of(Work work, long node, IReadOnlyList<BinUnits> bins)
    {
        string[] codes = [.. bins.Select(b => b.Bin.Code).Distinct()];
        var places = (await WarehouseRoom.Bins(work, node, codes)).ToDictionary(b => b.Code);
        // Nothing is picked from where goods wait for a decision, or from a bin that is closed.
        BinUnits[] open = [.. bins.Where(b => !places.TryGetValue(b.Bin.Code, out var place) || place is { IsClosed: false, Kind: not BinKind.Quarantine })
            .Select(b => places.TryGetValue(b.Bin.Code, out var place) ? b with { Bin = b.Bin with { Aisle = place.Aisle, YMm = place.YMm, IsLast = place.Kind is not (BinKind.Pick or BinKind.Bulk) } } : b)];
        if (await WarehouseRoom.Layout(work, node) is not { } layout) return new PickHouse(null, WarehouseLayout.UsualWalk, open);
        return new PickHouse(PickFloor.Regular(layout.Aisles, layout.Blocks, layout.BlockLengthMm, layout.AisleSpacingMm, layout.DepotAisle), layout.WalkMmPerSecond, open);
    }

    /// <summary>In which order bins are passed on one walk through the node, by their places in the list.</summary>
    public static async Task<IReadOnlyList<int>> Passed(Work work, long node, IReadOnlyList<string?> bins)
    {
        var places = (await WarehouseRoom.Bins(work, node, [.. bins.OfType<string>().Distinct()])).ToDictionary(b => b.Code);
        var house = await Of(work, node, []);
        return PickPlan.Passed([.. bins.Select(b => b is not null && places.TryGetValue(b, out var place) ? new PickBin(b, place.Zone, false, place.WalkOrder, place.Aisle, place.YMm) : null)], house);
    }
}
