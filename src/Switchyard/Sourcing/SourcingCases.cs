namespace Switchyard.Sourcing;

/// <summary>Random batches of the kinds that are published: a warehouse and stores on a map, zones by distance, two services; the same from the same seed.</summary>
public static class SourcingCases
{
    /// <summary>What makes a batch.</summary>
    /// <param name="StockPercent">Percent of the everyday amount that nodes have; below 40 many units stay behind.</param>
    /// <param name="CapPercent">Percent of nodes whose units are limited, and of those whose shipments are.</param>
    public sealed record Shape(int Orders, int Nodes, bool MayDivide, int StockPercent = 100, int CapPercent = 40);

    public static (BatchOrder[] Orders, BatchNode[] Nodes) Batch(ulong seed, Shape shape)
    {
        ulong state = seed;
        int skus = Math.Max(6, shape.Orders / 2);
        long[] weights = [200, 300, 500, 800, 1200, 2000, 3500];
        int[] quantities = shape.MayDivide ? [1, 1, 1, 2, 3, 5, 8] : [1, 1, 1, 2, 3], nights = [-120, -60, 0, 0, 0, 30, 80, 150];
        var sku = new (long Grams, long Penalty)[skus];
        for (int i = 0; i < skus; i++) sku[i] = (Pick(weights), 4000 + Next(8000));
        var nodes = new BatchNode[shape.Nodes];
        var places = new (int X, int Y)[shape.Nodes];
        int wanted = shape.Orders * (shape.MayDivide ? 6 : 4);
        for (int n = 0; n < nodes.Length; n++)
        {
            bool isWarehouse = n == 0;
            places[n] = (Next(1000), Next(1000));
            var (stock, worth) = (new Dictionary<long, long>(), new Dictionary<long, long>());
            for (int i = 0; i < skus; i++)
            {
                if (Next(100) >= (isWarehouse ? 80 : 60)) continue;
                stock[i] = (1 + Next(isWarehouse ? 40 : 9)) * shape.StockPercent / 100;
                worth[i] = nights[Next(nights.Length)];
            }
            long? units = Next(100) < shape.CapPercent ? Math.Max(2, wanted / shape.Nodes) + Next(wanted / shape.Nodes + 2) : null;
            long? shipments = Next(100) < shape.CapPercent ? Math.Max(1, shape.Orders / shape.Nodes) + Next(3) : null;
            nodes[n] = new BatchNode(new SourcingNode(n, isWarehouse ? 40 + Next(40) : 120 + Next(140), isWarehouse ? 10 + Next(10) : 25 + Next(45),
                Next(4) == 0 ? 1 : 0, [], stock, worth), units, shipments);
        }
        var orders = new BatchOrder[shape.Orders];
        for (int o = 0; o < orders.Length; o++)
        {
            var (x, y) = (Next(1000), Next(1000));
            int lines = 1 + Next(4);
            var own = new HashSet<int>();
            while (own.Count < lines) own.Add(Next(skus));
            var lanes = new Dictionary<long, IReadOnlyList<LaneOffer>>();
            for (int n = 0; n < nodes.Length; n++)
            {
                int zone = (int)(Math.Sqrt((x - places[n].X) * (x - places[n].X) + (y - places[n].Y) * (y - places[n].Y)) / 160);
                long price = 400 + 75 * zone + Next(20);
                lanes[n] = [new LaneOffer("0", price, (4 + 2 * zone) * 10, long.MaxValue, 1 + (zone + 1) / 2), new LaneOffer("1", price * 2 + 20, (9 + 4 * zone) * 10, long.MaxValue, 1 + zone / 4)];
            }
            orders[o] = new BatchOrder(o, [.. own.Select((s, i) => new Demand(i, s, quantities[Next(quantities.Length)], sku[s].Grams, sku[s].Penalty))],
                lanes, Next(4) switch { 0 => 0, 1 => 50, 2 => 100, _ => 200 }, Next(4) switch { 0 => 2, 1 => 3, 2 => 4, _ => 99 }, 2 + Next(4));
        }
        return (orders, nodes);

        long Pick(long[] from) => from[Next(from.Length)];

        // SplitMix64: the same on every machine.
        int Next(int below)
        {
            unchecked
            {
                state += 0x9E3779B97F4A7C15;
                ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                return (int)((z ^ (z >> 31)) % (ulong)below);
            }
        }
    }
}
