using System.Runtime.InteropServices;

namespace Switchyard.Sourcing;

/// <summary>
/// Branch and bound over which options to open. Once they are open the units flow to the cheapest of them with stock, so only the
/// set is searched. The bound gives each want a price per unit and lets every node choose for itself whether it pays to open
/// at these prices (Lagrangean relaxation of the demand rows of capacitated facility location, subgradient steps after Polyak);
/// it equals the bound of the strong linear relaxation, and shuts most nodes at the root by their reduced costs.
/// </summary>
/// <remarks>Source: Fisher, The Lagrangian relaxation method for solving integer programming problems, Management Science 27 (1981);
/// Cornuéjols, Sridharan and Thizy, A comparison of heuristics and relaxations for the capacitated plant location problem, EJOR 50 (1991).</remarks>
internal sealed class OpenSetSearch
{
    private const long Infinite = SourcingProblem.Infinite;
    private readonly SourcingProblem _problem;
    private readonly int _wants;
    private readonly long _step;               // every cost is a multiple of this plus one grain a shipment
    private readonly int _fewest;              // shipments of any plan but the best one that is known
    private readonly int _most;
    private readonly long _budget;
    private readonly long _mostFixed;
    private readonly long[] _lowest;           // want → range its price moves in
    private readonly long[] _highest;
    private readonly bool[] _shut;
    private readonly int[] _openOf;            // node → its open option, or -1
    private readonly long[] _reduced;          // option → what opening it adds to the bound, at the prices last tried
    private readonly int[] _chosen;            // node → option it chose in the bound, or -1
    private readonly long[] _short;            // want → units left over at the prices last tried
    private readonly List<int> _open = [];
    private readonly Stack<int> _shutLog = new();
    private int[] _options;
    private long _work;
    private long _unresolved = Infinite;

    public OpenSetSearch(SourcingProblem problem, int[]? incumbent, long budget)
    {
        (_problem, _wants, _budget) = (problem, problem.Units.Length, budget);
        _mostFixed = problem.MostFixed();
        _lowest = new long[_wants];
        _highest = new long[_wants];
        Value = (problem.MaxShipments + 1) * _mostFixed + problem.Split + 1;
        for (int d = 0; d < _wants; d++)
        {
            _highest[d] = problem.HighestPrice(d, _mostFixed);
            _lowest[d] = Math.Min(_highest[d], problem.Lowest(d));
            Value += problem.Units[d] * Math.Max(problem.Highest(d), problem.Penalty[d] == Infinite ? 0 : problem.Penalty[d]);
        }
        _shut = new bool[problem.Options.Length];
        _reduced = new long[problem.Options.Length];
        _openOf = new int[problem.NodeCount];
        _chosen = new int[problem.NodeCount];
        _short = new long[_wants];
        _options = new int[problem.Options.Length];
        for (int j = 0; j < _options.Length; j++) _options[j] = j;
        Array.Fill(_openOf, -1);
        Offer([]);
        if (incumbent is not null) Offer(incumbent);
        (_fewest, _most) = Shipments();
        _step = Step();
    }

    /// <summary>The best set found, null when none is allowed.</summary>
    public int[]? Best { get; private set; }

    /// <summary>Its cost, first shipment's split penalty included; while there is none, more than any plan costs.</summary>
    public long Value { get; private set; }

    /// <summary>No set costs less.</summary>
    public long Bound => Math.Min(Value, _unresolved);

    public long Work => _work;

    public void Run()
    {
        var prices = FirstPrices();
        bool isDone = Ascend(prices, 120, out long bound);
        if (isDone) return;
        Compact();
        if (!_problem.Rules.MayDivideLines && SubsetProgramme.Work(_options.Length, _wants) <= 1 << 22)
        {
            _work += SubsetProgramme.Work(_options.Length, _wants) / 8;
            if (SubsetProgramme.Solve(_problem, _options) is { } whole)
            {
                Offer(whole);
                return;
            }
        }
        Branch(prices, bound);
    }

    private void Branch(long[] parentPrices, long parentBound)
    {
        var prices = (long[])parentPrices.Clone();
        int logged = _shutLog.Count;
        for (bool isFirst = true; ; isFirst = false)
        {
            if (_open.Count > 0 && isFirst) Offer(_open.ToArray());
            if (_open.Count >= _problem.MaxShipments) break;
            bool isDone = Ascend(prices, isFirst && _open.Count == 0 ? 4 : 16, out long bound);
            if (isDone) break;
            bound = Math.Max(bound, parentBound);
            int j = Pick();
            if (j < 0) break;
            if (_work > _budget)
            {
                _unresolved = Math.Min(_unresolved, bound);
                break;
            }
            int node = _problem.Options[j].Dense;
            _openOf[node] = j;
            _open.Add(j);
            Branch(prices, bound);
            _open.RemoveAt(_open.Count - 1);
            _openOf[node] = -1;
            Shut(j);
        }
        while (_shutLog.Count > logged) _shut[_shutLog.Pop()] = false;
    }

