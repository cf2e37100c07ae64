using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Access;

public sealed class PreferencesTests
{
    private const string Password = "correct horse battery";

    [Theory, BothDatabases]
    public async Task What_a_person_likes_follows_them_to_another_machine_and_is_nobody_elses(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await SessionTests.Hire(shop, "ada", "viewer");
        await SessionTests.Hire(shop, "ben", "viewer");
        using var ada = await new Browser(shop).SignIn("ada", Password);
        await Shop.Read(await ada.Send(HttpMethod.Patch, "/session/preferences", new { density = "compact", columns = new { orders = new[] { "number", "total" } }, scheme = "dark" }), 200);
        var after = await Shop.Read(await ada.Send(HttpMethod.Patch, "/session/preferences", new { scheme = (string?)null, language = "de" }), 200);
        after.GetRawText().ShouldBe("""{"columns":{"orders":["number","total"]},"density":"compact","language":"de"}""");

        using var elsewhere = new Browser(shop);
        var signedIn = await Shop.Read(await elsewhere.TrySignIn("ada", Password), 201);
        signedIn.GetProperty("preferences").Text("density").ShouldBe("compact");
        (await Shop.Read(await elsewhere.Send(HttpMethod.Get, "/session"), 200)).GetProperty("preferences").GetRawText().ShouldBe(after.GetRawText());
        using var ben = await new Browser(shop).SignIn("ben", Password);
        (await Shop.Read(await ben.Send(HttpMethod.Get, "/session"), 200)).GetProperty("preferences").GetRawText().ShouldBe("{}");
    }

    [Theory, BothDatabases]
    public async Task Preferences_are_bounded_and_of_persons_only(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Refused(HttpMethod.Patch, "/session/preferences", new { density = "compact" }, 409, "access.no_preferences");
        await SessionTests.Hire(shop, "ada", "viewer");
        using var ada = await new Browser(shop).SignIn("ada", Password);
        var long_ = await Shop.Read(await ada.Send(HttpMethod.Patch, "/session/preferences", new { views = new string('x', 20_000) }), 400);
        long_.GetProperty("errors")[0].Text("pointer").ShouldBe("/views");
        await Shop.Read(await ada.Send(HttpMethod.Patch, "/session/preferences", Enumerable.Range(0, 101).ToDictionary(i => "p" + i, i => i)), 400);
        (await Shop.Read(await ada.Send(HttpMethod.Get, "/session"), 200)).GetProperty("preferences").GetRawText().ShouldBe("{}");
    }
}
