using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Documents;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Messages;

namespace Switchyard.Till;

/// <summary>Gives the signed link to the page of a receipt's order, drawn as a QR code: what is printed under the receipt, and scanned when goods come back.</summary>
public static class LinkReceipt
{
    /// <param name="Rows">The modules of the QR code, one text for each row: 1 is dark. A quiet zone of four modules belongs around it.</param>
    public sealed record Response(string Object, string Url, IReadOnlyList<string> Rows);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/till/receipts/{id}/link", async (string id, Db db, TrackingLinks links, PublicUrl url, Actor actor, HttpContext http) => (await Handle(id, db, links, url, actor, http)).ToHttp())
            .Requires(Permission.TillWork).WithName("till.link").WithTags("Till").WithSummary("Link a receipt to the page of its order").Produces<Response>().ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: till.no_such_entry, messages.page_off and those of making the link.</remarks>
    private static async Task<Result<Response>> Handle(string id, Db db, TrackingLinks links, PublicUrl url, Actor actor, HttpContext http)
    {
        var entry = Text.IsStorable(id) ? await db.Read(actor, work => TillBooks.Entry(work, id)) : null;
        if (entry is not { Kind: "sale", Order: { } order } || !actor.MaySeeNode(entry.NodeId)) return TillErrors.NoSuchEntry;
        var made = await links.Make(new OrderId(order).ToString(), url, actor with { Nodes = null }, http);
        if (made.Error is { } error) return error;
        var symbol = QrCode.Draw(made.Value.Url!);
        return symbol is null ? TillErrors.NoSuchEntry : new Response("receiptLink", made.Value.Url!, [.. symbol.Rows.Select(row => string.Concat(row.Select(dark => dark ? '1' : '0')))]);
    }
}
