using Shouldly;
using Switchyard.Sourcing;
using Xunit.Abstractions;

namespace Switchyard.Tests.Sourcing;

/// <summary>Small problems whose best plan is worked out by hand.</summary>
public sealed class SourcingEngineTests(ITestOutputHelper output)
{
    private static LaneOffer Lane(long baseMinor, long perKg = 0, long maxGrams = 30_000, int days = 2, string service = "std") =>
        new(service, baseMinor, perKg, maxGrams, days);

    private static SourcingNode Node(long id, LaneOffer lane, params (long Sku, long Units)[] stock) =>
        new(id, 0, 0, 0, [lane], stock.ToDictionary(s => s.Sku, s => s.Units));

    private static Demand Line(int line, long sku, long quantity, long grams = 0) => new(line, sku, quantity, grams, 0);

    [Fact]
    public void One_dear_shipment_is_cheaper_than_two_cheap_ones_with_a_split_penalty()
    {
        SourcingNode[] nodes = [Node(1, Lane(300), (7, 5)), Node(2, Lane(350), (8, 5)), Node(3, Lane(800), (7, 5), (8, 5))];
        Demand[] order = [Line(1, 7, 1), Line(2, 8, 2)];

        var joined = SourcingEngine.Solve(order, nodes, new SourcingOptions(SplitPenaltyMinor: 151));
        joined.Shipments.Single().NodeId.ShouldBe(3);                  // 800 against 300 + 350 + 151
        joined.CostMinor.ShouldBe(800);
        joined.Candidates.Select(c => (c.Code, c.CostMinor)).ShouldBe([("dearer", null), ("dearer", null), ("chosen", 800L)]);

        var divided = SourcingEngine.Solve(order, nodes, new SourcingOptions(SplitPenaltyMinor: 149));
        divided.Shipments.Select(s => s.NodeId).ShouldBe([1L, 2L]);
        divided.CostMinor.ShouldBe(799);
        divided.IsProven.ShouldBeTrue();
    }

    [Fact]
    public void Equal_costs_go_to_fewer_shipments_and_then_to_the_lower_node()
    {
        SourcingNode[] nodes =
            [Node(9, Lane(650), (7, 1), (8, 1)), Node(4, Lane(650), (7, 1), (8, 1)), Node(1, Lane(300), (7, 1)), Node(2, Lane(350), (8, 1))];
        SourcingEngine.Solve([Line(1, 7, 1), Line(2, 8, 1)], nodes, new SourcingOptions(0)).Shipments.Single().NodeId.ShouldBe(4);
    }

    [Fact]
    [Capability("P2")]
    public void A_line_is_divided_when_no_node_has_it_all_and_every_unit_is_sent()
    {
        SourcingNode[] nodes = [Node(1, Lane(100), (7, 3)), Node(2, Lane(200), (7, 3)), Node(3, Lane(10_000), (7, 1))];
        var plan = SourcingEngine.Solve([Line(1, 7, 7)], nodes, new SourcingOptions(50));
        plan.Shipments.Select(s => (s.NodeId, s.Parts.Single().Quantity)).ShouldBe([(1L, 3L), (2L, 3L), (3L, 1L)]);
        plan.CostMinor.ShouldBe(10_400);
        plan.Unfilled.ShouldBeEmpty();

        var more = SourcingEngine.Solve([Line(1, 7, 8)], nodes, new SourcingOptions(50));
        more.Unfilled.ShouldBe([new LinePart(1, 1)]);                  // one unit is nowhere; the rest is sent all the same
        more.Shipments.Count.ShouldBe(3);
        more.IsProven.ShouldBeTrue();

        SourcingEngine.Solve([Line(1, 7, 7)], nodes, new SourcingOptions(50, MayDivideLines: false)).Unfilled.ShouldBe([new LinePart(1, 7)]);
    }

    [Fact]
    [Capability("L1")]
    public void Two_lines_of_one_sku_cannot_both_take_the_same_units()
    {
        SourcingNode[] nodes = [Node(1, Lane(100), (7, 3)), Node(2, Lane(500), (7, 3))];
        var plan = SourcingEngine.Solve([Line(1, 7, 2), Line(2, 7, 2)], nodes, new SourcingOptions(0));
        plan.Shipments.Select(s => s.Parts.Sum(p => p.Quantity)).ShouldBe([3L, 1L]);
        var whole = SourcingEngine.Solve([Line(1, 7, 2), Line(2, 7, 2)], nodes, new SourcingOptions(0, MayDivideLines: false));
        whole.Shipments.Select(s => s.Parts.Single().Quantity).ShouldBe([2L, 2L]);
        whole.CostMinor.ShouldBe(600);
        whole.IsProven.ShouldBeTrue();
    }

    [Fact]
    public void Weight_counts_by_the_gram_and_the_cost_is_rounded_half_up_once()
    {
        var plan = SourcingEngine.Solve([Line(1, 7, 3, grams: 333)], [Node(1, Lane(0, perKg: 500), (7, 3))], new SourcingOptions(0));
        plan.CostMinor.ShouldBe(500);                                  // 3 × 333 g × 5.00 a kilogram = 499.5
        plan.Shipments.Single().CostMinor.ShouldBe(500);
    }

