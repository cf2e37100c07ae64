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
            var answer = await ReadSession.Answer(http, antiforgery, opened.Value.User, db);
            if (answer.IsOk && opened.Value.User.For(http.Request.Headers[SignIn.MerchantHeader].ToString()) is { IsOk: true, Value: { Nodes: not null } actor })
                answer = answer.Value with { Nodes = await NodeCodes.Of(actor, db) };
            return answer.ToHttp(StatusCodes.Status201Created);
        })
        .IsOpenToAnyone().WithName("session.open").WithSummary("Sign in with name and password").Produces<ReadSession.Response>(201)
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
    public sealed record Known(string Id, string Stamp, string? Hash);

    /// <summary>Checking a password costs about 0.1 s of CPU: logins must not starve orders.</summary>
    private readonly SemaphoreSlim _places = new(2);
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(5);

    public async Task<Result<Opened>> Try(OpenSession.Request login, string network)
    {
        var checks = new Checks();
        checks.Text(login.UserName, "/userName", 100, required: true);
        checks.Text(login.Password, "/password", Passwords.Longest, required: true);
        if (checks.AnyFault) return checks.ToError();
        var user = await Check(login.UserName!, login.Password!, network);
        if (user.Error is { } error) return error;

        string token = Sessions.NewToken();
        var now = clock.GetUtcNow();
        var signedIn = await db.WriteAll(async work =>
        {
            await Sessions.Open(work, token, user.Value.Id, user.Value.Stamp, now);
            return await Sessions.Find(work, SignIn.HashOf(token), now);
        });
        if (signedIn is null) return AccessErrors.WrongLogin;          // disabled or changed between the look and the write
        return signedIn.Memberships.Count == 0 ? AccessErrors.Forbidden : new Opened(token, signedIn);
    }

    /// <summary>Is this the user's password? Wrong answers count, whoever asks.</summary>
    /// <remarks>Errors: access.wrong_login, access.too_many_logins.</remarks>
    public async Task<Result<Known>> Check(string userName, string password, string network)
    {
        string account = identity.Normal(userName.Trim());
        var now = clock.GetUtcNow();
        if (throttle.Begin(account, network, now) is > 0 and var seconds) return AccessErrors.TooManyLogins(seconds);
        if (throttle.Delay(account, now) is { Ticks: > 0 } later) await Task.Delay(later);

        var user = await db.ReadAll(work => work.Find(
            "select id, security_stamp, password_hash from users where normalized_user_name = @name and not is_disabled",
            row => new Known(row.Text(), row.Text(), row.TextOrNull()), ("name", account)));
        if (!await _places.WaitAsync(MostWait)) return AccessErrors.TooManyLogins(1);
        try
        {
            if (!identity.IsPassword(user?.Hash, password)) return AccessErrors.WrongLogin;
        }
        finally { _places.Release(); }
        throttle.Succeeded(account, network);
        return user!;
    }

    public void Dispose() => _places.Dispose();
}
