using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>What one scan stands for; a GS1 code also tells lot, last day and serial number.</summary>
internal sealed record ScannedItem(string Sku, long Units, string? Lot, string? Expiry, string? Serial);

/// <summary>Asks the catalogue what the scans of a request stand for.</summary>
internal static class ScannedItems
{
    public const int MostCharacters = Gs1.MostCharacters;

    /// <summary>One entry an item, null where nothing was scanned; faults go to the item's pointer.</summary>
    public static async Task<IReadOnlyList<ScannedItem?>> Read(Work work, IReadOnlyList<string?> scans, DateTimeOffset now, Checks checks)
    {
        var codes = await ScannedCodes.Load(work, scans, now);
        return [.. scans.Select((scan, i) => scan is not null && codes.Find(scan, $"/items/{i}/barcode", checks) is { } found
            ? new ScannedItem(found.Sku, found.Units, found.Lot, found.Expiry, found.Serial) : null)];
    }
}
