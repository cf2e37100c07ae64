using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>The parts of the queue of attention that stand on orders: what holds them, what is late, what is at risk, what was never paid.</summary>
internal static class OrdersNeedingAttention
{
    private const string Overdue = "waiting_overdue", AtRisk = "at_risk", Expired = "payment_expired";

    /// <summary>Orders that expired are shown for so long.</summary>
    private static readonly TimeSpan ShownExpired = TimeSpan.FromDays(7);

    public static readonly IReadOnlyList<AttentionSource> All =
    [
        new("hold", HoldKinds.All, Holds, (batch, ask) => batch.Query(
            $"""
            select r.kind, (select count(*) from (select 1 from holds h where h.merchant_id = @merchant and h.state = 'open' and h.kind = r.kind
                   {Scope(ask, "h.order_id")} limit @limit) t) from @rows r
            """, Rows.Of(HoldKinds.All).Text("kind", k => k), row => (row.Text(), row.Long()), ask.Arguments)),
        new("late", [Overdue], Late, (batch, ask) => Counted(batch, ask, Overdue, $"order_lines l where {LateLines}{Scope(ask, "l.order_id")}")),
        new("paid", [Expired], Unpaid, (batch, ask) => Counted(batch, ask, Expired, $"orders o where {ExpiredOrders}{Scope(ask, "o.id")}")),
        new("risk", [AtRisk], Risky, (batch, ask) => Counted(batch, ask, AtRisk, $"orders o where {RiskyOrders}{Scope(ask, "o.id")}")),
    ];

    // Word for word the conditions of the indexes order_lines_overdue, orders_expired and orders_at_risk.
    private const string LateLines = "l.merchant_id = @merchant and l.expected_at_ms is not null and l.backordered + l.preordered + l.unallocated > 0 and l.expected_at_ms < @now";
    private const string RiskyOrders = "o.merchant_id = @merchant and o.at_risk_since_ms is not null and o.ended_at_ms is null";
    private static readonly string ExpiredOrders = $"o.merchant_id = @merchant and o.state = 'expired' and o.ended_at_ms > @now - {(long)ShownExpired.TotalMilliseconds}";

    private static List<AttentionItem> Holds(Batch batch, AttentionAsk ask) => batch.Query(
        $"""
        select h.opened_at_ms, h.order_id, h.hold_no, h.kind, h.reason, h.owner, h.escalated_at_ms is not null, o.number, h.line_no, h.says
          from holds h join orders o on o.id = h.order_id and o.merchant_id = @merchant
         where h.merchant_id = @merchant and h.state = 'open' and {AttentionAsk.After("h.opened_at_ms", "h.order_id", "h.hold_no")}
               {(ask.Kind is null ? "" : " and h.kind = @kind")}{(ask.Owner is null ? "" : " and h.owner = @owner")}{Scope(ask, "h.order_id")}
         order by h.opened_at_ms, h.order_id, h.hold_no limit @limit
        """, row =>
        {
            var (since, id, no, kind, reason, owner, overdue, number, line) =
                (row.Instant(), row.Uuid(), row.Int(), row.Text(), row.Text(), row.TextOrNull(), row.Bool(), row.Text(), row.IntOrNull());
            return new AttentionItem("attention", "hold", kind, reason, since, owner, overdue, new OrderId(id), number, line, null, HoldActions(new OrderId(id), kind, no), (id, no))
            { Says = Saying.Read(row.TextOrNull()) };
        }, ask.Arguments);

    private static List<AttentionItem> Late(Batch batch, AttentionAsk ask) => ask.Owner is not null ? [] : batch.Query(
        $"""
        select l.expected_at_ms, l.order_id, l.line_no, l.sku, l.backordered + l.preordered + l.unallocated, o.number
          from order_lines l join orders o on o.id = l.order_id and o.merchant_id = @merchant
         where {LateLines} and {AttentionAsk.After("l.expected_at_ms", "l.order_id", "l.line_no")}{Scope(ask, "l.order_id")}
         order by l.expected_at_ms, l.order_id, l.line_no limit @limit
        """, row =>
        {
            var (since, id, no, sku, units, number) = (row.Instant(), row.Uuid(), row.Int(), row.Text(), row.Long(), row.Text());
            return new AttentionItem("attention", "late", Overdue, $"{units} {sku} were expected by now and still wait.", since, null, false, new OrderId(id), number, no, null,
                [Edit(new OrderId(id), "Tell the customer, change the line, or cancel it."), Cancel(new OrderId(id))], (id, no))
            { Says = Saying.Read(Saying.Of(Phrase.LineOverdue, ("units", units), ("sku", sku))) };
        }, ask.Arguments);

