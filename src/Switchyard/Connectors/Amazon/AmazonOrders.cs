using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Amazon;

/// <summary>
/// An order of Amazon (orders 2026-01-01) in our words. What a buyer pays for an item is broken down: goods, delivery and wrapping without tax, the tax of each, and what was
/// taken off. So prices are without
/// tax here, wherever the marketplace is.
/// </summary>
internal static class AmazonOrders
{
    /// <param name="currencyOf">The marketplace's currency, for an order that names none.</param>
    /// <returns>Null: what came is no order, or one that is not paid yet: it has no prices, and comes again once it has.</returns>
    public static ChannelOrder? Read(JsonNode order, string? currencyOf)
    {
        if (order.Say("orderId") is not { } id || order.When("createdTime") is not { } placed || order.Say("fulfillment", "fulfillmentStatus") is not { } status
            || status is "PENDING" or "PENDING_AVAILABILITY") return null;
        var items = order.Each("orderItems").ToList();
        if (Currency(order, items, currencyOf) is not { } currency) return null;
        bool isOurs = order.Say("fulfillment", "fulfilledBy") is not "AMAZON";
        var programs = Texts(order.At("programs"));
        var state = status switch
        {
            "CANCELLED" => ChannelOrderState.Cancelled,
            "SHIPPED" => ChannelOrderState.Closed,
            "UNSHIPPED" or "PARTIALLY_SHIPPED" =>
            ChannelOrderState.Open,
            _ => ChannelOrderState.Pending
        };
        var lines = items.Select(i => Line(i, currency, state, isOurs)).OfType<ChannelLine>().ToList();
        long? total = order.At("proceeds", "grandTotal", "amount").Minor(currency);
        string? email = Some(order.Say("buyer", "buyerEmail"));
        var address = Place(order.At("recipient", "deliveryAddress"));
        return new ChannelOrder(id, id, placed, order.When("lastUpdatedTime") ?? placed, null, state, currency, PricesIncludeTax: false,
            new ChannelBuyer(Some(order.Say("buyer", "buyerName")), email, address?.Phone, null, AmazonWords.IsRelay(email)), address, null,
            Some(order.Say("fulfillment", "fulfillmentServiceLevel")), lines, [.. Charges(order, items, currency)], Payment(order, currency, state, total), total)
        {
            ShipBy = order.When("fulfillment", "shipByWindow", "latestDateTime"), DeliverBy = order.When("fulfillment", "deliverByWindow", "latestDateTime"),
            Note = Note(order), Tags = [.. Tags(order, items, programs).Distinct()],
            // Amazon owes the tax where it says so of each item that has any.
            IsTaxTheirs = items.Exists(IsCollected) && items.TrueForAll(i => IsCollected(i) || Sum(i, "TAX", currency) == 0),
            CollectAt = programs.Contains("IN_STORE_PICK_UP") ? address?.Name : null,
        };
    }

    /// <summary>
    /// Units are ordered, fulfilled and still to be fulfilled; what is neither is cancelled. The money is of the units that are not: a line's own is said for all of them, so
    /// that every unit has its share.
    /// </summary>
    private static ChannelLine? Line(JsonObject item, string currency, ChannelOrderState state, bool isOurs)
    {
        if (item.Say("orderItemId") is not { } id || item.Whole("quantityOrdered") is not (> 0 and var ordered)) return null;
        bool isTold = item.At("fulfillment", "quantityFulfilled") is not null || item.At("fulfillment", "quantityUnfulfilled") is not null;
        int fulfilled = Math.Min(ordered, item.Whole("fulfillment", "quantityFulfilled") ?? 0);
        int left = isTold ? Math.Min(ordered, fulfilled + (item.Whole("fulfillment", "quantityUnfulfilled") ?? 0))
            : state == ChannelOrderState.Cancelled || item.At("cancellation", "cancellationExecution") is JsonObject ? 0 : ordered;
        int of = left > 0 ? left : ordered;
        long All(long part) => of == ordered ? part : (long)Math.Round((decimal)part * ordered / of, MidpointRounding.AwayFromZero);
        long goods = Sum(item, "ITEM", currency), off = Math.Abs(Off(item, currency)), price = (goods + of - 1) / of;
        string? sku = Some(item.Say("product", "sellerSku"));
        return new ChannelLine(id, sku, sku, Some(item.Say("product", "title")), ordered, ordered - left, price, All(price * of - (goods - off)),
            All(Tax(item, "ITEM", currency)), null)
        {
            IsOurs = isOurs, Shipped = fulfilled, Properties = Properties(item), GiftMessage = Some(item.Say("fulfillment", "packing", "giftOption", "giftMessage")),
            // The words themselves are in a file of Amazon's, which packers open by its address.
            Personalisation = Some(item.Say("product", "customization", "customizedUrl")),
        };
    }

