using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>An order's money, units and promise before an edit, to be compared with those after it.</summary>
internal sealed record EditSnapshot(long Total, long Tax, IReadOnlyDictionary<int, EditSnapshot.LineBefore> Lines)
{
    public DateTimeOffset? ShipBy { get; private init; }
    public DateTimeOffset? DeliverBy { get; private init; }

    internal readonly record struct LineBefore(long Quantity, long Total, long Tax, long Allocated, long Waiting, bool MaySubstitute);

    public static EditSnapshot Of(OpenOrder order) => new(order.TotalMinor, Taxes(order), order.Lines.ToDictionary(l => l.LineNo, l =>
        new LineBefore(l.Quantity - l[LineBucket.Cancelled], l.Billing.TotalMinor, l.Billing.TaxMinor, l[LineBucket.Allocated], l.Waiting, l.MaySubstitute)))
    { ShipBy = At(order.ShipByMs), DeliverBy = At(order.DeliverByMs) };

    public OrderDifference To(OpenOrder order, Func<long, string> code, MerchantSettings settings)
    {
        var lines = order.Lines.Select(l =>
        {
            var before = Lines.GetValueOrDefault(l.LineNo);
            return new LineDifference(l.LineNo, l.Sku, before.Quantity, l.Quantity - l[LineBucket.Cancelled], before.Total, l.Billing.TotalMinor, before.Tax, l.Billing.TaxMinor,
                before.Allocated, l[LineBucket.Allocated], before.Waiting, l.Waiting, [.. l.Claims.Select(c => new AllocationView(code(c.Key), c.Value.Units))])
            { AllowSubstitutesBefore = before.MaySubstitute, AllowSubstitutes = l.MaySubstitute };
        }).Where(l => l.IsAny).ToList();
        // Nothing of an order that is cancelled as a whole is to be paid, though its amounts still say what it was worth.
        long total = order.State is OrderState.Cancelled or OrderState.Expired ? 0 : order.TotalMinor, paid = order.CapturedMinor - order.RefundedMinor;
        return new OrderDifference(order.Currency, Total, total, total - Total, Tax, total == 0 ? 0 : Taxes(order), Math.Max(0, total - paid), Math.Max(0, paid - total), lines)
        { ShipByBefore = ShipBy, ShipBy = At(order.ShipByMs), DeliverByBefore = DeliverBy, DeliverBy = At(order.DeliverByMs) };
    }

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    private static long Taxes(OpenOrder order) => order.Lines.Sum(l => l.Billing.TaxMinor);
}
