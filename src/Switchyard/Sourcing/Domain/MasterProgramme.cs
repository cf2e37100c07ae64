using System.Numerics;

namespace Switchyard.Sourcing;

/// <summary>
/// The linear programme that mixes plans of orders: each order's shares add up to one, and no row of stock or capacity is used beyond its
/// end, at the least cost. Primal simplex with the inverse of the basis kept whole; plans may be added at any time.
/// </summary>
/// <remarks>
/// It only proposes prices and shares: bounds are worked out in whole numbers from the prices, so that no rounding here can make them wrong.
/// Source: Dantzig and Wolfe, Decomposition principle for linear programs, Operations Research 8 (1960); Chvátal, Linear Programming (1983), ch. 7 and 26.
/// </remarks>
internal sealed class MasterProgramme
{
    private const double Tolerance = 4, Tiny = 1e-9;                   // grains; a pivot

    private readonly int _orders, _rows;
    private readonly double[] _inverse, _shares, _duals, _column;
    private readonly int[] _basis;                                     // row → plan, or -1 - row for what is left of the row (nothing sent, for an order)
    private readonly List<int> _start = [0], _at = [];
    private readonly List<double> _use = [], _cost = [];
    private readonly List<bool> _isBasic = [];
    private readonly double[] _nothing;

    /// <param name="nothing">What each order costs that is sent nothing.</param>
    /// <param name="room">Units or shipments of each row.</param>
    public MasterProgramme(ReadOnlySpan<double> nothing, ReadOnlySpan<long> room)
    {
        _orders = nothing.Length;
        _rows = nothing.Length + room.Length;
        _nothing = nothing.ToArray();
        _inverse = new double[_rows * _rows];
        _shares = new double[_rows];
        _duals = new double[_rows];
        _column = new double[_rows];
        _basis = new int[_rows];
        for (int r = 0; r < _rows; r++)
        {
            _inverse[r * _rows + r] = 1;
            // A little more room in every row, each a little different, so that no pivot stands still.
            _shares[r] = (r < _orders ? 1 : room[r - _orders]) + 1e-7 * (1 + r * 37 % 101 / 101.0);
            _duals[r] = r < _orders ? nothing[r] : 0;
            _basis[r] = -1 - r;
        }
    }

    public int Rows => _rows;
    public int Plans => _cost.Count;

    /// <summary>What an order costs at these prices, as far as the plans at hand go.</summary>
    public double OrderDual(int order) => _duals[order];

    /// <summary>What a unit of a row is worth, ≥ 0.</summary>
    public double Price(int row) => Math.Max(0, -_duals[_orders + row]);

    public void Add(int order, double cost, ReadOnlySpan<int> rows, ReadOnlySpan<long> use)
    {
        _at.Add(order);
        _use.Add(1);
        for (int i = 0; i < rows.Length; i++)
        {
            _at.Add(_orders + rows[i]);
            _use.Add(use[i]);
        }
        _start.Add(_at.Count);
        _cost.Add(cost);
        _isBasic.Add(false);
    }

    /// <summary>Share of each plan in the last solution.</summary>
    public double[] Shares()
    {
        var shares = new double[_cost.Count];
        for (int r = 0; r < _rows; r++) if (_basis[r] >= 0) shares[_basis[r]] = _shares[r];
        return shares;
    }

    /// <summary>Pivots until nothing is to be gained. Returns the pivots made.</summary>
    public int Solve()
    {
        int most = 200 + 20 * _rows;
        for (int pivot = 0; pivot < most; pivot++)
        {
            var (entering, gain) = Entering();
            if (gain >= -Tolerance) return pivot;
            Direction(entering);
            int leaving = Leaving();
            if (leaving < 0) return pivot;
            Pivot(entering, leaving, gain);
        }
        return most;
    }

    // The plan, or the slack (-1 - row), that lowers the cost most for its share.
    private (int Entering, double Gain) Entering()
    {
        int best = -1 - _rows;
        double least = 0;
        for (int r = _orders; r < _rows; r++)
            if (-_duals[r] < least) (best, least) = (-1 - r, -_duals[r]);
        var at = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_at);
        var use = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_use);
        for (int p = 0, i = 0; p < _cost.Count; p++)
        {
            int end = _start[p + 1];
            double reduced = _cost[p];
            for (; i < end; i++) reduced -= _duals[at[i]] * use[i];
            if (reduced < least && !_isBasic[p]) (best, least) = (p, reduced);
        }
        for (int o = 0; o < _orders; o++)
            if (_nothing[o] - _duals[o] < least) (best, least) = (-1 - o, _nothing[o] - _duals[o]);
        return (best, least);
    }

    private void Direction(int entering)
    {
        if (entering < 0)
        {
            for (int r = 0; r < _rows; r++) _column[r] = _inverse[r * _rows + (-1 - entering)];
            return;
        }
        for (int r = 0; r < _rows; r++)
        {
            double sum = 0;
            for (int i = _start[entering]; i < _start[entering + 1]; i++) sum += _inverse[r * _rows + _at[i]] * _use[i];
            _column[r] = sum;
        }
    }

    private int Leaving()
    {
        int leaving = -1;
        double least = double.MaxValue;
        for (int r = 0; r < _rows; r++)
        {
            if (_column[r] <= Tiny) continue;
            double ratio = Math.Max(0, _shares[r]) / _column[r];
            if (ratio > least || (ratio == least && _column[r] <= _column[leaving])) continue;
            (leaving, least) = (r, ratio);
        }
        return leaving;
    }

    private void Pivot(int entering, int leaving, double gain)
    {
        double by = 1 / _column[leaving];
        var pivot = _inverse.AsSpan(leaving * _rows, _rows);
        Scale(pivot, by);
        double share = _shares[leaving] * by;
        for (int r = 0; r < _rows; r++)
        {
            double factor = _column[r];
            if (r == leaving || Math.Abs(factor) < 1e-13) continue;
            Subtract(_inverse.AsSpan(r * _rows, _rows), pivot, factor);
            _shares[r] -= factor * share;
        }
        _shares[leaving] = share;
        Subtract(_duals, pivot, -gain);
        if (_basis[leaving] >= 0) _isBasic[_basis[leaving]] = false;
        if (entering >= 0) _isBasic[entering] = true;
        _basis[leaving] = entering;
    }

    private static void Scale(Span<double> row, double by)
    {
        for (int i = 0; i < row.Length; i++) row[i] *= by;
    }

    private static void Subtract(Span<double> row, ReadOnlySpan<double> other, double factor)
    {
        int i = 0, wide = Vector<double>.Count;
        var times = new Vector<double>(factor);
        for (; i <= row.Length - wide; i += wide)
            (new Vector<double>(row.Slice(i, wide)) - times * new Vector<double>(other.Slice(i, wide))).CopyTo(row.Slice(i, wide));
        for (; i < row.Length; i++) row[i] -= factor * other[i];
    }
}
