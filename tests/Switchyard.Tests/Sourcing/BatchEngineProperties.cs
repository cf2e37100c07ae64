using Shouldly;
using Switchyard.Sourcing;
using Xunit.Abstractions;

namespace Switchyard.Tests.Sourcing;

/// <summary>Batches against the oracle, on random small problems; set SOURCING_SEED to repeat a run.</summary>
public sealed class BatchEngineProperties(ITestOutputHelper output)
{
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("SOURCING_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    [InlineData(false, false, true)]
    [Capability("L1", "P2")]
    public void Orders_together_cost_what_the_best_of_all_plans_costs_and_keep_every_limit(bool mayDivide, bool fillFirst, bool tightWeight)
    {
        output.WriteLine($"seed {_seed}");
        int together = 0;
        for (int i = 0; i < 400; i++)
        {
            string what = $"seed {_seed} case {i}";
            var (orders, nodes) = BatchProblems.Random(new Random(_seed + i * 7919), mayDivide, tightWeight);
            var options = new BatchOptions(mayDivide, fillFirst);
            var plan = BatchEngine.Solve(orders, nodes, options);
            var (sent, minor) = BatchOracle.Check(orders, nodes, options, plan, what);
            var best = BatchOracle.Best(orders, nodes, options);
            if (fillFirst) sent.ShouldBe(best.Sent, what);
            minor.ShouldBe(Minor(best.Milli), what);
            plan.IsProven.ShouldBeTrue(what);
            plan.BoundMinor.ShouldBe(plan.CostMinor, what);
            long apart = orders.Sum(o => BatchOracle.Best([o], nodes, options).Milli);
            together += apart < best.Milli ? 1 : 0;
        }
        output.WriteLine($"{together} of 400 in which orders stand in each other's way");
        together.ShouldBeGreaterThan(40);
    }

    /// <summary>The first service of one order cannot carry what its second can: the shelf that both orders want is short all the same.</summary>
    [Fact]
    [Capability("L1")]
    public void A_shelf_is_shared_though_the_first_service_from_there_is_too_weak()
    {
        var (orders, nodes) = BatchProblems.Random(new Random(551_406 + 77 * 7919), mayDivide: false, tightWeight: true);
        var options = new BatchOptions(MayDivideLines: false, FillFirst: false);
        var (_, minor) = BatchOracle.Check(orders, nodes, options, BatchEngine.Solve(orders, nodes, options), "");
        minor.ShouldBe(Minor(BatchOracle.Best(orders, nodes, options).Milli));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Planning_anew_is_never_dearer_than_what_is_planned_and_a_change_must_be_worth_its_price(bool mayDivide)
    {
        output.WriteLine($"seed {_seed}");
        int kept = 0, changed = 0, frozen = 0;
        for (int i = 0; i < 400; i++)
        {
            string what = $"seed {_seed} case {i}";
            var random = new Random(_seed + i * 7919);
            var (orders, nodes) = BatchProblems.Random(random, mayDivide);
            var options = new BatchOptions(mayDivide, FillFirst: false);
            var old = BatchEngine.Solve(orders, nodes, options);
            // Prices move after the orders were planned; some orders are already on their way.
            var now = nodes.Select(n => n with { Node = n.Node with { PickFixedMinor = random.Next(0, 900), HandlingMinor = random.Next(0, 300) } }).ToList();
            var waiting = orders.Select((o, at) => o with { Current = old.Orders[at].Plan!.Shipments, ChurnMinor = random.Next(3) * 60, IsFrozen = random.Next(5) == 0 }).ToList();
            var plan = BatchEngine.Solve(waiting, now, options);
            var (_, minor) = BatchOracle.Check(waiting, now, options, plan, what);
            var stay = BatchEngine.Solve([.. waiting.Select(o => o with { ChurnMinor = 1_000_000 })], now, options);
            stay.Orders.ShouldAllBe(o => !o.IsChanged, what);
            minor.ShouldBeLessThanOrEqualTo(stay.CostMinor, what);
            frozen += waiting.Count(o => o.IsFrozen);
            foreach (var order in plan.Orders) _ = order.IsChanged ? changed++ : kept++;
            if (waiting.Any(o => o.IsFrozen)) continue;
            minor.ShouldBe(Minor(BatchOracle.Best(waiting, now, options).Milli), what);
        }
        output.WriteLine($"{kept} kept, {changed} changed, {frozen} frozen");
        kept.ShouldBeGreaterThan(100);
        changed.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void The_sequence_of_orders_and_nodes_does_not_matter_and_the_same_question_has_the_same_answer()
    {
        output.WriteLine($"seed {_seed}");
        for (int i = 0; i < 24; i++)
        {
            string what = $"seed {_seed} case {i}";
            var random = new Random(_seed + i);
            var (orders, nodes) = SourcingCases.Batch((ulong)(_seed + i), new SourcingCases.Shape(6 + i % 5, 5, i % 2 == 0, i % 3 == 0 ? 30 : 100));
            var options = new BatchOptions(i % 2 == 0, i % 4 < 2, BudgetSteps: 1_000_000);
            var first = BatchEngine.Solve(orders, nodes, options);
            BatchOracle.Check(orders, nodes, options, first, what);
            Text(BatchEngine.Solve(orders, nodes, options)).ShouldBe(Text(first), what);
            Text(BatchEngine.Solve(BatchProblems.Shuffled(random, orders), BatchProblems.Shuffled(random, nodes), options)).ShouldBe(Text(first), what);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_a_node_nothing_becomes_cheaper(bool mayDivide)
    {
        output.WriteLine($"seed {_seed}");
        for (int i = 0; i < 150; i++)
        {
            string what = $"seed {_seed} case {i}";
            var (orders, nodes) = BatchProblems.Random(new Random(_seed + i), mayDivide);
            var options = new BatchOptions(mayDivide, FillFirst: false);
            var all = BatchEngine.Solve(orders, nodes, options);
            all.IsProven.ShouldBeTrue(what);
            foreach (var node in nodes) BatchEngine.Solve(orders, [.. nodes.Where(n => n != node)], options).CostMinor.ShouldBeGreaterThanOrEqualTo(all.CostMinor, what);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_hurried_answer_keeps_every_limit_and_its_bound_holds(bool mayDivide)
    {
        output.WriteLine($"seed {_seed}");
        for (int i = 0; i < 12; i++)
        {
            string what = $"seed {_seed} case {i}";
            var (orders, nodes) = SourcingCases.Batch((ulong)(_seed + i), new SourcingCases.Shape(12, 7, mayDivide, i % 2 == 0 ? 30 : 100, CapPercent: 60));
            var options = new BatchOptions(mayDivide, FillFirst: false, BudgetSteps: 5_000_000);
            var good = BatchEngine.Solve(orders, nodes, options);
            BatchOracle.Check(orders, nodes, options, good, what);
            foreach (long steps in new[] { 0L, 20_000, 200_000 })
            {
                var hurried = BatchEngine.Solve(orders, nodes, options with { BudgetSteps = steps });
                BatchOracle.Check(orders, nodes, options, hurried, what);
                hurried.BoundMinor.ShouldBeLessThanOrEqualTo(good.CostMinor, what);
                good.BoundMinor.ShouldBeLessThanOrEqualTo(hurried.CostMinor, what);
            }
            int asked = 0;
            BatchOracle.Check(orders, nodes, options, BatchEngine.Solve(orders, nodes, options with { IsOver = () => ++asked > 3 }), what);
        }
    }

    [Fact]
    [Capability("P26")]
    public void No_figures_make_it_fail_or_oversell()
    {
        output.WriteLine($"seed {_seed}");
        long[] wild = [long.MinValue, -1, 0, 1, 7, 1000, 1_000_000_000, 10_000_000_000_000, 1L << 48, long.MaxValue];
        for (int i = 0; i < 600; i++)
        {
            var random = new Random(_seed + i);
            string what = $"seed {_seed} case {i}";
            long Any() => random.Next(3) > 0 ? random.Next(0, 500) : wild[random.Next(wild.Length)];
            long? Cap() => random.Next(2) == 0 ? null : Any();
            var nodes = Enumerable.Range(0, random.Next(0, 5)).Select(n => new BatchNode(new SourcingNode(n, Any(), Any(), 0, [],
                Enumerable.Range(0, 3).ToDictionary(s => (long)s, _ => Any()), Enumerable.Range(0, 2).ToDictionary(s => (long)s, _ => Any())), Cap(), Cap())).ToList();
            var orders = Enumerable.Range(0, random.Next(0, 5)).Select(o => new BatchOrder(o, [.. Enumerable.Range(0, random.Next(0, 4)).Select(l => new Demand(l, random.Next(3), Any(), Any(), Any()))],
                nodes.ToDictionary(n => n.Node.NodeId, _ => (IReadOnlyList<LaneOffer>)[new LaneOffer("s", Any(), Any(), Any(), 1)]), Any(), random.Next(3) == 0 ? random.Next(-1, 4) : 99)).ToList();
            var plan = BatchEngine.Solve(orders, nodes, new BatchOptions(i % 2 == 0, i % 3 > 0, 300_000));
            plan.BoundMinor.ShouldBeLessThanOrEqualTo(plan.CostMinor, what);
            foreach (var node in nodes)
            {
                var sent = plan.Orders.SelectMany(o => o.Plan!.Shipments.Where(s => s.NodeId == node.Node.NodeId).SelectMany(s => s.Parts.Select(p => (orders[(int)o.OrderId].Demands[p.Line].SkuId, p.Quantity)))).ToList();
                foreach (var sku in sent.GroupBy(s => s.SkuId)) Sum(sku.Select(s => s.Quantity)).ShouldBeLessThanOrEqualTo(node.Node.Available[sku.Key], what);
                if (node.CapUnits is { } cap) Sum(sent.Select(s => s.Quantity)).ShouldBeLessThanOrEqualTo(Math.Max(0, cap), what);
                if (node.CapShipments is { } most) plan.Orders.LongCount(o => o.Plan!.Shipments.Any(s => s.NodeId == node.Node.NodeId)).ShouldBeLessThanOrEqualTo(Math.Max(0, most), what);
            }
        }
    }

    private static Int128 Sum(IEnumerable<long> values) => values.Aggregate((Int128)0, (sum, v) => sum + v);

    // Whole prices and weights of 100 g: no thousandths are left to round.
    private static long Minor(long milli)
    {
        (milli % 1000).ShouldBe(0);
        return milli / 1000;
    }

    private static string Text(BatchPlan plan) => System.Text.Json.JsonSerializer.Serialize(plan);
}
