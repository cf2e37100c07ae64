using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Purchasing;

namespace Switchyard.Fulfilment;

/// <summary>
/// Orders under lock with their releases: the one way to change a release. Units of a release, buckets of the order's line, the claim at the
/// node and the stock move together in memory, and are written in one trip.
/// </summary>
internal sealed class OpenWork
{
    private readonly List<OpenRelease> _releases;
    private readonly List<Departure> _departures = [];
    private readonly List<(OpenRelease Release, ReleaseLine Line, long Wanted, long Done)> _putBacks = [];
    private readonly Dictionary<long, WorkNode> _nodes = [];
    private readonly HashSet<OrderId> _told = [];
    private Urgency? _urgency;

    /// <summary>Packages that left together.</summary>
    private sealed record Departure(Guid Id, OpenRelease Release, int No, string? Carrier, string? Service, bool IsPickup, long AtMs);

    private OpenWork(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<OpenOrder> orders, List<OpenRelease> releases)
    {
        (Work, Actor, Now, Orders, _releases) = (work, actor, now, orders, releases);
        foreach (var release in releases) _nodes.TryAdd(release.Node.Id, release.Node);
    }

    public Work Work { get; }
    public Actor Actor { get; }
    public DateTimeOffset Now { get; }
    public long NowMs => Now.ToUnixTimeMilliseconds();
    public IReadOnlyList<OpenOrder> Orders { get; }
    public IReadOnlyList<OpenRelease> Releases => _releases;
    public StockSheet? Sheet { get; private set; }
    public List<Trouble> Troubles { get; } = [];

    /// <summary>Shelves that are to be counted.</summary>
    public List<WantedCount> Counts { get; } = [];

    /// <summary>The release to answer with, when it is another than the one that was asked for.</summary>
    public OpenRelease? Answer { get; set; }

    public OpenOrder OrderOf(OpenRelease release) => Orders.First(o => o.Id == release.Order);
    public IEnumerable<OpenRelease> Of(OpenOrder order) => _releases.Where(r => r.Order == order.Id);

    /// <summary>Locks orders with all their releases. Whoever calls has seen to it that the actor may.</summary>
    public static async Task<OpenWork> Lock(Work work, Actor actor, IReadOnlyCollection<OrderId> orders, DateTimeOffset now) =>
        await On(work, actor, await OpenOrder.LockAll(work, actor with { Nodes = null }, orders, now), now);

    /// <summary>The releases of orders that are locked already.</summary>
    public static async Task<OpenWork> On(Work work, Actor actor, IReadOnlyList<OpenOrder> orders, DateTimeOffset now) =>
        new(work, actor, now, orders, orders.Count == 0 ? [] : await ReleaseRows.Load(work, [.. orders.Select(o => o.Id)]));

    /// <summary>Locks the stock of these SKUs, or of all lines of the orders; after the orders, once a transaction.</summary>
    public async Task<StockSheet> LockStock(IEnumerable<long>? skus = null, IReadOnlyList<(long Sku, long Node)>? create = null)
    {
        Must.Hold(Sheet is null, "stock is locked once");
        return Sheet = await StockSheet.Lock(Work, skus ?? Orders.SelectMany(o => o.Lines).Where(l => l.HoldsStock && l.SkuId is not null).Select(l => l.SkuId!.Value), Now, create);
    }

    /// <summary>Takes a sheet that the caller has locked.</summary>
    public void Use(StockSheet sheet) => Sheet = sheet;

    /// <summary>Reads what giving work to these nodes needs.</summary>
    public async Task LoadNodes(IEnumerable<long> ids)
    {
        long[] missing = [.. ids.Distinct().Where(id => !_nodes.ContainsKey(id))];
        if (missing.Length == 0) return;
        foreach (var (id, node) in await ReleaseRows.Nodes(Work, missing)) _nodes[id] = node;
    }

    public WorkNode Node(long id) => _nodes[id];

    /// <summary>Reads by which classes new work is sorted.</summary>
    public async Task LoadClasses() => _urgency ??= await Urgency.Load(Work);

