using System.Globalization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Search;

namespace Switchyard.Customers;

/// <summary>Shows one customer with history, lists customers, and lists the orders of one over all channels.</summary>
public static class ReadCustomers
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/customers/{id}", async (string id, Db db, Actor actor, HttpContext http) => (await Find(id, db, actor)).ToHttp(http))
            .Requires(Permission.CustomersRead).WithName("customers.get").WithTags("Customers").WithSummary("Read a customer with history")
            .Produces<CustomerView>().ProducesProblem(404);
        routes.MapGet("/customers/{id}/history", async (string id, int? limit, string? after, Db db, Actor actor) => (await History(id, limit, after, db, actor)).ToHttp())
            .Requires(Permission.CustomersRead).WithName("customers.history").WithTags("Customers").WithSummary("Who changed a customer, newest first")
            .Produces<Page<ThingHistory.Entry>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/customers", async ([AsParameters] ListAsk ask, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await List(ask, db, clock, actor)).ToHttp(http, ask))
            .Requires(Permission.CustomersRead).WithName("customers.list").WithTags("Customers").WithSummary("List and search customers, newest first")
            .WithDescription("query holds words and field:value, as docs/api/search.md says; GET /search/fields?list=customers names the fields. sort: -createdAt or -updatedAt.")
            .Produces<ListPage<CustomerView>>().ProducesProblem(400);
        routes.MapGet("/customers/{id}/orders", async (string id, int? limit, string? after, Db db, Actor actor) => (await Orders(id, limit, after, db, actor)).ToHttp())
            .Requires(Permission.CustomersRead).WithName("customers.orders").WithTags("Customers").WithSummary("List a customer's orders over all channels")
            .Produces<Page<CustomerOrder>>().ProducesProblem(400).ProducesProblem(404);
    }

    public static async Task<Result<CustomerView>> Find(string id, Db db, Actor actor) =>
        CustomerId.TryParse(id, null, out var customer) && await db.Read(actor, work => CustomerReader.Find(work, customer), snapshot: true) is { } found
            ? found : CustomerErrors.NotFound;

    private static async Task<Result<Page<ThingHistory.Entry>>> History(string id, int? limit, string? after, Db db, Actor actor)
    {
        if (!CustomerId.TryParse(id, null, out var customer)) return CustomerErrors.NotFound;
        return await ThingHistory.Read(db, actor, "customer", limit, after, CustomerErrors.NotFound,
            async work => await CustomersSql.Find(work, customer) is { } found ? found.Id.ToString() : null);
    }

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

    /// <remarks>Errors: request.invalid with pointers #limit, #after, #before, #sort, #expand, #query (and the column).</remarks>
    public static async Task<Result<ListPage<CustomerView>>> List(ListAsk ask, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        SearchAnswer.Names(ask.Expand, "#expand", SearchAnswer.MostExpand, [], checks);
        if (checks.AnyFault) return checks.ToError();
        var order = ListOrder.Read(CustomersList.Spec.For(actor), ask, clock.GetUtcNow());
        if (order.Error is { } error) return error;
        return await db.Read<Result<ListPage<CustomerView>>>(actor, async work =>
        {
            var (keys, next, previous, count) = await SearchList.Keys(work, CustomersList.Spec, order.Value);
            var found = await Read(work, [.. keys.Select(k => (Guid)k.Id)]);
            return new ListPage<CustomerView>(found, next, next is not null, previous, count, null);
        }, snapshot: true);
    }

    /// <summary>Customers without history and consent, in the order of their ids.</summary>
    internal static async Task<List<CustomerView>> Read(Work work, IReadOnlyList<Guid> ids)
    {
        Rows<Guid> keys() => Rows.Of(ids).Uuid("id", id => id);
        var batch = work.Batch();
        var found = batch.Query($"select {CustomersSql.Columns} from @rows r join customers c on c.id = r.id and c.merchant_id = @merchant", keys(), CustomersSql.Read);
        var identities = batch.Query(
            """
            select i.customer_id, i.kind, i.channel_id, h.code, i.key, i.expires_at_ms from @rows r
              join customer_identities i on i.customer_id = r.id and i.merchant_id = @merchant left join channels h on h.id = i.channel_id order by i.kind, i.key
            """, keys(), row => (Customer: row.Uuid(), Identity: new Identity(row.Text(), row.Long(), row.TextOrNull(), row.Text(), row.InstantOrNull())));
        await batch.Run();
        var (byId, identitiesOf) = (found.ToDictionary(c => c.Id.Value), identities.ToLookup(i => i.Customer, i => i.Identity));
        return [.. ids.Where(byId.ContainsKey).Select(id => CustomerReader.Short(byId[id], [.. identitiesOf[id].Take(CustomerBody.MostIdentities)]))];
    }

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
