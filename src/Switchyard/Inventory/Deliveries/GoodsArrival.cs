using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>
/// Goods of one delivery being booked, in or back out: stock, bins, the delivery's lines, inbound, and the transfer that they end, all
/// under lock and written together.
/// </summary>
internal sealed class GoodsArrival
{
    private readonly Actor _actor;
    private readonly Dictionary<long, DeliveryLine> _lines;
    private readonly HashSet<long> _changed = [];
    private readonly StockSheet _sheet;
    private readonly Dictionary<long, long> _inbound, _setAside;

    private GoodsArrival(StoredDelivery delivery, Actor actor, Dictionary<long, DeliveryLine> lines, StockSheet sheet, Dictionary<long, long> inbound) =>
        (Delivery, _actor, _lines, _sheet, _inbound, _setAside) = (delivery, actor, lines, sheet, inbound, lines.Keys.Where(sku => sheet.Find(sku, delivery.NodeId) is not null)
            .ToDictionary(sku => sku, sku => sheet.Find(sku, delivery.NodeId)!.Balance.Earmarked));

    public StoredDelivery Delivery { get; }
    public int LineCount => _lines.Count;
    public IEnumerable<DeliveryLine> Lines => _lines.Values;

    /// <summary>Locks, after the delivery: its transfer, the stock of these SKUs, what is inbound of them. SKUs that nobody expected get a line.</summary>
    public static async Task<GoodsArrival> Lock(Work work, Actor actor, StoredDelivery delivery, IReadOnlyList<StockedProduct> products, DateTimeOffset now)
    {
        if (delivery.Transfer is { } transfer) await TransfersSql.Lock(work, transfer);
        var lines = (await DeliveriesSql.Lines(work, delivery.Id)).ToDictionary(l => l.SkuId);
        foreach (var product in products) lines.TryAdd(product.Id, new DeliveryLine(product.Id, product.Sku, 0, 0, 0, 0));
        var sheet = await StockSheet.Lock(work, products.Select(p => p.Id), now, [.. products.Select(p => (p.Id, delivery.NodeId))]);
        return new GoodsArrival(delivery, actor, lines, sheet, await DeliveriesSql.LockInbound(work, delivery, [.. products.Select(p => p.Id).Order()]));
    }

    /// <summary>Units of a SKU that are there and claimed by nobody, earmarked ones included; of the damaged, those that are unavailable.</summary>
    public long Free(long sku, GoodsCondition condition) => _sheet.Find(sku, Delivery.NodeId)!.Balance is var b && condition == GoodsCondition.Damaged
        ? Math.Min(b.Unavailable, b.OnHand) : b.Available + b.Safety + b.Earmarked;

    /// <summary>Books units in, or back out when below 0; the caller has seen that they are there.</summary>
    public void Book(long sku, long good, long damaged, string? bin, string? lot, string? expiresOn, string? reason = null)
    {
        var (line, units) = (_lines[sku], good + damaged);
        _sheet.Move(sku, Delivery.NodeId, new Buckets { OnHand = units, Unavailable = damaged },
            Why(Delivery.Transfer is null ? MovementKind.Received : MovementKind.Transferred, reason ?? (damaged > 0 ? "damaged" : null)));
        if (bin is not null) _sheet.Bin(new BinnedUnits(sku, Delivery.NodeId, bin, lot ?? "", expiresOn, units));
        else if (lot is not null) _sheet.Bin(new BinnedUnits(sku, Delivery.NodeId, BinsSql.Unplaced, lot, expiresOn, units));

        line = line with { Good = line.Good + good, Damaged = line.Damaged + damaged };
        if (_inbound.TryGetValue(sku, out long coming))
        {
            // What is here is not on its way; what was never on its way is not sent back there.
            long consumed = units > 0 ? line.Consumed + Math.Min(coming, units) : Math.Min(line.Consumed, line.Received);
            _inbound[sku] = coming - (consumed - line.Consumed);
            line = line with { Consumed = consumed };
        }
        _lines[sku] = line;
        _changed.Add(sku);
    }

    /// <summary>Once written: units that were set aside for the orders that wait.</summary>
    public IReadOnlyList<ReceiveGoods.Awaited> ForOrders() => [.. _changed.Order()
        .Select(sku => new ReceiveGoods.Awaited(_lines[sku].Sku, _sheet.Find(sku, Delivery.NodeId)!.Balance.Earmarked - _setAside[sku])).Where(a => a.Quantity > 0)];

    /// <summary>Writes everything in one trip with what the caller has queued; the sheet sets aside what orders wait for.</summary>
    public async Task Write(Work work, Batch batch)
    {
        var changed = _changed.Order().Select(sku => _lines[sku]).ToList();
        var check = _sheet.QueueWrite(batch);
        DeliveriesSql.QueueLines(batch, Delivery.Id, changed);
        DeliveriesSql.QueueInbound(batch, Delivery, [.. _inbound.Where(i => _changed.Contains(i.Key)).OrderBy(i => i.Key).Select(i => (i.Key, i.Value))]);
        if (Delivery.Transfer is { } transfer) TransfersSql.QueueArrived(batch, transfer, changed);
        await batch.Run();
        check();
    }

    private Movement Why(MovementKind kind, string? reason) => new(kind, _actor.Id, Reference: Delivery.LedgerReference, Reason: reason);
}
