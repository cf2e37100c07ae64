using Switchyard.Database;

namespace Switchyard.Connectors;

/// <summary>How a connection's listings, stock and write-back fare.</summary>
/// <param name="Unmatched">Listings of which nobody knows the product.</param>
/// <param name="StockWaiting">Listings that are to be looked at.</param>
internal sealed record StockHealth(long Listings, long Unmatched, long StockWaiting, long TasksWaiting, long TasksParked, StockLags.View Lag)
{
    public static async Task<IReadOnlyDictionary<Guid, StockHealth>> Read(Work work, DateTimeOffset now)
    {
        var batch = work.Batch();
        var listings = batch.Query(
            """
            select l.connection_id, count(*), sum(case when l.matched = 'none' then 1 else 0 end), sum(case when l.dirty_since_ms is not null then 1 else 0 end)
              from channel_listings l where l.merchant_id = @merchant and not l.is_gone group by l.connection_id
            """, row => (Id: row.Uuid(), All: row.Long(), Unmatched: row.Sum(), Waiting: row.Sum()));
        var tasks = batch.Query("select connection_id, state, count(*) from channel_tasks where merchant_id = @merchant and state in ('waiting', 'parked') group by connection_id, state",
            row => (Id: row.Uuid(), State: row.Text(), N: row.Long()));
        await batch.Run();
        var lags = await StockLags.Read(work, now);
        var (listingsOf, tasksOf) = (listings.ToDictionary(l => l.Id), tasks.ToDictionary(t => (t.Id, t.State), t => t.N));
        return listings.Select(l => l.Id).Concat(tasks.Select(t => t.Id)).Concat(lags.Keys).Distinct().ToDictionary(id => id, id =>
        {
            var own = listingsOf.GetValueOrDefault(id);
            return new StockHealth(own.All, own.Unmatched, own.Waiting, tasksOf.GetValueOrDefault((id, "waiting")), tasksOf.GetValueOrDefault((id, "parked")), lags.GetValueOrDefault(id) ?? new StockLags.View(null, null, 0));
        });
    }
}
