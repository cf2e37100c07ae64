using Switchyard.Kernel;

namespace Switchyard.Channels;

/// <summary>What customers pay for delivery by one method. Amounts are minor units of its currency, with tax where the order's prices have it.</summary>
/// <param name="FreeFromMinor">Goods worth this much after discounts are sent free of charge; null: never.</param>
/// <param name="Country">Only to this country; null: to all that no other line names.</param>
/// <param name="Channel">Only of this channel, by its code; null: of all that no other line names.</param>
/// <param name="TaxRate">Of the charge, a fraction; null: none.</param>
public sealed record DeliveryCharge(string Method, string Currency, long ChargeMinor, long? FreeFromMinor = null, string? Country = null, string? Channel = null, decimal? TaxRate = null)
{
    /// <summary>What it costs for goods of this worth.</summary>
    public long Of(long goodsMinor) => IsFree(goodsMinor) ? 0 : ChargeMinor;

    public bool IsFree(long goodsMinor) => ChargeMinor == 0 || goodsMinor >= FreeFromMinor;
}

/// <summary>Which line of a merchant's delivery charges holds.</summary>
public static class DeliveryCharges
{
    /// <summary>The method of whoever names none.</summary>
    public const string UsualMethod = "standard";

    /// <returns>The line that says most: one of the channel before one of all, and of those one of the country before one of all; null: nothing is said.</returns>
    public static DeliveryCharge? For(IEnumerable<DeliveryCharge> charges, string? method, string currency, string? country, string? channel) => charges
        .Where(c => Same(c.Method, method ?? UsualMethod) && Same(c.Currency, currency) && (c.Country is null || Same(c.Country, country)) && (c.Channel is null || Same(c.Channel, channel)))
        .OrderByDescending(c => (c.Channel is null ? 0 : 2) + (c.Country is null ? 0 : 1)).FirstOrDefault();

    private static bool Same(string one, string? other) => other is not null && Text.Key(one) == Text.Key(other);
}
