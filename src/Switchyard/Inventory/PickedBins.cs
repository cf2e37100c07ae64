using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>Units that somebody takes from a bin, or puts back into it; on hand they stay until they leave.</summary>
/// <param name="Units">Above 0: from the bin to those that are picked; below 0: back.</param>
public sealed record PickedUnits(long Sku, long Node, string Bin, string Lot, long Units);

/// <summary>
/// The door for whoever picks: what is taken from a shelf lies in the bin <see cref="Code"/> of its node until it leaves, so that the shelf is said to hold what lies on it. The stock of the
/// SKUs is locked by the caller.
/// </summary>
public static class PickedBins
{
    /// <summary>Goods in hands, totes and parcels of a node.</summary>
    public const string Code = "PICKED";

    /// <summary>What is here and put nowhere in particular.</summary>
    public const string Unplaced = BinsSql.Unplaced;

    /// <summary>What somebody has looked for and not found: it is on hand in the books until a count says otherwise. Nobody is sent there, and nothing of it is put away.</summary>
    public const string Missing = "MISSING";

    /// <summary>Codes of bins that are no place a person can walk to, as a part of a statement: what is put nowhere, what is missing and what is in hand.</summary>
    public const string NoPlaces = $"('{BinsSql.Unplaced}', '{Missing}', '{Code}')";

    /// <summary>What the bins of a node hold of these SKUs, what is picked or missing left out.</summary>
    public static async Task<Dictionary<(long Sku, string Bin, string Lot), long>> Shelf(Work work, long node, IEnumerable<long> skus) =>
        (await BinMovesSql.Shelf(work, node, [.. skus.Distinct()])).Where(s => s.Key.Bin is not (Code or Missing) && s.Value > 0).ToDictionary(s => s.Key, s => s.Value);

    /// <summary>Moves units between their bin and those that are picked.</summary>
    public static void Move(StockSheet sheet, PickedUnits units)
    {
        sheet.Bin(new BinnedUnits(units.Sku, units.Node, units.Bin, units.Lot, null, -units.Units));
        sheet.Bin(new BinnedUnits(units.Sku, units.Node, Code, units.Lot, null, units.Units));
    }

    /// <summary>Units that are picked turn out to be of this lot.</summary>
    public static void Name(StockSheet sheet, PickedUnits units, string lot)
    {
        sheet.Bin(new BinnedUnits(units.Sku, units.Node, Code, units.Lot, null, -units.Units));
        sheet.Bin(new BinnedUnits(units.Sku, units.Node, Code, lot, null, units.Units));
    }

    /// <summary>Units leave with a movement of the balance: from those that are picked, or from their bin where nobody saw them taken.</summary>
    public static void Leave(StockSheet sheet, PickedUnits units, long held)
    {
        if (held > 0) sheet.Bin(new BinnedUnits(units.Sku, units.Node, Code, units.Lot, null, -held));
        if (units.Units > held && units.Bin.Length > 0) sheet.Bin(new BinnedUnits(units.Sku, units.Node, units.Bin, units.Lot, null, held - units.Units));
    }

    /// <summary>Units that are not where the books have them: they are missing until somebody finds or counts them.</summary>
    public static void Lose(StockSheet sheet, PickedUnits units)
    {
        sheet.Bin(new BinnedUnits(units.Sku, units.Node, units.Bin, units.Lot, null, -units.Units));
        sheet.Bin(new BinnedUnits(units.Sku, units.Node, Missing, units.Lot, null, units.Units));
    }

    /// <summary>A count has settled what was missing: so many units are written off with its movement, the others are here, in no particular place yet.</summary>
    public static async Task Found(Work work, StockSheet sheet, long sku, long node, long writtenOff)
    {
        foreach (var ((_, bin, lot), units) in (await BinMovesSql.Shelf(work, node, [sku])).Where(s => s.Key.Bin == Missing && s.Value > 0).OrderBy(s => s.Key.Lot, StringComparer.Ordinal))
        {
            long gone = Math.Min(units, writtenOff);
            writtenOff -= gone;
            sheet.Bin(new BinnedUnits(sku, node, bin, lot, null, -units));
            if (units > gone) sheet.Bin(new BinnedUnits(sku, node, BinsSql.Unplaced, lot, null, units - gone));
        }
    }
}
