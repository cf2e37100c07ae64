using System.Net;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Tests.Access;

public sealed class SessionTests
{
    private const string Password = "correct horse battery";

    internal static async Task<string> Hire(Shop shop, string userName, params string[] roles) =>
        (await shop.Post("/users", new { userName, displayName = "A person", password = Password, roles })).GetProperty("id").GetString()!;

    [Theory, BothDatabases, Capability("SE-01")]
    public async Task A_person_signs_in_sees_who_they_are_and_signs_out(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string id = await Hire(shop, "Ada", "administrator");
        using var ada = new Browser(shop);
        var response = await ada.TrySignIn("ada", Password);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        string cookie = response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("switchyard_session=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");

        var me = await Shop.Read(await ada.Send(HttpMethod.Get, "/session"), 200);
        me.GetProperty("user").GetProperty("id").GetString().ShouldBe(id);
        me.GetProperty("actor").GetString().ShouldBe("user:" + id);
        me.GetProperty("merchant").GetString().ShouldBe("main");
        me.GetProperty("permissions").GetArrayLength().ShouldBe(Permission.All.Count);
        me.GetProperty("nodes").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        string stolen = ada.Cookies.GetCookies(new Uri(shop.Address))["switchyard_session"]!.Value;
        (await ada.Send(HttpMethod.Delete, "/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ada.Status("/session")).ShouldBe(401);
        ada.Cookies.Add(new Uri(shop.Address), new Cookie("switchyard_session", stolen));
        (await ada.Status("/session")).ShouldBe(401, "a copied cookie is dead too");
    }

    [Theory, BothDatabases, Capability("P23")]
    public async Task A_cookie_that_was_there_before_the_login_is_never_the_session_after_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Hire(shop, "ada", "viewer");
        using var ada = await new Browser(shop).SignIn("ada", Password);
        string first = ada.Cookies.GetCookies(new Uri(shop.Address))["switchyard_session"]!.Value;
        await ada.SignIn("ada", Password);
        ada.Cookies.GetCookies(new Uri(shop.Address))["switchyard_session"]!.Value.ShouldNotBe(first);
        ada.Cookies.Add(new Uri(shop.Address), new Cookie("switchyard_session", first));
        (await ada.Status("/session")).ShouldBe(401);
        ada.Cookies.Add(new Uri(shop.Address), new Cookie("switchyard_session", "planted-by-somebody-else-0123456789"));
        (await ada.Status("/session")).ShouldBe(401);
    }

    [Theory, BothDatabases, Capability("P23")]
    public async Task Disabling_a_user_and_setting_a_password_end_their_sessions_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string id = await Hire(shop, "ada", "viewer");
        using var ada = await new Browser(shop).SignIn("ada", Password);
        (await ada.Status("/session")).ShouldBe(200);
        await Shop.Read(await shop.Send(HttpMethod.Post, $"/users/{id}/disable", null), 200);
        (await ada.Status("/session")).ShouldBe(401);
        (await ada.TrySignIn("ada", Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await Shop.Read(await shop.Send(HttpMethod.Post, $"/users/{id}/enable", null), 200);
        await ada.SignIn("ada", Password);
        await Shop.Read(await shop.Send(HttpMethod.Put, $"/users/{id}/password", new { password = "another long sentence" }), 200);
        (await ada.Status("/session")).ShouldBe(401);
        (await ada.TrySignIn("ada", Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await ada.SignIn("ada", "another long sentence");
    }

    [Theory, BothDatabases]
    public async Task A_write_of_a_cookie_session_needs_its_own_antiforgery_token(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Hire(shop, "ada", "administrator");
        await Hire(shop, "eve", "administrator");
        using var ada = await new Browser(shop).SignIn("ada", Password);
        using var eve = await new Browser(shop).SignIn("eve", Password);
        var role = new { id = "night", name = "Night shift", permissions = new[] { "orders:read" } };
        string own = ada.Antiforgery!;
        foreach (string? wrong in new[] { null, "", "nonsense", eve.Antiforgery })
        {
            ada.Antiforgery = wrong;
            var refused = await Shop.Read(await ada.Send(HttpMethod.Post, "/roles", role), 403);
            refused.GetProperty("code").GetString().ShouldBe("access.antiforgery");
        }
        ada.Antiforgery = own;
        await Shop.Read(await ada.Send(HttpMethod.Post, "/roles", role), 201);
    }

    [Theory, BothDatabases]
    public async Task A_session_and_its_token_outlive_a_restart_of_the_server(DatabaseKind kind)
    {
        Browser ada;
        DatabaseSettings settings;
        await using (var before = await Shop.Open(kind))
        {
            settings = before.Settings;
            await Hire(before, "ada", "administrator");
            ada = await new Browser(before).SignIn("ada", Password);
        }
        await using var shop = await Shop.Open(kind, settings: settings);
        using var later = new Browser(shop) { Antiforgery = ada.Antiforgery };
        later.Cookies.Add(ada.Cookies.GetAllCookies());
        await Shop.Read(await later.Send(HttpMethod.Post, "/roles", new { id = "night", name = "Night", permissions = new[] { "orders:read" } }), 201);
        ada.Dispose();
    }

    [Theory, BothDatabases, Capability("P23")]
    public async Task Twelve_wrong_logins_are_slowed_down_and_the_owner_still_gets_in_from_elsewhere(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await Hire(shop, "ada", "viewer");
        using var thief = new Browser(shop, from: "127.0.0.2");
        var answers = new List<HttpResponseMessage>();
        for (int i = 0; i < 12; i++) answers.Add(await thief.TrySignIn("ada", $"wrong password {i}"));
        answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(5);
        answers.Skip(5).ShouldAllBe(a => a.StatusCode == HttpStatusCode.TooManyRequests && a.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        (await thief.TrySignIn("ada", Password)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, "not even with the right one");

        using var owner = new Browser(shop, from: "127.0.0.3");
        await owner.SignIn("ada", Password);
        shop.Clock!.Advance(answers[^1].Headers.RetryAfter!.Delta!.Value);
        (await thief.TrySignIn("ada", "wrong again, surely")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var slower = await thief.TrySignIn("ada", "wrong again, surely");
        slower.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(answers[5].Headers.RetryAfter!.Delta!.Value);
    }

    [Theory, BothDatabases, Capability("P23")]
    public async Task One_address_trying_many_accounts_is_slowed_down_too(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        using var thief = new Browser(shop, from: "127.0.0.2");
        var answers = new List<int>();
        for (int i = 0; i < 22; i++) answers.Add((int)(await thief.TrySignIn($"user{i}", "wrong password")).StatusCode);
        answers.Take(20).ShouldAllBe(status => status == 401);
        answers[^1].ShouldBe(429);
    }

    [Theory, BothDatabases]
    public async Task A_session_ends_after_half_a_day_without_use(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await Hire(shop, "ada", "viewer");
        using var ada = await new Browser(shop).SignIn("ada", Password);
        var signIn = (SignIn)shop.Services.GetService(typeof(SignIn))!;
        for (int hours = 0; hours < 24; hours += 8)
        {
            shop.Clock!.Advance(TimeSpan.FromHours(8));
            (await ada.Status("/session")).ShouldBe(200);
            await NoteLastUse.Handle(shop.Db, signIn, shop.Clock.GetUtcNow());
        }
        shop.Clock!.Advance(TimeSpan.FromHours(13));
        (await ada.Status("/session")).ShouldBe(401);
    }

    [Theory, BothDatabases, Capability("P23")]
    public async Task A_person_changes_their_password_knowing_the_old_one(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Hire(shop, "ada", "viewer");
        using var ada = await new Browser(shop).SignIn("ada", Password);
        using var elsewhere = await new Browser(shop).SignIn("ada", Password);
        async Task<int> Change(object body) => (int)(await ada.Send(HttpMethod.Put, "/session/password", body)).StatusCode;
        (await Change(new { present = "not the password", wanted = "a new long sentence" })).ShouldBe(401);
        (await Change(new { present = Password, wanted = "short" })).ShouldBe(400);
        (await Change(new { present = Password, wanted = "a new long sentence" })).ShouldBe(204);
        (await ada.Status("/session")).ShouldBe(401);
        (await elsewhere.Status("/session")).ShouldBe(401);
        (await ada.TrySignIn("ada", Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await ada.SignIn("ada", "a new long sentence");
        await shop.Refused(HttpMethod.Put, "/session/password", new { present = Password, wanted = "a new long sentence" }, 403, "access.not_a_person");
    }
}