    private static IEnumerable<ChannelCharge> Charges(JsonNode order, List<JsonObject> items, string currency)
    {
        foreach (var (type, code, name) in new[] { ("SHIPPING", "shipping", order.Say("fulfillment", "fulfillmentServiceLevel")), ("GIFT_WRAP", "giftWrap", "Gift wrapping"),
            ("COD_FEE", "fee", "Cash on delivery"), ("OTHER", "fee", null) })
        {
            long net = items.Sum(i => Sum(i, type, currency) - Math.Abs(Part(i, "DISCOUNT", type, currency) ?? 0)), tax = items.Sum(i => Tax(i, type, currency));
            if (net > 0 || tax > 0) yield return new ChannelCharge(code, name, Math.Max(0, net), tax);
        }
        long tip = order.Each("proceeds", "breakdowns").Where(b => b.Say("type") == "DELIVERY_TIP").Sum(b => b.At("subtotal", "amount").Minor(currency) ?? 0);
        if (tip > 0) yield return new ChannelCharge("tip", "Delivery tip", tip, 0);
    }

    private static ChannelPayment Payment(JsonNode order, string currency, ChannelOrderState state, long? total)
    {
        var paid = order.Each("payment", "paymentExecutions").ToList();
        // Amazon takes the money before an order can be shipped; only what the carrier collects at the door is still to come.
        bool isAtTheDoor = paid.Count > 0 && paid.TrueForAll(p => p.Say("paymentMethod") is "CashOnDelivery");
        return state == ChannelOrderState.Cancelled ? new ChannelPayment("failed", 0, "amazon", null)
            : isAtTheDoor ? new ChannelPayment("pending", 0, "amazon", null)
            : new ChannelPayment("paid", total ?? paid.Sum(p => p.At("paymentAmount", "amount").Minor(currency) ?? 0), "amazon", order.Say("orderId"));
    }

    private static IEnumerable<string> Tags(JsonNode order, List<JsonObject> items, IReadOnlyList<string> programs)
    {
        foreach (string program in programs) yield return program;
        foreach (var linked in order.Each("associatedOrders"))
            if (linked.Say("orderId") is { } original) yield return (linked.Say("associationType") is "REPLACEMENT_ORIGINAL_ID" ? "replacement of " : "exchange for ") + original;
        if (items.Exists(i => i.At("cancellation", "cancellationRequest") is JsonObject && i.At("cancellation",
            "cancellationExecution") is not JsonObject)) yield return "buyer asks to cancel";
        foreach (string promotion in items.SelectMany(i => i.Each("promotion", "breakdowns")).Select(b => b.Say("promotionId")).OfType<string>()
            .Distinct().Take(5)) yield return "promotion " + promotion;
    }

    private static bool IsCollected(JsonObject item) => item.Each("tax", "taxCollections").Any(t => t.Say("model") == "MARKETPLACE_FACILITATOR");

