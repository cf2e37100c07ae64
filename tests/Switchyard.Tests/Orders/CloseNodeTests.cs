using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Orders;

/// <summary>A node closed in an emergency: its orders are planned anew elsewhere, what cannot be is listed, and it may be said twice.</summary>
public sealed class CloseNodeTests
{
    [Theory, BothDatabases, Capability("P1", "P8", "P9")]
    public async Task Idle_claims_move_elsewhere_begun_work_stays_and_what_has_no_other_stock_is_listed(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        string begun = await Place(shop, 2), released = await Place(shop, 2), idle = await Place(shop, 2), last = await Place(shop, 2);
        string picking = (await shop.Post($"/orders/{begun}/release", new { })).Items("fulfilments")[0].TextOf("id")!;
        await shop.Post($"/fulfilments/{picking}/start-picking", new { });
        await shop.Post($"/orders/{released}/release", new { });
        await shop.Add("MUG", 4, "EAST");

        var told = await shop.Get("/nodes/main/closing/preview");
        new[] { "orders", "units", "unitsShort", "begunOrders", "begunUnits", "otherMerchants" }.Select(f => told.Of(f)).ShouldBe([3, 6, 2, 1, 2, 0]);
        await shop.Refused(HttpMethod.Get, "/nodes/NOWHERE/closing/preview", null, 404, "nodes.no_such_node");

        await shop.Post("/nodes/MAIN/close", new { reason = "flood" });
        await shop.Post("/nodes/MAIN/close", new { reason = "flood" });             // said twice
        await shop.Until(async () => (await Closing(shop)).TextOf("state") == "done");

        foreach (string id in new[] { released, idle }) (await Nodes(shop, id)).ShouldBe(["EAST"]);
        (await Nodes(shop, begun)).ShouldBe(["MAIN"]);
        (await Nodes(shop, last)).ShouldBeEmpty();
        (await Closing(shop)).Items("rest").ToDictionary(r => r.TextOf("order")!, r => r.TextOf("reason")!)
            .ShouldBe(new Dictionary<string, string> { [begun] = "work_begun", [last] = "no_other_stock" }, ignoreOrder: true);
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("MUG", 1)), 409, "orders.no_route");   // what is there is promised to nobody
        await Balanced(shop);

        await shop.Post("/nodes/MAIN/reopen", new { });
        await shop.Until(async () => (await Nodes(shop, last)).SequenceEqual(["MAIN"]));
        await Balanced(shop);
    }

    [Theory, BothDatabases, Capability("P8")]
    public async Task A_closing_that_was_cut_off_goes_on_where_it_stopped(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        await shop.Add("MUG", 112, "MAIN");
        var ids = new List<string>();
        for (int i = 0; i < 60; i++) ids.Add(await Place(shop, 2));
        await shop.Add("MUG", 120, "EAST");
        await shop.Post("/nodes/MAIN/close", new { reason = "fire" });

        // Two more that look after it, as on other processes, beside the server's own.
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => shop.Services.GetRequiredService<MoveOffNodes>().Handle())));
        await shop.Until(async () => (await Closing(shop)).TextOf("state") == "done");

        var closing = await Closing(shop);
        (closing.Of("unitsMoved"), closing.Of("unitsLeft"), closing.Items("rest").Count).ShouldBe((120, 0, 0));
        foreach (string id in ids.Take(5)) (await Nodes(shop, id)).ShouldBe(["EAST"]);
        await Balanced(shop);
    }

    [Theory, BothDatabases]
    public async Task A_closing_that_nobody_knows_is_not_there(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Refused(HttpMethod.Get, "/nodes/MAIN/closing", null, 404, "nodes.not_closed");
        await shop.Refused(HttpMethod.Post, "/nodes/NOWHERE/close", new { reason = "x" }, 404, "nodes.no_such_node");
        await shop.Refused(HttpMethod.Post, "/nodes/MAIN/close", new { reason = "x", until = "yesterday" }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, "/nodes/MAIN/reopen", new { }, 404, "nodes.not_closed");
    }

    private static async Task<Shop> Two(DatabaseKind kind)
    {
        var shop = await Shop.Open(kind);
        await shop.Products("MUG");
        await shop.Post("/nodes", new { code = "EAST", name = "East", kind = "warehouse", country = "GB" });
        await shop.Add("MUG", 8, "MAIN");
        return shop;
    }

    private static async Task<string> Place(Shop shop, long quantity) => (await shop.Post("/orders", Given.Order(("MUG", quantity)))).TextOf("id")!;

    private static Task<JsonElement> Closing(Shop shop) => shop.Get("/nodes/MAIN/closing");

    private static async Task<string[]> Nodes(Shop shop, string order) =>
        [.. (await shop.Get("/orders/" + order)).Items("lines")[0].Items("allocations").Select(a => a.TextOf("node")!)];

    private static async Task Balanced(Shop shop)
    {
        foreach (var check in shop.Services.GetServices<BooksCheck>().Where(c => c.Name.StartsWith("stock.", StringComparison.Ordinal) || c.Name.StartsWith("orders.", StringComparison.Ordinal) || c.Name.StartsWith("fulfilment", StringComparison.Ordinal)))
            (await check.Run(shop.Db)).Faults.ShouldBeEmpty(check.Name);
    }
}
