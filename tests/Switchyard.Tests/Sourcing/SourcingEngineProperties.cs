using Shouldly;
using Switchyard.Sourcing;
using Xunit.Abstractions;

namespace Switchyard.Tests.Sourcing;

/// <summary>The engine against the oracle, on random small problems; set SOURCING_SEED to repeat a run.</summary>
public sealed class SourcingEngineProperties(ITestOutputHelper output)
{
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("SOURCING_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [Capability("L1", "P2")]
    public void Plans_cost_what_the_best_of_all_plans_costs(bool mayDivide, bool fillFirst) =>
        Compare(2500, mayDivide, fillFirst, lightens: true, sameSku: false, tightWeight: !mayDivide);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Capability("L1")]
    public void Lines_of_one_sku_share_its_stock(bool mayDivide) =>
        Compare(2000, mayDivide, fillFirst: true, lightens: false, sameSku: true, tightWeight: false);

    [Fact]
    public void Under_weight_limits_divided_plans_are_possible_and_never_below_their_bound()
    {
        output.WriteLine($"seed {_seed}");
        int proven = 0, best = 0, cases = 1000;
        for (int i = 0; i < cases; i++)
        {
            string what = $"seed {_seed} case {i}";
            var (demands, nodes, options) = SourcingProblems.Random(new Random(_seed + i * 7919), true, true, lightens: false, sameSku: false, tightWeight: true);
            var plan = SourcingEngine.Solve(demands, nodes, options);
            SourcingOracle.Check(demands, nodes, options, plan, what);
            var (units, milli) = Oracle(demands, nodes, options);
            long sent = plan.Shipments.Sum(s => s.Parts.Sum(p => p.Quantity));
            sent.ShouldBeLessThanOrEqualTo(SourcingOracle.Best(demands, nodes, options, areWeightsKept: false).Units, what);
            if (sent == units) plan.BoundMinor.ShouldBeLessThanOrEqualTo(SourcingOracle.Rounded(milli), what);
            if (plan.IsProven && sent == units) plan.CostMinor.ShouldBe(SourcingOracle.Rounded(milli), what);
            proven += plan.IsProven ? 1 : 0;
            best += sent == units && plan.CostMinor == SourcingOracle.Rounded(milli) ? 1 : 0;
        }
        output.WriteLine($"{proven} proven, {best} the best of {cases}");
        best.ShouldBeGreaterThan(cases * 9 / 10);
    }

