using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Templates of documents: those of the program, a merchant's own versions of them, a preview, and the way back.</summary>
public static class WriteTemplate
{
    /// <param name="Text">Handlebars with the elements of docs/rooms/documents.md.</param>
    /// <param name="Words">Words of its own, by key and language, for <c>{{t "key"}}</c>.</param>
    /// <param name="Note">What was changed, for whoever looks back.</param>
    public sealed record Request(string? Text = null, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string?>?>? Words = null, string? Note = null);

    /// <param name="Fulfilment">A release to show it with; made-up goods when left out.</param>
    public sealed record PreviewRequest(string? Text = null, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string?>?>? Words = null,
        [property: Words("en-GB", "en-US", "de", "fr", "es")] string? Language = null, [property: Words("pdf", "png", "zpl203", "zpl300")] string? Format = null, string? Fulfilment = null);

    /// <param name="Version">0: the one that comes with the program.</param>
    public sealed record RestoreRequest(long Version);

    /// <param name="Used">The version that is printed with; <c>version</c> is the one shown.</param>
    public sealed record Response(string Object, string Kind, string Paper, long Used, long Version, string Text, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Words, IReadOnlyList<TemplateVersion> Versions);
    public sealed record ListEntry(string Kind, string Of, string Paper, long Version);
    public sealed record ListResponse(string Object, IReadOnlyList<ListEntry> Data);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/document-templates", async (Db db, Actor actor) => Results.Json(await List(db, actor), Json.Options))
            .Requires(Permission.SettingsRead).WithName("documents.listTemplates").WithTags("Documents").WithSummary("List the kinds of documents and which version of each template is used").Produces<ListResponse>();
        routes.MapGet("/document-templates/{kind}", async (string kind, [FromQuery] long? version, Db db, Actor actor) => (await Read(kind, version, db, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("documents.readTemplate").WithTags("Documents").WithSummary("Read the template that is used, or another version of it, and the versions there are").Produces<Response>().ProducesProblem(404);
        routes.MapPut("/document-templates/{kind}", async (string kind, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(kind, body, db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("documents.writeTemplate").WithTags("Documents").WithSummary("Write a new version of a template and use it")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        routes.MapPost("/document-templates/{kind}/restore", async (string kind, RestoreRequest body, Db db, Actor actor) => (await Restore(kind, body, db, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("documents.restoreTemplate").WithTags("Documents").WithSummary("Use an earlier version of a template, or the one of the program")
            .Produces<Response>().ProducesProblem(404);
        routes.MapPost("/document-templates/{kind}/preview", async (string kind, PreviewRequest body, Db db, TimeProvider clock, Actor actor) => await Preview(kind, body, db, clock, actor))
            .Requires(Permission.SettingsRead).WithName("documents.previewTemplate").WithTags("Documents").WithSummary("See what a template would print")
            .Produces<string>(200, "application/pdf").ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
    }

    private static Task<ListResponse> List(Db db, Actor actor) => db.Read(actor, async work =>
    {
        var used = await TemplateStore.Own.AllUsed(work);
        return new ListResponse("list", [.. DocumentKind.All.Select(k => new ListEntry(k.Name, k.Of, k.Paper, used.GetValueOrDefault(k.Name)))]);
    });

    /// <remarks>Errors: documents.no_such_kind, documents.no_such_version.</remarks>
    private static async Task<Result<Response>> Read(string kind, long? version, Db db, Actor actor)
    {
        if (DocumentKind.Find(kind) is not { } known) return DocumentsErrors.NoSuchKind;
        return await db.Read<Result<Response>>(actor, async work =>
        {
            var used = await Load(work, known);
            if (version is not { } no || no == used.Version) return used;
            return await TemplateStore.Find(work, kind, no) is { } other
                ? used with { Version = no, Text = other.Text, Words = other.Words ?? new Dictionary<string, IReadOnlyDictionary<string, string>>() } : DocumentsErrors.NoSuchVersion(no);
        }, snapshot: true);
    }

    private static async Task<Response> Load(Work work, DocumentKind kind)
    {
        var used = await TemplateStore.Used(work, kind.Name);
        return new Response("documentTemplate", kind.Name, kind.Paper, used.Version, used.Version, used.Text, used.Words ?? new Dictionary<string, IReadOnlyDictionary<string, string>>(),
            await TemplateStore.Own.Versions(work, kind.Name));
    }

    /// <remarks>Errors: documents.no_such_kind, documents.template_faulty, request.invalid.</remarks>
    public static async Task<Result<Response>> Handle(string kind, Request body, Db db, TimeProvider clock, Actor actor)
    {
        if (DocumentKind.Find(kind) is not { } known) return DocumentsErrors.NoSuchKind;
        var checks = new Checks();
        checks.Text(body.Text, "/text", TemplateText.MostCharacters, required: true);
        checks.Text(body.Note, "/note", 200);
        var words = OwnWords.Read(body.Words, checks, ["en", .. DocumentLanguages.All], 500);
        if (checks.AnyFault) return checks.ToError();
        // It is tried on made-up goods first: a template that cannot be printed is never kept.
        var tried = Press.Lay(new PressedTemplate(body.Text!, words, 0), [(SampleData.Of(known), "en-GB"), (SampleData.Of(known), "de")], null);
        if (tried.Error is { } fault) return fault;
        return await db.Write<Response>(actor, async work =>
        {
            await TemplateStore.Own.Write(work, actor, kind, body.Text!, words, body.Note, clock.GetUtcNow());
            return await Load(work, known);
        });
    }

    /// <remarks>Errors: documents.no_such_kind, documents.no_such_version.</remarks>
    private static async Task<Result<Response>> Restore(string kind, RestoreRequest body, Db db, Actor actor)
    {
        if (DocumentKind.Find(kind) is not { } known) return DocumentsErrors.NoSuchKind;
        return await db.Write<Response>(actor, async work =>
        {
            if (await TemplateStore.Find(work, kind, body.Version) is null) return DocumentsErrors.NoSuchVersion(body.Version);
            await TemplateStore.Own.Choose(work, kind, body.Version);
            return await Load(work, known);
        });
    }

    private static async Task<IResult> Preview(string kind, PreviewRequest body, Db db, TimeProvider clock, Actor actor)
    {
        if (DocumentKind.Find(kind) is not { } known) return DocumentsErrors.NoSuchKind.ToHttp();
        var checks = new Checks();
        checks.Text(body.Text, "/text", TemplateText.MostCharacters);
        checks.That(body.Language is null || DocumentLanguages.All.Contains(body.Language), "/language", "field.unknown_value", $"language must be one of {string.Join(", ", DocumentLanguages.All)}.");
        checks.That(body.Format is null || DocumentKind.Formats.Contains(body.Format), "/format", "field.unknown_value", $"format must be one of {string.Join(", ", DocumentKind.Formats)}.");
        FulfilmentId release = default;
        if (body.Fulfilment is not null) checks.That(FulfilmentId.TryParse(body.Fulfilment, null, out release) && known.Of == "release", "/fulfilment", "field.malformed", "An id of a release is expected, for a kind about releases.");
        var words = OwnWords.Read(body.Words, checks, ["en", .. DocumentLanguages.All], 500);
        if (checks.AnyFault) return checks.ToError().ToHttp();
        var (template, sender, data) = await db.Read(actor, async work =>
        {
            var settings = await SenderSettings.Load(work);
            var used = body.Text is null ? await TemplateStore.Used(work, kind) : new PressedTemplate(body.Text, words, 0);
            if (body.Fulfilment is null) return (used, settings, SampleData.Of(known));
            var papers = await PaperData.Releases(work, actor, [release], known, settings.Body, clock.GetUtcNow());
            return (used, settings, papers.Count == 0 ? null : known.IsOneForAll ? PaperData.Together([papers[0].Paper]) : papers[0].Paper.Data);
        }, snapshot: true);
        if (data is null) return DocumentsErrors.NotFound.ToHttp();
        if (known.ShowsPrices && body.Fulfilment is not null && !actor.May(Permission.PricesRead)) return AccessErrors.PricesHidden.ToHttp();
        string language = body.Language ?? "en-GB", format = body.Format ?? "pdf";
        var file = Press.Lay(template, [(data, language)], sender.Logo is { } logo ? Picture.Read(logo) : null).Then(sheets => Press.Write(sheets, format, kind, language));
        return file.Error is { } error ? error.ToHttp() : Results.Bytes(file.Value, Press.ContentType(format));
    }
}
