using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Reads releases as the API shows them; any number of them in one round trip.</summary>
internal static class FulfilmentReader
{
    /// <summary>The releases with these ids, in the order asked for.</summary>
    public static async Task<IReadOnlyList<FulfilmentView>> Read(Work work, IReadOnlyList<Guid> ids)
    {
        var found = await Read(work, Rows.Of(ids).Uuid("id", i => i), "f.id = r.id");
        var byId = found.ToDictionary(f => f.Id.Value);
        return [.. ids.Where(byId.ContainsKey).Select(id => byId[id])];
    }

    /// <summary>All releases of these orders, in the order they were made.</summary>
    public static Task<IReadOnlyList<FulfilmentView>> OfOrders(Work work, IReadOnlyList<OrderId> orders) =>
        Read(work, Rows.Of(orders).Uuid("id", o => o.Value), "f.order_id = r.id");

    private static async Task<IReadOnlyList<FulfilmentView>> Read(Work work, Rows keys, string match)
    {
        if (keys.Count == 0) return [];
        var batch = work.Batch();
        var heads = batch.Query(
            $"""
            select f.id, f.order_id, f.number, o.number, n.code, f.method, f.state, f.priority, f.ship_by_ms, f.deliver_by_ms, f.fulfil_at_ms, f.offered_at_ms,
                   f.answer_by_ms, f.reminded_at_ms, f.attempts, f.from_release, f.reason, f.stop_reason, f.stop_asked_at_ms, f.handed_over_at_ms, f.created_at_ms,
                   f.updated_at_ms, f.version, f.work_class, f.partner_reference, f.partner_expected_at_ms
              from @rows r join fulfilment_orders f on {match} join orders o on o.id = f.order_id join nodes n on n.id = f.node_id
             where f.merchant_id = @merchant order by f.order_id, f.release_no
            """, keys, ReadHead);
        var lines = batch.Query(
            $"""
            select l.fulfilment_id, l.line_no, l.sku, o.name, l.quantity, l.open, l.picked, l.packed, l.shipped, l.short, l.rejected, l.cancelled
              from @rows r join fulfilment_orders f on {match} join fulfilment_lines l on l.fulfilment_id = f.id
              left join order_lines o on o.order_id = l.order_id and o.line_no = l.line_no
             where l.merchant_id = @merchant order by l.fulfilment_id, l.line_no
            """, keys, row => (Of: row.Uuid(), View: new FulfilmentLineView(row.Int(), row.Text(), row.TextOrNull(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(),
                row.Long(), row.Long(), row.Long())));
        var contents = batch.Query(
            $"""
            select c.package_id, c.line_no, c.quantity from @rows r join fulfilment_orders f on {match} join packages p on p.fulfilment_id = f.id
              join package_lines c on c.package_id = p.id where c.merchant_id = @merchant order by c.package_id, c.line_no
            """, keys, row => (Of: row.Uuid(), View: new PackageLineView(row.Int(), row.Long())));
        var packages = batch.Query(
            $"""
            select p.fulfilment_id, p.id, p.package_no, p.state, p.shipment_id, p.weight_grams, p.length_mm, p.width_mm, p.height_mm, p.carrier, p.service, p.tracking, p.state_at_ms
              from @rows r join fulfilment_orders f on {match} join packages p on p.fulfilment_id = f.id
             where p.merchant_id = @merchant order by p.fulfilment_id, p.package_no
            """, keys, row => (Of: row.Uuid(), View: new PackageView(new PackageId(row.Uuid()), row.Int(), row.Text(), row.UuidOrNull() is { } s ? new ShipmentId(s) : null,
                row.LongOrNull(), row.LongOrNull(), row.LongOrNull(), row.LongOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Instant(), [])));
        var shipments = batch.Query(
            $"""
            select s.fulfilment_id, s.id, s.shipment_no, s.carrier, s.service, s.is_pickup, s.shipped_at_ms from @rows r join fulfilment_orders f on {match}
              join shipments s on s.fulfilment_id = f.id where s.merchant_id = @merchant order by s.fulfilment_id, s.shipment_no
            """, keys, row => (Of: row.Uuid(), View: new ShipmentView(new ShipmentId(row.Uuid()), row.Int(), row.TextOrNull(), row.TextOrNull(), row.Bool(), row.Instant())));
        var putBacks = batch.Query(
            $"""
            select b.fulfilment_id, b.line_no, l.sku, b.wanted, b.done, b.asked_at_ms from @rows r join fulfilment_orders f on {match}
              join put_backs b on b.fulfilment_id = f.id join fulfilment_lines l on l.fulfilment_id = b.fulfilment_id and l.line_no = b.line_no
             where b.merchant_id = @merchant order by b.fulfilment_id, b.line_no
            """, keys, row => (Of: row.Uuid(), View: new PutBackView(row.Int(), row.Text(), row.Long(), row.Long(), row.Instant())));
        var holds = batch.Query(
            $"""
            select f.id, h.hold_no, h.kind, h.reason, h.fulfilment_id, h.line_no, h.owner, h.opened_at_ms from @rows r join fulfilment_orders f on {match}
              join holds h on h.order_id = f.order_id and h.state = 'open' and (h.fulfilment_id is null or h.fulfilment_id = f.id)
             where h.merchant_id = @merchant order by f.id, h.hold_no
            """, keys, row =>
            {
                var (of, no, kind, reason, release, line) = (row.Uuid(), row.Int(), row.Text(), row.Text(), row.UuidOrNull(), row.IntOrNull());
                string scope = release is not null ? "release" : line is not null ? "line" : "order";
                return (Of: of, View: new ReleaseHoldView(no, kind, reason, scope, line, row.TextOrNull(), row.Instant()));
            });
        await batch.Run();
        var (linesOf, contentsOf, packagesOf) = (lines.ToLookup(l => l.Of, l => l.View), contents.ToLookup(c => c.Of, c => c.View), packages.ToLookup(p => p.Of, p => p.View));
        var (shipmentsOf, putBacksOf, holdsOf) = (shipments.ToLookup(s => s.Of, s => s.View), putBacks.ToLookup(b => b.Of, b => b.View), holds.ToLookup(h => h.Of, h => h.View));
        return [.. heads.Select(head =>
        {
            var id = head.Id.Value;
            var its = linesOf[id].ToList();
            ReleaseHoldView[] held = [.. holdsOf[id].Where(h => h.Line is not { } line || its.Exists(l => l.Line == line))];
            return head with
            {
                Lines = its,
                Packages = [.. packagesOf[id].Select(p => p with { Lines = [.. contentsOf[p.Id.Value]] })],
                Shipments = [.. shipmentsOf[id]],
                PutBacks = [.. putBacksOf[id]],
                Holds = held,
                IsHeld = held.Any(h => h.Line is null),
            };
        })];
    }

    private static FulfilmentView ReadHead(Row row)
    {
        var (id, order, number, orderNumber, node) = (new FulfilmentId(row.Uuid()), new OrderId(row.Uuid()), row.Text(), row.Text(), row.Text());
        var (method, state, priority, shipBy, deliverBy, fulfilAt) = (row.TextOrNull(), row.Text(), row.Int(), row.InstantOrNull(), row.InstantOrNull(), row.InstantOrNull());
        var (offered, answerBy, reminded, attempts, from) = (row.InstantOrNull(), row.InstantOrNull(), row.InstantOrNull(), row.Int(), row.UuidOrNull());
        var (reason, stopReason, stopAsked, handedOver) = (row.TextOrNull(), row.TextOrNull(), row.InstantOrNull(), row.InstantOrNull());
        return new FulfilmentView(id, number, order, orderNumber, node, method, state, state == FulfilmentOrderStates.Name(FulfilmentOrderState.StopAsked), false,
            priority, shipBy, deliverBy, fulfilAt, offered, answerBy, reminded, attempts, from is { } f ? new FulfilmentId(f) : null, reason, stopReason, stopAsked,
            handedOver, [], [], [], [], [], row.Instant(), row.Instant(), row.Long())
        { WorkClass = row.TextOrNull(), PartnerReference = row.TextOrNull(), PartnerExpectedAt = row.InstantOrNull() };
    }
}
