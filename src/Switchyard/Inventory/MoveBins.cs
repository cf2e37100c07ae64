using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Why units go from bin to bin.</summary>
public enum MovePurpose { Move, Putaway, Replenish }

/// <summary>
/// Moves units from bin to bin of a node, by scans: putting away, filling pick faces, tidying. On hand stays what it is; what goes into quarantine can be sold no more, what
/// comes out of it can be sold again. All items or none; a move id sent again is done once.
/// </summary>
public static class MoveBins
{
    public const int MostItems = 500;

    /// <param name="Barcode">Instead of the SKU; a case's code counts for all units in the case, a GS1 code also tells the lot.</param>
    /// <param name="Lot">Which lot; may be left out where the bin holds only one.</param>
    /// <param name="From">Where they are; UNPLACED for what was put nowhere, also when not said; MISSING for what was looked for in vain and is found again.</param>
    /// <param name="Quantity">Units, or scans of the barcode; 1 when not said.</param>
    /// <param name="AreUnavailable">Into quarantine: the units are counted as unavailable already, as damaged ones are when they come in.</param>
    /// <param name="MoveId">The client's own name of this move at the node.</param>
    public sealed record Item(string? Sku, string? Barcode, string? Lot, string? From, string? To, long? Quantity, bool AreUnavailable = false, string? MoveId = null);
    public sealed record Request(string? Node, IReadOnlyList<Item?>? Items, MovePurpose Purpose = MovePurpose.Move);
    public sealed record Moved(string Sku, string? Lot, string From, string To, long Quantity, string? MoveId, bool IsRepeat);
    public sealed record Response(string Object, string Node, IReadOnlyList<Moved> Items);

    private sealed record Move(int Place, StockedProduct Product, string Lot, string From, string To, long Units, long Unavailable, Item Item);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/inventory/bin-moves", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryReceive).WithName("inventory.moveBins").WithTags("Inventory").WithSummary("Move units from bin to bin, once a move id")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(409);

