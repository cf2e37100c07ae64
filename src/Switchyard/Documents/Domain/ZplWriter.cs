using System.Globalization;
using System.Text;

namespace Switchyard.Documents;

/// <summary>
/// Writes sheets for label printers that speak ZPL II. Lines and areas are ^GB; barcodes and texts are ^GFA with the dots we worked out,
/// so that every printer prints the same letters and bars, whatever fonts it has.
/// </summary>
/// <remarks>Source: Zebra, ZPL II Programming Guide: ^GF with its alternative data compression, ^GB, ^PW, ^LL, ^PQ.</remarks>
public static class ZplWriter
{
    /// <summary>The dots in a millimetre of the resolutions there are.</summary>
    public static int? DotsPerMm(int dpi) => dpi switch { 203 => 8, 300 => 12, _ => null };

    public static string Write(IReadOnlyList<Sheet> sheets, Typeface face, int dotsPerMm)
    {
        double scale = dotsPerMm / Sheet.PointsPerMm;
        var zpl = new StringBuilder();
        foreach (var sheet in sheets)
        {
            int width = (int)Math.Ceiling(sheet.Width * scale - 0.01), height = (int)Math.Ceiling(sheet.Height * scale - 0.01);
            zpl.Append(CultureInfo.InvariantCulture, $"^XA\n^PW{width}\n^LL{height}\n^LH0,0\n");
            foreach (var mark in sheet.Marks)
            {
                if (mark is LineMark or AreaMark) AddBox(zpl, mark, scale);
                else if (mark is TextMark or CodeMark) AddDots(zpl, mark, face, scale, width, height);
            }
            zpl.Append("^PQ1\n^XZ\n");
        }
        return zpl.ToString();
    }

    private static void AddBox(StringBuilder zpl, Mark mark, double scale)
    {
        var (x, y, width, height) = mark switch
        {
            LineMark l => (Math.Min(l.X1, l.X2), Math.Min(l.Y1, l.Y2), Math.Abs(l.X2 - l.X1), Math.Abs(l.Y2 - l.Y1)),
            AreaMark { Gray: < 0.5 } a => (a.X, a.Y, a.Width, a.Height),
            _ => (0, 0, 0, 0),
        };
        if (width + height <= 0) return;
        int thin = Math.Max(1, Dots(mark is LineMark line ? line.Thickness * scale : 1));
        int w = Math.Max(thin, Dots(width * scale)), h = Math.Max(thin, Dots(height * scale));
        zpl.Append(CultureInfo.InvariantCulture, $"^FO{Dots(x * scale)},{Dots(y * scale)}^GB{w},{h},{Math.Min(w, h)}^FS\n");
    }

    private static void AddDots(StringBuilder zpl, Mark mark, Typeface face, double scale, int width, int height)
    {
        if (Raster.Of(mark, face, scale, width, height) is not var (dots, x, y)) return;
        int stride = (dots.Width + 7) / 8, total = stride * dots.Height;
        zpl.Append(CultureInfo.InvariantCulture, $"^FO{x},{y}^GFA,{total},{total},{stride},");
        string last = "";
        for (int row = 0; row < dots.Height; row++)
        {
            string digits = Digits(dots, row, stride);
            zpl.Append(digits == last ? ":" : Compressed(digits));
            last = digits;
        }
        zpl.Append("^FS\n");
    }

    private static string Digits(Raster dots, int row, int stride)
    {
        Span<byte> bytes = stackalloc byte[stride];
        for (int x = 0; x < dots.Width; x++) if (dots[row, x]) bytes[x / 8] |= (byte)(0x80 >> (x % 8));
        return Convert.ToHexString(bytes);
    }

    // G to Y stand for 1 to 19 times the next digit, g to z for 20 to 400 times; "," fills a row with zeros and "!" with ones.
    private static string Compressed(string digits)
    {
        string body = digits.TrimEnd('0'), end = body.Length < digits.Length ? "," : "";
        if (end.Length == 0 && digits.TrimEnd('F') is var ones && ones.Length < digits.Length - 1) (body, end) = (ones, "!");
        var row = new StringBuilder();
        for (int i = 0; i < body.Length;)
        {
            int run = 1;
            while (i + run < body.Length && body[i + run] == body[i]) run++;
            int left = run;
            while (left > 419) { row.Append('z').Append(body[i]); left -= 400; }
            if (left > 2)
            {
                if (left >= 20) row.Append((char)('g' + left / 20 - 1));
                if (left % 20 > 0) row.Append((char)('G' + left % 20 - 1));
                row.Append(body[i]);
            }
            else row.Append(body[i], left);
            i += run;
        }
        return row + end;
    }

    private static int Dots(double length) => (int)Math.Round(length, MidpointRounding.AwayFromZero);
}
