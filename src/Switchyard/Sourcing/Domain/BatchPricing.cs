namespace Switchyard.Sourcing;

/// <summary>The best plan of one order at prices on what it shares with others, within what there is.</summary>
internal static class BatchPricing
{
    /// <param name="room">What there is of each row.</param>
    /// <param name="prices">Grains for a unit of each row; null: all is free.</param>
    /// <param name="state">What is decided for the order; null: nothing.</param>
    /// <param name="mustGo">Grains for a want left behind that was decided to be sent.</param>
    public static Decision Solve(BatchProblem batch, int part, long[] room, long[]? prices, OrderChoice? state, long mustGo, BatchWork work)
    {
        var (order, problem, trial) = (batch.Parts[part], batch.Parts[part].Problem, batch.Parts[part].Trial);
        int wants = problem.Units.Length;
        for (int j = 0; j < problem.Options.Length; j++)
        {
            int node = problem.Options[j].Node;
            byte decided = state?.Option[j] ?? OrderChoice.Free;
            bool isShut = decided == OrderChoice.No || (decided == OrderChoice.Free && room[batch.ShipmentsRow(node)] <= 0);
            trial.Fixed[j] = decided == OrderChoice.Yes ? 1 : problem.Fixed[j] + (prices?[batch.ShipmentsRow(node)] ?? 0);
            long unitPrice = prices?[batch.UnitsRow(node)] ?? 0;
            for (int d = 0; d < wants; d++)
            {
                int at = j * wants + d, row = batch.StockRow(node, order.Skus[d]);
                bool isOpen = !isShut && problem.Room[at] > 0 && state?.IsShut[at] != true;
                trial.Room[at] = isOpen ? Math.Min(problem.Room[at], room[row] / order.Goods[d]) : 0;
                trial.Unit[at] = problem.Unit[at] + order.Goods[d] * (unitPrice + (prices?[row] ?? 0));
            }
        }
        for (int d = 0; d < wants; d++) trial.Penalty[d] = problem.Penalty[d] + (state?.MustGo[d] == true ? mustGo : 0);
        trial.UnitCaps = null;
        for (int n = 0; n < batch.Nodes; n++)
        {
            long cap = room[batch.UnitsRow(n)];
            if (cap == long.MaxValue) continue;
            if (trial.UnitCaps is null) Array.Fill(trial.UnitCaps = new long[batch.Nodes], long.MaxValue);
            trial.UnitCaps[n] = cap;
        }
        if (!problem.Rules.MayDivideLines)
        {
            trial.StockCaps ??= new long[batch.Nodes * wants];
            for (int n = 0; n < batch.Nodes; n++) for (int d = 0; d < wants; d++) trial.StockCaps[n * wants + d] = room[batch.StockRow(n, order.Skus[d])];
        }
        work.Spend(20 + problem.Options.Length * wants * 6);
        return SourcingEngine.Least(trial, 100_000);
    }

    /// <summary>The order's best plan there is, whatever was decided.</summary>
    public static PlanColumn Plan(BatchProblem batch, int part, long[] room, long[]? prices, BatchWork work)
    {
        var decision = Solve(batch, part, room, prices, null, 0, work);
        var column = batch.Column(part, decision.Open, decision.Sent);
        if (batch.Parts[part].Current is not { } current || !batch.Fits(current, room)) return column;
        return Priced(current, prices) <= Priced(column, prices) ? current : column;
    }

    public static long Priced(PlanColumn column, long[]? prices)
    {
        long total = column.Total;
        if (prices is null) return total;
        for (int i = 0; i < column.Rows.Length; i++) total += column.Use[i] * prices[column.Rows[i]];
        return total;
    }
}
