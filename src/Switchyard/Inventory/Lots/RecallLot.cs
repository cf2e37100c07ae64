using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Takes a lot out of sale everywhere at once and says which orders hold it; takes that back; shows lots.</summary>
public static class RecallLot
{
    public sealed record Request(string? Sku, string? Lot, string? Reason);

    /// <param name="Orders">Who holds units of it, at most 250; all of them: <c>GET /inventory/lots/orders</c>.</param>
    public sealed record Response(string Object, LotView Lot, IReadOnlyList<LotHolder> Orders, bool HasMore);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/inventory/lots/recall", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Change(body, true, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("lots.recall").WithTags("Inventory").WithSummary("Take a lot out of sale and list the orders that hold it")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/inventory/lots/release", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Change(body, false, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("lots.release").WithTags("Inventory").WithSummary("Let a lot that was recalled be sold again")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/inventory/lots", async ([FromQuery] string? sku, [FromQuery] string? state, [FromQuery] string? query, [FromQuery] string? node, [FromQuery] int? within,
                [FromQuery] string? after, [FromQuery] int? limit, Db db, TimeProvider clock, Actor actor) => (await List(sku, state, query, node, within, after, limit, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("lots.list").WithTags("Inventory").WithSummary("List lots with their last day and how many units there are")
            .Produces<Page<LotView>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/inventory/lots/orders", async ([FromQuery] string? sku, [FromQuery] string? lot, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) =>
                (await Orders(sku, lot, after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("lots.orders").WithTags("Inventory").WithSummary("List the orders that hold units of a lot")
            .Produces<Page<LotHolder>>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>Said again, it stays as it was. A lot that nobody has seen may be recalled: it is out of sale when it comes.</summary>
    /// <remarks>Errors: inventory.unknown_sku.</remarks>
    internal static async Task<Result<Response>> Change(Request body, bool isRecall, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Sku, "/sku", 200, required: true);
        checks.Text(body.Lot, "/lot", 64, required: true);
        checks.Text(body.Reason, "/reason", StockItems.MostReason, required: true);
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            if ((await StockNames.Load(work, actor, [body.Sku], [])).Product(body.Sku) is not { } product) return StockErrors.NoSuchSku(body.Sku!);
            // Stock is locked before the lot, as whoever receives goods of it does.
            await StockSheet.Lock(work, [product.Id], now);
            bool changed = isRecall ? await LotsSql.Change(work, actor, now, product.Id, body.Lot!, "", "recalled", body.Reason)
                : await LotsSql.Change(work, actor, now, product.Id, body.Lot!, "recalled", "open", body.Reason);
            if (changed)
            {
                await LotBlocks.Settle(work, actor, now, [product.Id]);
                await EventLog.Append(work, actor, now, new Happening("lot", LotsSql.Id(product.Sku, body.Lot!), isRecall ? "LotRecalled" : "LotReleased", new { sku = product.Sku, body.Lot }, body.Reason));
            }
            var holders = await LotsSql.Holders(work, actor, product.Id, body.Lot!, Guid.Empty, 0, "", Cursor.MostLimit + 1L);
            var view = (await LotsSql.Lots(work, actor, new LotFilter(product.Id, body.Lot), ("", ""), 1)).Single();
            return new Response("recall", view, [.. holders.Take(Cursor.MostLimit)], holders.Count > Cursor.MostLimit);
        });
    }

    /// <param name="query">The SKU or the lot begins so.</param>
    /// <param name="node">Only what lies there.</param>
    /// <param name="within">Only lots whose last day is over in so many days, or already.</param>
    /// <remarks>Errors: inventory.unknown_sku, inventory.unknown_node; request.invalid with pointers #state, #query, #within, #limit, #after.</remarks>
    public static async Task<Result<Page<LotView>>> List(string? sku, string? state, string? query, string? node, int? within, string? after, int? limit, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        var (most, text) = Paging.Read(checks, limit, after);
        checks.Text(sku, "#sku", 200);
        checks.Text(query, "#query", 200);
        checks.Range(within ?? 0, 0, SetTracking.MostDays, "#within");
        checks.That(state is null or "open" or "expired" or "recalled", "#state", "field.unknown_value", "state must be open, expired or recalled.");
        string[] from = Place(text, 2, checks);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<LotView>>>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, [sku], [node]);
            var product = names.Product(sku);
            if (sku is not null && product is null) return StockErrors.NoSuchSku(sku);
            if (node is not null && names.Node(node) is null) return StockErrors.NoSuchNode(node);
            var filter = new LotFilter(product?.Id ?? 0, null, state, query?.Trim() ?? "", names.Node(node)?.Id ?? 0, within is { } days ? WatchLots.FirstDay(clock.GetUtcNow(), days) : null);
            return Page<LotView>.Of(await LotsSql.Lots(work, actor, filter, (from[0], from[1]), most + 1L), most, l => JsonSerializer.Serialize(new[] { Text.Key(l.Sku), l.Lot }));
        });
    }

    /// <remarks>Errors: inventory.unknown_sku; request.invalid with pointers #sku, #lot, #limit, #after.</remarks>
    public static async Task<Result<Page<LotHolder>>> Orders(string? sku, string? lot, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, text) = Paging.Read(checks, limit, after);
        checks.Text(sku, "#sku", 200, required: true);
        checks.Text(lot, "#lot", 64, required: true);
        string[] from = Place(text, 3, checks);
        var (release, line) = (Guid.Empty, 0);
        checks.That(text.Length == 0 || Guid.TryParse(from[0], out release) && int.TryParse(from[1], out line), "#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<LotHolder>>>(actor, async work => (await StockNames.Load(work, actor, [sku], [])).Product(sku) is not { } product ? StockErrors.NoSuchSku(sku!)
            : Page<LotHolder>.Of(await LotsSql.Holders(work, actor, product.Id, lot!, release, line, from[2], most + 1L), most,
                h => JsonSerializer.Serialize(new[] { h.Fulfilment.Value.ToString("D"), Text.Invariant(h.Line), h.Serial ?? "" })));
    }

    private static string[] Place(string text, int parts, Checks checks)
    {
        string[] nothing = [.. Enumerable.Repeat("", parts)];
        if (text.Length == 0) return nothing;
        try
        {
            if (JsonSerializer.Deserialize<string?[]>(text) is { } read && read.Length == parts && read.All(r => r is not null)) return [.. read.Select(r => r!)];
        }
        catch (JsonException) { /* told below */ }
        checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        return nothing;
    }
}
