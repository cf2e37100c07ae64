using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Takes back a receipt that was booked wrongly: the ledger gets the opposite entry, and what was inbound is so again.</summary>
public static class UndoReceipt
{
    public sealed record Request(string? Reason);

    private sealed record Booked(long Sku, string SkuText, long Units, GoodsCondition Condition, string? Bin, string? Lot, bool IsUndone);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/deliveries/{id}/receipts/{receipt}/undo", async (string id, string receipt, Request body, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(id, receipt, body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryReceive).WithName("deliveries.undoReceipt").WithTags("Inventory").WithSummary("Take back a receipt that was booked wrongly")
            .Produces<DeliveryView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: inventory.no_such_delivery, inventory.delivery_not_open, inventory.no_such_receipt, inventory.receipt_undone, inventory.not_enough.</remarks>
    public static Task<Result<DeliveryView>> Handle(string id, string receipt, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Reason, "/reason", StockItems.MostReason, required: true);
        if (checks.AnyFault) return Task.FromResult<Result<DeliveryView>>(checks.ToError());
        var now = clock.GetUtcNow();
        return db.Write<DeliveryView>(actor, async work =>
        {
            var locked = await DeliveriesSql.LockOpen(work, actor, id);
            if (locked.Error is { } refused) return refused;
            var delivery = locked.Value;
            if (!ReceiptId.TryParse(receipt, null, out var receiptId) || await Find(work, delivery, receiptId) is not { } booked) return DeliveryErrors.NoReceipt(receipt);
            if (booked.IsUndone) return DeliveryErrors.Undone;

            var arrival = await GoodsArrival.Lock(work, actor, delivery, [new StockedProduct(booked.Sku, booked.SkuText, "goods")], now);
            if (arrival.Free(booked.Sku, booked.Condition) is var free && free < booked.Units) return DeliveryErrors.Gone(booked.SkuText, free);
            bool isGood = booked.Condition == GoodsCondition.Good;
            arrival.Book(booked.Sku, isGood ? -booked.Units : 0, isGood ? 0 : -booked.Units, booked.Bin, booked.Lot, null, body.Reason);
            var batch = work.Batch();
            batch.Execute("update receipts set undone_by = @by, undone_at_ms = @now, undo_reason = @reason where id = @id and merchant_id = @merchant",
                ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("reason", body.Reason), ("id", receiptId.Value));
            batch.Execute("delete from serials where merchant_id = @merchant and sku_id = @sku and state = 'here' and serial = (select t.serial from receipts t where t.id = @id and t.merchant_id = @merchant)",
                ("sku", booked.Sku), ("id", receiptId.Value));
            await arrival.Write(work, batch);
            if (booked.Lot is { } lot && (await LotBlocks.Of(work, [booked.Sku])).Contains((booked.Sku, lot))) await LotBlocks.Settle(work, actor, now, [booked.Sku]);
            await EventLog.Append(work, actor, now, new Happening("delivery", delivery.Id.ToString(), "ReceiptUndone",
                new { node = delivery.Node, receipt = receiptId, sku = booked.SkuText, quantity = booked.Units, condition = booked.Condition }, body.Reason));
            return await DeliveryView.Load(work, actor, delivery.Id);
        });
    }

    private static Task<Booked?> Find(Work work, StoredDelivery delivery, ReceiptId id) => work.Find(
        """
        select t.sku_id, p.sku, t.quantity, t.condition, t.bin, t.lot, t.undone_at_ms from receipts t join products p on p.id = t.sku_id
         where t.merchant_id = @merchant and t.delivery_id = @delivery and t.id = @id
        """, row => new Booked(row.Long(), row.Text(), row.Long(), Enum.Parse<GoodsCondition>(row.Text(), ignoreCase: true), row.TextOrNull(), row.TextOrNull(), row.LongOrNull() is not null),
        ("delivery", delivery.Id.Value), ("id", id.Value));
}
