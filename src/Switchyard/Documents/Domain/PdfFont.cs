using System.Globalization;
using System.Text;

namespace Switchyard.Documents;

/// <summary>A font's two weights.</summary>
public sealed record Typeface(TrueTypeFont Regular, TrueTypeFont Bold)
{
    public TrueTypeFont Of(bool isBold) => isBold ? Bold : Regular;

    /// <summary>How wide a line of text is, in points.</summary>
    public double Measure(string text, double size, bool isBold)
    {
        var font = Of(isBold);
        long thousandths = 0;
        foreach (var rune in text.EnumerateRunes()) thousandths += font.WidthOf(font.GlyphOf(rune.Value));
        return thousandths * size / 1000;
    }
}

/// <summary>
/// A font as one PDF uses it. Each character gets a number of its own at its first use, so that also those the font has no outline for
/// (they show as a box) are found by search and copied rightly.
/// </summary>
internal sealed class PdfFont(TrueTypeFont font)
{
    private readonly Dictionary<int, int> _numbers = [];
    private readonly List<int> _characters = [];

    /// <summary>Appends the numbers of the text's characters, four hexadecimal digits each.</summary>
    public void Encode(string text, StringBuilder into)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!_numbers.TryGetValue(rune.Value, out int number))
            {
                _characters.Add(rune.Value);
                _numbers[rune.Value] = number = _characters.Count;
            }
            into.Append(CultureInfo.InvariantCulture, $"{number:X4}");
        }
    }

    public void AddTo(PdfObjects pdf, int number, string name)
    {
        List<int> glyphs = [0, .. _characters.Select(font.GlyphOf).Where(g => g != 0).Distinct()];
        var place = glyphs.Select((g, i) => (g, i)).ToDictionary(p => p.g, p => p.i);
        byte[] subset = font.Subset(glyphs);
        int file = pdf.Add($"/Length1 {subset.Length}", subset);
        int Scaled(int units) => units * 1000 / font.UnitsPerEm;
        var box = font.Box;
        int descriptor = pdf.Add(
            $"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{Scaled(box.Left)} {Scaled(box.Bottom)} {Scaled(box.Right)} {Scaled(box.Top)}]" +
            $"/ItalicAngle 0/Ascent {Scaled(font.Ascent)}/Descent {Scaled(font.Descent)}/CapHeight 714/StemV 80/FontFile2 {file} 0 R>>");
        byte[] map = new byte[2 * (_characters.Count + 1)];
        for (int i = 0; i < _characters.Count; i++)
        {
            int glyph = place[font.GlyphOf(_characters[i])];
            (map[2 * i + 2], map[2 * i + 3]) = ((byte)(glyph >> 8), (byte)(glyph & 0xFF));
        }
        int glyphOf = pdf.Add("", map);
        string widths = string.Join(' ', _characters.Select(c => font.WidthOf(font.GlyphOf(c))));
        int descendant = pdf.Add(
            $"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>" +
            $"/FontDescriptor {descriptor} 0 R/DW 1000/W[1[{widths}]]/CIDToGIDMap {glyphOf} 0 R>>");
        int unicode = pdf.Add("", Encoding.ASCII.GetBytes(ToUnicode()));
        pdf.Set(number, $"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>");
    }

    private string ToUnicode()
    {
        var map = new StringBuilder(
            "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def" +
            "/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><FFFF>endcodespacerange\n");
        foreach (var some in _characters.Select((c, i) => (Character: c, Number: i + 1)).Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{some.Length} beginbfchar\n");
            foreach (var (character, n) in some)
                map.Append(CultureInfo.InvariantCulture, $"<{n:X4}><{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(new Rune(character).ToString()))}>\n");
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap CMapName currentdict/CMap defineresource pop end end").ToString();
    }
}
