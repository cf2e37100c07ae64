using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Payments;

/// <summary>A book as it is written: whose order it is, in what currency.</summary>
public sealed record KeptBook(long Merchant, Guid Order, string Currency, PaymentBook Book);

/// <summary>Reads and writes the books of orders.</summary>
public static class PaymentsSql
{
    private sealed record PaymentRow(KeptBook Of, Payment Payment);
    private sealed record EntryRow(KeptBook Of, MoneyEntry Entry, Payment Payment);

    internal const string Columns =
        "p.id, p.payment_no, p.type, p.tender, p.state, p.amount_minor, p.parent_id, p.reference, p.reason, p.is_over, p.created_at_ms, p.settled_at_ms, p.actor";

    internal static Payment Read(Row row)
    {
        var (id, no, type, tender) = (new PaymentId(row.Uuid()), row.Int(), Enum.Parse<PaymentType>(row.Text(), ignoreCase: true), row.Text());
        var (state, amount, parent) = (Enum.Parse<PaymentState>(row.Text(), ignoreCase: true), row.Long(), row.UuidOrNull());
        return new Payment(id, no, type, tender, state, amount, parent is { } p ? new PaymentId(p) : null, row.TextOrNull(), row.TextOrNull(), row.Bool(),
            row.Instant(), row.InstantOrNull(), row.Text());
    }

    /// <summary>All transactions of an order, which is locked.</summary>
    public static async Task<PaymentBook> Load(Work work, OpenOrder order)
    {
        var found = await work.Query($"select {Columns} from payments p where p.order_id = @order and p.merchant_id = @merchant order by p.payment_no", Read, ("order", order.Id.Value));
        return new PaymentBook(found, order.Paid, order.TotalMinor);
    }

    /// <summary>Queues what the books changed. New transactions are inserted, settled ones get their state.</summary>
    public static void Queue(Batch batch, IReadOnlyList<KeptBook> books)
    {
        var changed = books.SelectMany(b => b.Book.Changed.Select(p => new PaymentRow(b, p))).ToList();
        batch.Execute(
            """
            insert into payments (id, merchant_id, order_id, payment_no, type, tender, state, amount_minor, currency, parent_id, reference, reason, is_over,
                   created_at_ms, settled_at_ms, actor)
            select id, merchant_id, order_id, payment_no, type, tender, state, amount_minor, currency, parent_id, reference, reason, is_over,
                   created_at_ms, settled_at_ms, actor from @rows r where true
                on conflict (id) do update set state = excluded.state, settled_at_ms = excluded.settled_at_ms, reference = excluded.reference
            """,
            Rows.Of(changed).Uuid("id", r => r.Payment.Id.Value).Long("merchant_id", r => r.Of.Merchant).Uuid("order_id", r => r.Of.Order).Int("payment_no", r => r.Payment.No)
                .Text("type", r => PaymentStates.Name(r.Payment.Type)).Text("tender", r => r.Payment.Tender).Text("state", r => PaymentStates.Name(r.Payment.State))
                .Long("amount_minor", r => r.Payment.AmountMinor).Text("currency", r => r.Of.Currency).UuidOrNull("parent_id", r => r.Payment.Parent?.Value)
                .Text("reference", r => r.Payment.Reference).Text("reason", r => r.Payment.Reason).Bool("is_over", r => r.Payment.IsOver)
                .Instant("created_at_ms", r => r.Payment.CreatedAt).LongOrNull("settled_at_ms", r => r.Payment.SettledAt?.ToUnixTimeMilliseconds()).Text("actor", r => r.Payment.Actor));
        batch.Execute(
            """
            insert into money_ledger (merchant_id, order_id, payment_id, kind, currency, authorised_delta, captured_delta, refunded_delta, disputed_delta,
                   authorised, captured, refunded, disputed, actor, at_ms)
            select merchant_id, order_id, payment_id, kind, currency, authorised_delta, captured_delta, refunded_delta, disputed_delta,
                   authorised, captured, refunded, disputed, actor, at_ms from @rows r
            """,
            Rows.Of(books.SelectMany(b => b.Book.Entries.Select(e => new EntryRow(b, e, b.Book.Find(e.Payment)!))).ToList())
                .Long("merchant_id", r => r.Of.Merchant).Uuid("order_id", r => r.Of.Order).Uuid("payment_id", r => r.Entry.Payment.Value).Text("kind", r => r.Entry.Kind)
                .Text("currency", r => r.Of.Currency).Long("authorised_delta", r => r.Entry.Delta.Authorised).Long("captured_delta", r => r.Entry.Delta.Captured)
                .Long("refunded_delta", r => r.Entry.Delta.Refunded).Long("disputed_delta", r => r.Entry.Delta.Disputed).Long("authorised", r => r.Entry.After.Authorised)
                .Long("captured", r => r.Entry.After.Captured).Long("refunded", r => r.Entry.After.Refunded).Long("disputed", r => r.Entry.After.Disputed)
                .Text("actor", r => r.Payment.Actor).Instant("at_ms", r => r.Payment.SettledAt ?? r.Payment.CreatedAt));
    }
}
