using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>Shows one lot: where it lies, how it came and went between bins, and how many orders hold it; and all of those orders as a file.</summary>
public static class ReadLot
{
    private const int MostBins = 500, MostMoves = 50;

    public sealed record Place(string Node, string Bin, string? Zone, long Units);

    /// <param name="Kind">received: from the dock; moved: from bin to bin.</param>
    /// <param name="From">The bin, or the delivery's reference.</param>
    public sealed record Trace(DateTimeOffset At, [property: Words("received", "moved")] string Kind, string Node, string? From, string To, long Units, string Actor);

    /// <param name="PickedOrders">Orders with units that are picked and have not left.</param>
    /// <param name="ShippedOrders">Orders with units that have left.</param>
    public sealed record Held(long PickedOrders, long PickedUnits, long ShippedOrders, long ShippedUnits);

    /// <param name="Places">The bins it lies in, PICKED for what is picked; at most 500.</param>
    /// <param name="Traces">The newest first, at most 50.</param>
    public sealed record Response(string Object, LotView Lot, IReadOnlyList<Place> Places, IReadOnlyList<Trace> Traces, Held Held);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inventory/lots/show", async ([FromQuery] string? sku, [FromQuery] string? lot, Db db, Actor actor) => (await Handle(sku, lot, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("lots.show").WithTags("Inventory").WithSummary("Show where a lot lies, how it moved and how many orders hold it")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/inventory/lots/orders.csv", async ([FromQuery] string? sku, [FromQuery] string? lot, Db db, Actor actor) =>
            {
                var sheet = await Sheet(sku, lot, db, actor);
                return sheet.Error is { } error ? error.ToHttp() : Results.File(sheet.Value, "text/csv; charset=utf-8", "lot-orders.csv");
            })
            .Requires(Permission.InventoryRead).WithName("lots.ordersFile").WithTags("Inventory").WithSummary("Read the orders that hold units of a lot as a CSV file")
            .Produces<string>(200, "text/csv").ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: inventory.unknown_sku, inventory.no_such_lot.</remarks>
    public static async Task<Result<Response>> Handle(string? sku, string? lot, Db db, Actor actor)
    {
        if (Checked(sku, lot) is { } error) return error;
        return await db.Read<Result<Response>>(actor, async work =>
        {
            if ((await StockNames.Load(work, actor, [sku], [])).Product(sku) is not { } product) return StockErrors.NoSuchSku(sku!);
            if ((await LotsSql.Lots(work, actor, new LotFilter(product.Id, lot), ("", ""), 1)).SingleOrDefault() is not { } view) return Error.NotFound("inventory.no_such_lot", $"There is no lot {lot} of {product.Sku}.");
            (string, object?)[] what = [("sku", product.Id), ("lot", lot), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []), ("most", (long)MostMoves), ("bins", (long)MostBins)];
            var places = await work.Query(
                """
                select n.code, x.code, x.zone, s.quantity from bin_stock s join bins x on x.id = s.bin_id join nodes n on n.id = x.node_id
                 where s.merchant_id = @merchant and s.sku_id = @sku and s.lot = @lot and s.quantity > 0 and (@all or x.node_id = any(@nodes)) order by n.code, x.walk_order, x.code limit @bins
                """, row => new Place(row.Text(), row.Text(), row.Text() is { Length: > 0 } zone ? zone : null, row.Long()), what);
            var traces = await work.Query(
                """
                select t.at_ms, t.kind, t.node, t.from_bin, t.to_bin, t.quantity, t.actor from (
                    select m.at_ms, 'moved' as kind, n.code as node, m.from_bin, m.to_bin, m.quantity, m.actor from bin_moves m join nodes n on n.id = m.node_id
                     where m.merchant_id = @merchant and m.sku_id = @sku and m.lot = @lot and (@all or m.node_id = any(@nodes))
                    union all
                    select r.at_ms, 'received', n.code, d.reference, coalesce(r.bin, 'UNPLACED'), r.quantity, r.actor from receipts r join deliveries d on d.id = r.delivery_id join nodes n on n.id = d.node_id
                     where r.merchant_id = @merchant and r.sku_id = @sku and r.lot = @lot and r.undone_at_ms is null and (@all or d.node_id = any(@nodes))) t
                 order by t.at_ms desc, t.kind, t.to_bin limit @most
                """, row => new Trace(row.Instant(), row.Text(), row.Text(), row.TextOrNull(), row.Text(), row.Long(), row.Text()), what);
            var held = (await work.Query(
                """
                select count(distinct case when h.quantity > h.shipped then h.order_id end), coalesce(sum(h.quantity - h.shipped), 0), count(distinct case when h.shipped > 0 then h.order_id end), coalesce(sum(h.shipped), 0)
                  from fulfilment_lots h where h.merchant_id = @merchant and h.sku_id = @sku and h.lot = @lot and h.quantity > 0 and (@all or h.node_id = any(@nodes))
                """, row => new Held(row.Long(), row.Sum(), row.Long(), row.Sum()), what)).Single();
            return new Response("lotPage", view, places, traces, held);
        }, snapshot: true);
    }

    /// <summary>A row an order, line and serial number; who they are for only where the caller may see customers.</summary>
    /// <remarks>Errors: inventory.unknown_sku.</remarks>
    public static async Task<Result<byte[]>> Sheet(string? sku, string? lot, Db db, Actor actor)
    {
        if (Checked(sku, lot) is { } error) return error;
        bool sees = actor.May(Permission.CustomersRead);
        var (after, line, serial) = (Guid.Empty, 0, "");
        using var sheet = new MemoryStream();
        await using var csv = CsvText.Writer(sheet);
        await Write(["order", "release", "node", "line", "serial", "units", "shipped", "picked_at", .. sees ? ["customer", "email", "phone"] : Array.Empty<string>()]);
        while (true)
        {
            var page = await db.Read<Result<List<LotHolder>>>(actor, async work => (await StockNames.Load(work, actor, [sku], [])).Product(sku) is { } product
                ? await LotsSql.Holders(work, actor, product.Id, lot!, after, line, serial, Cursor.MostLimit) : StockErrors.NoSuchSku(sku!));
            if (page.Error is { } unknown) return unknown;
            foreach (var h in page.Value)
                await Write([h.Number, h.Fulfilment.ToString(), h.Node, Text.Invariant(h.Line), h.Serial ?? "", Text.Invariant(h.Quantity), Text.Invariant(h.Shipped), h.PickedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                    .. sees ? [h.Customer?.Name ?? "", h.Customer?.Email ?? "", h.Customer?.Phone ?? ""] : Array.Empty<string>()]);
            if (page.Value.Count < Cursor.MostLimit) break;
            (after, line, serial) = (page.Value[^1].Fulfilment.Value, page.Value[^1].Line, page.Value[^1].Serial ?? "");
        }
        await csv.FlushAsync();
        return sheet.ToArray();

        async Task Write(string[] cells)
        {
            foreach (string cell in cells) csv.WriteField(CsvText.Guarded(cell));
            await csv.EndRecordAsync();
        }
    }

    private static Error? Checked(string? sku, string? lot)
    {
        var checks = new Checks();
        checks.Text(sku, "#sku", 200, required: true);
        checks.Text(lot, "#lot", 64, required: true);
        return checks.AnyFault ? checks.ToError() : null;
    }
}
