using Switchyard.Database;
using Switchyard.Orders;
using Switchyard.Search;

namespace Switchyard.Fulfilment;

/// <summary>Orders are found by the tracking numbers of their packages. Whatever changes one is told on its order, so no further entries are looked at.</summary>
internal static class TrackingTerms
{
    public static readonly OrderTermSource Source = new([], _ => null, Read);

    private static async Task<IReadOnlyList<(Guid Order, OrderTerm Term)>> Read(Work work, IReadOnlyList<Guid> orders)
    {
        var found = await work.Query(
            "select p.order_id, p.tracking from @rows r join packages p on p.order_id = r.id where p.tracking is not null and p.state <> 'voided' -- house",
            Database.Rows.Of(orders).Uuid("id", id => id), row => (Order: row.Uuid(), Tracking: row.Text()));
        return [.. found.SelectMany(p => OrderTerm.Of("tracking", p.Tracking, TermText.Whole).Select(term => (p.Order, term)))];
    }
}
