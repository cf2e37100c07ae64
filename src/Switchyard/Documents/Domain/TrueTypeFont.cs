using System.Buffers.Binary;

namespace Switchyard.Documents;

/// <summary>A TrueType font: which outline a character has, how wide it is, and the tables a subset is made of.</summary>
/// <remarks>Source: OpenType 1.9, tables head, hhea, hmtx, maxp, cmap (formats 4 and 12), loca, glyf.</remarks>
public sealed class TrueTypeFont
{
    private readonly byte[] _data;
    private readonly Dictionary<string, (int At, int Length)> _tables = [];
    private readonly ushort[] _basic = new ushort[0x10000];
    private readonly Dictionary<int, ushort> _beyond = [];
    private readonly int[] _widths;
    private readonly int _longMetrics;
    private readonly bool _hasLongOffsets;

    /// <param name="data">The whole file.</param>
    /// <exception cref="FormatException">It is not a TrueType font with outlines.</exception>
    public TrueTypeFont(byte[] data)
    {
        _data = data;
        if (data.Length < 12 || U32(0) is not (0x00010000 or 0x74727565)) throw new FormatException("Not a TrueType font.");
        for (int i = 0, count = U16(4); i < count; i++)
        {
            int at = 12 + 16 * i;
            _tables[System.Text.Encoding.ASCII.GetString(data, at, 4)] = ((int)U32(at + 8), (int)U32(at + 12));
        }
        int head = At("head");
        UnitsPerEm = U16(head + 18);
        Box = (I16(head + 36), I16(head + 38), I16(head + 40), I16(head + 42));
        _hasLongOffsets = U16(head + 50) == 1;
        Ascent = I16(At("hhea") + 4);
        Descent = I16(At("hhea") + 6);
        _longMetrics = U16(At("hhea") + 34);
        Glyphs = U16(At("maxp") + 4);
        int hmtx = At("hmtx");
        _widths = [.. Enumerable.Range(0, _longMetrics).Select(g => (U16(hmtx + 4 * g) * 1000 + UnitsPerEm / 2) / UnitsPerEm)];
        ReadCharacters();
    }

    public int UnitsPerEm { get; }
    public int Ascent { get; }
    public int Descent { get; }
    public int Glyphs { get; }
    public (int Left, int Bottom, int Right, int Top) Box { get; }

    /// <summary>The outline of a character; 0 (the box of the missing one) where the font has none.</summary>
    public int GlyphOf(int codePoint) => codePoint < 0x10000 ? _basic[codePoint] : _beyond.GetValueOrDefault(codePoint);

    /// <summary>How far the pen goes after an outline, in thousandths of the size.</summary>
    public int WidthOf(int glyph) => _widths[Math.Min(glyph, _widths.Length - 1)];

    /// <summary>The bytes of an outline; empty for a blank.</summary>
    public ReadOnlySpan<byte> Outline(int glyph)
    {
        int loca = At("loca");
        var (from, to) = _hasLongOffsets
            ? ((int)U32(loca + 4 * glyph), (int)U32(loca + 4 * glyph + 4))
            : (U16(loca + 2 * glyph) * 2, U16(loca + 2 * glyph + 2) * 2);
        return _data.AsSpan(At("glyf") + from, to - from);
    }

