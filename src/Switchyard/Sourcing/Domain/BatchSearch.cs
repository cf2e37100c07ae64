namespace Switchyard.Sourcing;

/// <summary>
/// Branch and price over some orders of a batch while the others stay: the master mixes plans, its prices on stock and capacity make each
/// order's exact subproblem propose better ones, and branching decides which options an order opens, which lines go where, and whether it
/// keeps its plan. Every node also makes a feasible plan of what the master mixed, so the best one is never lost.
/// </summary>
/// <remarks>Source: Barnhart, Johnson, Nemhauser, Savelsbergh and Vance, Branch-and-price, Operations Research 46 (1998).</remarks>
internal sealed partial class BatchSearch
{
    private readonly BatchProblem _problem;
    private readonly PlanPool _pool;
    private readonly BatchWork _work;
    private readonly int[] _orders;
    private readonly long[] _room;                                     // what the other orders leave
    private readonly OrderChoice[] _states;
    private readonly int[] _rowOf;                                     // row of the batch → row of the master, or -1: it cannot bind
    private readonly List<int> _rows = [];
    private readonly long _forced;                                     // what it costs to leave behind a line that was decided to be sent
    private readonly long[] _prices;                                   // row of the batch → grains
    private long _paid;                                                // what opened options cost whether used or not
    private int _nodesLeft;
    private long _unresolved = long.MaxValue;

    /// <param name="orders">Positions of the orders that are planned.</param>
    /// <param name="room">What there is for them; not changed.</param>
    /// <param name="start">A feasible plan of each.</param>
    public BatchSearch(BatchProblem problem, PlanPool pool, int[] orders, long[] room, PlanColumn[] start, BatchWork work)
    {
        (_problem, _pool, _work, _orders, _room, Best) = (problem, pool, work, orders, room, start);
        Value = start.Sum(c => c.Total);
        _states = [.. orders.Select(o => new OrderChoice(problem.Parts[o].Problem))];
        _prices = new long[room.Length];
        foreach (int o in orders) _forced += (long)problem.Parts[o].Spread + problem.Parts[o].Churn + problem.Parts[o].Problem.Fill([]);
        _rowOf = new int[room.Length];
        Array.Fill(_rowOf, -1);
        FindRows();
    }

    public PlanColumn[] Best { get; private set; }

    /// <summary>Grains, churn included.</summary>
    public long Value { get; private set; }

    /// <summary>No plan of these orders costs less.</summary>
    public long Bound => Math.Min(Value, _unresolved);

    /// <summary>Nothing was left out for want of nodes or time: to search again would find the same.</summary>
    public bool IsThrough => _nodesLeft >= 0 && !_work.IsOver;

    public void Run(int mostNodes)
    {
        _nodesLeft = mostNodes;
        Branch(long.MinValue);
    }

    // A row can bind when these orders could use more of it than there is.
    private void FindRows()
    {
        var most = new Int128[_room.Length];
        foreach (int o in _orders)
        {
            var (part, problem) = (_problem.Parts[o], _problem.Parts[o].Problem);
            int wants = problem.Units.Length;
            for (int j = 0, next; j < problem.Options.Length; j = next)
            {
                for (next = j + 1; next < problem.Options.Length && problem.Options[next].Dense == problem.Options[j].Dense;) next++;
                int node = problem.Options[j].Node;
                most[_problem.ShipmentsRow(node)]++;
                for (int d = 0; d < wants; d++)
                {
                    // Of the services of a node one may be too weak for what another carries.
                    long units = 0;
                    for (int i = j; i < next; i++) units = Math.Max(units, problem.Room[i * wants + d] * part.Goods[d]);
                    most[_problem.StockRow(node, part.Skus[d])] += units;
                    most[_problem.UnitsRow(node)] += units;
                }
            }
        }
        for (int row = 0; row < most.Length; row++)
        {
            if (most[row] <= _room[row]) continue;
            _rowOf[row] = _rows.Count;
            _rows.Add(row);
        }
    }

    private void Branch(long parentBound)
    {
        if (_nodesLeft-- <= 0 || _work.IsOver)
        {
            _unresolved = Math.Min(_unresolved, parentBound);
            return;
        }
        var mix = Price(out long bound, out bool isPruned);
        bound = Math.Max(bound, parentBound);
        if (isPruned) return;
        Round(mix);
        if (IsPruned(bound)) return;
        if (Fraction(mix) is not { } choice)
        {
            if (!mix.IsDone || !IsWhole(mix)) _unresolved = Math.Min(_unresolved, bound);
            return;
        }
        foreach (bool isYes in (ReadOnlySpan<bool>)[choice.Share >= 0.5, choice.Share < 0.5])
        {
            var (before, paid) = (_states[choice.Order].Clone(), _paid);
            if (Decide(choice, isYes)) Branch(bound);
            (_states[choice.Order], _paid) = (before, paid);
        }
    }

    private bool IsPruned(long bound) => bound > Value - _problem.Step;

    private void Offer(PlanColumn[] plans)
    {
        long value = plans.Sum(p => p.Total);
        if (value >= Value) return;
        (Value, Best) = (value, plans);
    }
}
