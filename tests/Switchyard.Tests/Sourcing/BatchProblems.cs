using Switchyard.Sourcing;

namespace Switchyard.Tests.Sourcing;

/// <summary>Random small batches: stock scarce, capacities that bind, promises too short for some lanes, goods that are better kept or got rid of.</summary>
public static class BatchProblems
{
    public static (List<BatchOrder> Orders, List<BatchNode> Nodes) Random(Random random, bool mayDivide, bool tightWeight = false)
    {
        int skus = random.Next(1, 4);
        bool ties = random.Next(4) == 0;
        long Price(int most) => ties ? random.Next(1, 4) * 100 : random.Next(0, most);
        long[] grams = [.. Enumerable.Range(0, skus).Select(_ => random.Next(1, 30) * 100L)], penalties = [.. Enumerable.Range(0, skus).Select(_ => Price(3000))];
        var nodes = Enumerable.Range(1, random.Next(2, 4)).Select(n => new BatchNode(new SourcingNode(n * 10, Price(120), random.Next(0, 60), random.Next(0, 2), [],
                Enumerable.Range(0, skus).Where(_ => random.Next(5) > 0).ToDictionary(s => (long)s, _ => (long)random.Next(0, 4)),
                Enumerable.Range(0, skus).Where(_ => random.Next(3) == 0).ToDictionary(s => (long)s, _ => (long)random.Next(-120, 150))),
            random.Next(3) == 0 ? random.Next(0, 5) : null, random.Next(3) == 0 ? random.Next(0, 3) : null)).ToList();
        var orders = Enumerable.Range(0, random.Next(2, 4)).Select(o => new BatchOrder(100 + o,
            [.. Enumerable.Range(0, random.Next(1, mayDivide ? 3 : 4)).Select(l => (Line: l, Sku: random.Next(skus))).DistinctBy(l => mayDivide ? l.Sku : l.Line)
                .Select(l => new Demand(l.Line, l.Sku, random.Next(1, 3), grams[l.Sku], penalties[l.Sku]))],
            nodes.ToDictionary(n => n.Node.NodeId, _ => (IReadOnlyList<LaneOffer>)[.. Enumerable.Range(0, random.Next(0, 3)).Select(s => new LaneOffer("s" + s, Price(700), Price(90) * 10,
                tightWeight && random.Next(2) == 0 ? random.Next(10, 50) * 100 : long.MaxValue, random.Next(1, 4)))]),
            random.Next(3) * 75, random.Next(3) == 0 ? random.Next(1, 3) : 99, random.Next(3) == 0 ? random.Next(2, 5) : null)).ToList();
        return (orders, nodes);
    }

    public static List<T> Shuffled<T>(Random random, IEnumerable<T> items) => [.. items.Select(i => (Key: random.Next(), i)).OrderBy(i => i.Key).Select(i => i.i)];
}
