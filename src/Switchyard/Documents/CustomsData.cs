using System.Text.Json.Nodes;
using Switchyard.Fulfilment;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Documents;

/// <summary>What a customs form says of a release: its goods with their numbers, origins, weights and values.</summary>
/// <remarks>Source: UPU forms CN 22 and CN 23 (columns 1 to 15); a CN 22 is for at most 300 SDR and 2 kg, which whoever sends it decides.</remarks>
internal static class CustomsData
{
    public static JsonObject Of(FulfilmentView release, OrderView order, Dictionary<string, (long Weight, string? HsCode, string? Origin)> goods, TrackedGoods tracked, SenderSettings.Body sender, string merchant)
    {
        var items = new JsonArray();
        long total = 0, grams = 0;
        foreach (var line in release.Lines)
        {
            long units = line.Quantity - line.Short - line.Rejected - line.Cancelled;
            if (units <= 0) continue;
            var of = order.Lines.FirstOrDefault(l => l.Line == line.Line);
            var known = goods.GetValueOrDefault(Text.Key(line.Sku));
            // The value is what was paid for these units, after discounts: the line's total shared out to the unit.
            long value = of is null || of.Quantity == 0 ? 0 : (long)((Int128)of.TotalMinor * units / of.Quantity);
            total += value;
            grams += known.Weight * units;
            var (serials, lots) = tracked.Of(release.Id, line.Line);
            items.Add(new JsonObject
            {
                ["serials"] = serials, ["lots"] = lots, ["sku"] = line.Sku, ["name"] = line.Name, ["quantity"] = units, ["weightGrams"] = known.Weight * units, ["hsCode"] = known.HsCode, ["origin"] = known.Origin,
                ["customsMinor"] = value, ["unitCustomsMinor"] = value / units,
            });
        }
        var packages = release.Packages.Where(p => p.State != "voided").ToList();
        return new JsonObject
        {
            ["items"] = items, ["currency"] = order.Currency, ["totalMinor"] = total, ["chargesMinor"] = order.ChargesMinor,
            ["grossGrams"] = packages.Count > 0 && packages.All(p => p.WeightGrams is not null) ? packages.Sum(p => p.WeightGrams!.Value) : grams,
            ["isGift"] = order.Metadata?["isGift"]?.ToString() is "true" or "yes", ["parcels"] = Math.Max(1, packages.Count), ["itemNumber"] = packages.Select(p => p.Tracking).FirstOrDefault(t => t is not null),
            ["importerReference"] = order.Metadata?["importerReference"]?.ToString(), ["explanation"] = "", ["incoterm"] = sender.Incoterm ?? "DAP", ["signedBy"] = sender.SignedBy ?? sender.Name ?? merchant,
        };
    }
}
