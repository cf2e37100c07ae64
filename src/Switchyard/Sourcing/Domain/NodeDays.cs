namespace Switchyard.Sourcing;

/// <summary>
/// How many parcels nodes with a daily capacity have to send by which of their days. The numbers were read a while ago, outside of every lock, and what this process
/// has promised since is counted on top: a soft figure that makes a date later and never refuses anything.
/// </summary>
public sealed class NodeDays
{
    private readonly Lock _gate = new();
    private readonly List<(long Node, DateOnly Day)> _since = [];
    private Dictionary<(long Node, DateOnly Day), long> _taken = [];

    /// <summary>Parcels that are to leave a node on a day.</summary>
    public long Taken(long node, DateOnly day)
    {
        lock (_gate) return _taken.GetValueOrDefault((node, day));
    }

    /// <summary>These were promised, and are committed.</summary>
    public void Take(IEnumerable<(long Node, DateOnly Day)> parcels)
    {
        lock (_gate)
            foreach (var parcel in parcels)
            {
                _taken[parcel] = _taken.GetValueOrDefault(parcel) + 1;
                _since.Add(parcel);
            }
    }

    /// <summary>The numbers are about to be read anew.</summary>
    /// <returns>What to give to <see cref="Replace"/>: what is promised meanwhile counts on top, since the read may not have seen it.</returns>
    public int Begin()
    {
        lock (_gate) return _since.Count;
    }

    public void Replace(IEnumerable<(long Node, DateOnly Day, long Parcels)> read, int begun)
    {
        var taken = new Dictionary<(long, DateOnly), long>();
        foreach (var (node, day, parcels) in read) taken[(node, day)] = taken.GetValueOrDefault((node, day)) + parcels;
        lock (_gate)
        {
            _since.RemoveRange(0, Math.Min(begun, _since.Count));
            foreach (var parcel in _since) taken[parcel] = taken.GetValueOrDefault(parcel) + 1;
            _taken = taken;
        }
    }
}

/// <summary>What one transaction promises, on top of what is known: orders that are placed together see each other. Of one thread.</summary>
public sealed class DayBook
{
    private readonly Dictionary<(NodeDays Days, long Node, DateOnly Day), long> _taken = [];

    public long Taken(NodeDays days, long node, DateOnly day) => _taken.GetValueOrDefault((days, node, day));

    public void Take(NodeDays days, long node, DateOnly day) => _taken[(days, node, day)] = Taken(days, node, day) + 1;

    /// <summary>The transaction is committed.</summary>
    public void Keep()
    {
        foreach (var of in _taken.GroupBy(t => t.Key.Days)) of.Key.Take(of.SelectMany(t => Enumerable.Repeat((t.Key.Node, t.Key.Day), (int)t.Value)));
    }
}
