namespace Switchyard.Sourcing;

/// <summary>
/// Units through a network at the least cost: successive shortest paths, as long as a path still saves something. Whole units in, whole
/// units out.
/// </summary>
/// <remarks>Source: Ahuja, Magnanti and Orlin, Network Flows (1993), section 9.7.</remarks>
internal sealed class FlowNetwork
{
    public const int Source = 0, Sink = 1;

    private readonly List<int> _to = [], _next = [];
    private readonly List<long> _room = [], _cost = [];
    private readonly List<int> _first = [-1, -1];

    public int AddVertex()
    {
        _first.Add(-1);
        return _first.Count - 1;
    }

    /// <summary>Its number; the arc back has the next one.</summary>
    public int AddArc(int from, int to, long room, long cost)
    {
        Add(from, to, room, cost);
        Add(to, from, 0, -cost);
        return _to.Count - 2;
    }

    public long FlowOn(int arc) => _room[arc ^ 1];

    public int ArcCount => _to.Count;

    /// <summary>Sends what saves something. There must be no cycle of negative cost at the start.</summary>
    public void Run()
    {
        int vertices = _first.Count;
        var distance = new long[vertices];
        var by = new int[vertices];
        var isWaiting = new bool[vertices];
        var queue = new Queue<int>();
        while (true)
        {
            Array.Fill(distance, long.MaxValue);
            distance[Source] = 0;
            queue.Enqueue(Source);
            while (queue.TryDequeue(out int at))
            {
                isWaiting[at] = false;
                for (int arc = _first[at]; arc >= 0; arc = _next[arc])
                {
                    if (_room[arc] == 0) continue;
                    int to = _to[arc];
                    long length = distance[at] + _cost[arc];
                    if (length >= distance[to]) continue;
                    (distance[to], by[to]) = (length, arc);
                    if (to == Sink || isWaiting[to]) continue;
                    isWaiting[to] = true;
                    queue.Enqueue(to);
                }
            }
            if (distance[Sink] >= 0) return;
            long units = long.MaxValue;
            for (int at = Sink; at != Source; at = _to[by[at] ^ 1]) units = Math.Min(units, _room[by[at]]);
            for (int at = Sink; at != Source; at = _to[by[at] ^ 1])
            {
                _room[by[at]] -= units;
                _room[by[at] ^ 1] += units;
            }
        }
    }

    private void Add(int from, int to, long room, long cost)
    {
        _to.Add(to);
        _room.Add(room);
        _cost.Add(cost);
        _next.Add(_first[from]);
        _first[from] = _to.Count - 1;
    }
}
