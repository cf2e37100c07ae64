using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Customers;

/// <summary>Reads customers as the API shows them.</summary>
internal static class CustomerReader
{
    private const int MostConsents = 100, MostNewest = 20;

    /// <summary>The whole picture of one customer; null when the merchant has no such one.</summary>
    public static async Task<CustomerView?> Find(Work work, CustomerId id)
    {
        var batch = work.Batch();
        var group = CustomersSql.QueueGroup(batch, id);
        var identities = CustomersSql.QueueIdentities(batch, id);
        var consents = batch.Query(
            $"""
            select n.purpose, n.channel, n.is_given, n.source, n.at_ms from customer_consents n
             where n.merchant_id = @merchant and n.customer_id = @id
               and n.id = (select max(l.id) from customer_consents l where l.customer_id = @id and l.purpose = n.purpose and l.channel = n.channel)
             order by n.purpose, n.channel limit {MostConsents}
            """, ReadConsent, ("id", id.Value));
        var history = QueueHistory(batch, id);
        var due = CustomerCredit.QueueDue(batch, id);
        await batch.Run();
        return group.Find(c => c.Id == id) is { } found ? View(found, group, identities, consents, history(), due()) : null;
    }

    public static ConsentView ReadConsent(Row row) => new(row.Text(), row.Text(), row.Bool(), row.Text(), row.Instant());

    /// <summary>Without history and consent, for lists.</summary>
    public static CustomerView Short(StoredCustomer c, IReadOnlyList<Identity> identities) =>
        View(c, [c], [.. identities.Select(i => (c.Id, i))], [], null, 0);

    private static CustomerView View(StoredCustomer c, IReadOnlyList<StoredCustomer> group, IReadOnlyList<(CustomerId Customer, Identity Identity)> identities,
        IReadOnlyList<ConsentView> consents, CustomerHistory? history, long due)
    {
        string? key = EmailKey.Of(c.Email);
        var emails = identities.Where(i => i.Identity.Kind == "email" && i.Identity.Key != key).Select(i => i.Identity.Key).Distinct().ToList();
        return new CustomerView(c.Id, c.Kind, c.Name, c.Email, key is not null && EmailKey.IsRelay(key), c.Phone, emails,
            [.. identities.Where(i => i.Identity.Kind == "external").Select(i => new ChannelCustomerId(i.Identity.Channel, i.Identity.Key))],
            [.. identities.Where(i => i.Identity.Kind == "relay").Select(i => new RelayAddress(i.Identity.Channel, i.Identity.Key, i.Identity.ExpiresAt))],
            c.Details.Addresses, c.Details.Contacts,
            c.Credit is { } credit ? new CreditView(credit.Currency!, credit.LimitMinor ?? 0, credit.TermsDays, due, (credit.LimitMinor ?? 0) - due) : null,
            c.Details.VatNumber, c.Details.Language, c.Tags, c.BlockedReason ?? group.Select(g => g.BlockedReason).FirstOrDefault(r => r is not null),
            c.MergedInto, [.. group.Where(g => g.Id != c.Id).Select(g => g.Id)], consents, history, c.Details.Metadata, c.CreatedAt, c.UpdatedAt, c.Version)
        { AllowSubstitutes = c.AllowSubstitutes };
    }

    /// <summary>Orders of the customer and of all merged into it, by the index on orders' customer.</summary>
    private static Func<CustomerHistory> QueueHistory(Batch batch, CustomerId id)
    {
        var sums = batch.Query(
            $"""
            select o.currency, count(*), sum(case when o.state in ('cancelled', 'expired') then 1 else 0 end),
                   sum(case when o.state in ('cancelled', 'expired') then 0 else o.total_minor end), sum(o.refunded_minor), min(o.placed_at_ms), max(o.placed_at_ms)
              from customers c join orders o on o.customer_id = c.id and o.merchant_id = @merchant
             where {OfGroup} and o.state <> 'draft' group by o.currency order by o.currency
            """,
            row => (Currency: row.Text(), Orders: row.Sum(), Cancelled: row.Sum(), Total: row.Sum(), Refunded: row.Sum(), First: row.Instant(), Last: row.Instant()), ("id", id.Value));
        var returned = batch.Query(
            $"""
            select sum(l.returned) from customers c join orders o on o.customer_id = c.id and o.merchant_id = @merchant
              join order_lines l on l.order_id = o.id and l.merchant_id = @merchant and l.returned > 0 where {OfGroup}
            """, row => row.Sum(), ("id", id.Value));
        var newest = QueueOrders(batch, id, long.MaxValue, Guid.Empty, MostNewest);
        return () => new CustomerHistory(sums.Sum(s => s.Orders), sums.Sum(s => s.Cancelled), returned.FirstOrDefault(),
            sums.Count == 0 ? null : sums.Min(s => s.First), sums.Count == 0 ? null : sums.Max(s => s.Last),
            [.. sums.Select(s => new CustomerValue(s.Currency, s.Orders - s.Cancelled, s.Total, s.Refunded))], newest);
    }

    public static List<CustomerOrder> QueueOrders(Batch batch, CustomerId id, long beforeMs, Guid beforeId, int most) => batch.Query(
        $"""
        select o.id, o.number, h.code, o.state, o.currency, o.total_minor, o.placed_at_ms
          from customers c join orders o on o.customer_id = c.id and o.merchant_id = @merchant join channels h on h.id = o.channel_id
         where {OfGroup} and (o.placed_at_ms < @before or o.placed_at_ms = @before and o.id < @beforeId)
         order by o.placed_at_ms desc, o.id desc limit @most
        """,
        row => new CustomerOrder(new OrderId(row.Uuid()), row.Text(), row.Text(), row.Text(), row.Text(), row.Long(), row.Instant()),
        ("id", id.Value), ("before", beforeMs), ("beforeId", beforeId), ("most", (long)most));

    internal const string OfGroup = "c.merchant_id = @merchant and (c.id = @id or c.root_id = @id)";
}
