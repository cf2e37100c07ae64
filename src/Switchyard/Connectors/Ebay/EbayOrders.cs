using System.Text.Json.Nodes;
using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Connectors.Ebay;

/// <summary>An order of eBay in our words, as the Fulfillment API tells it with fieldGroups=TAX_BREAKDOWN.</summary>
internal static class EbayOrders
{
    /// <summary>Prices of these sites are without sales tax.</summary>
    private static readonly HashSet<string> NetSites = ["EBAY_US", "EBAY_CA", "EBAY_MOTORS_US"];

    public static readonly IReadOnlyList<string> Relays = ["members.ebay.com", "members.ebay.co.uk", "members.ebay.de", "members.ebay.fr", "members.ebay.it", "members.ebay.es"];

    /// <param name="shipments">Of GET …/shipping_fulfillment, where some of the order has left; else empty.</param>
    /// <param name="nodes">Our node by the key of a merchant location.</param>
    /// <returns>Null: what came is no order.</returns>
    public static ChannelOrder? Read(JsonNode order, IReadOnlyList<JsonObject> shipments, IReadOnlyDictionary<string, string> nodes)
    {
        string? currency = order.Say("pricingSummary", "total", "currency");
        if (order.Say("orderId") is not { } id || order.When("creationDate") is not { } placed || order.When("lastModifiedDate") is not { } updated || currency is null || !Currency.TryParse(currency, out _)) return null;
        var items = order.Each("lineItems").ToList();
        var start = order.Each("fulfillmentStartInstructions").OrderBy(s => s.At("shippingStep") is null && s.At("pickupStep") is null).FirstOrDefault();
        bool isOurs = order.Say("program", "fulfillmentProgram", "fulfilledBy") != "EBAY" && start.Say("fulfillmentInstructionsType") is not ("FULFILLED_BY_EBAY" or "DIGITAL");
        bool isGross = IsGross(items, currency);
        var left = Left(items, shipments);
        var lines = items.Select(l => Line(l, currency, isOurs, left)).OfType<ChannelLine>().ToList();
        var charges = Charges(order, items, currency, start.Say("shippingStep", "shippingServiceCode"));
        lines = Adjusted(lines, order.At("pricingSummary", "adjustment").Money(currency), charges);
        string cancel = order.Say("cancelStatus", "cancelState") ?? "", paid = order.Say("orderPaymentStatus") ?? "", sent = order.Say("orderFulfillmentStatus") ?? "";
        var collected = items.Where(l => l.Each("ebayCollectAndRemitTaxes").Any()).ToList();
        return new ChannelOrder(id, id, placed, updated, null, State(cancel, paid, sent), currency, isGross, Buyer(order, start), Place(start), Contact(order.At("buyer", "buyerRegistrationAddress")),
            start.Say("shippingStep", "shippingServiceCode"), lines, charges, Payment(order, paid, currency), order.At("pricingSummary", "total").Money(currency))
        {
            Refunds = Refunds(order, items, currency), ShipBy = items.Select(l => l.When("lineItemFulfillmentInstructions", "shipByDate")).Min(),
            DeliverBy = items.Select(l => l.When("lineItemFulfillmentInstructions", "maxEstimatedDeliveryDate")).Min() ?? start.When("maxEstimatedDeliveryDate"),
            Note = Some(order.Say("buyerCheckoutNotes")), GiftMessage = items.Select(l => Some(l.Say("giftDetails", "message"))).FirstOrDefault(m => m is not null),
            CollectAt = start.Say("pickupStep", "merchantLocationKey") is { } shop ? nodes.GetValueOrDefault(shop) ?? shop : null, Tags = [.. Tags(order, start, cancel)],
            IsTaxTheirs = collected.Count > 0 && items.All(l => collected.Contains(l) || !l.Each("taxes").Any(t => t.At("amount").Money(currency) > 0)),
        };
    }

    /// <summary>While a buyer's wish to cancel is open nothing is sent; money that went back whole before anything left is a cancel too.</summary>
    private static ChannelOrderState State(string cancel, string paid, string sent) =>
        cancel == "CANCELED" || paid == "FULLY_REFUNDED" && sent == "NOT_STARTED" ? ChannelOrderState.Cancelled
        : sent == "FULFILLED" ? ChannelOrderState.Closed
        : cancel == "IN_PROGRESS" || paid is "PENDING" or "FAILED" or "" ? ChannelOrderState.Pending : ChannelOrderState.Open;

    // Is the tax on top of the prices or in them? The line's own total says so where it has a tax; else the site does.
    private static bool IsGross(List<JsonObject> items, string currency)
    {
        foreach (var item in items)
        {
            long tax = Tax(item, currency) ?? 0;
            if (tax <= 0 || item.At("total").Money(currency) is not { } total) continue;
            long net = (item.At("discountedLineItemCost") ?? item.At("lineItemCost")).Money(currency) ?? 0, rest = total - net - Delivery(item, currency);
            return Math.Abs(rest) < Math.Abs(rest - tax);
        }
        return !items.Select(l => l.Say("purchaseMarketplaceId") ?? l.Say("listingMarketplaceId")).Any(s => s is not null && NetSites.Contains(s));
    }

