using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>An edit that waits until nodes have put goods back.</summary>
/// <param name="By">Who asked for it; their rights were looked at then.</param>
internal sealed record AskedEdit(OrderId Order, int No, long Merchant, EditOrder.Request Wish, string By);

/// <summary>The statements on <c>order_edits</c>. Each is made under the lock of its order.</summary>
internal static class AskedEdits
{
    public static Task Keep(Work work, OpenOrder order, EditOrder.Request wish, string by) => work.Execute(
        """
        insert into order_edits (order_id, edit_no, merchant_id, state, wish, asked_by, asked_at_ms)
        select @order, coalesce(max(edit_no), 0) + 1, @merchant, 'asked', @wish::text, @by::text, @now::bigint
          from order_edits where order_id = @order and merchant_id = @merchant
        """, ("order", order.Id.Value), ("wish", JsonSerializer.Serialize(wish with { Version = null }, Json.Options)), ("by", by), ("now", order.Now.ToUnixTimeMilliseconds()));

    /// <summary>Those whose goods are back, or have left after all, in the order in which they were asked for.</summary>
    public static Task<List<AskedEdit>> Due(Work work, int most) => work.Query(
        """
        select e.order_id, e.edit_no, e.merchant_id, e.wish, e.asked_by from order_edits e
         where e.state = 'asked' and not exists (select 1 from fulfilment_orders f where f.order_id = e.order_id and f.state = 'stopAsked')
         order by e.asked_at_ms, e.order_id, e.edit_no limit @most /* house */
        """,
        row => new AskedEdit(new OrderId(row.Uuid()), row.Int(), row.Long(), JsonSerializer.Deserialize<EditOrder.Request>(row.Text(), Json.Options)!, row.Text()),
        ("most", (long)most));

    /// <summary>Edits of an order that still wait.</summary>
    public static Task<List<int>> Open(Work work, OrderId order) => work.Query(
        "select edit_no from order_edits where order_id = @order and merchant_id = @merchant and state = 'asked' order by edit_no",
        row => row.Int(), ("order", order.Value));

    /// <param name="state">made, failed, or dropped since the order has ended.</param>
    public static Task End(Work work, AskedEdit edit, string state, DateTimeOffset now) => work.Execute(
        "update order_edits set state = @state, wish = null, ended_at_ms = @now where order_id = @order and edit_no = @no and merchant_id = @merchant",
        ("state", state), ("now", now.ToUnixTimeMilliseconds()), ("order", edit.Order.Value), ("no", edit.No));
}
