using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>Amounts of X12 and ours. X12 has prices with any decimals and totals with two; ours are whole minor units.</summary>
public static class EdiAmounts
{
    /// <summary>
    /// A price for one of the partner's units as a price for one of ours, and the discount that makes the line's total right to the minor unit: the total is rounded half away from zero
    /// once, the unit price up.
    /// </summary>
    /// <param name="each">Units of ours in one of theirs, ≥ 1.</param>
    /// <returns>Minor units; no discount where none is needed. Nothing for a price beyond what an order may hold.</returns>
    public static (long? UnitMinor, long? DiscountMinor) Price(decimal price, long quantity, long each, Currency currency)
    {
        decimal total = Math.Round(price * quantity * currency.MinorPerMajor, 0, MidpointRounding.AwayFromZero);
        long units = quantity * each;
        decimal unit = Math.Ceiling(total / units);
        if (unit is < 0 or > Money.MaxMinor) return (null, null);
        decimal discount = unit * units - total;
        return ((long)unit, discount == 0 ? null : (long)discount);
    }

    /// <summary>Two decimals of X12 in minor units: 100 of them are one yen. Rounded half away from zero.</summary>
    public static long OfCents(long cents, Currency currency) => (long)Math.Round(cents * (decimal)currency.MinorPerMajor / 100m, 0, MidpointRounding.AwayFromZero);

    public static long ToCents(long minor, Currency currency) => (long)Math.Round(minor * 100m / currency.MinorPerMajor, 0, MidpointRounding.AwayFromZero);

    public static decimal Major(long minor, Currency currency) => (decimal)minor / currency.MinorPerMajor;

    /// <summary>The part of an amount that falls on these units, when so many went before: the parts of all units sum to the amount. Rounded down, the last unit bears the rest.</summary>
    public static long Share(long minor, long before, long units, long of) => of <= 0 ? 0 : (long)((Int128)minor * (before + units) / of - (Int128)minor * before / of);
}
