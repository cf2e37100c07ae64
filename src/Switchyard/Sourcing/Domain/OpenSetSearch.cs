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
internal sealed partial class OpenSetSearch
{
    private const long Infinite = SourcingProblem.Infinite;

    // At the root: more and more steps for better prices, and each time a longer try to count all sets that are left.
    private static readonly (int Steps, int Looks)[] Phases = [(1, 200), (6, 2_000), (20, 10_000), (40, 40_000)];

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
    private readonly int[] _sequence;          // in which a set is filled
    private readonly long[] _floors;           // what the wants cost at the least from there on
    private readonly double[] _shares;         // want → 1 / its units
    private readonly long[] _short;            // want → units left over at the prices last tried
    private readonly List<int> _open = [];
    private readonly Stack<int> _shutLog = new();
    private double[] _packedPrices = [], _packedUnit = [], _packedRoom = [];
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
        _sequence = new int[_wants];
        _floors = new long[_wants + 1];
        _shares = [.. problem.Units.Select(u => u == 0 ? 0 : 1.0 / u)];
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
        FindFloors();
        var prices = FirstPrices();
        long bound = -Infinite;
        foreach (var (steps, looks) in Phases)
        {
            if (Ascend(prices, steps, out bound)) return;
            Compact();
            if (Enumerate(prices, looks)) return;
        }
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
            if (_open.Count > 0 && isFirst) Offer(CollectionsMarshal.AsSpan(_open));
            if (_open.Count >= _problem.MaxShipments) break;
            bool isDone = Ascend(prices, isFirst && _open.Count == 0 ? 2 : 16, out long bound);
            if (isDone) break;
            bound = Math.Max(bound, parentBound);
            if (Enumerate(prices, 4_000)) break;
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
        Pack();
    }

    private void Offer(ReadOnlySpan<int> open)
    {
        if (open.Length > _problem.MaxShipments) return;
        long value = _problem.Fill(open);
        if (value < Value) (Value, Best) = (value, open.ToArray());
    }

    /// <summary>The least cost at or above a bound that a plan can have.</summary>
    private long RoundUp(long bound, int atLeast = 0)
    {
        if (_step <= 1) return bound;
        int fewest = Math.Max(_fewest, Math.Max(_open.Count, atLeast));
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
}