    private static List<AttentionItem> Unpaid(Batch batch, AttentionAsk ask) => OfOrders(batch, ask, "o.ended_at_ms", ExpiredOrders, "paid", Expired,
        "It was not paid in time and gave its goods back.", Phrase.NotPaidInTime, id => [new("Ask the customer; a payment that comes late opens it again.", "orders.read", "GET", $"/api/v1/orders/{id}")]);

    private static List<AttentionItem> Risky(Batch batch, AttentionAsk ask) => OfOrders(batch, ask, "o.at_risk_since_ms", RiskyOrders, "risk", AtRisk,
        "It cannot leave by the day that was promised.", Phrase.CannotLeaveInTime, id => [new("Let it go first.", "orders.prioritise", "POST", $"/api/v1/orders/{id}/priority", new { priority = 100 }),
            Edit(id, "Choose a faster service, or another date with the customer.")]);

    private static List<AttentionItem> OfOrders(Batch batch, AttentionAsk ask, string since, string which, string source, string kind, string detail, Phrase says,
        Func<OrderId, IReadOnlyList<AttentionAction>> actions) => ask.Owner is not null ? [] : batch.Query(
        $"""
        select {since}, o.id, o.number from orders o where {which} and {AttentionAsk.After(since, "o.id", "0")}{Scope(ask, "o.id")}
         order by {since}, o.id limit @limit /* the merchant is in the condition */
        """, row =>
        {
            var (at, id, number) = (row.Instant(), row.Uuid(), row.Text());
            return new AttentionItem("attention", source, kind, detail, at, null, false, new OrderId(id), number, null, null, actions(new OrderId(id)), (id, 0))
            { Says = Saying.Read(Saying.Of(says)) };
        }, ask.Arguments);

    private static List<(string, long)> Counted(Batch batch, AttentionAsk ask, string kind, string which) =>
        batch.Query($"select count(*) from (select 1 from {which} limit @limit) t /* the merchant is in the condition */", row => (kind, row.Long()), ask.Arguments);

    private static string Scope(AttentionAsk ask, string order) => ask.Actor.Nodes is null ? ""
        : $" and exists (select 1 from allocations a where a.order_id = {order} and a.merchant_id = @merchant and a.node_id = any(@nodes))";

    private static IReadOnlyList<AttentionAction> HoldActions(OrderId id, string kind, int no)
    {
        var release = new AttentionAction("Release the hold.", "orders.releaseHold", "POST", $"/api/v1/orders/{id}/release-hold", new { hold = no });
        return kind switch
        {
            RuleKinds.Address => [Edit(id, "Mend the address."), release],
            RuleKinds.Method => [Edit(id, "Choose a delivery method."), release],
            RuleKinds.UnknownSku => [new("Make the product.", "catalog.createProduct", "POST", "/api/v1/products"), Edit(id, "Replace the line."), release],
            RuleKinds.PriceOffList => [release with { Text = "Agree to the price." }, Edit(id, "Set the price.")],
            RuleKinds.Duplicate => [Cancel(id), release with { Text = "It is no repeat." }],
            HoldKinds.ChangeFailed => [Edit(id, "Change the order again."), release],
            HoldKinds.PickupRejected => [release with { Text = "Look for another pickup place." }, Edit(id, "Agree on another way with the customer."), Cancel(id)],
            HoldKinds.Customs => [new("Say the HS code and country of origin.", "catalog.writeCustoms", "PUT", "/api/v1/products/{sku}/customs"), release],
            HoldKinds.SaleStopped => [Edit(id, "Replace the line, or wait until it is sold again."), Cancel(id)],
            HoldKinds.Stock => [Edit(id, "Change the line, or wait for stock."), Cancel(id)],
            RuleKinds.Payment => [release with { Text = "It is paid." }, Cancel(id)],
            _ => [release, Cancel(id)],
        };
    }

    private static AttentionAction Edit(OrderId id, string text) => new(text, "orders.edit", "POST", $"/api/v1/orders/{id}/edit");
    private static AttentionAction Cancel(OrderId id) => new("Cancel the order.", "orders.cancel", "POST", $"/api/v1/orders/{id}/cancel");
}
