using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Reads and writes releases of locked orders, set-based.</summary>
internal static class ReleaseRows
{
    private const string NodeColumns =
        """
        n.id, n.code, n.kind, n.time_zone, coalesce(w.accepts_by_default, n.kind <> 'supplier'), coalesce(w.accept_minutes, case when n.kind = 'supplier' then 1440 else 60 end), w.daily_capacity, n.country, coalesce(w.holds_for_customs, false)
        """;

    /// <summary>Releases of these orders with lines and packages; the orders' rows are locked, so nobody else changes them.</summary>
    public static async Task<List<OpenRelease>> Load(Work work, IReadOnlyCollection<OrderId> orders)
    {
        var batch = work.Batch();
        Rows<OrderId> keys() => Rows.Of([.. orders]).Uuid("id", o => o.Value);
        var releases = batch.Query(
            $"""
            select f.id, f.order_id, f.release_no, f.number, f.method, f.state, f.priority, f.ship_by_ms, f.deliver_by_ms, f.fulfil_at_ms, f.offered_at_ms, f.answer_by_ms,
                   f.reminded_at_ms, f.attempts, f.from_release, f.reason, f.stop_reason, f.stop_wish, f.stop_asked_at_ms, f.handed_over_at_ms,
                   f.created_at_ms, f.version, (select coalesce(max(s.shipment_no), 0) from shipments s where s.fulfilment_id = f.id), {NodeColumns}
              from @rows r join fulfilment_orders f on f.order_id = r.id join nodes n on n.id = f.node_id
              left join node_work_settings w on w.node_id = f.node_id and w.merchant_id = f.merchant_id
             where f.merchant_id = @merchant order by f.order_id, f.release_no
            """, keys(), ReadRelease);
        var lines = batch.Query(
            """
            select l.fulfilment_id, l.line_no, l.sku_id, l.sku, l.open, l.picked, l.packed, l.shipped, l.short, l.rejected, l.cancelled
              from @rows r join fulfilment_lines l on l.order_id = r.id where l.merchant_id = @merchant order by l.fulfilment_id, l.line_no
            """, keys(), row => (Release: row.Uuid(), Line: new ReleaseLine(row.Int(), row.Long(), row.Text(),
                [row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long()])));
        var contents = batch.Query(
            """
            select c.package_id, c.line_no, c.quantity from @rows r join packages p on p.order_id = r.id join package_lines c on c.package_id = p.id
             where c.merchant_id = @merchant order by c.package_id, c.line_no
            """, keys(), row => (Package: row.Uuid(), Part: (Line: row.Int(), Units: row.Long())));
        var packages = batch.Query(
            """
            select p.fulfilment_id, p.id, p.package_no, p.state, p.state_at_ms, p.shipment_id, p.weight_grams, p.length_mm, p.width_mm, p.height_mm,
                   p.carrier, p.service, p.tracking, p.is_unlabelling, p.is_untracked, p.created_at_ms
              from @rows r join packages p on p.order_id = r.id where p.merchant_id = @merchant order by p.fulfilment_id, p.package_no
            """, keys(), row => (Release: row.Uuid(), Row: new PackageRow(row)));
        await batch.Run();

        var (linesOf, packagesOf, partsOf) = (lines.ToLookup(l => l.Release, l => l.Line), packages.ToLookup(p => p.Release, p => p.Row), contents.ToLookup(c => c.Package, c => c.Part));
        foreach (var release in releases)
        {
            foreach (var line in linesOf[release.Id.Value]) release.Add(line);
            foreach (var package in packagesOf[release.Id.Value]) release.Add(package.With([.. partsOf[package.Id]]));
        }
        return releases;
    }

    /// <summary>Nodes of the merchant by id, as far as giving out work needs to know them.</summary>
    public static async Task<Dictionary<long, WorkNode>> Nodes(Work work, IEnumerable<long> ids) => (await work.Query(
        $"""
        select {NodeColumns} from nodes n join node_merchants m on m.node_id = n.id
          left join node_work_settings w on w.node_id = n.id and w.merchant_id = m.merchant_id
         where m.merchant_id = @merchant and n.id = any(@ids)
        """, ReadNode, ("ids", ids.Distinct().ToArray()))).ToDictionary(n => n.Id);

