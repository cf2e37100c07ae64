using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// One edit of one order, worked out in memory on the order and the stock under lock: nothing here waits for anything. Lines are never
/// deleted: what is taken off becomes cancelled units. A refusal leaves what was changed in memory to be thrown away with the transaction.
/// </summary>
internal sealed class OrderEdit(OpenOrder order, StockSheet sheet, EditOrder.Request wish, MerchantSettings settings,
    IReadOnlyDictionary<string, CatalogItem> items, IReadOnlyDictionary<string, CatalogItem> known, OrderPolicy policy, IReadOnlyList<SupplyReader.Due> inbound, Actor actor, DateTimeOffset now)
{
    private readonly EditPlacing _placing = new(order, sheet, settings, known, inbound);
    private readonly List<FieldError> _faults = [];
    private readonly List<object> _told = [];
    private LineWay? _way;

    /// <remarks>Errors: orders.cannot_edit, orders.grace_over, orders.price_right, orders.in_work, orders.nothing_left, orders.short, orders.no_route,
    /// orders.no_such_line, orders.price_missing, orders.unknown_sku, orders.discount_too_large, orders.total_too_large.</remarks>
    public Result<OrderDifference> Apply()
    {
        if (order.State is not (OrderState.Placed or OrderState.Confirmed) || order.IsHistory) return OrderErrors.CannotEdit(order.State);
        if (MayNot() is { } refused) return refused;
        var before = EditSnapshot.Of(order);
        if (wish.CancelAll == true) return CancelOrder.Whole(order, sheet, wish.Reason) is { } cannot ? cannot : before.To(order, _ => "", settings);

        foreach (var (i, line) in (wish.Lines ?? []).Index()) if (Line(line!, $"/lines/{i}") is { } error) return error;
        foreach (var (i, charge) in (wish.Charges ?? []).Index()) Charge(charge!, $"/charges/{i}");
        if ((wish.Add?.Count ?? 0) > 0 && Add() is { } unknown) return unknown;
        if (wish.AllowSubstitutes is { } takes)
            foreach (var line in order.Lines.Where(l => l.CanBeSubstituted && wish.Lines?.Any(w => w!.Line == l.LineNo && w.AllowSubstitutes is not null) != true)) line.TakeOthers(takes);
        _way = HeadWay();
        if (_faults.Count > 0) return Error.Invalid(_faults);
        if (wish.DiscountMinor is > 0 and var off && Discount(off) is { } tooLarge) return tooLarge;
        if (!order.Lines.Exists(l => l.Kind is LineKind.Goods or LineKind.Bundle && l.Quantity > l[LineBucket.Cancelled])) return OrderErrors.NothingLeft();

        if (Head() is { } working) return working;
        if (_placing.Place(wish.OnShort) is { } shortage) return shortage;
        CloseHoldsMended();
        order.SettleMoney();
        if (order.TotalMinor > Money.MaxMinor) return Error.Invalid("orders.total_too_large", $"An order may be worth at most {Money.MaxMinor} minor units.");
        order.Tell("OrderEdited", new { fields = Fields(), lines = _told, totalMinorBefore = order.TotalMinorBefore, totalMinor = order.TotalMinor }, wish.Reason);
        order.ConfirmIfFree();
        order.SettlePromise();
        return before.To(order, _placing.Code, settings);
    }

    private Error? MayNot()
    {
        bool mayChange = actor.May(Permission.OrdersChange);
        if (!mayChange && order.GraceUntilMs is { } until && now.ToUnixTimeMilliseconds() > until) return OrderErrors.GraceOver();
        if (wish.Priority is not null && !mayChange) return Error.Forbidden("orders.priority_right", "You may not change how urgent an order is (orders:change).");
        if (wish.CancelAll == true && !actor.May(Permission.OrdersCancel)) return Error.Forbidden("orders.cancel_right", "You may not cancel orders (orders:cancel).");
        bool isPriced = wish.DiscountMinor is not null || wish.Charges is { Count: > 0 } || wish.Lines?.Any(l => l!.UnitPriceMinor is not null || l.DiscountMinor is not null) == true
            || wish.Add?.Any(l => l!.DiscountMinor is > 0 || l.UnitPriceMinor is { } price && price != ListPrice(l.Sku)) == true;
        return isPriced && !actor.May(Permission.OrdersPrice) ? OrderErrors.NeedsPriceRight() : null;
    }

    private Error? Line(EditOrder.LineWish change, string at)
    {
        if (order.Line(change.Line) is not { } line || line.Added is not null) { NoSuchLine(at); return null; }
        if (line.Kind == LineKind.Component)
        {
            _faults.Add(new FieldError(at + "/line", "orders.part_of_bundle", $"{line.Sku} is part of the bundle on line {line.ParentLineNo}; change that."));
            return null;
        }
        long units = line.Billing.Units, price = line.Billing.UnitPriceMinor;
        long? wanted = change.Remove == true ? 0 : change.Quantity;
        if (wanted > units)
        {
            long grown = wanted.Value - units;
            order.Grow(line, grown);
            if (line.HoldsStock) _placing.Ask(line, grown, at + "/quantity");
            foreach (var part in order.PartsOf(line)) _placing.Ask(part, checked(grown * (part.Quantity / line.Quantity)), at + "/quantity");
        }
        if (wanted < units && Reduce(line, units - wanted.Value, at) is { } working) return working;
        if (change.UnitPriceMinor is not null || change.DiscountMinor is not null) Reprice(line, change, at);
        if (change.AllowSubstitutes is { } takes)
        {
            if (line.CanBeSubstituted) line.TakeOthers(takes);
            else if (takes) _faults.Add(new FieldError(at + "/allowSubstitutes", "orders.never_substituted", $"{line.Sku} is made for this customer, or is no goods of its own: nothing goes instead of it."));
        }
        if ((change.Method is not null || change.CollectAt is not null) && GoBy(line, change, at) is { } left) return left;
        _told.Add(new { line = line.LineNo, sku = line.Sku, quantityBefore = units, quantity = wanted ?? units, priceMinorBefore = price, priceMinor = line.Billing.UnitPriceMinor });
        return null;
    }

    /// <summary>A line goes another way than the rest of the order: its goods are planned anew.</summary>
    private Error? GoBy(OpenLine line, EditOrder.LineWish change, string at)
    {
        List<OpenLine> parts = line.HoldsStock ? [line] : [.. order.PartsOf(line)];
        if (parts.Find(p => p.InWork > 0 || p.HasLeft) is { } working) return OrderErrors.InWorkAt(at + (change.Method is null ? "/collectAt" : "/method"), working.Sku, working.Free);
        var own = LineWay.Of(change.Method, change.CollectAt, settings, at, _faults);
        line.GoBy(own == order.Way ? null : own);
        foreach (var part in parts)
        {
            part.GoBy(own == order.Way ? null : own);
            _placing.Move(part, at + (change.Method is null ? "/collectAt" : "/method"));
        }
        return null;
    }

    /// <summary>The way the order is to go from now on; null leaves it.</summary>
    private LineWay? HeadWay() => wish switch
    {
        { Method: null, CollectAt: null } => null,
        { CollectAt: null } => new LineWay(wish.Method, HoldRules.IsCollected(wish.Method) ? order.CollectNode : null),
        _ => LineWay.Of(wish.Method ?? (HoldRules.IsCollected(order.Method) ? order.Method : null), wish.CollectAt, settings, "", _faults),
    };

    private Error? Reduce(OpenLine line, long units, string at)
    {
        if (line.Kind == LineKind.Charge || line.Kind == LineKind.Bundle && !order.PartsOf(line).Any()) { line.NoteCancelled(checked(line[LineBucket.Cancelled] + units)); return null; }
        foreach (var part in line.HoldsStock ? [line] : order.PartsOf(line).ToList())
        {
            long less = line.HoldsStock ? units : checked(units * (part.Quantity / line.Quantity));
            if (part.Free < less) return OrderErrors.InWorkAt(at + "/quantity", part.Sku, part.Free);
            _placing.TakeOff(part, less);
        }
        return null;
    }

    private void Reprice(OpenLine line, EditOrder.LineWish change, string at)
    {
        order.SettleMoney();                     // a reduced line first comes to its units
        long price = change.UnitPriceMinor ?? line.Billing.UnitPriceMinor, discount = change.DiscountMinor ?? line.Billing.DiscountMinor;
        if ((Int128)price * line.Billing.Units > Money.MaxMinor) _faults.Add(new FieldError(at + "/unitPriceMinor", "orders.total_too_large", "The line would be worth too much."));
        else if (discount > price * line.Billing.Units) _faults.Add(new FieldError(at + "/discountMinor", "orders.discount_too_large", "The discount is more than the line is worth."));
        else line.Billing.Reprice(price, discount, order.PricesIncludeTax, change.TaxMinor);
    }

    private void Charge(EditOrder.ChargeWish change, string at)
    {
        if (change.Line is not { } no)
        {
            long tax = OrderTotals.Tax(change.AmountMinor!.Value, Ppm(change.TaxRate), order.PricesIncludeTax);
            var added = order.Add(new NewLine(NextLine, LineKind.Charge, null, null, change.Code!, change.Name, 1, 0, change.AmountMinor.Value, 0, Ppm(change.TaxRate), tax, change.AmountMinor.Value, null, at));
            _told.Add(new { line = added.LineNo, charge = change.Code, priceMinorBefore = 0L, priceMinor = change.AmountMinor });
            return;
        }
        if (order.Line(no) is not { Kind: LineKind.Charge, SkuId: null, Added: null } line) { NoSuchLine(at); return; }
        long before = line.Billing.TotalMinor;
        if (change.Remove == true) line.NoteCancelled(line.Quantity);
        else if (line.Billing.Units > 0) line.Billing.Reprice(change.AmountMinor!.Value, 0, order.PricesIncludeTax);
        else _faults.Add(new FieldError(at + "/line", "orders.line_cancelled", "The charge was removed before; add it anew."));
        _told.Add(new { line = no, charge = line.Sku, priceMinorBefore = before, priceMinor = change.Remove == true ? 0 : change.AmountMinor });
    }

    private Error? Add()
    {
        if (order.Lines.Count + wish.Add!.Count > 2 * PlaceOrder.MostLines)
            return Error.Invalid([new FieldError("/add", "field.too_many", $"An order may have at most {2 * PlaceOrder.MostLines} lines in all.")]);
        var bundles = new List<(OpenLine Line, CatalogItem Item, string At)>();
        foreach (var (i, asked) in wish.Add.Index())
        {
            string at = $"/add/{i}";
            if (!items.TryGetValue(Text.Key(asked!.Sku), out var item)) { _faults.Add(new FieldError(at + "/sku", "orders.unknown_sku", $"There is no product {asked.Sku}.")); continue; }
            if ((asked.UnitPriceMinor ?? ListPrice(asked.Sku)) is not { } price)
            {
                _faults.Add(new FieldError(at + "/unitPriceMinor", "orders.price_missing", $"{asked.Sku} has no list price in {order.Currency}; say the price."));
                continue;
            }
            var money = OrderTotals.Of([new PricedLine(asked.Quantity, price, asked.DiscountMinor ?? 0, Ppm(asked.TaxRate), asked.TaxMinor, IsCharge: false)], 0, order.PricesIncludeTax);
            if (money.Error is { } error) return error with { Fields = [.. error.Fields.Select(f => f with { Pointer = f.Pointer.Replace("/lines/0", at, StringComparison.Ordinal) })] };
            var kind = item.Kind switch { ItemKind.Charge => LineKind.Charge, ItemKind.Bundle => LineKind.Bundle, _ => LineKind.Goods };
            var worth = money.Value.Lines[0];
            var line = order.Add(new NewLine(NextLine, kind, null, item.Id, item.Sku, asked.Name ?? item.Name, asked.Quantity, item.WeightGrams, price, worth.Discount,
                Ppm(asked.TaxRate), worth.Tax, worth.Total, PlaceOrder.ToJson(asked.Metadata), at)
            {
                Own = LineWay.Of(asked.Method, asked.CollectAt, settings, at, _faults),
                MaySubstitute = kind == LineKind.Goods && !asked.IsPersonalised && (asked.AllowSubstitutes ?? wish.AllowSubstitutes ?? order.TakesOthers),
            });
            if (line.HoldsStock) _placing.Ask(line, asked.Quantity, at + "/quantity");
            else if (kind == LineKind.Bundle) bundles.Add((line, item, at));
            _told.Add(new { line = line.LineNo, sku = line.Sku, quantityBefore = 0L, quantity = asked.Quantity, priceMinorBefore = price, priceMinor = price });
        }
        foreach (var (bundle, item, at) in bundles)
            foreach (var part in item.Components)
            {
                if (part.Quantity > Checks.MaxQuantity / bundle.Quantity) { _faults.Add(new FieldError(at + "/quantity", "field.out_of_range", "The bundle's components would be too many.")); continue; }
                long units = bundle.Quantity * part.Quantity;
                _placing.Ask(order.Add(new NewLine(NextLine, LineKind.Component, bundle.LineNo, part.SkuId, part.Sku, null, units, part.WeightGrams, 0, 0, 0, 0, 0, null, at) { Own = bundle.Own }), units, at + "/quantity");
            }
        return null;
    }

    private Error? Discount(long off)
    {
        order.SettleMoney();
        var goods = order.Lines.FindAll(l => l.Kind is LineKind.Goods or LineKind.Bundle || l is { Kind: LineKind.Charge, SkuId: not null });
        long[] open = [.. goods.Select(l => l.Billing.TotalMinor)];
        if (off > open.Sum()) return Error.Invalid([new FieldError("/discountMinor", "orders.discount_too_large", "The discount is more than the goods are worth.")]);
        foreach (var (line, share) in goods.Zip(Money.Split(off, open)))
            if (share > 0) line.Billing.Reprice(line.Billing.UnitPriceMinor, line.Billing.DiscountMinor + share, order.PricesIncludeTax);
        return null;
    }

    private Error? Head()
    {
        if (wish is { ShippingAddress: null, BillingAddress: null, Method: null, CollectAt: null, Customer: null, Metadata: null, Priority: null }) return null;
        bool isOtherWay = _way is not null && _way != order.Way, isElsewhere = isOtherWay
            || wish.ShippingAddress is { } to && (to.Country != order.Country || to.Postcode != order.Postcode);
        if (wish.ShippingAddress is not null || isOtherWay)
            if (order.Lines.Find(l => l.InWork > 0 || l.HasLeft) is { } working)
                return OrderErrors.InWorkAt(wish.ShippingAddress is null ? HeadAt : "/shippingAddress", working.Sku, working.Free);
        order.Change(new HeadChange(wish.ShippingAddress, wish.BillingAddress, _way?.Method, wish.Customer?.Name, wish.Customer?.Email, wish.Customer?.Phone,
            wish.Metadata, wish.Priority)
        { Way = _way });
        if (isElsewhere) _placing.MoveAll(wish.ShippingAddress is null ? HeadAt : "/shippingAddress", withOwn: wish.ShippingAddress is not null);
        if (wish.ShippingAddress is not null) DoubtAddress(wish.ShippingAddress);
        if (_way is not null) HoldsOf.MethodChanged(order, order.Method);
        return null;
    }

    /// <summary>A better address mends what was doubtful about the old one; a worse one is doubted.</summary>
    private void DoubtAddress(PlaceOrder.Address address)
    {
        HoldsOf.AddressChanged(order, policy, address, order.Method);
    }

    private void CloseHoldsMended()
    {
        var priced = (wish.Lines ?? []).Where(l => l!.UnitPriceMinor is not null).Select(l => l!.Line).ToHashSet();
        foreach (var failed in order.Holds.Where(h => h.Kind == HoldKinds.ChangeFailed).ToList()) order.CloseHold(failed, "The order was edited again.");
        foreach (var hold in order.Holds.Where(h => h.LineNo is not null && h.FulfilmentId is null).ToList())
        {
            if (order.Line(hold.LineNo!.Value) is not { } line) continue;
            if (line.Quantity == line[LineBucket.Cancelled]) order.CloseHold(hold, "The line was cancelled.");
            else if (hold.Kind == "stock" && line.Waiting == 0) order.CloseHold(hold, "The line is promised now.");
            else if (hold.Kind == "price_off_list" && priced.Contains(line.LineNo)) order.CloseHold(hold, "The price was set.");
        }
    }

    // Personal data stays off the log: it says which fields changed, not to what.
    private List<string> Fields()
    {
        var fields = new List<string>();
        if (wish.ShippingAddress is not null) fields.Add("shippingAddress");
        if (wish.BillingAddress is not null) fields.Add("billingAddress");
        if (wish.Method is not null) fields.Add("method");
        if (wish.CollectAt is not null) fields.Add("collectAt");
        if (wish.Customer is not null) fields.Add("customer");
        if (wish.Metadata is not null) fields.Add("metadata");
        if (wish.Priority is not null) fields.Add("priority");
        if (wish.DiscountMinor is not null) fields.Add("discountMinor");
        if (wish.AllowSubstitutes is not null || wish.Lines?.Any(l => l!.AllowSubstitutes is not null) == true) fields.Add("allowSubstitutes");
        return fields;
    }

    private string HeadAt => wish.Method is null ? "/collectAt" : "/method";
    private int NextLine => order.Lines.Max(l => l.LineNo) + 1;
    private void NoSuchLine(string at) => _faults.Add(new FieldError(at + "/line", "orders.no_such_line", "The order has no such line."));
    private long? ListPrice(string sku) => items.TryGetValue(Text.Key(sku), out var item) && item.Prices.TryGetValue(order.Currency, out long price) ? price : null;
    private static long Ppm(decimal? rate) => (long)((rate ?? 0) * 1_000_000);
}
