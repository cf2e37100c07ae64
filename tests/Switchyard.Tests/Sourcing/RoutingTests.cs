using Shouldly;
using Switchyard.Sourcing;
using static Switchyard.Tests.Sourcing.RoutingLab;

namespace Switchyard.Tests.Sourcing;

/// <summary>What scenarios make of an order: the cases a merchant would try first.</summary>
public sealed class RoutingTests
{
    private static RoutingScenario All(string name = "All") => new(name);

    [Fact, Capability("RT-01", "RT-04")]
    public void The_cheaper_of_4_95_and_6_50_sends_by_the_house_rule_and_by_a_strategy_alike()
    {
        var lab = new RoutingLab().Node(1, "A", 495, stock: (7, 5)).Node(2, "B", 650, stock: (7, 5));
        Sent(lab.Decide(null, (7, 2))).ShouldBe("1:1x2");
        var routed = lab.Decide(Rules(All()), (7, 2));
        Sent(routed).ShouldBe("1:1x2");
        routed.Plan.CostMinor.ShouldBe(495);
        (routed.Routing!.Strategy, routed.Routing.Version).ShouldBe(("main", 3));
        routed.Routing.Candidates.Select(c => (c.NodeId, c.Reason, c.CarriageMinor)).ShouldBe([(1, "chosen", 495L), (2, "dearer", 650L)]);
    }

    [Fact, Capability("RT-02")]
    public void The_nearest_sends_and_another_postcode_has_another_nearest()
    {
        var lab = new RoutingLab().Node(1, "MAN", 500, position: (53.48m, -2.24m), stock: (7, 5)).Node(2, "LON", 400, position: (51.51m, -0.13m), stock: (7, 5))
            .Place("M1", 53.477m, -2.233m).Place("SW1", 51.499m, -0.133m);
        var nearest = Rules(All() with { Weights = new RoutingWeights(CostPercent: 0, HundredKmMinor: 100) });
        var near = lab.Decide(nearest, (7, 1));
        Sent(near).ShouldBe("1:1x1");
        near.Plan.CostMinor.ShouldBe(500, "what only ranks is no money");
        near.Routing!.Candidates.Single(c => c.NodeId == 2).Km!.Value.ShouldBeInRange(255, 270);
        lab.Order = lab.Order with { Postcode = "SW1A 1AA" };
        Sent(lab.Decide(nearest, (7, 1))).ShouldBe("2:1x1");
        Sent(lab.Decide(Rules(All() with { Nodes = "distance:>100" }), (7, 1))).ShouldBe("1:1x1");
    }

    [Fact, Capability("RT-03")]
    public void Prefer_most_stock_takes_from_the_fullest_shelf()
    {
        var lab = new RoutingLab().Node(1, "A", 400, stock: (7, 5)).Node(2, "B", 500, stock: (7, 50));
        Sent(lab.Decide(Rules(All()), (7, 1))).ShouldBe("1:1x1");
        Sent(lab.Decide(Rules(All() with { Weights = new RoutingWeights(StockMinor: 1_000) }), (7, 1))).ShouldBe("2:1x1");
    }

    [Fact, Capability("RT-05")]
    public void A_fast_seller_stays_where_people_walk_in_for_it()
    {
        var lab = new RoutingLab().Node(1, "A", 400, kind: "store", stock: (7, 5)).Node(2, "B", 500, kind: "store", stock: (7, 5)).Sold(7, 1, 90).Sold(7, 2, 3);
        Sent(lab.Decide(Rules(All()), (7, 1))).ShouldBe("1:1x1");
        Sent(lab.Decide(Rules(All() with { Weights = new RoutingWeights(VelocityMinor: 200) }), (7, 1))).ShouldBe("2:1x1");
    }

    [Fact, Capability("AX-09", "RT-09")]
    public void A_node_with_much_before_it_is_spared_and_a_price_on_a_node_counts()
    {
        var lab = new RoutingLab().Node(1, "A", 400, stock: (7, 5)).Node(2, "B", 450, stock: (7, 5)).Waits(1, 30);
        Sent(lab.Decide(Rules(All() with { Weights = new RoutingWeights(WorkloadMinor: 5) }), (7, 1))).ShouldBe("2:1x1");
        Sent(lab.Decide(Rules(All() with { Weights = new RoutingWeights(NodeMinor: new Dictionary<string, long> { ["b"] = -60 }) }), (7, 1))).ShouldBe("2:1x1");
        Sent(lab.Decide(Rules(All() with { Nodes = "waiting:<10" }), (7, 1))).ShouldBe("2:1x1");
    }

