using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>A product that takes the place of another on an order.</summary>
/// <param name="ListMinor">List price of one unit in the order's currency; null: it has none.</param>
internal sealed record StandIn(long SkuId, string Sku, string Name, long WeightGrams, long? ListMinor);

/// <summary>The part of an order under lock that gives other goods in place of what is not there.</summary>
public sealed partial class OpenOrder
{
    /// <summary>Does the customer take other products, as every line says of which that can be said?</summary>
    internal bool TakesOthers => Lines.Where(l => l.CanBeSubstituted).Select(l => l.MaySubstitute).DefaultIfEmpty(false).All(takes => takes);

    /// <summary>
    /// Units of a line that stand unallocated end, and as many of another product take their place on a line of their own. The customer pays what those units were to cost, or less
    /// where the other product is cheaper; never more.
    /// </summary>
    /// <returns>The new line, all its units unallocated.</returns>
    internal OpenLine Substitute(OpenLine line, long units, StandIn by)
    {
        Must.Hold(line.MaySubstitute, $"the customer takes another product for line {line.LineNo}");
        Move(line, LineBucket.Unallocated, LineBucket.Cancelled, units);
        var (tax, total) = (line.Billing.TaxMinor, line.Billing.TotalMinor);
        line.Billing.Bill(Math.Max(0, line.Billing.Units - line.TakeUnbilled()), PricesIncludeTax);
        var (freedTax, freed) = (tax - line.Billing.TaxMinor, total - line.Billing.TotalMinor);
        long unit = by.ListMinor ?? line.Billing.UnitPriceMinor, gross = checked(unit * units), pays = Math.Min(gross, freed);
        // Where the source has worked out the tax itself, its share follows the money; else it follows the line's rate.
        long owed = pays == freed ? freedTax : Math.Min(freedTax, line.Billing.FullTaxMinor is null ? OrderTotals.Tax(pays, line.Billing.TaxRatePpm, PricesIncludeTax) : (long)((Int128)freedTax * pays / freed));
        return Add(new NewLine(Lines.Max(l => l.LineNo) + 1, LineKind.Goods, null, by.SkuId, by.Sku, by.Name, units, by.WeightGrams, unit, gross - pays, line.Billing.TaxRatePpm, owed, pays, null, "")
        { Own = line.Own, SubstituteFor = line.LineNo });
    }
}
