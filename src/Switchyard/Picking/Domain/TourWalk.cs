namespace Switchyard.Picking;

/// <summary>How each stretch of aisle is walked, and how often each way to the next aisle.</summary>
/// <param name="Along">By aisle and block: 0 not at all, 1 once, 2 twice, 3 from the front and back, 4 from behind and back, 5 both with the largest gap left out.</param>
/// <param name="Across">By aisle and cross-aisle: 0, 1 or 2 times.</param>
internal sealed record TourWays(int[] Along, int[] Across);

/// <summary>Walks ways as one round from the depot (Hierholzer) and tells in which sequence the spots are passed.</summary>
internal sealed class TourWalk(PickFloor floor, int low, int aisles, int[] sorted, long[] y, int[] first, TourWays ways)
{
    private readonly int _points = floor.CrossY.Count, _blocks = floor.Blocks;
    private readonly int[] _along = [.. ways.Along.Select(w => w is 1 or 2 ? w : 0)], _across = [.. ways.Across];
    private readonly bool[] _passed = new bool[ways.Along.Length], _entered = new bool[aisles * floor.CrossY.Count];
    private readonly List<int> _sequence = new(sorted.Length);

    public IReadOnlyList<int> Sequence()
    {
        int last = -1;
        foreach (int at in Round())
        {
            if (last >= 0) Pass(last, at);
            Enter(at);
            last = at;
        }
        return _sequence;
    }

    // Crossings are numbered aisle by aisle. The round is found backwards, which is a round as well.
    private List<int> Round()
    {
        var round = new List<int>();
        var open = new Stack<int>();
        open.Push((floor.DepotAisle - low) * _points);
        while (open.TryPeek(out int at))
        {
            if (Onward(at) is { } next) open.Push(next);
            else round.Add(open.Pop());
        }
        return round;
    }

    private int? Onward(int at)
    {
        int aisle = at / _points, k = at % _points;
        if (k < _blocks && _along[aisle * _blocks + k]-- > 0) return at + 1;
        if (k > 0 && _along[aisle * _blocks + k - 1]-- > 0) return at - 1;
        if (aisle < aisles - 1 && _across[at]-- > 0) return at + _points;
        if (aisle > 0 && _across[at - _points]-- > 0) return at - _points;
        return null;
    }

    private void Pass(int from, int to)
    {
        if (Math.Abs(from - to) != 1 || _points == 1) return;
        int stretch = from / _points * _blocks + Math.Min(from, to) % _points;
        if (_passed[stretch]) return;
        _passed[stretch] = true;
        if (to > from) for (int i = first[stretch]; i < first[stretch + 1]; i++) _sequence.Add(sorted[i]);
        else for (int i = first[stretch + 1] - 1; i >= first[stretch]; i--) _sequence.Add(sorted[i]);
    }

    private void Enter(int at)
    {
        if (_entered[at]) return;
        _entered[at] = true;
        int aisle = at / _points, k = at % _points;
        if (k < _blocks)
        {
            int stretch = aisle * _blocks + k, end = first[stretch + 1];
            if (ways.Along[stretch] == 5) end = GapOf(stretch);
            if (ways.Along[stretch] is 3 or 5) for (int i = first[stretch]; i < end; i++) _sequence.Add(sorted[i]);
        }
        if (k > 0)
        {
            int stretch = aisle * _blocks + k - 1, from = first[stretch];
            if (ways.Along[stretch] == 5) from = GapOf(stretch);
            if (ways.Along[stretch] is 4 or 5) for (int i = first[stretch + 1] - 1; i >= from; i--) _sequence.Add(sorted[i]);
        }
    }

    // The first spot behind the largest gap between two.
    private int GapOf(int stretch)
    {
        int best = first[stretch + 1];
        long most = -1;
        for (int i = first[stretch] + 1; i < first[stretch + 1]; i++)
            if (Y(i) - Y(i - 1) > most) (best, most) = (i, Y(i) - Y(i - 1));
        return best;
    }

    private long Y(int i) => y[i];
}
