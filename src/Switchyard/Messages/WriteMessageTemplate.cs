using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Documents;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Messages;

/// <summary>Templates of messages: that of the program, a merchant's own versions of it, a preview, and the way back.</summary>
public static class WriteMessageTemplate
{
    /// <param name="Text">Handlebars with the elements of docs/rooms/messages.md; the program's when left out.</param>
    /// <param name="Words">Words of its own, by key and language.</param>
    /// <param name="Note">What was changed, for whoever looks back.</param>
    public sealed record Request(string? Text = null, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string?>?>? Words = null, string? Note = null);

    public sealed record PreviewRequest(string? Text = null, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string?>?>? Words = null,
        [property: Words("en-GB", "en-US", "de", "fr", "es")] string? Language = null);

    /// <param name="Version">0: the one that comes with the program.</param>
    public sealed record RestoreRequest(long Version);

    /// <param name="Usual">The program's own words by key and language, to begin from.</param>
    public sealed record Response(string Object, string Kind, long Version, string Text, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Words,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Usual, IReadOnlyList<TemplateVersion> Versions);

    /// <param name="Plain">The part for who reads no HTML.</param>
    public sealed record PreviewResponse(string Object, string Subject, MailPage Page, string Plain);

    public sealed record ListEntry(string Kind, bool IsEssential, long Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/message-templates", async (Db db, Actor actor) => Results.Json(await List(db, actor), Json.Options))
            .Requires(Permission.SettingsRead).WithName("messages.listTemplates").WithTags("Messages").WithSummary("List the kinds of messages and which version of each template is used").Produces<Page<ListEntry>>();
        routes.MapGet("/message-templates/{kind}", async (string kind, Db db, Actor actor) =>
                MessageKind.Find(kind) is null ? MessagesErrors.NoSuchKind.ToHttp() : Results.Json(await db.Read(actor, work => Load(work, kind), snapshot: true), Json.Options))
            .Requires(Permission.SettingsRead).WithName("messages.readTemplate").WithTags("Messages").WithSummary("Read the template that is used, and the versions there are").Produces<Response>().ProducesProblem(404);
        routes.MapPut("/message-templates/{kind}", async (string kind, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(kind, body, db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("messages.writeTemplate").WithTags("Messages").WithSummary("Write a new version of a template and use it")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        routes.MapPost("/message-templates/{kind}/restore", async (string kind, RestoreRequest body, Db db, Actor actor) => (await Restore(kind, body, db, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("messages.restoreTemplate").WithTags("Messages").WithSummary("Use an earlier version of a template, or the one of the program")
            .Produces<Response>().ProducesProblem(404);
        routes.MapPost("/message-templates/{kind}/preview", async (string kind, PreviewRequest body, Db db, TimeProvider clock, Actor actor) => (await Preview(kind, body, db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("messages.previewTemplate").WithTags("Messages").WithSummary("See what a template would send").Produces<PreviewResponse>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
    }

    private static readonly OwnTemplates Own = new("message_templates", "message_template_choices");

    /// <summary>The template used for a kind; version 0 is the one of the program.</summary>
    internal static async Task<MessageTemplate> Used(Work work, string kind) => await Own.Used(work, kind) is { } own ? new MessageTemplate(own.Text, own.Words, own.Version) : MessageTemplate.Ours;

    private static Task<Page<ListEntry>> List(Db db, Actor actor) => db.Read(actor, async work =>
    {
        var used = await Own.AllUsed(work);
        return new Page<ListEntry>([.. MessageKind.All.Select(k => new ListEntry(k.Name, k.IsEssential, used.GetValueOrDefault(k.Name)))], null, false);
    });

    private static async Task<Response> Load(Work work, string kind)
    {
        var used = await Used(work, kind);
        return new Response("messageTemplate", kind, used.Version, used.Text, used.Words, MessageWords.Keys(kind).ToDictionary(k => k,
            k => (IReadOnlyDictionary<string, string>)DocumentLanguages.All.ToDictionary(l => l, l => MessageWords.Say(k, l))), await Own.Versions(work, kind));
    }

    /// <remarks>Errors: messages.no_such_kind, messages.template_faulty, request.invalid.</remarks>
    public static async Task<Result<Response>> Handle(string kind, Request body, Db db, TimeProvider clock, Actor actor)
    {
        if (MessageKind.Find(kind) is null) return MessagesErrors.NoSuchKind;
        var checks = new Checks();
        checks.Text(body.Text, "/text", TemplateText.MostCharacters);
        checks.Text(body.Note, "/note", 200);
        var template = new MessageTemplate(body.Text ?? MessageWords.Text, OwnWords.Read(body.Words, checks, DocumentLanguages.All, 1_000), 0);
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            // It is tried first: a template that cannot be filled is never kept.
            var settings = await MessageSettings.Load(work);
            foreach (string language in new[] { "en-GB", "de" })
                if (MessageWords.Fill(kind, template, SampleMessage.Of(kind, settings, language, now), language).Error is { } fault) return fault;
            await Own.Write(work, actor, kind, template.Text, template.Words, body.Note, now);
            return await Load(work, kind);
        });
    }

    /// <remarks>Errors: messages.no_such_kind, messages.no_such_version.</remarks>
    private static async Task<Result<Response>> Restore(string kind, RestoreRequest body, Db db, Actor actor)
    {
        if (MessageKind.Find(kind) is null) return MessagesErrors.NoSuchKind;
        return await db.Write<Response>(actor, async work =>
        {
            if (body.Version != 0 && await Own.Find(work, kind, body.Version) is null) return MessagesErrors.NoSuchVersion(body.Version);
            await Own.Choose(work, kind, body.Version);
            return await Load(work, kind);
        });
    }

    private static async Task<Result<PreviewResponse>> Preview(string kind, PreviewRequest body, Db db, TimeProvider clock, Actor actor)
    {
        if (MessageKind.Find(kind) is null) return MessagesErrors.NoSuchKind;
        var checks = new Checks();
        checks.Text(body.Text, "/text", TemplateText.MostCharacters);
        checks.That(body.Language is null || DocumentLanguages.All.Contains(body.Language), "/language", "field.unknown_value", $"language must be one of {string.Join(", ", DocumentLanguages.All)}.");
        var words = OwnWords.Read(body.Words, checks, DocumentLanguages.All, 1_000);
        if (checks.AnyFault) return checks.ToError();
        var (settings, used) = await db.Read(actor, async work => (await MessageSettings.Load(work), await Used(work, kind)), snapshot: true);
        var template = new MessageTemplate(body.Text ?? used.Text, body.Words is null ? used.Words : words, 0);
        string language = body.Language ?? "en-GB";
        var filled = MessageWords.Fill(kind, template, SampleMessage.Of(kind, settings, language, clock.GetUtcNow()), language);
        if (filled.Error is { } fault) return fault;
        var page = new MailPage(filled.Value.Subject, language, settings.Look, filled.Value.Blocks);
        return new PreviewResponse("messagePreview", page.Subject, page, MailPaper.Text(page));
    }
}

/// <summary>Made-up goods by which a template is tried and shown.</summary>
internal static class SampleMessage
{
    public static JsonObject Of(string kind, MessageSettings.Stored settings, string language, DateTimeOffset now)
    {
        var data = new JsonObject
        {
            ["kind"] = kind, ["lead"] = kind + "-lead", ["shop"] = settings.Look.Name, ["order"] = "10482", ["name"] = "Łucja Müller", ["expected"] = kind is MessageKind.Delivered or MessageKind.ReadyToCollect or MessageKind.OutForDelivery ? null
                : MessageWords.Day(now.AddDays(2), language),
            ["link"] = "https://orders.example.com/t/example", ["contact"] = settings.Contact, ["optOut"] = MessageKind.Find(kind)!.IsEssential ? null : "https://orders.example.com/t/example",
            ["items"] = new JsonArray(new JsonObject { ["name"] = "Kettle, 1.7 litres, brushed steel", ["quantity"] = 1 }, new JsonObject { ["name"] = "Mug, blue", ["quantity"] = 4 }),
        };
        if (kind is MessageKind.Shipped or MessageKind.OutForDelivery or MessageKind.Delivered)
            data["parcel"] = new JsonObject { ["carrier"] = "Parcel Post", ["tracking"] = "JD0146000001234567890", ["link"] = "https://carrier.example.com/JD0146000001234567890" };
        if (kind == MessageKind.ReadyToCollect) data["place"] = new JsonObject { ["name"] = "Birmingham store", ["lines"] = new JsonArray("12 Cuckoo Wharf", "B6 7SS Birmingham") };
        return data;
    }
}
