using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What an edit says about the order beyond its lines; null leaves a thing as it is.</summary>
internal sealed record HeadChange(PlaceOrder.Address? ShippingAddress = null, PlaceOrder.Address? BillingAddress = null, string? Method = null,
    string? CustomerName = null, string? CustomerEmail = null, string? CustomerPhone = null, IReadOnlyDictionary<string, string>? Metadata = null, int? Priority = null)
{
    /// <summary>The way of what has none of its own; null leaves it.</summary>
    public LineWay? Way { get; init; }
}

/// <summary>The part of an order under lock that edits change: addresses and the like, lines added, and money, which follows the units.</summary>
public sealed partial class OpenOrder
{
    private const string Prices =
        "l.unit_price_minor, l.discount_minor, l.tax_rate_ppm, l.tax_minor, l.total_minor, l.billed, l.full_units, l.full_discount_minor, l.full_tax_minor";

    private OrderMoney? _money;
    private long _unitsTold;
    private readonly bool _isTaxTheirs;

    public bool PricesIncludeTax { get; }

    public long TaxMinor { get; private set; }

    /// <summary>Tax that the channel owes; null where it is ours to pay.</summary>
    public long? ChannelTaxMinor => _isTaxTheirs ? TaxMinor : null;

    /// <summary>The total when the order was locked.</summary>
    public long TotalMinorBefore { get; }

    public long CapturedMinor => Paid.Captured;
    public long RefundedMinor => Paid.Refunded;

    /// <summary>Still to be paid, minor units; 0 when all is paid.</summary>
    public long DueMinor => Math.Max(0, TotalMinor - (CapturedMinor - RefundedMinor));

    /// <summary>To be given back, minor units, since more was taken than is to be paid.</summary>
    public long RefundDueMinor => Math.Max(0, CapturedMinor - RefundedMinor - TotalMinor);

    internal HeadChange? Head { get; private set; }

    /// <summary>The order as <see cref="Lock"/> gives it, read without a lock: to be thought about, never to be saved.</summary>
    internal static async Task<OpenOrder?> Peek(Work work, Actor actor, OrderId id, DateTimeOffset now) =>
        (await Load(work, actor, [id], now, isLocked: false)).SingleOrDefault();

    /// <inheritdoc cref="Peek"/>
    internal static Task<IReadOnlyList<OpenOrder>> PeekAll(Work work, Actor actor, IReadOnlyCollection<OrderId> ids, DateTimeOffset now) =>
        Load(work, actor, ids, now, isLocked: false);

    internal static Task<StockSheet> PeekStock(Work work, OpenOrder order, DateTimeOffset now, IEnumerable<long> more) =>
        StockSheet.Peek(work, order.Lines.Where(l => l.HoldsStock && l.SkuId is not null).Select(l => l.SkuId!.Value).Concat(more), now);

    internal void Change(HeadChange change)
    {
        Head = change;
        if (change.ShippingAddress is { } to) (Country, Postcode, _ranksJson) = (to.Country, to.Postcode, null);      // rankers spoke of another place
        (Method, Priority) = (change.Method ?? Method, change.Priority ?? Priority);
        if (change.Way is { } way) (Method, CollectNode) = (way.Method, way.CollectNode);
    }

    /// <summary>Adds a line with all its units unallocated.</summary>
    internal OpenLine Add(NewLine line)
    {
        long[] units = new long[OpenLine.Columns.Count];
        if (line.HoldsStock) units[(int)LineBucket.Unallocated] = line.Quantity;
        var price = new LinePrice(line.Quantity, line.UnitPriceMinor, line.DiscountMinor, line.TaxRatePpm, line.TaxMinor, line.TotalMinor, null, null, null, null);
        var added = new OpenLine(line.LineNo, line.Kind, line.ParentLineNo, line.SkuId, line.Sku, line.Quantity, units, price) { Added = line, WantedBefore = 0, WaitedAtLock = 0, MaySubstitute = line.MaySubstitute, IsStandIn = line.SubstituteFor is not null }.By(line.Own);
        Lines.Add(added);
        return added;
    }

    /// <summary>More of a line is ordered: a bundle grows with its components.</summary>
    internal void Grow(OpenLine line, long units)
    {
        foreach (var part in PartsOf(line)) part.Grow(checked(units * (part.Quantity / line.Quantity)));
        line.Grow(units);
        line.Billing.Bill(checked(line.Billing.Units + units), PricesIncludeTax);
    }

    /// <summary>Cancels units on which nobody works: those that wait first, then claims at the node whose shipment costs most, or that has the fewest.</summary>
    internal void TakeOff(OpenLine line, long units, StockSheet sheet, string? why, Func<long, long>? cost = null)
    {
        foreach (var bucket in (ReadOnlySpan<LineBucket>)[LineBucket.Unallocated, LineBucket.Preordered, LineBucket.Backordered])
        {
            long take = Math.Min(units, line[bucket]);
            if (take > 0) Move(line, bucket, LineBucket.Cancelled, take);
            units -= take;
        }
        foreach (var (node, claim) in line.Claims.OrderByDescending(c => cost?.Invoke(c.Key) ?? 0).ThenBy(c => c.Value.Units).ThenByDescending(c => c.Key).ToList())
        {
            long take = Math.Min(units, claim.Idle);
            if (take > 0) GiveUp(line, LineBucket.Allocated, LineBucket.Cancelled, node, take, sheet, why);
            units -= take;
        }
        Must.Hold(units == 0, "units that are free are taken off");
    }

