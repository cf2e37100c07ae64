using Shouldly;
using Switchyard.Orders;

namespace Switchyard.Tests.Orders;

/// <summary>Returns find the sales they undo, or stay over: never a guess.</summary>
public sealed class ImportReturnMatchingTests
{
    [Fact]
    public void A_return_takes_from_the_latest_earlier_sale_first_and_goes_on_to_older_ones()
    {
        var (matched, left) = ReturnMatching.Match([Return(10, 9)], [Sale("A", 1, 4), Sale("B", 5, 3), Sale("C", 11, 50)]);
        matched.Select(m => (m.Sale.ExternalId, m.Quantity)).ShouldBe([("B", 3), ("A", 4)]);
        left.Values.Single().ShouldBe(2);
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(10, 0)]
    [InlineData(11, 0)]
    public void Only_a_strictly_earlier_sale_counts(int soldAt, int matches) =>
        ReturnMatching.Match([Return(10, 1)], [Sale("A", soldAt, 1)]).Matched.Count.ShouldBe(matches);

    [Fact]
    public void Another_customer_or_SKU_never_matches()
    {
        var (matched, left) = ReturnMatching.Match([Return(10, 1)], [Sale("A", 1, 1) with { Customer = "8" }, Sale("B", 1, 1) with { SkuKey = "OTHER" }]);
        matched.ShouldBeEmpty();
        left.Values.Single().ShouldBe(1);
    }

    [Fact]
    public void Units_are_given_back_once_however_many_returns_ask()
    {
        var returns = new[] { Return(10, 2, line: 3), Return(9, 2, line: 9), Return(10, 2, line: 4) };
        var (matched, left) = ReturnMatching.Match(returns, [Sale("A", 1, 3)]);
        matched.Select(m => (m.Return.FileLine, m.Quantity)).ShouldBe([(9, 2), (3, 1)], "returns are taken by date, then by line");
        left.Values.Sum().ShouldBe(3);
        matched.Sum(m => m.Quantity).ShouldBe(3);
    }

    [Fact]
    public void Of_sales_at_the_same_time_the_higher_number_then_the_higher_line_is_taken()
    {
        var sold = new[] { Sale("536", 5, 1), Sale("537", 5, 1), Sale("537", 5, 1) with { LineNo = 2 } };
        ReturnMatching.Match([Return(10, 3)], sold).Matched.Select(m => (m.Sale.ExternalId, m.Sale.LineNo)).ShouldBe([("537", 2), ("537", 1), ("536", 1)]);
    }

    private static DateTimeOffset Day(int day) => new(2011, 1, day, 12, 0, 0, TimeSpan.Zero);
    private static SoldLine Sale(string order, int day, long left) => new(Guid.Empty, order, 1, "7", "SKU", Day(day), left);
    private static ImportedReturn Return(int day, long quantity, long line = 2) => new(line, "C1", "7", "sku", "SKU", Day(day), quantity, "");
}
