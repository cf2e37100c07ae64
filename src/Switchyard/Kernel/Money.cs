namespace Switchyard.Kernel;

/// <summary>An ISO 4217 currency and the number of its decimals.</summary>
/// <remarks>Source: ISO 4217 list one; only currencies whose minor unit is not 2 are named, every other listed code has 2.</remarks>
public readonly record struct Currency
{
    private static readonly HashSet<string> NoDecimals =
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];
    private static readonly HashSet<string> ThreeDecimals = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
    private static readonly HashSet<string> TwoDecimals =
    [
        "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BMD", "BND", "BOB", "BRL", "BSD", "BTN",
        "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR",
        "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IRR", "JMD", "KES",
        "KGS", "KHR", "KPW", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR",
        "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "QAR", "RON",
        "RSD", "RUB", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS",
        "TMT", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "USD", "UYU", "UZS", "VES", "WST", "XCD", "YER", "ZAR", "ZMW",
    ];

    private Currency(string code, int decimals) { Code = code; Decimals = decimals; }

    /// <summary>Three capital letters.</summary>
    public string Code { get; }

    /// <summary>Decimals of the minor unit: 0, 2 or 3.</summary>
    public int Decimals { get; }

    /// <summary>Minor units in one major unit: 1, 100 or 1000.</summary>
    public long MinorPerMajor => Decimals switch { 0 => 1, 3 => 1000, _ => 100 };

    /// <summary>The codes of the currencies that have so many decimals.</summary>
    public static IReadOnlyCollection<string> Of(int decimals) => decimals switch { 0 => NoDecimals, 3 => ThreeDecimals, 2 => TwoDecimals, _ => [] };

    public static bool TryParse(string? code, out Currency currency)
    {
        currency = default;
        if (code is null) return false;
        int decimals = NoDecimals.Contains(code) ? 0 : ThreeDecimals.Contains(code) ? 3 : TwoDecimals.Contains(code) ? 2 : -1;
        if (decimals < 0) return false;
        currency = new Currency(code, decimals);
        return true;
    }

    public static Currency Parse(string code) =>
        TryParse(code, out var currency) ? currency : throw new FormatException($"{code} is not an ISO 4217 currency.");

    public override string ToString() => Code;
}

/// <summary>Whole minor units of one currency. Sums are checked; adding two currencies throws.</summary>
public readonly record struct Money(long Minor, Currency Currency)
{
    /// <summary>The largest amount taken from outside, in minor units: ten million million, so that sums of 1,000 lines stay far from overflow.</summary>
    public const long MaxMinor = 10_000_000_000_000;

    public static Money operator +(Money a, Money b) => new(checked(a.Minor + Same(a, b).Minor), a.Currency);
    public static Money operator -(Money a, Money b) => new(checked(a.Minor - Same(a, b).Minor), a.Currency);

    /// <summary>Splits an amount into parts in proportion to weights; the parts add up to the whole to the minor unit.</summary>
    /// <param name="minor">Minor units, any sign.</param>
    /// <param name="weights">At least one, none negative. When all are 0 the parts are as equal as whole units allow.</param>
    /// <remarks>Largest remainder (Hamilton's method); ties go to the earlier part, so the same input always splits the same way.</remarks>
    public static long[] Split(long minor, IReadOnlyList<long> weights)
    {
        Int128 sum = 0;
        foreach (long weight in weights) sum += weight;
        if (sum == 0) return Split(minor, [.. Enumerable.Repeat(1L, weights.Count)]);
        long whole = Math.Abs(minor), given = 0;
        var parts = new long[weights.Count];
        var remainders = new Int128[weights.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            Int128 share = (Int128)whole * weights[i];
            parts[i] = (long)(share / sum);
            remainders[i] = share % sum;
            given += parts[i];
        }
        foreach (int i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).ThenBy(i => i).Take((int)(whole - given))) parts[i]++;
        if (minor < 0) for (int i = 0; i < parts.Length; i++) parts[i] = -parts[i];
        return parts;
    }

    private static Money Same(Money a, Money b) =>
        a.Currency == b.Currency ? b : throw new InvalidOperationException($"{a.Currency} and {b.Currency} cannot be added.");
}
