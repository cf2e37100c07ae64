using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Customers;

/// <summary>Whose entries are, and what each buyer agrees to now: read when a message is sent, so that a consent withdrawn meanwhile counts as withdrawn.</summary>
public static class BuyerConsents
{
    private sealed record Asked(long Position, long Merchant, Guid? Order, Guid? Customer);
    private sealed record Word(long Position, Guid Customer, string? Purpose, string? Channel, bool IsGiven);

    /// <returns>By position on the log. Entries of nobody have none.</returns>
    public static async Task<Dictionary<long, EventCustomer>> Of(Work work, IReadOnlyList<LoggedEvent> entries)
    {
        var asked = entries.Select(AskedOf).Where(a => a.Order is not null || a.Customer is not null).ToList();
        if (asked.Count == 0) return [];
        // Who was merged speaks for the survivor too: the newest word of all of them holds.
        var words = await work.Query(
            """
            select r.position, coalesce(c.root_id, c.id), k.purpose, k.channel, coalesce(k.is_given, false) from @rows r /* house */
              left join orders o on o.id = r.order_id and o.merchant_id = r.merchant_id
              join customers c on c.id = coalesce(r.customer_id, o.customer_id) and c.merchant_id = r.merchant_id
              left join customers g on g.merchant_id = c.merchant_id and (g.id = coalesce(c.root_id, c.id) or g.root_id = coalesce(c.root_id, c.id))
              left join customer_consents k on k.customer_id = g.id and k.merchant_id = c.merchant_id
             order by r.position, k.id
            """,
            Rows.Of(asked).Long("position", a => a.Position).Long("merchant_id", a => a.Merchant).UuidOrNull("order_id", a => a.Order).UuidOrNull("customer_id", a => a.Customer),
            row => new Word(row.Long(), row.Uuid(), row.TextOrNull(), row.TextOrNull(), row.Bool()));
        return words.GroupBy(w => w.Position).ToDictionary(g => g.Key, g => new EventCustomer(new CustomerId(g.First().Customer),
            g.Where(w => w.Purpose is not null).GroupBy(w => $"{w.Purpose}/{w.Channel}", StringComparer.Ordinal).OrderBy(k => k.Key, StringComparer.Ordinal).ToDictionary(k => k.Key, k => k.Last().IsGiven)));
    }

    private static Asked AskedOf(LoggedEvent entry)
    {
        string? order = EntryScope.OrderOf(entry.AggregateKind, entry.AggregateId, EventView.Of(entry).Payload);
        return new Asked(entry.Position, entry.Merchant, OrderId.TryParse(order, null, out var id) ? id.Value : null,
            entry.AggregateKind == "customer" && CustomerId.TryParse(entry.AggregateId, null, out var customer) ? customer.Value : null);
    }
}
