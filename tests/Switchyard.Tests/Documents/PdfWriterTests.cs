using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Documents;

namespace Switchyard.Tests.Documents;

/// <summary>What we write is opened by programs that others wrote.</summary>
public sealed class PdfWriterTests
{
    private static readonly Typeface Face = HouseTypeface.Face;

    [Fact]
    public void Any_text_comes_back_as_it_was_written()
    {
        var random = new Random(20261122);
        string letters = string.Concat(Enumerable.Range(0x21, 0x4E0).Select(c => (char)c).Where(c => (char.IsLetterOrDigit(c) || char.IsPunctuation(c)) && c is not ('\u00AD' or (>= '\u02B0' and <= '\u036F'))));
        letters += "€£₽„“”‚‘’–—…•‰№ẞ一二三漢字";
        string[] lines = [.. Enumerable.Range(0, 400).Select(i => $"{i} " + string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => letters[random.Next(letters.Length)])))];
        var sheets = lines.Chunk(50).Select(some => new Sheet(1200, 842, [.. some.Select((text, i) => (Mark)new TextMark(20, 30 + 16 * i, 9, i % 2 == 1, text))])).ToList();
        byte[] pdf = PdfWriter.Write(sheets, Face, "Any text");
        DocumentTools.Text(pdf).Split(['\n', '\f'], StringSplitOptions.RemoveEmptyEntries).ShouldBe(lines);
        DocumentTools.Picture(pdf, 50).Length.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void The_five_languages_and_their_neighbours_have_letters_and_not_boxes()
    {
        const string Needed = "ÄÖÜäöüßẞ ÀÂÇÉÈÊËÎÏÔŒÙÛÜŸàâçéèêëîïôœùûüÿæ ÁÉÍÑÓÚÜáéíñóú¿¡ ĄĆĘŁŃÓŚŹŻąćęłńóśźż ČĎĚŇŘŠŤŮŽčďěňřšťůž ŐŰőű ĂÂÎȘȚăâîșț ĐŠŽđ ÅØÆåøæ ĢĶĻŅģķļņ ĖĮŲėįų ÐÞðþ ΑΩαω БЯбя €£$§°²½×…–—„“”«»";
        foreach (var rune in Needed.EnumerateRunes())
        {
            Face.Regular.GlyphOf(rune.Value).ShouldNotBe(0, rune.ToString());
            Face.Bold.GlyphOf(rune.Value).ShouldNotBe(0, rune.ToString());
        }
    }

    [Fact]
    public void The_same_sheets_give_the_same_bytes_and_only_the_letters_used_are_in_it()
    {
        var sheet = new Sheet(595, 842, [new TextMark(50, 50, 12, false, "Zażółć gęślą jaźń"), new LineMark(50, 60, 200, 60, 1), new AreaMark(10, 10, 5, 5, 0.9)]);
        byte[] pdf = PdfWriter.Write([sheet], Face, "Twice"), again = PdfWriter.Write([sheet], Face, "Twice");
        pdf.ShouldBe(again);
        pdf.Length.ShouldBeLessThan(12_000);
        DocumentTools.Text(pdf).Trim().ShouldBe("Zażółć gęślą jaźń");
    }

    [Fact]
    public void A_png_and_a_jpeg_are_taken_as_they_are_and_a_broken_one_is_not()
    {
        byte[] png = Picture.ToPng(40, 20, (y, x) => x < 20);
        var picture = Picture.Read(png).ShouldNotBeNull();
        (picture.Width, picture.Height, picture.Bits).ShouldBe((40, 20, 1));
        var sheet = new Sheet(200, 100, [new PictureMark(0, 0, 200, 100, picture)]);
        byte[] seen = DocumentTools.Picture(PdfWriter.Write([sheet, sheet], Face, "Picture"), 72);
        seen.Length.ShouldBeGreaterThan(100);
        Picture.Read(png[..30]).ShouldBeNull();
        Picture.Read([0xFF, 0xD8, 0xFF, 0xE0, 0, 16]).ShouldBeNull();
        Picture.Read("GIF89a"u8).ShouldBeNull();
        for (int cut = 0; cut < png.Length; cut++) _ = Picture.Read(png.AsSpan(0, cut));
    }

    [Fact]
    public void Text_that_looks_like_the_language_of_a_pdf_stays_text()
    {
        const string Naughty = ")> Tj ET endstream endobj << /JS (app.alert(1)) >> \\ (";
        byte[] pdf = PdfWriter.Write([new Sheet(900, 100, [new TextMark(10, 50, 9, false, Naughty)])], Face, "x) /OpenAction (");
        DocumentTools.Text(pdf).Trim().ShouldBe(Naughty);
        Regex.IsMatch(Encoding.Latin1.GetString(pdf), "/OpenAction|/JS").ShouldBeFalse();
    }
}
