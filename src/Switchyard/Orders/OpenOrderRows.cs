using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>Writes what <see cref="OpenOrder"/> changed, of any number of orders, set-based.</summary>
internal static class OpenOrderRows
{
    internal sealed record Changed(OpenOrder Order, IReadOnlyList<NewEvent> Events, long Seq, byte[] Hash, bool IsExpiryOver,
        IReadOnlyList<(OpenHold Hold, NewHold Says)> Opened,
        IReadOnlyList<(int No, string State, string? Reason)> Closed, IReadOnlyList<(int No, string? Owner, bool IsEscalated)> Marked, IReadOnlyDictionary<(int Line, long Node), NodeClaim> Claimed, Actor Actor, DateTimeOffset Now)
    {
        public string? Promise { get; init; }
        public string? Plan { get; init; }
        public byte[]? Seen { get; init; }
        public IReadOnlyList<Trouble> Troubles { get; init; } = [];
        public IReadOnlyList<(string Kind, string Subject, string Resolution)> Mended { get; init; } = [];
    }

    /// <summary>Queues the writes; the returned check must run once the batch has.</summary>
    public static Action Queue(Batch batch, IReadOnlyList<Changed> orders)
    {
        EventLog.Insert(batch, [.. orders.SelectMany(o => o.Events)]);
        QueueLines(batch, [.. orders.SelectMany(o => o.Order.Lines.Where(l => l.IsChanged && l.Added is null).Select(l => (o.Order.Id.Value, l)))]);
        QueueClaims(batch, [.. orders.SelectMany(o => o.Claimed.Select(c => new Claim(o.Order.Id.Value, c.Key.Line, c.Key.Node, o.Order.Line(c.Key.Line)!.SkuId!.Value, c.Value, o.Now)))]);
        QueueHolds(batch, orders);
        QueuePlans(batch, orders);
        var saved = batch.Execute(
            """
            update orders set state = r.state, priority = r.priority, version = orders.version + 1, event_seq = r.seq, event_hash = r.hash,
                   expires_at_ms = case when r.is_over then null else orders.expires_at_ms end,
                   ended_at_ms = case when r.state in ('closed', 'cancelled', 'expired') then coalesce(orders.ended_at_ms, r.now_ms) end,
                   ship_by_ms = r.ship_by_ms, deliver_by_ms = r.deliver_by_ms, promise_version = r.promise_version, at_risk_since_ms = r.at_risk_since_ms,
                   promise = r.promise, risk_at_ms = r.risk_at_ms, is_crowded = r.is_crowded,
                   payment_state = r.payment_state, authorised_minor = r.authorised_minor, captured_minor = r.captured_minor,
                   refunded_minor = r.refunded_minor, disputed_minor = r.disputed_minor, is_on_account = r.is_on_account
              from @rows r where orders.id = r.id and orders.merchant_id = @merchant and orders.version = r.version
            """,
            Rows.Of(orders).Uuid("id", o => o.Order.Id.Value).Text("state", o => OrderStates.Name(o.Order.State)).Int("priority", o => o.Order.Priority).Long("seq", o => o.Seq)
                .Bytes("hash", o => o.Hash).Bool("is_over", o => o.IsExpiryOver).Long("version", o => o.Order.Version).Instant("now_ms", o => o.Now)
                .LongOrNull("ship_by_ms", o => o.Order.ShipByMs).LongOrNull("deliver_by_ms", o => o.Order.DeliverByMs)
                .Int("promise_version", o => o.Order.PromiseVersion).LongOrNull("at_risk_since_ms", o => o.Order.AtRiskSinceMs)
                .Text("promise", o => o.Order.DatesJson).LongOrNull("risk_at_ms", o => o.Order.RiskAtMs).Bool("is_crowded", o => o.Order.IsCrowded && o.Order.State is (OrderState.Placed or OrderState.Confirmed))
                .Text("payment_state", o => o.Order.Paid.State(o.Order.TotalMinor, o.Order.PaymentState)).Long("authorised_minor", o => o.Order.Paid.Authorised)
                .Long("captured_minor", o => o.Order.Paid.Captured).Long("refunded_minor", o => o.Order.Paid.Refunded)
                .Long("disputed_minor", o => o.Order.Paid.Disputed).Bool("is_on_account", o => o.Order.Paid.IsOnAccount));
        return () => Must.Hold(saved.Rows == orders.Count, "every locked order is saved");
    }

