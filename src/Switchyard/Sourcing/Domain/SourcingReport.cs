namespace Switchyard.Sourcing;

/// <summary>Turns a decision into the plan that is told: units back to lines, exact costs, and a reason for every node.</summary>
internal static class SourcingReport
{
    public static SourcingPlan Of(SourcingProblem problem, IReadOnlyList<Demand> demands, Decision decision)
    {
        var parts = new List<LinePart>[decision.Open.Length];
        var milli = new Int128[decision.Open.Length];
        Int128 total = (Int128)Math.Max(0, decision.Open.Length - 1) * Math.Max(0, problem.Rules.SplitPenaltyMinor) * 1000;
        for (int s = 0; s < parts.Length; s++)
        {
            parts[s] = [];
            milli[s] = Milli(problem, decision, s);
            total += milli[s];
        }
        var unfilled = new List<LinePart>();
        Int128 left = GiveBack(problem, demands, decision, parts, unfilled);
        total += left * 1000;
        var shipments = new PlannedShipment[parts.Length];
        Int128 before = 0;
        for (int s = 0; s < parts.Length; s++)
        {
            var option = problem.Options[decision.Open[s]];
            var node = problem.Nodes[option.Node];
            long cost = Saturate(Minor(before + milli[s]) - Minor(before));     // so that parts add up to the whole
            before += milli[s];
            shipments[s] = new PlannedShipment(node.NodeId, node.Lanes[option.Lane].Service, cost, parts[s]);
        }
        long rounded = Saturate(Minor(total));
        bool isProven = IsProven(problem, decision, total);
        long bound = isProven ? rounded : Math.Min(rounded, Saturate(Minor(Bound(problem, decision))));
        return new SourcingPlan(shipments, unfilled, rounded, bound, isProven, SourcingCandidates.Of(problem, demands, decision));
    }

    /// <summary>Half up.</summary>
    public static Int128 Minor(Int128 milli)
    {
        Int128 up = milli + 500;
        Int128 whole = up / 1000;
        return up < 0 && whole * 1000 != up ? whole - 1 : whole;
    }

    public static long Saturate(Int128 value) =>
        value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;

    private static Int128 Milli(SourcingProblem problem, Decision decision, int shipment)
    {
        int wants = problem.Wants.Length;
        var node = problem.Nodes[problem.Options[decision.Open[shipment]].Node];
        var lane = LimitedFill.Lane(problem, decision.Open[shipment]);
        Int128 milli = ((Int128)Math.Max(0, lane.BaseMinor) + Math.Max(0, node.PickFixedMinor)) * 1000;
        for (int d = 0; d < wants; d++)
        {
            long units = decision.Sent[shipment * wants + d];
            if (units == 0) continue;
            milli += LimitedFill.Goods(problem, d, units) * Grains.MilliOfUnit(node, lane, problem.Wants[d].SkuId, problem.Wants[d].WeightGrams);
        }
        return milli;
    }

    // Lines with the dearest penalty are served first, then in their order. Returns the penalties in minor units.
    private static Int128 GiveBack(
        SourcingProblem problem, IReadOnlyList<Demand> demands, Decision decision, List<LinePart>[] parts, List<LinePart> unfilled)
    {
        int wants = problem.Wants.Length;
        Int128 penalties = 0;
        var short_ = new List<int>();
        var lacking = new long[demands.Count];
        for (int d = 0; d < wants; d++)
        {
            var lines = problem.Wants[d].Lines;
            int at = 0, shipment = 0;
            if (lines.Count > 1) lines = [.. lines.OrderByDescending(i => Grains.Penalty(demands[i]))];
            long needed = demands[lines[0]].Quantity;
            long here = 0;
            while (true)
            {
                while (here == 0 && shipment < parts.Length)
                    here = Saturate(LimitedFill.Goods(problem, d, decision.Sent[shipment++ * wants + d]));
                if (here == 0) break;
                long units = Math.Min(here, needed);
                parts[shipment - 1].Add(new LinePart(demands[lines[at]].Line, units));
                here -= units;
                needed -= units;
                if (needed == 0 && ++at == lines.Count) break;
                if (needed == 0) needed = demands[lines[at]].Quantity;
            }
            for (; at < lines.Count; needed = ++at < lines.Count ? demands[lines[at]].Quantity : 0)
            {
                short_.Add(lines[at]);
                lacking[lines[at]] = needed;
                penalties += (Int128)needed * Grains.Penalty(demands[lines[at]]);
            }
        }
        short_.Sort();
        foreach (int i in short_) unfilled.Add(new LinePart(demands[i].Line, lacking[i]));
        return penalties;
    }

    private static bool IsProven(SourcingProblem problem, Decision decision, Int128 total)
    {
        if (decision.IsGuess || decision.Bound < decision.Value || problem.Shift > 0) return false;
        return Real(problem, decision, decision.Value, decision.Open.Length) == total * SourcingProblem.GrainsPerMilli;
    }

    private static Int128 Bound(SourcingProblem problem, Decision decision)
    {
        Int128 grains = Real(problem, decision, decision.Bound, Math.Max(1, problem.MaxShipments));
        return grains >= 0 ? grains / SourcingProblem.GrainsPerMilli : -(-grains / SourcingProblem.GrainsPerMilli) - 1;
    }

    /// <summary>Grains of a value without tie-breaking, first split penalty and what sending first adds; with the units nobody has.</summary>
    private static Int128 Real(SourcingProblem problem, Decision decision, long value, int shipments)
    {
        Int128 real = (Int128)value - problem.Split - (Int128)problem.FirstFill * decision.UnitsLeft(problem);
        real = (real << problem.Shift) - shipments;
        for (int d = 0; d < problem.Wants.Length; d++)
        {
            Int128 nowhere = (Int128)problem.Wants[d].Quantity - LimitedFill.Goods(problem, d, problem.Units[d]);
            real += nowhere * problem.Wants[d].PenaltyMinor * 1000 * SourcingProblem.GrainsPerMilli;
        }
        return real;
    }
}