    [Fact, Capability("RT-06", "AX-12")]
    public void Stores_send_when_the_warehouse_is_empty_because_the_next_scenario_is_tried()
    {
        var rules = Rules(new RoutingScenario("Warehouses", Nodes: "kind:warehouse", Otherwise: "next"), new("Stores", Nodes: "kind:store"));
        var lab = new RoutingLab().Node(1, "DC", 300, stock: (7, 0)).Node(2, "S1", 500, kind: "store", stock: (7, 2));
        var routed = lab.Decide(rules, (7, 2));
        Sent(routed).ShouldBe("2:1x2");
        routed.Routing!.Scenarios.Select(s => (s.Name, s.Outcome)).ShouldBe([("Warehouses", "gaveWay"), ("Stores", "sent")]);
        Sent(new RoutingLab().Node(1, "DC", 900, stock: (7, 2)).Node(2, "S1", 500, kind: "store", stock: (7, 2)).Decide(rules, (7, 2))).ShouldBe("1:1x2");
    }

    [Fact, Capability("RT-07", "AX-18")]
    public void Fewest_parcels_finds_the_least_set_of_nodes_whatever_it_costs()
    {
        // One and two have two of the three between them each; three nodes would be cheapest.
        var lab = new RoutingLab().Node(1, "A", 10, stock: (7, 1)).Node(2, "B", 10, stock: (8, 1)).Node(3, "C", 10, stock: (9, 1)).Node(4, "D", 900, stock: [(7, 1), (8, 1)]);
        lab.Decide(Rules(All()), (7, 1), (8, 1), (9, 1)).Plan.Shipments.Count.ShouldBe(3);
        var few = lab.Decide(Rules(All() with { Objective = "fewestParcels" }), (7, 1), (8, 1), (9, 1));
        Sent(few).ShouldBe("3:3x1 4:1x1 4:2x1");
        few.Plan.CostMinor.ShouldBe(910);
        few.Plan.IsProven.ShouldBeTrue();
    }

    [Fact, Capability("RT-08")]
    public void The_objective_turns_the_choice()
    {
        var lab = new RoutingLab().Node(1, "SLOW", 300, days: 5, stock: (7, 3)).Node(2, "QUICK", 900, days: 1, stock: (7, 3)).Node(3, "MID", 420, days: 3, stock: (7, 3));
        string by(string objective, RoutingWeights? weights = null) => Sent(lab.Decide(Rules(All() with { Objective = objective, Weights = weights }), (7, 1)));
        by("cheapest").ShouldBe("1:1x1");
        by("fastest").ShouldBe("2:1x1");
        by("balanced").ShouldBe("3:1x1");                    // 300 + 5 days, 900 + 1, 420 + 3: 800, 1000, 720
        by("balanced", new RoutingWeights(DayMinor: 10)).ShouldBe("1:1x1");
    }

    [Fact, Capability("RT-08")]
    public void Fastest_sends_as_much_as_any_other_and_of_the_quick_ways_the_cheapest()
    {
        var lab = new RoutingLab().Node(1, "SLOW", 100, days: 5, stock: (8, 1)).Node(2, "QUICK", 900, days: 1, stock: (7, 1)).Node(3, "ALSO", 800, days: 1, stock: (7, 1));
        Sent(lab.Decide(Rules(All() with { Objective = "fastest" }), (7, 1), (8, 1))).ShouldBe("1:2x1 3:1x1");
    }

