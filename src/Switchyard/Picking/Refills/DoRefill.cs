using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Warehouse;

namespace Switchyard.Picking;

/// <summary>
/// A face is filled: units went from the bin of the task to the face, each of the three scanned. Where fewer units were found than asked, the bin is set to what was found, a count is asked
/// for, and what was found is brought. A command id of the device makes a repeat harmless.
/// </summary>
public static class DoRefill
{
    /// <param name="Id">The device's own id of this command, a UUID.</param>
    /// <param name="From">The bin as scanned.</param>
    /// <param name="Item">The item as scanned: a barcode of the product, of its case, or its SKU. Not needed where nothing was found.</param>
    /// <param name="Lot">The lot as scanned, where the item's code does not say it.</param>
    /// <param name="To">The face as scanned. Not needed where nothing was found.</param>
    /// <param name="Quantity">Units brought, at most what was asked; all of them when left out.</param>
    /// <param name="Found">Not that many there: units that were found, all of which are brought.</param>
    public sealed record Request(Guid? Id, string? From, string? Item = null, string? Lot = null, string? To = null, long? Quantity = null, long? Found = null);

    /// <param name="State">done, or short: fewer were found than asked.</param>
    /// <param name="Brought">Units that are at the face now.</param>
    /// <param name="Missing">Units that the books had in the bin and that were not there.</param>
    /// <param name="IsRepeat">This command was answered before, so.</param>
    public sealed record Response(string Object, RefillId Id, string Sku, string From, string To, [property: Words("done", "short")] string State, long Brought, long Missing, bool IsRepeat);

