using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Switchyard.Inventory;

namespace Switchyard.Tests.Warehouse;

/// <summary>In which order goods are taken off the shelf.</summary>
[Capability("AX-26")]
public sealed class RemovalTests
{
    private static readonly RemovalPlace[] Shelf =
    [
        new("A", "", false, "L1", 3, 1, "2027-03-01", 300), new("B", "", false, "L2", 8, 2, "2027-01-01", 200), new("C", "", false, "L3", 4, 3, null, 100), new("D", "", true, "L4", 20, 0, "2027-02-01", 400),
    ];

    [Theory]
    [InlineData(RemovalStrategy.Closest, false, "A3 B7 C D")]
    [InlineData(RemovalStrategy.Closest, true, "D10 A B C")]        // business orders take from bulk bins
    [InlineData(RemovalStrategy.Fifo, false, "C4 B6 A D")]
    [InlineData(RemovalStrategy.Lifo, false, "D10 A B C")]
    [InlineData(RemovalStrategy.Fefo, false, "B8 D2 A C")]
    [InlineData(RemovalStrategy.LeastPackages, false, "D10 B C A")]
    public void Ten_units_are_taken_as_the_strategy_says(RemovalStrategy strategy, bool isBusiness, string expected) =>
        string.Join(' ', Removal.Plan(strategy, 10, isBusiness, Shelf).Select(p => p.Place.Bin + (p.Take > 0 ? p.Take : ""))).ShouldBe(expected);

    [Fact]
    public void What_is_taken_is_there_in_order_and_from_no_more_bins_than_needed()
    {
        var place = from units in Gen.Choose(0, 9) from walk in Gen.Choose(0, 5) from day in Gen.Choose(0, 4) from bulk in Gen.Elements(true, false) select (units, walk, day, bulk);
        var given = from places in Gen.ListOf(place) from wanted in Gen.Choose(0, 40) from business in Gen.Elements(true, false) select (places, wanted, business);
        Prop.ForAll(given.ToArbitrary(), x =>
        {
            var shelf = x.places.Take(10).Select((p, i) => new RemovalPlace($"B{i}", "", p.bulk, "", p.units, p.walk, p.day == 0 ? null : $"2027-01-0{p.day}", p.day)).ToList();
            long there = shelf.Sum(p => p.Units);
            foreach (var strategy in Enum.GetValues<RemovalStrategy>())
            {
                var plan = Removal.Plan(strategy, x.wanted, x.business, shelf);
                if (plan.Sum(p => p.Take) != Math.Min(there, x.wanted) || plan.Any(p => p.Take < 0 || p.Take > p.Place.Units)) return false;
                // Taken whole until one is taken in part; after that nothing.
                if (plan.SkipWhile(p => p.Take == p.Place.Units).Skip(1).Any(p => p.Take > 0)) return false;
                if (strategy == RemovalStrategy.LeastPackages && plan.Count(p => p.Take > 0) != Fewest(shelf, x.wanted)) return false;
                if (strategy == RemovalStrategy.Fefo && plan.Zip(plan.Skip(1)).Any(n => string.CompareOrdinal(n.First.Place.ExpiresOn ?? "9", n.Second.Place.ExpiresOn ?? "9") > 0)) return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();
    }

    private static int Fewest(List<RemovalPlace> shelf, long wanted)
    {
        int bins = 0;
        foreach (long units in shelf.Select(p => p.Units).Where(u => u > 0).OrderDescending())
        {
            if (wanted <= 0) break;
            wanted -= units;
            bins++;
        }
        return bins;
    }
}
