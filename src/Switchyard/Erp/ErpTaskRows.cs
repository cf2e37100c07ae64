using System.Globalization;
using System.Text.Json;
using Switchyard.Database;

namespace Switchyard.Erp;

/// <summary>Something the ERP is to be told, taken to be told now.</summary>
internal sealed record DueErpTask(Guid Account, string Key, string Kind, string Label, QueueErp.Body Body, int Tries)
{
    public string ExternalId => ErpExternalId.Of(Key);
}

/// <summary>What the ERP is to be told, as it is stored.</summary>
internal static class ErpTaskRows
{
    /// <summary>The accounts at work that something waits for.</summary>
    public static Task<List<(Guid Account, long Merchant)>> Accounts(Work work, long now) => work.Query(
        """
        select k.id, k.merchant_id from erp_accounts k where k.state = 'live' and exists (select 1 from erp_tasks t
            where t.account_id = k.id and t.state = 'waiting' and t.due_at_ms <= @now and t.lease_until_ms <= @now) order by k.id /* house */
        """, row => (row.Uuid(), row.Long()), ("now", now));

    /// <summary>Of one account. Of one order, one thing after another, in the order in which it happened; behind one that is parked its parcels wait.</summary>
    public static Task<List<string>> Due(Work work, Guid account, long now, int most) => work.Query(
        """
        select t.task_key from erp_tasks t join erp_accounts k on k.id = t.account_id
         where t.account_id = @account and t.state = 'waiting' and t.due_at_ms <= @now and t.lease_until_ms <= @now and k.state = 'live'
           and not exists (select 1 from erp_tasks e where e.account_id = t.account_id and e.subject = t.subject and e.task_key <> t.task_key
                and (e.state = 'waiting' and (e.created_at_ms < t.created_at_ms or e.created_at_ms = t.created_at_ms and e.kind <> 'order'
                     and t.kind <> 'order' and e.task_key < t.task_key
                     or e.created_at_ms = t.created_at_ms and e.kind = 'order')
                  or e.state = 'parked' and e.kind = 'order' and t.kind in ('change', 'shipment')))
         order by t.due_at_ms, t.created_at_ms, t.task_key limit @most /* house */
        """, row => row.Text(), ("account", account), ("now", now), ("most", (long)most));

    public static Task<List<DueErpTask>> Claim(Work work, Guid account, string key, long now, long until) => work.Query(
        """
        update erp_tasks set lease_until_ms = @until where merchant_id = @merchant and account_id = @account and task_key = @key and state = 'waiting'
            and due_at_ms <= @now and lease_until_ms <= @now
        returning kind, label, body, tries
        """, row => new DueErpTask(account, key, row.Text(), row.Text(), JsonSerializer.Deserialize<QueueErp.Body>(row.Text(), Http.Json.Options)!, row.Int()),
        ("account", account), ("key", key), ("now", now), ("until", until));

    /// <param name="state">done, parked, or waiting for another try.</param>
    /// <param name="posted">What the ERP made of it, and what it is worth.</param>
    public static Task<int> Settle(Work work, DueErpTask task, string state, string? said, (ErpRecord Record, ErpDocument Document)? posted, long dueMs, bool counts, long now)
    {
        var (amount, currency) = posted?.Document switch { ErpOrder o => (o.TotalMinor, o.Currency), ErpMoney m => (m.AmountMinor, m.Currency), _ => ((long?)null, (string?)null) };
        string? day = posted?.Document is { } made and not ErpChange ? made.Day.ToString("O", CultureInfo.InvariantCulture) : null;
        return work.Execute(
            """
            update erp_tasks set state = @state, said = @said::text, record_type = coalesce(@type::text, record_type), record_id = coalesce(@record::text, record_id),
                   day = coalesce(@day::text, day), amount_minor = coalesce(@amount::bigint, amount_minor), currency = coalesce(@currency::text, currency),
                   due_at_ms = @due, lease_until_ms = 0, tries = tries + @counts, done_at_ms = case when @state = 'done' then @now else null end
             where merchant_id = @merchant and account_id = @account and task_key = @key and state = 'waiting'
            """, ("state", state), ("said", said), ("type", posted?.Record.Type), ("record", posted?.Record.Id), ("day", day),
            ("amount", amount), ("currency", currency), ("due", dueMs), ("counts", counts ? 1 : 0), ("now", now), ("account", task.Account), ("key", task.Key));
    }
}
