using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What a line is worth before totals are made.</summary>
/// <param name="Quantity">Units, 1 or more.</param>
/// <param name="UnitPriceMinor">Minor units, with tax when prices include it.</param>
/// <param name="DiscountMinor">The line's own discount over all its units, at most its gross.</param>
/// <param name="TaxRatePpm">Parts per million: 200,000 is 20 %.</param>
/// <param name="TaxMinor">Tax the source has worked out itself, or null to work it out here.</param>
public readonly record struct PricedLine(long Quantity, long UnitPriceMinor, long DiscountMinor, long TaxRatePpm, long? TaxMinor, bool IsCharge);

/// <summary>The money of one line, in minor units.</summary>
/// <param name="Discount">Own discount plus its share of the order's.</param>
/// <param name="Total">Quantity × price − discount.</param>
public readonly record struct LineMoney(long Discount, long Tax, long Total);

/// <summary>The money of an order; goods − discount + charges (+ tax where prices are without it) = total, to the minor unit.</summary>
public sealed record OrderMoney(IReadOnlyList<LineMoney> Lines, long Goods, long Discount, long Charges, long Tax, long Total);

/// <summary>Adds up an order.</summary>
public static class OrderTotals
{
    /// <summary>Works out discounts, taxes and totals of all lines and charges.</summary>
    /// <param name="lines">Goods, bundles and charges, at most 1,100 with amounts of at most <see cref="Money.MaxMinor"/>.</param>
    /// <param name="orderDiscountMinor">Spread over the goods in proportion to what they cost; at most their sum.</param>
    /// <param name="pricesIncludeTax">True: tax is the part contained in the line's total, false: it comes on top.</param>
    /// <remarks>
    /// Tax is rounded half up per line, once, and the order's tax is the sum of its lines'. The order's discount is split by
    /// largest remainder (<see cref="Money.Split"/>), so nothing is lost or won. Errors: orders.discount_too_large, orders.total_too_large.
    /// </remarks>
    public static Result<OrderMoney> Of(IReadOnlyList<PricedLine> lines, long orderDiscountMinor, bool pricesIncludeTax)
    {
        var gross = new Int128[lines.Count];
        Int128 goods = 0, charges = 0, sum = 0;
        for (int i = 0; i < lines.Count; i++)
        {
            gross[i] = (Int128)lines[i].Quantity * lines[i].UnitPriceMinor;
            if (lines[i].DiscountMinor > gross[i]) return DiscountTooLarge($"/lines/{i}/discountMinor");
            if (lines[i].IsCharge) charges += gross[i]; else goods += gross[i];
            sum += gross[i];
        }
        if (sum > Money.MaxMinor) return Error.Invalid("orders.total_too_large", $"An order may be worth at most {Money.MaxMinor} minor units.");

        long[] open = [.. lines.Select((l, i) => l.IsCharge ? 0 : (long)gross[i] - l.DiscountMinor)];
        if (orderDiscountMinor > open.Sum()) return DiscountTooLarge("/discountMinor");
        long[] share = orderDiscountMinor == 0 ? new long[lines.Count] : Money.Split(orderDiscountMinor, open);

        var money = new LineMoney[lines.Count];
        long discount = 0, tax = 0;
        for (int i = 0; i < lines.Count; i++)
        {
            long off = lines[i].DiscountMinor + share[i], total = (long)gross[i] - off;
            long lineTax = lines[i].TaxMinor ?? Tax(total, lines[i].TaxRatePpm, pricesIncludeTax);
            money[i] = new LineMoney(off, lineTax, total);
            discount += off;
            tax += lineTax;
        }
        long whole = (long)goods + (long)charges - discount + (pricesIncludeTax ? 0 : tax);
        return new OrderMoney(money, (long)goods, discount, (long)charges, tax, whole);
    }

    /// <summary>Tax of an amount, minor units, rounded half up.</summary>
    public static long Tax(long minor, long ratePpm, bool isIncluded)
    {
        Int128 numerator = (Int128)minor * ratePpm, denominator = isIncluded ? 1_000_000 + ratePpm : 1_000_000;
        return (long)((numerator * 2 + denominator) / (denominator * 2));
    }

    private static Error DiscountTooLarge(string pointer) => Error.Invalid("orders.discount_too_large", "A discount is larger than what it is taken from.",
        new FieldError(pointer, "orders.discount_too_large", "The discount is larger than what it is taken from."));
}