    /// <summary>A new release of an order at a node, in state planned and without lines.</summary>
    public OpenRelease New(OpenOrder order, WorkNode node, string? method, DateTimeOffset? fulfilAt = null, OpenRelease? from = null)
    {
        var (name, rank) = _urgency?.Of(order, node.Code, method) ?? (WorkClasses.Standard, WorkClasses.Most);
        int no = Of(order).Select(r => r.No).DefaultIfEmpty(0).Max() + 1;
        var release = new OpenRelease
        {
            Id = FulfilmentId.New(Now), Order = order.Id, No = no, Number = $"{order.Number}-F{Text.Invariant(no)}", Node = node, Method = method,
            Priority = order.Priority, ShipByMs = order.ShipByMs, DeliverByMs = order.DeliverByMs, FulfilAtMs = fulfilAt?.ToUnixTimeMilliseconds(),
            WorkClass = name, ClassRank = rank, PlacedAtMs = order.PlacedAtMs, Attempts = (from?.Attempts ?? 0) + 1, From = from?.Id.Value, CreatedAtMs = NowMs,
        };
        release.Touch();
        _releases.Add(release);
        return release;
    }

    /// <summary>Idle units of the claim become the release's open units.</summary>
    public void Begin(OpenRelease release, OpenLine line, long units)
    {
        OrderOf(release).Begin(line, release.Node.Id, units);
        var own = release.Line(line.LineNo);
        if (own is null) release.Add(own = new ReleaseLine(line.LineNo, line.SkuId!.Value, line.Sku, new long[7]));
        own.Take(units);
        release.Touch();
    }

    /// <summary>Open units come back to the order and stay claimed at the node.</summary>
    public void Recall(OpenRelease release, ReleaseLine line, ReleaseUnits from, ReleaseUnits to, long units)
    {
        OrderOf(release).Recall(LineOf(release, line), Bucket(from), release.Node.Id, units);
        line.Move(from, to, units);
        release.Touch();
    }

    /// <summary>Open units leave the release and the claim on them ends: they are not there, or shall come from elsewhere.</summary>
    public void GiveUp(OpenRelease release, ReleaseLine line, ReleaseUnits to, long units, string? reason)
    {
        OrderOf(release).GiveUp(LineOf(release, line), LineBucket.Released, LineBucket.Unallocated, release.Node.Id, units, Sheet!, reason);
        line.Move(ReleaseUnits.Open, to, units);
        release.Touch();
    }

    /// <summary>Units go on, or back, within the work of the node: open, picked, packed.</summary>
    public void Step(OpenRelease release, ReleaseLine line, ReleaseUnits from, ReleaseUnits to, long units)
    {
        OrderOf(release).Move(LineOf(release, line), Bucket(from), Bucket(to), units);
        line.Move(from, to, units);
        release.Touch();
    }

    /// <summary>Picked units go back on the shelf and stay this release's work.</summary>
    public void PutBack(OpenRelease release, ReleaseLine line, long units)
    {
        var (order, own) = (OrderOf(release), LineOf(release, line));
        order.Recall(own, LineBucket.Picked, release.Node.Id, units);
        order.Begin(own, release.Node.Id, units);
        line.Move(ReleaseUnits.Picked, ReleaseUnits.Open, units);
        release.Touch();
    }

    /// <summary>Units leave the node.</summary>
    public void Ship(OpenRelease release, ReleaseLine line, ReleaseUnits from, long units, DateTimeOffset at)
    {
        OrderOf(release).Ship(LineOf(release, line), Bucket(from), release.Node.Id, units, Sheet!, at, release.Number);
        line.Move(from, ReleaseUnits.Shipped, units);
        release.Touch();
    }

    /// <summary>Notes a departure; its packages carry the id.</summary>
    public Guid Depart(OpenRelease release, string? carrier, string? service, bool isPickup, DateTimeOffset at)
    {
        var departure = new Departure(Guid.CreateVersion7(Now), release, ++release.LastShipment, carrier, service, isPickup, at.ToUnixTimeMilliseconds());
        _departures.Add(departure);
        release.HandedOverAtMs ??= departure.AtMs;
        return departure.Id;
    }

    /// <summary>Somebody is to put units back on the shelf.</summary>
    public void AskPutBack(OpenRelease release, ReleaseLine line, long units) => _putBacks.Add((release, line, units, 0));

    /// <summary>Somebody has put units back on the shelf.</summary>
    public void NotePutBack(OpenRelease release, ReleaseLine line, long units) => _putBacks.Add((release, line, 0, units));

    /// <summary>Tells on the order's timeline what became of a release.</summary>
    public void Tell(OpenRelease release, string kind, string? reason = null, object? more = null) =>
        Tell(OrderOf(release), kind, new { fulfilment = release.Id, number = release.Number, node = release.Node.Code, more }, reason);

    public void Tell(OpenOrder order, string kind, object payload, string? reason = null)
    {
        _told.Add(order.Id);
        order.Tell(kind, payload, reason);
    }

    /// <summary>The order was changed although no line of it was.</summary>
    public void Touch(OpenOrder order) => _told.Add(order.Id);

