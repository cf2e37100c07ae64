using Switchyard.Database;
using Switchyard.Orders;

namespace Switchyard.Inventory;

/// <summary>
/// Of stock under lock: whoever waits comes first. Units that a transaction makes free are set aside (earmarked) in that same
/// transaction, as many as orders wait for; the queue's drainer hands them out, and frees what nobody can take.
/// </summary>
public sealed partial class StockSheet
{
    private const string Queue = "system:waiting";
    private readonly Dictionary<long, long> _owed = [];
    private readonly Dictionary<(long Sku, long Node), long> _freeBefore = [];
    private List<OrderClaims.Owed> _waiting = [];
    private List<(long Sku, long Node, long Units)> _elsewhere = [];
    private bool _isQueue;

    /// <summary>What orders waited for when the rows were locked.</summary>
    public OrderClaims.Owed Waiting(long sku) => _waiting.Find(w => w.Sku == sku);

    /// <summary>The sheet of whoever hands out what was set aside: what is left free stays free.</summary>
    public void ServeQueue() => _isQueue = true;

    /// <summary>This transaction changes what is waited for by so many units.</summary>
    public void Owe(long sku, long units)
    {
        if (units != 0) _owed[sku] = _owed.GetValueOrDefault(sku) + units;
    }

    /// <summary>Of units that somebody who waited is about to be promised, those that were set aside for the queue are so no more.</summary>
    public void TakeEarmarked(long sku, long node, long units, Guid? order)
    {
        long earmarked = Math.Min(units, _rows[(sku, node)].Balance.Earmarked);
        if (earmarked > 0) Move(sku, node, new Buckets { Earmarked = -earmarked }, new Movement(MovementKind.Unearmarked, Queue, order));
    }

    private void QueueOwed(Batch batch, long[] skus, bool areAllRowsLocked)
    {
        _waiting = OrderClaims.Queue(batch, skus);
        if (!areAllRowsLocked) _elsewhere = batch.Query(
            "select sku_id, node_id, earmarked from stock where merchant_id = @merchant and earmarked > 0 and sku_id = any(@skus)",
            row => (row.Long(), row.Long(), row.Long()), ("skus", skus));
    }

    private void OpenQueue()
    {
        foreach (var owed in _waiting) _owed[owed.Sku] = owed.Units;
        foreach (var (sku, node, units) in _elsewhere)
            if (!_rows.ContainsKey((sku, node))) Owe(sku, -units);
        foreach (var row in _rows.Values) _freeBefore[(row.Sku, row.Node)] = Math.Max(0, row.Balance.Available);
    }

    /// <summary>Sets aside what has become free so far; done when the sheet is written, earlier for whoever tells what is free.</summary>
    internal void SetAside()
    {
        if (_fresh.Count == 0) return;
        foreach (var (sku, node) in _fresh.Order().ToList())
        {
            var row = _rows[(sku, node)];
            // Set aside, but gone or promised meanwhile: nobody in particular was promised these units.
            long gone = Math.Min(row.Balance.Earmarked, -row.Balance.Available);
            if (gone > 0) Move(sku, node, new Buckets { Earmarked = -gone }, new Movement(MovementKind.Unearmarked, Queue, Reason: "The units are no longer there."));
            long brought = Math.Max(0, row.Balance.Available) - _freeBefore[(sku, node)];
            if (brought > 0 && !_isQueue && _owed.GetValueOrDefault(sku) - _bySku[sku].Sum(r => r.Balance.Earmarked) is > 0 and var owed)
                Move(sku, node, new Buckets { Earmarked = Math.Min(brought, owed) }, new Movement(MovementKind.Earmarked, Queue, Reason: "Orders wait for these units."));
            _freeBefore[(sku, node)] = Math.Max(0, row.Balance.Available);
        }
        _fresh.Clear();
    }
}
