using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Magento;

/// <summary>
/// Rows of an order. A configurable product is two: what was sold has the money and is what is shipped, and the row below it says which variant. A bundle is one row and one for
/// each thing in it; the money
/// is above where the bundle has a price of its own, and below where its parts have. Virtual goods, downloads and gift cards are no parcel of ours.
/// </summary>
internal static class MagentoLines
{
    private const int MostProperties = 20;

    /// <summary>Money of a row, over all its units: before discounts, after them, and its tax; the first two with tax where prices have it.</summary>
    private readonly record struct Money(long Before, long After, long Tax)
    {
        public bool IsNothing => Before == 0 && After == 0 && Tax == 0;
    }

    public static IEnumerable<ChannelLine> Of(JsonNode order, string currency, bool isGross)
    {
        var items = order.Each("items").Where(i => i.Say("item_id") is not null).ToList();
        var below = items.Where(Parent).ToLookup(i => i.Say("parent_item_id")!);
        foreach (var item in items.Where(i => !Parent(i)))
        {
            var parts = below[item.Say("item_id")!].ToList();
            if (item.Say("product_type") == "bundle" && parts.Count > 0)
            {
                foreach (var line in Bundle(item, parts, currency, isGross)) yield return line;
                continue;
            }
            if (Line(item, parts.FirstOrDefault() ?? item, Sum(item, currency, isGross)) is { } one) yield return one;
        }

        static bool Parent(JsonObject item) => item.Say("parent_item_id") is not (null or "0");
    }

    private static IEnumerable<ChannelLine> Bundle(JsonObject bundle, List<JsonObject> parts, string currency, bool isGross)
    {
        var own = parts.Select(p => Sum(p, currency, isGross)).ToList();
        // A bundle with a price of its own has all the money in the row above: it is divided by units, the last part takes what is left.
        if (own.TrueForAll(m => m.IsNothing)) own = Shares(Sum(bundle, currency, isGross), [.. parts.Select(p => Math.Max(0, Units(p, "qty_ordered")))]);
        for (int i = 0; i < parts.Count; i++)
        {
            if (Line(parts[i], parts[i], own[i]) is not { } line) continue;
            yield return line with { Properties = With(line.Properties, "bundle", MagentoOrders.Some(bundle.Say("name")) ?? bundle.Say("sku")) };
        }
    }

    private static List<Money> Shares(Money whole, IReadOnlyList<long> weights)
    {
        long sum = weights.Sum(), before = 0, after = 0, tax = 0;
        var shares = new List<Money>();
        for (int i = 0; i < weights.Count; i++)
        {
            bool isLast = i == weights.Count - 1;
            long Share(long all, long given) => isLast ? all - given : sum == 0 ? 0 : (long)((Int128)all * weights[i] / sum);
            var share = new Money(Share(whole.Before, before), Share(whole.After, after), Share(whole.Tax, tax));
            (before, after, tax) = (before + share.Before, after + share.After, tax + share.Tax);
            shares.Add(share);
        }
        return shares;
    }

    /// <param name="item">The row that is shipped, with its money.</param>
    /// <param name="goods">The row that says what it is: the variant, where there is one below.</param>
    private static ChannelLine? Line(JsonObject item, JsonObject goods, Money money)
    {
        bool isWhole = item.Say("qty_ordered") is { } text && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal exact)
            && decimal.Truncate(exact) == exact;
        // What is sold by weight or length is one piece with its measure beside it.
        long units = isWhole ? Units(item, "qty_ordered") : 1;
        if (item.Say("item_id") is not { } id || units <= 0) return null;
        long shipped = Math.Min(units, Units(item, "qty_shipped")), cancelled = Math.Min(units, Units(item, "qty_canceled"));
        // Given back before it left: not shipped any more. Given back after that: the parcel has been and gone.
        cancelled += Math.Clamp(units - cancelled - shipped, 0, Units(item, "qty_refunded"));
        // A total that does not divide is rounded up, and comes off as a discount: the row's total is the shop's to the penny.
        long before = Math.Max(money.Before, money.After), price = (before + units - 1) / units;
        return new ChannelLine(id, goods.Say("product_id"), MagentoOrders.Some(goods.Say("sku")) ?? MagentoOrders.Some(item.Say("sku")), MagentoOrders.Some(item.Say("name")),
            units, cancelled, price, price * units - money.After, money.Tax,
            item.Say("tax_percent") is { } rate && decimal.TryParse(rate, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal percent) && percent is > 0 and <= 100
                ? Math.Round(percent / 100, 6) : null)
        {
            IsOurs = !IsIntangible(goods), Shipped = shipped, Properties = Properties(item, isWhole ? null : item.Say("qty_ordered")),
            Personalisation = BuyersWords.Personal(Options(item)), GiftMessage = MagentoOrders.GiftMessage(item.At("extension_attributes", "gift_message")),
        };
    }

    private static bool IsIntangible(JsonObject goods) => goods.Say("is_virtual") is "1" || goods.Is("is_virtual") || goods.Say("product_type") is "virtual" or "downloadable";

    private static Money Sum(JsonObject item, string currency, bool isGross)
    {
        long Of(string name) => item.At(name).Minor(currency) ?? 0;
        long tax = Of("tax_amount"), after = Of("row_total") - Of("discount_amount") + Of("discount_tax_compensation_amount");
        return isGross ? new Money(item.At("row_total_incl_tax") is null ? Of("row_total") + tax : Of("row_total_incl_tax"), after + tax, tax)
            : new Money(Of("row_total"), after, tax);
    }

    private static Dictionary<string, string> Properties(JsonObject item, string? measure)
    {
        var said = new Dictionary<string, string>();
        if (measure is not null) said["quantity"] = measure;
        foreach (var (name, value) in Options(item).Take(MostProperties)) said[name] = value;
        if (MagentoOrders.GiftMessage(item.At("extension_attributes", "gift_message")) is { } gift) said["giftMessage"] = gift;
        return said;
    }

    // An order tells options by their numbers only.
    private static IEnumerable<(string Name, string Value)> Options(JsonObject item) =>
        from option in item.Each("product_option", "extension_attributes", "custom_options")
        let id = option.Say("option_id")
        let value = MagentoOrders.Some(option.Say("option_value"))
        where id is not null && value is not null
        select ("option " + id, value!);

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> all, string name, string? value)
    {
        var more = all.ToDictionary();
        if (value is not null) more[name] = value;
        return more;
    }

    public static long Units(JsonNode? item, string name) =>
        item.Say(name) is { } text && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal units) && Math.Abs(units) < 1_000_000_000
            ? (long)decimal.Truncate(units) : 0;
}
