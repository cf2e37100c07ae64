namespace Switchyard.Sourcing;

/// <summary>
/// Plans small groups of orders anew while the others stay. Groups are orders that compete for rows with little left, and grow while
/// nothing is found.
/// </summary>
internal sealed class GroupSearch
{
    private const int Smallest = 3, NodesOfGroup = 25;

    private readonly BatchProblem _problem;
    private readonly PlanPool _pool;
    private readonly BatchWork _work;
    private readonly HashSet<int>[] _wants;                            // order → rows it could use
    private ulong _random = 0x5EED;

    public GroupSearch(BatchProblem problem, PlanPool pool, BatchWork work)
    {
        (_problem, _pool, _work) = (problem, pool, work);
        _wants = [.. problem.Parts.Select(Rows)];
    }

    /// <returns>The plans, and whether any changed.</returns>
    public (PlanColumn[] Best, bool IsBetter) Run(PlanColumn[] start, long bound, long rounds)
    {
        var best = (PlanColumn[])start.Clone();
        var room = (long[])_problem.Room.Clone();
        foreach (var plan in best) BatchProblem.Take(plan, room);
        int count = best.Length, size = Math.Min(Smallest, count), idle = 0;
        bool isBetter = false;
        for (long round = 0; round < rounds && !_work.IsOver && size < count; round++)
        {
            int[] group = Group((int)(round % count), size, room);
            foreach (int o in group) BatchProblem.Take(best[o], room, -1);
            var before = group.Select(o => best[o]).ToArray();
            var search = new BatchSearch(_problem, _pool, group, room, before, _work);
            search.Run(NodesOfGroup);
            bool changed = search.Value < before.Sum(p => p.Total);
            for (int i = 0; i < group.Length; i++)
            {
                best[group[i]] = search.Best[i];
                BatchProblem.Take(best[group[i]], room);
            }
            isBetter |= changed;
            idle = changed ? 0 : idle + 1;
            if (changed && best.Sum(p => p.Total) is var total && bound > total - _problem.Step) break;
            if (idle < count) continue;
            (idle, size) = (0, Math.Min(size + 2, Math.Max(Smallest, Math.Min(count, 14))));
        }
        return (best, isBetter);
    }

    // The first order, and those that want most of what it wants and is scarce; a little chance, the same every time.
    private int[] Group(int first, int size, long[] room)
    {
        var others = new (double Score, int Order)[_problem.Parts.Length - 1];
        int at = 0;
        for (int o = 0; o < _problem.Parts.Length; o++)
        {
            if (o == first) continue;
            double score = 0;
            foreach (int row in _wants[first]) if (_wants[o].Contains(row)) score += room[row] == long.MaxValue ? 0 : 1.0 / (1 + room[row]);
            others[at++] = (-(score + 0.01) * (0.2 + Next()), o);
        }
        Array.Sort(others);
        return [.. others.Take(size - 1).Select(o => o.Order).Append(first).Order()];
    }

    private HashSet<int> Rows(BatchPart part)
    {
        var rows = new HashSet<int>();
        int wants = part.Goods.Length;
        for (int j = 0; j < part.Problem.Options.Length; j++)
        {
            int node = part.Problem.Options[j].Node;
            rows.Add(_problem.UnitsRow(node));
            rows.Add(_problem.ShipmentsRow(node));
            for (int d = 0; d < wants; d++) if (part.Problem.Room[j * wants + d] > 0) rows.Add(_problem.StockRow(node, part.Skus[d]));
        }
        return rows;
    }

    // SplitMix64: the same groups on every machine. From 0 to 1.
    private double Next()
    {
        unchecked
        {
            _random += 0x9E3779B97F4A7C15;
            ulong z = (_random ^ (_random >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) / (double)(1UL << 53);
        }
    }
}
