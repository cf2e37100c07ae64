using System.Buffers.Binary;
using System.IO.Compression;

namespace Switchyard.Documents;

/// <summary>A picture whose bytes go into a PDF as they are: a JPEG, or a PNG without transparency and interlacing.</summary>
/// <param name="Data">The JPEG file, or the compressed rows of the PNG.</param>
/// <param name="Colours">1 (gray), 3 (red, green, blue), 4 (JPEG of four inks), or 0 for a palette.</param>
/// <param name="Palette">Red, green, blue of each entry.</param>
public sealed record Picture(bool IsJpeg, int Width, int Height, int Bits, int Colours, byte[] Data, byte[] Palette)
{
    private const int MostSide = 10_000;

    /// <summary>Reads what kind it is; null when it is none of those that can be printed.</summary>
    public static Picture? Read(ReadOnlySpan<byte> file)
    {
        try
        {
            var read = file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg(file) : file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? Png(file) : null;
            return read is { Width: > 0 and <= MostSide, Height: > 0 and <= MostSide } ? read : null;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            return null;                                   // it ends before it says what it is
        }
    }

    /// <summary>Black and white rows as a PNG of one bit a dot.</summary>
    /// <param name="isDark">By row, then column.</param>
    public static byte[] ToPng(int width, int height, Func<int, int, bool> isDark)
    {
        int stride = (width + 7) / 8;
        byte[] rows = new byte[(stride + 1) * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                if (!isDark(y, x)) rows[y * (stride + 1) + 1 + x / 8] |= (byte)(0x80 >> (x % 8));
        var png = new List<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        head[8] = 1;
        Chunk(png, "IHDR", head);
        Chunk(png, "IDAT", Deflated(rows));
        Chunk(png, "IEND", []);
        return [.. png];
    }

    /// <summary>Compressed as PDF and PNG want it (zlib).</summary>
    public static byte[] Deflated(ReadOnlySpan<byte> data)
    {
        using var into = new MemoryStream();
        using (var zlib = new ZLibStream(into, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(data);
        return into.ToArray();
    }

    private static void Chunk(List<byte> png, string kind, byte[] data)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(kind), .. data];
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.AddRange(number);
        png.AddRange(body);
        uint crc = 0xFFFFFFFF;
        foreach (byte b in body)
        {
            crc ^= b;
            for (int k = 0; k < 8; k++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }
        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        png.AddRange(number);
    }

    private static Picture? Jpeg(ReadOnlySpan<byte> file)
    {
        for (int at = 2; ;)
        {
            int marker = file[at + 1], length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (file[at] != 0xFF || length < 2) return null;
            // Start of frame, all kinds but the tables (C4, C8, CC) that share its numbers.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                int colours = file[at + 9];
                return colours is not (1 or 3 or 4) || file[at + 4] != 8 ? null
                    : new Picture(true, BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]), 8, colours, file.ToArray(), []);
            }
            at += 2 + length;
        }
    }

    private static Picture? Png(ReadOnlySpan<byte> file)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(file[16..]), height = BinaryPrimitives.ReadInt32BigEndian(file[20..]);
        int bits = file[24], kind = file[25];
        if (kind is not (0 or 2 or 3) || bits is not (1 or 2 or 4 or 8) || file[28] != 0) return null;
        var (data, palette) = (new List<byte>(), Array.Empty<byte>());
        for (int at = 8; ;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            string name = System.Text.Encoding.ASCII.GetString(file.Slice(at + 4, 4));
            var body = file.Slice(at + 8, length);
            if (name == "IDAT") data.AddRange(body);
            if (name == "PLTE") palette = body.ToArray();
            if (name == "tRNS") return null;
            if (name == "IEND") break;
            at += 12 + length;
        }
        return kind == 3 && palette.Length == 0 ? null : new Picture(false, width, height, bits, kind switch { 0 => 1, 2 => 3, _ => 0 }, [.. data], palette);
    }
}
