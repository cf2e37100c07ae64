using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>
/// The door for whoever stands before a bin and finds fewer units than the books have: the bin is set to what was found, the rest is missing until somebody counts, and as far as it
/// is promised to nobody it is not sold until then. Locks stock.
/// </summary>
public static class MissingInBin
{
    /// <param name="lot">Of this lot only; of all lots in the bin, when null.</param>
    /// <param name="found">Units that are there, at least 0.</param>
    /// <returns>Units that the books had and that are not there.</returns>
    public static async Task<long> Note(Work work, Actor actor, long node, string nodeCode, long sku, string skuText, string bin, string? lot, long found, string reason, DateTimeOffset now)
    {
        var sheet = await StockSheet.Lock(work, [sku], now);
        long lost = 0;
        foreach (var ((_, code, held), units) in (await PickedBins.Shelf(work, node, [sku])).Where(s => s.Key.Bin == bin && (lot is null || s.Key.Lot == lot)).OrderBy(s => s.Key.Lot, StringComparer.Ordinal))
        {
            long here = Math.Min(units, found);
            found -= here;
            if (units == here) continue;
            PickedBins.Lose(sheet, new PickedUnits(sku, node, code, held, units - here));
            lost += units - here;
        }
        long aside = sheet.Find(sku, node) is { } row ? Math.Clamp(row.Balance.Available, 0, lost) : 0;
        if (aside > 0)
            sheet.Move(sku, node, new Buckets { Unavailable = aside }, new Movement(MovementKind.MadeUnavailable, actor.Id, Reference: bin, Reason: reason));
        await sheet.Write(work);
        var batch = work.Batch();
        CountTasks.Want(batch, actor, [new WantedCount(sku, node, $"{skuText} at {nodeCode}: {reason}", aside)], now);
        await batch.Run();
        return lost;
    }
}
