using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Documents;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Messages;

/// <summary>Lists messengers and accounts, writes an account, and sends a test message with it.</summary>
public static class WriteMessageAccount
{
    /// <param name="Secrets">By name; a name that is left out keeps what it has, an empty one is taken away. They are never shown again.</param>
    public sealed record Request(string? Messenger = null, JsonObject? Settings = null, IReadOnlyDictionary<string, string?>? Secrets = null, long? PerMinute = null, bool IsActive = true);

    /// <param name="To">The address the test message goes to.</param>
    public sealed record TestRequest(string? To = null, [property: Words("en-GB", "en-US", "de", "fr", "es")] string? Language = null);
    public sealed record TestResponse(string Object, [property: Words("sent", "kept")] string Outcome);

    private const int MostSecret = 4_000, MostSetting = 500, MostPerMinute = 60_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/messengers", (IEnumerable<IMessenger> messengers) => Results.Json(new Page<MessengerManifest>([.. messengers.Select(m => m.Manifest)], null, false), Json.Options))
            .Requires(Permission.SettingsRead).WithName("messages.listMessengers").WithTags("Messages").WithSummary("List what takes messages to people, and which settings each needs").Produces<Page<MessengerManifest>>();
        routes.MapGet("/message-accounts", async (Db db, Actor actor) =>
                Results.Json(new Page<MessageAccountView>([.. (await db.Read(actor, MessageAccount.All)).Select(MessageAccountView.Of)], null, false), Json.Options))
            .Requires(Permission.SettingsRead).WithName("messages.listAccounts").WithTags("Messages").WithSummary("List the accounts that send messages").Produces<Page<MessageAccountView>>();
        routes.MapPut("/message-accounts/{medium}", async (string medium, Request body, IEnumerable<IMessenger> messengers, Db db, MessageSecrets secrets, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                if (expected.Error is { } error) return error.ToHttp();
                var saved = await Handle(medium, body, expected.Value, messengers, db, secrets, clock, actor);
                if (saved.IsOk) ETag.Set(http, saved.Value.Version);
                return saved.ToHttp();
            })
            .Requires(Permission.SettingsWrite).WithName("messages.writeAccount").WithTags("Messages").WithSummary("Make or change the account that sends messages")
            .Produces<MessageAccountView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(412);
        routes.MapPost("/message-accounts/{medium}/test", async (string medium, TestRequest body, IEnumerable<IMessenger> messengers, Db db, MessageSecrets secrets, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Test(medium, body, messengers, db, secrets, clock, actor, http.RequestAborted)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("messages.testAccount").WithTags("Messages").WithSummary("Send a test message, and say at once what became of it")
            .Produces<TestResponse>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    /// <remarks>Errors: messages.no_such_medium, messages.changed, request.invalid.</remarks>
    public static async Task<Result<MessageAccountView>> Handle(string medium, Request body, long? expected, IEnumerable<IMessenger> messengers, Db db, MessageSecrets secrets, TimeProvider clock, Actor actor)
    {
        if (medium != MessageAccount.Mail) return MessagesErrors.NoSuchMedium;
        var checks = new Checks();
        var messenger = messengers.FirstOrDefault(m => m.Manifest.Code == body.Messenger && m.Manifest.Medium == medium);
        checks.That(messenger is not null, "/messenger", "field.not_one_of", $"messenger is one of {string.Join(", ", messengers.Select(m => m.Manifest.Code))}.");
        checks.Range(body.PerMinute ?? 60, 1, MostPerMinute, "/perMinute");
        var known = messenger?.Manifest.Settings ?? [];
        foreach (var (name, value) in body.Settings ?? [])
        {
            checks.That(known.Any(s => s.Name == name && !s.IsSecret), $"/settings/{name}", "messages.no_such_setting", $"There is no setting {name}; secrets go under secrets.");
            checks.That(value is null || value.GetValueKind() == JsonValueKind.String, $"/settings/{name}", "field.not_text", "A setting is a text.");
            if (value?.GetValueKind() == JsonValueKind.String) checks.Text((string?)value, $"/settings/{name}", MostSetting);
        }
        foreach (var (name, value) in body.Secrets ?? new Dictionary<string, string?>())
        {
            checks.That(known.Any(s => s.Name == name && s.IsSecret), $"/secrets/{name}", "messages.no_such_setting", $"There is no secret {name}.");
            checks.Text(value, $"/secrets/{name}", MostSecret);
        }
        if (checks.AnyFault) return checks.ToError();
        var before = await db.Read(actor, work => MessageAccount.Find(work, medium));
        // A password that was given for one server is not sent to another.
        bool isSame = before?.Messenger == messenger!.Manifest.Code && (string?)before.Settings["host"] == (string?)body.Settings?["host"];
        var all = isSame ? secrets.Open(before!.Secret).ToDictionary() : [];
        foreach (var (name, value) in body.Secrets ?? new Dictionary<string, string?>()) if (value is { Length: > 0 }) all[name] = value; else all.Remove(name);
        foreach (var setting in known.Where(s => s.IsRequired))
            checks.That(setting.IsSecret ? all.ContainsKey(setting.Name) : (string?)body.Settings?[setting.Name] is { Length: > 0 }, $"/{(setting.IsSecret ? "secrets" : "settings")}/{setting.Name}",
                "field.required", $"{setting.Name} is required: {setting.Meaning}");
        if (!checks.AnyFault && messenger.Refusal(new MessengerAccess(actor.Merchant, body.Settings ?? [], all)) is { } refusal)
            checks.Fault($"/settings/{refusal.Setting}", "messages.bad_setting", refusal.Fault);
        if (checks.AnyFault) return checks.ToError();
        string? closed = secrets.Close(all);
        var now = clock.GetUtcNow();
        return await db.Write<MessageAccountView>(actor, async work =>
        {
            await work.Query("select id from merchants where id = @merchant for update", row => row.Long());
            var present = await MessageAccount.Find(work, medium, locked: true);
            if (present?.Version != before?.Version || expected is { } version && (present?.Version ?? 0) != version) return MessagesErrors.Changed(present?.Version ?? 0);
            // What happened while nothing was sent is no news any more.
            long since = present is { IsActive: true } ? present.SinceMs : now.ToUnixTimeMilliseconds();
            await work.Execute(
                """
                insert into message_accounts (merchant_id, medium, messenger, settings, secret, secret_names, per_minute, is_active, since_ms, changed_at_ms)
                values (@merchant, @medium, @messenger, @settings, @secret::text, @names, @rate, @active, @since, @now)
                on conflict (merchant_id, medium) do update set messenger = excluded.messenger, settings = excluded.settings, secret = excluded.secret, secret_names = excluded.secret_names,
                       per_minute = excluded.per_minute, is_active = excluded.is_active, since_ms = excluded.since_ms, changed_at_ms = excluded.changed_at_ms, rest_until_ms = 0,
                       fault = null, failing_since_ms = null, version = message_accounts.version + 1
                """,
                ("medium", medium), ("messenger", messenger.Manifest.Code), ("settings", (body.Settings ?? []).ToJsonString()), ("secret", closed),
                ("names", JsonSerializer.Serialize(all.Keys.Order(StringComparer.Ordinal))), ("rate", body.PerMinute ?? 60), ("active", body.IsActive), ("since", since), ("now", now.ToUnixTimeMilliseconds()));
            // Whatever waited for the mended account goes soon.
            await work.Execute("update messages set due_at_ms = @now where merchant_id = @merchant and state = 'waiting' and due_at_ms > @now and medium = @medium and first_tried_ms is not null",
                ("now", now.ToUnixTimeMilliseconds()), ("medium", medium));
            var batch = work.Batch();
            ExceptionsRoom.Mend(batch, [("mail_down", medium)], actor, "The account was changed", now);
            await batch.Run();
            await EventLog.Append(work, actor, now, new Happening("message_account", medium, "MessageAccountChanged", new { medium, messenger = messenger.Manifest.Code, isActive = body.IsActive }));
            return MessageAccountView.Of((await MessageAccount.Find(work, medium))!);
        });
    }

    /// <summary>For the demo: an account that keeps messages and sends none, unless there is one already.</summary>
    internal static async Task<Error?> KeepIfNone(Db db, IEnumerable<IMessenger> messengers, MessageSecrets secrets, TimeProvider clock, Actor actor) =>
        await db.Read(actor, work => MessageAccount.Find(work, MessageAccount.Mail)) is not null ? null
            : (await Handle(MessageAccount.Mail, new Request(KeepMessenger.Code), null, messengers, db, secrets, clock, actor)).Error;

    /// <remarks>Errors: messages.no_such_medium, messages.no_account, messages.test_failed, request.invalid.</remarks>
    private static async Task<Result<TestResponse>> Test(string medium, TestRequest body, IEnumerable<IMessenger> messengers, Db db, MessageSecrets secrets, TimeProvider clock, Actor actor, CancellationToken stop)
    {
        if (medium != MessageAccount.Mail) return MessagesErrors.NoSuchMedium;
        var checks = new Checks();
        string? to = MailAddress.Tidy(body.To);
        checks.That(to is not null, "/to", "field.malformed", "to is a mail address.");
        checks.That(body.Language is null || DocumentLanguages.All.Contains(body.Language), "/language", "field.unknown_value", $"language must be one of {string.Join(", ", DocumentLanguages.All)}.");
        if (checks.AnyFault) return checks.ToError();
        var (account, settings) = await db.Read(actor, async work => (await MessageAccount.Find(work, medium), await MessageSettings.Load(work)), snapshot: true);
        if (account is null || messengers.FirstOrDefault(m => m.Manifest.Code == account.Messenger) is not { } messenger) return MessagesErrors.NoAccount;
        var (now, language) = (clock.GetUtcNow(), body.Language ?? "en-GB");
        var id = MessageId.New(now);
        var filled = MessageWords.Fill(MessageKind.Shipped, MessageTemplate.Ours, SampleMessage.Of(MessageKind.Shipped, settings, language, now), language);
        var page = new MailPage(filled.Value.Subject, language, settings.Look, filled.Value.Blocks);
        SendOutcome? outcome = null;
        await messenger.Send(account.Access(secrets), [new OutgoingMessage(id.Value, MailIds.Of(id, account), to!, null, page, now, Logo: settings.Logo)],
            (_, said) => { outcome = said; return Task.CompletedTask; }, stop);
        return outcome is { Kind: SendKind.Sent or SendKind.Kept } ? new TestResponse("messageTest", outcome.Kind == SendKind.Sent ? "sent" : "kept") : MessagesErrors.TestFailed(outcome?.Fault ?? "Nothing was answered.");
    }
}

/// <summary>The Message-ID of a message: made once, and the same at every try.</summary>
internal static class MailIds
{
    public static string Of(MessageId id, MessageAccount account) =>
        $"{id}@{(MailAddress.Tidy((string?)account.Settings["from"]) is { } from ? from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..] : "switchyard.invalid")}";
}
