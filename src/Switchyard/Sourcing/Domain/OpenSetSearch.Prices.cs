using System.Numerics;

namespace Switchyard.Sourcing;

// The bound: prices per unit, and what every node makes of them.
internal sealed partial class OpenSetSearch
{
    /// <summary>The bound at these prices; leaves every node's choice, the reduced costs and what is left over of each want.</summary>
    private long Evaluate(long[] prices)
    {
        long total = 0;
        for (int d = 0; d < _wants; d++)
        {
            total += _problem.Units[d] * prices[d];
            _short[d] = _problem.Units[d];
        }
        for (int d = 0; d < _wants && _packedUnit.Length > 0; d++) _packedPrices[d] = prices[d];
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
                long gain = _packedUnit.Length > 0 ? Reduced(at, j) : Reduced(j, prices);
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

    // FitIntoLong keeps these sums far from the end of a long, so the loop that everything waits for is not checked.
    private long Reduced(int option, long[] prices)
    {
        var unit = _problem.Unit.AsSpan(option * _wants, prices.Length);
        var room = _problem.Room.AsSpan(option * _wants, prices.Length);
        long gain = _problem.Fixed[option];
        unchecked
        {
            for (int d = 0; d < prices.Length && d < unit.Length && d < room.Length; d++)
                gain -= Math.Max(0, prices[d] - unit[d]) * room[d];
        }
        return gain;
    }

    // The same of the option at a place among those that are left. Whole numbers below 2^52 stay whole in doubles, and go four or eight at a time.
    private long Reduced(int place, int option)
    {
        int width = _packedPrices.Length, row = place * width;
        var sum = Vector<double>.Zero;
        for (int d = 0; d < width; d += Vector<double>.Count)
            sum += Vector.Max(Vector<double>.Zero, new Vector<double>(_packedPrices, d) - new Vector<double>(_packedUnit, row + d)) * new Vector<double>(_packedRoom, row + d);
        return _problem.Fixed[option] - (long)Vector.Sum(sum);
    }

    // Lays the options that are left side by side.
    private void Pack()
    {
        Int128 most = _mostFixed;
        for (int d = 0; d < _wants; d++) most += (Int128)_problem.Units[d] * ((Int128)_highest[d] - Math.Min(0, _lowest[d]));
        if (most >= 1L << 51) return;
        int width = (_wants + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        _packedPrices = new double[width];
        _packedUnit = new double[_options.Length * width];
        _packedRoom = new double[_options.Length * width];
        for (int place = 0; place < _options.Length; place++)
            for (int d = 0; d < _wants; d++)
            {
                _packedUnit[place * width + d] = _problem.Unit[_options[place] * _wants + d];
                _packedRoom[place * width + d] = _problem.Room[_options[place] * _wants + d];
            }
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
