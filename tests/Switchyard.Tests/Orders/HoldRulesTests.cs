using Shouldly;
using Switchyard.Customers;
using Switchyard.Orders;

namespace Switchyard.Tests.Orders;

/// <summary>The pure part of the rules: addresses, prices, scores, conditions.</summary>
public sealed class HoldRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Theory, Capability("OV-01")]
    [InlineData("GB", "M1 1AE", true)]
    [InlineData("GB", "m11ae", true)]
    [InlineData("GB", "SW1A 1AA", true)]
    [InlineData("GB", "GIR 0AA", true)]
    [InlineData("GB", "BFPO 12", true)]
    [InlineData("GB", "JE2 3AB", true)]
    [InlineData("GB", "ZZ1 1AA", false)]
    [InlineData("GB", "M1 1CA", false)]        // C, I, K, M, O, V never stand in the inward part
    [InlineData("GB", "M1", false)]
    [InlineData("GB", "90210", false)]
    [InlineData("JE", "JE2 3AB", true)]
    [InlineData("JE", "M1 1AE", false)]
    [InlineData("DE", "10115", true)]
    [InlineData("DE", "1011", false)]
    [InlineData("NL", "1234 AB", true)]
    [InlineData("NL", "1234", false)]
    [InlineData("US", "90210", true)]
    [InlineData("US", "90210-1234", true)]
    [InlineData("US", "9021", false)]
    [InlineData("CA", "K1A 0B1", true)]
    [InlineData("CA", "K1A 0BB", false)]
    [InlineData("PT", "2725-079", true)]
    [InlineData("JP", "154-0023", true)]
    [InlineData("AE", "whatever", true)]        // no postcodes there
    [InlineData("QQ", "1", true)]               // not known: not judged by this
    public void Postcodes_are_judged_by_their_country(string country, string postcode, bool isOne) =>
        AddressFormats.IsPostcode(country, postcode).ShouldBe(isOne);

    [Fact]
    public void About_250_countries_are_known() =>
        new[] { "GB", "DE", "FR", "US", "CN", "BR", "ZA", "XK", "IE", "HK" }.ShouldAllBe(c => AddressFormats.IsCountry(c));

    [Theory, Capability("OV-01")]
    [InlineData("1 Mill Lane", "Manchester", "M1 1AE", "GB", null)]
    [InlineData(null, "Manchester", "M1 1AE", "GB", "The delivery address has no street.")]
    [InlineData(" ", " ", null, "", "The delivery address has no street, no town or postcode, no country.")]
    [InlineData("1 Mill Lane", "Manchester", null, "GB", "The delivery address has no postcode.")]
    [InlineData("1 Mill Lane", "Manchester", "M1", "GB", "M1 is no postcode of GB.")]
    [InlineData("1 Mill Lane", "Manchester", "M1 1AE", "QQ", "There is no country QQ.")]
    [InlineData("1 Mill Lane", "Manchester", "M1 1AE", "Britain", "The country is not a two-letter code.")]
    [InlineData("1 Mill Lane", "Singapore", "238839", "sg", null)]
    public void An_address_is_doubted_in_words_people_understand(string? line1, string? city, string? postcode, string? country, string? says) =>
        HoldRules.Address(new PlaceOrder.Address("Ada", null, line1, null, city, null, postcode, country, null), "standard", null)
            .Select(h => h.Reason).FirstOrDefault().ShouldBe(says);

    [Fact]
    public void What_is_collected_needs_no_address() => HoldRules.Address(null, "pickup", null).ShouldBeEmpty();

    [Theory, Capability("OV-01")]
    [InlineData("PO Box 12", true)]
    [InlineData("P.O. Box 12", true)]
    [InlineData("Postfach 100", true)]
    [InlineData("12 Boxwood Road", false)]
    public void Post_boxes_are_refused_only_when_the_rule_says_so(string line1, bool isBox)
    {
        var address = new PlaceOrder.Address("Ada", null, line1, null, "Manchester", null, "M1 1AE", "GB", null);
        HoldRules.Address(address, null, new HoldSettings(RefusePostBoxes: true)).Any().ShouldBe(isBox);
        HoldRules.Address(address, null, null).ShouldBeEmpty();
    }

    [Theory, Capability("OV-01")]
    [InlineData(1000, 1000, null, null, null, false)]
    [InlineData(999, 1000, null, null, null, true)]
    [InlineData(1001, 1000, null, null, null, true)]
    [InlineData(950, 1000, "5", null, null, false)]
    [InlineData(949, 1000, "5", null, null, true)]
    [InlineData(990, 1000, null, 10L, null, false)]
    [InlineData(989, 1000, null, 10L, null, true)]
    [InlineData(2000, 1000, null, null, true, false)]
    public void Prices_may_differ_as_far_as_the_rule_tolerates(long price, long list, string? percent, long? minor, bool? onlyBelow, bool isOff) =>
        HoldRules.IsOffList(price, list, new HoldSettings(
            TolerancePercent: percent is null ? null : decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture), ToleranceMinor: minor, OnlyBelow: onlyBelow)).ShouldBe(isOff);

    [Fact]
    public void Without_a_list_price_no_price_is_off() => HoldRules.IsOffList(1, null, null).ShouldBeFalse();

    [Fact, Capability("OV-02")]
    public void A_score_is_the_sum_of_the_signals_seen_and_holds_above_its_limit()
    {
        var rule = new HoldRule("risk", 1, RuleKinds.Risk, Settings: new HoldSettings(Limit: 60, Signals:
        [
            new RiskSignal("value_above", 40, Threshold: 50_000), new RiskSignal("billing_country_differs", 20), new RiskSignal("free_mail", 1), new RiskSignal("forwarder", 99, List: ["HU17"]),
        ]), Permission: "orders:reviewRisk");
        var order = Facts(totalMinor: 50_001, email: "x@gmail.com", bill: "FR");
        HoldRules.Judge([rule], Facts(totalMinor: 50_000, email: "x@gmail.com", bill: "FR")).ShouldBeEmpty();
        var hold = HoldRules.Judge([rule], order).ShouldHaveSingleItem();
        (hold.Kind, hold.Permission, hold.LineNo).ShouldBe(("fraud", "orders:reviewRisk", (int?)null));
        hold.Reason.ShouldStartWith("The risk score is 61, above 60. It is worth more than usual.");
        hold.Explanation!.ShouldContain("\"score\":61");
        HoldRules.Judge([rule with { Settings = rule.Settings! with { Limit = 61 } }], order).ShouldBeEmpty();
    }

    [Fact]
    public void Of_an_order_whose_worth_is_not_known_no_threshold_is_passed()
    {
        var signals = new[] { new RiskSignal("value_above", 40, Threshold: 0) };
        RiskScore.Of(Facts() with { TotalBaseMinor = null }, signals).ShouldBeEmpty();
        new OrderConditions(MinTotalMinor: 0).Hold(Facts() with { TotalBaseMinor = null }).ShouldBeFalse();
    }

    [Fact]
    public void A_final_rule_that_holds_ends_the_trying()
    {
        HoldRule first = new("a", 1, RuleKinds.Manual, When: new OrderConditions(Countries: ["GB"]), IsFinal: true), second = new("b", 2, RuleKinds.Documents, When: new OrderConditions());
        HoldRules.Try([first, second], Facts()).Select(v => v.Outcome).ShouldBe(["holds", "notTried"]);
        HoldRules.Try([first with { When = new OrderConditions(Countries: ["FR"]) }, second], Facts()).Select(v => v.Outcome).ShouldBe(["notForThisOrder", "holds"]);
        HoldRules.Try([first with { IsActive = false }, second], Facts()).Select(v => v.Outcome).ShouldBe(["off", "holds"]);
    }

    [Theory]
    [InlineData("channels", true)]
    [InlineData("metadata", true)]
    [InlineData("postcode", true)]
    [InlineData("flag", true)]
    [InlineData("none", false)]
    public void Conditions_hold_together(string which, bool holds) => (which switch
    {
        "channels" => new OrderConditions(Channels: ["other", "WEB"]),
        "metadata" => new OrderConditions(Metadata: new Dictionary<string, string> { ["gift"] = "yes" }),
        "postcode" => new OrderConditions(PostcodePrefixes: ["m1"]),
        "flag" => new OrderConditions(SkuFlags: ["Chilled"]),
        _ => new OrderConditions(Channels: ["web"], Countries: ["FR"]),
    }).Hold(Facts()).ShouldBe(holds);

    [Fact, Capability("OV-08")]
    public void The_first_rule_that_sets_a_thing_counts_and_tags_add_up()
    {
        IntakeRule[] rules =
        [
            new("service", 1, When: new OrderConditions(Methods: ["standard"]), Set: new IntakeMarks(Method: "next-day", Tags: ["Express"])),
            new("chilled", 2, When: new OrderConditions(SkuFlags: ["chilled"]), Set: new IntakeMarks(Zone: "chilled", Tags: ["cold", "express"])),
            new("next-day", 3, When: new OrderConditions(Methods: ["next-day"]), Set: new IntakeMarks(Priority: 10, Zone: "never")),
            new("later", 4, Set: new IntakeMarks(Priority: 1)),
        ];
        var marks = IntakeRules.Sort(rules, Facts());
        (marks.Priority, marks.Zone, marks.Method).ShouldBe((10, "chilled", "next-day"));
        marks.Tags.ShouldBe(["Express", "cold"]);
    }

    [Fact]
    public void Baskets_are_known_again_in_any_order_and_spelling()
    {
        var buyer = CustomerTraits.Of(1, 1, null, null, "Ada", " Ada@Example.test", "+44 7700 900123", "GB", "m1 1ae", "1, Mill Lane");
        var same = CustomerTraits.Of(1, 1, null, null, "Eve", "ada@example.test", "07700 900123", "GB", "M11AE", "1 Mill Lane");
        OrderKeys.Of(buyer, [("a", 1), ("B", 2)]).ShouldBe(OrderKeys.Of(same, [("b", 1), ("A", 1), ("B", 1)]));
        OrderKeys.Of(buyer, [("A", 1)]).Basket.ShouldNotBe(OrderKeys.Of(buyer, [("A", 2)]).Basket);
    }

    internal static OrderFacts Facts(long totalMinor = 1000, string email = "ada@example.test", string? bill = null)
    {
        var request = new PlaceOrder.Request("web", null, "GBP", new PlaceOrder.Customer("Ada", email, null, null),
            new PlaceOrder.Address("Ada", null, "1 Mill Lane", null, "Manchester", null, "M1 1AE", "GB", null),
            bill is null ? null : new PlaceOrder.Address("Ada", null, "1 Rue", null, "Paris", null, "75001", bill, null), "standard", [], null, null, null, null, null, null,
            new Dictionary<string, string> { ["gift"] = "yes" });
        return new OrderFacts(request, "standard", true, totalMinor, totalMinor, [new LineFacts(1, "A", true, 1, 1000, 1000, ["chilled"])],
            CustomerTraits.Of(1, 1, null, null, "Ada", email, null, "GB", "M1 1AE", "1 Mill Lane"), Now);
    }
}