    private sealed record Refill(RefillId Id, long Node, string NodeCode, long SkuId, string Sku, string From, string Lot, string To, long Quantity, string State, string Operative, Guid? Command, long Brought, long Missing);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/refills/{id}/done", async (string id, Request? body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("picking.doRefill").WithTags("Picking").WithSummary("Say that a pick face was filled, by scans")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: picking.no_such_refill, picking.refill_ended, picking.refill_not_yours, picking.wrong_bin, picking.scan_item, picking.wrong_item, picking.unknown_item, picking.wrong_lot,
    /// picking.wrong_face, picking.not_that_many, picking.refill_claimed, picking.face_full, inventory.not_enough, inventory.bin_closed.</remarks>
    public static async Task<Result<Response>> Handle(string id, Request? body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body?.Id is not null, "/id", "field.required", "id is required: a UUID of your own.");
        checks.Text(body?.From, "/from", 64, required: true);
        checks.Text(body?.To, "/to", 64, required: body?.Found != 0);
        checks.Text(body?.Item, "/item", 200);
        checks.Text(body?.Lot, "/lot", 64);
        checks.Range(body?.Quantity ?? 1, 1, Checks.MaxQuantity, "/quantity");
        checks.Range(body?.Found ?? 0, 0, Checks.MaxQuantity, "/found");
        checks.That(body?.Found is null || body.Quantity is null, "/quantity", "field.not_both", "Send either quantity or found.");
        if (checks.AnyFault) return checks.ToError();
        return RefillId.TryParse(id, null, out var refill) ? await db.Write<Response>(actor, work => Run(work, actor, refill, body!, clock.GetUtcNow())) : PickingErrors.NoSuchRefill;
    }

    private static async Task<Result<Response>> Run(Work work, Actor actor, RefillId id, Request body, DateTimeOffset now)
    {
        if (await Find(work, id) is not { } seen || !actor.MaySeeNode(seen.Node)) return PickingErrors.NoSuchRefill;
        // Stock, then the face, then the task: in this order everybody locks them.
        await StockSheet.Lock(work, [seen.SkuId], now);
        await work.Query("select sku_id from pick_faces where merchant_id = @merchant and node_id = @node and sku_id = @sku for update", row => row.Long(), ("node", seen.Node), ("sku", seen.SkuId));
        var task = (await Find(work, id, " for update of t"))!;
        if (task.Command == body.Id) return Answer(task, task.State, task.Brought, task.Missing, true);
        if (await work.Scalar("select count(*) from refill_tasks where merchant_id = @merchant and command_id = @command", ("command", body.Id!.Value)) > 0)
            return Error.Conflict("picking.command_reused", "This id was used for another task.");
        if (task.State is not ("open" or "taken")) return PickingErrors.RefillEnded;
        if (task.State != "taken" || task.Operative != actor.Id) return PickingErrors.RefillNotYours;
        long units = body.Found ?? body.Quantity ?? task.Quantity;
        if (units > task.Quantity || body.Found == task.Quantity) return PickingErrors.NotThatMany(task.Quantity);
        if (await Wrong(work, task, body, now) is { } wrong) return wrong;

        long there = (await PickedBins.Shelf(work, task.Node, [task.SkuId])).GetValueOrDefault((task.SkuId, task.From, task.Lot)), missing = 0;
        if (body.Found is { } found)
        {
            missing = await MissingInBin.Note(work, actor, task.Node, task.NodeCode, task.SkuId, task.Sku, task.From, task.Lot, found, "Fewer units were found when a pick face was filled.", now);
            units = Math.Min(found, there);
        }
        else if (await Claimed(work, task) is var claimed && claimed > 0 && there >= units && there - claimed < units) return PickingErrors.RefillClaimed(Math.Max(0, there - claimed));
        if (units > 0)
        {
            // The bin after all else: of two that bring different goods to it at once, the second sees what the first has brought.
            await work.Query("select id from bins where node_id = @node and code = @bin for update", row => row.Long(), ("node", task.Node), ("bin", task.To));
            if ((await FaceRows.Rooms(work, task.Node, [(task.SkuId, task.Sku, task.To)])).GetValueOrDefault(task.SkuId, long.MaxValue) is var room && room < units && !await IsClosed(work, task)) return PickingErrors.FaceFull(Math.Max(0, room));
            var move = new MoveBins.Item(task.Sku, null, task.Lot, task.From, task.To, units, MoveId: id.ToString());
            if ((await MoveBins.Run(work, new MoveBins.Request(task.NodeCode, [move], MovePurpose.Replenish), now, actor)).Error is { } refused) return refused;
            await work.Execute("update pick_faces set short_at_ms = null where merchant_id = @merchant and node_id = @node and sku_id = @sku and short_at_ms is not null", ("node", task.Node), ("sku", task.SkuId));
        }
        string state = body.Found is null ? "done" : "short";
        await work.Execute(
            "update refill_tasks set state = @state, command_id = @command, moved = @moved, missing = @missing, ended_at_ms = @now where id = @id and merchant_id = @merchant",
            ("state", state), ("command", body.Id!.Value), ("moved", units), ("missing", missing), ("now", now.ToUnixTimeMilliseconds()), ("id", id.Value));
        await EventLog.Append(work, actor, now, new Happening("refill", id.ToString(), state == "done" ? "RefillDone" : "RefillShort",
            new { node = task.NodeCode, sku = task.Sku, lot = ReadRefills.Said(task.Lot), from = task.From, to = task.To, asked = task.Quantity, moved = units, missing }));
        return Answer(task, state, units, missing, false);
    }

    private static Response Answer(Refill task, string state, long moved, long missing, bool isRepeat) => new("refillDone", task.Id, task.Sku, task.From, task.To, state, moved, missing, isRepeat);

    private static Task<Refill?> Find(Work work, RefillId id, string locks = "") => work.Find(
        $"""
        select t.id, t.node_id, n.code, t.sku_id, p.sku, t.from_bin, t.lot, t.to_bin, t.quantity, t.state, t.operative, t.command_id, t.moved, t.missing
          from refill_tasks t join nodes n on n.id = t.node_id join products p on p.id = t.sku_id where t.id = @id and t.merchant_id = @merchant{locks}
        """,
        row => new Refill(new RefillId(row.Uuid()), row.Long(), row.Text(), row.Long(), row.Text(), row.Text(), row.Text(), row.Text(), row.Long(), row.Text(), row.Text(), row.UuidOrNull(), row.Long(), row.Long()),
        ("id", id.Value));

    // What was scanned is what the task says: bin, item with its lot, face.
    private static async Task<Error?> Wrong(Work work, Refill task, Request body, DateTimeOffset now)
    {
        if (Text.Key(body.From!) != Text.Key(task.From)) return PickingErrors.WrongBin;
        if (body.Found == 0) return null;
        if (body.Item is not { Length: > 0 } scanned) return PickingErrors.ScanItem;
        string? lot = body.Lot;
        if (Text.Key(scanned) != Text.Key(task.Sku))
        {
            var found = (await ScannedCodes.Load(work, [scanned], now)).Find(scanned, "/item", new Checks());
            if (found is null) return PickingErrors.UnknownItem;
            if (Text.Key(found.Sku) != Text.Key(task.Sku)) return PickingErrors.WrongItem;
            lot ??= found.Lot;
        }
        if (task.Lot.Length > 0 && lot is { Length: > 0 } && lot != task.Lot) return PickingErrors.WrongLot;
        return Text.Key(body.To!) == Text.Key(task.To) ? null : PickingErrors.WrongFace;
    }

    // That is said by whoever moves the units.
    private static async Task<bool> IsClosed(Work work, Refill task) => (await WarehouseRoom.Bins(work, task.Node, [task.To])).Any(b => b.IsClosed);

    private static Task<long> Claimed(Work work, Refill task) => work.Scalar(
        "select coalesce(sum(t.quantity - t.picked), 0) from pick_tasks t where t.merchant_id = @merchant and t.node_id = @node and t.sku_id = @sku and t.bin = @bin and t.lot = @lot and t.state = 'open'",
        ("node", task.Node), ("sku", task.SkuId), ("bin", task.From), ("lot", task.Lot));
}
