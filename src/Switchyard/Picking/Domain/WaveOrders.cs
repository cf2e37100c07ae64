namespace Switchyard.Picking;

/// <summary>The orders of a wave problem in one sequence, lying one behind the other in memory, rarest item first.</summary>
internal sealed class WaveOrders
{
    private readonly int[] _start, _item, _need, _units;
    private readonly List<int> _taken = [];

    /// <param name="sequence">Numbers of the orders; the first are tried first.</param>
    /// <param name="holders">How many aisles have each item.</param>
    public WaveOrders(WaveProblem problem, int[] sequence, int[] holders)
    {
        Sequence = sequence;
        _start = new int[sequence.Length + 1];
        _units = new int[sequence.Length];
        _item = new int[sequence.Sum(o => problem.Orders[o].Count)];
        _need = new int[_item.Length];
        int at = 0;
        for (int p = 0; p < sequence.Length; p++)
        {
            _start[p] = at;
            foreach (var line in problem.Orders[sequence[p]].OrderBy(l => holders[l.Item]))
            {
                (_item[at], _need[at]) = (line.Item, line.Units);
                _units[p] += line.Units;
                at++;
            }
        }
        _start[^1] = at;
    }

    public int[] Sequence { get; }

    /// <summary>Lines looked at so far: the work done.</summary>
    public long Steps { get; private set; }

    /// <summary>Units of the orders that fit one after the other; the stock is afterwards what it was.</summary>
    public long Units(int[] stock, long most)
    {
        long left = Fill(stock, most);
        Return(stock);
        return most - left;
    }

    /// <summary>The same, with the orders taken and the units they use of each item.</summary>
    public List<int> Taken(int[] stock, long most, int[]? used = null)
    {
        Fill(stock, most);
        var orders = _taken.ConvertAll(p => Sequence[p]);
        if (used is not null) foreach (int p in _taken) for (int i = _start[p]; i < _start[p + 1]; i++) used[_item[i]] += _need[i];
        Return(stock);
        return orders;
    }

    private long Fill(int[] stock, long left)
    {
        _taken.Clear();
        long steps = 0;
        int[] start = _start, item = _item, need = _need;
        for (int p = 0; p < _units.Length && left > 0; p++)
        {
            steps++;
            if (_units[p] > left) continue;
            int i = start[p], end = start[p + 1];
            while (i < end && stock[item[i]] >= need[i]) i++;
            if (i < end) continue;
            for (i = start[p]; i < end; i++) stock[item[i]] -= need[i];
            left -= _units[p];
            _taken.Add(p);
        }
        Steps += steps;
        return left;
    }

    private void Return(int[] stock)
    {
        foreach (int p in _taken) for (int i = _start[p]; i < _start[p + 1]; i++) stock[_item[i]] += _need[i];
    }
}
