using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Refunds as WooCommerce makes and shows them: lines are negative copies of the order's.</summary>
internal static class WooRefunds
{
    public static IResult Add(Shop shop, WooWords words, SimOrder order, JsonObject body)
    {
        bool restock = body["api_restock"]?.ToString() != "false", payOut = body["api_refund"]?.ToString() != "false";
        var lines = new List<SimRefundedLine>();
        long named = 0, shipping = 0;
        foreach (var item in (body["line_items"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (!long.TryParse(item["id"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long id)) return WooAnswer.Invalid("line_items",
                "Line item id is required.");
            if (!SimMoney.TryMinor(item["refund_total"]?.ToString() ?? "0", order.Currency, out long total)) return WooAnswer.Invalid("line_items",
                "refund_total is not of type number.");
            long tax = 0;
            foreach (var part in (item["refund_tax"] as JsonArray ?? []).OfType<JsonObject>())
                if (SimMoney.TryMinor(part["refund_total"]?.ToString(), order.Currency, out long minor)) tax += minor;
            named += total + tax;
            if (order.Lines.FirstOrDefault(l => l.Id == id) is not { } line) { shipping += total + tax; continue; }
            int quantity = int.TryParse(item["quantity"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int units) ? units : 0;
            lines.Add(new SimRefundedLine(shop.NextId(), id, quantity, order.PricesIncludeTax ? total + tax : total, tax, restock && quantity > 0));
            if (quantity > line.Quantity - order.Refunded(id)) return Refused("Invalid refund quantity.");
        }
        long amount = named;
        if (body["amount"] is { } asked && !SimMoney.TryMinor(asked.ToString(), order.Currency, out amount)) return WooAnswer.Invalid("amount", "amount is not of type string.");
        if (amount <= 0) return WooAnswer.Error(400, "woocommerce_rest_invalid_order_refund", "Refund amount must be greater than zero.");
        if (amount > order.TotalMinor - order.RefundedMinor) return Refused("Invalid refund amount.");
        var refund = shop.Refund(order, amount, body["reason"]?.ToString() ?? "", lines, shipping, payOut);
        return WooAnswer.Json(Shown(words, order, refund), 201);
    }

    private static IResult Refused(string words) => WooAnswer.Error(500, "woocommerce_rest_cannot_create_order_refund", words);

    public static JsonObject Shown(WooWords words, SimOrder order, SimRefund refund)
    {
        var shown = new JsonObject { ["id"] = refund.Id, ["parent_id"] = order.Id };
        words.Moment(shown, "date_created", refund.At);
        shown["amount"] = words.Money(refund.AmountMinor);
        shown["reason"] = refund.Reason;
        shown["refunded_by"] = 1;
        shown["refunded_payment"] = refund.IsPaidOut;
        shown["meta_data"] = new JsonArray();
        shown["line_items"] = new JsonArray([.. refund.Lines.Select(l => Line(words, order, l))]);
        shown["_links"] = words.Links($"orders/{order.Key}/refunds/{refund.Id}", $"orders/{order.Key}/refunds", $"orders/{order.Key}");
        return shown;
    }

    private static JsonObject Line(WooWords words, SimOrder order, SimRefundedLine back)
    {
        var line = order.Lines.Single(l => l.Id == back.LineId);
        long net = order.PricesIncludeTax ? back.AmountMinor - back.TaxMinor : back.AmountMinor;
        return new JsonObject
        {
            ["id"] = back.Id, ["name"] = line.Listing.Title, ["product_id"] = line.Listing.ProductId, ["variation_id"] = line.Listing.IsVariant ? line.Listing.Id : 0,
            ["quantity"] = -back.Quantity, ["tax_class"] = "",
            ["subtotal"] = words.Money(-net), ["subtotal_tax"] = words.Money(-back.TaxMinor), ["total"] = words.Money(-net), ["total_tax"] = words.Money(-back.TaxMinor),
            ["taxes"] = new JsonArray(),
            ["meta_data"] = new JsonArray(new JsonObject { ["id"] = back.Id * 10, ["key"] = "_refunded_item_id", ["value"] = line.Id.ToString(CultureInfo.InvariantCulture) }),
            ["sku"] = line.Listing.Sku,
            ["price"] = back.Quantity == 0 ? 0 : -SimMoney.Amount(net, order.Currency) / back.Quantity,
        };
    }
}
