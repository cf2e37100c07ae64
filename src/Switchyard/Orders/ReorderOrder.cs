using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Repeats an order at today's prices: a draft, or at once an order. Says which of its goods are gone and whose price has changed.</summary>
public static class ReorderOrder
{
    /// <param name="Channel">The channel it is placed on; the order's own when left out.</param>
    /// <param name="Place">Place it at once. What is gone is then refused, unless <paramref name="WithoutGone"/>.</param>
    /// <param name="WithoutGone">Place what there is.</param>
    public sealed record Request(string? Channel = null, bool Place = false, bool WithoutGone = false);

    /// <param name="Gone">Lines of the order that are not in the draft: no such product any more, or no price for it.</param>
    public sealed record Response(string Object, DraftView Draft, IReadOnlyList<GoneLine> Gone, IReadOnlyList<Repriced> Repriced);

    /// <param name="Reason">gone, or noPrice.</param>
    public sealed record GoneLine(int Line, string Sku, long Quantity, string Reason);

    /// <param name="Line">The line of the order.</param>
    public sealed record Repriced(int Line, string Sku, long UnitPriceMinorBefore, long UnitPriceMinor);

    private sealed record Repeat(OrderView Order, IReadOnlyList<PlaceOrder.Line> Lines, IReadOnlyList<GoneLine> Gone, IReadOnlyList<Repriced> Repriced);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/reorder", async (string id, Request? body, Actor actor, [FromServices] DraftDesk desk, CatalogReader catalog, OrderWriter writer, FindOrder find) =>
                await Handle(id, body ?? new Request(), actor, desk, catalog, writer, find))
            .Requires(Permission.OrdersWrite).WithName("orders.reorder").WithSummary("Repeat an order at today's prices").WithTags("Orders")
            .WithDescription("201: a draft with the same goods; with place: true the order itself.")
            .Produces<Response>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429).ProducesProblem(503);

    private static async Task<IResult> Handle(string id, Request body, Actor actor, DraftDesk desk, CatalogReader catalog, OrderWriter writer, FindOrder find)
    {
        var checks = new Checks();
        checks.Text(body.Channel, "/channel", 64);
        if (checks.AnyFault) return checks.ToError().ToHttp();
        if (!body.Place) return (await Draft(id, body, actor, desk, catalog, find)).ToHttp(StatusCodes.Status201Created, r => "/api/v1/drafts/" + r.Draft.Id);
        var placed = await Db.Guard<OrderAnswer>(async () => await writer.Earlier(actor) is { } earlier ? earlier : await Place(id, body, actor, desk, catalog, writer, find));
        return placed.Error is { } error ? error.ToHttp() : placed.Value;
    }

    /// <remarks>Errors: orders.not_found, orders.nothing_left, and those of making a draft.</remarks>
    private static async Task<Result<Response>> Draft(string id, Request body, Actor actor, DraftDesk desk, CatalogReader catalog, FindOrder find)
    {
        var found = await Look(id, actor, desk, catalog, find);
        if (found.Error is { } error) return error;
        var (order, lines, gone, repriced) = found.Value;
        var draft = new SaveDraft.Body(body.Channel ?? order.Channel, order.Currency, order.Type, order.Customer, order.ShippingAddress, order.BillingAddress, order.Method, lines,
            PricesIncludeTax: order.PricesIncludeTax, Origin: new DraftOrigin(order.Id, LinkKinds.Reorder));
        return await SaveDraft.Create(draft, actor, desk, made => new Response("reorder", made, gone, repriced));
    }

    /// <remarks>Errors: orders.not_found, orders.nothing_left, orders.lines_gone, and those of placing an order.</remarks>
    private static async Task<Result<OrderAnswer>> Place(string id, Request body, Actor actor, DraftDesk desk, CatalogReader catalog, OrderWriter writer, FindOrder find)
    {
        var found = await Look(id, actor, desk, catalog, find);
        if (found.Error is { } error) return error;
        var (order, lines, gone, _) = found.Value;
        if (gone.Count > 0 && !body.WithoutGone) return OrderErrors.LinesGone([.. gone.Select(g => $"{g.Sku} (line {g.Line})")]);
        var request = new PlaceOrder.Request(body.Channel ?? order.Channel, null, order.Currency, order.Customer, order.ShippingAddress, order.BillingAddress, order.Method, lines, null, null,
            order.PricesIncludeTax, null, null, null, null, Type: order.Type == OrderTypes.Wholesale ? OrderTypes.Wholesale : null, CollectAt: order.CollectAt);
        return PlaceOrder.Validate(request) is { } faults ? faults
            : await writer.Place(actor, request, source: new OrderSource(Origin: order.Id, Kind: LinkKinds.Reorder));
    }

    private static async Task<Result<Repeat>> Look(string id, Actor actor, DraftDesk desk, CatalogReader catalog, FindOrder find)
    {
        if (!OrderId.TryParse(id, null, out var known) || await find.Find(actor, known) is not { } order) return OrderErrors.NotFound(id);
        // Of an order that ended all that was ordered, else what was not taken off it.
        bool hasEnded = order.State is "cancelled" or "expired";
        var lines = order.Lines.Where(l => l.Kind is "goods" or "bundle").Select(l => (Line: l, Units: hasEnded ? l.Quantity : l.Quantity - l.Cancelled)).Where(l => l.Units > 0).ToList();
        await desk.Settings(actor.Merchant);                     // what is in memory is as new as the database
        var items = await catalog.FindSkus(actor.Merchant, [.. lines.Select(l => Text.Key(l.Line.Sku)).Distinct()]);
        var (keep, gone, repriced) = (new List<PlaceOrder.Line>(), new List<GoneLine>(), new List<Repriced>());
        foreach (var (line, units) in lines)
        {
            var item = items.GetValueOrDefault(Text.Key(line.Sku));
            if (item is not { IsActive: true }) gone.Add(new GoneLine(line.Line, line.Sku, units, "gone"));
            else if (!item.Prices.TryGetValue(order.Currency, out long price)) gone.Add(new GoneLine(line.Line, line.Sku, units, "noPrice"));
            else
            {
                if (price != line.UnitPriceMinor) repriced.Add(new Repriced(line.Line, line.Sku, line.UnitPriceMinor, price));
                keep.Add(new PlaceOrder.Line(item.Sku, units, null, line.Name, null, line.TaxRate, null, line.Metadata?.AsObject().ToDictionary(m => m.Key, m => m.Value?.ToString() ?? ""), line.Method, line.CollectAt));
            }
        }
        return keep.Count == 0 ? OrderErrors.NothingToReorder : new Repeat(order, keep, gone, repriced);
    }
}
