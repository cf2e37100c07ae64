using System.Globalization;
using System.Text;

namespace Switchyard.Kernel;

/// <summary>The one rule by which texts from outside are compared and accepted.</summary>
public static class Text
{
    /// <summary>The key a SKU or code is compared by: NFC, without outer blanks, upper case by the invariant rules.</summary>
    public static string Key(string text)
    {
        string trimmed = text.Trim();
        return (IsStorable(trimmed) ? trimmed.Normalize(NormalizationForm.FormC) : trimmed).ToUpperInvariant();
    }

    /// <summary>Can both databases hold it, and can it be compared? No U+0000, no half of a surrogate pair, no U+FFFE (no character in any normal form).</summary>
    public static bool IsStorable(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '\0' or '\uFFFE' || char.IsLowSurrogate(c)) return false;
            if (!char.IsHighSurrogate(c)) continue;
            if (i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
            i++;
        }
        return true;
    }

    /// <summary>Is it a name for machines: 1 to 64 visible characters without blanks or control characters?</summary>
    public static bool IsCode(string text) =>
        text.Length is > 0 and <= 64 && IsStorable(text) && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));

    /// <summary>
    /// What somebody outside said, as it can be kept and shown: without characters that no database stores and those that steer a terminal, and ended between two characters where it is too long. Null: nothing is left.
    /// </summary>
    public static string? Cut(string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var plain = new StringBuilder(Math.Min(text.Length, most));
        foreach (var rune in text.Trim().EnumerateRunes())
        {
            if (rune.Value is '\0' or '\uFFFE' || Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) continue;
            if (plain.Length + rune.Utf16SequenceLength > most) break;
            plain.Append(rune);
        }
        return plain.Length == 0 ? null : plain.ToString();
    }

    public static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);
}
