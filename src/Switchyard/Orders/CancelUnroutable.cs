using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Cancels units that a routing strategy would rather not sell than send. They were taken in under a hold, since whoever told of the order had
/// sold them already; the cancel is an ordinary one. Safe to run twice and on many processes.
/// </summary>
public sealed class CancelUnroutable(Db db, TimeProvider clock, ILogger<CancelUnroutable> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private const int MostAtOnce = 200;

    /// <returns>Orders of which units were cancelled.</returns>
    public async Task<int> Handle()
    {
        var due = await db.ReadAll(work => work.Query(
            "select distinct merchant_id, order_id from holds where state = 'open' and kind = 'stock' and rule = @rule limit @most /* house */",
            row => (Merchant: row.Long(), Order: new OrderId(row.Uuid())), ("rule", StrategyShortage.CancelRule), ("most", (long)MostAtOnce)));
        int done = 0;
        foreach (var (merchant, id) in due)
        {
            try { if ((await Cancel(Actor.House("system:routing", merchant), id)).IsOk) done++; }
#pragma warning disable CA1031 // an order whose books are wrong keeps no other from being looked at
            catch (Exception e) { log.LogError(e, "Units of order {Order} that cannot be sent could not be cancelled", id); }
#pragma warning restore CA1031
        }
        return done;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Units that cannot be sent were not cancelled", stoppingToken);

    private Task<Result<Done>> Cancel(Actor actor, OrderId id) => db.Write<Done>(actor, async work =>
    {
        var now = clock.GetUtcNow();
        var order = await OpenOrder.Lock(work, actor, id, now);
        var holds = order?.Holds.Where(h => h is { Kind: "stock", Rule: StrategyShortage.CancelRule, LineNo: not null }).ToList() ?? [];
        if (order is null || holds.Count == 0) return OrderErrors.NoSuchHold();
        // Part of a bundle is of no use without the others: as many whole bundles go as lack a part.
        var units = holds.Select(h => order.Line(h.LineNo!.Value)!).Where(l => l[LineBucket.Unallocated] > 0).Select(l => Units(order, l))
            .GroupBy(u => u.Line).Select(g => g.MaxBy(u => u.Quantity)).ToList();
        if (units.Count == 0) return OrderErrors.NoSuchHold();
        var cancelled = await CancelOrder.Cancel(work, order, new CancelOrder.Request(holds[0].Reason, units), now);
        if (cancelled.Error is { } error) return error;
        foreach (var hold in order.Holds.Where(h => holds.Contains(h) && order.Line(h.LineNo!.Value)![LineBucket.Unallocated] == 0).ToList()) order.CloseHold(hold, "What cannot be sent was cancelled.");
        order.ConfirmIfFree();
        await order.Save(work, cancelled.Value.Sheet);
        return new Done();
    });

    private static CancelOrder.LineUnits Units(OpenOrder order, OpenLine line)
    {
        long open = line[LineBucket.Unallocated];
        if (line.ParentLineNo is not { } parent || order.Line(parent) is not { } bundle) return new CancelOrder.LineUnits(line.LineNo, open);
        long each = line.Quantity / bundle.Quantity;
        return new CancelOrder.LineUnits(parent, (open + each - 1) / each);
    }
}
