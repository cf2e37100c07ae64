using System.Text;
using System.Text.Json;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Payments;

namespace Switchyard.Orders;

/// <summary>An order as it is stored: every row of it is known before the first is written.</summary>
/// <param name="Answer">JSON under the request's idempotency key, or null when there is no key.</param>
public sealed record StoredOrder(OrderId Id, long Merchant, string Number, AssembledOrder Order, OrderState State, bool IsHistory,
    IReadOnlyList<NewAllocation> Allocations, IReadOnlyList<NewHold> Holds, string? Plan, NewEvent Event, DateTimeOffset PlacedAt,
    RequestStamp? Stamp, string? Answer)
{
    /// <summary>Whose it is, when that is known.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>When a historic order came to its end.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The run of the import that stored it; null when it came otherwise.</summary>
    public long? ImportRun { get; init; }

    /// <summary>What its plan was decided from, packed.</summary>
    public byte[]? Seen { get; init; }

    /// <summary>What the strategy that only watches would have done.</summary>
    internal ShadowRow? Shadow { get; init; }

    /// <summary>When it leaves and arrives, part by part; its terms say what was told. Null when no date is known, or when it is history.</summary>
    public OrderPromise? Dates { get; init; }

    /// <summary>When the watcher looks at it first.</summary>
    internal long? RiskAtMs => Dates is null ? null : Dates.ShipByMs - Order.Terms.RiskMinutes * 60_000;

    /// <summary>What is known of its payment.</summary>
    public PaymentBook Book { get; init; } = FirstPayment.Open(
        FirstPayment.Of(Order.Request.Payment?.Status, Order.Request.Payment?.Method, Order.Request.Payment?.Reference, Order.Money.Total),
        Order.Money.Total, Event.Actor, PlacedAt, () => PaymentId.New(PlacedAt));

    /// <summary>When it gives its stock back unless it is paid.</summary>
    public DateTimeOffset? ExpiresAt { get; } = Expiry(Holds);

    internal static DateTimeOffset? Expiry(IReadOnlyList<NewHold> holds) => holds.Where(h => h.Kind == RuleKinds.Payment).Select(h => h.ExpiresAt).Min();
}

/// <summary>Writes many orders with everything that belongs to them, set-based, in one batch.</summary>
public static class OrderRows
{
    private sealed record LineRow(StoredOrder Order, NewLine Line, Fate Done);
    private sealed record HoldRow(StoredOrder Order, NewHold Hold, int No);
    private sealed record AllocationRow(StoredOrder Order, NewAllocation Allocation);

    /// <summary>Units of a line of a historic order that are past, by what became of them; returned ones are counted among the delivered.</summary>
    public readonly record struct Fate(long Delivered, long Returned, long Cancelled, long Shipped, long SentBack);

    /// <summary>Queues the rows. <paramref name="past"/> gives what is past of a historic order's lines.</summary>
    public static void Queue(Batch batch, IReadOnlyList<StoredOrder> orders, DateTimeOffset now, Func<StoredOrder, NewLine, Fate>? past = null)
    {
        // Rows of the unique index are taken in one order by every writer, so that two writers cannot wait for each other.
        var sorted = orders.OrderBy(o => o.Order.ChannelId).ThenBy(o => o.Order.Request.ExternalId, StringComparer.Ordinal).ToList();
        QueueOrders(batch, sorted);
        QueueLines(batch, [.. sorted.SelectMany(o => o.Order.Lines.Select(l => new LineRow(o, l, past?.Invoke(o, l) ?? default)))]);
        QueueClaims(batch, sorted, now);
        PaymentsSql.Queue(batch, [.. sorted.Where(o => o.Book.All.Count > 0).Select(o => new KeptBook(o.Merchant, o.Id.Value, o.Order.Currency.Code, o.Book))]);
        QueueTags(batch, sorted);
        EventLog.Insert(batch, [.. sorted.Select(o => o.Event)]);
        batch.Execute(
            "insert into idempotency_keys (merchant_id, key, request_hash, packed, created_at_ms) select merchant_id, key, request_hash, packed, @now from @rows r",
            Rows.Of(sorted.Where(o => o.Stamp is not null && o.Answer is not null).OrderBy(o => o.Merchant).ThenBy(o => o.Stamp!.Key, StringComparer.Ordinal).ToList())
                .Long("merchant_id", o => o.Merchant).Text("key", o => o.Stamp!.Key).Bytes("request_hash", o => o.Stamp!.Hash).Bytes("packed", o => Idempotency.Pack(o.Answer!)),
            ("now", now.ToUnixTimeMilliseconds()));
    }