    internal IEnumerable<OpenLine> PartsOf(OpenLine bundle) => bundle.Kind != LineKind.Bundle ? [] : Lines.Where(l => l.ParentLineNo == bundle.LineNo);

    /// <summary>
    /// Makes the money follow the units: what was cancelled is no longer to be paid, and the order's amounts are the sums of its lines'.
    /// An order cancelled or expired as a whole keeps its amounts: they say what it was worth.
    /// </summary>
    internal void SettleMoney()
    {
        if (State is OrderState.Cancelled or OrderState.Expired) return;
        foreach (var bundle in Lines.Where(l => l.Kind == LineKind.Bundle)) NoteWholeBundles(bundle);
        foreach (var line in Lines.Where(l => l.Kind != LineKind.Component))
            if (line.TakeUnbilled() is > 0 and var less) line.Billing.Bill(Math.Max(0, line.Billing.Units - less), PricesIncludeTax);
        if (!Lines.Exists(l => l.Billing.IsChanged || l.Added is not null)) return;
        var money = Sum();
        long before = TotalMinor, taxBefore = TaxMinor, units = Lines.Where(l => l.HoldsStock).Sum(l => l.Quantity - l[LineBucket.Cancelled] - l.WantedBefore) - _unitsTold;
        (TotalMinor, TaxMinor, _money) = (money.Total, money.Tax, money);
        if (money.Total == before && units == 0 && (!_isTaxTheirs || money.Tax == taxBefore)) return;
        _unitsTold += units;
        // Reports follow this entry: it says the difference, whatever caused it.
        Tell("OrderTotalChanged", new
        {
            channelId = Channel, currency = Currency, placedAtMs = PlacedAtMs, totalMinorBefore = before, totalMinor = money.Total, changeMinor = money.Total - before, units,
            channelTaxChangeMinor = _isTaxTheirs ? money.Tax - taxBefore : (long?)null,
        });
    }

    private void NoteWholeBundles(OpenLine bundle)
    {
        long whole = PartsOf(bundle).Select(p => p[LineBucket.Cancelled] / (p.Quantity / bundle.Quantity)).DefaultIfEmpty(0).Min();
        if (whole > bundle[LineBucket.Cancelled]) bundle.NoteCancelled(whole);
    }

    private OrderMoney Sum()
    {
        long goods = 0, charges = 0, discount = 0, tax = 0;
        foreach (var line in Lines.Where(l => l.Kind != LineKind.Component))
        {
            if (line.Kind == LineKind.Charge && line.SkuId is null) charges += line.Billing.GrossMinor; else goods += line.Billing.GrossMinor;
            discount += line.Billing.DiscountMinor;
            tax += line.Billing.TaxMinor;
        }
        return new OrderMoney([], goods, discount, charges, tax, goods + charges - discount + (PricesIncludeTax ? 0 : tax));
    }

    private static (Guid Order, OpenLine Line) ReadLine(Row row)
    {
        var order = row.Uuid();
        var (no, kind, parent, skuId, sku, quantity) =
            (row.Int(), Enum.Parse<LineKind>(row.Text(), ignoreCase: true), row.IntOrNull(), row.LongOrNull(), row.Text(), row.Long());
        long[] units = [.. OpenLine.Columns.Select(_ => row.Long())];
        return (order, new OpenLine(no, kind, parent, skuId, sku, quantity, units, new LinePrice(quantity, row.Long(), row.Long(), row.Long(), row.Long(), row.Long(),
            row.LongOrNull(), row.LongOrNull(), row.LongOrNull(), row.LongOrNull()))
        {
            WeightGrams = row.Long(), Backorder = row.TextOrNull(), ExpectedAtMs = row.LongOrNull(), ReleaseAtMs = row.LongOrNull(),
            MaySubstitute = row.Bool(), IsStandIn = row.Bool(),
        }.By(row.TextOrNull() is { } method ? new LineWay(method, row.LongOrNull()) : null));
    }

    private static void QueueChanges(Batch batch, IReadOnlyList<OpenOrder> orders)
    {
        OrderChangeRows.QueueHeads(batch, [.. orders.Where(o => o.Head is not null)]);
        OrderChangeRows.QueueMoney(batch, [.. orders.Where(o => o._money is not null).Select(o => (o.Id, o._money!))]);
        OrderChangeRows.QueueAdded(batch, [.. orders.SelectMany(o => o.Lines.Where(l => l.Added is not null).Select(l => (o.Id, l)))]);
        OrderChangeRows.QueueSubstitutes(batch, [.. orders.SelectMany(o => o.Lines.Where(l => l.IsTakingOthersChanged && l.Added is null).Select(l => (o.Id, l)))]);
        OrderChangeRows.QueuePrices(batch, [.. orders.SelectMany(o => o.Lines.Where(l => l.Billing.IsChanged && l.Added is null).Select(l => (o.Id, l)))]);
    }
}
