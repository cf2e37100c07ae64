using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Customers;

/// <summary>A customer as a file knows it.</summary>
/// <param name="Group">Itself and all that were merged into it.</param>
internal sealed record FoundCustomer(CustomerId Id, CustomerBody Body, IReadOnlySet<CustomerId> Group, long CreatedAtMs);

/// <summary>Finds customers by the keys of a file: <c>id …</c>, <c>email …</c>, <c>channel CODE …</c>.</summary>
internal static class CustomerFinder
{
    /// <summary>What a body says, in one text: the same texts are the same customers.</summary>
    public static string State(CustomerBody body) => JsonSerializer.Serialize(body with
    {
        Kind = body.Kind ?? "person",
        Tags = [.. (body.Tags ?? []).Order(StringComparer.Ordinal)],
        Addresses = body.Addresses ?? [],
        Contacts = body.Contacts ?? [],
        OtherEmails = [.. (body.OtherEmails ?? []).Order(StringComparer.Ordinal)],
        ExternalIds = [.. (body.ExternalIds ?? []).OrderBy(e => e!.Channel, StringComparer.Ordinal).ThenBy(e => e!.Id, StringComparer.Ordinal)],
        Metadata = body.Metadata is { Count: > 0 } metadata ? new SortedDictionary<string, string>(metadata.ToDictionary(), StringComparer.Ordinal) : null,
    }, Json.Options);

    public static async Task<Dictionary<string, FoundCustomer>> Find(Work work, IReadOnlyList<string> keys)
    {
        var ids = new Dictionary<string, Guid>();
        foreach (string key in keys)
            if (key.StartsWith("id ", StringComparison.Ordinal) && CustomerId.TryParse(key[3..], null, out var id)) ids[key] = id.Value;
        string[] emails = [.. keys.Where(k => k.StartsWith("email ", StringComparison.Ordinal)).Select(k => k[6..])];
        var externals = keys.Where(k => k.StartsWith("channel ", StringComparison.Ordinal)).Select(k => k[8..].Split(' ', 2)).Select(k => (Channel: k[0], Id: k[1])).ToList();
        foreach (var (key, owner) in await work.Query(
            "select i.key, coalesce(c.root_id, c.id) from customer_identities i join customers c on c.id = i.customer_id and c.merchant_id = @merchant where i.merchant_id = @merchant and i.kind = 'email' and i.channel_id = 0 and i.key = any(@emails)",
            row => ("email " + row.Text(), row.Uuid()), ("emails", emails))) ids[key] = owner;
        foreach (var (key, owner) in await work.Query(
            """
            select r.channel, r.id, coalesce(c.root_id, c.id) from @rows r join channels h on h.merchant_id = @merchant and upper(h.code) = r.channel
              join customer_identities i on i.merchant_id = @merchant and i.kind = 'external' and i.channel_id = h.id and i.key = r.id
              join customers c on c.id = i.customer_id and c.merchant_id = @merchant
            """, Rows.Of(externals).Text("channel", e => e.Channel).Text("id", e => e.Id), row => ($"channel {row.Text()} {row.Text()}", row.Uuid()))) ids[key] = owner;
        var found = (await Read(work, [.. ids.Values.Distinct()])).ToDictionary(c => c.Id.Value);
        return ids.Where(i => found.ContainsKey(i.Value)).ToDictionary(i => i.Key, i => found[i.Value]);
    }

    /// <summary>Those nobody was merged from, in the order they came.</summary>
    public static async Task<List<FoundCustomer>> Page(Work work, long afterMs, Guid after, int most)
    {
        var ids = await work.Query(
            """
            select id from customers where merchant_id = @merchant and merged_into is null and (created_at_ms > @at or created_at_ms = @at and id > @after)
             order by created_at_ms, id limit @most
            """, row => row.Uuid(), ("at", afterMs), ("after", after), ("most", (long)most));
        var found = (await Read(work, ids)).ToDictionary(c => c.Id.Value);
        return [.. ids.Select(id => found[id])];
    }

    /// <summary>Takes a customer away of whom nothing else is known.</summary>
    public static async Task<Error?> Remove(Work work, Actor actor, CustomerId id, DateTimeOffset now)
    {
        long uses = await work.Scalar(
            """
            select (select count(*) from orders where merchant_id = @merchant and customer_id = @id) + (select count(*) from customer_notes where merchant_id = @merchant and customer_id = @id)
                 + (select count(*) from customer_consents where merchant_id = @merchant and customer_id = @id) + (select count(*) from customers where merchant_id = @merchant and root_id = @id)
                 + (select count(*) from balances where merchant_id = @merchant and customer_id = @id)
            """, ("id", id.Value));
        if (uses > 0) return CustomerErrors.InUse;
        var batch = work.Batch();
        batch.Execute("delete from customer_terms where merchant_id = @merchant and customer_id = @id", ("id", id.Value));
        batch.Execute("delete from customer_identities where merchant_id = @merchant and customer_id = @id", ("id", id.Value));
        batch.Execute("delete from customers where merchant_id = @merchant and id = @id", ("id", id.Value));
        await batch.Run();
        await EventLog.Append(work, actor, now, new Happening("customer", id.ToString(), "CustomerRemoved", new { }, "import undone"));
        return null;
    }

    private static async Task<List<FoundCustomer>> Read(Work work, IReadOnlyList<Guid> ids)
    {
        Rows<Guid> keys() => Rows.Of(ids).Uuid("id", id => id);
        var batch = work.Batch();
        var stored = batch.Query($"select {CustomersSql.Columns} from @rows r join customers c on c.id = r.id and c.merchant_id = @merchant", keys(), CustomersSql.Read);
        var group = batch.Query("select c.root_id, c.id from @rows r join customers c on c.root_id = r.id and c.merchant_id = @merchant", keys(), row => (Root: row.Uuid(), Id: new CustomerId(row.Uuid())));
        var identities = batch.Query(
            """
            select i.customer_id, i.kind, i.channel_id, h.code, i.key, i.expires_at_ms from @rows r
              join customer_identities i on i.customer_id = r.id and i.merchant_id = @merchant left join channels h on h.id = i.channel_id
            """, keys(), row => (Customer: row.Uuid(), Identity: new Identity(row.Text(), row.Long(), row.TextOrNull(), row.Text(), row.InstantOrNull())));
        await batch.Run();
        var (groupOf, identitiesOf) = (group.ToLookup(g => g.Root, g => g.Id), identities.ToLookup(i => i.Customer, i => i.Identity));
        return stored.ConvertAll(c => new FoundCustomer(c.Id, Body(c, [.. identitiesOf[c.Id.Value]]), groupOf[c.Id.Value].Append(c.Id).ToHashSet(), c.CreatedAt.ToUnixTimeMilliseconds()));
    }

    private static CustomerBody Body(StoredCustomer c, IReadOnlyList<Identity> identities) => new(c.Kind, c.Name, c.Email, c.Phone,
        [.. identities.Where(i => i.Kind == "email" && i.Key != EmailKey.Of(c.Email)).Select(i => i.Key)],
        [.. identities.Where(i => i.Kind == "external").Select(i => new ChannelCustomerId(i.Channel, i.Key))],
        [.. c.Details.Addresses], [.. c.Details.Contacts], c.Credit, c.Details.VatNumber, c.Details.Language, [.. c.Tags], c.Details.Metadata, c.AllowSubstitutes);
}
