using System.Globalization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Customers;

/// <summary>Shows one customer with history, lists customers, and lists the orders of one over all channels.</summary>
public static class ReadCustomers
{
    private sealed record Filter(string? Email, string? Phone, string? Name, string? Tag);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/customers/{id}", async (string id, Db db, Actor actor, HttpContext http) => (await Find(id, db, actor)).ToHttp(http))
            .Requires(Permission.CustomersRead).WithName("customers.get").WithTags("Customers").WithSummary("Read a customer with history")
            .Produces<CustomerView>().ProducesProblem(404);
        routes.MapGet("/customers", async (string? query, int? limit, string? after, Db db, Actor actor) => (await List(query, limit, after, db, actor)).ToHttp())
            .Requires(Permission.CustomersRead).WithName("customers.list").WithTags("Customers").WithSummary("List customers, newest first")
            .WithDescription("query holds words field:value, all of which must match: email, phone, name (how it begins), tag. Quote values with blanks.")
            .Produces<Page<CustomerView>>().ProducesProblem(400);
        routes.MapGet("/customers/{id}/orders", async (string id, int? limit, string? after, Db db, Actor actor) => (await Orders(id, limit, after, db, actor)).ToHttp())
            .Requires(Permission.CustomersRead).WithName("customers.orders").WithTags("Customers").WithSummary("List a customer's orders over all channels")
            .Produces<Page<CustomerOrder>>().ProducesProblem(400).ProducesProblem(404);
    }

    public static async Task<Result<CustomerView>> Find(string id, Db db, Actor actor) =>
        CustomerId.TryParse(id, null, out var customer) && await db.Read(actor, work => CustomerReader.Find(work, customer), snapshot: true) is { } found
            ? found : CustomerErrors.NotFound;

    public static async Task<Result<Page<CustomerOrder>>> Orders(string id, int? limit, string? after, Db db, Actor actor)
    {
        var paging = Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        if (!CustomerId.TryParse(id, null, out var customer)) return CustomerErrors.NotFound;
        return await db.Read<Result<Page<CustomerOrder>>>(actor, async work =>
        {
            var batch = work.Batch();
            var known = batch.Query("select count(*) from customers where id = @id and merchant_id = @merchant", row => row.Sum(), ("id", customer.Value));
            var found = CustomerReader.QueueOrders(batch, customer, from.AtMs, from.Id, most + 1);
            await batch.Run();
            return known[0] == 0 ? CustomerErrors.NotFound
                : Page<CustomerOrder>.Of(found, most, o => $"{Text.Invariant(o.PlacedAt.ToUnixTimeMilliseconds())}:{o.Id.Value:N}");
        });
    }

    public static async Task<Result<Page<CustomerView>>> List(string? query, int? limit, string? after, Db db, Actor actor)
    {
        var paging = Check(limit, after);
        if (paging.Error is { } error) return error;
        var filter = Parse(query);
        if (filter.Error is { } malformed) return malformed;
        var (most, from) = paging.Value;
        return await db.Read<Result<Page<CustomerView>>>(actor, async work =>
        {
            var f = filter.Value;
            var found = await work.Query(Sql(f), CustomersSql.Read, ("at", from.AtMs), ("after", from.Id), ("most", most + 1L), ("email", EmailKey.Of(f.Email) ?? ""),
                ("phone", f.Phone ?? ""), ("name", AddressKey.Name(f.Name) ?? ""), ("nameEnd", (AddressKey.Name(f.Name) ?? "") + '\uFFFD'), ("tag", JsonTag(f.Tag)));
            var page = Page<StoredCustomer>.Of(found, most, c => $"{Text.Invariant(c.CreatedAt.ToUnixTimeMilliseconds())}:{c.Id.Value:N}");
            var identities = (await work.Query(
                """
                select i.customer_id, i.kind, i.channel_id, h.code, i.key, i.expires_at_ms from @rows r
                  join customer_identities i on i.customer_id = r.id and i.merchant_id = @merchant left join channels h on h.id = i.channel_id order by i.kind, i.key
                """, Rows.Of(page.Data).Uuid("id", c => c.Id.Value),
                row => (Customer: row.Uuid(), Identity: new Identity(row.Text(), row.Long(), row.TextOrNull(), row.Text(), row.InstantOrNull())))).ToLookup(i => i.Customer, i => i.Identity);
            return new Page<CustomerView>([.. page.Data.Select(c => CustomerReader.Short(c, [.. identities[c.Id.Value].Take(CustomerBody.MostIdentities)]))], page.Next, page.HasMore);
        }, snapshot: true);
    }

    // By the whole key, with each of the channels that may have given it as a relay address.
    private const string ByEmail =
        """
        select i.customer_id from customer_identities i where i.merchant_id = @merchant and i.kind = 'email' and i.channel_id = 0 and i.key = @email
        union all
        select i.customer_id from channels h join customer_identities i on i.merchant_id = @merchant and i.kind = 'relay' and i.channel_id = h.id and i.key = @email
         where h.merchant_id = @merchant
        """;

    // Each condition stands in the text only when it is asked for, so that the index of each is used.
    private static string Sql(Filter f)
    {
        string where = "";
        if (f.Email is not null) where += $" and c.id in ({ByEmail})";
        if (f.Phone is not null) where += " and c.phone_key = @phone";
        if (f.Name is not null) where += " and c.name_key >= @name and c.name_key < @nameEnd";
        if (f.Tag is not null) where += " and c.tags like @tag escape '!'";
        return $"""
            select {CustomersSql.Columns} from customers c
             where c.merchant_id = @merchant and c.merged_into is null and (c.created_at_ms < @at or c.created_at_ms = @at and c.id < @after){where}
             order by c.created_at_ms desc, c.id desc limit @most
            """;
    }

    /// <summary>Words field:value; a bare word is an email when it has an @, else how a name begins.</summary>
    private static Result<Filter> Parse(string? query)
    {
        var filter = new Filter(null, null, null, null);
        var checks = new Checks();
        if (query is not null) checks.Text(query, "#query", 500);
        if (checks.AnyFault) return checks.ToError();
        foreach (var (field, value) in Words(query ?? ""))
            filter = field switch
            {
                "email" => filter with { Email = value },
                "phone" => filter with { Phone = PhoneKey.Of(value, null) ?? value },
                "name" => filter with { Name = value },
                "tag" => filter with { Tag = value },
                "" when value.Contains('@', StringComparison.Ordinal) => filter with { Email = value },
                "" => filter with { Name = filter.Name is null ? value : $"{filter.Name} {value}" },
                _ => Unknown(checks, field, filter),
            };
        return checks.AnyFault ? checks.ToError() : filter;
    }

    private static Filter Unknown(Checks checks, string field, Filter filter)
    {
        checks.Fault("#query", "query.unknown_field", $"There is no field {field}; use email, phone, name or tag.");
        return filter;
    }

    private static IEnumerable<(string Field, string Value)> Words(string query)
    {
        for (int at = 0; at < query.Length;)
        {
            if (query[at] == ' ') { at++; continue; }
            int colon = query.IndexOfAny([':', ' ', '"'], at);
            string field = colon > at && query[colon] == ':' ? query[at..colon] : "";
            int start = field.Length > 0 ? colon + 1 : at;
            bool isQuoted = start < query.Length && query[start] == '"';
            if (isQuoted) start++;
            int end = query.IndexOf(isQuoted ? '"' : ' ', start);
            if (end < 0) end = query.Length;
            yield return (field, query[start..end]);
            at = end + 1;
        }
    }

    private static string JsonTag(string? tag) =>
        $"%{System.Text.Json.JsonSerializer.Serialize(tag ?? "").Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";

    internal static Result<(int Most, (long AtMs, Guid Id) From)> Check(int? limit, string? after)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        (long AtMs, Guid Id) from = (long.MaxValue, Guid.Empty);
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !TryParse(text, out from))
            checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        return checks.AnyFault ? checks.ToError() : (most, from);
    }

    private static bool TryParse(string text, out (long, Guid) key)
    {
        key = (0, Guid.Empty);
        if (text.Split(':') is not [var at, var id] || !long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long ms)
            || !Guid.TryParseExact(id, "N", out var guid)) return false;
        key = (ms, guid);
        return true;
    }
}
