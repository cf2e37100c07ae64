using System.Runtime.InteropServices;

namespace Switchyard.Sourcing;

// Plans: made from what the nodes chose, or by looking at every set that is left.
internal sealed partial class OpenSetSearch
{
    /// <summary>
    /// Looks at every set that could still be better: a set costs at least the prices of all units plus the reduced costs of its
    /// options, so in ascending order of these most branches end at once. False when there were too many to look at.
    /// </summary>
    private bool Enumerate(long[] prices, int looks)
    {
        Evaluate(prices);
        long sum = 0;
        for (int d = 0; d < _wants; d++) sum += _problem.Units[d] * prices[d];
        foreach (int j in _open) sum += _reduced[j];
        var left = new (long Reduced, int Option)[_options.Length];
        int count = 0;
        foreach (int j in _options)
            if (!_shut[j] && _openOf[_problem.Options[j].Dense] < 0) left[count++] = (_reduced[j], j);
        Array.Sort(left, 0, count);
        FindFloors();
        var gains = new long[count + 1];                               // the most that options from here on can take off
        for (int i = count - 1; i >= 0; i--) gains[i] = gains[i + 1] + Math.Min(0, left[i].Reduced);
        var set = new List<int>(_open);
        bool isDone = Look(left.AsSpan(0, count), gains, 0, sum, set, ref looks);
        return isDone;
    }

    // What wants cost at the least from one on, in the sequence in which sets are filled: what few options cover comes first, since most sets fail there.
    private void FindFloors()
    {
        Span<int> covers = _wants <= 64 ? stackalloc int[_wants] : new int[_wants];
        Span<long> least = _wants <= 64 ? stackalloc long[_wants] : new long[_wants];
        covers.Clear();
        for (int d = 0; d < _wants; d++) (least[d], _sequence[d]) = (_problem.Penalty[d], d);
        foreach (int j in _options)
        {
            int row = j * _wants;
            for (int d = 0; d < _wants; d++)
            {
                if (_problem.Room[row + d] == 0) continue;
                least[d] = Math.Min(least[d], _problem.Unit[row + d]);
                if (_problem.Room[row + d] >= _problem.Units[d]) covers[d]++;
            }
        }
        for (int i = 1; i < _wants; i++)
            for (int k = i; k > 0 && covers[_sequence[k]] < covers[_sequence[k - 1]]; k--)
                (_sequence[k], _sequence[k - 1]) = (_sequence[k - 1], _sequence[k]);
        _floors[_wants] = 0;
        for (int k = _wants - 1; k >= 0; k--)
        {
            int d = _sequence[k];
            _floors[k] = _floors[k + 1] + (_problem.Units[d] == 0 || least[d] == Infinite ? 0 : _problem.Units[d] * least[d]);
        }
    }

    /// <summary>As <see cref="SourcingProblem.Fill"/>, but <see cref="Infinite"/> as soon as it cannot be below the limit.</summary>
    private long FillBelow(ReadOnlySpan<int> open, long limit)
    {
        var (units, rooms, penalties, wants) = (_problem.Unit, _problem.Room, _problem.Penalty, _problem.Units);
        long total = 0;
        foreach (int j in open) total += _problem.Fixed[j];
        for (int k = 0; k < _wants; k++)
        {
            if (total + _floors[k] >= limit) return Infinite;
            int d = _sequence[k], lastAt = -1;
            long left = wants[d], last = long.MinValue;
            while (left > 0)
            {
                int best = -1;
                long least = penalties[d];
                for (int s = 0; s < open.Length; s++)
                {
                    int at = open[s] * _wants + d;
                    long unit = units[at];
                    if (rooms[at] == 0 || unit > least || unit < last || (unit == last && s <= lastAt) || (best >= 0 && unit == least)) continue;
                    (best, least) = (s, unit);
                }
                if (best < 0)
                {
                    if (penalties[d] == Infinite) return Infinite;
                    total += left * penalties[d];
                    break;
                }
                long take = Math.Min(left, rooms[open[best] * _wants + d]);
                total += take * least;
                left -= take;
                (last, lastAt) = (least, best);
            }
        }
        return total;
    }

