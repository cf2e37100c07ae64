using QRCoder;

namespace Switchyard.Documents;

/// <summary>QR codes, by QRCoder, with correction level M.</summary>
public static class QrCode
{
    /// <summary>What the largest code holds at this level, in bytes.</summary>
    private const int MostBytes = 2_331;

    /// <summary>The modules of a text; null when it is empty or too long.</summary>
    public static Symbol? Draw(string text, string reading = "")
    {
        if (text.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(text) > MostBytes) return null;
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true,
            eciMode: text.All(char.IsAscii) ? QRCodeGenerator.EciMode.Default : QRCodeGenerator.EciMode.Utf8);
        // QRCoder's matrix carries the four quiet modules already.
        var rows = code.ModuleMatrix.Cast<System.Collections.BitArray>().Skip(4).Take(code.ModuleMatrix.Count - 8)
            .Select(row => Enumerable.Range(4, row.Count - 8).Select(x => row[x]).ToArray()).ToList();
        return new Symbol(rows, 4, reading);
    }
}
