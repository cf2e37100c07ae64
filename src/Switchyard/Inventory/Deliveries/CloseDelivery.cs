using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Closes a delivery when all of it is booked in: what differs from what was expected becomes an exception a line. Or cancels one of which
/// nothing came.
/// </summary>
public static class CloseDelivery
{
    /// <param name="RestIsComing">Does what is short come with another delivery? Then it stays inbound and is no difference. No when not said.</param>
    public sealed record Request(bool? RestIsComing);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/deliveries/{id}/close", async (string id, Request? body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryReceive).WithName("deliveries.close").WithTags("Inventory").WithSummary("Close a delivery and tell how it differs")
            .Produces<DeliveryView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/deliveries/{id}/cancel", async (string id, Db db, TimeProvider clock, Actor actor) => (await Cancel(id, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryReceive).WithName("deliveries.cancel").WithTags("Inventory").WithSummary("Cancel a delivery of which nothing came")
            .Produces<DeliveryView>().ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: inventory.no_such_delivery, inventory.delivery_not_open.</remarks>
    public static Task<Result<DeliveryView>> Handle(string id, Request? body, Db db, TimeProvider clock, Actor actor)
    {
        bool restIsComing = body?.RestIsComing == true;
        var now = clock.GetUtcNow();
        return db.Write<DeliveryView>(actor, async work =>
        {
            var locked = await DeliveriesSql.LockOpen(work, actor, id);
            if (locked.Error is { } refused) return refused;
            var delivery = locked.Value;
            if (delivery.Transfer is { } transfer) await TransfersSql.Lock(work, transfer);
            var lines = await DeliveriesSql.Lines(work, delivery.Id);
            var differing = lines.Where(l => (restIsComing ? l with { Expected = Math.Min(l.Expected, l.Received) } : l).Difference(delivery.IsBlind) is not null).ToList();
            var batch = work.Batch();
            QueueState(batch, delivery, DeliveryState.Closed, actor, now);
            ExceptionsRoom.Raise(batch, [.. differing.Select(l => Differs(delivery, l))], now);
            if (delivery.Transfer is { } ended) await TransfersSql.EndArrival(work, batch, ended, delivery, now);
            else if (!restIsComing) DeliveriesSql.QueueInbound(batch, delivery, [.. lines.Where(l => l.Expected > 0).Select(l => (l.SkuId, 0L))]);
            await batch.Run();
            await EventLog.Append(work, actor, now, new Happening("delivery", delivery.Id.ToString(), "DeliveryClosed", new
            {
                delivery.Node, delivery.Reference, delivery.Transfer, restIsComing,
                lines = lines.Select(l => new { l.Sku, l.Expected, l.Good, l.Damaged }),
            }));
            return await DeliveryView.Load(work, actor, delivery.Id);
        });
    }

    /// <remarks>Errors: inventory.no_such_delivery, inventory.delivery_not_open, inventory.delivery_has_receipts, inventory.delivery_of_transfer.</remarks>
    public static Task<Result<DeliveryView>> Cancel(string id, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        return db.Write<DeliveryView>(actor, async work =>
        {
            var locked = await DeliveriesSql.LockOpen(work, actor, id);
            if (locked.Error is { } refused) return refused;
            var delivery = locked.Value;
            if (delivery.Transfer is not null) return DeliveryErrors.OfTransfer;
            if ((await DeliveriesSql.Lines(work, delivery.Id)).Exists(l => l.Received > 0)) return DeliveryErrors.HasReceipts;
            var batch = work.Batch();
            QueueState(batch, delivery, DeliveryState.Cancelled, actor, now);
            await batch.Run();
            await EventLog.Append(work, actor, now, new Happening("delivery", delivery.Id.ToString(), "DeliveryCancelled", new { delivery.Node, delivery.Reference }));
            return await DeliveryView.Load(work, actor, delivery.Id);
        });
    }

    private static void QueueState(Batch batch, StoredDelivery delivery, DeliveryState state, Actor actor, DateTimeOffset now)
    {
        Must.Hold(DeliveryStates.Allowed.Allows(delivery.State, state), $"a delivery may go from {delivery.State} to {state}");
        batch.Execute("update deliveries set state = @state, closed_by = @by, closed_at_ms = @now where id = @id and merchant_id = @merchant",
            ("state", DeliveryStates.Name(state)), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("id", delivery.Id.Value));
    }

    private static Trouble Differs(StoredDelivery delivery, DeliveryLine line) => delivery.Transfer is { } transfer
        ? new Trouble("transfer_differs", TransfersSql.Subject(transfer, line.SkuId), $"Transfer {transfer} to {delivery.Node}: {line.Sku} {line.Difference(delivery.IsBlind)}.", Sku: line.SkuId, Node: delivery.NodeId)
        : new Trouble("receipt_differs", delivery.Id + "/" + Text.Invariant(line.SkuId),
            $"Delivery {delivery.Reference ?? delivery.Id.ToString()} at {delivery.Node}: {line.Sku} {line.Difference(delivery.IsBlind)}.", Sku: line.SkuId, Node: delivery.NodeId);
}
