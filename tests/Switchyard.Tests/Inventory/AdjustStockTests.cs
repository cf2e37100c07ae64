using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Inventory;

public sealed class AdjustStockTests
{
    [Theory, BothDatabases, Capability("IN-01", "IN-02", "AX-08")]
    public async Task Adjusted_stock_is_seen_at_once_per_node_and_as_a_sum(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("Mug-1");
        await shop.Nodes("NORTH", "SOUTH");
        await shop.Add("mug-1", 5);
        await shop.Add("MUG-1", 7, "north");
        await shop.SetTo("MUG-1", 3, "SOUTH");
        var stock = await shop.Get("/inventory?sku=mUg-1");
        stock.TextOf("sku").ShouldBe("Mug-1");
        stock.GetProperty("total").Of("onHand").ShouldBe(15);
        stock.GetProperty("total").Of("available").ShouldBe(15);
        stock.Items("nodes").Select(n => (n.TextOf("node"), n.Of("onHand"))).ShouldBe([("MAIN", 5), ("NORTH", 7), ("SOUTH", 3)]);
        (await shop.Get("/inventory")).Items("data").Single().GetRawText().ShouldBe(stock.GetRawText());
        (await shop.Get("/inventory?node=SOUTH")).Items("data").Single().GetProperty("total").Of("onHand").ShouldBe(3);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("AX-08")]
    public async Task A_product_without_stock_has_zeros_and_an_unknown_one_is_not_found(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        (await shop.Total("A")).Of("available").ShouldBe(0);
        await shop.Refused(HttpMethod.Get, "/inventory?sku=B", null, 404, "inventory.unknown_sku");
        await shop.Refused(HttpMethod.Get, "/inventory/ledger?sku=B", null, 404, "inventory.unknown_sku");
        await shop.Refused(HttpMethod.Get, "/inventory/holders?sku=B", null, 404, "inventory.unknown_sku");
        await shop.Refused(HttpMethod.Get, "/inventory?node=NOWHERE", null, 404, "inventory.unknown_node");
        await shop.Refused(HttpMethod.Get, "/inventory?limit=0", null, 400, "request.invalid");
        await shop.Refused(HttpMethod.Get, "/inventory?after=%21", null, 400, "request.invalid");
        await shop.Refused(HttpMethod.Get, "/inventory?sku=A&at=yesterday", null, 400, "request.invalid");
    }

    [Theory, BothDatabases, Capability("P3")]
    public async Task One_bad_item_and_nothing_of_the_request_happens(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        await shop.Post("/products", new { sku = "GIFT", name = "Gift wrap", kind = "charge" });
        var problem = await shop.Refused(HttpMethod.Post, "/inventory/adjustments", new
        {
            items = new object[]
            {
                new { sku = "A", node = "MAIN", delta = 5, reason = "x" }, new { sku = "NOPE", node = "MAIN", delta = 5, reason = "x" },
                new { sku = "A", node = "NOWHERE", delta = 5, reason = "x" }, new { sku = "GIFT", node = "MAIN", delta = 5, reason = "x" },
            },
        }, 400, "request.invalid");
        problem.Pointers().ShouldBe(["/items/1/sku", "/items/2/node", "/items/3/sku"]);
        (await shop.Total("A")).Of("onHand").ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("P26")]
    public async Task Hostile_numbers_are_refused_by_name(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        foreach (string number in new[] { "1.5", "2147483648", "9223372036854775808", "\"١\"", "\"1\"", "NaN", "-9223372036854775808", "1e400", "true", "{}", "[]" })
            foreach (string field in new[] { "delta", "setTo" })
            {
                string body = $$"""{"items":[{"sku":"A","node":"MAIN","reason":"x","{{field}}":{{number}}}]}""";
                var problem = await Shop.Read(await shop.Send(HttpMethod.Post, "/inventory/adjustments", body), 400);
                if (number != "NaN") problem.Pointers().ShouldContain($"/items/0/{field}", number);
            }
        foreach (string body in new[] { """{"items":[{"sku":"A","node":"MAIN","reason":"x","delta":0}]}""", """{"items":[{"sku":"A","node":"MAIN","reason":"x","setTo":-1}]}""",
            """{"items":[{"sku":"A","node":"MAIN","reason":"x"}]}""", """{"items":[{"sku":"A","node":"MAIN","reason":"x","delta":1,"setTo":1}]}""",
            """{"items":[null]}""", """{"items":[]}""", "{}", """{"items":[{"sku":"A","node":"MAIN","delta":1}]}""",
            """{"items":[{"sku":"A","node":"MAIN","reason":"x","delta":1,"asOf":"2026-01-01"}]}""",
            """{"items":[{"sku":"A","node":"MAIN","reason":"x","delta":1,"asOf":"2999-01-01T00:00:00Z"}]}""", """{"items":[{"sku":"A\u0000","node":"MAIN","reason":"x","delta":1}]}""" })
            await shop.Refused(HttpMethod.Post, "/inventory/adjustments", body, 400, "request.invalid");
        (await shop.Total("A")).Of("onHand").ShouldBe(0);
        (await shop.Add("A", -1)).Of("available").ShouldBe(-1);
    }