    private static void QueueOrders(Batch batch, IReadOnlyList<StoredOrder> orders) => batch.Execute(
        """
        insert into orders (id, merchant_id, channel_id, number, external_id, content_hash, state, is_history, source_reference, currency,
               prices_include_tax, goods_minor, discount_minor, charges_minor, tax_minor, total_minor, base_currency, rate_e9, method, payment_state,
               authorised_minor, captured_minor, refunded_minor, is_on_account,
               expires_at_ms, customer_id, customer_reference, customer_name, customer_email, customer_phone, ship_country, ship_postcode, ship_to, bill_to,
               metadata, placed_at_ms, event_seq, event_hash, type, priority, zone, grace_until_ms, release_at_ms, ship_by_ms, deliver_by_ms,
               ended_at_ms, email_key, phone_key, place_key, basket_key, promise_version, promise, risk_at_ms, import_run, collect_node, ranks, tax_owed_by)
        select id, merchant_id, channel_id, number, external_id, content_hash, state, is_history, source_reference, currency,
               prices_include_tax, goods_minor, discount_minor, charges_minor, tax_minor, total_minor, base_currency, rate_e9, method, payment_state,
               authorised_minor, captured_minor, refunded_minor, is_on_account,
               expires_at_ms, customer_id, customer_reference, customer_name, customer_email, customer_phone, ship_country, ship_postcode, ship_to, bill_to,
               metadata, placed_at_ms, event_seq, event_hash, type, priority, zone, grace_until_ms, release_at_ms, ship_by_ms, deliver_by_ms,
               ended_at_ms, email_key, phone_key, place_key, basket_key, promise_version, promise, risk_at_ms, import_run, collect_node, ranks, tax_owed_by from @rows r
        """,
        Rows.Of(orders).Uuid("id", o => o.Id.Value).Long("merchant_id", o => o.Merchant).Long("channel_id", o => o.Order.ChannelId)
            .Text("number", o => o.Number).Text("external_id", o => o.Order.Request.ExternalId).Bytes("content_hash", o => o.Order.ContentHash)
            .Text("state", o => OrderStates.Name(o.State)).Bool("is_history", o => o.IsHistory)
            .Text("source_reference", o => o.Order.Request.SourceReference).Text("currency", o => o.Order.Currency.Code)
            .Bool("prices_include_tax", o => o.Order.PricesIncludeTax).Long("goods_minor", o => o.Order.Money.Goods)
            .Long("discount_minor", o => o.Order.Money.Discount).Long("charges_minor", o => o.Order.Money.Charges)
            .Long("tax_minor", o => o.Order.Money.Tax).Long("total_minor", o => o.Order.Money.Total)
            .Text("base_currency", o => o.Order.BaseCurrency).LongOrNull("rate_e9", o => o.Order.RateE9)
            .Text("method", o => o.Order.Request.Method).Text("payment_state", o => o.Book.State).Long("authorised_minor", o => o.Book.Paid.Authorised)
            .Long("captured_minor", o => o.Book.Paid.Captured).Long("refunded_minor", o => o.Book.Paid.Refunded).Bool("is_on_account", o => o.Book.Paid.IsOnAccount)
            .LongOrNull("expires_at_ms", o => o.ExpiresAt?.ToUnixTimeMilliseconds())
            .UuidOrNull("customer_id", o => o.Customer?.Value)
            .Text("customer_reference", o => o.Order.Request.Customer?.Reference).Text("customer_name", o => o.Order.Request.Customer?.Name)
            .Text("customer_email", o => o.Order.Request.Customer?.Email).Text("customer_phone", o => o.Order.Request.Customer?.Phone)
            .Text("ship_country", o => o.Order.Request.ShippingAddress?.Country).Text("ship_postcode", o => o.Order.Request.ShippingAddress?.Postcode)
            .Text("ship_to", o => PlaceOrder.ToJson(o.Order.Request.ShippingAddress)).Text("bill_to", o => PlaceOrder.ToJson(o.Order.Request.BillingAddress))
            .Text("metadata", o => PlaceOrder.ToJson(o.Order.Request.Metadata)).Instant("placed_at_ms", o => o.PlacedAt)
            .Long("event_seq", o => o.Event.Seq).Bytes("event_hash", o => o.Event.Hash)
            .Text("type", o => o.Order.Terms.Type).Int("priority", o => o.Order.Terms.Priority).Text("zone", o => o.Order.Terms.Zone)
            .LongOrNull("grace_until_ms", o => o.Order.Terms.GraceUntil?.ToUnixTimeMilliseconds())
            .LongOrNull("release_at_ms", o => o.Order.Terms.ReleaseAt?.ToUnixTimeMilliseconds())
            .LongOrNull("ship_by_ms", o => o.Order.Terms.ShipBy?.ToUnixTimeMilliseconds())
            .LongOrNull("deliver_by_ms", o => o.Order.Terms.DeliverBy?.ToUnixTimeMilliseconds())
            .LongOrNull("ended_at_ms", o => o.EndedAt?.ToUnixTimeMilliseconds())
            .LongOrNull("email_key", o => o.Order.Keys.Email).LongOrNull("phone_key", o => o.Order.Keys.Phone)
            .LongOrNull("place_key", o => o.Order.Keys.Place).LongOrNull("basket_key", o => o.Order.Keys.Basket)
            .Int("promise_version", o => o.Dates is null ? 0 : 1).LongOrNull("risk_at_ms", o => o.RiskAtMs).LongOrNull("import_run", o => o.ImportRun)
            .LongOrNull("collect_node", o => o.Order.CollectNode)
            .Text("tax_owed_by", o => o.Order.Request.TaxOwedBy ?? TaxOwers.Merchant)
            .Text("ranks", o => o.Order.Ranks.Count == 0 ? null : JsonSerializer.Serialize(o.Order.Ranks, Http.Json.Options))
            .Text("promise", o => o.Dates?.ToJson(o.PlacedAt.ToUnixTimeMilliseconds(), (o.Dates.ShipByMs, o.Dates.DeliverByMs))));

