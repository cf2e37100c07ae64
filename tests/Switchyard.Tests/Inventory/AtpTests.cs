using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Switchyard.Inventory;

namespace Switchyard.Tests.Inventory;

[Capability("AX-10", "IN-03", "L15")]
public sealed class AtpTests
{
    private const int Days = 12;
    private static readonly Gen<Dated> Movement = from day in Gen.Choose(0, Days - 1) from units in Gen.Choose(1, 9) select new Dated(day, units);
    private static readonly Gen<NodeSupply> Node = from available in Gen.Choose(-8, 20) from inbound in Movement.ListOf() from claims in Movement.ListOf()
                                                   select new NodeSupply(0, available, [.. inbound.Take(4)], [.. claims.Take(4)]);
    private static readonly Gen<SkuSupply> Sku = from nodes in Node.ListOf() from claims in Movement.ListOf()
                                                 select new SkuSupply([.. nodes.Take(4).Select((n, i) => n with { Node = i })], [.. claims.Take(3)]);

    private static void ForAll<T>(Gen<T> gen, Action<T> hold) => Prop.ForAll(gen.ToArbitrary(), hold).QuickCheckThrowOnFailure();

    /// <summary>Day by day, to the end of time as it is known.</summary>
    private static long NodeByDays(NodeSupply s, long day) => Enumerable.Range((int)day, Days + 1 - (int)day).Min(later =>
        s.Available + s.Inbound.Where(i => i.AtMs <= later).Sum(i => i.Units) - s.Claims.Where(c => c.AtMs <= later).Sum(c => c.Units));

    private static long NetworkByDays(SkuSupply s, long buffer, long day) => Math.Max(0, Enumerable.Range((int)day, Days + 1 - (int)day).Min(later =>
        s.Nodes.Sum(n => Math.Max(0, NodeByDays(n, later))) - s.Claims.Where(c => c.AtMs <= later).Sum(c => c.Units)) - buffer);

    [Fact]
    public void A_node_promises_what_counting_day_by_day_leaves() => ForAll(Node, node =>
    {
        for (int day = 0; day <= Days; day++) Atp.AtNode(node, day).ShouldBe(NodeByDays(node, day));
    });

    [Fact]
    public void The_network_promises_what_counting_day_by_day_leaves() => ForAll(Sku, sku =>
    {
        for (int day = 0; day <= Days; day++)
            foreach (int buffer in new[] { 0, 3 }) Atp.InNetwork(sku, buffer, day).ShouldBe(NetworkByDays(sku, buffer, day));
    });

    [Fact]
    public void Promising_all_there_is_leaves_nothing_on_that_day_or_before_it_and_breaks_no_claim() => ForAll(Node, node =>
    {
        for (int day = 0; day <= Days; day++)
        {
            long units = Math.Max(0, Atp.AtNode(node, day));
            var sold = node with { Claims = [.. node.Claims, new Dated(day, units)] };
            if (units == 0) continue;
            Atp.AtNode(sold, day).ShouldBe(0);
            for (int other = 0; other <= Days; other++)
            {
                if (Atp.AtNode(node, other) >= 0) Atp.AtNode(sold, other).ShouldBeGreaterThanOrEqualTo(0);
                Atp.AtNode(sold, other).ShouldBeLessThanOrEqualTo(Atp.AtNode(node, other));
            }
        }
    });

    [Fact]
    public void Later_never_promises_less() => ForAll(Sku, sku =>
    {
        for (int day = 0; day < Days; day++) Atp.InNetwork(sku, 0, day + 1).ShouldBeGreaterThanOrEqualTo(Atp.InNetwork(sku, 0, day));
    });

    [Fact]
    public void A_bundle_is_as_many_as_its_scarcest_part_allows_at_each_node() => ForAll(Gen.Two(Sku), pair =>
    {
        for (int day = 0; day <= Days; day++)
        {
            long expected = 0;
            foreach (var node in pair.Item1.Nodes)
                if (pair.Item2.Nodes.FirstOrDefault(n => n.Node == node.Node) is { } other)
                    expected += Math.Min(Math.Max(0, NodeByDays(node, day)) / 2, Math.Max(0, NodeByDays(other, day)) / 3);
            expected = Math.Min(expected, Math.Min(NetworkByDays(pair.Item1, 1, day) / 2, NetworkByDays(pair.Item2, 1, day) / 3));
            Atp.OfBundle([new BundlePart(pair.Item1, 2), new BundlePart(pair.Item2, 3)], 1, day).ShouldBe(expected);
        }
    });

    [Fact]
    public void Twenty_wanted_with_ten_here_and_ten_due_are_promised_for_the_day_they_come()
    {
        var sku = new SkuSupply([new NodeSupply(1, 10, [new Dated(5, 10)], [])], []);
        Atp.InNetwork(sku, 0, 0).ShouldBe(10);
        Earliest(sku, 10).ShouldBe(0);
        Earliest(sku, 20).ShouldBe(5);
        Earliest(sku, 21).ShouldBeNull();
        Earliest(sku with { Claims = [new Dated(0, 3)] }, 8).ShouldBe(5);
        Earliest(sku with { Claims = [new Dated(0, 3)] }, 17).ShouldBe(5);
        Earliest(sku with { Claims = [new Dated(0, 3)] }, 18).ShouldBeNull();
        static long? Earliest(SkuSupply sku, long units) => Atp.Earliest([sku], 0, t => Atp.InNetwork(sku, 0, t), units);
    }
}
