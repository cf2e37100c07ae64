using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>A line of the order that is split off: where it came from, its units by bucket, its claims by node, its money.</summary>
internal sealed class SplitLine(int lineNo, int? parent, OpenLine from, long units)
{
    public int LineNo => lineNo;
    public int? ParentLineNo => parent;
    public OpenLine From => from;
    public long Units => units;
    public long[] Buckets { get; } = new long[OpenLine.Columns.Count];
    public List<(long Node, long Units)> Claims { get; } = [];
    public PartedPrice Price { get; set; }
    public long Waiting => Buckets[(int)LineBucket.Unallocated] + Buckets[(int)LineBucket.Backordered] + Buckets[(int)LineBucket.Preordered];
}

/// <summary>
/// One split of one order, worked out in memory on the order and the stock under lock. Units keep their state: what waits waits on, what is
/// claimed stays claimed at its node. Money is divided so that the two orders add up to what was, line by line, to the minor unit.
/// </summary>
internal sealed class OrderSplit(OpenOrder order, StockSheet sheet, SplitOrder.Request wish, OrderId to, string actor)
{
    private readonly List<SplitLine> _lines = [];
    private readonly bool _wasPaid = order.Paid.Suffices(order.TotalMinor, order.PaymentRule);
    private readonly List<NewHold> _holds = [];

    public IReadOnlyList<SplitLine> Lines => _lines;
    public IReadOnlyList<NewHold> Holds => _holds;

    /// <summary>The money of the new order.</summary>
    public OrderMoney Money { get; private set; } = new([], 0, 0, 0, 0, 0);

    /// <summary>The dates that were told hold for both orders; null when none is known for what goes. The parts are those of its units.</summary>
    public (long? ShipByMs, long? DeliverByMs, string Json)? Promise { get; private set; }

    /// <remarks>Errors: orders.cannot_edit, orders.no_such_line, orders.part_of_bundle, orders.cannot_split, orders.nothing_would_stay.</remarks>
    public Error? Apply()
    {
        if (order.State is not (OrderState.Placed or OrderState.Confirmed) || order.IsHistory) return OrderErrors.CannotEdit(order.State);
        if (Faults() is { } faults) return faults;
        foreach (var (ask, i) in wish.Lines!.Select((l, i) => (l!, i))) _lines.Add(new SplitLine(i + 1, null, order.Line(ask.Line)!, ask.Quantity));
        foreach (var (whole, ask) in _lines.ToList().Zip(wish.Lines!))
        {
            foreach (var part in whole.From.HoldsStock ? [] : order.PartsOf(whole.From).ToList())
            {
                var moved = new SplitLine(_lines.Count + 1, whole.LineNo, part, checked(whole.Units * (part.Quantity / whole.From.Quantity)));
                _lines.Add(moved);
                Take(moved, ask!.From);
            }
            if (whole.From.HoldsStock) Take(whole, ask!.From);
            else whole.From.NoteCancelled(checked(whole.From[LineBucket.Cancelled] + whole.Units));
        }
        foreach (var line in _lines) line.Price = line.From.PartBilling(line.Units, order.PricesIncludeTax);
        if (wish.Charges == "share") ShareCharges();
        CopyHolds();
        Promise = Promised();
        Money = Sum();
        order.SettleMoney();
        return null;
    }

    /// <summary>Want of money stops the new order unless what came along is enough; what is disputed did not come along.</summary>
    public void FollowMoney(OrderPaid paid)
    {
        if (paid.Suffices(Money.Total, order.PaymentRule)) _holds.RemoveAll(h => h.Kind == RuleKinds.Payment);
        else if (_wasPaid) _holds.Add(new NewHold(RuleKinds.Payment, $"The money for it stayed with order {order.Number}.") { Rule = RuleKinds.Payment, Says = Saying.Of(Phrase.PaymentStayed, ("number", order.Number)) });
    }

    private Error? Faults()
    {
        var (form, few) = (new List<FieldError>(), new List<FieldError>());
        foreach (var (i, ask) in wish.Lines!.Index())
        {
            string at = $"/lines/{i}";
            if (order.Line(ask!.Line) is not { } line || line is { Kind: LineKind.Charge, SkuId: null }) form.Add(new FieldError(at + "/line", "orders.no_such_line", "The order has no such line of goods."));
            else if (line.Kind == LineKind.Component) form.Add(new FieldError(at + "/line", "orders.part_of_bundle", $"{line.Sku} is part of the bundle on line {line.ParentLineNo}; split that."));
            else if (ask.Quantity > line.Billing.Units) few.Add(Few(at, line, line.Billing.Units, ask.Quantity));
            else
                foreach (var part in line.HoldsStock ? [line] : order.PartsOf(line).ToList())
                {
                    long units = line.HoldsStock ? ask.Quantity : checked(ask.Quantity * (part.Quantity / line.Quantity));
                    long free = ask.From switch { "waiting" => part.Waiting, "allocated" => part[LineBucket.Allocated], _ => part.Free };
                    if (units > free) few.Add(Few(at, part, free, units));
                }
        }
        if (form.Count > 0) return Error.Invalid(form);
        if (few.Count > 0) return OrderErrors.CannotSplit(few);
        var asked = wish.Lines!.ToDictionary(l => l!.Line, l => l!.Quantity);
        return order.Lines.Exists(l => l.Kind is LineKind.Goods or LineKind.Bundle && l.Quantity - l[LineBucket.Cancelled] > asked.GetValueOrDefault(l.LineNo)) ? null : OrderErrors.NothingWouldStay;
    }

