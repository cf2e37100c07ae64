using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Switchyard.Inventory;
using Switchyard.Picking;

namespace Switchyard.Tests.Picking;

/// <summary>When a pick face is filled, from where and with how much.</summary>
[Capability("AX-26")]
public sealed class RefillPlanTests
{
    private static readonly RemovalPlace[] Reserve = [new("R1", "", false, "LATE", 30, 1, "2027-06-01", 1), new("R2", "", false, "SOON", 10, 2, "2027-02-01", 2), new("B1", "", true, "SOON", 50, 3, "2027-02-01", 2)];

    [Theory]
    [InlineData(10, 0, false, false, null)]                                     // enough is there
    [InlineData(9, 0, false, false, RefillReason.Minimum)]
    [InlineData(12, 13, false, false, RefillReason.Orders)]
    [InlineData(9, 13, false, false, RefillReason.Orders)]                      // what orders need is more pressing
    [InlineData(12, 0, true, false, RefillReason.Short)]
    [InlineData(12, 0, false, true, RefillReason.TopUp)]
    public void A_face_is_filled_for_the_most_pressing_reason(long units, long wanted, bool isShort, bool isTopUp, RefillReason? expected)
    {
        var face = new FaceNeed(10, 40, units, wanted, 0, 40 - units, isShort, isTopUp);
        (face.Reason, face.IsUrgent).ShouldBe((expected, expected is RefillReason.Orders or RefillReason.Short));
    }

    [Theory]
    [InlineData(4, 0, 0, 36, RemovalStrategy.Fefo, "", "R2/10 B1/26")]          // the first to expire, reserve before bulk, up to the maximum
    [InlineData(4, 0, 0, 36, RemovalStrategy.Closest, "", "R1/30 R2/6")]
    [InlineData(4, 0, 0, 36, RemovalStrategy.Closest, "12", "R1/30")]           // R1 is emptied; six are no case, and are not needed
    [InlineData(4, 0, 0, 20, RemovalStrategy.Closest, "12 6", "R1/12")]         // sixteen and more: one case of twelve is whole
    [InlineData(4, 0, 0, 5, RemovalStrategy.Closest, "12", "R1/5")]             // not a case fits, but the minimum is to be reached
    [InlineData(4, 0, 8, 20, RemovalStrategy.Closest, "12", "R1/12")]           // eight are on the way
    [InlineData(4, 0, 36, 36, RemovalStrategy.Closest, "", "")]
    [InlineData(8, 0, 0, 5, RemovalStrategy.Closest, "12", "R1/2")]             // no more single units than are needed
    [InlineData(4, 30, 0, 36, RemovalStrategy.Closest, "50", "R1/30")]
    [InlineData(20, 0, 0, 20, RemovalStrategy.Closest, "", "")]                 // nothing is needed
    public void It_takes_from_reserve_by_the_strategy_in_whole_cases_up_to_what_fits(long units, long wanted, long onTheWay, long room, RemovalStrategy strategy, string cases, string expected)
    {
        var face = new FaceNeed(10, 40, units, wanted, onTheWay, room, false, false);
        string.Join(' ', RefillPlan.Parts(face, strategy, [.. cases.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)], Reserve).Select(p => $"{p.Place.Bin}/{p.Units}")).ShouldBe(expected);
    }

    [Fact]
    public void It_never_brings_more_than_fits_or_lies_there_and_reaches_what_is_needed_where_it_can()
    {
        var place = from units in Gen.Choose(0, 30) from walk in Gen.Choose(0, 5) from bulk in Gen.Elements(true, false) select (units, walk, bulk);
        var given = from places in Gen.ListOf(place) from min in Gen.Choose(0, 20) from more in Gen.Choose(1, 30) from units in Gen.Choose(0, 30) from wanted in Gen.Choose(0, 40)
                    from way in Gen.Choose(0, 10) from room in Gen.Choose(0, 40) from size in Gen.Choose(1, 13)
                    select (places, min, more, units, wanted, way, room, size);
        Prop.ForAll(given.ToArbitrary(), x =>
        {
            var shelf = x.places.Take(8).Select((p, i) => new RemovalPlace($"B{i}", "", p.bulk, "", p.units, p.walk, null, i)).ToList();
            var face = new FaceNeed(x.min, x.min + x.more, x.units, x.wanted, x.way, Math.Min(x.room, Math.Max(0, x.min + x.more - x.units)), false, false);
            foreach (var strategy in Enum.GetValues<RemovalStrategy>())
            {
                var parts = RefillPlan.Parts(face, strategy, x.size == 1 ? [] : [x.size], shelf);
                long brought = parts.Sum(p => p.Units), fits = Math.Max(0, face.Room - face.OnTheWay), needed = Math.Max(face.Min, face.Wanted) - face.Units - face.OnTheWay;
                if (face.Reason is null && brought > 0 || brought > fits || parts.Any(p => p.Units <= 0 || p.Units > p.Place.Units) || parts.Select(p => p.Place.Bin).Distinct().Count() < parts.Count) return false;
                if (face.Reason is not null && needed > 0 && brought < Math.Min(needed, Math.Min(fits, shelf.Sum(p => p.Units)))) return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(90, 90, 2, 7, 1, null, 2, 7)]
    [InlineData(91, 90, 2, 7, 1, null, 3, 8)]               // always rounded up
    [InlineData(90, 90, 2, 7, 12, null, 2, 12)]             // a whole case
    [InlineData(900, 90, 2, 7, 12, 50L, 20, 48)]            // as many cases as the bin takes
    [InlineData(9000, 90, 2, 7, 1, 50L, 50, 50)]
    [InlineData(90, 90, 2, 7, 100, 50L, 2, 50)]             // the bin takes no whole case
    public void A_minimum_and_a_maximum_are_proposed_by_what_left(long picked, int days, int least, int most, long caseUnits, long? capacity, long min, long max) =>
        FaceSizes.Of(picked, days, least, most, caseUnits, capacity).ShouldBe((min, max));
}
