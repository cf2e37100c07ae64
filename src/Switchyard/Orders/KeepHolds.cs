using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Opens holds whose time is over, and shows as overdue those nobody has dealt with in time. Unpaid orders are ended by
/// <see cref="ExpireUnpaidOrders"/>. Safe to run twice and on many processes.
/// </summary>
public sealed class KeepHolds(Db db, Replan replan, TimeProvider clock, ILogger<KeepHolds> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private const int MostAtOnce = 500;

    private sealed record Due(long Merchant, OrderId Order);

    /// <returns>Orders of which a hold was opened or escalated.</returns>
    public async Task<int> Handle()
    {
        var now = clock.GetUtcNow();
        var due = await db.ReadAll(async work =>
        {
            var batch = work.Batch();
            var expired = batch.Query(
                """
                select merchant_id, order_id from holds where state = 'open' and expires_at_ms is not null and expires_at_ms <= @now and kind <> 'payment'
                 order by expires_at_ms limit @most /* house */
                """, Read, ("now", now.ToUnixTimeMilliseconds()), ("most", (long)MostAtOnce));
            var overdue = batch.Query(
                """
                select merchant_id, order_id from holds where state = 'open' and escalate_at_ms is not null and escalated_at_ms is null and escalate_at_ms <= @now
                 order by escalate_at_ms limit @most /* house */
                """, Read, ("now", now.ToUnixTimeMilliseconds()), ("most", (long)MostAtOnce));
            await batch.Run();
            return expired.Concat(overdue).Distinct().ToList();
        });
        int done = 0;
        foreach (var (merchant, id) in due)
        {
            try { if ((await Keep(Actor.House("system:holds", merchant), id, now)).IsOk) done++; }
#pragma warning disable CA1031 // an order whose books are wrong keeps no other from being looked at
            catch (Exception e) { log.LogError(e, "The holds of order {Order} could not be looked at", id); }
#pragma warning restore CA1031
        }
        return done;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Holds were not looked at", stoppingToken);

    private async Task<Result<Done>> Keep(Actor actor, OrderId id, DateTimeOffset now)
    {
        var settings = await replan.Settings(actor);
        return await db.Write<Done>(actor, async work =>
        {
            var order = await OpenOrder.Lock(work, actor, id, now);
            if (order is null) return OrderErrors.NotFound(id.ToString());
            foreach (var hold in order.Holds.Where(h => h.Kind != RuleKinds.Payment && h.ExpiresAt <= now).ToList()) order.CloseHold(hold, "Its time was over.", "expired");
            foreach (var hold in order.Holds.Where(h => h.IsOverdue(now)).ToList())
            {
                order.EscalateHold(hold);
                order.Raise("hold_overdue", $"Order {order.Number} is held and nobody has dealt with it in time: {hold.Kind}.", Saying.Of(Phrase.HoldOverdue, ("number", order.Number), ("kind", hold.Kind)));
            }
            if (!order.HasNews) return OrderErrors.NoSuchHold();
            order.ConfirmIfFree();
            var sheet = await MendHolds.PlanFreed(work, order, settings, now);
            await order.Save(work, sheet);
            return new Done();
        });
    }

    private static Due Read(Row row) => new(row.Long(), new OrderId(row.Uuid()));
}
