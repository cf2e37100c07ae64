namespace Switchyard.Orders;

/// <summary>Units and shipments that are left while orders are planned together.</summary>
internal sealed class JointRoom
{
    private readonly Dictionary<(long Sku, long Node), long> _units;
    private readonly Dictionary<long, long> _shipments;

    public JointRoom(IReadOnlyDictionary<(long Sku, long Node), long> units, IReadOnlyDictionary<long, long> shipments)
    {
        _units = units.ToDictionary(u => u.Key, u => Math.Max(0, u.Value));
        _shipments = shipments.ToDictionary(s => s.Key, s => Math.Max(0, s.Value));
    }

    public long Units(long sku, long node) => Math.Max(0, _units.GetValueOrDefault((sku, node)));

    /// <summary>Null: no limit.</summary>
    public long? Shipments(long node) => _shipments.TryGetValue(node, out long left) ? left : null;

    /// <summary>All that a node has.</summary>
    public Dictionary<long, long> At(long node) => _units.Where(u => u.Key.Node == node && u.Value > 0).ToDictionary(u => u.Key.Sku, u => u.Value);

    /// <summary>An order's units come back, and its shipments.</summary>
    public void Give(IReadOnlyDictionary<(long Sku, long Node), long> stock) => Add(stock, 1);

    public void Take(IReadOnlyDictionary<(long Sku, long Node), long> stock) => Add(stock, -1);

    public bool Fits(IReadOnlyDictionary<(long Sku, long Node), long> stock) => stock.All(s => _units.GetValueOrDefault(s.Key) >= s.Value)
        && stock.Keys.Select(k => k.Node).Distinct().All(n => Shipments(n) is not <= 0);

    private void Add(IReadOnlyDictionary<(long Sku, long Node), long> stock, int sign)
    {
        foreach (var (place, units) in stock) _units[place] = _units.GetValueOrDefault(place) + sign * units;
        foreach (long node in stock.Keys.Select(k => k.Node).Distinct()) if (_shipments.ContainsKey(node)) _shipments[node] += sign;
    }
}
