using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>A line of an order as it was placed.</summary>
/// <param name="RatePpm">Its tax, millionths.</param>
public sealed record CounterLine(string Sku, long Quantity, long PriceMinor, long RatePpm);

/// <summary>Orders that are sold over a counter: at which node, and how far a try came that was broken off.</summary>
public static class SoldAtCounter
{
    /// <summary>Prices and rates of an order's lines, components left out; none when no such order was placed.</summary>
    public static Task<List<CounterLine>> Begun(Work work, string channel, string externalId) => work.Query(
        """
        select l.sku, l.quantity, l.unit_price_minor, l.tax_rate_ppm from orders o
          join channels c on c.id = o.channel_id and c.merchant_id = @merchant join order_lines l on l.order_id = o.id and l.merchant_id = @merchant
         where o.merchant_id = @merchant and o.external_id = @external and c.code = @channel and l.parent_line_no is null order by l.line_no
        """, row => new CounterLine(row.Text(), row.Long(), row.Long(), row.Long()), ("external", externalId), ("channel", channel));

    /// <summary>Writes down at which node's till an order was sold.</summary>
    public static Task Note(Work work, OrderId order, long node) =>
        work.Execute("update orders set sold_at_node = @node where merchant_id = @merchant and id = @id", ("node", node), ("id", order.Value));
}
