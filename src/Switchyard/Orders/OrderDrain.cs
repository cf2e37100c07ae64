using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What a drain decided. <paramref name="IsStale"/>: the catalogue has changed since the orders were assembled; nothing was written.</summary>
public sealed record DrainResult(bool IsStale, IReadOnlyList<(PendingOrder, Result<PlacedOutcome>)> Outcomes, IReadOnlyList<PendingOrder> Later);

/// <summary>
/// One transaction that places many orders in two trips: lock the stock and look up keys and external ids; then, with all
/// decided in memory, write everything and commit.
/// </summary>
internal sealed class OrderDrain(IReadOnlyList<PendingOrder> orders, IReadOnlyDictionary<(long Merchant, string Type), Queue<string>> numbers, DateTimeOffset now)
{
    private sealed record Known(Dictionary<(long, string), Idempotency.Stored> Keys, Dictionary<(long, string), (OrderId Id, byte[]? Hash)> External,
        Dictionary<long, long> Versions, Dictionary<Guid, List<Reserved>> Reservations);
    private sealed record Reserved(Guid Id, long Merchant, long Sku, long Node, long Quantity, bool IsLive, long? Channel);

    // Copies, since the transaction may run again after a deadlock.
    private readonly Dictionary<(long, string), Queue<string>> _numbers = numbers.ToDictionary(n => n.Key, n => new Queue<string>(n.Value));
    private readonly List<(PendingOrder, Result<PlacedOutcome>)> _outcomes = [];
    private readonly List<PendingOrder> _later = [];
    private readonly List<StoredOrder> _stored = [];
    private readonly DrainSources _sources = new(orders, now);
    private readonly List<Reserved> _converted = [];
    private readonly HashSet<object> _takenHere = [];
    private readonly Dictionary<long, long> _soldLater = [];
    private readonly DayBook _days = new();
    private List<SupplyReader.Due> _inbound = [];
    private CustomerLookup _customers = new();
    private IntakeHistory _history = new();
    private CreditCheck _credit = new();

    public async Task<DrainResult> Run(Work work, Action commitSent)
    {
        await _sources.Lock(work);
        var first = work.Batch();
        var sheet = StockSheet.QueueLock(first, [.. orders.SelectMany(o => o.Skus).Distinct()], now, beforeCounting: () => QueueCaps(first),
            withLimits: orders.Any(o => o.Routes.HasSaleLimits));
        var lookup = QueueLookup(first);             // after the lock: what took the last unit may be this very order, sent twice
        _customers = CustomerLookup.Queue(first, orders.Select(o => o.Buyer));
        _history = IntakeHistory.Queue(first, orders, now);
        var reserved = QueueReservations(first);     // after the lock, which whoever changes a reservation holds
        _inbound = SupplyReader.QueueInbound(first, [.. orders.SelectMany(o => o.Order.SkusThatMayWait(now)).Distinct()], now);
        await first.Run();
        var known = lookup() with { Reservations = reserved.GroupBy(r => r.Id).ToDictionary(g => g.Key, g => g.ToList()) };
        if (orders.Any(o => known.Versions.GetValueOrDefault(o.Actor.Merchant) != o.Order.CatalogVersion)) return new DrainResult(true, [], []);

        await _history.ReadTwins(work, orders);
        _credit = await CreditCheck.Read(work, orders, _customers, now);
        sheet.Open();
        for (int no = 0; no < orders.Count; no++) Decide(no, known, sheet);
        if (_stored.Count == 0) return new DrainResult(false, _outcomes, _later);

        await _sources.Write(work);
        var second = work.Batch();
        var check = sheet.QueueWrite(second);
        _customers.QueueNew(second, now);
        OrderRows.Queue(second, _stored, now);
        QueueConverted(second);
        commitSent();
        await work.Commit(second);
        _days.Keep();
        check();                             // under lock and version it cannot fail; if it does, it is said loudly
        return new DrainResult(false, _outcomes, _later);
    }

    private void Decide(int no, Known known, StockSheet sheet)
    {
        var pending = orders[no];
        var (actor, order) = (pending.Actor, pending.Order);
        if (actor.Stamp is { } stamp)
        {
            if (known.Keys.TryGetValue((actor.Merchant, stamp.Key), out var earlier)) { Answer(pending, Replay(earlier, stamp)); return; }
            if (!_takenHere.Add((actor.Merchant, stamp.Key))) { _later.Add(pending); return; }
        }
        if (order.Request.ExternalId is { } external)
        {
            if (known.External.TryGetValue((order.ChannelId, external), out var existing)) { Answer(pending, Existing(existing, order)); return; }
            if (!_takenHere.Add((order.ChannelId, external, "external"))) { _later.Add(pending); return; }
        }
        if (_sources.IsTaken(pending)) { _later.Add(pending); return; }
        var judged = _sources.Judge(pending);
        if (judged is { IsOk: true } made) { Answer(pending, made); return; }                     // the draft is an order already
        if (pending.CameAt is { } came) sheet.GoOn(came);
        int mark = sheet.Mark();
        var placed = judged?.Error is { } stopped ? stopped : Promise(no, known, sheet);
        if (placed.Error is { } refused)
        {
            sheet.Undo(mark);
            if (actor.Stamp is { } free) _takenHere.Remove((actor.Merchant, free.Key));
            _takenHere.Remove((order.ChannelId, order.Request.ExternalId ?? "", "external"));
            Answer(pending, refused);
            return;
        }
        _sources.Placed(pending, placed.Value.Number);
        _stored.Add(placed.Value with { ImportRun = pending.ImportRun });
        Answer(pending, new PlacedOutcome(pending.Answer, null));
    }

