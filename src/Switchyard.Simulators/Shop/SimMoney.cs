using System.Globalization;

namespace Switchyard.Simulators;

/// <summary>Money in whole minor units, as a simulated shop keeps it, and as vendors write it.</summary>
public static class SimMoney
{
    /// <summary>Digits behind the point: none for the yen and its like, three for the dinars, two for all others.</summary>
    public static int Digits(string currency) => currency switch
    {
        "JPY" or "KRW" or "CLP" or "ISK" or "VND" => 0,
        "BHD" or "KWD" or "OMR" or "JOD" or "TND" => 3,
        _ => 2,
    };

    public static decimal Amount(long minor, string currency) => minor / Power(Digits(currency));

    /// <summary>"12.50", with the currency's own digits.</summary>
    public static string Text(long minor, string currency) => Amount(minor, currency).ToString("F" + Digits(currency).ToString(CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture);

    /// <summary>Minor units of an amount; half a unit is rounded away from zero.</summary>
    public static long Minor(decimal amount, string currency) => (long)Math.Round(amount * Power(Digits(currency)), MidpointRounding.AwayFromZero);

    public static bool TryMinor(string? text, string currency, out long minor)
    {
        minor = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount)
            || Math.Abs(amount) > 1_000_000_000m) return false;
        minor = Minor(amount, currency);
        return true;
    }

    /// <summary>Tax within an amount, or on top of it. <paramref name="rate"/> is in percent; half a unit is rounded away from zero.</summary>
    public static long Tax(long minor, decimal rate, bool included) =>
        (long)Math.Round(included ? minor * rate / (100 + rate) : minor * rate / 100, MidpointRounding.AwayFromZero);

    /// <summary>Divides an amount in proportion to weights; the parts add up to it, remainders go to the first of the largest.</summary>
    public static long[] Split(long minor, IReadOnlyList<long> weights)
    {
        long sum = weights.Sum();
        if (sum == 0) return [.. weights.Select((_, i) => i == 0 ? minor : 0)];
        long[] parts = [.. weights.Select(w => minor * w / sum)];
        long rest = minor - parts.Sum();
        for (int i = 0; rest > 0; i = (i + 1) % parts.Length)
        {
            if (weights[i] == 0) continue;
            parts[i]++;
            rest--;
        }
        return parts;
    }

    private static decimal Power(int digits) => digits switch { 0 => 1m, 3 => 1000m, _ => 100m };
}