    private sealed record Claim(Guid Order, int Line, long Node, long Sku, NodeClaim Now, DateTimeOffset At);

    private static void QueueLines(Batch batch, IReadOnlyList<(Guid Order, OpenLine Line)> lines)
    {
        var rows = Rows.Of(lines).Uuid("order_id", l => l.Order).Int("line_no", l => l.Line.LineNo).LongOrNull("sku_id", l => l.Line.SkuId).Long("quantity", l => l.Line.Quantity);
        for (int i = 0; i < OpenLine.Columns.Count; i++)
        {
            var bucket = (LineBucket)i;
            rows.Long(OpenLine.Columns[i], l => l.Line[bucket]);
        }
        rows.LongOrNull("expected_at_ms", l => l.Line.Waiting > 0 ? l.Line.ExpectedAtMs : null).LongOrNull("release_at_ms", l => l.Line.ReleaseAtMs)
            .Text("method", l => l.Line.Own?.Method).LongOrNull("collect_node", l => l.Line.Own?.CollectNode);
        batch.Execute(
            $"""
            update order_lines set sku_id = r.sku_id, quantity = r.quantity, {string.Join(", ", OpenLine.Columns.Select(c => $"{c} = r.{c}"))}, expected_at_ms = r.expected_at_ms, release_at_ms = r.release_at_ms,
                   method = r.method, collect_node = r.collect_node
              from @rows r where order_lines.order_id = r.order_id and order_lines.line_no = r.line_no and order_lines.merchant_id = @merchant
            """, rows);
    }

    private static void QueueClaims(Batch batch, IReadOnlyList<Claim> claims)
    {
        Rows<Claim> rows(Func<Claim, bool> which) => Rows.Of(claims.Where(which).ToList()).Uuid("order_id", c => c.Order).Int("line_no", c => c.Line)
            .Long("node_id", c => c.Node).Long("sku_id", c => c.Sku).Long("quantity", c => c.Now.Units).Long("in_work", c => c.Now.InWork).Instant("moved_at_ms", c => c.At);
        batch.Execute(
            """
            delete from allocations where merchant_id = @merchant
               and exists (select 1 from @rows r where allocations.order_id = r.order_id and allocations.line_no = r.line_no and allocations.node_id = r.node_id)
            """, rows(c => c.Now.Units == 0));
        batch.Execute(
            """
            insert into allocations (order_id, line_no, node_id, merchant_id, sku_id, quantity, in_work, moved_at_ms)
            select order_id, line_no, node_id, @merchant, sku_id, quantity, in_work, moved_at_ms from @rows r where true
                on conflict (order_id, line_no, node_id) do update set quantity = excluded.quantity, in_work = excluded.in_work
            """, rows(c => c.Now.Units > 0));
    }