    [Theory, BothDatabases]
    public async Task A_count_keeps_what_moved_after_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("A");
        await shop.Add("A", 10);
        shop.Clock!.Advance(TimeSpan.FromHours(1));
        var counted = shop.Clock.GetUtcNow();
        shop.Clock.Advance(TimeSpan.FromMinutes(10));
        await shop.Add("A", -4);
        await shop.Add("A", 1);
        var item = await shop.SetTo("A", 9, asOf: counted);
        (item.Of("onHand"), item.Of("delta"), item.TextOf("outcome")).ShouldBe((6, -1, "applied"));
        (await shop.SetTo("A", 9, asOf: counted)).TextOf("outcome").ShouldBe("unchanged");
        var old = await shop.SetTo("A", 50, asOf: counted.AddMinutes(-1));
        (old.TextOf("outcome"), old.TextOf("ignoredBecause"), old.Of("onHand")).ShouldBe(("ignored", "inventory.older_than_last_count", 6));
        (await shop.Add("A", 50, asOf: counted.AddMinutes(-1))).TextOf("outcome").ShouldBe("ignored");
        shop.Clock.Advance(TimeSpan.FromMinutes(10));
        (await shop.SetTo("A", 2)).Of("onHand").ShouldBe(2);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases]
    public async Task A_count_sees_the_movements_of_its_own_request(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("A");
        await shop.Add("A", 3);
        var then = shop.Clock!.GetUtcNow();
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var done = await shop.Post("/inventory/adjustments", new
        {
            items = new object[] { new { sku = "A", node = "MAIN", delta = 5, reason = "found" }, new { sku = "A", node = "MAIN", setTo = 2, asOf = then.ToString("o"), reason = "count" } },
        });
        done.Items("items").Select(i => i.Of("onHand")).ShouldBe([8, 7]);
    }

    [Theory, BothDatabases]
    public async Task A_count_wins_over_claims_and_the_deficit_is_shown(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        await shop.SetTo("A", 5);
        await shop.Db.WriteAll(work => work.Execute("update stock set allocated = 4"));
        (await shop.SetTo("A", 1)).Of("available").ShouldBe(-3);
        (await shop.Get("/inventory?low=true")).Items("data").Count.ShouldBe(1);
        (await shop.SetTo("A", 5)).Of("available").ShouldBe(1);
        (await shop.Get("/inventory?low=true")).Items("data").Count.ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("AX-08", "P9")]
    public async Task Every_movement_is_in_the_ledger_with_the_balance_after_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        foreach (int i in Enumerable.Range(1, 7)) await shop.Add("A", i % 2 == 0 ? -i : 2 * i);
        var seen = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await shop.Get($"/inventory/ledger?sku=A&node=MAIN&limit=3&after={after}");
            seen.AddRange(page.Items("data"));
            after = page.TextOf("next");
        } while (after is not null);
        seen.Count.ShouldBe(7);
        seen.Sum(e => e.Of("onHandDelta")).ShouldBe((await shop.Total("A")).Of("onHand"));
        seen[0].GetProperty("balance").Of("onHand").ShouldBe(20);
        seen[0].TextOf("kind").ShouldBe("adjusted");
        seen[0].TextOf("reason").ShouldBe("test");
        seen[0].TextOf("actor")!.ShouldStartWith("key:");
        for (int i = 0; i + 1 < seen.Count; i++)
            seen[i].GetProperty("balance").Of("onHand").ShouldBe(seen[i + 1].GetProperty("balance").Of("onHand") + seen[i].Of("onHandDelta"));
    }

    [Theory, BothDatabases]
    public async Task Stock_can_be_read_as_it_was(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("A");
        var start = shop.Clock!.GetUtcNow();
        foreach (int i in Enumerable.Range(1, 3))
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            await shop.Add("A", 10 * i);
        }
        foreach (var (minute, level) in new[] { (0, 0), (1, 10), (2, 30), (3, 60) })
            (await shop.Get($"/inventory?sku=A&at={start.AddMinutes(minute):yyyy-MM-ddTHH:mm:ssZ}")).GetProperty("total").Of("onHand").ShouldBe(level);
    }

    [Theory, BothDatabases, Capability("P4")]
    public async Task The_same_key_adjusts_once_and_one_event_tells_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        var body = new { items = new[] { new { sku = "A", node = "MAIN", delta = 5, reason = "found" } }, reference = "REF-1" };
        var first = await shop.Post("/inventory/adjustments", body, "k1");
        (await shop.Post("/inventory/adjustments", body, "k1")).GetRawText().ShouldBe(first.GetRawText());
        (await shop.Total("A")).Of("onHand").ShouldBe(5);
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from events where kind = 'InventoryAdjusted' and aggregate_kind = 'adjustment'"))).ShouldBe(1);
    }

    [Theory, BothDatabases, Capability("P20")]
    public async Task A_key_for_some_nodes_sees_and_changes_only_those(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        await shop.Nodes("NORTH");
        await shop.SetTo("A", 5);
        await shop.SetTo("A", 7, "NORTH");
        await shop.Db.WriteAll(work => work.Execute(
            """
            insert into api_keys (id, merchant_id, name, prefix, secret_hash, scopes, node_ids, created_by, created_at_ms)
            select 'k2', 1, 'north', 'sy_north', @hash, '["inventory:read","inventory:write"]', '[' || id || ']', 'test', 0 from nodes where code = 'NORTH'
            """, ("hash", Switchyard.Access.SignIn.HashOf("sy_north_key"))));
        using var north = shop.Client("sy_north_key");
        var stock = await Shop.Read(await north.GetAsync("/api/v1/inventory?sku=A"), 200);
        stock.GetProperty("total").Of("onHand").ShouldBe(7);
        (await Shop.Read(await north.GetAsync("/api/v1/inventory/ledger?sku=A"), 200)).Items("data").Count.ShouldBe(1);
        await Shop.Read(await north.GetAsync("/api/v1/inventory?node=MAIN"), 404);
        using var body = new StringContent("""{"items":[{"sku":"A","node":"MAIN","delta":1,"reason":"x"}]}""", System.Text.Encoding.UTF8, "application/json");
        (await Shop.Read(await north.PostAsync("/api/v1/inventory/adjustments", body), 400)).Pointers().ShouldBe(["/items/0/node"]);
    }
}
