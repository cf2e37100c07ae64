using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>Units on hand at a node that lie on no shelf: they are picked or packed and have not left. Whoever counts a shelf does not see them.</summary>
internal static class InHand
{
    /// <summary>Of the lines of releases, as a part of a statement: those still in hand now.</summary>
    public static string Now(string sku, string node, string merchant, string and = "") =>
        $"(select coalesce(sum(h.picked + h.packed), 0) from fulfilment_lines h where h.sku_id = {sku} and h.node_id = {node} and h.open + h.picked + h.packed > 0 and h.merchant_id = {merchant}{and} /* house: the merchant is said where it is used */)";

    /// <param name="at">As of when; null: now. What has left since then was in hand if it had been picked by then.</param>
    public static Task<long> Units(Work work, long sku, long node, DateTimeOffset? at) => work.Scalar(
        $"""
        select {Now("@sku", "@node", "@merchant", " and coalesce(h.picked_at_ms, 0) <= @at")}
             + (select coalesce(sum(c.quantity), 0) from shipments s join packages p on p.shipment_id = s.id join package_lines c on c.package_id = p.id
                  join fulfilment_lines l on l.fulfilment_id = p.fulfilment_id and l.line_no = c.line_no
                 where s.merchant_id = @merchant and s.shipped_at_ms > @at and s.node_id = @node and l.sku_id = @sku and l.picked_at_ms <= @at)
        """, ("sku", sku), ("node", node), ("at", at?.ToUnixTimeMilliseconds() ?? long.MaxValue));
}
