using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Access;

public sealed class OneSignInTests
{
    private const string Password = "a long enough sentence";

    [Theory, BothDatabases, Capability("CH-19")]
    public async Task One_session_reaches_orders_stock_and_returns_of_every_channel(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string[] channels = ["web", "market", "pos"];
        foreach (string channel in channels) await shop.Put("/channels/" + channel, new { name = channel, onShort = "refuse" });
        await shop.Product("A", 20, priceMinor: 1000);
        var orders = new Dictionary<string, string>();
        foreach (string channel in channels)
        {
            var wish = Given.Order(("A", 2));
            wish["channel"] = channel;
            orders[channel] = (await shop.Post("/orders", wish)).Text("id")!;
            await shop.Post($"/orders/{orders[channel]}/payments", new { type = "external", tender = "external", amountMinor = 2000 });
            await shop.Post($"/orders/{orders[channel]}/facts", new { kind = "delivered", node = "MAIN" });
        }

        await shop.Post("/users", new { userName = "ada", displayName = "Ada", password = Password, roles = new[] { "administrator" } });
        using var ada = await new Browser(shop).SignIn("ada", Password);
        async Task<JsonElement> sees(string path) => await Shop.Read(await ada.Send(HttpMethod.Get, path), 200);
        foreach (var (channel, order) in orders)
        {
            JsonElement list = default;
            await shop.Until(async () => (list = (await sees("/orders?query=channel:" + channel)).GetProperty("data")).GetArrayLength() > 0);
            list.EnumerateArray().Select(o => o.Text("id")).ShouldBe([order], channel);
        }
        (await sees("/inventory?sku=A")).GetProperty("total").Long("onHand").ShouldBe(14);

        // Whatever channel it was bought at, it comes back at the till.
        await Shop.Read(await ada.Send(HttpMethod.Post, "/till/shifts", new { id = "s1", node = "MAIN", register = "1", channel = "pos", currency = "GBP", floatMinor = 0 }), null);
        foreach (var (channel, order) in orders)
        {
            var back = await Shop.Read(await ada.Send(HttpMethod.Post, "/till/returns",
                new { id = "b-" + channel, shift = "s1", order, lines = new[] { new { line = 1, quantity = 1 } }, reason = "Too small" }), null);
            back.Text("kind").ShouldBe("return", channel);
            (await sees("/orders/" + order)).GetProperty("lines")[0].Long("returned").ShouldBe(1, channel);
        }
        (await sees("/inventory?sku=A")).GetProperty("total").Long("onHand").ShouldBe(17);
    }
}
