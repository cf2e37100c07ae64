using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Documents;

/// <summary>
/// Writes sheets as a PDF. The same sheets give the same bytes: no clock, no chance. Fonts are embedded with only the characters that
/// occur, and say which character each outline stands for, so that text can be searched and copied.
/// </summary>
/// <remarks>Source: ISO 32000-1:2008 (PDF 1.7): 7.5 structure, 8.9.5 images, 9.7 composite fonts, 9.10.3 ToUnicode.</remarks>
public static class PdfWriter
{
    /// <param name="title">As viewers show it.</param>
    /// <param name="language">BCP 47, for those who have it read aloud.</param>
    public static byte[] Write(IReadOnlyList<Sheet> sheets, Typeface face, string title, string language = "en")
    {
        var pdf = new PdfObjects();
        var fonts = new[] { new PdfFont(face.Regular), new PdfFont(face.Bold) };
        var pictures = new Dictionary<Picture, (string Name, int Object)>(ReferenceEqualityComparer.Instance);
        int catalog = pdf.Take(), pages = pdf.Take(), resources = pdf.Take(), info = pdf.Take();
        int[] fontObjects = [pdf.Take(), pdf.Take()];
        var kids = new List<int>();
        foreach (var sheet in sheets)
        {
            foreach (var mark in sheet.Marks.OfType<PictureMark>())
                if (!pictures.ContainsKey(mark.Picture)) pictures[mark.Picture] = ($"P{pictures.Count}", PdfPictures.Add(pdf, mark.Picture));
            int content = pdf.Add("", Encoding.ASCII.GetBytes(Drawn(sheet, fonts, pictures)));
            kids.Add(pdf.Add($"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 {N(sheet.Width)} {N(sheet.Height)}]/Resources {resources} 0 R/Contents {content} 0 R>>"));
        }
        for (int i = 0; i < fonts.Length; i++) fonts[i].AddTo(pdf, fontObjects[i], i == 0 ? "SYARDA+NotoSans" : "SYARDB+NotoSans-Bold");
        string named = string.Concat(pictures.Values.Select(p => $"/{p.Name} {p.Object} 0 R"));
        pdf.Set(resources, $"<</Font<</F0 {fontObjects[0]} 0 R/F1 {fontObjects[1]} 0 R>>/XObject<<{named}>>>>");
        pdf.Set(pages, $"<</Type/Pages/Count {kids.Count}/Kids[{string.Join(' ', kids.Select(k => $"{k} 0 R"))}]>>");
        pdf.Set(catalog, $"<</Type/Catalog/Pages {pages} 0 R/Lang({language})/ViewerPreferences<</DisplayDocTitle true>>>>");
        pdf.Set(info, $"<</Title {Utf16(title)}/Producer(Switchyard)>>");
        return pdf.ToFile(catalog, info);
    }

    /// <summary>A number of a PDF: at most three decimals, never an exponent.</summary>
    internal static string N(double number) => Math.Round(number, 3).ToString("0.###", CultureInfo.InvariantCulture);