    private static void QueueLines(Batch batch, IReadOnlyList<LineRow> lines) => batch.Execute(
        """
        insert into order_lines (order_id, line_no, merchant_id, kind, parent_line_no, sku_id, sku, name, quantity, unit_price_minor, discount_minor,
               tax_rate_ppm, tax_minor, total_minor, unallocated, backordered, preordered, allocated, delivered, cancelled, returned, shipped, sent_back, metadata, expected_at_ms, release_at_ms, method, collect_node, may_substitute)
        select order_id, line_no, merchant_id, kind, parent_line_no, sku_id, sku, name, quantity, unit_price_minor, discount_minor,
               tax_rate_ppm, tax_minor, total_minor, unallocated, backordered, preordered, allocated, delivered, cancelled, returned, shipped, sent_back, metadata, expected_at_ms, release_at_ms, method, collect_node, may_substitute from @rows r
        """,
        Rows.Of(lines).Uuid("order_id", l => l.Order.Id.Value).Int("line_no", l => l.Line.LineNo).Long("merchant_id", l => l.Order.Merchant)
            .Text("kind", l => l.Line.Kind.ToString().ToLowerInvariant()).IntOrNull("parent_line_no", l => l.Line.ParentLineNo)
            .LongOrNull("sku_id", l => l.Line.SkuId).Text("sku", l => l.Line.Sku).Text("name", l => l.Line.Name)
            .Long("quantity", l => l.Line.Quantity).Long("unit_price_minor", l => l.Line.UnitPriceMinor)
            .Long("discount_minor", l => l.Line.DiscountMinor).Long("tax_rate_ppm", l => l.Line.TaxRatePpm)
            .Long("tax_minor", l => l.Line.TaxMinor).Long("total_minor", l => l.Line.TotalMinor)
            .Long("unallocated", l => l.Line.Unallocated).Long("backordered", l => l.Line.Backordered)
            .Long("preordered", l => l.Line.Preordered).Long("allocated", l => l.Line.Allocated)
            .Long("delivered", l => l.Done.Delivered).Long("shipped", l => l.Done.Shipped).Long("sent_back", l => l.Done.SentBack)
            .Long("cancelled", l => l.Done.Cancelled).Long("returned", l => l.Done.Returned)
            .Bool("may_substitute", l => l.Line.MaySubstitute).Text("metadata", l => l.Line.Metadata).LongOrNull("expected_at_ms", l => l.Line.ExpectedAt?.ToUnixTimeMilliseconds())
            .LongOrNull("release_at_ms", l => l.Line.ReleaseAt?.ToUnixTimeMilliseconds())
            .Text("method", l => l.Line.Own?.Method).LongOrNull("collect_node", l => l.Line.Own?.CollectNode));

