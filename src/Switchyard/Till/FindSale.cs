using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Messages;
using Switchyard.Orders;

namespace Switchyard.Till;

/// <summary>
/// Says which order a scanned receipt is of, and what of it can come back: by the link in its QR code, by the receipt's id, or by the order's. Whoever has the receipt
/// may bring the goods to any store, so this shows goods and nothing of the customer.
/// </summary>
public static class FindSale
{
    /// <param name="Receipt">The id of the sale, where it was one of a till.</param>
    public sealed record Response(string Object, OrderId Order, string Number, string Currency, string? Receipt, IReadOnlyList<BackLeft> Lines);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/till/sale", async (Db db, TrackingLinks links, TimeProvider clock, Actor actor, [FromQuery] string? scan) => (await Handle(scan, db, links, clock, actor)).ToHttp())
            .Requires(Permission.TillWork).WithName("till.find").WithTags("Till").WithSummary("Find the order of a scanned receipt").Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: request.invalid with #scan, till.no_such_entry.</remarks>
    private static async Task<Result<Response>> Handle(string? scan, Db db, TrackingLinks links, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(scan, "#scan", 500, required: true);
        if (checks.AnyFault) return checks.ToError();
        string text = scan!.Trim();
        int at = text.LastIndexOf(TrackingPage.Path + "/", StringComparison.Ordinal);
        var linked = at < 0 ? null : await links.Genuine(text[(at + TrackingPage.Path.Length + 1)..].Split('?', '#')[0]);
        if (at >= 0 && linked?.Merchant != actor.Merchant) return TillErrors.NoSuchEntry;
        return await db.Read<Result<Response>>(actor, async work =>
        {
            OrderId? id = linked?.Order ?? (OrderId.TryParse(text, null, out var said) ? said : null);
            var entry = id is null ? await TillBooks.Entry(work, text) : null;
            id ??= entry?.Order is { } rung ? new OrderId(rung) : null;
            if (id is null || await OpenOrder.Peek(work, actor with { Nodes = null }, id.Value, clock.GetUtcNow()) is not { } order) return TillErrors.NoSuchEntry;
            return new Response("tillSale", order.Id, order.Number, order.Currency, entry?.Kind == "sale" ? text : null, await GoodsBack.Of(work, order.Id));
        });
    }
}
