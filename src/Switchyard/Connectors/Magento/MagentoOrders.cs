using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Magento;

/// <summary>How a shop sells, as its connection says: what an order of it does not tell by itself.</summary>
/// <param name="IsGross">The catalogue's prices have tax in them.</param>
/// <param name="ShipsUnpaid">Payment methods whose orders are shipped before they are paid, such as cash on delivery.</param>
internal sealed record MagentoSales(bool IsGross, IReadOnlySet<string> ShipsUnpaid)
{
    public static MagentoSales Of(AdapterAccess access) => new(access.Setting("pricesIncludeTax")?.Trim().ToUpperInvariant() is "YES" or "TRUE" or "1",
        (access.Setting("shipsUnpaid") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal));
}

/// <summary>
/// An order of Magento in our words. All amounts are those of the order's own currency (the base_… ones are the shop's books). Whatever prices are entered as, a row's own
/// equation holds: with tax it is
/// row_total - discount_amount + discount_tax_compensation_amount + tax_amount, of which the last is its tax.
/// </summary>
internal static class MagentoOrders
{
    /// <param name="memos">Its credit memos; empty where nothing was given back.</param>
    /// <returns>Null: what came is no order.</returns>
    public static ChannelOrder? Read(JsonNode order, IReadOnlyList<JsonObject> memos, MagentoSales sales)
    {
        string? currency = order.Say("order_currency_code")?.ToUpperInvariant();
        if (order.Say("entity_id") is not { } id || currency is null || order.When("created_at") is not { } placed) return null;
        var lines = MagentoLines.Of(order, currency, sales.IsGross).ToList();
        var state = StateOf(order, lines, sales);
        var shipTo = order.Each("extension_attributes", "shipping_assignments").Select(a => a.At("shipping", "address")).FirstOrDefault(a => a is JsonObject);
        string? method = order.Each("extension_attributes", "shipping_assignments").Select(a => a.Say("shipping", "method")).FirstOrDefault(m => m is { Length: > 0 });
        return new ChannelOrder(id, order.Say("increment_id"), placed, order.When("updated_at") ?? placed, null, state, currency, sales.IsGross, Buyer(order), Place(shipTo),
            Place(order.At("billing_address")),
            method ?? Some(order.Say("shipping_description")), lines, [.. Charges(order, currency, sales.IsGross)], Payment(order, currency, state), Total(order, currency))
        {
            Refunds = [.. memos.Select(m => Refund(m, currency)).OfType<ChannelRefund>().OrderBy(r => r.Id, StringComparer.Ordinal)],
            Note = Some(order.Say("customer_note")),
            GiftMessage = GiftMessage(order.At("extension_attributes", "gift_message")),
            CollectAt = Some(order.Say("extension_attributes", "pickup_location_code")),
        };
    }

    /// <summary>Was something of it given back? Then its credit memos are worth a question.</summary>
    public static bool HasRefunds(JsonNode order) => order.At("total_refunded").Minor(order.Say("order_currency_code")) is > 0;

    // The status is a shop's own word and may be any; the state is Magento's.
    private static ChannelOrderState StateOf(JsonNode order, List<ChannelLine> lines, MagentoSales sales) => order.Say("state") switch
    {
        "processing" => ChannelOrderState.Open,
        "complete" => ChannelOrderState.Closed,
        "canceled" => ChannelOrderState.Cancelled,
        // All was given back: before anything left it is as good as cancelled.
        "closed" => lines.Any(l => l.Shipped > 0) ? ChannelOrderState.Closed : ChannelOrderState.Cancelled,
        "new" when order.Say("payment", "method") is { } method && sales.ShipsUnpaid.Contains(method) => ChannelOrderState.Open,
        // new, pending_payment, payment_review and holded; and whatever comes later: a person looks at it.
        _ => ChannelOrderState.Pending,
    };

    /// <summary>What the buyer pays in all. Gift cards, store credit and points are ways to pay, and are taken off the total there.</summary>
    private static long? Total(JsonNode order, string currency) => order.At("grand_total").Minor(currency) is not { } due ? null : due + Stored(order, currency);

    private static long Stored(JsonNode order, string currency) =>
        new[] { "gift_cards_amount", "customer_balance_amount", "reward_currency_amount" }.Sum(name => order.At("extension_attributes", name).Minor(currency) ?? 0);