    [Theory, Capability("AX-13")]
    [InlineData("flag:perishable", "2:1x1 2:2x1")]
    [InlineData("product.season:winter", "2:1x1 2:2x1")]
    [InlineData("every.flag:perishable", "1:1x1 1:2x1")]
    [InlineData("metadata.gift:yes", "2:1x1 2:2x1")]
    [InlineData("customerType:company customerTag:vip", "2:1x1 2:2x1")]
    [InlineData("tag:express OR country:FR", "2:1x1 2:2x1")]
    [InlineData("total:>=50 units:2 lines:2 weight:<1 postcode:M1*", "2:1x1 2:2x1")]
    [InlineData("-channel:web", "1:1x1 1:2x1")]
    public void Order_product_customer_and_node_attributes_decide_who_may_send(string when, string sent)
    {
        var lab = new RoutingLab().Node(1, "A", 100, stock: [(7, 5), (8, 5)])
            .Node(2, "B", 900, groups: ["cold"], attributes: new() { ["trust"] = "90", ["owner"] = "own" }, stock: [(7, 5), (8, 5)])
            .Trait(7, ["perishable"], new() { ["season"] = "Winter" });
        lab.Order = lab.Order with { Metadata = new Dictionary<string, string> { ["gift"] = "yes" }, IsCompany = true, CustomerTags = ["VIP"], Tags = ["Express"] };
        Sent(lab.Decide(Rules(new RoutingScenario("Cold", When: when, Nodes: "group:cold attr.trust:>=80 attr.owner:own")), (7, 1), (8, 1))).ShouldBe(sent);
    }

    [Fact, Capability("AX-13", "RT-11")]
    public void Only_the_lines_a_scenario_is_about_are_bound_by_it()
    {
        var lab = new RoutingLab().Node(1, "A", 100, stock: [(7, 5), (8, 5)]).Node(2, "B", 300, groups: ["cold"], stock: [(7, 5), (8, 5)]).Trait(7, ["chilled"]);
        var routed = lab.Decide(Rules(new RoutingScenario("Cold", Lines: "flag:chilled", Nodes: "group:cold")), (7, 1), (8, 1));
        Sent(routed).ShouldBe("1:2x1 2:1x1");
        routed.Routing!.Scenarios.Select(s => s.Name).ShouldBe(["Cold", "house"]);
    }

    [Fact, Capability("AX-16")]
    public void Orders_below_a_value_stay_together()
    {
        var lab = new RoutingLab().Node(1, "A", 100, stock: (7, 1)).Node(2, "B", 100, stock: (8, 1)).Node(3, "C", 900, stock: [(7, 1), (8, 1)]);
        var rules = Rules(All() with { Split = new RoutingSplit(NeverBelowMinor: 5_001) });
        Sent(lab.Decide(rules, (7, 1), (8, 1))).ShouldBe("3:1x1 3:2x1");
        lab.Order = lab.Order with { TotalMinor = 5_001 };
        Sent(lab.Decide(rules, (7, 1), (8, 1))).ShouldBe("1:1x1 2:2x1");
        lab.Order = lab.Order with { TotalMinor = null };
        Sent(lab.Decide(rules, (7, 1), (8, 1))).ShouldBe("3:1x1 3:2x1");
    }

    [Theory, Capability("AX-17")]
    [InlineData(400, "1:1x1 2:2x1")]
    [InlineData(399, "1:1x1")]
    public void A_split_that_costs_too_much_more_than_one_parcel_is_not_made(long most, string sent)
    {
        var lab = new RoutingLab { SplitPenaltyMinor = 0 }.Node(1, "A", 300, stock: (7, 1)).Node(2, "B", 400, stock: (8, 1));
        var routed = lab.Decide(Rules(All() with { Split = new RoutingSplit(MostExtraMinor: most) }), (7, 1), (8, 1));
        Sent(routed).ShouldBe(sent);
        routed.Routing!.Scenarios[0].Limit.ShouldBe(most == 400 ? null : "extraCost");
    }

    [Fact, Capability("AX-18")]
    public void At_most_so_many_parcels_over_all_scenarios_and_all_or_nothing()
    {
        var lab = new RoutingLab().Node(1, "A", 100, stock: (7, 1)).Node(2, "B", 200, stock: (8, 1)).Node(3, "C", 300, stock: (9, 1));
        var two = lab.Decide(Rules(All() with { Split = new RoutingSplit(Most: 2) }), (7, 1), (8, 1), (9, 1));
        (two.Plan.Shipments.Count, two.Sent, two.Routing!.Scenarios[0].Limit).ShouldBe((2, 2, "split"));
        var whole = lab.Decide(Rules(All() with { Split = new RoutingSplit(Most: 2, IsWhole: true), Otherwise = "backorder" }), (7, 1), (8, 1), (9, 1));
        whole.Sent.ShouldBe(0);
        whole.After.Keys.Order().ShouldBe([1, 2, 3]);
        lab.Decide(Rules(All() with { Split = new RoutingSplit(Most: 3, IsWhole: true) }), (7, 1), (8, 1), (9, 1)).Sent.ShouldBe(3);
    }

