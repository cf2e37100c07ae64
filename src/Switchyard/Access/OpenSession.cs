using Microsoft.AspNetCore.Antiforgery;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>Signs a person in: always a new session, never one that the browser brought along.</summary>
public static class OpenSession
{
    public sealed record Request(string? UserName, string? Password);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/session", async (Request body, HttpContext http, Login login, IAntiforgery antiforgery, SignIn signIn, Db db) =>
        {
            var opened = await login.Try(body, LoginThrottle.Network(http.Connection.RemoteIpAddress));
            if (opened.Error is { } error) return error.ToHttp();
            await CloseSession.Handle(http, db, signIn);
            http.Response.Cookies.Append(SignIn.Cookie, opened.Value.Token, CookieOptions(http, Sessions.MostAge));
            return ReadSession.Answer(http, antiforgery, opened.Value.User).ToHttp(StatusCodes.Status201Created);
        })
        .IsOpenToAnyone().WithName("session.open").Produces<ReadSession.Response>(201)
        .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);

    internal static CookieOptions CookieOptions(HttpContext http, TimeSpan? age) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", MaxAge = age, IsEssential = true,
    };
}

/// <summary>Checks user name and password, slowly, and not too often.</summary>
public sealed class Login(Db db, Identity identity, LoginThrottle throttle, TimeProvider clock) : IDisposable
{
    public sealed record Opened(string Token, SignedInUser User);

    /// <summary>Checking a password costs about 0.1 s of CPU: logins must not starve orders.</summary>
    private readonly SemaphoreSlim _places = new(2);
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(5);

    public async Task<Result<Opened>> Try(OpenSession.Request login, string network)
    {
        var checks = new Checks();
        checks.Text(login.UserName, "/userName", 100, required: true);
        checks.Text(login.Password, "/password", Passwords.Longest, required: true);
        if (checks.AnyFault) return checks.ToError();
        string account = identity.Normal(login.UserName!.Trim());
        var now = clock.GetUtcNow();
        if (throttle.Begin(account, network, now) is > 0 and var seconds) return AccessErrors.TooManyLogins(seconds);
        if (throttle.Delay(account, now) is { Ticks: > 0 } later) await Task.Delay(later);

        var user = await db.ReadAll(work => work.Find(
            "select id, password_hash, security_stamp from users where normalized_user_name = @name and not is_disabled",
            row => new { Id = row.Text(), Hash = row.TextOrNull(), Stamp = row.Text() }, ("name", account)));
        if (!await _places.WaitAsync(MostWait)) return AccessErrors.TooManyLogins(1);
        try
        {
            if (!identity.IsPassword(user?.Hash, login.Password!)) return AccessErrors.WrongLogin;
        }
        finally { _places.Release(); }

        throttle.Succeeded(account, network);
        string token = Sessions.NewToken();
        var signedIn = await db.WriteAll(async work =>
        {
            await Sessions.Open(work, token, user!.Id, user.Stamp, now);
            return await Sessions.Find(work, SignIn.HashOf(token), now);
        });
        if (signedIn is null) return AccessErrors.WrongLogin;          // disabled or changed between the look and the write
        return signedIn.Memberships.Count == 0 ? AccessErrors.Forbidden : new Opened(token, signedIn);
    }

    public void Dispose() => _places.Dispose();
}
