using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Looks at orders whose ship-by comes near, and says which cannot be kept before the customer does. Each order says itself when it has to
/// be looked at (<c>risk_at_ms</c>), so a round reads what is due by an index and no history. Safe to run twice and on many processes.
/// </summary>
public sealed class WatchPromises(Db db, TimeProvider clock, ILogger<WatchPromises> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private const int MostAtOnce = 1_000, Together = 100, MostPages = 50;

    private sealed record Due(long Merchant, OrderId Order);

    /// <returns>Orders that were found to be at risk.</returns>
    public async Task<int> Handle()
    {
        int found = 0;
        for (int page = 0; page < MostPages; page++)
        {
            var now = clock.GetUtcNow();
            var due = await db.ReadAll(work => work.Query(
                "select merchant_id, id from orders where risk_at_ms is not null and risk_at_ms <= @now order by risk_at_ms limit @most /* house */",
                row => new Due(row.Long(), new OrderId(row.Uuid())), ("now", now.ToUnixTimeMilliseconds()), ("most", (long)MostAtOnce)));
            bool isStuck = false;
            foreach (var merchant in due.GroupBy(d => d.Merchant))
                foreach (var some in merchant.Chunk(Together))
                {
                    try { found += await Look(merchant.Key, some, now); }
#pragma warning disable CA1031 // an order whose books are wrong keeps no other from being looked at
                    catch (Exception) { (found, isStuck) = (found + await OneByOne(merchant.Key, some, now), true); }
#pragma warning restore CA1031
                }
            if (due.Count < MostAtOnce || isStuck) break;
        }
        return found;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Promises were not looked at", stoppingToken);

    private async Task<int> OneByOne(long merchant, IEnumerable<Due> due, DateTimeOffset now)
    {
        int found = 0;
        foreach (var one in due)
        {
            try { found += await Look(merchant, [one], now); }
#pragma warning disable CA1031 // as above
            catch (Exception e) { log.LogError(e, "The promise of order {Order} could not be looked at", one.Order); }
#pragma warning restore CA1031
        }
        return found;
    }

    private async Task<int> Look(long merchant, IReadOnlyList<Due> due, DateTimeOffset now)
    {
        var actor = Actor.House("system:promises", merchant);
        var done = await db.Write<int>(actor, async work =>
        {
            var orders = await OpenOrder.LockAll(work, actor, [.. due.Select(d => d.Order)], now);
            var risky = new List<OpenOrder>();
            var later = new List<(OpenOrder Order, long? LookAtMs)>();
            foreach (var order in orders.Where(o => o.RiskAtMs <= now.ToUnixTimeMilliseconds()))      // another process may have been quicker
            {
                var verdict = order.Risk;
                if (!verdict.IsAtRisk || order.AtRiskSinceMs is not null) { later.Add((order, verdict.LookAtMs)); continue; }
                order.SetAtRisk(true, verdict.Reason, verdict.Says);
                risky.Add(order);
            }
            // Nothing happened to these: they keep their version.
            if (later.Count > 0) await work.Execute("update orders set risk_at_ms = r.look_at_ms from @rows r where orders.id = r.id and orders.merchant_id = @merchant",
                Rows.Of(later).Uuid("id", l => l.Order.Id.Value).LongOrNull("look_at_ms", l => l.LookAtMs));
            if (risky.Count > 0) await OpenOrder.SaveAll(work, risky);
            return risky.Count;
        });
        return done.IsOk ? done.Value : throw new InvalidOperationException(done.Error!.Detail);
    }
}
