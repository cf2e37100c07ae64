using Switchyard.Catalog;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What mends the holds of an order under lock: called by whoever makes it true, in the transaction that does.</summary>
public static class HoldsOf
{
    /// <summary>The order is paid, or need not be: what waited for the money goes on, and it does not expire any more.</summary>
    public static void PaymentSettled(OpenOrder order, string reason = "The payment succeeded.") => Close(order, RuleKinds.Payment, reason);

    /// <summary>A payment failed: the order waits for another. Nothing when it waits already.</summary>
    public static void PaymentFailed(OpenOrder order, string reason, DateTimeOffset? expiresAt = null)
    {
        if (order.Holds.Any(h => h.Kind == RuleKinds.Payment)) return;
        order.Hold(new NewHold(RuleKinds.Payment, reason, ExpiresAt: expiresAt) { Rule = RuleKinds.Payment });
    }

    /// <summary>The address or method was changed: the rules about them are tried again; what they said before is over.</summary>
    public static void AddressChanged(OpenOrder order, OrderPolicy policy, PlaceOrder.Address? address, string? method)
    {
        var rule = policy.Find(RuleKinds.Address);
        var found = rule is null ? [] : HoldRules.Address(address, method, rule.Settings).ToList();
        foreach (var old in order.Holds.Where(h => h.Kind == RuleKinds.Address).ToList())
            if (found.RemoveAll(f => f.Reason == old.Reason) == 0) order.CloseHold(old, "The address was changed.");
        foreach (var hold in found) order.Hold(hold with { Rule = rule!.Code, Owner = rule.Owner, Permission = rule.Permission });
        MethodChanged(order, method);
    }

    /// <summary>Another delivery method than the one that no carrier service has.</summary>
    public static void MethodChanged(OpenOrder order, string? method)
    {
        foreach (var old in order.Holds.Where(h => h.Kind == RuleKinds.Method && h.Subject != method).ToList()) order.CloseHold(old, "The method was changed.");
        order.ConfirmIfFree();
    }

    /// <summary>The order of which this seemed a repeat has ended.</summary>
    public static void TwinEnded(OpenOrder order, OrderId twin)
    {
        foreach (var hold in order.Holds.Where(h => h.Kind == RuleKinds.Duplicate && h.Other == twin).ToList()) order.CloseHold(hold, "The other order was ended.");
        order.ConfirmIfFree();
    }

    /// <summary>Lines whose SKU is known by now or whose price is the list price by now.</summary>
    /// <param name="items">The products of these lines, by key.</param>
    /// <param name="priceOf">A line's unit price, minor units.</param>
    /// <returns>The SKUs of lines that may be planned now.</returns>
    /// <remarks>A bundle or charge made meanwhile does not mend its line: it has other lines below it, so a person edits the order.</remarks>
    public static IReadOnlySet<long> ProductsChanged(OpenOrder order, OrderPolicy policy, IReadOnlyDictionary<string, CatalogItem> items, Func<OpenLine, long> priceOf)
    {
        var freed = new HashSet<long>();
        foreach (var hold in order.Holds.Where(h => h.Kind is RuleKinds.UnknownSku or RuleKinds.PriceOffList && h.LineNo is not null).ToList())
        {
            var line = order.Line(hold.LineNo!.Value)!;
            if (!items.TryGetValue(Text.Key(line.Sku), out var item) || line.SkuId is null && item.Kind != ItemKind.Goods) continue;
            var rule = policy.Find(RuleKinds.PriceOffList);
            bool isOff = rule is not null && HoldRules.IsOffList(priceOf(line), item.Prices.TryGetValue(order.Currency, out long list) ? list : null, rule.Settings);
            if (hold.Kind == RuleKinds.UnknownSku)
            {
                if (line.SkuId is null) order.Identify(line, item.Id, item.WeightGrams);
                order.CloseHold(hold, $"There is a product {line.Sku} now.");
                if (isOff)
                    order.Hold(new NewHold(RuleKinds.PriceOffList, $"The price of {line.Sku} is not the list price.", line.LineNo)
                    { Rule = rule!.Code, Owner = rule.Owner, Permission = rule.Permission, Subject = Text.Key(line.Sku), Says = Saying.Of(Phrase.PriceOffList, ("sku", line.Sku)) });
            }
            else if (!isOff) order.CloseHold(hold, "It is the list price now.");
            if (!order.IsBarred(line)) freed.UnionWith(Skus(order, line));
        }
        order.ConfirmIfFree();
        return freed;
    }

    /// <summary>The SKUs of a line, or of the components of a bundle's line.</summary>
    internal static IEnumerable<long> Skus(OpenOrder order, OpenLine line) =>
        order.Lines.Where(l => l.HoldsStock && l.SkuId is not null && (l.LineNo == line.LineNo || l.ParentLineNo == line.LineNo)).Select(l => l.SkuId!.Value);

    /// <summary>Products that say now what customs asks of them.</summary>
    public static void CustomsKnown(OpenOrder order, IReadOnlySet<string> known)
    {
        foreach (var hold in order.Holds.Where(h => h.Kind == HoldKinds.Customs && known.Contains(h.Subject ?? "")).ToList()) order.CloseHold(hold, "What customs asks is known now.");
        order.ConfirmIfFree();
    }

    private static void Close(OpenOrder order, string kind, string reason)
    {
        foreach (var hold in order.Holds.Where(h => h.Kind == kind).ToList()) order.CloseHold(hold, reason);
        order.ConfirmIfFree();
    }
}
