using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Support;

/// <summary>Asks a desk whether it takes its credentials, and for the tickets of a buyer or of an order.</summary>
public static class TestDesk
{
    /// <param name="Account">Behind the credentials; null when they are not good.</param>
    /// <param name="Fault">notSent: not reached; unknown: no answer in time; malformed: the answer is not this desk's; unauthorized: the credentials are not taken;
    /// throttled; refused; unsupported.</param>
    /// <param name="Said">What the desk said, in its words.</param>
    public sealed record Response(string Object, bool Ok, DeskAccount? Account, [property: Words(typeof(FaultKind))] string? Fault, string? Said);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/support-desks/{code}/test", async (string code, SupportDesks desks, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Handle(code, desks, db, clock, actor, http.RequestAborted)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("support.test").WithTags("Support").WithSummary("Ask a support desk whether it takes its credentials")
            .Produces<Response>().ProducesProblem(404);
        routes.MapGet("/support-desks/{code}/tickets", async (string code, SupportDesks desks, Db db, FindOrder find, Actor actor, HttpContext http,
                [FromQuery] string? email, [FromQuery] string? orderNumber) =>
                (await Tickets(code, email, orderNumber, desks, db, find, actor, http.RequestAborted)).ToHttp())
            .Requires(Permission.CustomersRead).WithName("support.findTickets").WithTags("Support").WithSummary("Ask a support desk for the tickets of a buyer or about an order")
            .Produces<Page<DeskTicket>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);
    }

    internal static async Task<Result<Response>> Handle(string code, SupportDesks desks, Db db, TimeProvider clock, Actor actor, CancellationToken stop)
    {
        if (!Text.IsStorable(code) || await db.Read(actor, work => Desk.Find(work, code)) is not { } desk) return SupportErrors.NoSuchDesk;
        var asked = await desks.Of(desk).Test(desks.Call(desk, stop));
        if (asked.Fault is { } fault) return new Response("deskTest", false, null, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(fault.Kind.ToString()), fault.Words);
        // Of what was tested, not of what somebody wrote meanwhile.
        var kept = await db.Write<Done>(actor with { Stamp = null }, async work =>
        {
            await work.Execute("update support_desks set tested_at_ms = @now where merchant_id = @merchant and id = @id and version = @version",
                ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", desk.Id.Value), ("version", desk.Version));
            // What it did not take while nobody could sign in it may take now.
            await TicketRows.TryAgain(work, desk.Id.Value, clock.GetUtcNow().ToUnixTimeMilliseconds());
            return new Done();
        });
        return kept.Error is { } error ? error : new Response("deskTest", true, asked.Value, null, null);
    }

    /// <remarks>Errors: support.no_such_desk, support.desk_refused, support.desk_failed, request.invalid with pointers #email, #orderNumber.</remarks>
    private static async Task<Result<Page<DeskTicket>>> Tickets(string code, string? email, string? order, SupportDesks desks, Db db, FindOrder find, Actor actor, CancellationToken stop)
    {
        var checks = new Checks();
        checks.Text(email, "#email", 320);
        checks.Text(order, "#orderNumber", 64);
        bool byEmail = email is { Length: > 0 }, byOrder = order is { Length: > 0 };
        checks.That(byEmail != byOrder, byEmail ? "#orderNumber" : "#email", "field.required", "Name the buyer's mail address or the order's number, one of the two.");
        if (checks.AnyFault) return checks.ToError();
        if (!Text.IsStorable(code) || await db.Read(actor, work => Desk.Find(work, code)) is not { } desk) return SupportErrors.NoSuchDesk;
        // What people write with the house is for those who see all of it; and a number is asked for that is an order's here.
        if (actor.Nodes is not null) return new Page<DeskTicket>([], null, false);
        if (byOrder && (await find.Find(actor, await db.Read(actor, work => BuyersOrders.ByNumber(work, actor, order!, 2)))).Count == 0) return new Page<DeskTicket>([], null, false);
        var found = await desks.Of(desk).Tickets(desks.Call(desk, stop), byEmail ? email : null, order);
        return found.Fault is { } fault ? SupportErrors.Desk(fault) : new Page<DeskTicket>(found.Value, null, false);
    }
}
