using Shouldly;
using Switchyard.Orders;
using Switchyard.Sourcing;
using Xunit.Abstractions;

namespace Switchyard.Tests.Orders;

/// <summary>The queue for stock on random small shops; set WAITING_SEED to repeat a run.</summary>
public sealed class WaitingQueueProperties(ITestOutputHelper output)
{
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("WAITING_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;

    private sealed record Problem(List<WaitingOrder> Orders, Dictionary<(long Sku, long Node), long> Stock);

    [Fact]
    [Capability("L17", "L18", "P1")]
    public void Units_are_conserved_and_never_more_are_given_than_there_are() => ForEach((problem, what) =>
    {
        var left = new Dictionary<(long, long), long>(problem.Stock);
        var shares = WaitingQueue.Serve(problem.Orders, left);
        var given = Given(shares);
        foreach (var (place, units) in problem.Stock)
        {
            left[place].ShouldBeGreaterThanOrEqualTo(Math.Min(0, units), what);
            (left[place] + given.Where(g => (g.Sku, g.Node) == place).Sum(g => g.Units)).ShouldBe(units, what);
        }
        foreach (var order in problem.Orders)
            foreach (var line in order.Lines)
            {
                long units = given.Where(g => g.Order == order.Id && g.Line == line.LineNo).Sum(g => g.Units);
                units.ShouldBeLessThanOrEqualTo(line.Units, what);
                if (line.IsWhole) (units == 0 || units == line.Units).ShouldBeTrue(what);
            }
    });

    [Fact]
    [Capability("OF-11", "L17", "P2")]
    public void Nobody_waits_for_a_unit_that_is_left_or_that_went_to_somebody_behind_him() => ForEach((problem, what) =>
    {
        var left = new Dictionary<(long, long), long>(problem.Stock);
        var shares = WaitingQueue.Serve(problem.Orders, left);
        var given = Given(shares);
        foreach (var order in problem.Orders.Where(o => o.Buffer == 0))
            foreach (var line in order.Lines.Where(l => !l.IsWhole))
            {
                if (given.Where(g => g.Order == order.Id && g.Line == line.LineNo).Sum(g => g.Units) == line.Units) continue;
                foreach (var node in order.Nodes)
                {
                    left.GetValueOrDefault((line.Sku, node.NodeId)).ShouldBeLessThanOrEqualTo(0, $"{what}: a unit is left at {node.NodeId}");
                    given.Where(g => g.Sku == line.Sku && g.Node == node.NodeId && g.Order != order.Id)
                        .ShouldAllBe(g => WaitingQueue.Compare(problem.Orders.Single(o => o.Id == g.Order), order) < 0, what);
                }
            }
    });

    [Fact]
    [Capability("L17")]
    public void The_order_in_which_orders_are_named_does_not_matter() => ForEach((problem, what) =>
    {
        string first = string.Join(' ', Given(WaitingQueue.Serve(problem.Orders, new Dictionary<(long, long), long>(problem.Stock))));
        string.Join(' ', Given(WaitingQueue.Serve(Enumerable.Reverse(problem.Orders), new Dictionary<(long, long), long>(problem.Stock)))).ShouldBe(first, what);
    });

    private void ForEach(Action<Problem, string> check)
    {
        output.WriteLine($"seed {_seed}");
        for (int i = 0; i < 1_500; i++) check(Random(new Random(_seed + i * 7919)), $"seed {_seed} case {i}");
    }

    private static List<(Guid Order, int Line, long Sku, long Node, long Units)> Given(IReadOnlyList<QueueShare> shares) =>
        [.. shares.SelectMany(s => s.Plan.Shipments.SelectMany(h => h.Parts.Select(p =>
            (s.Order.Id, p.Line, s.Order.Lines.Single(l => l.LineNo == p.Line).Sku, h.NodeId, p.Quantity))))];

    private static Problem Random(Random dice)
    {
        var orders = new List<WaitingOrder>();
        for (int i = 0, count = dice.Next(1, 7); i < count; i++)
        {
            var nodes = Enumerable.Range(1, 3).Where(_ => dice.Next(4) > 0).Select(n => new SourcingNode(n, dice.Next(200), dice.Next(50), 0,
                [new LaneOffer("van", dice.Next(800), dice.Next(100), 1_000_000_000, 1)], new Dictionary<long, long>())).ToList();
            var lines = Enumerable.Range(1, dice.Next(1, 4)).Select(no => new WaitingLine(no, dice.Next(1, 3), dice.Next(1, 6), 100, dice.Next(4) == 0)).ToList();
            orders.Add(new WaitingOrder(new Guid(dice.Next(), (short)i, 0, new byte[8]), dice.Next(3), dice.Next(3), lines, nodes, dice.Next(4) == 0 ? dice.Next(3) : 0, dice.Next(300)));
        }
        var stock = new Dictionary<(long, long), long>();
        for (int sku = 1; sku <= 2; sku++)
            for (int node = 1; node <= 3; node++)
                if (dice.Next(4) > 0) stock[(sku, node)] = dice.Next(-2, 9);
        return new Problem(orders, stock);
    }
}
