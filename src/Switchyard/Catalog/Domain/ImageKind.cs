namespace Switchyard.Catalog;

/// <summary>A picture by its own bytes: what a file is called, or what a sender says it is, decides nothing.</summary>
/// <param name="ContentType">image/png, image/jpeg, image/gif or image/webp.</param>
public readonly record struct ImageKind(string ContentType, int Width, int Height)
{
    /// <summary>The most pixels a picture may have on a side: a small file can unfold to a huge one.</summary>
    public const int MostPixels = 12_000;

    /// <summary>
    /// Reads kind and size from the beginning of a file; null when it is none of the four, or says a size that cannot be. SVG is none of them, since it
    /// can carry script.
    /// </summary>
    /// <remarks>Sources: PNG (W3C) 5.2 and 11.2.2; JPEG (ITU T.81) B.1 and B.2.2; GIF89a 17 and 18; WebP container specification (RFC 9649).</remarks>
    public static ImageKind? Of(ReadOnlySpan<byte> file)
    {
        var found = Png(file) ?? Gif(file) ?? WebP(file) ?? Jpeg(file);
        return found is { Width: > 0 and <= MostPixels, Height: > 0 and <= MostPixels } ? found : null;
    }

    private static ImageKind? Png(ReadOnlySpan<byte> file) =>
        file.Length >= 33 && file.StartsWith(PngMark) && file.Slice(12, 4).SequenceEqual("IHDR"u8)
            ? new("image/png", Big(file[16..]), Big(file[20..])) : null;

    private static ReadOnlySpan<byte> PngMark => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    private static ImageKind? Gif(ReadOnlySpan<byte> file) =>
        file.Length >= 13 && (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8)) ? new("image/gif", file[6] | file[7] << 8, file[8] | file[9] << 8) : null;

    private static ImageKind? WebP(ReadOnlySpan<byte> file)
    {
        if (file.Length < 30 || !file.StartsWith("RIFF"u8) || !file.Slice(8, 4).SequenceEqual("WEBP"u8)) return null;
        var kind = file.Slice(12, 4);
        if (kind.SequenceEqual("VP8X"u8)) return new("image/webp", 1 + Little24(file[24..]), 1 + Little24(file[27..]));
        if (kind.SequenceEqual("VP8L"u8) && file[20] == 0x2f)
        {
            uint bits = (uint)(file[21] | file[22] << 8 | file[23] << 16) | (uint)file[24] << 24;
            return new("image/webp", 1 + (int)(bits & 0x3fff), 1 + (int)(bits >> 14 & 0x3fff));
        }
        return kind.SequenceEqual("VP8 "u8) && file[23] == 0x9d && file[24] == 0x01 && file[25] == 0x2a
            ? new("image/webp", (file[26] | file[27] << 8) & 0x3fff, (file[28] | file[29] << 8) & 0x3fff) : null;
    }

    // A JPEG is a row of segments; the frame's (SOF0 to SOF15, without DHT, JPG and DAC) names the size.
    private static ImageKind? Jpeg(ReadOnlySpan<byte> file)
    {
        if (file.Length < 4 || file[0] != 0xff || file[1] != 0xd8) return null;
        for (int at = 2; at + 9 < file.Length && file[at] == 0xff;)
        {
            byte marker = file[at + 1];
            if (marker == 0xff) { at++; continue; }
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
                return new("image/jpeg", file[at + 7] << 8 | file[at + 8], file[at + 5] << 8 | file[at + 6]);
            if (marker == 0xda) return null;
            at += 2 + (file[at + 2] << 8 | file[at + 3]);
        }
        return null;
    }

    private static int Big(ReadOnlySpan<byte> four) => four[0] > 0x7f ? 0 : four[0] << 24 | four[1] << 16 | four[2] << 8 | four[3];
    private static int Little24(ReadOnlySpan<byte> three) => three[0] | three[1] << 8 | three[2] << 16;
}
