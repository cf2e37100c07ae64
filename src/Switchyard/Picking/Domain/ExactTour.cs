using System.Runtime.CompilerServices;

namespace Switchyard.Picking;

/// <summary>
/// The shortest tour, by one dynamic programme that goes over the floor aisle by aisle and keeps for each <see cref="TourStates">state</see> the
/// shortest part that leads to it. A tour is found as a set of ways walked once or twice; every set in which each crossing has an even number of
/// them and all hang together can be walked as one round.
/// </summary>
internal sealed class ExactTour
{
    private const long Unreached = long.MaxValue / 4;

    // How one stretch of aisle between two cross-aisles is walked.
    private const int Skip = 0, Once = 1, Twice = 2, FromFront = 3, FromBack = 4, FromBoth = 5, Over = 6, Start = 7;

    private readonly PickFloor _floor;
    private readonly TourStates _states;
    private readonly int[] _sorted, _first;
    private readonly long[] _y;
    private readonly int _low, _high, _blocks;
    private readonly int[] _parents;
    private long[] _now, _next;
    private int _step;

    private ExactTour(PickFloor floor, IReadOnlyList<PickSpot> spots)
    {
        (_floor, _blocks, _states) = (floor, floor.Blocks, TourStates.Of(floor.CrossY.Count));
        (_low, _high) = (floor.DepotAisle, floor.DepotAisle);
        _sorted = new int[spots.Count];
        long[] keys = new long[spots.Count];
        for (int i = 0; i < spots.Count; i++)
        {
            (_sorted[i], keys[i]) = (i, (long)spots[i].Aisle << 44 | spots[i].Y - floor.CrossY[0]);
            (_low, _high) = (Math.Min(_low, spots[i].Aisle), Math.Max(_high, spots[i].Aisle));
        }
        Array.Sort(keys, _sorted);
        _y = [.. _sorted.Select(i => spots[i].Y)];
        // Where the spots of each stretch begin, by aisle and block.
        int stretches = (_high - _low + 1) * _blocks;
        _first = new int[stretches + 1];
        int at = 0;
        for (int s = 0; s < stretches; s++)
        {
            _first[s] = at;
            while (at < _sorted.Length && spots[_sorted[at]].Aisle == _low + s / _blocks && floor.BlockOf(_y[at]) == s % _blocks) at++;
        }
        _first[stretches] = at;
        _parents = new int[((_high - _low + 1) * (2 * _blocks + 1) + 1) * _states.Count];
        _now = new long[_states.Count];
        _next = new long[_states.Count];
    }

    /// <summary>The spots in the sequence of a shortest tour.</summary>
    public static IReadOnlyList<int> Solve(PickFloor floor, IReadOnlyList<PickSpot> spots)
    {
        var tour = new ExactTour(floor, spots);
        return new TourWalk(floor, tour._low, tour._high - tour._low + 1, tour._sorted, tour._y, tour._first, tour.Ways()).Sequence();
    }

    // How every stretch is walked (low 3 bits of the even places) and what goes over to the next aisle.
    private TourWays Ways()
    {
        _now.AsSpan().Fill(Unreached);
        _now[0] = 0;
        for (int aisle = _low; aisle <= _high; aisle++)
        {
            if (aisle == _floor.DepotAisle) Enter();
            for (int block = 0; block < _blocks; block++) Stretch((aisle - _low) * _blocks + block, block);
            if (aisle < _high) for (int k = 0; k <= _blocks; k++) GoOver(k, _floor.AisleX[aisle + 1] - _floor.AisleX[aisle]);
        }
        int best = -1;
        for (int s = 0; s < _states.Count; s++) if (_states.IsWhole[s] && (best < 0 || _now[s] < _now[best])) best = s;
        return Back(best);
    }

    private void Enter()
    {
        Begin();
        for (int s = 0; s < _now.Length; s++) if (_now[s] < Unreached) Reach(_states.Loop[0][s], _now[s], s, Start);
        End();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Stretch(int stretch, int block)
    {
        long front = _floor.CrossY[block], back = _floor.CrossY[block + 1], length = back - front;
        int from = _first[stretch], to = _first[stretch + 1];
        Begin();
        int[] once = _states.Once[block], twice = _states.Twice[block], low = _states.Loop[block], high = _states.Loop[block + 1];
        if (from == to)
        {
            for (int s = 0; s < _now.Length; s++)
            {
                long sofar = _now[s];
                if (sofar >= Unreached) continue;
                Reach(s, sofar, s, Skip);
                Reach(once[s], sofar + length, s, Once);
                Reach(twice[s], sofar + 2 * length, s, Twice);
            }
            End();
            return;
        }
        long gap = 0, deep = 2 * (_y[to - 1] - front), shallow = 2 * (back - _y[from]);
        for (int i = from + 1; i < to; i++) gap = Math.Max(gap, _y[i] - _y[i - 1]);
        for (int s = 0; s < _now.Length; s++)
        {
            long sofar = _now[s];
            if (sofar >= Unreached) continue;
            Reach(once[s], sofar + length, s, Once);
            Reach(twice[s], sofar + 2 * length, s, Twice);
            Reach(low[s], sofar + deep, s, FromFront);
            Reach(high[s], sofar + shallow, s, FromBack);
            Reach(high[low[s]], sofar + 2 * (length - gap), s, FromBoth);
        }
        End();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GoOver(int k, long spacing)
    {
        Begin();
        int[] ways = _states.Ways[k], leave = _states.Leave[k];
        for (int s = 0; s < _now.Length; s++)
        {
            long sofar = _now[s];
            if (sofar >= Unreached) continue;
            if (leave[s] >= 0) Reach(leave[s], sofar, s, Skip);
            if (ways[s] > 0) Reach(s, sofar + ways[s] * spacing, s, Over);
        }
        End();
    }

    private void Begin() => _next.AsSpan().Fill(Unreached);

    private void End()
    {
        (_now, _next) = (_next, _now);
        _step++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reach(int state, long length, int from, int how)
    {
        if (length >= _next[state]) return;
        _next[state] = length;
        _parents[_step * _next.Length + state] = from << 3 | how;
    }

    private TourWays Back(int state)
    {
        int aisles = _high - _low + 1;
        var ways = new TourWays(new int[aisles * _blocks], new int[aisles * (_blocks + 1)]);
        for (int aisle = _high; aisle >= _low; aisle--)
        {
            if (aisle < _high)
                for (int k = _blocks; k >= 0; k--)
                {
                    int parent = Parent(state);
                    // The state after is the one before when something goes over, so its ways are known from either.
                    if ((parent & 7) == Over) ways.Across[(aisle - _low) * (_blocks + 1) + k] = _states.Ways[k][state];
                    state = parent >> 3;
                }
            for (int block = _blocks - 1; block >= 0; block--)
            {
                int parent = Parent(state);
                ways.Along[(aisle - _low) * _blocks + block] = parent & 7;
                state = parent >> 3;
            }
            if (aisle == _floor.DepotAisle) state = Parent(state) >> 3;
        }
        return ways;
    }

    private int Parent(int state) => _parents[--_step * _next.Length + state];
}
