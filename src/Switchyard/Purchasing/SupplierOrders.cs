using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Purchasing;

/// <summary>A release that a supplier sends for us, as its order needs to know it.</summary>
/// <param name="State">Of the release, as it is stored.</param>
public sealed record SupplierWork(FulfilmentId Release, string Number, OrderId Order, long Node, string NodeCode, string State, string? Reason, IReadOnlyList<SupplierWorkLine> Lines);

/// <param name="Rejected">Units the supplier has refused.</param>
/// <param name="Gone">Units that will not be sent from there: refused, short or cancelled.</param>
public sealed record SupplierWorkLine(int Line, long SkuId, string Sku, long Quantity, long Shipped, long Rejected, long Gone);

/// <summary>Orders to suppliers for what they send to our customers themselves: made with the work given to them, in its transaction, and moved with it.</summary>
public static class SupplierOrders
{
    private sealed record Stored(Guid Id, string Number, PurchaseOrderState State, bool IsAccepted);

    /// <summary>Makes the orders of releases that were offered, and moves those there are. Doing it twice does nothing more. The customers' orders are locked.</summary>
    public static async Task Follow(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<SupplierWork> releases)
    {
        if (releases.Count == 0) return;
        var stored = (await work.Query(
            "select p.id, p.number, p.state, p.accepted_at_ms is not null from @rows r join purchase_orders p on p.id = r.id where p.merchant_id = @merchant order by p.id for update of p",
            Rows.Of(releases).Uuid("id", r => r.Release.Value), row => new Stored(row.Uuid(), row.Text(), PurchaseOrderStates.Parse(row.Text()), row.Bool()))).ToDictionary(s => s.Id);
        var happened = new List<Happening>();
        var kept = new List<(SupplierWork Release, PurchaseOrderState State)>();
        foreach (var release in releases.OrderBy(r => r.Release.Value))
        {
            var known = stored.GetValueOrDefault(release.Release.Value);
            var moves = PurchaseOrderStates.Follow(known?.State, release.State, release.Lines.Any(l => l.Shipped > 0), release.Lines.Any(l => l.Rejected > 0));
            if (known is null && moves.Count == 0) continue;
            kept.Add((release, moves.Count == 0 ? known!.State : moves[^1]));
            happened.AddRange(moves.Select(m => Told(release, known?.Number ?? NumberOf(release), m)));
        }
        if (kept.Count == 0) return;
        var batch = work.Batch();
        QueueHeads(batch, kept, now);
        QueueLines(batch, kept);
        await batch.Run();
        await EventLog.Append(work, actor, now, happened);
    }

    /// <summary>Notes what the supplier calls an order and when it will send it.</summary>
    public static Task Note(Work work, FulfilmentId release, string? reference, DateTimeOffset? expectedAt) => reference is null && expectedAt is null ? Task.CompletedTask
        : work.Execute(
            """
            update purchase_orders set reference = coalesce(@reference::text, reference), expected_at_ms = coalesce(@expected::bigint, expected_at_ms), version = version + 1
             where id = @id and merchant_id = @merchant
            """, ("id", release.Value), ("reference", reference), ("expected", expectedAt?.ToUnixTimeMilliseconds()));

    private static string NumberOf(SupplierWork release) => "PO-" + release.Number;

    private static Happening Told(SupplierWork release, string number, PurchaseOrderState state) => new("purchaseOrder", number,
        state == PurchaseOrderState.Draft ? "SupplierOrderCreated" : "SupplierOrder" + state,
        new
        {
            number, supplier = release.NodeCode, orderId = release.Order, fulfilmentId = release.Release,
            lines = release.Lines.Select(l => new { line = l.Line, sku = l.Sku, quantity = l.Quantity, shipped = l.Shipped, cancelled = l.Gone }),
        }, release.Reason);

    private static void QueueHeads(Batch batch, List<(SupplierWork Release, PurchaseOrderState State)> kept, DateTimeOffset now) => batch.Execute(
        """
        insert into purchase_orders (id, merchant_id, number, kind, node_id, state, order_id, fulfilment_id, currency, reason, accepted_at_ms, shipped_at_ms, ended_at_ms,
               created_at_ms, updated_at_ms)
        select r.id, @merchant, r.number, 'dropship', r.node_id, r.state, r.order_id, r.id, m.base_currency, r.reason, case when r.is_accepted then @now end,
               case when r.state in ('shipped', 'closed') then @now end, case when r.state in ('closed', 'rejected', 'cancelled') then @now end, @now, @now
          from @rows r join merchants m on m.id = @merchant where true order by r.id
            on conflict (id) do update set state = excluded.state, reason = coalesce(excluded.reason, purchase_orders.reason),
               accepted_at_ms = coalesce(purchase_orders.accepted_at_ms, excluded.accepted_at_ms), shipped_at_ms = coalesce(purchase_orders.shipped_at_ms, excluded.shipped_at_ms),
               ended_at_ms = coalesce(purchase_orders.ended_at_ms, excluded.ended_at_ms), updated_at_ms = excluded.updated_at_ms, version = purchase_orders.version + 1
        """,
        Rows.Of(kept).Uuid("id", k => k.Release.Release.Value).Text("number", k => NumberOf(k.Release)).Long("node_id", k => k.Release.Node)
            .Text("state", k => PurchaseOrderStates.Name(k.State)).Uuid("order_id", k => k.Release.Order.Value).Text("reason", k => k.Release.Reason)
            .Bool("is_accepted", k => k.Release.State is "accepted" or "picking" or "picked" or "packed" or "handedOver"), ("now", now.ToUnixTimeMilliseconds()));

    // What it costs is written down once, when it is ordered; in another currency than ours it is not known here.
    private static void QueueLines(Batch batch, List<(SupplierWork Release, PurchaseOrderState State)> kept) => batch.Execute(
        """
        insert into purchase_order_lines (purchase_order_id, line_no, merchant_id, sku_id, sku, quantity, shipped, cancelled, cost_minor)
        select r.id, r.line_no, @merchant, r.sku_id, r.sku, r.quantity, r.shipped, r.cancelled, case when p.cost_currency = m.base_currency then p.cost_minor end
          from @rows r join products p on p.id = r.sku_id join merchants m on m.id = @merchant where p.merchant_id = @merchant order by r.id, r.line_no
            on conflict (purchase_order_id, line_no) do update set quantity = excluded.quantity, shipped = excluded.shipped, cancelled = excluded.cancelled
        """,
        Rows.Of(kept.SelectMany(k => k.Release.Lines.Select(l => (k.Release, Line: l))).ToList()).Uuid("id", k => k.Release.Release.Value).Int("line_no", k => k.Line.Line)
            .Long("sku_id", k => k.Line.SkuId).Text("sku", k => k.Line.Sku).Long("quantity", k => k.Line.Quantity).Long("shipped", k => k.Line.Shipped)
            .Long("cancelled", k => k.Line.Gone));
}
