using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// At start, gives open orders that were placed before there were promises their dates, a few at a time. An order of which nobody knows when it
/// leaves stays without. Each is looked at again under its lock, so it is safe to run twice and on many processes, and cut short.
/// </summary>
public sealed class PromiseOldOrders(Db db, Replan replan, TimeProvider clock, ILogger<PromiseOldOrders> log) : BackgroundService
{
    private const int AtOnce = 50;
    private const string Why = "Dates are told from this version on.";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private sealed record Old(long Merchant, OrderId Id);

    /// <returns>Orders that were given dates.</returns>
    public async Task<int> Handle(CancellationToken stop = default)
    {
        int promised = 0;
        for (var after = new Old(0, new OrderId(Guid.Empty)); ;)
        {
            var page = await db.ReadAll(work => work.Query(
                """
                select merchant_id, id from orders where promise_version = 0 and ended_at_ms is null and (merchant_id, id) > (@after_merchant, @after)
                 order by merchant_id, id limit @most -- house
                """, row => new Old(row.Long(), new OrderId(row.Uuid())), ("after_merchant", after.Merchant), ("after", after.Id.Value), ("most", (long)AtOnce)));
            if (page.Count == 0) return promised;
            foreach (var merchant in page.GroupBy(o => o.Merchant)) promised += await Promise(merchant.Key, [.. merchant.Select(o => o.Id)]);
            after = page[^1];
            stop.ThrowIfCancellationRequested();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool isDone = false;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Rounds.Every(Pause, clock, async () =>
        {
            if (isDone) return;
            try { await Handle(stoppingToken); }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            isDone = true;
            await end.CancelAsync();
        }, log, "Orders from before promises were not all given dates", end.Token, atOnce: true);
    }

    private async Task<int> Promise(long merchant, IReadOnlyList<OrderId> ids)
    {
        var actor = Actor.House("system:promises", merchant);
        var settings = await replan.Settings(actor);
        var done = await db.Write<int>(actor, async work =>
        {
            var orders = (await OpenOrder.LockAll(work, actor, ids, clock.GetUtcNow()))
                .Where(o => o is { PromiseVersion: 0, IsHistory: false, State: OrderState.Placed or OrderState.Confirmed }).ToList();
            foreach (var order in orders)
                order.Renew(PromiseMaking.Renewed(order, OrderRoutes.To(order, settings), new Dictionary<(int, long), string?>()), Why);
            var told = orders.FindAll(o => o.PromiseVersion > 0);
            if (told.Count > 0) await OpenOrder.SaveAll(work, told);
            return told.Count;
        });
        return done.IsOk ? done.Value : throw new InvalidOperationException(done.Error!.Detail);
    }
}
