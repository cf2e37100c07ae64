using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Documents;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Messages;

/// <summary>Which messages go out on which channel, how they and the tracking page look, and how long a link works.</summary>
public static class MessageSettings
{
    /// <param name="PublicUrl">Where customers reach this server, for instance https://orders.example.com; the operator's SWITCHYARD_PUBLIC_URL when left out.</param>
    /// <param name="HasTrackingPage">Off: links answer as if they had ended.</param>
    /// <param name="LinkDays">A link works so many days, 7 to 730; 180 when left out.</param>
    /// <param name="Accent">The shop's colour, #RRGGBB.</param>
    /// <param name="Footer">At the end of every message and of the page, for instance the company's name, place and register number.</param>
    /// <param name="Contact">The address customers write to.</param>
    /// <param name="PrivacyUrl">The shop's privacy notice.</param>
    /// <param name="Off">Kinds that are sent on no channel.</param>
    /// <param name="Channels">By a channel's code, the kinds sent to its buyers. Left out: all kinds, and none to buyers of marketplaces.</param>
    public sealed record Body(string? PublicUrl = null, bool HasTrackingPage = true, int? LinkDays = null, string? Accent = null, string? Footer = null, string? Contact = null, string? PrivacyUrl = null,
        IReadOnlyList<string?>? Off = null, IReadOnlyDictionary<string, IReadOnlyList<string?>?>? Channels = null);

    /// <param name="Kinds">The kinds that are sent to the channel's buyers now.</param>
    /// <param name="IsUsual">Nobody has said otherwise.</param>
    public sealed record ChannelKinds(string Channel, string Name, bool IsMarketplace, bool IsUsual, IReadOnlyList<string> Kinds);
    public sealed record KindView(string Kind, bool IsEssential, bool IsByEvent);
    public sealed record Response(string Object, Body Settings, IReadOnlyList<KindView> Kinds, IReadOnlyList<ChannelKinds> Channels, MailLook Look, long Version);

    /// <summary>The settings with what they lean on.</summary>
    internal sealed record Stored(Body Body, long Version, string Shop, SenderSettings.Body Sender, byte[]? Logo)
    {
        private const int MostLogoInMail = 200 * 1024;

        public int LinkDays => Body.LinkDays ?? UsualLinkDays;
        public string? Contact => Body.Contact ?? MailAddress.Tidy(Sender.Email);
        public MailLook Look => new(Sender.Name ?? Shop, Body.Accent ?? Colour.Usual, Body.Footer ?? Address, Logo is { Length: <= MostLogoInMail });
        private string? Address => Sender.Address is { } a && string.Join(", ", new[] { Sender.Name ?? Shop, a.Line1, a.City, a.Postcode }.Where(p => !string.IsNullOrEmpty(p))) is { Length: > 0 } text ? text : null;

        /// <summary>The kinds that are sent to buyers of a channel.</summary>
        public IEnumerable<string> KindsOf(string channel) =>
            (Own(channel) ?? (MessageKind.IsMarketplace(channel) ? [] : MessageKind.All.Select(k => k.Name))).Where(k => Body.Off?.Contains(k) != true);

        public bool IsOwn(string channel) => Own(channel) is not null;
        private IEnumerable<string>? Own(string channel) => Body.Channels?.FirstOrDefault(c => Text.Key(c.Key) == Text.Key(channel)).Value?.OfType<string>();
    }

