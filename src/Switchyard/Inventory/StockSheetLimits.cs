using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Inventory;

/// <summary>Of stock under lock: who may still be sold how much, with what this very transaction takes and gives back.</summary>
public sealed partial class StockSheet
{
    private readonly Dictionary<Guid, SoldTo> _orders = [];
    private readonly Dictionary<string, SoldTo> _carts = [];
    private readonly Dictionary<long, List<Entry>> _changes = [];
    private readonly List<(long Sku, SoldTo To, long Units)> _planned = [];
    private SaleLimits? _limits;

    /// <summary>Says whose an order is, so that what it takes and gives back here is counted for its channel.</summary>
    public void Knows(Guid order, SoldTo to) => _orders[order] = to;

    /// <summary>The same of a reservation.</summary>
    public void Knows(ReservationId reservation, SoldTo to) => _carts[reservation.ToString()] = to;

    /// <summary>Units of a row that may be sold: what is available, less what its node's feed is too old to vouch for. May be negative.</summary>
    public long Sellable(StockRow row, MerchantSettings settings) =>
        row.Balance.Available - (_limits is null || !settings.HasFeedRules ? 0 : _limits.Doubted(settings, row.Node, row.Balance.OnHand));

    /// <summary>What may be sold to a buyer.</summary>
    public SaleLimit Limit(MerchantSettings settings, SoldTo to, long buffer) => _limits is not { HasShares: true } || settings.Shares.Count == 0 ? new SaleLimit(buffer)
        : new SaleLimit(buffer, sku => CountOf(settings, sku)?.Room(to) ?? long.MaxValue, (sku, units) => _planned.Add((sku, to, units)));

    /// <summary>What was planned is about to be taken, or given up.</summary>
    public void ForgetPlans() => _planned.Clear();

    /// <summary>The count of a SKU as it stands; null when nothing divides it.</summary>
    internal ShareCount? CountOf(MerchantSettings settings, long sku)
    {
        if (_limits?.RuleOf(settings.Shares, sku) is not { } rule) return null;
        var changes = _changes.GetValueOrDefault(sku, []);
        long sold = changes.Where(e => e.Why.Kind == MovementKind.Sold).Sum(e => -e.Delta.OnHand);
        return _limits.Count(settings, rule, sku, Of(sku).Select(r => Level(r.Node, r.Balance)),
            changes.Select(Taken).Concat(_planned.Where(p => p.Sku == sku).Select(p => (p.To, p.Units))), sold);
    }

    private static SaleLimits.Level Level(long node, Buckets b) => new(node, b.OnHand, b.Available, b.Allocated + b.Reserved + b.Earmarked);

    private (SoldTo, long) Taken(Entry entry)
    {
        var (delta, why) = (entry.Delta, entry.Why);
        if (why.Kind == MovementKind.ReservationExpired) return (SoldTo.Nobody, 0);                 // what has lapsed was not counted
        if (delta.Reserved != 0) return (why.Reference is { } id && _carts.TryGetValue(id, out var cart) ? cart : SoldTo.Nobody, delta.Reserved);
        long units = delta.Allocated + (why.Kind == MovementKind.Sold ? -delta.OnHand : 0);
        if (why.OrderId is not { } order) return (SoldTo.Nobody, why.Kind == MovementKind.Sold ? units : 0);
        // Whose it is nobody has said: what it gives back is free for whoever reads the books next.
        return _orders.TryGetValue(order, out var to) ? (to, units) : (SoldTo.Nobody, 0);
    }

    private void QueueSold(Batch batch)
    {
        if (_limits is { HasShares: false }) return;
        var sold = _entries.Where(e => e.Why.Kind == MovementKind.Sold).Select(e => new ShareClaims.Sold(e.Row.Merchant, e.Row.Sku, e.Why.OrderId, -e.Delta.OnHand)).ToList();
        if (sold.Count > 0) ShareClaims.QueueSold(batch, sold);
    }
}
