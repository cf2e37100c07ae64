using System.Buffers.Binary;

namespace Switchyard.Documents;

/// <summary>The outline of a character as straight pieces, and the dots inside it.</summary>
/// <remarks>Source: OpenType 1.9, table glyf: quadratic curves with implied points, filled where the winding number is not zero.</remarks>
internal static class GlyphShape
{
    private const int PiecesOfACurve = 6, MostDepth = 4;

    public static List<(double X1, double Y1, double X2, double Y2)> Of(TrueTypeFont font, int glyph)
    {
        var pieces = new List<(double, double, double, double)>();
        Add(font, glyph, 0, 0, 1, pieces, 0);
        return pieces;
    }

    /// <summary>Sets the dots whose middle is inside, the foot of the character at <paramref name="left"/>, <paramref name="foot"/>.</summary>
    public static void Fill(List<(double X1, double Y1, double X2, double Y2)> pieces, double scale, int left, int foot, Action<int, int> set)
    {
        if (pieces.Count == 0) return;
        int top = (int)Math.Floor(-pieces.Max(p => Math.Max(p.Y1, p.Y2)) * scale), bottom = (int)Math.Ceiling(-pieces.Min(p => Math.Min(p.Y1, p.Y2)) * scale);
        var crossings = new List<(double X, int Winding)>();
        for (int row = top; row <= bottom; row++)
        {
            double y = -(row + 0.5) / scale;
            crossings.Clear();
            foreach (var (x1, y1, x2, y2) in pieces)
                if (y1 <= y != y2 <= y) crossings.Add(((x1 + (y - y1) / (y2 - y1) * (x2 - x1)) * scale, y2 > y1 ? 1 : -1));
            crossings.Sort((a, b) => a.X.CompareTo(b.X));
            for (int i = 0, winding = 0; i + 1 < crossings.Count; i++)
            {
                winding += crossings[i].Winding;
                if (winding == 0) continue;
                for (int x = (int)Math.Ceiling(crossings[i].X - 0.5); x + 0.5 < crossings[i + 1].X; x++) set(foot + row, left + x);
            }
        }
    }

    private static void Add(TrueTypeFont font, int glyph, double dx, double dy, double scale, List<(double, double, double, double)> pieces, int depth)
    {
        byte[] data = font.Outline(glyph).ToArray();
        if (data.Length < 10 || depth > MostDepth) return;
        int contours = I16(data, 0);
        if (contours >= 0) { AddSimple(data, contours, dx, dy, scale, pieces); return; }
        foreach (var (part, at) in TrueTypeFont.Parts(data))
        {
            int flags = U16(data, at - 2), after = at + 2;
            var (x, y) = (flags & 1) != 0 ? (I16(data, after), I16(data, after + 2)) : (unchecked((sbyte)data[after]), unchecked((sbyte)data[after + 1]));
            after += (flags & 1) != 0 ? 4 : 2;
            double own = (flags & 8) != 0 ? I16(data, after) / 16384.0 : 1;
            Add(font, part, dx + x * scale, dy + y * scale, scale * own, pieces, depth + 1);
        }
    }

    private static void AddSimple(byte[] data, int contours, double dx, double dy, double scale, List<(double, double, double, double)> pieces)
    {
        if (contours == 0) return;
        int at = 10 + 2 * contours, points = U16(data, at - 2) + 1;
        at += 2 + U16(data, at);
        byte[] flags = new byte[points];
        for (int i = 0; i < points;)
        {
            byte flag = data[at++];
            int times = (flag & 8) != 0 ? data[at++] + 1 : 1;
            while (times-- > 0 && i < points) flags[i++] = flag;
        }
        double[] xs = Coordinates(data, flags, ref at, 2, 16), ys = Coordinates(data, flags, ref at, 4, 32);
        for (int c = 0, from = 0; c < contours; c++)
        {
            int to = U16(data, 10 + 2 * c);
            var contour = Enumerable.Range(from, to - from + 1).Select(i => (X: xs[i] * scale + dx, Y: ys[i] * scale + dy, IsOn: (flags[i] & 1) != 0)).ToList();
            AddContour(contour, pieces);
            from = to + 1;
        }
    }

    private static double[] Coordinates(byte[] data, byte[] flags, ref int at, int isShort, int isSame)
    {
        double[] found = new double[flags.Length];
        int value = 0;
        for (int i = 0; i < flags.Length; i++)
        {
            if ((flags[i] & isShort) != 0) value += (flags[i] & isSame) != 0 ? data[at++] : -data[at++];
            else if ((flags[i] & isSame) == 0) { value += I16(data, at); at += 2; }
            found[i] = value;
        }
        return found;
    }

    // Between two points off the line there is one on it, half way.
    private static void AddContour(List<(double X, double Y, bool IsOn)> contour, List<(double, double, double, double)> pieces)
    {
        if (contour.Count < 2) return;
        int first = contour.FindIndex(p => p.IsOn);
        if (first < 0) { contour.Insert(0, ((contour[0].X + contour[^1].X) / 2, (contour[0].Y + contour[^1].Y) / 2, true)); first = 0; }
        var pen = contour[first];
        for (int i = 1; i <= contour.Count; i++)
        {
            var point = contour[(first + i) % contour.Count];
            if (point.IsOn) { pieces.Add((pen.X, pen.Y, point.X, point.Y)); pen = point; continue; }
            var next = contour[(first + i + 1) % contour.Count];
            var end = next.IsOn ? next : ((point.X + next.X) / 2, (point.Y + next.Y) / 2, IsOn: true);
            for (int k = 1; k <= PiecesOfACurve; k++)
            {
                double t = (double)k / PiecesOfACurve, u = 1 - t;
                double x = u * u * pen.X + 2 * u * t * point.X + t * t * end.Item1, y = u * u * pen.Y + 2 * u * t * point.Y + t * t * end.Item2;
                double px = pieces.Count > 0 && k > 1 ? pieces[^1].Item3 : pen.X, py = pieces.Count > 0 && k > 1 ? pieces[^1].Item4 : pen.Y;
                pieces.Add((px, py, x, y));
            }
            pen = end;
            if (next.IsOn) i++;
        }
    }

    private static int U16(byte[] data, int at) => BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(at));
    private static int I16(byte[] data, int at) => BinaryPrimitives.ReadInt16BigEndian(data.AsSpan(at));
}
