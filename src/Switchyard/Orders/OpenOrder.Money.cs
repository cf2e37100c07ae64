using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Payments;

namespace Switchyard.Orders;

/// <summary>Of an order under lock: what was paid, and what becomes of it when the order ends.</summary>
public sealed partial class OpenOrder
{
    private bool _hasEnded;

    /// <summary>The newest balances of its money ledger.</summary>
    public OrderPaid Paid { get; private set; }

    /// <summary>What its channel wants to see before it goes forward: paid, or authorised.</summary>
    internal string PaymentRule { get; }

    /// <summary>Takes over what the order's book of payments says; only Payments calls it, with the book it writes in the same transaction.</summary>
    /// <param name="state">The derived payment state.</param>
    public void Pay(OrderPaid paid, string state)
    {
        (Paid, PaymentState) = (paid, state);
        Owe();
    }

    /// <summary>A past order that should not have been stored: its units count as cancelled, wherever they were. No move of the table, since nothing happened to any goods.</summary>
    internal void TakeBack(string reason)
    {
        Must.Hold(IsHistory && Lines.TrueForAll(l => l.Claims.Count == 0), $"order {Number} is history and claims nothing");
        foreach (var line in Lines.Where(l => l.HoldsStock)) line.TakeBack();
        (State, _hasEnded, _isExpiryOver) = (OrderState.Cancelled, true, true);
        CloseAllHolds(reason);
    }

    /// <summary>What was paid for goods that were sent again free of charge, minor units; replacements that were cancelled not counted.</summary>
    public async Task<long> SentAgainMinor(Work work) => Replacements.Worth(this, await LinksSql.Replaced(work, Id));

    /// <summary>After the money or the total changed: what stopped the order for want of money goes, and what was paid too much is shown.</summary>
    /// <returns>Is enough paid or reserved?</returns>
    public bool FollowMoney(string reason)
    {
        if (State is OrderState.Placed or OrderState.Confirmed or OrderState.Closed && Paid.Captured - Paid.Refunded > TotalMinor)
            Raise("over_paid", $"Order {Number} is paid {Paid.Captured - Paid.Refunded - TotalMinor} minor units too much.",
                Saying.Of(Phrase.OverPaid, ("number", Number), ("amountMinor", Paid.Captured - Paid.Refunded - TotalMinor), ("currency", Currency)));
        else if (Paid.Captured > 0) Mend("over_paid", "It is no longer paid too much.");
        if (State is not (OrderState.Placed or OrderState.Confirmed) || !Paid.Suffices(TotalMinor, PaymentRule)) return false;
        foreach (var hold in _holds.Where(h => h.Kind == RuleKinds.Payment).ToList()) CloseHold(hold, reason);
        ConfirmIfFree();
        return true;
    }

    /// <summary>Closes the order once all its goods have arrived somewhere for good or are cancelled, and its money is settled.</summary>
    /// <returns>Was it closed?</returns>
    public bool CloseIfDone()
    {
        if (State != OrderState.Confirmed) return false;
        SettleMoney();
        var goods = Lines.FindAll(l => l.HoldsStock);
        // An order of charges only, such as a bag at the till, is done as soon as it is paid.
        bool isDone = goods.All(l => l[LineBucket.Delivered] + l[LineBucket.Lost] + l[LineBucket.Cancelled] == l.Quantity);
        if (!isDone || !IsSettled || goods.Count > 0 && goods.All(l => l[LineBucket.Cancelled] == l.Quantity)) return false;
        MoveTo(OrderState.Closed);
        CloseAllHolds("The order is done.");
        Tell("OrderClosed", new { });
        return true;
    }

    // None expected, terms, and whatever was taken in full are settled; what is only reserved or part paid is still to come.
    private bool IsSettled => Paid.IsOnAccount || Paid.Captured >= TotalMinor || Paid.State(TotalMinor, PaymentState) is "none" or "terms";

    // Money kept of an order that has ended belongs to the customer.
    private void Owe()
    {
        if (State is not (OrderState.Cancelled or OrderState.Expired)) return;
        if (Paid.Kept > 0) Raise("refund_owed", $"Order {Number} has ended, and {Paid.Kept} minor units of {Currency} were taken for it.",
            Saying.Of(Phrase.RefundOwed, ("number", Number), ("amountMinor", Paid.Kept), ("currency", Currency)));
        else if (Paid.Captured > 0) Mend("refund_owed", "The money was given back.");
    }

    /// <summary>What is reserved or on account of orders that end now is let go, whoever ends them; before <see cref="QueueSave"/>.</summary>
    internal static async Task LetMoneyGo(Work work, IEnumerable<OpenOrder> orders)
    {
        foreach (var order in orders.Where(o => o._hasEnded)) await ChangePayments.Release(work, order, order._actor, "The order has ended.", order._now);
    }
}
