using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Purchasing;

/// <summary>
/// Sends orders to suppliers: says on the log that one is ready, which webhooks tell the supplier, and marks it sent. Each in a transaction of its own, once,
/// whoever gets there first.
/// </summary>
public sealed class SendSupplierOrders(Db db, TimeProvider clock, ILogger<SendSupplierOrders> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private sealed record Draft(Guid Id, long Merchant);

    /// <returns>Orders that were sent.</returns>
    public async Task<int> Handle()
    {
        var drafts = await db.ReadAll(work => work.Query("select id, merchant_id from purchase_orders where state = 'draft' and kind = 'dropship' order by id limit 200 -- house",
            row => new Draft(row.Uuid(), row.Long())));
        int sent = 0;
        foreach (var draft in drafts)
        {
            var actor = Actor.House("system:purchasing", draft.Merchant);
            if ((await db.Write<bool>(actor, work => Send(work, actor, draft.Id, clock.GetUtcNow()))).IsOk) sent++;
        }
        return sent;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Orders to suppliers were not sent", stoppingToken);

    /// <remarks>Errors: purchasing.order_not_found, for what somebody else has sent meanwhile.</remarks>
    private static async Task<Result<bool>> Send(Work work, Actor actor, Guid id, DateTimeOffset now)
    {
        var found = await work.Query(
            """
            select p.number, p.node_id, p.order_id, p.fulfilment_id, p.accepted_at_ms is not null from purchase_orders p
             where p.id = @id and p.merchant_id = @merchant and p.state = 'draft' for update of p
            """, row => (Number: row.Text(), Node: row.Long(), Order: row.UuidOrNull(), Release: row.UuidOrNull(), IsAccepted: row.Bool()), ("id", id));
        if (found is not [var order]) return ReadPurchaseOrders.NotFound("");
        string supplier = (await work.Query("select code from nodes where id = @id", row => row.Text(), ("id", order.Node)))[0];
        var payload = new { number = order.Number, supplier, orderId = order.Order is { } o ? new OrderId(o) : (OrderId?)null, fulfilmentId = order.Release is { } r ? new FulfilmentId(r) : (FulfilmentId?)null };
        // A supplier that accepts by default has nothing left to answer.
        await work.Execute("update purchase_orders set state = @state, sent_at_ms = @now, updated_at_ms = @now, version = version + 1 where id = @id and merchant_id = @merchant",
            ("id", id), ("state", PurchaseOrderStates.Name(order.IsAccepted ? PurchaseOrderState.Accepted : PurchaseOrderState.Sent)), ("now", now.ToUnixTimeMilliseconds()));
        await EventLog.Append(work, actor, now, [new Happening("purchaseOrder", order.Number, "SupplierOrderSent", payload),
            .. order.IsAccepted ? [new Happening("purchaseOrder", order.Number, "SupplierOrderAccepted", payload, "The supplier accepts by default.")] : Array.Empty<Happening>()]);
        return true;
    }
}
