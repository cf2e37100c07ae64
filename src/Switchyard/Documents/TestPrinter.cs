using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Prints a page with the printer's name, lines at its edges and a code to scan: what is seen on it says whether paper and format are set right.</summary>
public static class TestPrinter
{
    /// <param name="Language">Of the words on the page; British English when left out.</param>
    public sealed record Request([property: Words("en-GB", "en-US", "de", "fr", "es")] string? Language = null);

    public const string Kind = "testPage";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/printers/{code}/test", async (string code, Request? body, Db db, TimeProvider clock, Actor actor) => (await Handle(code, body ?? new Request(), db, clock, actor)).ToHttp(201, d => $"/api/v1/documents/{d.Id}"))
            .Requires(Permission.FulfilmentWork).WithName("printers.test").WithTags("Documents").WithSummary("Print a test page").Produces<DocumentView>(201).ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: documents.no_such_printer, request.invalid.</remarks>
    public static async Task<Result<DocumentView>> Handle(string code, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Language is null || DocumentLanguages.All.Contains(body.Language), "/language", "field.unknown_value", $"language must be one of {string.Join(", ", DocumentLanguages.All)}.");
        if (checks.AnyFault) return checks.ToError();
        if (!Text.IsStorable(code)) return DocumentsErrors.NoSuchPrinter;
        var now = clock.GetUtcNow();
        string language = body.Language ?? "en-GB";
        return await db.Write<DocumentView>(actor, async work =>
        {
            var found = await PrintQueue.Find(work, actor, DocumentKind.Carrier, null, code);
            if (found.Error is { } error) return error;
            var (name, kind, node) = (await work.Query("select name, kind, node_id from printers where merchant_id = @merchant and code_key = @key", row => (row.Text(), row.Text(), row.Long()), ("key", found.Value.Key)))[0];
            var data = new JsonObject { ["code"] = found.Value.Code, ["name"] = name, ["format"] = found.Value.Format, ["size"] = kind switch { "label" => "100x150", "slip" => "A5", _ => "A4" } };
            var sheets = Press.Lay(new PressedTemplate(Press.BuiltIn(Kind), null, 0), [(data, language)], null);
            Must.Hold(sheets.IsOk, "the program's own test page is right");
            byte[] file = Press.Write(sheets.Value, found.Value.Format, "Test page", language).Value;
            var id = await KeepDocument.Write(work, actor, now, new KeepDocument.Made(Kind, found.Value.Format, language, 0, [found.Value.Code], node, true, false, sheets.Value.Count, file));
            await PrintQueue.Add(work, actor, now, id, found.Value, 1, null);
            return (await ReadDocuments.Load(work, actor, [id]))[0];
        });
    }
}
