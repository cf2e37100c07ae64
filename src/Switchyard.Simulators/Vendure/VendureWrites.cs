using System.Globalization;
using GraphQL;

namespace Switchyard.Simulators;

/// <summary>What changes orders: settling, fulfilments, cancelling, refunds. What is refused is an answer of its own type, as the schema says.</summary>
internal sealed class VendureWrites(VendureSim sim, VendureOrderView view)
{
    private readonly Shop _shop = sim.Shop;

    public object Settle(IResolveFieldContext ctx)
    {
        string id = ctx.Text("id");
        var order = _shop.Orders.FirstOrDefault(o => o.Payments.Any(p => VendureGoods.Text(p.Id) == id)) ?? throw Missing("Payment", id);
        if (!view.IsAuthorised(order)) return Moves("PaymentStateTransitionError", "PAYMENT_STATE_TRANSITION_ERROR", "Settled", "Settled");
        view.Settled.Add(order.Key);
        _shop.Touch(order, ShopEventKind.OrderChanged);
        var payment = order.Payments.First(p => VendureGoods.Text(p.Id) == id);
        return view.Payment(order, payment, order.Payments[0] == payment);
    }

    public object Fulfil(IResolveFieldContext ctx)
    {
        var input = ctx.Input("input");
        var wanted = Lines(input);
        if (wanted.Sum(l => l.Quantity) == 0) return Nothing();
        var order = Of(wanted[0].LineId);
        var handler = input.Part("handler")!;
        if (handler.Text("code") != "manual-fulfillment")
            return Error("InvalidFulfillmentHandlerError", "INVALID_FULFILLMENT_HANDLER_ERROR", "The fulfillment handler could not be found");
        if (wanted.Any(l => order.Lines.FirstOrDefault(x => x.Id == l.LineId) is not { } line || order.Open(line) - Pending(line) < l.Quantity))
            return Error("ItemsAlreadyFulfilledError", "ITEMS_ALREADY_FULFILLED_ERROR", "One or more OrderItems are already part of a Fulfillment");
        string Argument(string name) => handler.Parts("arguments").FirstOrDefault(a => a.Text("name") == name)?.Text("value") ?? "";
        var parcel = new VendureParcel(_shop.NextId(), order, wanted, Argument("method"), Argument("trackingCode"));
        view.Parcels.Add(parcel);
        _shop.Touch(order, ShopEventKind.OrderChanged);
        return VendureOrderView.Fulfilment(parcel);
    }

    /// <summary>Sends a fulfilment. An order whose money is only authorised cannot be on its way.</summary>
    public object Move(IResolveFieldContext ctx)
    {
        string id = ctx.Text("id"), state = ctx.Text("state");
        var parcel = view.Parcels.FirstOrDefault(p => VendureGoods.Text(p.Id) == id) ?? throw Missing("Fulfillment", id);
        if (state != "Shipped" || parcel.Shipment is not null || view.IsAuthorised(parcel.Order))
            return Moves("FulfillmentStateTransitionError", "FULFILLMENT_STATE_TRANSITION_ERROR", parcel.Shipment is null ? "Pending" : "Shipped", state);
        parcel.Shipment = _shop.Ship(parcel.Order, parcel.Lines, parcel.Method, parcel.Tracking);
        return VendureOrderView.Fulfilment(parcel);
    }

    public object Cancel(IResolveFieldContext ctx)
    {
        var input = ctx.Input("input");
        var order = _shop.Order(input.Text("orderId") ?? "") ?? throw Missing("Order", input.Text("orderId"));
        if (order.IsCancelled) return Moves("OrderStateTransitionError", "ORDER_STATE_TRANSITION_ERROR", "Cancelled", "Cancelled");
        string reason = input.Text("reason") ?? "";
        if (input.TryGetValue("lines", out object? given) && given is not null)
        {
            var wanted = Lines(input);
            if (wanted.Count == 0) return Nothing();
            if (wanted.Any(l => order.Lines.FirstOrDefault(x => x.Id == l.LineId) is not { } line || line.Current < l.Quantity))
                return Error("QuantityTooGreatError", "QUANTITY_TOO_GREAT_ERROR", "The specified quantity is greater than the available OrderItems");
            foreach (var line in wanted) _shop.SetQuantity(order, line.LineId, order.Lines.Single(l => l.Id == line.LineId).Current - line.Quantity);
        }
        else _shop.Cancel(order, reason);
        view.Cancels.Add((order, reason));
        return view.Show(order);
    }