    private Result<StoredOrder> Promise(int no, Known known, StockSheet sheet)
    {
        var pending = orders[no];
        var (order, at) = (pending.Order, pending.CameAt ?? now);
        var converted = Convert(pending, known, sheet);
        if (converted.Error is { } gone) return gone;
        var customer = _customers.Match(pending.Buyer, at);
        if (customer.Error is { } nobody) return nobody;
        foreach (var line in order.Lines.Where(l => l.AsksWhoSubstitutes)) line.MaySubstitute = customer.Value?.AllowSubstitutes ?? order.IsSubstitutedByChannel;
        var holds = Judge(no, customer.Value);
        if (order.Terms.Type == OrderTypes.Wholesale && Wholesale.Doubt(order, customer.Value, holds) is { } refused) return refused;
        var promise = MixedPromise.Decide(order.Lines, pending.Routes.At(order.StartsAt(at), _days), routes => routes.With(sheet, pending.Skus), new PromiseAsk(order.OnShort,
            sku => pending.Routes.IsSomewhere(sheet, sku),
            routes => new LaterSupply(at, sku => sheet.Waiting(sku).Sold + _soldLater.GetValueOrDefault(sku),
                sku => _inbound.Where(i => i.Sku == sku && routes.Serves(i.Node)).Select(i => new Dated(i.AtMs, i.Units))),
            order.IsAsking, routes => RoutingFacts.Of(routes.Router, customer.Value), routes => routes.Limit(sheet, pending.Id.Value, customer.Value?.Tags))
        { Prepared = pending.Plan, Forget = sheet.ForgetPlans });
        if (promise.Error is { } error) return error;
        var why = new Movement(MovementKind.Allocated, pending.Actor.Id, pending.Id.Value);
        foreach (var a in promise.Value.Allocations)
        {
            sheet.Move(a.Sku, a.Node, new Buckets { Allocated = a.Quantity }, why);
            Must.Hold(sheet.Find(a.Sku, a.Node)!.Balance.Available >= 0, $"sku {a.Sku} at node {a.Node} is not promised twice, whatever the plan says");
        }
        _converted.AddRange(converted.Value);
        foreach (var line in order.Lines.Where(l => l.Backordered + l.Preordered > 0))
            _soldLater[line.SkuId!.Value] = _soldLater.GetValueOrDefault(line.SkuId.Value) + line.Backordered + line.Preordered;
        if (customer.Value is { } buyer) _customers.Keep(pending.Buyer, buyer, at);

        string number = _numbers[(pending.Actor.Merchant, order.Terms.Type)].Dequeue();
        _history.Placed(pending, number);
        _credit.Placed(pending, customer.Value);
        var stored = OrderStory.Placed(pending, promise.Value, customer.Value, [.. holds, .. promise.Value.Holds], number, at);
        pending.Routes.Note(stored.Dates);
        pending.Answer = new OrderAnswer(stored.Answer!, 201, isReplay: false, "\"1\"");
        return stored;
    }

    /// <summary>The holds that were worked out before, and those that the books of the customer call for.</summary>
    private List<NewHold> Judge(int no, CustomerMatch? customer)
    {
        var (pending, order) = (orders[no], orders[no].Order);
        var at = pending.CameAt ?? now;
        var rules = order.Policy.IsJudgedTogether ? order.Policy.Holds : order.Policy.ByHistory;
        if (rules.Count == 0 || order.Facts is not { } facts) return [.. order.Holds];
        var history = _history.Of(no, pending, customer?.BlockedReasons ?? [], _credit.OpenMinor(pending, customer), at);
        var found = HoldRules.Judge(rules, facts with { Now = at, History = history });
        if (order.Policy.IsJudgedTogether) OrderAssembly.Bar(order.Lines, found);
        return order.Holds.Count == 0 ? found : order.Policy.InOrder(order.Holds.Concat(found));
    }

