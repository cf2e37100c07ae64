using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Connectors;

/// <summary>
/// Has a channel's owner let us in at the channel's own page (OAuth 2, code flow with PKCE). What the owner comes back with is known by a state that was made here, works once, only for a while, and only in the
/// browser that began: else somebody could send the page on, and have another's shop let into a connection of their own.
/// </summary>
public static class AuthoriseConnection
{
    private const string Path = "/channel-consent", CookieName = "switchyard_consent_";
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(15);

    /// <param name="ReturnTo">The path of this server's page that the owner comes back to.</param>
    public sealed record Request(string? ReturnTo = null);

    /// <param name="Url">The channel's page, where the owner lets us in.</param>
    public sealed record Response(string Object, string Url);

    private sealed record Grant(string Verifier, string ReturnTo, long UntilMs, string Who, string? Browser);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/connections/{channel}/authorise", async (string channel, Request? body, Actor actor, Db db, ConnectorDesk desk, ConnectorSecrets secrets, OwnAddress address, TimeProvider clock, HttpContext http) =>
                (await Begin(channel, body ?? new Request(), actor, db, desk, secrets, address.Of(http), clock, http)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("connectors.authorise").WithTags("Connectors").WithSummary("Begin to be let in by a channel's owner, at the channel's own page")
            .WithDescription("Ask in the browser that goes there, at the address under which the server is known: the answer sets a cookie, and the way back works in no other browser.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>The way back. Channels give it parameters of their own, so it is a page and no part of the API.</summary>
    public static void MapBack(IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, async ([FromQuery] string? code, [FromQuery] string? state, [FromQuery] string? error, Db db, ConnectorDesk desk, ConnectorSecrets secrets, OwnAddress address, TimeProvider clock, HttpContext http) =>
                await End(code, state, error, db, desk, secrets, address.Of(http), clock, http))
            .IsOpenToAnyone().ExcludeFromDescription();

    /// <remarks>Errors: connectors.no_such_connection, connectors.not_supported, connectors.channel_refused.</remarks>
    private static async Task<Result<Response>> Begin(string channel, Request body, Actor actor, Db db, ConnectorDesk desk, ConnectorSecrets secrets, string own, TimeProvider clock, HttpContext http)
    {
        string returnTo = body.ReturnTo ?? "/";
        var checks = new Checks();
        checks.Text(returnTo, "/returnTo", 500, required: true);
        checks.That(returnTo.StartsWith('/') && !returnTo.StartsWith("//", StringComparison.Ordinal) && !returnTo.Contains('\\') && !returnTo.Any(char.IsControl), "/returnTo", "field.malformed", "returnTo is a path of this server, such as /channels.");
        if (checks.AnyFault) return checks.ToError();
        if (!Kernel.Text.IsStorable(channel) || await db.Read(actor, work => Connection.Find(work, channel)) is not { } connection) return ConnectorErrors.NoSuchConnection;
        string state = Random(), verifier = Random(), browser = Random();
        var url = desk.Of(connection).AuthoriseUrl(desk.Call(connection, http.RequestAborted), state, Back(own), Url(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
        if (url.Fault is { } fault) return ConnectorErrors.Channel(fault);
        var now = clock.GetUtcNow();
        string kept = secrets.CloseOne(JsonSerializer.Serialize(new Grant(verifier, returnTo, (now + Holds).ToUnixTimeMilliseconds(), actor.Id, Key(browser))));
        var done = await db.Write<Done>(actor with { Stamp = null }, async work =>
        {
            await work.Execute("update connections set granting = @kept, granting_key = @key where merchant_id = @merchant and id = @id", ("kept", kept), ("key", Key(state)), ("id", connection.Id.Value));
            return new Done();
        });
        if (done.Error is { } error) return error;
        // Lax: the browser brings it along when the channel sends it back.
        http.Response.Cookies.Append(Cookie(state), browser, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = Path, MaxAge = Holds, IsEssential = true });
        return new Response("connectionAuthorisation", url.Value);
    }

    private static async Task<IResult> End(string? code, string? state, string? refused, Db db, ConnectorDesk desk, ConnectorSecrets secrets, string own, TimeProvider clock, HttpContext http)
    {
        if (state is not { Length: > 0 and <= 200 }) return ConnectorErrors.NoSuchGrant.ToHttp();
        // Another browser than the one that began takes nothing away: whoever began may still come back.
        string browser = http.Request.Cookies[Cookie(state)] ?? "";
        if (browser.Length is 0 or > 200) return ConnectorErrors.NoSuchGrant.ToHttp();
        http.Response.Cookies.Delete(Cookie(state), new CookieOptions { Path = Path });
        // Taken away before it is used: it works once.
        var taken = await db.WriteAll(async work =>
        {
            var found = await work.Query("select id, granting from connections where granting_key = @key for update /* house */", row => (Id: row.Uuid(), Grant: row.Text()), ("key", Key(state)));
            if (found.Count > 0) await work.Execute("update connections set granting = null, granting_key = null where id = @id /* house */", ("id", found[0].Id));
            return found;
        });
        if (taken is not [var (id, closed)]) return ConnectorErrors.NoSuchGrant.ToHttp();
        var grant = JsonSerializer.Deserialize<Grant>(secrets.OpenOne(closed)!)!;
        if (grant.Browser is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(grant.Browser), Encoding.ASCII.GetBytes(Key(browser)))) return ConnectorErrors.NoSuchGrant.ToHttp();
        if (grant.UntilMs < clock.GetUtcNow().ToUnixTimeMilliseconds() || await db.ReadAll(work => Connection.FindAny(work, id)) is not { } connection) return ConnectorErrors.NoSuchGrant.ToHttp();
        if (code is not { Length: > 0 and <= 4_000 }) return Return(grant, connection.Channel, refused is null ? "noCode" : "refused");
        var exchanged = await desk.Of(connection).Exchange(desk.Call(connection, http.RequestAborted), code, grant.Verifier, Back(own));
        if (exchanged.Fault is not null) return Return(grant, connection.Channel, "failed");
        await db.Write<Done>(Actor.House(grant.Who, connection.Merchant), async work =>
        {
            var now = clock.GetUtcNow();
            await work.Execute("update connections set ask_at_ms = 0, changed_at_ms = @now where merchant_id = @merchant and id = @id", ("now", now.ToUnixTimeMilliseconds()), ("id", id));
            await EventLog.Append(work, Actor.House(grant.Who, connection.Merchant), now, new Happening("connection", connection.Channel, "ConnectionAuthorised", new { channel = connection.Channel, adapter = connection.Adapter }));
            return new Done();
        });
        return Return(grant, connection.Channel, "done");
    }

    private static IResult Return(Grant grant, string channel, string outcome) =>
        Results.Redirect($"{grant.ReturnTo}{(grant.ReturnTo.Contains('?', StringComparison.Ordinal) ? '&' : '?')}authorised={outcome}&channel={Uri.EscapeDataString(channel)}");

    // One for each beginning: two that go on in one browser do not end each other.
    private static string Cookie(string state) => CookieName + Key(state)[..16];
    private static string Back(string own) => own + Path;
    private static string Random() => Url(RandomNumberGenerator.GetBytes(32));
    private static string Key(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));
    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
