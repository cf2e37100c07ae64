using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Customers;

/// <summary>Records that a customer agreed to something, or took it back; the newest word of a purpose and channel holds.</summary>
public static class NoteConsent
{
    /// <param name="Purpose">What for: marketing, reviews, profiling, …</param>
    /// <param name="Channel">How he is reached: email, sms, phone, post, …</param>
    /// <param name="Source">Where he said so: checkout, call, form 12.</param>
    /// <param name="At">When he said so; now, when left out.</param>
    public sealed record Request(string? Purpose, string? Channel, bool? IsGiven, string? Source, DateTimeOffset? At);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/customers/{id}/consents", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp(201))
            .Requires(Permission.CustomersWrite).WithName("customers.consent").WithTags("Customers").WithSummary("Record a consent or its withdrawal")
            .Produces<ConsentView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        routes.MapGet("/customers/{id}/consents", async (string id, int? limit, string? after, Db db, Actor actor) => (await List(id, limit, after, db, actor)).ToHttp())
            .Requires(Permission.CustomersRead).WithName("customers.consents").WithTags("Customers").WithSummary("List all a customer ever agreed to or took back, newest first")
            .Produces<Page<ConsentView>>().ProducesProblem(400).ProducesProblem(404);
    }

    public static async Task<Result<ConsentView>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.Words(body.Purpose, "/purpose", 64, required: true);
        checks.Words(body.Channel, "/channel", 64, required: true);
        checks.Words(body.Source, "/source", 200, required: true);
        checks.That(body.IsGiven is not null, "/isGiven", "field.required", "isGiven is required: true or false.");
        checks.That(body.At is null || body.At <= now.AddMinutes(5), "/at", "field.out_of_range", "at cannot lie in the future.");
        if (checks.AnyFault) return checks.ToError();
        if (!CustomerId.TryParse(id, null, out var customer)) return CustomerErrors.NotFound;
        var at = DateTimeOffset.FromUnixTimeMilliseconds((body.At ?? now).ToUnixTimeMilliseconds());
        return await db.Write<ConsentView>(actor, async work =>
        {
            if (await CustomersSql.Find(work, customer, locked: true) is null) return CustomerErrors.NotFound;
            await work.Execute(
                """
                insert into customer_consents (merchant_id, customer_id, purpose, channel, is_given, source, at_ms, recorded_at_ms, actor)
                values (@merchant, @id, @purpose, @channel, @given, @source, @at, @now, @by)
                """, ("id", customer.Value), ("purpose", body.Purpose), ("channel", body.Channel), ("given", body.IsGiven), ("source", body.Source),
                ("at", at.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()), ("by", actor.Id));
            await EventLog.Append(work, actor, now, new Happening("customer", customer.ToString(), body.IsGiven!.Value ? "CustomerConsented" : "CustomerWithdrewConsent",
                new { body.Purpose, body.Channel }));
            return new ConsentView(body.Purpose!, body.Channel!, body.IsGiven.Value, body.Source!, at);
        });
    }

    public static Task<Result<Page<ConsentView>>> List(string id, int? limit, string? after, Db db, Actor actor) => CustomerLists.Read(id, limit, after, db, actor,
        "select id, purpose, channel, is_given, source, at_ms from customer_consents where merchant_id = @merchant and customer_id = @id and id < @before order by id desc limit @most",
        CustomerReader.ReadConsent);
}

/// <summary>Lists of what belongs to one customer, newest first.</summary>
internal static class CustomerLists
{
    /// <param name="sql">Its first column is the row's number, which the cursor carries.</param>
    public static async Task<Result<Page<T>>> Read<T>(string id, int? limit, string? after, Db db, Actor actor, string sql, Func<Row, T> read)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        long before = long.MaxValue;
        if (!Cursor.TryNumber(after, ref before))
            checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        if (!CustomerId.TryParse(id, null, out var customer)) return CustomerErrors.NotFound;
        return await db.Read<Result<Page<T>>>(actor, async work =>
        {
            if (await CustomersSql.Find(work, customer) is null) return CustomerErrors.NotFound;
            var found = await work.Query(sql, row => (Id: row.Long(), Entry: read(row)), ("id", customer.Value), ("before", before), ("most", most + 1L));
            var page = Page<(long Id, T Entry)>.Of(found, most, f => Text.Invariant(f.Id));
            return new Page<T>([.. page.Data.Select(f => f.Entry)], page.Next, page.HasMore);
        });
    }
}
