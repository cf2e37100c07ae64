using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Writes what edits change beyond buckets and claims, of any number of orders, set-based.</summary>
internal static class OrderChangeRows
{
    public static void QueueHeads(Batch batch, IReadOnlyList<OpenOrder> orders) => batch.Execute(
        """
        update orders set ship_to = coalesce(r.ship_to, orders.ship_to), bill_to = coalesce(r.bill_to, orders.bill_to),
               ship_country = case when r.ship_to is null then orders.ship_country else r.ship_country end,
               ship_postcode = case when r.ship_to is null then orders.ship_postcode else r.ship_postcode end,
               ranks = case when r.ship_to is null then orders.ranks end,
               method = coalesce(r.method, orders.method), collect_node = r.collect_node, priority = coalesce(r.priority, orders.priority), metadata = coalesce(r.metadata, orders.metadata),
               customer_name = coalesce(r.customer_name, orders.customer_name), customer_email = coalesce(r.customer_email, orders.customer_email),
               customer_phone = coalesce(r.customer_phone, orders.customer_phone)
          from @rows r where orders.id = r.id and orders.merchant_id = @merchant
        """,
        Rows.Of(orders).Uuid("id", o => o.Id.Value).Text("ship_to", o => PlaceOrder.ToJson(o.Head!.ShippingAddress))
            .Text("bill_to", o => PlaceOrder.ToJson(o.Head!.BillingAddress)).Text("ship_country", o => o.Head!.ShippingAddress?.Country)
            .Text("ship_postcode", o => o.Head!.ShippingAddress?.Postcode).Text("method", o => o.Head!.Method).LongOrNull("collect_node", o => o.CollectNode).IntOrNull("priority", o => o.Head!.Priority)
            .Text("metadata", o => PlaceOrder.ToJson(o.Head!.Metadata)).Text("customer_name", o => o.Head!.CustomerName)
            .Text("customer_email", o => o.Head!.CustomerEmail).Text("customer_phone", o => o.Head!.CustomerPhone));

    public static void QueueMoney(Batch batch, IReadOnlyList<(OrderId Id, OrderMoney Money)> orders) => batch.Execute(
        """
        update orders set goods_minor = r.goods, discount_minor = r.discount, charges_minor = r.charges, tax_minor = r.tax, total_minor = r.total
          from @rows r where orders.id = r.id and orders.merchant_id = @merchant
        """,
        Rows.Of(orders).Uuid("id", o => o.Id.Value).Long("goods", o => o.Money.Goods).Long("discount", o => o.Money.Discount)
            .Long("charges", o => o.Money.Charges).Long("tax", o => o.Money.Tax).Long("total", o => o.Money.Total));

    public static void QueueSubstitutes(Batch batch, IReadOnlyList<(OrderId Id, OpenLine Line)> lines) => batch.Execute(
        "update order_lines set may_substitute = r.may from @rows r where order_lines.order_id = r.order_id and order_lines.line_no = r.line_no and order_lines.merchant_id = @merchant",
        Rows.Of(lines).Uuid("order_id", l => l.Id.Value).Int("line_no", l => l.Line.LineNo).Bool("may", l => l.Line.MaySubstitute));

    public static void QueuePrices(Batch batch, IReadOnlyList<(OrderId Id, OpenLine Line)> lines) => batch.Execute(
        """
        update order_lines set unit_price_minor = r.price, discount_minor = r.discount, tax_minor = r.tax, total_minor = r.total, billed = r.billed,
               full_units = r.full_units, full_discount_minor = r.full_discount, full_tax_minor = r.full_tax
          from @rows r where order_lines.order_id = r.order_id and order_lines.line_no = r.line_no and order_lines.merchant_id = @merchant
        """,
        Rows.Of(lines).Uuid("order_id", l => l.Id.Value).Int("line_no", l => l.Line.LineNo).Long("price", l => l.Line.Billing.UnitPriceMinor)
            .Long("discount", l => l.Line.Billing.DiscountMinor).Long("tax", l => l.Line.Billing.TaxMinor).Long("total", l => l.Line.Billing.TotalMinor)
            .Long("billed", l => l.Line.Billing.Units).Long("full_units", l => l.Line.Billing.FullUnits)
            .Long("full_discount", l => l.Line.Billing.FullDiscountMinor).LongOrNull("full_tax", l => l.Line.Billing.FullTaxMinor));

    /// <summary>Added lines go in before their buckets and prices would be updated, so they are written whole.</summary>
    public static void QueueAdded(Batch batch, IReadOnlyList<(OrderId Id, OpenLine Line)> lines) => batch.Execute(
        """
        insert into order_lines (order_id, line_no, merchant_id, kind, parent_line_no, sku_id, sku, name, quantity, unit_price_minor, discount_minor,
               tax_rate_ppm, tax_minor, total_minor, unallocated, backordered, preordered, allocated, released, metadata, expected_at_ms, method, collect_node, may_substitute, substitute_for)
        select order_id, line_no, @merchant, kind, parent_line_no, sku_id, sku, name, quantity, unit_price_minor, discount_minor,
               tax_rate_ppm, tax_minor, total_minor, unallocated, backordered, preordered, allocated, released, metadata, expected_at_ms, method, collect_node, may_substitute, substitute_for from @rows r
        """,
        Rows.Of(lines).Uuid("order_id", l => l.Id.Value).Int("line_no", l => l.Line.LineNo).Text("kind", l => l.Line.Kind.ToString().ToLowerInvariant())
            .IntOrNull("parent_line_no", l => l.Line.ParentLineNo).LongOrNull("sku_id", l => l.Line.SkuId).Text("sku", l => l.Line.Sku)
            .Text("name", l => l.Line.Added!.Name).Long("quantity", l => l.Line.Quantity).Long("unit_price_minor", l => l.Line.Billing.UnitPriceMinor)
            .Long("discount_minor", l => l.Line.Billing.DiscountMinor).Long("tax_rate_ppm", l => l.Line.Billing.TaxRatePpm)
            .Long("tax_minor", l => l.Line.Billing.TaxMinor).Long("total_minor", l => l.Line.Billing.TotalMinor)
            .Long("unallocated", l => l.Line[LineBucket.Unallocated]).Long("backordered", l => l.Line[LineBucket.Backordered])
            .Long("preordered", l => l.Line[LineBucket.Preordered]).Long("allocated", l => l.Line[LineBucket.Allocated])
            .Long("released", l => l.Line[LineBucket.Released]).Bool("may_substitute", l => l.Line.Added!.MaySubstitute).IntOrNull("substitute_for", l => l.Line.Added!.SubstituteFor)
            .Text("metadata", l => l.Line.Added!.Metadata).LongOrNull("expected_at_ms", l => l.Line.Waiting > 0 ? l.Line.ExpectedAtMs : null)
            .Text("method", l => l.Line.Own?.Method).LongOrNull("collect_node", l => l.Line.Own?.CollectNode));
}