    private static void QueueHolds(Batch batch, IReadOnlyList<Changed> orders)
    {
        batch.Execute(
            """
            insert into holds (order_id, hold_no, merchant_id, line_no, fulfilment_id, kind, reason, state, owner, permission, rule, subject, other_order_id,
                   explanation, says, expires_at_ms, escalate_at_ms, opened_at_ms)
            select order_id, hold_no, @merchant, line_no, fulfilment_id, kind, reason, 'open', owner, permission, rule, subject, other_order_id,
                   explanation, says, expires_at_ms, escalate_at_ms, opened_at_ms from @rows r
            """,
            Rows.Of(orders.SelectMany(o => o.Opened.Select(h => (o.Order.Id, o.Now, h.Hold, h.Says))).ToList())
                .Uuid("order_id", h => h.Id.Value).Int("hold_no", h => h.Hold.No).IntOrNull("line_no", h => h.Hold.LineNo)
                .UuidOrNull("fulfilment_id", h => h.Hold.FulfilmentId).Text("kind", h => h.Hold.Kind).Text("reason", h => h.Hold.Reason)
                .Text("owner", h => h.Hold.Owner).Text("permission", h => h.Hold.Permission).Text("rule", h => h.Says.Rule).Text("subject", h => h.Says.Subject)
                .UuidOrNull("other_order_id", h => h.Says.Other?.Value).Text("explanation", h => h.Says.Explanation).Text("says", h => h.Says.Says)
                .LongOrNull("expires_at_ms", h => h.Says.ExpiresAt?.ToUnixTimeMilliseconds()).LongOrNull("escalate_at_ms", h => h.Says.EscalateAt?.ToUnixTimeMilliseconds()).Instant("opened_at_ms", h => h.Now));
        batch.Execute(
            """
            update holds set owner = r.owner, escalated_at_ms = case when r.is_escalated then r.now_ms else holds.escalated_at_ms end
              from @rows r where holds.order_id = r.order_id and holds.hold_no = r.hold_no and holds.merchant_id = @merchant
            """,
            Rows.Of(orders.SelectMany(o => o.Marked.GroupBy(m => m.No).Select(m => (o.Order.Id, o.Now, No: m.Key, m.Last().Owner, IsEscalated: m.Any(x => x.IsEscalated)))).ToList())
                .Uuid("order_id", h => h.Id.Value).Int("hold_no", h => h.No).Text("owner", h => h.Owner).Bool("is_escalated", h => h.IsEscalated).Instant("now_ms", h => h.Now));
        batch.Execute(
            """
            update holds set state = r.state, closed_at_ms = r.now_ms, closed_by = r.actor, close_reason = r.reason
              from @rows r where holds.order_id = r.order_id and holds.hold_no = r.hold_no and holds.merchant_id = @merchant and holds.state = 'open'
            """,
            Rows.Of(orders.SelectMany(o => o.Closed.Select(h => (o.Order.Id, o.Now, Actor: o.Actor.Id, Hold: h))).ToList())
                .Uuid("order_id", h => h.Id.Value).Int("hold_no", h => h.Hold.No).Text("state", h => h.Hold.State).Text("reason", h => h.Hold.Reason)
                .Text("actor", h => h.Actor).Instant("now_ms", h => h.Now));
    }

    private static void QueuePlans(Batch batch, IReadOnlyList<Changed> orders)
    {
        batch.Execute(
            """
            insert into order_plans (order_id, version, merchant_id, plan, seen, made_at_ms)
            select r.order_id, coalesce((select max(p.version) from order_plans p where p.order_id = r.order_id and p.merchant_id = @merchant), 0) + 1, @merchant, r.plan, r.seen, r.made_at_ms from @rows r
            """,
            Rows.Of(orders.Where(o => o.Plan is not null).ToList()).Uuid("order_id", o => o.Order.Id.Value).Text("plan", o => o.Plan)
                .Bytes("seen", o => o.Seen).Instant("made_at_ms", o => o.Now));
        // The first version is only on the order until there is a second; this runs before the order's row is written.
        batch.Execute(
            """
            insert into order_promises (order_id, version, merchant_id, ship_by_ms, deliver_by_ms, reason, made_at_ms, why)
            select o.id, 1, @merchant, o.ship_by_ms, o.deliver_by_ms, @placed, o.placed_at_ms, o.promise from @rows r join orders o on o.id = r.order_id
             where o.merchant_id = @merchant and o.promise_version = 1 on conflict do nothing
            """,
            Rows.Of(orders.Where(o => o.Promise is not null).ToList()).Uuid("order_id", o => o.Order.Id.Value), ("placed", OpenOrder.FirstPromise));
        batch.Execute(
            """
            insert into order_promises (order_id, version, merchant_id, ship_by_ms, deliver_by_ms, reason, made_at_ms, why)
            select order_id, version, @merchant, ship_by_ms, deliver_by_ms, reason, made_at_ms, why from @rows r
            """,
            Rows.Of(orders.Where(o => o.Promise is not null).ToList()).Uuid("order_id", o => o.Order.Id.Value).Int("version", o => o.Order.PromiseVersion)
                .LongOrNull("ship_by_ms", o => o.Order.ShipByMs).LongOrNull("deliver_by_ms", o => o.Order.DeliverByMs).Text("reason", o => o.Promise)
                .Instant("made_at_ms", o => o.Now).Text("why", o => o.Order.DatesJson));
        foreach (var group in orders.Where(o => o.Troubles.Count + o.Mended.Count > 0).GroupBy(o => (o.Actor, o.Now)))
        {
            ExceptionsRoom.Raise(batch, [.. group.SelectMany(o => o.Troubles)], group.Key.Now);
            foreach (var mended in group.SelectMany(o => o.Mended).GroupBy(m => m.Resolution))
                ExceptionsRoom.Mend(batch, [.. mended.Select(m => (m.Kind, m.Subject))], group.Key.Actor, mended.Key, group.Key.Now);
        }
    }
}
