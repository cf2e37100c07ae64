namespace Switchyard.Sourcing;

// Plans that can be carried out, from what the master mixed; and what to decide next.
internal sealed partial class BatchSearch
{
    private const double Whole = 1e-4;

    private enum Kind { Keep, Open, Pair }

    private readonly record struct Choice(Kind Kind, int Order, int Option, int Want, double Share);

    /// <summary>What the mix halves most; null when nothing is halved that can be decided.</summary>
    private Choice? Fraction(Mix mix)
    {
        Choice? best = null;
        foreach (var (order, plan, share) in mix.Plans)
            if (plan.IsCurrent && _states[order].Keeps == OrderChoice.Free) Better(new Choice(Kind.Keep, order, 0, 0, share));
        if (best is not null) return best;
        var open = _states.Select(s => new double[s.Option.Length]).ToArray();
        var pairs = _states.Select(s => new double[s.IsShut.Length]).ToArray();
        foreach (var (order, plan, share) in mix.Plans)
        {
            int wants = _states[order].MustGo.Length;
            for (int s = 0; s < plan.Open.Length; s++)
            {
                open[order][plan.Open[s]] += share;
                for (int d = 0; d < wants; d++) if (plan.Sent[s * wants + d] > 0) pairs[order][plan.Open[s] * wants + d] += share;
            }
        }
        for (int i = 0; i < open.Length; i++)
            for (int j = 0; j < open[i].Length; j++)
                if (_states[i].Option[j] == OrderChoice.Free && _states[i].Keeps != OrderChoice.Yes) Better(new Choice(Kind.Open, i, j, 0, open[i][j]));
        if (best is not null || _problem.Rules.MayDivideLines) return best;
        for (int i = 0; i < open.Length; i++)
            for (int at = 0; at < pairs[i].Length; at++)
                if (_states[i].Keeps != OrderChoice.Yes && !_states[i].MustGo[at % _states[i].MustGo.Length])
                    Better(new Choice(Kind.Pair, i, at / _states[i].MustGo.Length, at % _states[i].MustGo.Length, pairs[i][at]));
        return best;

        void Better(Choice choice)
        {
            if (choice.Share is < Whole or > 1 - Whole) return;
            if (best is null || Math.Abs(choice.Share - 0.5) < Math.Abs(best.Value.Share - 0.5) - 1e-9) best = choice;
        }
    }

    /// <summary>False when what is decided cannot be.</summary>
    private bool Decide(Choice choice, bool isYes)
    {
        var (state, problem) = (_states[choice.Order], _problem.Parts[_orders[choice.Order]].Problem);
        switch (choice.Kind)
        {
            case Kind.Keep:
                state.Keeps = isYes ? OrderChoice.Yes : OrderChoice.No;
                return true;
            case Kind.Pair:
                if (!isYes)
                {
                    state.IsShut[choice.Option * problem.Units.Length + choice.Want] = true;
                    return true;
                }
                for (int j = 0; j < problem.Options.Length; j++) if (j != choice.Option) state.IsShut[j * problem.Units.Length + choice.Want] = true;
                state.MustGo[choice.Want] = true;
                return true;
            default:
                return Open(choice, isYes, state, problem);
        }
    }

    private bool Open(Choice choice, bool isYes, OrderChoice state, SourcingProblem problem)
    {
        if (!isYes)
        {
            state.Option[choice.Option] = OrderChoice.No;
            return true;
        }
        int node = problem.Options[choice.Option].Node, opened = 0;
        long others = 0;
        for (int i = 0; i < _states.Length; i++)
            foreach (int j in _states[i].Opened()) if (_problem.Parts[_orders[i]].Problem.Options[j].Node == node) others++;
        if (others >= _room[_problem.ShipmentsRow(node)]) return false;
        state.Option[choice.Option] = OrderChoice.Yes;
        _paid += problem.Fixed[choice.Option] - 1;
        foreach (int _ in state.Opened()) opened++;
        for (int j = 0; j < problem.Options.Length; j++)
            if (state.Option[j] == OrderChoice.Free && (problem.Options[j].Node == node || opened >= problem.MaxShipments)) state.Option[j] = OrderChoice.No;
        return opened <= problem.MaxShipments;
    }

    private static bool IsSingle(Mix mix, int orders)
    {
        var seen = new int[orders];
        foreach (var (order, _, share) in mix.Plans) if (share > Whole && ++seen[order] > 1) return false;
        return true;
    }

    private bool IsWhole(Mix mix) => _problem.IsFlow || IsSingle(mix, _orders.Length);

    /// <summary>
    /// The plans with the largest shares, as far as they fit together; an order whose plan does not fit is planned anew at the prices, from
    /// what is left. Where units flow they are then shared out anew over the options that are open.
    /// </summary>
    private void Round(Mix mix)
    {
        var ranked = mix.Plans.OrderByDescending(p => p.Share).ThenBy(p => p.Order).ToList();
        var room = (long[])_room.Clone();
        var plans = new PlanColumn?[_orders.Length];
        foreach (var (order, plan, _) in ranked)
        {
            if (plans[order] is not null || !_problem.Fits(plan, room)) continue;
            plans[order] = plan;
            BatchProblem.Take(plan, room);
        }
        for (int i = 0; i < plans.Length; i++)
        {
            if (plans[i] is not null) continue;
            plans[i] = BatchPricing.Plan(_problem, _orders[i], room, _prices, _work);
            BatchProblem.Take(plans[i]!, room);
        }
        Offer(plans!);
        if (!_problem.IsFlow) return;
        Offer(BatchFlow.Share(_problem, _orders, plans!, _room));
        var top = ranked.DistinctBy(p => p.Order).ToDictionary(p => p.Order, p => p.Plan);
        var wished = plans.Select((p, i) => WithPaid(i, top.GetValueOrDefault(i, p!))).ToArray();
        if (KeepsShipments(wished)) Offer(BatchFlow.Share(_problem, _orders, wished, _room));
        _work.Spend(40L * _orders.Length);
    }

    // What is paid for is open too.
    private PlanColumn WithPaid(int order, PlanColumn plan)
    {
        int[] open = [.. plan.Open.Union(_states[order].Opened()).Order()];
        bool isAsIs = open.Length == plan.Open.Length || open.Length > _problem.Parts[plan.Part].Problem.MaxShipments;
        return isAsIs ? plan : plan with { Open = open, Sent = new long[open.Length * _states[order].MustGo.Length], IsCurrent = false };
    }

    private bool KeepsShipments(PlanColumn[] plans)
    {
        var used = new long[_problem.Nodes];
        foreach (var plan in plans)
            foreach (int j in plan.Open) if (++used[_problem.Parts[plan.Part].Problem.Options[j].Node] is var n && n > _room[_problem.ShipmentsRow(_problem.Parts[plan.Part].Problem.Options[j].Node)]) return false;
        return true;
    }
}
