using Shouldly;
using Switchyard.Support;

namespace Switchyard.Tests.SupportDesks;

public sealed class RefundLimitTests
{
    [Theory]
    [InlineData("GBP", "GBP", null, 1_500L)]
    [InlineData("GBP", "EUR", "0.8", 1_875L)]
    [InlineData("GBP", "JPY", "0.005", 3_000L)]
    [InlineData("GBP", "KWD", "2.5", 6_000L)]
    [InlineData("GBP", "EUR", "0.7", 2_142L)]
    [InlineData("GBP", "EUR", null, null)]
    [InlineData("GBP", "EUR", "0", null)]
    public void A_limit_is_counted_in_the_orders_currency_and_rounded_down(string own, string currency, string? rate, long? expected) =>
        RefundLimit.In(1_500, own, currency, rate is null ? null : decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);
}
