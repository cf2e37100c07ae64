using System.Globalization;
using System.Text;

namespace Switchyard.Search;

/// <summary>How texts become the words they are found by. The same for what is stored and for what is asked.</summary>
public static class TermText
{
    public const int MostCharacters = 64, MostWords = 12;

    /// <summary>Lower case without accents, so that muller finds Müller; at most 64 characters.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char c in text.Trim().Normalize(NormalizationForm.FormKD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(char.ToLowerInvariant(c));
        string whole = folded.ToString().Normalize(NormalizationForm.FormC);
        return whole.Length <= MostCharacters ? whole : whole[..(char.IsHighSurrogate(whole[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];
    }

    /// <summary>The words of a name: runs of letters, digits and what joins them inside a word.</summary>
    public static string[] Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (char c in Fold(text))
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c)) word.Append(c);
            else if (c is '\'' or '’') continue;                       // O'Hara is one word, ohara
            else End();
        }
        End();
        return [.. words.Distinct().Take(MostWords)];

        void End()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }

    /// <summary>One word, whatever is in it: an email, a SKU, a number.</summary>
    public static string[] Whole(string text) => Fold(text) is { Length: > 0 } folded ? [folded] : [];

    /// <summary>The last nine digits of a telephone number, by which it is the same with and without the country's code.</summary>
    public static string[] Phone(string text)
    {
        string digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length == 0 ? [] : [digits.Length > 9 ? digits[^9..] : digits];
    }

    /// <summary>A postcode without blanks and hyphens.</summary>
    public static string[] Postcode(string text) => string.Concat(Fold(text).Where(char.IsLetterOrDigit)) is { Length: > 0 } code ? [code] : [];

    /// <summary>The first text after all those that begin with this; null when there is none.</summary>
    /// <remarks>Texts compare by code point, as both databases do with the collation of the column.</remarks>
    public static string? After(string prefix)
    {
        for (int i = prefix.Length - 1; i >= 0; i--)
        {
            if (char.IsLowSurrogate(prefix[i]) || prefix[i] >= '\uD7FF') continue;      // drop what has no easy next one: the range is a little wider
            return prefix[..i] + (char)(prefix[i] + 1);
        }
        return null;
    }
}
