using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Sends goods of an order again, free of charge: a linked order of the same customer. No more than has left, less what was sent again before.</summary>
public static class ReplaceOrder
{
    /// <param name="Lines">Units of the order's lines; a bundle as a whole, or a component by its own line.</param>
    /// <param name="ShippingAddress">Where it goes when not to the order's address.</param>
    public sealed record Request(string? Reason, IReadOnlyList<CancelOrder.LineUnits?>? Lines, PlaceOrder.Address? ShippingAddress = null, string? Method = null, string? OnShort = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/replacement", async (string id, Request body, Actor actor, OrderWriter writer, FindOrder find) =>
            {
                var placed = await Once(id, body, actor, writer, find);
                return placed.Error is { } error ? error.ToHttp() : placed.Value;
            })
            .Requires(Permission.OrdersReplace).WithName("orders.replace").WithSummary("Send goods of an order again, free of charge").WithTags("Orders")
            .Produces<OrderView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429).ProducesProblem(503);

    /// <summary>The same request under the same idempotency key is done once.</summary>
    internal static Task<Result<OrderAnswer>> Once(string id, Request body, Actor actor, OrderWriter writer, FindOrder find) =>
        Db.Guard<OrderAnswer>(async () => await writer.Earlier(actor) is { } earlier ? earlier : await Handle(id, body, actor, writer, find));

    /// <remarks>Errors: orders.not_found, orders.no_such_line, orders.not_shipped, orders.refunded_already, and those of placing an order.</remarks>
    private static async Task<Result<OrderAnswer>> Handle(string id, Request body, Actor actor, OrderWriter writer, FindOrder find)
    {
        if (Form(body) is { } faults) return faults;
        if (!OrderId.TryParse(id, null, out var from) || await find.Find(actor, from) is not { } order) return OrderErrors.NotFound(id);
        var known = order.Lines.ToDictionary(l => l.Line);
        var unknown = body.Lines!.Index().Where(l => !known.TryGetValue(l.Item!.Line, out var line) || line.Kind == "charge").ToList();
        if (unknown.Count > 0)
            return Error.Invalid([.. unknown.Select(l => new FieldError($"/lines/{l.Index}/line", "orders.no_such_line", "The order has no such line of goods."))]);
        var again = body.Lines!.Select(l => new SentAgain(l!.Line, l.Quantity)).ToList();
        var request = new PlaceOrder.Request(order.Channel, null, order.Currency, order.Customer, body.ShippingAddress ?? order.ShippingAddress, order.BillingAddress,
            body.Method ?? order.Method, [.. again.Select(a => Free(known[a.Line], a.Units))], null, null, order.PricesIncludeTax, null, body.OnShort, null, null,
            Type: order.Type == OrderTypes.Wholesale ? OrderTypes.Wholesale : null, CollectAt: body.Method is null ? order.CollectAt : null);
        if (PlaceOrder.Validate(request) is { } wrong) return wrong;
        return await writer.Place(actor, request, source: new OrderSource(Origin: from, Kind: LinkKinds.Replacement, Reason: body.Reason) { Again = again });
    }

    private static PlaceOrder.Line Free(LineView line, long units) => new(line.Sku, units, 0, line.Name, null, null, null,
        line.Metadata?.AsObject().ToDictionary(m => m.Key, m => m.Value?.ToString() ?? ""), line.Method, line.CollectAt);

    private static Error? Form(Request body)
    {
        var checks = new Checks();
        checks.Words(body.Reason, "/reason", 500, required: true);
        checks.That(body.Lines is { Count: > 0 and <= PlaceOrder.MostLines }, "/lines", "field.out_of_range", $"Name 1 to {PlaceOrder.MostLines} lines.");
        PlaceOrder.ValidateAddress(checks, body.ShippingAddress, "/shippingAddress");
        checks.Text(body.Method, "/method", 64);
        var seen = new HashSet<int>();
        foreach (var (i, line) in (body.Lines ?? []).Take(PlaceOrder.MostLines).Index())
        {
            if (line is null) { checks.Fault($"/lines/{i}", "field.required", "Units of a line must be an object."); continue; }
            checks.Quantity(line.Quantity, $"/lines/{i}/quantity");
            checks.That(seen.Add(line.Line), $"/lines/{i}/line", "edit.line_twice", $"Line {line.Line} is named twice.");
        }
        return checks.AnyFault ? checks.ToError() : null;
    }
}
