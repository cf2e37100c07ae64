using Shouldly;
using Switchyard.Carts;
using Switchyard.Database;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Carts;

/// <summary>A cart made on the phone is the same on the desktop, until it is an order or its time is over.</summary>
public sealed class SharedCartTests
{
    [Theory, BothDatabases, Capability("CH-17")]
    public async Task A_cart_is_the_same_on_every_device_and_becomes_one_order(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 10);
        var made = await shop.Post("/carts", Cart(1), "cart-1");
        string token = made.Text("token")!;
        token.Length.ShouldBe(43);

        var seen = await shop.Get($"/carts/{token}");
        (seen.Text("collectAt"), seen.Text("method"), seen.Items("lines").Single().Text("sku"), seen.Text("token")).ShouldBe(("MAIN", "collect", "A", null));
        var changed = await shop.Put($"/carts/{token}", Cart(2));
        changed.Long("version").ShouldBe(2);
        using var stale = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/carts/{token}") { Content = System.Net.Http.Json.JsonContent.Create(Cart(3)) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"1\"").ShouldBeTrue();
        (await Shop.Read(await shop.Http.SendAsync(stale), 412)).Text("code").ShouldBe("carts.changed");
        (await shop.Refused(HttpMethod.Post, "/carts", new { channel = "web", currency = "GBP", lines = new[] { new { sku = "NO", quantity = 1 } } }, 400, "request.invalid")).Pointers().ShouldBe(["/lines/0/sku"]);

        // Nobody has the token who was not told it: not our books, not a repeat of the request, not another merchant, not a stranger.
        (await shop.Post("/carts", Cart(1), "cart-1")).TextOf("token").ShouldBeNull();
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from idempotency_keys where answer like @like", ("like", $"%{token}%")))).ShouldBe(0);
        (await shop.Get($"/carts/{token}")).TextOf("token").ShouldBeNull();
        await shop.Refused(HttpMethod.Get, $"/carts/{(token[0] == 'A' ? 'B' : 'A')}{token[1..]}", null, 404, "carts.not_found");
        using var other = shop.Client((await shop.Post("/merchants", new { code = "b", name = "Brand B", baseCurrency = "GBP" })).Text("key"));
        (await Shop.Read(await other.GetAsync($"/api/v1/carts/{token}"), 404)).Text("code").ShouldBe("carts.not_found");
        using var stranger = shop.Client(null);
        (await stranger.GetAsync($"/api/v1/carts/{token}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);

        // Two checkouts at once: one has it, and has it again when it asks again.
        var claims = await Task.WhenAll(shop.Send(HttpMethod.Post, $"/carts/{token}/claim", new { @for = "web-1" }), shop.Send(HttpMethod.Post, $"/carts/{token}/claim", new { @for = "web-2" }));
        claims.Select(c => (int)c.StatusCode).Order().ShouldBe([200, 409]);
        string winner = claims[0].IsSuccessStatusCode ? "web-1" : "web-2";
        (await shop.Post($"/carts/{token}/claim", new { @for = winner })).Text("claimedFor").ShouldBe(winner);
        await shop.Refused(HttpMethod.Put, $"/carts/{token}", Cart(4), 409, "carts.claimed");

        // Its time is over.
        shop.Clock!.Advance(TimeSpan.FromDays(31));
        await shop.Refused(HttpMethod.Get, $"/carts/{token}", null, 404, "carts.not_found");
        (await (await shop.ByHand<ForgetCarts>()).Handle()).ShouldBe(1);
    }

    private static object Cart(long quantity) => new { channel = "web", currency = "GBP", collectAt = "MAIN", method = "collect", lines = new[] { new { sku = "A", quantity } } };
}
