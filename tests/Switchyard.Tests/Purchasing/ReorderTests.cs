using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Purchasing;

namespace Switchyard.Tests.Purchasing;

public sealed class ReorderTests
{
    [Theory]
    [InlineData(11, 10, 50, 1, 0)]
    [InlineData(10, 10, 50, 1, 40)]
    [InlineData(-5, 10, 50, 12, 60)]
    [InlineData(2, 10, 50, 12, 48)]
    public void The_quantity_brings_the_position_back_to_the_level_in_whole_packs(long position, long at, long upTo, long pack, long quantity) =>
        ReorderPoint.Quantity(position, at, upTo, pack).ShouldBe(quantity);

    [Theory, BothDatabases, Capability("L22")]
    public async Task Looking_again_makes_no_second_suggestion_and_counts_what_is_on_order(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 4);
        await shop.Product("B", 100);
        await Levels(shop, ("A", 5, 20, 6), ("B", 5, 20, 1));
        await shop.Post("/orders", Given.Order(("A", 1)));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Refresh(shop)));      // at once and again
        var open = (await Suggestions(shop)).ShouldHaveSingleItem();
        (open.Text("sku"), open.Long("quantity"), open.Long("available"), open.Long("onOrder")).ShouldBe(("A", 18, 3, 0));

        await shop.Post($"/purchasing/reorder-suggestions/{open.Long("id")}/order", new { reference = "PO-7", dueAt = "2099-01-01T00:00:00Z" });
        await shop.Refused(HttpMethod.Post, $"/purchasing/reorder-suggestions/{open.Long("id")}/order", new { reference = "PO-7", dueAt = "2099-01-01T00:00:00Z" }, 404, "purchasing.suggestion_not_found");
        await Refresh(shop);
        (await Suggestions(shop)).ShouldBeEmpty();                                   // 3 there and 18 on order are above 5

        await shop.Post("/inventory/adjustments", new { items = new[] { new { sku = "A", node = "MAIN", setTo = 1, reason = "count" } } });
        await shop.Post("/inventory/adjustments", new { items = new[] { new { sku = "B", node = "MAIN", setTo = 2, reason = "count" } } });
        await Refresh(shop);
        var second = (await Suggestions(shop)).ShouldHaveSingleItem();
        (second.Text("sku"), second.Long("quantity")).ShouldBe(("B", 18));
    }

    [Theory, BothDatabases, Capability("L22")]
    public async Task A_suggestion_follows_the_stock_lapses_and_can_be_silenced(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 4);
        await Levels(shop, ("A", 5, 20, 1));
        await Refresh(shop);
        (await Suggestions(shop)).ShouldHaveSingleItem().Long("quantity").ShouldBe(16);
        await shop.Stock("A", -1);
        await Refresh(shop);
        (await Suggestions(shop)).ShouldHaveSingleItem().Long("quantity").ShouldBe(17);
        await shop.Stock("A", 10);
        await Refresh(shop);
        (await Suggestions(shop)).ShouldBeEmpty();
        (await Suggestions(shop, "lapsed")).Count.ShouldBe(1);

        await shop.Stock("A", -10);
        await Refresh(shop);
        long id = (await Suggestions(shop)).ShouldHaveSingleItem().Long("id");
        await shop.Post($"/purchasing/reorder-suggestions/{id}/dismiss", new { quietUntil = "2099-01-01T00:00:00Z" });
        await Refresh(shop);
        (await Suggestions(shop)).ShouldBeEmpty();
        var faulty = await shop.Refused(HttpMethod.Put, "/purchasing/reorder-levels", new { items = new[] { new { sku = "A", node = "MAIN", reorderAt = 5, orderUpTo = 5 } } }, 400, "request.invalid");
        faulty.GetProperty("errors")[0].Text("pointer").ShouldBe("/items/0/orderUpTo");
        await Levels(shop, ("A", 0, 0, 1));
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from reorder_levels"))).ShouldBe(0);
    }

    private static async Task Levels(Shop shop, params (string Sku, long At, long UpTo, long Pack)[] levels) => await shop.Put("/purchasing/reorder-levels",
        new { items = levels.Select(l => new { sku = l.Sku, node = "MAIN", reorderAt = l.At, orderUpTo = l.UpTo, packSize = l.Pack }) });

    private static Task Refresh(Shop shop) => shop.Post("/purchasing/reorder-suggestions/refresh", new { });

    private static async Task<List<JsonElement>> Suggestions(Shop shop, string state = "open") =>
        [.. (await shop.Get($"/purchasing/reorder-suggestions?state={state}")).GetProperty("data").EnumerateArray()];
}