    /// <remarks>Errors: inventory.unknown_node, inventory.unknown_sku, inventory.no_such_bin, inventory.bin_closed, inventory.lot_required, inventory.not_enough, inventory.scan_id_reused.</remarks>
    public static async Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Node, "/node", 64, required: true);
        checks.That(Enum.IsDefined(body.Purpose), "/purpose", "field.unknown_value", "purpose must be move, putaway or replenish.");
        checks.Each(body.Items, MostItems, (item, at) =>
        {
            checks.That(item.Sku is null ^ item.Barcode is null, at, "inventory.sku_or_barcode", "Send either sku or barcode.");
            checks.Text(item.Sku, at + "/sku", 200);
            checks.Text(item.Barcode, at + "/barcode", ScannedItems.MostCharacters);
            checks.Text(item.Lot, at + "/lot", 64);
            checks.Text(item.From, at + "/from", 64);
            checks.Text(item.To, at + "/to", 64, required: true);
            checks.Text(item.MoveId, at + "/moveId", 100);
            checks.Range(item.Quantity ?? 1, 1, Checks.MaxQuantity, at + "/quantity");
            foreach (var (bin, where) in new[] { (item.From, "/from"), (item.To, "/to") })
                checks.That(bin != PickedBins.Code, at + where, "inventory.no_such_bin", $"{PickedBins.Code} is what is in hand: picking fills it, shipping and putting back empty it.");
            checks.That(item.To != PickedBins.Missing, at + "/to", "inventory.no_such_bin", $"{PickedBins.Missing} is what nobody has found: a short pick fills it, a count empties it.");
            checks.That((item.From ?? BinsSql.Unplaced) != item.To, at + "/to", "inventory.same_bin", "The units are in this bin already.");
        });
        return checks.AnyFault ? checks.ToError() : await db.Write<Response>(actor, work => Run(work, body, clock.GetUtcNow(), actor));
    }

    /// <summary>The same in the caller's transaction, of a request that is well formed. An error changes nothing. Locks stock.</summary>
    internal static async Task<Result<Response>> Run(Work work, Request body, DateTimeOffset now, Actor actor)
    {
        var checks = new Checks();
        var scanned = await ScannedItems.Read(work, [.. body.Items!.Select(i => i!.Barcode)], now, checks);
        var names = await StockNames.Load(work, actor, body.Items!.Select((item, i) => scanned[i]?.Sku ?? item!.Sku), [body.Node]);
        if (checks.AnyFault) return checks.ToError();
        var node = names.Node(body.Node, "/node", checks);
        var products = body.Items!.Select((item, i) => names.Goods(scanned[i]?.Sku ?? item!.Sku, $"/items/{i}/{(item!.Barcode is null ? "sku" : "barcode")}", checks)).ToList();
        for (int i = 0; i < products.Count; i++)
            checks.That((body.Items![i]!.Quantity ?? 1) <= Checks.MaxQuantity / (scanned[i]?.Units ?? 1), $"/items/{i}/quantity", "field.out_of_range", $"These are more than {Checks.MaxQuantity:N0} units.");
        if (checks.AnyFault) return checks.ToError();

        var skus = products.Select(p => p!.Id).Distinct().ToList();
        var sheet = await StockSheet.Lock(work, skus, now, [.. skus.Select(s => (s, node!.Id))]);                    // 1 load
        var known = await BinMovesSql.Known(work, node!.Id, [.. body.Items!.Select(i => i!.MoveId).OfType<string>()]);
        var bins = await BinMovesSql.Bins(work, node.Id, [.. body.Items!.SelectMany(i => new[] { i!.From, i.To }).OfType<string>().Distinct()]);
        var shelf = await BinMovesSql.Shelf(work, node.Id, [.. skus]);
        var blocked = await LotBlocks.Of(work, [.. skus]);
        foreach (long sku in skus.Where(s => !shelf.Keys.Any(k => k.Sku == s) && sheet.Find(s, node.Id)!.Balance.OnHand > 0))
        {
            // Nothing of it lay in a bin here so far: all of it is where it was put, nowhere in particular.
            long all = shelf[(sku, BinsSql.Unplaced, "")] = sheet.Find(sku, node.Id)!.Balance.OnHand;
            sheet.Bin(new BinnedUnits(sku, node.Id, BinsSql.Unplaced, "", null, all));
        }

        var (moves, done) = (new List<Move>(), new List<Moved>());                                                   // 2 decide
        foreach (var (i, item) in body.Items!.Index())
        {
            string from = item!.From ?? BinsSql.Unplaced;
            long units = (item.Quantity ?? 1) * (scanned[i]?.Units ?? 1);
            if (item.MoveId is { Length: > 0 } moveId && known.TryGetValue(moveId, out var before))
            {
                checks.That((before.Sku, before.From, before.To, before.Units) == (products[i]!.Id, from, item.To!, units), $"/items/{i}/moveId", DeliveryErrors.ScanIdReused, $"The move id {moveId} was used for another move.");
                done.Add(new Moved(products[i]!.Sku, before.Lot.Length == 0 ? null : before.Lot, from, item.To!, units, moveId, true));
                continue;
            }
            if (Decide(i, item, products[i]!, item.Lot ?? scanned[i]?.Lot, from, units, node.Id, sheet, bins, shelf, blocked, checks, actor) is not { } move) continue;
            moves.Add(move);
            if (item.MoveId is { Length: > 0 } fresh) known[fresh] = new BinMovesSql.Before(move.Product.Id, move.Lot, from, move.To, units);
            done.Add(new Moved(move.Product.Sku, move.Lot.Length == 0 ? null : move.Lot, from, move.To, units, item.MoveId, false));
        }
        if (checks.AnyFault) return Refusal(checks.ToError());
        if (moves.Count == 0) return new Response("binMoves", node.Code, done);

        foreach (var move in moves)                                                                                  // 3 write
        {
            sheet.Bin(new BinnedUnits(move.Product.Id, node.Id, move.From, move.Lot, null, -move.Units));
            sheet.Bin(new BinnedUnits(move.Product.Id, node.Id, move.To, move.Lot, null, move.Units));
        }
        await sheet.Write(work);
        await LotBlocks.Settle(work, actor, now, [.. moves.Where(m => blocked.Contains((m.Product.Id, m.Lot))).Select(m => m.Product.Id)]);
        int written = await BinMovesSql.Insert(work, actor, now, node.Id, body.Purpose, [.. moves.Select(m =>
            new BinMovesSql.Row(m.Item.MoveId is { Length: > 0 } id ? id : null, m.Product.Id, m.Lot, m.From, m.To, m.Units, m.Unavailable))]);
        if (written < moves.Count) return Error.Conflict(DeliveryErrors.ScanIdReused, "A move id was used for another move at the same moment.");
        await EventLog.Append(work, actor, now, new Happening("adjustment", "mov_" + Guid.CreateVersion7(now).ToString("N"), "BinsMoved",
            new { node = node.Code, purpose = body.Purpose, items = moves.Select(m => new { sku = m.Product.Sku, lot = m.Lot, from = m.From, to = m.To, quantity = m.Units }) }));
        return new Response("binMoves", node.Code, done);
    }

    private static Move? Decide(int i, Item item, StockedProduct product, string? wantedLot, string from, long units, long node, StockSheet sheet,
        Dictionary<string, BinMovesSql.Bin> bins, Dictionary<(long Sku, string Bin, string Lot), long> shelf, HashSet<(long, string)> blocked, Checks checks, Actor actor)
    {
        string at = $"/items/{i}";
        if (!bins.TryGetValue(item.To!, out var to)) { checks.Fault(at + "/to", "inventory.no_such_bin", $"There is no bin {item.To} here."); return null; }
        if (!bins.TryGetValue(from, out var source)) { checks.Fault(at + "/from", "inventory.no_such_bin", $"There is no bin {from} here."); return null; }
        if (to.IsClosed) { checks.Fault(at + "/to", "inventory.bin_closed", $"Bin {item.To} is closed."); return null; }
        var lots = shelf.Where(s => s.Key.Sku == product.Id && s.Key.Bin == from && s.Value > 0).Select(s => s.Key.Lot).ToList();
        if (wantedLot is null && lots.Count > 1) { checks.Fault(at + "/lot", "inventory.lot_required", $"Bin {from} holds several lots of {product.Sku}: say which."); return null; }
        string lot = wantedLot ?? lots.FirstOrDefault("");
        long there = shelf.GetValueOrDefault((product.Id, from, lot));
        if (there < units) { checks.Fault(at + "/quantity", StockErrors.NotEnough, $"Bin {from} holds {there} of {product.Sku}{(lot.Length > 0 ? $", lot {lot}" : "")}."); return null; }

        var balance = sheet.Find(product.Id, node)!.Balance;
        long unavailable = (source.IsQuarantine, to.IsQuarantine) switch
        {
            (false, true) => item.AreUnavailable ? 0 : units,
            (true, false) => -Math.Min(units, balance.Unavailable),
            _ => 0,
        };
        if (unavailable > 0 && !blocked.Contains((product.Id, lot)) && balance.Available + balance.Safety + balance.Earmarked is var free && free < unavailable)
        {
            checks.Fault(at + "/quantity", StockErrors.NotEnough, $"Only {Math.Max(0, free)} of {product.Sku} are promised to nobody. Reject or short-pick the orders first.");
            return null;
        }
        if (unavailable != 0)
            sheet.Move(product.Id, node, new Buckets { Unavailable = unavailable }, new Movement(unavailable > 0 ? MovementKind.MadeUnavailable : MovementKind.MadeAvailable, actor.Id, Reference: item.To, Reason: "quarantine"));
        shelf[(product.Id, from, lot)] = there - units;
        shelf[(product.Id, to.Code, lot)] = shelf.GetValueOrDefault((product.Id, to.Code, lot)) + units;
        return new Move(i, product, lot, from, to.Code, units, unavailable, item);
    }

    // What is not there or was said before is a clash with the world, the rest a mistake in the request.
    private static Error Refusal(Error faults) => faults.Fields.All(f => f.Code is StockErrors.NotEnough) ? StockErrors.Short(faults.Fields)
        : faults.Fields.All(f => f.Code is DeliveryErrors.ScanIdReused) ? Error.Conflict(DeliveryErrors.ScanIdReused, faults.Detail, [.. faults.Fields]) : faults;
}
