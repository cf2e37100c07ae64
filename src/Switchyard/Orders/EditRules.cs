using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// Tries the hold rules again that an edit could touch, in its transaction: what they say anew holds the order. What a person released before is not said
/// again in the same words; that somebody is blocked, or a risk, is never taken back by an edit, only a doubt about credit or a repeat is.
/// The address and the method have their own place (<see cref="HoldsOf"/>), and a price set by hand was set by somebody with the right.
/// </summary>
internal static class EditRules
{
    /// <param name="Items">The products of the order's lines and of those added.</param>
    internal sealed record Setting(MerchantSettings Network, IReadOnlyDictionary<string, CatalogItem> Items, OrderPolicy Policy);

    /// <param name="isReal">False for a preview or a trial: nothing is locked or written.</param>
    public static async Task Recheck(Work work, OpenOrder order, EditOrder.Request wish, Setting setting, Actor actor, DateTimeOffset now, bool isReal)
    {
        if (order.State is not (OrderState.Placed or OrderState.Confirmed)) return;
        bool isGoods = wish.Lines is { Count: > 0 } || wish.Add is { Count: > 0 } || wish.Charges is { Count: > 0 } || wish.DiscountMinor is not null;
        bool isWho = wish.ShippingAddress is not null || wish.Customer is not null;
        var touched = Touched(isGoods, isWho, wish.Method is not null);
        var seen = (await FindOrder.Read(work, actor with { Nodes = null }, [order.Id], withPlan: false))[0];
        var (request, lines) = AsEdited(seen, order, wish);
        var built = OrderAssembly.Build(request, setting.Network, setting.Items, setting.Policy, now);
        if (built.Error is not null) return;                          // the edit itself was sound; only an order as a whole is not sent like this
        var pending = PendingOrder.ToJudge(actor, built.Value with { Policy = await Apt(work, order, setting.Policy) }, order.Id, setting.Network);
        if (isReal) await KeepKeys(work, order.Id, built.Value.Keys);
        if (!pending.Order.Policy.Holds.Any(r => r.IsActive && touched.Contains(r.Kind))) return;
        var history = await History(work, order, pending, seen.PlacedAt, now, isReal);
        var facts = built.Value.Facts! with { Now = seen.PlacedAt, TotalMinor = order.TotalMinor, History = history };
        var found = HoldRules.Try(pending.Order.Policy.Holds, facts).Where(v => touched.Contains(v.Rule.Kind)).SelectMany(v => v.Holds)
            .Select(h => h with { LineNo = h.LineNo is { } no ? lines[no - 1] : null, EscalateAt = h.EscalateAt + (now - seen.PlacedAt), ExpiresAt = h.ExpiresAt + (now - seen.PlacedAt) }).ToList();
        Release(order, found, isGoods, isWho);
        var said = (await work.Query("select kind, reason from holds where order_id = @id and merchant_id = @merchant and state = 'released'",
            row => (row.Text(), row.Text()), ("id", order.Id.Value))).ToHashSet();
        foreach (var hold in found)
        {
            if (order.Holds.Any(h => h.Kind == hold.Kind && h.LineNo == hold.LineNo)) continue;
            bool isMore = hold.Kind == RuleKinds.Credit && order.TotalMinor > order.TotalMinorBefore;
            if (isMore || !said.Contains((hold.Kind, hold.Reason))) order.Hold(hold);
        }
    }

    private static HashSet<string> Touched(bool isGoods, bool isWho, bool isMethod)
    {
        HashSet<string> touched = [RuleKinds.Documents, RuleKinds.Manual, RuleKinds.Customer];
        if (isGoods) touched.UnionWith([RuleKinds.Credit, RuleKinds.Duplicate, RuleKinds.Risk]);
        if (isWho) touched.UnionWith([RuleKinds.Blacklist, RuleKinds.Duplicate, RuleKinds.Risk]);
        return isGoods || isWho || isMethod ? touched : [];
    }

    /// <summary>What came out of a file, a draft or another order is no repeat, as when it was placed.</summary>
    private static async Task<OrderPolicy> Apt(Work work, OpenOrder order, OrderPolicy policy) => await work.Scalar(
        """
        select count(*) from orders o where o.id = @id and o.merchant_id = @merchant and (o.import_run is not null
            or exists (select 1 from order_links k where k.other_id = o.id and k.merchant_id = @merchant) or exists (select 1 from drafts d where d.id = o.id and d.merchant_id = @merchant))
        """, ("id", order.Id.Value)) > 0 ? policy.Without(RuleKinds.Duplicate) : policy;

