using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Orders;

/// <summary>Selling what is not there, by the SKU's own rule.</summary>
public sealed class SkuPolicyTests
{
    private static Task<System.Text.Json.JsonElement> Sku(Shop shop, string sku, object policy)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(policy)!.AsObject();
        (body["sku"], body["name"]) = (sku, sku);
        return shop.Put("/products/" + sku, body);
    }

    private static Task Comes(Shop shop, string sku, long units, string at, string reference = "PO") =>
        shop.Put("/inventory/inbound", new { reference, sku, node = "MAIN", quantity = units, dueAt = at });

    [Theory, BothDatabases, Capability("OF-11", "L24")]
    public async Task A_SKU_that_may_be_backordered_is_sold_to_its_cap_with_the_date_of_its_supply(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        (await Sku(shop, "A", new { backorder = "yes", backorderCap = 6, backorderLeadDays = 10 })).Of("backorderCap").ShouldBe(6);
        await shop.Stock("A", 1);
        await Comes(shop, "A", 3, "2026-03-05T08:00:00Z");
        await Comes(shop, "A", 1, "2026-03-20T08:00:00Z", "PO-2");
        async Task<(long, long, DateTimeOffset?)> Buy(long units)
        {
            var line = (await shop.Post("/orders", Given.Order(("A", units)))).GetProperty("lines")[0];
            return (line.Long("allocated"), line.Long("backordered"), line.GetProperty("expectedAt") is { ValueKind: System.Text.Json.JsonValueKind.String } at ? at.GetDateTimeOffset() : null);
        }
        DateTimeOffset first = new(2026, 3, 5, 8, 0, 0, default), second = new(2026, 3, 20, 8, 0, 0, default), guess = shop.Clock!.GetUtcNow().AddDays(10);
        (await Buy(3)).ShouldBe((1, 2, first));
        (await Buy(1)).ShouldBe((0, 1, first));
        (await Buy(1)).ShouldBe((0, 1, second));
        (await Buy(1)).ShouldBe((0, 1, guess));
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 2)), 409, "orders.short");
        (await Buy(1)).ShouldBe((0, 1, guess));
        var refused = await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 1)), 409, "orders.short");
        refused.Items("errors").Single().TextOf("detail")!.ShouldContain("0 of 1");
    }

    [Theory, BothDatabases, Capability("OF-11", "P1")]
    public async Task A_cap_holds_however_many_buy_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await using var second = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;
        await Sku(shop, "A", new { backorder = "yes", backorderCap = 10 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? shop : second ?? shop).Send(HttpMethod.Post, "/orders", Given.Order(("A", 1)))));
        answers.Count(a => (int)a.StatusCode == 201).ShouldBe(10);
        answers.Count(a => (int)a.StatusCode == 409).ShouldBe(30);
        (await shop.Get("/inventory?sku=A")).Of("waiting").ShouldBe(10);
    }

    [Theory, BothDatabases, Capability("OF-11")]
    public async Task A_SKU_that_may_not_wait_is_refused_or_held_although_the_channel_backorders(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/channels/mkt", new { name = "Market", onShort = "backorder" });
        await Sku(shop, "A", new { backorder = "no" });
        await shop.Stock("A", 1);
        var asking = Given.Order(("A", 2));
        asking["onShort"] = "backorder";
        await shop.Refused(HttpMethod.Post, "/orders", asking, 409, "orders.short");
        var told = Given.Order(("A", 2));
        told["channel"] = "mkt";
        var order = await shop.Post("/orders", told);
        var line = order.GetProperty("lines")[0];
        (line.Long("allocated"), line.Long("backordered"), line.Long("unallocated")).ShouldBe((1, 0, 1));
        order.Items("holds").Single().TextOf("kind").ShouldBe("stock");
    }

    [Theory, BothDatabases, Capability("OF-06", "L17")]
    public async Task What_is_sold_ahead_takes_its_goods_when_they_come_and_leaves_on_its_date(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        var release = shop.Clock!.GetUtcNow().AddDays(10);
        await Sku(shop, "GAME", new { preorderReleaseAt = release, preorderCap = 5 });
        await shop.Product("CUP", 5);
        string first = (await shop.Post("/orders", Given.Order(("GAME", 2), ("CUP", 1)))).Text("id")!;
        var line = await shop.Line(first);
        (line.Long("preordered"), line.GetProperty("expectedAt").GetDateTimeOffset(), line.GetProperty("releaseAt").GetDateTimeOffset()).ShouldBe((2, release, release));
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        string second = (await shop.Post("/orders", Given.Order(("GAME", 3)))).Text("id")!;
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("GAME", 1)), 409, "orders.short");

        await shop.Stock("GAME", 4);
        await shop.Drained();
        ((await shop.Has(first)), (await shop.Has(second))).ShouldBe((2, 2));
        var released = await shop.Post($"/orders/{first}/release", new { });
        ((await shop.Line(first)).Long("allocated"), (await shop.Line(first, 2)).Long("released")).ShouldBe((2, 1));
        await shop.Refused(HttpMethod.Post, $"/orders/{second}/release", new { }, 409, "fulfilment.nothing_to_release");
        shop.Clock.Advance(TimeSpan.FromDays(10));
        await shop.Post($"/orders/{first}/release", new { });
        (await shop.Line(first)).Long("released").ShouldBe(2);
        await shop.Post($"/orders/{second}/release", new { });
        (await shop.Line(second)).Long("released").ShouldBe(2);
    }

    [Theory, BothDatabases, Capability("P26")]
    public async Task A_policy_is_checked_and_kept(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (var (bad, pointer) in new (object, string)[] { (new { name = "A", backorder = "maybe" }, "/backorder"), (new { name = "A", backorderCap = -1 }, "/backorderCap"),
            (new { name = "A", preorderCap = 1 }, "/preorderReleaseAt"), (new { name = "A", backorderLeadDays = 5000 }, "/backorderLeadDays") })
            (await shop.Refused(HttpMethod.Put, "/products/A", bad, 400, "request.invalid")).Pointers().ShouldBe([pointer]);
        await Sku(shop, "A", new { backorder = "no", preorderReleaseAt = "2030-01-01T00:00:00Z" });
        (await Sku(shop, "A", new { backorder = "no", preorderReleaseAt = "2030-01-01T00:00:00Z" })).Of("version").ShouldBe(1);
    }
}
