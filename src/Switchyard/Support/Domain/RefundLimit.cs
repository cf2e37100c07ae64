using Switchyard.Kernel;

namespace Switchyard.Support;

/// <summary>A desk's limit of refunds in the currency of an order.</summary>
public static class RefundLimit
{
    /// <param name="mostMinor">In minor units of the merchant's currency.</param>
    /// <param name="rateToBase">Units of the merchant's currency for one unit of the order's.</param>
    /// <returns>Minor units of the order's currency, rounded down; null when there is no rate to judge by.</returns>
    public static long? In(long mostMinor, string baseCurrency, string currency, decimal? rateToBase)
    {
        if (currency == baseCurrency) return mostMinor;
        if (rateToBase is not > 0 || !Currency.TryParse(baseCurrency, out var own) || !Currency.TryParse(currency, out var theirs)) return null;
        decimal major = mostMinor / (decimal)own.MinorPerMajor / rateToBase.Value;
        return (long)Math.Floor(Math.Min(major, 1_000_000_000_000m) * theirs.MinorPerMajor);
    }
}
