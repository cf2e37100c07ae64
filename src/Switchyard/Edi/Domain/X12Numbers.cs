using System.Globalization;

namespace Switchyard.Edi;

/// <summary>Numbers as X12 writes them: R with a point where there is one, N with as many implied decimals as its digit says.</summary>
public static class X12Numbers
{
    private const NumberStyles Form = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <returns>The number; null when it is none, or has more than 18 digits.</returns>
    public static decimal? Parse(string text, string type = "R")
    {
        text = text.Trim();
        if (text.Length is 0 or > 20 || text.Any(c => !char.IsAsciiDigit(c) && c is not ('-' or '.')) || type[0] == 'N' && text.Contains('.', StringComparison.Ordinal)
            || !decimal.TryParse(text, Form, CultureInfo.InvariantCulture, out decimal number)) return null;
        for (int i = type is ['N', var digits] ? digits - '0' : 0; i > 0; i--) number /= 10;
        return number;
    }

    /// <summary>A whole number of units; null when it is none, is not whole, or is beyond what an order may hold.</summary>
    public static long? Units(string text) => Parse(text) is { } number && number == decimal.Truncate(number) && number is >= 0 and <= 1_000_000_000 ? (long)number : null;

    public static string Of(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);
    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);
}