    public static void QueueSave(Batch batch, IReadOnlyList<OpenRelease> changed, DateTimeOffset now)
    {
        batch.Execute(
            """
            insert into fulfilment_orders (id, merchant_id, order_id, release_no, number, node_id, method, state, priority, ship_by_ms, deliver_by_ms, fulfil_at_ms,
                   offered_at_ms, answer_by_ms, reminded_at_ms, attempts, from_release, reason, stop_reason, stop_wish, stop_asked_at_ms, handed_over_at_ms,
                   created_at_ms, updated_at_ms, version, work_class, class_rank, placed_at_ms)
            select id, @merchant, order_id, release_no, number, node_id, method, state, priority, ship_by_ms, deliver_by_ms, fulfil_at_ms, offered_at_ms, answer_by_ms,
                   reminded_at_ms, attempts, from_release, reason, stop_reason, stop_wish, stop_asked_at_ms, handed_over_at_ms, created_at_ms, @now, version, work_class, class_rank, placed_at_ms
              from @rows r where true
                on conflict (id) do update set state = excluded.state, fulfil_at_ms = excluded.fulfil_at_ms, offered_at_ms = excluded.offered_at_ms,
                   answer_by_ms = excluded.answer_by_ms, reminded_at_ms = excluded.reminded_at_ms, reason = excluded.reason, stop_reason = excluded.stop_reason,
                   stop_wish = excluded.stop_wish, stop_asked_at_ms = excluded.stop_asked_at_ms, handed_over_at_ms = excluded.handed_over_at_ms,
                   updated_at_ms = excluded.updated_at_ms, version = excluded.version
            """,
            Rows.Of(changed).Uuid("id", f => f.Id.Value).Uuid("order_id", f => f.Order.Value).Int("release_no", f => f.No).Text("number", f => f.Number)
                .Long("node_id", f => f.Node.Id).Text("method", f => f.Method).Text("state", f => FulfilmentOrderStates.Name(f.State)).Int("priority", f => f.Priority)
                .LongOrNull("ship_by_ms", f => f.ShipByMs).LongOrNull("deliver_by_ms", f => f.DeliverByMs).LongOrNull("fulfil_at_ms", f => f.FulfilAtMs)
                .LongOrNull("offered_at_ms", f => f.OfferedAtMs).LongOrNull("answer_by_ms", f => f.AnswerByMs).LongOrNull("reminded_at_ms", f => f.RemindedAtMs)
                .Int("attempts", f => f.Attempts).UuidOrNull("from_release", f => f.From).Text("reason", f => f.Reason).Text("stop_reason", f => f.StopReason)
                .Text("stop_wish", f => f.StopWish).LongOrNull("stop_asked_at_ms", f => f.StopAskedAtMs).LongOrNull("handed_over_at_ms", f => f.HandedOverAtMs)
                .Long("created_at_ms", f => f.CreatedAtMs).Long("version", f => f.Version)
                .Text("work_class", f => f.WorkClass).Int("class_rank", f => f.ClassRank).Long("placed_at_ms", f => f.PlacedAtMs),
            ("now", now.ToUnixTimeMilliseconds()));
        QueueLines(batch, changed, now);
        QueuePackages(batch, [.. changed.SelectMany(f => f.Packages.Select(p => (f, p)))]);
    }

    /// <summary>Notes what the partner calls a release under lock, and when it will send it; what it leaves out stays as it was.</summary>
    public static async Task Note(Work work, OpenRelease release, string? reference, DateTimeOffset? expectedAt)
    {
        if (reference is null && expectedAt is null) return;
        await work.Execute(
            """
            update fulfilment_orders set partner_reference = coalesce(@reference::text, partner_reference), partner_expected_at_ms = coalesce(@expected::bigint, partner_expected_at_ms)
             where id = @id and merchant_id = @merchant
            """, ("id", release.Id.Value), ("reference", reference), ("expected", expectedAt?.ToUnixTimeMilliseconds()));
        release.Touch();
    }

