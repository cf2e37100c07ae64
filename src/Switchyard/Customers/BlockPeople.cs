using System.Globalization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Customers;

/// <summary>The list of emails, telephone numbers and addresses whose orders a person looks at first, customer or not.</summary>
public static class BlockPeople
{
    /// <summary>One of email, phone (with the country it is read by) or postcode and line1.</summary>
    public sealed record Request(string? Email, string? Phone, string? Country, string? Postcode, string? Line1, string? Reason);

    public sealed record Response(string Object, string Id, string Kind, string Key, string Reason, DateTimeOffset At, string Actor);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/blocked-people", async (int? limit, string? after, Db db, Actor actor) => (await List(limit, after, db, actor)).ToHttp())
            .Requires(Permission.CustomersRead).WithName("blockedPeople.list").WithTags("Customers").WithSummary("List blocked emails, numbers and addresses")
            .Produces<Page<Response>>().ProducesProblem(400);
        routes.MapPost("/blocked-people", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp(201))
            .Requires(Permission.CustomersWrite).WithName("blockedPeople.add").WithTags("Customers").WithSummary("Block an email, number or address")
            .Produces<Response>(201).ProducesProblem(400).ProducesProblem(422);
        routes.MapDelete("/blocked-people/{entry}", async (string entry, Db db, TimeProvider clock, Actor actor) => (await Remove(entry, db, clock, actor)).ToHttp())
            .Requires(Permission.CustomersWrite).WithName("blockedPeople.remove").WithTags("Customers").WithSummary("Take an entry off the list")
            .Produces<Done>().ProducesProblem(404);
    }

    public static async Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Words(body.Reason, "/reason", 500, required: true);
        CustomerChecks.Email(checks, body.Email, "/email");
        checks.Words(body.Phone, "/phone", 64);
        checks.Text(body.Country, "/country", 2);
        checks.Words(body.Postcode, "/postcode", 32);
        checks.Words(body.Line1, "/line1", 300);
        if (checks.AnyFault) return checks.ToError();
        var named = new[] { ("email", EmailKey.Of(body.Email)), ("phone", PhoneKey.Of(body.Phone, body.Country)), ("address", AddressKey.Of(body.Postcode, body.Line1)) }
            .Where(k => k.Item2 is not null).ToList();
        if (named is not [var (kind, key)])
            return Error.Invalid([new FieldError("", "customers.one_of", "Name one: an email, a telephone number, or postcode and line1 of an address.")]);
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            await work.Execute(
                """
                insert into blocked_people (merchant_id, kind, key, reason, at_ms, actor) values (@merchant, @kind, @key, @reason, @now, @by)
                on conflict (merchant_id, kind, key) do update set reason = @reason
                """, ("kind", kind), ("key", key), ("reason", body.Reason), ("now", now.ToUnixTimeMilliseconds()), ("by", actor.Id));
            var stored = (await work.Query($"select {Columns} from blocked_people where merchant_id = @merchant and kind = @kind and key = @key", Read, ("kind", kind), ("key", key))).Single();
            await EventLog.Append(work, actor, now, new Happening("blockedPerson", stored.Id, "PersonBlocked", new { kind }));
            return stored;
        });
    }

    public static async Task<Result<Done>> Remove(string entry, Db db, TimeProvider clock, Actor actor)
    {
        if (!TryParse(entry, out long id)) return CustomerErrors.NoSuchBlock;
        var now = clock.GetUtcNow();
        return await db.Write<Done>(actor, async work =>
        {
            if (await work.Execute("delete from blocked_people where merchant_id = @merchant and id = @id", ("id", id)) == 0) return CustomerErrors.NoSuchBlock;
            await EventLog.Append(work, actor, now, new Happening("blockedPerson", Name(id), "PersonUnblocked", new { }));
            return new Done();
        });
    }

    public static async Task<Result<Page<Response>>> List(int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        long before = long.MaxValue;
        if (!Cursor.TryNumber(after, ref before))
            checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        var found = await db.Read(actor, work => work.Query(
            $"select {Columns} from blocked_people where merchant_id = @merchant and id < @before order by id desc limit @most", Read, ("before", before), ("most", most + 1L)));
        return Page<Response>.Of(found, most, b => b.Id[Prefix.Length..]);
    }

    private const string Prefix = "blk_", Columns = "id, kind, key, reason, at_ms, actor";
    private static string Name(long id) => Prefix + Text.Invariant(id);

    private static bool TryParse(string entry, out long id)
    {
        id = 0;
        return entry.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(entry.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    private static Response Read(Row row) => new("blockedPerson", Name(row.Long()), row.Text(), row.Text(), row.Text(), row.Instant(), row.Text());
}
