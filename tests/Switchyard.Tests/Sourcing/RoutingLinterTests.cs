using Shouldly;
using Switchyard.Sourcing;
using static Switchyard.Tests.Sourcing.RoutingLab;

namespace Switchyard.Tests.Sourcing;

/// <summary>What the check of a strategy finds, and what it leaves alone.</summary>
public sealed class RoutingLinterTests
{
    private static readonly RoutingLab Lab = new RoutingLab().Node(1, "DC", 100, groups: ["north"], attributes: new() { ["trust"] = "70" }).Node(2, "S1", 200, kind: "store");

    private static List<(string Severity, string Pointer, string Code)> Check(params RoutingScenario[] scenarios) =>
        [.. RoutingLinter.Check(Rules(scenarios), Lab.Network(), "/rules").Select(f => (f.Severity, f.Pointer, f.Code))];

    [Theory, Capability("RT-09")]
    [InlineData("contry:GB", "query.unknown_field")]
    [InlineData("country:GB AND", "query.malformed")]
    [InlineData("chilled", "routing.bare_word")]
    [InlineData("total:>many", "query.bad_value")]
    [InlineData("channel:amazon", "routing.unknown_code")]
    [InlineData("method:pigeon", "routing.unknown_code")]
    [InlineData("country:GB country:FR", "routing.contradiction")]
    [InlineData("total:>50 total:<20", "routing.contradiction")]
    [InlineData("flag:chilled -flag:chilled", "routing.contradiction")]
    [InlineData("(country:GB country:FR) OR (units:>5 units:<3)", "routing.contradiction")]
    public void What_cannot_be_meant_is_an_error_at_the_query(string when, string code) =>
        Check(new RoutingScenario("A", When: when)).ShouldContain(("error", "/rules/scenarios/0/when", code));

    [Theory, Capability("RT-09")]
    [InlineData("code:NOWHERE", "routing.unknown_code")]
    [InlineData("group:south", "routing.unknown_code")]
    [InlineData("kind:supplier", "routing.no_node")]
    [InlineData("kind:store group:north", "routing.no_node")]
    [InlineData("attr.trust:>80", "routing.no_node")]
    public void A_filter_that_leaves_no_node_is_an_error(string nodes, string code) =>
        Check(new RoutingScenario("A", Nodes: nodes)).ShouldContain(("error", "/rules/scenarios/0/nodes", code));

    [Fact, Capability("RT-09")]
    public void A_scenario_behind_one_that_takes_everything_is_never_reached()
    {
        Check(new("All", Otherwise: "hold"), new("Never")).ShouldContain(("error", "/rules/scenarios/1", "routing.never_reached"));
        Check(new("GB", When: "country:GB", Otherwise: "cancel"), new("Never", When: "country:GB units:>2")).ShouldContain(("error", "/rules/scenarios/1", "routing.never_reached"));
        Check(new("Many", When: "units:>=2", Otherwise: "cancel"), new("Never", When: "units:3..5")).ShouldContain(("error", "/rules/scenarios/1", "routing.never_reached"));
        Check(new("Any", When: "country:(GB, FR)", Otherwise: "hold"), new("Never", When: "country:FR")).ShouldContain(("error", "/rules/scenarios/1", "routing.never_reached"));
        // These are reached.
        Check(new("All"), new("Rest")).ShouldBeEmpty();
        Check(new("All", Otherwise: "next"), new("Rest")).ShouldBeEmpty();
        Check(new("GB", When: "country:GB units:>2", Otherwise: "hold"), new("Rest", When: "country:GB")).ShouldBeEmpty();
        Check(new("Cold", Lines: "flag:chilled", Otherwise: "hold"), new("Rest")).ShouldBeEmpty();
        Check(new("Late", When: "units:>2", Otherwise: "hold"), new("Rest", When: "units:>1")).ShouldBeEmpty();
    }

    [Fact, Capability("RT-09")]
    public void Orders_that_no_scenario_leaves_a_way_are_told()
    {
        var network = Lab.Network();
        Check(new RoutingScenario("Pigeons", Services: ["pigeon"])).ShouldBe([("error", "/rules/scenarios/0/services/0", "routing.unknown_code"), ("warning", "/rules/scenarios/0", "routing.no_way")]);
        network.Countries.ShouldBe(["GB"]);
        Check(new("Warehouses", Nodes: "kind:warehouse", Otherwise: "next"), new("Stores", Nodes: "kind:store")).ShouldBeEmpty();
    }

    [Fact, Capability("RT-09")]
    public void What_has_no_effect_and_what_cannot_be_measured_is_a_warning()
    {
        Check(new RoutingScenario("A", Split: new RoutingSplit(Most: 1, MostExtraMinor: 5))).ShouldContain(("warning", "/rules/scenarios/0/split", "routing.no_effect"));
        Check(new RoutingScenario("A", Nodes: "distance:<50")).ShouldContain(("warning", "/rules/scenarios/0/nodes", "routing.no_distance"));
        Check(new RoutingScenario("A", Weights: new RoutingWeights(NodeMinor: new Dictionary<string, long> { ["X"] = 1 }))).ShouldContain(("error", "/rules/scenarios/0/weights/nodeMinor", "routing.unknown_code"));
    }
}
