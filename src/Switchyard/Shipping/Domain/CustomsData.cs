using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Which paper goes with a parcel across a customs border.</summary>
public enum CustomsForm { Cn22, Cn23, CommercialInvoice }

/// <summary>One kind of goods on the paper. Amounts are minor units for all units of the line.</summary>
public sealed record CustomsLine(string Sku, string Description, long Quantity, long ValueMinor, long WeightGrams, string? HsCode, string? OriginCountry);

/// <summary>What customs asks of a parcel: the data of CN22, CN23 and commercial invoice. Whoever draws the paper draws this.</summary>
/// <param name="Reason">saleOfGoods or replacement.</param>
/// <param name="Missing">What a line lacks, in words; the parcel may be stopped at the border.</param>
public sealed record CustomsData(CustomsForm Form, string Reason, string InvoiceNumber, string Currency, long TotalMinor, long TotalGrams, IReadOnlyList<CustomsLine> Lines, IReadOnlyList<string> Missing)
{
    /// <summary>Above this a CN23 is asked instead of a CN22: 300 special drawing rights; in minor units of pounds, euros and dollars taken as 270, 320 and 400.</summary>
    /// <remarks>Source: Universal Postal Convention, Regulations, article 20-001 (CN22 up to 300 SDR, above it CN23). The figures are rounded down, so that the fuller form is chosen in doubt.</remarks>
    private static long MostForCn22(string currency) => currency switch { "GBP" => 270_00, "EUR" => 320_00, "USD" => 400_00, _ => 0 };

    /// <summary>Post takes CN22 or CN23, couriers a commercial invoice.</summary>
    /// <param name="isPost">Is it a postal service?</param>
    public static CustomsData Of(Consignment what, bool isPost, string reason)
    {
        var lines = what.Items.Select(i => new CustomsLine(i.Sku, i.Name, i.Quantity, i.UnitValueMinor * i.Quantity, i.UnitWeightGrams * i.Quantity, i.HsCode, i.OriginCountry)).ToList();
        var missing = lines.SelectMany(l => new[] { l.HsCode is null ? $"{l.Sku}: HS code" : null, l.OriginCountry is null ? $"{l.Sku}: country of origin" : null }).OfType<string>().ToList();
        var form = !isPost ? CustomsForm.CommercialInvoice : what.ValueMinor <= MostForCn22(what.Currency) ? CustomsForm.Cn22 : CustomsForm.Cn23;
        return new CustomsData(form, reason, what.OrderNumber, what.Currency, what.ValueMinor, what.WeightGrams, lines, missing);
    }
}
