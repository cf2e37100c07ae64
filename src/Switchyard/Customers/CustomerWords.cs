using System.Text.Json;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Customers;

/// <summary>Keeps the words customers are found by: words of the name, email, telephone, tags.</summary>
internal static class CustomerWords
{
    public const string Name = "name", Email = "email", Phone = "phone", Tag = "tag";

    public static readonly TermTable Table = new("customer_terms", "customer_id", "created_at_ms");

    public static readonly WordSource Source = new("customers",
        async work => await work.Scalar("select count(*) from (select 1 from customers where worded_version <> version limit 1) w -- house") > 0,
        async (work, most) => await Write(work, await work.Query(
            $"select {Columns} from customers c where c.worded_version <> c.version order by c.id limit @most for update skip locked -- house", Head.Read, ("most", (long)most))));

    private const string Columns = "c.id, c.merchant_id, c.name, c.email, c.phone, c.tags, c.created_at_ms, c.version";

    private sealed record Head(Guid Id, long Merchant, string? Name, string? Email, string? Phone, IReadOnlyList<string> Tags, long CreatedAtMs, long Version)
    {
        public static Head Read(Row row) => new(row.Uuid(), row.Long(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(),
            row.TextOrNull() is { } tags ? JsonSerializer.Deserialize<List<string>>(tags)! : [], row.Long(), row.Long());
    }

    /// <summary>Reads the words of a customer just written, in the same transaction.</summary>
    public static async Task Read(Work work, CustomerId id) => await Write(work, await work.Query(
        $"select {Columns} from customers c where c.merchant_id = @merchant and c.id = @id", Head.Read, ("id", id.Value)));

    private static async Task<int> Write(Work work, List<Head> customers)
    {
        if (customers.Count == 0) return 0;
        var batch = work.Batch();
        batch.Execute("delete from customer_terms where customer_id in (select r.id from @rows r) -- house", Rows.Of(customers).Uuid("id", c => c.Id));
        Queue(batch, customers);
        batch.Execute("update customers set worded_version = r.version from @rows r where customers.id = r.id and customers.merchant_id = r.merchant_id and customers.version = r.version",
            Rows.Of(customers).Uuid("id", c => c.Id).Long("merchant_id", c => c.Merchant).Long("version", c => c.Version));
        await batch.Run();
        return customers.Count;
    }

    /// <summary>Queues the words of customers who are just being made, and have no tags yet; their rows say that they are worded.</summary>
    public static void QueueNew(Batch batch, IEnumerable<(Guid Id, CustomerTraits Traits)> made, DateTimeOffset now) => Queue(batch,
        [.. made.Select(m => new Head(m.Id, m.Traits.Merchant, m.Traits.Name, m.Traits.Email, m.Traits.Phone, [], now.ToUnixTimeMilliseconds(), 1))]);

    // In the order of the key, so that what lies together in its index is written together.
    private static void Queue(Batch batch, IReadOnlyList<Head> customers)
    {
        var words = customers.SelectMany(c => Of(c).Distinct().Select(w => (Customer: c, w.Kind, w.Term)))
            .OrderBy(w => w.Customer.Merchant).ThenBy(w => w.Term, StringComparer.Ordinal).ToList();
        batch.Execute(
            """
            insert into customer_terms (merchant_id, term, kind, created_at_ms, customer_id)
            select merchant_id, term, kind, created_at_ms, customer_id from @rows r where true on conflict do nothing
            """, Rows.Of(words).Long("merchant_id", w => w.Customer.Merchant).Text("term", w => w.Term).Text("kind", w => w.Kind)
                .Long("created_at_ms", w => w.Customer.CreatedAtMs).Uuid("customer_id", w => w.Customer.Id));
    }

    private static IEnumerable<(string Kind, string Term)> Of(Head customer) =>
        TermText.Words(customer.Name ?? "").Select(t => (Name, t))
            .Concat(TermText.Whole(customer.Email ?? "").Select(t => (Email, t)))
            .Concat(TermText.Phone(customer.Phone ?? "").Select(t => (Phone, t)))
            .Concat(customer.Tags.Select(t => (Tag, Text.Key(t))));
}