    [Theory, Capability("AX-12")]
    [InlineData("split", "1:1x2 2:1x3", null)]
    [InlineData("next", "2:1x5", null)]
    [InlineData("backorder", "1:1x2", "backorder")]
    [InlineData("hold", "1:1x2", "hold")]
    [InlineData("cancel", "1:1x2", "cancel")]
    public void What_a_scenario_cannot_send_goes_where_it_says(string otherwise, string sent, string? after)
    {
        var lab = new RoutingLab().Node(1, "DC", 100, stock: (7, 2)).Node(2, "S1", 500, kind: "store", stock: (7, 9));
        var routed = lab.Decide(Rules(new RoutingScenario("First", Nodes: "kind:warehouse", Otherwise: otherwise, Reason: "Ask the buyer"), new("Then")), (7, 5));
        Sent(routed).ShouldBe(sent);
        routed.After.GetValueOrDefault(1)?.Action.ShouldBe(after);
        routed.Plan.Unfilled.Sum(u => u.Quantity).ShouldBe(after is null ? 0 : 3);
        if (otherwise == "hold") routed.After[1].Reason.ShouldBe("Ask the buyer");
    }

    [Fact, Capability("AX-12")]
    public void A_scenario_that_gave_way_stands_when_what_came_after_sends_less()
    {
        var lab = new RoutingLab().Node(1, "DC", 100, stock: (7, 2)).Node(2, "S1", 500, kind: "store", stock: (7, 1));
        Sent(lab.Decide(Rules(new RoutingScenario("First", Nodes: "kind:warehouse", Otherwise: "next"), new("Then", Nodes: "kind:store", Otherwise: "hold")), (7, 5))).ShouldBe("1:1x2");
    }

    [Fact, Capability("AX-22")]
    public void Every_node_that_does_not_send_has_its_reason_and_costs_by_parts()
    {
        var lab = new RoutingLab().Node(1, "A", 300, handling: 20, stock: (7, 5)).Node(2, "B", 350, handling: 25, stock: (7, 5)).Node(3, "C", 10, kind: "store", stock: (7, 5))
            .Node(4, "D", 10, service: "pigeon", stock: (7, 5)).Node(5, "E", 10).Node(6, "F", 10, stock: (7, 1));
        var routed = lab.Decide(Rules(new RoutingScenario("Main", Nodes: "-kind:store stock:>=0", Services: ["std"], Weights: new RoutingWeights(DayMinor: 7))), (7, 2));
        var by = routed.Routing!.Candidates.ToDictionary(c => c.NodeId);
        by.Values.Select(c => c.Reason).ShouldBe(["chosen", "dearer", "excluded", "no_service", "no_stock", "dearer"]);
        (by[1].CarriageMinor, by[1].HandlingMinor, by[1].RankMinor, by[1].Scenario).ShouldBe((300, 40, 14, "Main"));
        (by[2].CarriageMinor, by[2].HandlingMinor).ShouldBe((350, 50));
        by[3].CarriageMinor.ShouldBeNull();
    }

    [Fact, Capability("AX-20")]
    public void A_shadow_decides_beside_and_changes_nothing()
    {
        var lab = new RoutingLab().Node(1, "A", 300, stock: (7, 5)).Node(2, "B", 500, groups: ["north"], stock: (7, 5));
        var shadow = Rules(new RoutingScenario("North", Nodes: "group:north"));
        var house = lab.Decide(null, shadow, (7, 1));
        Sent(house).ShouldBe("1:1x1");
        var seen = house.Routing!.Shadow!;
        (seen.Strategy, seen.Version, seen.Scenario, seen.CostMinor).ShouldBe(("other", 1, "North", 500));
        var both = lab.Decide(Rules(All()), shadow, (7, 1));
        (Sent(both), both.Routing!.Strategy, both.Routing.Shadow!.Nodes.Single()).ShouldBe(("1:1x1", "main", 2));
    }
}
