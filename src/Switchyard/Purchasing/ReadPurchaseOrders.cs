using System.Text;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Purchasing;

/// <summary>An order to a supplier as it is shown. In a list it comes without lines and address.</summary>
/// <param name="Kind">dropship: the supplier sends it to our customer; stock: for our own shelves.</param>
/// <param name="Order">The customer's order it is for, and of it the release.</param>
/// <param name="Reference">What the supplier calls it.</param>
/// <param name="ShipTo">Where the supplier sends it.</param>
public sealed record PurchaseOrderView(string Object, string Number, [Words(typeof(PurchaseOrderKind))] string Kind, string Supplier, [Words(typeof(PurchaseOrderState))] string State,
    OrderId? Order, string? OrderNumber, FulfilmentId? Fulfilment, string? Method, string Currency, string? Reference, string? Reason, DateTimeOffset? ExpectedAt, DateTimeOffset? SentAt,
    DateTimeOffset? AcceptedAt, DateTimeOffset? ShippedAt, DateTimeOffset? EndedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version,
    ShipToView? ShipTo, IReadOnlyList<PurchaseOrderLineView>? Lines);

public sealed record ShipToView(string? Name, string? Company, string? Line1, string? Line2, string? City, string? Region, string? Postcode, string? Country, string? Phone);

/// <param name="Open">Units still to be sent.</param>
/// <param name="CostMinor">What a unit costs us; null when it is not known, or not for the reader to know.</param>
public sealed record PurchaseOrderLineView(int Line, string Sku, string? Name, long Quantity, long Shipped, long Cancelled, long Open, long? CostMinor);

/// <summary>Shows orders to suppliers: a page of them, one with its lines, or one as a file for the supplier.</summary>
public static class ReadPurchaseOrders
{
    public static Error NotFound(string number) => Error.NotFound("purchasing.order_not_found", $"There is no order {number} to a supplier.");

