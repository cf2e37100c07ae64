using System.Globalization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Books goods in, by SKU or by scan: good units can be sold or go to the orders that wait for them, damaged ones are unavailable, and what
/// was inbound under the delivery's reference is so no more. All items or none.
/// </summary>
public static class ReceiveGoods
{
    public const int MostItems = 500;

    /// <param name="Barcode">Instead of the SKU; a case's code counts for all units in the case. A GS1 code also tells lot and expiry.</param>
    /// <param name="Quantity">Units, or scans of the barcode; 1 when not said.</param>
    /// <param name="Expiry">The last day the lot may be sold, <c>yyyy-MM-dd</c>.</param>
    /// <param name="ScanId">The client's own name of this scan within the delivery: sent again, it is booked once.</param>
    /// <param name="Serial">Of one unit.</param>
    /// <param name="NeedsLabel">The goods came without a label that can be scanned: one is asked for.</param>
    public sealed record Item(string? Sku, string? Barcode, long? Quantity, GoodsCondition? Condition, string? Bin, string? Lot, string? Expiry, string? ScanId, bool NeedsLabel = false, string? Serial = null);
    public sealed record Request(IReadOnlyList<Item?>? Items);

    /// <param name="Quantity">Units that orders wait for: they were set aside in the same transaction.</param>
    public sealed record Awaited(string Sku, long Quantity);

    /// <param name="ForOrders">Of what was booked in now: what goes to waiting orders.</param>
    public sealed record Response(string Object, IReadOnlyList<ReceiptView> Receipts, DeliveryView Delivery, IReadOnlyList<Awaited> ForOrders);

    private sealed record Receipt(int Place, ReceiptId Id, StockedProduct Product, long Units, GoodsCondition Condition, Item Item)
    {
        public bool IsSame(Scan scan) => (scan.Sku, scan.Units, scan.Condition, scan.Bin, scan.Lot) == (Product.Id, Units, Condition, Item.Bin, Item.Lot);
    }