    /// <summary>Gives the units of the order's own reservation back just before they are allocated.</summary>
    private Result<List<Reserved>> Convert(PendingOrder pending, Known known, StockSheet sheet)
    {
        if (pending.Reservation is not { } id) return new List<Reserved>();
        var items = known.Reservations.GetValueOrDefault(id)?.FindAll(i => i.Merchant == pending.Actor.Merchant) ?? [];
        if (items.Count == 0) return Error.NotFound("orders.reservation_not_found", "There is no such reservation.");
        // Past its time, or taken by an order before this one, it holds nothing; the order competes like any other.
        var live = items.FindAll(i => i.IsLive && !_converted.Exists(c => c.Id == i.Id));
        if (live.Count > 0) sheet.Knows(new ReservationId(id), new SoldTo(live[0].Channel ?? 0, []));
        foreach (var item in live)
            sheet.Move(item.Sku, item.Node, new Buckets { Reserved = -item.Quantity },
                new Movement(MovementKind.ReservationConverted, pending.Actor.Id, pending.Id.Value, new ReservationId(id).ToString()));
        return live;
    }

    private void QueueCaps(Batch batch) => WaitingSql.QueueCaps(batch, orders.SelectMany(o => o.Order.Lines
        .Where(l => l.HoldsStock && l.SkuId is not null && l.Policy.IsCapped).Select(l => (o.Actor.Merchant, l.SkuId!.Value))));

    private Func<Known> QueueLookup(Batch batch)
    {
        var keys = batch.Query(
            "select k.merchant_id, k.key, k.request_hash, k.answer, k.packed from @rows r join idempotency_keys k on k.merchant_id = r.merchant_id and k.key = r.key",
            Rows.Of(orders.Where(o => o.Actor.Stamp is not null).ToList()).Long("merchant_id", o => o.Actor.Merchant).Text("key", o => o.Actor.Stamp!.Key),
            row => (Key: (row.Long(), row.Text()), Stored: Idempotency.Stored.Read(row)));
        var external = batch.Query(
            """
            select o.channel_id, o.external_id, o.id, o.content_hash
              from @rows r join orders o on o.merchant_id = r.merchant_id and o.channel_id = r.channel_id and o.external_id = r.external_id
            """,
            Rows.Of(orders.Where(o => o.Order.Request.ExternalId is not null).ToList()).Long("merchant_id", o => o.Actor.Merchant)
                .Long("channel_id", o => o.Order.ChannelId).Text("external_id", o => o.Order.Request.ExternalId),
            row => (Key: (row.Long(), row.Text()), Value: (new OrderId(row.Uuid()), row.BytesOrNull())));
        var versions = batch.Query("select merchant_id, version from catalog_versions where merchant_id = any(@merchants)",
            row => (row.Long(), row.Long()), ("merchants", orders.Select(o => o.Actor.Merchant).Distinct().ToArray()));
        return () => new Known(
            keys.DistinctBy(k => k.Key).ToDictionary(k => k.Key, k => k.Stored), external.DistinctBy(e => e.Key).ToDictionary(e => e.Key, e => e.Value),
            versions.ToDictionary(v => v.Item1, v => v.Item2), []);
    }

    private List<Reserved> QueueReservations(Batch batch) => batch.Query(
        """
        select i.reservation_id, i.merchant_id, i.sku_id, i.node_id, i.quantity, i.is_open and i.expires_at_ms > @now, v.channel_id
          from @rows r join reservation_items i on i.reservation_id = r.id and i.merchant_id = r.merchant_id join reservations v on v.id = i.reservation_id
        """,
        Rows.Of(orders.Where(o => o.Reservation is not null).DistinctBy(o => (o.Reservation, o.Actor.Merchant)).ToList())
            .Uuid("id", o => o.Reservation!.Value).Long("merchant_id", o => o.Actor.Merchant),
        row => new Reserved(row.Uuid(), row.Long(), row.Long(), row.Long(), row.Long(), row.Bool(), row.LongOrNull()), ("now", now.ToUnixTimeMilliseconds()));

    private void QueueConverted(Batch batch)
    {
        batch.Execute(
            """
            update reservation_items set is_open = false from @rows r where reservation_items.merchant_id = r.merchant_id
               and reservation_items.reservation_id = r.id and reservation_items.sku_id = r.sku_id and reservation_items.node_id = r.node_id
            """,
            Rows.Of(_converted).Uuid("id", c => c.Id).Long("merchant_id", c => c.Merchant).Long("sku_id", c => c.Sku).Long("node_id", c => c.Node));
        batch.Execute("update reservations set state = 'converted' from @rows r where reservations.merchant_id = r.merchant_id and reservations.id = r.id",
            Rows.Of(_converted.DistinctBy(c => c.Id).ToList()).Uuid("id", c => c.Id).Long("merchant_id", c => c.Merchant));
    }

    private void Answer(PendingOrder pending, Result<PlacedOutcome> outcome) => _outcomes.Add((pending, outcome));

    private static Result<PlacedOutcome> Replay(Idempotency.Stored stored, RequestStamp stamp) =>
        stored.IsOf(stamp) && stored.Answer is { } json
            ? new PlacedOutcome(new OrderAnswer(json, 201, isReplay: true), null) : Idempotency.Reused;

    private static Result<PlacedOutcome> Existing((OrderId Id, byte[]? Hash) existing, AssembledOrder order) =>
        existing.Hash.AsSpan().SequenceEqual(order.ContentHash) ? new PlacedOutcome(null, existing.Id) : OrderErrors.ExternalIdTaken(existing.Id);
}
