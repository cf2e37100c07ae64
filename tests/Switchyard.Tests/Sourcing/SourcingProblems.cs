using Switchyard.Sourcing;

namespace Switchyard.Tests.Sourcing;

/// <summary>Random problems for the engine.</summary>
public static class SourcingProblems
{
    /// <summary>Up to 4 lines, 4 nodes and 2 services, with odd weights so that thousandths matter.</summary>
    public static (List<Demand> Demands, List<SourcingNode> Nodes, SourcingOptions Options) Random(
        Random random, bool mayDivide, bool fillFirst, bool lightens, bool sameSku, bool tightWeight)
    {
        int lines = random.Next(1, 5), nodes = random.Next(20) == 0 ? 0 : random.Next(2, 5), skus = sameSku ? 2 : lines;
        bool ties = random.Next(4) == 0;                              // round prices make equal plans
        long Price(int most) => ties ? random.Next(1, 4) * 100 : random.Next(0, most);
        var weights = Enumerable.Range(0, 4).Select(_ => (long)random.Next(1, ties ? 3 : 40) * (ties ? 1000 : 37)).ToArray();
        var penalties = Enumerable.Range(0, 4).Select(_ => (long)random.Next(0, fillFirst ? 50 : 2500)).ToArray();
        var demands = Enumerable.Range(0, lines).Select(i => (i, sku: sameSku ? random.Next(skus) : i))
            .Select(l => new Demand(l.i, l.sku, random.Next(1, 4), weights[l.sku], penalties[l.sku])).ToList();
        var offered = Enumerable.Range(1, nodes).Select(n => new SourcingNode(
            n * 10, Price(120), random.Next(0, 60), random.Next(0, 2),
            [.. Enumerable.Range(0, random.Next(10) == 0 ? 0 : random.Next(1, 3)).Select(s => new LaneOffer("s" + s, Price(700), Price(900),
                tightWeight && random.Next(2) == 0 ? random.Next(200, 4000) : 100_000, random.Next(1, 4)))],
            Enumerable.Range(0, skus).Where(_ => random.Next(5) > 0).ToDictionary(s => (long)s, _ => random.Next(9) == 0 ? -1L : random.Next(1, 5)),
            lightens ? Enumerable.Range(0, skus).Where(_ => random.Next(3) == 0).ToDictionary(s => (long)s, _ => (long)random.Next(-120, 150)) : null)).ToList();
        var options = new SourcingOptions(random.Next(3) * 75, random.Next(4) == 0 ? random.Next(0, 4) : 99, mayDivide,
            random.Next(3) == 0 ? random.Next(2, 5) : null, FillFirst: fillFirst);
        return (demands, offered, options);
    }

    /// <summary>More lines than whole subsets can be counted for.</summary>
    public static (List<Demand> Demands, List<SourcingNode> Nodes, SourcingOptions Options) Large(Random random, int lines, int nodes, bool mayDivide)
    {
        var demands = Enumerable.Range(0, lines).Select(i => new Demand(i, 1000 + i, random.Next(1, 6), random.Next(1, 40) * 100, 5000)).ToList();
        var offered = Enumerable.Range(1, nodes).Select(n => new SourcingNode(
            n, random.Next(50, 200), random.Next(20, 60), 0,
            [new LaneOffer("standard", random.Next(300, 800), random.Next(80, 150), 1_000_000, 3), new LaneOffer("express", random.Next(800, 1500), random.Next(60, 250), 1_000_000, 1)],
            Enumerable.Range(0, lines).Where(_ => random.Next(2) == 0).ToDictionary(s => 1000L + s, _ => (long)random.Next(1, 9)))).ToList();
        return (demands, offered, new SourcingOptions(100, 99, mayDivide));
    }
}
