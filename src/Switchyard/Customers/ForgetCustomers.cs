using Switchyard.Database;

namespace Switchyard.Customers;

/// <summary>Forgets those of whom no order tells anything any more.</summary>
public static class ForgetCustomers
{
    /// <summary>Of the customers of these orders, those who are not on any order that still names its buyer: who they are is forgotten, that they were there is not.</summary>
    public static async Task Of(Work work, IReadOnlyList<Guid> orders, DateTimeOffset now)
    {
        var gone = await work.Query(
            """
            select distinct c.id from @rows r join orders o on o.id = r.id join customers c on c.id = o.customer_id
             where c.merchant_id = @merchant and c.merged_into is null and c.credit_limit_minor is null
               and not exists (select 1 from orders x where x.customer_id = c.id and x.merchant_id = @merchant and (x.customer_name is not null or x.customer_email is not null or x.customer_phone is not null or x.ship_to is not null))
             order by c.id
            """, Rows.Of(orders).Uuid("id", o => o), row => row.Uuid());
        if (gone.Count == 0) return;
        var batch = work.Batch();
        batch.Execute(
            """
            update customers set name = null, name_key = null, email = null, phone = null, phone_key = null, details = null, updated_at_ms = @now, version = version + 1
              from @rows r where customers.merchant_id = @merchant and customers.id = r.id
            """, Rows.Of(gone).Uuid("id", g => g), ("now", now.ToUnixTimeMilliseconds()));
        batch.Execute("delete from customer_identities where merchant_id = @merchant and customer_id in (select r.id from @rows r)", Rows.Of(gone).Uuid("id", g => g));
        await batch.Run();
    }
}
