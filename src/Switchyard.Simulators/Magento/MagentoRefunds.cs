using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Credit memos. What a call leaves out is given back whole: all units without items, all of the shipping without its amount.</summary>
public sealed partial class MagentoSim
{
    private const string MemoFault = "Creditmemo Document Validation Error(s):\n";

    private IResult Refund(SimRequest r, SimOrder order, bool isOnline)
    {
        if (!order.IsPaid || order.Extra.ContainsKey("hold") || State(order).State == "closed") return Problem(400,
            MemoFault + "A creditmemo can not be created when an order has a status of " + State(order).Status);
        var arguments = r.Json?["arguments"];
        var restocked = (arguments?["extension_attributes"]?["return_to_stock_items"]).Each().Select(i => i.ToString()).ToHashSet(StringComparer.Ordinal);
        var wanted = new List<(SimLine Line, int Units)>();
        foreach (var item in (r.Json?["items"]).Each())
        {
            if (order.Lines.FirstOrDefault(l => l.Id == item.Whole("order_item_id")) is not { } line || item.Whole("qty") is not (>= 0) || item.Whole("qty") is not { } units)
                return Problem(400, MemoFault + "The creditmemo contains product item that is not part of the original order.");
            if (units > line.Current - order.Refunded(line.Id)) return Problem(400,
                MemoFault + $"The quantity to creditmemo must not be greater than the unrefunded quantity for product SKU \"{line.Listing.Sku}\".");
            wanted.Add((line, units));
        }
        if (wanted.Count == 0) wanted = [.. order.Lines.Select(l => (l, l.Current - order.Refunded(l.Id)))];

        long left = ShippingLeft(order), shipping = left;
        if (arguments?["shipping_amount"] is JsonValue asked)
        {
            if (!asked.TryGetValue(out decimal amount) || (shipping = SimMoney.Minor(amount, order.Currency)) < 0 || shipping > left)
                return Problem(400, $"Maximum shipping amount allowed to refund is: {SimMoney.Text(left, order.Currency)}");
        }
        long plus = Adjustment(arguments, "adjustment_positive", order), minus = Adjustment(arguments, "adjustment_negative", order);
        long shippingTax = order.Method.PriceMinor == 0 || order.PricesIncludeTax ? 0 : order.ShippingTaxMinor * shipping / order.Method.PriceMinor;
        var lines = wanted.Where(w => w.Units > 0).Select(w =>
        {
            long tax = Share(w.Line.TaxMinor, w, order, l => l.TaxMinor), net = Share(w.Line.NetMinor, w, order, l => l.AmountMinor);
            return new SimRefundedLine(Shop.NextId(), w.Line.Id, w.Units, net, tax, restocked.Contains(w.Line.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }).ToList();
        long total = lines.Sum(l => l.AmountMinor + (order.PricesIncludeTax ? 0 : l.TaxMinor)) + shipping + shippingTax + plus - minus;
        if (total <= 0) return Problem(400, MemoFault + "You can't create a creditmemo without products.");
        if (order.RefundedMinor + total > order.Payments.Sum(p => p.AmountMinor))
            return Problem(400, $"The most money available to refund is {SimMoney.Text(order.Payments.Sum(p => p.AmountMinor) - order.RefundedMinor, order.Currency)}.");
        var made = Shop.Refund(order, total, r.Json?["comment"].Text("comment") ?? "", lines, shipping, paidOut: isOnline);
        if (made.Reason.Length > 0) _words[made.Id] = made.Reason;
        return PlainJson.Answer(made.Id);
    }

    /// <summary>The part of an amount that belongs to the units, rounded half away from zero; the last units get what is left, so that all parts add up.</summary>
    private static long Share(long whole, (SimLine Line, int Units) of, SimOrder order, Func<SimRefundedLine, long> what)
    {
        var before = order.Refunds.SelectMany(f => f.Lines).Where(l => l.LineId == of.Line.Id).ToList();
        int left = of.Line.Current - before.Sum(l => l.Quantity);
        return of.Units == left ? whole - before.Sum(what) : (long)Math.Round((decimal)whole * of.Units / of.Line.Current, MidpointRounding.AwayFromZero);
    }

    private static long ShippingLeft(SimOrder order) => order.Method.PriceMinor - order.Refunds.Sum(f => f.ShippingMinor);

    private static long Adjustment(JsonNode? arguments, string name, SimOrder order) =>
        arguments?[name] is JsonValue value && value.TryGetValue(out decimal amount) && amount > 0 ? SimMoney.Minor(amount, order.Currency) : 0;

    private IEnumerable<JsonObject> CreditMemos(SimOrder order) => order.Refunds.Select(f =>
    {
        var view = new JsonObject
        {
            ["entity_id"] = f.Id, ["increment_id"] = $"{f.Id:D9}", ["order_id"] = order.Id, ["store_id"] = 1, ["state"] = 2, ["created_at"] = Time(f.At),
            ["updated_at"] = Time(f.At), ["order_currency_code"] = order.Currency,
        };
        Both(view, "grand_total", f.AmountMinor);
        Both(view, "shipping_amount", f.ShippingMinor);
        Both(view, "tax_amount", f.Lines.Sum(l => l.TaxMinor));
        view["items"] = new JsonArray([.. f.Lines.Select(l => (Part: l, Line: order.Lines.Single(x => x.Id == l.LineId))).Select(x =>
        {
            var item = new JsonObject
            {
                ["entity_id"] = x.Part.Id, ["parent_id"] = f.Id, ["order_item_id"] = x.Line.Id, ["sku"] = x.Line.Listing.Sku, ["name"] = x.Line.Listing.Title,
                    ["qty"] = x.Part.Quantity, ["base_cost"] = 0,
            };
            Both(item, "price", x.Line.UnitPriceMinor);
            Both(item, "row_total", x.Part.AmountMinor);
            Both(item, "tax_amount", x.Part.TaxMinor);
            return (JsonNode)item;
        })]);
        view["comments"] = Words(f.Id, f.At);
        return view;
    });
}
