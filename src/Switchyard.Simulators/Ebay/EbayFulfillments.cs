namespace Switchyard.Simulators;

/// <summary>Parcels, refunds and cancellations at eBay.</summary>
public sealed partial class EbaySim
{
    /// <summary>How long a refund is pending, by the vendor's clock; nothing else can be paid back of the order meanwhile.</summary>
    public TimeSpan RefundTakes { get; set; }

    private bool IsSettled(SimRefund refund) => Clock.GetUtcNow() - refund.At >= RefundTakes;

    /// <summary>The buyer asks; nothing is cancelled until the seller does.</summary>
    public void AskToCancel(SimOrder order, string reason = "BUYER_ASKED_CANCEL")
    {
        lock (Shop.Gate)
        {
            order.Extra["cancelRequest"] = reason;
            Shop.Touch(order, ShopEventKind.OrderChanged);
        }
    }

    private IResult GetFulfillments(string id)
    {
        if (Shop.Order(id) is not { } order) return FulfilmentError(400, 32100, $"Invalid order ID: {id}");
        var all = order.Shipments.Where(s => !s.IsCancelled).Select(View).ToList();
        return PlainJson.Answer(new { fulfillments = all, total = all.Count, warnings = Array.Empty<object>() });
    }

    private IResult GetFulfillment(string id, string which)
    {
        if (Shop.Order(id) is not { } order) return FulfilmentError(400, 32100, $"Invalid order ID: {id}");
        return order.Shipments.FirstOrDefault(s => !s.IsCancelled && FulfillmentId(s) == which) is { } found ? PlainJson.Answer(View(found)) : FulfilmentError(404, 32110,
            $"Invalid shipping fulfillment ID: {which}");
    }

    private IResult CreateFulfillment(SimRequest r, string id)
    {
        if (Shop.Order(id) is not { } order) return FulfilmentError(400, 32100, $"Invalid Order Id: {id}");
        if (r.Json is not { } body) return FulfilmentError(400, 32600, "Invalid input data");
        string tracking = body.Text("trackingNumber") ?? "", carrier = body.Text("shippingCarrierCode") ?? "";
        if ((tracking.Length == 0) != (carrier.Length == 0) || !tracking.All(char.IsAsciiLetterOrDigit)) return FulfilmentError(400, 32300,
            "Invalid shipment tracking number or carrier");
        if (body.Text("shippedDate") is { } date && (!TryTime(date, out var at) || at > Clock.GetUtcNow().AddDays(1)
            || at < order.PlacedAt.AddDays(-1))) return FulfilmentError(400, 32500, "Invalid shipped date");
        var lines = new List<SimShippedLine>();
        foreach (var item in body["lineItems"].Each())
        {
            if (order.Lines.FirstOrDefault(l => Text(l.Id) == item.Text("lineItemId")) is not { } line) return FulfilmentError(400, 32200,
                $"Invalid line item id: {item.Text("lineItemId")}");
            if (lines.Any(l => l.LineId == line.Id)) return FulfilmentError(400, 32210, "Duplicate line item in the request");
            int units = item.Whole("quantity") ?? order.Open(line);
            if (units < 1) return FulfilmentError(400, 32600, "Invalid input data");
            lines.Add(new SimShippedLine(line.Id, units));
        }
        if (lines.Count == 0) return FulfilmentError(400, 32600, "Invalid input data");
        if (tracking.Length > 0 && order.Shipments.Any(s => s.Tracking == tracking && !s.IsCancelled)) return FulfilmentError(400, 34500,
            "Please use PUT operation for updating shipping fulfillment");
        if (order.IsCancelled || lines.Any(l => l.Quantity > order.Open(order.Lines.Single(x => x.Id == l.LineId)))) return FulfilmentError(409, 32600, "Invalid input data");
        var made = Shop.Ship(order, lines, carrier, tracking, tell: true);
        r.Http.Response.Headers.Location = $"{Url}{OrderPath}/{id}/shipping_fulfillment/{FulfillmentId(made)}";
        return PlainJson.Answer(new { }, 201);
    }

    private static object View(SimShipment s) => new
    {
        fulfillmentId = FulfillmentId(s), shipmentTrackingNumber = Maybe(s.Tracking), shippingCarrierCode = Maybe(s.Carrier), shippedDate = Iso(s.At),
        lineItems = s.Lines.Select(l => new { lineItemId = Text(l.LineId), quantity = l.Quantity }).ToList(),
    };

    /// <summary>The tracking number, or an arbitrary number where there is none.</summary>
    private static string FulfillmentId(SimShipment s) => s.Tracking.Length > 0 ? s.Tracking : "999";

