using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Documents;

namespace Switchyard.Tests.Documents;

/// <summary>A label as a printer draws it: its commands, followed by a small reader of ours, give the dots of the preview.</summary>
public sealed partial class ZplTests
{
    private static readonly Typeface Face = HouseTypeface.Face;

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    public void A_label_printer_draws_the_dots_of_the_preview_and_scanners_read_them(int dotsPerMm)
    {
        var sheet = new Sheet(100 * Sheet.PointsPerMm, 60 * Sheet.PointsPerMm,
        [
            new TextMark(10, 20, 14, true, "Žofie Müller-Łukasz"), new TextMark(10, 36, 8, false, "^XA^FDnot a command^XZ ~JA"),
            new LineMark(10, 42, 270, 42, 1), new AreaMark(250, 4, 20, 14, 0),
            new CodeMark(30, 50, Code128.Draw("JD0146000001234567890")!, 0.9, 50), new CodeMark(220, 110, QrCode.Draw("https://example.test")!, 1.8, 0),
        ]);
        string zpl = ZplWriter.Write([sheet], Face, dotsPerMm);
        var seen = Follow(zpl);
        var preview = Raster.Of(sheet, Face, dotsPerMm);
        (seen.Width, seen.Height).ShouldBe((preview.Width, preview.Height));
        int differing = 0;
        for (int y = 0; y < preview.Height; y++)
            for (int x = 0; x < preview.Width; x++)
                if (preview[y, x] != seen.Dots[y, x]) differing++;
        differing.ShouldBe(0);
        string[] read = DocumentTools.Barcodes(Picture.ToPng(seen.Width, seen.Height, (y, x) => seen.Dots[y, x]));
        read.ShouldContain("CODE-128:JD0146000001234567890");
        read.ShouldContain("QR-Code:https://example.test");
        zpl.ShouldNotContain("not a command");
        Regex.Count(zpl, @"\^XA").ShouldBe(1);
        zpl.Length.ShouldBeLessThan(dotsPerMm == 8 ? 14_000 : 24_000);
    }

    /// <summary>Draws what ^FO, ^GB and ^GFA say, as the programming guide describes them.</summary>
    private static (int Width, int Height, bool[,] Dots) Follow(string zpl)
    {
        int width = int.Parse(Regex.Match(zpl, @"\^PW(\d+)").Groups[1].Value, CultureInfo.InvariantCulture), height = int.Parse(Regex.Match(zpl, @"\^LL(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
        bool[,] dots = new bool[height, width];
        foreach (Match field in Field().Matches(zpl))
        {
            int left = Int(field, 1), top = Int(field, 2);
            if (field.Groups[3].Success)
            {
                for (int y = 0; y < Int(field, 4); y++)
                    for (int x = 0; x < Int(field, 3); x++)
                        if (top + y < height && left + x < width) dots[top + y, left + x] = true;
                continue;
            }
            int stride = Int(field, 7);
            var rows = Rows(field.Groups[8].Value, stride * 2);
            (rows.Count * stride).ShouldBe(Int(field, 6));
            for (int y = 0; y < rows.Count; y++)
                for (int x = 0; x < stride * 8; x++)
                    if ((Convert.ToInt32(rows[y][x / 4].ToString(), 16) >> (3 - x % 4) & 1) != 0) dots[top + y, left + x] = true;
        }
        return (width, height, dots);
    }

    private static List<string> Rows(string data, int digits)
    {
        var (rows, row, repeat) = (new List<string>(), "", 0);
        foreach (char c in data)
        {
            if (c is >= 'G' and <= 'Y') repeat += c - 'G' + 1;
            else if (c is >= 'g' and <= 'z') repeat += (c - 'g' + 1) * 20;
            else if (c == ':') rows.Add(rows[^1]);
            else
            {
                if (c is ',' or '!') row = row.PadRight(digits, c == ',' ? '0' : 'F');
                else row += new string(c, Math.Max(1, repeat));
                repeat = 0;
                if (row.Length == digits) { rows.Add(row); row = ""; }
            }
        }
        row.ShouldBeEmpty();
        return rows;
    }

    private static int Int(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\^FO(\d+),(\d+)(?:\^GB(\d+),(\d+),(\d+)|\^GFA,(\d+),\d+,(\d+),([^^]*))\^FS")]
    private static partial Regex Field();
}