    private static ChannelPayment Payment(JsonNode order, string currency, ChannelOrderState state)
    {
        long due = order.At("grand_total").Minor(currency) ?? 0, paid = order.At("total_paid").Minor(currency) ?? 0, stored = Stored(order, currency);
        bool isPaid = paid >= due && paid + stored > 0 || due == 0 && state is ChannelOrderState.Open or ChannelOrderState.Closed;
        bool isAuthorised = order.At("payment", "amount_authorized").Minor(currency) is > 0;
        string status = isPaid ? "paid" : isAuthorised && state != ChannelOrderState.Cancelled ? "authorised" : state == ChannelOrderState.Cancelled ? "failed" : "pending";
        return new ChannelPayment(status, paid + (isPaid ? stored : 0), order.Say("payment", "method"), Some(order.Say("payment", "last_trans_id"))
            ?? Some(order.Say("payment", "po_number")));
    }

    private static IEnumerable<ChannelCharge> Charges(JsonNode order, string currency, bool isGross)
    {
        long Of(params string[] path) => order.At(path).Minor(currency) ?? 0;
        long net = Of("shipping_amount") - Of("shipping_discount_amount") + Of("shipping_discount_tax_compensation_amount"), tax = Of("shipping_tax_amount");
        if (net + tax > 0) yield return new ChannelCharge("shipping", Some(order.Say("shipping_description")), isGross ? net + tax : net, tax);
        // Wrapping of the order and its card (Commerce); wrapping of single goods is summed up beside them.
        foreach (var (name, wrap) in new[] { ("Gift wrapping", "gw_price"), ("Gift wrapping of items", "gw_items_price"), ("Gift card in the box", "gw_card_price") })
        {
            long price = Of("extension_attributes", wrap), priceTax = Of("extension_attributes", wrap.Replace("price", "tax_amount", StringComparison.Ordinal));
            if (price > 0) yield return new ChannelCharge("giftWrap", name, isGross ? price + priceTax : price, priceTax);
        }
        // Fixed product taxes are neither in the rows nor in the tax of the order.
        long weee = order.Each("items").Where(i => i.Say("parent_item_id") is null).Sum(i => i.At("weee_tax_applied_row_amount").Minor(currency) ?? 0);
        if (weee > 0) yield return new ChannelCharge("fee", "Fixed product tax", weee, 0);
    }

    private static ChannelBuyer Buyer(JsonNode order) => new(Name(order, "customer_") ?? Name(order.At("billing_address"), ""), Some(order.Say("customer_email"))
        ?? Some(order.Say("billing_address", "email")),
        Some(order.Say("billing_address", "telephone")), order.Say("customer_id") is { } id and not "0" ? id : null);

    private static ChannelAddress? Place(JsonNode? at)
    {
        var street = (at.At("street") as JsonArray ?? []).Select(l => Some(l.Say())).OfType<string>().ToList();
        if (street.Count == 0 && Some(at.Say("postcode")) is null && Some(at.Say("city")) is null) return null;
        return new ChannelAddress(Name(at, ""), Some(at.Say("company")), street.FirstOrDefault(), street.Count > 1 ? string.Join(", ", street.Skip(1)) : null,
            Some(at.Say("city")),
            Some(at.Say("region_code")) ?? Some(at.Say("region")), Some(at.Say("postcode")), Some(at.Say("country_id")), Some(at.Say("telephone")));
    }

    private static ChannelRefund? Refund(JsonObject memo, string currency) => memo.Say("entity_id") is not { } id || memo.At("grand_total").Minor(currency) is not { } amount
        ? null
        : new ChannelRefund(id, amount, memo.When("created_at") ?? default, memo.Each("comments").Select(c => Some(c.Say("comment"))).FirstOrDefault(c => c is not null),
            memo.Each("items").Select(i => (Line: i.Say("order_item_id"), Units: MagentoLines.Units(i, "qty"))).Where(i => i.Line is not null && i.Units > 0)
                .GroupBy(i => i.Line!).ToDictionary(g => g.Key, g => g.Sum(i => i.Units)));

    public static string? GiftMessage(JsonNode? gift) => Some(gift.Say("message")) is not { } words ? null
        : string.Join(" · ", new[] { Some(gift.Say("recipient")) is { } to ? $"To {to}" : null, words, Some(gift.Say("sender")) is { } from ? $"From {from}"
            : null }.OfType<string>());

    private static string? Name(JsonNode? at, string before) =>
        Some(string.Join(' ', new[] { "firstname", "middlename", "lastname" }.Select(n => Some(at.Say(before + n))).OfType<string>()));
    public static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>An instant as Magento takes it in a filter: UTC, without saying so.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
