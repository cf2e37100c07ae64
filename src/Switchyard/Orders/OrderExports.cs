using Switchyard.Files;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Orders and their lines as files.</summary>
internal static class OrderExports
{
    private sealed record LineOf(OrderView Order, LineView Line);

    public static readonly ExportSource Orders = new ListExport<OrderView>("orders", OrdersList.Spec,
    [
        new("id", o => o.Id.ToString()), new("number", o => o.Number), new("external_id", o => o.ExternalId), new("channel", o => o.Channel), new("type", o => o.Type),
        new("status", o => o.Status), new("held", o => o.IsHeld), new("priority", o => o.Priority), new("placed_at", o => o.PlacedAt), new("ship_by", o => o.ShipBy),
        new("deliver_by", o => o.DeliverBy), new("method", o => o.Method), new("payment", o => o.PaymentStatus), new("currency", o => o.Currency),
        new("goods", o => Major(o, o.GoodsMinor)), new("discount", o => Major(o, o.DiscountMinor)), new("charges", o => Major(o, o.ChargesMinor)),
        new("tax", o => Major(o, o.TaxMinor)), new("total", o => Major(o, o.TotalMinor)), new("captured", o => Major(o, o.CapturedMinor)),
        new("refunded", o => Major(o, o.RefundedMinor)), new("due", o => Major(o, o.DueMinor)), new("customer_name", o => o.Customer?.Name),
        new("customer_email", o => o.Customer?.Email), new("customer_phone", o => o.Customer?.Phone), new("ship_name", o => o.ShippingAddress?.Name),
        new("ship_company", o => o.ShippingAddress?.Company), new("ship_line1", o => o.ShippingAddress?.Line1), new("ship_line2", o => o.ShippingAddress?.Line2),
        new("ship_city", o => o.ShippingAddress?.City), new("ship_region", o => o.ShippingAddress?.Region), new("ship_postcode", o => o.ShippingAddress?.Postcode),
        new("ship_country", o => o.ShippingAddress?.Country), new("units", o => o.Lines.Where(IsSold).Sum(l => l.Quantity)), new("tags", o => o.Tags),
        new("nodes", o => o.Lines.SelectMany(l => l.Allocations).Select(a => a.Node).Distinct()),
    ], ListOrders.Scope, async (work, actor, keys, _) => await FindOrder.Read(work, actor, [.. keys.Select(k => new OrderId((Guid)k.Id))], withPlan: false), Id);

    public static readonly ExportSource Lines = new ListExport<LineOf>("lines", OrdersList.Spec,
    [
        new("order_id", l => l.Order.Id.ToString()), new("order", l => l.Order.Number), new("external_id", l => l.Order.ExternalId), new("channel", l => l.Order.Channel),
        new("placed_at", l => l.Order.PlacedAt), new("status", l => l.Order.Status), new("line", l => l.Line.Line), new("kind", l => l.Line.Kind),
        new("parent_line", l => l.Line.ParentLine), new("sku", l => l.Line.Sku), new("name", l => l.Line.Name), new("quantity", l => l.Line.Quantity),
        new("currency", l => l.Order.Currency), new("unit_price", l => Major(l.Order, l.Line.UnitPriceMinor)), new("discount", l => Major(l.Order, l.Line.DiscountMinor)),
        new("tax", l => Major(l.Order, l.Line.TaxMinor)), new("total", l => Major(l.Order, l.Line.TotalMinor)), new("unallocated", l => l.Line.Unallocated),
        new("backordered", l => l.Line.Backordered), new("preordered", l => l.Line.Preordered), new("allocated", l => l.Line.Allocated), new("released", l => l.Line.Released),
        new("picked", l => l.Line.Picked), new("packed", l => l.Line.Packed), new("shipped", l => l.Line.Shipped), new("delivered", l => l.Line.Delivered),
        new("lost", l => l.Line.Lost), new("sent_back", l => l.Line.SentBack), new("cancelled", l => l.Line.Cancelled), new("returned", l => l.Line.Returned),
    ], ListOrders.Scope, async (work, actor, keys, _) => [.. (await FindOrder.Read(work, actor, [.. keys.Select(k => new OrderId((Guid)k.Id))], withPlan: false))
        .SelectMany(o => o.Lines.Select(l => new LineOf(o, l)))], Id);

    /// <summary>Components are in their bundle already.</summary>
    private static bool IsSold(LineView line) => line.Kind is not ("component" or "charge");

    private static object? Id(string text) => OrderId.TryParse(text, null, out var id) ? id.Value : null;

    private static decimal Major(OrderView order, long minor) => FileRow.MajorOf(minor, order.Currency);
}
