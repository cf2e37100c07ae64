using System.Text.Json;
using Shouldly;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Search;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Jobs;

namespace Switchyard.Tests.Search;

/// <summary>Products, stock and customers are searched by the grammar of orders; a typo in a parameter is refused by its name.</summary>
[Trait("Kind", "Database")]
public sealed class ListsTests
{
    [Theory, BothDatabases, Capability("AX-03")]
    public async Task Many_customers_are_tagged_found_by_it_and_the_tags_taken_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var ids = new List<string>();
        foreach (int i in Enumerable.Range(1, 3)) ids.Add((await shop.Post("/customers", new { name = $"Firm {i}", kind = i == 3 ? "person" : "company", tags = i == 1 ? new[] { "Trade" } : [] })).Text("id")!);
        (await shop.Post("/customers/bulk", new { action = "tag", query = "kind:company", arguments = new { tags = new[] { "trade" } }, dryRun = true })).Long("count").ShouldBe(2);
        var job = await shop.Ended(await shop.Post("/customers/bulk", new { action = "tag", query = "kind:company", arguments = new { tags = new[] { "trade", "2026" } } }));
        JobsTests.Counts(job).ShouldBe((2, 2, 2, 0, 0), job.GetRawText());
        Tags(await shop.Get("/customers/" + ids[0])).ShouldBe("2026, Trade", "a tag that is there stays as it is written");
        await shop.Until(async () => (await shop.Get("/customers?query=tag:2026")).GetProperty("data").GetArrayLength() == 2);
        await shop.Put("/customers/" + ids[1], new { name = "Firm 2", kind = "company", tags = new[] { "trade", "own" } });

        JobsTests.Counts(await shop.Ended(await shop.Post($"/jobs/{job.Text("id")}/undo", new { }))).ShouldBe((2, 2, 2, 0, 0));
        Tags(await shop.Get("/customers/" + ids[0])).ShouldBe("Trade");
        Tags(await shop.Get("/customers/" + ids[1])).ShouldBe("own", "what was tagged otherwise stays");
        var off = await shop.Ended(await shop.Post("/customers/bulk", new { action = "untag", ids = new[] { ids[0], ids[2], "cus_00000000000000000000000000000001" }, arguments = new { tags = new[] { "TRADE" } } }));
        JobsTests.Counts(off).ShouldBe((3, 3, 1, 1, 1), off.GetRawText());
        var refused = await shop.Refused(HttpMethod.Post, "/customers/bulk", new { action = "delete", ids = new[] { "x" } }, 400, "request.invalid");
        refused.GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer")).ShouldBe(["/action", "/ids/0", "/arguments/tags"]);

