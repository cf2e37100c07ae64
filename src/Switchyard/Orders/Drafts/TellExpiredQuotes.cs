using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>
/// Tells on the log that a quote has expired, so that others can act on it. The date alone makes it so; this only says it, once, whichever process comes by.
/// </summary>
public sealed class TellExpiredQuotes(Db db, TimeProvider clock, ILogger<TellExpiredQuotes> log) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private sealed record Due(long Merchant, DraftId Id);

    /// <returns>Quotes told of.</returns>
    public async Task<int> Handle()
    {
        var now = clock.GetUtcNow();
        var due = await db.ReadAll(work => work.Query(
            "select merchant_id, id from drafts where state = 'quoted' and expired_at_ms is null and valid_until_ms <= @now order by valid_until_ms limit @most -- house",
            row => new Due(row.Long(), new DraftId(row.Uuid())), ("now", now.ToUnixTimeMilliseconds()), ("most", (long)AtOnce)));
        int told = 0;
        foreach (var merchant in due.GroupBy(d => d.Merchant))
        {
            var actor = Actor.House("system:expiry", merchant.Key);
            var done = await db.Write<int>(actor, async work => await Tell(work, actor, [.. merchant.Select(d => d.Id)], now));
            if (done.IsOk) told += done.Value;
        }
        return told;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(Pause, clock, Handle, log, "Expired quotes were not told of", stoppingToken);

    private static async Task<int> Tell(Work work, Actor actor, IReadOnlyList<DraftId> ids, DateTimeOffset now)
    {
        // Looked at again under the lock: somebody may have accepted it, quoted it anew, or told of it.
        var expired = await work.Query(
            """
            select d.id, d.number, d.total_minor, d.currency, d.valid_until_ms from @rows r join drafts d on d.id = r.id
             where d.merchant_id = @merchant and d.state = 'quoted' and d.expired_at_ms is null and d.valid_until_ms <= @now order by d.id for update of d
            """,
            Rows.Of(ids.OrderBy(i => i.Value).ToList()).Uuid("id", i => i.Value),
            row => (Id: new DraftId(row.Uuid()), Number: row.Text(), Total: row.Long(), Currency: row.Text(), Until: row.Instant()), ("now", now.ToUnixTimeMilliseconds()));
        await work.Execute("update drafts set expired_at_ms = @now from @rows r where drafts.id = r.id and drafts.merchant_id = @merchant",
            Rows.Of(expired).Uuid("id", e => e.Id.Value), ("now", now.ToUnixTimeMilliseconds()));
        await EventLog.Append(work, actor, now, [.. expired.Select(e => new Happening("draft", e.Id.ToString(), "DraftQuoteExpired",
            new { number = e.Number, totalMinor = e.Total, currency = e.Currency, validUntil = e.Until }))]);
        return expired.Count;
    }
}
