namespace Switchyard.Sourcing;

/// <summary>
/// Orders as arrays, with the rows they share: units of an SKU at a node, units of a node, shipments of a node. Nodes and SKUs are counted
/// from 0; an order's options are those of its own <see cref="SourcingProblem"/>.
/// </summary>
internal sealed class BatchProblem
{
    private const long Minor = 1000 * SourcingProblem.GrainsPerMilli;
    private readonly int _skus;

    private BatchProblem(BatchPart[] parts, int nodes, int skus, long[] room, BatchOptions rules)
    {
        (Parts, Nodes, _skus, Room, Rules) = (parts, nodes, skus, room, rules);
        IsFlow = rules.MayDivideLines && parts.All(p => !p.MayBeTooHeavy);
        long units = 0;
        foreach (var part in parts) units += Math.Min(part.Problem.MaxShipments, part.Problem.Units.Sum());
        long step = 0;
        foreach (var part in parts) step = Divisor(step, part.Step());
        Step = Math.Max(1, step - units);
    }

    public BatchPart[] Parts { get; }
    public int Nodes { get; }
    public BatchOptions Rules { get; }

    /// <summary>What there is of each row; <see cref="long.MaxValue"/> where nothing limits.</summary>
    public long[] Room { get; }

    /// <summary>Once every order's options are chosen the units are a flow: no weight limit can bind and lines may be divided.</summary>
    public bool IsFlow { get; }

    /// <summary>Two plans of different cost differ by at least this, in grains.</summary>
    public long Step { get; }

    /// <summary>Of a unit of a row, in grains, so that no sum of prices overflows.</summary>
    public long HighestPrice { get; private init; }

    public int StockRow(int node, int sku) => node * _skus + sku;
    public int UnitsRow(int node) => Nodes * _skus + node;
    public int ShipmentsRow(int node) => Nodes * (_skus + 1) + node;

    /// <summary>Null when figures are too large for prices in a long.</summary>
    public static BatchProblem? Build(IReadOnlyList<BatchOrder> orders, IReadOnlyList<BatchNode> nodes, BatchOptions rules)
    {
        var skus = new Dictionary<long, int>();
        foreach (var order in orders)
            foreach (var demand in order.Demands) skus.TryAdd(demand.SkuId, skus.Count);
        var room = new long[nodes.Count * (skus.Count + 2)];
        for (int n = 0; n < nodes.Count; n++)
        {
            foreach (var (sku, at) in skus) room[n * skus.Count + at] = nodes[n].Node.Available.TryGetValue(sku, out long units) ? Math.Max(0, units) : 0;
            room[nodes.Count * skus.Count + n] = Math.Max(0, nodes[n].CapUnits ?? long.MaxValue);
            room[nodes.Count * (skus.Count + 1) + n] = Math.Max(0, nodes[n].CapShipments ?? long.MaxValue);
        }
        foreach (var frozen in orders) if (frozen.IsFrozen) TakeAway(frozen, nodes, skus, room);
        var parts = orders.Where(o => !o.IsFrozen).Select(o => BatchPart.Of(o, nodes, skus, rules)).ToArray();
        Int128 first = 1, worth = 0, goods = 1;
        foreach (var part in parts) first += part.Spread;
        if (parts.Any(p => p.IsTooLarge) || first > 1L << 50) return null;
        first = rules.FillFirst ? (first + Minor - 1) / Minor * Minor : 0;
        foreach (var part in parts)
            for (int d = 0; d < part.Goods.Length; d++)
            {
                goods += (Int128)part.Problem.Units[d] * part.Goods[d];
                worth += part.Problem.Units[d] * (part.Problem.Penalty[d] + first * part.Goods[d]);
            }
        if (worth > 1L << 55 || goods > 1L << 40) return null;
        foreach (var part in parts) part.PutSendingFirst((long)first);
        var problem = new BatchProblem(parts, nodes.Count, skus.Count, room, rules) { HighestPrice = (1L << 57) / (long)goods };
        foreach (var part in parts) part.TakeCurrent(problem);
        return problem;
    }

    /// <summary>The plan with what it uses of the rows.</summary>
    public PlanColumn Column(int part, int[] open, long[] sent)
    {
        var order = Parts[part];
        int wants = order.Problem.Units.Length;
        var use = new SortedDictionary<int, long>();
        long cost = open.Length == 0 ? order.Problem.Split : 0;
        for (int s = 0; s < open.Length; s++)
        {
            int node = order.Problem.Options[open[s]].Node;
            cost += order.Problem.Fixed[open[s]];
            use[ShipmentsRow(node)] = use.GetValueOrDefault(ShipmentsRow(node)) + 1;
            for (int d = 0; d < wants; d++)
            {
                long units = sent[s * wants + d];
                if (units == 0) continue;
                cost += units * order.Problem.Unit[open[s] * wants + d];
                int row = StockRow(node, order.Skus[d]);
                use[row] = use.GetValueOrDefault(row) + units * order.Goods[d];
                use[UnitsRow(node)] = use.GetValueOrDefault(UnitsRow(node)) + units * order.Goods[d];
            }
        }
        for (int d = 0; d < wants; d++)
        {
            long left = order.Problem.Units[d];
            for (int at = d; at < sent.Length; at += wants) left -= sent[at];
            cost += left * order.Problem.Penalty[d];
        }
        bool isCurrent = order.Current is { } current && current.Sends(order.Problem, open, sent);
        return new PlanColumn(part, open, sent, cost, cost + (isCurrent ? 0 : order.Churn), [.. use.Keys], [.. use.Values], isCurrent);
    }

    public bool Fits(PlanColumn column, long[] room)
    {
        for (int i = 0; i < column.Rows.Length; i++) if (column.Use[i] > room[column.Rows[i]]) return false;
        return true;
    }

    public static void Take(PlanColumn column, long[] room, int sign = 1)
    {
        for (int i = 0; i < column.Rows.Length; i++)
            if (room[column.Rows[i]] != long.MaxValue) room[column.Rows[i]] -= sign * column.Use[i];
    }

    private static void TakeAway(BatchOrder frozen, IReadOnlyList<BatchNode> nodes, Dictionary<long, int> skus, long[] room)
    {
        var sku = frozen.Demands.ToDictionary(d => d.Line, d => d.SkuId);
        foreach (var shipment in frozen.Current ?? [])
        {
            int n = 0;
            while (n < nodes.Count && nodes[n].Node.NodeId != shipment.NodeId) n++;
            if (n == nodes.Count) continue;
            Less(nodes.Count * (skus.Count + 1) + n, 1);
            foreach (var part in shipment.Parts)
            {
                Less(nodes.Count * skus.Count + n, part.Quantity);
                if (sku.TryGetValue(part.Line, out long id)) Less(n * skus.Count + skus[id], part.Quantity);
            }
        }

        void Less(int row, long units)
        {
            if (room[row] != long.MaxValue) room[row] = Math.Max(0, room[row] - units);
        }
    }

    private static long Divisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