    private const string Select =
        """
        select p.id, p.number, p.kind, n.code, p.state, p.order_id, o.number, p.fulfilment_id, o.method, p.currency, p.reference, p.reason, p.expected_at_ms, p.sent_at_ms,
               p.accepted_at_ms, p.shipped_at_ms, p.ended_at_ms, p.created_at_ms, p.updated_at_ms, p.version, o.ship_to
          from purchase_orders p join nodes n on n.id = p.node_id left join orders o on o.id = p.order_id and o.merchant_id = p.merchant_id
         where p.merchant_id = @merchant and (@all or p.node_id = any(@nodes))
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/purchase-orders", async ([FromQuery] string? state, [FromQuery] string? kind, [FromQuery] string? node, [FromQuery] string? order, [FromQuery] string? after, [FromQuery] int? limit,
                Db db, Actor actor) => (await List(state, kind, node, order, after, limit, db, actor)).ToHttp())
            .Requires(Permission.PurchasingRead).WithName("purchaseOrders.list").WithTags("Purchasing").WithSummary("List orders to suppliers, newest first")
            .Produces<Page<PurchaseOrderView>>().ProducesProblem(400);
        routes.MapGet("/purchase-orders/{number}", async (string number, Db db, Actor actor) => (await Find(number, db, actor)).ToHttp())
            .Requires(Permission.PurchasingRead).WithName("purchaseOrders.get").WithTags("Purchasing").WithSummary("Show an order to a supplier")
            .Produces<PurchaseOrderView>().ProducesProblem(404);
        routes.MapGet("/purchase-orders/{number}/file", async (string number, Db db, Actor actor) =>
                await Find(number, db, actor) is { IsOk: true } found ? Results.File(Encoding.UTF8.GetBytes(Csv(found.Value)), "text/csv", found.Value.Number + ".csv") : NotFound(number).ToHttp())
            .Requires(Permission.PurchasingRead).WithName("purchaseOrders.file").WithTags("Purchasing").WithSummary("Read an order to a supplier as a CSV file")
            .Produces<string>(200, "text/csv").ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid with pointers #state, #kind, #order, #node, #limit, #after.</remarks>
    public static async Task<Result<Page<PurchaseOrderView>>> List(string? state, string? kind, string? node, string? order, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.Text(node, "#node", 64);
        checks.That(state is null || Enum.GetValues<PurchaseOrderState>().Any(s => PurchaseOrderStates.Name(s) == state), "#state", "field.unknown_value", "There is no such state.");
        checks.That(kind is null or "dropship" or "stock", "#kind", "field.unknown_value", "kind must be dropship or stock.");
        OrderId ofOrder = default;
        checks.That(order is null || OrderId.TryParse(order, null, out ofOrder), "#order", "field.malformed", "order must be an order's id.");
        var before = Guid.AllBitsSet;
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !Guid.TryParseExact(text, "N", out before)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        var found = await db.Read(actor, work => work.Query(
            $"""
            {Select} and p.id < @before and (@state = '' or p.state = @state) and (@kind = '' or p.kind = @kind) and (@node = '' or upper(n.code) = @node)
               and (@any_order or p.order_id = @order) order by p.id desc limit @limit
            """, Read, ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []), ("before", before), ("state", state ?? ""), ("kind", kind ?? ""), ("node", node is null ? "" : Text.Key(node)),
            ("any_order", order is null), ("order", ofOrder.Value), ("limit", most + 1L)));
        var page = Page<(Guid Id, PurchaseOrderView View)>.Of(found, most, f => f.Id.ToString("N"));
        return new Page<PurchaseOrderView>([.. page.Data.Select(f => f.View with { ShipTo = null })], page.Next, page.HasMore);
    }

    /// <remarks>Errors: purchasing.order_not_found.</remarks>
    public static Task<Result<PurchaseOrderView>> Find(string number, Db db, Actor actor) => db.Read<Result<PurchaseOrderView>>(actor, async work =>
    {
        if (!Text.IsStorable(number)) return NotFound(number);
        var found = await work.Query($"{Select} and p.number = @number", Read, ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []), ("number", number));
        if (found is not [var only]) return NotFound(number);
        bool maySeeCosts = actor.May(Permission.CatalogCosts);
        var lines = await work.Query(
            """
            select l.line_no, l.sku, p.name, l.quantity, l.shipped, l.cancelled, l.quantity - l.shipped - l.cancelled, l.cost_minor
              from purchase_order_lines l join products p on p.id = l.sku_id where l.merchant_id = @merchant and l.purchase_order_id = @id order by l.line_no
            """, row => new PurchaseOrderLineView(row.Int(), row.Text(), row.TextOrNull(), row.Long(), row.Long(), row.Long(), row.Long(), row.LongOrNull()), ("id", only.Id));
        return only.View with { Lines = maySeeCosts ? lines : [.. lines.Select(l => l with { CostMinor = null })] };
    }, snapshot: true);

    /// <summary>The release behind an order that the actor may see; null when there is none.</summary>
    public static async Task<FulfilmentId?> ReleaseOf(Work work, Actor actor, string number)
    {
        if (!Text.IsStorable(number)) return null;
        var found = await work.Query("select fulfilment_id, node_id from purchase_orders where merchant_id = @merchant and number = @number and fulfilment_id is not null",
            row => (Release: row.Uuid(), Node: row.Long()), ("number", number));
        return found is [var only] && actor.MaySeeNode(only.Node) ? new FulfilmentId(only.Release) : null;
    }

    private static (Guid Id, PurchaseOrderView View) Read(Row row) => (row.Uuid(), new PurchaseOrderView("purchaseOrder", row.Text(), row.Text(), row.Text(), row.Text(),
        row.UuidOrNull() is { } order ? new OrderId(order) : null, row.TextOrNull(), row.UuidOrNull() is { } release ? new FulfilmentId(release) : null, row.TextOrNull(), row.Text(),
        row.TextOrNull(), row.TextOrNull(), row.InstantOrNull(), row.InstantOrNull(), row.InstantOrNull(), row.InstantOrNull(), row.InstantOrNull(), row.Instant(), row.Instant(), row.Long(),
        row.TextOrNull() is { } address ? System.Text.Json.JsonSerializer.Deserialize<ShipToView>(address, Json.Options) : null, null));

    private static string Csv(PurchaseOrderView order)
    {
        var to = order.ShipTo;
        var text = new StringBuilder("order,line,sku,name,quantity,method,name_to,company,line1,line2,city,region,postcode,country,phone\r\n");
        foreach (var line in order.Lines!.Where(l => l.Open > 0))
            text.AppendJoin(',', new[] { order.Number, Text.Invariant(line.Line), line.Sku, line.Name, Text.Invariant(line.Open), order.Method, to?.Name, to?.Company, to?.Line1, to?.Line2, to?.City,
                to?.Region, to?.Postcode, to?.Country, to?.Phone }.Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    // A spreadsheet takes what begins like a formula for one.
    private static string Cell(string? value)
    {
        string safe = value is { Length: > 0 } && "=+-@\t\r".Contains(value[0], StringComparison.Ordinal) ? "'" + value : value ?? "";
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
