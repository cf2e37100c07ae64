using System.Text;
using Shouldly;
using Switchyard.Documents;
using Gs1 = Switchyard.Catalog.Gs1;

namespace Switchyard.Tests.Documents;

/// <summary>Bars are read back by programs others wrote, from a PDF that was drawn and from the dots a printer gets.</summary>
public sealed class BarcodeTests
{
    private static readonly Typeface Face = HouseTypeface.Face;
    private const char F = Code128.Fnc1;

    [Theory]
    [InlineData("code128", "ABC-abc-12345678", "CODE-128:ABC-abc-12345678")]
    [InlineData("code128", "FUL-000123/4 ~{}", "CODE-128:FUL-000123/4 ~{}")]
    [InlineData("gs1-128", "(00)340123456789012340", "CODE-128:00340123456789012340")]
    [InlineData("gs1-128", "(01)04006381333931(17)270131(10)AB-12", "CODE-128:01040063813339311727013110AB-12")]
    [InlineData("ean", "4006381333931", "EAN-13:4006381333931")]
    [InlineData("ean", "96385074", "EAN-8:96385074")]
    [InlineData("ean", "036000291452", "EAN-13:0036000291452")]
    [InlineData("qr", "https://example.test/t?a=1&b=Žluťoučký", "QR-Code:https://example.test/t?a=1&b=Žluťoučký")]
    public void A_scanner_reads_what_was_printed(string kind, string text, string read)
    {
        var sheet = Alone(Barcode.Draw(kind, text).ShouldNotBeNull());
        DocumentTools.Barcodes(DocumentTools.Picture(PdfWriter.Write([sheet], Face, kind))).ShouldContain(read);
        DocumentTools.Barcodes(Raster.Of(sheet, Face, 8).ToPng()).ShouldContain(read);
    }

    [Fact]
    public void Any_text_of_code_128_is_read_back()
    {
        var random = new Random(128);
        string[] texts = [.. Enumerable.Range(0, 24).Select(i => string.Concat(Enumerable.Range(0, random.Next(2, 24)).Select(_ =>
            random.Next(4) switch { 0 => (char)random.Next(33, 127), 1 => (char)random.Next('a', 'z' + 1), _ => (char)random.Next('0', '9' + 1) })))];
        var marks = texts.Select((t, i) => (Mark)new CodeMark(60 + i % 2 * 520, 20 + i / 2 * 60, Code128.Draw(t)!, 1.5, 30)).ToList();
        byte[] png = DocumentTools.Picture(PdfWriter.Write([new Sheet(1150, 760, marks)], Face, "Many"), 144);
        DocumentTools.Barcodes(png).Where(b => b.StartsWith("CODE-128:", StringComparison.Ordinal)).Select(b => b[9..]).Order(StringComparer.Ordinal).ShouldBe(texts.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Hello 123456")]
    [InlineData("A")]
    [InlineData("ful_0192a8b7c6d5e4f3a2b1c0d9e8f70615 and a good deal more text, so that it takes several regions 0123456789012345678901234567890123456789")]
    public void A_data_matrix_is_read_back(string text)
    {
        byte[] png = DocumentTools.Picture(PdfWriter.Write([Alone(DataMatrix.Draw(text).ShouldNotBeNull(), 3)], Face, "Matrix"), 144);
        Encoding.Latin1.GetString(DocumentTools.DataMatrix(png)).ShouldBe(text);
    }

    [Fact]
    public void A_gs1_data_matrix_says_its_elements_with_the_separator_where_it_is_needed()
    {
        byte[] png = DocumentTools.Picture(PdfWriter.Write([Alone(Barcode.Draw("gs1-datamatrix", "(01)04006381333931(10)AB-12(17)270101").ShouldNotBeNull(), 3)], Face, "Matrix"), 144);
        string read = Encoding.Latin1.GetString(DocumentTools.DataMatrix(png));
        read.TrimStart('\u00e8', '\u001d').ShouldBe("010400638133393110AB-12\u001d17270101");
    }

    [Fact]
    public void Every_size_of_data_matrix_has_a_whole_frame_and_the_longest_text_has_a_place()
    {
        for (int length = 1; length <= 2608; length += 97)
        {
            var symbol = DataMatrix.Draw(new string('7', length)).ShouldNotBeNull();
            symbol.Rows.Count.ShouldBe(symbol.Columns);
            symbol.Rows.ShouldAllBe(r => r[0]);
            symbol.Rows[^1].ShouldAllBe(dark => dark);
        }
        DataMatrix.Draw(new string('7', 2609)).ShouldBeNull();
        DataMatrix.Draw("").ShouldBeNull();
    }

    [Theory]
    [InlineData("12345678", 1 + 4)]                 // C, four pairs
    [InlineData("1234567", 1 + 3 + 1 + 1)]          // pairs, then a change for the last
    [InlineData("AB", 1 + 2)]
    [InlineData("A\u0001b\u0002C", 1 + 5 + 1)]      // in A, with one shift for the small letter
    [InlineData("a\u0001b", 1 + 3 + 1)]
    public void Code_128_takes_the_fewest_symbols(string text, int symbols) => Code128.Encode(text).Count.ShouldBe(symbols);

    [Fact]
    public void Check_digits_are_right_and_wrong_codes_are_refused()
    {
        Gs1.CheckDigit("400638133393").ShouldBe(1);
        Gs1.CheckDigit("34012345678901234").ShouldBe(0);
        Gs1.Sscc(3, "4012345", 678901234).ShouldBe("340123456789012340");
        Gs1.Sscc(3, "4012345", 1_000_000_000).ShouldBeNull();
        Ean.Draw("4006381333932").ShouldBeNull();
        Ean.Draw("400638133393").ShouldBeNull();
        Gs1.Read("(00)340123456789012345").ShouldBeNull();
        Gs1.Read("(01)1234").ShouldBeNull();
        Gs1.Read("hello").ShouldBeNull();
        Gs1.Read("(17)271340").ShouldBeNull();
        Gs1.Read("(8899)1").ShouldBeNull();                     // what no dock could read is not printed
        Code128.Draw("漢").ShouldBeNull();
        Barcode.Join(Gs1.Read("(10)A(21)B").ShouldNotBeNull()).ShouldBe($"{F}10A{F}21B");
    }

    [Theory]
    [InlineData("(01)04006381333931(10)AB-12(17)270101(21)S-1")]
    [InlineData("(02)14006381333938(37)12(00)123456789012345675")]
    [InlineData("(3103)001250(400)PO-7(410)4006381333931")]
    public void What_paper_shows_is_what_the_dock_reads(string text)
    {
        string sent = "]C1" + Barcode.Join(Gs1.Read(text).ShouldNotBeNull())[1..].Replace(F, Gs1.Separator);
        Gs1.Parse(sent, 2026).Value.Elements.ShouldBe(Gs1.Parse(text, 2026).Value.Elements);
        sent.ShouldBe(Gs1.Send(Gs1.Parse(text, 2026).Value));
    }

    private static Sheet Alone(Symbol symbol, double module = 1.2) =>
        new(symbol.Columns * module + 60, Math.Max(100, symbol.Rows.Count * module + 60), [new CodeMark(30, 20, symbol, module, 60)]);
}
