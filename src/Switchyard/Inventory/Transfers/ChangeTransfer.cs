using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Approves a transfer, which claims its units at the source so that no order can take them; acknowledges one that is on its way; cancels
/// one that has not been sent and gives its claim back.
/// </summary>
public static class ChangeTransfer
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/transfers/{id}/approve", async (string id, Db db, TimeProvider clock, Actor actor) => (await Approve(id, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryTransfer).WithName("transfers.approve").WithTags("Inventory").WithSummary("Approve a transfer and claim its units at the source")
            .Produces<TransferView>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/transfers/{id}/acknowledge", async (string id, Db db, TimeProvider clock, Actor actor) => (await Acknowledge(id, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryReceive).WithName("transfers.acknowledge").WithTags("Inventory").WithSummary("Say that the destination knows of a transfer")
            .Produces<TransferView>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/transfers/{id}/cancel", async (string id, Db db, TimeProvider clock, Actor actor) => (await Cancel(id, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryTransfer).WithName("transfers.cancel").WithTags("Inventory").WithSummary("Cancel a transfer that has not been sent")
            .Produces<TransferView>().ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: inventory.no_such_transfer, inventory.transfer_state, inventory.not_enough naming the lines.</remarks>
    public static Task<Result<TransferView>> Approve(string id, Db db, TimeProvider clock, Actor actor) =>
        Move(id, TransferState.Approved, "TransferApproved", t => t.FromId, db, clock, actor, (transfer, sheet) =>
        {
            var lacking = transfer.Lines.Where(l => sheet.Find(l.SkuId, transfer.FromId)!.Balance.Available < l.Quantity).ToList();
            if (lacking.Count > 0)
                return StockErrors.Short([.. lacking.Select(l => new FieldError($"/lines/{transfer.Lines.ToList().IndexOf(l)}", StockErrors.NotEnough,
                    $"{transfer.From} has {Math.Max(0, sheet.Find(l.SkuId, transfer.FromId)!.Balance.Available)} of {l.Sku} to send."))]);
            foreach (var line in transfer.Lines)
                sheet.Move(line.SkuId, transfer.FromId, new Buckets { Reserved = line.Quantity }, new Movement(MovementKind.Reserved, actor.Id, Reference: transfer.Id.ToString(), Reason: "to be transferred"));
            return transfer.Lines.Select(l => l with { Held = l.Quantity }).ToList();
        });

    /// <remarks>Errors: inventory.no_such_transfer, inventory.transfer_state.</remarks>
    public static Task<Result<TransferView>> Acknowledge(string id, Db db, TimeProvider clock, Actor actor) =>
        Move(id, TransferState.Acknowledged, "TransferAcknowledged", t => t.ToId, db, clock, actor, null);

    /// <remarks>Errors: inventory.no_such_transfer, inventory.transfer_state.</remarks>
    public static Task<Result<TransferView>> Cancel(string id, Db db, TimeProvider clock, Actor actor) =>
        Move(id, TransferState.Cancelled, "TransferCancelled", t => t.FromId, db, clock, actor, (transfer, sheet) =>
        {
            foreach (var line in transfer.Lines.Where(l => l.Held > 0))
                sheet.Move(line.SkuId, transfer.FromId, new Buckets { Reserved = -line.Held }, new Movement(MovementKind.ReservationReleased, actor.Id, Reference: transfer.Id.ToString(), Reason: "transfer cancelled"));
            return transfer.Lines.Select(l => l with { Held = 0 }).ToList();
        });

    private static Task<Result<TransferView>> Move(string id, TransferState to, string happened, Func<StoredTransfer, long> node, Db db, TimeProvider clock, Actor actor,
        Func<StoredTransfer, StockSheet, Result<List<TransferLine>>>? decide)
    {
        var now = clock.GetUtcNow();
        return db.Write<TransferView>(actor, async work =>
        {
            var locked = await TransfersSql.LockFor(work, actor, id, to, node);
            if (locked.Error is { } refused) return refused;
            var transfer = locked.Value;
            var batch = work.Batch();
            Action? check = null;
            if (decide is not null)
            {
                var sheet = await StockSheet.Lock(work, transfer.Lines.Select(l => l.SkuId), now, [.. transfer.Lines.Select(l => (l.SkuId, transfer.FromId))]);
                var decided = decide(transfer, sheet);
                if (decided.Error is { } error) return error;
                TransfersSql.QueueLines(batch, transfer, decided.Value);
                check = sheet.QueueWrite(batch);
            }
            TransfersSql.QueueState(batch, transfer.Id, to, now);
            await batch.Run();
            check?.Invoke();
            await EventLog.Append(work, actor, now, new Happening("transfer", transfer.Id.ToString(), happened, new { transfer.From, transfer.To }));
            return TransferView.Of((await TransfersSql.Find(work, actor, id))!);
        });
    }
}
