using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A line of a delivery as it is shown.</summary>
/// <param name="Open">Units still to come.</param>
/// <param name="Over">Units that came although nobody expected them.</param>
/// <param name="Difference">In words; null when all came as expected. An open line is short until the delivery is closed.</param>
public sealed record DeliveryLineView(string Sku, long Expected, long Good, long Damaged, long Received, long Open, long Over, string? Difference);

/// <summary>A delivery as it is shown, with its lines.</summary>
public sealed record DeliveryView(string Object, DeliveryId Id, string Node, string? Reference, string? Supplier, TransferId? Transfer, bool IsBlind, DeliveryState State,
    string OpenedBy, DateTimeOffset OpenedAt, string? ClosedBy, DateTimeOffset? ClosedAt, IReadOnlyList<DeliveryLineView> Lines)
{
    internal static DeliveryView Of(StoredDelivery d, IReadOnlyList<DeliveryLine> lines) => new("delivery", d.Id, d.Node, d.Reference, d.Supplier, d.Transfer, d.IsBlind, d.State,
        d.OpenedBy, d.OpenedAt, d.ClosedBy, d.ClosedAt,
        [.. lines.OrderBy(l => Text.Key(l.Sku), StringComparer.Ordinal).Select(l => new DeliveryLineView(l.Sku, l.Expected, l.Good, l.Damaged, l.Received, l.Open, l.Over, l.Difference(d.IsBlind)))]);

    internal static async Task<DeliveryView> Load(Work work, Actor actor, DeliveryId id) =>
        Of((await DeliveriesSql.Find(work, actor, id))!, await DeliveriesSql.Lines(work, id));
}

/// <summary>A delivery in a list, with the sums of its lines.</summary>
public sealed record DeliverySummary(DeliveryId Id, string Node, string? Reference, string? Supplier, TransferId? Transfer, bool IsBlind, DeliveryState State,
    DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, long Expected, long Received);

/// <summary>One entry of a receiver as it is shown.</summary>
public sealed record ReceiptView(ReceiptId Id, string? ScanId, string Sku, long Quantity, GoodsCondition Condition, string? Barcode, string? Bin, string? Lot, string? Expiry,
    string ReceivedBy, DateTimeOffset ReceivedAt, string? UndoneBy, DateTimeOffset? UndoneAt, string? UndoReason);

/// <summary>Shows deliveries: a page of them, one with its lines, and a page of its receipts.</summary>
public static class ReadDeliveries
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/deliveries", async ([FromQuery] string? state, [FromQuery] string? node, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) =>
                (await List(state, node, after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("deliveries.list").WithTags("Inventory").WithSummary("List deliveries, newest first")
            .Produces<Page<DeliverySummary>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/deliveries/{id}", async (string id, Db db, Actor actor) => (await Find(id, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("deliveries.get").WithTags("Inventory").WithSummary("Show a delivery with its lines")
            .Produces<DeliveryView>().ProducesProblem(404);
        routes.MapGet("/deliveries/{id}/receipts", async (string id, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) =>
                (await Receipts(id, after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("deliveries.listReceipts").WithTags("Inventory").WithSummary("List what each receiver booked in, newest first")
            .Produces<Page<ReceiptView>>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid with pointers #state, #limit, #after; inventory.unknown_node.</remarks>
    public static async Task<Result<Page<DeliverySummary>>> List(string? state, string? node, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, before) = Paging.ReadBefore<DeliveryId>(checks, limit, after);
        DeliveryState wanted = default;
        if (state is not null && !(Enum.TryParse(state, ignoreCase: true, out wanted) && DeliveryStates.Name(wanted) == state)) checks.Fault("#state", "field.unknown_value", "state must be open, closed or cancelled.");
        checks.Text(node, "#node", 64);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<DeliverySummary>>>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, [], [node]);
            if (node is not null && names.Node(node) is null) return StockErrors.NoSuchNode(node);
            var found = await DeliveriesSql.List(work, actor, state is null ? null : wanted, names.Node(node)?.Id ?? 0, before.Value, most);
            var summaries = found.Select(f => new DeliverySummary(f.Head.Id, f.Head.Node, f.Head.Reference, f.Head.Supplier, f.Head.Transfer, f.Head.IsBlind, f.Head.State,
                f.Head.OpenedAt, f.Head.ClosedAt, f.Expected, f.Received)).ToList();
            return Page<DeliverySummary>.Of(summaries, most, d => d.Id.ToString());
        }, snapshot: true);
    }

    /// <remarks>Errors: inventory.no_such_delivery.</remarks>
    public static Task<Result<DeliveryView>> Find(string text, Db db, Actor actor) => db.Read<Result<DeliveryView>>(actor, async work =>
        DeliveryId.TryParse(text, null, out var id) && await DeliveriesSql.Find(work, actor, id) is { } found
            ? DeliveryView.Of(found, await DeliveriesSql.Lines(work, id)) : DeliveryErrors.NotFound(text), snapshot: true);

    /// <remarks>Errors: inventory.no_such_delivery; request.invalid with pointers #limit, #after.</remarks>
    public static async Task<Result<Page<ReceiptView>>> Receipts(string text, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, before) = Paging.ReadBefore<ReceiptId>(checks, limit, after);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<ReceiptView>>>(actor, async work =>
        {
            if (!DeliveryId.TryParse(text, null, out var id) || await DeliveriesSql.Find(work, actor, id) is null) return DeliveryErrors.NotFound(text);
            var found = await work.Query($"{SelectReceipts} where t.merchant_id = @merchant and t.delivery_id = @delivery and t.id < @before order by t.id desc limit @limit",
                Receipt, ("delivery", id.Value), ("before", before.Value), ("limit", most + 1L));
            return Page<ReceiptView>.Of(found, most, r => r.Id.ToString());
        });
    }

    internal const string SelectReceipts =
        """
        select t.id, t.scan_id, p.sku, t.quantity, t.condition, t.barcode, t.bin, t.lot, t.expires_on, t.actor, t.at_ms, t.undone_by, t.undone_at_ms, t.undo_reason
          from receipts t join products p on p.id = t.sku_id /* house: the merchant is said where it is used */
        """;

    internal static ReceiptView Receipt(Row row) => new(new ReceiptId(row.Uuid()), row.TextOrNull(), row.Text(), row.Long(), Enum.Parse<GoodsCondition>(row.Text(), ignoreCase: true),
        row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Text(), row.Instant(), row.TextOrNull(), row.InstantOrNull(), row.TextOrNull());
}
