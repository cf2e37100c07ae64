using FsCheck;
using FsCheck.Fluent;
using Switchyard.Orders;

namespace Switchyard.Tests.Orders;

/// <summary>What holds for every set of rules.</summary>
public sealed class HoldRulesProperties
{
    private static readonly string[] Kinds = [RuleKinds.Manual, RuleKinds.Documents, RuleKinds.Customer, RuleKinds.Address, RuleKinds.PriceOffList];

    [Fact, Capability("OV-01")]
    public void Every_rule_gets_one_verdict_and_only_those_that_hold_make_holds()
    {
        var rule = from kind in Gen.Elements(Kinds) from active in Gen.Elements(true, true, false) from final in Gen.Elements(true, false, false)
                   from country in Gen.Elements("GB", "FR") select (kind, active, final, country);
        Prop.ForAll(Gen.ListOf(rule).ToArbitrary(), given =>
        {
            var rules = given.Select((g, i) => new HoldRule($"r{i}", i, g.kind, g.active, new OrderConditions(Countries: [g.country]), IsFinal: g.final)).ToList();
            var verdicts = HoldRules.Try(rules, HoldRulesTests.Facts()).ToList();
            int final = verdicts.FindIndex(v => v.Rule.IsFinal && v.Outcome == "holds");
            return verdicts.Count == rules.Count
                && verdicts.All(v => v.Outcome == "holds" == v.Holds.Count > 0)
                && verdicts.All(v => v.Rule.IsActive || v.Outcome == "off")
                && (final < 0 || verdicts.Skip(final + 1).All(v => v.Outcome is "notTried" or "off"))
                && HoldRules.Judge(rules, HoldRulesTests.Facts()).SequenceEqual(verdicts.SelectMany(v => v.Holds));
        }).QuickCheckThrowOnFailure();
    }

    [Fact, Capability("OV-02")]
    public void A_score_never_falls_when_a_signal_of_positive_weight_is_added()
    {
        var signal = from weight in Gen.Choose(0, 100) from threshold in Gen.Choose(0, 1_000) select new RiskSignal("value_above", weight, Threshold: threshold);
        Prop.ForAll((from one in signal from others in Gen.ListOf(signal) select (one, others)).ToArbitrary(), x =>
        {
            var facts = HoldRulesTests.Facts(totalMinor: 500);
            return RiskScore.Sum(RiskScore.Of(facts, [.. x.others])) <= RiskScore.Sum(RiskScore.Of(facts, [.. x.others, x.one]));
        }).QuickCheckThrowOnFailure();
    }

    [Fact, Capability("OV-01")]
    public void A_price_within_the_tolerance_is_never_off_and_one_just_beyond_always_is() =>
        Prop.ForAll((from list in Gen.Choose(1, 1_000_000) from tolerance in Gen.Choose(0, 1_000_000) select ((long)list, (long)tolerance)).ToArbitrary(), x =>
        {
            var settings = new HoldSettings(ToleranceMinor: x.Item2);
            return !HoldRules.IsOffList(x.Item1 + x.Item2, x.Item1, settings) && HoldRules.IsOffList(x.Item1 + x.Item2 + 1, x.Item1, settings);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_may_be_asked_to_be_a_postcode() =>
        Prop.ForAll((from code in ArbMap.Default.GeneratorFor<string?>() from country in Gen.Elements("GB", "US", "MT", "AE", "") select (country, code ?? "")).ToArbitrary(), x =>
        {
            AddressFormats.IsPostcode(x.country, x.Item2);
            return !AddressFormats.IsPostcode("GB", x.Item2 + "!");
        }).QuickCheckThrowOnFailure();
}
