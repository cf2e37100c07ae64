using System.Collections.Frozen;

namespace Switchyard.Edi;

/// <summary>What a price is for. Source: X12 data element 639.</summary>
public static class PriceBasis
{
    private static readonly FrozenDictionary<string, int> Many = new (string Codes, int Units)[]
    {
        ("PN", 10), ("PD LD RD TD WD", 12), ("HP LC QH RC TC WC", 100), ("TP LM QS RM TM WM", 1_000), ("TT", 10_000), ("HT", 100_000),
    }.SelectMany(m => m.Codes.Split(' ').Select(c => (Code: c, m.Units))).ToFrozenDictionary(m => m.Code, m => m.Units, StringComparer.Ordinal);

    /// <summary>By length, area, weight, volume or time: no price of goods that are counted.</summary>
    private static readonly FrozenSet<string> Measured = "BW DP FO HF ME ML PA PB PF PG PK PL PM PO PP PS PT PU PY SA SM TF WI".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <returns>How many of the ordered unit the price is for; null for a basis that is not of goods that are counted.</returns>
    public static int? Units(string code) => Measured.Contains(code) ? null : Many.GetValueOrDefault(code, 1);
}
