using Switchyard.Database;
using Switchyard.Payments;

namespace Switchyard.Orders;

/// <summary>Of an order under lock: what was paid, and what becomes of it when the order ends.</summary>
public sealed partial class OpenOrder
{
    private bool _hasEnded;

    /// <summary>The newest balances of its money ledger.</summary>
    public OrderPaid Paid { get; private set; }

    /// <summary>Takes over what the order's book of payments says; only Payments calls it, with the book it writes in the same transaction.</summary>
    /// <param name="state">The derived payment state.</param>
    public void Pay(OrderPaid paid, string state)
    {
        (Paid, PaymentState) = (paid, state);
        Owe();
    }

    // Money kept of an order that has ended belongs to the customer.
    private void Owe()
    {
        if (State is not (OrderState.Cancelled or OrderState.Expired)) return;
        if (Paid.Kept > 0) Raise("refund_owed", $"Order {Number} has ended, and {Paid.Kept} minor units of {Currency} were taken for it.");
        else if (Paid.Captured > 0) Mend("refund_owed", "The money was given back.");
    }

    /// <summary>What is reserved or on account of orders that end now is let go, whoever ends them; before <see cref="QueueSave"/>.</summary>
    internal static async Task LetMoneyGo(Work work, IEnumerable<OpenOrder> orders)
    {
        foreach (var order in orders.Where(o => o._hasEnded)) await ChangePayments.Release(work, order, order._actor, "The order has ended.", order._now);
    }
}
