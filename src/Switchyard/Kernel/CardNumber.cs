namespace Switchyard.Kernel;

/// <summary>Finds what looks like the number of a payment card, so that it is refused before it is stored.</summary>
public static class CardNumber
{
    /// <summary>Is there a run of 13 to 19 digits (blanks and dashes between them do not count) that begins like a card of a large scheme and passes Luhn?</summary>
    /// <remarks>
    /// Source: ISO/IEC 7812-1 (Luhn check digit) and the schemes' published ranges: Visa 4, Mastercard 51-55 and 2221-2720, American Express 34
    /// and 37, Discover 6011, 644-649 and 65, JCB 3528-3589, Diners 300-305, 36, 38, UnionPay 62, Maestro 50, 56-58, 63, 67.
    /// </remarks>
    public static bool IsIn(string? text)
    {
        if (text is null || text.Length < 13) return false;
        Span<char> digits = stackalloc char[20];
        int count = 0, gap = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (char.IsDigit(c) && char.GetNumericValue(c) is var value)
            {
                if (count < digits.Length) digits[count] = (char)('0' + (int)value);
                (count, gap) = (count + 1, 0);
            }
            else if (count > 0 && c is ' ' or '-' or '.' or '\u00A0' && gap < 1) gap++;
            else
            {
                if (count is >= 13 and <= 19 && IsCard(digits[..count])) return true;
                (count, gap) = (0, 0);
            }
        }
        return false;
    }

    private static bool IsCard(ReadOnlySpan<char> digits)
    {
        int two = int.Parse(digits[..2], System.Globalization.CultureInfo.InvariantCulture), four = int.Parse(digits[..4], System.Globalization.CultureInfo.InvariantCulture);
        bool isKnown = digits[0] switch
        {
            '4' => digits.Length is 13 or 16 or 19,
            '5' => two is >= 51 and <= 55 ? digits.Length == 16 : two is 50 or 56 or 57 or 58,
            '2' => four is >= 2221 and <= 2720 && digits.Length == 16,
            '3' => two is 34 or 37 ? digits.Length == 15 : two is 36 or 38 || four is >= 3000 and <= 3059 ? digits.Length is >= 14 and <= 19 : four is >= 3528 and <= 3589 && digits.Length >= 16,
            '6' => (four == 6011 || two == 65 || four is >= 6440 and <= 6499 || two == 62) && digits.Length >= 16 || two is 63 or 67,
            _ => false,
        };
        return isKnown && PassesLuhn(digits);
    }

    private static bool PassesLuhn(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
        }
        return sum % 10 == 0;
    }
}