    private static long Delivery(JsonObject item, string currency) => new[] { "shippingCost", "handlingCost", "importCharges", "shippingIntermediationFee" }.Sum(c => item.At("deliveryCost", c).Money(currency) ?? 0)
        - Math.Abs(item.At("deliveryCost", "discountAmount").Money(currency) ?? 0);

    private static long? Tax(JsonObject item, string currency)
    {
        var taxes = item.Each("taxes").Concat(item.Each("ebayCollectAndRemitTaxes")).Select(t => t.At("amount").Money(currency)).OfType<long>().ToList();
        return taxes.Count == 0 ? null : taxes.Sum();
    }

    private static ChannelLine? Line(JsonObject item, string currency, bool isOurs, Dictionary<string, long> left)
    {
        if (item.Say("lineItemId") is not { } id || item.Whole("quantity") is not (> 0 and var units)) return null;
        long before = item.At("lineItemCost").Money(currency) ?? 0, after = Math.Min(before, item.At("discountedLineItemCost").Money(currency) ?? before), price = (before + units - 1) / units;
        return new ChannelLine(id, Listing(item), Some(item.Say("sku")), Some(item.Say("title")), units, 0, price, price * units - after, Tax(item, currency), null)
        {
            IsOurs = isOurs, Shipped = Math.Min(units, left.GetValueOrDefault(id)),
            Properties = item.Each("variationAspects").Where(a => a.Say("name") is not null && a.Say("value") is not null).GroupBy(a => a.Say("name")!).Take(20).ToDictionary(g => g.Key, g => g.Last().Say("value")!),
        };
    }

    /// <summary>What the Inventory API knows a listing by is its SKU; one without a SKU is known by its number, and its variation.</summary>
    private static string? Listing(JsonObject item) => Some(item.Say("sku")) ?? (item.Say("legacyItemId") is { } no ? item.Say("legacyVariationId") is { } variation ? $"{no}:{variation}" : no : null);

    private static Dictionary<string, long> Left(List<JsonObject> items, IReadOnlyList<JsonObject> shipments)
    {
        var told = shipments.SelectMany(s => s.Each("lineItems")).Where(l => l.Say("lineItemId") is not null).GroupBy(l => l.Say("lineItemId")!).ToDictionary(g => g.Key, g => g.Sum(l => (long)(l.Whole("quantity") ?? 0)));
        foreach (var item in items.Where(i => i.Say("lineItemFulfillmentStatus") == "FULFILLED" && i.Say("lineItemId") is not null)) told[item.Say("lineItemId")!] = item.Whole("quantity") ?? 0;
        return told;
    }

    private static List<ChannelCharge> Charges(JsonNode order, List<JsonObject> items, string currency, string? method)
    {
        var charges = new List<ChannelCharge>();
        long whole = order.At("pricingSummary", "deliveryCost").Money(currency) ?? items.Sum(i => Delivery(i, currency)), off = Math.Abs(order.At("pricingSummary", "deliveryDiscount").Money(currency) ?? 0);
        // Taxes of delivery are among those of the lines.
        if (whole - off > 0) charges.Add(new ChannelCharge("shipping", method, whole - off, 0));
        if (order.At("pricingSummary", "fee").Money(currency) is > 0 and var fee) charges.Add(new ChannelCharge("fee", "Fee", fee, 0));
        return charges;
    }

    // A price that was changed after the sale: more is a charge, less comes off the goods.
    private static List<ChannelLine> Adjusted(List<ChannelLine> lines, long? adjustment, List<ChannelCharge> charges)
    {
        if (adjustment is > 0 and var more) charges.Add(new ChannelCharge("adjustment", "Adjustment", more, 0));
        long less = Math.Max(0, -(adjustment ?? 0));
        return [.. lines.Select(l =>
        {
            long part = Math.Min(less, l.UnitPriceMinor * l.Quantity - l.DiscountMinor);
            less -= part;
            return part == 0 ? l : l with { DiscountMinor = l.DiscountMinor + part };
        })];
    }

    private static ChannelPayment Payment(JsonNode order, string status, string currency)
    {
        var payments = order.Each("paymentSummary", "payments").Where(p => p.Say("paymentStatus") == "PAID").ToList();
        bool isPaid = status is "PAID" or "PARTIALLY_REFUNDED" or "FULLY_REFUNDED";
        return new ChannelPayment(isPaid ? "paid" : status == "FAILED" ? "failed" : "pending", isPaid ? payments.Sum(p => p.At("amount").Money(currency) ?? 0) : 0,
            order.Each("paymentSummary", "payments").Select(p => p.Say("paymentMethod")).FirstOrDefault(), payments.Select(p => Some(p.Say("paymentReferenceId"))).FirstOrDefault());
    }