    private static Dictionary<string, string> Properties(JsonObject item)
    {
        var said = new Dictionary<string, string?>
        {
            ["asin"] = item.Say("product", "asin"), ["giftMessage"] = item.Say("fulfillment", "packing", "giftOption", "giftMessage"),
            ["giftWrap"] = item.Say("fulfillment", "packing", "giftOption", "giftWrapLevel"),
            ["customization"] = item.Say("product", "customization", "customizedUrl"), ["cancelReason"] = item.Say("cancellation", "cancellationRequest", "cancelReason"),
            ["iossNumber"] = item.Say("fulfillment", "shipping", "internationalShipping", "iossNumber"),
        };
        return said.Where(p => Some(p.Value) is not null).ToDictionary(p => p.Key, p => p.Value!);
    }

    private static string? Note(JsonNode order) => Some(string.Join(" · ", new[]
    {
        Some(order.Say("recipient", "deliveryPreference", "addressInstruction")), Some(order.Say("recipient", "deliveryPreference", "dropOffLocation")),
        Some(order.Say("buyer", "buyerPurchaseOrderNumber")) is { } number ? "Purchase order " + number : null,
    }.OfType<string>()));

    private static ChannelAddress? Place(JsonNode? at)
    {
        if (at is not JsonObject) return null;
        var more = new[] { Some(at.Say("addressLine2")), Some(at.Say("addressLine3")) }.OfType<string>().ToList();
        return new ChannelAddress(Some(at.Say("name")), Some(at.Say("companyName")), Some(at.Say("addressLine1")), more.Count == 0 ? null : string.Join(", ", more),
            Some(at.Say("city")) ?? Some(at.Say("municipality")),
            Some(at.Say("stateOrRegion")) ?? Some(at.Say("districtOrCounty")), Some(at.Say("postalCode")), Some(at.Say("countryCode")), Some(at.Say("phone")));
    }

    private static string? Currency(JsonNode order, List<JsonObject> items, string? currencyOf) =>
        (order.Say("proceeds", "grandTotal", "currencyCode") ?? items.Select(i => i.Say("proceeds", "proceedsTotal", "currencyCode")).FirstOrDefault(c => c is not null)
        ?? items.Select(i => i.Say("product", "price", "unitPrice", "currencyCode")).FirstOrDefault(c => c is not null) ?? Some(currencyOf))?.ToUpperInvariant();

    private static long Sum(JsonObject item, string type, string currency) => item.Each("proceeds", "breakdowns").Where(b => b.Say("type") == type)
        .Sum(b => b.At("subtotal", "amount").Minor(currency) ?? 0);

    /// <summary>The part of a tax or a discount that is of one thing; null where it is not divided.</summary>
    private static long? Part(JsonObject item, string type, string of, string currency)
    {
        var parts = item.Each("proceeds", "breakdowns").Where(b => b.Say("type") == type).SelectMany(b => b.Each("detailedBreakdowns")).ToList();
        return parts.Count == 0 ? null : parts.Where(p => p.Say("subtype") == of).Sum(p => p.At("value", "amount").Minor(currency) ?? 0);
    }

    // What is not divided is of the goods; and what is divided among things that are not named here too.
    private static long Tax(JsonObject item, string of, string currency)
    {
        if (of != "ITEM") return Part(item, "TAX", of, currency) ?? 0;
        return Sum(item, "TAX", currency) - new[] { "SHIPPING", "GIFT_WRAP", "COD_FEE", "OTHER" }.Sum(other => Part(item, "TAX", other, currency) ?? 0);
    }

    private static long Off(JsonObject item, string currency) =>
        Math.Abs(Sum(item, "DISCOUNT", currency)) - new[] { "SHIPPING", "GIFT_WRAP", "COD_FEE", "OTHER" }.Sum(other => Math.Abs(Part(item, "DISCOUNT", other, currency) ?? 0));

    private static IReadOnlyList<string> Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(t => t.Say()).OfType<string>()];
    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