    [Fact]
    public void Every_node_has_its_reason()
    {
        SourcingNode[] nodes =
        [
            Node(1, Lane(100), (7, 1)), Node(2, Lane(200), (7, 1)), new(3, 0, 0, 0, [], new Dictionary<long, long> { [7] = 1 }), Node(4, Lane(1), (8, 1)),
            Node(5, Lane(1, days: 9), (7, 1)), Node(6, Lane(1, maxGrams: 499), (7, 1)),
        ];
        var plan = SourcingEngine.Solve([Line(1, 7, 1, grams: 500)], nodes, new SourcingOptions(0, PromiseDays: 3));
        plan.Candidates.Select(c => c.Code).ShouldBe(["chosen", "dearer", "no_lane", "no_stock", "too_late", "too_heavy"]);
        plan.Candidates.Select(c => c.CostMinor).ShouldBe([100L, 200L, null, null, null, null]);
    }

    [Fact]
    public void A_shipment_within_the_weight_limit_is_preferred_and_one_above_it_is_better_than_none()
    {
        var parcel = Lane(500, maxGrams: 30_000, service: "parcel");
        var pallet = Lane(4_000, maxGrams: 900_000, service: "pallet");
        SourcingNode Offering(params LaneOffer[] lanes) => new(1, 0, 0, 0, lanes, new Dictionary<long, long> { [7] = 10 });
        Demand[] order = [new(1, 7, 10, 5_000, UnfilledPenaltyMinor: 600)];
        SourcingEngine.Solve(order, [Offering(parcel, pallet)], new SourcingOptions(0)).Shipments.Single().Service.ShouldBe("pallet");
        var only = SourcingEngine.Solve(order, [Offering(parcel)], new SourcingOptions(0));
        only.Shipments.Single().Service.ShouldBe("parcel");
        only.Unfilled.ShouldBeEmpty();
        SourcingEngine.Solve(order, [Offering(parcel)], new SourcingOptions(0, FillFirst: false)).Unfilled.Single().Quantity.ShouldBe(4);
    }

    [Fact]
    public void Odd_input_gives_a_plan_and_never_throws()
    {
        var nowhere = SourcingEngine.Solve([Line(1, 7, 2)], [], new SourcingOptions(0));
        nowhere.Unfilled.ShouldBe([new LinePart(1, 2)]);
        SourcingEngine.Solve([], [Node(1, Lane(1), (7, 1))], new SourcingOptions(0)).Shipments.ShouldBeEmpty();
        SourcingEngine.Solve([Line(1, 7, 0), Line(2, 7, -3)], [Node(1, Lane(1), (7, 1))], new SourcingOptions(0)).Unfilled.ShouldBeEmpty();
        SourcingEngine.Solve([Line(1, 7, 1)], [Node(1, Lane(1), (7, 1)), Node(1, Lane(0), (7, 5))], new SourcingOptions(0)).CostMinor.ShouldBe(1);
        SourcingEngine.Solve([Line(1, 7, 1)], [Node(1, Lane(1), (7, 1))], new SourcingOptions(0, MaxShipments: -1)).Unfilled.Single().Quantity.ShouldBe(1);
        SourcingEngine.Solve([Line(1, 7, 1)], [Node(1, Lane(-5), (7, 1))], new SourcingOptions(-9)).Shipments.Single().CostMinor.ShouldBe(0);
    }

    [Theory]
    [InlineData(1_000_000_000, 10_000_000_000_000, 1_000_000_000)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue)]
    [InlineData(long.MaxValue, long.MinValue, long.MinValue)]
    [InlineData(1_000_000_000, 1_000_000, 25_000)]
    public void Huge_figures_do_not_overflow(long quantity, long price, long grams)
    {
        foreach (bool mayDivide in new[] { true, false })
        {
            foreach (int most in new[] { 1, 99 })
            {
                Demand[] order = [new(1, 7, quantity, grams, price), new(2, 8, quantity, grams, price), new(3, 8, quantity, grams, price)];
                var nodes = Enumerable.Range(1, 3).Select(n => new SourcingNode(n, price, price, 0, [new LaneOffer("s", price, price, long.MaxValue, 1)],
                    new Dictionary<long, long> { [7] = quantity / 2, [8] = quantity }, new Dictionary<long, long> { [7] = price })).ToList();
                var plan = SourcingEngine.Solve(order, nodes, new SourcingOptions(price, most, mayDivide));
                Int128 covered = 0;
                foreach (var part in plan.Shipments.SelectMany(s => s.Parts).Concat(plan.Unfilled)) covered += part.Quantity;
                covered.ShouldBe(3 * (Int128)quantity);
                plan.BoundMinor.ShouldBeLessThanOrEqualTo(plan.CostMinor);
            }
        }
    }

    [Fact]
    public void Typical_orders_are_planned_quickly()
    {
        var figures = SourcingBench.Run(orders: 1_000, lines: 3, nodes: 8);
        output.WriteLine(figures.ToString());
        figures.Proven.ShouldBe(1_000);
        figures.PerSecond.ShouldBeGreaterThan(50);                     // 15,000 were measured, and a full machine gives a thread a twentieth of a core
    }
}