    internal static string Utf16(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    private static string Drawn(Sheet sheet, PdfFont[] fonts, Dictionary<Picture, (string Name, int Object)> pictures)
    {
        var page = new StringBuilder();
        double top = sheet.Height;
        foreach (var mark in sheet.Marks)
        {
            switch (mark)
            {
                case TextMark text:
                    page.Append(CultureInfo.InvariantCulture, $"BT/F{(text.IsBold ? 1 : 0)} {N(text.Size)} Tf {N(text.X)} {N(top - text.Y)} Td<");
                    fonts[text.IsBold ? 1 : 0].Encode(text.Text, page);
                    page.Append(">Tj ET\n");
                    break;
                case LineMark line:
                    page.Append(CultureInfo.InvariantCulture, $"{N(line.Thickness)} w {N(line.X1)} {N(top - line.Y1)} m {N(line.X2)} {N(top - line.Y2)} l S\n");
                    break;
                case AreaMark area:
                    page.Append(CultureInfo.InvariantCulture, $"{N(area.Gray)} g {N(area.X)} {N(top - area.Y - area.Height)} {N(area.Width)} {N(area.Height)} re f 0 g\n");
                    break;
                case PictureMark picture:
                    page.Append(CultureInfo.InvariantCulture,
                        $"q {N(picture.Width)} 0 0 {N(picture.Height)} {N(picture.X)} {N(top - picture.Y - picture.Height)} cm/{pictures[picture.Picture].Name} Do Q\n");
                    break;
                case CodeMark code:
                    DrawCode(page, code, top);
                    break;
            }
        }
        return page.ToString();
    }

    // Dark modules side by side are one rectangle, so that no viewer shows a hair of white between them.
    private static void DrawCode(StringBuilder page, CodeMark code, double top)
    {
        double height = code.Symbol.IsLinear ? code.Height : code.Module;
        for (int y = 0; y < code.Symbol.Rows.Count; y++)
        {
            bool[] row = code.Symbol.Rows[y];
            for (int x = 0; x < row.Length; x++)
            {
                if (!row[x]) continue;
                int from = x;
                while (x + 1 < row.Length && row[x + 1]) x++;
                page.Append(CultureInfo.InvariantCulture,
                    $"{N(code.X + from * code.Module)} {N(top - code.Y - y * height - height)} {N((x - from + 1) * code.Module)} {N(height)} re\n");
            }
        }
        page.Append("f\n");
    }
}

/// <summary>The numbered objects of a PDF and the table that says where each is.</summary>
internal sealed class PdfObjects
{
    private readonly List<byte[]> _objects = [];

    /// <summary>A number for an object that is said later.</summary>
    public int Take() { _objects.Add([]); return _objects.Count; }

    public void Set(int number, string body) => _objects[number - 1] = Encoding.Latin1.GetBytes(body);

    public int Add(string body) { int number = Take(); Set(number, body); return number; }

    /// <summary>A stream; it is compressed here unless its dictionary names a filter.</summary>
    public int Add(string dictionary, byte[] data) { int number = Take(); Set(number, dictionary, data); return number; }

    public void Set(int number, string dictionary, byte[] data)
    {
        bool isReady = dictionary.Contains("/Filter", StringComparison.Ordinal);
        byte[] stored = isReady ? data : Picture.Deflated(data);
        byte[] head = Encoding.Latin1.GetBytes($"<<{dictionary}{(isReady ? "" : "/Filter/FlateDecode")}/Length {stored.Length}>>\nstream\n");
        _objects[number - 1] = [.. head, .. stored, .. "\nendstream"u8];
    }

    public byte[] ToFile(int catalog, int info)
    {
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"u8);
        var places = new List<long>();
        foreach (var (body, i) in _objects.Select((o, i) => (o, i)))
        {
            places.Add(file.Length);
            file.Write(Encoding.ASCII.GetBytes($"{i + 1} 0 obj\n"));
            file.Write(body);
            file.Write("\nendobj\n"u8);
        }
        string id = Convert.ToHexString(SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length))[..16]);
        long table = file.Length;
        var tail = new StringBuilder($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (long place in places) tail.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        tail.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {places.Count + 1}/Root {catalog} 0 R/Info {info} 0 R/ID[<{id}><{id}>]>>\nstartxref\n{table}\n%%EOF\n");
        file.Write(Encoding.ASCII.GetBytes(tail.ToString()));
        return file.ToArray();
    }
}

/// <summary>Pictures in a PDF: their own compressed bytes, with the words that say how they are to be read.</summary>
internal static class PdfPictures
{
    public static int Add(PdfObjects pdf, Picture picture)
    {
        string space = picture.Colours switch
        {
            1 => "/DeviceGray",
            3 => "/DeviceRGB",
            4 => "/DeviceCMYK",
            _ => $"[/Indexed/DeviceRGB {picture.Palette.Length / 3 - 1}<{Convert.ToHexString(picture.Palette)}>]",
        };
        string filter = picture.IsJpeg ? "/Filter/DCTDecode" + (picture.Colours == 4 ? "/Decode[1 0 1 0 1 0 1 0]" : "")
            : $"/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors {Math.Max(picture.Colours, 1)}/BitsPerComponent {picture.Bits}/Columns {picture.Width}>>";
        return pdf.Add($"/Type/XObject/Subtype/Image/Width {picture.Width}/Height {picture.Height}/BitsPerComponent {picture.Bits}/ColorSpace{space}{filter}", picture.Data);
    }
}