    /// <summary>What waits goes first, then claims, those of few units before those of many.</summary>
    private void Take(SplitLine part, string? from)
    {
        long left = part.Units;
        foreach (var bucket in from == "allocated" ? [] : (ReadOnlySpan<LineBucket>)[LineBucket.Unallocated, LineBucket.Preordered, LineBucket.Backordered])
        {
            long units = Math.Min(left, part.From[bucket]);
            if (units == 0) continue;
            order.Move(part.From, bucket, LineBucket.Cancelled, units);
            part.Buckets[(int)bucket] += units;
            left -= units;
        }
        foreach (var (node, claim) in part.From.Claims.OrderBy(c => c.Value.Units).ThenBy(c => c.Key).ToList())
        {
            long units = Math.Min(left, claim.Idle);
            if (units == 0) continue;
            order.GiveUp(part.From, LineBucket.Allocated, LineBucket.Cancelled, node, units, sheet, "Split off to another order.");
            sheet.Move(part.From.SkuId!.Value, node, new Buckets { Allocated = units }, new Movement(MovementKind.Allocated, actor, to.Value, Reason: $"Split off order {order.Number}."));
            part.Buckets[(int)LineBucket.Allocated] += units;
            part.Claims.Add((node, units));
            left -= units;
        }
        Must.Hold(left == 0, "units that are free are split off");
        if (part.Waiting > 0 && part.From.SkuId is { } sku) sheet.Owe(sku, part.Waiting);          // they wait on, only elsewhere
    }

    /// <summary>Charges are divided as the goods are worth: what the customer pays in all stays the same.</summary>
    private void ShareCharges()
    {
        long moved = _lines.Sum(l => l.Price.TotalMinor);
        long stays = order.Lines.Where(l => l.Kind is LineKind.Goods or LineKind.Bundle || l is { Kind: LineKind.Charge, SkuId: not null }).Sum(l => l.Billing.TotalMinor);
        if (moved == 0) return;
        foreach (var charge in order.Lines.Where(l => l is { Kind: LineKind.Charge, SkuId: null, Billing: { Units: 1, TotalMinor: > 0, DiscountMinor: 0 } }).ToList())
        {
            long share = Kernel.Money.Split(charge.Billing.TotalMinor, [stays, moved])[1];
            if (share > 0) _lines.Add(new SplitLine(_lines.Count + 1, null, charge, 1) { Price = charge.Billing.PartAmount(share, order.PricesIncludeTax) });
        }
    }

    /// <summary>What stops the order stops what is split off it; what stopped a line goes with it.</summary>
    private void CopyHolds()
    {
        // An edit that was asked for is of the first order alone.
        foreach (var hold in order.Holds.Where(h => h is { FulfilmentId: null, Kind: not (HoldKinds.Change or HoldKinds.ChangeFailed) }).ToList())
        {
            var says = new NewHold(hold.Kind, hold.Reason, null, hold.ExpiresAt) { Rule = hold.Rule, Owner = hold.Owner, Permission = hold.Permission, Subject = hold.Subject, Other = hold.Other, EscalateAt = hold.EscalateAt, Says = hold.Says };
            if (hold.LineNo is not { } no) { _holds.Add(says); continue; }
            bool isOver = order.Line(no) is { } line && (line.Quantity == line[LineBucket.Cancelled] || hold.Kind == HoldKinds.Stock && line[LineBucket.Unallocated] == 0);
            if (_lines.Find(l => l.From.LineNo == no) is { } moved && (hold.Kind != HoldKinds.Stock || moved.Buckets[(int)LineBucket.Unallocated] > 0)) _holds.Add(says with { LineNo = moved.LineNo });
            if (isOver) order.CloseHold(hold, "The line was split off.");
        }
    }

    private (long?, long?, string)? Promised()
    {
        if (order.Dates is not { } dates) return null;
        var parts = dates.Parts.Select(p => p with
        {
            Lines = [.. _lines.Where(l => l.From.HoldsStock && p.Lines.Contains(l.From.LineNo)
            && (p.Node is { } node ? l.Claims.Exists(c => c.Node == node) : l.Waiting > 0)).Select(l => l.LineNo).Order()]
        }).Where(p => p.Lines.Count > 0).ToList();
        return parts.Count == 0 ? null
            : (order.ShipByMs, order.DeliverByMs, (new OrderPromise(parts) { Rule = dates.Rule }).ToJson(order.PlacedAtMs, (order.ShipByMs, order.DeliverByMs)));
    }

    private OrderMoney Sum()
    {
        long goods = 0, charges = 0, discount = 0, tax = 0;
        foreach (var line in _lines.Where(l => l.From.Kind != LineKind.Component))
        {
            long gross = line.Price.TotalMinor + line.Price.DiscountMinor;
            if (line.From is { Kind: LineKind.Charge, SkuId: null }) charges += gross; else goods += gross;
            discount += line.Price.DiscountMinor;
            tax += line.Price.TaxMinor;
        }
        return new OrderMoney([], goods, discount, charges, tax, goods + charges - discount + (order.PricesIncludeTax ? 0 : tax));
    }

    private static FieldError Few(string at, OpenLine line, long free, long units) =>
        new(at + "/quantity", "orders.cannot_split", $"{line.Sku}: {free} of {units} units can be split off.");
}
