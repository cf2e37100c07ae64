using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>The money that leaves a line with some of its units, minor units.</summary>
public readonly record struct PartedPrice(long UnitPriceMinor, long DiscountMinor, long TaxMinor, long TotalMinor);

/// <summary>
/// The money of a line under lock. A line keeps the quantity that was ordered; what is to be paid is its billed units. Discount and tax
/// are kept as they were said for the full line and are worked out anew from there, so that the way by which a line came to its units
/// does not show in its money.
/// </summary>
public sealed class LinePrice
{
    private long? _fullTaxMinor;
    private bool _isFullKnown;

    /// <param name="quantity">Units of the line as stored.</param>
    /// <param name="billed">Units still to be paid; null for all.</param>
    /// <param name="fullUnits">Null while the line's money has never been changed: then it is full now.</param>
    internal LinePrice(long quantity, long unitPriceMinor, long discountMinor, long taxRatePpm, long taxMinor, long totalMinor, long? billed,
        long? fullUnits, long? fullDiscountMinor, long? fullTaxMinor)
    {
        (UnitPriceMinor, DiscountMinor, TaxRatePpm, TaxMinor, TotalMinor) = (unitPriceMinor, discountMinor, taxRatePpm, taxMinor, totalMinor);
        (Units, FullUnits, FullDiscountMinor, _fullTaxMinor) = (billed ?? quantity, fullUnits ?? billed ?? quantity, fullDiscountMinor ?? discountMinor, fullTaxMinor);
        _isFullKnown = fullUnits is not null;
    }

    /// <summary>Units to be paid, 0 or more.</summary>
    public long Units { get; private set; }

    /// <summary>Minor units, with tax when prices include it.</summary>
    public long UnitPriceMinor { get; private set; }

    /// <summary>Own discount and share of the order's, over the billed units.</summary>
    public long DiscountMinor { get; private set; }

    public long TaxRatePpm { get; }
    public long TaxMinor { get; private set; }

    /// <summary>Billed units × price − discount.</summary>
    public long TotalMinor { get; private set; }

    /// <summary>The units for which the full discount was given.</summary>
    public long FullUnits { get; private set; }

    public long FullDiscountMinor { get; private set; }

    /// <summary>Tax that the source worked out for the full line; null when the tax follows the rate.</summary>
    public long? FullTaxMinor => _fullTaxMinor;

    public bool IsChanged { get; private set; }
    public long GrossMinor => checked(Units * UnitPriceMinor);

    internal void Bill(long units, bool isTaxIncluded)
    {
        KnowFull(isTaxIncluded);
        Units = units;
        WorkOut(isTaxIncluded);
    }

    /// <summary>Another price or discount for the units billed now. A tax given by the source goes: it was of the old price.</summary>
    /// <param name="taxMinor">The source's tax of the new one; null where it says nothing.</param>
    internal void Reprice(long unitPriceMinor, long discountMinor, bool isTaxIncluded, long? taxMinor = null)
    {
        KnowFull(isTaxIncluded);
        if (taxMinor is not null) _fullTaxMinor = taxMinor;
        else if (_fullTaxMinor is not null && TaxRatePpm > 0) _fullTaxMinor = null;
        else if (_fullTaxMinor is { } given) _fullTaxMinor = Share(given, checked(Units * unitPriceMinor) - discountMinor, FullTotal);
        (UnitPriceMinor, FullUnits, FullDiscountMinor) = (unitPriceMinor, Units, discountMinor);
        WorkOut(isTaxIncluded);
    }

    /// <summary>Units leave for another order with their share of discount and tax. What stays and what leaves add up to what was, whatever the rounding.</summary>
    internal PartedPrice Part(long units, bool isTaxIncluded)
    {
        Must.Hold(units > 0 && units <= Units, "no more units leave than are billed");
        KnowFull(isTaxIncluded);
        var (discount, tax, total) = (DiscountMinor, TaxMinor, TotalMinor);
        Units -= units;
        WorkOut(isTaxIncluded);
        // What stays is the whole line from now on: growing again, it does not win back what has left.
        (FullUnits, FullDiscountMinor) = (Units, DiscountMinor);
        if (_fullTaxMinor is not null) _fullTaxMinor = Units == 0 && TaxRatePpm > 0 ? null : TaxMinor;
        return new PartedPrice(UnitPriceMinor, discount - DiscountMinor, tax - TaxMinor, total - TotalMinor);
    }

    /// <summary>Part of a charge leaves for another order, with its share of the tax.</summary>
    /// <param name="minor">At most its total.</param>
    internal PartedPrice PartAmount(long minor, bool isTaxIncluded)
    {
        Must.Hold(Units == 1 && DiscountMinor == 0 && minor > 0 && minor <= TotalMinor, "part of a charge is divided");
        KnowFull(isTaxIncluded);
        var (tax, total) = (TaxMinor, TotalMinor);
        if (_fullTaxMinor is { } given) _fullTaxMinor = Share(given, total - minor, total);
        (UnitPriceMinor, FullUnits, FullDiscountMinor) = (total - minor, 1, 0);
        WorkOut(isTaxIncluded);
        return new PartedPrice(minor, 0, tax - TaxMinor, minor);
    }

    private long FullTotal => checked(FullUnits * UnitPriceMinor) - FullDiscountMinor;

    private void KnowFull(bool isTaxIncluded)
    {
        if (_isFullKnown) return;
        _isFullKnown = true;
        _fullTaxMinor = TaxMinor == OrderTotals.Tax(TotalMinor, TaxRatePpm, isTaxIncluded) ? null : TaxMinor;
    }

    private void WorkOut(bool isTaxIncluded)
    {
        DiscountMinor = Share(FullDiscountMinor, Math.Min(Units, FullUnits), FullUnits);
        TotalMinor = GrossMinor - DiscountMinor;
        TaxMinor = _fullTaxMinor is { } given ? Share(given, TotalMinor, FullTotal) : OrderTotals.Tax(TotalMinor, TaxRatePpm, isTaxIncluded);
        IsChanged = true;
    }

    // amount × part ÷ whole, rounded half up; 0 of nothing.
    private static long Share(long amount, long part, long whole) =>
        whole == 0 ? 0 : (long)(((Int128)amount * part * 2 + whole) / ((Int128)whole * 2));
}
