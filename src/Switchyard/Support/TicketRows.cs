using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Support;

/// <summary>A ticket to be opened or closed, taken to be done now.</summary>
/// <param name="Lease">By which the worker that took it is known when it says what became of it.</param>
internal sealed record DueTicket(Guid Desk, long Trouble, string State, string? Ticket, int Tries, long Lease);

/// <summary>The trouble that a ticket is about.</summary>
internal sealed record TicketTrouble(string Kind, string Detail, bool IsOpen, OrderId? Order, string? Number);

/// <summary>Tickets of troubles, as they are stored. One desk has one ticket for a trouble: the primary key says so.</summary>
internal static class TicketRows
{
    /// <summary>Is there a desk at all that hears of troubles?</summary>
    public static async Task<bool> IsWanted(Work work) => await work.Scalar("select count(*) from support_desks where state = 'active' /* house */") > 0;

    /// <summary>Troubles of the chosen kinds that came up since they were chosen get a ticket; mended ones are to be closed, or are dropped where nothing was asked for
    /// yet.</summary>
    public static async Task Find(Work work, long now)
    {
        await work.Execute(
            """
            insert into desk_tickets (desk_id, exception_id, merchant_id, state, due_at_ms, created_at_ms, changed_at_ms)
            select d.id, e.id, d.merchant_id, 'waiting', @now, @now, @now
              from support_desks d join desk_troubles k on k.desk_id = d.id join exceptions e on e.merchant_id = d.merchant_id and e.kind = k.kind and e.state = 'open'
                  and e.opened_at_ms >= k.since_ms
             where d.state = 'active' and not exists (select 1 from desk_tickets t where t.desk_id = d.id and t.exception_id = e.id) /* house */
                on conflict (desk_id, exception_id) do nothing
            """, ("now", now));
        await work.Execute(
            """
            update desk_tickets set state = case when state = 'open' then 'closing' else 'dropped' end, tries = 0, due_at_ms = @now, changed_at_ms = @now
             where (state = 'open' or state = 'waiting' and asked_at_ms is null)
               and exists (select 1 from exceptions e where e.id = desk_tickets.exception_id and e.state = 'resolved') /* house */
            """, ("now", now));
    }

    public static Task<List<(Guid Desk, long Trouble, long Merchant)>> Due(Work work, long now, int most) => work.Query(
        """
        select t.desk_id, t.exception_id, t.merchant_id from desk_tickets t join support_desks d on d.id = t.desk_id
         where t.state in ('waiting', 'closing') and t.due_at_ms <= @now and t.lease_until_ms <= @now and d.state = 'active'
         order by t.due_at_ms, t.exception_id limit @most /* house */
        """, row => (row.Uuid(), row.Long(), row.Long()), ("now", now), ("most", (long)most));

    /// <summary>From now on it may be there.</summary>
    public static Task<List<DueTicket>> Claim(Work work, Guid desk, long trouble, long now, long until) => work.Query(
        """
        update desk_tickets set lease_until_ms = @until, asked_at_ms = coalesce(asked_at_ms, @now)
         where merchant_id = @merchant and desk_id = @desk and exception_id = @trouble and state in ('waiting', 'closing') and due_at_ms <= @now and lease_until_ms <= @now
        returning state, ticket, tries
        """, row => new DueTicket(desk, trouble, row.Text(), row.TextOrNull(), row.Int(), until), ("desk", desk), ("trouble", trouble), ("now", now), ("until", until));

    public static Task<TicketTrouble?> Trouble(Work work, long trouble) => work.Find(
        """
        select e.kind, e.detail, e.state, o.id, o.number from exceptions e left join orders o on o.id = e.order_id and o.merchant_id = @merchant
         where e.merchant_id = @merchant and e.id = @trouble
        """, row => new TicketTrouble(row.Text(), row.Text(), row.Text() == "open",
            row.UuidOrNull() is { } order ? new OrderId(order) : null, row.TextOrNull()), ("trouble", trouble));

    /// <param name="state">open, closed, parked, or what it was for another try.</param>
    public static Task<int> Settle(Work work, DueTicket due, string state, DeskTicket? ticket, string? said, long dueMs, bool counts, long now) => work.Execute(
        """
        update desk_tickets set state = @state, ticket = coalesce(@ticket::text, ticket), url = coalesce(@url::text, url), said = @said::text, due_at_ms = @due, lease_until_ms = 0,
               tries = case when @state in ('open', 'closed') then 0 else tries + @counts end, changed_at_ms = @now
         where merchant_id = @merchant and desk_id = @desk and exception_id = @trouble and state = @before and lease_until_ms = @lease
        """, ("state", state), ("ticket", ticket?.Id), ("url", ticket?.Url), ("said", said), ("due", dueMs), ("counts", counts ? 1 : 0),
        ("now", now), ("desk", due.Desk), ("trouble", due.Trouble),
        ("before", due.State), ("lease", due.Lease));

    public static Task<long> Parked(Work work, Guid desk) =>
        work.Scalar("select count(*) from desk_tickets where merchant_id = @merchant and desk_id = @desk and state = 'parked'", ("desk", desk));

    /// <summary>How the desk was met last.</summary>
    public static Task<int> Met(Work work, Guid desk, string? said, long now) => work.Execute(
        """
        update support_desks set heard_at_ms = case when @said::text is null then @now else heard_at_ms end,
            failed_at_ms = case when @said::text is null then failed_at_ms else @now end,
               said = coalesce(@said::text, said) where merchant_id = @merchant and id = @desk
        """, ("said", said), ("now", now), ("desk", desk));
}
