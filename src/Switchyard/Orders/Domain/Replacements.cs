using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What of an order may be sent again free of charge. Pure.</summary>
internal static class Replacements
{
    /// <summary>Units of goods at most as many as have left and were not sent again before; and what was refunded is not replaced too.</summary>
    /// <param name="already">Units of each line that were sent again before.</param>
    /// <remarks>Errors: orders.no_such_line, orders.not_shipped, orders.refunded_already.</remarks>
    public static Error? Check(OpenOrder order, IReadOnlyList<SentAgain> again, IReadOnlyDictionary<int, long> already)
    {
        var used = new Dictionary<int, Int128>();
        foreach (var (line, units) in already) Count(order, used, line, units);
        var faults = new List<FieldError>();
        foreach (var (i, ask) in again.Index())
        {
            if (order.Line(ask.Line) is not { } line || line.Kind == LineKind.Charge || !Parts(order, line).Any())
            {
                faults.Add(new FieldError($"/lines/{i}/line", "orders.no_such_line", "The order has no such line of goods."));
                continue;
            }
            Count(order, used, ask.Line, ask.Units);
            foreach (var (part, _) in Parts(order, line).Where(p => used[p.Line.LineNo] > Gone(p.Line)))
                faults.Add(new FieldError($"/lines/{i}/quantity", "orders.not_shipped",
                    $"{part.Sku}: {Gone(part)} units have left, and {used[part.LineNo]} would have been sent again."));
        }
        if (faults.Count > 0) return faults.TrueForAll(f => f.Code == "orders.not_shipped") ? OrderErrors.NotShipped(faults) : Error.Invalid(faults);
        Int128 worth = (Int128)Worth(order, already) + again.Sum(a => Worth(order, a.Line, a.Units));
        return order.RefundedMinor > 0 && order.RefundedMinor + worth > order.CapturedMinor ? OrderErrors.RefundedAlready : null;
    }

    /// <summary>What was paid for units that were sent again, minor units.</summary>
    public static long Worth(OpenOrder order, IReadOnlyDictionary<int, long> already) => already.Sum(a => Worth(order, a.Key, a.Value));

    private static void Count(OpenOrder order, Dictionary<int, Int128> used, int no, long units)
    {
        if (order.Line(no) is not { } line) return;
        foreach (var (part, per) in Parts(order, line)) used[part.LineNo] = used.GetValueOrDefault(part.LineNo) + (Int128)units * per;
    }

    /// <summary>The goods of a line with the units of them in one unit of it.</summary>
    private static IEnumerable<(OpenLine Line, long Per)> Parts(OpenOrder order, OpenLine line) =>
        line.HoldsStock ? [(line, 1L)] : order.PartsOf(line).Select(p => (p, p.Quantity / line.Quantity));

    private static long Gone(OpenLine line) => line[LineBucket.Shipped] + line[LineBucket.Delivered] + line[LineBucket.Lost] + line[LineBucket.SentBack];

    // What was paid for so many units; of a component what is paid stands on its bundle.
    private static long Worth(OpenOrder order, int no, long units) => order.Line(no) is { Billing: { Units: > 0 } price }
        ? (long)Int128.Min((Int128)price.TotalMinor * units / price.Units, Money.MaxMinor) : 0;
}
