using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>A document that was made.</summary>
/// <param name="Of">What it is about: ids of releases, SKUs, bins or pallets.</param>
/// <param name="Sha256">Of the file: the same document made twice has the same.</param>
/// <param name="File">Where the file is served.</param>
/// <param name="Prints">Each time it was sent to a printer or printed again, the first one first.</param>
public sealed record DocumentView(DocumentId Id, string Kind, string Format, string Language, long TemplateVersion, IReadOnlyList<string> Of, long Pages, long Bytes, string Sha256, string File,
    IReadOnlyList<PrintView> Prints, string CreatedBy, DateTimeOffset CreatedAt)
{
    [JsonPropertyOrder(-1)]
    public string Object => "document";
}

/// <param name="Reason">Why it was printed again; null for the first time.</param>
/// <param name="Printer">Null: somebody printed the file.</param>
public sealed record PrintView(long Print, string By, string? Reason, string? Printer, DateTimeOffset At);

/// <summary>Shows documents and serves their files. Whoever works for certain nodes sees theirs.</summary>
public static class ReadDocuments
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/documents", async (Db db, Actor actor, [FromQuery] string? order, [FromQuery] string? package, [FromQuery] int? limit, [FromQuery] string? after) => (await List(db, actor, order, package, limit, after)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("documents.list").WithTags("Documents").WithSummary("List documents, newest first: all, those about an order's releases and packages, or about one package").Produces<Page<DocumentView>>().ProducesProblem(400);
        routes.MapGet("/documents/{id}", async (string id, Db db, Actor actor) => (await Find(id, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("documents.read").WithTags("Documents").WithSummary("Read what is known of a document, and who printed it")
            .Produces<DocumentView>().ProducesProblem(404);
        routes.MapGet("/documents/{id}/file", Serve)
            .Requires(Permission.FulfilmentRead).WithName("documents.file").WithTags("Documents").WithSummary("A document's file: PDF, PNG or ZPL")
            .Produces<string>(200, "application/pdf").ProducesProblem(403).ProducesProblem(404);
    }

    /// <remarks>Errors: documents.not_found.</remarks>
    public static async Task<Result<DocumentView>> Find(string id, Db db, Actor actor) => !DocumentId.TryParse(id, null, out var known) ? DocumentsErrors.NotFound
        : await db.Read<Result<DocumentView>>(actor, async work => (await Load(work, actor, [known])).FirstOrDefault() is { } found ? found : DocumentsErrors.NotFound, snapshot: true);

    private static async Task<Result<Page<DocumentView>>> List(Db db, Actor actor, string? order, string? package, int? limit, string? after)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        var start = Guid.AllBitsSet;
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !Guid.TryParseExact(text, "N", out start))
            checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        var (of, parcel) = (default(OrderId), default(PackageId));
        checks.That(order is null || OrderId.TryParse(order, null, out of), "#order", "field.malformed", "order must be the id of an order.");
        checks.That(package is null || PackageId.TryParse(package, null, out parcel), "#package", "field.malformed", "package must be the id of a package.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<DocumentView>>>(actor, async work =>
        {
            var releases = order is null ? [] : await FulfilmentRoom.Of(work, actor, [of]);
            string[] subjects = package is not null ? [parcel.ToString()] : [.. releases.Select(r => r.Id.ToString()), .. releases.SelectMany(r => r.Packages).Select(p => p.Id.ToString())];
            string about = order is null && package is null ? "" : " and id in (select document_id from document_subjects where merchant_id = @merchant and subject = any(@subjects))";
            var ids = await work.Query($"select id from documents where merchant_id = @merchant and id < @after{about}{OfNodes(actor)} order by id desc limit @limit", row => row.Uuid(),
                ("after", start), ("subjects", subjects), ("nodes", actor.NodeFilter ?? []), ("limit", most + 1L));
            var page = Page<Guid>.Of(ids, most, id => id.ToString("N", CultureInfo.InvariantCulture));
            return new Page<DocumentView>(await Load(work, actor, [.. page.Data.Select(id => new DocumentId(id))]), page.Next, page.HasMore);
        }, snapshot: true);
    }

    internal static async Task<IReadOnlyList<DocumentView>> Load(Work work, Actor actor, IReadOnlyList<DocumentId> ids)
    {
        if (ids.Count == 0) return [];
        var keys = Rows.Of(ids).Uuid("id", i => i.Value);
        var found = await work.Query(
            $"""
            select d.id, kind, format, language, template_version, subjects, pages, byte_count, hash, created_by, created_at_ms from @rows r join documents d on d.id = r.id
             where merchant_id = @merchant{OfNodes(actor)}
            """, keys, row =>
            {
                var id = new DocumentId(row.Uuid());
                return new DocumentView(id, row.Text(), row.Text(), row.Text(), row.Long(), JsonSerializer.Deserialize<List<string>>(row.Text(), Json.Options)!, row.Long(), row.Long(),
                    Convert.ToHexStringLower(row.Bytes()), $"/api/v1/documents/{id}/file", [], row.Text(), row.Instant());
            }, ("nodes", actor.NodeFilter ?? []));
        var prints = (await work.Query(
            "select document_id, print_no, printed_by, reason, printer, printed_at_ms from @rows r join document_prints p on p.document_id = r.id where p.merchant_id = @merchant order by document_id, print_no",
            keys, row => (Of: row.Uuid(), View: new PrintView(row.Long(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.Instant())))).ToLookup(p => p.Of, p => p.View);
        var byId = found.ToDictionary(d => d.Id);
        return [.. ids.Where(byId.ContainsKey).Select(id => byId[id] with { Prints = [.. prints[id.Value]] })];
    }

    // What is of several nodes is seen by whoever sees all; what is of none (products, pallets) by everybody.
    private static string OfNodes(Actor actor) => actor.Nodes is null ? "" : " and (is_of_nodes = false or node_id = any(@nodes))";

    private static async Task<IResult> Serve(string id, Db db, Actor actor, HttpContext http)
    {
        if (!DocumentId.TryParse(id, null, out var known)) return DocumentsErrors.NotFound.ToHttp();
        var file = await db.Read(actor, work => work.Find(
            $"""
            select d.kind, d.format, d.shows_prices, f.content from documents d join document_files f on f.merchant_id = d.merchant_id and f.hash = d.hash
             where d.merchant_id = @merchant and d.id = @id{OfNodes(actor)}
            """, row => new Stored(row.Text(), row.Text(), row.Bool(), row.Bytes()), ("id", known.Value), ("nodes", actor.NodeFilter ?? [])));
        if (file is null) return DocumentsErrors.NotFound.ToHttp();
        if (file.ShowsPrices && !actor.May(Permission.PricesRead)) return AccessErrors.PricesHidden.ToHttp();
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        http.Response.Headers.ContentDisposition = $"inline; filename=\"{file.Kind}-{known.Value:N}.{Press.Extension(file.Format)}\"";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Bytes(file.Content, Press.ContentType(file.Format));
    }

    private sealed record Stored(string Kind, string Format, bool ShowsPrices, byte[] Content);
}
