using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A stock row under lock.</summary>
public sealed class StockRow(long merchant, long sku, long node, Buckets balance, long version, long? countedAtMs)
{
    public long Merchant { get; } = merchant;
    public long Sku { get; } = sku;
    public long Node { get; } = node;
    public long Version { get; } = version;
    public long? CountedAtMs { get; set; } = countedAtMs;
    public long? FedAtMs { get; set; }
    public Buckets Balance { get; internal set; } = balance;
}

/// <summary>Who or what moved stock, for the ledger. <c>At</c> is when it happened, if that was not now.</summary>
public sealed record Movement(
    MovementKind Kind, string Actor, Guid? OrderId = null, string? Reference = null, string? Reason = null, DateTimeOffset? At = null);

/// <summary>
/// The one way to change stock: rows of some SKUs are locked in (sku, node) order, reservations on them that are past their
/// time are closed, movements are made in memory, and balances and ledger are written together.
/// </summary>
public sealed partial class StockSheet
{
    private readonly Dictionary<(long Sku, long Node), StockRow> _rows = [];
    private readonly Dictionary<long, List<StockRow>> _bySku = [];
    private readonly List<Entry> _entries = [];
    private readonly HashSet<(long, long)> _touched = [], _fresh = [];
    private readonly List<BinnedUnits> _binned = [];
    private List<StockRow> _found = [];
    private List<ExpiredItem> _expired = [];
    private DateTimeOffset _now;

    private sealed record Entry(StockRow Row, Buckets Delta, Buckets After, Movement Why, long AtMs, long RecordedMs);
    private sealed record ExpiredItem(Guid Reservation, long Sku, long Node, long Quantity);

    /// <summary>Locks all rows of these SKUs. Rows named in <paramref name="create"/> are made when absent.</summary>
    public static async Task<StockSheet> Lock(
        Work work, IEnumerable<long> skus, DateTimeOffset now, IReadOnlyList<(long Sku, long Node)>? create = null, Action<Batch>? beforeCounting = null)
    {
        var batch = work.Batch();
        if (create is { Count: > 0 }) QueueCreate(batch, create);
        var sheet = QueueLock(batch, [.. skus.Distinct()], now, beforeCounting: () => beforeCounting?.Invoke(batch));
        await batch.Run();
        sheet.Open();
        return sheet;
    }

    /// <summary>The same without a lock: to be thought about, never to be written.</summary>
    public static async Task<StockSheet> Peek(Work work, IEnumerable<long> skus, DateTimeOffset now)
    {
        var batch = work.Batch();
        var sheet = QueueLock(batch, [.. skus.Distinct()], now, isLocked: false);
        await batch.Run();
        sheet.Open();
        return sheet;
    }

    /// <summary>Locks just these rows, and makes those that are absent: for feeds, which name node and SKU and look at no other node.</summary>
    internal static async Task<StockSheet> LockRows(Work work, IReadOnlyList<(long Sku, long Node)> rows, DateTimeOffset now)
    {
        var batch = work.Batch();
        var wanted = rows.Distinct().ToList();
        QueueCreate(batch, wanted);
        var sheet = new StockSheet { _now = now };
        Rows<(long Sku, long Node)> keys() => Rows.Of(wanted).Long("sku_id", r => r.Sku).Long("node_id", r => r.Node);
        sheet._found = batch.Query(
            """
            select s.merchant_id, s.sku_id, s.node_id, s.on_hand, s.unavailable, s.allocated, s.reserved, s.earmarked, s.safety, s.is_stopped, s.version, s.counted_at_ms
              from @rows r join stock s on s.sku_id = r.sku_id and s.node_id = r.node_id where s.merchant_id = @merchant
             order by s.sku_id, s.node_id for update of s
            """, keys(), ReadRow);
        sheet._expired = batch.Query(
            """
            select i.reservation_id, i.sku_id, i.node_id, i.quantity from @rows r join reservation_items i on i.sku_id = r.sku_id and i.node_id = r.node_id
             where i.merchant_id = @merchant and i.is_open and i.expires_at_ms <= @now order by i.sku_id, i.node_id, i.reservation_id
            """, keys(), row => new ExpiredItem(row.Uuid(), row.Long(), row.Long(), row.Long()), ("now", now.ToUnixTimeMilliseconds()));
        sheet.QueueOwed(batch, [.. wanted.Select(r => r.Sku).Distinct()], areAllRowsLocked: false);
        await batch.Run();
        sheet.Open();
        return sheet;
    }

