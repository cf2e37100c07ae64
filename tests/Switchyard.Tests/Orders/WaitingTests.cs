using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Orders;

/// <summary>What tests of the queue do again and again.</summary>
internal static class WaitingShop
{
    /// <summary>Lets the drainer finish: after this nothing is set aside that somebody could have.</summary>
    public static Task Drained(this Shop shop) => shop.Services.GetRequiredService<ServeWaiting>().Handle();

    public static async Task<string> Backordered(this Shop shop, string sku, long units, string? channel = null)
    {
        var body = Given.Order((sku, units));
        body["onShort"] = "backorder";
        if (channel is not null) body["channel"] = channel;
        return (await shop.Post("/orders", body)).Text("id")!;
    }

    public static async Task<JsonElement> Line(this Shop shop, string order, int line = 1) => (await shop.Get("/orders/" + order)).GetProperty("lines")[line - 1];

    public static async Task<long> Has(this Shop shop, string order) => (await shop.Line(order)).Long("allocated");
}

public sealed class WaitingTests
{
    [Theory, BothDatabases, Capability("OF-11", "L17", "L24")]
    public async Task Stock_that_comes_goes_to_those_who_wait_longest(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A");
        string first = await shop.Backordered("A", 3), second = await shop.Backordered("A", 2), third = await shop.Backordered("A", 2);
        await shop.Stock("A", 4);
        await shop.Drained();
        ((await shop.Has(first)), (await shop.Has(second)), (await shop.Has(third))).ShouldBe((3, 1, 0));
        var line = await shop.Line(second);
        (line.Long("backordered"), line.Long("quantity")).ShouldBe((1, 2));
        await shop.Stock("A", 9);
        await shop.Drained();
        ((await shop.Has(second)), (await shop.Has(third))).ShouldBe((2, 2));
        var total = await shop.Balance("A");
        (total.Long("available"), total.Long("earmarked"), total.Long("allocated")).ShouldBe((6, 0, 7));
        (await shop.Timeline(second)).ShouldBe(["OrderPlaced", "OrderReplanned", "OrderReplanned", "OrderPromiseChanged"]);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("L17", "P1")]
    public async Task A_new_order_cannot_take_what_older_ones_are_owed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A");
        string older = await shop.Backordered("A", 5);
        (await shop.Stock("A", 6)).Items("items").Single().Of("available").ShouldBe(1);
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 2)), 409, "orders.short");
        await shop.Post("/orders", Given.Order(("A", 1)));
        await shop.Drained();
        (await shop.Has(older)).ShouldBe(5);
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 1)), 409, "orders.short");
    }

    [Theory, BothDatabases, Capability("L17", "OF-11")]
    public async Task Whatever_brings_stock_feeds_the_queue(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 10);
        string holder = (await shop.Post("/orders", Given.Order(("A", 4)))).Text("id")!;
        string cart = (await shop.Post("/inventory/reservations", new { owner = "cart", items = new[] { new { sku = "A", quantity = 2 } }, ttlSeconds = 600 })).Text("id")!;
        await shop.Post("/inventory/reservations", new { owner = "cart", items = new[] { new { sku = "A", quantity = 1 } }, ttlSeconds = 60 });
        await shop.Post("/inventory/moves", new { items = new[] { new { sku = "A", node = "MAIN", quantity = 1, to = "unavailable", reason = "dented" } } });
        await shop.Put("/inventory/safety", new { items = new[] { new { sku = "A", node = "MAIN", safety = 2 } } });
        string order = await shop.Backordered("A", 20);
        (await shop.Has(order)).ShouldBe(0);

        async Task Feeds(long units, Func<Task> act)
        {
            await act();
            await shop.Drained();
            (await shop.Has(order)).ShouldBe(units);
        }
        await Feeds(4, () => shop.Post($"/orders/{holder}/cancel", new { reason = "x" }));
        await Feeds(6, () => shop.Post($"/inventory/reservations/{cart}/release", new { }));
        await Feeds(7, () => { shop.Clock!.Advance(TimeSpan.FromMinutes(2)); return Task.CompletedTask; });
        await Feeds(8, () => shop.Post("/inventory/moves", new { items = new[] { new { sku = "A", node = "MAIN", quantity = 1, to = "available", reason = "fine" } } }));
        await Feeds(10, () => shop.Put("/inventory/safety", new { items = new[] { new { sku = "A", node = "MAIN", safety = 0 } } }));
        await Feeds(13, () => shop.SetTo("A", 13));
        (await shop.Balance("A")).Long("earmarked").ShouldBe(0);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("L16", "P2")]
    public async Task What_nobody_who_waits_can_take_is_free_for_others(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/nodes", new { code = "STORE", name = "Store", kind = "store", country = "GB" });
        await shop.Put("/channels/mkt", new { name = "Market", onShort = "backorder", excludedNodeKinds = new[] { "store" } });
        await shop.Product("A");
        string mkt = await shop.Backordered("A", 2, "mkt");
        await shop.Stock("A", 3, "STORE");
        await shop.Drained();
        (await shop.Has(mkt)).ShouldBe(0);
        (await shop.Get("/inventory?sku=A")).Of("atp").ShouldBe(3);
        await shop.Post("/orders", Given.Order(("A", 3)));
        await shop.Stock("A", 1);
        await shop.Drained();
        (await shop.Has(mkt)).ShouldBe(1);
    }

    [Theory, BothDatabases, Capability("OV-04", "OF-11")]
    public async Task A_held_order_keeps_its_place_and_a_short_line_is_freed_by_the_goods(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 1);
        var body = Given.Order(("A", 3));
        body["onShort"] = "hold";
        string whole = (await shop.Post("/orders", body)).Text("id")!;
        string parts = await shop.Backordered("A", 2);
        await shop.Post($"/orders/{parts}/hold", new { reason = "call" });
        (await shop.Line(whole)).Long("unallocated").ShouldBe(3);
        await shop.Stock("A", 1);
        await shop.Drained();
        ((await shop.Has(whole)), (await shop.Has(parts))).ShouldBe((0, 2));       // all three or none: the next one passes
        await shop.Stock("A", 3);
        await shop.Drained();
        (await shop.Has(whole)).ShouldBe(3);
        var order = await shop.Get("/orders/" + whole);
        (order.GetProperty("isHeld").GetBoolean(), order.Text("state")).ShouldBe((false, "confirmed"));
    }

    [Theory, BothDatabases, Capability("P1", "OF-11")]
    public async Task Claims_without_goods_go_back_to_the_queue_the_youngest_first(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Post("/nodes", new { code = "NORTH", name = "North", kind = "warehouse", country = "GB" });
        await shop.Product("A", 6);
        string first = (await shop.Post("/orders", Given.Order(("A", 3)))).Text("id")!;
        shop.Clock!.Advance(TimeSpan.FromSeconds(1));
        string second = (await shop.Post("/orders", Given.Order(("A", 3)))).Text("id")!;
        await shop.Stock("A", 1, "NORTH");
        await shop.SetTo("A", 4);
        await shop.Drained();
        (await shop.Has(first)).ShouldBe(3);
        var line = await shop.Line(second);
        (line.Long("allocated"), line.Long("unallocated")).ShouldBe((2, 1));
        var trouble = (await shop.Get("/exceptions")).Items("data");
        trouble.Select(t => t.TextOf("kind")).ShouldBe(["cannot_replan"]);
        (await shop.Get("/orders/" + second)).Items("holds").Single().TextOf("kind").ShouldBe("stock");
        await shop.Stock("A", 1);
        await shop.Drained();
        (await shop.Has(second)).ShouldBe(3);
        (await shop.Get("/exceptions?state=resolved")).Items("data").Single().TextOf("kind").ShouldBe("cannot_replan");
        (await shop.Get("/orders/" + second)).GetProperty("isHeld").GetBoolean().ShouldBeFalse();
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("P2", "AX-06")]
    public async Task What_a_lapsed_reservation_held_goes_to_a_line_that_the_rest_could_not_help(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 3);
        await shop.Post("/inventory/reservations", new { owner = "cart", ttlSeconds = 60, items = new[] { new { sku = "A", quantity = 2 } } });
        var body = Given.Order(("A", 2));
        body["onShort"] = "hold";
        string order = (await shop.Post("/orders", body)).Text("id")!;
        await shop.Drained();                                   // one is free and helps nobody: the line wants two
        (await shop.Has(order)).ShouldBe(0);
        shop.Clock!.Advance(TimeSpan.FromSeconds(61));
        await shop.Drained();
        (await shop.Has(order)).ShouldBe(2);
        await shop.LedgerShouldAddUp();
    }
}