    private IResult IssueRefund(SimRequest r, string id)
    {
        if (WrongSignature(r) is { } unsigned) return unsigned;
        if (Shop.Order(id) is not { } order) return FulfilmentError(404, 34913, "Can not find the order.");
        if (r.Json is not { } body) return FulfilmentError(400, 34902, "Request can't be empty.");
        if (string.IsNullOrEmpty(body.Text("reasonForRefund"))) return FulfilmentError(400, 34903, "The refund reason must be specified.");
        if ((body.Text("comment") ?? "").Length > 1000) return FulfilmentError(400, 34921,
            "The comment exceeds the length limit, please make sure it doesn't exceed 1000 characters.");
        var items = body["refundItems"].Each().ToList();
        if ((body["orderLevelRefundAmount"] is null) == (items.Count == 0)) return FulfilmentError(400, 34905, "Either orderLevelRefundAmount or refundItems must be specified.");
        if (!order.IsPaid) return FulfilmentError(409, 34929, "You cannot refund this order yet since the buyer payment has not been processed. Please try again later.");
        if (order.Refunds.Any(f => !IsSettled(f))) return FulfilmentError(400, 34922, "Refund can't be issued while previous refund is processing.");
        long paid = order.Payments.Sum(p => p.AmountMinor);
        if (order.RefundedMinor >= paid) return FulfilmentError(400, 34917, "This order was already refunded.", "BUSINESS");

        var parts = new List<SimRefundedLine>();
        long amount = 0;
        if (items.Count == 0 && Positive(body["orderLevelRefundAmount"], out amount) is { } bad) return bad;
        foreach (var item in items)
        {
            if (item.Text("lineItemId") is not { } which && item["legacyReference"] is null) return FulfilmentError(400, 34910,
                "Either legacyReference or lineItemId must be specified for item level refund.");
            if (order.Lines.FirstOrDefault(l => Text(l.Id) == item.Text("lineItemId")) is not { } line) return FulfilmentError(400, 34914, "Can't find the item in the order.");
            if (Positive(item["refundAmount"], out long part) is { } wrong) return wrong;
            if (part > line.NetMinor + order.Method.PriceMinor + (order.PricesIncludeTax ? 0 : line.TaxMinor + order.ShippingTaxMinor) - order.Refunds.SelectMany(f =>
                f.Lines).Where(l => l.LineId == line.Id).Sum(l => l.AmountMinor))
                return FulfilmentError(409, 34924, "The item refund amount exceeds the item remaining amount.", "BUSINESS");
            parts.Add(new SimRefundedLine(Shop.NextId(), line.Id, 0, part, 0, false));
            amount += part;
        }
        if (order.RefundedMinor + amount > paid) return FulfilmentError(400, 34915, "The refund amount exceeds order amount.");
        var made = Shop.Refund(order, amount, body.Text("reasonForRefund")!, parts, paidOut: true);
        return PlainJson.Answer(new { refundId = Text(made.Id), refundStatus = "PENDING" });
    }

    private IResult? Positive(System.Text.Json.Nodes.JsonNode? amount, out long minor)
    {
        minor = 0;
        if (amount.Text("value") is not { Length: > 0 } value) return FulfilmentError(400, 34906, "The amount value must be specified.");
        if (string.IsNullOrEmpty(amount.Text("currency"))) return FulfilmentError(400, 34908, "The amount currency must be specified.");
        if (amount.Text("currency") != Shop.Facts.Currency) return FulfilmentError(400, 34909, "The amount currency isn't correct.");
        return SimMoney.TryMinor(value, Shop.Facts.Currency, out minor) && minor > 0 && value[(value.IndexOf('.') is var dot and >= 0 ? dot + 1 : value.Length)..].Length <= 2
            ? null : FulfilmentError(400, 34907, "The amount value must be positive and within two decimals.");
    }

    private IResult CancelOrder(SimRequest r)
    {
        string id = r.Json.Text("legacyOrderId") ?? "", reason = r.Json.Text("cancelReason") ?? "";
        if (Shop.Order(id) is not { } order) return PostOrderError(404, 1003, "The order is not found.");
        if (reason is not ("OUT_OF_STOCK_OR_CANNOT_FULFILL" or "BUYER_ASKED_CANCEL" or "ADDRESS_ISSUES")) return PostOrderError(400, 1002, "The cancelReason is not valid.");
        if (order.IsCancelled || order.Extra.ContainsKey("cancelRequest")) return PostOrderError(400, 2001, "A cancellation exists for this order.");
        if (order.Shipments.Any(s => !s.IsCancelled)) return PostOrderError(400, 2004, "The order has been shipped and cannot be cancelled.");
        order.Extra["cancelledBy"] = "SELLER";
        // What the buyer paid goes back with it.
        if (order.IsPaid && order.TotalMinor > order.RefundedMinor) Shop.Refund(order, order.TotalMinor - order.RefundedMinor, reason, paidOut: true);
        Shop.Cancel(order, reason);
        return PlainJson.Answer(new { cancelId = Text(order.Id + 5_000_000) }, 201);
    }

    /// <summary>The seller grants the buyer's wish.</summary>
    private IResult ApproveCancel(string id)
    {
        if (Shop.Orders.FirstOrDefault(o => Text(o.Id + 5_000_000) == id && o.Extra.ContainsKey("cancelRequest")) is not { } order) return PostOrderError(404, 1003, "The cancellation is not found.");
        if (order.IsCancelled) return PostOrderError(400, 2001, "The cancellation is closed.");
        if (order.IsPaid && order.TotalMinor > order.RefundedMinor) Shop.Refund(order, order.TotalMinor - order.RefundedMinor, order.Extra["cancelRequest"], paidOut: true);
        Shop.Cancel(order, order.Extra["cancelRequest"]);
        return PlainJson.Answer(new { cancelId = id });
    }

    private IResult FindCancellations(SimRequest r)
    {
        var found = Shop.Orders.Where(o => o.IsCancelled && (r.Query("legacy_order_id") is not { } id || o.Key == id)).ToList();
        return PlainJson.Answer(new
        {
            total = found.Count,
            cancellations = found.Select(o => new
            {
                cancelId = Text(o.Id + 5_000_000), legacyOrderId = o.Key, cancelReason = o.CancelReason, cancelState = "CLOSED",
                cancelStatus = "CANCEL_CLOSED_WITH_REFUND"
            }).ToList(),
        });
    }

    private static IResult PostOrderError(int status, int id, string message) => PlainJson.Answer(new
    {
        error = new[] { new { errorId = id, domain = "returnErrorDomain",
        severity = "ERROR", category = "REQUEST", message } }
    }, status);
}
