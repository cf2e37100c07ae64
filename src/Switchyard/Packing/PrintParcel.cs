using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Documents;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Packing;

/// <summary>Prints what lies in a sealed parcel: slip, invoice, gift message, insert, return slip, each on the station's printer for its paper. One that cannot be printed keeps no other back.</summary>
public static class PrintParcel
{
    /// <param name="Station">Its printers print them; without one the documents are made and no printer is asked.</param>
    /// <param name="Kinds">Only these; all that belong to the parcel when left out.</param>
    /// <param name="Reason">Why again, of those that were printed before. Without one they are left as they are.</param>
    public sealed record Request(string? Station = null, IReadOnlyList<string?>? Kinds = null, string? Reason = null);

    /// <param name="Document">Null when it could not be made.</param>
    /// <param name="IsAgain">It was there before.</param>
    /// <param name="Error">The code of what went wrong; <c>detail</c> says it in words.</param>
    public sealed record Paper([property: Words("packingSlip", "invoice", "giftMessage", "insert", "returnLabel")] string Kind, DocumentId? Document, bool IsAgain, string? Error, string? Detail);
    public sealed record Response(string Object, PackageId Package, IReadOnlyList<Paper> Papers);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/packages/{id}/print", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("packing.print").WithTags("Packing").WithSummary("Print the documents of a sealed parcel at a station")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <summary>Which template makes what packing asks for.</summary>
    internal static string DocumentOf(string kind) => kind switch { "invoice" => "orderSummary", "insert" => "promoInsert", "returnLabel" => "returnSlip", _ => kind };

    /// <remarks>Errors: packing.not_sealed, request.invalid; what is wrong with single documents is told of each.</remarks>
    public static async Task<Result<Response>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Station, "/station", 64);
        checks.Words(body.Reason, "/reason", 500, required: false);
        foreach (var (i, kind) in (body.Kinds ?? []).Take(10).Index())
            checks.That(kind is "packingSlip" or "invoice" or "giftMessage" or "insert" or "returnLabel", $"/kinds/{i}", "field.unknown_value", "A kind is packingSlip, invoice, giftMessage, insert or returnLabel.");
        if (checks.AnyFault) return checks.ToError();
        if (!PackageId.TryParse(id, null, out var package)) return PackingErrors.PackageNotSealed;
        // Several are written one after the other, each of which is there but once: there is no one answer to keep.
        actor = actor with { Stamp = null };
        var wanted = await db.Read(actor, async work => await PackageDesk.Find(work, actor, package) is { State: not PackageState.Voided }
            ? await work.Query("select kind, document_id from pack_documents where package_id = @package and merchant_id = @merchant order by kind", row => (Kind: row.Text(), Document: row.UuidOrNull()), ("package", package.Value))
            : []);
        if (wanted.Count == 0) return PackingErrors.PackageNotSealed;
        var papers = new List<Paper>();
        foreach (var (kind, before) in wanted.Where(w => body.Kinds is not { Count: > 0 } kinds || kinds.Contains(w.Kind)))
        {
            var made = before is { } known ? await Again(new DocumentId(known), body, db, clock, actor)
                : await MakeDocument.Handle(new MakeDocument.Request(DocumentOf(kind), [package.ToString()], Station: body.Station), db, clock, actor with { Stamp = Once(package, kind) });
            if (made.IsOk && before is null)
                await db.Write<bool>(actor, async work =>
                {
                    await work.Execute("update pack_documents set document_id = @document where package_id = @package and kind = @kind and merchant_id = @merchant and document_id is null",
                        ("document", made.Value.Id.Value), ("package", package.Value), ("kind", kind));
                    return true;
                });
            papers.Add(new Paper(kind, made.IsOk ? made.Value.Id : null, before is not null, made.Error?.Code, made.Error?.Detail));
        }
        return new Response("parcelPapers", package, papers);
    }

    // Pressed twice, or begun anew after a crash between making and noting: it is the same paper, and printed once.
    private static RequestStamp Once(PackageId package, string kind) => RequestStamp.Of($"papers {package} {kind}");

    private static Task<Result<DocumentView>> Again(DocumentId document, Request body, Db db, TimeProvider clock, Actor actor) =>
        string.IsNullOrWhiteSpace(body.Reason) ? ReadDocuments.Find(document.ToString(), db, actor)
            : ReprintDocument.Handle(document.ToString(), new ReprintDocument.Request(body.Reason, body.Station), db, clock, actor);
}
