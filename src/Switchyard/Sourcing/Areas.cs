using System.Text.RegularExpressions;

namespace Switchyard.Sourcing;

/// <summary>How postcodes and their prefixes are compared. Pure.</summary>
public static partial class Areas
{
    /// <summary>The form in which a postcode is compared: upper case; a British one as <c>KW1 5AA</c>, any other without blanks and hyphens.</summary>
    /// <remarks>The blank matters in Britain: KW1 5AA is in Wick and KW15 1AA on Orkney. The inward part is always a digit and two letters.
    /// Source: BS 7666, Royal Mail Programmers' Guide to PAF.</remarks>
    public static string Postcode(string country, string text)
    {
        string bare = Bare(text);
        return country == "GB" && British().IsMatch(bare) ? $"{bare[..^3]} {bare[^3..]}" : bare;
    }

    /// <summary>The same form for the beginning of a postcode, as an area has it.</summary>
    public static string Prefix(string country, string text)
    {
        string bare = Bare(text), trimmed = text.Trim().ToUpperInvariant();
        if (country != "GB") return bare;
        if (British().IsMatch(bare)) return Postcode(country, text);
        // KW15 1 begins a sector; in KW 15 the blank says nothing.
        var sector = Sector().Match(trimmed);
        return sector.Success ? $"{sector.Groups[1].Value} {sector.Groups[2].Value}" : bare;
    }

    /// <summary>Would this cut a British district in two? M1 is not the beginning of M11, though W1 is of W1A.</summary>
    public static bool CutsDistrict(string country, string postcode, int length) =>
        country == "GB" && length > 0 && length < postcode.Length && char.IsAsciiDigit(postcode[length - 1]) && char.IsAsciiDigit(postcode[length]);

    /// <summary>The beginnings of a postcode by which areas are looked up, the longest first, the empty one last; none that cuts a British district.</summary>
    public static IEnumerable<string> Beginnings(string country, string? postcode, int longest)
    {
        string code = Postcode(country, postcode ?? "");
        for (int length = Math.Min(code.Length, longest); length >= 0; length--)
            if (!CutsDistrict(country, code, length)) yield return code[..length];
    }

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();

    [GeneratedRegex(@"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}\z")]
    private static partial Regex British();

    [GeneratedRegex(@"^([A-Z]{1,2}[0-9][A-Z0-9]?)\s+([0-9][A-Z]?)\z")]
    private static partial Regex Sector();
}
