using System.Text.Json;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Search;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Orders;

/// <summary>Orders are found: numbers at once, words when the log's consumer has been by, and the same in memory as by SQL.</summary>
[Trait("Kind", "Database")]
public sealed class SearchOrdersTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Theory, BothDatabases, Capability("SE-03")]
    public async Task An_order_is_found_by_everything_people_know_of_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG-RED", 100);
        await shop.Product("PLATE", 100);
        var wanted = await shop.Post("/orders", Buyer("Zoë Müller", "Zoe.Muller@example.test", "+44 7700 900123", "SW1A 1AA", "London", "MUG-RED", "EXT-77"));
        await shop.Post("/orders", Buyer("Carl Smith", "carl@example.test", "020 7946 0000", "M1 1AE", "Manchester", "PLATE", "EXT-78"));
        await shop.Post($"/orders/{wanted.Text("id")}/tags", new { add = new[] { "VIP gift" } });
        string number = wanted.Text("number")!;
        foreach (string atOnce in new[] { number, "#" + number, "number:" + number, "EXT-77", "externalId:EXT-77", "tag:\"vip gift\"", "tag:vip*" })
            (await Found(shop, atOnce)).ShouldBe([number], atOnce);

        await shop.Until(async () => (await Found(shop, "muller")).Length == 1 && (await Found(shop, "smith")).Length == 1);
        foreach (string query in new[]
        {
            "müll", "ZOE", "zoe muller", "\"zoë müller\"", "name:müller", "name:\"muller zoe\"", "zoe.muller@example.test", "zoe.mul", "email:zoe.muller@example.test", "07700900123",
            "phone:\"+44 7700 900123\"", "sw1a1aa", "\"SW1A 1AA\"", "sw1a 1aa", "muller SW1A 1AA channel:web", "postcode:\"sw1a 1aa\"", "postcode:sw1*", "city:london", "mug-red", "sku:MUG-RED", "sku:mug-*", "customer:muller",
            "muller sku:MUG-RED total:>5 channel:web -tag:other", "name:muller OR name:nobody", "-name:smith", "sku:(mug-red, bowl)", "status:confirmed name:muller", "country:gb postcode:sw1a1aa",
        })
            (await Found(shop, query)).ShouldBe([number], query);
        foreach (string query in new[] { "mul*x", "name:mull", "postcode:sw1", "nobody", "name:muller -sku:MUG-RED", "held:yes", "status:cancelled", "customer:1234567", "name:---" })
            (await Found(shop, query)).ShouldBeEmpty(query);
        (await Found(shop, "held:no")).Length.ShouldBe(2);
        await shop.Until(async () => (await shop.Get("/orders?query=muller")).GetProperty("behind").ValueKind == JsonValueKind.Null);
    }

    [Theory, BothDatabases, Capability("SE-03")]
    public async Task An_order_is_found_by_the_headline_it_is_shown_with(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 1_000);
        await shop.Product("LAMP", 1);
        await shop.Placed(("MUG", 1));
        await shop.Released(("MUG", 2));
        foreach (string[] steps in (string[][])[["start-picking"], ["start-picking", "pick"], ["start-picking", "pick", "pack"], ["start-picking", "pick", "pack", "ship"], ["start-picking", "pick", "ready"]])
            await shop.Run((await shop.Released(("MUG", 2))).Release, steps);
        await shop.Post($"/orders/{await shop.Placed(("MUG", 1))}/hold", new { reason = "look" });
        await shop.Post($"/orders/{await shop.Placed(("MUG", 1))}/cancel", new { reason = "no" });
        var late = Given.Order(("LAMP", 3));
        late["onShort"] = "backorder";
        await shop.Post("/orders", late);

        var shown = (await shop.Get("/orders?limit=50")).GetProperty("data").EnumerateArray().ToLookup(o => o.Text("status")!, o => o.Text("number")!);
        shown.Count.ShouldBeGreaterThanOrEqualTo(8);
        output.WriteLine(string.Join(", ", shown.Select(s => s.Key)));
        foreach (string status in (string[])["draft", "placed", "confirmed", "onHold", "backordered", "released", "picking", "packed", "readyForPickup", "partlyShipped", "shipped", "delivered", "closed", "cancelled", "expired"])
            (await Found(shop, "status:" + status)).Order().ShouldBe(shown[status].Order(), status);
    }

    [Theory, BothDatabases]
    public async Task A_list_is_walked_forwards_and_backwards_counted_and_cut_to_the_members_asked_for(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 1_000);
        var placed = new List<string>();
        for (int i = 0; i < 7; i++) placed.Insert(0, (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("number")!);
        var first = await shop.Get("/orders?limit=3&count=true&query=status:confirmed");
        Numbers(first).ShouldBe(placed[..3]);
        (first.GetProperty("count").Long("count"), first.GetProperty("count").GetProperty("isExact").GetBoolean()).ShouldBe((7, true));
        var second = await shop.Get($"/orders?limit=3&query=status:confirmed&after={first.Text("next")}");
        Numbers(second).ShouldBe(placed[3..6]);
        var back = await shop.Get($"/orders?limit=3&query=status:confirmed&before={second.Text("previous")}");
        Numbers(back).ShouldBe(placed[..3]);
        back.GetProperty("previous").ValueKind.ShouldBe(JsonValueKind.Null);
        var last = await shop.Get($"/orders?limit=3&query=status:confirmed&after={second.Text("next")}");
        Numbers(last).ShouldBe(placed[6..]);
        last.GetProperty("hasMore").GetBoolean().ShouldBeFalse();
        Numbers(await shop.Get("/orders?limit=2&sort=placedAt")).ShouldBe([placed[6], placed[5]]);
        using var linked = await shop.Http.GetAsync("/api/v1/orders?limit=3&query=status:confirmed&fields=number,totalMinor");
        string link = linked.Headers.GetValues("Link").Single();
        link.ShouldContain("rel=\"next\"");
        (await shop.Http.GetAsync(link[1..link.IndexOf('>', StringComparison.Ordinal)])).IsSuccessStatusCode.ShouldBeTrue(link);
        JsonDocument.Parse(await linked.Content.ReadAsStringAsync()).RootElement.GetProperty("data")[0].EnumerateObject().Select(m => m.Name).ShouldBe(["id", "number", "totalMinor"], ignoreOrder: true);
        foreach (string bad in new[] { "limit=0", "limit=251", "sort=colour", "after=!!", $"after={first.Text("next")}&sort=placedAt", "expand=everything", "query=colour:red", "query=(" })
            await shop.Refused(HttpMethod.Get, "/orders?" + bad, null, 400, "request.invalid");
    }

    [Theory, BothDatabases, Capability("P30")]
    public async Task Sql_and_memory_agree_on_every_query(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var random = new Random(20_261_122);
        output.WriteLine("seed 20261122");
        string[] skus = ["MUG", "mug-red", "Plate 2", "BOWL"], names = ["Ada Byron", "Zoë Müller", "O'Hara Smith", "ada lovelace"], cities = ["London", "Leeds", "St Ives"];
        await shop.Put("/channels/pos", new { name = "Till" });
        foreach (string sku in skus) await shop.Product(sku, sku == "BOWL" ? 3 : 1_000);
        for (int i = 0; i < 40; i++)
        {
            var body = Buyer(Pick(names), $"buyer{i % 5}@example.test", $"07700 90012{i % 4}", Pick(["M1 1AE", "SW1A 1AA", "LS1 4DY"]), Pick(cities), Pick(skus), i % 3 == 0 ? $"E-{i}" : null);
            (body["channel"], body["currency"], body["onShort"]) = (Pick(["web", "pos"]), Pick(["GBP", "EUR", "JPY"]), "backorder");
            body["lines"] = new[] { new { sku = Pick(skus), quantity = random.Next(1, 4), unitPriceMinor = random.Next(1, 3_000) } };
            if (i % 4 == 0) body["payment"] = new { status = Pick(["pending", "paid"]) };
            string id = (await shop.Post("/orders", body)).Text("id")!;
            if (random.Next(4) == 0) await shop.Post($"/orders/{id}/tags", new { add = new[] { Pick(["gift", "VIP", "gift wrap"]) } });
            if (random.Next(5) == 0) await shop.Post($"/orders/{id}/hold", new { reason = "test", kind = Pick(["address", "fraud"]) });
            else if (random.Next(6) == 0) await shop.Post($"/orders/{id}/cancel", new { });
        }
        await shop.Drained();                               // what was cancelled goes to who waits, before all is read
        await shop.Until(async () => (await shop.Get("/orders?query=ada")).GetProperty("behind").ValueKind == JsonValueKind.Null);
        var actor = Actor.House("test", 1);
        var all = await shop.Db.Read(actor, async work => await FindOrder.Read(work, actor,
            [.. await work.Query("select id from orders where merchant_id = @merchant", row => new OrderId(row.Uuid()))], withPlan: false), snapshot: true);
        all.Count.ShouldBe(40);
        var now = DateTimeOffset.UtcNow;
        int found = 0;
        for (int i = 0; i < 400; i++)
        {
            string text = Query(2);
            var query = QueryBinder.Read(text, OrderFields.Catalogue, now);
            query.Error.ShouldBeNull($"{text}: {query.Error?.Detail}");
            var order = ListOrder.Read(OrdersList.Spec, ListAsk.Of(text, 250), now).Value;
            var bySql = await shop.Db.Read(actor, work => SearchList.Keys(work, OrdersList.Spec, order));
            var count = await shop.Db.Read(actor, work => SearchList.Count(work, OrdersList.Spec, order.Query));
            string[] inMemory = [.. all.Where(o => query.Value!.Matches(OrderFields.Of(o))).Select(o => o.Number).Order(StringComparer.Ordinal)];
            string[] sql = [.. bySql.Keys.Select(k => all.First(o => o.Id.Value == (Guid)k.Id).Number).Order(StringComparer.Ordinal)];
            sql.ShouldBe(inMemory, text);
            count.Count.ShouldBe(inMemory.Length, text);
            found += inMemory.Length;
        }
        output.WriteLine($"{found} orders found by 400 queries");
        found.ShouldBeGreaterThan(1_000);

        T Pick<T>(T[] of) => of[random.Next(of.Length)];
        string Query(int depth) => depth == 0 || random.Next(3) == 0 ? Leaf() : random.Next(4) switch
        {
            0 => $"{Query(depth - 1)} {Query(depth - 1)}",
            1 => $"({Query(depth - 1)} OR {Query(depth - 1)})",
            2 => $"NOT ({Query(depth - 1)})",
            _ => $"{Query(depth - 1)} AND -({Query(depth - 1)})",
        };
        string Leaf() => Pick(
        [
            "ada", "mul", "byron", "nobody", "m1", "sw1a1aa", "buyer3", "07700900121", "mug", "E-3", "e-3", "\"ada byron\"", "\"zoe muller\"*", "london",
            $"status:{Pick(["placed", "confirmed", "onHold", "backordered", "cancelled", "closed"])}", $"state:({Pick(["placed", "confirmed"])},cancelled)", $"held:{Pick(["yes", "no", "address", "fraud", "payment"])}",
            $"channel:{Pick(["web", "pos", "none"])}", "type:sales", "priority:0", "priority:>0", $"payment:{Pick(["none", "pending", "paid"])}", "method:standard", "method:st*",
            $"total:{Pick([">", ">=", "<", "<=", ""])}{Pick(["10", "5.55", "0.005", "1500", "29.99"])}", $"total:{random.Next(10)}..{random.Next(10, 60)}", $"currency:({Pick(["gbp", "EUR"])}, JPY)",
            $"placed:{Pick(["today", ">-7d", "<2020-01-01", ">=yesterday", "-1h..now"])}", "shipBy:>now", "deliverBy:<now",
            $"customer:{Pick(["ada", "buyer1", "buyer1@example.test", "0770090", "xyz"])}", $"name:{Pick(["ada", "muller", "\"byron ada\"", "by*", "ohara", "\"ada b\"*"])}", $"email:buyer{random.Next(6)}@example.test",
            $"email:buyer{random.Next(6)}*", "phone:07700900122", $"country:{Pick(["gb", "FR"])}", $"postcode:{Pick(["m11ae", "\"M1 1AE\"", "sw*", "ls1"])}", $"city:{Pick(["london", "ives", "\"st ives\"", "l*"])}",
            $"sku:{Pick(["mug", "mug*", "\"plate 2\"", "BOWL", "(mug, bowl)"])}", $"tag:{Pick(["gift", "vip", "gift*", "\"gift wrap\""])}", $"node:{Pick(["MAIN", "X"])}", "history:no", "history:yes",
            $"number:{1001 + random.Next(45)}", $"externalId:(E-{random.Next(40)}, E-0)", $"{1001 + random.Next(45)}", "tracking:x",
        ]);
    }

    private static Dictionary<string, object?> Buyer(string name, string email, string phone, string postcode, string city, string sku, string? externalId)
    {
        var order = Given.Order((sku, 1));
        order["externalId"] = externalId;
        order["customer"] = new { name, email, phone };
        order["shippingAddress"] = new { name, line1 = "1 Mill Lane", city, postcode, country = "GB" };
        return order;
    }

    private static async Task<string[]> Found(Shop shop, string query) => Numbers(await shop.Get("/orders?query=" + Uri.EscapeDataString(query)));

    private static string[] Numbers(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(o => o.Text("number")!)];
}
