using System.Text.Json.Nodes;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Draws the plain label of a carrier that has none of its own, 100 by 150 mm; and turns any label of ours into PDF, PNG or ZPL.</summary>
public static class CarrierLabel
{
    /// <param name="Country">ISO 3166, two letters.</param>
    public sealed record Place(string? Name, string? Company, string? Line1, string? Line2, string? City, string? Region, string? Postcode, string? Country, string? Phone);

    /// <param name="Tracking">In bars at the foot.</param>
    /// <param name="Number">Of how many parcels, from 1.</param>
    public sealed record Parcel(string Carrier, string Service, string Tracking, string OrderNumber, string ReleaseNumber, int Number, int Of, long? WeightGrams, Place From, Place To, string Language = "en-GB");

    /// <param name="format">pdf, png, zpl203 or zpl300.</param>
    public static byte[] Draw(Parcel parcel, string format) => Draw([parcel], format);

    /// <summary>Labels of several parcels as one file; a picture shows the first.</summary>
    public static byte[] Draw(IReadOnlyList<Parcel> parcels, string format)
    {
        var template = new PressedTemplate(Press.BuiltIn("shippingLabel"), null, 0);
        var sheets = Press.Lay(template, parcels.Select(p => (Data(p), DocumentLanguages.For(p.Language, null))), null);
        Must.Hold(sheets.IsOk, "the program's own label is right");
        return Press.Write(sheets.Value, format, "Label", DocumentLanguages.For(parcels[0].Language, null)).Value;
    }

    private static JsonObject Data(Parcel p) => new()
    {
        ["sender"] = new JsonObject { ["name"] = p.From.Name }, ["from"] = Of(p.From), ["to"] = Of(p.To), ["order"] = new JsonObject { ["number"] = p.OrderNumber },
        ["release"] = new JsonObject { ["number"] = p.ReleaseNumber },
        ["packages"] = new JsonArray(new JsonObject { ["number"] = p.Number, ["of"] = p.Of, ["carrier"] = p.Carrier, ["service"] = p.Service, ["tracking"] = p.Tracking, ["weightGrams"] = p.WeightGrams }),
    };

    private static JsonObject Of(Place p) => new()
    {
        ["name"] = p.Name, ["company"] = p.Company, ["line1"] = p.Line1, ["line2"] = p.Line2, ["city"] = p.City, ["region"] = p.Region, ["postcode"] = p.Postcode, ["country"] = p.Country, ["phone"] = p.Phone,
    };
}