    /// <summary>Raises the bound by moving prices; true when nothing better than the best plan is left below here.</summary>
    private bool Ascend(long[] prices, int steps, out long best)
    {
        best = -Infinite;
        if (!CanFill()) return true;
        var trial = (long[])prices.Clone();
        double pace = 1;
        for (int step = 0, stale = 0; step < steps; step++)
        {
            long bound = Evaluate(trial);
            if (bound > best)
            {
                (best, stale) = (bound, 0);
                trial.CopyTo(prices, 0);
            }
            else if (++stale == 4)
            {
                (pace, stale) = (pace / 2, 0);
                prices.CopyTo(trial, 0);
                Evaluate(trial);
            }
            if (RoundUp(best) >= Value) return true;
            if (!Move(trial, bound, pace)) break;
            if (step % 8 == 2) Round();
        }
        best = Math.Max(best, Evaluate(prices));
        Round();
        if (RoundUp(best) >= Value) return true;
        ShutHopeless(best);
        return false;
    }

    // Is there stock enough at the nodes that are not shut, where nothing may stay behind?
    private bool CanFill()
    {
        for (int d = 0; d < _wants; d++)
        {
            if (_problem.Penalty[d] != Infinite || _problem.Units[d] == 0) continue;
            long room = 0;
            int last = -1;
            foreach (int j in _options)
            {
                var (node, units) = (_problem.Options[j].Dense, _problem.Room[j * _wants + d]);
                if (units == 0 || node == last || _shut[j] || (_openOf[node] >= 0 && _openOf[node] != j)) continue;
                last = node;
                room += units;
                if (room >= _problem.Units[d]) break;
            }
            if (room < _problem.Units[d]) return false;
        }
        return true;
    }

    /// <summary>The bound at these prices; leaves every node's choice, the reduced costs and what is left over of each want.</summary>
    private long Evaluate(long[] prices)
    {
        long total = 0;
        for (int d = 0; d < _wants; d++)
        {
            total += _problem.Units[d] * prices[d];
            _short[d] = _problem.Units[d];
        }
        int free = _problem.MaxShipments - _open.Count, takers = 0;
        _work += _options.Length * (1 + _wants / 8);
        for (int at = 0; at < _options.Length;)
        {
            int node = _problem.Options[_options[at]].Dense, best = -1;
            for (; at < _options.Length && _problem.Options[_options[at]].Dense == node; at++)
            {
                int j = _options[at];
                bool isOpen = _openOf[node] == j;
                if (!isOpen && (_openOf[node] >= 0 || _shut[j])) continue;
                long gain = _problem.Fixed[j];
                int row = j * _wants;
                for (int d = 0; d < _wants; d++)
                {
                    long margin = prices[d] - _problem.Unit[row + d];
                    if (margin > 0) gain -= margin * _problem.Room[row + d];
                }
                _reduced[j] = gain;
                if (isOpen || (gain < 0 && (best < 0 || gain < _reduced[best]))) best = j;
            }
            _chosen[node] = best;
            if (best >= 0 && _openOf[node] < 0) takers++;
        }
        if (takers > free) KeepBest(free, takers);
        foreach (int j in _options)
        {
            if (_chosen[_problem.Options[j].Dense] != j) continue;
            total += _reduced[j];
            int row = j * _wants;
            for (int d = 0; d < _wants; d++) if (prices[d] > _problem.Unit[row + d]) _short[d] -= _problem.Room[row + d];
        }
        return total;
    }

    // At most so many shipments: only the nodes that gain most are opened.
    private void KeepBest(int free, int takers)
    {
        var gains = new (long Gain, int Node)[takers];
        int at = 0;
        for (int node = 0; node < _chosen.Length; node++)
            if (_chosen[node] >= 0 && _openOf[node] < 0) gains[at++] = (_reduced[_chosen[node]], node);
        Array.Sort(gains);
        for (int i = free; i < takers; i++) _chosen[gains[i].Node] = -1;
    }

