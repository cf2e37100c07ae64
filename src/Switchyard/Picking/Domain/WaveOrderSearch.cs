namespace Switchyard.Picking;

/// <summary>Better orders for aisles that are chosen: one comes in, those in its way go, and what then fits comes in.</summary>
internal sealed class WaveOrderSearch
{
    private readonly WaveProblem _problem;
    private readonly int[] _free;
    private readonly int[] _possible;
    private readonly long[] _units;
    private readonly Dictionary<int, List<int>> _wanting = [];
    private readonly HashSet<int> _chosen;
    private readonly List<int> _moves = [];
    private readonly Func<bool> _isOver;
    private long _sum;

    public WaveOrderSearch(WaveProblem problem, int[] stock, IReadOnlyList<int> orders, Func<bool> isOver)
    {
        (_problem, _free, _chosen, _isOver) = (problem, [.. stock], [.. orders], isOver);
        _possible = [.. Enumerable.Range(0, problem.Orders.Count).Where(o => problem.Orders[o].Count > 0 && problem.Orders[o].All(l => l.Units <= stock[l.Item]))];
        _units = [.. problem.Orders.Select(o => o.Sum(l => (long)l.Units))];
        foreach (int o in _possible)
            foreach (var line in problem.Orders[o])
            {
                if (!_wanting.TryGetValue(line.Item, out var list)) _wanting[line.Item] = list = [];
                list.Add(o);
            }
        foreach (int o in orders) Take(o, -1);
        _sum = orders.Sum(o => _units[o]);
    }

    /// <summary>A sequence of the orders by units for each unit of what is scarce in this stock.</summary>
    public static int[] ByScarcity(WaveProblem problem, int[] orders, int[] stock)
    {
        var wanted = new Dictionary<int, long>();
        foreach (int o in orders)
            if (problem.Orders[o].All(l => l.Units <= stock[l.Item]))
                foreach (var line in problem.Orders[o]) wanted[line.Item] = wanted.GetValueOrDefault(line.Item) + line.Units;
        double Scarcity(int item) => Math.Max(0, 1 - stock[item] / (double)Math.Max(1, wanted.GetValueOrDefault(item)));
        return [.. orders.OrderByDescending(o => problem.Orders[o].Sum(l => l.Units)
            / (0.05 * problem.Orders[o].Sum(l => l.Units) + problem.Orders[o].Sum(l => l.Units * Scarcity(l.Item))))
            .ThenByDescending(o => problem.Orders[o].Sum(l => l.Units))];
    }

    public IReadOnlyList<int> Improve(int rounds, ref Dice dice)
    {
        long best = _sum;
        int[] kept = [.. _chosen];
        if (_possible.Length == 0) return kept;
        double heat = 1.5;
        for (int round = 0; round < rounds && best < _problem.Upper && ((round & 255) != 0 || !_isOver()); round++)
        {
            heat *= 1 - 4.0 / rounds;
            int order = _possible[dice.Below(_possible.Length)];
            if (_chosen.Contains(order)) continue;
            long before = _sum;
            _moves.Clear();
            if (MakeRoom(order, ref dice))
            {
                Change(order);
                FillUp(order, ref dice);
            }
            if (_sum < before && dice.Share() >= Math.Exp((_sum - before) / heat) || _sum > _problem.Upper) Undo();
            else if (_sum > best) (best, kept) = (_sum, [.. _chosen]);
        }
        return kept;
    }

    private bool MakeRoom(int order, ref Dice dice)
    {
        foreach (var line in _problem.Orders[order])
        {
            var rivals = _wanting[line.Item];
            int at = dice.Below(rivals.Count);
            for (int i = 0; i < rivals.Count && _free[line.Item] < line.Units; i++)
                if (_chosen.Contains(rivals[(at + i) % rivals.Count])) Change(rivals[(at + i) % rivals.Count]);
            if (_free[line.Item] < line.Units) return false;
        }
        for (int tries = 0; tries < 40 && _sum + _units[order] > _problem.Upper; tries++)
            if (_possible[dice.Below(_possible.Length)] is var other && _chosen.Contains(other)) Change(other);
        return _sum + _units[order] <= _problem.Upper;
    }

    // Orders that want what has become free.
    private void FillUp(int except, ref Dice dice)
    {
        int moved = _moves.Count;
        for (int m = 0; m < moved; m++)
            foreach (var line in _problem.Orders[_moves[m]])
            {
                if (_free[line.Item] == 0) continue;
                var wanting = _wanting[line.Item];
                int at = dice.Below(wanting.Count), many = Math.Min(wanting.Count, 60);
                for (int i = 0; i < many; i++)
                {
                    int other = wanting[(at + i) % wanting.Count];
                    if (other != except && !_chosen.Contains(other) && _sum + _units[other] <= _problem.Upper && Fits(other)) Change(other);
                }
            }
    }

    private bool Fits(int order)
    {
        foreach (var line in _problem.Orders[order]) if (_free[line.Item] < line.Units) return false;
        return true;
    }

    private void Change(int order)
    {
        Toggle(order);
        _moves.Add(order);
    }

    private void Undo()
    {
        for (int m = _moves.Count - 1; m >= 0; m--) Toggle(_moves[m]);
    }

    private void Toggle(int order)
    {
        bool goes = _chosen.Remove(order);
        if (!goes) _chosen.Add(order);
        Take(order, goes ? 1 : -1);
        _sum += goes ? -_units[order] : _units[order];
    }

    private void Take(int order, int sign)
    {
        foreach (var line in _problem.Orders[order]) _free[line.Item] += sign * line.Units;
    }
}
