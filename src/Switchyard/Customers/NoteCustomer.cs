using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Customers;

/// <summary>Notes that staff keep about a customer.</summary>
public static class NoteCustomer
{
    public sealed record Request(string? Note);
    public sealed record Response(string Object, string Note, string Author, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/customers/{id}/notes", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp(201))
            .Requires(Permission.CustomersWrite).WithName("customers.note").WithTags("Customers").WithSummary("Write a note about a customer")
            .Produces<Response>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        routes.MapGet("/customers/{id}/notes", async (string id, int? limit, string? after, Db db, Actor actor) => (await List(id, limit, after, db, actor)).ToHttp())
            .Requires(Permission.CustomersRead).WithName("customers.notes").WithTags("Customers").WithSummary("List notes about a customer, newest first")
            .Produces<Page<Response>>().ProducesProblem(400).ProducesProblem(404);
    }

    public static async Task<Result<Response>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Words(body.Note, "/note", 5_000, required: true);
        if (checks.AnyFault) return checks.ToError();
        if (!CustomerId.TryParse(id, null, out var customer)) return CustomerErrors.NotFound;
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            if (await CustomersSql.Find(work, customer, locked: true) is null) return CustomerErrors.NotFound;
            await work.Execute("insert into customer_notes (merchant_id, customer_id, note, at_ms, actor) values (@merchant, @id, @note, @now, @by)",
                ("id", customer.Value), ("note", body.Note), ("now", now.ToUnixTimeMilliseconds()), ("by", actor.Id));
            await EventLog.Append(work, actor, now, new Happening("customer", customer.ToString(), "CustomerNoted", new { }));
            return new Response("note", body.Note!, actor.Id, DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()));
        });
    }

    public static Task<Result<Page<Response>>> List(string id, int? limit, string? after, Db db, Actor actor) => CustomerLists.Read(id, limit, after, db, actor,
        "select id, note, actor, at_ms from customer_notes where merchant_id = @merchant and customer_id = @id and id < @before order by id desc limit @most",
        row => new Response("note", row.Text(), row.Text(), row.Instant()));
}
