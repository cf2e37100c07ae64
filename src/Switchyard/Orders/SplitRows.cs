using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Payments;

namespace Switchyard.Orders;

/// <summary>Writes an order that was split off another: what both have alike is copied from the row of the first.</summary>
internal static class SplitRows
{
    public static async Task Write(Work work, OpenOrder from, OrderSplit split, PaymentBook book, NewLink link, string number, Actor actor, DateTimeOffset now)
    {
        var state = split.Holds.Any(h => h.LineNo is null) ? OrderState.Placed : OrderState.Confirmed;
        var placed = EventLog.Next(actor.Merchant, actor.Id, new Happening("order", link.Other.ToString(), "OrderPlaced", new
        {
            number,
            channelId = from.Channel,
            currency = from.Currency,
            totalMinor = split.Money.Total,
            channelTaxMinor = from.ChannelTaxMinor is null ? (long?)null : split.Money.Tax,
            units = split.Lines.Where(l => l.From.HoldsStock).Sum(l => l.Units),
            placedAtMs = from.PlacedAtMs,
            state = OrderStates.Name(state),
            priority = from.Priority,
            holds = split.Holds.Select(h => h.Kind),
            madeOf = new { draft = (DraftId?)null, order = (OrderId?)from.Id, kind = LinkKinds.Split },
        }, link.Reason), 0, EventHash.Root, now);
        var batch = work.Batch();
        QueueHead(batch, from, split, book, link, number, state, placed);
        QueueLines(batch, link, split);
        QueueRest(batch, from, split, link, now);
        LinksSql.Queue(batch, [link], now);
        PaymentsSql.Queue(batch, [new KeptBook(work.Merchant, link.Other.Value, from.Currency, book)]);
        EventLog.Insert(batch, [placed]);
        await batch.Run();
    }

    // The words by which repeats are seen are left out: it is no order of its own. It keeps the time of placing, and with it its place in queues and reports.
    private static void QueueHead(Batch batch, OpenOrder from, OrderSplit split, PaymentBook book, NewLink link, string number, OrderState state, NewEvent placed) => batch.Execute(
        """
        insert into orders (id, merchant_id, channel_id, number, state, type, source_reference, currency, prices_include_tax, goods_minor, discount_minor, charges_minor,
               tax_minor, total_minor, base_currency, rate_e9, method, payment_state, authorised_minor, captured_minor, is_on_account, expires_at_ms, customer_id,
               customer_reference, customer_name, customer_email, customer_phone, ship_country, ship_postcode, ship_to, bill_to, metadata, placed_at_ms, event_seq, event_hash,
               priority, zone, grace_until_ms, release_at_ms, ship_by_ms, deliver_by_ms, promise_version, promise, risk_at_ms, collect_node, sold_at_node, ranks, tax_owed_by)
        select @to, merchant_id, channel_id, @number, @state, type, source_reference, currency, prices_include_tax, @goods, @discount, @charges,
               @tax, @total, base_currency, rate_e9, method, @payment, @authorised, @captured, @onAccount, @expires::bigint, customer_id,
               customer_reference, customer_name, customer_email, customer_phone, ship_country, ship_postcode, ship_to, bill_to, metadata, placed_at_ms, @seq, @hash,
               priority, zone, grace_until_ms, release_at_ms, @shipBy::bigint, @deliverBy::bigint, @version, @promise::text, @watched::bigint, collect_node, sold_at_node, ranks, tax_owed_by
          from orders where id = @from and merchant_id = @merchant
        """,
        ("to", link.Other.Value), ("from", from.Id.Value), ("number", number), ("state", OrderStates.Name(state)), ("goods", split.Money.Goods), ("discount", split.Money.Discount),
        ("charges", split.Money.Charges), ("tax", split.Money.Tax), ("total", split.Money.Total), ("payment", book.State), ("authorised", book.Paid.Authorised),
        ("captured", book.Paid.Captured), ("onAccount", book.Paid.IsOnAccount), ("expires", StoredOrder.Expiry(split.Holds)?.ToUnixTimeMilliseconds()), ("seq", placed.Seq), ("hash", placed.Hash), ("shipBy", split.Promise?.ShipByMs), ("deliverBy", split.Promise?.DeliverByMs),
        ("version", split.Promise is null ? 0 : 1), ("promise", split.Promise?.Json), ("watched", split.Promise is null ? (long?)null : from.RiskAtMs ?? placed.AtMs));