    [Fact]
    public void The_order_of_the_nodes_does_not_matter_and_the_same_question_has_the_same_answer()
    {
        output.WriteLine($"seed {_seed}");
        for (int i = 0; i < 500; i++)
        {
            var random = new Random(_seed + i);
            var (demands, nodes, options) = SourcingProblems.Random(random, i % 2 == 0, true, true, false, false);
            string first = Text(SourcingEngine.Solve(demands, nodes, options));
            Text(SourcingEngine.Solve(demands, [.. Enumerable.Reverse(nodes)], options)).ShouldBe(first, $"seed {_seed} case {i}");
            Text(SourcingEngine.Solve(demands, nodes, options)).ShouldBe(first, $"seed {_seed} case {i}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Many_lines_are_proven_at_moderate_size_and_a_small_budget_gives_a_bound(bool mayDivide)
    {
        output.WriteLine($"seed {_seed}");
        int proven = 0, cases = 40;
        for (int i = 0; i < cases; i++)
        {
            string what = $"seed {_seed} case {i}";
            var (demands, nodes, options) = SourcingProblems.Large(new Random(_seed + i), lines: 14 + i % 8, nodes: 12, mayDivide);
            var plan = SourcingEngine.Solve(demands, nodes, options with { BudgetSteps = 20_000_000 });
            var hurried = SourcingEngine.Solve(demands, nodes, options with { BudgetSteps = 1 });
            SourcingOracle.Check(demands, nodes, options, plan, what);
            SourcingOracle.Check(demands, nodes, options, hurried, what);
            if (!plan.IsProven) continue;
            proven++;
            hurried.CostMinor.ShouldBeGreaterThanOrEqualTo(plan.CostMinor, what);
            hurried.BoundMinor.ShouldBeLessThanOrEqualTo(plan.CostMinor, what);
        }
        output.WriteLine($"{proven} of {cases} proven");
        proven.ShouldBeGreaterThanOrEqualTo(cases * 9 / 10);
    }

    [Fact]
    [Capability("P26")]
    public void No_figures_make_it_fail_or_lose_a_unit()
    {
        output.WriteLine($"seed {_seed}");
        long[] wild = [long.MinValue, -1, 0, 1, 7, 1000, 1_000_000_000, 10_000_000_000_000, 1L << 48, long.MaxValue];
        for (int i = 0; i < 2000; i++)
        {
            var random = new Random(_seed + i);
            long Any() => random.Next(2) == 0 ? random.Next(0, 500) : wild[random.Next(wild.Length)];
            var demands = Enumerable.Range(0, random.Next(0, 5)).Select(l => new Demand(l, random.Next(3), Any(), Any(), Any())).ToList();
            var nodes = Enumerable.Range(0, random.Next(0, 6)).Select(n => new SourcingNode(n, Any(), Any(), 0,
                [.. Enumerable.Range(0, random.Next(0, 3)).Select(s => new LaneOffer("s" + s, Any(), Any(), Any(), 1))],
                Enumerable.Range(0, 3).ToDictionary(s => (long)s, _ => Any()), Enumerable.Range(0, 2).ToDictionary(s => (long)s, _ => Any()))).ToList();
            var options = new SourcingOptions(Any(), random.Next(3) == 0 ? random.Next(-1, 4) : 99, i % 2 == 0, null, 1_000_000, i % 3 > 0);
            string what = $"seed {_seed} case {i}";
            var plan = Should.NotThrow(() => SourcingEngine.Solve(demands, nodes, options), what);
            foreach (var demand in demands)
            {
                Int128 covered = 0;
                foreach (var part in plan.Shipments.SelectMany(s => s.Parts).Concat(plan.Unfilled).Where(p => p.Line == demand.Line)) covered += part.Quantity;
                covered.ShouldBe(Math.Max(0, demand.Quantity), what);
            }
            plan.BoundMinor.ShouldBeLessThanOrEqualTo(plan.CostMinor, what);
        }
    }

    private void Compare(int cases, bool mayDivide, bool fillFirst, bool lightens, bool sameSku, bool tightWeight)
    {
        output.WriteLine($"seed {_seed}");
        int split = 0, unfilled = 0;
        for (int i = 0; i < cases; i++)
        {
            string what = $"seed {_seed} case {i}";
            var (demands, nodes, options) = SourcingProblems.Random(new Random(_seed + i * 7919), mayDivide, fillFirst, lightens, sameSku, tightWeight);
            var plan = SourcingEngine.Solve(demands, nodes, options);
            SourcingOracle.Check(demands, nodes, options, plan, what);
            var (units, milli) = Oracle(demands, nodes, options);
            if (fillFirst) plan.Shipments.Sum(s => s.Parts.Sum(p => p.Quantity)).ShouldBe(units, what);
            plan.CostMinor.ShouldBe(SourcingOracle.Rounded(milli), what);
            plan.IsProven.ShouldBeTrue(what);
            split += plan.Shipments.Count > 1 ? 1 : 0;
            unfilled += plan.Unfilled.Count > 0 ? 1 : 0;
        }
        output.WriteLine($"{cases} cases, {split} in several shipments, {unfilled} not filled");
        split.ShouldBeGreaterThan(cases / 10);
    }

    private static (long Units, long Milli) Oracle(IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, SourcingOptions options)
    {
        var kept = SourcingOracle.Best(demands, nodes, options, areWeightsKept: true);
        if (!options.FillFirst) return kept;
        var heavy = SourcingOracle.Best(demands, nodes, options, areWeightsKept: false);
        return heavy.Units > kept.Units ? heavy : kept;
    }

    private static string Text(SourcingPlan plan) => System.Text.Json.JsonSerializer.Serialize(plan);
}
