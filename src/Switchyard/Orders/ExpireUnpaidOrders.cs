using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Expires placed orders that were not paid in time and gives their stock back. Safe to run twice and on many processes.</summary>
public sealed class ExpireUnpaidOrders(Db db, TimeProvider clock, ILogger<ExpireUnpaidOrders> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <returns>Orders expired.</returns>
    public async Task<int> Handle()
    {
        var now = clock.GetUtcNow();
        var due = await db.ReadAll(work => work.Query(
            "select id, merchant_id from orders where expires_at_ms is not null and expires_at_ms <= @now order by expires_at_ms limit 500 -- house",
            row => (Id: new OrderId(row.Uuid()), Merchant: row.Long()), ("now", now.ToUnixTimeMilliseconds())));
        int expired = 0;
        foreach (var (id, merchant) in due)
        {
            try
            {
                var done = await db.Write<Done>(Actor.House("system:expiry", merchant), work => Expire(work, Actor.House("system:expiry", merchant), id, now));
                if (done.IsOk) expired++;
            }
#pragma warning disable CA1031 // an order whose books are wrong keeps no other from expiring
            catch (Exception e) { log.LogError(e, "Order {Order} could not be expired", id); }
#pragma warning restore CA1031
        }
        return expired;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Unpaid orders were not looked at", stoppingToken);

    private static async Task<Result<Done>> Expire(Work work, Actor actor, OrderId id, DateTimeOffset now)
    {
        var order = await OpenOrder.Lock(work, actor, id, now);
        if (order is null || order.State != OrderState.Placed) return OrderErrors.NotFound(id.ToString());
        long still = await work.Scalar(
            "select count(*) from orders where id = @id and merchant_id = @merchant and expires_at_ms <= @now", ("id", id.Value), ("now", now.ToUnixTimeMilliseconds()));
        if (still == 0) return OrderErrors.NotFound(id.ToString());
        var sheet = await OpenOrder.LockStock(work, [order], now);
        var before = order.Lines.ToDictionary(l => l.LineNo, l => l[LineBucket.Cancelled]);
        long units = order.CancelIdle(sheet, "Not paid in time.");
        order.MoveTo(OrderState.Expired);
        order.CloseAllHolds("The order expired.", "expired");
        // Which units expired, so that a late payment brings back these and not what was cancelled before.
        order.Tell("OrderExpired", new
        {
            channelId = order.Channel, currency = order.Currency, totalMinor = order.TotalMinor, units, placedAtMs = order.PlacedAtMs, channelTaxMinor = order.ChannelTaxMinor,
            lines = order.Lines.Select(l => new[] { l.LineNo, l[LineBucket.Cancelled] - before[l.LineNo] }).Where(l => l[1] > 0),
        }, "Not paid in time.");
        await order.Save(work, sheet);
        return new Done();
    }
}
