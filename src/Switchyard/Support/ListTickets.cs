using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Support;

/// <summary>Shows the tickets that troubles have at a desk, and has a parked one tried again.</summary>
public static class ListTickets
{
    /// <param name="Trouble">The exception it is about.</param>
    /// <param name="State">waiting: to be opened; open; closing: mended, to be told there; closed; dropped: mended before it was asked for; parked: the desk takes it not.</param>
    /// <param name="Ticket">The desk's id of it.</param>
    /// <param name="Said">What the desk, or the way to it, said.</param>
    public sealed record View(string Object, long Trouble, string Kind, string Detail, OrderId? Order, string? OrderNumber, [property: Words(typeof(DeskTicketState))] string State,
        string? Ticket, string? Url, int Tries, string? Said, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

    private const string Columns = "t.exception_id, e.kind, e.detail, o.id, o.number, t.state, t.ticket, t.url, t.tries, t.said, t.created_at_ms, t.changed_at_ms";
    private const string Select = $"select {Columns} from desk_tickets t join exceptions e on e.id = t.exception_id left join orders o on o.id = e.order_id";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/support-desks/{code}/troubles", async (string code, Db db, Actor actor, [FromQuery] string? state, [FromQuery] int? limit, [FromQuery] string? after) =>
                (await Handle(code, state, limit, after, db, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("support.tickets").WithTags("Support").WithSummary("List the tickets that troubles have at a support desk")
            .WithDescription("state: waiting, open, closing, closed, dropped or parked.").Produces<Page<View>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/support-desks/{code}/troubles/{exception:long}/retry", async (string code, long exception, Db db, TimeProvider clock, Actor actor) =>
                (await Retry(code, exception, db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("support.retryTicket").WithTags("Support").WithSummary("Have a parked ticket tried again").Produces<View>()
            .ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: request.invalid with pointers #state, #limit, #after; support.no_such_desk.</remarks>
    public static async Task<Result<Page<View>>> Handle(string code, string? state, int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.That(state is null || DeskTicketStates.Names.Contains(state), "#state", "field.unknown_value", "state must be waiting, open, closing, closed, dropped or parked.");
        long start = 0;
        if (!Cursor.TryNumber(after, ref start)) checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<View>>>(actor, async work =>
        {
            if (!Text.IsStorable(code) || await Desk.Find(work, code) is not { } desk) return SupportErrors.NoSuchDesk;
            var found = await work.Query(
                $"{Select} where t.merchant_id = @merchant and t.desk_id = @desk and t.exception_id > @after"
                + $"{(state is null ? "" : " and t.state = @state")} order by t.exception_id limit @limit", Read, ("desk", desk.Id.Value), ("after", start), ("state", state ?? ""), ("limit", most + 1L));
            return Page<View>.Of(found, most, t => Text.Invariant(t.Trouble));
        });
    }

    /// <remarks>Errors: support.no_such_desk, support.no_such_ticket, support.not_parked.</remarks>
    public static Task<Result<View>> Retry(string code, long trouble, Db db, TimeProvider clock, Actor actor) => db.Write<View>(actor, async work =>
    {
        if (!Text.IsStorable(code) || await Desk.Find(work, code) is not { } desk) return SupportErrors.NoSuchDesk;
        var now = clock.GetUtcNow();
        int changed = await work.Execute(
            """
            update desk_tickets set state = case when ticket is null then 'waiting' else 'closing' end, tries = 0, due_at_ms = 0, changed_at_ms = @now
             where merchant_id = @merchant and desk_id = @desk and exception_id = @trouble and state = 'parked'
            """, ("now", now.ToUnixTimeMilliseconds()), ("desk", desk.Id.Value), ("trouble", trouble));
        var found = await work.Query($"{Select} where t.merchant_id = @merchant and t.desk_id = @desk and t.exception_id = @trouble", Read,
            ("desk", desk.Id.Value), ("trouble", trouble));
        if (found is not [var view]) return SupportErrors.NoSuchTicket;
        if (changed == 0) return SupportErrors.NotParked;
        await EventLog.Append(work, actor, now, new Happening("supportDesk", code, "DeskTicketRetried", new { code, trouble }));
        return view;
    });

    private static View Read(Row row) => new("deskTicket", row.Long(), row.Text(), row.Text(), row.UuidOrNull() is { } order ? new OrderId(order) : null,
        row.TextOrNull(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.Int(), row.TextOrNull(), row.Instant(), row.Instant());
}
