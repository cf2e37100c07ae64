using Shouldly;
using Switchyard.Orders;

namespace Switchyard.Tests.Orders;

/// <summary>What a line is to be paid after units went and came: as if it had been ordered so.</summary>
public sealed class LinePriceTests
{
    private static LinePrice Of(long quantity, long price, long discount, long ppm, bool included, long? givenTax = null)
    {
        var money = OrderTotals.Of([new PricedLine(quantity, price, discount, ppm, givenTax, false)], 0, included).Value;
        return new LinePrice(quantity, price, discount, ppm, money.Lines[0].Tax, money.Lines[0].Total, null, null, null, null);
    }

    [Fact]
    public void Golden_lines()
    {
        // quantity, price, discount, rate, included → units billed: discount, tax, total
        (long, long, long, long, bool, long Units, (long, long, long) Worth)[] golden =
        [
            (3, 999, 0, 200_000, true, 2, (0, 333, 1998)),
            (3, 999, 100, 200_000, true, 2, (67, 322, 1931)),       // 66.67 of the discount goes with two units; 1931 × 0.2 ÷ 1.2 = 321.83
            (3, 999, 100, 200_000, true, 1, (33, 161, 966)),
            (3, 999, 100, 200_000, true, 0, (0, 0, 0)),
            (3, 999, 100, 200_000, true, 5, (100, 816, 4895)),      // more units cost their full price
            (7, 125, 1, 82_500, false, 6, (1, 62, 749)),
            (1, 5, 5, 200_000, false, 1, (5, 0, 0)),
        ];
        foreach (var (quantity, price, discount, ppm, included, units, worth) in golden)
        {
            var line = Of(quantity, price, discount, ppm, included);
            line.Bill(units, included);
            (line.DiscountMinor, line.TaxMinor, line.TotalMinor).ShouldBe(worth, $"{quantity} × {price} − {discount} at {ppm} billed for {units}");
        }
    }

    [Fact]
    public void Tax_given_by_the_source_shrinks_with_the_line()
    {
        var line = Of(4, 1000, 0, 0, true, givenTax: 640);
        line.Bill(3, true);
        (line.TaxMinor, line.TotalMinor).ShouldBe((480, 3000));
        line.Bill(4, true);
        line.TaxMinor.ShouldBe(640);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void The_way_to_a_quantity_does_not_show_in_the_money(int seed)
    {
#pragma warning disable CA5394, RS0030 // a seeded sequence for a test
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++)
        {
            long quantity = random.Next(1, 50), price = random.Next(0, 5_000), discount = random.NextInt64(0, quantity * price + 1), ppm = random.Next(0, 3) * 82_500;
            bool included = random.Next(2) == 0;
            var (walked, straight) = (Of(quantity, price, discount, ppm, included), Of(quantity, price, discount, ppm, included));
            for (int step = 0; step < 5; step++) walked.Bill(random.Next(0, 60), included);
            long end = random.Next(0, 60);
            walked.Bill(end, included);
            straight.Bill(end, included);
            (walked.DiscountMinor, walked.TaxMinor, walked.TotalMinor).ShouldBe((straight.DiscountMinor, straight.TaxMinor, straight.TotalMinor), $"seed {seed} round {round}");
            walked.TotalMinor.ShouldBeGreaterThanOrEqualTo(0);
            walked.TotalMinor.ShouldBe(end * price - walked.DiscountMinor);
        }
#pragma warning restore CA5394, RS0030
    }
}
