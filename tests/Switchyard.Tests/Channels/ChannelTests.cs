using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Sourcing;

namespace Switchyard.Tests.Channels;

public sealed class ChannelTests
{
    [Theory, BothDatabases]
    public async Task A_channel_is_made_and_changed_whatever_the_case_of_its_code(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        (await shop.Get("/channels/WEB")).GetProperty("onShort").GetString().ShouldBe("refuse");
        var changed = await shop.Put("/channels/Web", new { name = "Shop", onShort = "backorder", splitPenaltyMinor = 250, buffer = 2, excludedNodeKinds = new[] { "supplier" } });
        changed.GetProperty("code").GetString().ShouldBe("web");
        changed.GetProperty("version").GetInt64().ShouldBe(2);
        (await shop.Put("/channels/web", new { name = "Shop", onShort = "backorder", splitPenaltyMinor = 250, buffer = 2, excludedNodeKinds = new[] { "supplier" } }))
            .GetProperty("version").GetInt64().ShouldBe(2);
        await shop.Put("/channels/amazon", new { name = "Amazon", onShort = "hold" });
        (await shop.Get("/channels")).GetProperty("data").GetArrayLength().ShouldBe(2);
        (await shop.Refused(HttpMethod.Put, "/channels/x", new { name = "X", onShort = "shrug", buffer = -1, excludedNodeKinds = new[] { "barn" } }, 400, "request.invalid"))
            .GetProperty("errors").GetArrayLength().ShouldBe(3);
        await shop.Refused(HttpMethod.Get, "/channels/none", null, 404, "channels.no_such_channel");
    }

    [Theory, BothDatabases]
    public async Task What_channels_are_called_is_told_to_whoever_sees_orders(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/channels/amazon", new { name = "Amazon UK" });
        using var viewer = shop.Client((await shop.Post("/keys", new { name = "Viewer", scopes = new[] { "orders:read" } })).Text("secret"));
        var first = await Shop.Read(await viewer.GetAsync("/api/v1/channel-names?limit=1"), 200);
        first.GetProperty("data").EnumerateArray().Select(c => (c.Text("code"), c.Text("name"))).ShouldBe([("amazon", "Amazon UK")]);
        var second = await Shop.Read(await viewer.GetAsync("/api/v1/channel-names?after=" + Uri.EscapeDataString(first.Text("next")!)), 200);
        second.GetProperty("data").EnumerateArray().Select(c => c.Text("code")).ShouldBe(["web"]);
        (await viewer.GetAsync("/api/v1/channels")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        await shop.Refused(HttpMethod.Get, "/channel-names?limit=0", null, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task The_rate_that_held_at_an_instant_is_the_one_that_counts(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/exchange-rates/EUR", new { rate = "0.851234567", validFrom = "2026-01-01T00:00:00Z", source = "ECB" });
        await shop.Put("/exchange-rates/EUR", new { rate = 0.9, validFrom = "2026-02-01T00:00:00Z" });
        var reader = shop.Services.GetRequiredService<NetworkReader>();
        var settings = await reader.Refresh(1);
        settings.RateE9("EUR", new DateTimeOffset(2025, 12, 31, 0, 0, 0, TimeSpan.Zero)).ShouldBeNull();
        settings.RateE9("EUR", new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero)).ShouldBe(851_234_567);
        settings.RateE9("EUR", new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)).ShouldBe(900_000_000);
        settings.RateE9("GBP", default).ShouldBe(1_000_000_000);
        settings.RateE9("USD", new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)).ShouldBeNull();
        var first = await shop.Get("/exchange-rates?limit=1");
        first.GetProperty("data")[0].GetProperty("rate").GetString().ShouldBe("0.9");
        var second = await shop.Get("/exchange-rates?limit=1&after=" + first.GetProperty("next").GetString());
        second.GetProperty("data")[0].GetProperty("rate").GetString().ShouldBe("0.851234567");
        second.GetProperty("hasMore").GetBoolean().ShouldBeFalse();
        foreach (string bad in new[] { "0", "-1", "0.0000000001", "1e3", "\"١\"", "\"NaN\"", "null", "true", "\"\"", "1e400", "9223372036854775808" })
            await shop.Refused(HttpMethod.Put, "/exchange-rates/EUR", $$"""{"rate":{{bad}}}""", 400, "request.invalid");
        await shop.Refused(HttpMethod.Put, "/exchange-rates/EUR", """{"rate":NaN}""", 400, "request.malformed");
        await shop.Refused(HttpMethod.Put, "/exchange-rates/XYZ", new { rate = 1 }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Put, "/exchange-rates/GBP", new { rate = 1 }, 400, "request.invalid");
    }
}
