using System.Text.Json.Nodes;
using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Connectors.Shopify;

/// <summary>
/// An order of Shopify in our words. Its money is the buyer's (presentment): what they pay and are given back in. Amounts of lines are before returns, as the order's total is; what is not wanted any more is in
/// <see cref="ChannelLine.Cancelled"/>.
/// </summary>
/// <param name="unpaid">Names of payment methods with which an order is sent before it is paid.</param>
/// <param name="nodes">Our node by the number or name of a location, for orders that are collected.</param>
internal sealed class ShopifyOrders(IReadOnlySet<string> unpaid, IReadOnlyDictionary<string, string> nodes)
{
    /// <returns>Null: what came is no order.</returns>
    public ChannelOrder? Read(JsonObject order)
    {
        string? currency = order.Say("presentmentCurrencyCode");
        if (order.Say("legacyResourceId") is not { } id || order.When("processedAt") is not { } placed || order.When("updatedAt") is not { } updated || currency is null || !Currency.TryParse(currency, out _)) return null;
        var parts = order.Each("fulfillmentOrders", "nodes").ToList();
        var shipped = Units(order.Each("fulfillments").Where(f => f.Say("status") is "SUCCESS" or "OPEN" or "PENDING").SelectMany(f => f.Each("fulfillmentLineItems", "nodes")));
        var lines = order.Each("lineItems", "nodes").SelectMany(l => Lines(l, currency, shipped, parts)).ToList();
        bool isGross = order.Is("taxesIncluded");
        var charges = Charges(order, currency);
        long? total = order.At("totalPriceSet").Paid(currency);
        Tip(order, currency, isGross, lines, charges, total);
        var (payment, isFree) = Payment(order, currency);
        return new ChannelOrder(id, order.Say("name"), placed, updated, null, State(order, lines, parts, isFree), currency, isGross, Buyer(order), Place(order.At("shippingAddress")), Place(order.At("billingAddress")),
            Method(order, parts), lines, charges, payment, total)
        {
            Refunds = [.. order.Each("refunds").Select(r => Refund(r, currency)).OfType<ChannelRefund>()],
            ShipBy = parts.Select(p => p.When("fulfillBy")).Min(), DeliverBy = parts.Select(p => p.When("deliveryMethod", "maxDeliveryDateTime")).Max(),
            IsTaxTheirs = order.Each("lineItems", "nodes").SelectMany(l => l.Each("taxLines")).ToList() is { Count: > 0 } taxes && taxes.All(t => t.Is("channelLiable")),
            Note = Note(order), GiftMessage = Attributes(order).Where(a => BuyersWords.IsGiftMessage(a.Name)).Select(a => a.Value).FirstOrDefault(),
            CollectAt = CollectAt(parts), Tags = [.. (order.At("tags") as JsonArray ?? []).Select(t => t.Say()).OfType<string>()],
        };
    }

    private static ChannelOrderState State(JsonObject order, List<ChannelLine> lines, List<JsonObject> parts, bool isFree)
    {
        if (order.Say("cancelledAt") is not null || lines.Count > 0 && lines.All(l => l.Cancelled == l.Quantity)) return ChannelOrderState.Cancelled;
        if (order.Is("closed") || order.Say("displayFulfillmentStatus") == "FULFILLED") return ChannelOrderState.Closed;
        var ours = parts.Where(p => !IsService(p) && p.Say("status") is "OPEN" or "IN_PROGRESS" or "ON_HOLD" or "SCHEDULED").ToList();
        bool isHeld = ours.Count > 0 && ours.All(p => p.Say("status") is "ON_HOLD" or "SCHEDULED");
        return isFree && !isHeld ? ChannelOrderState.Open : ChannelOrderState.Pending;
    }

    private (ChannelPayment Payment, bool IsFree) Payment(JsonObject order, string currency)
    {
        string status = order.Say("displayFinancialStatus") switch
        {
            "PAID" or "PARTIALLY_REFUNDED" or "REFUNDED" => "paid",
            "AUTHORIZED" => "authorised",
            "VOIDED" => "failed",
            _ => "pending",
        };
        var gateways = (order.At("paymentGatewayNames") as JsonArray ?? []).Select(g => g.Say()).OfType<string>().ToList();
        string? reference = order.Each("transactions").Where(t => t.Say("status") == "SUCCESS" && t.Say("kind") is "SALE" or "CAPTURE" or "AUTHORIZATION").Select(t => t.Say("paymentId") ?? t.Say("id")).LastOrDefault();
        bool isFree = status is "paid" or "authorised" || status == "pending" && gateways.Any(unpaid.Contains);
        return (new ChannelPayment(status, order.At("totalReceivedSet").Paid(currency) ?? 0, gateways.Count == 0 ? null : string.Join("+", gateways), reference), isFree);
    }

