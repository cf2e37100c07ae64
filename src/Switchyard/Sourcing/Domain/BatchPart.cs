namespace Switchyard.Sourcing;

/// <summary>One order of a batch: its problem as given, and a copy whose prices and room move.</summary>
internal sealed class BatchPart
{
    private readonly BatchOrder _order;

    private BatchPart(BatchOrder order, SourcingProblem problem, int[] skus)
    {
        (_order, Problem, Skus) = (order, problem, skus);
        Trial = problem.Copy();
        Goods = [.. problem.Wants.Select(w => problem.Rules.MayDivideLines ? 1 : w.Quantity)];
        Churn = order.Current is null ? 0 : Grains.OfMinor(Math.Min(order.ChurnMinor, 1L << 34));
        Int128 grams = 0;
        foreach (var want in problem.Wants) grams += (Int128)want.Quantity * want.WeightGrams;
        for (int j = 0; j < problem.Options.Length; j++) MayBeTooHeavy |= grams > LimitedFill.Lane(problem, j).MaxWeightGrams;
    }

    public BatchOrder Order => _order;
    public SourcingProblem Problem { get; }
    public SourcingProblem Trial { get; }

    /// <summary>Want to SKU, counted over the batch.</summary>
    public int[] Skus { get; }

    /// <summary>Goods of one unit of a want: lines that stay whole count as one.</summary>
    public long[] Goods { get; }

    public long Churn { get; }
    public bool MayBeTooHeavy { get; }
    public PlanColumn? Current { get; private set; }

    /// <summary>More than any two plans of it differ by.</summary>
    public Int128 Spread { get; private init; }

    public bool IsTooLarge { get; private init; }

    public static BatchPart Of(BatchOrder order, IReadOnlyList<BatchNode> nodes, Dictionary<long, int> skus, BatchOptions rules)
    {
        var seen = new SourcingNode[nodes.Count];
        for (int n = 0; n < seen.Length; n++)
        {
            bool isOpen = nodes[n].CapUnits is not <= 0 && nodes[n].CapShipments is not <= 0;
            seen[n] = nodes[n].Node with { Lanes = isOpen && order.Lanes.TryGetValue(nodes[n].Node.NodeId, out var lanes) ? lanes : [] };
        }
        var options = new SourcingOptions(order.SplitPenaltyMinor, order.MaxShipments, rules.MayDivideLines, order.PromiseDays, rules.BudgetSteps, FillFirst: false);
        var problem = SourcingProblem.Build(order.Demands, seen, options);
        var spread = problem.PriceUnfilled(fillFirst: false);
        return new BatchPart(order, problem, [.. problem.Wants.Select(w => skus[w.SkuId])])
        {
            Spread = spread,
            IsTooLarge = problem.Shift > 0 || spread > 1L << 50,
        };
    }

    /// <summary>A unit more that is sent weighs more than all costs of the batch.</summary>
    public void PutSendingFirst(long most)
    {
        for (int d = 0; d < Goods.Length; d++) if (Problem.Units[d] > 0) Problem.Penalty[d] += most * Goods[d];
    }

    public void TakeCurrent(BatchProblem batch)
    {
        if (_order.Current is not { } shipments) return;
        int wants = Goods.Length;
        var open = new List<(int Option, PlannedShipment Shipment)>();
        foreach (var shipment in shipments)
        {
            int found = -1;
            for (int j = 0; j < Problem.Options.Length; j++)
            {
                var node = Problem.Nodes[Problem.Options[j].Node];
                if (node.NodeId != shipment.NodeId) continue;
                if (found < 0 || node.Lanes[Problem.Options[j].Lane].Service == shipment.Service) found = j;
            }
            if (found < 0) return;
            open.Add((found, shipment));
        }
        open.Sort((a, b) => a.Option - b.Option);
        for (int s = 1; s < open.Count; s++) if (open[s].Shipment.NodeId == open[s - 1].Shipment.NodeId) return;
        var sent = new long[open.Count * wants];
        for (int s = 0; s < open.Count; s++)
            foreach (var part in open[s].Shipment.Parts)
            {
                int d = Array.FindIndex(Problem.Wants, w => w.Lines.Any(i => _order.Demands[i].Line == part.Line));
                if (d < 0 || part.Quantity <= 0 || part.Quantity % Goods[d] != 0) return;
                sent[s * wants + d] += part.Quantity / Goods[d];
            }
        for (int d = 0; d < wants; d++)
        {
            long all = 0;
            for (int s = 0; s < open.Count; s++)
            {
                if (sent[s * wants + d] > Problem.Room[open[s].Option * wants + d]) return;
                all += sent[s * wants + d];
            }
            if (all > Problem.Units[d]) return;
        }
        for (int s = 0; s < open.Count; s++) if (!sent.AsSpan(s * wants, wants).ContainsAnyExcept(0L)) return;
        if (open.Count > Math.Max(0, Problem.MaxShipments)) return;
        var column = batch.Column(Array.IndexOf(batch.Parts, this), [.. open.Select(o => o.Option)], sent);
        var plan = new Decision(column.Open, column.Sent, column.Cost, 0);
        if (LimitedFill.IsBroken(Problem, plan) || !batch.Fits(column, batch.Room)) return;
        Current = column with { Total = column.Cost, IsCurrent = true };
    }

    /// <summary>Every cost of it is a multiple of this, but for one grain a shipment; 0 when it has none.</summary>
    public long Step()
    {
        long step = Churn;
        foreach (long value in Problem.Fixed) step = Divisor(step, value - 1);
        step = Divisor(step, Problem.Split);
        for (int at = 0; at < Problem.Options.Length * Goods.Length && step != 1; at++)
            if (Problem.Room[at] > 0) step = Divisor(step, Math.Abs(Problem.Unit[at]));
        foreach (long penalty in Problem.Penalty) step = Divisor(step, penalty);
        return step;
    }

    private static long Divisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