    private static void QueueTags(Batch batch, IReadOnlyList<StoredOrder> orders) => batch.Execute(
        "insert into order_tags (order_id, tag_key, merchant_id, tag, placed_at_ms) select order_id, tag_key, merchant_id, tag, placed_at_ms from @rows r",
        Rows.Of(orders.SelectMany(o => o.Order.Tags.Select(t => (Order: o, Tag: t))).ToList()).Uuid("order_id", t => t.Order.Id.Value)
            .Text("tag_key", t => Kernel.Text.Key(t.Tag)).Long("merchant_id", t => t.Order.Merchant).Text("tag", t => t.Tag).Instant("placed_at_ms", t => t.Order.PlacedAt));

    private static void QueueClaims(Batch batch, IReadOnlyList<StoredOrder> orders, DateTimeOffset now)
    {
        batch.Execute(
            "insert into allocations (order_id, line_no, node_id, merchant_id, sku_id, quantity) select order_id, line_no, node_id, merchant_id, sku_id, quantity from @rows r",
            Rows.Of(orders.SelectMany(o => o.Allocations.Select(a => new AllocationRow(o, a))).ToList()).Uuid("order_id", a => a.Order.Id.Value)
                .Int("line_no", a => a.Allocation.LineNo).Long("node_id", a => a.Allocation.Node).Long("merchant_id", a => a.Order.Merchant)
                .Long("sku_id", a => a.Allocation.Sku).Long("quantity", a => a.Allocation.Quantity));
        batch.Execute(
            "insert into order_plans (order_id, version, merchant_id, plan, seen) select order_id, 1, merchant_id, plan, seen from @rows r",
            Rows.Of(orders.Where(o => o.Plan is not null).ToList()).Uuid("order_id", o => o.Id.Value).Long("merchant_id", o => o.Merchant).Text("plan", o => o.Plan).Bytes("seen", o => o.Seen));
        ShadowRow.Queue(batch, orders);
        batch.Execute(
            """
            insert into holds (order_id, hold_no, merchant_id, line_no, kind, reason, state, owner, permission, rule, subject, other_order_id, explanation, says,
                   expires_at_ms, escalate_at_ms, opened_at_ms)
            select order_id, hold_no, merchant_id, line_no, kind, reason, 'open', owner, permission, rule, subject, other_order_id, explanation, says,
                   expires_at_ms, escalate_at_ms, @now from @rows r
            """,
            Rows.Of(orders.SelectMany(o => o.Holds.Select((h, i) => new HoldRow(o, h, i + 1))).ToList()).Uuid("order_id", h => h.Order.Id.Value)
                .Int("hold_no", h => h.No).Long("merchant_id", h => h.Order.Merchant).IntOrNull("line_no", h => h.Hold.LineNo)
                .Text("kind", h => h.Hold.Kind).Text("reason", h => h.Hold.Reason)
                .Text("owner", h => h.Hold.Owner).Text("permission", h => h.Hold.Permission).Text("rule", h => h.Hold.Rule).Text("subject", h => h.Hold.Subject)
                .UuidOrNull("other_order_id", h => h.Hold.Other?.Value).Text("explanation", h => h.Hold.Explanation).Text("says", h => h.Hold.Says)
                .LongOrNull("expires_at_ms", h => h.Hold.ExpiresAt?.ToUnixTimeMilliseconds())
                .LongOrNull("escalate_at_ms", h => h.Hold.EscalateAt?.ToUnixTimeMilliseconds()),
            ("now", now.ToUnixTimeMilliseconds()));
    }
}