    public IReadOnlyList<StockRow> Of(long sku) => _bySku.TryGetValue(sku, out var rows) ? rows : [];
    public StockRow? Find(long sku, long node) => _rows.GetValueOrDefault((sku, node));

    /// <summary>Changes a locked row; the balance after it is what the next decision sees.</summary>
    public void Move(long sku, long node, Buckets delta, Movement why)
    {
        var row = _rows[(sku, node)];
        var after = row.Balance + delta;
        Must.Hold(after.IsPossible, $"no claim on sku {sku} at node {node} is negative after {why.Kind}");
        row.Balance = after;
        Changed(sku, node);
        var entry = new Entry(row, delta, after, why, (why.At ?? _now).ToUnixTimeMilliseconds(), _now.ToUnixTimeMilliseconds());
        _entries.Add(entry);
        if (_limits is not { HasShares: true }) return;
        if (!_changes.TryGetValue(sku, out var changes)) _changes[sku] = changes = [];
        changes.Add(entry);
    }

    /// <summary>Takes locked rows of a SKU out of sale, or back in. What was set aside for whoever waits is set aside no more.</summary>
    /// <param name="isStoppedAt">Is it stopped at a node, by whichever stop?</param>
    /// <returns>Rows that were not so already.</returns>
    public int StopSale(long sku, Func<long, bool> isStoppedAt, Func<bool, Movement> why)
    {
        int changed = 0;
        foreach (var row in Of(sku).Where(r => r.Balance.IsStopped != isStoppedAt(r.Node)).ToList())
        {
            bool isStopped = isStoppedAt(row.Node);
            if (isStopped) TakeEarmarked(sku, row.Node, row.Balance.Earmarked, null);
            row.Balance = row.Balance with { IsStopped = isStopped };
            Changed(sku, row.Node);
            _entries.Add(new Entry(row, default, row.Balance, why(isStopped), _now.ToUnixTimeMilliseconds(), _now.ToUnixTimeMilliseconds()));
            changed++;
        }
        return changed;
    }

    /// <summary>Says in which bin and lot units of a movement lie. What no such word is said of is unplaced, or taken in walk order.</summary>
    internal void Bin(BinnedUnits units) => _binned.Add(units);

    /// <summary>Marks a row as changed although no bucket is (the time of a count or feed).</summary>
    public void Touch(StockRow row) => _touched.Add((row.Sku, row.Node));

    /// <summary>Writes at once.</summary>
    public async Task Write(Work work)
    {
        var batch = work.Batch();
        var check = QueueWrite(batch);
        await batch.Run();
        check();
    }

    /// <summary>The lock as part of a larger batch; <see cref="Open"/> must be called once it has run.</summary>
    /// <param name="beforeCounting">Queues what must be locked before what orders wait for is counted.</param>
    /// <param name="withLimits">Nothing limits sales beside stock where the caller knows so: then it is not read.</param>
    internal static StockSheet QueueLock(Batch batch, long[] skus, DateTimeOffset now, bool isLocked = true, Action? beforeCounting = null, bool withLimits = true)
    {
        var sheet = new StockSheet { _now = now };
        sheet._found = batch.Query(
            $"""
            select merchant_id, sku_id, node_id, on_hand, unavailable, allocated, reserved, earmarked, safety, is_stopped, version, counted_at_ms
              from stock where sku_id = any(@skus) order by sku_id, node_id {(isLocked ? "for update" : "")} -- house: ids were found under their merchant
            """,
            ReadRow,
            ("skus", skus));
        sheet._expired = batch.Query(
            """
            select reservation_id, sku_id, node_id, quantity from reservation_items
             where sku_id = any(@skus) and is_open and expires_at_ms <= @now order by sku_id, node_id, reservation_id -- house
            """,
            row => new ExpiredItem(row.Uuid(), row.Long(), row.Long(), row.Long()), ("skus", skus), ("now", now.ToUnixTimeMilliseconds()));
        beforeCounting?.Invoke();
        sheet.QueueOwed(batch, skus, areAllRowsLocked: true);
        if (withLimits) sheet._limits = SaleLimits.Queue(batch, skus, now);
        return sheet;
    }

