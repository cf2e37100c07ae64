using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Support;

/// <summary>Makes and changes a support desk, gives it a secret for its calls, or takes one away at which no trouble has a ticket.</summary>
public sealed class WriteDesk(Db db, SupportDesks desks, DeskSecrets secrets, OutwardHttp outward, ReadDesks read, TimeProvider clock)
{
    private const int MostSecret = 8_000;

    /// <param name="Secrets">By name; a name that is left out keeps what it has, as long as adapter and server stay the same; null takes it away. They are never shown
    /// again.</param>
    /// <param name="Troubles">Kinds of trouble that open a ticket there, from now on; what is open already opens none.</param>
    /// <param name="Macros">cancel, refund, resend: what agents may do from there.</param>
    /// <param name="IsActive">Tickets are opened, and calls taken.</param>
    public sealed record Request(string? Adapter = null, string? Name = null, string? BaseUrl = null, JsonObject? Settings = null,
        IReadOnlyDictionary<string, string?>? Secrets = null, IReadOnlyList<string?>? Troubles = null, IReadOnlyList<string?>? Macros = null, long? RefundMostMinor = null,
        long? CallsPerMinute = null, bool? IsActive = null);

    /// <param name="Secret">For the desk's app or integration; it is shown this once.</param>
    public sealed record CallSecret(string Object, string Secret);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/support-desks/{code}", async (string code, Request body, Actor actor, WriteDesk write, HttpContext http) => await write.Answer(code, body, actor, http))
            .Requires(Permission.SettingsWrite).WithName("support.write").WithTags("Support").WithSummary("Make or change a support desk")
            .Produces<DeskView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(412);
        routes.MapPost("/support-desks/{code}/call-secret", async (string code, Actor actor, WriteDesk write) => (await write.Renew(code, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("support.renewSecret").WithTags("Support")
            .WithSummary("Make the secret by which a desk's calls are known; one that it had is good no more")
            .Produces<CallSecret>().ProducesProblem(403).ProducesProblem(404);
        routes.MapDelete("/support-desks/{code}", async (string code, Actor actor, WriteDesk write) => (await write.Delete(code, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("support.delete").WithTags("Support").WithSummary("Take away a support desk at which no trouble has a ticket")
            .Produces<Done>().ProducesProblem(404).ProducesProblem(409);
    }

    private async Task<IResult> Answer(string code, Request body, Actor actor, HttpContext http)
    {
        var expected = ETag.Expected(http);
        if (expected.Error is { } error) return error.ToHttp();
        var saved = await Handle(code, body, expected.Value, actor);
        return saved.Error is { } refused ? refused.ToHttp() : ReadDesks.Tagged(await read.One(actor, code, http), http);
    }

    /// <remarks>Errors: request.invalid, access.beyond_yours, access.nodes_beyond_yours, support.no_such_adapter, support.no_such_setting, support.bad_url, support.changed.</remarks>
    internal async Task<Result<Done>> Handle(string code, Request body, long? expected, Actor actor)
    {
        var checks = new Checks();
        checks.That(code.Length is > 0 and <= 40 && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'), "#code", "field.malformed",
            "A desk's code has small letters, digits and -.");
        var adapter = desks.All.FirstOrDefault(d => d.Manifest.Code == body.Adapter)?.Manifest;
        checks.That(adapter is not null, "/adapter", "support.no_such_adapter", $"There is no adapter {body.Adapter}. GET /support-adapters lists them.");
        string url = body.BaseUrl is { Length: > 0 } given ? given : adapter?.DefaultUrl ?? "";
        checks.Text(url, "/baseUrl", 500, required: true);
        if (!checks.AnyFault && outward.Refusal(url) is { } refusal) checks.Fault("/baseUrl", "support.bad_url", refusal);
        DeskForm.Check(checks, body, adapter, MostSecret);
        if (checks.AnyFault) return checks.ToError();
        if (Offers.Refusal(actor, (body.Macros ?? []).OfType<string>()) is { } beyond) return beyond;

        var before = await db.Read(actor, work => Desk.Find(work, code));
        // What was given for one server is not sent to another.
        bool isSame = before?.Adapter == adapter!.Code && Server(before.BaseUrl) == Server(url);
        var all = secrets.Open(isSame ? before!.Secret : null).ToDictionary();
        foreach (var (name, value) in body.Secrets ?? new Dictionary<string, string?>()) if (value is { Length: > 0 }) all[name] = value; else all.Remove(name);
        foreach (var setting in adapter.Settings.Where(s => s.IsRequired))
            checks.That(setting.IsSecret ? all.ContainsKey(setting.Name) : (string?)body.Settings?[setting.Name] is { Length: > 0 },
                setting.IsSecret ? $"/secrets/{setting.Name}" : $"/settings/{setting.Name}", "field.required", $"{setting.Name} is required: {setting.Meaning}");
        if (checks.AnyFault) return checks.ToError();
        return await Keep(code, body, expected, actor, adapter, url, before, all.Count == 0 ? null : secrets.Close(all),
            JsonSerializer.Serialize(all.Keys.Order(StringComparer.Ordinal)));
    }

    private Task<Result<Done>> Keep(string code, Request body, long? expected, Actor actor, DeskManifest adapter, string url, Desk? before, string? closed, string names)
    {
        var now = clock.GetUtcNow();
        var kinds = (body.Troubles ?? []).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        return db.Write<Done>(actor, async work =>
        {
            var present = await Desk.Find(work, code, locked: true);
            if (present?.Version != before?.Version || expected is { } version && (present?.Version ?? 0) != version) return SupportErrors.Changed(present?.Version ?? 0);
            var id = present?.Id ?? DeskId.New(now);
            // Who knows the secret was trusted with less: for more, another is made.
            bool gains = present is not null && (body.Macros ?? []).OfType<string>().Except(present.Macros).Any();
            int written = await work.Execute(
                """
                insert into support_desks (id, merchant_id, code, name, adapter, base_url, settings, secret, secret_names, macros, refund_most_minor, state,
                    calls_per_minute, created_at_ms, changed_at_ms)
                values (@id, @merchant, @code, @name, @adapter, @url, @settings, @secret::text, @names, @macros, @most::bigint, @state, @calls, @now, @now)
                on conflict (merchant_id, code) do update set name = @name, adapter = @adapter, base_url = @url, settings = @settings, secret = @secret::text,
                    secret_names = @names, macros = @macros,
                       refund_most_minor = @most::bigint, state = @state, calls_per_minute = @calls, changed_at_ms = @now, version = support_desks.version + 1, tested_at_ms = null,
                       call_secret = case when @gains = 1 then null else support_desks.call_secret end
                 where support_desks.id = @id
                """,
                ("id", id.Value), ("code", code), ("name", body.Name ?? adapter.Name), ("adapter", adapter.Code), ("url", url),
                ("settings", (body.Settings ?? []).ToJsonString()), ("secret", closed), ("names", names),
                ("macros", JsonSerializer.Serialize((body.Macros ?? []).OfType<string>().Distinct().Order(StringComparer.Ordinal))), ("most", body.RefundMostMinor),
                ("state", body.IsActive == false ? "paused" : "active"), ("calls", body.CallsPerMinute ?? adapter.CallsPerMinute), ("now", now.ToUnixTimeMilliseconds()),
                ("gains", gains ? 1 : 0));
            // Two made it at once: the other was first.
            if (written == 0) return SupportErrors.Changed(1);
            await work.Execute("delete from desk_troubles where merchant_id = @merchant and desk_id = @id and not kind = any(@kinds)",
                ("id", id.Value), ("kinds", kinds.ToArray()));
            await work.Execute("insert into desk_troubles (desk_id, kind, merchant_id, since_ms) select @id, r.kind, @merchant, @now from @rows r where true "
                + "on conflict (desk_id, kind) do nothing",
                Rows.Of(kinds).Text("kind", k => k), ("id", id.Value), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("supportDesk", code, "SupportDeskChanged",
                new
                {
                    code, adapter = adapter.Code, baseUrl = url, troubles = kinds, secrets = body.Secrets?.Keys, macros = (body.Macros ?? []).OfType<string>().Distinct(),
                    refundMostMinor = body.RefundMostMinor, state = body.IsActive == false ? "paused" : "active", isSecretGone = gains && present?.CallSecret is not null
                }));
            // What the desk did not take it may take now.
            if (present is not null && (body.Secrets?.Values.Any(v => v is { Length: > 0 }) == true || url != present.BaseUrl)) await TicketRows.TryAgain(work, id.Value, now.ToUnixTimeMilliseconds());
            return new Done();
        });
    }

    /// <remarks>Errors: support.no_such_desk, access.beyond_yours, access.nodes_beyond_yours.</remarks>
    private async Task<Result<CallSecret>> Renew(string code, Actor actor)
    {
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), closed = secrets.CloseOne(secret);
        var now = clock.GetUtcNow();
        // No answer under an idempotency key: it would keep the secret in plain.
        return await db.Write<CallSecret>(actor with { Stamp = null }, async work =>
        {
            if (!Text.IsStorable(code) || await Desk.Find(work, code, locked: true) is not { } desk) return SupportErrors.NoSuchDesk;
            if (Offers.Refusal(actor, desk.Macros) is { } beyond) return beyond;
            const string renew = "update support_desks set call_secret = @secret, changed_at_ms = @now, version = version + 1 where merchant_id = @merchant and code = @code";
            await work.Execute(renew, ("secret", closed), ("now", now.ToUnixTimeMilliseconds()), ("code", code));
            await EventLog.Append(work, actor, now, new Happening("supportDesk", code, "SupportDeskSecretMade", new { code }));
            return new CallSecret("deskCallSecret", secret);
        });
    }

    /// <remarks>Errors: support.no_such_desk, support.has_tickets.</remarks>
    private Task<Result<Done>> Delete(string code, Actor actor) => db.Write<Done>(actor, async work =>
    {
        if (!Text.IsStorable(code) || await Desk.Find(work, code, locked: true) is not { } desk) return SupportErrors.NoSuchDesk;
        if (await work.Scalar("select count(*) from (select 1 from desk_tickets where merchant_id = @merchant and desk_id = @id limit 1) t", ("id", desk.Id.Value)) > 0)
            return SupportErrors.HasTickets;
        await work.Execute("delete from desk_troubles where merchant_id = @merchant and desk_id = @id", ("id", desk.Id.Value));
        await work.Execute("delete from desk_wishes where merchant_id = @merchant and desk_id = @id", ("id", desk.Id.Value));
        await work.Execute("delete from support_desks where merchant_id = @merchant and id = @id", ("id", desk.Id.Value));
        await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("supportDesk", code, "SupportDeskRemoved", new { code }));
        return new Done();
    });

    // Scheme, host and port.
    private static string Server(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : "";
}

/// <summary>What is asked of a desk's settings.</summary>
internal static class DeskForm
{
    public static readonly IReadOnlyList<string> Macros = ["cancel", "refund", "resend", "return"];

    public static void Check(Checks checks, WriteDesk.Request body, DeskManifest? adapter, int mostSecret)
    {
        checks.Words(body.Name, "/name", 100);
        checks.Range(body.CallsPerMinute ?? 1, 1, 60_000, "/callsPerMinute");
        if (body.RefundMostMinor is { } most) checks.Amount(most, "/refundMostMinor");
        var known = adapter?.Settings ?? (IReadOnlyList<AdapterSetting>)[];
        foreach (var (name, value) in body.Settings ?? [])
        {
            checks.That(known.Any(s => s.Name == name && !s.IsSecret), $"/settings/{name}", "support.no_such_setting",
                $"The adapter has no setting {name}; secrets go under secrets.");
            checks.That(value is null || value.GetValueKind() == JsonValueKind.String, $"/settings/{name}", "field.not_text", "A setting is a text.");
            if (value?.GetValueKind() == JsonValueKind.String) checks.Text((string?)value, $"/settings/{name}", 1_000);
        }
        foreach (var (name, value) in body.Secrets ?? new Dictionary<string, string?>())
        {
            checks.That(known.Any(s => s.Name == name && s.IsSecret), $"/secrets/{name}", "support.no_such_setting", $"The adapter has no secret {name}.");
            checks.Text(value, $"/secrets/{name}", mostSecret);
        }
        checks.Range(body.Troubles?.Count ?? 0, 0, TroubleKinds.All.Count, "/troubles");
        foreach (var (i, kind) in (body.Troubles ?? []).Take(TroubleKinds.All.Count).Index())
            checks.That(kind is not null && kind != "desk_ticket_parked" && TroubleKinds.All.ContainsKey(kind), $"/troubles/{i}", "field.unknown_value",
                $"No trouble that can open a ticket is called {kind}.");
        checks.Range(body.Macros?.Count ?? 0, 0, Macros.Count, "/macros");
        foreach (var (i, macro) in (body.Macros ?? []).Take(Macros.Count).Index())
            checks.That(macro is not null && Macros.Contains(macro), $"/macros/{i}", "field.unknown_value", "cancel, refund and resend can be offered.");
    }
}
