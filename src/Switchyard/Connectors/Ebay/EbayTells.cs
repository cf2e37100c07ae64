using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Ebay;

/// <summary>Tells eBay of parcels, cancels and refunds; what it has already is looked for first.</summary>
internal static class EbayTells
{
    private const int DuplicateTracking = 34500, RefundRunning = 34922, RefundedWhole = 34917;
    private static readonly TimeSpan RefundTakes = TimeSpan.FromMinutes(2);

    public static async Task<AdapterAnswer<Told>> Shipped(ChannelCall call, ShippedNews news)
    {
        string where = $"{EbayAsk.Fulfilment}/order/{Uri.EscapeDataString(news.ExternalId)}/shipping_fulfillment";
        var before = await EbayAsk.Ask(call, HttpMethod.Get, where);
        if (before.Fault is { } fault) return fault;
        // eBay takes letters and digits only.
        string? tracking = string.Concat((news.Tracking ?? "").Where(char.IsAsciiLetterOrDigit)) is { Length: > 0 } number ? number : null;
        if (before.Value.Each("fulfillments").FirstOrDefault(f => IsThere(f, news, tracking)) is { } there) return new Told(there.Say("fulfillmentId"), WasThere: true);
        var body = new JsonObject
        {
            ["lineItems"] = new JsonArray([.. news.Lines.Where(l => l.Value > 0).Select(l => (JsonNode)new JsonObject { ["lineItemId"] = l.Key, ["quantity"] = l.Value })]),
            ["shippedDate"] = EbayChannel.Instant(news.ShippedAt), ["shippingCarrierCode"] = tracking is null ? null : Carrier(news.Carrier), ["trackingNumber"] = tracking,
        };
        var sent = await EbayAsk.Send(call, HttpMethod.Post, where, body.Tidy());
        if (sent.Fault is { } open) return open;
        if (sent.Value.IsOk) return new Told(sent.Value.Location?.Split('/')[^1] ?? tracking);
        return sent.Value.Error == DuplicateTracking ? new Told(tracking, WasThere: true) : sent.Value.Refusal;
    }

    // One without a number: of the same units, told after it left.
    private static bool IsThere(JsonObject parcel, ShippedNews news, string? tracking)
    {
        string? theirs = parcel.Say("shipmentTrackingNumber") is { Length: > 0 } number ? number : null;
        if (tracking is not null || theirs is not null) return string.Equals(theirs, tracking, StringComparison.OrdinalIgnoreCase);
        var units = parcel.Each("lineItems").Where(l => l.Say("lineItemId") is not null).GroupBy(l => l.Say("lineItemId")!).ToDictionary(g => g.Key, g => g.Sum(l => (long)(l.Whole("quantity") ?? 0)));
        return parcel.When("shippedDate") >= news.ShippedAt.AddMinutes(-1) && units.Count == news.Lines.Count && units.All(u => news.Lines.GetValueOrDefault(u.Key) == u.Value);
    }

    /// <summary>eBay writes carriers without spaces: RoyalMail, DPD, UPS; one that is not told is another.</summary>
    private static string Carrier(string? name) => string.Concat((name ?? "").Where(char.IsAsciiLetterOrDigit)) is { Length: > 0 } code ? code : "Other";

    /// <summary>The whole order, and with it what was paid; where the buyer asked for it, their wish is granted.</summary>
    public static async Task<AdapterAnswer<Told>> Cancelled(ChannelCall call, CancelledNews news)
    {
        var found = await Order(call, news.ExternalId);
        if (found.Fault is { } fault) return fault;
        if (found.Value is not { } order) return new AdapterFault(FaultKind.Refused, "eBay has no such order.");
        if (order.Say("cancelStatus", "cancelState") == "CANCELED") return new Told(news.ExternalId, WasThere: true);
        string? wish = order.Each("cancelStatus", "cancelRequests").Where(r => r.Say("cancelRequestState") is "REQUESTED" or null).Select(r => r.Say("cancelRequestId")).FirstOrDefault(r => r is not null);
        var sent = order.Say("cancelStatus", "cancelState") == "IN_PROGRESS" && wish is not null
            ? await EbayAsk.Send(call, HttpMethod.Post, $"/post-order/v2/cancellation/{Uri.EscapeDataString(wish)}/approve", new JsonObject(), scheme: "IAF")
            : await EbayAsk.Send(call, HttpMethod.Post, "/post-order/v2/cancellation", new JsonObject { ["legacyOrderId"] = news.ExternalId, ["cancelReason"] = Reason(news.Reason) }, scheme: "IAF");
        if (sent.Fault is { } open) return open;
        return sent.Value.IsOk ? new Told(sent.Value.Body.Say("cancelId") ?? wish ?? news.ExternalId) : sent.Value.Refusal;
    }

