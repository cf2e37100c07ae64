using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A lot as it is shown.</summary>
/// <param name="Units">Units of it in the bins of the caller's nodes.</param>
/// <param name="Reason">Why it may not be sold.</param>
public sealed record LotView(string Object, string Sku, string Lot, string? ExpiresOn, [property: Words("open", "expired", "recalled")] string State, string? Reason, long Units, DateTimeOffset? FirstReceivedAt);

/// <summary>Units of a lot that an order holds: picked, or gone with a parcel.</summary>
public sealed record LotHolder(OrderId Order, string Number, FulfilmentId Fulfilment, string Node, int Line, string? Serial, long Quantity, long Shipped, DateTimeOffset PickedAt);

/// <summary>Statements on lots.</summary>
internal static class LotsSql
{
    public static string Id(string sku, string lot) => Text.Key(sku) + "/" + lot;

    /// <summary>Changes a lot's state if it is still as it was; one of which nothing is known is open.</summary>
    public static async Task<bool> Change(Work work, Actor actor, DateTimeOffset now, long sku, string lot, string from, string to, string? reason)
    {
        (string, object?)[] what = [("sku", sku), ("lot", lot), ("from", from), ("to", to), ("reason", reason), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds())];
        await work.Execute("insert into lot_facts (sku_id, lot, merchant_id, first_received_ms) values (@sku, @lot, @merchant, @now) on conflict do nothing", what);
        return await work.Execute(
            "update lot_facts set state = @to, reason = @reason, changed_by = @by, changed_at_ms = @now where sku_id = @sku and lot = @lot and merchant_id = @merchant and (state = @from or @from = '' and state <> @to)", what) > 0;
    }

    public static Task<List<LotView>> Lots(Work work, Actor actor, long sku, string? lot, string? state, (string Sku, string Lot) after, long limit) => work.Query(
        """
        select p.sku, k.lot, l.expires_on, coalesce(f.state, 'open'), case when coalesce(f.state, 'open') = 'open' then null else f.reason end,
               (select sum(s.quantity) from bin_stock s join bins x on x.id = s.bin_id where s.merchant_id = @merchant and s.sku_id = k.sku_id and s.lot = k.lot and (@all or x.node_id = any(@nodes))),
               f.first_received_ms
          from (select sku_id, lot from lots where merchant_id = @merchant union select sku_id, lot from lot_facts where merchant_id = @merchant) k
          join products p on p.id = k.sku_id left join lots l on l.sku_id = k.sku_id and l.lot = k.lot left join lot_facts f on f.sku_id = k.sku_id and f.lot = k.lot
         where (@sku = 0 or k.sku_id = @sku) and (@any or k.lot = @lot) and (@every or coalesce(f.state, 'open') = @state) and (p.sku_key, k.lot) > (@after_sku, @after_lot)
         order by p.sku_key, k.lot limit @limit
        """,
        row => new LotView("lot", row.Text(), row.Text(), row.TextOrNull(), row.Text(), row.TextOrNull(), row.Sum(), row.InstantOrNull()),
        ("sku", sku), ("any", lot is null), ("lot", lot ?? ""), ("every", state is null), ("state", state ?? ""), ("after_sku", after.Sku), ("after_lot", after.Lot), ("limit", limit),
        ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));

    public static Task<List<LotHolder>> Holders(Work work, Actor actor, long sku, string lot, Guid after, int afterLine, string afterSerial, long limit) => work.Query(
        """
        select h.order_id, o.number, h.fulfilment_id, n.code, h.line_no, h.serial, sum(h.quantity), sum(h.shipped), min(h.picked_at_ms)
          from fulfilment_lots h join orders o on o.id = h.order_id join nodes n on n.id = h.node_id
         where h.merchant_id = @merchant and h.sku_id = @sku and h.lot = @lot and h.quantity > 0 and (h.fulfilment_id, h.line_no, h.serial) > (@after, @line, @serial)
           and (@all or h.node_id = any(@nodes))
         group by h.order_id, o.number, h.fulfilment_id, n.code, h.line_no, h.serial order by h.fulfilment_id, h.line_no, h.serial limit @limit
        """,
        row => new LotHolder(new OrderId(row.Uuid()), row.Text(), new FulfilmentId(row.Uuid()), row.Text(), row.Int(), row.Text() is { Length: > 0 } serial ? serial : null, row.Sum(), row.Sum(), row.Instant()),
        ("sku", sku), ("lot", lot), ("after", after), ("line", afterLine), ("serial", afterSerial), ("limit", limit), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));
}
