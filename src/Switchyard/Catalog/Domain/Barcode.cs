using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>A code on a box: as it is printed, the key scans are compared by, and its kind.</summary>
/// <param name="Text">As given, without outer blanks.</param>
/// <param name="Key">A GTIN padded with zeros to 14 digits, so that GTIN-12 and its 13-digit form are one; any other code as it is.</param>
/// <param name="Kind"><c>gtin8</c>, <c>gtin12</c>, <c>gtin13</c>, <c>gtin14</c> or <c>code</c>.</param>
public readonly record struct Barcode(string Text, string Key, string Kind)
{
    public const int MostCharacters = 80;

    /// <summary>Reads a barcode; 8, 12, 13 or 14 digits are a GTIN and must have the right check digit.</summary>
    /// <remarks>Errors: barcode.empty, barcode.too_long, barcode.not_text, barcode.check_digit.
    /// Source: GS1 General Specifications, 7.9 (standard check digit).</remarks>
    public static Result<Barcode> Parse(string? text)
    {
        text = text?.Trim() ?? "";
        if (text.Length == 0) return Error.Invalid("barcode.empty", "A barcode is required.");
        if (text.Length > MostCharacters)
            return Error.Invalid("barcode.too_long", $"A barcode may have at most {MostCharacters} characters.");
        if (!Kernel.Text.IsStorable(text) || text.Any(char.IsControl))
            return Error.Invalid("barcode.not_text", "A barcode may hold only visible characters.");
        if (text.Length is not (8 or 12 or 13 or 14) || !text.All(char.IsAsciiDigit)) return new Barcode(text, text, "code");

        int right = Gs1.CheckDigit(text.AsSpan(0, text.Length - 1));
        if (text[^1] - '0' != right)
            return Error.Invalid("barcode.check_digit", $"{text} has the wrong check digit: the last digit should be {right}.");
        return new Barcode(text, text.PadLeft(14, '0'), "gtin" + Kernel.Text.Invariant(text.Length));
    }
}
