using Shouldly;
using Switchyard.Sourcing;
using Xunit.Abstractions;

namespace Switchyard.Tests.Sourcing;

/// <summary>What must hold whatever strategy somebody writes; set ROUTING_SEED to repeat a run.</summary>
public sealed class RoutingProperties(ITestOutputHelper output)
{
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("ROUTING_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;
    private static readonly string[] Whens = ["", "country:GB", "units:>4", "total:<50", "flag:cold", "-flag:cold", "sku:S1", "every.flag:cold"];
    private static readonly string[] Filters = ["", "kind:store", "kind:warehouse", "group:g", "-group:g", "stock:>=2", "waiting:<3", "code:(N1, N2)"];
    private static readonly string[] Lines = ["", "", "", "flag:cold", "sku:(S1, S2)", "quantity:>1"];

    [Fact, Capability("AX-12", "RT-07", "P1")]
    public void Each_line_is_covered_once_and_nothing_is_sent_that_is_not_there()
    {
        output.WriteLine($"seed {_seed}");
        for (int i = 0; i < 3_000; i++)
        {
            var random = new Random(_seed + i * 7919);
            string what = $"seed {_seed} case {i}";
            var (lab, stock) = Network(random);
            var lines = Enumerable.Range(0, random.Next(1, 5)).Select(_ => (Sku: (long)random.Next(1, 5), Units: (long)random.Next(1, 6))).ToArray();
            var rules = new RoutingRules([.. Enumerable.Range(0, random.Next(1, 5)).Select(s => Scenario(random, s))]);
            var routed = lab.Decide(rules, lines);
            for (int l = 1; l <= lines.Length; l++)
            {
                long sent = routed.Plan.Shipments.Sum(s => s.Parts.Where(p => p.Line == l).Sum(p => p.Quantity)), left = routed.Plan.Unfilled.Where(u => u.Line == l).Sum(u => u.Quantity);
                (sent + left).ShouldBe(lines[l - 1].Units, what);
                if (left == 0) routed.After.ContainsKey(l).ShouldBeFalse(what);
            }
            foreach (var shipment in routed.Plan.Shipments)
            {
                shipment.Parts.Select(p => p.Line).ShouldBeUnique(what);
                foreach (var bySku in shipment.Parts.GroupBy(p => lines[p.Line - 1].Sku))
                    bySku.Sum(p => p.Quantity).ShouldBeLessThanOrEqualTo(stock.GetValueOrDefault((bySku.Key, shipment.NodeId)), what);
            }
            routed.Plan.Shipments.Select(s => s.NodeId).ShouldBeUnique(what);
            routed.Plan.CostMinor.ShouldBe(routed.Plan.Shipments.Sum(s => s.CostMinor) + Math.Max(0, routed.Plan.Shipments.Count - 1) * lab.SplitPenaltyMinor, what);
            routed.Routing!.Candidates.Where(c => c.Reason == "chosen").Select(c => c.NodeId).ShouldBe(routed.Plan.Shipments.Select(s => s.NodeId), what);
            RoutingLab.Sent(lab.Decide(rules, lines)).ShouldBe(RoutingLab.Sent(routed), what);
            // The house rule, which takes what no scenario does, knows no limit.
            if (routed.Routing!.Scenarios.Any(t => t.Name == OrderRouter.HouseRule)) continue;
            int most = rules.Scenarios!.Max(s => s!.Split?.Most ?? 99);
            routed.Plan.Shipments.Count.ShouldBeLessThanOrEqualTo(most, what);
        }
    }

    [Fact, Capability("NX-01", "NX-02")]
    public void What_a_strategy_saw_is_packed_and_decides_the_same_again_and_a_flip_that_is_told_flips()
    {
        output.WriteLine($"seed {_seed}");
        var told = new Dictionary<string, int>();
        for (int i = 0; i < 1_000; i++)
        {
            var random = new Random(_seed + i * 6007);
            string what = $"seed {_seed} case {i}";
            var (lab, _) = Network(random);
            var lines = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Sku: (long)random.Next(1, 5), Units: (long)random.Next(1, 6))).ToArray();
            var rules = new RoutingRules([.. Enumerable.Range(0, random.Next(1, 4)).Select(s => Scenario(random, s))]);
            var settings = lab.Network(i % 5 == 0 ? null : rules, i % 7 == 0 ? rules : null);
            var routed = lab.Decide(i % 5 == 0 ? null : rules, i % 7 == 0 ? rules : null, lines);
            var input = routed.Input!;

            SeenInput.Known[] known = [.. settings.Nodes.Select(n => new SeenInput.Known(n, settings.Lanes(n.Id, 1).Select(l => new LaneOffer(l.Service, l.BaseMinor, l.PerKgMinor, l.MaxWeightGrams, l.TransitDays)).ToList()))];
            byte[] seen = SeenInput.Pack(input, settings.WorldHash, 7, known);
            SeenInput.Head(seen).Mark.ShouldBe((ushort)7);
            SeenInput.Head(seen).World.ShouldBe(settings.WorldHash);
            var again = SeenInput.Unpack(seen, known, settings, lab.Order with { TotalMinor = null, Total = null, Lines = [.. lines.Select((l, n) => new RoutedLine(n + 1, null, "S" + l.Sku, 0, 0))] }).Decide();
            Story(again).ShouldBe(Story(routed), what);
            if (i % 7 == 0 || i % 5 == 0) continue;

            foreach (var flip in RoutingFlips.Of(input, routed))
            {
                string which = $"{what} {flip}";
                flip.Amount.ShouldBePositive(which);
                SourcingFlips.IsFlipped(flip, routed.Plan).ShouldBeFalse(which);
                var then = (input with { Nodes = SourcingFlips.Changed(input.Nodes, flip) }).Decide().Plan;
                SourcingFlips.IsFlipped(flip, then).ShouldBeTrue(which);
                then.Shipments.Select(s => s.NodeId).ShouldBe(flip.Nodes, which);
                var less = (input with { Nodes = SourcingFlips.Changed(input.Nodes, flip with { Amount = flip.Amount - 1 }) }).Decide().Plan;
                if (less.IsProven) SourcingFlips.IsFlipped(flip, less).ShouldBeFalse(which);
                told[flip.Change] = told.GetValueOrDefault(flip.Change) + 1;
            }
        }
        output.WriteLine(string.Join(", ", told.Select(t => $"{t.Value} {t.Key}")));
        told.Keys.ShouldBe([FlipChanges.Cheaper, FlipChanges.Dearer, FlipChanges.Earlier, FlipChanges.MoreStock], ignoreOrder: true);
    }

    private static string Story(RoutedPlan plan) => $"{RoutingLab.Sent(plan)} {plan.Plan.CostMinor} {plan.Plan.IsProven} {string.Join(' ', plan.Plan.Candidates)} "
        + $"{string.Join(' ', plan.Routing?.Scenarios ?? [])} {string.Join(' ', plan.Routing?.Candidates ?? [])} {plan.Routing?.Shadow?.CostMinor} {string.Join(' ', plan.Routing?.Shadow?.Nodes ?? [])}";

    [Fact, Capability("RT-04", "AX-12")]
    public void A_strategy_that_says_nothing_decides_as_the_house_does()
    {
        output.WriteLine($"seed {_seed}");
        for (int i = 0; i < 500; i++)
        {
            var random = new Random(_seed + i * 104729);
            var (lab, _) = Network(random);
            var lines = Enumerable.Range(0, random.Next(1, 5)).Select(_ => (Sku: (long)random.Next(1, 5), Units: (long)random.Next(1, 6))).ToArray();
            var (house, said) = (lab.Decide(null, lines), lab.Decide(RoutingLab.Rules(new RoutingScenario("All")), lines));
            string.Join(' ', RoutingLab.Sent(said).Split(' ').Order()).ShouldBe(string.Join(' ', RoutingLab.Sent(house).Split(' ').Order()), $"seed {_seed} case {i}");
            (said.Plan.CostMinor, said.Plan.Unfilled.Sum(u => u.Quantity)).ShouldBe((house.Plan.CostMinor, house.Plan.Unfilled.Sum(u => u.Quantity)));
        }
    }

    private static (RoutingLab, Dictionary<(long, long), long>) Network(Random random)
    {
        var lab = new RoutingLab { SplitPenaltyMinor = random.Next(3) * 50 };
        var stock = new Dictionary<(long, long), long>();
        for (long n = 1; n <= random.Next(1, 6); n++)
        {
            var here = Enumerable.Range(1, 4).Select(s => (Sku: (long)s, Units: (long)random.Next(0, 5))).ToArray();
            foreach (var (sku, units) in here) stock[(sku, n)] = units;
            lab.Node(n, "N" + n, random.Next(100, 900), random.Next(1, 5), random.Next(2) == 0 ? "store" : "warehouse", random.Next(3) == 0 ? "express" : "std",
                random.Next(2) == 0 ? ["g"] : [], position: (50 + random.Next(5), random.Next(5)), handling: random.Next(50), stock: here).Waits(n, random.Next(6)).Sold(1, n, random.Next(40));
        }
        lab.Trait(1, ["cold"]).Place("M", 51, 1);
        return (lab, stock);
    }

    private static RoutingScenario Scenario(Random random, int no) => new("Scenario " + no, Pick(random, Whens), Pick(random, Lines), Pick(random, Filters),
        random.Next(4) == 0 ? ["std"] : null, random.Next(2) == 0 ? null : Pick(random, [.. RoutingWords.Objectives]),
        random.Next(2) == 0 ? null : new RoutingWeights(random.Next(0, 200), random.Next(50), random.Next(50), random.Next(300), random.Next(300), random.Next(20)),
        random.Next(2) == 0 ? null : new RoutingSplit(random.Next(2) == 0 ? null : random.Next(1, 4), random.Next(3) == 0 ? 4_999 + random.Next(3) : null, random.Next(3) == 0 ? random.Next(500) : null, random.Next(4) == 0),
        random.Next(3) == 0 ? null : Pick(random, [.. RoutingWords.Actions]));

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
