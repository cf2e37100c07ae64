using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>An order whose units have all arrived somewhere for good is closed.</summary>
internal static class EndOrder
{
    public static void CloseIfDone(OpenWork open, OpenOrder order)
    {
        if (order.State != OrderState.Confirmed || !IsSettled(order)) return;
        var goods = order.Lines.Where(l => l.HoldsStock).ToList();
        bool isDone = goods.All(l => l[LineBucket.Delivered] + l[LineBucket.Lost] + l[LineBucket.Cancelled] == l.Quantity);
        if (!isDone || goods.All(l => l[LineBucket.Cancelled] == l.Quantity)) return;
        order.MoveTo(OrderState.Closed);
        order.CloseAllHolds("The order is done.");
        open.Tell(order, "OrderClosed", new { });
    }

    /// <summary>Money that is still expected or was refused keeps an order open; none expected, and money at the channel, do not.</summary>
    private static bool IsSettled(OpenOrder order) => order.PaymentState is not ("pending" or "failed" or "unpaid");
}
