using System.Text.RegularExpressions;

namespace Switchyard.Orders;

/// <summary>What an address in a country must have, and how its postcodes look. Pure.</summary>
public static partial class AddressFormats
{
    /// <param name="Forms">Empty: the country has no postcodes, or any is taken.</param>
    private sealed record Format(IReadOnlyList<string> Forms, bool NeedsPostcode, bool NeedsTown);

    // Royal Mail's postcode areas, with those of the forces (BF) and of large receivers (BX).
    private static readonly HashSet<string> Areas =
    [
        .. ("AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP "
            + "HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK "
            + "SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE").Split(' '),
    ];

    private static readonly Dictionary<string, Format> Countries = Read(AddressFormatTable.Lines);

    /// <summary>Is it a country by two capital letters (ISO 3166-1)?</summary>
    public static bool IsCountry(string country) => Countries.ContainsKey(country);

    /// <summary>Does mail in this country need a town, beside or without a postcode?</summary>
    public static bool NeedsTown(string country) => !Countries.TryGetValue(country, out var format) || format.NeedsTown;

    public static bool NeedsPostcode(string country) => Countries.TryGetValue(country, out var format) && format.NeedsPostcode;

    /// <summary>Can this be a postcode of the country? True for countries without postcodes and for those we do not know.</summary>
    public static bool IsPostcode(string country, string postcode)
    {
        if (!Countries.TryGetValue(country, out var format)) return true;
        string bare = Bare(postcode);
        if (country is "GB" or "GG" or "JE" or "IM") return IsBritish(country, bare);
        return format.Forms.Count == 0 || format.Forms.Any(form => Fits(form, bare));
    }

    /// <summary>Upper case without blanks and hyphens, as postcodes are compared.</summary>
    public static string Bare(string postcode) => string.Concat(postcode.Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();

    /// <summary>Does the line name a post-office box? Parcels of most carriers cannot go there.</summary>
    public static bool IsPostBox(string? line) => line is not null && PostBox().IsMatch(line);

    /// <remarks>Source: BS 7666 and Royal Mail's Programmers' Guide to PAF: the letters CIKMOV never stand in the inward part.</remarks>
    private static bool IsBritish(string country, string bare)
    {
        if (bare == "GIR0AA" || Forces().IsMatch(bare)) return country == "GB";
        var match = British().Match(bare);
        if (!match.Success) return false;
        string area = match.Groups[1].Value;
        return country switch { "GG" => area == "GY", "JE" => area == "JE", "IM" => area == "IM", _ => Areas.Contains(area) };
    }

    private static bool Fits(string form, string bare)
    {
        if (form.Length != bare.Length) return false;
        for (int i = 0; i < form.Length; i++)
        {
            bool fits = form[i] switch
            {
                '#' => char.IsAsciiDigit(bare[i]),
                '@' => char.IsAsciiLetterUpper(bare[i]),
                '*' => char.IsAsciiLetterUpper(bare[i]) || char.IsAsciiDigit(bare[i]),
                var literal => literal == bare[i],
            };
            if (!fits) return false;
        }
        return true;
    }

    private static Dictionary<string, Format> Read(string table)
    {
        var countries = new Dictionary<string, Format>(StringComparer.Ordinal);
        foreach (string island in (ReadOnlySpan<string>)["GB", "GG", "JE", "IM"]) countries[island] = new Format([], NeedsPostcode: true, NeedsTown: true);
        IReadOnlyList<string> forms = [];
        foreach (string line in table.Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            bool isNext = line.StartsWith(' ');
            if (!isNext) forms = words[0] == "~" ? [] : words[0].Split('|');
            foreach (string word in words.Skip(isNext ? 0 : 1))
                countries[word[..2]] = new Format(forms, word.Contains('!', StringComparison.Ordinal), !word.Contains('-', StringComparison.Ordinal));
        }
        return countries;
    }

    [GeneratedRegex(@"^([A-Z]{1,2})[0-9][A-Z0-9]?[0-9][ABD-HJLNP-UW-Z]{2}\z")]
    private static partial Regex British();

    [GeneratedRegex(@"^BFPO[0-9]{1,4}\z")]
    private static partial Regex Forces();

    [GeneratedRegex(@"\b(P\.?\s*O\.?\s*BOX|POST\s*OFFICE\s*BOX|POSTFACH|BO[IÎ]TE\s+POSTALE|APARTADO|CASELLA\s+POSTALE|POSTBUS)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PostBox();
}