    private sealed record Scan(string ScanId, ReceiptId Id, long Sku, long Units, GoodsCondition Condition, string? Bin, string? Lot);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/deliveries/{id}/receipts", async (string id, Request body, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryReceive).WithName("deliveries.receive").WithTags("Inventory").WithSummary("Book goods of a delivery in")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: inventory.no_such_delivery, inventory.delivery_not_open, inventory.unknown_sku, catalog.no_such_barcode, inventory.scan_id_reused, inventory.delivery_too_long.</remarks>
    public static Task<Result<Response>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Each(body.Items, MostItems, (item, at) => Check(checks, item, at));
        if (checks.AnyFault) return Task.FromResult<Result<Response>>(checks.ToError());
        var now = clock.GetUtcNow();
        return db.Write<Response>(actor, async work =>
        {
            var locked = await DeliveriesSql.LockOpen(work, actor, id);                                             // 1 load
            if (locked.Error is { } refused) return refused;
            var delivery = locked.Value;
            var checks = new Checks();
            var scanned = await ScannedItems.Read(work, [.. body.Items!.Select(i => i!.Barcode)], now, checks);
            var items = Told(body.Items!, scanned, checks, await Quarantine(work, delivery.NodeId));
            var names = await StockNames.Load(work, actor, items.Select((item, i) => scanned[i]?.Sku ?? item!.Sku), []);
            if (checks.AnyFault) return checks.ToError();
            var receipts = Name(items, scanned, names, checks, now);
            if (checks.AnyFault) return checks.ToError();
            var (fresh, ids) = Sort(receipts, await Known(work, delivery, items), checks);
            if (checks.AnyFault) return Error.Conflict(DeliveryErrors.ScanIdReused, checks.ToError().Detail, [.. checks.ToError().Fields]);

            var units = fresh.Select(r => new ReceivedUnit(r.Place, r.Product.Id, r.Product.Sku, r.Units, r.Item.Lot, r.Item.Expiry, r.Item.Serial)).ToList();
            await ReceivedUnits.Check(work, units, checks);
            if (checks.AnyFault) return checks.ToError();
            IReadOnlyList<Awaited> forOrders = [];
            if (fresh.Count > 0)
            {
                var arrival = await GoodsArrival.Lock(work, actor, delivery, [.. fresh.Select(r => r.Product).DistinctBy(p => p.Id)], now);
                foreach (var r in fresh)                                                                            // 2 decide
                    arrival.Book(r.Product.Id, r.Condition == GoodsCondition.Good ? r.Units : 0, r.Condition == GoodsCondition.Damaged ? r.Units : 0, r.Item.Bin, r.Item.Lot, r.Item.Expiry);
                if (arrival.LineCount > DeliveriesSql.MostLines) return DeliveryErrors.TooManyLines;
                await Write(work, arrival, fresh, actor, now);                                                      // 3 write
                if (await ReceivedUnits.Follow(work, actor, now, delivery, units) is { } clash) return clash;
                forOrders = arrival.ForOrders();
            }
            var shown = await work.Query($"{ReadDeliveries.SelectReceipts} join @rows r on r.id = t.id where t.merchant_id = @merchant",
                Rows.Of(ids).Uuid("id", r => r.Value), ReadDeliveries.Receipt);
            return new Response("receipts", [.. shown.OrderBy(r => ids.IndexOf(r.Id))], await DeliveryView.Load(work, actor, delivery.Id), forOrders);
        });
    }

    private static void Check(Checks checks, Item item, string at)
    {
        checks.That(item.Sku is null ^ item.Barcode is null, at, "inventory.sku_or_barcode", "Send either sku or barcode.");
        checks.Text(item.Sku, at + "/sku", 200);
        checks.Text(item.Barcode, at + "/barcode", ScannedItems.MostCharacters);
        checks.Range(item.Quantity ?? 1, 1, Checks.MaxQuantity, at + "/quantity");
        checks.That(item.Bin is null || Text.IsCode(item.Bin), at + "/bin", "field.malformed", "bin is 1 to 64 characters without blanks.");
        checks.That(item.Bin is not (PickedBins.Missing or PickedBins.Code), at + "/bin", "inventory.no_such_bin", "Nothing is put there: it follows from picking and counting.");
        checks.Text(item.Lot, at + "/lot", 64);
        checks.That(item.Expiry is null || DateOnly.TryParseExact(item.Expiry, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), at + "/expiry", "field.malformed",
            "A day is written like 2026-03-01.");
        checks.That(item.Expiry is null || !string.IsNullOrEmpty(item.Lot), at + "/lot", "field.required", "An expiry is that of a lot: lot is required with it.");
        checks.Text(item.Serial, at + "/serial", 64);
        checks.Text(item.ScanId, at + "/scanId", 100);
    }

    // Lot and expiry as the code has them, unless somebody says otherwise; damaged goods lie apart where there is a place for them.
    private static List<Item?> Told(IReadOnlyList<Item?> items, IReadOnlyList<ScannedItem?> scanned, Checks checks, string? quarantine) => [.. items.Select((item, i) =>
    {
        checks.That(item!.Lot is null || scanned[i]?.Lot is null || item.Lot == scanned[i]!.Lot, $"/items/{i}/lot", "inventory.lot_differs", $"The code says lot {scanned[i]?.Lot}.");
        string? lot = item.Lot ?? scanned[i]?.Lot;
        return item with { Lot = lot, Serial = item.Serial ?? scanned[i]?.Serial, Expiry = item.Expiry ?? (lot is null ? null : scanned[i]?.Expiry), Bin = item.Bin ?? (item.Condition == GoodsCondition.Damaged ? quarantine : null) };
    })];

    private static async Task<string?> Quarantine(Work work, long node) => (await work.Query(
        "select x.code from bins x join bin_places p on p.bin_id = x.id where x.node_id = @node and p.kind = 'quarantine' and not p.is_closed order by x.walk_order, x.code limit 1",
        row => row.Text(), ("node", node))).FirstOrDefault();

    private static List<Receipt?> Name(IReadOnlyList<Item?> items, IReadOnlyList<ScannedItem?> scanned, StockNames names, Checks checks, DateTimeOffset now) => [.. items.Select((item, i) =>
    {
        long each = scanned[i]?.Units ?? 1, count = item!.Quantity ?? 1;
        var product = names.Goods(scanned[i]?.Sku ?? item.Sku, $"/items/{i}/{(item.Barcode is null ? "sku" : "barcode")}", checks);
        checks.That(count <= Checks.MaxQuantity / each, $"/items/{i}/quantity", "field.out_of_range", $"These are more than {Checks.MaxQuantity:N0} units.");
        return product is null || checks.AnyFault ? null : new Receipt(i, new ReceiptId(Guid.CreateVersion7(now)), product, count * each, item.Condition ?? GoodsCondition.Good, item);
    })];

    // What is new, and the receipts to answer with: a scan that is known already stands for the receipt it made.
    private static (List<Receipt> Fresh, List<ReceiptId> Ids) Sort(IEnumerable<Receipt?> receipts, Dictionary<string, Scan> known, Checks checks)
    {
        var (fresh, ids) = (new List<Receipt>(), new List<ReceiptId>());
        foreach (var (i, receipt) in receipts.Index())
        {
            if (receipt!.Item.ScanId is { Length: > 0 } scanId && !known.TryAdd(scanId, new Scan(scanId, receipt.Id, receipt.Product.Id, receipt.Units, receipt.Condition, receipt.Item.Bin, receipt.Item.Lot)))
            {
                checks.That(receipt.IsSame(known[scanId]), $"/items/{i}/scanId", DeliveryErrors.ScanIdReused, $"The scan id {scanId} was used for other goods.");
                ids.Add(known[scanId].Id);
                continue;
            }
            fresh.Add(receipt);
            ids.Add(receipt.Id);
        }
        return (fresh, [.. ids.Distinct()]);
    }

    private static async Task<Dictionary<string, Scan>> Known(Work work, StoredDelivery delivery, IEnumerable<Item?> items) => (await work.Query(
        """
        select t.scan_id, t.id, t.sku_id, t.quantity, t.condition, t.bin, t.lot from receipts t
         where t.merchant_id = @merchant and t.delivery_id = @delivery and t.scan_id = any(@scans)
        """, row => new Scan(row.Text(), new ReceiptId(row.Uuid()), row.Long(), row.Long(), Enum.Parse<GoodsCondition>(row.Text(), ignoreCase: true), row.TextOrNull(), row.TextOrNull()),
        ("delivery", delivery.Id.Value), ("scans", items.Select(i => i!.ScanId).OfType<string>().Where(s => s.Length > 0).Distinct().ToArray()))).ToDictionary(s => s.ScanId);

    private static async Task Write(Work work, GoodsArrival arrival, List<Receipt> fresh, Actor actor, DateTimeOffset now)
    {
        var batch = work.Batch();
        batch.Execute(
            """
            insert into receipts (id, merchant_id, delivery_id, scan_id, sku_id, quantity, condition, barcode, bin, lot, expires_on, serial, actor, at_ms)
            select id, @merchant, @delivery, scan_id, sku_id, quantity, condition, barcode, bin, lot, expires_on, serial, @actor, @now from @rows r
            """,
            Rows.Of(fresh).Uuid("id", r => r.Id.Value).Text("scan_id", r => r.Item.ScanId is { Length: > 0 } s ? s : null).Long("sku_id", r => r.Product.Id).Long("quantity", r => r.Units)
                .Text("condition", r => r.Condition.ToString().ToLowerInvariant()).Text("barcode", r => r.Item.Barcode).Text("bin", r => r.Item.Bin).Text("lot", r => r.Item.Lot)
                .Text("expires_on", r => r.Item.Expiry).Text("serial", r => r.Item.Serial), ("delivery", arrival.Delivery.Id.Value), ("actor", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        LabelRequests.Queue(batch, actor, now, arrival.Delivery.NodeId, [.. fresh.Where(r => r.Item.NeedsLabel).Select(r => (r.Product.Id, r.Units))], "It came without a label.", arrival.Delivery.Id.Value);
        await arrival.Write(work, batch);
        await EventLog.Append(work, actor, now, new Happening("delivery", arrival.Delivery.Id.ToString(), "GoodsReceived", new
        {
            arrival.Delivery.Node,
            arrival.Delivery.Reference,
            transfer = arrival.Delivery.Transfer,
            items = fresh.Select(r => new { receipt = r.Id, sku = r.Product.Sku, quantity = r.Units, condition = r.Condition }),
        }));
    }
}