    private static void QueueLines(Batch batch, IReadOnlyList<OpenRelease> changed, DateTimeOffset now) => batch.Execute(
        """
        insert into fulfilment_lines (fulfilment_id, line_no, merchant_id, order_id, node_id, sku_id, sku, quantity, open, picked, packed, shipped, short, rejected, cancelled, picked_at_ms)
        select fulfilment_id, line_no, @merchant, order_id, node_id, sku_id, sku, quantity, open, picked, packed, shipped, short, rejected, cancelled,
               case when picked + packed > 0 then @now end from @rows r where true
            on conflict (fulfilment_id, line_no) do update set quantity = excluded.quantity, open = excluded.open, picked = excluded.picked, packed = excluded.packed,
               shipped = excluded.shipped, short = excluded.short, rejected = excluded.rejected, cancelled = excluded.cancelled,
               picked_at_ms = case when excluded.picked + excluded.packed > fulfilment_lines.picked + fulfilment_lines.packed then @now else fulfilment_lines.picked_at_ms end
        """,
        Rows.Of(changed.SelectMany(f => f.Lines.Select(l => (f, l))).ToList()).Uuid("fulfilment_id", x => x.f.Id.Value).Int("line_no", x => x.l.LineNo)
            .Uuid("order_id", x => x.f.Order.Value).Long("node_id", x => x.f.Node.Id).Long("sku_id", x => x.l.SkuId).Text("sku", x => x.l.Sku).Long("quantity", x => x.l.Quantity)
            .Long("open", x => x.l[ReleaseUnits.Open]).Long("picked", x => x.l[ReleaseUnits.Picked]).Long("packed", x => x.l[ReleaseUnits.Packed])
            .Long("shipped", x => x.l[ReleaseUnits.Shipped]).Long("short", x => x.l[ReleaseUnits.Short]).Long("rejected", x => x.l[ReleaseUnits.Rejected])
            .Long("cancelled", x => x.l[ReleaseUnits.Cancelled]), ("now", now.ToUnixTimeMilliseconds()));

    private static void QueuePackages(Batch batch, IReadOnlyList<(OpenRelease Release, OpenPackage Package)> packages)
    {
        batch.Execute(
            """
            insert into packages (id, merchant_id, order_id, fulfilment_id, package_no, shipment_id, state, weight_grams, length_mm, width_mm, height_mm, carrier, service,
                   tracking, is_unlabelling, is_untracked, state_at_ms, created_at_ms)
            select id, @merchant, order_id, fulfilment_id, package_no, shipment_id, state, weight_grams, length_mm, width_mm, height_mm, carrier, service, tracking, is_unlabelling,
                   is_untracked, state_at_ms, created_at_ms from @rows r where true
                on conflict (id) do update set shipment_id = excluded.shipment_id, state = excluded.state, weight_grams = excluded.weight_grams, carrier = excluded.carrier,
                   service = excluded.service, tracking = excluded.tracking, is_unlabelling = excluded.is_unlabelling, is_untracked = excluded.is_untracked,
                   state_at_ms = excluded.state_at_ms
            """,
            Rows.Of(packages).Uuid("id", x => x.Package.Id.Value).Uuid("order_id", x => x.Release.Order.Value).Uuid("fulfilment_id", x => x.Release.Id.Value)
                .Int("package_no", x => x.Package.No).UuidOrNull("shipment_id", x => x.Package.Shipment).Text("state", x => PackageStates.Name(x.Package.State))
                .LongOrNull("weight_grams", x => x.Package.WeightGrams).LongOrNull("length_mm", x => x.Package.LengthMm).LongOrNull("width_mm", x => x.Package.WidthMm)
                .LongOrNull("height_mm", x => x.Package.HeightMm).Text("carrier", x => x.Package.Carrier).Text("service", x => x.Package.Service)
                .Text("tracking", x => x.Package.Tracking).Bool("is_unlabelling", x => x.Package.IsUnlabelling).Bool("is_untracked", x => x.Package.IsUntracked).Long("state_at_ms", x => x.Package.StateAtMs).Long("created_at_ms", x => x.Package.CreatedAtMs));
        batch.Execute(
            """
            insert into package_lines (package_id, line_no, merchant_id, quantity) select package_id, line_no, @merchant, quantity from @rows r where true
                on conflict (package_id, line_no) do nothing
            """,
            Rows.Of(packages.SelectMany(x => x.Package.Contents.Select(c => (x.Package.Id, c.Line, c.Units))).ToList())
                .Uuid("package_id", c => c.Id.Value).Int("line_no", c => c.Line).Long("quantity", c => c.Units));
    }