    /// <summary>Takes back a release that was begun for nothing.</summary>
    public void Drop(OpenRelease release) => _releases.Remove(release);

    public bool HasChanged => _told.Count > 0 || _releases.Exists(r => r.IsChanged);

    public OpenLine LineOf(OpenRelease release, ReleaseLine line) => OrderOf(release).Line(line.LineNo)!;

    /// <summary>Writes orders, stock, releases and what a person must look at, in one trip.</summary>
    public async Task Save()
    {
        await OpenOrder.LetMoneyGo(Work, Orders);
        var batch = Work.Batch();
        if (Sheet is not null) OpenOrder.TellWaiting(Orders, Sheet);
        var check = Sheet?.QueueWrite(batch);
        var saved = OpenOrder.QueueSave(batch, [.. Orders.Where(o => _told.Contains(o.Id) || o.Lines.Exists(l => l.IsChanged))]);
        QueueOwn(batch);
        await batch.Run();
        check?.Invoke();
        saved();
        await TellSuppliers();
    }

    /// <summary>Writes the releases only: orders and stock are written by whoever locked them.</summary>
    public async Task SaveReleases()
    {
        var batch = Work.Batch();
        QueueOwn(batch);
        await batch.Run();
        await TellSuppliers();
    }

    /// <summary>What a supplier sends for us is ordered from it: the order to the supplier follows its release.</summary>
    private Task TellSuppliers() => SupplierOrders.Follow(Work, Actor, Now, [.. _releases.Where(r => r.IsChanged && r.Node.IsSupplier).Select(r => new SupplierWork(
        r.Id, r.Number, r.Order, r.Node.Id, r.Node.Code, FulfilmentOrderStates.Name(r.State), r.Reason ?? r.StopReason,
        [.. r.Lines.Select(l => new SupplierWorkLine(l.LineNo, l.SkuId, l.Sku, l.Quantity, l[ReleaseUnits.Shipped], l[ReleaseUnits.Rejected], l.Quantity - l.InWork - l[ReleaseUnits.Shipped]))]))]);

    private void QueueOwn(Batch batch)
    {
        ReleaseRows.QueueSave(batch, [.. _releases.Where(r => r.IsChanged)], Now);
        batch.Execute(
            """
            insert into shipments (id, merchant_id, order_id, fulfilment_id, node_id, shipment_no, carrier, service, is_pickup, shipped_at_ms, recorded_at_ms)
            select id, @merchant, order_id, fulfilment_id, node_id, shipment_no, carrier, service, is_pickup, shipped_at_ms, @now from @rows r
            """,
            Rows.Of(_departures.ToList()).Uuid("id", d => d.Id).Uuid("order_id", d => d.Release.Order.Value).Uuid("fulfilment_id", d => d.Release.Id.Value)
                .Long("node_id", d => d.Release.Node.Id).Int("shipment_no", d => d.No).Text("carrier", d => d.Carrier).Text("service", d => d.Service)
                .Bool("is_pickup", d => d.IsPickup).Long("shipped_at_ms", d => d.AtMs), ("now", NowMs));
        batch.Execute(
            """
            insert into put_backs (fulfilment_id, line_no, merchant_id, node_id, sku_id, wanted, done, asked_at_ms, done_at_ms)
            select fulfilment_id, line_no, @merchant, node_id, sku_id, wanted, done, @now, null from @rows r where true
                on conflict (fulfilment_id, line_no) do update set wanted = put_backs.wanted + excluded.wanted, done = put_backs.done + excluded.done,
                   done_at_ms = case when put_backs.done + excluded.done >= put_backs.wanted + excluded.wanted then @now end
            """,
            Rows.Of(_putBacks.GroupBy(p => (p.Release, p.Line)).ToList()).Uuid("fulfilment_id", p => p.Key.Release.Id.Value).Int("line_no", p => p.Key.Line.LineNo)
                .Long("node_id", p => p.Key.Release.Node.Id).Long("sku_id", p => p.Key.Line.SkuId).Long("wanted", p => p.Sum(x => x.Wanted))
                .Long("done", p => p.Sum(x => x.Done)), ("now", NowMs));
        ExceptionsRoom.Raise(batch, Troubles, Now);
        CountTasks.Want(batch, Actor, Counts, Now);
        _departures.Clear();
        _putBacks.Clear();
    }

    private static LineBucket Bucket(ReleaseUnits units) => units switch
    {
        ReleaseUnits.Open => LineBucket.Released,
        ReleaseUnits.Picked => LineBucket.Picked,
        ReleaseUnits.Packed => LineBucket.Packed,
        _ => throw new InvariantBrokenException($"{units} units are no work"),
    };
}