    private bool Look(ReadOnlySpan<(long Reduced, int Option)> left, long[] gains, int from, long sum, List<int> set, ref int looks)
    {
        for (int i = from; i < left.Length; i++)
        {
            var (reduced, j) = left[i];
            if (RoundUp(sum + Math.Max(reduced, gains[i]), set.Count + 1) >= Value) return true;     // so it is for all that follow
            int node = _problem.Options[j].Dense;
            if (_openOf[node] >= 0 || RoundUp(sum + reduced + gains[i + 1], set.Count + 1) >= Value) continue;
            if (--looks < 0) return false;
            _work++;
            set.Add(j);
            if (sum + reduced < Value && FillBelow(CollectionsMarshal.AsSpan(set), Value) is var value && value < Value) (Value, Best) = (value, [.. set]);
            if (set.Count < _problem.MaxShipments)
            {
                _openOf[node] = j;
                bool isDone = Look(left, gains, i + 1, sum + reduced, set, ref looks);
                _openOf[node] = -1;
                if (!isDone) return false;
            }
            set.RemoveAt(set.Count - 1);
        }
        return true;
    }

    /// <summary>Makes a plan of what the nodes chose: adds what is missing, leaves out what does not pay.</summary>
    private void Round()
    {
        var open = new List<int>();
        foreach (int j in _options) if (_chosen[_problem.Options[j].Dense] == j) open.Add(j);
        while (open.Count < _problem.MaxShipments && Missing(open) is >= 0 and var j) open.Add(j);
        long value = _problem.Fill(CollectionsMarshal.AsSpan(open));
        _work += 1 + open.Count * (1 + _wants / 8);
        for (int s = open.Count - 1; s >= 0 && open.Count > 1; s--)
        {
            int j = open[s];
            open.RemoveAt(s);
            long without = FillBelow(CollectionsMarshal.AsSpan(open), value);
            _work += 1 + open.Count * (1 + _wants / 8);
            if (without < value) value = without;
            else open.Insert(s, j);
        }
        if (value < Value) Offer(CollectionsMarshal.AsSpan(open));
    }

    // The option that covers most of what the open ones leave, for its cost; -1 when they leave nothing or nothing helps.
    private int Missing(List<int> open)
    {
        var left = (long[])_problem.Units.Clone();
        foreach (int j in open)
            for (int d = 0; d < _wants; d++) left[d] -= Math.Min(left[d], _problem.Room[j * _wants + d]);
        Span<int> missing = _wants <= 64 ? stackalloc int[_wants] : new int[_wants];
        int lacking = 0;
        for (int d = 0; d < _wants; d++) if (left[d] > 0) missing[lacking++] = d;
        if (lacking == 0) return -1;
        int best = -1;
        double least = double.MaxValue;
        _work += _options.Length * (1 + _wants / 8);
        foreach (int j in _options)
        {
            if (_shut[j]) continue;
            double score = Score(j, left, missing[..lacking]);
            if (score >= least || IsNodeOf(open, j)) continue;
            (best, least) = (j, score);
        }
        return best;
    }

    private double Score(int option, long[] left, ReadOnlySpan<int> missing)
    {
        double covered = 0, cost = _problem.Fixed[option];
        int row = option * _wants;
        bool mayStay = false;
        foreach (int d in missing)
        {
            long units = Math.Min(left[d], _problem.Room[row + d]);
            if (units == 0) continue;
            covered += units * _shares[d];
            cost += (double)units * _problem.Unit[row + d];
            if (_problem.Penalty[d] == Infinite) continue;
            cost -= (double)units * _problem.Penalty[d];
            mayStay = true;
        }
        if (covered == 0 || (mayStay && cost >= 0)) return double.MaxValue;
        return cost > 0 ? cost / covered : cost;
    }

    private bool IsNodeOf(List<int> open, int option)
    {
        foreach (int o in open) if (_problem.Options[o].Dense == _problem.Options[option].Dense) return true;
        return false;
    }
}
