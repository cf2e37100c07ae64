using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What the customers of a drain's orders on account may still owe. Asked only when such an order meets a credit rule: then in a trip more.</summary>
internal sealed class CreditCheck
{
    private readonly Dictionary<(long Merchant, CustomerId Customer), OpenCredit> _open = [];
    private readonly Dictionary<(long Merchant, CustomerId Root), long> _used = [];

    public static async Task<CreditCheck> Read(Work work, IReadOnlyList<PendingOrder> orders, CustomerLookup customers, DateTimeOffset now, bool isLocked = true)
    {
        var check = new CreditCheck();
        foreach (var merchant in orders.Where(IsOnAccount).GroupBy(o => o.Actor.Merchant))
        {
            var ids = merchant.Select(o => customers.Match(o.Buyer, now)).Where(m => m is { IsOk: true, Value: { IsNew: false, IsNobody: false } })
                .Select(m => m.Value!.Id).Distinct().ToList();
            if (ids.Count == 0) continue;
            var batch = work.For(merchant.Key).Batch();
            if (isLocked) CustomerCredit.QueueLock(batch, ids);
            var found = CustomerCredit.Queue(batch, ids);
            await batch.Run();
            foreach (var credit in found) check._open[(merchant.Key, credit.Customer)] = credit;
        }
        return check;
    }

    /// <summary>What this order's customer may still owe, less what orders before it in the same drain take; null when nothing limits it.</summary>
    public long? OpenMinor(PendingOrder order, CustomerMatch? customer) =>
        IsOnAccount(order) && customer is { IsNobody: false } && _open.TryGetValue((order.Actor.Merchant, customer.Id), out var credit)
            && credit.Currency == order.Order.Currency.Code
            ? credit.OpenMinor - _used.GetValueOrDefault((order.Actor.Merchant, customer.Root)) : null;

    public void Placed(PendingOrder order, CustomerMatch? customer)
    {
        if (!IsOnAccount(order) || customer is not { IsNobody: false }) return;
        var key = (order.Actor.Merchant, customer.Root);
        _used[key] = _used.GetValueOrDefault(key) + order.Order.Money.Total;
    }

    private static bool IsOnAccount(PendingOrder order) =>
        order.Order.Request.Payment?.Status == "terms" && order.Order.Policy.Find(RuleKinds.Credit) is not null;
}
