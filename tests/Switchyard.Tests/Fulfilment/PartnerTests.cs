using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Fulfilment;

/// <summary>A 3PL works by the API with a key of its own node: it fetches orders, accepts, refuses, tells what left, and sends its stock with the time it was taken.</summary>
public sealed class PartnerTests
{
    [Theory, BothDatabases, Capability("IG-07")]
    public async Task A_partner_takes_orders_tells_shipments_and_sends_stock_each_as_often_as_it_likes(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Node("HUB", "3pl");
        await shop.Put("/nodes/HUB/work-settings", new { acceptsByDefault = false, acceptMinutes = 60 });
        await shop.Product("A");
        using var hub = shop.Client((await shop.Post("/keys", new { name = "HUB", scopes = new[] { "fulfilment:read", "fulfilment:work", "fulfilment:manage", "inventory:read", "inventory:write" }, nodes = new[] { "HUB" } })).Text("secret"));

        // Its stock, as of half an hour ago: sent again it changes nothing, an older one is refused, and everybody sees how old it is.
        shop.Clock!.Advance(TimeSpan.FromHours(2));
        string taken = At(shop, -30);
        (await Stock(hub, $"A,HUB,5,{taken}")).Long("created").ShouldBe(1);
        (await Stock(hub, $"A,HUB,5,{taken}")).Long("unchanged").ShouldBe(1);
        (await Stock(hub, $"A,HUB,9,{At(shop, -60)}")).GetProperty("errors")[0].Text("code").ShouldBe("inventory.older_than_last_count");
        (await Stock(hub, $"A,MAIN,9,{taken}")).Long("failed").ShouldBe(1, "another's shelf is none of its business");
        var level = (await shop.Get("/inventory?sku=A")).GetProperty("nodes").EnumerateArray().Single(n => n.Text("node") == "HUB");
        level.Long("onHand").ShouldBe(5);
        level.GetProperty("feedAt").GetDateTimeOffset().ShouldBe(shop.Clock.GetUtcNow());

        var (order, release) = await shop.Released(("A", 2));
        var (_, other) = await shop.Released(("A", 1));
        var queue = await Ask(hub, HttpMethod.Get, "/fulfilments?node=HUB&state=offered", null);
        queue.GetProperty("data").EnumerateArray().Select(f => f.Text("id")).Order().ShouldBe(new[] { release, other }.Order());
        (await Ask(hub, HttpMethod.Post, $"/fulfilments/{release}/accept", new { })).Text("state").ShouldBe("accepted");
        await Ask(hub, HttpMethod.Post, $"/fulfilments/{other}/reject", new { reason = "busy" });
        (await shop.Release(other)).Text("state").ShouldBe("rejected");

        object shipped = new { kind = "shipped", carrier = "Post", tracking = "HUB-1" };
        (await Ask(hub, HttpMethod.Post, $"/fulfilments/{release}/facts", shipped)).GetProperty("isNew").GetBoolean().ShouldBeTrue();
        (await Ask(hub, HttpMethod.Post, $"/fulfilments/{release}/facts", shipped)).GetProperty("isNew").GetBoolean().ShouldBeFalse();
        (await shop.Order(order)).GetProperty("fulfilments")[0].GetProperty("packages")[0].Text("tracking").ShouldBe("HUB-1");
        (await shop.Balance("A")).Long("onHand").ShouldBe(3);
        await shop.BooksAreRight();
    }

    private static string At(Shop shop, int minutes) => shop.Clock!.GetUtcNow().AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static async Task<JsonElement> Stock(HttpClient partner, string row)
    {
        using var body = new StringContent("sku,node,quantity,as_of\n" + row + "\n", Encoding.UTF8, "text/csv");
        return await Shop.Read(await partner.PostAsync("/api/v1/imports/stock", body), 200);
    }

    private static async Task<JsonElement> Ask(HttpClient partner, HttpMethod method, string path, object? body) =>
        await Shop.Read(await partner.SendAsync(new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) }), null);
}
