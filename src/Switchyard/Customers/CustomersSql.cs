using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Customers;

/// <summary>A customer's row.</summary>
/// <param name="Root">Who stands for it after merges; itself when it was merged into nobody.</param>
internal sealed record StoredCustomer(CustomerId Id, string Kind, string? Name, string? Email, string? Phone, CustomerDetails Details, IReadOnlyList<string> Tags,
    CreditTerms? Credit, string? BlockedReason, CustomerId? MergedInto, CustomerId Root, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    public bool? AllowSubstitutes { get; init; }
    public bool IsMerged => MergedInto is not null;
}

/// <summary>What is kept of a customer but never searched by.</summary>
internal sealed record CustomerDetails(string? VatNumber, string? Language, IReadOnlyList<CustomerAddress> Addresses, IReadOnlyList<CustomerContact> Contacts,
    IReadOnlyDictionary<string, string>? Metadata)
{
    public static readonly CustomerDetails None = new(null, null, [], [], null);
}

/// <summary>One of the things by which orders of a customer are recognised.</summary>
/// <param name="Kind">email, external, relay.</param>
internal sealed record Identity(string Kind, long ChannelId, string? Channel, string Key, DateTimeOffset? ExpiresAt);

/// <summary>Statements several slices share.</summary>
internal static class CustomersSql
{
    public const string Columns =
        """
        c.id, c.kind, c.name, c.email, c.phone, c.details, c.tags, c.credit_currency, c.credit_limit_minor, c.terms_days, c.blocked_reason,
        c.merged_into, c.root_id, c.created_at_ms, c.updated_at_ms, c.version, c.allow_substitutes
        """;

    public static StoredCustomer Read(Row row)
    {
        var id = new CustomerId(row.Uuid());
        var (kind, name, email, phone) = (row.Text(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
        var details = row.TextOrNull() is { } json ? JsonSerializer.Deserialize<CustomerDetails>(json, Json.Options)! : CustomerDetails.None;
        IReadOnlyList<string> tags = row.TextOrNull() is { } list ? JsonSerializer.Deserialize<List<string>>(list)! : [];
        var (currency, limit, days) = (row.TextOrNull(), row.LongOrNull(), row.IntOrNull());
        var (blocked, into, root) = (row.TextOrNull(), row.UuidOrNull(), row.UuidOrNull());
        return new StoredCustomer(id, kind, name, email, phone, details, tags, currency is null ? null : new CreditTerms(currency, limit, days), blocked,
            into is { } i ? new CustomerId(i) : null, new CustomerId(root ?? id.Value), row.Instant(), row.Instant(), row.Long())
        { AllowSubstitutes = row.BoolOrNull() };
    }

    public static Task<StoredCustomer?> Find(Work work, CustomerId id, bool locked = false) => work.Find(
        $"select {Columns} from customers c where c.id = @id and c.merchant_id = @merchant {(locked ? "for update" : "")}", Read, ("id", id.Value));

    /// <summary>Locks customers in the order of their ids.</summary>
    public static Task<List<StoredCustomer>> Lock(Work work, IEnumerable<CustomerId> ids) => work.Query(
        $"select {Columns} from @rows r join customers c on c.id = r.id and c.merchant_id = @merchant order by c.id for update of c",
        Rows.Of(ids.Distinct().OrderBy(i => i.Value).ToList()).Uuid("id", i => i.Value), Read);

    /// <summary>The customer and all that were merged into it, itself first.</summary>
    public static List<StoredCustomer> QueueGroup(Batch batch, CustomerId id) => batch.Query(
        $"select {Columns} from customers c where c.merchant_id = @merchant and (c.id = @id or c.root_id = @id) order by case when c.id = @id then 0 else 1 end, c.id limit 500",
        Read, ("id", id.Value));

    public static List<(CustomerId Customer, Identity Identity)> QueueIdentities(Batch batch, CustomerId id) => batch.Query(
        """
        select i.customer_id, i.kind, i.channel_id, h.code, i.key, i.expires_at_ms from customers c
          join customer_identities i on i.customer_id = c.id and i.merchant_id = @merchant left join channels h on h.id = i.channel_id
         where c.merchant_id = @merchant and (c.id = @id or c.root_id = @id) order by i.kind, i.channel_id, i.key limit 1000
        """, row => (new CustomerId(row.Uuid()), new Identity(row.Text(), row.Long(), row.TextOrNull(), row.Text(), row.InstantOrNull())), ("id", id.Value));

    /// <summary>Gives identities to a customer; those that somebody has are left.</summary>
    /// <returns>How many are new.</returns>
    public static Task<int> Give(Work work, CustomerId id, IReadOnlyList<Identity> identities) => work.Execute(
        """
        insert into customer_identities (merchant_id, kind, channel_id, key, customer_id, expires_at_ms)
        select @merchant, kind, channel_id, key, @id, expires_at_ms from @rows r where true on conflict do nothing
        """,
        RowsOf(identities).LongOrNull("expires_at_ms", i => i.ExpiresAt?.ToUnixTimeMilliseconds()), ("id", id.Value));

    public static Task<int> Take(Work work, CustomerId id, IReadOnlyList<Identity> identities) => work.Execute(
        """
        delete from customer_identities where merchant_id = @merchant and customer_id = @id
           and exists (select 1 from @rows r where r.kind = customer_identities.kind and r.channel_id = customer_identities.channel_id and r.key = customer_identities.key)
        """, RowsOf(identities), ("id", id.Value));

    /// <summary>Who has these identities now.</summary>
    public static Task<List<(Identity Identity, CustomerId Owner)>> Owners(Work work, IReadOnlyList<Identity> identities) => work.Query(
        """
        select i.kind, i.channel_id, i.key, i.customer_id from @rows r
          join customer_identities i on i.merchant_id = @merchant and i.kind = r.kind and i.channel_id = r.channel_id and i.key = r.key
        """, RowsOf(identities), row => (new Identity(row.Text(), row.Long(), null, row.Text(), null), new CustomerId(row.Uuid())));

    // Rows of the unique index are taken in one order by every writer, so that two writers cannot wait for each other.
    private static Rows<Identity> RowsOf(IReadOnlyList<Identity> identities) =>
        Rows.Of(identities.OrderBy(i => i.Kind, StringComparer.Ordinal).ThenBy(i => i.ChannelId).ThenBy(i => i.Key, StringComparer.Ordinal).ToList())
            .Text("kind", i => i.Kind).Long("channel_id", i => i.ChannelId).Text("key", i => i.Key);
}
