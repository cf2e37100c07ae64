namespace Switchyard.Sourcing;

/// <summary>Shares the units of all orders out over the options they have open: exact where lines may be divided and no weight limit binds.</summary>
internal static class BatchFlow
{
    /// <summary>The plans with these options open, or fewer. Orders that keep their current plan keep it when changing it costs something.</summary>
    /// <param name="plans">Only what they open is looked at; together they keep the limits of shipments.</param>
    public static PlanColumn[] Share(BatchProblem batch, int[] orders, PlanColumn[] plans, long[] room)
    {
        var left = (long[])room.Clone();
        var network = new FlowNetwork();
        var vertexOf = new Dictionary<int, int>();
        var arcs = new List<(int Order, int Shipment, int Want, int Arc)>();
        for (int i = 0; i < orders.Length; i++) if (IsKept(i)) BatchProblem.Take(plans[i], left);
        for (int i = 0; i < orders.Length; i++)
        {
            if (IsKept(i)) continue;
            var part = batch.Parts[orders[i]];
            int wants = part.Goods.Length;
            for (int d = 0; d < wants; d++)
            {
                if (part.Problem.Units[d] == 0) continue;
                int want = network.AddVertex();
                network.AddArc(FlowNetwork.Source, want, part.Problem.Units[d], 0);
                for (int s = 0; s < plans[i].Open.Length; s++)
                {
                    int at = plans[i].Open[s] * wants + d;
                    if (part.Problem.Room[at] == 0) continue;
                    int stock = Stock(part.Problem.Options[plans[i].Open[s]].Node, part.Skus[d]);
                    arcs.Add((i, s, d, network.AddArc(want, stock, part.Problem.Room[at], part.Problem.Unit[at] - part.Problem.Penalty[d])));
                }
            }
        }
        network.Run();
        var sent = plans.Select((p, i) => new long[p.Sent.Length]).ToArray();
        foreach (var (order, shipment, want, arc) in arcs) sent[order][shipment * batch.Parts[orders[order]].Goods.Length + want] = network.FlowOn(arc);
        return [.. plans.Select((p, i) => IsKept(i) ? p : Used(batch, p, sent[i]))];

        bool IsKept(int i) => plans[i].IsCurrent && batch.Parts[orders[i]].Churn > 0;

        int Stock(int node, int sku)
        {
            int row = batch.StockRow(node, sku);
            if (vertexOf.TryGetValue(row, out int vertex)) return vertex;
            vertexOf[row] = vertex = network.AddVertex();
            network.AddArc(vertex, Node(node), Math.Max(0, left[row]), 0);
            return vertex;
        }

        int Node(int node)
        {
            int row = batch.UnitsRow(node);
            if (vertexOf.TryGetValue(row, out int vertex)) return vertex;
            vertexOf[row] = vertex = network.AddVertex();
            network.AddArc(vertex, FlowNetwork.Sink, Math.Max(0, left[row]), 0);
            return vertex;
        }
    }

    private static PlanColumn Used(BatchProblem batch, PlanColumn plan, long[] sent)
    {
        int wants = batch.Parts[plan.Part].Goods.Length;
        int[] used = [.. Enumerable.Range(0, plan.Open.Length).Where(s => sent.AsSpan(s * wants, wants).ContainsAnyExcept(0L))];
        return batch.Column(plan.Part, [.. used.Select(s => plan.Open[s])], [.. used.SelectMany(s => sent[(s * wants)..((s + 1) * wants)])]);
    }
}