    private static OpenRelease ReadRelease(Row row)
    {
        var (id, order, no, number, method) = (new FulfilmentId(row.Uuid()), new OrderId(row.Uuid()), row.Int(), row.Text(), row.TextOrNull());
        var (state, priority, shipBy, deliverBy) = (FulfilmentOrderStates.Parse(row.Text()), row.Int(), row.LongOrNull(), row.LongOrNull());
        var (fulfilAt, offered, answerBy, reminded) = (row.LongOrNull(), row.LongOrNull(), row.LongOrNull(), row.LongOrNull());
        var (attempts, from, reason) = (row.Int(), row.UuidOrNull(), row.TextOrNull());
        var (stopReason, stopWish, stopAsked, handedOver) = (row.TextOrNull(), row.TextOrNull(), row.LongOrNull(), row.LongOrNull());
        var (created, version, lastShipment) = (row.Long(), row.Long(), row.Int());
        return new OpenRelease
        {
            Id = id, Order = order, No = no, Number = number, Method = method, Priority = priority, ShipByMs = shipBy, DeliverByMs = deliverBy, FulfilAtMs = fulfilAt,
            OfferedAtMs = offered, AnswerByMs = answerBy, RemindedAtMs = reminded, Attempts = attempts, From = from, Reason = reason, StopReason = stopReason,
            StopWish = stopWish, StopAskedAtMs = stopAsked, HandedOverAtMs = handedOver, CreatedAtMs = created, LastShipment = lastShipment, Node = ReadNode(row),
        }.Loaded(state, version);
    }

    private static WorkNode ReadNode(Row row)
    {
        var (id, code, kind) = (row.Long(), row.Text(), row.Text());
        return new WorkNode(id, code, kind is "warehouse" or "store", row.Text(), row.Bool(), row.Long(), row.LongOrNull()) { IsSupplier = kind == "supplier", Country = row.TextOrNull(), HoldsForCustoms = row.Bool() };
    }

    /// <summary>A package before its contents are known.</summary>
    private sealed class PackageRow(Row row)
    {
        public Guid Id { get; } = row.Uuid();
        private readonly int _no = row.Int();
        private readonly PackageState _state = PackageStates.Parse(row.Text());
        private readonly long _stateAtMs = row.Long();
        private readonly Guid? _shipment = row.UuidOrNull();
        private readonly long? _weight = row.LongOrNull(), _length = row.LongOrNull(), _width = row.LongOrNull(), _height = row.LongOrNull();
        private readonly string? _carrier = row.TextOrNull(), _service = row.TextOrNull(), _tracking = row.TextOrNull();
        private readonly bool _isUnlabelling = row.Bool(), _isUntracked = row.Bool();
        private readonly long _createdAtMs = row.Long();

        public OpenPackage With(IReadOnlyList<(int, long)> contents) => new OpenPackage
        {
            Id = new PackageId(Id), No = _no, Contents = contents, Shipment = _shipment, WeightGrams = _weight, LengthMm = _length, WidthMm = _width, HeightMm = _height,
            Carrier = _carrier, Service = _service, Tracking = _tracking, IsUnlabelling = _isUnlabelling, IsUntracked = _isUntracked, CreatedAtMs = _createdAtMs,
        }.Loaded(_state, _stateAtMs);
    }
}
