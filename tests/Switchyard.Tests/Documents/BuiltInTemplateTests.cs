using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Documents;

namespace Switchyard.Tests.Documents;

/// <summary>The templates that come with the program, each in the five languages.</summary>
public sealed class BuiltInTemplateTests
{
    [Fact]
    public void Every_kind_is_printed_in_every_language()
    {
        foreach (var kind in DocumentKind.All)
        {
            foreach (string language in DocumentLanguages.All)
            {
                var sheets = Press.Lay(new PressedTemplate(Press.BuiltIn(kind.Name), null, 0), [(SampleData.Of(kind), language)], null);
                sheets.IsOk.ShouldBeTrue($"{kind.Name} {language}: {sheets.Error?.Detail}");
                sheets.Value.Count.ShouldBe(1, kind.Name);
                // Nothing stands outside the paper, and what stands at the foot of a label is under what stands above it.
                foreach (var text in sheets.Value[0].Marks.OfType<TextMark>())
                {
                    text.Y.ShouldBeInRange(0, sheets.Value[0].Height, $"{kind.Name} {language}: {text.Text}");
                    (text.X + HouseTypeface.Face.Measure(text.Text, text.Size, text.IsBold)).ShouldBeLessThan(sheets.Value[0].Width, $"{kind.Name} {language}: {text.Text}");
                }
            }
        }
    }

    [Theory]
    [InlineData("packingSlip", "de", "Lieferschein", "Łucja Müller", "Königstraße 7", "KETTLE-17", "engraving: Ada", "22. November 2026")]
    [InlineData("packingSlip", "fr", "Bon de livraison", "22 novembre 2026", "Germany")]
    [InlineData("orderSummary", "es", "Resumen del pedido", "Este documento no es una factura.", "39,90 £")]
    [InlineData("orderSummary", "en-US", "Order summary", "£59.85", "Tax included")]
    [InlineData("cn23", "en-GB", "CUSTOMS DECLARATION", "CN 23", "85167970", "Portugal", "£54.90", "2.45 kg", "Electric kettle of steel")]
    [InlineData("cn22", "en-GB", "CN 22", "Sale of goods", "69111000", "A. Vale")]
    [InlineData("commercialInvoice", "en-GB", "COMMERCIAL INVOICE", "DAP", "EORI GB000000000000")]
    [InlineData("manifest", "en-GB", "Manifest", "JD0146000001234567890")]
    [InlineData("giftMessage", "en-GB", "Happy birthday!", "From all of us")]
    [InlineData("returnSlip", "de", "Retourenschein", "Grund")]
    [InlineData("pickList", "en-GB", "Pick list", "B-07-1", "10482-1")]
    public void A_document_says_what_it_should(string kind, string language, params string[] says)
    {
        var sheets = Press.Lay(new PressedTemplate(Press.BuiltIn(kind), null, 0), [(SampleData.Of(DocumentKind.Find(kind)!), language)], null).Value;
        string text = Regex.Replace(DocumentTools.Text(Press.Write(sheets, "pdf", kind, language).Value, asLaidOut: true), @"[\s\u00A0\u202F]+", " ");
        foreach (string said in says) text.ShouldContain(said);
    }

    [Theory]
    [InlineData("shippingLabel", "CODE-128:JD0146000001234567890")]
    [InlineData("palletLabel", "CODE-128:00340123456789012340")]
    [InlineData("productLabel", "EAN-13:4006381333931")]
    [InlineData("binLabel", "CODE-128:A-01-2")]
    [Capability("PK-06")]
    public void A_label_is_read_by_a_scanner_from_paper_and_from_both_kinds_of_label_printer(string kind, string read)
    {
        var sheets = Press.Lay(new PressedTemplate(Press.BuiltIn(kind), null, 0), [(SampleData.Of(DocumentKind.Find(kind)!), "en-GB")], null).Value;
        DocumentTools.Barcodes(DocumentTools.Picture(Press.Write(sheets, "pdf", kind, "en-GB").Value, 203)).ShouldContain(read);
        foreach (int dots in new[] { 8, 12 }) DocumentTools.Barcodes(Raster.Of(sheets[0], HouseTypeface.Face, dots).ToPng()).ShouldContain(read);
    }

    [Fact]
    public void A_label_of_a_carrier_is_the_same_every_time_and_fits_however_long_the_address_is()
    {
        var place = new CarrierLabel.Place(string.Concat(Enumerable.Repeat("Maximiliane ", 8)), "Gesellschaft für " + new string('x', 90), string.Concat(Enumerable.Repeat("Straße des Friedens ", 6)), null, "Llanfairpwllgwyngyll", null, "LL61 5UJ", "GB", null);
        var parcel = new CarrierLabel.Parcel("Parcel Post", "48", "JD0146000001234567890", "10482", "10482-1", 1, 2, 1250, place, place, "de");
        byte[] pdf = CarrierLabel.Draw(parcel, "pdf");
        CarrierLabel.Draw(parcel, "pdf").ShouldBe(pdf);
        DocumentTools.Text(pdf).Split('\f', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        DocumentTools.Barcodes(DocumentTools.Picture(pdf, 203)).ShouldContain("CODE-128:JD0146000001234567890");
        System.Text.Encoding.ASCII.GetString(CarrierLabel.Draw(parcel, "zpl203")).ShouldStartWith("^XA\n^PW800\n^LL1200");
    }
}