    /// <summary>Makes absent rows, in lock order, so that they can be locked.</summary>
    internal static void QueueCreate(Batch batch, IReadOnlyList<(long Sku, long Node)> rows) => batch.Execute(
        """
        insert into stock (merchant_id, sku_id, node_id, is_stopped)
        select @merchant, r.sku_id, r.node_id, p.sale_stopped_ms is not null from @rows r join products p on p.id = r.sku_id
         where p.merchant_id = @merchant order by r.sku_id, r.node_id on conflict do nothing
        """,
        Rows.Of(rows.Distinct().ToList()).Long("sku_id", r => r.Sku).Long("node_id", r => r.Node));

    /// <summary>Takes in what the lock returned and closes expired reservations.</summary>
    internal void Open()
    {
        foreach (var row in _found)
        {
            _rows[(row.Sku, row.Node)] = row;
            if (!_bySku.TryGetValue(row.Sku, out var rows)) _bySku[row.Sku] = rows = [];
            rows.Add(row);
        }
        OpenQueue();
        foreach (var item in _expired)
            Move(item.Sku, item.Node, new Buckets { Reserved = -item.Quantity },
                new Movement(MovementKind.ReservationExpired, "system:expiry", Reference: new ReservationId(item.Reservation).ToString()));
        if (_expired.Count > 0) SetAside();          // before anybody decides by what is free now
    }

    // What has become free is looked for among these only, however often somebody asks.
    private void Changed(long sku, long node)
    {
        _touched.Add((sku, node));
        _fresh.Add((sku, node));
    }

    /// <summary>What follows is of a later instant: hours that are played again in one transaction.</summary>
    internal void GoOn(DateTimeOffset to) => _now = to;

    /// <summary>Where this sheet stands, so that the movements of one order can be taken back.</summary>
    internal int Mark() => _entries.Count;

    /// <summary>Takes back all movements since the mark, newest first.</summary>
    internal void Undo(int mark)
    {
        for (int i = _entries.Count - 1; i >= mark; i--)
        {
            _entries[i].Row.Balance += -_entries[i].Delta;
            if (_changes.TryGetValue(_entries[i].Row.Sku, out var changes)) changes.RemoveAt(changes.Count - 1);
        }
        _entries.RemoveRange(mark, _entries.Count - mark);
    }