    /// <summary>The outlines a composed outline is made of, with the place of each number in its bytes.</summary>
    public static IEnumerable<(int Glyph, int At)> Parts(byte[] outline)
    {
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0) yield break;
        for (int at = 10, flags = 0x20; (flags & 0x20) != 0;)
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at));
            yield return (BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at + 2)), at + 2);
            at += 4 + ((flags & 1) != 0 ? 4 : 2) + ((flags & 8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
        }
    }

    /// <summary>
    /// A font with these outlines and what they are composed of, numbered anew: the first is the missing one, then as given, then their parts.
    /// </summary>
    /// <param name="glyphs">Outlines of this font, each once, the first of them 0.</param>
    public byte[] Subset(IReadOnlyList<int> glyphs)
    {
        var order = glyphs.ToList();
        var place = order.Select((g, i) => (g, i)).ToDictionary(p => p.g, p => p.i);
        var outlines = new List<byte[]>();
        for (int i = 0; i < order.Count; i++)
        {
            byte[] outline = Outline(order[i]).ToArray();
            foreach (var (part, at) in Parts(outline))
            {
                if (!place.TryGetValue(part, out int known)) { place[part] = known = order.Count; order.Add(part); }
                BinaryPrimitives.WriteUInt16BigEndian(outline.AsSpan(at), (ushort)known);
            }
            outlines.Add(outline);
        }
        var (glyf, loca, hmtx) = (new List<byte>(), new List<byte>(), new List<byte>());
        foreach (var (outline, glyph) in outlines.Zip(order))
        {
            Add32(loca, (uint)glyf.Count);
            glyf.AddRange(outline);
            while (glyf.Count % 4 != 0) glyf.Add(0);
            int metric = At("hmtx") + 4 * Math.Min(glyph, _longMetrics - 1);
            hmtx.AddRange(_data.AsSpan(metric, 2));
            int bearing = glyph < _longMetrics ? metric + 2 : At("hmtx") + 4 * _longMetrics + 2 * (glyph - _longMetrics);
            hmtx.AddRange(_data.AsSpan(bearing, 2));
        }
        Add32(loca, (uint)glyf.Count);
        byte[] head = Table("head"), hhea = Table("hhea"), maxp = Table("maxp");
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(50), 1);
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)order.Count);
        BinaryPrimitives.WriteUInt16BigEndian(maxp.AsSpan(4), (ushort)order.Count);
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["head"] = head, ["hhea"] = hhea, ["maxp"] = maxp, ["hmtx"] = [.. hmtx], ["loca"] = [.. loca], ["glyf"] = [.. glyf],
        };
        foreach (string hints in new[] { "cvt ", "fpgm", "prep" }) if (_tables.ContainsKey(hints)) tables[hints] = Table(hints);
        return Assemble(tables);
    }

    private static byte[] Assemble(SortedDictionary<string, byte[]> tables)
    {
        BinaryPrimitives.WriteUInt32BigEndian(tables["head"].AsSpan(8), 0);
        var (directory, body) = (new List<byte>(), new List<byte>());
        int power = (int)Math.Log2(tables.Count);
        Add32(directory, 0x00010000);
        foreach (int number in new[] { tables.Count, 16 << power, power, 16 * tables.Count - (16 << power) }) Add16(directory, number);
        int start = 12 + 16 * tables.Count;
        foreach (var (name, table) in tables)
        {
            directory.AddRange(System.Text.Encoding.ASCII.GetBytes(name));
            Add32(directory, Sum(table));
            Add32(directory, (uint)(start + body.Count));
            Add32(directory, (uint)table.Length);
            body.AddRange(table);
            while (body.Count % 4 != 0) body.Add(0);
        }
        return [.. directory, .. body];
    }

    private static uint Sum(byte[] table)
    {
        uint sum = 0;
        for (int i = 0; i < table.Length; i++) sum = unchecked(sum + ((uint)table[i] << (8 * (3 - i % 4))));
        return sum;
    }

    private void ReadCharacters()
    {
        int cmap = At("cmap");
        for (int i = 0, count = U16(cmap + 2); i < count; i++)
        {
            int at = cmap + (int)U32(cmap + 4 + 8 * i + 4);
            if (U16(at) == 4) ReadSegments(at);
            else if (U16(at) == 12) ReadGroups(at);
        }
    }

    private void ReadSegments(int at)
    {
        int twice = U16(at + 6), ends = at + 14, starts = ends + twice + 2, deltas = starts + twice, offsets = deltas + twice;
        for (int s = 0; s < twice; s += 2)
        {
            int end = U16(ends + s), start = U16(starts + s), delta = U16(deltas + s), offset = U16(offsets + s);
            for (int c = start; c <= end && c != 0xFFFF; c++)
            {
                int glyph = offset == 0 ? c : U16(offsets + s + offset + 2 * (c - start));
                if (glyph != 0 || offset == 0) _basic[c] = (ushort)((glyph + delta) & 0xFFFF);
            }
        }
    }

    private void ReadGroups(int at)
    {
        for (uint i = 0, count = U32(at + 12); i < count; i++)
        {
            int group = at + 16 + 12 * (int)i;
            int start = (int)U32(group), end = (int)U32(group + 4), glyph = (int)U32(group + 8);
            for (int c = start; c <= end; c++)
            {
                if (c < 0x10000) _basic[c] = (ushort)(glyph + c - start);
                else _beyond[c] = (ushort)(glyph + c - start);
            }
        }
    }

    private byte[] Table(string name) => _data.AsSpan(At(name), _tables[name].Length).ToArray();
    private int At(string table) => _tables.TryGetValue(table, out var t) ? t.At : throw new FormatException($"The font has no table {table}.");
    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(at));
    private short I16(int at) => BinaryPrimitives.ReadInt16BigEndian(_data.AsSpan(at));
    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_data.AsSpan(at));

    private static void Add16(List<byte> to, int value) => to.AddRange([(byte)(value >> 8), (byte)(value & 0xFF)]);

    private static void Add32(List<byte> to, uint value)
    {
        for (int shift = 24; shift >= 0; shift -= 8) to.Add((byte)((value >> shift) & 0xFF));
    }
}
