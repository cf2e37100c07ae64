using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>What one scan stands for.</summary>
internal sealed record ScannedItem(string Sku, long Units);

/// <summary>Asks the catalogue what the scans of a request stand for.</summary>
internal static class ScannedItems
{
    /// <summary>One entry an item, null where nothing was scanned; faults go to the item's pointer.</summary>
    public static async Task<IReadOnlyList<ScannedItem?>> Read(Work work, IReadOnlyList<string?> scans, Checks checks)
    {
        var codes = await ScannedCodes.Load(work, scans);
        return [.. scans.Select((scan, i) => scan is not null && codes.Find(scan, $"/items/{i}/barcode", checks) is { } found ? new ScannedItem(found.Sku, found.Units) : null)];
    }
}
