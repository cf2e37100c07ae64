using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Says what became of units that were sent and did not arrive: lost, or found at one of the two nodes.</summary>
public static class SettleTransfer
{
    public enum Outcome { Lost, FoundAtSource, FoundAtDestination }

    public sealed record Line(string? Sku, long? Quantity, Outcome? Outcome);
    public sealed record Request(IReadOnlyList<Line?>? Lines, string? Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/transfers/{id}/settle", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryTransfer).WithName("transfers.settle").WithTags("Inventory").WithSummary("Say what became of units that did not arrive")
            .Produces<TransferView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: inventory.no_such_transfer, inventory.transfer_nothing_missing, inventory.not_on_transfer.</remarks>
    public static Task<Result<TransferView>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Reason, "/reason", StockItems.MostReason, required: true);
        checks.That(body.Lines is { Count: > 0 and <= CreateTransfer.MostLines }, "/lines", "field.out_of_range", $"Send 1 to {CreateTransfer.MostLines:N0} lines.");
        foreach (var (i, line) in (body.Lines ?? []).Take(CreateTransfer.MostLines).Index())
        {
            checks.Text(line?.Sku, $"/lines/{i}/sku", 200, required: true);
            checks.Units(line?.Quantity, $"/lines/{i}/quantity", 1);
            checks.That(line?.Outcome is not null, $"/lines/{i}/outcome", "field.required", "outcome is required: lost, foundAtSource or foundAtDestination.");
        }
        if (checks.AnyFault) return Task.FromResult<Result<TransferView>>(checks.ToError());
        var now = clock.GetUtcNow();
        return db.Write<TransferView>(actor, async work =>
        {
            if (await TransfersSql.Find(work, actor, id, locked: true) is not { } transfer || !actor.MaySeeNode(transfer.FromId) || !actor.MaySeeNode(transfer.ToId)) return TransferErrors.NotFound(id);
            if (transfer.State != TransferState.Received) return TransferErrors.NothingMissing;
            var checks = new Checks();
            var lines = transfer.Lines.ToDictionary(l => Text.Key(l.Sku));
            for (int i = 0; i < body.Lines!.Count; i++) Settle(lines, body.Lines[i]!, $"/lines/{i}", checks);
            if (checks.AnyFault) return checks.ToError();

            var changed = lines.Values.Where(l => transfer.Lines.First(t => t.SkuId == l.SkuId) != l).OrderBy(l => l.SkuId).ToList();
            var sheet = await StockSheet.Lock(work, changed.Select(l => l.SkuId), now, [.. changed.SelectMany(l => new[] { (l.SkuId, transfer.FromId), (l.SkuId, transfer.ToId) })]);
            foreach (var line in changed) Move(sheet, transfer, transfer.Lines.First(l => l.SkuId == line.SkuId), line, actor, body.Reason!);
            await Write(work, transfer, changed, lines.Values.All(l => l.InTransit == 0), sheet, actor, body.Reason!, now);
            await EventLog.Append(work, actor, now, new Happening("transfer", transfer.Id.ToString(), "TransferSettled",
                new { transfer.From, transfer.To, lines = body.Lines.Select(l => new { l!.Sku, l.Quantity, l.Outcome }) }, body.Reason));
            return TransferView.Of((await TransfersSql.Find(work, actor, id))!);
        });
    }

    private static void Settle(Dictionary<string, TransferLine> lines, Line said, string at, Checks checks)
    {
        string key = Text.Key(said.Sku!);
        if (!lines.TryGetValue(key, out var line)) { checks.Fault(at + "/sku", "inventory.not_on_transfer", $"{said.Sku} is not on this transfer."); return; }
        long units = said.Quantity!.Value;
        checks.That(units <= line.InTransit, at + "/quantity", "field.out_of_range", $"Only {line.InTransit} are missing.");
        if (checks.AnyFault) return;
        lines[key] = said.Outcome switch
        {
            Outcome.Lost => line with { Lost = line.Lost + units },
            Outcome.FoundAtSource => line with { Returned = line.Returned + units },
            _ => line with { Good = line.Good + units },
        };
    }

    private static void Move(StockSheet sheet, StoredTransfer transfer, TransferLine before, TransferLine after, Actor actor, string reason)
    {
        foreach (var (node, units) in new[] { (transfer.FromId, after.Returned - before.Returned), (transfer.ToId, after.Good - before.Good) })
            if (units > 0)
                sheet.Move(after.SkuId, node, new Buckets { OnHand = units }, new Movement(MovementKind.Transferred, actor.Id, Reference: transfer.Id.ToString(), Reason: reason));
    }

    private static async Task Write(Work work, StoredTransfer transfer, List<TransferLine> changed, bool isOver, StockSheet sheet, Actor actor, string reason, DateTimeOffset now)
    {
        var batch = work.Batch();
        var check = sheet.QueueWrite(batch);
        TransfersSql.QueueLines(batch, transfer, changed);
        batch.Execute("update inbound set quantity = r.quantity from @rows r where inbound.merchant_id = @merchant and inbound.reference = @reference and inbound.node_id = @node and inbound.sku_id = r.sku_id",
            Rows.Of(changed).Long("sku_id", l => l.SkuId).Long("quantity", l => l.InTransit), ("reference", transfer.Id.ToString()), ("node", transfer.ToId));
        if (isOver) TransfersSql.QueueState(batch, transfer.Id, TransferState.Closed, now);
        ExceptionsRoom.Mend(batch, [.. changed.Where(l => l.InTransit == 0).Select(l => ("transfer_differs", TransfersSql.Subject(transfer.Id, l.SkuId)))], actor, reason, now);
        await batch.Run();
        check();
    }
}
