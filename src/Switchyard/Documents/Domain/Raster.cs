namespace Switchyard.Documents;

/// <summary>A sheet as the dots of a thermal printer: black or white. The preview picture and ZPL are made of it.</summary>
public sealed class Raster
{
    private readonly bool[] _dots;
    private readonly int _left, _top;

    private Raster(int width, int height, int left = 0, int top = 0) => (Width, Height, _left, _top, _dots) = (width, height, left, top, new bool[width * height]);

    public int Width { get; }
    public int Height { get; }
    public bool this[int y, int x] => _dots[y * Width + x];

    /// <param name="dotsPerMm">8 at 203 dpi, 12 at 300 dpi.</param>
    public static Raster Of(Sheet sheet, Typeface face, int dotsPerMm)
    {
        double scale = dotsPerMm / Sheet.PointsPerMm;
        var raster = new Raster((int)Math.Ceiling(sheet.Width * scale - 0.01), (int)Math.Ceiling(sheet.Height * scale - 0.01));
        foreach (var mark in sheet.Marks) raster.Draw(mark, face, scale);
        return raster;
    }

    /// <summary>A text or a barcode by itself, cut to what it covers, and where it stands. Null when it leaves no dot on the sheet.</summary>
    internal static (Raster Dots, int X, int Y)? Of(Mark mark, Typeface face, double scale, int width, int height)
    {
        var (x, y, wide, high) = mark switch
        {
            TextMark t => (t.X - t.Size, t.Y - 1.3 * t.Size, face.Measure(t.Text, t.Size, t.IsBold) + 2 * t.Size, 2 * t.Size),
            CodeMark c => (c.X - c.Symbol.Columns * c.Module * 0.2 - 2, c.Y - 2, c.Symbol.Columns * c.Module * 1.5 + 4, Math.Max(c.Height, c.Symbol.Rows.Count * c.Module * 1.3) + 4),
            _ => (0, 0, 0, 0),
        };
        int fromX = Math.Clamp((int)(x * scale), 0, width), fromY = Math.Clamp((int)(y * scale), 0, height);
        int toX = Math.Clamp((int)((x + wide) * scale) + 1, fromX, width), toY = Math.Clamp((int)((y + high) * scale) + 1, fromY, height);
        var whole = new Raster(toX - fromX, toY - fromY, fromX, fromY);
        whole.Draw(mark, face, scale);
        int left = whole.Width, right = -1, top = whole.Height, bottom = -1;
        for (int row = 0; row < whole.Height; row++)
            for (int column = 0; column < whole.Width; column++)
                if (whole[row, column]) (left, right, top, bottom) = (Math.Min(left, column), Math.Max(right, column), Math.Min(top, row), Math.Max(bottom, row));
        if (right < 0) return null;
        var cut = new Raster(right - left + 1, bottom - top + 1);
        for (int row = 0; row < cut.Height; row++) Array.Copy(whole._dots, (top + row) * whole.Width + left, cut._dots, row * cut.Width, cut.Width);
        return (cut, fromX + left, fromY + top);
    }

    public byte[] ToPng() => Picture.ToPng(Width, Height, (y, x) => this[y, x]);

    private void Draw(Mark mark, Typeface face, double scale)
    {
        switch (mark)
        {
            case TextMark text: DrawText(text, face, scale); break;
            case LineMark line:
                int thick = Math.Max(1, Dots(line.Thickness * scale));
                int x = Dots(Math.Min(line.X1, line.X2) * scale), y = Dots(Math.Min(line.Y1, line.Y2) * scale);
                Fill(x, y, Math.Max(thick, Dots(Math.Abs(line.X2 - line.X1) * scale)), Math.Max(thick, Dots(Math.Abs(line.Y2 - line.Y1) * scale)));
                break;
            case AreaMark { Gray: < 0.5 } area:
                Fill(Dots(area.X * scale), Dots(area.Y * scale), Dots(area.Width * scale), Dots(area.Height * scale));
                break;
            case CodeMark code: DrawCode(code, scale); break;
        }
    }

    // Every module has the same whole number of dots, or a scanner would read other widths than were meant.
    private void DrawCode(CodeMark code, double scale)
    {
        int module = ModuleDots(code, scale), left = Dots(code.X * scale), top = Dots(code.Y * scale);
        int height = code.Symbol.IsLinear ? Dots(code.Height * scale) : module;
        // What rounding took or gave is shared out at both sides.
        left += (Dots(code.Symbol.Columns * code.Module * scale) - code.Symbol.Columns * module) / 2;
        for (int y = 0; y < code.Symbol.Rows.Count; y++)
            for (int x = 0; x < code.Symbol.Columns; x++)
                if (code.Symbol.Rows[y][x]) Fill(left + x * module, top + y * height, module, height);
    }

    internal static int ModuleDots(CodeMark code, double scale) => Math.Max(1, (int)(code.Module * scale + 0.2));

    private void DrawText(TextMark text, Typeface face, double scale)
    {
        var font = face.Of(text.IsBold);
        double x = text.X * scale, size = text.Size * scale;
        foreach (var rune in text.Text.EnumerateRunes())
        {
            int glyph = font.GlyphOf(rune.Value);
            GlyphShape.Fill(GlyphShape.Of(font, glyph), size / font.UnitsPerEm, Dots(x), Dots(text.Y * scale), Set);
            x += font.WidthOf(glyph) * size / 1000;
        }
    }

    private static int Dots(double length) => (int)Math.Round(length, MidpointRounding.AwayFromZero);

    private void Fill(int x, int y, int width, int height)
    {
        for (int row = y; row < y + height; row++)
            for (int column = x; column < x + width; column++) Set(row, column);
    }

    private void Set(int y, int x)
    {
        (y, x) = (y - _top, x - _left);
        if (y >= 0 && y < Height && x >= 0 && x < Width) _dots[y * Width + x] = true;
    }
}
