using Shouldly;
using Switchyard.Packing;
using Xunit.Abstractions;

namespace Switchyard.Tests.Packing;

/// <summary>Boxes for goods: small cases with a known answer, and what holds for any.</summary>
public sealed class PackEngineTests(ITestOutputHelper output)
{
    private static readonly PackBox Small = new(200, 150, 100, 100, 10_000), Middle = new(300, 200, 150, 200, 10_000), Large = new(400, 300, 200, 300, 10_000);

    [Fact, Capability("PK-05")]
    public void Three_items_go_into_the_smallest_box_that_takes_them()
    {
        PackBox[] boxes = [Large, Small, Middle];
        PackItem[] items = [new(200, 150, 50, 300, 1), new(100, 150, 50, 300, 2)];
        var plan = Solve(boxes, items);
        plan.Boxes.Single().Box.ShouldBe(1);
        plan.Boxes.Single().Places.Count.ShouldBe(3);
        // One millimetre more and it is the next box.
        Solve(boxes, [items[0] with { HeightMm = 51 }, items[1]]).Boxes.Single().Box.ShouldBe(2);
        // So it is when the small box would be too heavy: its own 100 g count.
        Solve([Large, Small with { MaxWeightGrams = 1_000 }, Middle], items).Boxes.Single().Box.ShouldBe(1);
        Solve([Large, Small with { MaxWeightGrams = 999 }, Middle], items).Boxes.Single().Box.ShouldBe(2);
    }

    [Fact, Capability("PK-05")]
    public void What_no_box_takes_at_once_goes_into_several()
    {
        Solve([Small], [new(200, 150, 100, 900, 3)]).Boxes.Count.ShouldBe(3);
        Solve([Small, Middle], [new(300, 200, 150, 900, 1), new(200, 150, 100, 100, 1)]).Boxes.Select(b => b.Box).Order().ShouldBe([0, 1]);
        // By weight: three of 4 kg, two to a box.
        Solve([Large], [new(50, 50, 50, 4_000, 3)]).Boxes.Count.ShouldBe(2);
    }

    [Fact]
    public void What_fits_nowhere_is_told_and_the_rest_is_packed()
    {
        var plan = Solve([Small], [new(500, 10, 10, 10, 2), new(10, 10, 10, 20_000, 1), new(10, 10, 10, 10, 3)]);
        plan.Unpacked.ShouldBe([2, 1, 0]);
        plan.Boxes.Single().Places.Count.ShouldBe(3);
        Solve([], [new(1, 1, 1, 1, 1)]).Unpacked.ShouldBe([1]);
        Solve([Small with { Supply = 0 }], [new(1, 1, 1, 1, 1)]).Unpacked.ShouldBe([1]);
        Solve([Small], []).Boxes.ShouldBeEmpty();
    }

    [Fact]
    public void A_supply_is_not_exceeded_and_the_next_box_is_taken() =>
        Solve([Small with { Supply = 1 }, Small with { LengthMm = 210 }], [new(200, 150, 100, 100, 3)]).Boxes.Select(b => b.Box).Order().ShouldBe([0, 1, 1]);

    [Fact]
    public void Costs_count_before_the_number_of_boxes()
    {
        PackItem[] items = [new(200, 150, 100, 100, 2)];
        Solve([Small with { CostMinor = 40 }, Large with { CostMinor = 100 }], items).Boxes.Select(b => b.Box).ShouldBe([0, 0]);
        Solve([Small with { CostMinor = 60 }, Large with { CostMinor = 100 }], items).Boxes.Select(b => b.Box).ShouldBe([1]);
    }

    [Fact]
    public void Items_are_turned_only_as_they_may_be()
    {
        PackItem tall = new(50, 50, 180, 100, 1);
        Solve([Small, Large], [tall]).Boxes.Single().Box.ShouldBe(0);
        Solve([Small, Large], [tall with { Edges = UprightEdges.Height }]).Boxes.Single().Box.ShouldBe(1);
        PackItem wide = new(150, 200, 50, 100, 1, UprightEdges.Height);
        Solve([Small, Large], [wide]).Boxes.Single().Box.ShouldBe(0);
        Solve([Small, Large], [wide with { TurnsOnFloor = false }]).Boxes.Single().Box.ShouldBe(1);
        Solve([Small, Large], [tall with { Edges = UprightEdges.Height | UprightEdges.Width }]).Boxes.Single().Box.ShouldBe(0);
    }

