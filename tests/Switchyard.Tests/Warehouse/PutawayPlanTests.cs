using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Switchyard.Warehouse;

namespace Switchyard.Tests.Warehouse;

/// <summary>Where goods are put: with their like, by rule, never more than fits.</summary>
[Capability("AX-28")]
public sealed class PutawayPlanTests
{
    [Fact]
    public void Goods_go_to_their_like_then_to_the_nearest_empty_bin_that_their_rule_allows()
    {
        var bins = new[] { Load("A-1", 10, aisle: 0, y: 1_000), Load("A-2", 10, aisle: 0, y: 2_000), Load("A-3", 10, aisle: 0, y: 3_000), Load("B-1", 10, aisle: 3, y: 1_000), Load("C-1", 10, zone: "cold", cls: "chilled") };
        bins[1].Add(1, 8, 0, 0);
        var (rule, parts, left) = PutawayPlan.Suggest(Goods(1, "MUG", 25), [], bins, 3_000);
        (rule.Name, left).ShouldBe(("", 0));
        parts.Select(p => (p.Bin, p.Units, p.Why)).ShouldBe([("A-2", 2, "sameSku"), ("A-1", 10, "nearSku"), ("A-3", 10, "nearSku"), ("B-1", 3, "nearSku")]);

        PutawayRule[] rules = [new("cold", Flag: "chilled", StorageClass: "chilled", Zones: ["cold"])];
        var milk = Goods(2, "MILK", 12) with { Flags = ["chilled"] };
        var cold = PutawayPlan.Suggest(milk, rules, bins, 3_000);
        (cold.Rule.Name, cold.Parts.Single().Bin, cold.Parts.Single().Units, cold.Left).ShouldBe(("cold", "C-1", 10, 2));
        PutawayPlan.Suggest(Goods(3, "TEA", 1), [new("tea", Attribute: "category", Value: "tea", Kinds: [BinKind.Reserve])], bins, 1).Rule.Name.ShouldBe("");
    }

    [Fact]
    public void Never_more_than_fits_and_never_where_it_may_not_lie()
    {
        var bin = from kind in Gen.Elements(Enum.GetValues<BinKind>()) from units in Gen.Choose(1, 20) from grams in Gen.Choose(1, 2_000) from zone in Gen.Elements("A", "B")
                  from closed in Gen.Elements(false, false, true) from holds in Gen.Choose(0, 3) select (kind, units, grams, zone, closed, holds);
        var given = from bins in Gen.NonEmptyListOf(bin) from wanted in Gen.Choose(1, 60) from each in Gen.Choose(0, 300) from alone in Gen.Elements(true, false)
                    from zones in Gen.Elements<IReadOnlyList<string>?>(null, ["A"]) select (bins, wanted, each, alone, zones);
        Prop.ForAll(given.ToArbitrary(), x =>
        {
            var loads = x.bins.Select((b, i) =>
            {
                var load = Load($"X-{i}", b.units, b.grams, kind: b.kind, zone: b.zone, closed: b.closed);
                if (b.holds > 0 && b.holds <= b.units) load.Add(b.holds, 1, 0, 0);
                return load;
            }).ToList();
            var before = loads.ToDictionary(l => l.Bin.Code, l => (Room: l.Room(Goods(1, "MUG", 1) with { GramsEach = x.each }), l.IsEmpty, Same: l.Of(1) > 0));
            var rule = new PutawayRule("r", Zones: x.zones, IsAlone: x.alone);
            var (_, parts, left) = PutawayPlan.Suggest(Goods(1, "MUG", x.wanted) with { GramsEach = x.each }, [rule], loads, 1);
            var bins = loads.ToDictionary(l => l.Bin.Code, l => l.Bin);
            bool isRoomLeft = loads.Any(l => !l.Bin.IsClosed && l.Bin.Kind is BinKind.Pick or BinKind.Bulk or BinKind.Reserve && l.Room(Goods(1, "MUG", 1) with { GramsEach = x.each }) > 0
                && (x.zones?.Contains(l.Bin.Zone) ?? true) && !l.Bin.IsClosed && (!x.alone || before[l.Bin.Code].IsEmpty || before[l.Bin.Code].Same));
            return parts.Sum(p => p.Units) + left == x.wanted && parts.All(p => p.Units > 0 && p.Units <= before[p.Bin].Room && !bins[p.Bin].IsClosed
                && bins[p.Bin].Kind is BinKind.Pick or BinKind.Bulk or BinKind.Reserve && (x.zones?.Contains(bins[p.Bin].Zone) ?? true)
                && (!x.alone || before[p.Bin].IsEmpty || before[p.Bin].Same)) && parts.DistinctBy(p => p.Bin).Count() == parts.Count && (left == 0 || !isRoomLeft);
        }).QuickCheckThrowOnFailure();
    }

    private static PutawayGoods Goods(long id, string sku, long units) => new(id, sku, units, 0, 0, [], new Dictionary<string, string>());

    private static BinLoad Load(string code, long units, long? grams = null, BinKind kind = BinKind.Pick, string zone = "", int? aisle = null, long? y = null, string cls = "", bool closed = false) =>
        new(new BinPlace(0, code, zone, 0, kind, aisle, aisle is null ? null : y, AisleSide.None, 0, cls, units, grams, null, closed));
}