    private static void QueueLines(Batch batch, NewLink link, OrderSplit split)
    {
        Rows<SplitLine> rows() => Rows.Of(split.Lines).Int("line_no", l => l.LineNo).Int("from_no", l => l.From.LineNo).IntOrNull("parent_no", l => l.ParentLineNo).Long("units", l => l.Units)
            .Long("price", l => l.Price.UnitPriceMinor).Long("discount", l => l.Price.DiscountMinor).Long("tax", l => l.Price.TaxMinor).Long("total", l => l.Price.TotalMinor)
            .Long("unallocated", l => l.Buckets[(int)LineBucket.Unallocated]).Long("backordered", l => l.Buckets[(int)LineBucket.Backordered])
            .Long("preordered", l => l.Buckets[(int)LineBucket.Preordered]).Long("allocated", l => l.Buckets[(int)LineBucket.Allocated]).Bool("waits", l => l.Waiting > 0)
            .Bool("is_shared", l => l.From is { Kind: LineKind.Charge, SkuId: null });
        (string, object?)[] orders = [("from", link.Order.Value), ("to", link.Other.Value)];
        batch.Execute(
            """
            insert into order_lines (order_id, line_no, merchant_id, kind, parent_line_no, sku_id, sku, name, quantity, unit_price_minor, discount_minor,
                   tax_rate_ppm, tax_minor, total_minor, unallocated, backordered, preordered, allocated, metadata, expected_at_ms, release_at_ms, method, collect_node, may_substitute)
            select @to, r.line_no, l.merchant_id, l.kind, r.parent_no, l.sku_id, l.sku, l.name, r.units, r.price, r.discount,
                   l.tax_rate_ppm, r.tax, r.total, r.unallocated, r.backordered, r.preordered, r.allocated, l.metadata, case when r.waits then l.expected_at_ms end, l.release_at_ms, l.method, l.collect_node, l.may_substitute
              from @rows r join order_lines l on l.order_id = @from and l.line_no = r.from_no where l.merchant_id = @merchant
            """, rows(), orders);
        batch.Execute(
            """
            update order_lines set moved = order_lines.moved + r.units from @rows r
             where order_lines.order_id = @from and order_lines.line_no = r.from_no and order_lines.merchant_id = @merchant and not r.is_shared
            """, rows(), orders[0]);
        batch.Execute(
            """
            insert into order_line_links (order_id, line_no, other_id, other_line_no, merchant_id, kind, units, discount_minor, tax_minor, total_minor)
            select @from, from_no, @to, line_no, @merchant, 'split', units, discount, tax, total from @rows r where not r.is_shared
            """, rows(), orders);
        // What is sent again for another order stays so: it is counted there by the links, less what was cancelled of these lines, and what moved is among that.
        batch.Execute(
            """
            insert into order_line_links (order_id, line_no, other_id, other_line_no, merchant_id, kind, units)
            select k.order_id, k.line_no, @to, r.line_no, @merchant, 'replacement', r.units from @rows r join order_line_links k on k.other_id = @from and k.other_line_no = r.from_no
             where k.merchant_id = @merchant and k.kind = 'replacement'
            """, rows(), orders);
        batch.Execute(
            "insert into allocations (order_id, line_no, node_id, merchant_id, sku_id, quantity) select @to, line_no, node_id, @merchant, sku_id, quantity from @rows r",
            Rows.Of(split.Lines.SelectMany(l => l.Claims.Select(c => (l.LineNo, c.Node, Sku: l.From.SkuId!.Value, c.Units))).ToList()).Int("line_no", a => a.LineNo)
                .Long("node_id", a => a.Node).Long("sku_id", a => a.Sku).Long("quantity", a => a.Units), orders[1]);
    }

    private static void QueueRest(Batch batch, OpenOrder from, OrderSplit split, NewLink link, DateTimeOffset now)
    {
        (string, object?)[] known = [("from", link.Order.Value), ("to", link.Other.Value), ("now", now.ToUnixTimeMilliseconds())];
        batch.Execute(
            """
            insert into holds (order_id, hold_no, merchant_id, line_no, kind, reason, state, owner, permission, rule, subject, other_order_id, says, expires_at_ms, escalate_at_ms, opened_at_ms)
            select @to, hold_no, @merchant, line_no, kind, reason, 'open', owner, permission, rule, subject, other_order_id, says, expires_at_ms, escalate_at_ms, @now from @rows r
            """,
            Rows.Of(split.Holds.Select((h, i) => (Hold: h, No: i + 1)).ToList()).Int("hold_no", h => h.No).IntOrNull("line_no", h => h.Hold.LineNo).Text("kind", h => h.Hold.Kind)
                .Text("reason", h => h.Hold.Reason).Text("owner", h => h.Hold.Owner).Text("permission", h => h.Hold.Permission).Text("rule", h => h.Hold.Rule)
                .Text("subject", h => h.Hold.Subject).UuidOrNull("other_order_id", h => h.Hold.Other?.Value).Text("says", h => h.Hold.Says).LongOrNull("expires_at_ms", h => h.Hold.ExpiresAt?.ToUnixTimeMilliseconds())
                .LongOrNull("escalate_at_ms", h => h.Hold.EscalateAt?.ToUnixTimeMilliseconds()), known[1], known[2]);
        batch.Execute("insert into order_tags (order_id, tag_key, merchant_id, tag, placed_at_ms) select @to, tag_key, merchant_id, tag, placed_at_ms from order_tags where order_id = @from and merchant_id = @merchant",
            known[0], known[1]);
    }
}
