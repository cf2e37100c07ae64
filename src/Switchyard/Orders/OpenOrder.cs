using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>
/// The one way to change an order: its row is locked, lines, claims and open holds are read in the same trip, changes are made in
/// memory, and all of it is written together with the events that tell it. Claims move stock on a <see cref="StockSheet"/>, which
/// is locked after every order of the transaction.
/// </summary>
public sealed partial class OpenOrder
{
    private readonly List<NewEvent> _events = [];
    private readonly List<OpenHold> _holds = [];
    private readonly List<(int No, string State, string? Reason)> _closed = [];
    private readonly List<(OpenHold Hold, NewHold Says)> _opened = [];
    private readonly List<(int No, string? Owner, bool IsEscalated)> _marked = [];
    private readonly SortedDictionary<(int Line, long Node), NodeClaim> _claimed = [];
    private readonly Actor _actor;
    private readonly DateTimeOffset _now;
    private long _seq;
    private byte[] _hash;
    private int _lastHold;
    private bool _isExpiryOver;

    private OpenOrder(Row row, Actor actor, DateTimeOffset now)
    {
        (Id, State, Version, _seq, _hash) = (new OrderId(row.Uuid()), OrderStates.Parse(row.Text()), row.Long(), row.Long(), row.Bytes());
        (Channel, Currency, TotalMinor, PlacedAtMs, Number, Type) = (row.Long(), row.Text(), row.Long(), row.Long(), row.Text(), row.Text());
        (Method, Country, Postcode, Priority, PaymentState, IsHistory) = (row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Int(), row.Text(), row.Bool());
        (GraceUntilMs, ReleaseAtMs, _lastHold) = (row.LongOrNull(), row.LongOrNull(), row.Int());
        (ShipByMs, DeliverByMs, PromiseVersion, AtRiskSinceMs) = (row.LongOrNull(), row.LongOrNull(), row.Int(), row.LongOrNull());
        (PricesIncludeTax, TotalMinorBefore) = (row.Bool(), TotalMinor);
        Paid = new OrderPaid(row.Long(), row.Long(), row.Long(), row.Long(), row.Bool());
        PaymentRule = row.Text();
        (_datesJson, RiskAtMs, _riskLeadMs) = (row.TextOrNull(), row.LongOrNull(), row.Long() * 60_000);
        (_metadataJson, _customerKind, _customerTagsJson) = (row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
        (CollectNode, IsCrowded, _ranksJson) = (row.LongOrNull(), row.Bool(), row.TextOrNull());
        (TaxMinor, _isTaxTheirs) = (row.Long(), row.Text() == TaxOwers.Channel);
        (_actor, _now) = (actor, now);
    }

    public OrderId Id { get; }
    public OrderState State { get; private set; }
    public long Version { get; }
    public long Channel { get; }
    public string Currency { get; }
    public long TotalMinor { get; private set; }
    public long PlacedAtMs { get; }
    public string Number { get; }
    public string Type { get; }
    public string? Method { get; private set; }

    /// <summary>Where all of it is collected that has no way of its own; null: it is sent.</summary>
    public long? CollectNode { get; private set; }

    /// <summary>The way of what has none of its own.</summary>
    public LineWay Way => new(Method, CollectNode);

    /// <summary>How a line gets to the customer.</summary>
    public LineWay WayOf(OpenLine line) => line.Own ?? Way;

    public string? Country { get; private set; }
    public string? Postcode { get; private set; }
    public int Priority { get; private set; }
    public string PaymentState { get; private set; }

    public bool IsHistory { get; }
    public long? GraceUntilMs { get; }
    public long? ReleaseAtMs { get; }
    public List<OpenLine> Lines { get; } = [];

    /// <summary>Holds that are open now, those of this change included.</summary>
    public IReadOnlyList<OpenHold> Holds => _holds;

    public OpenLine? Line(int no) => Lines.Find(l => l.LineNo == no);

    /// <summary>Locks one order with all that belongs to it; null when the actor has no such one.</summary>
    public static async Task<OpenOrder?> Lock(Work work, Actor actor, OrderId id, DateTimeOffset now) =>
        (await LockAll(work, actor, [id], now)).SingleOrDefault();

    /// <summary>Locks several orders in the house's lock order, sorted by id, in one trip. Those the actor does not have are left out.</summary>
    public static Task<IReadOnlyList<OpenOrder>> LockAll(Work work, Actor actor, IReadOnlyCollection<OrderId> ids, DateTimeOffset now) =>
        Load(work, actor, ids, now, isLocked: true);

    private static async Task<IReadOnlyList<OpenOrder>> Load(Work work, Actor actor, IReadOnlyCollection<OrderId> ids, DateTimeOffset now, bool isLocked)
    {
        if (ids.Count == 0) return [];
        Rows<OrderId> keys() => Rows.Of(ids.Distinct().ToList()).Uuid("id", i => i.Value);
        var batch = work.Batch();
        var found = batch.Query(
            $"""
            select o.id, o.state, o.version, o.event_seq, o.event_hash, o.channel_id, o.currency, o.total_minor, o.placed_at_ms, o.number, o.type,
                   o.method, o.ship_country, o.ship_postcode, o.priority, o.payment_state, o.is_history, o.grace_until_ms, o.release_at_ms,
                   (select coalesce(max(h.hold_no), 0) from holds h where h.order_id = o.id), o.ship_by_ms, o.deliver_by_ms, o.promise_version, o.at_risk_since_ms,
                   o.prices_include_tax, o.authorised_minor, o.captured_minor, o.refunded_minor, o.disputed_minor, o.is_on_account,
                   (select c.payment_rule from channels c where c.id = o.channel_id and c.merchant_id = @merchant),
                   o.promise, o.risk_at_ms, (select c.risk_minutes from channels c where c.id = o.channel_id and c.merchant_id = @merchant),
                   o.metadata, u.kind, u.tags, o.collect_node, o.is_crowded, o.ranks, o.tax_minor, o.tax_owed_by
              from @rows r join orders o on o.id = r.id
              left join customers b on b.id = o.customer_id and b.merchant_id = @merchant
              left join customers u on u.id = coalesce(b.root_id, b.id) and u.merchant_id = @merchant
             where o.merchant_id = @merchant{(actor.Nodes is null ? "" : OfNodes)} order by o.id{(isLocked ? " for update of o" : "")}
            """, keys(), row => new OpenOrder(row, actor, now), ("nodes", actor.NodeFilter ?? []));
        var lines = batch.Query(
            $"""
            select l.order_id, l.line_no, l.kind, l.parent_line_no, l.sku_id, l.sku, l.quantity, {string.Join(", ", OpenLine.Columns.Select(c => "l." + c))}, {Prices},
                   coalesce(p.weight_grams, 0), p.backorder, l.expected_at_ms, l.release_at_ms,
                   l.may_substitute, l.substitute_for is not null, l.method, l.collect_node
              from @rows r join order_lines l on l.order_id = r.id left join products p on p.id = l.sku_id and p.merchant_id = @merchant
             where l.merchant_id = @merchant order by l.order_id, l.line_no
            """, keys(), ReadLine);
        var claims = batch.Query(
            "select a.order_id, a.line_no, a.node_id, a.quantity, a.in_work from @rows r join allocations a on a.order_id = r.id where a.merchant_id = @merchant",
            keys(), row => (Order: row.Uuid(), Line: row.Int(), Node: row.Long(), Units: row.Long(), InWork: row.Long()));
        var holds = batch.Query(
            """
            select h.order_id, h.hold_no, h.kind, h.reason, h.line_no, h.fulfilment_id, h.owner, h.permission, h.rule, h.subject, h.other_order_id, h.expires_at_ms,
                   case when h.escalated_at_ms is null then h.escalate_at_ms end, h.escalated_at_ms is not null, h.says
              from @rows r join holds h on h.order_id = r.id where h.merchant_id = @merchant and h.state = 'open' order by h.hold_no
            """, keys(), row => (Order: row.Uuid(), Hold: new OpenHold(row.Int(), row.Text(), row.Text(), row.IntOrNull(), row.UuidOrNull(), row.TextOrNull(), row.TextOrNull())
            {
                Rule = row.TextOrNull(), Subject = row.TextOrNull(), Other = row.UuidOrNull() is { } other ? new OrderId(other) : null, ExpiresAt = row.InstantOrNull(),
                EscalateAt = row.InstantOrNull(), IsEscalated = row.Bool(), Says = row.TextOrNull(),
            }));
        var tags = batch.Query("select t.order_id, t.tag from @rows r join order_tags t on t.order_id = r.id where t.merchant_id = @merchant",
            keys(), row => (Order: row.Uuid(), Tag: row.Text()));
        var refusals = batch.Query(RefusedLately, keys(), row => (Order: row.Uuid(), Node: row.Long()), ("since", now.ToUnixTimeMilliseconds() - RefusalMs));
        await batch.Run();
        var refusedOf = refusals.ToLookup(r => r.Order, r => r.Node);
        var tagsOf = tags.ToLookup(t => t.Order, t => t.Tag);
        var (linesOf, claimsOf, holdsOf) = (lines.ToLookup(l => l.Order, l => l.Line), claims.ToLookup(c => c.Order), holds.ToLookup(h => h.Order, h => h.Hold));
        foreach (var order in found)
        {
            order.Lines.AddRange(linesOf[order.Id.Value]);
            foreach (var claim in claimsOf[order.Id.Value]) order.Line(claim.Line)!.Claim(claim.Node, claim.Units, claim.InWork);
            order._holds.AddRange(holdsOf[order.Id.Value]);
            order.Tags = [.. tagsOf[order.Id.Value]];
            if (refusedOf.Contains(order.Id.Value)) order.RefusedBy = refusedOf[order.Id.Value].ToHashSet();
            order.ReadDates();
        }
        return found;
    }

    /// <summary>Whoever works for some nodes only sees the orders that have goods there, or work that was taken up or sent from there.</summary>
    internal const string OfNodes =
        """
         and (exists (select 1 from allocations a where a.order_id = o.id and a.merchant_id = @merchant and a.node_id = any(@nodes))
            or exists (select 1 from fulfilment_orders f where f.order_id = o.id and f.merchant_id = @merchant and f.node_id = any(@nodes)
                and f.state not in ('rejected', 'short', 'cancelled')))
        """;

    /// <summary>Locks the stock rows of the lines' SKUs: after every order of the transaction, never before one.</summary>
    public static Task<StockSheet> LockStock(Work work, IEnumerable<OpenOrder> orders, DateTimeOffset now, IEnumerable<long>? more = null,
        IEnumerable<long>? capped = null) =>
        StockSheet.Lock(work, orders.SelectMany(o => o.Lines).Where(l => l.HoldsStock && l.SkuId is not null).Select(l => l.SkuId!.Value).Concat(more ?? []), now,
            beforeCounting: capped is null ? null : batch => WaitingSql.QueueCaps(batch, capped.Select(sku => (work.Merchant, sku))));

    public void MoveTo(OrderState state)
    {
        Must.Hold(OrderStates.Allowed.Allows(State, state), $"an order may go from {State} to {state}");
        State = state;
        _hasEnded = state is OrderState.Cancelled or OrderState.Expired;
        if (_hasEnded) _isExpiryOver = true;
        Owe();
    }

    /// <summary>Moves units between buckets that claim no stock (waiting, cancelled, past), or within the work of a node (released, picked, packed).</summary>
    public void Move(OpenLine line, LineBucket from, LineBucket to, long units, bool isFact = false)
    {
        Must.Hold(LineMoves.IsClaim(from) == LineMoves.IsClaim(to) && LineMoves.IsWork(from) == LineMoves.IsWork(to),
            $"{from} to {to} changes a claim: it is made by Claim, Begin, Recall, GiveUp or Ship");
        line.Move(from, to, units, isFact);
    }

    /// <summary>Units that waited are promised from a node: bucket, claim and stock together.</summary>
    public void Claim(OpenLine line, LineBucket from, long node, long units, StockSheet sheet, string? reason = null)
    {
        line.Move(from, LineBucket.Allocated, units, isFact: false);
        Claimed(line, node, units, 0);
        sheet.Move(line.SkuId!.Value, node, new Buckets { Allocated = units }, new Movement(MovementKind.Allocated, _actor.Id, Id.Value, Reason: reason));
    }

    /// <summary>Allocated units become the node's work: released.</summary>
    public void Begin(OpenLine line, long node, long units)
    {
        line.Move(LineBucket.Allocated, LineBucket.Released, units, isFact: false);
        Claimed(line, node, 0, units);
    }

    /// <summary>Units come back from the node's work and stay claimed there: a rejection, or a put-back that was scanned.</summary>
    public void Recall(OpenLine line, LineBucket from, long node, long units)
    {
        line.Move(from, LineBucket.Allocated, units, isFact: false);
        Claimed(line, node, 0, -units);
    }

    /// <summary>Units claimed at a node are claimed no more: they wait again, or are cancelled.</summary>
    public void GiveUp(OpenLine line, LineBucket from, LineBucket to, long node, long units, StockSheet sheet, string? reason = null)
    {
        line.Move(from, to, units, isFact: false);
        Claimed(line, node, -units, LineMoves.IsWork(from) ? -units : 0);
        sheet.Move(line.SkuId!.Value, node, new Buckets { Allocated = -units }, new Movement(MovementKind.Deallocated, _actor.Id, Id.Value, Reason: reason));
    }

    /// <summary>Units leave the node: the claim is consumed and on hand goes down.</summary>
    public void Ship(OpenLine line, LineBucket from, long node, long units, StockSheet sheet, DateTimeOffset? at = null, string? reference = null)
    {
        line.Move(from, LineBucket.Shipped, units, isFact: from != LineBucket.Packed);
        bool wasClaimed = LineMoves.IsClaim(from);
        if (wasClaimed) Claimed(line, node, -units, LineMoves.IsWork(from) ? -units : 0);
        sheet.Move(line.SkuId!.Value, node, new Buckets { OnHand = -units, Allocated = wasClaimed ? -units : 0 },
            new Movement(MovementKind.Sold, _actor.Id, Id.Value, reference, At: at));
    }

    /// <summary>Is there anything to save?</summary>
    internal bool HasNews => _events.Count > 0;

    /// <summary>Adds an entry to the order's log; written by <see cref="Save"/>. The payload holds no personal data.</summary>
    public void Tell(string kind, object payload, string? reason = null)
    {
        var entry = EventLog.Next(_actor.Merchant, _actor.Id, new Happening("order", Id.ToString(), kind, payload, reason), _seq, _hash, _now);
        (_seq, _hash) = (entry.Seq, entry.Hash);
        _events.Add(entry);
    }

    /// <summary>Cancels every unit on which no work has begun and gives its claims back.</summary>
    /// <returns>Units cancelled.</returns>
    public long CancelIdle(StockSheet sheet, string? reason, Func<OpenLine, bool>? which = null)
    {
        long units = 0;
        foreach (var line in Lines.Where(l => l.HoldsStock && which?.Invoke(l) != false))
        {
            foreach (var (node, claim) in line.Claims.ToList())
                if (claim.Idle > 0)
                {
                    units += claim.Idle;
                    GiveUp(line, LineBucket.Allocated, LineBucket.Cancelled, node, claim.Idle, sheet, reason);
                }
            foreach (var bucket in (ReadOnlySpan<LineBucket>)[LineBucket.Unallocated, LineBucket.Backordered, LineBucket.Preordered])
                if (line[bucket] is > 0 and var waiting)
                {
                    line.Move(bucket, LineBucket.Cancelled, waiting, isFact: false);
                    units += waiting;
                }
        }
        return units;
    }

    /// <summary>Is there anything to save?</summary>
    public bool IsChanged => _events.Count > 0 || Lines.Exists(l => l.IsChanged);

    /// <summary>Writes the order and, when given, the stock, in one trip. The version grows by one.</summary>
    public Task Save(Work work, StockSheet? sheet = null) => SaveAll(work, [this], sheet);

    /// <summary>Writes several orders and the stock they share in one trip.</summary>
    public static async Task SaveAll(Work work, IReadOnlyList<OpenOrder> orders, StockSheet? sheet = null)
    {
        await LetMoneyGo(work, orders);
        var batch = work.Batch();
        if (sheet is not null) TellWaiting(orders, sheet);
        var check = sheet?.QueueWrite(batch);
        var saved = QueueSave(batch, orders);
        await batch.Run();
        check?.Invoke();
        saved();
    }

    /// <summary>Tells the sheet what lines wait for now that did not, or no longer, so that what became free is set aside for them at once.</summary>
    internal static void TellWaiting(IReadOnlyList<OpenOrder> orders, StockSheet sheet)
    {
        foreach (var line in orders.SelectMany(o => o.Lines).Where(l => l.SkuId is not null)) sheet.Owe(line.SkuId!.Value, line.Waiting - line.WaitedAtLock);
    }

    /// <summary>The writes as part of a larger batch; the returned check must run once it has.</summary>
    internal static Action QueueSave(Batch batch, IReadOnlyList<OpenOrder> orders)
    {
        foreach (var order in orders)
        {
            order.SettleMoney();
            if (order.TotalMinor != order.TotalMinorBefore) order.FollowMoney("There is enough for what is to be paid now.");
            order.SettlePromise();
        }
        QueueChanges(batch, orders);
        return OpenOrderRows.Queue(batch,
            [.. orders.Select(o => new OpenOrderRows.Changed(o, o._events, o._seq, o._hash, o._isExpiryOver, o._opened, o._closed, o._marked, o._claimed, o._actor, o._now) { Promise = o._promise, Plan = o._plan, Seen = o._seen, Troubles = o._troubles, Mended = o._mended })]);
    }

    private void Claimed(OpenLine line, long node, long units, long inWork)
    {
        line.Claim(node, units, inWork);
        _claimed[(line.LineNo, node)] = line.ClaimAt(node);
    }
}