    private static async Task<OrderHistory> History(Work work, OpenOrder order, PendingOrder pending, DateTimeOffset placedAt, DateTimeOffset now, bool isReal)
    {
        var batch = work.Batch();
        var customers = CustomerLookup.Queue(batch, [pending.Buyer]);
        // A repeat is one that was placed about the same time, whenever this one is edited.
        var asked = IntakeHistory.Queue(batch, [pending], placedAt, placedAt + (pending.Order.Policy.Find(RuleKinds.Duplicate)?.Settings?.WithinMinutes is { } minutes
            ? TimeSpan.FromMinutes(minutes) : TimeSpan.FromMinutes(15)));
        await batch.Run();
        await asked.ReadTwins(work, [pending]);
        var credit = await CreditCheck.Read(work, [pending], customers, now, isReal);
        var match = customers.Match(pending.Buyer, now) is { IsOk: true } known ? known.Value : null;
        // What the order itself owed until now is among what is due.
        long own = order.Paid.IsOnAccount ? Math.Max(0, order.TotalMinorBefore - order.CapturedMinor + order.RefundedMinor) : 0;
        return asked.Of(0, pending, match?.BlockedReasons ?? [], credit.OpenMinor(pending, match) + own, placedAt);
    }

    private static void Release(OpenOrder order, List<NewHold> found, bool isGoods, bool isWho)
    {
        if (isGoods && !found.Exists(h => h.Kind == RuleKinds.Credit))
            foreach (var hold in order.Holds.Where(h => h.Kind == RuleKinds.Credit).ToList()) order.CloseHold(hold, "The order was edited and is within the credit.");
        if ((isGoods || isWho) && !found.Exists(h => h.Kind == RuleKinds.Duplicate))
            foreach (var hold in order.Holds.Where(h => h.Kind == RuleKinds.Duplicate).ToList()) order.CloseHold(hold, "The order was edited and repeats none.");
        order.ConfirmIfFree();
    }

    /// <summary>The order as it would have been sent with the edit, and which line each of its lines is.</summary>
    private static (PlaceOrder.Request Request, List<int> Lines) AsEdited(OrderView o, OpenOrder order, EditOrder.Request wish)
    {
        var goods = order.Lines.FindAll(l => l.Kind is LineKind.Goods or LineKind.Bundle && l.Billing.Units > 0);
        var customer = wish.Customer is not { } said ? o.Customer
            : (o.Customer ?? new PlaceOrder.Customer(null, null, null, null)) with { Name = said.Name ?? o.Customer?.Name, Email = said.Email ?? o.Customer?.Email, Phone = said.Phone ?? o.Customer?.Phone };
        return (new PlaceOrder.Request(o.Channel, null, o.Currency, customer, wish.ShippingAddress ?? o.ShippingAddress, wish.BillingAddress ?? o.BillingAddress, order.Method,
            [.. goods.Select(l => new PlaceOrder.Line(l.Sku, l.Billing.Units, l.Billing.UnitPriceMinor, null, l.Billing.DiscountMinor, null, l.Billing.TaxMinor, null))],
            null, null, o.PricesIncludeTax, order.Paid.IsOnAccount ? new PlaceOrder.Payment("terms", null, null, null) : null, null, null,
            wish.Metadata ?? o.Metadata?.AsObject().ToDictionary(m => m.Key, m => m.Value?.ToString() ?? "")), [.. goods.Select(l => l.LineNo)]);
    }

    /// <summary>By these the orders after it know the same customer and the same basket again.</summary>
    private static Task KeepKeys(Work work, OrderId id, OrderKeys keys) => work.Execute(
        """
        update orders set email_key = @email::bigint, phone_key = @phone::bigint, place_key = @place::bigint, basket_key = @basket::bigint where id = @id and merchant_id = @merchant
        """, ("email", keys.Email), ("phone", keys.Phone), ("place", keys.Place), ("basket", keys.Basket), ("id", id.Value));
}
