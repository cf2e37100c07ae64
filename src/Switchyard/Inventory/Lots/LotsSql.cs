using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A lot as it is shown.</summary>
/// <param name="Units">Units of it in the bins of the caller's nodes, what is picked and has not left too.</param>
/// <param name="Reason">Why it may not be sold.</param>
/// <param name="Nodes">The caller's nodes where it lies.</param>
public sealed record LotView(string Object, string Sku, string Lot, string? ExpiresOn, [property: Words("open", "expired", "recalled")] string State, string? Reason, long Units, DateTimeOffset? FirstReceivedAt,
    string Name, IReadOnlyList<LotAtNode> Nodes);

public sealed record LotAtNode(string Node, long Units);

/// <summary>Units of a lot that an order holds: picked, or gone with a parcel.</summary>
/// <param name="Shipped">Units of them that have left.</param>
/// <param name="Customer">Whom they are for, and how to reach them; null for those who may not see customers.</param>
public sealed record LotHolder(OrderId Order, string Number, FulfilmentId Fulfilment, string Node, int Line, string? Serial, long Quantity, long Shipped, DateTimeOffset PickedAt, LotCustomer? Customer);

public sealed record LotCustomer(string? Name, string? Email, string? Phone);

/// <summary>Which lots are listed.</summary>
/// <param name="Text">The SKU or the lot begins so.</param>
/// <param name="Node">Only what lies at this node; 0: at any.</param>
/// <param name="Until">Only lots whose last day is this one or before.</param>
internal sealed record LotFilter(long Sku = 0, string? Lot = null, string? State = null, string Text = "", long Node = 0, string? Until = null);

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

    public static async Task<List<LotView>> Lots(Work work, Actor actor, LotFilter filter, (string Sku, string Lot) after, long limit)
    {
        var found = await work.Query(
            """
            select k.sku_id, p.sku, k.lot, l.expires_on, coalesce(f.state, 'open'), case when coalesce(f.state, 'open') = 'open' then null else f.reason end, f.first_received_ms, p.name
              from (select sku_id, lot from lots where merchant_id = @merchant union select sku_id, lot from lot_facts where merchant_id = @merchant) k
              join products p on p.id = k.sku_id left join lots l on l.sku_id = k.sku_id and l.lot = k.lot left join lot_facts f on f.sku_id = k.sku_id and f.lot = k.lot
             where (@sku = 0 or k.sku_id = @sku) and (@any or k.lot = @lot) and (@every or coalesce(f.state, 'open') = @state) and (p.sku_key, k.lot) > (@after_sku, @after_lot)
               and (@text = '' or p.sku_key like @text or upper(k.lot) like @text) and (@until = '' or l.expires_on <= @until)
               and (@node = 0 or exists (select 1 from bin_stock s join bins x on x.id = s.bin_id where s.merchant_id = @merchant and s.sku_id = k.sku_id and s.lot = k.lot and x.node_id = @node and s.quantity > 0))
             order by p.sku_key, k.lot limit @limit
            """,
            row => (SkuId: row.Long(), Sku: row.Text(), Lot: row.Text(), Expires: row.TextOrNull(), State: row.Text(), Reason: row.TextOrNull(), First: row.InstantOrNull(), Name: row.Text()),
            ("sku", filter.Sku), ("any", filter.Lot is null), ("lot", filter.Lot ?? ""), ("every", filter.State is null), ("state", filter.State ?? ""), ("after_sku", after.Sku), ("after_lot", after.Lot),
            ("text", filter.Text.Length == 0 ? "" : Text.Key(filter.Text).Replace("%", "", StringComparison.Ordinal) + "%"), ("until", filter.Until ?? ""), ("node", filter.Node), ("limit", limit));
        var at = (await work.Query(
            """
            select s.sku_id, s.lot, n.code, sum(s.quantity) from @rows r join bin_stock s on s.sku_id = r.sku_id and s.lot = r.lot join bins x on x.id = s.bin_id join nodes n on n.id = x.node_id
             where s.merchant_id = @merchant and s.quantity > 0 and (@all or x.node_id = any(@nodes)) group by s.sku_id, s.lot, n.code order by n.code
            """, Rows.Of(found).Long("sku_id", f => f.SkuId).Text("lot", f => f.Lot), row => (Key: (row.Long(), row.Text()), At: new LotAtNode(row.Text(), row.Sum())),
            ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []))).ToLookup(a => a.Key, a => a.At);
        return found.ConvertAll(f => new LotView("lot", f.Sku, f.Lot, f.Expires, f.State, f.Reason, at[(f.SkuId, f.Lot)].Sum(n => n.Units), f.First, f.Name, [.. at[(f.SkuId, f.Lot)]]));
    }

    public static Task<List<LotHolder>> Holders(Work work, Actor actor, long sku, string lot, Guid after, int afterLine, string afterSerial, long limit) => work.Query(
        """
        select h.order_id, o.number, h.fulfilment_id, n.code, h.line_no, h.serial, sum(h.quantity), sum(h.shipped), min(h.picked_at_ms), o.customer_name, o.customer_email, o.customer_phone
          from fulfilment_lots h join orders o on o.id = h.order_id join nodes n on n.id = h.node_id
         where h.merchant_id = @merchant and h.sku_id = @sku and h.lot = @lot and h.quantity > 0 and (h.fulfilment_id, h.line_no, h.serial) > (@after, @line, @serial)
           and (@all or h.node_id = any(@nodes))
         group by h.order_id, o.number, h.fulfilment_id, n.code, h.line_no, h.serial, o.customer_name, o.customer_email, o.customer_phone order by h.fulfilment_id, h.line_no, h.serial limit @limit
        """,
        row => new LotHolder(new OrderId(row.Uuid()), row.Text(), new FulfilmentId(row.Uuid()), row.Text(), row.Int(), row.Text() is { Length: > 0 } serial ? serial : null, row.Sum(), row.Sum(), row.Instant(),
            new LotCustomer(row.TextOrNull(), row.TextOrNull(), row.TextOrNull()) is var customer && actor.May(Permission.CustomersRead) ? customer : null),
        ("sku", sku), ("lot", lot), ("after", after), ("line", afterLine), ("serial", afterSerial), ("limit", limit), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));
}