    /// <summary>
    /// A line, in two where a fulfilment service sends some of its units: those are not ours. What needs no sending (a voucher by mail, a download, a tip) is no work of a node either.
    /// </summary>
    private static IEnumerable<ChannelLine> Lines(JsonObject line, string currency, Dictionary<string, long> shipped, List<JsonObject> parts)
    {
        if (line.Say("id") is not { } gid || line.Whole("quantity") is not (> 0 and var quantity)) yield break;
        string id = Number(gid);
        long left = shipped.GetValueOrDefault(gid), current = line.Whole("currentQuantity") ?? quantity;
        // Units that came back after they had left are returned, not cancelled.
        long cancelled = Math.Clamp(quantity - left - (line.Whole("unfulfilledQuantity") ?? 0), 0, Math.Max(0, quantity - current));
        long discount = line.Each("discountAllocations").Sum(d => d.At("allocatedAmountSet").Paid(currency) ?? 0);
        var (tax, rate) = Taxes(line, currency);
        bool isGoods = line.Is("requiresShipping");
        long theirs = isGoods ? Units(parts.Where(IsService).SelectMany(p => p.Each("lineItems", "nodes")), "totalQuantity").GetValueOrDefault(gid) : quantity;
        string? variant = line.Say("variantTitle");
        var whole = new ChannelLine(id, line.Say("variant", "legacyResourceId"), Some(line.Say("sku")), variant is null or "Default Title" ? line.Say("title") : $"{line.Say("title")} - {variant}", quantity, cancelled,
            line.At("originalUnitPriceSet").Paid(currency) ?? 0, discount, tax, rate)
        {
            IsOurs = theirs < quantity, Shipped = left,
            Properties = Attributes(line).GroupBy(a => a.Name).Take(20).ToDictionary(g => g.Key, g => g.Last().Value),
            Personalisation = BuyersWords.Personal(Attributes(line)), GiftMessage = Attributes(line).Where(a => BuyersWords.IsGiftMessage(a.Name)).Select(a => a.Value).FirstOrDefault(),
        };
        if (theirs <= 0 || theirs >= quantity) { yield return whole; yield break; }
        long ours = quantity - theirs, oursOff = discount * ours / quantity, oursTax = (tax ?? 0) * ours / quantity, oursCancelled = Math.Min(ours, cancelled), oursLeft = Math.Min(ours - oursCancelled, left);
        yield return whole with { Quantity = ours, Cancelled = oursCancelled, DiscountMinor = oursOff, TaxMinor = tax is null ? null : oursTax, Shipped = oursLeft };
        yield return whole with
        {
            LineId = id + ":service",
            IsOurs = false,
            Quantity = theirs,
            Cancelled = cancelled - oursCancelled,
            DiscountMinor = discount - oursOff,
            TaxMinor = tax is null ? null : tax - oursTax,
            Shipped = left - oursLeft,
        };
    }

    private static List<ChannelCharge> Charges(JsonObject order, string currency)
    {
        var charges = new List<ChannelCharge>();
        foreach (var line in order.Each("shippingLines", "nodes"))
        {
            var (tax, rate) = Taxes(line, currency);
            if (line.At("discountedPriceSet").Paid(currency) is > 0 and var price) charges.Add(new ChannelCharge("shipping", line.Say("title"), price, tax ?? 0, rate));
        }
        if (!order.Is("dutiesIncluded") && order.At("originalTotalDutiesSet").Paid(currency) is > 0 and var duties) charges.Add(new ChannelCharge("duties", "Duties", duties, 0));
        foreach (var fee in order.Each("additionalFees"))
        {
            var (tax, rate) = Taxes(fee, currency);
            if (fee.At("price").Paid(currency) is > 0 and var price) charges.Add(new ChannelCharge("fee", fee.Say("name"), price, tax ?? 0, rate));
        }
        return charges;
    }

    // A tip may be a line of the order or not: it is added where the order's total says that it is missing.
    private static void Tip(JsonObject order, string currency, bool isGross, List<ChannelLine> lines, List<ChannelCharge> charges, long? total)
    {
        if (order.At("totalTipReceivedSet").Paid(currency) is not (> 0 and var tip)) return;
        long sum = lines.Sum(l => l.UnitPriceMinor * l.Quantity - l.DiscountMinor + (isGross ? 0 : l.TaxMinor ?? 0)) + charges.Sum(c => c.AmountMinor + (isGross ? 0 : c.TaxMinor ?? 0));
        if (total - sum == tip) charges.Add(new ChannelCharge("tip", "Tip", tip, 0));
    }

