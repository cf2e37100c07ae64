using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Sends an approved transfer: its units leave the source's stock and are inbound at the destination, where a delivery waits for them.
/// Sending less than was claimed gives the rest back.
/// </summary>
public static class SendTransfer
{
    public sealed record Line(string? Sku, long? Quantity);

    /// <param name="Lines">What was loaded, where that is not all: SKUs not named are not sent. All of it when not said.</param>
    /// <param name="DueAt">When it arrives, if that is known better now.</param>
    public sealed record Request(IReadOnlyList<Line?>? Lines, string? DueAt);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/transfers/{id}/send", async (string id, Request? body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryTransfer).WithName("transfers.send").WithTags("Inventory").WithSummary("Send a transfer off")
            .Produces<TransferView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: inventory.no_such_transfer, inventory.transfer_state, inventory.not_on_transfer, inventory.nothing_sent.</remarks>
    public static Task<Result<TransferView>> Handle(string id, Request? body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        DateTimeOffset due = default;
        if (body?.DueAt is not null && !Instants.TryRead(body.DueAt, out due)) checks.Fault("/dueAt", "field.malformed", "An instant is written like 2026-03-01T09:30:00Z, with its offset.");
        checks.That((body?.Lines?.Count ?? 0) <= CreateTransfer.MostLines, "/lines", "field.too_many", $"Send at most {CreateTransfer.MostLines:N0} lines.");
        foreach (var (i, line) in (body?.Lines ?? []).Take(CreateTransfer.MostLines).Index())
        {
            checks.Text(line?.Sku, $"/lines/{i}/sku", 200, required: true);
            checks.Units(line?.Quantity, $"/lines/{i}/quantity", 0);
        }
        if (checks.AnyFault) return Task.FromResult<Result<TransferView>>(checks.ToError());
        var now = clock.GetUtcNow();
        return db.Write<TransferView>(actor, async work =>
        {
            var locked = await TransfersSql.LockFor(work, actor, id, TransferState.Sent, t => t.FromId);
            if (locked.Error is { } refused) return refused;
            var checks = new Checks();
            var lines = Loaded(locked.Value, body?.Lines, checks);
            if (checks.AnyFault) return checks.ToError();
            if (lines.TrueForAll(l => l.Sent == 0)) return TransferErrors.NothingSent;
            var transfer = locked.Value with { DueAt = body?.DueAt is null ? locked.Value.DueAt : due, Delivery = new DeliveryId(Guid.CreateVersion7(now)), Lines = lines };

            var sheet = await StockSheet.Lock(work, lines.Select(l => l.SkuId), now, [.. lines.Select(l => (l.SkuId, transfer.FromId))]);
            foreach (var line in lines)
            {
                long held = locked.Value.Lines.First(l => l.SkuId == line.SkuId).Held;
                if (held > line.Sent)
                    sheet.Move(line.SkuId, transfer.FromId, new Buckets { Reserved = line.Sent - held }, new Movement(MovementKind.ReservationReleased, actor.Id, Reference: transfer.Id.ToString(), Reason: "not sent"));
                if (line.Sent > 0)
                    sheet.Move(line.SkuId, transfer.FromId, new Buckets { OnHand = -line.Sent, Reserved = -line.Sent }, new Movement(MovementKind.Transferred, actor.Id, Reference: transfer.Id.ToString(), Reason: "to " + transfer.To));
            }
            await Write(work, transfer, sheet, actor, now);
            await EventLog.Append(work, actor, now, new Happening("transfer", transfer.Id.ToString(), "TransferSent",
                new { transfer.From, transfer.To, transfer.DueAt, delivery = transfer.Delivery, lines = lines.Select(l => new object[] { l.Sku, l.Sent }) }));
            return TransferView.Of((await TransfersSql.Find(work, actor, id))!);
        });
    }

    private static List<TransferLine> Loaded(StoredTransfer transfer, IReadOnlyList<Line?>? said, Checks checks)
    {
        if (said is null) return [.. transfer.Lines.Select(l => l with { Sent = l.Quantity, Held = 0 })];
        var units = new Dictionary<string, long>();
        foreach (var (i, line) in said.Index())
        {
            var known = transfer.Lines.FirstOrDefault(l => Text.Key(l.Sku) == Text.Key(line!.Sku!));
            checks.That(known is not null, $"/lines/{i}/sku", "inventory.not_on_transfer", $"{line!.Sku} is not on this transfer.");
            checks.That(known is null || line.Quantity <= known.Quantity, $"/lines/{i}/quantity", "field.out_of_range", $"At most {known?.Quantity} can be sent.");
            checks.That(units.TryAdd(Text.Key(line.Sku!), line.Quantity!.Value), $"/lines/{i}/sku", "inventory.sku_twice", "This SKU is named twice.");
        }
        return [.. transfer.Lines.Select(l => l with { Sent = units.GetValueOrDefault(Text.Key(l.Sku)), Held = 0 })];
    }

    private static async Task Write(Work work, StoredTransfer transfer, StockSheet sheet, Actor actor, DateTimeOffset now)
    {
        var sent = transfer.Lines.Where(l => l.Sent > 0).ToList();
        var batch = work.Batch();
        var check = sheet.QueueWrite(batch);
        TransfersSql.QueueLines(batch, transfer, transfer.Lines);
        TransfersSql.QueueState(batch, transfer.Id, TransferState.Sent, now);
        batch.Execute("update transfers set delivery_id = @delivery, due_at_ms = coalesce(@due::bigint, due_at_ms) where id = @id and merchant_id = @merchant",
            ("delivery", transfer.Delivery!.Value.Value), ("due", transfer.DueAt?.ToUnixTimeMilliseconds()), ("id", transfer.Id.Value));
        batch.Execute(
            """
            insert into inbound (merchant_id, reference, sku_id, node_id, quantity, due_at_ms, is_promised)
            select @merchant, @reference, sku_id, @node, quantity, @due, @promised from @rows r
            """, Rows.Of(sent).Long("sku_id", l => l.SkuId).Long("quantity", l => l.Sent), ("reference", transfer.Id.ToString()), ("node", transfer.ToId),
            ("due", (transfer.DueAt ?? now).ToUnixTimeMilliseconds()), ("promised", transfer.DueAt is not null));
        await batch.Run();
        check();
        bool isNew = await OpenDelivery.Insert(work, new StoredDelivery(transfer.Delivery!.Value, transfer.ToId, transfer.To, transfer.Id.ToString(), transfer.From, transfer.Id, false,
            DeliveryState.Open, actor.Id, now, null, null), [.. sent.Select(l => new DeliveryLine(l.SkuId, l.Sku, l.Sent, 0, 0, 0))]);
        Must.Hold(isNew, "a transfer is sent once");
    }
}
