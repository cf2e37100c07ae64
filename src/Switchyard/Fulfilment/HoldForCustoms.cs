using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>
/// Before work is given to a node that wants it so, what would cross a customs border is held when its product has no HS code or country of origin; the hold
/// names what is missing, and ends when the product says it.
/// </summary>
internal static class HoldForCustoms
{
    /// <summary>Would a product be held if this release were to take it across the border?</summary>
    public static async Task<bool> WouldHold(OpenWork open, OpenRelease release, long sku) =>
        release.Node is { HoldsForCustoms: true } node && CustomsBorder.IsBetween(node.Country, open.OrderOf(release).Country) && !HoldRules.IsCollected(release.Method)
        && await open.Work.Scalar("select count(*) from products where merchant_id = @merchant and id = @sku and (hs_code is null or origin_country is null)", ("sku", sku)) > 0;

    /// <returns>The parts that may be given out.</returns>
    public static async Task<IReadOnlyList<GiveOut.Part>> Clear(OpenWork open, OpenOrder order, IReadOnlyList<GiveOut.Part> parts)
    {
        bool crosses(GiveOut.Part part) => open.Node(part.Node) is { HoldsForCustoms: true } node && CustomsBorder.IsBetween(node.Country, order.Country) && !HoldRules.IsCollected(order.WayOf(part.Line).Method);
        long[] skus = [.. parts.Where(crosses).Select(p => p.Line.SkuId!.Value).Distinct()];
        if (skus.Length == 0) return parts;
        var missing = (await open.Work.Query(
            "select id, hs_code is null, origin_country is null from products where merchant_id = @merchant and id = any(@skus) and (hs_code is null or origin_country is null)",
            row => (Id: row.Long(), Code: row.Bool(), Origin: row.Bool()), ("skus", skus))).ToDictionary(m => m.Id);
        var held = parts.Where(p => crosses(p) && missing.ContainsKey(p.Line.SkuId!.Value)).ToList();
        foreach (var line in held.Select(p => p.Line).Distinct())
        {
            var lacks = missing[line.SkuId!.Value];
            int no = line.ParentLineNo ?? line.LineNo;
            if (order.Holds.Any(h => h.Kind == HoldKinds.Customs && h.LineNo == no && h.Subject == Text.Key(line.Sku))) continue;
            string what = lacks is { Code: true, Origin: true } ? "HS code and country of origin" : lacks.Code ? "HS code" : "country of origin";
            order.Hold(new NewHold(HoldKinds.Customs, $"{line.Sku} goes to {order.Country} through customs, and its {what} is not known.", no) { Subject = Text.Key(line.Sku) });
            open.Touch(order);
        }
        // A bundle is held as a whole.
        return held.Count == 0 ? parts : [.. parts.Where(p => !order.IsHeld(p.Line))];
    }
}