    public const int UsualLinkDays = 180;
    private const int MostChannels = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/message-settings", async (Db db, Actor actor, HttpContext http) =>
            {
                var view = await db.Read(actor, View, snapshot: true);
                ETag.Set(http, view.Version);
                return Results.Json(view, Json.Options);
            })
            .Requires(Permission.SettingsRead).WithName("messages.readSettings").WithTags("Messages").WithSummary("Read which messages are sent and how they look").Produces<Response>();
        routes.MapPut("/message-settings", async (Body body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                if (expected.Error is { } error) return error.ToHttp();
                var done = await Handle(body, expected.Value, db, clock, actor);
                if (done.IsOk) ETag.Set(http, done.Value.Version);
                return done.ToHttp();
            })
            .Requires(Permission.SettingsWrite).WithName("messages.writeSettings").WithTags("Messages").WithSummary("Say which messages are sent and how they look").Produces<Response>().ProducesProblem(400).ProducesProblem(412);
    }

    /// <remarks>Errors: messages.changed, request.invalid.</remarks>
    public static async Task<Result<Response>> Handle(Body body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        Check(body, checks);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            await work.Query("select id from merchants where id = @merchant for update", row => row.Long());
            var present = await Load(work);
            if (expected is { } version && version != present.Version) return MessagesErrors.Changed(present.Version);
            string said = JsonSerializer.Serialize(body, Json.Options);
            // Said again as it is, nothing has changed.
            if (present.Version > 0 && said == JsonSerializer.Serialize(present.Body, Json.Options)) return await View(work);
            await work.Execute(
                """
                insert into message_settings (merchant_id, settings, version, updated_at_ms) values (@merchant, @settings, 1, @now)
                on conflict (merchant_id) do update set settings = excluded.settings, version = message_settings.version + 1, updated_at_ms = excluded.updated_at_ms
                """, ("settings", said), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
            return await View(work);
        });
    }

    internal static async Task<Stored> Load(Work work)
    {
        var (body, version) = (await work.Query("select settings, version from message_settings where merchant_id = @merchant",
            row => (JsonSerializer.Deserialize<Body>(row.Text(), Json.Options)!, row.Long()))).FirstOrDefault((new Body(), 0));
        string shop = (await work.Query("select name from merchants where id = @merchant", row => row.Text()))[0];
        var sender = await SenderSettings.Load(work);
        return new Stored(body, version, shop, sender.Body, sender.Logo);
    }

    private static async Task<Response> View(Work work)
    {
        var stored = await Load(work);
        var channels = await work.Query("select code, name from channels where merchant_id = @merchant order by code limit 500", row => (Code: row.Text(), Name: row.Text()));
        return new Response("messageSettings", stored.Body, [.. MessageKind.All.Select(k => new KindView(k.Name, k.IsEssential, k.IsByEvent))],
            [.. channels.Select(c => new ChannelKinds(c.Code, c.Name, MessageKind.IsMarketplace(c.Code), !stored.IsOwn(c.Code), [.. stored.KindsOf(c.Code)]))], stored.Look, stored.Version);
    }

    private static void Check(Body body, Checks checks)
    {
        checks.That(body.PublicUrl is null || PublicUrl.Tidy(body.PublicUrl) is not null, "/publicUrl", "field.malformed", "publicUrl begins with https:// and names a host; nothing follows but a path.");
        checks.Range(body.LinkDays ?? UsualLinkDays, 7, 730, "/linkDays");
        checks.That(body.Accent is null || Colour.IsColour(body.Accent), "/accent", "field.malformed", "accent is a colour such as #0B6375.");
        checks.Text(body.Footer, "/footer", 500);
        checks.That(body.Contact is null || MailAddress.Tidy(body.Contact) is not null, "/contact", "field.malformed", "contact is a mail address.");
        checks.Text(body.PrivacyUrl, "/privacyUrl", 500);
        checks.That(body.PrivacyUrl is null || MailPage.Address(body.PrivacyUrl) is { } url && !url.StartsWith("mailto:", StringComparison.Ordinal), "/privacyUrl", "field.malformed", "privacyUrl begins with https://.");
        Kinds(body.Off, "/off", checks);
        checks.That((body.Channels?.Count ?? 0) <= MostChannels, "/channels", "field.too_many", $"At most {MostChannels} channels.");
        foreach (var (channel, kinds) in (body.Channels ?? new Dictionary<string, IReadOnlyList<string?>?>()).Take(MostChannels))
        {
            checks.That(Text.IsCode(channel), "/channels", "field.not_code", "A channel is named by its code.");
            checks.That(kinds is not null, $"/channels/{channel}", "field.required", "A list of kinds is expected.");
            Kinds(kinds, $"/channels/{channel}", checks);
        }
    }

    private static void Kinds(IReadOnlyList<string?>? kinds, string pointer, Checks checks)
    {
        foreach (var (i, kind) in (kinds ?? []).Take(20).Index())
            checks.That(MessageKind.Find(kind) is not null, $"{pointer}/{i}", "field.not_one_of", $"A kind is one of {string.Join(", ", MessageKind.All.Select(k => k.Name))}.");
        checks.That((kinds?.Count ?? 0) <= 20, pointer, "field.too_many", "At most 20 kinds.");
    }
}

/// <summary>The address at which customers reach this server.</summary>
public sealed class PublicUrl(IConfiguration configuration)
{
    private readonly string? _operators = configuration["SWITCHYARD_PUBLIC_URL"] is { Length: > 0 } said ? Tidy(said) ?? throw new FormatException("SWITCHYARD_PUBLIC_URL is an address such as https://orders.example.com.") : null;

    internal string? Of(MessageSettings.Stored settings) => Tidy(settings.Body.PublicUrl) ?? _operators;

    /// <summary>Without the slash at its end; null when it is no address of that kind. Without TLS only what is on this machine.</summary>
    public static string? Tidy(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || uri.Scheme == "http" && uri.IsLoopback) && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            && text!.Length <= 300 ? uri.AbsoluteUri.TrimEnd('/') : null;
}