    private static string Reason(string reason) => reason switch { "customer" => "BUYER_ASKED_CANCEL", "address" => "ADDRESS_ISSUES", _ => "OUT_OF_STOCK_OR_CANNOT_FULFILL" };

    /// <summary>
    /// eBay keeps no key of ours with a refund. One of the same amount (and line) that is not surely another is this one: money goes back once rather than twice.
    /// </summary>
    public static async Task<AdapterAnswer<Told>> Refunded(ChannelCall call, RefundedNews news)
    {
        var found = await Order(call, news.ExternalId);
        if (found.Fault is { } fault) return fault;
        if (found.Value is not { } order) return new AdapterFault(FaultKind.Refused, "eBay has no such order.");
        if (order.Say("cancelStatus", "cancelState") == "CANCELED") return new Told(null, WasThere: true);
        string? line = news.Lines.Keys.ToList() is [var only] && order.Each("lineItems").Count() > 1 ? only : null;
        if (There(order, news, line) is { } there) return new Told(there, WasThere: true);
        var body = new JsonObject { ["reasonForRefund"] = Why(news.Reason), ["comment"] = news.Note is { Length: > 0 } note ? note.Length > 100 ? note[..100] : note : null };
        var amount = EbayMoney.Amount(news.AmountMinor, news.Currency);
        if (line is null) body["orderLevelRefundAmount"] = amount;
        else body["refundItems"] = new JsonArray(new JsonObject { ["lineItemId"] = line, ["refundAmount"] = amount });
        var sent = await EbayAsk.Send(call, HttpMethod.Post, $"{EbayAsk.Fulfilment}/order/{Uri.EscapeDataString(news.ExternalId)}/issue_refund", body.Tidy(), isSigned: true);
        if (sent.Fault is { } open) return open;
        if (sent.Value.IsOk) return sent.Value.Body.Say("refundStatus") == "FAILED" ? new AdapterFault(FaultKind.Refused, "eBay could not pay it back.") : new Told(sent.Value.Body.Say("refundId"));
        return sent.Value.Error switch
        {
            RefundRunning => new AdapterFault(FaultKind.Throttled, sent.Value.Words, RefundTakes),
            RefundedWhole => new Told(null, WasThere: true),
            _ => sent.Value.Refusal,
        };
    }

    private static string? There(JsonNode order, RefundedNews news, string? line)
    {
        var those = line is null ? order.Each("paymentSummary", "refunds").Where(r => r.Say("refundStatus") != "FAILED") : order.Each("lineItems").Where(l => l.Say("lineItemId") == line).SelectMany(l => l.Each("refunds"));
        return those.Where(r => r.At("amount").Money(news.Currency) == news.AmountMinor).Select(r => r.Say("refundId")).FirstOrDefault(id => id is not null && news.Others?.Contains(id) != true);
    }

    private static string Why(string reason) => reason switch { "customer" => "BUYER_CANCEL", "stock" => "SELLER_CANCEL", "return" => "BUYER_RETURN", "damaged" or "wrong" => "ITEM_NOT_AS_DESCRIBED", "lost" => "ITEM_NOT_RECEIVED", _ => "OTHER_ADJUSTMENT" };

    /// <summary>Null: there surely is none.</summary>
    public static async Task<AdapterAnswer<JsonNode?>> Order(ChannelCall call, string id)
    {
        var said = await EbayAsk.Send(call, HttpMethod.Get, $"{EbayAsk.Fulfilment}/order/{Uri.EscapeDataString(id)}?fieldGroups=TAX_BREAKDOWN");
        if (said.Fault is { } fault) return fault;
        if (said.Value.IsOk) return AdapterAnswer<JsonNode?>.Of(said.Value.Body);
        return said.Value.Status == 404 || said.Value.Error is 32100 or 32110 ? AdapterAnswer<JsonNode?>.Of(null) : said.Value.Refusal;
    }

    public static async Task<AdapterAnswer<List<JsonObject>>> Shipments(ChannelCall call, string id)
    {
        var said = await EbayAsk.Ask(call, HttpMethod.Get, $"{EbayAsk.Fulfilment}/order/{Uri.EscapeDataString(id)}/shipping_fulfillment");
        return said.Fault is { } fault ? fault : said.Value.Each("fulfillments").ToList();
    }
}
