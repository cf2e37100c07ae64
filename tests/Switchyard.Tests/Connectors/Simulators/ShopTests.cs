using Shouldly;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>The shop behind every simulated vendor, without a protocol.</summary>
public sealed class ShopTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static Simulators.Shop Open(bool included = true, string currency = "GBP") => new(new ShopFacts("Shop", currency, included), SimClock.At(Start));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parts_of_an_order_add_up_to_its_total(bool included)
    {
        var shop = Open(included);
        for (int i = 0; i < 5; i++) shop.List($"S{i}", $"Thing {i}", 999 + (i * 137), 1000);
        var dice = new OrderGenerator(shop, 5);
        for (int i = 0; i < 200; i++)
        {
            var order = dice.Place()!;
            order.Lines.Sum(l => l.DiscountMinor).ShouldBe(order.Discounts.Sum(d => d.AmountMinor));
            order.TotalMinor.ShouldBe(order.GoodsMinor - order.DiscountMinor + order.Method.PriceMinor + (included ? 0 : order.TaxMinor));
            order.Payments.Sum(p => p.AmountMinor).ShouldBe(order.TotalMinor);
            order.Lines.ShouldAllBe(l => l.TaxMinor >= 0 && l.TaxMinor <= l.NetMinor);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_orders_and_another_seed_others()
    {
        static string Orders(int seed)
        {
            var shop = Open();
            for (int i = 0; i < 4; i++) shop.List($"S{i}", $"Thing {i}", 1000, 500);
            var dice = new OrderGenerator(shop, seed);
            return string.Join('|', Enumerable.Range(0, 20).Select(_ => dice.Place()!)
                .Select(o => $"{o.ShipTo} {o.Buyer} {string.Join(',', o.Lines.Select(l => l.Listing.Sku + l.Quantity))}"));
        }
        Orders(7).ShouldBe(Orders(7));
        Orders(7).ShouldNotBe(Orders(8));
    }

    [Fact]
    public async Task The_last_unit_is_sold_once_whoever_asks_at_the_same_moment()
    {
        var shop = Open();
        shop.List("LAST", "The last one", 1000, 3);
        var dice = new OrderGenerator(shop, 1);
        var sold = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => dice.Buy("LAST"))));
        sold.Count(o => o is not null).ShouldBe(3);
        shop.BySku("LAST")!.Available.ShouldBe(0);
        sold.Where(o => o is not null).Select(o => o!.Key).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Stock_is_what_it_was_less_what_is_wanted_after_every_kind_of_change()
    {
        var shop = Open();
        shop.List("A", "Thing", 1000, 20);
        var dice = new OrderGenerator(shop, 2);
        var edited = dice.Buy("A", 5)!;
        shop.SetQuantity(edited, edited.Lines[0].Id, 2);
        shop.AddLine(edited, "A", 1);
        shop.SetQuantity(edited, edited.Lines[0].Id, 4);
        var gone = dice.Buy("A", 3)!;
        shop.Ship(gone, [new SimShippedLine(gone.Lines[0].Id, 1)], "", "");
        shop.Cancel(gone, "customer");
        shop.Cancel(gone, "customer").ShouldBeFalse();
        var back = dice.Buy("A", 2)!;
        shop.Refund(back, 1000, "", [new SimRefundedLine(1, back.Lines[0].Id, 1, 1000, 167, IsRestocked: true)]);
        // 20 less 5 that are still wanted, 1 that was sent before the rest was cancelled, and 2 of which 1 came back.
        shop.BySku("A")!.Available.ShouldBe(20 - 5 - 1 - 1);
        shop.Moves.Sum(m => m.To - m.From).ShouldBe(-7);
        edited.Revision.ShouldBe(4);
    }

    [Fact]
    public void Nothing_is_taken_of_a_basket_of_which_one_thing_is_missing()
    {
        var shop = Open();
        shop.List("A", "Thing", 1000, 5);
        shop.List("B", "Other", 1000, 0);
        var (buyer, address) = new OrderGenerator(shop, 3).Person();
        shop.Place(new OrderWish([new WishedLine("A", 1), new WishedLine("B", 1)], buyer, address)).ShouldBeNull();
        shop.Place(new OrderWish([new WishedLine("A", 3), new WishedLine("A", 3)], buyer, address)).ShouldBeNull();
        shop.BySku("A")!.Available.ShouldBe(5);
        shop.Orders.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1000, new long[] { 1, 1, 1 }, new long[] { 334, 333, 333 })]
    [InlineData(5, new long[] { 0, 10, 0, 10 }, new long[] { 0, 3, 0, 2 })]
    [InlineData(7, new long[] { 0, 0 }, new long[] { 7, 0 })]
    public void Split_parts_add_up(long minor, long[] weights, long[] parts) => SimMoney.Split(minor, weights).ShouldBe(parts);

    [Theory]
    [InlineData(1250, "GBP", "12.50")]
    [InlineData(1250, "JPY", "1250")]
    [InlineData(1250, "KWD", "1.250")]
    [InlineData(-5, "EUR", "-0.05")]
    public void Money_is_written_with_the_digits_of_its_currency(long minor, string currency, string text)
    {
        SimMoney.Text(minor, currency).ShouldBe(text);
        SimMoney.TryMinor(text, currency, out long read).ShouldBeTrue();
        read.ShouldBe(minor);
    }
}