    /// <summary>Money that has gone back: of the order, and of its lines; what is pending may fail yet.</summary>
    private static List<ChannelRefund> Refunds(JsonNode order, List<JsonObject> items, string currency)
    {
        var whole = order.Each("paymentSummary", "refunds").Where(r => r.Say("refundStatus") is null or "REFUNDED").ToList();
        var ofLines = items.SelectMany(i => i.Each("refunds").Select(r => (Item: i, Refund: r))).Where(x => x.Refund.At("refundDate") is not null);
        var known = order.Each("paymentSummary", "refunds").Select(r => r.Say("refundId")).ToHashSet();
        return
        [
            .. whole.Select(r => One(r.Say("refundId"), [r])).OfType<ChannelRefund>(),
            .. ofLines.Where(x => !known.Contains(x.Refund.Say("refundId"))).GroupBy(x => x.Refund.Say("refundId")).Select(g => One(g.Key, [.. g.Select(x => x.Refund)])).OfType<ChannelRefund>(),
        ];

        ChannelRefund? One(string? id, List<JsonObject> parts) => id is null || parts.Sum(p => p.At("amount").Money(currency) ?? 0) is not (> 0 and var amount) ? null
            : new ChannelRefund(id, amount, parts[0].When("refundDate") ?? default, null, new Dictionary<string, long>());
    }

    private static ChannelBuyer Buyer(JsonNode order, JsonNode? start)
    {
        string? mail = Some(start.Say("shippingStep", "shipTo", "email")) ?? Some(order.Say("buyer", "buyerRegistrationAddress", "email"));
        bool isHub = start.Is("ebaySupportedFulfillment");
        return new ChannelBuyer(Some(order.Say("buyer", "buyerRegistrationAddress", "fullName")) ?? (isHub ? null : Some(start.Say("shippingStep", "shipTo", "fullName"))), mail,
            Some(order.Say("buyer", "buyerRegistrationAddress", "primaryPhone", "phoneNumber")) ?? (isHub ? null : Some(start.Say("shippingStep", "shipTo", "primaryPhone", "phoneNumber"))), Some(order.Say("buyer", "username")),
            mail is not null && Relays.Any(r => mail.EndsWith("@" + r, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Where it is sent: with an eBay programme its hub, whose reference stands above the street, as eBay demands it on the label.</summary>
    private static ChannelAddress? Place(JsonNode? start)
    {
        if (Contact(start.At("shippingStep", "shipTo")) is not { } to || Some(start.Say("shippingStep", "shipToReferenceId")) is not { } reference) return Contact(start.At("shippingStep", "shipTo"));
        string above = reference.StartsWith("Reference", StringComparison.OrdinalIgnoreCase) ? reference : "Reference #" + reference;
        return to with { Line1 = above, Line2 = to.Line2 is null ? to.Line1 : $"{to.Line1}, {to.Line2}" };
    }

    private static ChannelAddress? Contact(JsonNode? contact) => contact.At("contactAddress") is not JsonObject at ? null
        : new ChannelAddress(Some(contact.Say("fullName")), Some(contact.Say("companyName")), Some(at.Say("addressLine1")), Some(at.Say("addressLine2")), Some(at.Say("city")), Some(at.Say("stateOrProvince")), Some(at.Say("postalCode")),
            Some(at.Say("countryCode")), Some(contact.Say("primaryPhone", "phoneNumber")));

    private static IEnumerable<string> Tags(JsonNode order, JsonNode? start, string cancel)
    {
        if (cancel == "IN_PROGRESS") yield return "cancelRequested";
        if (order.At("program", "ebayInternationalShipping") is not null || start.Is("ebaySupportedFulfillment") && order.At("program", "authenticityVerification") is null) yield return "ebayInternationalShipping";
        if (order.At("program", "authenticityVerification") is not null) yield return "authenticityGuarantee";
        if (order.Say("program", "ebayShipping", "shippingLabelProvidedBy") == "EBAY") yield return "labelByEbay";
        if (order.At("program", "ebayVault") is not null) yield return "ebayVault";
    }

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

internal static class EbayMoney
{
    /// <summary>An amount in the order's currency; null when it is told in another.</summary>
    public static long? Money(this JsonNode? amount, string currency) => amount.Say("currency") is { } told && told != currency ? null : amount.At("value").Minor(currency);

    public static JsonObject Amount(long minor, string currency) => new() { ["value"] = AdapterJson.Major(minor, currency).ToString(System.Globalization.CultureInfo.InvariantCulture), ["currency"] = currency };
}