    [Fact]
    public void Nothing_lies_above_what_is_fragile()
    {
        PackItem slab = new(200, 150, 50, 100, 1);
        Solve([Small, Large], [slab with { Quantity = 2 }]).Boxes.Single().Box.ShouldBe(0);
        Solve([Small, Large], [slab, slab with { IsFragile = true }]).Boxes.Single().Box.ShouldBe(0);
        Solve([Small, Large], [slab with { Quantity = 2, IsFragile = true }]).Boxes.Single().Box.ShouldBe(1);
    }

    [Fact]
    public void A_box_cut_by_straight_cuts_is_filled_again()
    {
        ulong dice = 11;
        int boxes = 0, optimum = 0;
        for (int i = 0; i < 60; i++)
        {
            var (kinds, items, known) = PackBench.Cut(ref dice, 1 + i % 5);
            boxes += Solve(kinds, items).Boxes.Count;
            optimum += known;
        }
        output.WriteLine($"{boxes} boxes for {optimum}");
        boxes.ShouldBeLessThanOrEqualTo((int)(optimum * 1.05));
    }

    [Fact, Capability("PK-05")]
    public void Any_order_is_packed_by_the_rules_the_same_way_each_time_and_hardly_worse_than_first_fit()
    {
        ulong dice = 23;
        int ours = 0, plain = 0;
        for (int i = 0; i < 250; i++)
        {
            var items = PackBench.Order(ref dice);
            PackBox[] boxes = [.. PackBench.Parcels.Select((b, at) => b with { Supply = i % 5 == 0 && at < 4 ? 1 : null, CostMinor = i % 3 == 0 ? 30 + 25 * at : null,
                MaxWeightGrams = i % 7 == 0 ? 8_000 : b.MaxWeightGrams })];
            var options = new PackOptions(BudgetSteps: 30_000);
            var plan = Solve(boxes, items, options);
            plan.IsWhole.ShouldBeTrue();
            if (i % 10 == 0) Text(PackEngine.Solve(boxes, items, options)).ShouldBe(Text(plan), $"case {i}");
            if (i % 3 == 0) continue;
            ours += plan.Boxes.Count;
            plain += PlainPacking.Boxes([boxes[^1]], items)!.Value;
            plan.Boxes.Count.ShouldBeLessThanOrEqualTo(PlainPacking.Boxes([boxes[^1]], items)!.Value, $"case {i}");
            plan.Boxes.Count.ShouldBeGreaterThanOrEqualTo(plan.BoundBoxes, $"case {i}");
        }
        output.WriteLine($"{ours} boxes, first fit {plain}");
    }

    [Fact]
    public void A_container_takes_much_of_a_mixed_load()
    {
        ulong dice = 5;
        PackItem[] items = [.. Enumerable.Range(0, 8).Select(_ => new PackItem(250 + PackBench.Below(ref dice, 700), 250 + PackBench.Below(ref dice, 500), 200 + PackBench.Below(ref dice, 500),
            0, 36, (UprightEdges)(4 | PackBench.Below(ref dice, 4))))];
        var box = new PackBox(5_870, 2_330, 2_200, 0, 1_000_000);
        var plan = PackEngine.Solve([box], items, new PackOptions(400_000, FillOne: true));
        PackChecker.Faults([box], items, plan).ShouldBeEmpty();
        double used = plan.Boxes.Single().Places.Sum(p => (double)p.LengthMm * p.WidthMm * p.HeightMm) / box.Volume;
        output.WriteLine($"{used:P1} used of {items.Sum(i => (double)i.Volume * i.Quantity) / box.Volume:P0}");
        used.ShouldBeGreaterThan(0.8);
    }

    private static PackPlan Solve(IReadOnlyList<PackBox> boxes, IReadOnlyList<PackItem> items, PackOptions? options = null)
    {
        var plan = PackEngine.Solve(boxes, items, options);
        PackChecker.Faults(boxes, items, plan).ShouldBeEmpty();
        return plan;
    }

    private static string Text(PackPlan plan) => string.Join(";", plan.Boxes.Select(b => $"{b.Box}:{string.Join(",", b.Places)}"));
}