    private static (long? Tax, decimal? Rate) Taxes(JsonObject of, string currency)
    {
        var lines = of.Each("taxLines").ToList();
        decimal rate = lines.Sum(t => decimal.TryParse(t.Say("ratePercentage"), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal percent) ? percent : 0);
        return (lines.Sum(t => t.At("priceSet").Paid(currency) ?? 0), rate is > 0 and <= 100 ? decimal.Round(rate / 100, 6) : null);
    }

    private static ChannelRefund? Refund(JsonObject refund, string currency) => refund.Say("id") is not { } id || refund.At("totalRefundedSet").Paid(currency) is not (> 0 and var amount) ? null
        : new ChannelRefund(Number(id), amount, refund.When("createdAt") ?? default, Some(refund.Say("note")), Units(refund.Each("refundLineItems", "nodes")).ToDictionary(u => Number(u.Key), u => u.Value));

    private static ChannelBuyer Buyer(JsonObject order) => new(Some(order.Say("shippingAddress", "name")) ?? Some(order.Say("customer", "displayName")) ?? Some(order.Say("billingAddress", "name")),
        Some(order.Say("email")), Some(order.Say("phone")) ?? Some(order.Say("shippingAddress", "phone")), order.Say("customer", "legacyResourceId"));

    private static ChannelAddress? Place(JsonNode? at) => at is not JsonObject ? null
        : new ChannelAddress(Some(at.Say("name")), Some(at.Say("company")), Some(at.Say("address1")), Some(at.Say("address2")), Some(at.Say("city")), Some(at.Say("provinceCode")) ?? Some(at.Say("province")), Some(at.Say("zip")),
            Some(at.Say("countryCodeV2")), Some(at.Say("phone")));

    private static string? Method(JsonObject order, List<JsonObject> parts) =>
        order.Each("shippingLines", "nodes").Select(s => Some(s.Say("title"))).FirstOrDefault() ?? parts.Select(p => Some(p.Say("deliveryMethod", "presentedName"))).FirstOrDefault();

    private string? CollectAt(List<JsonObject> parts)
    {
        if (parts.FirstOrDefault(p => p.Say("deliveryMethod", "methodType") == "PICK_UP" && p.Say("status") is not ("CANCELLED" or "INCOMPLETE")) is not { } part) return null;
        string? number = part.Say("assignedLocation", "location", "legacyResourceId"), name = Some(part.Say("assignedLocation", "name"));
        return (number is not null ? nodes.GetValueOrDefault(number) : null) ?? (name is not null ? nodes.GetValueOrDefault(name) ?? name : number);
    }

    // What was written beside the order for its packers (an engraving, a colour) stands under the buyer's own words.
    private static string? Note(JsonObject order)
    {
        var said = new[] { Some(order.Say("note")) }.Concat(Attributes(order).Where(a => !BuyersWords.IsGiftMessage(a.Name)).Select(a => $"{a.Name}: {a.Value}")).OfType<string>().ToList();
        return said.Count == 0 ? null : string.Join("\n", said);
    }

    // Names with an underscore in front are an app's own, and shown to nobody.
    private static IEnumerable<(string Name, string Value)> Attributes(JsonObject of) => of.Each("customAttributes").Select(a => (Name: Some(a.Say("key")), Value: Some(a.Say("value"))))
        .Where(a => a is { Name: not null, Value: not null } && a.Name[0] != '_').Select(a => (a.Name!, a.Value!));

    private static bool IsService(JsonObject part) => part.Is("assignedLocation", "location", "isFulfillmentService");

    private static Dictionary<string, long> Units(IEnumerable<JsonObject> of, string count = "quantity") =>
        of.Where(l => l.Say("lineItem", "id") is not null).GroupBy(l => l.Say("lineItem", "id")!).ToDictionary(g => g.Key, g => g.Sum(l => (long)(l.Whole(count) ?? 0)));

    /// <summary>The number at the end of a global id.</summary>
    public static string Number(string gid) => gid[(gid.LastIndexOf('/') + 1)..].Split('?')[0];

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

internal static class ShopifyMoney
{
    /// <summary>The buyer's side of an amount that is told in two currencies.</summary>
    public static long? Paid(this JsonNode? bag, string currency) => bag.At("presentmentMoney", "amount").Minor(currency);
}
