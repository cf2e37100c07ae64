namespace Switchyard.Sourcing;

// The bound at a node: the master and the orders' subproblems in turn.
internal sealed partial class BatchSearch
{
    /// <summary>What the master mixed at a node.</summary>
    /// <param name="Plans">Position among the orders, the plan and its share, above nothing.</param>
    /// <param name="IsDone">No plan would make the mix cheaper.</param>
    private sealed record Mix(List<(int Order, PlanColumn Plan, double Share)> Plans, bool IsDone);

    private Mix Price(out long bound, out bool isPruned)
    {
        var columns = new List<(int Order, PlanColumn Plan)>();
        var inMaster = new HashSet<PlanColumn>(ReferenceEqualityComparer.Instance);
        var master = Master();
        for (int i = 0; i < _orders.Length; i++)
        {
            foreach (var plan in _pool.Of(_orders[i])) if (_states[i].Allows(plan) && _problem.Fits(plan, _room)) Add(i, plan);
            if (_problem.Parts[_orders[i]].Current is { } current && _states[i].Allows(current) && _problem.Fits(current, _room)) Add(i, current);
        }
        bound = long.MinValue;
        bool isDone = false;
        isPruned = false;
        while (true)
        {
            int pivots = master.Solve();
            _work.Spend((pivots + 1) * (20 + (long)master.Rows * master.Rows / 60 + master.Plans / 4));
            long least = SetPrices(master);
            bool isAdded = false;
            for (int i = 0; i < _orders.Length; i++) least += Propose(i, master, Add, ref isAdded);
            bound = Math.Max(bound, least);
            isPruned = IsPruned(bound);
            isDone = !isAdded;
            if (isPruned || isDone || _work.IsOver) break;
        }
        var shares = master.Shares();
        var mixed = new List<(int, PlanColumn, double)>();
        for (int p = 0; p < columns.Count && p < shares.Length; p++) if (shares[p] > 1e-6) mixed.Add((columns[p].Order, columns[p].Plan, shares[p]));
        return new Mix(mixed, isDone);

        void Add(int order, PlanColumn plan)
        {
            if (!inMaster.Add(plan)) return;
            AddTo(master, order, plan);
            columns.Add((order, plan));
        }
    }

    private MasterProgramme Master()
    {
        var room = new long[_rows.Count];
        for (int r = 0; r < room.Length; r++) room[r] = _room[_rows[r]];
        var nothing = new double[_orders.Length];
        for (int i = 0; i < nothing.Length; i++)
        {
            var (part, state) = (_problem.Parts[_orders[i]], _states[i]);
            foreach (int j in state.Opened())
                if (_rowOf[_problem.ShipmentsRow(part.Problem.Options[j].Node)] is >= 0 and var row) room[row]--;
            long cost = part.Problem.Fill([]) + (part.Current is { Open.Length: 0 } ? 0 : part.Churn);
            foreach (bool must in state.MustGo) if (must) cost += _forced;
            if (state.Keeps != OrderChoice.Free) cost += 2 * _forced;
            nothing[i] = cost;
        }
        return new MasterProgramme(nothing, room);
    }

    private void AddTo(MasterProgramme master, int order, PlanColumn plan)
    {
        var rows = new int[plan.Rows.Length];
        var use = new long[rows.Length];
        int count = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (_rowOf[plan.Rows[i]] < 0 || IsPaid(order, plan.Rows[i], plan)) continue;
            (rows[count], use[count]) = (_rowOf[plan.Rows[i]], plan.Use[i]);
            count++;
        }
        master.Add(order, CostHere(order, plan), rows.AsSpan(0, count), use.AsSpan(0, count));
    }

    // The shipment of an option that is paid for is taken off what there is already.
    private bool IsPaid(int order, int row, PlanColumn plan)
    {
        if (row < _problem.ShipmentsRow(0)) return false;
        foreach (int j in plan.Open)
            if (_states[order].Option[j] == OrderChoice.Yes && _problem.ShipmentsRow(_problem.Parts[plan.Part].Problem.Options[j].Node) == row) return true;
        return false;
    }

    private long CostHere(int order, PlanColumn plan)
    {
        var (problem, state) = (_problem.Parts[plan.Part].Problem, _states[order]);
        long cost = plan.Total;
        foreach (int j in plan.Open) if (state.Option[j] == OrderChoice.Yes) cost -= problem.Fixed[j] - 1;
        int wants = problem.Units.Length;
        for (int d = 0; d < wants; d++)
        {
            if (!state.MustGo[d]) continue;
            long left = problem.Units[d];
            for (int at = d; at < plan.Sent.Length; at += wants) left -= plan.Sent[at];
            cost += left * _forced;
        }
        return cost;
    }

    /// <summary>Takes the master's prices. Returns what is paid whatever is planned, less the worth of all there is.</summary>
    private long SetPrices(MasterProgramme master)
    {
        long total = _paid;
        for (int r = 0; r < _rows.Count; r++)
        {
            long price = (long)Math.Round(Math.Min(master.Price(r), _problem.HighestPrice));
            _prices[_rows[r]] = price;
            total -= price * _room[_rows[r]];
        }
        for (int i = 0; i < _orders.Length; i++)
            foreach (int j in _states[i].Opened()) total += _prices[_problem.ShipmentsRow(_problem.Parts[_orders[i]].Problem.Options[j].Node)];
        return total;
    }

    /// <summary>The order's best plan at the prices goes to the master when it would help. Returns what the order costs at least.</summary>
    private long Propose(int order, MasterProgramme master, Action<int, PlanColumn> add, ref bool isAdded)
    {
        var (part, state) = (_problem.Parts[_orders[order]], _states[order]);
        long least = long.MaxValue;
        if (part.Current is { } current && state.Allows(current) && _problem.Fits(current, _room)) least = PricedHere(order, current);
        if (state.Keeps == OrderChoice.Yes) return least;
        var decision = BatchPricing.Solve(_problem, _orders[order], _room, _prices, state, _forced, _work);
        least = Math.Min(least, decision.Bound + part.Churn);
        if (decision.Value + part.Churn >= master.OrderDual(order) - 8) return least;
        var column = _pool.Keep(_problem.Column(_orders[order], decision.Open, decision.Sent));
        if (!state.Allows(column)) return least;
        int plans = master.Plans;
        add(order, column);
        isAdded |= master.Plans > plans;
        return least;
    }

    private long PricedHere(int order, PlanColumn plan)
    {
        long total = CostHere(order, plan);
        for (int i = 0; i < plan.Rows.Length; i++) if (!IsPaid(order, plan.Rows[i], plan)) total += plan.Use[i] * _prices[plan.Rows[i]];
        return total;
    }
}