    public object Refund(IResolveFieldContext ctx)
    {
        var input = ctx.Input("input");
        string id = input.Text("paymentId") ?? "";
        var order = _shop.Orders.FirstOrDefault(o => o.Payments.Any(p => VendureGoods.Text(p.Id) == id)) ?? throw Missing("Payment", id);
        if (view.IsAuthorised(order))
        {
            return new Bag("RefundOrderStateError")
            {
                ["errorCode"] = "REFUND_ORDER_STATE_ERROR", ["message"] = "An Order in the \"PaymentAuthorized\" state cannot be refunded", ["orderState"] = "PaymentAuthorized",
            };
        }
        var lines = Lines(input);
        if (lines.Any(l => order.Lines.FirstOrDefault(x => x.Id == l.LineId) is not { } line || line.Quantity - order.Refunded(line.Id) < l.Quantity))
            return Error("QuantityTooGreatError", "QUANTITY_TOO_GREAT_ERROR", "The specified quantity is greater than the available OrderItems");
        long amount = VendureOrderView.Minor(decimal.Parse(input.Text("amount") ?? "0", CultureInfo.InvariantCulture), order.Currency);
        if (amount <= 0) return Error("NothingToRefundError", "NOTHING_TO_REFUND_ERROR", "Nothing to refund");
        var payment = order.Payments.First(p => VendureGoods.Text(p.Id) == id);
        long left = payment.AmountMinor - order.RefundedMinor;
        if (amount > left)
        {
            return new Bag("RefundAmountError")
            {
                ["errorCode"] = "REFUND_AMOUNT_ERROR", ["message"] = "The specified refund amount is greater than the refundable amount of the payment",
                ["maximumRefundable"] = (int)VendureOrderView.Units(left, order.Currency),
            };
        }
        var back = lines.Select(l => new SimRefundedLine(_shop.NextId(), l.LineId, l.Quantity, 0, 0, false)).ToList();
        var refund = _shop.Refund(order, amount, input.Text("reason") ?? "", back, paidOut: true);
        return VendureOrderView.Refund(order, payment, refund);
    }

    private int Pending(SimLine line) => view.Parcels.Where(p => p.Shipment is null).SelectMany(p => p.Lines).Where(l => l.LineId == line.Id).Sum(l => l.Quantity);

    private SimOrder Of(long lineId) => _shop.Orders.FirstOrDefault(o => o.Lines.Any(l => l.Id == lineId)) ?? throw Missing("OrderLine", VendureGoods.Text(lineId));

    private static List<SimShippedLine> Lines(IDictionary<string, object?> input) =>
        [.. input.Parts("lines").Select(l => new SimShippedLine(Id(l), l.Whole("quantity") ?? 0))];

    private static long Id(IDictionary<string, object?> line) => long.TryParse(line.Text("orderLineId"), CultureInfo.InvariantCulture, out long id) ? id : 0;

    private static Bag Nothing() => Error("EmptyOrderLineSelectionError", "EMPTY_ORDER_LINE_SELECTION_ERROR", "At least one OrderLine must be specified");

    private static Bag Error(string type, string code, string message) => new(type) { ["errorCode"] = code, ["message"] = message };

    private static Bag Moves(string type, string code, string from, string to) => new(type)
    {
        ["errorCode"] = code, ["message"] = $"Cannot transition from \"{from}\" to \"{to}\"",
        ["transitionError"] = $"Cannot transition from \"{from}\" to \"{to}\"", ["fromState"] = from, ["toState"] = to,
    };

    private static ExecutionError Missing(string type, string? id) => new($"No {type} with the id \"{id}\" could be found");
}
