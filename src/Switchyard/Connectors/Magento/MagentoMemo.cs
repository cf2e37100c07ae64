using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Magento;

/// <summary>
/// What a credit memo is asked for by. Magento works out itself what units are worth; what is wanted differs from that by a restocking fee, by goodwill or by a penny, and the
/// difference is its adjustment. So
/// the money is the one that was decided here, and the units are counted as given back.
/// </summary>
internal static class MagentoMemo
{
    /// <param name="before">Credit memos of the order so far.</param>
    public static JsonObject Of(JsonObject order, IReadOnlyList<JsonObject> before, RefundedNews news)
    {
        string currency = news.Currency.ToUpperInvariant();
        var items = order.Each("items").Where(i => i.Say("item_id") is not null).ToList();
        var wanted = news.Lines.Where(l => l.Value > 0).ToDictionary();
        long worth = items.Where(i => wanted.ContainsKey(i.Say("item_id")!)).Sum(i => Worth(i, before, wanted[i.Say("item_id")!], currency));
        var (shipping, shippingWorth) = Shipping(order, news.ShippingMinor, currency);
        long missing = news.AmountMinor - worth - shippingWorth;
        var arguments = new JsonObject { ["shipping_amount"] = AdapterJson.Major(shipping, currency) };
        if (missing > 0) arguments["adjustment_positive"] = AdapterJson.Major(missing, currency);
        if (missing < 0) arguments["adjustment_negative"] = AdapterJson.Major(-missing, currency);
        // A list that is left out means everything: rows that are not meant are named with nothing of them.
        var listed = wanted.Count > 0 ? wanted : items.Where(i => i.Say("parent_item_id") is null).ToDictionary(i => i.Say("item_id")!, _ => 0L);
        return new JsonObject
        {
            ["items"] = new JsonArray([.. listed.OrderBy(l => l.Key, StringComparer.Ordinal)
                .Select(l => (JsonNode)new JsonObject { ["order_item_id"] = long.TryParse(l.Key, CultureInfo.InvariantCulture, out long id) ? id : 0, ["qty"] = l.Value })]),
            ["arguments"] = arguments,
        };
    }

    // The row's total with tax, by units; the last units get what those before them left.
    private static long Worth(JsonObject item, IReadOnlyList<JsonObject> before, long units, string currency)
    {
        long ordered = MagentoLines.Units(item, "qty_ordered") - MagentoLines.Units(item, "qty_canceled");
        if (ordered <= 0) return 0;
        var given = before.SelectMany(m => m.Each("items")).Where(i => i.Say("order_item_id") == item.Say("item_id")).ToList();
        long back = given.Sum(i => MagentoLines.Units(i, "qty"));
        long Part(long whole, Func<JsonObject, long> so) => back + units >= ordered ? whole - given.Sum(so)
            : (long)Math.Round((decimal)whole * units / ordered, MidpointRounding.AwayFromZero);
        long Of(JsonNode node, string name) => node.At(name).Minor(currency) ?? 0;
        long net = Of(item, "row_total") - Of(item, "discount_amount") + Of(item, "discount_tax_compensation_amount");
        return Part(net, i => Of(i, "row_total") - Of(i, "discount_amount") + Of(i, "discount_tax_compensation_amount")) + Part(Of(item, "tax_amount"), i => Of(i, "tax_amount"));
    }

    /// <summary>The part of the delivery that is asked for without its tax, and what it comes to with it.</summary>
    private static (long Asked, long Worth) Shipping(JsonObject order, long wanted, string currency)
    {
        long net = order.At("shipping_amount").Minor(currency) ?? 0, tax = order.At("shipping_tax_amount").Minor(currency) ?? 0,
            left = net - (order.At("shipping_refunded").Minor(currency) ?? 0);
        if (wanted <= 0 || net <= 0 || left <= 0) return (0, 0);
        long asked = Math.Min(left, (long)Math.Round((decimal)wanted * net / (net + tax), MidpointRounding.AwayFromZero));
        return (asked, asked + (long)Math.Round((decimal)tax * asked / net, MidpointRounding.AwayFromZero));
    }
}
