using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>What a partner puts into the parcel, as a PDF made on request: nothing is kept, so it is always as the work stands now. Only what the work itself names: nothing once it was rejected or cancelled. Without amounts, but for customs, which ask for them.</summary>
public static class DrawForPartner
{
    private static readonly string[] Kinds = ["packingSlip", "giftMessage", "returnSlip", "cn23", "commercialInvoice"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/partner/work/{id}/documents/{kind}", async (string id, string kind, Db db, TimeProvider clock, Actor actor, HttpContext http) => await Handle(id, kind, db, clock, actor, http))
            .Requires(Permission.PartnerWork).WithName("partner.document").WithTags("Partners").WithSummary("What a partner puts into the parcel, as a PDF")
            .Produces<string>(200, "application/pdf").ProducesProblem(404).ProducesProblem(422);

    /// <remarks>Errors: documents.not_found, documents.template_faulty, documents.too_long.</remarks>
    private static async Task<IResult> Handle(string id, string kind, Db db, TimeProvider clock, Actor actor, HttpContext http)
    {
        if (!FulfilmentId.TryParse(id, null, out var release) || !Kinds.Contains(kind)) return DocumentsErrors.NotFound.ToHttp();
        var seen = actor with { Permissions = actor.Permissions.Except([Permission.PricesRead.Code]).ToHashSet() };
        var file = await MakeDocument.Draw(db, seen, new MakeDocument.Request(kind, [release.ToString()], Format: "pdf"), work => FulfilmentRoom.IsPartnersPaper(work, actor, release, kind, clock.GetUtcNow()), clock.GetUtcNow());
        if (file.Error is { } error) return error.ToHttp();
        http.Response.Headers.ContentDisposition = $"inline; filename=\"{kind}-{release.Value:N}.pdf\"";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.Bytes(file.Value, "application/pdf");
    }
}
