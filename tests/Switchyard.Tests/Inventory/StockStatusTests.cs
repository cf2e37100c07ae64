using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Inventory;

public sealed class StockStatusTests
{
    [Theory, BothDatabases, Capability("AX-05")]
    public async Task Damaged_units_are_on_hand_and_not_available(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        await shop.SetTo("A", 10);
        object Move(string to, long units) => new { items = new[] { new { sku = "A", node = "MAIN", quantity = units, to, reason = "damaged" } } };
        await shop.Post("/inventory/moves", Move("unavailable", 3));
        var total = await shop.Total("A");
        (total.Of("onHand"), total.Of("unavailable"), total.Of("available")).ShouldBe((10, 3, 7));
        await shop.Refused(HttpMethod.Post, "/inventory/moves", Move("unavailable", 8), 409, "inventory.not_enough");
        await shop.Refused(HttpMethod.Post, "/inventory/moves", Move("available", 4), 409, "inventory.not_enough");
        await shop.Post("/inventory/moves", Move("available", 3));
        (await shop.Total("A")).Of("available").ShouldBe(10);
        foreach (string number in new[] { "0", "-1", "1.5", "2147483648", "9223372036854775808", "\"١\"", "null" })
            (await Shop.Read(await shop.Send(HttpMethod.Post, "/inventory/moves", $$"""{"items":[{"sku":"A","node":"MAIN","to":"available","reason":"x","quantity":{{number}}}]}"""), 400))
                .Pointers().ShouldBe(["/items/0/quantity"]);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("IN-09")]
    public async Task Safety_stock_is_not_sellable(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        await shop.SetTo("A", 5);
        await shop.Put("/inventory/safety", new { items = new[] { new { sku = "A", node = "MAIN", safety = 3 } } });
        await shop.Post("/inventory/reservations", new { owner = "c", ttlSeconds = 60, items = new[] { new { sku = "A", quantity = 1 } } });
        (await shop.Total("A")).Of("available").ShouldBe(1);
        await shop.Refused(HttpMethod.Post, "/inventory/reservations", new { owner = "c", ttlSeconds = 60, items = new[] { new { sku = "A", quantity = 2 } } }, 409, "inventory.not_enough");
        await shop.Put("/inventory/safety", new { items = new[] { new { sku = "A", node = "MAIN", safety = 3 } } });
        (await shop.Get("/inventory/ledger?sku=A")).Items("data").Count.ShouldBe(3);
        foreach (string number in new[] { "-1", "1.5", "2147483648", "9223372036854775808", "\"١\"", "null" })
            (await Shop.Read(await shop.Send(HttpMethod.Put, "/inventory/safety", $$"""{"items":[{"sku":"A","node":"MAIN","safety":{{number}}}]}"""), 400))
                .Pointers().ShouldBe(["/items/0/safety"]);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("IN-06")]
    public async Task Stock_is_located_by_node_and_bin(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        await shop.Nodes("NORTH");
        await shop.SetTo("A", 4, "NORTH");
        object Bin(string bin, long units, string? lot = null) => new { node = "MAIN", bin, sku = "A", lot, quantity = units };
        await shop.Put("/inventory/bins", new { items = new[] { Bin("A-01", 4), Bin("A-02", 6), Bin("A-02", 2, "LOT7") } });
        (await shop.Total("A")).Of("onHand").ShouldBe(16);
        var places = new List<(string?, string?, string?, long)>();
        string? after = null;
        do
        {
            var page = await shop.Get($"/inventory/locate?sku=A&limit=2&after={after}");
            places.AddRange(page.Items("data").Select(p => (p.TextOf("node"), p.TextOf("bin"), p.TextOf("lot"), p.Of("quantity"))));
            after = page.TextOf("next");
        } while (after is not null);
        places.ShouldBe([("MAIN", "A-01", "", 4), ("MAIN", "A-02", "", 6), ("MAIN", "A-02", "LOT7", 2), ("NORTH", null, null, 4)]);
        await shop.Put("/inventory/bins", new { items = new[] { Bin("A-02", 0) } });
        (await shop.Total("A")).Of("onHand").ShouldBe(10);
        await shop.Refused(HttpMethod.Put, "/inventory/bins", new { items = new[] { Bin("A-01", 1), Bin("A-01", 2) } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Put, "/inventory/bins", new { items = new[] { Bin("A 01", 1) } }, 400, "request.invalid");
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("P9")]
    public async Task Bins_follow_every_movement_of_goods(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A", "B");
        await shop.SetTo("B", 3);
        await shop.Put("/inventory/bins", new { items = new[] { new { node = "MAIN", bin = "A-01", sku = "A", quantity = 4, walkOrder = 1 }, new { node = "MAIN", bin = "A-02", sku = "A", quantity = 6, walkOrder = 2 } } });
        foreach (var (delta, expected) in new[] { (5, "A-01=4 A-02=6 UNPLACED=5"), (-7, "A-01=2 A-02=6"), (-5, "A-02=3"), (-4, ""), (3, "UNPLACED=2") })
        {
            await shop.Add("A", delta);
            string.Join(' ', (await shop.Get("/inventory/locate?sku=A")).Items("data").Where(p => p.TextOf("bin") is not null)
                .Select(p => $"{p.TextOf("bin")}={p.Of("quantity")}")).ShouldBe(expected);
        }
        (await shop.Get("/inventory/locate?sku=B")).Items("data").Single().TextOf("bin").ShouldBeNull();
        await shop.LedgerShouldAddUp();
    }
}