    /// <summary>Queues balances, ledger and closed reservations; the returned check must run once the batch has.</summary>
    internal Action QueueWrite(Batch batch)
    {
        SetAside();
        var changed = _touched.Select(key => _rows[key]).OrderBy(r => r.Sku).ThenBy(r => r.Node).ToList();
        var updated = batch.Execute(
            """
            update stock set on_hand = r.on_hand, unavailable = r.unavailable, allocated = r.allocated, reserved = r.reserved,
                   earmarked = r.earmarked, safety = r.safety, is_stopped = r.is_stopped, counted_at_ms = r.counted_at_ms,
                   fed_at_ms = coalesce(r.fed_at_ms, stock.fed_at_ms), version = stock.version + 1
              from @rows r where stock.sku_id = r.sku_id and stock.node_id = r.node_id and stock.version = r.version -- house: locked
            """,
            Rows.Of(changed).Long("sku_id", r => r.Sku).Long("node_id", r => r.Node).Long("version", r => r.Version)
                .Long("on_hand", r => r.Balance.OnHand).Long("unavailable", r => r.Balance.Unavailable)
                .Long("allocated", r => r.Balance.Allocated).Long("reserved", r => r.Balance.Reserved)
                .Long("earmarked", r => r.Balance.Earmarked).Long("safety", r => r.Balance.Safety)
                .Bool("is_stopped", r => r.Balance.IsStopped).LongOrNull("counted_at_ms", r => r.CountedAtMs).LongOrNull("fed_at_ms", r => r.FedAtMs));
        QueueLedger(batch);
        if (_binned.Count > 0) BinsSql.QueueBinned(batch, _binned, _now);
        if (_entries.Any(e => e.Delta.OnHand != 0)) BinsSql.QueueFollow(batch, changed, _now);
        if (_expired.Count > 0) QueueClose(batch);
        QueueSold(batch);
        return () => Must.Hold(updated.Rows == changed.Count, $"all {changed.Count} locked stock rows are written, not {updated.Rows}");
    }

    private static StockRow ReadRow(Row row) => new(row.Long(), row.Long(), row.Long(),
        new Buckets(row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long()) { IsStopped = row.Bool() }, row.Long(), row.LongOrNull());

    private void QueueLedger(Batch batch) => batch.Execute(
        """
        insert into stock_ledger (merchant_id, sku_id, node_id, kind, on_hand_delta, unavailable_delta, allocated_delta, reserved_delta,
               earmarked_delta, safety_delta, on_hand, unavailable, allocated, reserved, earmarked, safety, is_stopped, order_id, reference, reason,
               actor, at_ms, recorded_at_ms)
        select merchant_id, sku_id, node_id, kind, on_hand_delta, unavailable_delta, allocated_delta, reserved_delta,
               earmarked_delta, safety_delta, on_hand, unavailable, allocated, reserved, earmarked, safety, is_stopped, order_id, reference, reason,
               actor, at_ms, recorded_at_ms from @rows r
        """,
        Rows.Of(_entries).Long("merchant_id", e => e.Row.Merchant).Long("sku_id", e => e.Row.Sku).Long("node_id", e => e.Row.Node)
            .Text("kind", e => e.Why.Kind.ToString())
            .Long("on_hand_delta", e => e.Delta.OnHand).Long("unavailable_delta", e => e.Delta.Unavailable)
            .Long("allocated_delta", e => e.Delta.Allocated).Long("reserved_delta", e => e.Delta.Reserved)
            .Long("earmarked_delta", e => e.Delta.Earmarked).Long("safety_delta", e => e.Delta.Safety)
            .Long("on_hand", e => e.After.OnHand).Long("unavailable", e => e.After.Unavailable)
            .Long("allocated", e => e.After.Allocated).Long("reserved", e => e.After.Reserved)
            .Long("earmarked", e => e.After.Earmarked).Long("safety", e => e.After.Safety).Bool("is_stopped", e => e.Row.Balance.IsStopped)
            .UuidOrNull("order_id", e => e.Why.OrderId).Text("reference", e => e.Why.Reference).Text("reason", e => e.Why.Reason)
            .Text("actor", e => e.Why.Actor).Long("at_ms", e => e.AtMs)
            .Long("recorded_at_ms", e => e.RecordedMs));

    private void QueueClose(Batch batch)
    {
        Rows<ExpiredItem> rows() => Rows.Of(_expired).Uuid("id", i => i.Reservation).Long("sku_id", i => i.Sku).Long("node_id", i => i.Node);
        batch.Execute(
            """
            update reservation_items set is_open = false from @rows r where reservation_items.reservation_id = r.id
               and reservation_items.sku_id = r.sku_id and reservation_items.node_id = r.node_id -- house: locked
            """, rows());
        batch.Execute(
            "update reservations set state = 'expired' from @rows r where reservations.id = r.id and reservations.state = 'active' -- house: locked",
            rows());
    }
}