    private bool Move(long[] prices, long bound, double pace)
    {
        double norm = 0;
        for (int d = 0; d < _wants; d++)
        {
            if (_problem.Units[d] == 0 || (prices[d] >= _problem.Penalty[d] && _short[d] > 0)) continue;
            double share = (double)_short[d] / _problem.Units[d];
            norm += share * share;
        }
        if (norm == 0) return false;
        double length = pace * Math.Max(Value - bound, 1) / norm;
        bool moved = false;
        for (int d = 0; d < _wants; d++)
        {
            if (_problem.Units[d] == 0) continue;
            double by = length * _short[d] / _problem.Units[d] / _problem.Units[d];
            long price = (long)Math.Clamp(prices[d] + by, _lowest[d], _highest[d]);
            moved |= price != prices[d];
            prices[d] = price;
        }
        return moved;
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
            long without = _problem.Fill(CollectionsMarshal.AsSpan(open));
            _work += 1 + open.Count * (1 + _wants / 8);
            if (without < value) value = without;
            else open.Insert(s, j);
        }
        if (value < Value) Offer(open.ToArray());
    }

    // The option that covers most of what the open ones leave, for its cost; -1 when they leave nothing or nothing helps.
    private int Missing(List<int> open)
    {
        int best = -1;
        double least = double.MaxValue;
        var left = (long[])_problem.Units.Clone();
        foreach (int j in open)
            for (int d = 0; d < _wants; d++) left[d] -= Math.Min(left[d], _problem.Room[j * _wants + d]);
        if (!left.Any(units => units > 0)) return -1;
        _work += _options.Length * (1 + _wants / 8);
        foreach (int j in _options)
        {
            if (_shut[j] || open.Exists(o => _problem.Options[o].Dense == _problem.Options[j].Dense)) continue;
            double covered = 0, cost = _problem.Fixed[j];
            for (int d = 0; d < _wants; d++)
            {
                long units = Math.Min(left[d], _problem.Room[j * _wants + d]);
                if (units == 0) continue;
                covered += (double)units / _problem.Units[d];
                cost += (double)units * _problem.Unit[j * _wants + d];
                if (_problem.Penalty[d] != Infinite) cost -= (double)units * _problem.Penalty[d];
            }
            if (covered == 0 || (cost >= 0 && _problem.Penalty[0] != Infinite)) continue;
            double score = cost > 0 ? cost / covered : cost;
            if (score < least) (best, least) = (j, score);
        }
        return best;
    }

    private void ShutHopeless(long bound)
    {
        long weakest = 0;
        int takers = 0;
        for (int node = 0; node < _chosen.Length; node++)
        {
            if (_chosen[node] < 0 || _openOf[node] >= 0) continue;
            weakest = takers++ == 0 ? _reduced[_chosen[node]] : Math.Max(weakest, _reduced[_chosen[node]]);
        }
        if (takers < _problem.MaxShipments - _open.Count) weakest = 0;     // there is room for one more
        foreach (int j in _options)
        {
            int node = _problem.Options[j].Dense;
            if (_shut[j] || _openOf[node] >= 0 || _chosen[node] == j) continue;
            long instead = _chosen[node] >= 0 ? _reduced[_chosen[node]] : weakest;
            if (RoundUp(bound + _reduced[j] - instead) >= Value) Shut(j);
        }
    }

    // The node that gains most; when none gains, the one that loses least.
    private int Pick()
    {
        int best = -1;
        foreach (int j in _options)
        {
            int node = _problem.Options[j].Dense;
            if (_shut[j] || _openOf[node] >= 0) continue;
            if (best < 0 || _reduced[j] < _reduced[best]) best = j;
        }
        return best;
    }

    private void Shut(int option)
    {
        _shut[option] = true;
        _shutLog.Push(option);
    }

    private void Compact()
    {
        _options = [.. _options.Where(j => !_shut[j])];
        _shutLog.Clear();
        Array.Fill(_chosen, -1);
    }

    private void Offer(int[] open)
    {
        if (open.Length > _problem.MaxShipments) return;
        long value = _problem.Fill(open);
        if (value < Value) (Value, Best) = (value, open);
    }

    /// <summary>The least cost at or above a bound that a plan can have.</summary>
    private long RoundUp(long bound)
    {
        if (_step <= 1) return bound;
        int fewest = Math.Max(_fewest, _open.Count);
        long over = (bound - fewest) % _step;
        if (over < 0) over += _step;
        return over <= _most - fewest ? bound : bound - over + _step;
    }

    private (int Fewest, int Most) Shipments()
    {
        bool oneDoes = false;
        for (int j = 0; j < _problem.Options.Length && !oneDoes; j++)
        {
            oneDoes = true;
            for (int d = 0; d < _wants && oneDoes; d++)
                oneDoes = _problem.Penalty[d] != Infinite || _problem.Room[j * _wants + d] >= _problem.Units[d];
        }
        return (oneDoes ? 1 : 2, _problem.MaxShipments);
    }

    private long Step()
    {
        if (_problem.Shift > 0) return 1;
        long step = 0;
        foreach (long value in _problem.Fixed) step = Divisor(step, value - 1);
        for (int at = 0; at < _problem.Fixed.Length * _wants && step != 1; at++)
            if (_problem.Room[at] > 0) step = Divisor(step, Math.Abs(_problem.Unit[at]));
        foreach (long penalty in _problem.Penalty) if (penalty != Infinite) step = Divisor(step, penalty);
        return step > _most ? step : 1;
    }

    private static long Divisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }

    // Each want at the cheapest option, an even share of its shipment included.
    private long[] FirstPrices()
    {
        var prices = new long[_wants];
        Array.Fill(prices, long.MaxValue);
        foreach (int j in _options)
        {
            int row = j * _wants, covers = 0;
            for (int d = 0; d < _wants; d++) if (_problem.Room[row + d] > 0 && _problem.Units[d] > 0) covers++;
            for (int d = 0; d < _wants; d++)
                if (_problem.Room[row + d] > 0 && _problem.Units[d] > 0)
                    prices[d] = Math.Min(prices[d], _problem.Unit[row + d] + _problem.Fixed[j] / covers / _problem.Room[row + d]);
        }
        for (int d = 0; d < _wants; d++)
            prices[d] = prices[d] == long.MaxValue ? 0 : Math.Min(prices[d], _highest[d]);
        return prices;
    }
}
