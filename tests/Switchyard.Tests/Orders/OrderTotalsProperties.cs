using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Tests.Orders;

public sealed class OrderTotalsProperties
{
    [Fact, Capability("P10")]
    public void Parts_of_a_split_add_up_to_the_whole_and_none_has_another_sign()
    {
        var gen = from minor in Gen.Choose(-1_000_000, 1_000_000)
                  from weights in Gen.ListOf(Gen.Choose(0, 100_000))
                  where weights.Count > 0
                  select (Minor: (long)minor, Weights: weights.Select(w => (long)w).ToArray());
        Prop.ForAll(gen.ToArbitrary(), x =>
        {
            long[] parts = Money.Split(x.Minor, x.Weights);
            return parts.Sum() == x.Minor && parts.All(p => p == 0 || Math.Sign(p) == Math.Sign(x.Minor));
        }).QuickCheckThrowOnFailure();
    }

    [Fact, Capability("P10")]
    public void An_order_adds_up_to_the_minor_unit_whatever_its_lines_discounts_and_taxes()
    {
        var line = from quantity in Gen.Choose(1, 99)
                   from price in Gen.Choose(0, 99_999)
                   from rate in Gen.Elements(0, 50_000, 175_000, 200_000, 333_333)
                   from off in Gen.Choose(0, 100)
                   from charge in Gen.Elements(true, false, false)
                   let gross = (long)quantity * price
                   select new PricedLine(charge ? 1 : quantity, price, charge ? 0 : gross * off / 100, rate, null, charge);
        var gen = from lines in Gen.NonEmptyListOf(line) from share in Gen.Choose(0, 100) from included in Gen.Elements(true, false) select (lines, share, included);
        Prop.ForAll(gen.ToArbitrary(), x =>
        {
            long open = x.lines.Where(l => !l.IsCharge).Sum(l => l.Quantity * l.UnitPriceMinor - l.DiscountMinor);
            var money = OrderTotals.Of([.. x.lines], open * x.share / 100, x.included).Value;
            money.Lines.Sum(l => l.Discount).ShouldBe(money.Discount);
            money.Lines.Sum(l => l.Tax).ShouldBe(money.Tax);
            money.Lines.Sum(l => l.Total).ShouldBe(money.Goods + money.Charges - money.Discount);
            money.Lines.ShouldAllBe(l => l.Total >= 0 && l.Tax >= 0);
            return money.Total == money.Goods + money.Charges - money.Discount + (x.included ? 0 : money.Tax);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(120, 200_000, true, 20)]
    [InlineData(100, 200_000, false, 20)]
    [InlineData(1, 200_000, true, 0)]
    [InlineData(3, 200_000, true, 1)]         // 0.5 is rounded up
    [InlineData(333, 175_000, false, 58)]     // 58.275
    public void Tax_is_rounded_half_up_once_a_line(long minor, long ppm, bool included, long tax) =>
        OrderTotals.Tax(minor, ppm, included).ShouldBe(tax);

    [Fact]
    public void A_discount_larger_than_its_line_is_refused() =>
        OrderTotals.Of([new PricedLine(1, 100, 101, 0, null, false)], 0, true).Error!.Code.ShouldBe("orders.discount_too_large");
}
