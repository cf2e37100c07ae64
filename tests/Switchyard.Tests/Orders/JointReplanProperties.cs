using Shouldly;
using Switchyard.Orders;
using Switchyard.Sourcing;
using Switchyard.Tests.Sourcing;
using Xunit.Abstractions;

namespace Switchyard.Tests.Orders;

/// <summary>Orders decided anew together, on random small problems; set REPLAN_SEED to repeat a run.</summary>
public sealed class JointReplanProperties(ITestOutputHelper output)
{
    private const int Cases = 120;
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("REPLAN_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;

    private sealed record Problem(List<IdleOrder> Orders, Dictionary<(long Sku, long Node), long> Free, Dictionary<long, long> Room, JointRules Rules);

    [Fact, Capability("NX-11", "P1", "P2")]
    public void Planning_together_costs_less_keeps_every_promise_and_never_takes_what_is_not_there()
    {
        output.WriteLine($"seed {_seed}");
        int moved = 0, together = 0, linked = 0;
        for (int i = 0; i < Cases; i++)
        {
            string what = $"seed {_seed} case {i}";
            var problem = Random(new Random(_seed + i * 7919));
            var answer = Solve(problem);
            Check(problem, answer, what);
            answer.AfterMinor.ShouldBeLessThanOrEqualTo(answer.BeforeMinor, what);
            (answer.AfterMinor + Churn(problem, answer)).ShouldBeLessThanOrEqualTo(answer.OneByOneMinor + problem.Orders.Count * problem.Rules.ChurnMinor, what);
            moved += answer.Groups.Sum(g => g.Count);
            linked += answer.Groups.Count(g => g.Count > 1);
            if (answer.AfterMinor < answer.OneByOneMinor) together++;
        }
        output.WriteLine($"{moved} moves, {linked} groups of several, {together} of {Cases} cheaper than order by order");
        moved.ShouldBeGreaterThan(60);
        linked.ShouldBeGreaterThan(3);
        together.ShouldBeGreaterThan(3);
    }

    [Fact, Capability("NX-11")]
    public void Groups_can_be_made_in_any_sequence_or_left_out_and_no_total_rises()
    {
        output.WriteLine($"seed {_seed}");
        for (int i = 0; i < Cases; i++)
        {
            string what = $"seed {_seed} case {i}";
            var random = new Random(_seed + i * 104_729);
            var problem = Random(random);
            var some = BatchProblems.Shuffled(random, Solve(problem).Groups).Where(_ => random.Next(3) > 0).ToList();
            Check(problem, new JointAnswer(some, 0, 0, 0, true), what);
            for (int made = 1; made <= some.Count; made++) Fits(problem, [.. some.Take(made).SelectMany(g => g)], what);
        }
    }

    [Fact, Capability("NX-11")]
    public void Planned_again_and_again_the_total_only_falls_and_soon_stands_still()
    {
        output.WriteLine($"seed {_seed}");
        int rounds = 0;
        for (int i = 0; i < 60; i++)
        {
            string what = $"seed {_seed} case {i}";
            var problem = Random(new Random(_seed + i * 15_485_863));
            var answer = Solve(problem);
            for (int round = 0; answer.Groups.Count > 0; round++, rounds++)
            {
                round.ShouldBeLessThan(10, what);
                problem = Made(problem, answer);
                var next = Solve(problem);
                next.BeforeMinor.ShouldBeLessThanOrEqualTo(answer.AfterMinor, what);
                answer = next;
            }
        }
        output.WriteLine($"{rounds} rounds in which something moved");
    }

    /// <summary>The problem after the moves.</summary>
    private static Problem Made(Problem problem, JointAnswer answer)
    {
        var moves = answer.Groups.SelectMany(g => g).ToDictionary(m => m.Order.No);
        var free = problem.Free.ToDictionary(f => f.Key, f => Math.Max(0, f.Value));
        foreach (var move in moves.Values)
        {
            foreach (var (place, units) in Stock(move.Order, move.Order.Places)) free[place] = free.GetValueOrDefault(place) + units;
            foreach (var (place, units) in Stock(move.Order, move.To)) free[place] = free.GetValueOrDefault(place) - units;
        }
        var room = problem.Room.ToDictionary(r => r.Key, r => Math.Max(0, r.Value) + moves.Values.Sum(m => (Nodes(m.Order.Places).Contains(r.Key) ? 1 : 0) - (Nodes(m.To).Contains(r.Key) ? 1 : 0)));
        return problem with
        {
            Free = free,
            Room = room,
            Orders = [.. problem.Orders.Select(o => moves.TryGetValue(o.No, out var m) ? o with { Places = m.To, Services = m.Plan.Plan.Shipments.ToDictionary(s => s.NodeId, s => s.Service) } : o)],
        };
    }

    [Fact, Capability("NX-11", "P2")]
    public void Over_a_day_with_waves_the_cost_is_never_above_that_of_order_by_order()
    {
        output.WriteLine($"seed {_seed}");
        long alone = 0, together = 0;
        for (int day = 0; day < 12; day++)
        {
            var random = new Random(_seed + day * 6_151);
            var stock = new Dictionary<(long Sku, long Node), long>();
            List<IdleOrder> open = [];
            long greedy = 0, shipped = 0;
            for (int wave = 0; wave < 3; wave++)
            {
                foreach (long node in (long[])[1, 2, 3]) foreach (long sku in (long[])[7, 8]) stock[(sku, node)] = stock.GetValueOrDefault((sku, node)) + random.Next(3, 9);
                for (int i = 0; i < 12; i++)
                {
                    var order = Order(day * 100 + wave * 20 + i, (1, random.Next(100, 900)), (2, random.Next(100, 900)), (3, random.Next(100, 900)))
                        with
                    { Demands = [new Demand(1, random.Next(7, 9), random.Next(1, 3), 100, 0)], SplitPenaltyMinor = 100 };
                    var plan = SourcingEngine.Solve(order.Demands, [.. order.Nodes.Select(n => n with { Available = stock.Where(s => s.Key.Node == n.NodeId && s.Value > 0).ToDictionary(s => s.Key.Sku, s => s.Value) })], new SourcingOptions(100));
                    if (plan.Unfilled.Count > 0) continue;
                    greedy += plan.CostMinor;
                    var placed = order with { Places = [.. plan.Shipments.SelectMany(s => s.Parts.Select(p => new PlacedUnits(p.Line, s.NodeId, p.Quantity)))] };
                    foreach (var (place, units) in Stock(placed, placed.Places)) stock[place] -= units;
                    open.Add(placed);
                }
                var answer = JointReplan.Solve(open, stock, new Dictionary<long, long>(), new JointRules(20, 20));
                answer.OneByOneMinor.ShouldBeLessThanOrEqualTo(answer.BeforeMinor);
                answer.AfterMinor.ShouldBeLessThanOrEqualTo(answer.OneByOneMinor + answer.Seen * 20L, $"seed {_seed} day {day}");
                var made = Made(new Problem(open, stock, [], new JointRules(20, 20)), answer);
                shipped += answer.AfterMinor;
                (stock, open) = (made.Free, []);                                   // all of it goes with the wave
            }
            shipped.ShouldBeLessThanOrEqualTo(greedy, $"seed {_seed} day {day}");
            (alone, together) = (alone + greedy, together + shipped);
        }
        output.WriteLine($"order by order {alone}, together {together}: {100m * (alone - together) / alone:0.0} % less");
        together.ShouldBeLessThan(alone);
    }

    [Fact, Capability("NX-11")]
    public void Hundreds_of_orders_are_planned_in_lots_and_moved_in_groups_that_can_be_locked()
    {
        var random = new Random(7);
        var stock = new Dictionary<(long Sku, long Node), long>();
        for (long sku = 1; sku <= 40; sku++) for (long node = 1; node <= 12; node++) if (random.Next(3) == 0) stock[(sku, node)] = random.Next(1, 12);
        List<IdleOrder> orders = [];
        for (int i = 0; i < 300; i++)
        {
            var order = Order(i, [.. Enumerable.Range(1, 12).Select(n => ((long)n, (long)random.Next(100, 900)))])
                with
            { Demands = [.. Enumerable.Range(1, random.Next(1, 4)).Select(l => new Demand(l, random.Next(1, 41), random.Next(1, 3), 300, 0))], SplitPenaltyMinor = 100 };
            var at = stock.Where(s => s.Value > 0).ToLookup(s => s.Key.Node, s => (s.Key.Sku, s.Value));
            var plan = SourcingEngine.Solve(order.Demands, [.. order.Nodes.Select(n => n with { Available = at[n.NodeId].ToDictionary(s => s.Sku, s => s.Value) })], new SourcingOptions(100));
            if (plan.Unfilled.Count > 0) continue;
            orders.Add(order with { Places = [.. plan.Shipments.SelectMany(s => s.Parts.Select(p => new PlacedUnits(p.Line, s.NodeId, p.Quantity)))] });
            foreach (var (place, units) in Stock(orders[^1], orders[^1].Places)) stock[place] -= units;
        }
        for (int i = 0; i < 60; i++) { var place = ((long)random.Next(1, 41), (long)random.Next(1, 13)); stock[place] = stock.GetValueOrDefault(place) + 5; }
        var problem = new Problem(orders, stock, [], new JointRules(50, 100));
        var answer = Solve(problem);
        Check(problem, answer, "hundreds");
        output.WriteLine($"{orders.Count} orders: {answer.BeforeMinor}, one by one {answer.OneByOneMinor}, together {answer.AfterMinor}; groups {string.Join(' ', answer.Groups.Select(g => g.Count))}");
        (answer.AfterMinor * 100).ShouldBeLessThan(answer.OneByOneMinor * 98);
    }

    [Fact]
    public void Two_orders_change_places_over_the_same_stock()
    {
        // Node 1 has one unit and node 2 one: each order lies where the other is cheap.
        var one = Order(1, (1, 900), (2, 100)) with { Places = [new PlacedUnits(1, 1, 1)] };
        var other = Order(2, (1, 100), (2, 900)) with { Places = [new PlacedUnits(1, 2, 1)] };
        var answer = JointReplan.Solve([one, other], new Dictionary<(long, long), long>(), new Dictionary<long, long>(), new JointRules(50, 100));
        answer.Groups.ShouldHaveSingleItem().Count.ShouldBe(2);
        (answer.BeforeMinor, answer.AfterMinor, answer.OneByOneMinor).ShouldBe((1_800, 200, 1_800));
    }

    [Fact]
    public void An_order_that_gives_way_pays_only_where_the_others_save_more()
    {
        // One unit is free at node 3 for the first order only; node 1 is dear for it to leave and cheap for the second to come to.
        var gives = Order(1, (1, 100), (3, 300)) with { Places = [new PlacedUnits(1, 1, 1)] };
        var takes = Order(2, (1, 100), (2, 900)) with { Places = [new PlacedUnits(1, 2, 1)] };
        var free = new Dictionary<(long, long), long> { [(7, 3)] = 1 };
        var answer = JointReplan.Solve([gives, takes], free, new Dictionary<long, long>(), new JointRules(50, 100));
        (answer.BeforeMinor, answer.AfterMinor, answer.Groups.Single().Count).ShouldBe((1_000, 400, 2));
        JointReplan.Solve([gives, takes], free, new Dictionary<long, long>(), new JointRules(300, 100)).Groups.ShouldBeEmpty("600 are saved, and twice 300 are not less");
    }

    [Theory]
    [InlineData(800, 1)]
    [InlineData(801, 0)]
    public void A_saving_below_the_least_is_left_alone(long least, int groups)
    {
        var order = Order(1, (1, 900), (2, 100)) with { Places = [new PlacedUnits(1, 1, 1)] };
        var answer = JointReplan.Solve([order], new Dictionary<(long, long), long> { [(7, 2)] = 1 }, new Dictionary<long, long>(), new JointRules(0, least));
        answer.Groups.Count.ShouldBe(groups);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void A_node_that_takes_no_more_shipments_gets_none(long left, int groups)
    {
        var order = Order(1, (1, 900), (2, 100)) with { Places = [new PlacedUnits(1, 1, 1)] };
        var answer = JointReplan.Solve([order], new Dictionary<(long, long), long> { [(7, 2)] = 1 }, new Dictionary<long, long> { [2] = left }, new JointRules(0, 0));
        answer.Groups.Count.ShouldBe(groups);
    }

    [Fact, Capability("RT-09")]
    public void No_order_goes_where_its_strategy_would_not_send_it_though_it_were_cheaper()
    {
        var lab = new RoutingLab().Node(1, "DEAR", 900).Node(2, "CHEAP", 100).Node(3, "MID", 500);
        var rules = RoutingLab.Rules(new RoutingScenario("Not the cheap one") { Nodes = "code:(DEAR,MID)" });
        var router = new OrderRouter(lab.Network(rules), lab.Order with { Lines = [new RoutedLine(1, 7, "S7", 1, 100)] });
        var order = Order(1, (1, 900), (2, 100), (3, 500)) with { Places = [new PlacedUnits(1, 1, 1)], Router = router };
        var free = new Dictionary<(long, long), long> { [(7, 2)] = 5, [(7, 3)] = 5 };
        var answer = JointReplan.Solve([order], free, new Dictionary<long, long>(), new JointRules(50, 100));
        answer.Groups.Single().Single().To.Single().Node.ShouldBe(3);

        var first = RoutingLab.Rules(new RoutingScenario("First") { Nodes = "code:DEAR", Otherwise = RoutingWords.Next }, new RoutingScenario("Rest"));
        var preferring = order with { Router = new OrderRouter(lab.Network(first), router.Order) };
        JointReplan.Solve([preferring], free, new Dictionary<long, long>(), new JointRules(50, 100)).Groups.ShouldBeEmpty("the strategy likes where it is");
    }

    private static IdleOrder Order(long no, params (long Node, long Price)[] nodes) => new(no, [new Demand(1, 7, 1, 100, 0)], [],
        [.. nodes.Select(n => new SourcingNode(n.Node, 0, 0, 0, [new LaneOffer("std", n.Price, 0, long.MaxValue, 2)], new Dictionary<long, long>()))], 0);

    private static JointAnswer Solve(Problem p) => JointReplan.Solve(p.Orders, p.Free, p.Room, p.Rules);

    private static long Churn(Problem p, JointAnswer answer) => answer.Groups.Sum(g => g.Count) * p.Rules.ChurnMinor;

    private static void Check(Problem problem, JointAnswer answer, string what)
    {
        answer.Groups.SelectMany(g => g).Select(m => m.Order.No).ShouldBeUnique(what);
        foreach (var group in answer.Groups)
        {
            long saved = group.Sum(m => m.BeforeMinor - m.AfterMinor);
            saved.ShouldBeGreaterThan(group.Count * problem.Rules.ChurnMinor, what);
            saved.ShouldBeGreaterThanOrEqualTo(problem.Rules.MinSavingMinor, what);
            group.Count.ShouldBeLessThanOrEqualTo(100, what);
        }
        foreach (var move in answer.Groups.SelectMany(g => g))
        {
            foreach (var demand in move.Order.Demands) move.To.Where(p => p.Line == demand.Line).Sum(p => p.Units).ShouldBe(demand.Quantity, what);
            move.To.ShouldAllBe(p => p.Units > 0, what);
            foreach (var (pair, service) in move.Order.Redated(move.Plan.Plan)) (move.Order.InTime?.Contains((pair.Node, service)) ?? true).ShouldBeTrue(what);
            long real = SourcingEngine.Solve(move.Order.Demands, [.. move.Order.Nodes.Select(n => n with { Available = Stock(move.Order, move.To).Where(s => s.Key.Node == n.NodeId).ToDictionary(s => s.Key.Sku, s => s.Value) })],
                new SourcingOptions(move.Order.SplitPenaltyMinor)).CostMinor;
            move.AfterMinor.ShouldBe(real, what);
        }
        Fits(problem, [.. answer.Groups.SelectMany(g => g)], what);
    }

    private static void Fits(Problem problem, IReadOnlyList<JointMove> moves, string what)
    {
        var used = new Dictionary<(long, long), long>();
        foreach (var move in moves)
        {
            foreach (var (place, units) in Stock(move.Order, move.To)) used[place] = used.GetValueOrDefault(place) + units;
            foreach (var (place, units) in Stock(move.Order, move.Order.Places)) used[place] = used.GetValueOrDefault(place) - units;
        }
        foreach (var (place, units) in used.Where(u => u.Value > 0)) units.ShouldBeLessThanOrEqualTo(Math.Max(0, problem.Free.GetValueOrDefault(place)), what);
        foreach (var (node, left) in problem.Room)
        {
            long more = moves.Sum(m => (Nodes(m.To).Contains(node) ? 1 : 0) - (Nodes(m.Order.Places).Contains(node) ? 1 : 0));
            if (more > 0) more.ShouldBeLessThanOrEqualTo(Math.Max(0, left), what);
        }
    }

    private static HashSet<long> Nodes(IEnumerable<PlacedUnits> places) => [.. places.Select(p => p.Node)];

    private static Dictionary<(long Sku, long Node), long> Stock(IdleOrder order, IEnumerable<PlacedUnits> places) =>
        places.GroupBy(p => (order.Demands.First(d => d.Line == p.Line).SkuId, p.Node)).ToDictionary(g => g.Key, g => g.Sum(p => p.Units));

    /// <summary>Some orders that were placed where there was something, some nodes that are too late, some that are full.</summary>
    private static Problem Random(Random random)
    {
        int skus = random.Next(1, 4), nodes = random.Next(2, 5);
        long[] grams = [.. Enumerable.Range(0, skus).Select(_ => random.Next(1, 30) * 100L)];
        var base_ = Enumerable.Range(1, nodes).Select(n => (Id: (long)n, Pick: random.Next(0, 120), Handling: random.Next(0, 60))).ToList();
        var orders = Enumerable.Range(1, random.Next(1, 9)).Select(no =>
        {
            var demands = Enumerable.Range(1, random.Next(1, 4)).Select(l => (Line: l, Sku: random.Next(skus))).Select(l => new Demand(l.Line, l.Sku + 1, random.Next(1, 4), grams[l.Sku], 0)).ToList();
            var places = demands.SelectMany(d =>
            {
                long at = random.Next(1, nodes + 1), split = random.Next(4) == 0 && d.Quantity > 1 ? 1 : 0, elsewhere = at % nodes + 1;
                return split == 0 ? [new PlacedUnits(d.Line, at, d.Quantity)] : (PlacedUnits[])[new(d.Line, at, d.Quantity - 1), new(d.Line, elsewhere, 1)];
            }).ToList();
            var there = places.Select(p => p.Node).ToHashSet();
            HashSet<(long, string)>? inTime = random.Next(3) == 0 ? null : [.. base_.SelectMany(n => new[] { "slow", "quick" }.Where(_ => random.Next(4) > 0).Select(s => (n.Id, s)))];
            var reach = base_.Select(n => new SourcingNode(n.Id, n.Pick, n.Handling, 0,
                [.. new[] { ("slow", 500), ("quick", 900) }.Select(s => new LaneOffer(s.Item1, random.Next(50, s.Item2), random.Next(0, 90), long.MaxValue, 2))
                    .Where(l => inTime is null || inTime.Contains((n.Id, l.Service)) || there.Contains(n.Id))], new Dictionary<long, long>()));
            return new IdleOrder(no, demands, places, [.. reach.Where(n => n.Lanes.Count > 0)], random.Next(3) * 75) { InTime = inTime };
        }).ToList();
        var free = base_.SelectMany(n => Enumerable.Range(1, skus).Where(_ => random.Next(3) == 0).Select(s => ((long)s, n.Id))).ToDictionary(k => k, _ => (long)random.Next(-1, 4));
        var room = base_.Where(_ => random.Next(3) == 0).ToDictionary(n => n.Id, _ => (long)random.Next(-1, 3));
        return new Problem(orders, free, room, new JointRules(random.Next(3) * 60, random.Next(3) * 100, 120_000));
    }
}
