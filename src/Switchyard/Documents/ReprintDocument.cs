using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Prints a document that was made before: to a printer, or by hand. Who did it and why is kept.</summary>
public static class ReprintDocument
{
    /// <param name="Reason">Why again, for instance a jam.</param>
    public sealed record Request(string? Reason = null, string? Station = null, string? Printer = null, int? Copies = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/documents/{id}/print", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("documents.print").WithTags("Documents").WithSummary("Print a document again, and say why")
            .Produces<DocumentView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);

    /// <remarks>Errors: documents.not_found, access.prices_hidden, documents.no_such_printer, documents.no_printer_for_kind, documents.wrong_format, request.invalid.</remarks>
    public static async Task<Result<DocumentView>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Words(body.Reason, "/reason", 500, required: true);
        checks.Text(body.Station, "/station", 64);
        checks.Text(body.Printer, "/printer", 64);
        checks.Range(body.Copies ?? 1, 1, 100, "/copies");
        if (checks.AnyFault) return checks.ToError();
        if (!DocumentId.TryParse(id, null, out var known)) return DocumentsErrors.NotFound;
        var now = clock.GetUtcNow();
        return await db.Write<DocumentView>(actor, async work =>
        {
            if ((await ReadDocuments.Load(work, actor, [known])).FirstOrDefault() is not { } document) return DocumentsErrors.NotFound;
            // Its content is gone with its buyer.
            if (await work.Scalar("select count(*) from documents d join document_files f on f.merchant_id = d.merchant_id and f.hash = d.hash where d.merchant_id = @merchant and d.id = @id", ("id", known.Value)) == 0) return DocumentsErrors.NotFound;
            if (DocumentKind.Find(document.Kind) is { ShowsPrices: true } && !actor.May(Permission.PricesRead)) return AccessErrors.PricesHidden;
            if (body.Station is null && body.Printer is null) await PrintQueue.Note(work, actor, now, known, body.Reason, null);
            else
            {
                var target = await PrintQueue.Find(work, actor, DocumentKind.Find(document.Kind) ?? DocumentKind.Carrier, body.Station, body.Printer);
                if (target.Error is { } error) return error;
                if (target.Value.Format != document.Format) return DocumentsErrors.WrongFormat(document.Format, target.Value.Format);
                await PrintQueue.Add(work, actor, now, known, target.Value, body.Copies ?? 1, body.Reason);
            }
            return (await ReadDocuments.Load(work, actor, [known]))[0];
        });
    }
}
