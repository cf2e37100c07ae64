using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Support;

/// <summary>A ticket to be opened or closed, taken to be done now.</summary>
/// <param name="IsFirst">Nothing was asked for it before.</param>
/// <param name="Lease">By which the worker that took it is known when it says what became of it.</param>
internal sealed record DueTicket(Guid Desk, long Trouble, string State, string? Ticket, int Tries, bool IsFirst, long Lease);

/// <summary>The trouble that a ticket is about.</summary>
internal sealed record TicketTrouble(string Kind, string Detail, bool IsOpen, OrderId? Order, string? Number);

/// <summary>Tickets of troubles, as they are stored. One desk has one ticket for a trouble: the primary key says so.</summary>
internal static class TicketRows
{
    /// <summary>Is there a desk at all that hears of troubles, or a ticket with which something is to be done?</summary>
    public static async Task<bool> IsWanted(Work work) => await work.Scalar(
        """
        select (select count(*) from (select 1 from desk_troubles k join support_desks d on d.id = k.desk_id where d.state = 'active' limit 1) a)
             + (select count(*) from (select 1 from desk_tickets t where t.state in ('open', 'waiting', 'parked') limit 1) b)
             + (select count(*) from (select 1 from desk_tickets t where t.state in ('waiting', 'closing') limit 1) c) /* house */
        """) > 0;

    private const string Wanted =
        """
          from support_desks d join desk_troubles k on k.desk_id = d.id join exceptions e on e.merchant_id = d.merchant_id and e.kind = k.kind and e.state = 'open'
              and e.opened_at_ms >= k.since_ms
         where d.state = 'active' and not exists (select 1 from desk_tickets t where t.desk_id = d.id and t.exception_id = e.id)
        """;

    // One that is parked and may be there keeps its place: a person is to look.
    private const string Over =
        """
        state in ('open', 'waiting', 'parked') and (state = 'open' or asked_at_ms is null and ticket is null)
           and exists (select 1 from exceptions e where e.id = desk_tickets.exception_id and e.state = 'resolved')
        """;

    /// <summary>Has <see cref="Find"/> anything to do? Asked by reading: most of the time it has not.</summary>
    public static async Task<bool> IsNew(Work work) => await work.Scalar(
        $"select (select count(*) from (select 1 {Wanted} limit 1) a) + (select count(*) from (select 1 from desk_tickets where {Over} limit 1) b) /* house */") > 0;

    /// <summary>Troubles of the chosen kinds that came up since they were chosen get a ticket; mended ones are to be closed, or are dropped where nothing was asked for
    /// yet.</summary>
    /// <returns>Desks of which some were dropped.</returns>
    public static async Task<List<(Guid Desk, long Merchant)>> Find(Work work, long now)
    {
        await work.Execute(
            $"""
            insert into desk_tickets (desk_id, exception_id, merchant_id, state, due_at_ms, created_at_ms, changed_at_ms)
            select d.id, e.id, d.merchant_id, 'waiting', @now, @now, @now {Wanted} /* house */
                on conflict (desk_id, exception_id) do nothing
            """, ("now", now));
        var over = await work.Query(
            $"""
            update desk_tickets set state = case when state = 'open' then 'closing' else 'dropped' end, tries = 0, due_at_ms = @now, changed_at_ms = @now
             where {Over} /* house */
            returning desk_id, merchant_id, state
            """, row => (Desk: row.Uuid(), Merchant: row.Long(), State: row.Text()), ("now", now));
        return [.. over.Where(o => o.State == "dropped").Select(o => (o.Desk, o.Merchant)).Distinct()];
    }

    /// <summary>What the desk did not take is tried again, and what waits is due: it was mended.</summary>
    public static Task<int> TryAgain(Work work, Guid desk, long now) => work.Execute(
        """
        update desk_tickets set state = case when state <> 'parked' then state when ticket is null then 'waiting' else 'closing' end, tries = 0, due_at_ms = @now,
               changed_at_ms = @now
         where merchant_id = @merchant and desk_id = @desk and state in ('waiting', 'closing', 'parked')
        """, ("desk", desk), ("now", now));

    /// <param name="most">Of each desk: none keeps the others' from being looked at.</param>
    public static Task<List<(Guid Desk, long Trouble, long Merchant)>> Due(Work work, long now, int most) => work.Query(
        """
        select r.desk_id, r.exception_id, r.merchant_id
          from (select t.desk_id, t.exception_id, t.merchant_id, t.due_at_ms, row_number() over (partition by t.desk_id order by t.due_at_ms, t.exception_id) as place
                  from desk_tickets t join support_desks d on d.id = t.desk_id
                 where t.state in ('waiting', 'closing') and t.due_at_ms <= @now and t.lease_until_ms <= @now and d.state = 'active') r
         where r.place <= @most order by r.due_at_ms, r.exception_id /* house */
        """, row => (row.Uuid(), row.Long(), row.Long()), ("now", now), ("most", (long)most));

    /// <summary>From now on it may be there.</summary>
    public static Task<List<DueTicket>> Claim(Work work, Guid desk, long trouble, long now, long until) => work.Query(
        """
        update desk_tickets set lease_until_ms = @until, asked_at_ms = coalesce(asked_at_ms, @now)
         where merchant_id = @merchant and desk_id = @desk and exception_id = @trouble and state in ('waiting', 'closing') and due_at_ms <= @now and lease_until_ms <= @now
        returning state, ticket, tries, asked_at_ms
        """, row => new DueTicket(desk, trouble, row.Text(), row.TextOrNull(), row.Int(), row.Long() == now, until), ("desk", desk), ("trouble", trouble), ("now", now), ("until", until));

    public static Task<TicketTrouble?> Trouble(Work work, long trouble) => work.Find(
        """
        select e.kind, e.detail, e.state, o.id, o.number from exceptions e left join orders o on o.id = e.order_id and o.merchant_id = @merchant
         where e.merchant_id = @merchant and e.id = @trouble
        """, row => new TicketTrouble(row.Text(), row.Text(), row.Text() == "open",
            row.UuidOrNull() is { } order ? new OrderId(order) : null, row.TextOrNull()), ("trouble", trouble));

    /// <param name="isUnasked">Nothing was written there, now or before.</param>
    /// <param name="state">open, closed, dropped, parked, or what it was for another try.</param>
    public static Task<int> Settle(Work work, DueTicket due, string state, DeskTicket? ticket, string? said, long dueMs, bool counts, bool isUnasked, long now) => work.Execute(
        """
        update desk_tickets set state = @state, ticket = coalesce(@ticket::text, ticket), url = coalesce(@url::text, url), said = @said::text, due_at_ms = @due, lease_until_ms = 0,
               tries = case when @state in ('open', 'closed') then 0 else tries + @counts end, changed_at_ms = @now,
               asked_at_ms = case when @unasked = 1 then null else asked_at_ms end
         where merchant_id = @merchant and desk_id = @desk and exception_id = @trouble and state = @before and lease_until_ms = @lease
        """, ("state", state), ("ticket", ticket?.Id), ("url", ticket?.Url), ("said", said), ("due", dueMs), ("counts", counts ? 1 : 0), ("unasked", isUnasked ? 1 : 0),
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