        static string Tags(System.Text.Json.JsonElement customer) => string.Join(", ", customer.GetProperty("tags").EnumerateArray().Select(t => t.GetString()).Order(StringComparer.Ordinal));
    }

    [Theory, BothDatabases, Capability("SE-03")]
    public async Task Products_are_found_by_sku_name_barcode_tag_price_and_state(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/products/MUG-BLUE", new { name = "Blue Café Mug", tags = new[] { "Summer", "gift" }, prices = new[] { new { currency = "GBP", priceMinor = 1295 }, new { currency = "JPY", priceMinor = 2000 } }, barcodes = new[] { new { barcode = "5012345678900" } } });
        await shop.Put("/products/PLATE-1", new { name = "Plate", tags = new[] { "summer" }, isActive = false, prices = new[] { new { currency = "GBP", priceMinor = 500 } } });
        await shop.Put("/products/CUP", new { name = "Cup", backorder = "yes" });
        await shop.Put("/products/SET", new { name = "Set of mug and cup", kind = "bundle", components = new[] { new { sku = "CUP", quantity = 1 } } });
        foreach (var (query, skus) in new (string, string)[]
        {
            ("cafe", "MUG-BLUE"), ("mug", "MUG-BLUE SET"), ("mug-b", "MUG-BLUE"), ("5012345678900", "MUG-BLUE"), ("sku:mug-blue", "MUG-BLUE"), ("sku:mug*", "MUG-BLUE"), ("name:\"blue mug\"", "MUG-BLUE"),
            ("barcode:05012345678900", "MUG-BLUE"), ("tag:summer", "MUG-BLUE PLATE-1"), ("tag:summer -active:no", "MUG-BLUE"), ("tag:gi*", "MUG-BLUE"), ("-tag:summer", "CUP SET"), ("kind:bundle", "SET"),
            ("kind:(bundle, charge) OR active:no", "PLATE-1 SET"), ("price:>=12.95", "MUG-BLUE"), ("price:4..6", "PLATE-1"), ("backorder:yes", "CUP"), ("updated:>-1d name:cup", "CUP SET"), ("tag:nothing", ""),
        })
            (await Found(query)).ShouldBe(skus, query);
        (await shop.Get("/products?sort=-updatedAt&limit=1")).GetProperty("data")[0].Text("sku").ShouldBe("SET");
        var first = await shop.Get("/products?limit=2&count=true");
        first.GetProperty("count").Long("count").ShouldBe(4);
        var second = await shop.Get($"/products?limit=2&after={first.Text("next")}");
        second.GetProperty("data").EnumerateArray().Select(p => p.Text("sku")).ShouldBe(["PLATE-1", "SET"]);
        (await shop.Get($"/products?limit=2&before={second.Text("previous")}")).GetProperty("data")[0].Text("sku").ShouldBe("CUP");
        var wrong = await Shop.Read(await shop.Http.GetAsync("/api/v1/products?query=tag:a%20colour:red"), 400);
        (wrong.Long("column"), wrong.GetProperty("errors")[0].Text("code")).ShouldBe((7, "query.unknown_field"));
        (await shop.Get("/search/fields?list=products")).GetProperty("fields").EnumerateArray().Select(f => f.Text("name")).ShouldContain("tag");

        await shop.Put("/products/CUP", new { name = "Cup" });
        await shop.Put("/products/PLATE-1", new { name = "Plate" });
        (await Found("tag:summer")).ShouldBe("MUG-BLUE PLATE-1", "who says nothing of tags leaves them");
        var bulk = await shop.Ended(await shop.Post("/products/bulk", new { action = "tag", query = "-tag:summer", arguments = new { tags = new[] { "sale" } } }));
        JobsTests.Counts(bulk).ShouldBe((2, 2, 2, 0, 0), bulk.GetRawText());
        (await Found("tag:SALE")).ShouldBe("CUP SET");
        JobsTests.Counts(await shop.Ended(await shop.Post($"/jobs/{bulk.Text("id")}/undo", new { }))).ShouldBe((2, 2, 2, 0, 0));
        (await Found("tag:sale")).ShouldBe("");
        await shop.Ended(await shop.Post("/products/bulk", new { action = "archive", skus = new[] { "cup", "NOT" } }));
        (await Found("active:no")).ShouldBe("CUP");

        async Task<string> Found(string query) => string.Join(' ', (await shop.Get("/products?query=" + Uri.EscapeDataString(query))).GetProperty("data").EnumerateArray().Select(p => p.Text("sku")));
    }

    [Theory, BothDatabases, Capability("SE-03")]
    public async Task Levels_of_stock_are_found_by_sku_node_tag_and_quantity(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Node("NORTH", "store");
        await shop.Product("A", 10);
        await shop.Stock("A", 2, "NORTH");
        await shop.Product("B", 3);
        await shop.Product("C");
        await shop.Post("/orders", Given.Order(("B", 3)));
        await shop.Ended(await shop.Post("/products/bulk", new { action = "tag", skus = new[] { "A" }, arguments = new { tags = new[] { "gift" } } }));
        foreach (var (query, levels) in new (string, string)[]
        {
            ("", "A@MAIN A@NORTH B@MAIN"), ("sku:a", "A@MAIN A@NORTH"), ("node:north", "A@NORTH"), ("nodeKind:store", "A@NORTH"), ("onHand:>2", "A@MAIN B@MAIN"), ("available:<1", "B@MAIN"),
            ("allocated:3", "B@MAIN"), ("tag:gift onHand:2..5", "A@NORTH"), ("-node:MAIN", "A@NORTH"), ("name:product node:MAIN available:>0", "A@MAIN"),
        })
            string.Join(' ', (await shop.Get("/inventory/levels?query=" + Uri.EscapeDataString(query))).GetProperty("data").EnumerateArray().Select(l => $"{l.Text("sku")}@{l.Text("node")}")).ShouldBe(levels, query);
        var first = await shop.Get("/inventory/levels?limit=1");
        var second = await shop.Get($"/inventory/levels?limit=1&after={first.Text("next")}");
        (second.GetProperty("data")[0].Text("sku"), second.GetProperty("data")[0].Text("node")).ShouldBe(("A", "NORTH"));
        (await shop.Get("/inventory?query=" + Uri.EscapeDataString("node:NORTH onHand:<5"))).GetProperty("data").EnumerateArray().Select(s => s.Text("sku")).ShouldBe(["A"], "one level fits both conditions");
        (await shop.Get("/inventory?query=" + Uri.EscapeDataString("node:NORTH onHand:>5"))).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await Shop.Read(await shop.Http.GetAsync("/api/v1/inventory?query=colour:red"), 400)).Long("column").ShouldBe(1);
    }

    [Theory, BothDatabases, Capability("SE-03", "CU-01")]
    public async Task Customers_are_found_by_words_tags_and_state(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var mill = await shop.Post("/customers", new { kind = "company", name = "Mill & Sons", email = "office@mill.test", tags = new[] { "Trade", "50%_off" }, credit = new { currency = "GBP", limitMinor = 100, termsDays = 30 } });
        var zoe = await shop.Post("/customers", new { name = "Zoë Müller", email = "zoe@example.test", phone = "020 7946 0000", addresses = new[] { new { line1 = "1", country = "GB" } }, externalIds = new[] { new { channel = "web", id = "C-9" } } });
        await shop.Product("MUG", 5);
        var order = Given.Order(("MUG", 1));
        order["customer"] = new { name = "Byron Smith", email = "byron@example.test" };
        await shop.Post("/orders", order);
        await shop.Until(async () => await Found("smith") == "Byron Smith");
        foreach (var (query, names) in new (string, string)[]
        {
            ("sons", "Mill & Sons"), ("muller", "Zoë Müller"), ("zoe@ex", "Zoë Müller"), ("byron@example.test", "Byron Smith"), ("tag:trade", "Mill & Sons"), ("tag:\"50%_off\"", "Mill & Sons"), ("tag:tra*", "Mill & Sons"),
            ("kind:company credit:yes", "Mill & Sons"), ("-kind:company", "Byron Smith|Zoë Müller"), ("externalId:C-9", "Zoë Müller"), ("word:müll*", "Zoë Müller"), ("name:zoë", "Zoë Müller"), ("blocked:yes", ""),
            ("created:>-1d -tag:trade", "Byron Smith|Zoë Müller"), ("07946", "Zoë Müller"), ("email:(zoe@example.test, office@mill.test)", "Zoë Müller|Mill & Sons"),
        })
            (await Found(query)).ShouldBe(names, query);
        (await Shop.Read(await shop.Http.GetAsync("/api/v1/customers?query=name:a%20OR%20size:9"), 400)).Long("column").ShouldBe(11);
        (await shop.Get("/customers?count=true&limit=1&sort=-updatedAt")).GetProperty("count").Long("count").ShouldBe(3);
        mill.Text("id").ShouldNotBe(zoe.Text("id"));

        async Task<string> Found(string query) => string.Join('|', (await shop.Get("/customers?query=" + Uri.EscapeDataString(query))).GetProperty("data").EnumerateArray().Select(c => c.Text("name")));
    }

    [Theory, BothDatabases, Capability("SE-03")]
    public async Task An_order_is_found_by_its_tracking_number(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5);
        var (order, release) = await shop.Released(("MUG", 1));
        await shop.Run(release, "start-picking", "pick", "pack");
        await shop.Do(release, "ship", new { carrier = "Post", tracking = "JD-0099 17" });
        foreach (string query in new[] { "JD-0099 17", "tracking:\"jd-0099 17\"", "tracking:JD-00*" })
            await shop.Until(async () => (await shop.Get("/orders?query=" + Uri.EscapeDataString(query.StartsWith('J') ? $"\"{query}\"" : query))).GetProperty("data").EnumerateArray().Select(o => o.Text("id")).SingleOrDefault() == order);
        string metrics = await shop.Http.GetStringAsync("/metrics");
        foreach (string gauge in new[] { "switchyard_search_lag_seconds ", "switchyard_jobs_queued 0", "switchyard_jobs_running 0", "switchyard_jobs_oldest_wait_seconds 0" }) metrics.ShouldContain(gauge);
    }

    [Theory, BothDatabases]
    public async Task A_typo_in_a_parameter_is_refused_by_its_name(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5);
        string order = (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")!;
        foreach (var (path, pointer, code) in new[]
        {
            ("/orders?fields=number,totl", "#fields", "field.unknown_value"), ("/orders?expand=plans", "#expand", "field.unknown_value"), ($"/orders/{order}?expand=plan,lines", "#expand", "field.unknown_value"),
            ("/products?fields=skuu", "#fields", "field.unknown_value"), ("/products?expand=prices", "#expand", "field.unknown_value"), ("/customers?fields=nme", "#fields", "field.unknown_value"),
            ("/inventory/levels?fields=onhand", "#fields", "field.unknown_value"), ("/orders?exapnd=plan", "#exapnd", "request.unknown_parameter"), ("/events?expand=order", "#expand", "request.unknown_parameter"),
            ("/products/MUG?fields=sku", "#fields", "request.unknown_parameter"), ("/jobs?fields=id", "#fields", "request.unknown_parameter"), ("/nodes?limti=1", "#limti", "request.unknown_parameter"),
        })
        {
            var problem = await Shop.Read(await shop.Http.GetAsync("/api/v1" + path), 400);
            problem.GetProperty("errors").EnumerateArray().Select(e => (e.Text("pointer"), e.Text("code"))).ShouldBe([(pointer, code)], path);
        }
        foreach (string path in new[] { "/orders?fields=number,id", $"/orders/{order}?expand=plan,fulfilments", "/inventory?sku=MUG", "/events?limit=1", "/jobs?kind=x&state=done", "/search/fields?list=stock", "/exceptions?limit=1" })
            await Shop.Read(await shop.Http.GetAsync("/api/v1" + path), 200);
    }
}
