using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>One entry of a receiver, as far as its units are told apart.</summary>
internal sealed record ReceivedUnit(int Place, long Sku, string SkuText, long Units, string? Lot, string? Expiry, string? Serial);

/// <summary>Lots and serial numbers of goods that come in: asked for where a product wants them, noted, and kept from sale where the lot is.</summary>
internal static class ReceivedUnits
{
    /// <remarks>Errors: inventory.lot_needed, inventory.serial_needed, inventory.serial_of_many, inventory.expiry_needed.</remarks>
    public static async Task Check(Work work, IReadOnlyList<ReceivedUnit> units, Checks checks)
    {
        foreach (var unit in units.Where(u => u.Serial is not null))
            checks.That(unit.Units == 1, $"/items/{unit.Place}/quantity", "inventory.serial_of_many", "A serial number is that of one unit.");
        var tracking = await SetTracking.Of(work, [.. units.Select(u => u.Sku).Distinct()]);
        if (tracking.Count == 0) return;
        var known = (await work.Query("select l.sku_id, l.lot from @rows r join lots l on l.sku_id = r.sku_id and l.lot = r.lot where l.merchant_id = @merchant",
            Rows.Of(units.Where(u => u.Lot is not null).DistinctBy(u => (u.Sku, u.Lot)).ToList()).Long("sku_id", u => u.Sku).Text("lot", u => u.Lot), row => (row.Long(), row.Text()))).ToHashSet();
        foreach (var unit in units)
        {
            if (!tracking.TryGetValue(unit.Sku, out var wants)) continue;
            checks.That(wants.Tracks != Tracks.Lot || !string.IsNullOrEmpty(unit.Lot), $"/items/{unit.Place}/lot", "inventory.lot_needed", $"Lots of {unit.SkuText} are kept: say which this is.");
            checks.That(wants.Tracks != Tracks.Serial || !string.IsNullOrEmpty(unit.Serial), $"/items/{unit.Place}/serial", "inventory.serial_needed", $"Serial numbers of {unit.SkuText} are kept: say which this is.");
            checks.That(!wants.NeedsExpiry || unit.Expiry is not null || unit.Lot is not null && known.Contains((unit.Sku, unit.Lot)), $"/items/{unit.Place}/expiry", "inventory.expiry_needed",
                $"The last day of this lot of {unit.SkuText} is not known yet: say it.");
        }
    }

    /// <summary>Notes serial numbers, and takes from sale what is of a lot that is out of sale or past its day. After the goods are written.</summary>
    /// <remarks>Errors: inventory.serial_here.</remarks>
    public static async Task<Error?> Follow(Work work, Actor actor, DateTimeOffset now, StoredDelivery delivery, IReadOnlyList<ReceivedUnit> units)
    {
        var clash = await Serials.Come(work, actor, now, [.. units.Where(u => !string.IsNullOrEmpty(u.Serial)).Select(u => new SerialUnit(u.Sku, delivery.NodeId, u.Serial!, u.Lot ?? "", delivery.LedgerReference))]);
        if (clash.Count > 0) return Error.Conflict("inventory.serial_here", $"The serial number {clash[0].Serial} is here already.");
        var lots = units.Where(u => !string.IsNullOrEmpty(u.Lot)).DistinctBy(u => (u.Sku, u.Lot)).ToList();
        if (lots.Count == 0) return null;
        long[] skus = [.. lots.Select(l => l.Sku).Distinct()];
        var days = (await work.Query("select sku_id, pick_days from product_tracking where merchant_id = @merchant and sku_id = any(@skus)", row => (Sku: row.Long(), Days: row.Long()), ("skus", skus))).ToDictionary(d => d.Sku, d => d.Days);
        foreach (var lot in lots.Where(l => l.Expiry is not null && string.CompareOrdinal(l.Expiry, WatchLots.FirstDay(now, days.GetValueOrDefault(l.Sku))) < 0))
            await LotsSql.Change(work, actor, now, lot.Sku, lot.Lot!, "open", "expired", lot.Expiry);
        var blocked = await LotBlocks.Of(work, skus);
        await LotBlocks.Settle(work, actor, now, [.. lots.Where(l => blocked.Contains((l.Sku, l.Lot!))).Select(l => l.Sku)]);
        return null;
    }
}
