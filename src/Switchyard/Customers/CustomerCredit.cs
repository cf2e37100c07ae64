using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Customers;

/// <summary>A company's credit: what it may owe and what it owes.</summary>
public sealed record OpenCredit(CustomerId Customer, string Currency, long LimitMinor, long DueMinor)
{
    /// <summary>The limit less what is due; below zero when more is due than allowed.</summary>
    public long OpenMinor => LimitMinor - DueMinor;
}

/// <summary>Adds up what companies owe.</summary>
public static class CustomerCredit
{
    // Ordered on account, not ended, less what was paid and plus what was given back. An order in another currency does not count.
    private const string Due =
        """
        sum(case when o.total_minor - o.captured_minor + o.refunded_minor > 0 then o.total_minor - o.captured_minor + o.refunded_minor else 0 end)
        """;

    /// <summary>The credit of these customers; those without terms are not in the answer. Lock them first to decide by it (<see cref="Lock"/>).</summary>
    /// <param name="ids">As they stand on orders: a merged customer answers with the credit of who took it over.</param>
    public static List<OpenCredit> Queue(Batch batch, IReadOnlyList<CustomerId> ids) => batch.Query(
        $"""
        select r.id, p.credit_currency, p.credit_limit_minor, coalesce((select {Due} from customers m join orders o on o.customer_id = m.id
               where m.merchant_id = @merchant and (m.id = p.id or m.root_id = p.id) and o.merchant_id = @merchant
                 and o.is_on_account and o.currency = p.credit_currency and o.state in ('placed', 'confirmed', 'closed')), 0)
          from @rows r join customers c on c.id = r.id and c.merchant_id = @merchant
          join customers p on p.id = coalesce(c.root_id, c.id) and p.merchant_id = @merchant
         where p.credit_limit_minor is not null
        """,
        Rows.Of(ids).Uuid("id", i => i.Value), row => new OpenCredit(new CustomerId(row.Uuid()), row.Text(), row.Long(), row.Sum()));

    /// <summary>Holds the companies still, in the order of their ids, so that two orders at once cannot both use the last of a limit.</summary>
    public static void QueueLock(Batch batch, IReadOnlyList<CustomerId> ids) => batch.Query(
        """
        select p.id from customers p where p.merchant_id = @merchant and p.credit_limit_minor is not null
           and p.id in (select coalesce(c.root_id, c.id) from @rows r join customers c on c.id = r.id and c.merchant_id = @merchant) order by p.id for update of p
        """, Rows.Of(ids).Uuid("id", i => i.Value), row => row.Uuid());

    internal static Func<long> QueueDue(Batch batch, CustomerId id)
    {
        var found = Queue(batch, [id]);
        return () => found.FirstOrDefault()?.DueMinor ?? 0;
    }
}
